"""The demonstration blog, built once at the root of its host."""

import contextlib
import io
from pathlib import Path

import pytest

from sitegen import cli


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
