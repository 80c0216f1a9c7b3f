"""What a file says: its front matter, Markdown and quotations, read together."""

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import msgspec

from sitegen import text, urls, work
from sitegen.config import Host, Settings
from sitegen.content import dates, frontmatter, markdown, schema
from sitegen.content.frontmatter import Field, FrontMatter
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
    Source,
    Update,
    Via,
)
from sitegen.quotation import addresses, deeplink, elision, measure, rules, sources
from sitegen.quotation.editorial import Written
from sitegen.quotation.places import Quoted, Typed
from sitegen.ruby import unruby


def read(settings: Settings, path: str, content: str) -> tuple[Parsed, bytes]:
    """What the file at `path` says, whose text is `content`, and MessagePack of its `Body`."""
    keys = schema.PAGE if _is_page(path) else schema.POST
    zone = dates.zone(settings.timezone)
    assert zone is not None  # noqa: S101 -- `config` has checked it
    typed = text.normalised(content)
    head = frontmatter.load(path, typed, keys, zone)
    if not head.whole:
        return Parsed(path, None, head.diagnostics, head.draft), b""
    reading = _Reading(settings, Typed(path, typed, head.body_line), head)
    body = _encode(reading.body())
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
        path = typed.path
        self.settings, self.path, self.fields = settings, path, head.fields
        self.faulty = head.faulty
        self.faults: list[Diagnostic] = []
        self.links: list[Link] = []
        self.quoted: list[Quoted] = []
        self.slug = self._slug()
        self.picture = self._picture()
        self.updates = tuple(sorted(self._updates(), key=_epoch))
        self.named = self._sources()
        self.via = self._via(self.fields)
        self.leads = tuple(self._leads())
        self.document = markdown.document(
            path,
            head.body,
            head.body_line,
            prefix=self.slug,
            raw_html=settings.raw_html,
            first_link=len(self.links),
            hosts=settings.embeds,
        )
        self.links.extend(self.document.links)
        self.faults.extend(self.document.diagnostics)
        self.parts = tuple(self._parts())
        self.quotes = (*self.leads, *(part.quote for part in self.parts if isinstance(part, Fence)))
        self.prose = text.plain(
            "\n".join(part.html for part in self.parts if isinstance(part, Html))
        )
        self.written = text.length(self.prose)
        read = not any(fault.code == "too-complex" for fault in self.document.diagnostics)
        if read and not self._text("withdrawn"):
            self._noted(self._judged(typed))
        self.faults.extend(self._unknown_codes())

    # -------------------------------------------------------- the values

    def ignored(self) -> tuple[str, ...]:
        return tuple(str(item.value) for item in self._silenced())

    def _silenced(self) -> tuple[Field, ...]:
        """The codes that `lint` ignores, as typed."""
        lint = self.fields.get("lint")
        return _items(_inner(lint).get("ignore")) if lint else ()

    def _unknown_codes(self) -> Iterator[Diagnostic]:
        """The faults of what `lint` ignores: codes that are none, or cannot be silenced."""
        for item in self._silenced():
            code = str(item.value)
            if code not in catalog.codes():
                arguments = {"code": code, "nearest": text.nearest(code, catalog.codes())}
                yield Diagnostic("unknown-rule", item.place, arguments)
            elif catalog.structural(code):
                yield Diagnostic("fixed-rule", item.place, {"code": code}, "lint")

    def body(self) -> Body:
        return Body(self.leads, self.parts, self.document.headings)

    def post(self, body: str) -> Post:
        """The post; what was taken down is in none of its texts."""
        shown = [quote for quote in self.quotes if not quote.withdrawn]
        first = next(iter((*shown, *self.quotes)), None)  # stands for the post
        fields = self.fields
        layout = fields.get("layout")
        return Post(
            path=self.path,
            kind="page" if _is_page(self.path) else "post",
            title=self._text("title"),
            date=self._date(),
            slug=self.slug,
            url=_folder(self._text("url")),
            place=self._place("url", "slug"),
            authors=self._names("author"),
            tags=self._names("tags"),
            aliases=tuple(Named(_folder(old.text), old.place) for old in self._names("aliases")),
            sources=tuple(dict.fromkeys(quote.source for quote in (*shown, *self.quotes))),
            via=first.via if first else None,
            quote=_line(shown[0]) if shown else "",
            quoted=sum(text.length(elision.plain(quote.paragraphs)) for quote in shown),
            written=self.written,
            summary=self._summary(),
            image=self.picture,
            layout=self._text("layout"),
            layout_place=layout.place if layout else None,
            extra=_bare(fields["extra"]) if "extra" in fields else {},
            draft=fields["draft"].value is True if "draft" in fields else False,
            withdrawn=self._text("withdrawn"),
            updates=self.updates,
            links=tuple(self.links),
            anchors=() if self._text("withdrawn") else tuple(self._anchors()),
            body=body,
            frames=self._frames(),
        )

    def _anchors(self) -> Iterator[str]:
        """The ids of the page that others may lead to."""
        yield from (f"quote-{quote.number}" for quote in self.quotes)
        yield from self.document.anchors

    def _slug(self) -> str:
        given = self._text("slug") or urls.slug(dates.stem(self.path))
        slug = given or urls.slug(unruby(self._text("title")))
        if not slug:
            arguments = {"title": self._text("title")}
            self.faults.append(Diagnostic("empty-slug", self._place("title"), arguments))
        return slug

    def _date(self) -> Date | None:
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
            zone = dates.zone(self.settings.timezone)
            made = dates.parse(f"{year:04}-{month:02}-{day:02}", zone) if zone else ""
            if isinstance(made, Date):
                return made
        draft = "draft" in self.fields and self.fields["draft"].value
        if not _is_page(self.path) and not draft and "date" not in self.faulty:
            self.faults.append(Diagnostic("date-missing", self._place("title")))
        return None

    def _summary(self) -> str:
        if given := self._text("summary"):
            return given
        opening, _ = measure.blocks(self.document.summary_html)  # others' words need their source
        if said := " ".join(text.plain(opening).split("\n")).strip():
            return said
        written = "\n".join(part.html for part in self.parts if isinstance(part, Html))
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
        fields = _inner(image)
        return Picture(self._file(fields["file"]), _words(fields, "alt"), _words(fields, "credit"))

    def _updates(self) -> Iterator[Update]:
        for item in _items(self.fields.get("updates")):
            fields = _inner(item)
            html, links, faults = markdown.inline(
                self.path,
                _words(fields, "text"),
                fields["text"].place,
                first_link=len(self.links),
                raw_html=self.settings.raw_html,
            )
            self.links.extend(links)
            self.faults.extend(faults)
            date = fields["date"].value
            if isinstance(date, Date):
                added = _words(fields, "kind") == "addition"
                yield Update("addition" if added else "correction", date, html)

    # -------------------------------------------------------- quotations

    def _sources(self) -> Mapping[str, Source]:
        """The post's own source under "", and the further ones by their names."""
        named = {"": self._source(self.fields.get("source"))}
        further = self.fields.get("sources")
        for name, field in (_inner(further) if further else {}).items():
            named[name] = self._source(field)
        return named

    def _source(self, field: Field | None) -> Source:
        if field is None:
            return Source()
        fields = _inner(field)
        words = {key: _words(fields, key) for key in _SOURCE_WORDS}
        host = urls.host(words["url"])
        defaults = self.settings.hosts.get(host, Host())
        for key in ("site", "kind", "lang"):
            words[key] = words[key] or getattr(defaults, key)
        if "url" in fields:
            self.faults.extend(sources.address(words["url"], fields["url"].place))
            words["url"] = addresses.whole(words["url"])
        published, accessed = _day(fields, "published"), _day(fields, "accessed")
        return Source(**words, published=published, accessed=accessed, host=host)

    def _leads(self) -> Iterator[Quote]:
        if "quote" in self.fields:
            field = self.fields["quote"]
            yield self._quote(1, _inner(field), field.key, self.named[""], self.via)
        for number, item in enumerate(_items(self.fields.get("quotes")), 1):
            fields = _inner(item)
            own = self._source(fields["source"]) if "source" in fields else self.named[""]
            yield self._quote(number, fields, item.place, own, self._via(fields) or self.via)

    def _quote(
        self,
        number: int,
        fields: dict[str, Field],
        place: Location,
        source: Source,
        via: Via | None,
    ) -> Quote:
        typed = elision.text(_words(fields, "text"))
        translated = elision.text(_words(fields, "translation"))
        quote = Quote(
            number=number,
            paragraphs=typed.paragraphs,
            source=source,
            via=via,
            elided=typed.elided or translated.elided,
            translation=translated.paragraphs,
            translator=_words(fields, "translator"),
            original=_words(fields, "original"),
            emphasis=_words(fields, "emphasis"),
            image=self._file(fields["image"]) if "image" in fields else "",
            alt=_words(fields, "alt"),
            passage=self._passage(fields, typed, source, place),
            withdrawn=_words(fields, "withdrawn"),
        )
        sourced = fields.get("source", self.fields.get("source"))
        self._checked(quote, place, sourced.key if sourced else place)
        return quote

    def _passage(
        self, fields: dict[str, Field], typed: elision.Text, source: Source, place: Location
    ) -> str:
        """The link to the passage, "" where it is not wanted or the source's words are not here."""
        host = self.settings.hosts.get(source.host, Host())
        off = (_words(fields, "deeplink") or host.deeplink) == "off"
        if original := _words(fields, "original"):
            typed = elision.text(original)
        elif "translator" in fields and "translation" not in fields:
            off = True
        if off or "withdrawn" in fields:
            return ""
        passage = deeplink.passage(typed, source)
        if not passage and deeplink.expected(typed, source):
            self.faults.append(Diagnostic("passage-unlinked", place))
        return passage

    def _checked(self, quote: Quote, place: Location, sourced: Location) -> None:
        """Notes what is wrong with `quote`, but for a second fault of one cause."""
        self.quoted.append(Quoted(quote, place, sourced))
        self._noted(rules.quote(self.quoted[-1]))

    def _noted(self, faults: Iterable[Diagnostic]) -> None:
        """Notes `faults`, but for those that a wrong value in a source has brought about."""
        spoilt = bool(self.faulty & {"source", "sources", "quotes"})
        self.faults.extend(
            fault for fault in faults if not (spoilt and fault.code.startswith(_OF_SOURCES))
        )

    def _judged(self, typed: Typed) -> Iterator[Diagnostic]:
        """What the rules of quotation say of the post as a whole."""
        image, summary = self.fields.get("image"), self.fields.get("summary")
        file = _inner(image)["file"] if image else None
        written = Written(
            html=tuple(part.html for part in self.parts if isinstance(part, Html)),
            prose=self.prose,
            typed=typed,
            place=self._key("quote", "quotes"),
            links=tuple(self.links),
            summary=Named(str(summary.value), summary.place) if summary else None,
            image=Link(str(file.value), file.place) if file else None,
        )
        return rules.post(self.quoted, written)

    def _parts(self) -> Iterator[Html | Fence | Embed]:
        number = len(self.leads)
        for part in self.document.parts:
            if isinstance(part, str):
                yield Html(part)
                continue
            if isinstance(part, Embed):
                yield part
                continue
            if _is_page(self.path):
                self.faults.append(Diagnostic("quote-on-page", part.place))
                continue
            number += 1
            yield Fence(self._fenced(number, part))

    def _fenced(self, number: int, fence: markdown.Fenced) -> Quote:
        if fence.info not in self.named:
            known = [name for name in self.named if name]
            arguments = {
                "name": fence.info,
                "nearest": text.nearest(fence.info, known),
                "known": "、".join(known),
            }
            self.faults.append(Diagnostic("unknown-source", fence.place, arguments))
        source = self.named.get(fence.info, self.named[""])
        typed = elision.text(fence.text)
        passage = self._passage({}, typed, source, fence.place)
        quote = Quote(
            number=number,
            paragraphs=typed.paragraphs,
            source=source,
            via=None if fence.info else self.via,
            elided=typed.elided,
            passage=passage,
        )
        if fence.info in self.named:
            self._checked(quote, fence.place, fence.place)
        return quote

    # -------------------------------------------------------- fields

    def _via(self, fields: dict[str, Field]) -> Via | None:
        if "via" not in fields:
            return None
        via = _inner(fields["via"])
        found = Via(_words(via, "name") or urls.host(_words(via, "url")), _words(via, "url"))
        self.faults.extend(sources.via(found, fields["via"].key))
        return found

    def _file(self, field: Field) -> str:
        """The mark of a link to a file of this site, or the web address that `field` says."""
        target = str(field.value)
        if target.startswith(("http://", "https://")):
            return target
        self.links.append(Link(target, field.place))
        return f"\x02{len(self.links) - 1}\x03"

    def _text(self, key: str) -> str:
        return _words(self.fields, key)

    def _names(self, key: str) -> tuple[Named, ...]:
        return tuple(Named(str(item.value), item.place) for item in _items(self.fields.get(key)))

    def _key(self, *keys: str) -> Location:
        """The first of `keys` that is there, else the file as a whole."""
        found = (self.fields[key].key for key in keys if key in self.fields)
        return next(found, Location(self.path))

    def _place(self, *keys: str) -> Location:
        """The value of the first of `keys` that is there, else the file as a whole."""
        found = (self.fields[key] for key in keys if key in self.fields)
        field = next(found, None)
        return field.place if field else Location(self.path)


_OF_SOURCES = ("source-", "accessed-", "published-")
_HEADING = re.compile(r"<h[1-6][ >].*?</h[1-6]>", re.DOTALL)
_SOURCE_WORDS = (
    "url",
    "title",
    "site",
    "author",
    "publisher",
    "lang",
    "kind",
    "locator",
    "isbn",
    "archive",
)


def _line(quote: Quote) -> str:
    """The first words of `quote`, for a card."""
    spans = (span for paragraph in quote.paragraphs for span in paragraph if span.kind == "text")
    return text.excerpt(next((span.text for span in spans), ""))


def _epoch(update: Update) -> int:
    return update.date.epoch


def _inner(field: Field) -> dict[str, Field]:
    return field.value if isinstance(field.value, dict) else {}


def _items(field: Field | None) -> tuple[Field, ...]:
    return field.value if field and isinstance(field.value, tuple) else ()


def _words(fields: dict[str, Field], key: str) -> str:
    found = fields.get(key)
    return found.value if found and isinstance(found.value, str) else ""


def _day(fields: dict[str, Field], key: str) -> Date | None:
    found = fields.get(key)
    return found.value if found and isinstance(found.value, Date) else None


def _bare(field: Field) -> Any:
    """The value without its places."""
    if isinstance(field.value, dict):
        return {key: _bare(inner) for key, inner in field.value.items()}
    if isinstance(field.value, tuple):
        return [_bare(inner) for inner in field.value]
    return field.value


def _folder(path: str) -> str:
    """`path` with the `/` that a URL without a file's name ends in."""
    named = "." in path.rpartition("/")[2]
    return path if not path or named or path.endswith("/") else f"{path}/"
