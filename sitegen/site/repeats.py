"""Posts that quote what an earlier post has quoted."""

from collections.abc import Iterable, Iterator

from sitegen.diagnostics.model import Diagnostic, Location
from sitegen.model import Post, Source
from sitegen.quotation import addresses
from sitegen.ruby import unruby

_FREE = {"own", "law"}  # quoted again and again, and nobody's loss


def repeats(posts: Iterable[Post]) -> Iterator[Diagnostic]:
    """A fault for each of `posts`, newest first, that quotes a source of an earlier one."""
    quoted: dict[str, Post] = {}
    for post in reversed(tuple(posts)):
        if post.withdrawn:
            continue
        names = [name for source in post.sources if (name := _identity(source))]
        before = next((quoted[name] for name in names if name in quoted), None)
        if before:
            arguments = {"title": unruby(before.title) or before.path}
            others = (Location(before.path),)
            yield Diagnostic("quoted-before", Location(post.path), arguments, others=others)
        quoted.update(dict.fromkeys(names, post))


def _identity(source: Source) -> str:
    """What two sources have in common if they are one work, "" for those that do not matter."""
    if source.kind in _FREE:
        return ""
    work = addresses.identity(source.url) if source.url else source.isbn or source.title
    return f"{work}\n{source.locator}" if work else ""
