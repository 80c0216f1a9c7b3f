"""The list of what is ours."""

import os

import pytest

from sitegen import urls
from sitegen.store import manifest
from sitegen.store.manifest import Entry, Laid

ONE, TWO = Entry(manifest.sha256(b"one"), 3), Entry(manifest.sha256(b"two!"), 4)


def lay(folder, files):
    for path, data in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(data)


def laid(folder, path, entry):
    return Laid("key", entry.sha256, entry.size, (folder / path).stat().st_mtime_ns)


def test_what_is_written_is_read_again(tmp_path):
    entries = {"a/index.html": ONE, "引用 ノート/a b.txt": TWO}
    (tmp_path / manifest.NAME).write_bytes(manifest.text(entries))
    assert manifest.read(tmp_path) == entries


def test_the_list_is_sorted_by_path():
    assert manifest.text({"b": ONE, "a": TWO}) == manifest.text({"a": TWO, "b": ONE})


def test_the_list_says_whose_it_is_and_names_sum_size_and_path():
    assert manifest.text({"a": ONE}).decode().split("\n")[1:] == [f"{ONE.sha256} 3 a", ""]
    assert manifest.text({}).startswith(b"sitegen 1: ")


def test_without_a_list_nothing_is_ours(tmp_path):
    lay(tmp_path, {"index.html": b"one"})
    assert manifest.read(tmp_path) == {}


@pytest.mark.parametrize(
    "damage",
    [
        lambda data: data[:-1],
        lambda data: data[1:],
        lambda _: b"",
        lambda data: data.replace(b" 3 ", b" three "),
        lambda data: data + b"x\n",
        lambda data: data + b"\xff\n",
    ],
)
def test_of_a_damaged_list_nothing_is_ours(tmp_path, damage):
    (tmp_path / manifest.NAME).write_bytes(damage(manifest.text({"a": ONE})))
    assert manifest.read(tmp_path) == {}


@pytest.mark.parametrize(
    "path",
    ["../a", "/etc/passwd", "a/../b", "a//b", "./a", ".", "a/", manifest.NAME, "a/..", "a\0b"],
)
def test_a_path_that_leaves_the_folder_is_not_ours(tmp_path, path):
    (tmp_path / manifest.NAME).write_bytes(manifest.text({path: ONE, "b": TWO}))
    assert manifest.read(tmp_path) == {"b": TWO}


@pytest.mark.parametrize("name", [manifest.NAME, manifest.STAGE])
def test_no_page_may_lie_where_lists_and_what_is_staged_are(name):
    assert urls.is_own(f"/{name}")
    assert urls.is_own(f"{name}/a/index.html")


# ---------------------------------------------------------------- the state


def test_a_file_as_it_was_written_is_intact(tmp_path):
    lay(tmp_path, {"a": b"one"})
    seen = (tmp_path / "a").stat().st_mtime_ns
    known = {"a": laid(tmp_path, "a", ONE)}
    assert manifest.state(tmp_path, {"a": ONE}, known) == manifest.State({"a": seen}, (), known)


def test_without_a_memory_the_bytes_decide(tmp_path):
    lay(tmp_path, {"a": b"one", "b": b"twos"})
    found = manifest.state(tmp_path, {"a": ONE, "b": TWO}, {})
    assert (list(found.intact), found.changed) == (["a"], ("b",))


def test_a_changed_file_is_told_whatever_is_remembered(tmp_path):
    lay(tmp_path, {"a": b"one"})
    known = {"a": laid(tmp_path, "a", ONE)}
    lay(tmp_path, {"a": b"two"})
    os.utime(tmp_path / "a", ns=(0, known["a"].mtime_ns + 1))
    assert manifest.state(tmp_path, {"a": ONE}, known).changed == ("a",)


def test_a_file_that_was_only_touched_is_intact_at_its_new_time(tmp_path):
    lay(tmp_path, {"a": b"one"})
    known = {"a": laid(tmp_path, "a", ONE)}
    os.utime(tmp_path / "a", ns=(0, 12345))
    found = manifest.state(tmp_path, {"a": ONE}, known)
    assert (found.intact, found.laid["a"].mtime_ns) == ({"a": 12345}, 12345)


def test_a_missing_file_is_neither_intact_nor_changed(tmp_path):
    assert manifest.state(tmp_path, {"a": ONE}, {}) == manifest.State({}, (), {})


def test_a_link_in_place_of_a_file_is_changed(tmp_path):
    lay(tmp_path, {"bcd": b"one"})
    (tmp_path / "a").symlink_to("bcd")  # a link has the size of what it says
    assert manifest.state(tmp_path, {"a": ONE}, {}).changed == ("a",)


def test_what_is_remembered_of_other_bytes_is_not_believed(tmp_path):
    lay(tmp_path, {"a": b"one"})
    known = {"a": Laid("key", TWO.sha256, 3, (tmp_path / "a").stat().st_mtime_ns)}
    found = manifest.state(tmp_path, {"a": ONE}, known)
    assert (list(found.intact), found.laid) == (["a"], {})


# ---------------------------------------------------------------- what is not ours


def test_free_paths_and_our_own_are_not_foreign(tmp_path):
    lay(tmp_path, {"a/index.html": b"one"})
    entries = {"a/index.html": ONE}
    assert manifest.foreign(tmp_path, ["a/index.html", "a/new.png", "b/c/d"], entries) == ""


def test_a_file_of_others_is_foreign(tmp_path):
    lay(tmp_path, {"a/mine.html": b"x"})
    assert manifest.foreign(tmp_path, ["a/mine.html"], {}) == "a/mine.html"


def test_a_link_of_others_is_foreign(tmp_path):
    (tmp_path / "a").symlink_to("nowhere")
    assert manifest.foreign(tmp_path, ["a"], {}) == "a"


def test_a_folder_that_is_a_link_is_foreign(tmp_path):
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "a").symlink_to("elsewhere")
    assert manifest.foreign(tmp_path, ["a/b/index.html"], {}) == "a"


def test_a_file_of_others_where_a_folder_is_needed_is_foreign(tmp_path):
    lay(tmp_path, {"a": b"x"})
    assert manifest.foreign(tmp_path, ["a/index.html"], {}) == "a"


def test_our_own_file_may_become_a_folder(tmp_path):
    lay(tmp_path, {"a": b"one"})
    assert manifest.foreign(tmp_path, ["a/index.html"], {"a": ONE}) == ""


def test_our_own_folder_may_become_a_file(tmp_path):
    lay(tmp_path, {"a/b": b"one"})
    assert manifest.foreign(tmp_path, ["a"], {"a/b": ONE}) == ""


def test_a_folder_with_files_of_others_may_not_become_a_file(tmp_path):
    lay(tmp_path, {"a/b": b"one", "a/mine": b"x"})
    assert manifest.foreign(tmp_path, ["a"], {"a/b": ONE}) == "a"
