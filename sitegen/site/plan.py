"""The one list of all that is made, and what cannot lie where it would."""

from collections.abc import Iterable, Iterator, Sequence
from urllib.parse import unquote

from msgspec import Struct
from msgspec.structs import replace

from sitegen import urls
from sitegen.config import Config
from sitegen.diagnostics.model import Diagnostic, Location
from sitegen.model import Asset, Copy, Group, Published, Redirect, Site
from sitegen.site import machines, search

# A list of groups, and the kind of these.
INDEXES = (("tags", "tag"), ("authors", "author"), ("sources", "source"), ("archive", "year"))
INDEXED = "search-index"  # the kind of files that no layout makes: see `search`
COPIED = "copy"  # likewise: see `render.scaling`
MADE_OTHERWISE = {INDEXED, COPIED}
_REDIRECT_FILES = {"_redirects", ".htaccess"}


Subject = Published | Group | Redirect | search.Segment | Copy | None


class Planned(Struct, frozen=True):
    """One page that will be made: enough to know its path and to find what it shows."""

    kind: str
    url: str  # raw, relative to the site
    path: str  # below output/
    subject: Subject = None
    number: int = 0  # of a listing's page, from the oldest; 0 is its front
    place: Location = Location("")  # where the configuration asks for it


def plan(config: Config, site: Site) -> tuple[Planned, ...]:
    """All pages of `site`, in the order in which they are made."""
    return tuple(_plan(config, site))


def _planned(kind: str, url: str, subject: Subject = None, number: int = 0) -> Planned:
    return Planned(kind, url, urls.output_path(url), subject, number)


def _plan(config: Config, site: Site) -> Iterator[Planned]:
    for one in site.posts:
        yield _planned("post", _raw(config, one.card.url), one)
    for one in site.pages:
        yield _planned("page", _raw(config, one.card.url), one)
    yield from _listings(config, site)
    yield from _machines(config, site)
    if config.llms:
        yield from _twins(config, site)
    if config.search:
        yield _planned("search", "/search/")
        for segment in search.segments(site.posts):
            yield from (_planned(INDEXED, url, segment) for url in search.urls(segment))
    yield from _copies(config, site)
    for ref in site.redirects:
        yield _planned("redirect", ref.path, ref)
    yield _planned("404", "/404.html")


def _listings(config: Config, site: Site) -> Iterator[Planned]:
    """The pages of every group, and the lists of groups."""
    for groups in site.groups.values():
        for group in groups:
            for number in range(closed(config, group) + 1):
                url = f"{group.url}page/{number}/" if number else group.url
                yield _planned(group.kind, url, group, number)
    for kind, _ in INDEXES:
        yield _planned(kind, f"/{kind}/")


def _machines(config: Config, site: Site) -> Iterator[Planned]:
    """What is not for people: feeds, and what crawlers and servers read."""
    home = site.groups["home"][0]
    for kind, url in machines.FEEDS.items():
        yield _planned(kind, url, home)
    for path, feed in config.feed.paths.items():
        url = urls.inside(config.base, path)
        yield replace(_planned(feed.text, url, home), place=feed.place)
    for group in site.groups["tag"]:
        if group.feed:
            yield _planned("atom", f"{group.url}atom.xml", group)
    if config.origin:
        yield _planned("sitemap", "/sitemap.xml")
        if config.news_sitemap:
            yield _planned("news", "/news-sitemap.xml")
    yield _planned("robots", "/robots.txt")
    if not any(asset.path == "_headers" for asset in site.assets):
        yield _planned("headers", "/_headers")
    if site.redirects and not any(asset.path in _REDIRECT_FILES for asset in site.assets):
        yield _planned("redirects", "/_redirects")
        yield _planned("htaccess", "/.htaccess")


def _twins(config: Config, site: Site) -> Iterator[Planned]:
    """Our own words as Markdown, beside each page of them, and a list of these."""
    yield _planned("llms", "/llms.txt")
    for one in (*site.posts, *site.pages):
        if not one.post.withdrawn:
            yield _planned("twin", urls.twin(_raw(config, one.card.url)), one)


def _copies(config: Config, site: Site) -> Iterator[Planned]:
    """The smaller copies of pictures that pages show."""
    shown = {
        urls.output_path(_raw(config, link)): size.widths
        for one in (*site.posts, *site.pages)
        for link, size in zip(one.links, one.sizes, strict=False)  # none without pictures
        if size and size.widths
    }
    assets = {asset.path: asset for asset in site.assets} if shown else {}
    for path, widths in sorted(shown.items()):
        if asset := assets.get(path):
            for width in widths:
                url = f"/{urls.copied(path, width)}"
                yield _planned(COPIED, url, Copy(asset.origin, asset.file, width))


def closed(config: Config, group: Group) -> int:
    """How many numbered pages `group` has.

    Each holds `per_page` posts, counted from the oldest; the front page shows the rest, which
    is closed off when it reaches one and a half times that.
    """
    if group.kind in {"year", "month"}:
        return 0
    count, full = len(group.posts), config.per_page
    limit = -(-full * 3 // 2)
    return 0 if count < limit else (count - limit) // full + 1


def _raw(config: Config, url: str) -> str:
    """The raw URL, relative to the site, of one that is ready for `href`."""
    return "/" + unquote(url[len(config.base) :])


# ---------------------------------------------------------------- what cannot lie where it would


def misplaced(assets: Iterable[Asset]) -> Iterator[Diagnostic]:
    """The faults of files that would lie where sitegen keeps its lists."""
    for asset in assets:
        if urls.is_own(asset.path):
            yield Diagnostic("bad-path", Location(asset.file), {"path": asset.path}, "own")


def collisions(planned: Sequence[Planned], assets: Iterable[Asset]) -> Iterator[Diagnostic]:
    """The faults of outputs on one path, or of a file where another needs a folder.

    Paths are compared without case and Unicode form: some file systems and servers do.
    """
    owners: dict[str, Planned | Asset] = {}
    made: list[Planned | Asset] = [*planned, *assets]
    for one in made:
        first = owners.setdefault(urls.same(one.path), one)
        if first is not one:
            yield _collision(first, one)
    for path, one in owners.items():
        folder = path.rpartition("/")[0]
        while folder:
            if folder in owners:
                yield _collision(owners[folder], one)
            folder = folder.rpartition("/")[0]


def _collision(first: Planned | Asset, second: Planned | Asset) -> Diagnostic:
    """Placed at the one that an author can change."""
    places = [(_place(one), one) for one in (second, first)]
    (place, one), (other, another) = sorted(places, key=lambda pair: not pair[0].path)
    arguments = {
        "url": f"/{one.path.removesuffix('index.html')}",
        "kind": _kind(one),
        "other": _kind(another),
    }
    return Diagnostic("duplicate-url", place, arguments, others=(other,) if other.path else ())


def _kind(one: Planned | Asset) -> str:
    return one.kind if isinstance(one, Planned) else "file"


def _place(one: Planned | Asset) -> Location:
    """Where the author says this path, or no place for a page that sitegen makes itself."""
    if isinstance(one, Asset):
        return Location(one.file)
    if isinstance(one.subject, Published):
        return one.subject.post.place
    return one.subject.place if isinstance(one.subject, Redirect) else one.place
