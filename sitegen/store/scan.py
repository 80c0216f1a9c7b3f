"""Reads content/ and layouts/: regular files of known names, and nothing through a link."""

import errno
import os
import re
import stat
from codecs import BOM_UTF16_BE, BOM_UTF16_LE
from collections.abc import Collection, Iterator
from pathlib import Path
from typing import BinaryIO

from msgspec import Struct

from sitegen.diagnostics.model import Diagnostic, Location

_LEFTOVER = re.compile(r"#.*#|.*~|\..*\.sw[a-p]|4913|Thumbs\.db|desktop\.ini|\.DS_Store|\.git.*")
_STATIC = ("content/static/", "layouts/static/")
_HELD = {  # paths that only folders may have
    "content/posts", "content/pages", "content/static", "layouts/static", "layouts/strings",
}  # fmt: skip
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
    """The files of some folders, by path, and a fault for each thing among them that is none."""

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
            yield _no_folder(folder)
            continue
        static = _is_static(folder)
        for entry in entries:
            name = entry.name
            path = f"{folder}/{name}"
            if _passed_over(name, static=static):
                if entry.is_dir(follow_symlinks=False) and _is_lost(root, path):
                    yield Diagnostic("unused-file", Location(path), {"name": name}, "folder")
                continue
            if not name.replace("\u3000", "").isprintable():
                yield Diagnostic("bad-file-name", Location(folder), {"name": ascii(name)[1:-1]})
            elif entry.is_dir(follow_symlinks=False):
                waiting.append(path)
            elif entry.is_file(follow_symlinks=False):
                seen = entry.stat(follow_symlinks=False)
                yield _no_folder(path) if path in _HELD else _file(path, seen)
            else:
                yield _irregular(path, entry.stat(follow_symlinks=False).st_mode)


def _is_static(path: str) -> bool:
    """Whether `path` is a folder of static files, or lies in one."""
    return f"{path}/".startswith(_STATIC)


def _no_folder(path: str) -> Diagnostic:
    """That a file lies where a folder belongs: what a link comes to where git makes none."""
    return Diagnostic("irregular-file", Location(path), {"kind": "file"}, "folder")


def _passed_over(name: str, *, static: bool) -> bool:
    return bool(_LEFTOVER.fullmatch(name)) or (name[0] in "._" and not static)


def _is_lost(root: str, path: str) -> bool:
    """Whether the folder `path`, which is passed over, was to be read, as Jekyll's `_posts`."""
    name = path.rpartition("/")[2]
    if name[0] != "_" or name == _DRAFTS or _LEFTOVER.fullmatch(name) or not name.isprintable():
        return False
    below = (one for _, _, names in os.walk(f"{root}/{path}") for one in names)
    return path.startswith("content/") and any(
        one.endswith(".md") and one[0] != "." for one in below
    )


_DRAFTS = "_drafts"  # nobody expects that to be published


def passed_over(path: str) -> bool:
    """Whether a scan would pass over the file at `path`: hidden ones and editors' leftovers."""
    static = _is_static(path)
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
    """`data` as UTF-8, without a byte order mark; the first byte that is none is a fault."""
    if b"\x1b$" in data and data.isascii() and (escape := _JIS.search(data)):
        return _undecoded(path, data, escape.start(), "ISO-2022-JP (JIS)")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        start = error.start + len(data) - len(error.object)  # which has no byte order mark
        return _undecoded(path, data, start, _encoding(data))


_JIS = re.compile(rb"\x1b\$[@B](?:[!-~]{2})+\x1b\([BJI]")  # JIS X 0208 between its escapes
_KANA = re.compile("[ぁ-んァ-ヶ]")


def _undecoded(path: str, data: bytes, start: int, encoding: str) -> Diagnostic:
    """The fault of the byte at `start`, with its place; `encoding` is what `data` seem to be in."""
    before = data[:start]
    line = before.count(b"\n") + 1
    column = len(before[before.rfind(b"\n") + 1 :].decode("utf-8-sig", "replace")) + 1
    arguments = {"byte": f"0x{data[start]:02X}", "offset": str(start)}
    if encoding:
        arguments["encoding"] = encoding
    variant = "named" if encoding else "binary" if b"\0" in data else ""
    return Diagnostic("not-utf8", Location(path, line, column), arguments, variant)


def _encoding(data: bytes) -> str:
    """UTF-16 by its mark, or the encoding of Japanese in which `data` have kana, if any."""
    if data.startswith((BOM_UTF16_BE, BOM_UTF16_LE)) and len(data) % 2 == 0:
        return "UTF-16"
    if b"\0" in data:  # no text at all
        return ""
    # None has kana in two of them.
    for codec, name in (("cp932", "Shift_JIS"), ("euc_jp", "EUC-JP")):
        try:
            if _KANA.search(data.decode(codec)):
                return name
        except UnicodeDecodeError:
            continue
    return ""
