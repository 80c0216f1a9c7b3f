"""All posts -> the site: what is shown, in what order, under which names; what does not fit."""

import posixpath
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence

from msgspec import Struct
from msgspec.structs import replace

from sitegen import linkmarks, urls
from sitegen.config import Config, Host, href, typed_href
from sitegen.diagnostics.model import Diagnostic, Location
from sitegen.model import (
    About,
    Asset,
    Card,
    Date,
    Group,
    Held,
    Link,
    Named,
    Parsed,
    Picture,
    Post,
    Published,
    Redirect,
    Ref,
    Site,
    Size,
)
from sitegen.ruby import unruby
from sitegen.site import links, names, repeats


class Showing(Struct, frozen=True):
    """What is shown beside what is published, and the instant that decides it."""

    drafts: bool
    future: bool
    now: Date


class Assembled(Struct, frozen=True):
    """The site, the links that wait for the list of all that is made, and the faults."""

    site: Site
    pending: tuple[links.Pending, ...]
    diagnostics: tuple[Diagnostic, ...]


def assemble(
    config: Config,
    root: str,
    files: Sequence[str],
    parsed: Sequence[Parsed],
    showing: Showing,
    sizes: Mapping[str, Size],
) -> Assembled:
    """The site of all that was `parsed`.

    `files` are the paths of all files of content/, `sizes` are of the pictures among them.
    """
    held = [_held(file.post, showing) for file in parsed if file.post]
    shown = [file.post for file in parsed if file.post and not _hidden(file.post, showing)]
    others = [path for path in files if not path.endswith(".md") or path.startswith(links.STATIC)]
    astray = {*files}.difference(others, (file.path for file in parsed))
    tags = names.names(config, "tags", (tag for post in shown for tag in post.tags))
    authors = names.names(config, "authors", _bylines(config, shown))
    places = {post.path: _url(config, post, showing.now) for post in shown}
    ground = links.Ground(
        base=config.base,
        root=root,
        urls=places,
        anchors={post.path: frozenset(post.anchors) for post in shown},
        unread={file.path for file in parsed if not file.post},
        held={file.post.path for file in parsed if file.post and _hidden(file.post, showing)},
        files=frozenset(others),
        spelt={urls.nfc(path): path for path in files if not path.isascii()},
        sizes=sizes,
    )
    hosts = _hosts(config, shown)
    resolved = {post.path: links.resolve(ground, post) for post in shown}
    maker = _Cards(config, tags, authors, hosts, showing)
    made = [
        Published(post, maker.card(post, places[post.path], found), found.links, found.sizes)
        for post, found in ((post, resolved[post.path]) for post in shown)
    ]
    posts = _neighbours(sorted((one for one in made if one.post.kind == "post"), key=_order))
    hidden = [file.post for file in parsed if file.post and file.post.path in ground.held]
    beside, unused = _files(ground, shown, hidden, resolved)
    site = Site(
        posts=posts,
        pages=tuple(one for one in made if one.post.kind == "page"),
        groups=_groups(config, posts, tags, authors, hosts),
        assets=tuple(beside),
        redirects=tuple(_redirects(config, made)),
        held=tuple(entry for entry in held if entry),
    )
    pending = (
        *(wait for found in resolved.values() for wait in found.pending),
        *links.configured(ground, config.links),
    )
    broken = [fault for found in resolved.values() for fault in found.diagnostics]
    again = repeats.repeats(one.post for one in posts)
    unused += map(_unused, sorted(astray))
    told = (
        *tags.diagnostics,
        *authors.diagnostics,
        *links.offered(ground, broken),
        *links.circling(ground, config.origin, config.redirects),
        *unused,
        *again,
    )
    return Assembled(site, pending, told)


# ---------------------------------------------------------------- what is shown


def _hidden(post: Post, showing: Showing) -> bool:
    if post.draft:
        return not showing.drafts
    return _scheduled(post, showing) and not showing.future


def _scheduled(post: Post, showing: Showing) -> bool:
    return bool(post.kind == "post" and post.date and post.date.epoch > showing.now.epoch)


def _held(post: Post, showing: Showing) -> Held | None:
    """Why `post` is not published, whether or not this build shows it."""
    if post.draft:
        return Held(post.path, unruby(post.title), "draft")
    if _scheduled(post, showing):
        return Held(post.path, unruby(post.title), "scheduled", post.date)
    return Held(post.path, unruby(post.title), "withdrawn") if post.withdrawn else None


def _order(one: Published) -> tuple[int, str]:
    """Newest first; of one instant, by path: the same on every machine."""
    return -one.card.date.epoch, one.post.path


def _neighbours(posts: Sequence[Published]) -> tuple[Published, ...]:
    """`posts`, newest first, each with the next older and newer that is not withdrawn."""
    refs = [None if one.card.withdrawn else Ref(one.card.title, one.card.url) for one in posts]
    newer = _latest(refs)
    older = reversed(_latest(reversed(refs)))
    return tuple(
        replace(one, older=before, newer=after)
        for one, before, after in zip(posts, older, newer, strict=True)
    )


def _latest(refs: Iterable[Ref | None]) -> list[Ref | None]:
    """For each place the last reference before it."""
    found: list[Ref | None] = []
    latest = None
    for ref in refs:
        found.append(latest)
        latest = ref or latest
    return found


def _dated(post: Post, now: Date) -> Date:
    """The date that `post` is shown with.

    A draft without one has that of the build; a standing page that of its last update, or epoch 0:
    what is published is the same on another day.
    """
    if post.date or post.kind == "post":
        return post.date or now
    return post.updates[-1].date if post.updates else _NEVER


_NEVER = Date("1970-01-01T00:00:00+00:00", 0, timed=False)


def _url(config: Config, post: Post, now: Date) -> str:
    """The raw URL of `post`, relative to the site."""
    if post.url:
        return post.url
    if post.kind == "post":
        return urls.permalink(config.permalink, post.slug, post.date or now)
    folder = posixpath.dirname(post.path.removeprefix("content/pages/"))
    parts = [urls.slug(part) or part for part in folder.split("/") if part]
    index = posixpath.basename(post.path) == "index.md"
    return "/" + "".join(f"{part}/" for part in (*parts, *(() if index else (post.slug,))))


def _bylines(config: Config, posts: Iterable[Post]) -> Iterator[Named]:
    for post in posts:
        yield from post.authors or _default_author(config, post)


def _default_author(config: Config, post: Post) -> tuple[Named, ...]:
    byline = config.author and post.kind == "post"
    return (Named(config.author, Location(post.path)),) if byline else ()


# ---------------------------------------------------------------- cards


class _Cards(Struct, frozen=True):
    """What cards are made with."""

    config: Config
    tags: names.Names
    authors: names.Names
    hosts: dict[str, Ref]
    showing: Showing

    def card(self, post: Post, url: str, resolved: links.Resolved) -> Card:
        """What other pages may show of `post`; of a withdrawn one its title and reason."""
        date = _dated(post, self.showing.now)
        base, silent = self.config.base, bool(post.withdrawn)
        bylines = post.authors or _default_author(self.config, post)
        source = None if silent else next(iter(post.sources), None)
        return Card(
            path=post.path,
            url=base + urls.href(url[1:]),
            title=unruby(post.title),
            date=date,
            updated=max((date, *(update.date for update in post.updates)), key=_epoch),
            authors=_unique(self.authors.spelt[one.text].ref for one in bylines),
            tags=_unique(self.tags.spelt[one.text].ref for one in post.tags),
            source=source,
            host=self.hosts.get(source.host) if source else None,
            via=None if silent else post.via,
            quote="" if silent else post.quote,
            quote_lang="" if silent else post.quote_lang,
            summary="" if silent else unruby(post.summary),
            image=None if silent or not post.image else picture(post.image, resolved),
            written=post.written,
            withdrawn=post.withdrawn,
            draft=post.draft,
            scheduled=_scheduled(post, self.showing),
        )


def picture(image: Picture, resolved: links.Resolved) -> Picture:
    """`image` with the URL that its link mark stands for, and its size."""
    number = linkmarks.number(image.file)
    if number is None:
        return image
    size = resolved.sizes[number] if resolved.sizes else None
    return replace(image, file=resolved.links[number], size=size)


def _epoch(date: Date) -> int:
    return date.epoch


def _unique(refs: Iterable[Ref]) -> tuple[Ref, ...]:
    return tuple(dict.fromkeys(refs))


# ---------------------------------------------------------------- groups


def _hosts(config: Config, posts: Iterable[Post]) -> dict[str, Ref]:
    """Every host that is quoted, under the name that the site or most posts give it."""
    called: dict[str, Counter[str]] = {}
    for post in posts:
        for source in post.sources:
            if source.host:
                called.setdefault(source.host, Counter())[source.site] += 1
    refs = {}
    for host, sites in sorted(called.items()):
        commonest = min(sites, key=lambda site: (not site, -sites[site], site))
        name = config.sources.get(host, Host()).site or commonest or urls.shown_host(host)
        refs[host] = Ref(name, href(config, f"/sources/{host}/"))
    return refs


def _groups(
    config: Config,
    posts: Sequence[Published],
    tags: names.Names,
    authors: names.Names,
    hosts: dict[str, Ref],
) -> dict[str, tuple[Group, ...]]:
    """Every group of posts by kind: months and years newest first, the others by size and name."""
    found: dict[tuple[str, str], list[Published]] = {}
    for one in posts:
        date, post = one.card.date, one.post
        keys = [("year", f"{date.year:04}"), ("month", f"{date.year:04}/{date.month:02}")]
        keys += [("tag", tags.spelt[tag.text].slug) for tag in post.tags]
        bylines = post.authors or _default_author(config, post)
        keys += [("author", authors.spelt[author.text].slug) for author in bylines]
        if not post.withdrawn:
            keys += [("source", source.host) for source in post.sources if source.host]
        for key in dict.fromkeys(keys):
            found.setdefault(key, []).append(one)
    called = {("tag", name.slug): name for name in tags.spelt.values()}
    called |= {("author", name.slug): name for name in authors.spelt.values()}
    called |= {
        ("source", host): names.Name(ref.name, host, About(url=host), ref)
        for host, ref in hosts.items()
    }
    groups: dict[str, list[Group]] = {
        kind: [] for kind in ("tag", "author", "source", "year", "month")
    }
    for (kind, slug), members in found.items():
        name = called.get((kind, slug))
        url = f"/{_FOLDERS.get(kind, '')}{slug}/"
        text, about = (name.text, name.about) if name else (slug.replace("/", "-"), None)
        feed = kind == "tag" and _has_feed(name, members)
        groups[kind].append(Group(kind, text, url, tuple(members), about, feed))  # type: ignore[arg-type]
    home = Group("home", config.title, "/", tuple(posts), feed=True)
    return {
        "home": (home,),
        **{kind: tuple(sorted(made, key=_GROUP_ORDER[kind])) for kind, made in groups.items()},
    }


def _has_feed(tag: names.Name | None, posts: Sequence[Published]) -> bool:
    """Whether a tag has a feed: as the configuration says, else by how many posts it has."""
    wanted = tag.feed if tag else None
    return len(posts) >= _FED if wanted is None else wanted


_FED = 10  # posts of a tag that make a feed of its own worth following
_FOLDERS = {"tag": "tags/", "author": "authors/", "source": "sources/"}


def _largest(group: Group) -> tuple[int, str]:
    return -len(group.posts), group.name


def _newest(group: Group) -> tuple[int, ...]:
    return tuple(-int(part) for part in group.name.split("-"))


_GROUP_ORDER = {
    "tag": _largest,
    "author": _largest,
    "source": _largest,
    "year": _newest,
    "month": _newest,
}


# ---------------------------------------------------------------- files and old paths


def _files(
    ground: links.Ground,
    shown: Sequence[Post],
    hidden: Sequence[Post],
    resolved: dict[str, links.Resolved],
) -> tuple[list[Asset], list[Diagnostic]]:
    """The files that are published as they are, and those among posts that nobody links to.

    What was taken down is neither, unless it is shown elsewhere.
    """
    assets = [asset for found in resolved.values() for asset in found.assets]
    down = {path for post in shown for path in links.files(ground, _down(post), post.path)}
    used = {asset.file for asset in assets}.union(
        down, (path for post in hidden for path in links.files(ground, post.links, post.path))
    )
    bundles = {posixpath.dirname(post.path): post for post in (*shown, *hidden) if _bundles(post)}
    unused = []
    for file in sorted(ground.files):
        if file.startswith(links.STATIC):
            assets.append(links.asset(ground, file.removeprefix(links.STATIC), file))
        elif bundle := _bundle(file, bundles):
            if bundle.path in ground.urls and not bundle.withdrawn and file not in down:
                assets.append(links.beside(ground, bundle, file))
        elif file not in used:
            unused.append(_unused(file))
    return list(dict.fromkeys(assets)), unused


def _down(post: Post) -> Iterator[Link]:
    """The links of `post` that it no longer shows."""
    return (link for link in post.links if not link.shown)


def _unused(file: str) -> Diagnostic:
    """That `file` is not published; a post may be meant by it."""
    name = {"name": posixpath.basename(file)}
    variant = "markdown" if file.lower().endswith((".md", ".markdown")) else ""
    return Diagnostic("unused-file", Location(file), name, variant)


def _bundles(post: Post) -> bool:
    """Whether the folder of `post` is its own."""
    return post.path.endswith("/index.md") and post.path.startswith("content/posts/")


def _bundle(file: str, bundles: dict[str, Post]) -> Post | None:
    """The post in whose folder, or below it, `file` lies."""
    folder = posixpath.dirname(file)
    while folder:
        if folder in bundles:
            return bundles[folder]
        folder = posixpath.dirname(folder)
    return None


def _redirects(config: Config, posts: Iterable[Published]) -> Iterator[Redirect]:
    for one in posts:
        for alias in one.post.aliases:
            yield Redirect(alias.text, one.card.url, alias.place)
    for old, new in sorted(config.redirects.items()):
        yield Redirect(urls.folder(old), typed_href(config, new.target), new.place)
