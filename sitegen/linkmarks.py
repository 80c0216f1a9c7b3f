"""Links inside the site as marks, which stand in HTML until it is known where they lead.

A mark is the number of the link between two controls, which no text of an author may hold.
"""

import re
from collections.abc import Sequence
from html import escape
from typing import TypeVar

_Size = TypeVar("_Size")
SIGN = "\x02"  # with which each begins
MARK = re.compile("\x02([0-9]+)\x03")


def mark(number: int) -> str:
    """What stands for the link `number`."""
    return f"\x02{number}\x03"


def number(words: str) -> int | None:
    """The number of the link for which `words` stand; None if they are no mark."""
    found = MARK.fullmatch(words)
    return int(found[1]) if found else None


def picture(
    words: str, urls: Sequence[str], sizes: Sequence[_Size | None]
) -> tuple[str, _Size | None]:
    """The URL and the size of the picture for which `words` stand; `words` if they are no mark.

    `urls` are by the numbers of the marks, and so are `sizes`, which are empty without pictures.
    """
    found = number(words)
    if found is None:
        return words, None
    return urls[found], sizes[found] if sizes else None


def filled(html: str, urls: Sequence[str]) -> str:
    """`html` with `urls`, by their numbers, in place of its marks."""
    return MARK.sub(lambda found: escape(urls[int(found[1])]), html) if SIGN in html else html


def without(words: str) -> str:
    """`words` without marks."""
    return MARK.sub("", words) if SIGN in words else words
