"""What machines read of a site: the tables of pages are in test_pages.py."""

import pytest

from sitegen.site import machines

NOW = 1_767_193_200  # 2026-01-01 in Tokyo


@pytest.fixture
def home(assembled):
    def make(files, **options):
        return assembled(files, **options).site.groups["home"][0]

    return make


def test_what_is_shown_of_a_group_is_not_withdrawn(post, home):
    files = {
        "content/posts/a.md": post(front="withdrawn: 求めによる\n"),
        "content/posts/b.md": post(date="2025-02-05"),
    }
    assert [one.post.path for one in machines.shown(home(files))] == ["content/posts/b.md"]


def test_no_more_of_a_group_is_shown_than_is_asked_for(post, home):
    files = {f"content/posts/{day}.md": post(date=f"2025-02-0{day}") for day in (1, 2, 3)}
    shown = machines.shown(home(files), 2)
    assert [one.post.path for one in shown] == ["content/posts/3.md", "content/posts/2.md"]


def test_the_front_page_is_never_thin(post, home):
    assert not machines.is_thin(home({"content/posts/a.md": post()}))
    assert not machines.is_thin(home({}))


def test_without_the_option_nothing_is_news(post, assembled, configured):
    site = assembled({"content/posts/a.md": post(date="2025-12-31")}).site
    assert machines.news(configured(), site, NOW) == ()
    found = machines.news(configured("news_sitemap = true"), site, NOW)
    assert [one.post.path for one in found] == ["content/posts/a.md"]


def test_a_scheduled_post_is_no_news(post, assembled, configured):
    files = {"content/posts/a.md": post(date="2026-01-02")}
    site = assembled(files, future=True).site
    assert len(site.posts) == 1
    assert machines.news(configured("news_sitemap = true"), site, NOW) == ()


def test_a_withdrawn_post_is_no_news(post, assembled, configured):
    files = {"content/posts/a.md": post(date="2025-12-31", front="withdrawn: 求めによる\n")}
    assert machines.news(configured("news_sitemap = true"), assembled(files).site, NOW) == ()
