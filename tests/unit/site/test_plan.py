"""The list of all that is made, and what collides in it."""

import pytest

from sitegen.diagnostics.model import Location
from sitegen.model import Asset, Size
from sitegen.site import plan


@pytest.fixture
def planned(assembled, configured):
    def make(files, *others, settings=""):
        site = assembled(files, *others, settings=settings).site
        return plan.plan(configured(settings), site), site

    return make


def collided(planned, site=None, assets=()):
    return list(plan.collisions(planned, (*(site.assets if site else ()), *assets)))


def test_pictures_that_pages_show_have_their_copies(post, assembled, configured):
    files = {"content/posts/a.md": post(body="![図](図.png)![絵](/e.png)![無](c.svg)")}
    others = ("content/posts/図.png", "content/static/e.png", "content/static/f.png",
              "content/posts/c.svg")  # fmt: skip
    sizes = dict.fromkeys(others, Size(1000, 10, (480, 960))) | {others[3]: Size(9, 9)}
    site = assembled(files, *others, sizes=sizes).site
    made = [one for one in plan.plan(configured(), site) if one.kind == plan.COPIED]
    assert {one.path: (one.subject.file, one.subject.width) for one in made} == {
        f"{path}.{width}w.webp": (file, width)
        for path, file in (("2025/02/a/図.png", others[0]), ("e.png", others[1]))
        for width in (480, 960)
    }


def test_a_feed_on_a_path_that_is_taken_is_told_where_it_is_asked_for(post, planned):
    settings = 'feed = {paths = {"/rss.xml" = "atom"}}'
    found, _ = planned({"content/posts/a.md": post()}, settings=settings)
    (fault,) = collided(found)
    assert fault.location == Location("pyproject.toml", 2, 18, 10)


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("/a/b/", "/a/b/"),
        ("/A/b/", "/a/B/"),
        ("/が/", "/か\u3099/"),
        ("/ａ/", "/a/"),
        ("/ｶﾞ/", "/ガ/"),
        ("/a/", "/a/index.html"),
    ],
)
def test_two_on_one_path_are_told_with_both_places(post, planned, first, second):
    found, site = planned(
        {
            "content/posts/a.md": post(front=f"url: {first}\n"),
            "content/posts/b.md": post(front=f"url: {second}\n", date="2025-02-03"),
        }
    )
    (fault,) = collided(found, site)
    assert fault.code == "duplicate-url"
    places = {fault.location.path, *(other.path for other in fault.others)}
    assert places == {"content/posts/a.md", "content/posts/b.md"}
    assert (fault.location.line, fault.others[0].line) == (4, 4)


def test_two_aliases_alike_are_told_with_both_places(post, planned):
    found, site = planned(
        {
            "content/posts/a.md": post(front="aliases: /old/\n"),
            "content/posts/b.md": post(front="aliases: [/x/, /Old/]\n"),
        }
    )
    (fault,) = collided(found, site)
    places = [(at.path, at.line, at.column) for at in (fault.location, *fault.others)]
    assert sorted(places) == [("content/posts/a.md", 4, 10), ("content/posts/b.md", 4, 16)]


def test_a_post_on_the_path_of_a_listing_is_told_at_the_post(post, planned):
    found, site = planned({"content/posts/a.md": post(front="url: /tags/\n")})
    (fault,) = collided(found, site)
    assert (fault.location.path, fault.location.line, fault.others) == ("content/posts/a.md", 4, ())
    assert (fault.arguments["kind"], fault.arguments["other"]) == ("post", "tags")


def test_a_file_where_another_needs_a_folder_is_told(post, planned):
    found, site = planned({"content/posts/a.md": post(front="url: /a.html\n")})
    other = Asset(
        "a.html/b.png", "/site/content/static/a.html/b.png", "content/static/a.html/b.png"
    )
    faults = collided(found, site, [other])
    assert [fault.code for fault in faults] == ["duplicate-url"]
    assert {faults[0].location.path, *(at.path for at in faults[0].others)} == {
        "content/posts/a.md", "content/static/a.html/b.png",
    }  # fmt: skip


def test_a_static_file_on_the_path_of_a_feed_is_told(post, planned):
    found, site = planned({"content/posts/a.md": post()}, "content/static/Atom.xml")
    (fault,) = collided(found, site)
    assert fault.location.path == "content/static/Atom.xml"


def test_neighbouring_paths_are_no_collision(post, planned):
    found, site = planned(
        {
            "content/posts/a.md": post(front="url: /a/\n"),
            "content/posts/b.md": post(front="url: /a.html\n"),
            "content/posts/c.md": post(front="url: /a/b/\n"),
        }
    )
    assert collided(found, site) == []
