"""From the pages to the disk: renders what has changed and puts it in place, all or nothing."""

import functools
import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from sitegen import stale, work
from sitegen.diagnostics.model import Diagnostic, Location
from sitegen.model import Asset
from sitegen.render import press
from sitegen.run import FOLDER, Made, Prepared, Request, Tools
from sitegen.site import machines
from sitegen.site.plan import MADE_OTHERWISE
from sitegen.store import manifest, output


class Result(Struct, frozen=True):
    """What publishing or checking came to. `damaged` says that the pack has lost a body."""

    made: Made = Made()
    diagnostics: tuple[Diagnostic, ...] = ()
    damaged: bool = False


def publish(request: Request, prepared: Prepared, tools: Tools) -> Result:
    """Renders every page whose key is new and puts the site in place, unless a layout fails."""
    before = manifest.read(request.output)
    state = manifest.state(request.output, before, tools.memory.laid)
    name = _name(request, prepared, tools)
    if tools.memory.made == name and len(state.laid) == len(before) == len(tools.memory.laid):
        tools.memory.laid = state.laid
        return Result(_counted(prepared))
    with output.Stage(request.root / FOLDER, request.output) as stage:
        unchanged = stale.Unchanged(state, stage)
        lay = functools.partial(_lay, stage, state, before)
        if failed := _failed(_pressed(request, prepared, tools, unchanged), lay):
            return failed
        _copy(prepared.assets, state, before, stage)
        if occupied := manifest.foreign(request.output, stage.staged, before):
            # Of an output whose list is damaged nothing is ours: it is no matter of one file.
            path = str(request.output / occupied if before else request.output)
            variant = "occupied" if before else "foreign"
            refusal = Diagnostic("output-refused", Location(path), {"path": path}, variant)
            return Result(diagnostics=(refusal,))
        rendered, removed = len(stage.staged), stage.commit(before)
        made = _compared(prepared, stage.staged, before)
        tools.memory.laid, tools.memory.made = stage.laid, name
    warned = tuple(_changed(request, path) for path in state.changed)
    return Result(replace(made, rendered=rendered, removed=removed), warned)


def _changed(request: Request, path: str) -> Diagnostic:
    """That somebody has changed the file of ours at `path` of the output."""
    file = os.path.relpath(request.output / path, request.root).replace(os.sep, "/")
    return Diagnostic("changed-output", Location(file), {"path": file})


def check(request: Request, prepared: Prepared, tools: Tools) -> Result:
    """Renders every page that is not known to be right, and writes nothing."""
    before = manifest.read(request.output)
    state = manifest.state(request.output, before, tools.memory.laid)
    unchanged = stale.Unchanged(state, None)
    written: list[str] = []

    def compare(made: press.Pressed) -> None:
        if made.path not in before or before[made.path].sha256 != made.sha256:
            written.append(made.path)

    failed = _failed(_pressed(request, prepared, tools, unchanged), compare)
    return failed or Result(_compared(prepared, written, before))


def _failed(
    pressed: Iterable[press.Pressed], use: Callable[[press.Pressed], None]
) -> Result | None:
    """Why not every page can be published, None if all can; `use` gets each that can."""
    faults: list[tuple[Diagnostic, str]] = []  # with what was shown when it arose
    for made in pressed:
        if made.damaged:
            return Result(damaged=True)
        if made.fault:
            faults.append((made.fault, made.shown))
        else:
            use(made)
    return Result(diagnostics=causes(faults)) if faults else None


def _compared(
    prepared: Prepared, written: Iterable[str], before: Mapping[str, manifest.Entry]
) -> Made:
    """What there is, and how its pages differ from those that were there `before`."""
    pages = [path for path in written if path.endswith(_PAGE)]
    there = {page.path for page in prepared.planned} | {asset.path for asset in prepared.assets}
    added = sum(path not in before for path in pages)
    return replace(
        _counted(prepared),
        added=added,
        changed=len(pages) - added,
        dropped=sum(path.endswith(_PAGE) and path not in there for path in before),
    )


_PAGE = ".html"


def _counted(prepared: Prepared) -> Made:
    """How many pages and posts there are."""
    made = [one for one in prepared.planned if one.kind not in MADE_OTHERWISE]
    return Made(len(made), len(prepared.site.posts))


def _name(request: Request, prepared: Prepared, tools: Tools) -> str:
    """Names all that pages and files are made of: while it stays the same, so do they."""
    site, files = prepared.site, tools.memory.files
    shown = [*site.posts, *site.pages]
    parts = (
        prepared.config,
        prepared.view,
        tools.memory.layouts,
        request.drafts or request.future,
        [(one.post.path, files[one.post.path].key, one.card.scheduled) for one in shown],
        [one.card.date for one in shown if not one.post.date],
        [one.post.path for one in machines.news(prepared.config, site, request.now)],
        tools.memory.settings,
        [_sign(asset) for asset in prepared.assets],
    )
    return work.digest(*(_encode(part) for part in parts))


def _sign(asset: Asset) -> tuple[str | int, ...]:
    """What tells that a file that is copied is the same, even where its time was put back."""
    seen = os.stat(asset.origin, follow_symlinks=False)  # noqa: PTH116 -- paths are text here
    times = seen.st_mtime_ns, seen.st_ctime_ns
    return asset.path, asset.origin, seen.st_size, *times, seen.st_ino


def _pressed(
    request: Request, prepared: Prepared, tools: Tools, unchanged: stale.Unchanged
) -> Iterator[press.Pressed]:
    """Every file that is stale, made anew."""
    tools.pack.flush()
    pack = str(tools.pack.path)
    common = _encode(press.Press(prepared.layouts, prepared.view, pack))
    jobs = stale.renderings(request, prepared, tools, unchanged)
    for done, made in enumerate(tools.workers.map(press.press, common, jobs), 1):
        tools.progress("render", done)
        yield made
    copies = stale.scalings(prepared, tools, unchanged)
    yield from tools.workers.map(press.scale, None, copies, few=2, chunk=2)
    segments = stale.indexings(prepared, tools, unchanged)
    for files in tools.workers.map(press.index, pack, segments, few=1, chunk=1):
        yield from files


_encode = msgspec.msgpack.Encoder().encode


# ---------------------------------------------------------------- onto the stage


def _lay(
    stage: output.Stage,
    state: manifest.State,
    before: Mapping[str, manifest.Entry],
    made: press.Pressed,
) -> None:
    """Stages a finished file, unless the same bytes lie there already."""
    changed = state.intact.get(made.path)
    if changed is not None and before[made.path].sha256 == made.sha256:
        stage.keep(made.path, manifest.Laid(made.key, made.sha256, len(made.data), changed))
    else:
        stage.put(made.path, made.key, made.data, made.sha256)


def _copy(
    assets: Iterable[Asset],
    state: manifest.State,
    before: Mapping[str, manifest.Entry],
    stage: output.Stage,
) -> None:
    """Stages the files that are copied, unless the same ones lie there already."""
    unchanged = stale.Unchanged(state, stage)
    for asset in assets:
        key = work.digest(_encode(_sign(asset)))
        if not unchanged.keeps(asset.path, key):
            data = Path(asset.origin).read_bytes()
            made = press.Pressed(asset.path, key, "", data, manifest.sha256(data))
            _lay(stage, state, before, made)


def causes(faults: Iterable[tuple[Diagnostic, str]]) -> tuple[Diagnostic, ...]:
    """Each cause once, with the number of pages that it touches and one of them."""
    causes: dict[bytes, tuple[Diagnostic, list[str]]] = {}
    for fault, shown in faults:
        causes.setdefault(msgspec.msgpack.encode(fault), (fault, []))[1].append(shown)
    return tuple(
        replace(
            fault,
            arguments={
                **fault.arguments,
                "pages": touched[0],
                "count": str(len(touched)) if len(touched) > 1 else "",
            },
        )
        for fault, touched in causes.values()
    )
