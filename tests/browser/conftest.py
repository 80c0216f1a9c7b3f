"""Chromium, a server on loopback, and blogs at the roots of their hosts."""

import contextlib
import functools
import http.server
import io
import shutil
import threading
from pathlib import Path

import pytest

from sitegen import cli

CHROMIUM = shutil.which("chromium") or shutil.which("google-chrome")
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


HERE = Path(__file__).parent


def _built(site, output):
    with (
        contextlib.redirect_stdout(io.StringIO()),
        contextlib.redirect_stderr(io.StringIO()),
        pytest.raises(SystemExit) as ended,
    ):
        cli.main(["build", "-C", str(site), "--output", str(output), "--no-cache"])
    assert ended.value.code == 0
    return output


@pytest.fixture(scope="session")
def rooted(tmp_path_factory):
    return _built(HERE.parents[1], tmp_path_factory.mktemp("rooted") / "output")


@pytest.fixture(scope="session")
def specimen(tmp_path_factory):
    """A blog with all that the demonstration blog lacks: see the folder of that name."""
    site = tmp_path_factory.mktemp("specimen")
    shutil.copytree(HERE / "specimen", site, dirs_exist_ok=True)
    return _built(site, site / "output")


# A page of every kind, and posts with all that a post may hold: a name, whose page it is, where.
KINDS = {
    "home": ("rooted", "/"),
    "older": ("rooted", "/page/1/"),
    "short": ("rooted", "/2025/03/bear-bell/"),
    "long": ("specimen", "/2025/02/library/"),
    "quoting-again": ("rooted", "/2025/02/ferry/"),
    "several-leads": ("rooted", "/2024/11/three-ledes/"),
    "reactions": ("specimen", "/2025/02/reactions/"),
    "translated": ("specimen", "/2025/02/english/"),
    "english": ("rooted", "/2025/11/benches/"),
    "code": ("rooted", "/2024/07/five-people/"),
    "table": ("rooted", "/2024/09/library-lending/"),
    "tables": ("specimen", "/2025/02/tables/"),
    "image": ("rooted", "/2025/08/circular/"),
    "figure": ("rooted", "/2025/04/chart-axis/"),
    "withdrawn": ("specimen", "/2025/02/withdrawn/"),
    "page": ("rooted", "/about/"),
    "tags": ("rooted", "/tags/"),
    "tag": ("rooted", "/tags/english/"),
    "sources": ("rooted", "/sources/"),
    "source": ("rooted", "/sources/news.example.jp/"),
    "authors": ("rooted", "/authors/"),
    "author": ("specimen", "/authors/misaki/"),
    "archive": ("rooted", "/archive/"),
    "year": ("rooted", "/2025/"),
    "month": ("rooted", "/2025/02/"),
    "search": ("rooted", "/search/?q=%E5%9B%B3%E6%9B%B8%E9%A4%A8"),
    "404": ("rooted", "/404.html"),
}


@pytest.fixture(params=KINDS)
def address(request, rooted, specimen, serve):
    """The address of a page of each kind, whose name is its fragment."""
    whose, path = KINDS[request.param]
    folder = {"rooted": rooted, "specimen": specimen}[whose]
    return f"{serve(folder)}{path}#{request.param}"


class _Silent(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *_):
        pass


@pytest.fixture(scope="session")
def serve():
    """Serves folders; the address of each comes back."""
    with contextlib.ExitStack() as servers:

        @functools.cache
        def start(folder):
            handler = functools.partial(_Silent, directory=str(folder))
            server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
            servers.enter_context(server)
            servers.callback(server.shutdown)
            threading.Thread(target=server.serve_forever, daemon=True).start()
            return f"http://127.0.0.1:{server.server_port}"

        yield start


@pytest.fixture(scope="module")  # while Playwright lives, no test can run a loop of its own
def browser():
    playwright = pytest.importorskip("playwright.sync_api", reason="Playwright is not installed")
    if not CHROMIUM:
        pytest.skip("there is no chromium")
    with playwright.sync_playwright() as started:
        browser = started.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture(scope="module")
def large(browser):
    """Chromium of a reader who has set the size of text to twice what is usual."""
    flags = [*FLAGS, "--blink-settings=defaultFontSize=32"]
    started = browser.browser_type.launch(executable_path=CHROMIUM, args=flags)
    yield started
    started.close()


@pytest.fixture
def shown(browser, address):
    """The page of each kind, as it is when all has come."""
    context = browser.new_context(viewport={"width": 1280, "height": 900}, locale="ja-JP")
    page = context.new_page()
    page.goto(address)
    if address.endswith("#search"):
        page.locator(".hit").first.wait_for()
    yield page
    context.close()
