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

from sitegen.store import disk, journal, manifest
from sitegen.store.manifest import Entry, Laid

_LOCK = "lock"
_PAGES = (".html", ".xml", ".json", ".txt")


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
        if not journal.is_unfinished(self.folder):
            with suppress(OSError):  # or the next run will
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

        OSError leaves the old site whole. So does a kill until the journal is durable; from then on
        the next run finishes.
        """
        removals = tuple(sorted(path for path in before if path not in self.entries))
        listed = manifest.text(self.entries)
        if self.staged or removals or not _is_listed(self.output, listed):
            orders = journal.Journal(
                output=str(self.output.resolve()),
                stage=str(self.stage.resolve()),
                moves=tuple(_moves(self.output, _ordered(self.staged, before))),
                removals=removals,
                during=manifest.text({**before, **self.entries}).decode(),
                after=listed.decode(),
            )
            _writable(orders)
            with _uninterrupted():
                journal.carry_out(self.folder, orders)
        return len(removals)


def _writable(orders: journal.Journal) -> None:
    """Raises PermissionError if a folder that is there already may not be written to."""
    output = Path(orders.output)
    paths = (*orders.moves, *orders.removals)
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
        new = [folder for folder in journal.parents(path) if not is_there(folder)]
        moves[new[-1] if new else path] = None
    return moves


def _place(folder: Path, output: Path) -> Path:
    """Where files are staged: renames must not cross file systems."""
    there = output
    while not there.exists():
        there = there.parent
    folder.mkdir(parents=True, exist_ok=True)
    return (
        folder / journal.STAGE
        if there.stat().st_dev == folder.stat().st_dev
        else output / manifest.STAGE
    )


@contextmanager
def lock(folder: Path, seconds: float) -> Iterator[bool]:
    """Whether this process is the only one at work in `folder`; waits up to `seconds` for it.

    The lock belongs to the process: no worker inherits it, and a kill drops it. A `folder` that is
    a link is none of ours, and raises FileExistsError.
    """
    if folder.is_symlink():
        raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), str(folder))
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
