"""The pipeline, in order: what `build`, `check` and `serve` share."""

import functools
import os
import sys
import unicodedata
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from importlib.metadata import version
from pathlib import Path

from msgspec.structs import replace

from sitegen import prepare, publish, work
from sitegen.content import dates
from sitegen.diagnostics import catalog
from sitegen.diagnostics.model import Diagnostic, Finding
from sitegen.model import Held, Site
from sitegen.render import scaling
from sitegen.run import FOLDER, Clock, Made, Outcome, Prepared, Progress, Request, Tools, silent
from sitegen.store import cache, journal, output
from sitegen.store.cache import Memory, Pack


def build(request: Request, progress: Progress = silent) -> Outcome:
    """Builds the site. With an error in it nothing under `request.output` changes.

    The caller holds the site's lock and has seen that the output folder may be written to.
    """
    outcome = _built(request, progress)
    if outcome is None:
        cache.forget(request.root / FOLDER)
        outcome = _built(request, progress)
    assert outcome is not None  # noqa: S101 -- what was parsed just now is there
    return outcome


def _built(request: Request, progress: Progress) -> Outcome | None:
    """What a build came to; None if the cache has lost something that it says it has."""
    clock, made = Clock(), Made()
    with opened(request) as (memory, pack), work.Workers(request.jobs) as workers:
        tools = Tools(memory, pack, workers, progress)
        prepared = prepare.prepared(request, tools)
        clock.lap("prepare")
        findings = told(request, prepared, prepared.diagnostics)
        if not failed(findings, strict=request.strict):
            publishes = publish.publish if request.writes else publish.check
            published = publishes(request, prepared, tools)
            if published.damaged:
                return None
            made = published.made
            if published.diagnostics:
                faults = (*prepared.diagnostics, *published.diagnostics)
                findings = told(request, prepared, faults)
            clock.lap("make")
        if request.cached:
            with suppress(OSError):  # the site is published; what is not remembered is made again
                cache.save(request.root / FOLDER, memory, pack)
            clock.lap("remember")
    return Outcome(
        config=prepared.config,
        findings=findings,
        held=tuple(_held(request, prepared.site)),
        made=made,
        failed=failed(findings, strict=request.strict),
        seconds=clock.laps,
        kept=(prepared, memory),
    )


def _held(request: Request, site: Site) -> Iterator[Held]:
    """What this run does not publish."""
    shown = {"draft": request.drafts, "scheduled": request.future, "withdrawn": False}
    for one in site.held:
        if not shown[one.reason]:
            yield one


def told(request: Request, prepared: Prepared, faults: Iterable[Diagnostic]) -> tuple[Finding, ...]:
    """`faults` with the severities of the site's rules.

    What an author silenced in a post is left out, and in drafts that are not built an error is
    a warning.
    """
    ignored = {file.path: set(file.ignored) for file in prepared.parsed if file.ignored}
    drafts = set() if request.drafts else {file.path for file in prepared.parsed if file.draft}
    found = []
    for one in catalog.findings(faults, prepared.config.rules):
        fault, path = one.diagnostic, one.diagnostic.location.path
        if fault.code in ignored.get(path, ()) and not catalog.structural(fault.code):
            continue
        if path in drafts:
            soft = "warning" if one.severity == "error" else one.severity
            found.append(replace(one, severity=soft, strict=False))
        else:
            found.append(replace(one, strict=fault.code != "changed-output"))
    return tuple(found)


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


def failed(findings: Iterable[Finding], *, strict: bool = False) -> bool:
    """Whether one of `findings` forbids publishing: an error, or under `strict` a warning."""
    return any(
        found.severity == "error" or (strict and found.strict and found.severity == "warning")
        for found in findings
    )


# ---------------------------------------------------------------- alone at work


@contextmanager
def alone(request: Request) -> Iterator[None]:
    """Holds the site's lock and finishes what an interrupted run left behind."""
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
