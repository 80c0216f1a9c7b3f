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
