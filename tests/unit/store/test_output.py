"""Staging, journal, commit, recovery and the lock."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from sitegen.store import manifest, output

from .conftest import NEW, OLD, Steps, publish, tree


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
