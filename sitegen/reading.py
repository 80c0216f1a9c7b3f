"""What a file says: its front matter, Markdown and quotations, read together."""

import re
from collections.abc import Iterator

import msgspec
from msgspec.structs import replace

from sitegen import text, urls, work
from sitegen.config import Settings
from sitegen.content import dates, frontmatter, markdown, schema
from sitegen.content.fields import Field, bare, inner, items, words
from sitegen.content.frontmatter import FrontMatter
from sitegen.diagnostics import catalog
from sitegen.diagnostics.model import Diagnostic, Location
from sitegen.model import (
    Body,
    Date,
    Embed,
    Fence,
    Html,
    Link,
    Named,
    Parsed,
    Picture,
    Post,
    Quote,
    Update,
)
from sitegen.quotation import elision, measure, rules
from sitegen.quotation.editorial import Written
from sitegen.quotation.places import Typed, place
from sitegen.quoting import Quoting, linked
from sitegen.ruby import unruby


def read(settings: Settings, path: str, content: str) -> tuple[Parsed, bytes]:
    """What the file at `path` says, whose text is `content`, and MessagePack of its `Body`."""
    keys = schema.PAGE if _is_page(path) else schema.POST
    typed = text.normalised(content)
    head = frontmatter.load(path, typed, keys, settings.zone)
    if not head.whole:
        return Parsed(path, None, head.diagnostics, head.draft), b""
    reading = _Reading(settings, Typed(path, typed, head.body_line), head)
    body = _encode(reading.body)
    post = reading.post(work.digest(body))
    faults = (*head.diagnostics, *reading.faults)
    return Parsed(path, post, faults, head.draft, reading.ignored()), body


def _is_page(path: str) -> bool:
    """Whether the file at `path` is a standing page."""
    return path.startswith("content/pages/")


_encode = msgspec.msgpack.Encoder().encode


class _Reading:
    """One file's fields and Markdown on their way to a post; links are numbered as they come."""

    def __init__(self, settings: Settings, typed: Typed, head: FrontMatter) -> None:
        self.settings, self.path, self.fields = settings, typed.path, head.fields
        self.faulty, self.draft = head.faulty, head.draft
        self.faults: list[Diagnostic] = []
        self.links: list[Link] = []
        self.slug, self.date = self._slug(), self._date()
        self.picture = self._picture()
        first = len(self.links)
        self.updates = tuple(sorted(self._updates(typed), key=lambda one: one.date.epoch))
        self.of_updates = range(first, len(self.links))  # links, by their numbers
        self.quoting = Quoting(settings, head, self.links, self.faults)
        self.leads = tuple(self.quoting.leads())
        self.document = self._document(head)
        self.links.extend(self.document.links)
        self.faults.extend(self.document.diagnostics)
        self.parts = tuple(self._parts())
        self.body = Body(self.leads, self.parts, self.document.headings)
        self.quotes = self.body.quotes
        self.html = tuple(part.html for part in self.parts if isinstance(part, Html))
        self.prose = text.plain("\n".join(self.html))
        self.written = text.length(self.prose)
        read = not any(fault.code == "too-complex" for fault in self.document.diagnostics)
        if read and not self._text("withdrawn"):
            self.quoting.note(self._judged(typed))
        self.faults.extend(self._unknown_codes())

    def _document(self, head: FrontMatter) -> markdown.Document:
        return markdown.document(
            self.path,
            head.body,
            head.body_line,
            prefix=self.slug,
            raw_html=self.settings.raw_html,
            first_link=len(self.links),
            hosts=self.settings.embeds,
        )

    # -------------------------------------------------------- the values

    def ignored(self) -> tuple[str, ...]:
        """The codes that `lint` ignores."""
        return tuple(str(item.value) for item in self._silenced())

    def _silenced(self) -> tuple[Field, ...]:
        """The same with their places."""
        return items(inner(self.fields.get("lint")).get("ignore"))

    def _unknown_codes(self) -> Iterator[Diagnostic]:
        """The faults of what `lint` ignores: codes that are none, or cannot be silenced."""
        for item in self._silenced():
            code = str(item.value)
            if code not in catalog.codes():
                arguments = {"code": code, "nearest": text.nearest(code, catalog.codes())}
                yield Diagnostic("unknown-rule", item.place, arguments)
            elif catalog.structural(code):
                yield Diagnostic("fixed-rule", item.place, {"code": code}, "lint")

    def post(self, digest: str) -> Post:
        """The post, whose body `digest` names; what was taken down is in none of its texts."""
        shown = [quote for quote in self.quotes if not quote.withdrawn]
        first = next(iter((*shown, *self.quotes)), None)  # stands for the post
        fields = self.fields
        layout = fields.get("layout")
        return Post(
            path=self.path,
            kind="page" if _is_page(self.path) else "post",
            title=self._text("title"),
            date=self.date,
            slug=self.slug,
            url=urls.folder(self._text("url")),
            place=self._place("url", "slug"),
            authors=self._names("author"),
            tags=self._names("tags"),
            aliases=tuple(
                Named(urls.folder(old.text), old.place) for old in self._names("aliases")
            ),
            sources=tuple(dict.fromkeys(quote.source for quote in (*shown, *self.quotes))),
            via=first.via if first else None,
            quote=_line(shown[0]) if shown else "",
            quote_lang=shown[0].lang if shown else "",
            quoted=sum(text.length(elision.plain(quote.paragraphs)) for quote in shown),
            written=self.written,
            summary=self._summary(),
            image=self.picture,
            layout=self._text("layout"),
            layout_place=layout.place if layout else None,
            extra=bare(fields["extra"]) if "extra" in fields else {},
            draft=self.draft,
            withdrawn=self._text("withdrawn"),
            updates=self.updates,
            links=tuple(self._links()),
            anchors=() if self._text("withdrawn") else tuple(self._anchors()),
            body=digest,
            frames=self._frames(),
        )

    def _links(self) -> Iterator[Link]:
        """All links by their numbers; a withdrawn post shows those of its updates alone."""
        withdrawn = bool(self._text("withdrawn"))
        for number, link in enumerate(self.links):
            hidden = withdrawn and number not in self.of_updates
            yield replace(link, shown=False) if hidden else link

    def _anchors(self) -> Iterator[str]:
        """The ids of the page that others may lead to."""
        yield from (f"quote-{quote.number}" for quote in self.quotes)
        yield from self.document.anchors

    def _slug(self) -> str:
        """What the author says, else the name of the file, else the title."""
        given = self._text("slug") or urls.slug(dates.stem(self.path))
        slug = given or urls.slug(unruby(self._text("title")))
        if not slug:
            arguments = {"title": self._text("title")}
            self.faults.append(Diagnostic("empty-slug", self._place("title"), arguments))
        return slug or urls.slug(self.path)  # two posts without one would share an address

    def _date(self) -> Date | None:
        """The date that is given, else that of the path; both have to agree."""
        given = self.fields.get("date")
        year, month, day = dates.from_path(self.path)
        if given and isinstance(given.value, Date):
            said = (given.value.year, given.value.month, given.value.day)
            if any(
                part and part != told for part, told in zip((year, month, day), said, strict=True)
            ):
                told = "/".join(f"{part:02}" for part in (year, month, day) if part)
                arguments = {"date": given.value.iso[:10], "path": told}
                self.faults.append(Diagnostic("date-mismatch", given.place, arguments))
            return given.value
        if year and month and day:
            made = dates.parse(f"{year:04}-{month:02}-{day:02}", self.settings.zone)
            if isinstance(made, Date):
                return made
        if not _is_page(self.path) and not self.draft and "date" not in self.faulty:
            self.faults.append(Diagnostic("date-missing", self._place("title")))
        return None

    def _summary(self) -> str:
        """What the author says, or has marked with <!-- more -->, else how the editorial begins."""
        if given := self._text("summary"):
            return given
        opening, _ = measure.blocks(self.document.summary_html)  # others' words need their source
        if said := " ".join(text.plain(opening).split("\n")).strip():
            return said
        written = "\n".join(self.html)
        ours, _ = measure.blocks(_HEADING.sub("", written))
        return text.excerpt(self.prose if ours == written else text.plain(ours))

    def _frames(self) -> tuple[str, ...]:
        """The origins of what is embedded, each once."""
        found = (part.frame.origin for part in self.parts if isinstance(part, Embed))
        return tuple(dict.fromkeys(found))

    def _picture(self) -> Picture | None:
        image = self.fields.get("image")
        if not image:
            return None
        fields = inner(image)
        return Picture(
            linked(fields["file"], self.links), words(fields, "alt"), words(fields, "credit")
        )

    def _updates(self, typed: Typed) -> Iterator[Update]:
        for item in items(self.fields.get("updates")):
            fields = inner(item)
            html, links, faults = markdown.inline(
                self.path,
                words(fields, "text"),
                fields["text"].place,
                first_link=len(self.links),
                raw_html=self.settings.raw_html,
            )
            self.links.extend(links)
            self.faults.extend(_nearer(typed, fault) for fault in faults)
            date = fields["date"].value
            if isinstance(date, Date):
                added = words(fields, "kind") == "addition"
                yield Update("addition" if added else "correction", date, html)

    def _judged(self, typed: Typed) -> Iterator[Diagnostic]:
        """What the rules of quotation say of the post as a whole."""
        image, summary = self.fields.get("image"), self.fields.get("summary")
        file = inner(image)["file"] if image else None
        written = Written(
            html=self.html,
            prose=self.prose,
            typed=typed,
            place=self._key("quote", "quotes"),
            blockquotes=self.document.blockquotes,
            links=tuple(self.links),
            summary=Named(str(summary.value), summary.place) if summary else None,
            image=Link(str(file.value), file.place) if file else None,
        )
        return rules.post(self.quoting.quoted, written)

    def _parts(self) -> Iterator[Html | Fence | Embed]:
        """The parts of the document, with its `quote` blocks as quotations."""
        number = len(self.leads)
        for part in self.document.parts:
            if isinstance(part, str):
                yield Html(part)
            elif isinstance(part, Embed):
                yield part
            elif _is_page(self.path):
                self.faults.append(Diagnostic("quote-on-page", part.place))
            else:
                number += 1
                yield Fence(self.quoting.fenced(number, part))

    # -------------------------------------------------------- fields

    def _text(self, key: str) -> str:
        return words(self.fields, key)

    def _names(self, key: str) -> tuple[Named, ...]:
        return tuple(Named(str(item.value), item.place) for item in items(self.fields.get(key)))

    def _key(self, *keys: str) -> Location:
        """The first of `keys` that is there, else the file as a whole."""
        found = (self.fields[key].key for key in keys if key in self.fields)
        return next(found, Location(self.path))

    def _place(self, *keys: str) -> Location:
        """The value of the first of `keys` that is there, else the file as a whole."""
        found = (self.fields[key].place for key in keys if key in self.fields)
        return next(found, Location(self.path))


_HEADING = re.compile(r"<h[1-6][ >].*?</h[1-6]>", re.DOTALL)


def _line(quote: Quote) -> str:
    """The first words of `quote`, for a card."""
    spans = (span for paragraph in quote.paragraphs for span in paragraph if span.kind == "text")
    return text.excerpt(next((span.text for span in spans), ""))


def _nearer(typed: Typed, fault: Diagnostic) -> Diagnostic:
    """`fault` at the line of the front matter that it names, as far as that is typed there."""
    found = place(typed, fault.arguments.get("line", ""), fault.location)
    return replace(fault, location=found) if found.line < typed.body else fault
