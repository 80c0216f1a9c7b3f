"""What is read and parsed anew, and what is not."""

import os

import pytest
from msgspec.structs import replace

from sitegen import intake, parse, work
from sitegen.config import Config, Host
from sitegen.model import Size
from sitegen.run import Tools
from sitegen.store import cache, scan

TEXT = "---\ntitle: {}\ndate: 2025-02-04\n---\n港。\n"


class Site:
    """A folder of posts with its memory; `parsed` notes how many files each reading parsed."""

    def __init__(self, root, memory, pack):
        self.root, self.memory, self.pack = root, memory, pack
        self.parsed = 0

    def write(self, path, text):
        file = self.root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(text if isinstance(text, bytes) else text.encode())

    def read(self, config=None):
        """The titles by path; None for what holds no post."""
        self.parsed = 0

        def progress(_stage, done):
            self.parsed = done

        files = scan.scan(self.root, ("content",)).files
        with work.Workers(1) as workers:
            tools = Tools(self.memory, self.pack, workers, progress)
            found = intake.parsed(self.root, files, parse.settings(config or Config()), tools)
        return {one.path.rpartition("/")[2]: one.post and one.post.title for one in found}


@pytest.fixture
def site(tmp_path):
    with cache.unkept("stamp") as (memory, pack):
        made = Site(tmp_path, memory, pack)
        made.write("content/posts/a.md", TEXT.format("甲"))
        made.write("content/posts/b.md", TEXT.format("乙"))
        yield made


def test_only_a_picture_that_has_changed_is_looked_into(site):
    def sizes():
        with work.Workers(1) as workers:
            tools = Tools(site.memory, site.pack, workers, lambda *_: None)
            files = scan.scan(site.root, ("content",)).files
            return intake.sizes(site.root, files, tools, copies=False)

    site.write("content/posts/a.svg", "<svg viewBox='0 0 4 3'/>")
    site.write("content/posts/b.SVG", "<svg viewBox='0 0 5 3'/>")
    site.write("content/posts/c.svg", "霧")
    first = {"content/posts/a.svg": Size(4, 3), "content/posts/b.SVG": Size(5, 3)}
    assert sizes() == first
    other = site.memory.pictures["content/posts/b.SVG"]
    site.memory.pictures["content/posts/b.SVG"] = replace(other, pixels=Size(9, 9))
    site.write("content/posts/a.svg", "<svg viewBox='0 0 40 30'/>")
    assert sizes() == {"content/posts/a.svg": Size(40, 30), "content/posts/b.SVG": Size(9, 9)}


def test_posts_and_pages_are_read_and_nothing_else(site):
    site.write("content/pages/c.md", "---\ntitle: 丙\n---\n港\n")
    site.write("content/static/d.md", "港")
    site.write("content/e.md", "港")
    site.write("content/posts/f.txt", "港")
    assert site.read() == {"a.md": "甲", "b.md": "乙", "c.md": "丙"}


def test_what_has_not_changed_is_not_parsed_again(site):
    assert (site.read(), site.parsed) == ({"a.md": "甲", "b.md": "乙"}, 2)
    assert (site.read(), site.parsed) == ({"a.md": "甲", "b.md": "乙"}, 0)


def test_what_was_only_touched_is_not_parsed_again(site):
    site.read()
    os.utime(site.root / "content/posts/a.md", ns=(1, 1))
    assert (site.read(), site.parsed) == ({"a.md": "甲", "b.md": "乙"}, 0)
    assert (site.read(), site.parsed) == ({"a.md": "甲", "b.md": "乙"}, 0)


def test_what_has_changed_is_parsed(site):
    site.read()
    site.write("content/posts/a.md", TEXT.format("丁"))
    assert (site.read(), site.parsed) == ({"a.md": "丁", "b.md": "乙"}, 1)


def test_a_change_of_the_same_length_and_time_is_seen(site):
    site.read()
    path = site.root / "content/posts/a.md"
    before = path.stat()
    site.write("content/posts/a.md", TEXT.format("丁"))
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert site.read()["a.md"] == "丁"


def test_what_is_gone_is_forgotten(site):
    site.read()
    (site.root / "content/posts/a.md").unlink()
    assert site.read() == {"b.md": "乙"}
    assert set(site.memory.files) == {"content/posts/b.md"}


def test_a_file_under_another_name_is_another_post(site):
    site.read()
    (site.root / "content/posts/a.md").rename(site.root / "content/posts/c.md")
    assert (site.read(), site.parsed) == ({"b.md": "乙", "c.md": "甲"}, 1)


def test_other_settings_parse_everything_again(site):
    site.read()
    site.read(Config(title="x"))
    assert site.parsed == 0
    site.read(Config(sources={"a.jp": Host("紙")}))
    assert site.parsed == 2
    site.read(Config(raw_html="trust"))
    assert site.parsed == 2


def test_the_body_of_a_post_lies_in_the_pack(site):
    site.read()
    site.pack.flush()
    kept = site.memory.files["content/posts/a.md"]
    assert "港。".encode() in cache.PackReader(site.pack.path).read(kept.body)


def test_what_cannot_be_parsed_is_remembered_too(site):
    site.write("content/posts/c.md", "---\ntitle: a: b\n---\n")
    assert site.read()["c.md"] is None
    assert site.memory.files["content/posts/c.md"].body is None
    site.read()
    assert site.parsed == 0


def test_what_cannot_be_read_is_told_each_time(site):
    site.write("content/posts/c.md", b"x" * (parse.MAX_BYTES + 1))
    for _ in range(2):
        assert site.read()["c.md"] is None
    assert "content/posts/c.md" not in site.memory.files
