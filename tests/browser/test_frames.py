"""What is embedded, and which copy of a picture is fetched, in real Chromium."""

import io
import re

import pytest

ADDRESS = "https://youtu.be/a-B_3456789"
FRAME = "https://www.youtube-nocookie.com/embed/a-B_3456789"
OFFLINE = re.compile("^https://")


@pytest.fixture
def site(project, post, serve):
    """A post with a video and a wide picture, and one without."""
    image = pytest.importorskip("PIL.Image", reason="Pillow is not installed")
    made = io.BytesIO()
    image.new("RGB", (2000, 1000), "gray").save(made, "PNG")
    project.write("content/posts/zu.png", made.getvalue())
    text = f"霧。\n\n![図](zu.png)\n\n{ADDRESS}\n\n港。"
    project.write("content/posts/a.md", post(editorial=text))
    project.write("content/posts/b.md", post("港", date="2025-02-05"))
    project.write("pyproject.toml", '[tool.sitegen]\nembeds = ["youtube.com"]\n')
    assert project.build().code == 0
    return serve(project.root / "output")


@pytest.fixture
def opened(browser):
    """Opens a page; nothing leaves this machine."""
    contexts = []

    def opens(url, width):
        context = browser.new_context(viewport={"width": width, "height": 900})
        contexts.append(context)
        page = context.new_page()
        page.complaints, page.fetched = [], []
        page.on("console", lambda message: page.complaints.append(message.text))
        page.on("request", lambda request: page.fetched.append(request.url))
        page.route(OFFLINE, lambda route: route.fulfill(body="<p>video</p>"))
        page.goto(url)
        return page

    yield opens
    for context in contexts:
        context.close()


def test_the_policy_of_a_page_lets_in_what_it_embeds(site, opened):
    page = opened(f"{site}/2025/02/a/", 800)
    page.locator("iframe").scroll_into_view_if_needed()
    assert page.frame_locator("iframe").locator("p").inner_text() == "video"
    assert [url for url in page.fetched if url.startswith("https:")] == [FRAME]
    assert page.complaints == []
    assert page.locator(".embed figcaption a").get_attribute("href") == ADDRESS


def test_the_policy_of_any_other_page_does_not(site, opened):
    page = opened(f"{site}/2025/02/b/", 800)
    page.evaluate(
        f"""() => {{ const frame = document.createElement("iframe"); frame.src = "{FRAME}";
        document.querySelector("main").append(frame); }}"""
    )
    page.wait_for_timeout(300)
    assert [url for url in page.fetched if url.startswith("https:")] == []
    assert any("Content Security Policy" in text for text in page.complaints)


@pytest.mark.parametrize(("width", "copy"), [(360, "480w"), (800, "960w")])
def test_a_browser_fetches_the_copy_that_fits(site, opened, width, copy):
    page = opened(f"{site}/2025/02/a/", width)
    page.locator(".editorial img").scroll_into_view_if_needed()
    page.wait_for_function("document.querySelector('.editorial img').complete")
    assert [url for url in page.fetched if "zu.png" in url] == [
        f"{site}/2025/02/a/zu.png.{copy}.webp"
    ]
    natural = page.evaluate("document.querySelector('.editorial img').naturalWidth")
    assert natural > 0
