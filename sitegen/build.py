"""The pipeline, in order: what `build`, `check` and `serve` share."""

from collections.abc import Iterable, Iterator
from contextlib import suppress

from msgspec.structs import replace

from sitegen import prepare, publish, session, work
from sitegen.diagnostics import catalog
from sitegen.diagnostics.model import Diagnostic, Finding
from sitegen.model import Held, Site
from sitegen.run import FOLDER, Clock, Made, Outcome, Prepared, Progress, Request, Tools, silent
from sitegen.store import cache


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
    with session.opened(request) as (memory, pack), work.Workers(request.jobs) as workers:
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


def failed(findings: Iterable[Finding], *, strict: bool = False) -> bool:
    """Whether one of `findings` forbids publishing: an error, or under `strict` a warning."""
    return any(
        found.severity == "error" or (strict and found.strict and found.severity == "warning")
        for found in findings
    )
