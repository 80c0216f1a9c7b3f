"""What earlier builds learned: kept, found again, and thrown away when it is not to be trusted."""

import pytest

from sitegen.store import cache
from sitegen.store.cache import Extent, Kept, Memory
from sitegen.store.manifest import Laid


def kept(body):
    return Kept(1, 2, 3, 4, "key", b"parsed", body)


def remember(folder, stamp="s", bodies=(b"body",)):
    """A cache with a file for each of `bodies`, saved."""
    with cache.opened(folder, stamp) as (memory, pack):
        for number, body in enumerate(bodies):
            memory.files[f"{number}.md"] = kept(pack.append(body))
        memory.laid["index.html"] = Laid("key", "sha", 4, 5)
        cache.save(folder, memory, pack)
    return memory


def test_what_was_saved_is_found_again(tmp_path):
    saved = remember(tmp_path)
    with cache.opened(tmp_path, "s") as (memory, _):
        assert memory == saved


def test_a_body_is_read_back_from_the_pack(tmp_path):
    remember(tmp_path, bodies=(b"one", "二".encode(), b""))
    with cache.opened(tmp_path, "s") as (memory, pack):
        read = [cache.PackReader(pack.path).read(file.body) for file in memory.files.values()]
    assert read == [b"one", "二".encode(), b""]


def test_what_is_appended_later_lies_behind_what_was_saved(tmp_path):
    remember(tmp_path, bodies=(b"one",))
    with cache.opened(tmp_path, "s") as (memory, pack):
        extent = pack.append(b"two")
        pack.flush()
        read = [
            cache.PackReader(pack.path).read(one) for one in (memory.files["0.md"].body, extent)
        ]
    assert (extent, read) == (Extent(3, 3), [b"one", b"two"])


def test_what_was_appended_but_not_saved_is_overwritten(tmp_path):
    remember(tmp_path, bodies=(b"one",))
    with cache.opened(tmp_path, "s") as (_, pack):
        pack.append(b"lost")
    with cache.opened(tmp_path, "s") as (_, pack):
        assert pack.path.stat().st_size == 3
        assert pack.append(b"two") == Extent(3, 3)


def test_another_stamp_begins_anew(tmp_path):
    remember(tmp_path)
    with cache.opened(tmp_path, "other") as (memory, pack):
        assert (memory.stamp, memory.files, memory.laid, pack.size) == ("other", {}, {}, 0)


@pytest.mark.parametrize(
    "damage",
    [
        lambda _: b"",
        lambda data: data[:-1],
        lambda data: data[:20],
        lambda data: data[:30] + bytes([data[30] ^ 1]) + data[31:],
        lambda data: bytes([data[0] ^ 1]) + data[1:],
        lambda _: b"x" * 1000,
    ],
)
def test_a_damaged_index_begins_anew(tmp_path, damage):
    remember(tmp_path)
    index = tmp_path / "index"
    index.write_bytes(damage(index.read_bytes()))
    with cache.opened(tmp_path, "s") as (memory, _):
        assert memory.files == {}


def test_a_missing_pack_begins_anew(tmp_path):
    remember(tmp_path)
    next(tmp_path.glob("bodies-*")).unlink()
    with cache.opened(tmp_path, "s") as (memory, _):
        assert memory.files == {}


def test_a_short_pack_begins_anew(tmp_path):
    remember(tmp_path)
    next(tmp_path.glob("bodies-*")).write_bytes(b"b")
    with cache.opened(tmp_path, "s") as (memory, _):
        assert memory.files == {}


def test_a_pack_that_is_a_link_begins_anew(tmp_path):
    remember(tmp_path)
    pack = next(tmp_path.glob("bodies-*"))
    pack.rename(tmp_path / "elsewhere")
    pack.symlink_to(tmp_path / "elsewhere")
    with cache.opened(tmp_path, "s") as (memory, _):
        assert memory.files == {}
    assert (tmp_path / "elsewhere").read_bytes() == b"body"


def test_a_name_of_a_pack_leads_nowhere_else(tmp_path):
    memory = remember(tmp_path / "cache")
    with cache.opened(tmp_path / "cache", "s") as (_, pack):
        memory.pack = "x/../../outside"
        cache.save(tmp_path / "cache", memory, pack)
    (tmp_path / "cache" / "bodies-x").mkdir()
    (tmp_path / "outside").write_bytes(b"body")
    with cache.opened(tmp_path / "cache", "s") as (found, _):
        assert (found.files, (tmp_path / "outside").read_bytes()) == ({}, b"body")


def test_saving_leaves_one_index_and_one_pack(tmp_path):
    remember(tmp_path)
    remember(tmp_path, "other")
    assert sorted(path.name.partition("-")[0] for path in tmp_path.iterdir()) == ["bodies", "index"]


def test_a_pack_that_is_mostly_of_no_use_is_written_anew(tmp_path):
    remember(tmp_path, bodies=(b"x" * 3_000_000, b"used"))
    with cache.opened(tmp_path, "s") as (memory, pack):
        del memory.files["0.md"]
        cache.save(tmp_path, memory, pack)
    with cache.opened(tmp_path, "s") as (memory, pack):
        read = cache.PackReader(pack.path).read(memory.files["1.md"].body)
        assert (read, pack.size) == (b"used", 4)


def test_a_post_without_a_body_is_kept(tmp_path):
    with cache.opened(tmp_path, "s") as (memory, pack):
        memory.files["a.md"] = kept(None)
        cache.save(tmp_path, memory, pack)
    with cache.opened(tmp_path, "s") as (memory, _):
        assert memory.files == {"a.md": kept(None)}


def test_what_is_forgotten_is_gone(tmp_path):
    remember(tmp_path)
    cache.forget(tmp_path)
    cache.forget(tmp_path)
    with cache.opened(tmp_path, "s") as (memory, _):
        assert memory.files == {}


def test_an_unkept_memory_leaves_nothing_behind():
    with cache.unkept("s") as (memory, pack):
        pack.append(b"x")
        path = pack.path
        assert memory == Memory("s")
    assert not path.parent.exists()


def test_bytes_that_the_pack_has_lost_are_missing_in_what_is_read(tmp_path):
    (tmp_path / "pack").write_bytes(b"abc")
    assert cache.PackReader(tmp_path / "pack").read(Extent(1, 10)) == b"bc"
