"""The list of what is ours in an output folder, and whether it is still as it was written."""

import hashlib
import os
from collections.abc import Iterable, Mapping
from contextlib import suppress
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from sitegen.store import disk

NAME = ".sitegen"
STAGE = ".sitegen-stage"  # where an output waits that lies on a file system of its own
_HEAD = "sitegen 1: files below this folder that sitegen may replace and remove (sha256 size path)"


class Entry(Struct, frozen=True, array_like=True):
    """One of our files, as it was written."""

    sha256: str
    size: int


class Laid(Struct, frozen=True, array_like=True):
    """An output as it lies on the disk: what it was made of, and what tells it unchanged."""

    key: str
    sha256: str
    size: int
    mtime_ns: int


def read(output: Path) -> dict[str, Entry]:
    """Every file below `output` that is ours; none if there is no list or it is damaged."""
    with suppress(OSError, ValueError):
        lines = (output / NAME).read_text(encoding="utf-8").split("\n")
        if lines[0] == _HEAD and lines[-1] == "":
            found = (line.split(" ", 2) for line in lines[1:-1])
            return {path: Entry(sha256, int(size)) for sha256, size, path in found if is_safe(path)}
    return {}


def is_safe(path: str) -> bool:
    """Whether `path` stays below the folder: the list may have been tampered with."""
    parts = path.split("/")
    return path != NAME and "\0" not in path and not any(part in {"", ".", ".."} for part in parts)


def text(entries: Mapping[str, Entry]) -> bytes:
    """The list of `entries` as it stands on the disk: the same bytes for the same site."""
    lines = (f"{entries[path].sha256} {entries[path].size} {path}\n" for path in sorted(entries))
    return f"{_HEAD}\n{''.join(lines)}".encode()


def sha256(data: bytes) -> str:
    """The SHA-256 of `data` in hexadecimal."""
    return hashlib.sha256(data).hexdigest()


class State(Struct, frozen=True):
    """Our files in the output: `intact` are as they were written, `changed` are others' work."""

    intact: Mapping[str, int]  # path -> time of change in ns
    changed: tuple[str, ...]
    laid: dict[str, Laid]  # of those that are intact, as far as it is known


def state(output: Path, entries: Mapping[str, Entry], laid: Mapping[str, Laid]) -> State:
    """Which of our files are as they were written.

    Size and time of change tell it where they are those that were remembered; otherwise the
    bytes are compared. What of `laid` has other bytes than the list says is of another output.
    """
    intact: dict[str, int] = {}
    ours: dict[str, Laid] = {}
    changed: list[str] = []
    folder = str(output)
    for path, entry in entries.items():
        try:
            seen = os.lstat(f"{folder}/{path}")
        except OSError:
            continue
        known = laid.get(path)
        if known and known.sha256 != entry.sha256:
            known = None
        same = known and (known.size, known.mtime_ns) == (seen.st_size, seen.st_mtime_ns)
        if same or (seen.st_size == entry.size and _same_bytes(output / path, entry)):
            intact[path] = seen.st_mtime_ns
            if known:
                ours[path] = known if same else replace(known, mtime_ns=seen.st_mtime_ns)
        else:
            changed.append(path)
    return State(intact, tuple(sorted(changed)), ours)


def _same_bytes(path: Path, entry: Entry) -> bool:
    with suppress(OSError):
        return not path.is_symlink() and sha256(path.read_bytes()) == entry.sha256
    return False


def foreign(output: Path, paths: Iterable[str], entries: Mapping[str, Entry]) -> str:
    """The first of `paths`, which will be written, on which something lies that is not ours, or "".

    Folders on the way must be folders, not links: nothing is written through one.
    """
    seen: set[str] = {""}
    is_there = disk.presence(output)
    for path in paths:
        folder = path.rpartition("/")[0]
        if is_there(folder):
            full = output / path
            taken = full.is_dir() if path in entries else os.path.lexists(full)
            if taken and not _ours(path, full, entries):
                return path
        while folder not in seen:
            seen.add(folder)
            if is_there(folder):
                above = output / folder
                file = above.exists() and not above.is_dir()
                if above.is_symlink() or (file and folder not in entries):
                    return folder
            folder = folder.rpartition("/")[0]
    return ""


def _ours(path: str, full: Path, entries: Mapping[str, Entry]) -> bool:
    """Whether the folder at `path` holds nothing but files of ours, which will be removed."""
    if full.is_symlink() or not full.is_dir():
        return False
    below = (found.relative_to(full).as_posix() for found in full.rglob("*") if not found.is_dir())
    return all(f"{path}/{name}" in entries for name in below)
