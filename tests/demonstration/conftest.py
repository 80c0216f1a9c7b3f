"""The demonstration blog, built once under a path."""

import contextlib
import io
from pathlib import Path

import pytest

from sitegen import cli

ROOT = Path(__file__).parents[2]
BASE = "https://example.org/blog/"


@pytest.fixture(scope="session")
def demonstration(tmp_path_factory):
    output = tmp_path_factory.mktemp("demonstration") / "output"
    arguments = ["build", "-C", str(ROOT), "--output", str(output), "--base-url", BASE]
    told = io.StringIO()
    with (
        contextlib.redirect_stdout(io.StringIO()),
        contextlib.redirect_stderr(told),
        pytest.raises(SystemExit) as ended,
    ):
        cli.main([*arguments, "--no-cache", "--strict", "--now", "2026-06-01", "--lang", "en"])
    assert ended.value.code == 0, told.getvalue()
    return output
