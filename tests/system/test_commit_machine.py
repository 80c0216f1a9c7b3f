"""The machine fails: one line, exit code 3, and the published site is as it was."""

import errno
import fcntl
import os
import shutil
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from .conftest import QUIET, Site, seen, tree

THOROUGH = os.environ.get("SITEGEN_THOROUGH") == "1"

# Fails at the n-th step that writes below the site, as a machine would.
FAILING = """
count = 0
def audit(event, arguments):
    global count
    if event not in {{"open", "os.rename", "os.mkdir"}}:
        return
    path = os.fspath(arguments[0]) if not isinstance(arguments[0], int) else ""
    writes = event != "open" or (arguments[2] or 0) & (os.O_WRONLY | os.O_RDWR | os.O_CREAT)
    if writes and ("/output" in path or "/.sitegen" in path):
        count += 1
        if count == {at}:
            raise OSError({error}, os.strerror({error}), path)
sys.addaudithook(audit)
"""


def changed(site):
    """The site with one post changed, some new, one gone and a new title."""
    site.post("2025/02/05-second.md", "直した記事", tags="[新しい札]")
    site.post("2025/04/07-fourth.md", "四番目の記事")
    for day in range(8, 31):
        site.post(f"2025/04/{day:02}-more-{day}.md", f"{day}日の記事")
    (site.root / "content/posts/2025/03/06-third.md").unlink()
    return site


@pytest.fixture
def clean(tmp_path):
    """What the changed site is when it is built at once."""
    made = Site(tmp_path / "clean")
    made.post("2025/02/04-first.md", "最初の記事")
    made.write("content/posts/2025/03/pic.png", b"png")
    made.write(
        "pyproject.toml",
        f'[tool.sitegen]\nbase_url = "https://example.org/"\ntitle = "題名"\n{QUIET}',
    )
    assert changed_clean(made).build().code == 0
    return made.tree()


def changed_clean(made):
    made.post("2025/03/06-third.md", "x")
    return changed(made)


def files(output, found):
    """What was `found`, but the times of folders: those of a file that came back are new."""
    return {path: not (output / path).is_dir() and told for path, told in found.items()}


def is_one_line(done):
    return done.err.count("\n") == 1 and done.err.startswith("✗") and "Traceback" not in done.err


SOME = (1, 2, 3, 5, 8, 13, 21, 34, 55, 89, 100, 110)  # from 86 on all is put in place


@pytest.mark.parametrize(
    "error", [errno.ENOSPC, errno.EROFS, errno.EMFILE, errno.EIO], ids=errno.errorcode.get
)
@pytest.mark.parametrize("at", range(1, 120) if THOROUGH else SOME)
def test_a_step_that_fails_leaves_the_old_site_and_one_line(built, clean, at, error):
    site = changed(built)
    before = seen(site.output)
    done = site.build("--jobs", "1", prelude=FAILING.format(at=at, error=error))
    if done.code == 0:  # there are not so many steps
        assert site.tree() == clean
        return
    assert done.code == 3, done
    assert is_one_line(done), done
    assert files(site.output, seen(site.output)) == files(site.output, before)
    assert site.build().code == 0
    assert site.tree() == clean
    assert site.litter() == []


@pytest.fixture
def disk(tmp_path):
    """A small disk of its own; gives a function that leaves so many bytes of it free."""
    place = tmp_path / "disk"
    place.mkdir()
    size = 2 * 1024 * 1024
    mount = ["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", str(place)]
    if os.geteuid() or subprocess.run(mount, capture_output=True, check=False).returncode:  # noqa: S603
        pytest.skip("nothing can be mounted here")

    def fill(free):
        status = os.statvfs(place)
        (place / "filler").write_bytes(b"x" * max(0, status.f_bavail * status.f_frsize - free))

    yield place, fill
    subprocess.run(["umount", str(place)], capture_output=True, check=True)  # noqa: S603, S607


@pytest.mark.parametrize("free", [0, 4096, 8192, 16_384, 40_960, 65_536, 98_304, 131_072, 196_608])
def test_a_full_disk_leaves_the_old_site_and_one_line(disk, clean, free):
    place, fill = disk
    site = Site(place / "site")
    site.post("2025/02/04-first.md", "最初の記事")
    site.post("2025/03/06-third.md", "三番目の記事")
    site.write("content/posts/2025/03/pic.png", b"png")
    site.write(
        "pyproject.toml",
        f'[tool.sitegen]\nbase_url = "https://example.org/"\ntitle = "題名"\n{QUIET}',
    )
    assert site.build().code == 0
    changed(site)
    fill(free)
    before, bytes_before = seen(site.output), site.tree()
    done = site.build("--jobs", "1")
    if done.code:
        assert done.code == 3, done
        assert is_one_line(done), done
        assert "空きがありません。前回の" in done.err
        assert seen(site.output) == before
        assert site.tree() == bytes_before
    (place / "filler").unlink()
    assert site.build().code == 0
    assert site.tree() == clean
    assert site.litter() == []


def test_a_limit_of_file_sizes_leaves_the_old_site_and_one_line(built):
    site = changed(built)
    before = seen(site.output)
    limit = """
    import resource, signal
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000))
    """
    done = site.build("--jobs", "1", prelude=limit)
    assert done.code == 3, done
    assert is_one_line(done), done
    assert seen(site.output) == before


def test_without_memory_the_old_site_stays_and_one_line_is_told(built):
    site = changed(built)
    before = seen(site.output)
    failing = FAILING.format(at=9, error=errno.ENOMEM)
    done = site.build("--jobs", "1", prelude=failing.replace("OSError", "MemoryError"))
    assert done.code == 3, done
    assert is_one_line(done), done
    assert "メモリー" in done.err
    assert seen(site.output) == before


# ---------------------------------------------------------------- rights


# Root without its powers may do only what the rights of its files allow.
POWERLESS = ["setpriv", "--bounding-set=-all", "--inh-caps=-all"]
ORDINARY = pytest.mark.skipif(
    os.geteuid() == 0 and not shutil.which("setpriv"), reason="root may do everything"
)


def ordinarily(site):
    """What a build by a user without powers comes to."""
    return site.build("--jobs", "1", before=() if os.geteuid() else POWERLESS)


@ORDINARY
@pytest.mark.parametrize("mode", [0o555, 0o500, 0o000], ids=oct)
@pytest.mark.parametrize("which", ["output", "output/2025", "output/tags", ".sitegen"])
def test_a_folder_that_may_not_be_written_gives_one_line(built, which, mode):
    site = changed(built)
    before = seen(site.output)
    (site.root / which).chmod(mode)
    done = ordinarily(site)
    (site.root / which).chmod(0o755)
    assert done.code == 3, done
    assert is_one_line(done), done
    assert seen(site.output) == before


@ORDINARY
@pytest.mark.parametrize(
    "which",
    [
        "content/posts/2025/02/04-first.md",
        "content/posts/2025/03/pic.png",
        "content/posts/2025",
        "pyproject.toml",
    ],
)
def test_a_file_that_may_not_be_read_gives_one_line(site, which):
    (site.root / which).chmod(0)
    done = ordinarily(site)
    (site.root / which).chmod(0o755)
    assert done.code == 3, done
    assert is_one_line(done), done


@ORDINARY
@pytest.mark.parametrize("command", ["check", "list"])
def test_a_site_that_may_only_be_read_can_be_checked_and_listed(site, command):
    site.root.chmod(0o555)
    done = site.run(command, before=() if os.geteuid() else POWERLESS)
    site.root.chmod(0o755)
    assert done.code == 0, done


def test_a_user_without_a_name_and_a_home_can_build(site):
    unknown = """
    import pwd
    def nobody(_): raise KeyError("unknown user")
    pwd.getpwuid = nobody
    os.environ.pop("HOME", None)
    """
    done = site.build(prelude=unknown)
    assert done.code == 0, done


# ---------------------------------------------------------------- two at once, and Ctrl-C

SOONER = """
from sitegen.store import output
lock = output.lock
output.lock = lambda folder, seconds: lock(folder, seconds / 10)
"""


def test_a_second_build_waits_and_then_gives_up(built):
    site = changed(built)
    before = seen(site.output)
    with (site.folder / "lock").open("ab") as file:
        fcntl.lockf(file, fcntl.LOCK_EX)
        begun = time.monotonic()
        done = site.build(prelude="" if THOROUGH else SOONER)
        waited = time.monotonic() - begun
    assert done.code == 3, done
    assert is_one_line(done), done
    assert waited > (10 if THOROUGH else 1)
    assert seen(site.output) == before


def test_a_second_build_waits_until_the_first_is_done(built, clean):
    site = changed(built)
    with (site.folder / "lock").open("ab") as file:
        fcntl.lockf(file, fcntl.LOCK_EX)
        timer = threading.Timer(1.5, fcntl.lockf, (file, fcntl.LOCK_UN))
        timer.start()
        done = site.build()
        timer.join()
    assert done.code == 0, done
    assert site.tree() == clean


def test_two_builds_at_once_make_one_site(built, clean):
    site = changed(built)
    processes = [site.begin("build", "--now", "2026-01-01T00:00:00Z") for _ in range(2)]
    assert [process.wait(60) for process in processes] == [0, 0]
    for process in processes:
        process.communicate()
    assert site.tree() == clean
    assert site.litter() == []


def larger(site):
    """The site with enough posts for workers."""
    for number in range(260):
        site.post(
            f"2024/0{1 + number % 9}/1{number % 9}-p{number}.md",
            f"記事{number}",
            f"本文。\n\n{'論評。' * 300}\n",
        )
    return site


def group(leader):
    """The processes that live on in the process group of `leader`."""
    found = []
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            said = path.read_text(encoding="utf-8").rpartition(")")[2].split()
        except OSError:
            continue
        if int(said[2]) == leader and said[0] != "Z":
            found.append(path.parent.name)
    return found


@pytest.mark.parametrize(
    "after", [0.1, 0.4, 0.7, 1.0, 1.4, 1.9, 2.5] if THOROUGH else [0.5, 1.0, 1.6]
)
def test_ctrl_c_ends_everything_and_leaves_the_old_site(built, after):
    site = larger(built)
    before = seen(site.output)
    ready = "import time; open('started', 'w').close()"
    process = site.begin(
        "build",
        "--now",
        "2026-01-01T00:00:00Z",
        "--jobs",
        "2",
        prelude=ready,
        start_new_session=True,
    )
    while not (site.root / "started").exists():
        time.sleep(0.01)
    time.sleep(after)
    os.killpg(process.pid, signal.SIGINT)
    stdout, stderr = process.communicate(timeout=20)
    assert process.returncode in {0, 130}, stderr.decode()
    if process.returncode == 130:
        assert stderr.decode().startswith("✗")
        assert stderr.count(b"\n") == 1
        assert seen(site.output) == before
        assert stdout == b""
    assert group(process.pid) == []


LOADED = """
import os, signal, sys
class Interrupting:
    def find_spec(self, name, *_):
        if name == "sitegen.diagnostics":
            os.kill(os.getpid(), signal.SIGINT)
sys.meta_path.insert(0, Interrupting())
from sitegen.__main__ import main
main()
"""


def test_ctrl_c_while_the_program_is_loaded_is_no_bug():
    words = [sys.executable, "-c", LOADED]
    ran = subprocess.run(words, capture_output=True, check=False)  # noqa: S603 -- our own words
    assert (ran.returncode, ran.stderr) == (130, b"")


# Ctrl-C comes at the n-th file that is put in place.
INTERRUPTED = """
import signal
count = 0
def audit(event, arguments):
    global count
    if event == "os.rename" and "/stage/" in os.fspath(arguments[0]):
        count += 1
        if count == {at}:
            os.kill(os.getpid(), signal.SIGINT)
sys.addaudithook(audit)
"""


@pytest.mark.parametrize("at", [1, 2, 5, 9])
def test_ctrl_c_while_all_is_put_in_place_leaves_the_old_site_or_the_new_one(built, clean, at):
    site = changed(built)
    before = site.tree()
    done = site.build("--jobs", "1", prelude=INTERRUPTED.format(at=at))
    assert done.code in {0, 130}, done
    assert site.tree() == (clean if done.code == 0 else before)
    assert site.build().code == 0
    assert site.tree() == clean
    assert site.litter() == []


def test_the_workers_of_a_killed_build_end(built):
    site = larger(built)
    process = site.begin(
        "build", "--now", "2026-01-01T00:00:00Z", "--jobs", "2", start_new_session=True
    )
    deadline = time.monotonic() + 20
    while len(group(process.pid)) < 3 and time.monotonic() < deadline:
        time.sleep(0.02)
    assert len(group(process.pid)) >= 3
    process.kill()
    process.communicate()
    deadline = time.monotonic() + 5
    while group(process.pid) and time.monotonic() < deadline:
        time.sleep(0.1)
    assert group(process.pid) == []
    assert site.build().code == 0


def test_a_worker_that_is_killed_gives_one_line(built):
    site = larger(built)
    before = seen(site.output)
    process = site.begin(
        "build", "--now", "2026-01-01T00:00:00Z", "--jobs", "2", start_new_session=True
    )
    deadline = time.monotonic() + 20
    while len(group(process.pid)) < 3 and time.monotonic() < deadline:
        time.sleep(0.02)
    victim = next(one for one in map(int, group(process.pid)) if one != process.pid)
    os.kill(victim, signal.SIGKILL)
    _, stderr = process.communicate(timeout=30)
    assert process.returncode == 3, stderr.decode()
    assert stderr.count(b"\n") == 1
    assert seen(site.output) == before
    assert tree(site.output)
