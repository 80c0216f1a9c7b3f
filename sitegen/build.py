"""The pipeline, in order: what `build`, `check` and `serve` share."""

import functools
import os
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from importlib.metadata import version
from pathlib import Path

import msgspec
from msgspec import Struct, field
from msgspec.structs import replace

from sitegen import config as settings
from sitegen import intake, parse, work
from sitegen.config import Config
from sitegen.content import dates
from sitegen.diagnostics import catalog
from sitegen.diagnostics.model import Diagnostic, Finding, Location
from sitegen.model import Asset, Date, Held, Parsed, Site, View
from sitegen.render import layouts, press
from sitegen.render.layouts import Layouts
from sitegen.site import assemble, links, pages
from sitegen.store import cache, manifest, output, source
from sitegen.store.cache import Memory, Pack
from sitegen.store.source import File
from sitegen.text import nearest

_MAX_LAYOUT = 1024 * 1024
FOLDER = ".sitegen"
Progress = Callable[[str, int], None]  # stage, how many are done


class Request(Struct, frozen=True):
    """What is asked for. `now` is seconds since 1970: the one instant that a build needs."""

    root: Path
    output: Path
    now: int
    base_url: str = ""
    drafts: bool = False
    future: bool = False
    jobs: int = 1
    cached: bool = True
    writes: bool = True
    strict: bool = False


class Made(Struct, frozen=True):
    """How many pages and posts there are, and how many files were written and removed."""

    pages: int = 0
    posts: int = 0
    rendered: int = 0
    removed: int = 0


class Outcome(Struct, frozen=True):
    """What a build came to. With `failed` nothing was written."""

    config: Config
    findings: tuple[Finding, ...]
    held: tuple[Held, ...]
    made: Made
    failed: bool
    seconds: dict[str, float] = field(default_factory=dict)  # by stage


class Prepared(Struct, frozen=True):
    """A site on the way to its pages: all that is known before the first is rendered."""

    config: Config
    view: View
    layouts: Layouts
    site: Site
    parsed: tuple[Parsed, ...]
    planned: tuple[pages.Planned, ...]
    assets: tuple[Asset, ...]
    diagnostics: tuple[Diagnostic, ...]


def silent(_stage: str, _done: int) -> None:
    """Shows no progress."""


def build(request: Request, progress: Progress = silent) -> Outcome:
    """Builds the site. With an error in it nothing under `request.output` changes.

    The caller holds the site's lock and has seen that the output folder may be written to.
    """
    clock = Clock()
    with opened(request) as (memory, pack), work.Workers(request.jobs) as workers:
        prepared = prepare(request, memory, pack, workers, progress)
        clock.lap("prepare")
        findings = told(request, prepared, prepared.diagnostics)
        made = Made()
        if not failed(findings, strict=request.strict):
            made, faults = _make(request, prepared, memory, pack, workers, progress)
            findings = told(request, prepared, (*prepared.diagnostics, *faults))
            clock.lap("make")
        if request.cached:
            cache.save(request.root / FOLDER, memory, pack)
            clock.lap("remember")
    return Outcome(
        config=prepared.config,
        findings=findings,
        held=tuple(_held(request, prepared.site)),
        made=made,
        failed=failed(findings, strict=request.strict),
        seconds=clock.laps,
    )


def _held(request: Request, site: Site) -> Iterator[Held]:
    """What this run does not publish."""
    shown = {"draft": request.drafts, "scheduled": request.future, "withdrawn": False}
    for one in site.held:
        if not shown[one.reason]:
            yield one


class Clock:
    """How long the stages of a run take, in seconds."""

    def __init__(self) -> None:
        self.laps: dict[str, float] = {}
        self._last = time.perf_counter()

    def lap(self, stage: str) -> None:
        """Notes the time since the last lap as that of `stage`."""
        now = time.perf_counter()
        self.laps[stage], self._last = now - self._last, now


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
            found.append(one)
    return tuple(found)


@contextmanager
def opened(request: Request) -> Iterator[tuple[Memory, Pack]]:
    """What earlier builds learned, as far as it holds for this version and these settings."""
    stamp = _stamp()
    with (
        cache.opened(request.root / FOLDER, stamp)
        if request.cached
        else cache.unkept(stamp) as found
    ):
        yield found


@functools.cache
def _stamp() -> str:
    """Names the program: its own text and the versions of what parses and renders."""
    package = Path(__file__).parent
    texts = [path.read_bytes() for path in sorted(package.rglob("*.py"))]
    names = ("mistune", "jinja2", "pyyaml", "nh3", "pygments", "msgspec", "python-slugify")
    return work.digest(*texts, *(version(name).encode() for name in names))


def failed(findings: Iterable[Finding], *, strict: bool = False) -> bool:
    """Whether one of `findings` forbids publishing: an error, or under `strict` a warning."""
    return any(
        found.severity == "error" or (strict and found.strict and found.severity == "warning")
        for found in findings
    )


def based_wrongly(base_url: str) -> bool:
    """Whether `base_url`, as it was given on the command line, cannot be one."""
    return settings.based(Config(), base_url) is None


def language(root: Path) -> str:
    """The language of the site in `root`, as far as its configuration can be read."""
    with suppress(OSError):
        return _config(Request(root, root, 0)).config.language
    return Config().language


def today(root: Path, instant: int) -> Date:
    """`instant`, in seconds since 1970, in the time zone of the site in `root`."""
    request = Request(root, root, instant)
    return _showing(request, _config(request).config).now


# ---------------------------------------------------------------- up to the pages


def prepare(
    request: Request,
    memory: Memory,
    pack: Pack,
    workers: work.Workers,
    progress: Progress = silent,
) -> Prepared:
    """The site that lies in `request.root`, planned down to its last file, with all faults."""
    loaded = _config(request)
    config = loaded.config
    tree = source.scan(request.root, ("content", "layouts"))
    settled = parse.settings(config)
    parsed = intake.parsed(request.root, tree.files, settled, memory, pack, workers, progress)
    paths = [file.path for file in tree.files if file.path.startswith("content/")]
    showing = _showing(request, config)
    made = assemble.assemble(config, str(request.root), paths, parsed, showing)
    planned = pages.plan(config, made.site)
    gathered, unread = _layouts(request.root, tree.files)
    themed = _themed(request.root, tree.files)
    taken = {asset.path for asset in made.site.assets}
    assets = (*made.site.assets, *(one for one in themed if one.path not in taken))
    outputs = {page.path for page in planned} | {asset.path for asset in assets}
    return Prepared(
        config=config,
        view=settings.view(
            config, {one.path: settings.href(config, f"/{one.path}") for one in themed}
        ),
        layouts=gathered,
        site=made.site,
        parsed=parsed,
        planned=planned,
        assets=assets,
        diagnostics=(
            *loaded.diagnostics,
            *tree.diagnostics,
            *(fault for file in parsed for fault in file.diagnostics),
            *made.diagnostics,
            *links.dangling(made.pending, outputs),
            *pages.collisions(planned, assets),
            *unread,
            *_checked(gathered, memory),
            *_missing(gathered, made.site),
            *_homeless(config),
        ),
    )


def _checked(found: Layouts, memory: Memory) -> tuple[Diagnostic, ...]:
    """The faults of the layouts; that there are none in these texts is remembered."""
    name = layouts.digest(found)
    if memory.layouts.digest == name:
        return ()
    faults = layouts.check(found)
    if not faults:
        memory.layouts = cache.Checked(name, layouts.closures(found))
    return faults


def _config(request: Request) -> settings.Loaded:
    read = (
        source.read(request.root, settings.FILE, _MAX_LAYOUT)
        if _is_file(request.root, settings.FILE)
        else None
    )
    if isinstance(read, Diagnostic):
        return settings.Loaded(Config(), (read,))
    decoded = None if read is None else source.decoded(settings.FILE, read)
    if isinstance(decoded, Diagnostic):
        return settings.Loaded(Config(), (decoded,))
    loaded = settings.load(decoded)
    config = settings.based(loaded.config, request.base_url)
    return replace(loaded, config=config or loaded.config)


def _is_file(root: Path, path: str) -> bool:
    return (root / path).exists()


def _showing(request: Request, config: Config) -> assemble.Showing:
    zone = dates.zone(config.timezone)
    assert zone is not None  # noqa: S101 -- `config` has checked it
    return assemble.Showing(request.drafts, request.future, dates.epoch_date(request.now, zone))


def _layouts(root: Path, files: Sequence[File]) -> tuple[Layouts, list[Diagnostic]]:
    """The built-in layouts and the site's own, as far as they can be read."""
    faults: list[Diagnostic] = []
    own: dict[str, str] = {}
    for file in files:
        name = file.path.removeprefix("layouts/")
        if name == file.path or name.startswith("static/"):
            continue
        data = source.read(root, file.path, _MAX_LAYOUT)
        text = data if isinstance(data, Diagnostic) else source.decoded(file.path, data)
        if isinstance(text, Diagnostic):
            faults.append(text)
        else:
            own[name] = text
    built_in = built_in_layouts()
    names = [path for path in built_in.rglob("*") if path.is_file()]
    texts = {
        path.relative_to(built_in).as_posix(): path.read_text(encoding="utf-8")
        for path in names
        if "static" not in path.relative_to(built_in).parts[:1]
    }
    return layouts.gather(texts, own), faults


def _themed(root: Path, files: Sequence[File]) -> tuple[Asset, ...]:
    """The static files of the layouts, the site's own before the built-in ones."""
    static = built_in_layouts() / "static"
    found = {
        path.relative_to(static).as_posix(): Asset(path.relative_to(static).as_posix(), str(path))
        for path in sorted(static.rglob("*"))
        if path.is_file()
    }
    for file in files:
        name = file.path.removeprefix("layouts/static/")
        if name != file.path:
            found[name] = Asset(name, str(root / file.path), file.path)
    return tuple(found[name] for name in sorted(found))


def built_in_layouts() -> Path:
    """The folder of the default layouts: in the wheel, or beside the package in a checkout."""
    package = Path(__file__).parent
    inside = package / "default_layouts"
    return inside if inside.is_dir() else package.parent / "layouts"


def _missing(found: Layouts, site: Site) -> Iterator[Diagnostic]:
    """The faults of posts whose layout there is not."""
    known = sorted(name.removesuffix(".html") for name in found.files if _choosable(name))
    for one in (*site.posts, *site.pages):
        name, place = one.post.layout, one.post.layout_place
        if name and place and name not in known:
            arguments = {
                "name": name,
                "nearest": nearest(name, known),
                "known": " ".join(known),
                "searched": f"layouts/{name}.html, default/{name}.html",
            }
            yield Diagnostic("layout-missing", place, arguments)


def _choosable(name: str) -> bool:
    return name.endswith(".html") and "/" not in name


def _homeless(config: Config) -> Iterator[Diagnostic]:
    if not config.origin:
        yield Diagnostic("no-base-url", Location(settings.FILE))


# ---------------------------------------------------------------- from the pages to the disk


def _make(
    request: Request,
    prepared: Prepared,
    memory: Memory,
    pack: Pack,
    workers: work.Workers,
    progress: Progress,
) -> tuple[Made, tuple[Diagnostic, ...]]:
    """Renders what has changed and puts it in place, unless a layout fails."""
    folder = request.root / FOLDER
    before = manifest.read(request.output)
    state = manifest.state(request.output, before, memory.laid)
    setting = pages.Setting(prepared.config, prepared.site, request.drafts or request.future)
    pack.flush()
    with output.Stage(folder, request.output) as stage:
        jobs = _stale(prepared, setting, memory, state, stage)
        common = msgspec.msgpack.encode(
            press.Press(prepared.layouts, prepared.view, str(pack.path))
        )
        faults: list[tuple[Diagnostic, str]] = []
        for done, made in enumerate(workers.map(press.press, common, jobs, chunk=20), 1):
            if made.fault:
                faults.append((made.fault, made.source))
            else:
                _lay(stage, state, before, made)
            progress("render", done)
        if faults:
            return Made(), _causes(faults)
        counted = Made(len(prepared.planned), len(prepared.site.posts))
        if not request.writes:
            return counted, ()
        _copy(prepared.assets, memory, state, before, stage)
        occupied = manifest.foreign(request.output, stage.entries, before)
        if occupied:
            path = str(request.output / occupied)
            return Made(), (
                Diagnostic("output-refused", Location(path), {"path": path}, "occupied"),
            )
        changed = [path for path in state.changed if path in stage.entries]
        written = stage.staged
        removed = stage.commit(before)
        memory.laid = stage.laid
    warned = tuple(Diagnostic("changed-output", Location(path), {"path": path}) for path in changed)
    return replace(counted, rendered=written, removed=removed), warned


def _stale(
    prepared: Prepared,
    setting: pages.Setting,
    memory: Memory,
    state: manifest.State,
    stage: output.Stage,
) -> Iterator[press.Job]:
    """A job for each page whose key is another, or whose file is not as it was written."""
    view = msgspec.msgpack.encode(prepared.view)
    closures, encode = memory.layouts.closures, msgspec.msgpack.Encoder().encode
    for planned in prepared.planned:
        page = pages.page(setting, planned)
        encoded = encode(page)
        name = layouts.choose(prepared.layouts, page.layouts) or ""
        key = work.digest(encoded, closures.get(name, "").encode(), view)
        laid = memory.laid.get(page.path)
        if laid and laid.key == key and page.path in state.intact:
            stage.keep(page.path, replace(laid, mtime_ns=state.intact[page.path]))
            continue
        extents = (memory.files[use.path].body for use in page.bodies)
        shown = page.post.path if page.post else page.url
        yield press.Job(encoded, key, shown, tuple(extent for extent in extents if extent))


def _lay(
    stage: output.Stage,
    state: manifest.State,
    before: Mapping[str, manifest.Entry],
    made: press.Pressed,
) -> None:
    """Stages a rendered file, unless the same bytes lie there already."""
    changed = state.intact.get(made.path)
    sha256 = manifest.sha256(made.data)
    if changed is not None and before[made.path].sha256 == sha256:
        stage.keep(made.path, manifest.Laid(made.key, sha256, len(made.data), changed))
    else:
        stage.put(made.path, made.key, made.data, sha256)


def _copy(
    assets: Iterable[Asset],
    memory: Memory,
    state: manifest.State,
    before: Mapping[str, manifest.Entry],
    stage: output.Stage,
) -> None:
    """Stages the files that are copied, unless the same ones lie there already."""
    for asset in assets:
        seen = os.stat(asset.origin, follow_symlinks=False)  # noqa: PTH116 -- paths are text here
        key = f"{asset.origin}:{seen.st_size}:{seen.st_mtime_ns}:{seen.st_ino}"
        laid = memory.laid.get(asset.path)
        if laid and laid.key == key and asset.path in state.intact:
            stage.keep(asset.path, replace(laid, mtime_ns=state.intact[asset.path]))
        else:
            data = Path(asset.origin).read_bytes()
            _lay(stage, state, before, press.Pressed(asset.path, key, "", data))


def _causes(faults: Iterable[tuple[Diagnostic, str]]) -> tuple[Diagnostic, ...]:
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
