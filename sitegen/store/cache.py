"""What an earlier build learned: parsed posts, bodies, page keys. It may be deleted at any time."""

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from hashlib import sha256
from pathlib import Path

import msgspec
from msgspec import Struct, field

from sitegen.diagnostics.model import Diagnostic
from sitegen.model import Size
from sitegen.store import disk
from sitegen.store.manifest import Laid

_INDEX, _PACK = "index", "bodies"
_SUM = 32  # bytes of the SHA-256 before the index
_BUFFER = 1 << 20  # bytes that are written to a pack at once
_SPARE = 1 << 20  # bytes of a pack that may be of no use in any case


class Extent(Struct, frozen=True, array_like=True):
    """Where a body lies in the pack, in bytes."""

    offset: int
    length: int


class Kept(Struct, frozen=True, array_like=True):
    """One file as it was when it was parsed; `key` names its bytes, `parsed` is MessagePack."""

    size: int
    mtime_ns: int
    ctime_ns: int
    inode: int
    key: str
    parsed: bytes
    body: Extent | None


class Measured(Struct, frozen=True, array_like=True):
    """A picture as it was when it was read; `key` names its bytes where it is copied, else ""."""

    size: int
    mtime_ns: int
    ctime_ns: int
    inode: int
    pixels: Size | None
    key: str = ""


class Checked(Struct, frozen=True, array_like=True):
    """Layouts without an error: the digest of their texts, of each what it uses, and the rest."""

    digest: str = ""
    closures: dict[str, str] = field(default_factory=dict)
    warnings: tuple[Diagnostic, ...] = ()


class Near(Struct, frozen=True, array_like=True):
    """The older posts that are near one, by age, 0 being the oldest post.

    `name` names it and all that is older: it holds as long as they stay the same.
    """

    name: str
    ages: tuple[int, ...]


class Memory(Struct):
    """All that is remembered; what was learned under another `stamp` is not.

    `files` were parsed under `settings`, and hold for no others.
    """

    stamp: str
    settings: bytes = b""
    pack: str = ""  # names the pack that `files` point into
    files: dict[str, Kept] = field(default_factory=dict)
    near: dict[str, Near] = field(default_factory=dict)
    laid: dict[str, Laid] = field(default_factory=dict)
    made: str = ""  # names all that `laid` was made of
    layouts: Checked = Checked()
    pictures: dict[str, Measured] = field(default_factory=dict)


class Pack:
    """A file of bodies that only grows; others read it by its `path`."""

    def __init__(self, path: Path, size: int) -> None:
        self.path, self.size = path, size
        self._file = path.open("r+b" if path.exists() else "w+b", buffering=_BUFFER)
        self._file.seek(size)
        self._file.truncate()

    def append(self, data: bytes) -> Extent:
        """Where `data` stands from now on."""
        extent = Extent(self.size, len(data))
        self._file.write(data)
        self.size += len(data)
        return extent

    def flush(self) -> None:
        """Makes all that was appended readable by others."""
        self._file.flush()

    def close(self) -> None:
        """Ends writing."""
        self._file.close()


class PackReader:
    """Reads bodies of the pack at `path`, which may be growing."""

    def __init__(self, path: Path) -> None:
        self._file = path.open("rb", buffering=0)  # bodies are read whole

    def __del__(self) -> None:
        self._file.close()

    def read(self, extent: Extent) -> bytes:
        """The bytes of `extent`; fewer or none if the pack has lost them."""
        self._file.seek(extent.offset)
        return self._file.read(extent.length)


@contextmanager
def opened(folder: Path, stamp: str) -> Iterator[tuple[Memory, Pack]]:
    """What `folder` remembers under `stamp`, and its pack; empty ones if that is damaged."""
    folder.mkdir(parents=True, exist_ok=True)
    memory = _load(folder, stamp)
    size = max(
        (kept.body.offset + kept.body.length for kept in memory.files.values() if kept.body),
        default=0,
    )
    path = folder / f"{_PACK}-{memory.pack}"
    if not memory.pack or not path.is_file() or path.is_symlink() or path.stat().st_size < size:
        memory = Memory(stamp, pack=_name())
        path, size = folder / f"{_PACK}-{memory.pack}", 0
    pack = Pack(path, size)
    try:
        yield memory, pack
    finally:
        pack.close()


@contextmanager
def unkept(stamp: str) -> Iterator[tuple[Memory, Pack]]:
    """An empty memory and a pack that leave nothing behind."""
    with tempfile.TemporaryDirectory(prefix="sitegen-") as folder:
        pack = Pack(Path(folder) / _PACK, 0)
        try:
            yield Memory(stamp), pack
        finally:
            pack.close()


@contextmanager
def lent(memory: Memory, pack: Pack) -> Iterator[tuple[Memory, Pack]]:
    """`memory` with a copy of its pack, which others neither write nor compact."""
    pack.flush()
    with tempfile.TemporaryDirectory(prefix="sitegen-") as folder:
        path = Path(folder) / _PACK
        shutil.copyfile(pack.path, path)
        copy = Pack(path, pack.size)
        try:
            yield memory, copy
        finally:
            copy.close()


def _load(folder: Path, stamp: str) -> Memory:
    with suppress(OSError, msgspec.DecodeError, ValueError):
        data = (folder / _INDEX).read_bytes()
        if sha256(data[_SUM:]).digest() == data[:_SUM]:
            memory = msgspec.msgpack.decode(data[_SUM:], type=Memory)
            if memory.stamp == stamp and memory.pack.isalnum():
                return memory
    return Memory(stamp)


def _name() -> str:
    """A name that no other pack has."""
    return os.urandom(8).hex()


def forget(folder: Path) -> None:
    """Drops all that is remembered."""
    disk.cleared(folder / _INDEX)


def save(folder: Path, memory: Memory, pack: Pack) -> None:
    """Remembers `memory` and the pack it points into, whole or not at all."""
    _compact(folder, memory, pack)
    memory.near = {path: near for path, near in memory.near.items() if path in memory.files}
    data = msgspec.msgpack.encode(memory)
    draft = disk.cleared(folder / f"{_INDEX}.new")
    with draft.open("xb") as file:
        file.write(sha256(data).digest() + data)
    if (folder / _INDEX).is_dir():
        disk.cleared(folder / _INDEX)
    draft.replace(folder / _INDEX)
    for other in folder.glob(f"{_PACK}-*"):
        if other.name != f"{_PACK}-{memory.pack}":
            disk.cleared(other)


def _compact(folder: Path, memory: Memory, pack: Pack) -> None:
    """Writes the pack anew when more than half of it is of no use."""
    pack.flush()
    used = sum(kept.body.length for kept in memory.files.values() if kept.body)
    if pack.size <= 2 * used + _SPARE:
        return
    memory.pack = _name()
    fresh = Pack(folder / f"{_PACK}-{memory.pack}", 0)
    old = PackReader(pack.path)
    for path, kept in memory.files.items():
        if kept.body:
            extent = fresh.append(old.read(kept.body))
            memory.files[path] = msgspec.structs.replace(kept, body=extent)
    fresh.close()
