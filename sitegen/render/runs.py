"""Quotations that follow each other: what people said on the net is one list (ネットの反応)."""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby

from markupsafe import Markup, escape

from sitegen.model import Embed, Fence, Html, Quote

_Item = Quote | Html | Fence | Embed

_NUMBER = re.compile(r"(\d+)")
_ANSWER = re.compile(r"(?:>>|＞＞|≫)(\d{1,5})")


def runs(items: Iterable[_Item]) -> Iterator[str | Embed | tuple[Quote, ...]]:
    """Each of `items`, but quotations in runs: only what people said has neighbours."""
    for _, group in groupby(enumerate(items), _run):
        members = [item for _, item in group]
        first = members[0]
        if isinstance(first, Html):
            yield first.html
        elif isinstance(first, Embed):
            yield first
        else:
            yield tuple(_quote(one) for one in members if not isinstance(one, Html | Embed))


def _run(numbered: tuple[int, _Item]) -> int:
    """The same number for members of one list, else one of its own."""
    number, item = numbered
    said = not isinstance(item, Html | Embed) and _quote(item).source.is_talk
    return -1 if said else number


def _quote(item: Quote | Fence) -> Quote:
    return item.quote if isinstance(item, Fence) else item


def answers(quotes: Sequence[Quote]) -> dict[int, int]:
    """The quotation, by its number in its forum (`>>5` is its locator), that an answer may mean."""
    found = ((_number(_plain(one.source.locator)), one.number) for one in quotes)
    return {answer: number for answer, number in found if answer is not None}


def _number(locator: str) -> int | None:
    """What `>>` says in `locator`, else the first number in it."""
    found = _ANSWER.search(locator) or _NUMBER.search(locator)
    return int(found[1]) if found else None


def answering(text: str, answers: Mapping[int, int]) -> Markup:
    """`text` with links where it says `>>5`; not a character of it changes."""
    made, position = Markup(""), 0
    for found in _ANSWER.finditer(text):
        number = answers.get(int(_plain(found[1])))
        if number is not None:
            link = Markup('<a href="#quote-{}">{}</a>').format(number, found.group())
            made += escape(text[position : found.start()]) + link
            position = found.end()
    return made + escape(text[position:])


def _plain(text: str) -> str:
    return unicodedata.normalize("NFKC", text)
