"""Which folders a site is never written to."""

from pathlib import Path

import pytest

from sitegen.store import manifest, refuse


@pytest.fixture
def root(tmp_path):
    made = tmp_path / "home" / "blog"
    (made / "content" / "posts").mkdir(parents=True)
    return made


def reason(root, output):
    found = refuse.refused(root, output)
    return found.variant if found else None


@pytest.mark.parametrize(
    ("output", "word"),
    [
        ("output", None),
        ("public/site", None),
        ("../elsewhere", None),
        ("contents", None),
        (".", "project"),
        ("..", "project"),
        ("content/..", "project"),
        ("../..", "project"),
        ("content", "inside"),
        ("content/posts/out", "inside"),
        ("layouts", "inside"),
        (".sitegen/out", "inside"),
        (".git/x", "inside"),
    ],
)
def test_the_site_is_never_written_over_its_own_sources(root, output, word):
    assert reason(root, root / output) == word


@pytest.mark.parametrize("output", ["", ".", ".."])
def test_an_output_that_says_nothing_is_refused(root, output):
    assert reason(root, Path(output)) == "project"


def test_the_root_of_the_disk_is_refused(root):
    assert reason(root, Path("/")) == "root"


def test_the_home_folder_and_those_above_it_are_refused(tmp_path, monkeypatch):
    monkeypatch.setenv("HOME", str(tmp_path / "a" / "home"))
    (tmp_path / "a" / "home").mkdir(parents=True)
    site = tmp_path / "site"
    found = [reason(site, tmp_path / part) for part in ("a/home", "a", "a/home/out")]
    assert found == ["home", "home", None]


def test_a_link_is_refused(root, tmp_path):
    (tmp_path / "elsewhere").mkdir()
    (root / "output").symlink_to(tmp_path / "elsewhere")
    assert reason(root, root / "output") == "link"


def test_a_link_on_the_way_is_followed_before_paths_are_compared(root, tmp_path):
    (tmp_path / "short").symlink_to(root)
    assert reason(root, tmp_path / "short" / "content" / "out") == "inside"


def test_a_file_is_refused(root):
    (root / "output").write_text("x")
    assert reason(root, root / "output") == "file"


def test_a_repository_is_refused_even_with_our_list(root):
    (root / "output" / ".git").mkdir(parents=True)
    (root / "output" / manifest.NAME).write_bytes(manifest.text({}))
    assert reason(root, root / "output") == "repository"


def test_an_empty_folder_is_taken(root):
    (root / "output").mkdir()
    assert reason(root, root / "output") is None


def test_a_folder_with_files_and_without_our_list_is_refused(root):
    (root / "output").mkdir()
    (root / "output" / "thesis.txt").write_text("x")
    assert reason(root, root / "output") == "foreign"


def test_a_folder_with_our_list_is_taken(root):
    (root / "output").mkdir()
    (root / "output" / "CNAME").write_text("x")
    (root / "output" / manifest.NAME).write_bytes(manifest.text({}))
    assert reason(root, root / "output") is None


def test_nothing_is_touched(root):
    reason(root, root / "output")
    assert not (root / "output").exists()


def test_the_fault_names_the_folder(root):
    found = refuse.refused(root, root / "content")
    assert (found.code, found.arguments["path"]) == ("output-refused", str(root / "content"))
