"""How much of a post is quoted, and what of the quoted words stands in the editorial unmarked."""

import re
from collections.abc import Iterator, Sequence

from msgspec import Struct

from sitegen import text


class Block(Struct, frozen=True):
    """A blockquote of the editorial, as HTML, with the paragraphs that it stands between."""

    html: str
    before: str
    after: str


_EDGE = re.compile(r"<(/?)blockquote\b[^>]*>")
_BARRIER = re.compile(r"<h[1-6r]\b|<blockquote\b")  # beyond it begins another matter


def blocks(html: str) -> tuple[str, tuple[Block, ...]]:
    """`html` without its blockquotes, and these; one within another is part of it."""
    if "<blockquote" not in html:
        return html, ()
    edges = list(_edges(html))
    starts, ends = [0, *(end for _, end in edges)], [*(start for start, _ in edges), len(html)]
    around = [html[start:end] for start, end in zip(starts, ends, strict=True)]
    found = tuple(
        Block(html[start:end], _last(around[number]), _first(around[number + 1]))
        for number, (start, end) in enumerate(edges)
    )
    return "\n".join(around), found


def _edges(html: str) -> Iterator[tuple[int, int]]:
    """Where each outermost blockquote begins and ends."""
    depth, start = 0, 0
    for edge in _EDGE.finditer(html):
        if not edge[1]:
            start = start if depth else edge.start()
            depth += 1
        elif depth:
            depth -= 1
            if not depth:
                yield start, edge.end()


def _last(html: str) -> str:
    """The last paragraph of `html`, unless a heading stands behind it."""
    start = html.rfind("<p")
    found = html[max(start, 0) :]
    return "" if _BARRIER.search(found) else found


def _first(html: str) -> str:
    """The first paragraph of `html`, unless a heading stands before it."""
    end = html.find("</p>")
    found = html if end < 0 else html[:end]
    return "" if _BARRIER.search(found) else found


_ADDRESS = re.compile(r"https?://[!-~]+")


def length(words: str) -> int:
    """The characters of `words` without white space and bare URLs."""
    return text.length(_ADDRESS.sub("", words) if "://" in words else words)


# ---------------------------------------------------------------- what stands there twice

LEAK = 40  # characters: names of offices and programmes are shorter
_PART = LEAK // 2
# What is set in quotation marks is marked; a name in them may still be part of a copied sentence.
_MARKED = re.compile(
    rf"「[^「」]{{{LEAK},}}」|『[^『』]{{{LEAK},}}』|“[^“”]{{{LEAK},}}”|\"[^\"]{{{LEAK},}}\""
)


def leak(prose: str, quoted: Sequence[str]) -> str:
    """What `prose` shares with one of the texts `quoted`, if it is long; "" otherwise.

    White space does not count. Of `prose` every 20th part of 20 characters is looked up in what
    is quoted: nothing of 40 characters can be shared without one of them, and it takes one pass.
    """
    joined = "".join(_MARKED.sub("\x00", prose).split())
    if len(joined) < LEAK:
        return ""
    parts: dict[str, int] = {}
    for position in range(0, len(joined) - _PART + 1, _PART):
        parts.setdefault(joined[position : position + _PART], position)
    for words in quoted:
        bare = "".join(words.split())
        for position in range(len(bare) - _PART + 1):
            met = parts.get(bare[position : position + _PART])
            if met is not None and len(shared := _shared(bare, position, joined, met)) >= LEAK:
                return shared
    return ""


def _shared(one: str, here: int, other: str, there: int) -> str:
    """The longest text around `here` in `one` that stands around `there` in `other` as well."""
    start, end = here, here + _PART
    while start and there - here + start and one[start - 1] == other[there - here + start - 1]:
        start -= 1
    while (
        end < len(one) and there - here + end < len(other) and one[end] == other[there - here + end]
    ):
        end += 1
    return one[start:end]
