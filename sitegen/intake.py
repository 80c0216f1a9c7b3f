"""Files of content/ -> what they say; only what has changed is read, only what is new is parsed."""

from collections import deque
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import msgspec
from msgspec.structs import replace

from sitegen import parse, work
from sitegen.diagnostics.model import Diagnostic
from sitegen.model import Parsed
from sitegen.store import source
from sitegen.store.cache import Kept, Memory, Pack
from sitegen.store.source import File

_PLACES = ("content/posts/", "content/pages/")


def parsed(
    root: Path,
    files: Sequence[File],
    settings: parse.Settings,
    memory: Memory,
    pack: Pack,
    workers: work.Workers,
    progress: Callable[[str, int], None],
) -> tuple[Parsed, ...]:
    """What every post and standing page among `files` says, by path.

    What was parsed is kept in `memory`, its body in `pack`; what is gone leaves `memory`.
    """
    ours = [file for file in files if file.path.endswith(".md") and file.path.startswith(_PLACES)]
    unread: dict[str, Parsed] = {}
    waiting: deque[tuple[File, str]] = deque()

    def changed() -> Iterator[parse.Read]:
        for file in ours:
            kept = memory.files.get(file.path)
            if kept and _same(kept, file):
                continue
            data = source.read(root, file.path, parse.MAX_BYTES)
            if isinstance(data, Diagnostic):
                unread[file.path] = Parsed(file.path, None, (data,), draft=False)
                continue
            key = work.digest(data)
            if kept and kept.key == key:
                memory.files[file.path] = _stamped(kept, file)
                continue
            waiting.append((file, key))
            yield parse.Read(file.path, data)

    for done, (found, body) in enumerate(workers.map(parse.parse, settings, changed()), 1):
        file, key = waiting.popleft()
        extent = pack.append(body) if body else None
        memory.files[file.path] = Kept(file.size, file.mtime_ns, file.inode, key, found, extent)
        progress("parse", done)
    memory.files = {file.path: memory.files[file.path] for file in ours if file.path not in unread}
    return tuple(
        unread[file.path] if file.path in unread else _decode(memory.files[file.path].parsed)
        for file in ours
    )


def _same(kept: Kept, file: File) -> bool:
    return (kept.size, kept.mtime_ns, kept.inode) == (file.size, file.mtime_ns, file.inode)


def _stamped(kept: Kept, file: File) -> Kept:
    return replace(kept, size=file.size, mtime_ns=file.mtime_ns, inode=file.inode)


_decode = msgspec.msgpack.Decoder(Parsed).decode
