"""Posts in relation: their order, their neighbours, old paths and links."""

import pytest


def paths(published):
    return [one.post.path.rpartition("/")[2] for one in published]


def codes(found):
    return [fault.code for fault in found.diagnostics]


def test_posts_are_newest_first_and_of_one_instant_by_path(assembled, post):
    files = {
        "content/posts/b.md": post(date="2025-02-04"),
        "content/posts/a.md": post(date="2025-02-04"),
        "content/posts/c.md": post(date="2025-02-05"),
        "content/posts/d.md": post(date="2025-02-04 00:00 +00:00"),
    }
    assert paths(assembled(files).site.posts) == ["c.md", "d.md", "a.md", "b.md"]


def test_neighbours_are_the_next_that_are_not_withdrawn(assembled, post):
    files = {
        f"content/posts/{n}.md": post(
            f"題{n}", date=f"2025-02-0{n}", front="withdrawn: 理由\n" if n in {3, 4} else ""
        )
        for n in range(1, 7)
    }
    found = {
        one.card.title: tuple(ref and ref.name for ref in (one.older, one.newer))
        for one in assembled(files).site.posts
    }
    assert found == {
        "題6": ("題5", None),
        "題5": ("題2", "題6"),
        "題4": ("題2", "題5"),
        "題3": ("題2", "題5"),
        "題2": ("題1", "題5"),
        "題1": (None, "題2"),
    }


def test_tags_that_differ_by_width_are_one_group(assembled, post):
    files = {
        "content/posts/a.md": post(front="tags: [AI, ＡＩ]\n"),
        "content/posts/b.md": post(front="tags: [ai]\n").replace("/kiji", "/hoka"),
    }
    found = assembled(files)
    assert len(found.site.groups["tag"]) == 1
    assert len(found.site.posts[0].card.tags) == 1
    assert codes(found) == []


def test_tags_with_one_slug_are_told(assembled, post):
    assert codes(assembled({"content/posts/a.md": post(front="tags: [C, C!]\n")})) == [
        "duplicate-slug"
    ]


def test_old_paths_lead_to_their_posts(assembled, post):
    found = assembled(
        {"content/posts/a.md": post(front="aliases: [/old, /b.html]\n")},
        settings='base_url = "https://e.jp/b/"\nredirects = {"/z/" = "/2025/", "/y/" = "https://a.jp/"}',
    )
    assert [(one.path, one.url) for one in found.site.redirects] == [
        ("/old/", "/b/2025/02/a/"), ("/b.html", "/b/2025/02/a/"), ("/y/", "https://a.jp/"),
        ("/z/", "/b/2025/"),
    ]  # fmt: skip
    assert [(one.place.path, one.place.line) for one in found.site.redirects] == [
        ("content/posts/a.md", 4), ("content/posts/a.md", 4), ("pyproject.toml", 3),
        ("pyproject.toml", 3),
    ]  # fmt: skip


def test_the_path_of_the_base_url_may_be_typed_in_old_paths(assembled, post):
    settings = (
        'base_url = "https://e.jp/blog/"\nredirects = {"/blog/z" = "/2025/", "/y/" = "/2025/"}'
    )
    files = {"content/posts/a.md": post(front="aliases: [/old/, /blog/b.html, /blogs/]\n")}
    found = assembled(files, settings=settings).site.redirects
    assert [one.path for one in found] == ["/old/", "/b.html", "/blogs/", "/z/", "/y/"]


def test_an_old_path_is_a_folder_with_or_without_its_last_slash(assembled):
    found = assembled({}, settings='redirects = {"/old" = "/a/", "/old.html" = "/a/"}')
    assert [one.path for one in found.site.redirects] == ["/old/", "/old.html"]


CIRCLES = [
    ('"/a/" = "/a/"', ["/a/ → /a/"]),
    ('"/a/" = "/b/", "/b/" = "/a/"', ["/a/ → /b/ → /a/"]),
    ('"/o/" = "/a/", "/a/" = "/b/", "/b/" = "/a/"', ["/a/ → /b/ → /a/"]),
    ('"/a/" = "/a", "/b/" = "/b/index.html?c#d"', ["/a/ → /a/", "/b/ → /b/"]),
    ('"/霧/" = "/%E9%9C%A7/"', ["/霧/ → /霧/"]),
    ('"/blog/a/" = "/a/"', ["/blog/a/ → /blog/a/"]),
    ('"/a/" = "/blog/a/", "/b/" = "https://e.jp/blog/b/"', ["/a/ → /a/", "/b/ → /b/"]),
    ('"/a/" = "/b/", "/b/" = "/2025/", "/c/" = "/b/", "/d/" = "https://a.jp/d/"', []),
]


@pytest.mark.parametrize(("redirects", "circles"), CIRCLES)
def test_redirects_that_lead_back_to_themselves_are_told_once(assembled, redirects, circles):
    settings = f'base_url = "https://e.jp/blog/"\nredirects = {{{redirects}}}'
    found = assembled({}, settings=settings).diagnostics
    assert [(one.code, one.variant, one.arguments["target"]) for one in found] == [
        ("broken-link", "circle", circle) for circle in circles
    ]


def test_all_redirects_of_a_circle_have_their_places(assembled):
    found = assembled({}, settings='[tool.sitegen.redirects]\n"/a/" = "/b/"\n"/b/" = "/a/"')
    (fault,) = found.diagnostics
    assert [one.line for one in (fault.location, *fault.others)] == [3, 4]


def test_links_of_posts_and_settings_wait_for_what_is_made(assembled, post):
    found = assembled(
        {"content/posts/a.md": post(body="[a](/x/)")},
        settings='menu = [{name = "m", url = "/y/"}]\nredirects = {"/o/" = "/z/"}',
    )
    assert [wait.url for wait in found.pending] == ["/x/", "/y/", "/z/"]


def test_a_file_that_cannot_be_read_breaks_no_links(assembled, post):
    files = {
        "content/posts/a.md": post(body="[b](b.md#x)"),
        "content/posts/b.md": "---\ntitle: a: b\n---\n",
    }
    assert codes(assembled(files)) == []
