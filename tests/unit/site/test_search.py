"""Which files search is made of, and what changes them."""

import re

import pytest

from sitegen import layout_files
from sitegen.site import search


@pytest.fixture
def found(assembled):
    """What is indexed of a site: lists of posts by segment."""

    def make(files, **rest):
        site = assembled(files, **rest).site
        return [search.searched(segment) for segment in search.segments(site.posts)]

    return make


@pytest.mark.parametrize(
    ("count", "shards", "blocks"),
    [(1, 1, 1), (4, 1, 1), (5, 2, 1), (9, 4, 1), (128, 32, 1), (129, 64, 2), (512, 128, 4)],
)
def test_files_are_as_many_as_posts_need(count, shards, blocks):
    assert (search.shards(count), search.blocks(count)) == (shards, blocks)


def test_the_script_counts_posts_and_files_alike():
    script = (layout_files.built_in() / "static/search.js").read_text(encoding="utf-8")
    figures = re.findall(r"(SEGMENT|BLOCK|SHARD) = (\d+)", script)
    names = {"SEGMENT": search.SEGMENT, "BLOCK": search._BLOCK, "SHARD": search._SHARD}  # noqa: SLF001 -- one fact in two places
    assert {name: int(figure) for name, figure in figures} == names


def test_posts_are_numbered_from_the_oldest(found, many):
    (posts,) = found(many(3))
    assert [one.words for one in posts] == ["題0", "題1", "題2"]
    assert list(search.addresses(posts)) == ["".join(f"{one.url}\n" for one in posts)]


def test_a_new_post_changes_the_newest_segment_only(found, many, monkeypatch):
    monkeypatch.setattr(search, "SEGMENT", 4)
    before, after = ([search.key(posts) for posts in found(many(count))] for count in (6, 7))
    assert (len(after), before[0] == after[0], before[1] == after[1]) == (2, True, False)


def test_a_segment_is_known_by_all_that_is_found_in_it(found, post):
    path = "content/posts/a.md"
    changes = [
        post(), post("潮"), post(front="tags: [港]\n"), post(front="slug: b\n"), post(body="潮。"),
        post(front="updates:\n- {date: 2025-03-01, kind: addition, text: 後。}\n"),
        post(front="withdrawn: 求めによる\n"),
    ]  # fmt: skip
    keys = {search.key(posts) for text in changes for posts in found({path: text})}
    assert len(keys) == len(changes)


def test_a_withdrawn_post_keeps_its_number_and_nothing_else(found, post):
    files = {
        "content/posts/a.md": post("消えた", date="2025-01-01", front="withdrawn: 求めによる\n"),
        "content/posts/b.md": post("残る", date="2025-01-02"),
    }
    ((gone, kept),) = found(files)
    assert (gone.body, gone.url, gone.words) == ("", "", "")
    assert next(search.addresses((gone, kept))) == f"\n{kept.url}\n"


def test_readings_are_not_found(found, post):
    ((one,),) = found({"content/posts/a.md": post("｜霧笛《むてき》の港")})
    assert one.words == "霧笛の港"


def test_drafts_and_scheduled_posts_are_not_found(found, post):
    files = {
        "content/posts/a.md": post("下書き", front="draft: true\n"),
        "content/posts/b.md": post("先の話", date="2030-01-01"),
        "content/pages/c.md": "---\ntitle: 紹介\n---\n港。\n",
    }
    assert found(files) == []
