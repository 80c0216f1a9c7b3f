"""Chromium, a server on loopback, and the demonstration blog at the root of its host."""

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


@pytest.fixture(scope="session")
def rooted(tmp_path_factory):
    output = tmp_path_factory.mktemp("rooted") / "output"
    root = Path(__file__).parents[2]
    with (
        contextlib.redirect_stdout(io.StringIO()),
        contextlib.redirect_stderr(io.StringIO()),
        pytest.raises(SystemExit) as ended,
    ):
        cli.main(["build", "-C", str(root), "--output", str(output), "--no-cache"])
    assert ended.value.code == 0
    return output


class _Silent(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *_):
        pass


@pytest.fixture(scope="session")
def serve():
    """Serves folders; the address of each comes back."""
    with contextlib.ExitStack() as servers:

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
