"""The one list of all that is made, and each page of it."""

from collections.abc import Iterable, Iterator, Sequence
from urllib.parse import unquote

from msgspec import Struct
from msgspec.structs import replace

from sitegen import ruby, urls
from sitegen.config import Config, href
from sitegen.diagnostics.model import Diagnostic, Location
from sitegen.model import (
    Asset,
    Card,
    Copy,
    Entry,
    Full,
    Group,
    Index,
    Listing,
    Page,
    Published,
    Redirect,
    Search,
    Site,
    Source,
    Work,
)
from sitegen.quotation import addresses
from sitegen.site import links, machines, related, search
from sitegen.site.related import Relations
from sitegen.store.cache import Near

LAYOUTS = {
    "post": ("post.html",),
    "page": ("page.html",),
    "home": ("home.html", "listing.html"),
    "tag": ("tag.html", "listing.html"),
    "author": ("author.html", "listing.html"),
    "source": ("source.html", "listing.html"),
    "month": ("month.html", "listing.html"),
    "year": ("year.html", "listing.html"),
    "tags": ("tags.html", "index.html"),
    "authors": ("authors.html", "index.html"),
    "sources": ("sources.html", "index.html"),
    "archive": ("archive.html", "index.html"),
    "search": ("search.html",),
    "404": ("404.html",),
    "redirect": ("redirect.html",),
    "atom": ("atom.xml",),
    "rss": ("rss.xml",),
    "json-feed": ("feed.json",),
    "sitemap": ("sitemap.xml",),
    "news": ("news.xml",),
    "robots": ("robots.txt",),
    "llms": ("llms.txt",),
    "twin": ("twin.md",),
    "redirects": ("redirects.txt",),
    "htaccess": ("htaccess.txt",),
    "headers": ("headers.txt",),
}
_INDEXES = (("tags", "tag"), ("authors", "author"), ("sources", "source"), ("archive", "year"))


class Planned(Struct, frozen=True):
    """One page that will be made: enough to know its path and to find what it shows."""

    kind: str
    url: str  # raw, relative to the site
    subject: Published | Group | Redirect | search.Segment | Copy | None = None
    number: int = 0  # of a listing's page, from the oldest; 0 is its front

    @property
    def path(self) -> str:
        """The path below output/."""
        return urls.output_path(self.url)


class Setting(Struct, frozen=True):
    """What every page is made with."""

    config: Config
    site: Site
    relations: Relations
    now: int  # the one instant of the build, in seconds since 1970
    noindex: bool


def setting(
    config: Config, site: Site, known: dict[str, Near], now: int, *, noindex: bool = False
) -> Setting:
    """What the pages of `site` are made with; `known` is what was near its posts earlier."""
    return Setting(config, site, related.relations(site.posts, known), now, noindex)


def plan(config: Config, site: Site) -> tuple[Planned, ...]:
    """All pages of `site`, in the order in which they are told."""
    return tuple(_plan(config, site))


def _plan(config: Config, site: Site) -> Iterator[Planned]:
    for one in site.posts:
        yield Planned("post", _raw(config, one.card.url), one)
    for one in site.pages:
        yield Planned("page", _raw(config, one.card.url), one)
    yield from _listings(config, site)
    yield from _machines(config, site)
    if config.llms:
        yield from _twins(config, site)
    if config.search:
        yield Planned("search", "/search/")
        for segment in search.segments(site.posts):
            yield from (Planned(INDEXED, url, segment) for url in search.urls(segment))
    yield from _copies(config, site)
    for ref in site.redirects:
        yield Planned("redirect", ref.path, ref)
    yield Planned("404", "/404.html")


def _listings(config: Config, site: Site) -> Iterator[Planned]:
    """The pages of every group, and the lists of groups."""
    for groups in site.groups.values():
        for group in groups:
            for number in range(_closed(config, group) + 1):
                url = f"{group.url}page/{number}/" if number else group.url
                yield Planned(group.kind, url, group, number)
    for kind, _ in _INDEXES:
        yield Planned(kind, f"/{kind}/")


def _machines(config: Config, site: Site) -> Iterator[Planned]:
    """What is not for people: feeds, and what crawlers and servers read."""
    home, paths = site.groups["home"][0], config.feed.paths.items()
    for kind, url in (*machines.FEEDS.items(), *((kind, url) for url, kind in paths)):
        yield Planned(kind, url, home)
    for group in site.groups["tag"]:
        if group.feed:
            yield Planned("atom", f"{group.url}atom.xml", group)
    if config.origin:
        yield Planned("sitemap", "/sitemap.xml")
        if config.news_sitemap:
            yield Planned("news", "/news-sitemap.xml")
    yield Planned("robots", "/robots.txt")
    if not any(asset.path == "_headers" for asset in site.assets):
        yield Planned("headers", "/_headers")
    if site.redirects and not any(asset.path in _REDIRECT_FILES for asset in site.assets):
        yield Planned("redirects", "/_redirects")
        yield Planned("htaccess", "/.htaccess")


def _twins(config: Config, site: Site) -> Iterator[Planned]:
    """Our own words as Markdown, beside each page of them, and a list of these."""
    yield Planned("llms", "/llms.txt")
    for one in (*site.posts, *site.pages):
        if not one.post.withdrawn:
            yield Planned("twin", urls.twin(_raw(config, one.card.url)), one)


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
                yield Planned(COPIED, url, Copy(asset.origin, asset.file, width))


INDEXED = "search-index"  # the kind of files that no layout makes: see `search`
COPIED = "copy"  # likewise: see `render.scaling`
MADE_OTHERWISE = {INDEXED, COPIED}
_REDIRECT_FILES = {"_redirects", ".htaccess"}


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
    return one.subject.place if isinstance(one.subject, Redirect) else Location("")


# ---------------------------------------------------------------- pages


def page(setting: Setting, planned: Planned) -> Page:
    """The page that `planned` stands for."""
    bare = Page(
        kind=planned.kind,
        path=planned.path,
        url=href(setting.config, planned.url),
        layouts=LAYOUTS[planned.kind],
        noindex=setting.noindex,
    )
    subject = planned.subject
    if isinstance(subject, Published):
        return _twin(bare, subject) if planned.kind == "twin" else _own(bare, setting, subject)
    if planned.kind in machines.FEEDS and isinstance(subject, Group):
        return machines.feed(bare, setting.config, subject)
    if planned.kind in _INDEX_KINDS:
        return replace(bare, index=_index(setting, planned.kind))
    if isinstance(subject, Group):
        return _listing(bare, setting, subject, planned.number)
    if isinstance(subject, Redirect):
        return replace(bare, target=subject.url)
    if planned.kind == "search":
        found = Search(href(setting.config, "/search/"), len(setting.site.posts))
        return replace(bare, search=found)
    return _machine(bare, setting)


def _machine(bare: Page, setting: Setting) -> Page:
    """A page of the site as a whole, as machines read it."""
    config, site = setting.config, setting.site
    if bare.kind == "sitemap":
        return replace(bare, sitemap=tuple(machines.sitemap(config, site)))
    if bare.kind == "news":
        fresh = tuple(one.card for one in machines.news(config, site, setting.now))
        return replace(bare, listing=Listing("home", config.title, config.base, fresh))
    if bare.kind == "llms":
        return machines.llms(bare, config, site)
    if bare.kind in {"redirects", "htaccess"}:
        return replace(bare, redirects=tuple(machines.redirects(config, site)))
    if bare.kind == "headers":
        return replace(bare, types=tuple(machines.types(config)))
    return replace(bare, noindex=True) if bare.kind == "404" else bare


_INDEX_KINDS = {kind for kind, _ in _INDEXES}


def _twin(bare: Page, one: Published) -> Page:
    """What a post says for itself, as Markdown."""
    return replace(bare, title=one.card.title, post=_full(one), bodies=(machines.use(one),))


def _full(one: Published) -> Full:
    """What a post says, without what leads away from it."""
    post, card = one.post, one.card
    shown = {name: getattr(card, name) for name in Card.__struct_fields__}
    return Full(
        **shown,
        updates=tuple(
            replace(said, html=links.filled(said.html, one.links)) for said in post.updates
        ),
        extra=post.extra,
        heading=ruby.marked(post.title),
    )


def _own(bare: Page, setting: Setting, one: Published) -> Page:
    """The own page of a post."""
    post, card = one.post, one.card
    full = replace(
        _full(one),
        older=one.older,
        newer=one.newer,
        related=related.related(setting.relations, post.path),
        same_source=related.same_source(setting.relations, post.path),
    )
    return replace(
        bare,
        title=card.title,
        description=card.summary,
        layouts=(f"{post.layout}.html",) if post.layout else bare.layouts,
        noindex=setting.noindex or bool(post.withdrawn),
        post=full,
        bodies=() if post.withdrawn else (machines.use(one),),
        frames=() if post.withdrawn else post.frames,
    )


# ---------------------------------------------------------------- listings


def _closed(config: Config, group: Group) -> int:
    """How many numbered pages `group` has.

    Each holds `per_page` posts, counted from the oldest; the front page shows the rest, which
    is closed off when it reaches one and a half times that.
    """
    if group.kind in {"year", "month"}:
        return 0
    count, full = len(group.posts), config.per_page
    limit = -(-full * 3 // 2)
    return 0 if count < limit else (count - limit) // full + 1


def _listing(bare: Page, setting: Setting, group: Group, number: int) -> Page:
    """Page `number` of `group`, counted from the oldest; 0 is the front page."""
    config, last = setting.config, _closed(setting.config, group)
    count, full = len(group.posts), config.per_page
    rest = count - last * full
    start = 0 if number == 0 else count - number * full
    shown = group.posts[start : start + (full if number else rest)]

    def url(page: int) -> str:
        return href(config, f"{group.url}page/{page}/" if page else group.url)

    listing = Listing(
        kind=group.kind,
        name=group.name,
        url=url(0),
        posts=tuple(one.card for one in shown),
        number=number,
        older=url((number or last + 1) - 1) if (number or last + 1) > 1 else "",
        newer=url(number + 1 if number < last else 0) if number else "",
        feed=href(config, f"{group.url}atom.xml") if group.kind == "tag" and group.feed else "",
        about=group.about,
        works=_works(group, shown) if group.kind == "source" else (),
    )
    about = group.about.description if group.about else ""
    home = group.kind == "home"
    return replace(
        bare,
        title="" if home else group.name,
        description=about or (config.description if home else ""),
        noindex=setting.noindex or machines.is_thin(group),
        listing=listing,
    )


def _works(group: Group, shown: Sequence[Published]) -> tuple[Work, ...]:
    """The works of one source that `shown` quote; a post stands under the first that it quotes."""
    host = group.about.url if group.about else ""
    works: dict[str, list[tuple[int, Source]]] = {}
    for place, one in enumerate(shown):
        source = next(found for found in one.post.sources if found.host == host)
        works.setdefault(addresses.identity(source.url), []).append((place, source))
    return tuple(map(_work, works.values()))


def _work(quoting: Sequence[tuple[int, Source]]) -> Work:
    """One work, under the newest title that it was given; `quoting` are places and sources."""
    title = next((source.title for _, source in quoting if source.title), "")
    url = addresses.clean(quoting[0][1].url).partition("#")[0]
    return Work(title, url, tuple(place for place, _ in quoting))


def _index(setting: Setting, kind: str) -> Index:
    groups = setting.site.groups[dict(_INDEXES)[kind]]
    months = setting.site.groups["month"] if kind == "archive" else ()
    entries = tuple(
        replace(
            _entry(setting, group),
            parts=tuple(
                _entry(setting, month) for month in months if month.url.startswith(group.url)
            ),
        )
        for group in groups
    )
    return Index(kind, entries)  # type: ignore[arg-type]


def _entry(setting: Setting, group: Group) -> Entry:
    url = href(setting.config, group.url)
    return Entry(group.name, url, len(group.posts), group.posts[0].card.date, group.about)


def _raw(config: Config, url: str) -> str:
    """The raw URL, relative to the site, of one that is ready for `href`."""
    return "/" + unquote(url[len(config.base) :])
