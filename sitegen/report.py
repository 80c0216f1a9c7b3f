"""What a run came to -> what is told of it, to whom, and the exit code."""

import os
import re
from collections.abc import Iterator
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from sitegen import build, layout_files, summary, text
from sitegen.diagnostics import github
from sitegen.diagnostics import json as fault_json
from sitegen.diagnostics import text as fault_text
from sitegen.diagnostics.model import Diagnostic
from sitegen.run import Outcome, Request

OK, FAULTS, USAGE, MACHINE, BUG, INTERRUPTED = 0, 1, 2, 3, 70, 130


class Manner(Struct, frozen=True):
    """How to tell it. `only` are the files that it is narrowed down to; none means all."""

    language: str
    form: str  # "text", "json" or "github": what stdout holds
    output: str  # the output folder, as the user calls it
    only: tuple[Path, ...] = ()
    colour: bool = False
    columns: int = 80
    actions: bool = False  # whether GitHub Actions reads it
    profile: bool = False
    clock: str = ""  # the environment's name of the instant, if it was taken from there


class Report(Struct, frozen=True):
    """What is told, and where; `job_summary` is Markdown, "" outside GitHub Actions."""

    stderr: str
    stdout: str
    job_summary: str
    code: int


def report(outcome: Outcome, request: Request, manner: Manner, seconds: float) -> Report:
    """What is told of `outcome`, which took `seconds`."""
    told = narrowed(outcome, request, manner.only)
    language = manner.language
    frames = fault_text.told(
        told.findings,
        language,
        lines(request.root),
        strict=request.strict,
        colour=manner.colour,
        columns=manner.columns,
    )
    words = _closing(outcome, told, request, manner, seconds)
    profile = "".join(f"  {stage:10} {lap:7.3f} s\n" for stage, lap in told.seconds.items())
    table = summary.table(told, language)
    prefix = _below_repository(request.root)
    return Report(
        stderr="\n".join(filter(None, (frames, words))) + (profile if manner.profile else ""),
        stdout=_stdout(told, prefix, manner, seconds),
        job_summary=github.summary(told.findings, language, table, prefix)
        if manner.actions
        else "",
        code=_code(told),
    )


def _closing(
    outcome: Outcome, told: Outcome, request: Request, manner: Manner, seconds: float
) -> str:
    """The closing lines of what is `told` of `outcome`."""
    if outcome.failed and not told.failed:
        left = summary.severities(outcome) - summary.severities(told)
        return summary.elsewhere(told, manner.language, left)
    return summary.summary(
        told,
        manner.language,
        output=manner.output,
        seconds=seconds,
        written=request.writes,
        strict=request.strict,
        clock=manner.clock,
    )


def _stdout(told: Outcome, prefix: str, manner: Manner, seconds: float) -> str:
    """The chosen format, and beside all but JSON the annotations that GitHub Actions reads."""
    if manner.form == "json":
        result = {"ok": not told.failed, **summary.facts(told, seconds)}
        return fault_json.document(told.findings, manner.language, result)
    annotations = ""
    if manner.form == "github" or manner.actions:
        annotations = github.annotations(told.findings, manner.language, prefix)
    if manner.form == "github":
        return annotations
    return annotations + summary.machine_line(told, seconds)


def _code(told: Outcome) -> int:
    refused = any(found.diagnostic.code == "output-refused" for found in told.findings)
    return USAGE if refused else FAULTS if told.failed else OK


def narrowed(outcome: Outcome, request: Request, only: tuple[Path, ...]) -> Outcome:
    """`outcome` with what concerns the files `only`, if any are given."""
    if not only:
        return outcome
    root = request.root.resolve()
    paths = [os.path.relpath(path.resolve(), root).replace(os.sep, "/") for path in only]
    findings = tuple(found for found in outcome.findings if _concerns(found.diagnostic, paths))
    return replace(outcome, findings=findings, failed=build.failed(findings, strict=request.strict))


def _concerns(fault: Diagnostic, paths: list[str]) -> bool:
    """Whether `fault` has a place in one of the files or folders `paths`."""
    places = {place.path for place in (fault.location, *fault.others)}
    return any(
        path in {".", place} or place.startswith(f"{path}/") for path in paths for place in places
    )


def lines(root: Path) -> fault_text.LineOf:
    """A reader of single lines of the site's files and of the built-in layouts."""
    files: dict[str, list[str]] = {}

    def line(path: str, number: int) -> str | None:
        if path not in files:
            files[path] = list(_file_lines(root, path))
        return files[path][number - 1] if 0 < number <= len(files[path]) else None

    return line


def _file_lines(root: Path, path: str) -> Iterator[str]:
    name = path.removeprefix("default/")
    file = root / path if name == path else layout_files.built_in() / name
    try:
        content = file.read_bytes().decode("utf-8", "replace")
    except OSError:
        return
    if path.endswith(".md"):
        yield from text.normalised(content).split("\n")
    else:
        yield from re.split("\r\n|\r|\n", content)


def _below_repository(root: Path) -> str:
    """The path of the site in its git repository: "", or one that ends in `/`."""
    for folder in (root, *root.parents):
        if (folder / ".git").exists():
            inner = root.relative_to(folder).as_posix()
            return "" if inner == "." else f"{inner}/"
    return ""
