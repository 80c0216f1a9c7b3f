"""The files that are no posts: which of them are published, and which nobody asked for."""

import posixpath
from collections.abc import Iterator, Mapping, Sequence

from sitegen.diagnostics.model import Diagnostic, Location
from sitegen.model import Asset, Link, Post
from sitegen.site import links


def published(
    ground: links.Ground,
    shown: Sequence[Post],
    hidden: Sequence[Post],
    resolved: Mapping[str, links.Resolved],
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
    found = []
    for file in sorted(ground.files):
        if file.startswith(links.STATIC):
            assets.append(links.asset(ground, file.removeprefix(links.STATIC), file))
        elif bundle := _bundle(file, bundles):
            if bundle.path in ground.urls and not bundle.withdrawn and file not in down:
                assets.append(links.beside(ground, bundle, file))
        elif file not in used:
            found.append(unused(file))
    return list(dict.fromkeys(assets)), found


def unused(file: str) -> Diagnostic:
    """That `file` is not published; a post may be meant by it."""
    name = {"name": posixpath.basename(file)}
    variant = "markdown" if file.lower().endswith((".md", ".markdown")) else ""
    return Diagnostic("unused-file", Location(file), name, variant)


def _down(post: Post) -> Iterator[Link]:
    """The links of `post` that it no longer shows."""
    return (link for link in post.links if not link.shown)


def _bundles(post: Post) -> bool:
    """Whether the folder of `post` is its own."""
    return post.path.endswith("/index.md") and post.path.startswith("content/posts/")


def _bundle(file: str, bundles: Mapping[str, Post]) -> Post | None:
    """The post in whose folder, or below it, `file` lies."""
    folder = posixpath.dirname(file)
    while folder:
        if folder in bundles:
            return bundles[folder]
        folder = posixpath.dirname(folder)
    return None
