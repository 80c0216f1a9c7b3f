"""Puts a staged site in place: what fails is taken back, what is killed is finished later."""

import os
import shutil
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from functools import partial
from itertools import count
from pathlib import Path

import msgspec
from msgspec import Struct

from sitegen import urls
from sitegen.store import disk, manifest, refuse

STAGE = "stage"  # where files wait in the site's folder
_JOURNAL = "journal"
_ASIDE = manifest.NAME  # in the stage: lists, and what was replaced or removed


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


def carry_out(folder: Path, journal: Journal) -> None:
    """Does what `journal` says, which is kept in `folder` until it is done.

    OSError of a step leaves all as it was before, and no journal. Where that fails too the journal
    stays, and so it does after a kill: the next run finishes.
    """
    path, steps = folder / _JOURNAL, _Steps(journal)
    try:
        _write_durably(path, journal)
        steps.take()
        path.unlink()
    except OSError:
        steps.back()
        path.unlink(missing_ok=True)
        raise


def is_unfinished(folder: Path) -> bool:
    """Whether something has been begun to be put in place, and not been finished."""
    with suppress(OSError):
        return (folder / _JOURNAL).exists()
    return False


def recover(folder: Path) -> None:
    """Finishes what an interrupted run had begun to put in place, and clears what it had staged.

    A torn journal is dropped, and so is one that would touch what no build may: it may have come
    with somebody's commit.
    """
    path = folder / _JOURNAL
    with suppress(FileNotFoundError):
        data = path.read_bytes()
        with suppress(msgspec.DecodeError):
            journal = msgspec.json.decode(data, type=Journal)
            if _is_ours(folder, journal):
                disk.cleared(Path(journal.stage) / _ASIDE)
                _Steps(journal).take()
                disk.cleared(Path(journal.stage))
        path.unlink()
    for left in (f"{_JOURNAL}.new", STAGE):
        disk.cleared(folder / left)


def _is_ours(folder: Path, journal: Journal) -> bool:
    output, stage = Path(journal.output), Path(journal.stage)
    paths = (*journal.moves, *journal.removals)
    return (
        refuse.refused(folder.parent, output) is None
        and stage in {(folder / STAGE).resolve(), output / manifest.STAGE}
        and all(manifest.is_safe(path) for path in paths)
    )


def _write_durably(path: Path, journal: Journal) -> None:
    draft = path.with_name(f"{path.name}.new")
    try:
        with draft.open("wb") as file:
            file.write(msgspec.json.encode(journal))
            file.flush()
            os.fsync(file.fileno())
        draft.replace(path)
    finally:
        disk.cleared(draft)
    with suppress(OSError):  # some systems do not open folders
        handle = os.open(path.parent, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


# ---------------------------------------------------------------- step by step


class _Steps:
    """The steps of a journal. Each can be taken twice: what is already in place is passed over."""

    def __init__(self, journal: Journal) -> None:
        self._journal = journal
        self._output, self._stage = Path(journal.output), Path(journal.stage)
        self._aside = self._stage / _ASIDE
        self._names = count()  # of what is put aside
        self._made: set[str] = {""}  # folders
        self._taken: list[Callable[[], None]] = []  # what takes each step back

    def take(self) -> None:
        """Takes all steps; what is replaced or removed is put aside."""
        journal, wanted = self._journal, set(self._journal.moves)
        self._output.mkdir(parents=True, exist_ok=True)
        self._aside.mkdir(parents=True, exist_ok=True)
        self._list("during", journal.during)
        folders = {folder for path in wanted for folder in parents(path)}
        first = [
            path for path in journal.removals if path in folders or wanted & set(parents(path))
        ]
        self._remove(first, wanted)
        for path in journal.moves:
            self._make(path.rpartition("/")[0])
            self._put(f"{self._stage}/{path}", f"{self._output}/{path}")
        later = set(first)
        self._remove([path for path in journal.removals if path not in later], wanted)
        self._list("after", journal.after)

    def back(self) -> None:
        """Takes back what was taken, the last step first."""
        while self._taken:
            self._taken.pop()()

    def _list(self, name: str, text: str) -> None:
        """Puts the list of what is ours in place, whole or not at all."""
        draft = self._aside / name
        draft.write_bytes(text.encode())
        self._put(str(draft), str(self._output / manifest.NAME))

    def _make(self, folder: str) -> None:
        """Makes `folder` of the output with those above it, unless it is there."""
        if folder not in self._made:
            self._make(folder.rpartition("/")[0])
            place = f"{self._output}/{folder}"
            with suppress(FileExistsError):
                os.mkdir(place)  # noqa: PTH102 -- Path's costs twice
                self._taken.append(partial(os.rmdir, place))
            self._made.add(folder)

    def _put(self, staged: str, place: str) -> None:
        """Puts `staged` in `place`, unless that is done; folders without a file make room."""
        if not os.path.lexists(staged):
            return
        old = f"{self._aside}/{next(self._names)}"
        try:
            _double(place, old)
        except FileNotFoundError:
            old = ""
        except IsADirectoryError:
            old = ""
            for folder, _, _ in os.walk(place, topdown=False):
                os.rmdir(folder)  # noqa: PTH106 -- likewise
        os.replace(staged, place)  # noqa: PTH105 -- likewise
        self._taken.append(partial(_put_back, staged, place, old))

    def _remove(self, paths: Sequence[str], wanted: set[str]) -> None:
        """Takes away `paths` and the folders that this leaves empty."""
        spelt = {urls.same(path): path for path in wanted} if paths else {}
        folders: set[str] = set()
        for path in paths:
            linked = any((self._output / folder).is_symlink() for folder in parents(path))
            if not linked and not _is_new(self._output, path, spelt.get(urls.same(path))):
                self._take_away(self._output / path)
                folders.update(parents(path))
        for folder in sorted(folders, key=len, reverse=True):
            with suppress(OSError):
                os.rmdir(self._output / folder)  # noqa: PTH106 -- likewise

    def _take_away(self, place: Path) -> None:
        """Puts a file aside, unless a folder has come in its place, or a file above it."""
        old = f"{self._aside}/{next(self._names)}"
        with suppress(FileNotFoundError, NotADirectoryError):
            if place.is_symlink() or not place.is_dir():
                os.replace(place, old)  # noqa: PTH105 -- likewise
                self._taken.append(partial(_return, old, place))


def _double(old: str, new: str) -> None:
    """Has the file `old` at `new` too: as a link, or as a copy where there are none."""
    try:
        os.link(old, new, follow_symlinks=False)
    except FileNotFoundError:
        raise
    except (OSError, NotImplementedError):
        shutil.copy2(old, new, follow_symlinks=False)


def _put_back(staged: str, place: str, old: str) -> None:
    """Gives `place` what it had; a kill in between leaves what the next run needs."""
    if old:
        _double(place, staged)
        os.replace(old, place)  # noqa: PTH105 -- likewise
    else:
        os.replace(place, staged)  # noqa: PTH105 -- likewise


def _return(old: str, place: Path) -> None:
    os.makedirs(place.parent, exist_ok=True)  # noqa: PTH103 -- likewise
    os.replace(old, place)  # noqa: PTH105 -- likewise


def parents(path: str) -> Iterator[str]:
    """The folders above `path`, the nearest first."""
    while "/" in path:
        path = path.rpartition("/")[0]
        yield path


def _is_new(output: Path, path: str, new: str | None) -> bool:
    """Whether the disk takes `path` for the path `new`, which is spelt differently."""
    with suppress(OSError):
        return new is not None and (output / new).samefile(output / path)
    return False
