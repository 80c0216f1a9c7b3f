"""Sites on a disk, and `sitegen` as a process of its own."""

import os
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

NOW = "2026-01-01T00:00:00Z"
# Runs the command line after a prelude, in which a test breaks a part of the machine.
_RUNNER = "import os, sys\nfrom sitegen import cli\n{prelude}\ncli.main(sys.argv[1:])\n"
_UNSET = {
    "GITHUB_ACTIONS",
    "GITHUB_STEP_SUMMARY",
    "NO_COLOR",
    "SOURCE_DATE_EPOCH",
    "FORCE_COLOR",
    "CI",
}


class Done:
    """What a run came to."""

    def __init__(self, code: int, stdout: bytes, stderr: bytes) -> None:
        self.code, self.out, self.err = code, stdout.decode(), stderr.decode()

    def __repr__(self) -> str:
        return f"exit code {self.code}\n{self.out}\n{self.err}"


class Site:
    """A site in a folder, and how it is built there by other processes."""

    def __init__(self, root: Path) -> None:
        self.root, self.output, self.folder = root, root / "output", root / ".sitegen"
        root.mkdir(parents=True, exist_ok=True)

    def write(self, path: str, data: str | bytes) -> Path:
        """A file of the site."""
        file = self.root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(data.encode() if isinstance(data, str) else data)
        return file

    def post(self, path: str, title: str, body: str = "論評。\n", **fields: str) -> Path:
        """A post of the site."""
        said = "".join(f"{key}: {value}\n" for key, value in fields.items())
        source = "{url: 'https://example.com/x', title: 題}"
        head = f"title: {title}\nsource: {source}\nquote: 引用。\n{said}"
        return self.write(f"content/posts/{path}", f"---\n{head}---\n{body}")

    def begin(self, *arguments: str, prelude: str = "", **more):
        """`sitegen` with `arguments` as a process that has begun."""
        code = _RUNNER.format(prelude=textwrap.dedent(prelude))
        environment = {name: said for name, said in os.environ.items() if name not in _UNSET}
        pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "cwd": self.root}
        pipes |= {"env": {**environment, **more.pop("env", {})}}
        command = [*more.pop("before", ()), sys.executable, "-W", "ignore", "-c", code, *arguments]
        return subprocess.Popen(command, **{**pipes, **more})  # noqa: S603 -- our own program

    def run(self, *arguments: str, prelude: str = "", **more) -> Done:
        """What `sitegen` with `arguments` comes to."""
        process = self.begin(*arguments, prelude=prelude, **more)
        try:
            stdout, stderr = process.communicate(timeout=60)
        finally:
            process.kill()
            process.wait()
        return Done(process.returncode, stdout or b"", stderr or b"")

    def build(self, *arguments: str, prelude: str = "", **more) -> Done:
        """What a build comes to."""
        return self.run("build", "--now", NOW, *arguments, prelude=prelude, **more)

    def tree(self) -> dict[str, bytes]:
        """The bytes of every file in the output."""
        return tree(self.output)

    def litter(self) -> list[str]:
        """What an interrupted run must not leave behind for ever."""
        names = ("stage", "journal", "journal.new", "index.new")
        left = [name for name in names if os.path.lexists(self.folder / name)]
        packs = sorted(path.name for path in self.folder.glob("bodies-*"))
        return left + packs[1:] + [path.name for path in self.output.glob(".sitegen-*")]


def tree(folder: Path) -> dict[str, bytes]:
    """The bytes of every file below `folder`, by path; links are not followed."""
    return {
        path.relative_to(folder).as_posix(): bytes(path.readlink())
        if path.is_symlink()
        else path.read_bytes()
        for path in folder.rglob("*")
        if path.is_symlink() or path.is_file()
    }


# Of sites whose posts are of a line or two, and whose files are counted.
QUIET = """search = false
[tool.sitegen.rules]
quote-ratio = "off"
editorial-short = "off"
source-site-missing = "off"
accessed-missing = "off"
published-missing = "off"
quoted-before = "off"
"""


def seen(folder: Path) -> dict[str, tuple[int, int, int]]:
    """What tells that nothing below `folder` was touched."""
    found = {
        path.relative_to(folder).as_posix(): path.lstat() for path in (folder, *folder.rglob("*"))
    }
    return {path: (one.st_ino, one.st_mtime_ns, one.st_size) for path, one in found.items()}


@pytest.fixture
def site(tmp_path):
    """A site of three posts that was never built."""
    made = Site(tmp_path / "site")
    made.post("2025/02/04-first.md", "最初の記事")
    made.post("2025/02/05-second.md", "二番目の記事", "[前](04-first.md)\n", tags="[札]")
    made.post("2025/03/06-third.md", "三番目の記事", "論評。![絵](pic.png)\n")
    made.write("content/posts/2025/03/pic.png", b"png")
    made.write(
        "pyproject.toml",
        f'[tool.sitegen]\nbase_url = "https://example.org/"\ntitle = "題名"\n{QUIET}',
    )
    return made


@pytest.fixture
def built(site):
    """The same, built."""
    done = site.build()
    assert done.code == 0, done
    return site


@pytest.fixture(scope="session")
def site_at():
    """Makes a site in a folder."""
    return Site
