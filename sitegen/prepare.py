"""A site's folder -> the site, planned down to its last file, with all faults."""

import functools
import os
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

from msgspec.structs import replace

from sitegen import config_file, intake, layout_files, parse
from sitegen.config import Config, href, view
from sitegen.content import dates
from sitegen.diagnostics.model import Diagnostic, Location
from sitegen.model import Asset, Parsed, View
from sitegen.render.layouts import Layouts
from sitegen.run import Prepared, Request, Tools
from sitegen.site import assemble, links, plan, revise
from sitegen.site.assemble import Assembled
from sitegen.site.plan import Planned
from sitegen.site.showing import Showing
from sitegen.store import scan


def prepared(request: Request, tools: Tools) -> Prepared:
    """The site that lies in `request.root`, planned down to its last file, with all faults."""
    return prepared_of(request, tools, scan.scan(request.root, FOLDERS))


FOLDERS = ("content", "layouts")  # that a site is read from


def prepared_of(request: Request, tools: Tools, tree: scan.Tree) -> Prepared:
    """The same of files that were found before: who watches a site knows them."""
    loaded = _settings(request)
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
    assets, lasting = _assets(made.site.assets, static, lasting=request.lasting)
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


def _assets(
    own: Sequence[Asset], static: Sequence[Asset], *, lasting: bool
) -> tuple[tuple[Asset, ...], Mapping[str, Asset]]:
    """The site's `own` files and the `static` ones of layouts that they leave room for.

    With them come their copies under `lasting` names if these are wanted, by the name of each.
    """
    taken = {asset.path for asset in own}
    assets = (*own, *(one for one in static if one.path not in taken))
    copies = layout_files.lasting(static, assets) if lasting else {}
    return (*assets, *copies.values()), copies


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
        return href(config, f"/{asset.path}")

    assets = {one.path: url(lasting.get(one.path, one)) for one in static}
    return view(config, assets, tuple(url(one) for one in lasting.values()))


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


def _settings(request: Request) -> config_file.Loaded:
    """The site's settings, at the base URL that was asked for."""
    loaded = config_file.read(request.root)
    config = config_file.based(loaded.config, request.base_url) or loaded.config
    if request.origin and config.base_url:
        config = config_file.based(config, request.origin + config.base) or config
    return replace(loaded, config=config)


def _showing(request: Request, config: Config) -> Showing:
    today = dates.epoch_date(request.now, config.zone)
    return Showing(request.drafts, request.future, today)


def _homeless(loaded: config_file.Loaded) -> Iterator[Diagnostic]:
    """That there is no base URL, unless there is a wrong one, or nothing could be read."""
    said = any(
        fault.code in _UNREAD or fault.arguments.get("key") in {"base_url", "sitegen"}
        for fault in loaded.diagnostics
    )
    if not loaded.config.origin and not said:
        yield Diagnostic("no-base-url", Location(config_file.FILE))


_UNREAD = {
    "config-syntax",
    "conflict-left",
    "duplicate-key",
    "file-too-long",
    "irregular-file",
    "not-utf8",
}


def _empty(request: Request) -> Iterator[Diagnostic]:
    """That the folder is no site: it may well be the wrong one."""
    if not os.path.lexists(request.root / "content"):
        yield Diagnostic("no-content", Location("content"), {"folder": request.root.name})
