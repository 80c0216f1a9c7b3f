"""A post -> its card: what listings, feeds and neighbours may show of it."""

from collections.abc import Iterable

from msgspec import Struct
from msgspec.structs import replace

from sitegen import linkmarks, urls
from sitegen.config import Config
from sitegen.diagnostics.model import Location
from sitegen.model import Card, Named, Picture, Post, Ref
from sitegen.ruby import unruby
from sitegen.site import showing
from sitegen.site.links import Resolved
from sitegen.site.names import Names
from sitegen.site.showing import Showing


class Context(Struct, frozen=True):
    """What every card is made with."""

    config: Config
    tags: Names
    authors: Names
    hosts: dict[str, Ref]
    wanted: Showing


def card(context: Context, post: Post, url: str, resolved: Resolved) -> Card:
    """The card of `post` at the raw `url`; of a withdrawn one it has title and reason."""
    date = showing.date(context.wanted, post)
    base, silent = context.config.base, bool(post.withdrawn)
    source = None if silent else next(iter(post.sources), None)
    return Card(
        path=post.path,
        url=base + urls.href(url[1:]),
        title=unruby(post.title),
        date=date,
        updated=max((date, *(one.date for one in post.updates)), key=lambda day: day.epoch),
        authors=_unique(
            context.authors.spelt[one.text].ref for one in byline(context.config, post)
        ),
        tags=_unique(context.tags.spelt[one.text].ref for one in post.tags),
        source=source,
        host=context.hosts.get(source.host) if source else None,
        via=None if silent else post.via,
        quote="" if silent else post.quote,
        quote_lang="" if silent else post.quote_lang,
        summary="" if silent else unruby(post.summary),
        image=None if silent or not post.image else _picture(post.image, resolved),
        written=post.written,
        withdrawn=post.withdrawn,
        draft=post.draft,
        scheduled=showing.awaits(context.wanted, post),
    )


def byline(config: Config, post: Post) -> tuple[Named, ...]:
    """Who wrote `post`: as it says itself, or else the author of the site; of a page, nobody."""
    if post.authors or not config.author or post.kind != "post":
        return post.authors
    return (Named(config.author, Location(post.path)),)


def _picture(image: Picture, resolved: Resolved) -> Picture:
    """`image` with the URL that its link mark stands for, and its size."""
    file, size = linkmarks.picture(image.file, resolved.links, resolved.sizes)
    return replace(image, file=file, size=size)


def _unique(refs: Iterable[Ref]) -> tuple[Ref, ...]:
    return tuple(dict.fromkeys(refs))
