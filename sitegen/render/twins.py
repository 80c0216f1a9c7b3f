"""The HTML of an editorial -> Markdown for machines, without what others said."""

import re
from html.parser import HTMLParser

from msgspec import Struct, field

# The sign on both sides of an element's text.
_SIDES = {"strong": "**", "b": "**", "em": "*", "i": "*", "del": "~~", "s": "~~"}
_BLOCKS = {
    "p", "div", "section", "figure", "figcaption", "details", "summary", "dl", "dt", "dd", "table",
    "caption",
}  # fmt: skip
# White space between two elements in one of these is no text.
_OUTER = _BLOCKS - {"p", "figcaption", "summary", "dt", "dd", "caption"} | {
    "", "ul", "ol", "li", "thead", "tbody", "tfoot", "tr", "blockquote",
}  # fmt: skip
_DROPPED = {"script", "style", "rp", "template"}  # with their text
_VOID = {"br", "hr", "img", "wbr", "col"}  # have no end tag
_WRITTEN = {  # each by the method of its name
    "blockquote", "br", "hr", "rt", "code", "pre", "a", "img", "sup", "ul", "ol", "li", "tr", "td",
    "th",
}  # fmt: skip
_SPACES = " \t\n\r\f"  # U+3000 is none: it indents
_SPACE = re.compile(f"[{_SPACES}]+")
_SIGNS = re.compile(r"[\\`*_~\[\]<]|&(?=[#\w])")  # of Markdown, anywhere
_BEGINS = re.compile(r"^(\d{0,9})([.)>#+-])", re.MULTILINE)  # and where a line begins
_BLANKS = re.compile(r"\n{3,}")
_NUMBER = re.compile("[0-9]{1,9}").fullmatch
_BAR, _QUOTED_BAR = re.compile(r"(?<!\\)\|"), r"\\|"


def markdown(html: str, left_out: str) -> str:
    """`html`, which we have written, as Markdown; `left_out` stands in for each blockquote."""
    writer = _Writer(left_out)
    writer.feed(html)
    writer.close()
    return _BLANKS.sub("\n\n", writer.written()).strip()


def literally(text: str) -> str:
    """`text` in which Markdown finds no signs."""
    return _BEGINS.sub(r"\1\\\2", _SIGNS.sub(lambda found: f"\\{found.group()}", text))


def _address(url: str) -> str:
    """`url` without what would end it."""
    return url.replace("(", "%28").replace(")", "%29").replace(" ", "%20")


class _Open(Struct):
    """An element that is being read; `parts` is what it holds so far, as Markdown."""

    tag: str
    attributes: dict[str, str]
    parts: list[str] = field(default_factory=list)
    items: int = 0  # of a list


class _Writer(HTMLParser):
    """Writes each element when it ends, into the one that it stands in."""

    def __init__(self, left_out: str) -> None:
        super().__init__(convert_charrefs=True)
        self.left_out = left_out
        self.open = [_Open("", {})]

    def written(self) -> str:
        """All that was read; what is still open is closed."""
        while len(self.open) > 1:
            self._close()
        return "".join(self.open[0].parts)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Opens an element."""
        attributes = {name: value or "" for name, value in attrs}
        start = attributes.get("start", "") if tag == "ol" else ""
        self.open.append(_Open(tag, attributes, items=int(start) - 1 if _NUMBER(start) else 0))
        if tag in _VOID:
            self._close()

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Opens an element that holds nothing."""
        self.handle_starttag(tag, attrs)
        if tag not in _VOID:
            self._close()

    def handle_endtag(self, tag: str) -> None:
        """Closes an element with all that is open in it."""
        if any(one.tag == tag for one in self.open[1:]):
            while self._close() != tag:
                pass

    def handle_data(self, data: str) -> None:
        """Keeps a text."""
        outer = self.open[-1]
        if any(one.tag in {"pre", "code"} for one in self.open):
            outer.parts.append(data)
        elif data.strip(_SPACES) or outer.tag not in _OUTER:
            begins = bool(outer.parts) and outer.parts[-1].endswith("\n")
            data = data.lstrip(_SPACES) if begins else data
            outer.parts.append(literally(_SPACE.sub(" ", data)))

    def _close(self) -> str:
        done = self.open.pop()
        self.open[-1].parts.append(self._shown(done, "".join(done.parts)))
        return done.tag

    def _shown(self, one: _Open, text: str) -> str:
        tag = one.tag
        if tag in _SIDES:
            return f"{_SIDES[tag]}{text}{_SIDES[tag]}" if text.strip() else text
        if tag in _DROPPED:
            return ""
        if tag in _BLOCKS or re.fullmatch("h[1-6]", tag):
            mark = f"{'#' * int(tag[1])} " if tag[0] == "h" else ""
            return f"\n\n{mark}{text.strip()}\n\n"
        return str(getattr(self, f"_{tag}")(one, text)) if tag in _WRITTEN else text

    # ---------------------------------------------------------------- elements

    def _blockquote(self, _one: _Open, _text: str) -> str:
        return f"\n\n{self.left_out}\n\n"

    def _br(self, _one: _Open, _text: str) -> str:
        return "\\\n"

    def _hr(self, _one: _Open, _text: str) -> str:
        return "\n\n---\n\n"

    def _rt(self, _one: _Open, text: str) -> str:
        return f"（{text}）"

    def _code(self, _one: _Open, text: str) -> str:
        if any(outer.tag == "pre" for outer in self.open):
            return text
        fence = "`" * (1 + max(map(len, re.findall("`+", text)), default=0))
        edge = " " if text.startswith("`") or text.endswith("`") else ""
        return f"{fence}{edge}{text}{edge}{fence}"

    def _pre(self, _one: _Open, text: str) -> str:
        fence = "`" * max(3, 1 + max(map(len, re.findall("`+", text)), default=0))
        return f"\n\n{fence}\n{text.strip(chr(10))}\n{fence}\n\n"

    def _a(self, one: _Open, text: str) -> str:
        address = _address(one.attributes.get("href", ""))
        if "footnote-back" in one.attributes.get("class", "").split():
            return ""
        return f"[{text.strip()}]({address})" if address and text.strip() else text

    def _img(self, one: _Open, _text: str) -> str:
        source = _address(one.attributes.get("src", ""))
        return f"![{literally(one.attributes.get('alt', ''))}]({source})"

    def _sup(self, one: _Open, text: str) -> str:
        """A reference to a footnote by its number; other raised text stays text."""
        number = re.match(r"\[(\d+)\]", text)
        noted = "footnote-ref" in one.attributes.get("class", "").split()
        return f"[^{number[1]}]" if noted and number else text

    def _ul(self, _one: _Open, text: str) -> str:
        nested = any(outer.tag == "li" for outer in self.open)
        return f"\n{text.strip()}\n" if nested else f"\n\n{text.strip()}\n\n"

    _ol = _ul

    def _li(self, _one: _Open, text: str) -> str:
        outer = self.open[-1]
        outer.items += 1
        noted = "footnotes" in self.open[-2:][0].attributes.get("class", "").split()
        mark = f"[^{outer.items}]:" if noted else f"{outer.items}." if outer.tag == "ol" else "-"
        inner = _BLANKS.sub("\n\n", text.strip()).replace("\n", "\n" + " " * (len(mark) + 1))
        return f"{mark} {inner}\n"

    def _tr(self, one: _Open, text: str) -> str:
        """A row; the first is taken for the head."""
        line = f"|{text}\n"
        table = next((outer for outer in self.open if outer.tag == "table"), one)
        table.items += 1
        return line + f"|{' --- |' * len(_BAR.findall(text))}\n" if table.items == 1 else line

    def _td(self, _one: _Open, text: str) -> str:
        cell = _SPACE.sub(" ", text).strip()
        return f" {_BAR.sub(_QUOTED_BAR, cell)} |"

    _th = _td
