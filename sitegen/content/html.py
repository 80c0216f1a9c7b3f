"""Raw HTML in posts: what is kept of it, and what is not."""

import re
from collections.abc import Callable
from html import unescape
from html.parser import HTMLParser

import nh3

from sitegen import text
from sitegen.content import targets

_TAGS = {
    "p", "br", "hr", "h2", "h3", "h4", "h5", "h6", "em", "strong", "del", "ins", "s", "b", "i",
    "u", "mark", "small", "sub", "sup", "code", "kbd", "samp", "var", "pre", "span", "div", "ul",
    "ol", "li", "dl", "dt", "dd", "table", "caption", "colgroup", "col", "thead", "tbody",
    "tfoot", "tr", "th", "td", "blockquote", "q", "cite", "abbr", "time", "figure", "figcaption",
    "ruby", "rt", "rp", "rb", "rtc", "details", "summary", "section", "a", "img", "wbr", "dfn",
    "bdi",
}  # fmt: skip
_ATTRIBUTES = {
    "*": {"class", "id", "lang", "dir", "title", "role"},
    "a": {"href", "rel", "hreflang"},
    "img": {"src", "alt", "width", "height", "loading", "decoding"},
    "td": {"colspan", "rowspan", "headers"},
    "th": {"colspan", "rowspan", "headers", "scope"},
    "col": {"span"},
    "colgroup": {"span"},
    "ol": {"start", "reversed", "type"},
    "li": {"value"},
    "time": {"datetime"},
    "details": {"open"},
    "blockquote": {"cite"},
    "q": {"cite"},
    "ins": {"datetime", "cite"},
    "del": {"datetime", "cite"},
    "pre": {"tabindex"},
    "div": {"tabindex"},
}
_WITH_TEXT = {"script", "style"}  # their text is no text of the post
_ENDS = {"<!--": "-->", "<script": "</script>", "<style": "</style>", "<!": ">", "<?": ">"}
_Filter = Callable[[str, str, str], str | None]


def cleaned(html: str, change: _Filter) -> str:
    """`html` without what is not allowed; `change` gives an attribute its value, or drops it."""
    return nh3.clean(
        html,
        tags=_TAGS,
        attributes={tag: set(names) for tag, names in _ATTRIBUTES.items()},
        clean_content_tags=_WITH_TEXT,
        attribute_filter=change,
        url_schemes={"http", "https", "mailto"},
        link_rel=None,
        strip_comments=True,
    )


def settled(raw: str) -> str:
    """`raw` with U+FFFD for each numeric reference to a control, or to no character at all.

    nh3 would write the control itself: a link mark of ours, or what no feed may hold.
    """
    return _NUMERIC.sub(_settled, raw) if "&#" in raw else raw


_NUMERIC = re.compile("&#(?:[xX]([0-9A-Fa-f]+)|([0-9]+));?")
_DIGITS = 8  # a number with more is no character's, and one of thousands raises ValueError


def _settled(found: re.Match[str]) -> str:
    digits, base = (found[1], 16) if found[1] else (found[2], 10)
    reference = f"&#{int(digits.lstrip('0')[:_DIGITS] or '0', base)};"
    character = unescape(reference)
    return "\ufffd" if not character or text.CONTROL.search(character) else reference


def dropped(raw: str) -> list[str]:
    """What of `raw`, a piece of HTML, is not kept: tags as `<x>`, attributes as `x=`."""
    return list(dict.fromkeys(_walked(raw).found))


def ids(raw: str) -> list[str]:
    """The ids that the tags of `raw` have."""
    return _walked(raw).ids if "id=" in raw else []


def _walked(raw: str) -> "_Walker":
    walker = _Walker()
    walker.feed(raw)
    walker.close()
    return walker


def unclosed(raw: str) -> tuple[str, str] | None:
    """What `raw` begins and never ends, so that all behind it is lost; and what would end it."""
    raw = raw.lower()
    for opening, end in _ENDS.items():
        start = raw.rfind(opening)
        if start >= 0 and raw.find(end, start + 2) < 0:
            return opening, end
    return None


def _unsafe(name: str, value: str | None) -> bool:
    """Whether an attribute leads where no link may lead."""
    return name in {"href", "src", "cite"} and targets.target(value or "") is None


class _Walker(HTMLParser):
    """Notes ids, and what the allow-list does not have: nh3 tells nothing of what it drops."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[str] = []
        self.ids: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Notes the id of a tag, and the tag if it is not kept, or its attributes that are not."""
        self.ids += [value for name, value in attrs if name == "id" and value]
        if tag not in _TAGS:
            self.found.append(f"<{self._typed(tag)}>")
            return
        kept = _ATTRIBUTES["*"] | _ATTRIBUTES.get(tag, set())
        self.found += [
            f"{self._typed(name)}="
            for name, value in attrs
            if name not in kept or _unsafe(name, value)
        ]

    def _typed(self, name: str) -> str:
        """The `name` of the tag that is read, or of its attribute, in the case of its author."""
        pattern = rf"[<\s/\"']({re.escape(name)})"
        found = re.search(pattern, self.get_starttag_text() or "", re.IGNORECASE)
        return found[1] if found else name

    def parse_marked_section(self, i: int, report: bool = True) -> int:  # noqa: FBT001, FBT002
        """Where `<![x[…` ends; html.parser raises AssertionError at sections unknown to it."""
        try:
            return super().parse_marked_section(i, report)
        except AssertionError:
            return self.parse_bogus_comment(i, report)

    def handle_decl(self, decl: str) -> None:
        """Notes a declaration."""
        self.found.append(f"<!{decl.strip().partition(' ')[0]}>")

    def handle_pi(self, data: str) -> None:
        """Notes a processing instruction."""
        self.found.append(f"<?{data.strip().partition(' ')[0]}>")
