"""Times sitegen's builds, side by side with another generator's cold build of the same posts.

    python bench/compare.py SITE [--rounds 5] [--other DIR --output public --command hugo …]

SITE and DIR are copied first. Each round does, in turn: the other's cold build, ours cold, ours
with nothing changed, ours after an edit of the newest post. Wall and CPU are in seconds (medians;
CPU is of all processes), memory in MiB of the largest process. What is old is moved aside, not
removed: on some file systems making files right after removing as many is slow.
"""

import argparse
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

Row = tuple[float, float, float]


def run(command: list[str], folder: Path) -> Row:
    """Wall seconds, CPU seconds and MiB of `command` in `folder`."""
    started = time.perf_counter()
    with subprocess.Popen(
        command, cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE
    ) as process:
        said = process.stderr.read() if process.stderr else b""
        _, status, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        sys.exit(f"{command} failed in {folder}:\n{said.decode()}")
    wall = time.perf_counter() - started
    return wall, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024


def aside(folder: Path, names: list[str], trash: Path) -> None:
    """Moves what an earlier build left in `folder` out of the way."""
    for name in names:
        if (folder / name).exists():
            (folder / name).rename(trash / f"{time.monotonic_ns()}")


def options(document: str, rounds: int) -> argparse.ArgumentParser:
    """What can be asked of a measurement beside another generator; `document` describes it."""
    asked = argparse.ArgumentParser(description=document.partition("\n")[0])
    asked.add_argument("site", type=Path)
    asked.add_argument("--rounds", type=int, default=rounds)
    asked.add_argument("--other", type=Path)
    asked.add_argument("--output", default="public")
    asked.add_argument("--command", nargs="+", default=[])
    return asked


@contextmanager
def copies(given: argparse.Namespace, *names: str) -> Iterator[Path]:
    """A folder with copies of the site by their `names`, `other` if asked for, and `trash`."""
    with tempfile.TemporaryDirectory(dir=given.site.resolve().parent) as folder:
        work = Path(folder)
        (work / "trash").mkdir()
        for name in names:
            ignored = shutil.ignore_patterns("output", ".sitegen")
            shutil.copytree(given.site, work / name, ignore=ignored)
        if given.other:
            ignored = shutil.ignore_patterns(given.output)
            shutil.copytree(given.other, work / "other", ignore=ignored)
        yield work


def main() -> None:
    """Prints a table of medians, and ratios to the first row."""
    asked = options(__doc__, 5)
    asked.add_argument("--jobs", default="")
    given = asked.parse_args()
    with copies(given, "ours") as work:
        measure(given, work)


def measure(given: argparse.Namespace, work: Path) -> None:
    """Runs the rounds in `work`, where the copies are."""
    trash, ours, other = work / "trash", work / "ours", work / "other"
    newest = max((ours / "content/posts").rglob("*.md"))
    build = [sys.executable, "-m", "sitegen", "build"]
    build += ["--jobs", given.jobs] if given.jobs else []
    rows: dict[str, list[Row]] = {}
    for _ in range(given.rounds):
        if given.other:
            aside(other, [given.output], trash)
            rows.setdefault("other, cold", []).append(run(given.command, other))
        aside(ours, ["output", ".sitegen"], trash)
        rows.setdefault("sitegen, cold", []).append(run(build, ours))
        rows.setdefault("sitegen, nothing changed", []).append(run(build, ours))
        with newest.open("a", encoding="utf-8") as file:
            file.write("\n一文を足した。\n")
        rows.setdefault("sitegen, one post edited", []).append(run(build, ours))
    first = statistics.median(wall for wall, _, _ in next(iter(rows.values())))
    print(f"{'':26}{'wall s':>8}{'ratio':>7}{'CPU s':>8}{'MiB':>7}")
    for name, found in rows.items():
        wall, cpu, memory = (statistics.median(column) for column in zip(*found, strict=True))
        print(f"{name:26}{wall:8.2f}{wall / first:7.2f}{cpu:8.2f}{memory:7.0f}")


if __name__ == "__main__":
    main()
