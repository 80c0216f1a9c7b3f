"""A small site of files, put in place step by step."""

import os

import pytest

from sitegen.store import manifest, output

OLD = {
    "index.html": b"old",
    "gone/index.html": b"gone",
    "docs": b"a file that becomes a folder",
    "notes/a.html": b"a folder that becomes a file",
    "same.txt": b"same",
}
NEW = {
    "index.html": b"new",
    "docs/x.html": b"x",
    "notes": b"now a file",
    "img/a.png": b"png",
    "same.txt": b"same",
}


class Killed(BaseException):
    """Stands for kill -9."""


class Steps:
    """Counts the calls that change the disk, and ends the process before one of them.

    With an `error` that is raised instead, at `times` calls in a row.
    """

    def __init__(self, monkeypatch, last=None, error=Killed, times=1):
        self.count, self.last, self.names = 0, last, []
        self.error, self.left = error, times
        for name in ("link", "replace", "unlink", "rmdir", "mkdir", "makedirs"):
            monkeypatch.setattr(os, name, self._counted(name, getattr(os, name)))

    def _counted(self, name, real):
        def call(*given, **named):
            if self.count == self.last and self.left:
                self.left -= 1
                raise self.error
            self.count += 1
            self.names.append(name)
            return real(*given, **named)

        return call


def publish(folder, target, files, kept=()):
    """Puts `files` in place and gives the number of removed ones."""
    before = manifest.read(target)
    state = manifest.state(target, before, {})
    with output.Stage(folder, target) as stage:
        for path, data in files.items():
            sha256 = manifest.sha256(data)
            if path in kept:
                changed = state.intact[path]
                stage.keep(path, manifest.Laid("key", sha256, len(data), changed))
            else:
                stage.put(path, "key", data, sha256)
        return stage.commit(before)


def tree(target):
    """What lies in the output, but for the list of what is ours."""
    found = sorted(path for path in target.rglob("*") if path.is_file())
    named = ((path.relative_to(target).as_posix(), path.read_bytes()) for path in found)
    return {name: data for name, data in named if name != manifest.NAME}


@pytest.fixture
def folder(tmp_path):
    return tmp_path / "site" / ".sitegen"


@pytest.fixture
def target(tmp_path):
    return tmp_path / "site" / "output"
