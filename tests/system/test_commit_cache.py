"""What was remembered may be damaged, foreign or gone: the tree is right, and nothing is said."""

import json
import os
import shutil
from pathlib import Path

import pytest

from .conftest import QUIET, Site, seen, tree


@pytest.fixture(scope="module")
def ready(tmp_path_factory):
    """A built site whose title has changed since: every page is rendered anew, no post parsed."""
    site = Site(tmp_path_factory.mktemp("cache") / "site")
    for number in range(4):
        site.post(
            f"2025-02-0{number + 1}-p{number}.md", f"記事{number}", f"論評{number}。\n", tags="[札]"
        )
    site.write("pyproject.toml", f'[tool.sitegen]\ntitle = "古い題名"\n{QUIET}')
    assert site.build().code == 0
    site.write("pyproject.toml", f'[tool.sitegen]\ntitle = "新しい題名"\n{QUIET}')
    clean = Site(site.root.parent / "clean")
    shutil.copytree(site.root / "content", clean.root / "content")
    shutil.copy(site.root / "pyproject.toml", clean.root)
    assert clean.build().code == 0
    return site.root, clean.tree()


@pytest.fixture
def site(ready, tmp_path):
    """A copy of it that may be damaged."""
    shutil.copytree(ready[0], tmp_path / "site", symlinks=True, copy_function=shutil.copy2)
    return Site(tmp_path / "site")


def flipped(at):
    def damage(path):
        data = bytearray(path.read_bytes())
        data[int(at * (len(data) - 1))] ^= 0x55
        path.write_bytes(data)

    return damage


def cut(part):
    return lambda path: os.truncate(path, int(part * path.stat().st_size))


def becomes_folder(path):
    path.unlink()
    path.mkdir()


def becomes_full_folder(path):
    becomes_folder(path)
    (path / "file").write_text("x", encoding="utf-8")


def becomes_link(path):
    path.unlink()
    path.symlink_to(path.parent.parent / "precious.txt")


def becomes_dangling_link(path):
    path.unlink()
    path.symlink_to(path.parent.parent / "nowhere")


DAMAGES = {
    "one bit at the beginning": flipped(0),
    "one bit near the beginning": flipped(0.05),
    "one bit in the middle": flipped(0.5),
    "one bit at the end": flipped(1),
    "empty": cut(0),
    "half": cut(0.5),
    "nearly all": cut(0.99),
    "longer": lambda path: path.write_bytes(path.read_bytes() + b"more"),
    "other bytes": lambda path: path.write_bytes(b"\x93\x01\x02\x03" * 100),
    "all zeros": lambda path: path.write_bytes(bytes(path.stat().st_size)),
    "gone": lambda path: path.unlink(),
    "a folder": becomes_folder,
    "a full folder": becomes_full_folder,
    "a link": becomes_link,
    "a link to nothing": becomes_dangling_link,
}


@pytest.mark.parametrize("damage", DAMAGES)
@pytest.mark.parametrize("pattern", ["index", "bodies-*"])
def test_a_damaged_cache_is_thrown_away_without_a_word(ready, site, pattern, damage):
    precious = site.write("precious.txt", "precious")
    (victim,) = site.folder.glob(pattern)
    DAMAGES[damage](victim)
    done = site.build()
    assert done.code == 0, done
    assert "warning[" not in done.err
    assert site.tree() == ready[1]
    assert precious.read_bytes() == b"precious"
    assert site.litter() == []
    again = site.build()
    assert "rendered=0 removed=0" in again.out, again


@pytest.mark.parametrize("damage", ["a folder", "a full folder", "a link", "other bytes"])
@pytest.mark.parametrize("name", ["index.new", "journal.new", "stage"])
def test_what_lies_in_the_way_in_the_cache_folder_is_taken_away(ready, site, name, damage):
    precious = site.write("precious.txt", "precious")
    victim = site.folder / name
    victim.write_bytes(b"x")
    DAMAGES[damage](victim)
    done = site.build()
    assert done.code == 0, done
    assert site.tree() == ready[1]
    assert precious.read_bytes() == b"precious"


def test_bodies_of_another_pack_are_not_taken_for_ours(ready, site, tmp_path):
    other = Site(tmp_path / "other")
    for number in range(4):
        other.post(
            f"2025-02-0{number + 1}-p{number}.md", f"記事{number}", f"別論{number}。\n", tags="[札]"
        )
    other.write("pyproject.toml", "")
    assert other.build().code == 0
    (ours,), (theirs,) = site.folder.glob("bodies-*"), other.folder.glob("bodies-*")
    shutil.copy(theirs, ours)
    assert site.build().code == 0
    assert site.tree() == ready[1]


def test_a_cache_of_another_site_is_not_taken_for_ours(ready, site, tmp_path):
    other = Site(tmp_path / "other")
    for number in range(4):
        other.post(
            f"2025-02-0{number + 1}-p{number}.md",
            f"記事{number}",
            f"別の論評{number}。\n",
            tags="[別の札]",
        )
    other.write("pyproject.toml", "")
    assert other.build().code == 0
    shutil.rmtree(site.folder)
    shutil.copytree(other.folder, site.folder)
    assert site.build().code == 0
    assert site.tree() == ready[1]


def test_a_cache_of_another_version_is_not_taken_for_ours(ready, site):
    later = "import sitegen.session as s\ns.stamp = lambda: 'another'"
    assert site.build(prelude=later).code == 0
    assert site.tree() == ready[1]
    assert site.build().code == 0
    assert site.tree() == ready[1]


def test_the_cache_folder_as_a_link_is_not_followed(site, tmp_path):
    shutil.move(site.folder, tmp_path / "elsewhere")
    site.folder.symlink_to(tmp_path / "elsewhere")
    before = tree(tmp_path / "elsewhere")
    done = site.build()
    assert done.code in {2, 3}, done
    assert done.err.count("\n") == 1
    assert tree(tmp_path / "elsewhere") == before


def test_a_file_in_the_place_of_the_cache_folder_is_told_with_what_to_do(site):
    shutil.rmtree(site.folder)
    site.folder.write_bytes(b"precious")
    before = seen(site.output)
    done = site.build()
    assert done.code == 3, done
    assert f": {site.folder}。消すか、" in done.err
    assert done.err.count("\n") == 1
    assert (site.folder.read_bytes(), seen(site.output)) == (b"precious", before)


@pytest.mark.parametrize("command", ["check", "list"])
@pytest.mark.parametrize("lay", [Path.touch, lambda path: path.symlink_to("nowhere")])
def test_what_only_reads_a_site_does_without_the_cache_folder(site, command, lay):
    shutil.rmtree(site.folder)
    lay(site.folder)
    done = site.run(command)
    assert done.code == 0, done
    assert "✗" not in done.err


JOURNALS = {
    "torn": lambda _site: b'{"output": "',
    "empty": lambda _site: b"",
    "no journal": lambda _site: b"[1, 2]",
    "wrong kinds": lambda _site: json.dumps(
        {"output": 3, "stage": [], "moves": 7, "removals": None}
    ).encode(),
    "not UTF-8": lambda _site: b"\xff\xfe\x00",
    "nested": lambda _site: b"[" * 100_000,
    "of another folder": lambda site: _journal(site, site.root.parent / "victim", ["precious.txt"]),
    "of the content": lambda site: _journal(
        site, site.root / "content", ["posts/2025-02-01-p0.md"]
    ),
    "of a path above": lambda site: _journal(site, site.output, ["../../victim/precious.txt"]),
    "of an absolute path": lambda site: _journal(
        site, site.output, [str(site.root.parent / "victim/precious.txt")]
    ),
}


def _journal(site, output, removals):
    """A journal as both forms that there have been would read it."""
    stage = str(site.folder / "stage")
    text = (
        "sitegen 1: files below this folder that sitegen may replace and remove "
        "(sha256 size path)\n"
    )
    moves = {"moves": [], "removals": removals, "manifest": text, "during": text, "after": text}
    return json.dumps({"output": str(output), "stage": stage, **moves}).encode()


@pytest.mark.parametrize("form", JOURNALS)
def test_a_journal_that_is_no_journal_of_ours_is_dropped(ready, site, form):
    victim = site.root.parent / "victim"
    victim.mkdir()
    (victim / "precious.txt").write_text("precious", encoding="utf-8")
    (site.folder / "journal").write_bytes(JOURNALS[form](site))
    content = tree(site.root / "content")
    done = site.build()
    assert done.code == 0, done
    assert site.tree() == ready[1]
    assert tree(victim) == {"precious.txt": b"precious"}
    assert tree(site.root / "content") == content
    assert site.litter() == []
