"""Where the links of posts lead: to other posts, to files beside them, to paths of the site."""

import posixpath
from collections.abc import Collection, Iterable, Iterator, Mapping
from urllib.parse import unquote

from msgspec import Struct
from msgspec.structs import replace

from sitegen import text, urls
from sitegen.diagnostics.model import Diagnostic
from sitegen.model import Asset, Link, Post, Size

STATIC = "content/static/"
_INDEX = "index.html"


class Ground(Struct, frozen=True):
    """All that a link can lead to. Paths are of files in the site's folder, urls are raw."""

    base: str  # URL of the site's root, "/" or "/blog/"
    root: str  # the site's folder, absolute
    urls: Mapping[str, str]  # path of each post and standing page that is shown
    anchors: Mapping[str, frozenset[str]]
    unread: Collection[str]  # paths of files that could not be parsed: links to them are let be
    held: Collection[str]  # paths of drafts and scheduled posts
    files: Collection[str]  # paths of all other files of content/
    spelt: Mapping[str, str]  # paths in NFC -> as they are spelt on the disk
    sizes: Mapping[str, Size]  # of pictures among the files


class Pending(Struct, frozen=True):
    """A link to a path of the site, right if a page or file is made there."""

    link: Link
    url: str
    own: str = ""  # url of the page that holds the link


class Resolved(Struct, frozen=True):
    """What the links of one post came to; `links` are ready for `href`, by their numbers.

    `sizes` are of the pictures among them, or empty without any.
    """

    links: tuple[str, ...]
    sizes: tuple[Size | None, ...]
    assets: tuple[Asset, ...]
    pending: tuple[Pending, ...]
    diagnostics: tuple[Diagnostic, ...]


def resolve(ground: Ground, post: Post) -> Resolved:
    """The links of `post`; those of what was taken down lead nowhere, and need not."""
    if not post.links:
        return _NONE
    links: list[str] = []
    sizes: list[Size | None] = []
    assets: list[Asset] = []
    pending: list[Pending] = []
    faults: list[Diagnostic] = []
    for link in post.links:
        found = _lead(ground, post, link) if link.shown else _Led("")
        links.append(found.href)
        sizes.append(_size(ground, found))
        if found.asset:
            assets.append(found.asset)
        if found.fault:
            faults.append(found.fault)
            continue
        if found.checked:
            pending.append(Pending(link, found.checked, ground.urls[post.path]))
    shown = tuple(sizes) if any(sizes) else ()
    return Resolved(tuple(links), shown, tuple(assets), tuple(pending), tuple(faults))


_NONE = Resolved((), (), (), (), ())


def configured(ground: Ground, links: Iterable[Link]) -> Iterator[Pending]:
    """The links of the configuration into the site."""
    for link in links:
        if link.target.startswith("/"):
            yield Pending(link, urls.inside(ground.base, urls.split(link.target)[0]))


def circling(ground: Ground, origin: str, redirects: Mapping[str, Link]) -> Iterator[Diagnostic]:
    """The faults of `redirects` that lead back to themselves, one for each circle.

    `origin` is the site's own scheme and host, "" if they are unknown.
    """
    olds = {_page(urls.inside(ground.base, old)): old for old in redirects}
    seen: set[str] = set()
    for page in olds:
        trail: list[str] = []
        while page in olds and page not in seen:
            seen.add(page)
            trail.append(page)
            target, _ = urls.split(redirects[olds[page]].target.removeprefix(origin))
            page = _page(urls.inside(ground.base, target))  # noqa: PLW2901 -- it goes on from there
        if page in trail:
            circle = [olds[one] for one in trail[trail.index(page) :]]
            place, *others = (redirects[old].place for old in circle)
            shown = {"target": " → ".join((*circle, circle[0]))}
            yield Diagnostic("broken-link", place, shown, "circle", tuple(others))


def _page(url: str) -> str:
    """What is shown at the raw `url`, by whichever of its spellings."""
    return urls.nfc(url).removesuffix(_INDEX).strip("/")


def dangling(pending: tuple[Pending, ...], made: Collection[str]) -> Iterator[Diagnostic]:
    """The faults of the pending links that lead to none of the output paths `made`."""
    paths = ((wait, urls.output_path(wait.url)) for wait in pending)
    broken = (wait for wait, path in paths if path not in made and f"{path}/{_INDEX}" not in made)
    for number, wait in enumerate(broken):
        yield _broken(wait.link, "path", _near(wait, made) if number < _OFFERS else "")


def offered(ground: Ground, faults: Iterable[Diagnostic]) -> Iterator[Diagnostic]:
    """`faults` of resolved links, with the file that was most likely meant by each."""
    number = 0
    for fault in faults:
        if fault.variant == "file" and number < _OFFERS:
            arguments = {**fault.arguments, "nearest": _near_file(ground, fault)}
            yield replace(fault, arguments=arguments)
            number += 1
        else:
            yield fault


_OFFERS = 100  # each is a search through the whole site: of thousands the first ones have to do
_NEAR = 0.75  # paths are alike in their folders already


def _near(wait: Pending, made: Collection[str]) -> str:
    """The url of `made` that was most likely meant."""
    known = {f"/{path.removesuffix(_INDEX)}" for path in made} - {wait.own}
    return urls.typed(text.nearest_path(wait.url, sorted(known), _last, _NEAR))


def _near_file(ground: Ground, fault: Diagnostic) -> str:
    """The file that was most likely meant by a link, as it is typed in the link's own file."""
    own = fault.location.path
    wanted = _beside(own, urls.split(fault.arguments["target"])[0])
    others = {*ground.urls, *ground.files} - {own}
    suffix = posixpath.splitext(wanted)[1]
    known = sorted(one for one in others if one.endswith(suffix))
    nearest = text.nearest_path(wanted, known, _called)
    return nearest and urls.typed(posixpath.relpath(nearest, posixpath.dirname(own)))


def _beside(own: str, path: str) -> str:
    """The file that `path` means in the file `own`."""
    return posixpath.normpath(posixpath.join(posixpath.dirname(own), path))


def _meant(ground: Ground, own: str, path: str) -> str:
    """The file that `path` means in the file `own`, as it is spelt on the disk if it is there."""
    static = path.startswith("/")
    file = STATIC + urls.inside(ground.base, path)[1:] if static else _beside(own, path)
    return ground.spelt.get(urls.nfc(file), file)


def _named(ground: Ground, own: str, link: Link) -> str:
    """The file whose very name `link` of the file `own` is, with its # and %; "" if none is."""
    file = _meant(ground, own, link.target)
    return file if file in ground.files else ""


def _last(url: str) -> str:
    return posixpath.basename(url.rstrip("/"))


def _called(file: str) -> str:
    """What people call `file`: its name, or its folder's, without suffix and date."""
    name = posixpath.splitext(_last(file.removesuffix("index.md")))[0]
    return name.lstrip("0123456789-") or name


class _Led(Struct, frozen=True):
    """Where a link leads: with a `fault`, which a site's rules may let be, to what is missing."""

    href: str
    asset: Asset | None = None
    checked: str = ""  # the raw url that has to be made
    file: str = ""  # of this site that lies there
    fault: Diagnostic | None = None


def _lead(ground: Ground, post: Post, link: Link) -> _Led:
    """Where `link` of `post` leads: within its page, to a path of the site, or to a file."""
    if link.literal and (named := _named(ground, post.path, link)):
        return _file(ground, post, named, "")
    path, rest = urls.split(link.target)
    fragment = link.target.partition("#")[2]
    if not path:
        return _Led(rest, fault=_anchored(ground, post.path, link, fragment))
    file = _meant(ground, post.path, path)
    there = path == link.target or file in ground.files or file in ground.urls
    if not there and (named := _named(ground, post.path, link)):
        led = _file(ground, post, named, "")
        return replace(led, fault=_broken(link, "sign", urls.typed(link.target)))
    if path.startswith("/"):
        path = urls.inside(ground.base, path)
        return _Led(_href(ground, path) + rest, checked=path, file=file)
    if file in ground.urls:
        href = _href(ground, ground.urls[file]) + rest
        return _Led(href, fault=_anchored(ground, file, link, fragment))
    if file in ground.unread:
        return _Led(rest or "#")
    if file in ground.held:
        return _Led("", fault=_broken(link, "held", ""))  # nobody is told its name
    if file in ground.files:
        return _file(ground, post, file, rest)
    if path.endswith((".md", ".markdown")) or "." in posixpath.basename(path).strip("."):
        lost = f"/{beside(ground, post, file).path}"
        return _Led(_href(ground, lost) + rest, fault=_broken(link, "file", ""))
    folder = posixpath.dirname(ground.urls[post.path])
    url = posixpath.normpath(posixpath.join(folder, path))
    url += "/" if path.endswith(("/", ".")) and not url.endswith("/") else ""
    return _Led(_href(ground, url) + rest, checked=url)


def _size(ground: Ground, found: _Led) -> Size | None:
    """Of the picture that was found; a copy of it has no name behind a `?` or `#`."""
    size = ground.sizes.get(found.file)
    plain = "?" not in found.href and "#" not in found.href
    return size if size is None or plain else replace(size, widths=())


def _file(ground: Ground, post: Post, file: str, rest: str) -> _Led:
    """The file beside the page of `post`, or the static file where it is published."""
    if file.startswith(STATIC):
        return _Led(_href(ground, "/" + file.removeprefix(STATIC)) + rest, file=file)
    asset = beside(ground, post, file)
    return _Led(_href(ground, f"/{asset.path}") + rest, asset, file=file)


def beside(ground: Ground, post: Post, file: str) -> Asset:
    """`file` as it is published beside the page of `post`: placed as in the post's folder."""
    relative = posixpath.relpath(file, posixpath.dirname(post.path)).replace("../", "")
    folder = posixpath.dirname(ground.urls[post.path])
    return asset(ground, urls.output_path(f"{folder.rstrip('/')}/{relative}"), file)


def asset(ground: Ground, path: str, file: str) -> Asset:
    """`file` of the site's folder, published at `path`."""
    return Asset(urls.nfc(path), f"{ground.root}/{file}", file)


def files(ground: Ground, links: Iterable[Link], path: str) -> Iterator[str]:
    """The paths of the files that `links` of the post at `path` may mean."""
    for link in links:
        named = link.literal and _named(ground, path, link)
        yield named or _meant(ground, path, urls.split(link.target)[0])


def _anchored(ground: Ground, path: str, link: Link, fragment: str) -> Diagnostic | None:
    """The fault of a fragment that its page has no anchor for; an empty one means the top."""
    name = unquote(fragment)
    anchors = ground.anchors.get(path, frozenset())
    if not name or name == "top" or name.startswith(":~:") or name in anchors:
        return None
    return _broken(link, "anchor", text.nearest(name, anchors))


def _broken(link: Link, variant: str, nearest: str) -> Diagnostic:
    arguments = {"target": link.target, "nearest": nearest}
    return Diagnostic("broken-link", link.place, arguments, variant)


def _href(ground: Ground, url: str) -> str:
    return ground.base + urls.href(url[1:])
