"""The texts of posts -> the files that say which characters stand in which post.

A file is lines, sorted, with a newline before the first: a gram, a blank, the numbers of the
fields that hold it. A field is twice the number of a post, and one more for words that are quoted.
"""

import re
import sys
from array import array
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from sitegen import text
from sitegen.model import Body, Html, Quote

Texts = tuple[str, str]  # ours and theirs
_COMMON = "!"  # in place of numbers: more than half of the fields
_Fields = Mapping[int | str, list[int]]

# UTF-16 units that are no part of words; `search.js` has the same.
_GAPS = frozenset(
    unit
    for first, last in (
        (0, 0x2F), (0x3A, 0x40), (0x5B, 0x60), (0x7B, 0xBF), (0x2000, 0x206F), (0x3000, 0x3004),
        (0x3008, 0x303F), (0x30FB, 0x30FB),
    )
    for unit in range(first, last + 1)
)  # fmt: skip
_HIGH, _LOW = range(0xD800, 0xDC00), range(0xDC00, 0xE000)  # halves of characters
_LATIN = re.compile("[a-z0-9]{3,}").findall
# Each step as it is written, by its number: up to 80 in one character, further in two. `search.js`
# reads them, and has the same figures.
_DIGITS = [chr(35 + digit) for digit in range(92)]  # "#" and what follows it: `_COMMON` is none
_STEPS = ("", *_DIGITS[:80], *(high + low for high in _DIGITS[80:] for low in _DIGITS))


def texts(words: str, body: Body) -> Texts:
    """All that is read of a post: `words` with the editorial, and what it quotes from whom."""
    html = "\n".join(part.html for part in body.parts if isinstance(part, Html))
    theirs = "\n".join(line for quote in body.quotes for line in _lines(quote))
    return f"{words}\n{text.readable(html)}", theirs


def _lines(quote: Quote) -> Iterator[str]:
    if not quote.withdrawn:
        for paragraph in (*quote.paragraphs, *quote.translation):
            yield "".join(span.text for span in paragraph)
    source = quote.source
    yield from (source.title, source.site, source.author, source.publisher)


def files(posts: Sequence[Texts], count: int) -> list[str]:
    """The `count` files of postings of `posts`, which are numbered as they come."""
    made: list[list[str]] = [[] for _ in range(count)]
    for gram, fields in _named(_fields(posts)):
        numbers = _COMMON if len(fields) > len(posts) else _packed(fields)
        made[_shard(gram, count)].append(f"{gram} {numbers}\n")
    return ["\n" + "".join(sorted(lines)) for lines in made]


def _shard(gram: str, count: int) -> int:
    """The number of the file that holds `gram`: one character is in one, but Latin letters."""
    first = int.from_bytes(gram[0].encode("utf-16-le")[:2], "little")
    return (first * 31 + ord(gram[1]) if gram[0].isascii() else first) % count


def _packed(fields: Sequence[int]) -> str:
    """The steps from each of `fields` to the next, in one or two characters each."""
    before = (-1, *fields)  # `map` and `pairwise` take half as long again
    return "".join([_STEPS[field - last] for last, field in zip(before, fields, strict=False)])


# ---------------------------------------------------------------- grams


def _fields(posts: Sequence[Texts]) -> _Fields:
    """The fields of each pair of characters, as a number, and of three Latin letters."""
    found: defaultdict[int | str, list[int]] = defaultdict(list)
    for number, post in enumerate(posts):
        for field, words in enumerate(post, 2 * number):
            folded = text.fold(words)
            for pair in _pairs(folded):
                found[pair].append(field)
            for three in _threes(folded):
                found[three].append(field)
    return found


def _pairs(folded: str) -> set[int]:
    """Two UTF-16 units each, the first in the lower half: a third of the time that texts take."""
    units = f" {folded} ".encode("utf-16-le")
    found = array("I", units[: len(units) // 4 * 4])
    found.frombytes(units[2 : 2 + (len(units) - 2) // 4 * 4])
    if sys.byteorder == "big":
        found.byteswap()
    return set(found)


def _threes(folded: str) -> set[str]:
    words = set(_LATIN(folded))
    return {word[start : start + 3] for word in words for start in range(len(word) - 2)}


def _named(found: _Fields) -> Iterator[tuple[str, list[int]]]:
    """What `found` has within words, as text; a character that ends one stands by itself."""
    last: defaultdict[str, set[int]] = defaultdict(set)
    for gram, fields in found.items():
        if isinstance(gram, str):
            yield gram, fields
            continue
        first, second = gram & 0xFFFF, gram >> 16
        if first in _HIGH:
            yield gram.to_bytes(4, "little").decode("utf-16-le"), fields
        elif first in _GAPS or first in _LOW:
            continue
        elif second not in _GAPS and second not in _HIGH:
            yield chr(first) + chr(second), fields
        elif not chr(first).isascii():
            last[chr(first)].update(fields)
    for character, places in last.items():
        yield character, sorted(places)
