"""The pages of a site: pagination, feeds, indexes."""

import pytest

from sitegen.site import pages, plan

NOW = 1_767_193_200  # 2026-01-01 in Tokyo


@pytest.fixture
def made(assembled, configured):
    """The pages of a site by their URLs."""

    def make(files, *others, settings="", **rest):
        found = configured(settings)
        site = assembled(files, *others, settings=settings, **rest).site
        setting = pages.setting(found, site, {}, NOW)
        planned = plan.plan(found, site)
        return {
            one.url: one
            for one in (pages.page(setting, each) for each in planned if each.kind != plan.INDEXED)
        }

    return make


def titles(page):
    return [card.title for card in page.listing.posts]


# ---------------------------------------------------------------- pagination


@pytest.fixture
def home(many, made):
    """The pages of the front listing: number and titles, the front page as 0."""

    def make(count, per_page):
        found = made(many(count), settings=f"per_page = {per_page}")
        listings = [one for one in found.values() if one.kind == "home"]
        return {one.listing.number: one.listing for one in listings}

    return make


def shown(listing):
    return [int(card.title[1:]) for card in listing.posts]


@pytest.mark.parametrize("full", [2, 3, 4, 5])
@pytest.mark.parametrize("count", range(23))
def test_numbered_pages_are_full_and_counted_from_the_oldest(home, count, full):
    found = home(count, full)
    assert sorted(found) == list(range(len(found)))
    for number in range(1, len(found)):
        oldest = (number - 1) * full
        assert shown(found[number]) == list(range(oldest + full - 1, oldest - 1, -1))


@pytest.mark.parametrize("full", [2, 3, 4, 5])
@pytest.mark.parametrize("count", range(23))
def test_the_front_page_shows_the_rest_which_is_less_than_one_and_a_half_pages(home, count, full):
    found = home(count, full)
    rest = shown(found[0])
    assert len(rest) < -(-full * 3 // 2)
    assert rest == list(range(count - 1, count - 1 - len(rest), -1))
    assert sum(len(one.posts) for one in found.values()) == count
    assert len(found) == 1 or len(rest) >= -(-full // 2)


@pytest.mark.parametrize("full", [2, 3, 4, 5])
def test_a_new_post_changes_the_front_page_and_the_newest_numbered_page_only(home, full):
    for count in range(22):
        before, after = home(count, full), home(count + 1, full)
        changed = {number for number in after if after[number] != before.get(number)}
        # a page that is closed off gives the one before it its link to newer posts
        newest = len(after) - 1
        assert changed <= {0, newest, newest - 1 if newest > len(before) - 1 else 0}
        same = [
            number for number in before if number and shown(before[number]) != shown(after[number])
        ]
        assert same == []


def test_older_and_newer_lead_through_all_pages(home):
    found = home(11, 3)  # 3, 3, 3 and a front page of 2
    assert [found[n].older for n in (0, 3, 2, 1)] == ["/page/3/", "/page/2/", "/page/1/", ""]
    assert [found[n].newer for n in (0, 3, 2, 1)] == ["", "/", "/page/3/", "/page/2/"]
    assert {one.url for one in found.values()} == {"/"}


def test_a_listing_of_one_page_leads_nowhere(home):
    (only,) = home(2, 2).values()
    assert (only.older, only.newer) == ("", "")


def test_months_and_years_are_whole(many, made):
    found = made(many(20), settings="per_page = 2")
    dated = [one for one in found.values() if one.kind in {"year", "month"}]
    assert dated
    assert {one.listing.number for one in dated} == {0}


def test_listings_of_tags_are_paginated_and_have_their_feed(many, made):
    settings = 'per_page = 2\n[tool.sitegen.tags."港"]\nfeed = true'
    found = made(many(5, "tags: [港]\n"), settings=settings)
    tag = "/tags/%E6%B8%AF/"
    assert len(titles(found[tag])) + len(titles(found[f"{tag}page/1/"])) + len(
        titles(found[f"{tag}page/2/"])
    ) == 5  # fmt: skip
    assert found[tag].listing.feed == f"{tag}atom.xml"
    assert found["/"].listing.feed == ""


def test_a_withdrawn_post_keeps_its_place(many, made):
    files = many(7)
    files["content/posts/p002.md"] = files["content/posts/p002.md"].replace(
        "source:", "withdrawn: 求めによる\nsource:"
    )
    found = made(files, settings="per_page = 3")
    assert [titles(found[url]) for url in ("/", "/page/1/")] == [
        ["題6", "題5", "題4", "題3"], ["題2", "題1", "題0"],
    ]  # fmt: skip
    assert found["/page/1/"].listing.posts[0].withdrawn == "求めによる"


# ---------------------------------------------------------------- what is made


def test_a_site_of_one_post_has_its_files(post, made):
    found = made({"content/posts/a.md": post(front="tags: [港]\nauthor: 人\n")})
    assert set(found) == {
        "/2025/02/a/", "/", "/tags/%E6%B8%AF/", "/authors/%E4%BA%BA/", "/sources/example.jp/",
        "/2025/", "/2025/02/", "/tags/", "/authors/", "/sources/", "/archive/", "/search/",
        "/atom.xml", "/rss.xml", "/feed.json", "/robots.txt", "/404.html", "/_headers",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("count", "said", "feeds"),
    [
        (9, "", False),
        (10, "", True),
        (10, "feed = false", False),
        (1, "feed = true", True),
    ],
)
def test_a_tag_has_a_feed_by_its_posts_or_by_the_configuration(many, made, count, said, feeds):
    found = made(many(count, "tags: [ai]\n"), settings=f"[tool.sitegen.tags.ai]\n{said}")
    assert ("/tags/ai/atom.xml" in found) == feeds
    assert bool(found["/tags/ai/"].listing.feed) == feeds


@pytest.mark.parametrize(("count", "indexed"), [(2, False), (3, True)])
def test_search_engines_keep_no_listing_of_less_than_three_posts(many, made, count, indexed):
    found = made(many(count, "tags: [ai]\n"), settings='base_url = "https://example.jp/"')
    thin = ("/tags/ai/", "/sources/example.jp/", "/2023/", "/2023/07/")
    assert [found[url].noindex for url in thin] == [not indexed] * len(thin)
    listed = {entry.url for entry in found["/sitemap.xml"].sitemap}
    assert [url in listed for url in thin] == [indexed] * len(thin)
    assert "/" in listed
    assert not found["/"].noindex


def test_withdrawn_posts_make_no_listing_worth_a_search(many, made):
    files = many(3, "tags: [ai]\n")
    files["content/posts/p001.md"] = files["content/posts/p001.md"].replace(
        "source:", "withdrawn: 求めによる\nsource:"
    )
    assert made(files)["/tags/ai/"].noindex


def test_a_feed_lies_at_further_paths_under_its_one_url(many, assembled, configured):
    settings = 'feed = {paths = {"/feed/" = "rss", "/b/index.rdf" = "rss"}}'
    config = configured(f'base_url = "https://e.jp/b/"\n{settings}')
    site = assembled(many(2)).site
    found = {one.path: one for one in plan.plan(config, site)}
    setting = pages.setting(config, site, {}, NOW)
    further = [pages.page(setting, found[path]) for path in ("feed/index.html", "index.rdf")]
    assert [(one.kind, one.url) for one in further] == [("rss", "/b/rss.xml")] * 2


def test_the_sitemap_of_news_has_the_posts_of_two_days(post, made):
    files = {
        f"content/posts/{n}.md": post(f"題{n}", date=date)
        for n, date in enumerate(["2025-12-29 23:59", "2025-12-30 00:00", "2025-12-31 12:00"])
    }
    settings = 'base_url = "https://example.jp/"\nnews_sitemap = true'
    assert titles(made(files, settings=settings)["/news-sitemap.xml"]) == ["題2", "題1"]
    assert "/news-sitemap.xml" not in made(files, settings="news_sitemap = true")


def test_our_words_stand_as_markdown_beside_each_page_where_the_site_asks_for_it(post, made):
    files = {
        "content/posts/a.md": post(),
        "content/posts/b.md": post(date="2025-02-05", front="withdrawn: 求めによる\n"),
        "content/pages/about.md": "---\ntitle: 紹介\n---\n霧。\n",
    }
    twins = {"/2025/02/a/index.md", "/about/index.md", "/llms.txt"}
    found = made(files, settings="llms = true")
    assert {url for url in found if url.endswith((".md", "llms.txt"))} == twins
    assert (titles(found["/llms.txt"]), [one.title for one in found["/llms.txt"].pages]) == (
        ["霧笛"], ["紹介"],
    )  # fmt: skip
    assert not twins & set(made(files))


def test_a_twin_links_as_from_elsewhere(post, made):
    front = "updates:\n  - {date: 2025-02-05, kind: addition, text: '[札](/tags/)'}\n"
    settings = 'llms = true\nbase_url = "https://example.org/blog/"'
    found = made({"content/posts/a.md": post(front=front)}, settings=settings)
    twin = next(page for url, page in found.items() if url.endswith("/a/index.md"))
    assert 'href="https://example.org/blog/tags/"' in twin.post.updates[0].html


def test_a_whole_feed_says_what_was_corrected_with_links_as_from_elsewhere(post, made):
    front = "updates:\n  - {date: 2025-02-05, kind: addition, text: '[札](/tags/)'}\n"
    files = {"content/posts/a.md": post(front=front), "content/posts/b.md": post()}
    settings = 'base_url = "https://example.org/blog/"\n'
    found = made(files, settings=settings)["/blog/atom.xml"].updates
    assert {path: len(said) for path, said in found.items()} == {"content/posts/a.md": 1}
    assert 'href="https://example.org/blog/tags/"' in found["content/posts/a.md"][0].html
    short = made(files, settings=settings + 'feed = {content = "summary"}')
    assert short["/blog/atom.xml"].updates == {}


def test_the_sitemap_needs_a_base_url(post, made):
    files = {"content/posts/a.md": post()}
    assert "/sitemap.xml" not in made(files)
    found = made(files, settings='base_url = "https://example.jp/b/"')
    assert "/b/2025/02/a/" in [entry.url for entry in found["/b/sitemap.xml"].sitemap]


def test_of_a_listing_only_the_front_page_is_in_the_sitemap(many, made):
    found = made(many(9), settings='base_url = "https://example.jp/"\nper_page = 2')
    assert "/page/1/" in found
    urls = [entry.url for entry in found["/sitemap.xml"].sitemap]
    assert [url for url in urls if url == "/" or "page" in url] == ["/"]


def test_a_withdrawn_post_is_in_no_feed_and_no_sitemap(post, made):
    files = {"content/posts/a.md": post(front="withdrawn: 求めによる\n")}
    found = made(files, settings='base_url = "https://example.jp/"')
    assert found["/atom.xml"].listing.posts == ()
    assert "/2025/02/a/" not in [entry.url for entry in found["/sitemap.xml"].sitemap]
    own = found["/2025/02/a/"]
    assert (own.noindex, own.bodies, own.post.withdrawn) == (True, (), "求めによる")


def test_a_feed_holds_the_newest_posts(many, made):
    found = made(many(5), settings="feed = {items = 2}")
    assert titles(found["/atom.xml"]) == ["題4", "題3"]
    assert len(found["/atom.xml"].bodies) == 2
    assert made(many(5), settings='feed = {content = "summary"}')["/rss.xml"].bodies == ()


def test_a_posts_layout_is_the_one_that_it_asks_for(post, made):
    found = made({"content/posts/a.md": post(front="layout: wide\n")})
    assert found["/2025/02/a/"].layouts == ("wide.html",)


def test_the_archive_has_the_months_of_each_year(post, made):
    files = {
        f"content/posts/{n}.md": post(f"題{n}", date=date)
        for n, date in enumerate(["2024-12-31", "2025-01-01", "2025-03-01", "2025-03-02"])
    }
    index = made(files)["/archive/"].index
    assert [(year.name, [month.url for month in year.parts]) for year in index.entries] == [
        ("2025", ["/2025/03/", "/2025/01/"]), ("2024", ["/2024/12/"]),
    ]  # fmt: skip


def test_redirects_have_a_page_and_a_line_for_servers(post, made):
    files = {"content/posts/a.md": post(front="aliases: [/old/, /archives/1.html]\n")}
    found = made(files, settings='redirects = {"/was/" = "/2025/02/a/"}')
    assert [(url, found[url].target) for url in ("/old/", "/archives/1.html", "/was/")] == [
        ("/old/", "/2025/02/a/"), ("/archives/1.html", "/2025/02/a/"), ("/was/", "/2025/02/a/"),
    ]  # fmt: skip
    assert len(found["/_redirects"].redirects) == len(found["/.htaccess"].redirects) == 3


def test_a_sites_own_redirects_are_let_be(post, made):
    files = {"content/posts/a.md": post(front="aliases: /old/\n")}
    found = made(files, "content/static/_redirects")
    assert "/_redirects" not in found
    assert "/old/" in found


def test_a_sites_own_headers_are_let_be(post, made):
    assert "/_headers" not in made({"content/posts/a.md": post()}, "content/static/_headers")


def test_servers_are_told_what_a_feed_without_a_name_is(post, made):
    settings = (
        'base_url = "https://e.jp/b/"\nfeed = {paths = {"/feed/" = "rss", "/b/index.rdf" = "rss"}}'
    )
    found = made({"content/posts/a.md": post()}, settings=settings)
    assert [(ref.name, ref.url) for ref in found["/b/_headers"].types] == [
        ("application/rss+xml; charset=utf-8", "/b/feed/"),
        ("application/rss+xml; charset=utf-8", "/b/index.rdf"),
    ]


def test_every_page_is_noindex_where_drafts_are_shown(post, assembled, configured):
    site = assembled({"content/posts/a.md": post()}).site
    setting = pages.setting(configured(), site, {}, NOW, noindex=True)
    planned = [one for one in plan.plan(configured(), site) if one.kind != plan.INDEXED]
    assert all(pages.page(setting, one).noindex for one in planned)


# ---------------------------------------------------------------- by work


def test_a_work_of_a_source_is_one_in_every_spelling_and_has_the_newest_title(made):
    def quoting(day, url, title=""):
        head = f"---\ntitle: 記事\ndate: 2025-02-0{day}\nslug: p{day}\nsource:\n  url: {url}\n"
        named = f"  title: {title}\n" if title else ""
        return f"{head}{named}quote: 港に霧笛が鳴る。\n---\n論評。\n"

    files = {
        "content/posts/1.md": quoting(1, "https://example.jp/x", "古い題"),
        "content/posts/2.md": quoting(2, "https://example.jp/y", "別の題"),
        "content/posts/3.md": quoting(3, "https://example.jp/x?fbclid=1", "題"),
        "content/posts/4.md": quoting(4, "https://example.jp/x#s"),
    }
    works = made(files)["/sources/example.jp/"].listing.works
    assert [(work.title, work.url, work.places) for work in works] == [
        ("題", "https://example.jp/x", (0, 1, 3)),
        ("別の題", "https://example.jp/y", (2,)),
    ]
