"""Chromium, and the demonstration blog, built once at the root of its host."""

import contextlib
import io
import shutil
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
def browser():
    playwright = pytest.importorskip("playwright.sync_api", reason="Playwright is not installed")
    if not CHROMIUM:
        pytest.skip("there is no chromium")
    with playwright.sync_playwright() as started:
        browser = started.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()


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
