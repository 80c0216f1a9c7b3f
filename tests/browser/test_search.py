"""Search in real Chromium, on a blog that lives under a path."""

import contextlib
import io
from pathlib import Path

import pytest

from sitegen import cli

WORD = "フェリー"


@pytest.fixture(scope="module")
def address(tmp_path_factory, serve):
    """Where the demonstration blog is served below /blog/."""
    root = tmp_path_factory.mktemp("based")
    site, output = str(Path(__file__).parents[2]), str(root / "blog")
    base = "https://example.org/blog/"
    with (
        contextlib.redirect_stdout(io.StringIO()),
        contextlib.redirect_stderr(io.StringIO()),
        pytest.raises(SystemExit) as ended,
    ):
        cli.main(["build", "-C", site, "--output", output, "--base-url", base, "--no-cache"])
    assert ended.value.code == 0
    return f"{serve(root)}/blog/search/"


@pytest.fixture(params=[(360, "light"), (1280, "dark")], ids=str)
def opened(request, browser, address):
    """The page of search, which must not complain."""
    width, scheme = request.param
    context = browser.new_context(
        viewport={"width": width, "height": 900}, color_scheme=scheme, locale="ja-JP"
    )
    page = context.new_page()
    complaints = page.complaints = []
    page.on("console", lambda message: complaints.append(message.text))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("requestfailed", lambda request: complaints.extend(_failures(request)))
    page.goto(address)
    yield page
    context.close()
    assert page.complaints == []


def _failures(request):
    """What went wrong with `request`; that the reader went elsewhere is no failure."""
    return [] if "ERR_ABORTED" in request.failure else [f"{request.url} {request.failure}"]


def ask(page, words, part="all"):
    page.locator(f"input[value={part}]").check()
    page.locator("#search-words").fill(words)
    page.locator("#search-words").press("Enter")
    page.locator(".search-status", has_text="件").or_(
        page.locator(".search-status", has_text="ませんでした")
    ).wait_for()


def hits(page):
    return page.locator(".hit h2 a").evaluate_all("all => all.map(one => one.pathname)")


def focused(page):
    return page.evaluate("document.activeElement.pathname ?? document.activeElement.id")


def test_a_word_is_found_and_marked_with_its_source(opened):
    ask(opened, WORD)
    assert hits(opened) == ["/blog/2025/02/ferry/"]
    marks = opened.locator(".hit mark").all_inner_texts()
    assert len(marks) >= 2
    assert set(marks) == {WORD}
    source = opened.locator(".hit .clip + .from a.source-link")
    assert source.get_attribute("href") == "https://news.example.jp/2025/02/04/ferry"


def test_width_and_case_do_not_matter(opened):
    ask(opened, "ﾌｪﾘｰ")
    assert hits(opened) == ["/blog/2025/02/ferry/"]


def test_quotations_and_comments_can_be_searched_apart(opened):
    ask(opened, "牛乳やパン", "quote")
    assert hits(opened) == ["/blog/2025/02/ferry/"]
    ask(opened, "牛乳やパン", "ours")
    assert hits(opened) == []


def test_no_words_of_a_quotation_stand_without_their_source(opened):
    ask(opened, "の")
    clips = opened.locator(".hit .clip")
    assert clips.count() > 3
    assert opened.locator(".hit .clip + .from :is(a.source-link, cite)").count() >= clips.count()
    assert opened.locator(".hit:not(:has(.from))").count() == 0


def test_the_words_of_a_hit_are_in_their_language(opened):
    """WCAG 2.2, 3.1.2."""
    ask(opened, "benches")
    hit = opened.locator(".hit", has_text="relocated")
    parts = hit.locator("h2 a, q, .comment").evaluate_all("all => all.map(one => one.lang)")
    assert (len(parts), set(parts)) == (2, {"en"})
    ask(opened, "seating")
    parts = opened.locator(".hit :is(q, .comment)").evaluate_all("all => all.map(one => one.lang)")
    assert parts == ["en", "en"]
    ask(opened, WORD)
    assert opened.locator(".hit [lang=en]").count() == 0


def test_the_keyboard_is_enough(opened):
    opened.locator("h1").click()
    opened.keyboard.press("/")
    assert focused(opened) == "search-words"
    ask(opened, "の")
    first, second = hits(opened)[:2]
    assert focused(opened) == first
    opened.keyboard.press("ArrowDown")
    assert focused(opened) == second
    opened.keyboard.press("ArrowUp")
    opened.keyboard.press("ArrowUp")
    assert focused(opened) == "search-words"
    opened.keyboard.press("ArrowDown")
    opened.keyboard.press("Enter")
    opened.wait_for_url(f"**{first}")


def test_more_hits_come_on_demand(opened):
    ask(opened, "の")
    assert len(hits(opened)) == 10
    opened.locator(".search-more").click()
    opened.locator(".search-status", has_text="見つかりました").wait_for()
    assert len(hits(opened)) > 10
    assert len(set(hits(opened))) == len(hits(opened))


def test_an_empty_result_helps(opened):
    ask(opened, "存在しない語句")
    assert "存在しない語句" in opened.locator(".search-status").inner_text()
    links = opened.locator(".search-none a").evaluate_all("all => all.map(one => one.pathname)")
    assert links == ["/blog/tags/", "/blog/sources/", "/blog/archive/"]
    ask(opened, WORD)
    assert not opened.locator(".search-none").is_visible()


def test_a_search_has_an_address(opened, address):
    ask(opened, WORD, "quote")
    again = opened.url
    opened.goto(address)
    opened.goto(again)
    opened.locator(".hit").wait_for()
    assert opened.locator("#search-words").input_value() == WORD
    assert opened.locator("input[value=quote]").is_checked()


PAGE = "<!doctype html><title>潮路</title>"


@pytest.mark.parametrize("answer", [{"status": 503}, {"body": PAGE}], ids=["refused", "a page"])
def test_files_that_do_not_come_are_told(opened, answer):
    """Some servers send a page in place of what is not there, and say that all is well."""
    opened.complaints = []  # that of the browser is meant
    opened.route("**/search/0/*.txt", lambda route: route.fulfill(**answer))
    opened.locator("#search-words").fill(WORD)
    opened.locator(".search-status", has_text="。").wait_for()
    assert "読み込めませんでした" in opened.locator(".search-status").inner_text()
    opened.unroute("**/search/0/*.txt")
    ask(opened, WORD)
    assert len(hits(opened)) == 1
    opened.complaints = []


def test_the_page_fits_its_window_with_hits(opened):
    ask(opened, "の")
    widths = opened.locator("html").evaluate("root => [root.scrollWidth, root.clientWidth]")
    assert widths[0] <= widths[1]


def test_without_javascript_the_page_says_what_to_do(browser, address):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(address)
    shown = page.locator("main").inner_text()
    assert "JavaScript が要ります" in shown
    assert "site:example.org/blog" in shown
    assert not page.locator("form.search").is_visible()
    context.close()
