"""Layouts as they lie on the disk."""

import re

import pytest

from sitegen import layout_files
from sitegen.model import Asset
from sitegen.store import scan
from sitegen.store.cache import Memory


@pytest.fixture
def folder(tmp_path):
    """A site's folder with files in it."""

    def make(files):
        for name, data in files.items():
            path = tmp_path / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data if isinstance(data, bytes) else data.encode())
        return tmp_path, scan.scan(tmp_path, ("content", "layouts")).files

    return make


def test_a_site_without_layouts_has_the_built_in_ones(folder):
    found, faults = layout_files.read(*folder({}))
    assert faults == []
    assert {"post.html", "listing.html", "atom.xml", "strings/ja.toml"} <= set(found.files)
    assert found.own == ()
    assert not any(name.startswith("static/") for name in found.files)


def test_a_sites_own_layouts_are_read_and_its_static_files_are_not(folder):
    found, _ = layout_files.read(
        *folder({"layouts/a/b.html": "港", "layouts/static/c.css": "", "content/posts/d.md": ""})
    )
    assert (found.own, found.files["a/b.html"]) == (("a/b.html",), "港")


def test_a_layout_that_cannot_be_read_is_told_and_the_others_stay(folder):
    found, faults = layout_files.read(
        *folder(
            {"layouts/a.html": b"\xff", "layouts/b.html": "港", "layouts/c.html": "x" * 1_048_577}
        )
    )
    assert sorted((one.code, one.location.path) for one in faults) == [
        ("file-too-long", "layouts/c.html"), ("not-utf8", "layouts/a.html"),
    ]  # fmt: skip
    assert found.own == ("b.html",)


def test_the_name_of_a_style_or_script_changes_with_its_bytes_alone(folder):
    def names(text):
        root, files = folder({"layouts/static/a/b.css": text, "layouts/static/c.png": text})
        static = layout_files.static(root, files, search=True)
        return {path: one.path for path, one in layout_files.lasting(static, static).items()}

    first, second, again = names("甲"), names("乙"), names("甲")
    assert first == again
    assert re.fullmatch(r"a/b\.[0-9a-f]{8}\.css", first["a/b.css"])
    assert {path for path in first if first[path] != second[path]} == {"a/b.css"}
    assert "c.png" not in first
    assert "style.css" in first


def test_the_sites_file_gives_its_bytes_to_the_name(folder):
    root, _ = folder({"content/static/style.css": "甲"})
    own = Asset("style.css", str(root / "content/static/style.css"), "content/static/style.css")
    static = layout_files.static(root, (), search=True)
    others = [one for one in static if one.path != "style.css"]
    lasting = layout_files.lasting(static, [own, *others])
    assert lasting["style.css"].origin == own.origin


def test_static_files_of_the_site_hide_the_built_in_ones(folder):
    root, files = folder({"layouts/static/港.css": "", "layouts/static/b/c.js": ""})
    ours = next(one.path for one in layout_files.static(root, (), search=True))
    found = {one.path: one for one in layout_files.static(root, files, search=True)}
    assert found["港.css"].origin == str(root / "layouts/static/港.css")
    assert found["b/c.js"].file == "layouts/static/b/c.js"
    assert found[ours].file == ""
    root, files = folder({f"layouts/static/{ours}": "x"})
    again = {one.path: one for one in layout_files.static(root, files, search=True)}
    assert again[ours].file == f"layouts/static/{ours}"
    assert list(again) == sorted(again)


def test_that_nothing_is_wrong_is_remembered_of_these_texts_only(folder):
    memory = Memory("stamp")
    good, _ = layout_files.read(*folder({}))
    assert layout_files.checked(good, memory) == ()
    before = memory.layouts
    bad, _ = layout_files.read(*folder({"layouts/a.html": "{{"}))
    for _ in range(2):
        assert [one.code for one in layout_files.checked(bad, memory)] == ["layout-syntax"]
    assert memory.layouts == before


def test_what_is_remembered_is_not_checked_again(folder):
    memory = Memory("stamp")
    good, _ = layout_files.read(*folder({}))
    layout_files.checked(good, memory)
    kept = memory.layouts
    layout_files.checked(good, memory)
    assert memory.layouts is kept


def test_what_is_told_of_layouts_without_an_error_is_remembered_with_them(folder):
    memory = Memory("stamp")
    found, _ = layout_files.read(*folder({"layouts/strings/ja.toml": 'hoem = "x"'}))
    told = layout_files.checked(found, memory)
    assert [one.code for one in told] == ["unknown-string"]
    assert "post.html" in memory.layouts.closures
    kept = memory.layouts
    assert (layout_files.checked(found, memory), memory.layouts) == (told, kept)
    assert memory.layouts is kept
