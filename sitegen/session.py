"""A run's hold on the site's own folder: alone in it, with what earlier builds learned."""

import functools
import os
import sys
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.metadata import version
from pathlib import Path

from sitegen import work
from sitegen.content import dates
from sitegen.render import scaling
from sitegen.run import FOLDER, Request
from sitegen.store import cache, journal, output
from sitegen.store.cache import Memory, Pack


@contextmanager
def alone(request: Request) -> Iterator[None]:
    """Holds the site's lock and finishes what an interrupted run left behind.

    TimeoutError says that another run has held it for ten seconds.
    """
    if not request.cached and not request.writes:
        yield
        return
    folder = request.root / FOLDER
    with output.lock(folder, 10.0) as got:
        if not got:
            raise TimeoutError
        journal.recover(folder)
        yield


def may_keep(root: Path) -> bool:
    """Whether anything can be remembered in `root`: what only reads a site does without."""
    folder = root / FOLDER
    place = folder if os.path.lexists(folder) else root
    return place.is_dir() and not folder.is_symlink() and os.access(place, os.W_OK | os.X_OK)


@contextmanager
def opened(request: Request) -> Iterator[tuple[Memory, Pack]]:
    """What earlier builds learned, as far as it holds for this version and these settings."""
    known = stamp()
    with (
        cache.opened(request.root / FOLDER, known)
        if request.cached
        else cache.unkept(known) as found
    ):
        yield found


@functools.cache
def stamp() -> str:
    """Names the program: its own text and the versions of what parses and renders.

    Python is among it, which knows Unicode, and so are the rules of the time zones.
    """
    package = Path(__file__).parent
    texts = [path.read_bytes() for path in sorted(package.rglob("*.py"))]
    names = ("mistune", "jinja2", "pyyaml", "nh3", "pygments", "msgspec", "python-slugify")
    python = (str(sys.version_info[:2]), unicodedata.unidata_version)
    zones = (version("tzdata"), dates.rules())
    versions = (*map(version, names), *python, *zones, scaling.version())
    return work.digest(*texts, *(one.encode() for one in versions))
