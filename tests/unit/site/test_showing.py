"""Whether, when and where a post is shown."""

import pytest


def paths(published):
    return [one.post.path.rpartition("/")[2] for one in published]


@pytest.fixture
def mixed(post):
    return {
        "content/posts/old.md": post(date="2025-02-04"),
        "content/posts/soon.md": post(date="2026-03-01"),
        "content/posts/draft.md": post(front="draft: true\n"),
        "content/posts/gone.md": post(front="withdrawn: 求めによる\n", date="2025-01-01"),
        "content/pages/about.md": "---\ntitle: 紹介\n---\n港。\n",
        "content/pages/wip.md": "---\ntitle: 途中\ndraft: true\n---\n港。\n",
    }


@pytest.mark.parametrize(
    ("rest", "posts", "pages"),
    [
        ({}, ["old.md", "gone.md"], ["about.md"]),
        ({"drafts": True}, ["draft.md", "old.md", "gone.md"], ["about.md", "wip.md"]),
        ({"future": True}, ["soon.md", "old.md", "gone.md"], ["about.md"]),
    ],
)
def test_drafts_and_the_future_are_shown_on_demand(assembled, mixed, rest, posts, pages):
    site = assembled(mixed, **rest).site
    assert (paths(site.posts), paths(site.pages)) == (posts, pages)


def test_what_is_held_is_told_whatever_is_shown(assembled, mixed):
    for rest in ({}, {"drafts": True, "future": True}):
        held = assembled(mixed, **rest).site.held
        assert [(one.path.rpartition("/")[2], one.reason) for one in held] == [
            ("wip.md", "draft"), ("draft.md", "draft"), ("gone.md", "withdrawn"),
            ("soon.md", "scheduled"),
        ]  # fmt: skip


def test_the_very_instant_is_published(assembled, post):
    files = {
        "content/posts/a.md": post(date="2026-01-01 00:00"),
        "content/posts/b.md": post(date="2026-01-01 00:00:01"),
    }
    assert paths(assembled(files).site.posts) == ["a.md"]


@pytest.mark.parametrize(
    ("path", "front", "settings", "url"),
    [
        ("posts/a.md", "", "", "/2025/02/a/"),
        ("posts/2025-02-04-霧.md", "", "", "/2025/02/%E9%9C%A7/"),
        ("posts/霧/index.md", "", "", "/2025/02/%E9%9C%A7/"),
        ("posts/a.md", "slug: b\n", "", "/2025/02/b/"),
        ("posts/a.md", "url: /x/y.html\n", "", "/x/y.html"),
        ("posts/a.md", "url: /x\n", "", "/x/"),
        ("posts/a.md", "url: /x/\n", 'base_url = "https://e.jp/blog/"', "/blog/x/"),
        ("posts/a.md", "url: /blog/x/\n", 'base_url = "https://e.jp/blog/"', "/blog/x/"),
        ("posts/a.md", "", 'permalink = "/{slug}.html"', "/a.html"),
        ("posts/a.md", "", 'base_url = "https://e.jp/霧/"', "/%E9%9C%A7/2025/02/a/"),
        ("pages/about.md", "", "", "/about/"),
        ("pages/index.md", "url: /x/\n", "", "/x/"),
        ("pages/港/about.md", "", "", "/%E6%B8%AF/about/"),
        ("pages/港/index.md", "", "", "/%E6%B8%AF/"),
        ("pages/about.md", "slug: us\n", "", "/us/"),
    ],
)
def test_a_post_has_its_url(assembled, post, path, front, settings, url):
    content = post(front=front) if path.startswith("posts") else f"---\ntitle: a\n{front}---\n港\n"
    site = assembled({f"content/{path}": content}, settings=settings).site
    (one,) = (*site.posts, *site.pages)
    assert one.card.url == url


def test_a_page_without_a_date_has_that_of_its_last_update_or_none(assembled):
    updates = "updates: [{date: 2025-03-01, kind: correction, text: 直した}]\n"
    files = {
        "content/pages/a.md": "---\ntitle: 甲\n---\n",
        "content/pages/b.md": f"---\ntitle: 乙\n{updates}---\n",
    }
    never, updated = (one.card for one in assembled(files).site.pages)
    assert (never.date.epoch, never.updated.epoch) == (0, 0)
    assert (updated.date.machine, updated.updated.machine) == ("2025-03-01", "2025-03-01")
