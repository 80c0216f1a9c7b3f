"""A body as one page shows it: URLs in place of link marks, pictures with their sizes."""

import re
from collections.abc import Iterable, Iterator
from html import escape

from msgspec import Struct
from msgspec.structs import replace

from sitegen import linkmarks, urls
from sitegen.model import Body, BodyUse, Embed, Fence, Html, Quote, Size

_PICTURE = re.compile(rf'<img\b([^>]*?) src="{linkmarks.MARK.pattern}"([^>]*)>')
_LAZY = ' loading="lazy"'


_Part = Html | Fence | Embed


class _Use(Struct, frozen=True):
    """What the marks stand for, by their numbers."""

    links: list[str]
    sizes: tuple[Size | None, ...]


def srcset(url: str, size: Size) -> str:
    """The value of `srcset` for the picture at `url`: its copies and itself, with their widths."""
    copies = ((urls.copied(url, width), width) for width in size.widths)
    named = ((one.replace(",", "%2C"), width) for one, width in (*copies, (url, size.width)))
    return ", ".join(f"{one} {width}w" for one, width in named)


SIZES = "(min-width: 44em) 38em, 92vw"  # the column of text; also in layouts/macros.html


def filled(use: BodyUse, body: Body, origin: str, *, framed: bool, eager: bool) -> Body:
    """`body` with URLs in place of its link marks, behind `origin` where they are of this site.

    Unless it is `framed`, what is embedded is a plain link. With `eager` its first picture is
    loaded at once, unless a lead quotation has one: it may be in sight from the start.
    """
    links = [f"{origin}{link}" if link.startswith("/") else link for link in use.links]
    known = _Use(links, use.sizes)
    parts: Iterable[_Part] = body.parts
    if eager and not any(one.image for one in body.leads):
        parts = _eager(parts)
    return Body(
        tuple(_quote(quote, known) for quote in body.leads),
        tuple(_part(part, known, framed=framed) for part in parts),
        body.contents,
    )


def _part(part: _Part, use: _Use, *, framed: bool) -> _Part:
    if isinstance(part, Fence):
        return Fence(_quote(part.quote, use))
    if isinstance(part, Embed):
        return part if framed else Html(part.html)
    return Html(_html(part.html, use)) if use.links else part


def _eager(parts: Iterable[_Part]) -> Iterator[_Part]:
    """`parts` with the first picture loaded at once."""
    waiting = True
    for part in parts:
        if waiting and isinstance(part, Html) and _LAZY in part.html:
            waiting = False
            yield Html(part.html.replace(_LAZY, "", 1))
        else:
            yield part


def _html(html: str, use: _Use) -> str:
    if any(use.sizes):
        html = _PICTURE.sub(lambda found: _sized(found, use), html)
    return linkmarks.filled(html, use.links)


def _sized(found: re.Match[str], use: _Use) -> str:
    """An image with its size, unless its author has said one."""
    number = int(found[2])
    size = use.sizes[number]
    if size is None or " width=" in found.group() or " height=" in found.group():
        return found.group()
    sides = f' width="{size.width}" height="{size.height}"'
    if size.widths:
        sides += f' srcset="{escape(srcset(use.links[number], size))}" sizes="{SIZES}"'
    return f'<img{found[1]} src="{linkmarks.mark(number)}"{sides}{found[3]}>'


def _quote(quote: Quote, use: _Use) -> Quote:
    if not quote.image:
        return quote
    image, size = linkmarks.picture(quote.image, use.links, use.sizes)
    return replace(quote, image=image, size=size)
