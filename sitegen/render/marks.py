"""A body as one page shows it: URLs in place of link marks, pictures with their sizes."""

import re
from collections.abc import Iterator
from html import escape

from msgspec import Struct
from msgspec.structs import replace

from sitegen.model import Body, BodyUse, Fence, Html, Quote, Size

_MARK = re.compile("\x02(\\d+)\x03")
_PICTURE = re.compile('<img\\b([^>]*?) src="\x02(\\d+)\x03"([^>]*)>')
_LAZY = ' loading="lazy"'


class _Use(Struct, frozen=True):
    """What the marks stand for, by their numbers."""

    links: list[str]
    sizes: tuple[Size | None, ...]


def filled(use: BodyUse, body: Body, origin: str, *, eager: bool) -> Body:
    """`body` with URLs in place of its link marks, behind `origin` where they are of this site.

    With `eager` its first picture may be the first of the page, which no reader waits for.
    """
    links = [f"{origin}{link}" if link.startswith("/") else link for link in use.links]
    if not links and not eager:
        return body
    known = _Use(links, use.sizes)
    parts = _eager(body.parts) if eager and not any(one.image for one in body.leads) else body.parts
    return Body(
        tuple(_quote(quote, known) for quote in body.leads),
        tuple(
            Html(_html(part.html, known))
            if isinstance(part, Html)
            else Fence(_quote(part.quote, known))
            for part in parts
        ),
        body.contents,
    )


def _eager(parts: tuple[Html | Fence, ...]) -> tuple[Html | Fence, ...]:
    """`parts` with the first picture loaded at once."""
    return tuple(_first(parts))


def _first(parts: tuple[Html | Fence, ...]) -> Iterator[Html | Fence]:
    waiting = True
    for part in parts:
        if waiting and isinstance(part, Html) and _LAZY in part.html:
            waiting = False
            yield Html(part.html.replace(_LAZY, "", 1))
        else:
            yield part


def _html(html: str, use: _Use) -> str:
    if any(use.sizes):
        html = _PICTURE.sub(lambda found: _sized(found, use.sizes[int(found[2])]), html)
    return _MARK.sub(lambda found: escape(use.links[int(found[1])]), html)


def _sized(found: re.Match[str], size: Size | None) -> str:
    """An image with its size, unless its author has said one."""
    if size is None or " width=" in found.group() or " height=" in found.group():
        return found.group()
    sides = f' width="{size.width}" height="{size.height}"'
    return f'<img{found[1]} src="\x02{found[2]}\x03"{sides}{found[3]}>'


def _quote(quote: Quote, use: _Use) -> Quote:
    found = _MARK.fullmatch(quote.image)
    if not found:
        return quote
    number = int(found[1])
    size = use.sizes[number] if use.sizes else None
    return replace(quote, image=use.links[number], size=size)
