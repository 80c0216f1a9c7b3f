"""What is not for people's eyes: feeds, and what crawlers and servers read of a site."""

from collections.abc import Iterator
from itertools import islice

from msgspec.structs import replace

from sitegen import linkmarks
from sitegen.config import Config, href, typed_href
from sitegen.model import (
    BodyUse,
    Group,
    Listing,
    Page,
    Published,
    Ref,
    Site,
    SitemapEntry,
    Update,
)

FEEDS = {"atom": "/atom.xml", "rss": "/rss.xml", "json-feed": "/feed.json"}  # by kind of page
_TYPES = {
    "atom": "application/atom+xml",
    "rss": "application/rss+xml",
    "json-feed": "application/feed+json",
}
_FEW = 3  # posts; a listing of fewer says nothing that the posts do not say
_NEWEST = 100  # posts in llms.txt
_NEWS = 48 * 3600  # seconds that Google takes a post for news
_NEWS_ENTRIES = 1000  # as many as a sitemap of news may have


def shown(group: Group, most: int | None = None) -> tuple[Published, ...]:
    """The posts of `group` that are not withdrawn, the newest `most` of them if that is said."""
    return tuple(islice((one for one in group.posts if not one.post.withdrawn), most))


def is_thin(group: Group) -> bool:
    """Whether `group` has too few posts for search engines to keep its listing."""
    return group.kind != "home" and len(shown(group, _FEW)) < _FEW


def use(one: Published) -> BodyUse:
    """The body of `one`, as a page shows it."""
    return BodyUse(one.post.path, one.post.body, one.links, one.sizes)


def updates(one: Published) -> tuple[Update, ...]:
    """What has changed in `one`, as a page shows it."""
    return tuple(
        replace(said, html=linkmarks.filled(said.html, one.links)) for said in one.post.updates
    )


def afar(config: Config, one: Published) -> Published:
    """`one` with its links as they are away from the site."""
    links = (f"{config.origin}{url}" if url[:1] == "/" else url for url in one.links)
    return replace(one, links=tuple(links))


def feed(bare: Page, config: Config, group: Group) -> Page:
    """The newest posts of `group`: whole for the home feeds, unless the site says otherwise.

    A feed that lies at several paths says the same at each, and so has one URL.
    """
    posts = shown(group, config.feed.items)
    home = group.kind == "home"
    whole = home and config.feed.content == "full"
    return replace(
        bare,
        url=href(config, FEEDS[bare.kind] if home else f"{group.url}atom.xml"),
        title=config.title if home else f"{group.name} | {config.title}",
        description=config.description,
        listing=Listing(
            kind=group.kind,
            name=group.name,
            url=href(config, group.url),
            posts=tuple(one.card for one in posts),
        ),
        bodies=tuple(use(one) for one in posts) if whole else (),
        updates={one.card.path: updates(afar(config, one)) for one in posts if one.post.updates}
        if whole
        else {},
    )


def sitemap(config: Config, site: Site) -> Iterator[SitemapEntry]:
    """Every page worth a search: fronts of listings, posts and standing pages."""
    for one in (*site.posts, *site.pages):
        if not one.post.withdrawn:
            dated = one.post.date or one.post.updates
            yield SitemapEntry(one.card.url, one.card.updated.machine if dated else "")
    for groups in site.groups.values():
        for group in groups:
            if not is_thin(group):
                dates = (one.card.updated for one in group.posts)
                newest = max(dates, key=lambda date: date.epoch, default=None)
                yield SitemapEntry(href(config, group.url), newest.machine if newest else "")


def news(config: Config, site: Site, now: int) -> tuple[Published, ...]:
    """The posts of the two days before `now`, newest first, if the site has a sitemap of news."""
    if not config.news_sitemap:
        return ()
    home = site.groups["home"][0]
    fresh = (one for one in shown(home) if now - _NEWS <= one.card.date.epoch <= now)
    return tuple(fresh)[:_NEWS_ENTRIES]


def llms(bare: Page, config: Config, site: Site) -> Page:
    """Where language models find our words: the standing pages and the newest posts."""
    home = site.groups["home"][0]
    newest = tuple(one.card for one in shown(home, _NEWEST))
    return replace(
        bare,
        listing=Listing("home", config.title, config.base, newest),
        pages=tuple(one.card for one in site.pages if not one.post.withdrawn),
    )


def redirects(config: Config, site: Site) -> Iterator[Ref]:
    """Every old path and where it leads now."""
    for ref in site.redirects:
        yield Ref(href(config, ref.path), ref.url)


def types(config: Config) -> Iterator[Ref]:
    """The media types of feeds at further paths, whose names do not tell them."""
    for path, feed in config.feed.paths.items():
        yield Ref(f"{_TYPES[feed.text]}; charset=utf-8", typed_href(config, path))
