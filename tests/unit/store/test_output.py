"""Staging, journal, commit, recovery and the lock."""

import json
import os
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

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
    """Counts the calls that change the disk, and ends the process before one of them."""

    def __init__(self, monkeypatch, last=None):
        self.count, self.last, self.names = 0, last, []
        for name in ("replace", "unlink", "rmdir", "makedirs"):
            monkeypatch.setattr(os, name, self._counted(name, getattr(os, name)))

    def _counted(self, name, real):
        def call(*given, **named):
            if self.count == self.last:
                raise Killed
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


def test_a_first_commit_writes_every_file_and_the_list_of_them(folder, target):
    publish(folder, target, NEW)
    assert tree(target) == NEW
    assert set(manifest.read(target)) == set(NEW)


def test_nothing_is_in_place_before_the_commit(folder, target):
    with output.Stage(folder, target) as stage:
        stage.put("index.html", "key", b"new", manifest.sha256(b"new"))
        assert not target.exists()


def test_a_build_that_fails_leaves_no_staged_file(folder, target):
    def fails():
        with output.Stage(folder, target) as stage:
            stage.put("index.html", "key", b"new", manifest.sha256(b"new"))
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fails()
    assert list(folder.iterdir()) == []


def test_a_commit_replaces_adds_and_removes(folder, target):
    publish(folder, target, OLD)
    removed = publish(folder, target, NEW)
    assert (removed, tree(target)) == (3, NEW)


def test_a_commit_leaves_no_empty_folder(folder, target):
    publish(folder, target, {"a/b/c/index.html": b"x", "index.html": b"y"})
    publish(folder, target, {"index.html": b"y"})
    assert sorted(path.name for path in target.iterdir()) == [manifest.NAME, "index.html"]


def test_files_of_others_stay(folder, target):
    publish(folder, target, OLD)
    (target / "CNAME").write_text("example.org")
    (target / "gone" / "mine.txt").write_text("mine")
    publish(folder, target, NEW)
    assert tree(target) == NEW | {"CNAME": b"example.org", "gone/mine.txt": b"mine"}


def test_a_kept_file_is_not_written_again(folder, target):
    publish(folder, target, OLD)
    seen = (target / "same.txt").stat()
    publish(folder, target, NEW, kept={"same.txt"})
    again = (target / "same.txt").stat()
    assert (seen.st_ino, seen.st_mtime_ns) == (again.st_ino, again.st_mtime_ns)


def test_a_commit_of_the_same_site_puts_nothing_in_place(folder, target, monkeypatch):
    publish(folder, target, NEW)
    steps = Steps(monkeypatch)
    publish(folder, target, NEW, kept=set(NEW))
    assert "replace" not in steps.names


def test_new_paths_come_before_replaced_ones_and_assets_before_pages():
    before = {"index.html": manifest.Entry("", 0), "style.css": manifest.Entry("", 0)}
    staged = ["index.html", "style.css", "a/index.html", "a/1.png"]
    ordered = output._ordered(staged, before)  # noqa: SLF001
    assert ordered == ["a/1.png", "a/index.html", "style.css", "index.html"]


def _steps_of_a_commit(tmp_path):
    folder, target = tmp_path / "whole" / ".sitegen", tmp_path / "whole" / "output"
    publish(folder, target, OLD)
    with pytest.MonkeyPatch.context() as patch:
        steps = Steps(patch)
        publish(folder, target, NEW, kept={"same.txt"})
    return steps.count


def test_a_kill_at_any_step_leaves_the_old_site_or_one_that_the_next_run_finishes(tmp_path):
    count = _steps_of_a_commit(tmp_path)
    assert count > 10
    for step in range(count):
        folder, target = tmp_path / f"{step}" / ".sitegen", tmp_path / f"{step}" / "output"
        publish(folder, target, OLD)
        with pytest.MonkeyPatch.context() as patch:
            Steps(patch, step)
            with pytest.raises(Killed):
                publish(folder, target, NEW, kept={"same.txt"})
        left = NEW if (folder / "journal").exists() else tree(target)
        output.recover(folder)
        assert left in (OLD, NEW), step
        assert (tree(target), set(manifest.read(target))) == (left, set(left)), step
        publish(folder, target, NEW)
        assert (tree(target), list(folder.iterdir())) == (NEW, []), step


def test_a_kill_during_the_recovery_is_recovered_too(tmp_path):
    half = _steps_of_a_commit(tmp_path) // 2
    step = 0
    while True:
        folder, target = tmp_path / f"{step}" / ".sitegen", tmp_path / f"{step}" / "output"
        publish(folder, target, OLD)
        with pytest.MonkeyPatch.context() as patch:
            Steps(patch, half)
            with pytest.raises(Killed):
                publish(folder, target, NEW, kept={"same.txt"})
        with pytest.MonkeyPatch.context() as patch:
            steps = Steps(patch, step)
            with suppress(Killed):
                output.recover(folder)
        output.recover(folder)
        assert tree(target) == NEW, step
        if steps.count < step:
            break
        step += 1
    assert step > 3


def test_every_file_of_ours_is_on_the_list_at_every_step(tmp_path):
    for step in range(_steps_of_a_commit(tmp_path)):
        folder, target = tmp_path / f"{step}" / ".sitegen", tmp_path / f"{step}" / "output"
        publish(folder, target, OLD)
        with pytest.MonkeyPatch.context() as patch:
            Steps(patch, step)
            with pytest.raises(Killed):
                publish(folder, target, NEW, kept={"same.txt"})
        assert set(tree(target)) <= set(manifest.read(target)), step


def test_every_file_is_whole_at_every_step(tmp_path):
    for step in range(_steps_of_a_commit(tmp_path)):
        folder, target = tmp_path / f"{step}" / ".sitegen", tmp_path / f"{step}" / "output"
        publish(folder, target, OLD)
        with pytest.MonkeyPatch.context() as patch:
            Steps(patch, step)
            with pytest.raises(Killed):
                publish(folder, target, NEW, kept={"same.txt"})
        for path, data in tree(target).items():
            assert data in (OLD.get(path), NEW.get(path)), (step, path)


@pytest.mark.parametrize("torn", [b"", b"{", b'{"output": "x"}', b"[]", b"null", b"\xff"])
def test_a_torn_journal_is_dropped(folder, torn):
    folder.mkdir(parents=True)
    (folder / "journal").write_bytes(torn)
    output.recover(folder)
    assert list(folder.iterdir()) == []


def test_recovery_without_a_journal_does_nothing(folder):
    folder.mkdir(parents=True)
    output.recover(folder)
    assert list(folder.iterdir()) == []


def test_nothing_is_removed_through_a_link(folder, target, tmp_path):
    publish(folder, target, {"old/a.html": b"a", "index.html": b"y"})
    elsewhere = tmp_path / "elsewhere"
    (target / "old").rename(elsewhere)
    (target / "old").symlink_to(elsewhere)
    publish(folder, target, {"index.html": b"y"})
    assert (elsewhere / "a.html").read_bytes() == b"a"


def test_the_same_site_gives_the_same_list_in_any_order(folder, target, tmp_path):
    publish(folder, target, NEW)
    other = tmp_path / "other"
    publish(tmp_path / ".sitegen", other, dict(reversed(NEW.items())))
    assert (target / manifest.NAME).read_bytes() == (other / manifest.NAME).read_bytes()


def test_a_new_folder_is_put_in_place_as_one(folder, target, monkeypatch):
    publish(folder, target, {"index.html": b"x", "b/index.html": b"x"})
    steps = Steps(monkeypatch)
    files = {f"a/{number}.html": b"x" for number in range(9)}
    publish(folder, target, {"index.html": b"x", "b/index.html": b"x", **files})
    moved = steps.names.count("replace")
    assert moved < 9
    assert set(tree(target)) == {"index.html", "b/index.html", *files}


# ---------------------------------------------------------------- journals of others


def planted(folder, **changed):
    """A journal that came with somebody's commit, and a file to go with it."""
    stage = folder / "stage"
    stage.mkdir(parents=True)
    (stage / "x").write_bytes(b"evil")
    journal = {
        "output": str(folder.parent / "output"),
        "stage": str(stage),
        "moves": ["x"],
        "removals": ["gone"],
        "during": "",
        "after": "",
    }
    (folder / "journal").write_text(json.dumps(journal | changed))


def test_a_journal_for_the_output_is_carried_out(folder, target):
    planted(folder)
    output.recover(folder)
    assert tree(target) == {"x": b"evil"}


@pytest.mark.parametrize(
    "changed",
    [
        {"moves": ["../x"]},
        {"moves": ["/x"]},
        {"moves": ["a/../../x"]},
        {"removals": ["../mine"]},
        {"removals": [".."]},
        {"stage": "elsewhere"},
        {"output": ""},
    ],
)
def test_a_journal_that_leads_elsewhere_is_dropped(folder, target, changed):
    mine = folder.parent / "mine"
    planted(folder, **changed)
    mine.write_bytes(b"mine")
    output.recover(folder)
    assert (mine.read_bytes(), target.exists(), (folder / "journal").exists()) == (
        b"mine",
        False,
        False,
    )


@pytest.mark.parametrize("place", ["..", ".", "content", ".git", "../elsewhere"])
def test_a_journal_for_a_folder_that_is_not_ours_is_dropped(folder, place):
    other = folder.parent / place
    planted(folder, output=str(other))
    other.mkdir(parents=True, exist_ok=True)
    (other / "gone").write_bytes(b"mine")
    output.recover(folder)
    assert ((other / "gone").read_bytes(), (other / "x").exists()) == (b"mine", False)


def test_the_lock_is_free_for_the_first(folder):
    with output.lock(folder, 0) as alone:
        assert alone


_SECOND = """
import sys
from pathlib import Path
from sitegen.store import output
with output.lock(Path(sys.argv[1]), 0) as alone:
    print(alone)
"""


def _second(folder):
    told = subprocess.run(  # noqa: S603 -- our own Python
        [sys.executable, "-c", _SECOND, str(folder)], capture_output=True, text=True, check=True
    )
    return json.loads(told.stdout.lower())


def test_the_lock_is_taken_for_another_process_and_free_again_afterwards(folder):
    with output.lock(folder, 0):
        inside = _second(folder)
    assert (inside, _second(folder)) == (False, True)


def test_staging_lies_beside_the_output_where_the_file_system_is_the_same(folder, target):
    assert output.Stage(folder, target).stage == Path(folder) / "stage"
