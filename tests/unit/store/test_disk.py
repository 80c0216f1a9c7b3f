"""Clearing takes away what lies at a path, and never what a link there leads to."""

import pytest

from sitegen.store import disk


@pytest.mark.parametrize("made", ["nothing", "file", "folder"])
def test_nothing_is_left_at_the_path(tmp_path, made):
    path = tmp_path / "there"
    if made == "file":
        path.write_text("x", encoding="utf-8")
    elif made == "folder":
        (path / "deep").mkdir(parents=True)
        (path / "deep" / "file").write_text("x", encoding="utf-8")

    assert disk.cleared(path) == path
    assert list(tmp_path.iterdir()) == []


def test_what_a_link_leads_to_is_left_alone(tmp_path):
    folder, link = tmp_path / "folder", tmp_path / "link"
    folder.mkdir()
    (folder / "file").write_text("x", encoding="utf-8")
    link.symlink_to(folder)

    disk.cleared(link)

    assert not link.is_symlink()
    assert (folder / "file").read_text(encoding="utf-8") == "x"


def test_what_lies_below_a_folder_is_there(tmp_path):
    (tmp_path / "a" / "b").mkdir(parents=True)
    (tmp_path / "a" / "link").symlink_to("nowhere")
    is_there = disk.presence(tmp_path)

    assert [path for path in ("", "a", "a/b", "a/link", "a/c", "d/e") if is_there(path)] == [
        "",
        "a",
        "a/b",
        "a/link",
    ]


def test_nothing_is_looked_for_below_what_is_not_there(tmp_path):
    is_there = disk.presence(tmp_path)
    is_there("a/b")
    (tmp_path / "a" / "c").mkdir(parents=True)

    assert not is_there("a/c")
