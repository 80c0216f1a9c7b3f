"""`project`: a temporary site, built in this process by the command line.

`SITEGEN_THOROUGH=1` has Hypothesis try at length.
"""

import contextlib
import io
import os
from typing import NamedTuple

import pytest
from hypothesis import HealthCheck, settings

from sitegen import cli

settings.register_profile(
    "quick", max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
settings.register_profile(
    "thorough", max_examples=5_000, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("thorough" if os.environ.get("SITEGEN_THOROUGH") == "1" else "quick")

# The instant of every build is fixed, so that what is scheduled stays scheduled.
NOW = "2026-01-01T00:00:00+09:00"
DEFAULTS = {"--now": NOW, "--jobs": "1", "--lang": "ja"}


def pytest_addoption(parser):
    parser.addoption(
        "--update-golden", action="store_true", help="write what is made to tests/golden/"
    )


class Ran(NamedTuple):
    """What a run of the command came to."""

    code: int
    stdout: str
    stderr: str


class Project:
    """A site in a folder of its own."""

    def __init__(self, root):
        self.root = root

    def write(self, path, content):
        """Writes text or bytes to `path` of the site."""
        file = self.root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content.encode() if isinstance(content, str) else content)

    def remove(self, path):
        """Takes the file at `path` away."""
        (self.root / path).unlink()

    def build(self, *arguments):
        """Runs `sitegen build`."""
        return self.run("build", *arguments)

    def run(self, command, *arguments):
        """Runs a command in the site's folder, at a fixed instant, in Japanese and alone."""
        words = [command, *arguments]
        if command in {"build", "check"}:
            words += [w for pair in DEFAULTS.items() if pair[0] not in arguments for w in pair]
        stdout, stderr = io.StringIO(), io.StringIO()
        with (
            contextlib.chdir(self.root),
            contextlib.redirect_stdout(stdout),
            contextlib.redirect_stderr(stderr),
            pytest.raises(SystemExit) as ended,
        ):
            cli.main(words)
        return Ran(ended.value.code, stdout.getvalue(), stderr.getvalue())

    def output(self, path):
        """The text of the output at `path`."""
        return (self.root / "output" / path).read_text(encoding="utf-8")

    def tree(self):
        """All outputs: path and bytes."""
        folder = self.root / "output"
        files = (file for file in sorted(folder.rglob("*")) if file.is_file())
        return {file.relative_to(folder).as_posix(): file.read_bytes() for file in files}


@pytest.fixture(scope="session")
def project_at():
    """Makes a site in a folder that is there."""
    return Project


@pytest.fixture
def project(tmp_path, monkeypatch):
    """An empty site, and a user without settings of their own."""
    for name in list(os.environ):
        if name.startswith("GITHUB_") or name in {"NO_COLOR", "SOURCE_DATE_EPOCH"}:
            monkeypatch.delenv(name)
    monkeypatch.setenv("COLUMNS", "80")
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    root = tmp_path / "site"
    root.mkdir()
    return Project(root)


@pytest.fixture
def post():
    """The text of the smallest post that nothing is told of; `front` adds lines to its keys."""

    def text(title="霧笛", *, date="2025-02-04", front="", editorial="論評を書く。"):
        head = f"---\ntitle: {title}\ndate: {date}\n{front}"
        source = "source:\n  url: https://example.jp/kiji\n  title: 元の記事\n"
        return f"{head}{source}quote: 港に霧笛が鳴る。\n---\n{editorial}\n"

    return text
