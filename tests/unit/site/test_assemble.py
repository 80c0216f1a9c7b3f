"""Posts in relation: what is shown, in what order, under which names."""

from pathlib import Path

import pytest

from sitegen import urls
from sitegen.model import Ref


def paths(published):
    return [one.post.path.rpartition("/")[2] for one in published]


def codes(found):
    return [fault.code for fault in found.diagnostics]


# ---------------------------------------------------------------- what is shown


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


def test_posts_are_newest_first_and_of_one_instant_by_path(assembled, post):
    files = {
        "content/posts/b.md": post(date="2025-02-04"),
        "content/posts/a.md": post(date="2025-02-04"),
        "content/posts/c.md": post(date="2025-02-05"),
        "content/posts/d.md": post(date="2025-02-04 00:00 +00:00"),
    }
    assert paths(assembled(files).site.posts) == ["c.md", "d.md", "a.md", "b.md"]


# ---------------------------------------------------------------- neighbours


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


# ---------------------------------------------------------------- URLs


@pytest.mark.parametrize(
    ("path", "front", "settings", "url"),
    [
        ("posts/a.md", "", "", "/2025/02/a/"),
        ("posts/2025-02-04-霧.md", "", "", "/2025/02/%E9%9C%A7/"),
        ("posts/霧/index.md", "", "", "/2025/02/%E9%9C%A7/"),
        ("posts/a.md", "slug: b\n", "", "/2025/02/b/"),
        ("posts/a.md", "url: /x/y.html\n", "", "/x/y.html"),
        ("posts/a.md", "url: /x\n", "", "/x/"),
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


# ---------------------------------------------------------------- groups


def test_posts_are_grouped(assembled, post):
    files = {
        "content/posts/a.md": post(front="tags: [港, 霧]\nauthor: [人, 友]\n"),
        "content/posts/b.md": post(front="tags: [霧, 霧]\n", date="2025-03-01"),
        "content/posts/c.md": post(front="tags: [霧]\n", date="2024-03-01"),
    }
    groups = assembled(files, settings='author = "主"').site.groups
    shown = {
        kind: [(group.name, group.url, paths(group.posts)) for group in found]
        for kind, found in groups.items()
    }
    assert shown["tag"] == [
        ("霧", "/tags/霧/", ["b.md", "a.md", "c.md"]), ("港", "/tags/港/", ["a.md"]),
    ]  # fmt: skip
    assert shown["author"] == [
        ("主", "/authors/主/", ["b.md", "c.md"]),
        ("人", "/authors/人/", ["a.md"]),
        ("友", "/authors/友/", ["a.md"]),
    ]
    assert [name for name, *_ in shown["year"]] == ["2025", "2024"]
    assert [url for _, url, _ in shown["month"]] == ["/2025/03/", "/2025/02/", "/2024/03/"]
    assert shown["source"] == [
        ("example.jp", "/sources/example.jp/", ["b.md", "a.md", "c.md"])
    ]  # fmt: skip
    assert shown["home"][0][2] == ["b.md", "a.md", "c.md"]


def test_a_host_has_the_name_that_most_posts_give_it(assembled, post):
    def named(site):
        return post().replace("title: 元", f"site: {site}\n  title: 元")

    files = {f"content/posts/{n}.md": named(site) for n, site in enumerate(["甲", "乙", "乙"])}
    assert assembled(files).site.groups["source"][0].name == "乙"
    told = assembled(files, settings='[tool.sitegen.sources."example.jp"]\nsite = "丙"')
    assert told.site.groups["source"][0].name == "丙"
    assert told.site.posts[0].card.host == Ref("丙", "/sources/example.jp/")


def test_a_host_without_a_name_is_shown_in_its_own_letters(assembled, post):
    files = {"content/posts/a.md": post().replace("example.jp", "例え.jp")}
    (group,) = assembled(files).site.groups["source"]
    assert (group.name, group.url) == ("例え.jp", "/sources/xn--r8jz45g.jp/")


def test_a_withdrawn_post_is_in_no_listing_of_its_source(assembled, post):
    files = {"content/posts/a.md": post(front="tags: [港]\nwithdrawn: 理由\n")}
    groups = assembled(files).site.groups
    assert groups["source"] == ()
    assert paths(groups["tag"][0].posts) == ["a.md"]


def test_a_withdrawn_card_has_title_and_reason_and_no_words(assembled, post):
    front = "withdrawn: 理由\nsummary: 要約\nvia: 友\nimage: {file: 'https://a.jp/b.png'}\n"
    (one,) = assembled({"content/posts/a.md": post(front=front)}).site.posts
    card = one.card
    assert (card.title, card.withdrawn) == ("霧笛", "理由")
    assert (card.quote, card.summary, card.source, card.host, card.via, card.image) == (
        "", "", None, None, None, None,
    )  # fmt: skip


def test_the_newest_update_is_when_a_post_was_updated(assembled, post):
    front = (
        "updates:\n- {date: 2025-05-01, kind: addition, text: a}\n"
        "- {date: 2025-03-01, kind: correction, text: b}\n"
    )
    (one,) = assembled({"content/posts/a.md": post(front=front)}).site.posts
    assert one.card.updated.iso[:10] == "2025-05-01"
    assert [update.date.iso[:10] for update in one.post.updates] == ["2025-03-01", "2025-05-01"]


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


# ---------------------------------------------------------------- files


def test_files_of_a_bundle_go_beside_its_page(assembled, post):
    found = assembled(
        {"content/posts/霧/index.md": post()}, "content/posts/霧/a.png", "content/posts/霧/b/c.png"
    )
    assert sorted(asset.path for asset in found.site.assets) == [
        "2025/02/霧/a.png", "2025/02/霧/b/c.png",
    ]  # fmt: skip
    assert codes(found) == []


def test_a_file_among_posts_is_published_where_it_is_linked(assembled, post):
    files = {
        "content/posts/a.md": post(body="![図](chart.png)"),
        "content/posts/b.md": post(body="![図](chart.png)").replace("/kiji", "/hoka"),
        "content/posts/c.md": post().replace("/kiji", "/soto"),
    }
    found = assembled(files, "content/posts/chart.png", "content/posts/other.png")
    assert sorted(asset.path for asset in found.site.assets) == [
        "2025/02/a/chart.png", "2025/02/b/chart.png",
    ]  # fmt: skip
    (fault,) = found.diagnostics
    assert (fault.code, fault.location.path) == ("unused-file", "content/posts/other.png")


def test_a_post_that_is_not_read_as_one_is_told(assembled, post):
    stray = ("content/posts/b.MD", "content/post/c.md", "content/d.markdown", "content/e.txt")
    found = assembled({"content/posts/a.md": post()}, *stray, "content/static/f.md")
    told = {(fault.location.path, fault.variant) for fault in found.diagnostics}
    assert told == {(path, "" if path.endswith(".txt") else "markdown") for path in stray}
    assert [asset.path for asset in found.site.assets] == ["f.md"]


def test_what_drafts_use_is_not_unused_and_not_published(assembled, post):
    files = {
        "content/posts/a.md": post(front="draft: true\n", body="![図](chart.png)"),
        "content/posts/b/index.md": post(front="draft: true\n"),
    }
    found = assembled(files, "content/posts/chart.png", "content/posts/b/x.png")
    assert (found.site.assets, codes(found)) == ((), [])


@pytest.mark.parametrize("name", ["C#.png", "C%23.png", "か\u3099?.png"])
def test_the_image_in_front_matter_is_the_file_of_that_very_name(assembled, post, name):
    typed = urls.nfc(name)
    front = f"image: {{file: '{typed}', alt: 図}}\n"
    quoted = f"quote: {{text: 港に霧笛が鳴る。, image: '{typed}', alt: 図}}\n"
    text = post(front=front).replace("quote: 港に霧笛が鳴る。\n", quoted)
    other = f"content/posts/{name.replace('%23', '#')}"
    for shown in (text, text.replace("date:", "draft: true\ndate:")):
        found = assembled({"content/posts/a.md": shown}, f"content/posts/{name}")
        assert codes(found) == []
    found = assembled({"content/posts/a.md": text}, other)  # typed as in a link, it is one as well
    assert [asset.file for asset in found.site.assets] == [other]


def test_the_form_of_a_name_does_not_count_for_what_drafts_use(assembled, post):
    files = {
        "content/posts/a.md": post(front="draft: true\n", body="![図](が.png)"),
        "content/posts/b.md": post("港", front="withdrawn: 理由\n", body="![図](ぎ.png)"),
    }
    found = assembled(files, "content/posts/か\u3099.png", "content/posts/き\u3099.png")
    assert (found.site.assets, codes(found)) == ((), [])


def test_what_a_withdrawn_post_showed_is_taken_down_with_it(assembled, post):
    withdrawn = "withdrawn: 権利者の求めによる\nimage: {file: lead.png, alt: 図}\n"
    files = {
        "content/posts/a.md": post(
            front=withdrawn, body="![図](chart.png) [所](/2025/02/a/chart.png)"
        ),
        "content/posts/b/index.md": post(front=withdrawn, date="2025-01-01"),
    }
    beside = ("lead.png", "chart.png", "b/lead.png", "b/x.png")
    found = assembled(files, *(f"content/posts/{name}" for name in beside))
    assert (found.site.assets, found.pending, codes(found)) == ((), (), [])


def test_what_was_taken_down_need_not_be_there_any_more(assembled, post):
    front = "withdrawn: 権利者の求めによる\n"
    assert codes(assembled({"content/posts/a.md": post(front=front, body="![図](a.png)")})) == []


def test_the_updates_of_a_withdrawn_post_keep_their_files(assembled, post):
    update = "updates: [{date: 2025-03-01, kind: correction, text: '[経緯](why.pdf)'}]\n"
    files = {"content/posts/a.md": post(front=f"withdrawn: 理由\n{update}")}
    found = assembled(files, "content/posts/why.pdf")
    assert [asset.path for asset in found.site.assets] == ["2025/02/a/why.pdf"]
    assert found.site.posts[0].links == ("/2025/02/a/why.pdf",)


@pytest.mark.parametrize("name", ["a.md", "a/index.md"])
def test_the_image_of_a_withdrawn_quotation_is_taken_down(assembled, post, name):
    front = "quotes: [{image: shot.png, alt: 図, withdrawn: 理由}, {image: other.png, alt: 図}]\n"
    text = post(front=front).replace("quote: 港に霧笛が鳴る。\n", "")
    folder = (Path("content/posts") / name).parent.as_posix()
    found = assembled({f"content/posts/{name}": text}, f"{folder}/shot.png", f"{folder}/other.png")
    assert [asset.path for asset in found.site.assets] == ["2025/02/a/other.png"]
    assert codes(found) == []


def test_a_picture_that_was_taken_down_in_one_place_is_published_where_another_shows_it(
    assembled, post
):
    files = {
        "content/posts/a.md": post(front="withdrawn: 理由\n", body="![図](chart.png)"),
        "content/posts/b.md": post(body="![図](chart.png)").replace("/kiji", "/hoka"),
    }
    found = assembled(files, "content/posts/chart.png")
    assert [asset.path for asset in found.site.assets] == ["2025/02/b/chart.png"]


def test_static_files_go_to_the_root(assembled, post):
    found = assembled({"content/posts/a.md": post()}, "content/static/a/b.css")
    (asset,) = found.site.assets
    assert (asset.path, asset.origin) == ("a/b.css", "/site/content/static/a/b.css")


# ---------------------------------------------------------------- redirects and links


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


CIRCLES = [
    ('"/a/" = "/a/"', ["/a/ → /a/"]),
    ('"/a/" = "/b/", "/b/" = "/a/"', ["/a/ → /b/ → /a/"]),
    ('"/o/" = "/a/", "/a/" = "/b/", "/b/" = "/a/"', ["/a/ → /b/ → /a/"]),
    ('"/a/" = "/a", "/b/" = "/b/index.html?c#d"', ["/a/ → /a/", "/b/ → /b/"]),
    ('"/霧/" = "/%E9%9C%A7/"', ["/霧/ → /霧/"]),
    ('"/a/" = "/blog/a/", "/b/" = "https://e.jp/blog/b/"', ["/a/ → /a/", "/b/ → /b/"]),
    ('"/a/" = "/b/", "/b/" = "/2025/", "/c/" = "/b/", "/d/" = "https://a.jp/d/"', []),
]


def test_an_old_path_is_a_folder_with_or_without_its_last_slash(assembled):
    found = assembled({}, settings='redirects = {"/old" = "/a/", "/old.html" = "/a/"}')
    assert [one.path for one in found.site.redirects] == ["/old/", "/old.html"]


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
