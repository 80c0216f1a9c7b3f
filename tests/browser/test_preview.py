"""The preview in real Chromium: what is saved is what is seen."""

import re
import signal
import subprocess
import sys
import threading

import pytest

POST = "content/posts/2025/02/04-fog.md"
URL = "/2025/02/fog/"
LONG = 30_000  # milliseconds: far more than anything here takes


def text(editorial, front=""):
    """A post without faults."""
    head = f"---\ntitle: 霧笛\n{front}source:\n  url: https://example.jp/kiji\n  title: 元の記事\n"
    return f"{head}quote: 港に霧笛が鳴る。\n---\n{editorial}\n"


class Preview:
    """A site and the process that shows it."""

    def __init__(self, root):
        self.root, self.port, self.process = root, 0, None

    def write(self, path, content):
        """Saves a file of the site."""
        file = self.root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(content, encoding="utf-8")

    def start(self):
        """Begins to show the site, at the same port as before."""
        command = [sys.executable, "-m", "sitegen", "serve", "--lang", "ja"]
        command += ["--port", str(self.port)]
        self.process = subprocess.Popen(  # noqa: S603 -- our own program
            command, cwd=self.root, stderr=subprocess.PIPE, stdout=subprocess.DEVNULL
        )
        for line in self.process.stderr:
            if found := re.search(rb"http://127.0.0.1:(\d+)/", line):
                self.port = int(found[1])
                break
        threading.Thread(target=self.process.stderr.read, daemon=True).start()

    def stop(self):
        """Ends it."""
        self.process.send_signal(signal.SIGINT)
        self.process.wait(LONG / 1000)
        self.process.stderr.close()

    def url(self, path=URL):
        """Where a page is."""
        return f"http://127.0.0.1:{self.port}{path}"


@pytest.fixture
def preview(tmp_path):
    made = Preview(tmp_path)
    made.write(POST, text("第一稿。"))
    made.write("layouts/static/own.css", "h1 { color: rgb(1, 2, 3) }")
    made.write("layouts/head.html", '<link rel="stylesheet" href="{{ config.base }}own.css">\n')
    made.start()
    yield made
    made.stop()


@pytest.fixture
def page(browser, preview):
    context = browser.new_context(viewport={"width": 1280, "height": 600}, locale="ja-JP")
    context.set_default_timeout(LONG)
    page = context.new_page()
    page.complaints = []
    page.on(
        "console",
        lambda said: page.complaints.append(said.text) if said.type == "error" else None,
    )
    page.goto(preview.url())
    heard(page)
    yield page
    context.close()


def heard(page):
    """Waits until the page listens."""
    page.wait_for_function("() => document.querySelector('sitegen-preview')?.shadowRoot")
    page.wait_for_load_state("load")


def sees(page, words):
    """Waits until the page shows `words`."""
    page.wait_for_function(
        "words => document.querySelector('.editorial')?.textContent.includes(words)", arg=words
    )


def test_what_is_saved_is_seen_and_the_policy_is_kept(page, preview):
    preview.write(POST, text("第二稿。"))
    sees(page, "第二稿")
    assert page.complaints == []


def test_ten_edits_in_a_row_end_with_the_last(page, preview):
    for number in range(10):
        preview.write(POST, text(f"第{number}版。"))
        page.wait_for_timeout(40)
    sees(page, "第9版")


def test_two_pages_follow_together(page, preview):
    other = page.context.new_page()
    other.goto(preview.url("/"))
    heard(other)
    preview.write(POST, text("二つとも。"))
    sees(page, "二つとも")
    other.get_by_text("二つとも").first.wait_for()


def test_the_place_in_a_page_is_kept(page, preview):
    preview.write(POST, text("第一稿。\n\n" + "長い文。\n\n" * 200))
    sees(page, "長い文")
    heard(page)
    page.evaluate("scrollTo(0, 1500)")
    preview.write(POST, text("第二稿。\n\n" + "長い文。\n\n" * 200))
    sees(page, "第二稿")
    page.wait_for_function("() => Math.abs(scrollY - 1500) < 5")


def test_a_style_sheet_is_swapped_without_a_reload(page, preview):
    page.evaluate("window.still = true")
    preview.write("layouts/static/own.css", "h1 { color: rgb(9, 8, 7) }")
    page.wait_for_function(
        "() => getComputedStyle(document.querySelector('h1')).color === 'rgb(9, 8, 7)'"
    )
    assert page.evaluate("window.still") is True


def test_the_panel_comes_over_the_last_good_page_and_goes(page, preview):
    preview.write(POST, text("壊す。", front="tag: 誤り\n"))
    panel = page.locator(".panel")
    panel.wait_for()
    assert "第一稿" in page.locator(".editorial").inner_text()
    assert (
        panel.locator(".where code").first.inner_text(),
        panel.locator(".line").first.evaluate("line => line.textContent.replace(/^\\d+/, '')"),
    ) == (POST + ":3:1", "tag: 誤り")
    panel.locator(".close").first.click()
    panel.wait_for(state="hidden")
    page.locator(".again").click()
    panel.wait_for()
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    panel.locator(".copy").first.click()
    page.get_by_text("コピーしました").wait_for()
    assert page.evaluate("navigator.clipboard.readText()") == POST + ":3:1"
    preview.write(POST, text("直した。"))
    sees(page, "直した")
    panel.wait_for(state="hidden")


def test_the_bar_says_what_an_editor_needs(page, preview):
    preview.write(POST, text("論評を書く。", front="draft: true\n"))
    page.locator(".mark.draft").wait_for()
    bar = page.locator(".bar").inner_text()
    assert all(words in bar for words in ("下書き", "引用 8：論評 6 字", POST))


def test_the_bar_is_folded_by_the_keyboard_and_stays_so(page):
    page.locator(".fold").focus()
    page.keyboard.press("Enter")
    page.locator(".bar.folded").wait_for()
    page.reload()
    page.locator(".bar.folded").wait_for()


def test_the_last_line_of_a_page_can_be_read_above_the_bar(page):
    page.set_viewport_size({"width": 360, "height": 400})
    page.evaluate("scrollTo(0, document.documentElement.scrollHeight)")
    page.wait_for_function(
        """() => {
            const bar = document.querySelector('sitegen-preview').shadowRoot.querySelector('.bar');
            scrollTo(0, document.documentElement.scrollHeight);
            const last = document.querySelector('footer.colophon').lastElementChild;
            return bar.offsetHeight && last.getBoundingClientRect().bottom
                <= bar.getBoundingClientRect().top;
        }"""
    )


def test_a_page_that_is_not_there_offers_near_ones(page, preview):
    page.goto(preview.url("/2025/03/fog/"))
    page.locator(".near a").first.click()
    sees(page, "第一稿")


def test_a_preview_that_was_started_again_is_found_again(page, preview):
    preview.stop()
    page.locator(".lost", has_text="つながっていません").wait_for()
    preview.write(POST, text("止まっている間に書いた。"))
    preview.start()
    sees(page, "止まっている間に")


def test_a_connection_that_was_lost_is_made_again(page, preview):
    """As when a laptop wakes up: the socket is gone, and an edit was missed."""
    page.context.set_offline(True)  # new connections fail
    preview.process.send_signal(signal.SIGSTOP)
    page.evaluate("dispatchEvent(new Event('online'))")  # the old one is given up
    page.locator(".lost", has_text="つながっていません").wait_for()
    preview.process.send_signal(signal.SIGCONT)
    preview.write(POST, text("眠っている間に書いた。"))
    page.context.set_offline(False)
    sees(page, "眠っている間に")


def test_a_page_that_missed_an_edit_shows_it_below_the_faults_that_came_after(page, preview):
    page.context.set_offline(True)
    preview.process.send_signal(signal.SIGSTOP)
    page.evaluate("dispatchEvent(new Event('online'))")
    page.locator(".lost", has_text="つながっていません").wait_for()
    preview.process.send_signal(signal.SIGCONT)
    preview.write(POST, text("眠っている間に書いた。"))
    other = page.context.browser.new_page()
    other.goto(preview.url())
    sees(other, "眠っている間に")
    preview.write(POST, text("壊す。", front="tag: 誤り\n"))
    other.locator(".panel").wait_for()
    other.close()
    page.context.set_offline(False)
    page.locator(".panel").wait_for()
    sees(page, "眠っている間に")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_bar_and_panel_fit_a_narrow_window(browser, preview, scheme):
    preview.write(POST, text("壊す。", front="tag: 誤り\n"))
    context = browser.new_context(viewport={"width": 360, "height": 700}, color_scheme=scheme)
    page = context.new_page()
    page.goto(preview.url())
    page.locator(".panel").wait_for()
    widths = page.evaluate(
        "[...document.querySelector('sitegen-preview').shadowRoot.querySelectorAll('.panel, .bar')]"
        ".map(one => [one.scrollWidth, one.clientWidth])"
    )
    assert all(scroll <= client for scroll, client in widths)
    context.close()
