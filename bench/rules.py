"""What the checks of quotations cost of parsing, and of a cold build.

    python bench/rules.py SITE [--rounds 5]

Every post of SITE is parsed with and without the checks, in turns; CPU seconds are the least of
the rounds, which others on the machine disturb least. Then the site is checked once without a
cache, in one process, for the whole.
"""

import argparse
import time
from collections.abc import Iterator
from pathlib import Path
from unittest import mock

from sitegen import build, parse
from sitegen.config import Config
from sitegen.quotation import rules, sources
from sitegen.run import Request


def _nothing(*_given: object) -> Iterator[None]:
    return iter(())


def timed(files: list[parse.Read]) -> float:
    """CPU seconds of parsing `files`."""
    settings = parse.settings(Config())
    started = time.process_time()
    for file in files:
        parse.parse(settings, file)
    return time.process_time() - started


def unchecked(files: list[parse.Read]) -> float:
    """CPU seconds of parsing `files` without the checks."""
    with (
        mock.patch.object(rules, "post", _nothing),
        mock.patch.object(rules, "quote", _nothing),
        mock.patch.object(sources, "address", _nothing),
        mock.patch.object(sources, "via", _nothing),
    ):
        return timed(files)


def main() -> None:
    """Prints both figures, and the share of a cold build that the checks take."""
    options = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    options.add_argument("site", type=Path)
    options.add_argument("--rounds", type=int, default=5)
    given = options.parse_args()
    root = given.site.absolute()
    posts = sorted((root / "content/posts").rglob("*.md"))
    files = [parse.Read(post.relative_to(root).as_posix(), post.read_bytes()) for post in posts]
    found = [(timed(files), unchecked(files)) for _ in range(given.rounds)]
    whole, bare = map(min, zip(*found, strict=True))
    started = time.process_time()
    build.build(Request(root, root / "output", int(time.time()), cached=False, writes=False))
    total = time.process_time() - started
    print(f"with checks     {1000 * whole / len(files):7.3f} ms a post")
    print(f"without         {1000 * bare / len(files):7.3f} ms a post")
    print(f"of a cold check {100 * (whole - bare) / total:7.1f} %")


if __name__ == "__main__":
    main()
