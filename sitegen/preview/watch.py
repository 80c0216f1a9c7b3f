"""Which files may have changed: notices of the system, as hints for whoever looks."""

import asyncio
import errno
import os
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

from msgspec import Struct
from watchdog.events import FileSystemEvent, FileSystemEventHandler
from watchdog.observers import Observer

from sitegen import config_file, prepare

# Seconds of silence after which a change is acted upon: a file that was closed or moved into place
# is complete, one that was written to may not be, and many together are no single edit.
COMPLETE, WRITTEN, BURST = 0.005, 0.02, 0.1
MANY = 20  # paths that make a burst
LONGEST = 1.0  # seconds that a change waits at most
GIT = 10.0  # seconds that a git at work is waited for
LOOK, LOOK_OFTEN = 2.0, 0.7  # seconds between looks at everything; the latter without notices
_SHARE = 30  # a look is taken this many times its own length after the last at the earliest

_COMPLETING = {"closed", "moved", "deleted"}
_IGNORED = {"opened", "closed_no_write"}


class Sight(Struct, frozen=True):
    """What is watched: whether notices come, and if not, why."""

    notices: bool
    reason: str = ""


def pause(sight: Sight, seconds: float, *, rebuilt: bool) -> float:
    """How long to wait for the next look at everything, in seconds.

    The last took `seconds`, unless these were mostly a rebuild of the site.
    """
    often = LOOK if sight.notices else LOOK_OFTEN
    return often if rebuilt else max(often, _SHARE * seconds)


class Watcher:
    """Hears of changes below the site's folder, in a thread of its own."""

    def __init__(self, root: Path, loop: asyncio.AbstractEventLoop) -> None:
        self._root, self._loop = root, loop
        self._observer: Any = None
        self._watched: dict[str, int] = {}  # folders and their inodes
        self._hints: set[str] = set()
        self._wake = asyncio.Event()
        self._first = self._last = 0.0
        self._complete = False
        self.sight = Sight(notices=False)

    @property
    def pending(self) -> bool:
        """Whether something has changed since hints were last taken."""
        return bool(self._hints)

    # -------------------------------------------------------- hints

    async def hints(self, seconds: float) -> set[str] | None:
        """The paths that changed, when it has become quiet; None when nothing did for `seconds`."""
        if not self._hints:
            with suppress(TimeoutError):
                await asyncio.wait_for(self._wake.wait(), seconds)
        if not self._hints:
            return None
        while (left := self._patience()) > 0:  # noqa: ASYNC110 -- quiet is no event
            await asyncio.sleep(left)
        hints, self._hints = self._hints, set()
        self._wake.clear()
        self._complete = False
        return hints

    def _patience(self) -> float:
        """Seconds until the changes that are known may be acted upon."""
        now = time.monotonic()
        many = len(self._hints) > MANY
        if many and now < self._first + GIT and _git_works(self._root):
            return BURST
        quiet = BURST if many else COMPLETE if self._complete else WRITTEN
        return min(self._last + quiet, self._first + LONGEST) - now

    def _noted(self, paths: set[str], *, complete: bool) -> None:
        now = time.monotonic()
        if not self._hints:
            self._first = now
        self._last, self._complete = now, complete
        self._hints |= paths
        self._wake.set()

    def heard(self, event: FileSystemEvent) -> None:
        """Notes `event`, in the thread that it came by."""
        if event.event_type in _IGNORED or (event.is_directory and event.event_type == "modified"):
            return
        paths = {
            os.path.relpath(os.fsdecode(path), self._root).replace(os.sep, "/")
            for path in (event.src_path, event.dest_path)
            if path
        }
        paths = {path for path in paths if path == config_file.FILE or path.startswith(_PLACES)}
        if paths:
            complete = event.event_type in _COMPLETING
            self._loop.call_soon_threadsafe(lambda: self._noted(paths, complete=complete))

    # -------------------------------------------------------- watching

    def watch(self) -> Sight:
        """Watches what there is to be watched by now, and says whether that works."""
        folders = dict(_folders(self._root))
        if (
            self._observer
            and self._observer.is_alive()
            and folders == self._watched
            and self._alive()
        ):
            return self.sight
        self.close()
        self._watched = folders
        self.sight = self._begin(folders)
        if not self.sight.notices:
            self._stop()
        return self.sight

    def _begin(self, folders: dict[str, int]) -> Sight:
        """Watches `folders`, and says whether all of them really are."""
        hearer = _Hearer(self)
        try:
            self._observer = observer = Observer()
            for folder in folders:
                observer.schedule(hearer, folder, recursive=folder != str(self._root))
            observer.start()
        except OSError as error:
            reason = _LIMITS.get(error.errno or 0, error.strerror or str(error))
            return Sight(notices=False, reason=reason)
        wanted = sum(1 for folder in folders for _ in _tree(folder, self._root))
        watches = _watches()
        if watches is not None and watches < wanted:
            return Sight(notices=False, reason="limit")
        return Sight(notices=True)

    def _alive(self) -> bool:
        return all(emitter.is_alive() for emitter in self._observer.emitters)

    def _stop(self) -> None:
        if self._observer:
            self._observer.stop()
        self._observer = None

    def close(self) -> None:
        """Ends the watching."""
        self._stop()
        self._watched = {}


# What inotify(7) says when the user has no more of what it takes.
_LIMITS = {errno.ENOSPC: "limit", errno.EMFILE: "instances"}

_PLACES = tuple(f"{folder}/" for folder in prepare.FOLDERS)


class _Hearer(FileSystemEventHandler):
    def __init__(self, watcher: Watcher) -> None:
        self._watcher = watcher

    def dispatch(self, event: FileSystemEvent) -> None:
        """Passes every event on."""
        self._watcher.heard(event)


def _folders(root: Path) -> Iterator[tuple[str, int]]:
    """The folders that are watched, with what tells that they are still the same."""
    for folder in (root, *(root / name for name in prepare.FOLDERS)):
        with suppress(OSError):
            if folder.is_dir() and (folder == root or not folder.is_symlink()):
                yield str(folder), folder.stat().st_ino


def _tree(folder: str, root: Path) -> Iterator[str]:
    """The folders that a watch of `folder` is about."""
    if folder == str(root):
        yield folder
        return
    for path, _, _ in os.walk(folder):
        yield path


def _watches() -> int | None:
    """How many folders the kernel really watches for this process, None where it does not say."""
    found = None
    with suppress(OSError):
        for entry in Path("/proc/self/fdinfo").iterdir():
            with suppress(OSError):
                count = entry.read_text().count("inotify wd:")
                found = (found or 0) + count
    return found


def _git_works(root: Path) -> bool:
    """Whether git is changing files of the repository that the site lies in."""
    return any((folder / ".git" / "index.lock").exists() for folder in (root, *root.parents))
