"""Files of content/ -> what they say; only what has changed is read, only what is new is parsed."""

import contextlib
from collections import deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

import msgspec
from msgspec.structs import replace

from sitegen import parse, work
from sitegen.config import Settings
from sitegen.content import pictures
from sitegen.diagnostics.model import Diagnostic
from sitegen.model import Parsed, Size
from sitegen.render import scaling
from sitegen.run import Tools
from sitegen.store import scan
from sitegen.store.cache import Kept, Measured, Memory, Pack, PackReader
from sitegen.store.scan import File

_PLACES = ("content/posts/", "content/pages/")


def parsed(
    root: Path, files: Sequence[File], settings: Settings, tools: Tools
) -> tuple[Parsed, ...]:
    """What every post and standing page among `files` says, by path.

    What was parsed is kept in the memory, its body in the pack; what is gone leaves the memory.
    """
    ours = [file for file in files if is_read(file.path)]
    named = msgspec.msgpack.encode(settings)
    kept = tools.memory.files if tools.memory.settings == named else {}
    fresh, unread = _read(root, ours, settings, tools, kept)
    tools.memory.settings, tools.memory.files = named, fresh
    return tuple(unread.get(file.path) or tools.decode(fresh[file.path].parsed) for file in ours)


def _read(
    root: Path, files: Sequence[File], settings: Settings, tools: Tools, kept: Mapping[str, Kept]
) -> tuple[dict[str, Kept], dict[str, Parsed]]:
    """What `files` say, by path, taken from `kept` where they are the same; and the unreadable."""
    fresh: dict[str, Kept] = {}
    unread: dict[str, Parsed] = {}
    waiting: deque[tuple[File, str]] = deque()

    def changed() -> Iterator[parse.Read]:
        for file in files:
            old = kept.get(file.path)
            if old and _same(old, file):
                fresh[file.path] = old
                continue
            data = scan.read(root, file.path, parse.MAX_BYTES)
            if isinstance(data, Diagnostic):
                unread[file.path] = Parsed(file.path, None, (data,), draft=False)
                continue
            key = work.digest(data)
            if old and old.key == key:
                fresh[file.path] = _stamped(old, file)
                continue
            waiting.append((file, key))
            yield parse.Read(file.path, data)

    made = tools.workers.map(parse.parse, settings, changed())
    for done, (found, body) in enumerate(made, 1):
        file, key = waiting.popleft()
        extent = tools.pack.append(body) if body else None
        fresh[file.path] = Kept(*_signs(file), key, found, extent)
        tools.progress("parse", done)
    return fresh, unread


def sizes(root: Path, files: Sequence[File], tools: Tools, *, copies: bool) -> dict[str, Size]:
    """The pixels of every picture among `files`, by path; only what has changed is looked into.

    Their smaller widths are those of `copies`, if these are wanted.
    """
    kept, found, sizes = tools.memory.pictures, dict[str, Measured](), dict[str, Size]()
    for file in files:
        if not file.path.lower().endswith(pictures.SUFFIXES):
            continue
        one = kept.get(file.path)
        if one is None or not _same(one, file):
            one = _measured(root, file)
        if pixels := one.pixels:
            widths = scaling.widths(file.path, pixels) if copies else ()
            if widths and not one.key:
                one = replace(one, key=_named(root, file))
            sizes[file.path] = replace(pixels, widths=widths)
        found[file.path] = one
    tools.memory.pictures = found
    return sizes


def _measured(root: Path, file: File) -> Measured:
    opened = scan.opened(f"{root}/{file.path}", (root,))
    with opened or contextlib.nullcontext():
        return Measured(*_signs(file), pictures.size(opened) if opened else None)


def _named(root: Path, file: File) -> str:
    """What names the bytes of `file`: its times are others in a fresh checkout."""
    return work.digest((root / file.path).read_bytes())


def is_read(path: str) -> bool:
    """Whether the file at `path` is a post or a standing page."""
    return path.endswith(".md") and path.startswith(_PLACES)


def is_whole(parsed: Iterable[Parsed], memory: Memory, pack: Pack) -> bool:
    """Whether `pack` has every body of what was `parsed`, byte for byte as it was put there."""
    pack.flush()
    reader = PackReader(pack.path)
    for file in parsed:
        extent = memory.files[file.path].body if file.post else None
        if file.post and (not extent or work.digest(reader.read(extent)) != file.post.body):
            return False
    return True


def again(root: Path, file: File, settings: Settings, tools: Tools) -> Parsed:
    """What the one `file` says now, whatever its times tell; the memory of others stays."""
    fresh, unread = _read(root, [file], settings, tools, kept={})
    others = {path: kept for path, kept in tools.memory.files.items() if path != file.path}
    tools.memory.files = others | fresh
    return unread.get(file.path) or tools.decode(fresh[file.path].parsed)


def _signs(file: File) -> tuple[int, int, int, int]:
    """What tells, mostly, that a file is the same."""
    return file.size, file.mtime_ns, file.ctime_ns, file.inode


def _same(old: Kept | Measured, file: File) -> bool:
    return (old.size, old.mtime_ns, old.ctime_ns, old.inode) == _signs(file)


def _stamped(old: Kept, file: File) -> Kept:
    return Kept(*_signs(file), old.key, old.parsed, old.body)
