"""Posts -> what they are listed by: home, tags, authors, hosts of sources, years and months."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from sitegen import urls
from sitegen.config import Config, Host, href
from sitegen.model import About, Group, Post, Published, Ref
from sitegen.site.cards import byline
from sitegen.site.names import Name, Names


def hosts(config: Config, posts: Iterable[Post]) -> dict[str, Ref]:
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


def groups(
    config: Config,
    posts: Sequence[Published],
    tags: Names,
    authors: Names,
    hosts: dict[str, Ref],
) -> dict[str, tuple[Group, ...]]:
    """Every group of `posts` by kind: months and years newest first, others by size and name."""
    found: dict[tuple[str, str], list[Published]] = {}
    for one in posts:
        for key in dict.fromkeys(_keys(config, one, tags, authors)):
            found.setdefault(key, []).append(one)
    called = {
        **{("tag", name.slug): name for name in tags.spelt.values()},
        **{("author", name.slug): name for name in authors.spelt.values()},
        **{("source", host): _source(host, ref) for host, ref in hosts.items()},
    }
    groups: dict[str, list[Group]] = {kind: [] for kind in _ORDER}
    for (kind, slug), members in found.items():
        name = called.get((kind, slug))
        url = f"/{_FOLDERS.get(kind, '')}{slug}/"
        text, about = (name.text, name.about) if name else (slug.replace("/", "-"), None)
        feed = kind == "tag" and _has_feed(name, members)
        groups[kind].append(Group(kind, text, url, tuple(members), about, feed))  # type: ignore[arg-type]
    home = Group("home", config.title, "/", tuple(posts), feed=True)
    return {
        "home": (home,),
        **{kind: tuple(sorted(made, key=_ORDER[kind])) for kind, made in groups.items()},
    }


def _keys(config: Config, one: Published, tags: Names, authors: Names) -> Iterator[tuple[str, str]]:
    """Kind and slug of each group that a post is in, some more than once."""
    date, post = one.card.date, one.post
    yield "year", f"{date.year:04}"
    yield "month", f"{date.year:04}/{date.month:02}"
    for tag in post.tags:
        yield "tag", tags.spelt[tag.text].slug
    for author in byline(config, post):
        yield "author", authors.spelt[author.text].slug
    if not post.withdrawn:
        for source in post.sources:
            if source.host:
                yield "source", source.host


def _source(host: str, ref: Ref) -> Name:
    return Name(ref.name, host, About(host=host), ref)


def _has_feed(tag: Name | None, posts: Sequence[Published]) -> bool:
    """Whether a tag has a feed: as the configuration says, else by how many posts it has."""
    wanted = tag.feed if tag else None
    return len(posts) >= _FED if wanted is None else wanted


_FED = 10  # posts of a tag that make a feed of its own worth following
_FOLDERS = {"tag": "tags/", "author": "authors/", "source": "sources/"}


def _largest(group: Group) -> tuple[int, str]:
    return -len(group.posts), group.name


def _newest(group: Group) -> tuple[int, ...]:
    return tuple(-int(part) for part in group.name.split("-"))


_ORDER = {
    "tag": _largest,
    "author": _largest,
    "source": _largest,
    "year": _newest,
    "month": _newest,
}
