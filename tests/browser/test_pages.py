"""The demonstration blog in real Chromium: narrow and wide, light and dark, without complaints."""

import pytest

PAGES = [
    "/",
    "/2025/02/ferry/",
    "/2024/09/library-lending/",
    "/2024/07/five-people/",
    "/2025/04/chart-axis/",
    "/2025/11/benches/",
    "/tags/",
    "/sources/",
    "/archive/",
    "/search/",
    "/404.html",
]


@pytest.fixture(scope="session")
def server(rooted, serve):
    return serve(rooted)


@pytest.fixture(params=[(360, "light"), (360, "dark"), (1280, "light"), (1280, "dark")])
def page(request, browser):
    width, scheme = request.param
    context = browser.new_context(
        viewport={"width": width, "height": 900}, color_scheme=scheme, locale="ja-JP"
    )
    page = context.new_page()
    page.complaints = []
    page.on("console", lambda message: page.complaints.append(message.text))
    page.on("requestfailed", lambda request: page.complaints.append(request.url))
    yield page
    context.close()


@pytest.mark.parametrize("path", PAGES)
def test_a_page_fits_its_window_and_obeys_its_policy(page, server, path):
    page.goto(f"{server}{path}")
    root = page.locator("html")
    widths = root.evaluate("element => [element.scrollWidth, element.clientWidth]")
    assert (widths[0] <= widths[1], page.complaints) == (True, [])


def test_the_sources_words_are_set_apart_from_ours(page, server):
    page.goto(f"{server}/2025/02/ferry/")
    style = "element => [getComputedStyle(element).fontFamily, getComputedStyle(element).color]"
    theirs, _ = page.locator(".quotation blockquote").first.evaluate(style)
    ours, _ = page.locator(".editorial > p").first.evaluate(style)
    assert ("Mincho" in theirs, "Mincho" in ours) == (True, False)


def test_blanks_of_the_source_are_shown_as_they_are(page, server):
    page.goto(f"{server}/2025/02/ferry/")
    style = "element => getComputedStyle(element).whiteSpaceCollapse"
    assert page.locator(".quotation blockquote p").first.evaluate(style) == "preserve"


def test_words_stand_out_from_their_ground(page, server):
    """WCAG 2.2, 1.4.3: a contrast of 4.5 at least."""
    page.goto(f"{server}/2025/02/ferry/")
    for selector in (".editorial > p", ".attribution", ".meta", ".source-link", ".label"):
        pair = page.locator(selector).first.evaluate(_COLOURS)
        light, dark = sorted((_luminance(colour) for colour in pair), reverse=True)
        assert (light + 0.05) / (dark + 0.05) >= 4.5, (selector, pair)


_COLOURS = """element => {
  const colour = getComputedStyle(element).color;
  let ground = element;
  while (ground && getComputedStyle(ground).backgroundColor === "rgba(0, 0, 0, 0)")
    ground = ground.parentElement;
  return [colour, getComputedStyle(ground).backgroundColor]
    .map(text => text.match(/[0-9.]+/g).slice(0, 3).map(Number));
}"""


def _luminance(colour):
    shares = [value / 255 for value in colour]
    linear = [x / 12.92 if x <= 0.04045 else ((x + 0.055) / 1.055) ** 2.4 for x in shares]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def test_the_keyboard_reaches_the_text_first(page, server):
    page.goto(f"{server}/2025/02/ferry/")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.getAttribute('href')") == "#main"
