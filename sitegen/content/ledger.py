"""What is found in one document while it is read: places, links, ids, headings, faults."""

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator
from html import escape, unescape
from itertools import accumulate
from urllib.parse import unquote

from sitegen import linkmarks, urls
from sitegen.content import guards, html, targets
from sitegen.diagnostics.model import Diagnostic, Location
from sitegen.model import Heading, Link


class Ledger:
    """The one mutable thing of a document; it lives as long as its parse.

    `block` is the part of the text that is being written: what is met there has its place there.
    """

    def __init__(self, path: str, text: str, line: int, *, prefix: str, first_link: int) -> None:
        self.path, self.text, self.line = path, text, line
        self.prefix, self.first_link = prefix, first_link
        self.block = (0, len(text))
        self.links: list[Link] = []
        self.faults: list[Diagnostic] = []
        self.headings: list[Heading] = []
        self.blockquotes: list[tuple[str, Location]] = []  # HTML and place
        self._ids: set[str] = set()
        self._repeats: dict[str, int] = {}
        self._claimed = frozenset(_EXPLICIT.findall(text)) if "{#" in text else frozenset[str]()
        self._targets = 0  # characters of all targets
        self._seen: dict[str, int] = {}  # where a text was last met
        self._starts: list[int] = []  # of the lines
        self._read = 0  # up to where texts have been found

    # ---------------------------------------------------------------- places

    def place(self, *typed: str, before: str = "") -> Location:
        """Where the first of `typed` that is there stands, each time a place further on.

        A place behind what the regular expression `before` matches is taken rather than another;
        the line on which the block begins is the last resort.
        """
        start, end = self.block
        for words in filter(None, (text.partition("\n")[0] for text in typed)):
            onward = max(start, self._seen.get(words, -1) + 1)
            # what is not in the block is in a definition or a note
            for low, high in ((onward, end), (0, len(self.text))):
                found = self._find(words, before, low, high)
                if found >= 0:
                    self._seen[words] = found
                    return self._location(found, len(words))
        sought = typed[0] if typed else ""
        if sought and (loose := _loosely(sought).search(self.text, start, end)):
            return self._location(loose.start(), len(loose.group()))
        first = self.text[start:end]
        blank = len(first) - len(first.lstrip())
        shown = first[blank:].partition("\n")[0].rstrip()
        return self._location(start + blank if shown else start, len(shown))

    def spots(self, text: str) -> Callable[[int, int], Location]:
        r"""A function that tells the place of a position in `text` and of so many characters there.

        Texts are read in the order of the file. One that is typed otherwise there, as a cell with
        `\|`, is looked for by those characters alone.
        """
        starts: list[int] = []  # of the lines of `text`
        begins: list[int] = []  # where they stand in the file's

        def spot(position: int, width: int) -> Location:
            if not starts:
                lines = text.split("\n")
                starts.extend(accumulate((len(line) + 1 for line in lines[:-1]), initial=0))
                begins.extend(self._begins(lines))
            line = bisect_right(starts, position) - 1
            if begins[line] < 0:
                return self.place(text[position : position + width])
            return self._location(begins[line] + position - starts[line], width)

        return spot

    def _begins(self, lines: list[str]) -> Iterator[int]:
        """Where each of `lines` stands in the file's text, -1 for one that does not."""
        start, end = self.block
        onward = max(start, self._read)
        for line in lines:
            found = self.text.find(line, onward, end)
            if found < 0:  # in a note that stands further up
                found = self.text.find(line)
            if found >= 0:
                onward = found + len(line)
            yield found
        self._read = onward

    def _find(self, words: str, before: str, start: int, end: int) -> int:
        first = found = self.text.find(words, start, end)
        while before and found >= 0:
            if re.search(rf"(?:{before})\Z", self.text[max(start, found - _NEAR) : found]):
                return found
            found = self.text.find(words, found + 1, end)
        return first

    def _location(self, position: int, width: int) -> Location:
        if not self._starts:
            lines = self.text.split("\n")
            self._starts = [0, *accumulate(len(line) + 1 for line in lines)]
        index = bisect_right(self._starts, position) - 1
        column = position - self._starts[index] + 1
        return Location(self.path, self.line + index, column, max(1, width))

    def fault(
        self,
        code: str,
        place: Location,
        arguments: dict[str, str] | None = None,
        variant: str = "",
    ) -> None:
        """Notes a fault."""
        self.faults.append(Diagnostic(code, place, arguments or {}, variant))

    # ---------------------------------------------------------------- links

    def href(self, url: str, *, image: bool = False) -> str | None:
        """The value of `href` or `src` for `url`, escaped; None and a fault if it is unsafe.

        A target inside the site gives its mark, one on the web its encoded address.
        """
        found, plain = targets.target(url), unquote(url)
        if self._is_spent(len(url)):
            return None
        if found is None or (image and found.kind == "mail"):
            self.fault("unsafe-link", self._linked(plain, url), {"target": plain})
            return None
        if found.kind != "inside":
            return escape(found.href)
        self.links.append(Link(urls.decoded(found.href), self._linked(plain, url)))
        return linkmarks.mark(self.first_link + len(self.links) - 1)

    def _is_spent(self, characters: int) -> bool:
        """Whether the targets together are too long: one reference may stand in for many."""
        before = self._targets
        self._targets += characters
        if before <= guards.REFERENCES < self._targets:
            limit = {"limit": f"{guards.REFERENCES:,}"}
            self.fault("too-complex", self.place(), limit, "references")
        return self._targets > guards.REFERENCES

    def _linked(self, plain: str, url: str) -> Location:
        return self.place(plain, url, unescape(html.settled(plain)), before=_BEFORE_TARGET)

    # ---------------------------------------------------------------- ids

    def anchor(self, wanted: str, *, explicit: bool = False) -> str:
        """An id that nothing else in the document has: `wanted`, or it with `-1`, `-2` and so on.

        A derived one also leaves alone what a heading further down asks for with `{#id}`.
        """
        if _NOTE(wanted):
            wanted = f"section-{wanted}"
        name, number = wanted, self._repeats.get(wanted, 0)
        while not self._is_free(name, explicit=explicit):
            number += 1
            name = f"{wanted}-{number}"
        self._repeats[wanted] = number
        self._ids.add(name)
        return name

    def claim(self, name: str) -> None:
        """Notes `name` as the id of raw HTML; one that the page or the post has already is told."""
        own = _OWN(name)
        if own or name in self._ids:
            place = self.place(name, before="id=[\"']?")
            self.fault("duplicate-id", place, {"id": name}, "page" if own else "")
        self._ids.add(name)

    def _is_free(self, name: str, *, explicit: bool) -> bool:
        claimed = not explicit and name in self._claimed
        return not claimed and name not in self._ids and not _OWN(name)


def _loosely(words: str) -> re.Pattern[str]:
    """`words` as they may be typed: with backslashes before signs, and with entities."""
    parts = (
        "&(?:amp;)?"
        if sign == "&"
        else re.escape(sign)
        if sign.isalnum()
        else rf"\\?{re.escape(sign)}"
        for sign in words[:_LOOSE]
    )
    return re.compile("".join(parts))


_NEAR = 80  # characters in which what stands before a text is sought
_LOOSE = 300  # characters; a longer text is found by its beginning
_EXPLICIT = re.compile(r"\{#([^\s{}#<>\"'&]+)\}[ \t#]*$", re.MULTILINE)
BEFORE_INFO = r"[`~]{3,}[ \t]*"  # of a fence
_BEFORE_TARGET = r"\]\([ \t]*<?|\]:\s*<?|<|=[\"']?"
_OWN = re.compile(r"main|contents|quote-\d+(?:-label)?").fullmatch  # ids of the page's own
_NOTE = re.compile(r"fn(?:ref)?-.*").fullmatch  # of notes
