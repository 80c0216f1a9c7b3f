"""What fails while a site is put in place, and what is killed then."""

import errno
import json
import os
from contextlib import suppress

import pytest

from sitegen.store import journal, manifest

from .conftest import NEW, OLD, Killed, Steps, publish, tree


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
        journal.recover(folder)
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
                journal.recover(folder)
        journal.recover(folder)
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
    journal.recover(folder)
    assert list(folder.iterdir()) == []


def test_recovery_without_a_journal_does_nothing(folder):
    folder.mkdir(parents=True)
    journal.recover(folder)
    assert list(folder.iterdir()) == []


def test_what_a_run_had_staged_when_it_was_killed_is_cleared(folder):
    (folder / "stage" / "deep").mkdir(parents=True)
    (folder / "stage" / "deep" / "x").write_bytes(b"new")
    journal.recover(folder)
    assert list(folder.iterdir()) == []


# ---------------------------------------------------------------- steps that fail


def seen(target, *, inodes):
    """All that lies in the output, folders and the list too, with what tells files apart."""
    return {
        path.relative_to(target).as_posix(): path.is_file()
        and (path.read_bytes(), path.stat().st_mtime_ns, inodes and path.stat().st_ino)
        for path in target.rglob("*")
    }


def full():
    return OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


def refused(*_given, **_named):
    raise OSError(errno.EPERM, os.strerror(errno.EPERM))


def fails(folder, target, step, link=os.link):
    """Whether NEW is not put in place when a step fails; some that clean up may."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(os, "link", link)
        Steps(patch, step, full())
        try:
            publish(folder, target, NEW)
        except OSError:
            return True
    return False


@pytest.mark.parametrize("link", [os.link, refused], ids=["links", "no links"])
def test_a_step_that_fails_leaves_the_old_site_and_nothing_to_finish(tmp_path, link):
    failed = 0
    for step in range(_steps_of_a_commit(tmp_path)):
        folder, target = tmp_path / f"{step}" / ".sitegen", tmp_path / f"{step}" / "output"
        publish(folder, target, OLD)
        before = seen(target, inodes=link is os.link)
        if fails(folder, target, step, link):
            failed += 1
            after = seen(target, inodes=link is os.link)
            assert (after, list(folder.iterdir())) == (before, []), step
        publish(folder, target, NEW)
        assert (tree(target), list(folder.iterdir())) == (NEW, []), step
    assert failed > 10


def test_a_step_that_fails_in_a_first_commit_leaves_no_file(tmp_path):
    failed = 0
    for step in range(12):
        folder, target = tmp_path / f"{step}" / ".sitegen", tmp_path / f"{step}" / "output"
        if fails(folder, target, step):
            failed += 1
            left = list(folder.iterdir()) if folder.exists() else []
            assert (tree(target), left) == ({}, []), step
    assert failed > 5


def test_what_cannot_be_taken_back_is_finished_by_the_next_run(tmp_path):
    unfinished = 0
    for step in range(_steps_of_a_commit(tmp_path)):
        folder, target = tmp_path / f"{step}" / ".sitegen", tmp_path / f"{step}" / "output"
        publish(folder, target, OLD)
        with pytest.MonkeyPatch.context() as patch:
            Steps(patch, step, full(), times=2)
            with suppress(OSError):
                publish(folder, target, NEW, kept={"same.txt"})
        left = NEW if journal.is_unfinished(folder) else tree(target)
        unfinished += journal.is_unfinished(folder)
        journal.recover(folder)
        assert left in (OLD, NEW), step
        assert (tree(target), set(manifest.read(target))) == (left, set(left)), step
    assert unfinished > 3


def test_a_kill_while_steps_are_taken_back_is_finished_by_the_next_run(tmp_path):
    half = _steps_of_a_commit(tmp_path) // 2
    for step in range(half):
        folder, target = tmp_path / f"{step}" / ".sitegen", tmp_path / f"{step}" / "output"
        publish(folder, target, OLD)
        with pytest.MonkeyPatch.context() as patch:
            Steps(patch, half, full())
            Steps(patch, half + step)
            with suppress(OSError, Killed):
                publish(folder, target, NEW, kept={"same.txt"})
        left = NEW if journal.is_unfinished(folder) else tree(target)
        journal.recover(folder)
        assert left in (OLD, NEW), step
        assert tree(target) == left, step


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
    journal.recover(folder)
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
    journal.recover(folder)
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
    journal.recover(folder)
    assert ((other / "gone").read_bytes(), (other / "x").exists()) == (b"mine", False)
