"""All posts -> the site: what is shown, in what order, under which names; what does not fit."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from msgspec import Struct
from msgspec.structs import replace

from sitegen import urls
from sitegen.config import Config, typed_href
from sitegen.diagnostics.model import Diagnostic
from sitegen.model import Named, Parsed, Post, Published, Redirect, Ref, Site, Size
from sitegen.site import files, groups, links, names, repeats, showing
from sitegen.site.cards import Context, byline, card
from sitegen.site.showing import Showing


class Assembled(Struct, frozen=True):
    """The site, the links that wait for the list of all that is made, and the faults."""

    site: Site
    pending: tuple[links.Pending, ...]
    diagnostics: tuple[Diagnostic, ...]


def assemble(
    config: Config,
    root: str,
    paths: Sequence[str],
    parsed: Sequence[Parsed],
    wanted: Showing,
    sizes: Mapping[str, Size],
) -> Assembled:
    """The site of all that was `parsed`, as it is `wanted`.

    `paths` are of all files of content/, `sizes` are of the pictures among them.
    """
    read = [file.post for file in parsed if file.post]
    shown = [post for post in read if not showing.hides(wanted, post)]
    hidden = [post for post in read if showing.hides(wanted, post)]
    others = [path for path in paths if not path.endswith(".md") or path.startswith(links.STATIC)]
    places = {post.path: showing.url(config, post, wanted.now) for post in shown}
    ground = links.Ground(
        base=config.base,
        root=root,
        urls=places,
        anchors={post.path: frozenset(post.anchors) for post in shown},
        unread={file.path for file in parsed if not file.post},
        held={post.path for post in hidden},
        files=frozenset(others),
        spelt={urls.nfc(path): path for path in paths if not path.isascii()},
        sizes=sizes,
    )
    resolved = {post.path: links.resolve(ground, post) for post in shown}
    tags = names.names(config, "tags", (tag for post in shown for tag in post.tags))
    authors = names.names(config, "authors", _bylines(config, shown))
    hosts = groups.hosts(config, shown)
    context = Context(config, tags, authors, hosts, wanted)
    made = [_published(context, post, places[post.path], resolved[post.path]) for post in shown]
    posts = _neighbours(sorted((one for one in made if one.post.kind == "post"), key=_order))
    assets, unused = files.published(ground, shown, hidden, resolved)
    site = Site(
        posts=posts,
        pages=tuple(one for one in made if one.post.kind == "page"),
        groups=groups.groups(config, posts, tags, authors, hosts),
        assets=tuple(assets),
        redirects=tuple(_redirects(config, made)),
        held=tuple(filter(None, (showing.held(wanted, post) for post in read))),
    )
    pending = (
        *(wait for found in resolved.values() for wait in found.pending),
        *links.configured(ground, config.links),
    )
    astray = {*paths}.difference(others, (file.path for file in parsed))
    told = (
        *tags.diagnostics,
        *authors.diagnostics,
        *links.offered(ground, (one for found in resolved.values() for one in found.diagnostics)),
        *links.circling(ground, config.origin, config.redirects),
        *unused,
        *map(files.unused, sorted(astray)),
        *repeats.repeats(one.post for one in posts),
    )
    return Assembled(site, pending, told)


def _bylines(config: Config, posts: Iterable[Post]) -> Iterator[Named]:
    for post in posts:
        yield from byline(config, post)


def _published(context: Context, post: Post, url: str, found: links.Resolved) -> Published:
    return Published(post, card(context, post, url, found), found.links, found.sizes)


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


def _redirects(config: Config, posts: Iterable[Published]) -> Iterator[Redirect]:
    """The old paths of `posts`, then those of the configuration."""
    for one in posts:
        for alias in one.post.aliases:
            yield Redirect(urls.inside(config.base, alias.text), one.card.url, alias.place)
    for old, new in sorted(config.redirects.items()):
        path = urls.folder(urls.inside(config.base, old))
        yield Redirect(path, typed_href(config, new.target), new.place)
