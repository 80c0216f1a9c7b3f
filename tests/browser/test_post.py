"""What a post's page does beyond being read: contents, links for sharing, a button that copies."""

from urllib.parse import parse_qs, urlsplit

import pytest

FERRY = "/2025/02/ferry/"
LONG = "/2025/02/library/"
SOURCE = (
    "鴇島フェリー終日欠航　島民「慣れたもの」、潮路新聞、2025年2月4日（2025年2月4日閲覧）"
    " https://news.example.jp/2025/02/04/ferry"
)


@pytest.fixture
def page(browser):
    context = browser.new_context(
        viewport={"width": 1280, "height": 900},
        permissions=["clipboard-read", "clipboard-write"],
    )
    yield context.new_page()
    context.close()


def test_the_source_of_a_quotation_is_copied_in_one_line(page, rooted, serve):
    page.goto(f"{serve(rooted)}{FERRY}")
    button = page.locator("#quote-1 button")
    button.click()
    page.locator("#quote-1 button", has_text="コピーしました").wait_for()
    assert page.evaluate("navigator.clipboard.readText()") == SOURCE


def test_without_a_script_there_is_no_button(browser, rooted, serve):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{serve(rooted)}{FERRY}")
    buttons, quotations = page.locator("button").count(), page.locator(".quotation").count()
    context.close()
    assert (buttons, quotations) == (0, 2)


@pytest.mark.parametrize("width", [360, 1280])
def test_contents_lead_to_the_headings(page, specimen, serve, width):
    page.set_viewport_size({"width": width, "height": 900})
    page.goto(f"{serve(specimen)}{LONG}")
    page.locator(".contents a", has_text="計算してみる").click()
    top = page.locator("h2", has_text="計算してみる").last.evaluate(
        "heading => heading.getBoundingClientRect().top"
    )
    assert 0 <= top < 100


def test_contents_stay_in_sight_on_a_wide_screen_and_beside_the_text(page, specimen, serve):
    page.goto(f"{serve(specimen)}{LONG}")
    page.evaluate("scrollTo(0, 1800)")
    contents = page.locator(".contents div").bounding_box()
    text = page.locator(".editorial").bounding_box()
    assert 0 <= contents["y"] < 900
    assert contents["x"] > text["x"] + text["width"]


def test_a_short_post_has_no_contents(page, rooted, serve):
    page.goto(f"{serve(rooted)}{FERRY}")
    assert page.locator(".contents").count() == 0


def test_links_for_sharing_carry_the_address_and_the_title(page, specimen, serve):
    page.goto(f"{serve(specimen)}{LONG}")
    links = page.locator(".share a").evaluate_all("all => all.map(one => [one.text, one.href])")
    asked = {name: parse_qs(urlsplit(href.replace("#", "?")).query) for name, href in links}
    url, title = "https://example.org/2025/02/library/", page.locator("h1").inner_text()
    title = title.replace("\n", "")
    assert asked == {
        "X": {"url": [url], "text": [title]},
        "はてなブックマーク": {"url": [url], "title": [title]},
        "LINE": {"url": [url]},
        "Bluesky": {"text": [f"{title} {url}"]},
        "Mastodon": {"text": [f"{title} {url}"]},
    }


def test_nothing_is_shared_unless_it_is_asked_for(page, rooted, serve):
    page.goto(f"{serve(rooted)}{FERRY}")
    assert page.locator(".share").count() == 0


def test_a_source_in_a_script_from_the_right_leaves_title_publication_and_date_in_order(
    page, rooted, serve
):
    page.goto(f"{serve(rooted)}{FERRY}")
    left = page.locator("#quote-1 figcaption").evaluate(
        """caption => {
          caption.querySelector("cite a").textContent = "إلغاء العبارة";
          caption.querySelector(".p-publication").textContent = "جريدة الميناء";
          const parts = caption.querySelectorAll("cite, .p-publication, .dt-published");
          return [...parts].map(part => part.getBoundingClientRect().left);
        }"""
    )
    assert left == sorted(left)
