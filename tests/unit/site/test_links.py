"""Where links lead."""

import pytest
from msgspec.structs import replace

from sitegen import urls
from sitegen.diagnostics.model import Location
from sitegen.model import Link, Size
from sitegen.site import links

GROUND = links.Ground(
    base="/blog/",
    root="/site",
    urls={
        "content/posts/2025/a.md": "/2025/02/a/",
        "content/posts/2025/b.md": "/2025/02/b.html",
        "content/posts/霧/index.md": "/霧/",
        "content/pages/about.md": "/about/",
    },
    anchors={
        "content/posts/2025/a.md": frozenset({"港", "quote-1"}),
        "content/posts/2025/b.md": frozenset({"霧"}),
    },
    unread={"content/posts/2025/broken.md"},
    held={"content/posts/2025/draft.md"},
    files=frozenset(
        {
            "content/posts/2025/chart.png",
            "content/posts/2025/a#b.txt",
            "content/posts/霧/図.png",
            "content/static/s.css",
        }
    ),
    spelt={},
    sizes={"content/posts/2025/chart.png": Size(3, 2), "content/static/s.css": Size(5, 4)},
)
PLACE = Location("content/posts/2025/a.md", 9, 5, 4)


def test_a_picture_has_its_size_wherever_it_is_led_to(assembled, post):
    (one,) = assembled({"content/posts/2025/a.md": post()}).site.posts
    targets = ("chart.png", "/s.css", "../../static/s.css", "/blog/s.css", "a.md", "/none.png")
    asked = tuple(Link(target, PLACE) for target in targets)
    found = links.resolve(GROUND, replace(one.post, links=asked))
    assert found.sizes == (Size(3, 2), Size(5, 4), Size(5, 4), Size(5, 4), None, None)
    assert links.resolve(GROUND, replace(one.post, links=asked[4:])).sizes == ()


def test_a_picture_behind_a_query_has_no_copies(assembled, post):
    (one,) = assembled({"content/posts/2025/a.md": post()}).site.posts
    ground = replace(GROUND, sizes={"content/posts/2025/chart.png": Size(900, 2, (480,))})
    asked = tuple(Link(target, PLACE) for target in ("chart.png", "chart.png?2", "chart.png#a"))
    found = links.resolve(ground, replace(one.post, links=asked))
    assert found.sizes == (Size(900, 2, (480,)), Size(900, 2), Size(900, 2))


@pytest.fixture
def led(assembled, post):
    """What one link of the post a.md comes to."""
    site = assembled({"content/posts/2025/a.md": post()}).site
    bare = site.posts[0].post

    def make(target, path="content/posts/2025/a.md"):
        return links.resolve(GROUND, replace(bare, path=path, links=(Link(target, PLACE),)))

    return make


@pytest.mark.parametrize(
    ("target", "href"),
    [
        ("b.md", "/blog/2025/02/b.html"),
        ("./b.md", "/blog/2025/02/b.html"),
        ("b.md#霧", "/blog/2025/02/b.html#%E9%9C%A7"),
        ("b.md?x=1&y=2#霧", "/blog/2025/02/b.html?x=1&y=2#%E9%9C%A7"),
        ("b.md?x=\x1b 港%20%", "/blog/2025/02/b.html?x=%1B%20%E6%B8%AF%20%25"),
        ("../霧/index.md", "/blog/%E9%9C%A7/"),
        ("../../pages/about.md", "/blog/about/"),
        ("#港", "#%E6%B8%AF"),
        ("#quote-1", "#quote-1"),
        ("#top", "#top"),
        ("#", "#"),
        ("?a=b", "?a=b"),
        ("#:~:text=港", "#:~:text=%E6%B8%AF"),
        ("b.md#", "/blog/2025/02/b.html#"),
        ("b.md#:~:text=a", "/blog/2025/02/b.html#:~:text=a"),
        ("/about/", "/blog/about/"),
        ("/blog/about/", "/blog/about/"),
        ("../b/", "/blog/2025/02/b/"),
        ("./", "/blog/2025/02/a/"),
        (".", "/blog/2025/02/a/"),
        ("..", "/blog/2025/02/"),
        ("../..#x", "/blog/2025/#x"),
        ("chart.png", "/blog/2025/02/a/chart.png"),
        ("chart.png?v=2", "/blog/2025/02/a/chart.png?v=2"),
        ("a%23b.txt", "/blog/2025/02/a/a%23b.txt"),
        ("chart.png?q=a b&c=C%26C", "/blog/2025/02/a/chart.png?q=a%20b&c=C%26C"),
        ("#:~:text=a%2Cb", "#:~:text=a%2Cb"),
        ("../../static/s.css", "/blog/s.css"),
        ("broken.md", "#"),
        ("broken.md#x", "#x"),
    ],
)
def test_a_link_leads_to_what_it_names(led, target, href):
    found = led(target)
    assert (found.links, found.diagnostics) == ((href,), ())


@pytest.mark.parametrize(
    ("target", "variant", "nearest", "href"),
    [
        ("bb.md", "file", "b.md", "/blog/2025/02/a/bb.md"),
        ("chert.png#x", "file", "chart.png", "/blog/2025/02/a/chert.png#x"),
        ("../about.md", "file", "", "/blog/2025/02/a/about.md"),
        ("#霧", "anchor", "", "#%E9%9C%A7"),
        ("#quote-2", "anchor", "quote-1", "#quote-2"),
        ("b.md#霧笛", "anchor", "霧", "/blog/2025/02/b.html#%E9%9C%A7%E7%AC%9B"),
        ("draft.md", "held", "", ""),
        ("draft.md#x", "held", "", ""),
    ],
)
def test_a_link_that_leads_nowhere_is_told_at_its_place(led, target, variant, nearest, href):
    """It stands where a site's rules let it be: drafts alone are named nowhere."""
    found = led(target)
    assert found.links == (href,)
    (fault,) = links.offered(GROUND, found.diagnostics)
    assert (fault.code, fault.variant, fault.location) == ("broken-link", variant, PLACE)
    assert fault.arguments["target"] == target
    assert not nearest or fault.arguments["nearest"] == nearest


@pytest.mark.parametrize("name", ["C#.png", "100%.png", "why?.png", "a%20b.png", "か\u3099#.png"])
def test_a_file_is_offered_as_its_name_has_to_be_typed(assembled, post, name):
    (one,) = assembled({PLACE.path: post()}).site.posts
    file = f"content/posts/2025/{name}"
    ground = replace(GROUND, files={file}, spelt={urls.nfc(file): file})
    target = urls.nfc(name)
    found = links.resolve(ground, replace(one.post, links=(Link(target, PLACE),)))
    if found.diagnostics:  # "100%.png" is right as it is
        (fault,) = links.offered(ground, found.diagnostics)
        assert fault.variant == "sign"
        assert [asset.file for asset in found.assets] == [file]  # told once: it is not unused, too
        target = fault.arguments["nearest"]
        found = links.resolve(ground, replace(one.post, links=(Link(target, PLACE),)))
    assert [asset.file for asset in found.assets] == [file]


@pytest.mark.parametrize("typed", ["/C#.css", "/blog/C#.css"])
def test_a_static_file_is_named_like_others(assembled, post, typed):
    (one,) = assembled({PLACE.path: post()}).site.posts
    ground = replace(GROUND, files={"content/static/C#.css"})
    found = links.resolve(ground, replace(one.post, links=(Link(typed, PLACE),)))
    (fault,) = found.diagnostics
    assert (fault.variant, fault.arguments["nearest"]) == ("sign", typed.replace("#", "%23"))
    literal = Link(typed, PLACE, literal=True)
    for link in (literal, Link(fault.arguments["nearest"], PLACE)):
        found = links.resolve(ground, replace(one.post, links=(link,)))
        assert (found.links, found.diagnostics) == (("/blog/C%23.css",), ())


def test_a_post_is_not_offered_to_itself(led):
    (fault,) = links.offered(GROUND, led("aa.md").diagnostics)
    assert fault.arguments["nearest"] != "a.md"


@pytest.mark.parametrize(
    ("target", "known", "nearest"),
    [
        ("none.md", "2025/12/01-radio.md", ""),
        ("01-none.md", "2025/12/01-noto.md", ""),
        ("radio.md", "2025/12/01-radio.md", "12/01-radio.md"),
        ("12/02-radio.md", "2025/12/01-radio.md", "12/01-radio.md"),
        ("2025-12-02.md", "2025/2025-12-01.md", "2025-12-01.md"),
        ("12/chart-axes/index.md", "2025/12/22-chart-axis/index.md", "12/22-chart-axis/index.md"),
        ("12/none/index.md", "2025/12/22-chart-axis/index.md", ""),
    ],
)
def test_only_a_file_of_a_near_name_is_offered(assembled, post, target, known, nearest):
    (one,) = assembled({PLACE.path: post()}).site.posts
    ground = replace(GROUND, urls={PLACE.path: "/a/", f"content/posts/{known}": "/b/"})
    asked = replace(one.post, links=(Link(target, PLACE),))
    (fault,) = links.offered(ground, links.resolve(ground, asked).diagnostics)
    assert fault.arguments["nearest"] == nearest


def test_of_thousands_of_broken_links_the_first_are_helped(led):
    faults = [*led("bb.md").diagnostics * 200]
    offers = [fault.arguments["nearest"] for fault in links.offered(GROUND, faults)]
    assert offers == ["b.md"] * 100 + [""] * 100
    pending = (links.Pending(Link("/abuot/", PLACE), "/abuot/"),) * 200
    told = links.dangling(pending, {"about/index.html"})
    assert [fault.arguments["nearest"] for fault in told] == ["/about/"] * 100 + [""] * 100


@pytest.mark.parametrize(
    ("target", "checked"),
    [
        ("/about/", "/about/"),
        ("/blog/about/", "/about/"),
        ("/%E9%9C%A7/", "/霧/"),
        ("/about/?a#b", "/about/"),
        ("../b/", "/2025/02/b/"),
        ("chart.png", ""),
        ("b.md", ""),
    ],
)
def test_a_path_waits_for_the_list_of_all_that_is_made(led, target, checked):
    assert [wait.url for wait in led(target).pending] == ([checked] if checked else [])


def test_a_path_beside_a_page_with_a_name_is_seen_from_its_folder(led):
    for target in ("./", ".", "../02/"):
        assert led(target, "content/posts/2025/b.md").links == ("/blog/2025/02/",)


def test_a_file_beside_a_post_is_published_beside_its_page(led):
    (asset,) = led("chart.png").assets
    assert (asset.path, asset.origin, asset.file) == (
        "2025/02/a/chart.png",
        "/site/content/posts/2025/chart.png",
        "content/posts/2025/chart.png",
    )
    (asset,) = led("chart.png", "content/posts/2025/b.md").assets
    assert asset.path == "2025/02/chart.png"


def test_a_file_of_another_folder_stays_below_the_page(led):
    (asset,) = led("../霧/図.png").assets
    assert asset.path == "2025/02/a/霧/図.png"


# ---------------------------------------------------------------- paths of the site


@pytest.mark.parametrize(
    ("url", "found"),
    [
        ("/", True),
        ("/a/", True),
        ("/a", True),
        ("/a/index.html", True),
        ("/b.html", True),
        ("/b", False),
        ("/b.html/", False),
        ("/か\u3099/", True),
        ("/c/", False),
    ],
)
def test_what_is_made_is_not_broken(url, found):
    made = {"index.html", "a/index.html", "b.html", "が/index.html"}
    pending = (links.Pending(Link(url, PLACE), url),)
    assert [fault.variant for fault in links.dangling(pending, made)] == ([] if found else ["path"])


def test_the_nearest_path_has_its_signs_encoded():
    pending = (links.Pending(Link("/files/C%23-chert.png", PLACE), "/files/C#-chert.png"),)
    (fault,) = links.dangling(pending, {"files/C#-chart.png"})
    assert fault.arguments["nearest"] == "/files/C%23-chart.png"


def test_the_nearest_path_is_named_as_it_is_typed():
    pending = (links.Pending(Link("/abuot/", PLACE), "/abuot/"),)
    (fault,) = links.dangling(pending, {"about/index.html", "about.css"})
    assert fault.arguments == {"target": "/abuot/", "nearest": "/about/"}


@pytest.mark.parametrize(
    ("url", "own", "made", "nearest"),
    [
        ("/2025/02/kiri2/", "/2025/02/kiri/", "2025/02/kiri/index.html", ""),
        ("/2025/02/kiri2/", "/2025/02/umi/", "2025/02/kiri/index.html", "/2025/02/kiri/"),
        ("/2025/02/kiri/", "", "2025/02/umi/index.html", ""),
        ("/about/", "", "old/abort-x/index.html", ""),
    ],
)
def test_only_another_page_that_is_near_is_named(url, own, made, nearest):
    (fault,) = links.dangling((links.Pending(Link(url, PLACE), url, own),), {made})
    assert fault.arguments["nearest"] == nearest


@pytest.mark.parametrize(
    ("target", "urls"),
    [
        ("/about/", ["/about/"]),
        ("/blog/about/?a#b", ["/about/"]),
        ("/%E9%9C%A7/", ["/霧/"]),
        ("https://a.jp/", []),
    ],
)
def test_links_of_the_settings_wait_too(target, urls):
    found = links.configured(GROUND, [Link(target, PLACE)])
    assert [wait.url for wait in found] == urls
