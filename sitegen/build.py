"""The pipeline, in order: what `build`, `check` and `serve` share."""

import datetime as dt
import functools
import os
import sys
import unicodedata
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from importlib.metadata import version
from pathlib import Path

from msgspec.structs import replace

from sitegen import config as settings
from sitegen import intake, layout_files, parse, publish, work
from sitegen.config import Config
from sitegen.content import dates
from sitegen.diagnostics import catalog
from sitegen.diagnostics.model import Diagnostic, Finding, Location
from sitegen.model import Asset, Held, Parsed, Site, View
from sitegen.render import scaling
from sitegen.render.layouts import Layouts
from sitegen.run import FOLDER, Clock, Made, Outcome, Prepared, Progress, Request, Tools, silent
from sitegen.site import assemble, links, plan, revise
from sitegen.site.assemble import Assembled, Showing
from sitegen.site.plan import Planned
from sitegen.store import cache, scan
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
        prepared = prepare(request, tools)
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


def based_wrongly(base_url: str) -> bool:
    """Whether `base_url`, as it was given on the command line, cannot be one."""
    return settings.based(Config(), base_url) is None


def language(root: Path) -> str:
    """The language of the site in `root`, as far as its configuration can be read."""
    return _readable(root).language


def zone(root: Path) -> dt.tzinfo:
    """The time zone of the site in `root`, as far as its configuration can be read."""
    return _zone(_readable(root))


def _readable(root: Path) -> Config:
    with suppress(OSError):
        return _config(Request(root, root, 0)).config
    return Config()


def _zone(config: Config) -> dt.tzinfo:
    zone = dates.zone(config.timezone)
    assert zone is not None  # noqa: S101 -- `config` has checked it
    return zone


# ---------------------------------------------------------------- up to the pages


def prepare(request: Request, tools: Tools) -> Prepared:
    """The site that lies in `request.root`, planned down to its last file, with all faults."""
    return planned_of(request, tools, scan.scan(request.root, FOLDERS))


FOLDERS = ("content", "layouts")  # that a site is read from


def planned_of(request: Request, tools: Tools, tree: scan.Tree) -> Prepared:
    """The same of files that were found before: who watches a site knows them."""
    loaded = _config(request)
    config, root = loaded.config, request.root
    parsed = intake.parsed(root, tree.files, parse.settings(config), tools)
    tools.progress("assemble", len(parsed))
    paths = [file.path for file in tree.files if file.path.startswith("content/")]
    sizes = intake.sizes(root, tree.files, tools, copies=request.lasting)
    assembled = functools.partial(assemble.assemble, config, str(root), paths, parsed, sizes=sizes)
    showing = _showing(request, config)
    made = assembled(showing)
    planned = plan.plan(config, made.site)
    layouts, unread = layout_files.read(root, tree.files)
    static = layout_files.static(root, tree.files, search=config.search)
    taken = {asset.path for asset in made.site.assets}
    assets = (*made.site.assets, *(one for one in static if one.path not in taken))
    lasting = layout_files.lasting(static, assets) if request.lasting else {}
    assets = (*assets, *lasting.values())
    apart = tuple(_apart(made, planned, assets, layouts))
    due = {one.path for one in made.site.held if one.reason == "scheduled"}
    if due and not (request.writes or request.future):
        later = assembled(replace(showing, future=True))
        files = tuple(dict.fromkeys((*assets, *later.site.assets)))
        found = _apart(later, plan.plan(config, later.site), files, layouts)
        apart += tuple(_coming(due, found, apart))
    return Prepared(
        config=config,
        view=_view(config, static, lasting),
        layouts=layouts,
        site=made.site,
        parsed=parsed,
        planned=planned,
        assets=assets,
        diagnostics=(
            *loaded.diagnostics,
            *tree.diagnostics,
            *(fault for file in parsed for fault in file.diagnostics),
            *apart,
            *unread,
            *layout_files.checked(layouts, tools.memory),
            *_homeless(loaded),
            *_empty(request),
        ),
    )


def _apart(
    made: Assembled, planned: Sequence[Planned], assets: Sequence[Asset], layouts: Layouts
) -> Iterator[Diagnostic]:
    """What does not fit together in the site that was `made`, of `planned` pages and `assets`."""
    outputs = {page.path for page in planned} | {asset.path for asset in assets}
    yield from made.diagnostics
    yield from links.dangling(made.pending, outputs)
    yield from plan.collisions(planned, assets)
    yield from plan.misplaced(assets)
    yield from layout_files.missing(layouts, made.site)


def _coming(
    due: Collection[str], later: Iterable[Diagnostic], known: Collection[Diagnostic]
) -> Iterator[Diagnostic]:
    """What of `later`, when the files that are `due` are out, is theirs and not `known` now.

    A build does not look ahead: it would not publish what is right today.
    """
    for fault in later:
        if any(path in due for path in _concerned(fault)) and fault not in known:
            yield fault


def _view(config: Config, static: Sequence[Asset], lasting: Mapping[str, Asset]) -> View:
    """What layouts see of `config`, with the names of their files as they are linked to."""

    def url(asset: Asset) -> str:
        return settings.href(config, f"/{asset.path}")

    assets = {one.path: url(lasting.get(one.path, one)) for one in static}
    return settings.view(config, assets, tuple(url(one) for one in lasting.values()))


def revised(before: Prepared, fresh: Sequence[Parsed]) -> Prepared | None:
    """`before` with the files of `fresh` as they are now.

    None where an edit reaches further than a post's own page and the cards of it: then all has to
    be assembled anew.
    """
    site, parsed = before.site, {file.path: file for file in before.parsed}
    paths = {file.path for file in fresh}
    own, kept = [fault for path in paths for fault in parsed[path].diagnostics], []
    for fault in before.diagnostics:
        if fault.code == "quoted-before" or paths.isdisjoint(_concerned(fault)):
            kept.append(fault)  # the former goes by sources, which have to be the same
        elif fault not in own:
            return None
    for file in fresh:
        old = parsed[file.path]
        if not old.post or not file.post or old.draft != file.draft:
            return None
        revision = revise.revised(site, old.post, file.post)
        if revision is None:
            return None
        site, parsed[file.path] = revision, file
    return replace(
        before,
        site=site,
        parsed=tuple(parsed.values()),
        planned=plan.plan(before.config, site),
        diagnostics=(*kept, *(fault for file in fresh for fault in file.diagnostics)),
    )


def _concerned(fault: Diagnostic) -> Iterator[str]:
    """The paths of the files that `fault` is about."""
    yield fault.location.path
    yield from (place.path for place in fault.others)


def _config(request: Request) -> settings.Loaded:
    """The site's settings, at the base URL that was asked for."""
    data = None
    if os.path.lexists(request.root / settings.FILE):
        read = scan.read(request.root, settings.FILE, settings.MAX_BYTES)
        data = read if isinstance(read, Diagnostic) else scan.decoded(settings.FILE, read)
    if isinstance(data, Diagnostic):
        return settings.Loaded(Config(), (data,))
    loaded = settings.load(data)
    config = settings.based(loaded.config, request.base_url) or loaded.config
    if request.origin and config.base_url:
        config = settings.based(config, request.origin + config.base) or config
    return replace(loaded, config=config)


def _showing(request: Request, config: Config) -> Showing:
    today = dates.epoch_date(request.now, _zone(config))
    return Showing(request.drafts, request.future, today)


def _homeless(loaded: settings.Loaded) -> Iterator[Diagnostic]:
    """That there is no base URL, unless there is a wrong one, or nothing could be read."""
    said = any(
        fault.code in _UNREAD or fault.arguments.get("key") in {"base_url", "sitegen"}
        for fault in loaded.diagnostics
    )
    if not loaded.config.origin and not said:
        yield Diagnostic("no-base-url", Location(settings.FILE))


_UNREAD = {"config-syntax", "duplicate-key", "file-too-long", "irregular-file", "not-utf8"}


def _empty(request: Request) -> Iterator[Diagnostic]:
    """That the folder is no site: it may well be the wrong one."""
    if not os.path.lexists(request.root / "content"):
        yield Diagnostic("no-content", Location("content"), {"folder": request.root.name})
