"""How much of a post is quoted, and what of the quoted words stands in the editorial unmarked."""

import re
from collections.abc import Iterator, Sequence

from msgspec import Struct


class Block(Struct, frozen=True):
    """A blockquote of the editorial, as HTML, with the paragraphs that it stands between."""

    html: str
    before: str
    after: str


# Where one begins or ends. In capitals it is one, too: HTML that is trusted is not rewritten.
_EDGE = re.compile(r"<(/?)blockquote\b[^>]*>", re.IGNORECASE)
_BARRIER = re.compile(r"<h[1-6r]\b|<blockquote\b", re.IGNORECASE)  # beyond it begins another matter


def blocks(html: str) -> tuple[str, tuple[Block, ...]]:
    """`html` without its blockquotes, and these; one within another is part of it."""
    edges = list(_edges(html))
    if not edges:
        return html, ()
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


# ---------------------------------------------------------------- what stands there twice

LEAK = 40  # characters: names of offices and programmes are shorter
_PART = LEAK // 2
_EFFORT = 20_000_000  # characters that are searched: a thousand times those of a long post
# What is set in quotation marks is marked; a name in them may still be part of a copied sentence.
_MARKED = re.compile(
    rf"「[^「」]{{{LEAK},}}」|『[^『』]{{{LEAK},}}』|“[^“”]{{{LEAK},}}”|\"[^\"]{{{LEAK},}}\""
)


def leak(prose: str, quoted: Sequence[str]) -> str:
    """What the bare text `prose` shares with one of those `quoted`, if it is long; "" otherwise.

    What stands in quotation marks in `prose` is not shared.
    """
    if not _met(prose, quoted):
        return ""
    return _met(_MARKED.sub("\x00", prose), quoted)


def _met(prose: str, quoted: Sequence[str]) -> str:
    """A text of `LEAK` characters or more that is in `prose` and in one of `quoted`.

    Parts of half that length, one behind the other, are looked up: so long a text holds one whole.
    """
    effort = 0
    for words in quoted:
        for position in range(0, len(words) - _PART + 1, _PART):
            effort += len(prose)
            if effort > _EFFORT:
                return ""
            there = prose.find(words[position : position + _PART])
            if there >= 0 and len(shared := _shared(words, position, prose, there)) >= LEAK:
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
