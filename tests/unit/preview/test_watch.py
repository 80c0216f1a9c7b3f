"""Notices become hints once it is quiet."""

import asyncio

import pytest
from watchdog.events import (
    DirModifiedEvent,
    FileClosedEvent,
    FileClosedNoWriteEvent,
    FileModifiedEvent,
    FileMovedEvent,
    FileOpenedEvent,
)

from sitegen.preview.watch import LOOK, LOOK_OFTEN, Sight, Watcher, pause


def _heard(root, events):
    async def listen():
        watcher = Watcher(root, asyncio.get_running_loop())
        for event in events:
            watcher.heard(event)
        return await watcher.hints(0.05)

    return asyncio.run(listen())


def test_a_save_is_one_set_of_hints(tmp_path):
    path = f"{tmp_path}/content/posts/a.md"
    assert _heard(
        tmp_path, [FileModifiedEvent(path), FileModifiedEvent(path), FileClosedEvent(path)]
    ) == {"content/posts/a.md"}


def test_both_ends_of_a_move_count(tmp_path):
    event = FileMovedEvent(f"{tmp_path}/content/x.tmp", f"{tmp_path}/content/posts/a.md")
    assert _heard(tmp_path, [event]) == {"content/x.tmp", "content/posts/a.md"}


@pytest.mark.parametrize(
    "event",
    [
        lambda root: FileOpenedEvent(f"{root}/content/a.md"),
        lambda root: FileClosedNoWriteEvent(f"{root}/content/a.md"),
        lambda root: DirModifiedEvent(f"{root}/content"),
        lambda root: FileModifiedEvent(f"{root}/output/index.html"),
        lambda root: FileModifiedEvent(f"{root}/notes.txt"),
    ],
)
def test_reading_and_the_output_are_no_changes(tmp_path, event):
    assert _heard(tmp_path, [event(tmp_path)]) is None


def test_a_folder_that_is_made_again_is_watched_again(tmp_path):
    async def watched():
        (tmp_path / "content").mkdir()
        watcher = Watcher(tmp_path, asyncio.get_running_loop())
        watcher.watch()
        (tmp_path / "content").rename(tmp_path / "away")
        (tmp_path / "content").mkdir()
        sight = watcher.watch()
        (tmp_path / "content" / "a.md").write_text("a")
        hints = await watcher.hints(20)
        watcher.close()
        return sight.notices, "content/a.md" in hints

    assert asyncio.run(watched()) == (True, True)


@pytest.mark.parametrize(
    ("notices", "seconds", "rebuilt", "paused"),
    [
        (True, 0.01, False, LOOK),
        (False, 0.01, False, LOOK_OFTEN),
        (True, 0.5, False, 15.0),
        (True, 0.5, True, LOOK),
        (False, 3.0, True, LOOK_OFTEN),
    ],
)
def test_a_long_look_is_taken_less_often_and_a_rebuild_is_no_look(
    notices, seconds, rebuilt, paused
):
    assert pause(Sight(notices), seconds, rebuilt=rebuilt) == paused
