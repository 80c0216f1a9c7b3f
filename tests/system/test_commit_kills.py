"""A build that is killed at any moment leaves whole files, and the next one finishes."""

import os
import re
import shutil
import signal
import time
from contextlib import suppress
from html import unescape
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit

import pytest

from sitegen import cli

from .conftest import NOW, Site, tree

THOROUGH = os.environ.get("SITEGEN_THOROUGH") == "1"
_CONFIG = '[tool.sitegen]\nbase_url = "https://example.org/"\ntitle = "{}"\nper_page = 4\n'


def older(root, count):
    """A site of `count` posts as it was published."""
    site = Site(root)
    site.write("pyproject.toml", _CONFIG.format("古い題名"))
    for number in range(count):
        before = f"[前]({_name(number - 1)})" if number else ""
        site.post(
            _name(number),
            f"記事{number}",
            f"論評。{before} ![絵]({number % 3}.png)\n",
            tags=f"[札{number % 4}]",
        )
    for number in range(3):
        site.write(f"content/posts/{number}.png", b"png" * number)
    site.write("content/static/gone.txt", "x")
    return site


def _name(number):
    return f"2025-0{1 + number % 9}-{10 + number % 19}-p{number}.md"


def newer(site, count):
    """Makes the site another one: posts come, change, move and go, and so do files."""
    site.write("pyproject.toml", _CONFIG.format("新しい題名"))
    for number in range(0, count, 3):
        site.post(
            _name(number),
            f"直した記事{number}",
            f"直した。[次]({_name(count + number)})\n",
            tags="[新しい札]",
        )
        site.post(
            _name(count + number),
            f"新しい記事{number}",
            f"[前]({_name(number)}) ![絵](new{number}.png)\n",
        )
        site.write(f"content/posts/new{number}.png", b"new")
    (site.root / "content/posts" / _name(count - 1)).unlink()
    (site.root / "content/static/gone.txt").unlink()
    site.write("content/static/came.txt", "y")


@pytest.fixture(scope="module", params=["over an older site", "into nothing", "onto another disk"])
def versions(request, tmp_path_factory):
    """A site that lies ready to be built, what is published of it, what will be, and where."""
    root = tmp_path_factory.mktemp("small")
    site = older(root / "site", 6)
    place = root / "site" / "output"
    if request.param == "onto another disk":
        place = Path("/dev/shm") / f"sitegen-{os.getpid()}"  # noqa: S108 -- a disk of its own
        if not place.parent.is_dir() or place.parent.stat().st_dev == root.stat().st_dev:
            pytest.skip("there is no other disk")
    elif request.param == "over an older site":
        assert site.build("--output", str(place)).code == 0
    old = tree(place) if place.is_dir() else {}
    newer(site, 6)
    clean = Site(root / "clean")
    shutil.copytree(site.root / "content", clean.root / "content")
    shutil.copy(site.root / "pyproject.toml", clean.root)
    assert clean.build().code == 0
    shutil.copytree(site.root, root / "ready", symlinks=True)
    yield root / "ready", old, clean.tree(), place if place.parent != site.root else None
    shutil.rmtree(place, ignore_errors=True)


def forked(site, output, hook, *arguments):
    """How a build ends in a child process, in which `hook` is told each step on the disk.

    A fork is much faster than a new process: the program is loaded already.
    """
    child = os.fork()
    if not child:
        try:
            silence = os.open(os.devnull, os.O_WRONLY)
            os.dup2(silence, 1)
            os.dup2(silence, 2)
            _watch(str(site.root), str(output), hook)
            cli.main(
                [
                    "build",
                    "-C",
                    str(site.root),
                    "--output",
                    str(output),
                    "--now",
                    NOW,
                    "--jobs",
                    "1",
                    *arguments,
                ]
            )
        except SystemExit as end:
            os._exit(int(end.code or 0))
        finally:
            os._exit(99)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def _watch(root, output, hook):
    """Tells `hook` of everything that is about to change below the site and its output."""
    import sys  # noqa: PLC0415 -- in the child alone

    ours = (f"{root}/.sitegen", f"{root}/output", output)
    count = 0

    def audit(event, arguments):
        nonlocal count
        if event not in {"open", "os.rename", "os.remove", "os.rmdir", "os.mkdir", "os.truncate"}:
            return
        path = arguments[0] if not isinstance(arguments[0], bytes) else os.fsdecode(arguments[0])
        below = isinstance(path, str) and (path.startswith(ours) or not path.startswith("/"))
        reads = event == "open" and not (arguments[2] or 0) & (os.O_WRONLY | os.O_RDWR | os.O_CREAT)
        if below and not reads:
            count += 1
            hook(count, event, arguments)

    sys.addaudithook(audit)


def _die(at):
    def hook(count, event, arguments):
        if count != at:
            return
        if event == "open":  # has happened, and nothing was written yet
            with suppress(OSError):
                os.open(arguments[0], arguments[2], 0o644)
        os.kill(os.getpid(), signal.SIGKILL)

    return hook


def steps(ready, place, tmp_path):
    """How many steps on the disk an undisturbed build takes."""
    site, output = laid(ready, place, tmp_path / "counted", {})
    log = tmp_path / "steps"

    def hook(count, _event, _arguments):
        handle = os.open(log, os.O_WRONLY | os.O_CREAT, 0o600)
        os.pwrite(handle, b".", count - 1)
        os.close(handle)

    assert forked(site, output, hook) == 0
    return log.stat().st_size


def laid(ready, place, root, old):
    """The site that lies in `ready`, at `root`, with its old output where that belongs."""
    shutil.copytree(ready, root, symlinks=True)
    if place is None:
        return Site(root), root / "output"
    shutil.rmtree(place, ignore_errors=True)
    for path, data in old.items():
        (place / path).parent.mkdir(parents=True, exist_ok=True)
        (place / path).write_bytes(data)
    return Site(root), place


def torn(output, old, new):
    """The files of `output` that are neither the old nor the new ones."""
    found = (
        {path: data for path, data in tree(output).items() if not path.startswith(".sitegen")}
        if output.exists()
        else {}
    )
    return sorted(
        path for path, data in found.items() if data not in (old.get(path), new.get(path))
    )


_LINK = re.compile(rb'(?:href|src)="([^"]*)"')


def dangling(output):
    """The links of pages that a reader reaches from the home page and that lead to nothing."""
    waiting, reached, wrong = ["index.html"], set(), []
    while waiting:
        path = waiting.pop()
        if path in reached or not path.endswith(".html"):
            continue
        reached.add(path)
        for target in _LINK.findall((output / path).read_bytes()):
            url = urljoin(
                f"https://example.org/{path.removesuffix('index.html')}", unescape(target.decode())
            )
            parts = urlsplit(url)
            if parts.netloc != "example.org":
                continue
            to = unquote(parts.path)[1:]
            to = f"{to}index.html" if not to or to.endswith("/") else to
            (waiting if (output / to).is_file() else wrong).append(
                to if (output / to).is_file() else f"{path}: {to}"
            )
    return wrong


def check(site, output, old, new, how):
    """What must hold after a kill, and after one run more."""
    assert torn(output, old, new) == [], how
    if old:
        assert dangling(output) == [], how
    again = site.build("--output", str(output))
    assert again.code == 0, (how, again)
    left = tree(output)
    assert {
        path for path in left.keys() | new.keys() if left.get(path) != new.get(path)
    } == set(), how
    assert site.litter() == [], how
    assert [path.name for path in output.glob(".sitegen-*")] == [], how


def test_a_kill_before_any_step_on_the_disk_leaves_whole_files(versions, tmp_path):
    ready, old, new, place = versions
    count = steps(ready, place, tmp_path)
    assert count > 60
    step = 1 if THOROUGH else max(1, count // 10)
    for at in range(1, count + 1, step):
        site, output = laid(ready, place, tmp_path / f"killed{at}", old)
        assert forked(site, output, _die(at)) == -signal.SIGKILL
        check(site, output, old, new, f"killed at step {at} of {count}")
        shutil.rmtree(site.root)


def test_a_kill_while_all_is_put_in_place_leaves_whole_files(versions, tmp_path):
    """The same, for the steps after the last file was staged: they are few, and each counts."""
    ready, old, new, place = versions
    total = steps(ready, place, tmp_path)
    for at in range(total, total // 2, -(1 if THOROUGH else 7)):
        site, output = laid(ready, place, tmp_path / f"killed{at}", old)
        assert forked(site, output, _die(at)) == -signal.SIGKILL
        check(site, output, old, new, f"killed at step {at} of {total}")
        shutil.rmtree(site.root)


def test_a_kill_of_the_run_that_finishes_leaves_whole_files(versions, tmp_path):
    """Killed once in the middle of putting in place, then again and again while finishing."""
    ready, old, new, place = versions
    total = steps(ready, place, tmp_path)
    site, output = laid(ready, place, tmp_path / "site", old)
    forked(site, output, _die(total * 3 // 4))
    for at in (1, 2, 3, 5, 8, 13):
        forked(site, output, _die(at))
        assert torn(output, old, new) == []
    check(site, output, old, new, "killed seven times")


def test_a_kill_at_any_time_leaves_whole_files(tmp_path):
    """A larger site with workers, in a process of its own."""
    count = 60
    site = older(tmp_path / "ready", count)
    assert site.build().code == 0
    old = site.tree()
    newer(site, count)
    shutil.copytree(site.root, tmp_path / "clean")
    clean = Site(tmp_path / "clean")
    begun = time.monotonic()
    assert clean.build("--jobs", "2").code == 0
    whole = time.monotonic() - begun
    new = clean.tree()
    kills = 200 if THOROUGH else 8
    for number in range(kills):
        shutil.copytree(site.root, tmp_path / "killed")
        killed = Site(tmp_path / "killed")
        process = killed.begin("build", "--now", NOW, "--jobs", "2")
        time.sleep(whole * (0.25 + 0.8 * number / kills))
        process.kill()
        process.communicate()
        check(killed, killed.output, old, new, f"killed after {number} of {kills} parts")
        shutil.rmtree(killed.root)


@pytest.mark.parametrize("way", ["file to folder", "folder to file"])
def test_a_kill_while_a_file_becomes_a_folder_leaves_whole_files(tmp_path, way):
    pair = ("/x.html", "/x.html/y/")
    first, second = pair if way == "file to folder" else pair[::-1]
    site = older(tmp_path / "ready", 2)
    site.post("2025-05-05-x.md", "動く記事", url=first)
    assert site.build().code == 0
    old = site.tree()
    site.post("2025-05-05-x.md", "動く記事", url=second)
    shutil.copytree(site.root, tmp_path / "clean")
    clean = Site(tmp_path / "clean")
    shutil.rmtree(clean.output)
    assert clean.build().code == 0
    new = clean.tree()
    total = steps(site.root, None, tmp_path)
    for at in range(1, total + 1, 1 if THOROUGH else max(1, total // 8)):
        killed, output = laid(site.root, None, tmp_path / f"killed{at}", old)
        assert forked(killed, output, _die(at)) == -signal.SIGKILL
        assert torn(output, old, new) == []
        assert killed.build().code == 0
        assert killed.tree() == new
        assert killed.litter() == []
