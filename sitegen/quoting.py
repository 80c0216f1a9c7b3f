"""The quotations of one file: its front matter and `quote` blocks -> quotes with their sources."""

from collections.abc import Iterable, Iterator, Mapping

from sitegen import linkmarks, text, urls
from sitegen.config import Host, Settings
from sitegen.content import markdown
from sitegen.content.fields import Field, Fields, date, inner, items, words
from sitegen.content.frontmatter import FrontMatter
from sitegen.diagnostics.model import Diagnostic, Location
from sitegen.model import Link, Quote, Source, Via
from sitegen.quotation import addresses, deeplink, elision, rules, sources
from sitegen.quotation.places import Quoted
from sitegen.quotation.words import unemphasised


class Quoting:
    """What one file quotes; links to files go into `links`, and what is wrong into `faults`."""

    def __init__(
        self, settings: Settings, head: FrontMatter, links: list[Link], faults: list[Diagnostic]
    ) -> None:
        self.settings, self.fields, self.faulty = settings, head.fields, head.faulty
        self.links, self.faults = links, faults
        self.quoted: list[Quoted] = []  # so far, with their places
        self.named = self._sources()
        self.via = self._via(self.fields)

    def leads(self) -> Iterator[Quote]:
        """The quotations of the front matter, in order."""
        if "quote" in self.fields:
            field = self.fields["quote"]
            yield self._quote(1, inner(field), field.key, self.named[""], self.via)
        for number, item in enumerate(items(self.fields.get("quotes")), 1):
            fields = inner(item)
            own = self._source(fields["source"]) if "source" in fields else self.named[""]
            yield self._quote(number, fields, item.place, own, self._via(fields) or self.via)

    def fenced(self, number: int, fence: markdown.Fenced) -> Quote:
        """The quotation of a `quote` block, the post's `number`th."""
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
            self._check(quote, fence.place, fence.place)
        return quote

    def note(self, faults: Iterable[Diagnostic]) -> None:
        """Notes `faults`, but for those that a wrong value in a source has brought about."""
        spoilt = bool(self.faulty & {"source", "sources", "quotes"})
        self.faults.extend(
            fault for fault in faults if not (spoilt and fault.code.startswith(_OF_SOURCES))
        )

    def _sources(self) -> Mapping[str, Source]:
        """The post's own source under "", and the further ones by their names."""
        named = {"": self._source(self.fields.get("source"))}
        for name, field in inner(self.fields.get("sources")).items():
            named[name] = self._source(field)
        return named

    def _source(self, field: Field | None) -> Source:
        """The source that `field` names, with the defaults for its host."""
        if field is None:
            return Source()
        fields = inner(field)
        said = {key: words(fields, key) for key in _SOURCE_WORDS}
        host = urls.host(said["url"])
        defaults = self.settings.hosts.get(host, Host())
        for key in ("site", "kind", "lang"):
            said[key] = said[key] or getattr(defaults, key)
        if "url" in fields:
            self.faults.extend(sources.address(said["url"], fields["url"].place))
            said["url"] = urls.sound(addresses.whole(said["url"]))
        said["archive"] = urls.sound(said["archive"])
        published, accessed = date(fields, "published"), date(fields, "accessed")
        return Source(**said, published=published, accessed=accessed, host=host)

    def _via(self, fields: Fields) -> Via | None:
        if "via" not in fields:
            return None
        said = inner(fields["via"])
        url = words(said, "url")
        found = Via(words(said, "name") or urls.host(url), urls.sound(url))
        self.faults.extend(sources.via(found, fields["via"].key))
        return found

    def _quote(
        self,
        number: int,
        fields: Fields,
        place: Location,
        source: Source,
        via: Via | None,
    ) -> Quote:
        """The quotation that `fields` of the front matter hold, whose key or item is at `place`."""
        typed = elision.text(words(fields, "text"))
        withdrawn = words(fields, "withdrawn")
        translated = elision.text(words(fields, "translation"))
        quote = Quote(
            number=number,
            paragraphs=typed.paragraphs,
            source=source,
            via=via,
            elided=typed.elided or translated.elided,
            translation=translated.paragraphs,
            translator=words(fields, "translator"),
            original=words(fields, "original"),
            emphasis=words(fields, "emphasis"),
            image=linked(fields["image"], self.links, shown=not withdrawn)
            if "image" in fields
            else "",
            alt=words(fields, "alt"),
            passage=self._passage(fields, typed, source, place),
            withdrawn=withdrawn,
        )
        sourced = fields.get("source", self.fields.get("source"))
        self._check(quote, place, sourced.key if sourced else place)
        return quote

    def _passage(self, fields: Fields, typed: elision.Text, source: Source, place: Location) -> str:
        """The link to the passage, "" where it is not wanted or the source's words are not here."""
        host = self.settings.hosts.get(source.host, Host())
        off = (words(fields, "deeplink") or host.deeplink) == "off"
        if original := words(fields, "original"):
            typed = elision.text(original)
        elif "translator" in fields and "translation" not in fields:
            off = True
        elif "emphasis" in fields:
            typed = elision.text(unemphasised(words(fields, "text")))
        if off or "withdrawn" in fields:
            return ""
        passage = deeplink.passage(typed, source)
        if not passage and deeplink.expected(typed, source):
            self.faults.append(Diagnostic("passage-unlinked", place))
        return passage

    def _check(self, quote: Quote, place: Location, sourced: Location) -> None:
        """Notes what is wrong with `quote`, but for a second fault of one cause."""
        self.quoted.append(Quoted(quote, place, sourced))
        self.note(rules.quote(self.quoted[-1]))


_OF_SOURCES = ("source-", "accessed-", "published-")
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


def linked(field: Field, links: list[Link], *, shown: bool = True) -> str:
    """The mark of a link to a file of this site, or the web address that `field` says."""
    target = str(field.value)
    if target.startswith(("http://", "https://")):
        return urls.sound(target)
    links.append(Link(target, field.place, shown, literal=True))
    return linkmarks.mark(len(links) - 1)
