"""Stages a site, then puts it in place: all or nothing. The only writer in output/."""

import errno
import os
import signal
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from types import TracebackType
from typing import Self

import msgspec
from msgspec import Struct

from sitegen import urls
from sitegen.store import disk, manifest, refuse
from sitegen.store.manifest import Entry, Laid

_STAGE, _JOURNAL, _LOCK = "stage", "journal", "lock"
_PAGES = (".html", ".xml", ".json", ".txt")


class Journal(Struct, frozen=True):
    """What is to be put in place and taken away; `moves` are files, and folders that are new.

    `during` lists all that is ours while it is carried out, `after` what is ours then.
    """

    output: str
    stage: str
    moves: tuple[str, ...]
    removals: tuple[str, ...]
    during: str
    after: str


class Stage:
    """Finished files waiting beside the output, on the same file system, in folders as there."""

    def __init__(self, folder: Path, output: Path) -> None:
        self.folder, self.output = folder, output
        self.entries: dict[str, Entry] = {}
        self.laid: dict[str, Laid] = {}
        self.stage = _place(folder, output)
        self.staged: list[str] = []  # paths of the files that will be put in place
        self._made: set[str] = {""}

    def __enter__(self) -> Self:
        disk.cleared(self.stage)
        self.stage.mkdir(parents=True)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        at: TracebackType | None,
    ) -> None:
        if not (self.folder / _JOURNAL).exists():
            disk.cleared(self.stage)

    def keep(self, path: str, laid: Laid) -> None:
        """Lets the file at `path` stay as it is."""
        self.entries[path] = Entry(laid.sha256, laid.size)
        self.laid[path] = laid

    def put(self, path: str, key: str, data: bytes, sha256: str) -> None:
        """Stages `data` for `path`."""
        self._make(path.rpartition("/")[0])
        handle = os.open(f"{self.stage}/{path}", os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o644)
        try:
            rest = memoryview(data)
            while rest:
                rest = rest[os.write(handle, rest) :]
            changed = os.fstat(handle).st_mtime_ns
        finally:
            os.close(handle)
        self.keep(path, Laid(key, sha256, len(data), changed))
        self.staged.append(path)

    def _make(self, folder: str) -> None:
        """Makes `folder` of the stage with those above it, each once."""
        if folder not in self._made:
            self._make(folder.rpartition("/")[0])
            os.mkdir(f"{self.stage}/{folder}")  # noqa: PTH102 -- Path's costs twice
            self._made.add(folder)

    def commit(self, before: Mapping[str, Entry]) -> int:
        """Puts everything in place; how many files of `before` were removed.

        Until the journal is durable the old site is whole; from then on the next run finishes.
        """
        removals = tuple(sorted(path for path in before if path not in self.entries))
        listed = manifest.text(self.entries)
        if self.staged or removals or not _is_listed(self.output, listed):
            journal = Journal(
                output=str(self.output.resolve()),
                stage=str(self.stage.resolve()),
                moves=tuple(_moves(self.output, _ordered(self.staged, before))),
                removals=removals,
                during=manifest.text({**before, **self.entries}).decode(),
                after=listed.decode(),
            )
            _writable(journal)
            with _uninterrupted():
                _write_durably(self.folder / _JOURNAL, journal)
                _carry_out(journal)
                (self.folder / _JOURNAL).unlink()
        return len(removals)


def _writable(journal: Journal) -> None:
    """Raises PermissionError if a folder that is there already may not be written to."""
    output = Path(journal.output)
    paths = (*journal.moves, *journal.removals)
    folders = {"", *(path.rpartition("/")[0] for path in paths)}
    for folder in sorted(folders):
        there = output / folder
        if there.is_dir() and not os.access(there, os.W_OK | os.X_OK):
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(there))


@contextmanager
def _uninterrupted() -> Iterator[None]:
    """Keeps Ctrl-C off: what has begun to be put in place is put in place, and then is done."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT, signal.SIGTERM})
    try:
        yield
    finally:
        while signal.SIGINT in signal.sigpending():
            signal.sigwait({signal.SIGINT})
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _is_listed(output: Path, listed: bytes) -> bool:
    with suppress(OSError):
        return (output / manifest.NAME).read_bytes() == listed
    return False


def _ordered(staged: Iterable[str], before: Mapping[str, Entry]) -> Sequence[str]:
    """New paths before replaced ones, and of each assets before pages that need them."""
    return sorted(staged, key=lambda path: (path in before, path.endswith(_PAGES)))


def _moves(output: Path, paths: Iterable[str]) -> Iterable[str]:
    """`paths`, with a folder that is not there yet in place of all that lies in it."""
    is_there = disk.presence(output)
    moves: dict[str, None] = {}
    for path in paths:
        new = [folder for folder in _parents(path) if not is_there(folder)]
        moves[new[-1] if new else path] = None
    return moves


def is_unfinished(folder: Path) -> bool:
    """Whether something has been begun to be put in place, and not been finished."""
    with suppress(OSError):
        return (folder / _JOURNAL).exists()
    return False


def recover(folder: Path) -> None:
    """Finishes what an interrupted run had begun to put in place.

    A torn journal is dropped, and so is one that would touch what no build may: it may have come
    with somebody's commit.
    """
    path = folder / _JOURNAL
    with suppress(FileNotFoundError):
        data = path.read_bytes()
        with suppress(msgspec.DecodeError):
            journal = msgspec.json.decode(data, type=Journal)
            if _is_ours(folder, journal):
                _carry_out(journal)
        path.unlink()
    disk.cleared(folder / f"{_JOURNAL}.new")


def _is_ours(folder: Path, journal: Journal) -> bool:
    output, stage = Path(journal.output), Path(journal.stage)
    paths = (*journal.moves, *journal.removals)
    return (
        refuse.refused(folder.parent, output) is None
        and stage in {(folder / _STAGE).resolve(), output / manifest.STAGE}
        and all(manifest.is_safe(path) for path in paths)
    )


def _carry_out(journal: Journal) -> None:
    """Every step can be taken twice: what is already in place is passed over."""
    output, stage = Path(journal.output), Path(journal.stage)
    output.mkdir(parents=True, exist_ok=True)
    _list(output, stage, journal.during)
    wanted = set(journal.moves)
    folders = {folder for path in wanted for folder in _parents(path)}
    first = [path for path in journal.removals if path in folders or wanted & set(_parents(path))]
    _remove(output, first, wanted)
    made: set[str] = {""}
    for path in journal.moves:
        folder = path.rpartition("/")[0]
        if folder not in made:
            os.makedirs(f"{output}/{folder}", exist_ok=True)  # noqa: PTH103 -- Path's costs twice
            made.add(folder)
        _move(f"{stage}/{path}", f"{output}/{path}")
    later = set(first)
    _remove(output, [path for path in journal.removals if path not in later], wanted)
    _list(output, stage, journal.after)
    disk.cleared(stage)


def _move(old: str, new: str) -> None:
    """Puts `old` in the place of `new`, unless that is done; folders without a file make room."""
    with suppress(FileNotFoundError):
        try:
            os.replace(old, new)  # noqa: PTH105 -- Path.replace costs twice
        except IsADirectoryError:
            for folder, _, _ in os.walk(new, topdown=False):
                os.rmdir(folder)  # noqa: PTH106 -- likewise
            os.replace(old, new)  # noqa: PTH105 -- likewise


def _list(output: Path, stage: Path, text: str) -> None:
    """Puts the list of what is ours in place, whole or not at all."""
    stage.mkdir(parents=True, exist_ok=True)
    draft = stage / manifest.NAME
    draft.write_bytes(text.encode())
    draft.replace(output / manifest.NAME)


def _parents(path: str) -> Iterator[str]:
    while "/" in path:
        path = path.rpartition("/")[0]
        yield path


def _remove(output: Path, paths: Sequence[str], wanted: set[str]) -> None:
    """Takes away `paths` and the folders that this leaves empty."""
    spelt = {urls.same(path): path for path in wanted} if paths else {}
    folders: set[str] = set()
    for path in paths:
        linked = any((output / folder).is_symlink() for folder in _parents(path))
        if not linked and not _is_new(output, path, spelt.get(urls.same(path))):
            _unlink(output / path)
            folders.update(_parents(path))
    for folder in sorted(folders, key=len, reverse=True):
        with suppress(OSError):
            os.rmdir(output / folder)  # noqa: PTH106 -- likewise


def _unlink(path: Path) -> None:
    """Takes a file away, unless a folder has come in its place, or a file above it."""
    with suppress(FileNotFoundError, NotADirectoryError):
        if path.is_symlink() or not path.is_dir():
            os.unlink(path)  # noqa: PTH108 -- Path.unlink costs twice


def _is_new(output: Path, path: str, new: str | None) -> bool:
    """Whether the disk takes `path` for the path `new`, which is spelt differently."""
    with suppress(OSError):
        return new is not None and (output / new).samefile(output / path)
    return False


def _place(folder: Path, output: Path) -> Path:
    """Where files are staged: renames must not cross file systems."""
    there = output
    while not there.exists():
        there = there.parent
    folder.mkdir(parents=True, exist_ok=True)
    return (
        folder / _STAGE if there.stat().st_dev == folder.stat().st_dev else output / manifest.STAGE
    )


def _write_durably(path: Path, journal: Journal) -> None:
    draft = path.with_name(f"{path.name}.new")
    with draft.open("wb") as file:
        file.write(msgspec.json.encode(journal))
        file.flush()
        os.fsync(file.fileno())
    draft.replace(path)
    with suppress(OSError):  # some systems do not open folders
        handle = os.open(path.parent, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


@contextmanager
def lock(folder: Path, seconds: float) -> Iterator[bool]:
    """Whether this process is the only one at work in `folder`; waits up to `seconds` for it.

    The lock belongs to the process: no worker inherits it, and a kill drops it.
    """
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / _LOCK).open("ab") as file:
        deadline = time.monotonic() + seconds
        while not (got := _try_lock(file.fileno())) and time.monotonic() < deadline:
            time.sleep(0.05)
        yield got


def _try_lock(handle: int) -> bool:
    try:
        import fcntl  # noqa: PLC0415 -- there is none on Windows
    except ImportError:
        import msvcrt  # noqa: PLC0415

        with suppress(OSError):
            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)  # type: ignore[attr-defined]
            return True
        return False
    with suppress(BlockingIOError, PermissionError):
        fcntl.lockf(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        return True
    return False
