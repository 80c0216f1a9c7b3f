"""The values of one run: what is asked for, what is prepared, what came of it."""

import time
from collections.abc import Callable
from pathlib import Path

import msgspec
from msgspec import Struct, field

from sitegen.config import Config
from sitegen.diagnostics.model import Diagnostic, Finding
from sitegen.model import Asset, Held, Parsed, Site, View
from sitegen.render.layouts import Layouts
from sitegen.site.plan import Planned
from sitegen.store.cache import Memory, Pack
from sitegen.work import Workers

FOLDER = ".sitegen"
Progress = Callable[[str, int], None]  # stage, how many are done


class Request(Struct, frozen=True):
    """What is asked for. `now` is seconds since 1970: the one instant that a build needs."""

    root: Path
    output: Path
    now: int
    base_url: str = ""
    origin: str = ""  # stands in for scheme and host of the base URL, if there is one
    drafts: bool = False
    future: bool = False
    jobs: int = 1
    cached: bool = True
    writes: bool = True
    strict: bool = False
    lasting: bool = True  # whether styles and scripts have lasting names, and pictures copies


class Made(Struct, frozen=True):
    """How many pages and posts there are, and how many files were written and removed.

    `added`, `changed` and `dropped` are the pages that are new, other and gone beside what lay in
    the output before, whether or not this run writes.
    """

    pages: int = 0
    posts: int = 0
    rendered: int = 0
    removed: int = 0
    added: int = 0
    changed: int = 0
    dropped: int = 0


class Outcome(Struct, frozen=True):
    """What a build came to. With `failed` nothing was written.

    `kept` are the values of the build, which the process takes with it when it ends: to free those
    of a large site one by one takes a twentieth of an edit.
    """

    config: Config
    findings: tuple[Finding, ...]
    held: tuple[Held, ...]
    made: Made
    failed: bool
    seconds: dict[str, float] = field(default_factory=dict)  # by stage
    kept: tuple[object, ...] = ()


class Prepared(Struct, frozen=True):
    """A site on the way to its pages: all that is known before the first is rendered."""

    config: Config
    view: View
    layouts: Layouts
    site: Site
    parsed: tuple[Parsed, ...]
    planned: tuple[Planned, ...]
    assets: tuple[Asset, ...]
    diagnostics: tuple[Diagnostic, ...]


class Tools(Struct):
    """What a run works with: what is remembered, who does the work, who hears how far it is."""

    memory: Memory
    pack: Pack
    workers: Workers
    progress: Progress
    decode: Callable[[bytes], Parsed] = msgspec.msgpack.Decoder(Parsed).decode  # of the memory


def silent(_stage: str, _done: int) -> None:
    """Shows no progress."""


class Clock:
    """How long the stages of a run take, in seconds."""

    def __init__(self) -> None:
        self.laps: dict[str, float] = {}
        self._last = time.perf_counter()

    def lap(self, stage: str) -> None:
        """Notes the time since the last lap as that of `stage`."""
        now = time.perf_counter()
        self.laps[stage], self._last = now - self._last, now
