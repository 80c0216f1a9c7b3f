"""What a worker does: a page and its bodies -> bytes."""

import hashlib

import msgspec
import pytest

from sitegen import config, work
from sitegen.model import Body, BodyUse, Html, Page
from sitegen.render import layouts, press
from sitegen.store.cache import Extent

BODY = msgspec.msgpack.encode(Body((), (Html("<p>港</p>"),), ()))
USE = BodyUse("p.md", work.digest(BODY), ())
SHOW = '{{ bodies["p.md"].parts[0].html | safe }}'


@pytest.fixture
def pressed(tmp_path):
    """What becomes of a layout with one body, which lies in the pack behind other bytes."""

    def make(source, data=BODY, uses=(USE,)):
        pack = tmp_path / "pack"
        pack.write_bytes(b"before" + data)
        found = layouts.gather({"strings/ja.toml": ""}, {"a.html": source})
        view = config.view(config.Config(title="港"), {})
        common = msgspec.msgpack.encode(press.Press(found, view, str(pack)))
        page = Page("page", "a/index.html", "/a/", ("a.html",), bodies=uses)
        extents = tuple(Extent(6, len(BODY)) for _ in uses)
        return press.press(common, press.Job(msgspec.msgpack.encode(page), "key", "p.md", extents))

    return make


def test_a_page_is_pressed_with_its_body_and_its_digest(pressed):
    made = pressed(SHOW)
    data = "<p>港</p>".encode()
    assert made == press.Pressed(
        "a/index.html", "key", "p.md", data, hashlib.sha256(data).hexdigest()
    )


@pytest.mark.parametrize("data", [b"", BODY[:-1], BODY[:-1] + b"x"])
def test_a_body_that_is_not_what_it_was_is_damage_and_no_page(pressed, data):
    made = pressed(SHOW, data)
    assert (made.damaged, made.data, made.fault) == (True, b"", None)


def test_what_a_layout_gets_wrong_is_a_fault_of_the_page(pressed):
    made = pressed("{{ pge }}", uses=())
    assert (made.fault.code, made.shown, made.data) == ("unknown-variable", "p.md", b"")


@pytest.fixture
def indexed(tmp_path):
    """What becomes of a segment of one post and a withdrawn one."""

    def make(data=BODY):
        pack = tmp_path / "pack"
        pack.write_bytes(data)
        job = press.Indexing(
            key="key",
            paths=("search/0/posts-0.txt", "search/0/0.txt"),
            addresses=("/a/\n\n",),
            words=("霧笛", ""),
            digests=(work.digest(BODY), ""),
            extents=(Extent(0, len(BODY)), None),
        )
        return press.index(str(pack), job)

    return make


def test_a_segment_of_search_is_its_addresses_and_its_postings(indexed):
    addresses, made = indexed()
    assert (addresses.path, addresses.data) == ("search/0/posts-0.txt", b"/a/\n\n")
    assert (made.path, made.data.decode()) == ("search/0/0.txt", "\n港 #\n笛 #\n霧笛 #\n")
    assert made.sha256 == hashlib.sha256(made.data).hexdigest()


def test_a_segment_with_a_body_that_is_not_what_it_was_is_damage(indexed):
    assert [one.damaged for one in indexed(BODY[:-1])] == [True]
