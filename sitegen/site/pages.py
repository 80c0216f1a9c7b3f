"""What is planned -> the pages that layouts show."""

from collections.abc import Sequence
from operator import attrgetter

from msgspec import Struct
from msgspec.structs import replace

from sitegen import ruby
from sitegen.config import Config, href
from sitegen.model import (
    Card,
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
from sitegen.site import machines, related
from sitegen.site.plan import INDEXES, Planned, closed
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
    """What the pages of `site` are made with.

    `known` is what was near its posts earlier; each page of a post that is made adds its own.
    """
    return Setting(config, site, related.relations(site.posts, known), now, noindex)


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
        twin = planned.kind == "twin"
        return _twin(bare, setting, subject) if twin else _own(bare, setting, subject)
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


_INDEX_KINDS = {kind for kind, _ in INDEXES}


def _twin(bare: Page, setting: Setting, one: Published) -> Page:
    """What a post says for itself, as Markdown; it is read away from the site."""
    full = _full(machines.afar(setting.config, one))
    return replace(bare, title=one.card.title, post=full, bodies=(machines.use(one),))


def _full(one: Published) -> Full:
    """What a post says, without what leads away from it."""
    post, card = one.post, one.card
    said = machines.updates(one)
    return Full(*(*_shown(card), said, post.extra, ruby.marked(post.title)))


_shown = attrgetter(*Card.__struct_fields__)  # the fields that `Full` begins with


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


def _listing(bare: Page, setting: Setting, group: Group, number: int) -> Page:
    """Page `number` of `group`, counted from the oldest; 0 is the front page."""
    config, last = setting.config, closed(setting.config, group)
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
    host = group.about.host if group.about else ""
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
    """The index of a kind; the years of the archive have their months."""
    groups = setting.site.groups[dict(INDEXES)[kind]]
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
