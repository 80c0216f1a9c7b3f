"""Reads content/ and layouts/: regular files of known names, and nothing through a link."""

import errno
import os
import re
import stat
from collections.abc import Collection, Iterator
from pathlib import Path
from typing import BinaryIO

from msgspec import Struct

from sitegen.diagnostics.model import Diagnostic, Location

_LEFTOVER = re.compile(r"#.*#|.*~|\..*\.sw[a-p]|4913|Thumbs\.db|desktop\.ini|\.DS_Store|\.git.*")
_STATIC = ("content/static", "layouts/static")
_KINDS = (
    (stat.S_ISLNK, "link"),
    (stat.S_ISFIFO, "pipe"),
    (stat.S_ISSOCK, "socket"),
    (stat.S_ISBLK, "device"),
    (stat.S_ISCHR, "device"),
)


class File(Struct, frozen=True):
    """A file with what tells, mostly, whether it has changed; `path` is below the site's folder."""

    path: str
    size: int
    mtime_ns: int
    ctime_ns: int
    inode: int


class Tree(Struct, frozen=True):
    """The files of some folders, by path, and what among them is none."""

    files: tuple[File, ...]
    diagnostics: tuple[Diagnostic, ...]


def scan(root: Path, folders: tuple[str, ...]) -> Tree:
    """The files below `folders` of `root`; hidden ones and editors' leftovers are passed over."""
    files: list[File] = []
    faults: list[Diagnostic] = []
    for folder in folders:
        if (root / folder).is_symlink():
            faults.append(Diagnostic("irregular-file", Location(folder), {"kind": "link"}))
            continue
        for found in _walk(str(root), folder):
            if isinstance(found, File):
                files.append(found)
            else:
                faults.append(found)
    files.sort(key=lambda file: file.path)
    return Tree(tuple(files), tuple(faults))


def _walk(root: str, top: str) -> Iterator[File | Diagnostic]:
    """The files below `top`, and a fault for each thing there that is none."""
    waiting = [top]
    while waiting:
        folder = waiting.pop()
        try:
            entries = list(os.scandir(f"{root}/{folder}"))
        except FileNotFoundError:
            continue
        except NotADirectoryError:
            yield Diagnostic("irregular-file", Location(folder), {"kind": "file"})
            continue
        static = folder.startswith(_STATIC)
        for entry in entries:
            name = entry.name
            if _passed_over(name, static=static):
                continue
            path = f"{folder}/{name}"
            if not name.replace("\u3000", "").isprintable():
                yield Diagnostic("bad-file-name", Location(folder), {"name": ascii(name)[1:-1]})
            elif entry.is_dir(follow_symlinks=False):
                waiting.append(path)
            elif entry.is_file(follow_symlinks=False):
                yield _file(path, entry.stat(follow_symlinks=False))
            else:
                yield _irregular(path, entry.stat(follow_symlinks=False).st_mode)


def _passed_over(name: str, *, static: bool) -> bool:
    return bool(_LEFTOVER.fullmatch(name)) or (name[0] in "._" and not static)


def passed_over(path: str) -> bool:
    """Whether a scan would pass over the file at `path`: hidden ones and editors' leftovers."""
    static = path.startswith(_STATIC)
    return any(_passed_over(name, static=static) for name in path.split("/"))


def look(root: Path, path: str) -> File | None:
    """The regular file at `path` as it is now, None if there is none."""
    try:
        seen = os.lstat(f"{root}/{path}")
    except OSError:
        return None
    return _file(path, seen) if stat.S_ISREG(seen.st_mode) else None


def _file(path: str, seen: os.stat_result) -> File:
    return File(path, seen.st_size, seen.st_mtime_ns, seen.st_ctime_ns, seen.st_ino)


def _irregular(path: str, mode: int) -> Diagnostic:
    kind = next((name for test, name in _KINDS if test(mode)), "folder")
    return Diagnostic("irregular-file", Location(path), {"kind": kind})


def read(root: Path, path: str, limit: int) -> bytes | Diagnostic:
    """The bytes of the regular file at `path`, of at most `limit` bytes.

    A link, a pipe or a device is a fault; opening one would follow it, or wait for ever.
    """
    try:
        handle = os.open(f"{root}/{path}", _FLAGS)
    except OSError as error:
        if error.errno in {errno.ELOOP, errno.ENXIO}:
            return Diagnostic("irregular-file", Location(path), {"kind": "link"})
        raise
    try:
        seen = os.fstat(handle)
        if not stat.S_ISREG(seen.st_mode):
            return _irregular(path, seen.st_mode)
        if seen.st_size > limit:
            arguments = {"limit": str(limit), "size": str(seen.st_size)}
            return Diagnostic("file-too-long", Location(path), arguments)
        data = b""  # it may have grown since
        while len(data) <= limit and (part := os.read(handle, seen.st_size + 1)):
            data += part
        return data
    finally:
        os.close(handle)


_FLAGS = (
    os.O_RDONLY
    | getattr(os, "O_NOFOLLOW", 0)
    | getattr(os, "O_NONBLOCK", 0)
    | getattr(os, "O_BINARY", 0)
)


def opened(path: str, below: Collection[Path]) -> BinaryIO | None:
    """The regular file at `path`, open for reading, if it really lies in a folder of `below`.

    None of a link, a pipe or a device, of what lies behind a linked folder, or of nothing.
    """
    folder = os.path.realpath(os.path.dirname(path))  # noqa: PTH120 -- paths are text here
    if not any(Path(folder).is_relative_to(os.path.realpath(top)) for top in below):
        return None
    try:
        file = os.fdopen(os.open(path, _FLAGS), "rb")
    except OSError:
        return None
    if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
        file.close()
        return None
    return file


def decoded(path: str, data: bytes) -> str | Diagnostic:
    """`data` as UTF-8, without a byte order mark; the first bad byte is a fault with its place."""
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        start = error.start + len(data) - len(error.object)  # which has no byte order mark
        before = data[:start]
        line = before.count(b"\n") + 1
        column = len(before[before.rfind(b"\n") + 1 :].decode("utf-8-sig", "replace")) + 1
        arguments = {"byte": f"0x{data[start]:02X}", "offset": str(start)}
        variant = "shift-jis" if _shift_jis(data) else ""
        return Diagnostic("not-utf8", Location(path, line, column), arguments, variant)


def _shift_jis(data: bytes) -> bool:
    try:
        return bool(re.search("[ぁ-んァ-ヶ]", data.decode("cp932")))
    except UnicodeDecodeError:
        return False
