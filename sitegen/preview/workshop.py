"""Keeps the site up to date: reads what has changed and no more, and says what that came to."""

import gc
import time
from collections.abc import Callable, Collection, Iterable, Iterator

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from sitegen import build, config_file, intake, parse, prepare, publish
from sitegen.diagnostics import catalog
from sitegen.diagnostics.model import Diagnostic, Finding
from sitegen.model import Parsed
from sitegen.preview import snapshot
from sitegen.preview.snapshot import Snapshot
from sitegen.run import Prepared, Request, Tools
from sitegen.site.plan import MADE_OTHERWISE, Planned
from sitegen.store import scan
from sitegen.store.scan import File, Tree

FEW = 20  # files that are looked at one by one; with more of them everything is


class Round(Struct, frozen=True):
    """What one rebuild came to. Without `good` the last good site is still shown."""

    changed: tuple[str, ...]  # paths; "." at the start, none where a scheduled post was due
    findings: tuple[Finding, ...]
    shown: Snapshot | None
    good: bool
    styles: tuple[str, ...]  # URLs of style sheets, where nothing else has changed
    seconds: float


class Overtaken(Exception):  # noqa: N818 -- nothing went wrong
    """A newer edit makes a rebuild pointless."""


class Workshop:
    """The site in memory. One thread at a time works in it."""

    def __init__(self, request: Request, tools: Tools, overtaken: Callable[[str], bool]) -> None:
        self._request = request
        self._tools = replace(tools, progress=self._progress, decode=self._decode)
        self._progresses, self._overtaken = tools.progress, overtaken
        self._decoded: dict[bytes, Parsed] = {}
        self._tree, self._known = Tree((), ()), dict[str, File]()
        self._configuration: File | None = None
        self._prepared: Prepared | None = None
        self._findings: tuple[Finding, ...] = ()
        self.shown: Snapshot | None = None
        self._due = 0

    def make(self, hints: Collection[str] | None) -> Round | None:
        """What came of the changes to the files that `hints` name (None: to any), if there are any.

        OSError leaves everything as it was: the next round finds the same changes.
        """
        started = time.perf_counter()
        collects = gc.isenabled()
        gc.disable()  # walking a site of 10,000 posts takes longer than assembling it
        try:
            return self._make(hints, started)
        finally:
            if collects:
                gc.enable()

    def _make(self, hints: Collection[str] | None, started: float) -> Round | None:
        """The same, by the shortest way: files copied, a post revised, or all assembled anew."""
        tree = self._looked(hints) or scan.scan(self._request.root, prepare.FOLDERS)
        known = {file.path: file for file in tree.files}
        configuration = scan.look(self._request.root, config_file.FILE)
        changed = self._changed(tree, known, configuration, hints)
        if not changed and not self._is_due():
            return None
        before, prepared, revised = self._prepared, None, None
        if before and self._copied_only(changed, known):
            prepared = before
        elif before and self._edited_only(changed, known):
            prepared = self._revised(before, [known[path] for path in changed])
            if prepared is before:
                self._remember(tree, known, configuration, before)
                return None
            revised = before if prepared else None
        if prepared is None:
            self._request = replace(self._request, now=int(time.time()))
            prepared = prepare.prepared_of(self._request, self._tools, tree)
            self._forget()
        good, shown, styles = True, self.shown, tuple[str, ...]()
        if shown and prepared is shown.prepared:
            styles = tuple(_styles(shown, changed))
        elif shown and revised is shown.prepared:
            good = self._show_revised(shown, prepared, changed)
        else:
            good = self._show(prepared)
        self._remember(tree, known, configuration, prepared)
        return Round(changed, self._findings, self.shown, good, styles, _since(started))

    def _show(self, prepared: Prepared) -> bool:
        """Tells all that there is to tell of `prepared` and shows it, if that can be done."""
        self._findings = self._told(prepared, prepared.diagnostics)
        if build.failed(self._findings):
            return False
        request, memory = self._request, self._tools.memory
        self._tools.pack.flush()
        noindex = request.drafts or request.future
        pack = str(self._tools.pack.path)
        fresh = snapshot.snapshot(prepared, memory, pack, request.now, noindex=noindex)
        if faults := _probed(fresh, self.shown):
            self._findings = self._told(prepared, (*prepared.diagnostics, *faults))
            return False
        self.shown = fresh
        return True

    def _show_revised(self, before: Snapshot, prepared: Prepared, paths: Collection[str]) -> bool:
        """The same, where only what is told and shown of the posts at `paths` is another."""
        concerned = (one for one in prepared.diagnostics if one.location.path in paths)
        kept = (one for one in self._findings if one.diagnostic.location.path not in paths)
        fresh = self._told(prepared, concerned)
        self._findings = tuple(sorted((*kept, *fresh), key=catalog.order))
        if build.failed(self._findings):
            return False
        self._tools.pack.flush()
        self.shown = snapshot.revised(before, prepared, self._tools.memory)
        return True

    # -------------------------------------------------------- what has changed

    def _looked(self, hints: Collection[str] | None) -> Tree | None:
        """The files as they are if `hints` are about known ones alone; None: look at all."""
        if hints is None or len(hints) > FEW or not self._known:
            return None
        known = None
        for path in hints:
            if path == config_file.FILE or scan.passed_over(path):
                continue
            file = scan.look(self._request.root, path)
            if file is None or path not in self._known:
                return None
            known = known or dict(self._known)
            known[path] = file
        return replace(self._tree, files=tuple(known.values())) if known else self._tree

    def _changed(
        self,
        tree: Tree,
        known: dict[str, File],
        configuration: File | None,
        hints: Collection[str] | None,
    ) -> tuple[str, ...]:
        """The paths of what is new, gone or not as it was.

        A file that a hint names and that was written just now counts in any case: two edits within
        one tick of the clock can leave the same size and time.
        """
        if self._prepared is None:
            return (".",)
        changed = [path for path, file in known.items() if self._known.get(path) != file]
        changed += [path for path in self._known if path not in known]
        for path in hints or ():
            if path in known and _is_fresh(known[path]) and path not in changed:
                changed.append(path)
        if configuration != self._configuration or (
            configuration and _is_fresh(configuration) and config_file.FILE in (hints or ())
        ):
            changed.append(config_file.FILE)
        if tree.diagnostics != self._tree.diagnostics:
            changed += [
                fault.location.path for fault in (*tree.diagnostics, *self._tree.diagnostics)
            ]
        return tuple(dict.fromkeys(changed))

    def _edited_only(self, changed: tuple[str, ...], known: dict[str, File]) -> bool:
        """Whether `changed` are a few posts or standing pages that were there before."""
        return 0 < len(changed) <= FEW and all(
            path in self._known and path in known and intake.is_read(path) for path in changed
        )

    def _copied_only(self, changed: tuple[str, ...], known: dict[str, File]) -> bool:
        """Whether `changed` are files that are copied and were there before."""
        return bool(changed) and all(
            path in self._known
            and path in known
            and not intake.is_read(path)
            and path not in self._tools.memory.pictures  # pages say how large these are
            and path.startswith(("content/", "layouts/static/"))
            for path in changed
        )

    def _is_due(self) -> bool:
        """Whether the time of a scheduled post has come since all was assembled."""
        return bool(self._due) and time.time() >= self._due

    # -------------------------------------------------------- making it

    def _revised(self, before: Prepared, files: list[File]) -> Prepared | None:
        """`before` with the edited `files`; the same if they say what they said."""
        settings = parse.settings(before.config)
        old = {file.path: file for file in before.parsed}
        kept = self._tools.memory.files
        fresh = []
        for file in files:
            now = intake.again(self._request.root, file, settings, self._tools)
            if now != old[file.path]:
                fresh.append(now)
        if not fresh:
            self._tools.memory.files = kept
            return before
        return prepare.revised(before, fresh)

    def _told(self, prepared: Prepared, faults: Iterable[Diagnostic]) -> tuple[Finding, ...]:
        """The findings of `faults`.

        An unfinished draft is shown all the same and its faults are warnings, unless there is no
        telling what it says.
        """
        if not self._request.drafts:
            return build.told(self._request, prepared, faults)
        known = (file if file.post else replace(file, draft=False) for file in prepared.parsed)
        request, prepared = (
            replace(self._request, drafts=False),
            replace(prepared, parsed=tuple(known)),
        )
        return build.told(request, prepared, faults)

    def _remember(
        self, tree: Tree, known: dict[str, File], configuration: File | None, prepared: Prepared
    ) -> None:
        self._tree, self._known, self._configuration = tree, known, configuration
        if prepared is not self._prepared:
            self._prepared = prepared
            due = (one.due.epoch for one in prepared.site.held if one.due)
            self._due = min((one for one in due if one > self._request.now), default=0)

    def _progress(self, stage: str, done: int) -> None:
        self._progresses(stage, done)
        if self._overtaken(stage):
            raise Overtaken

    def _decode(self, data: bytes) -> Parsed:
        """What `data` says, decoded once as long as it is of use."""
        found = self._decoded.get(data)
        if found is None:
            found = self._decoded[data] = _decode(data)
        return found

    def _forget(self) -> None:
        """Drops what was decoded and is of no use any more."""
        if len(self._decoded) > 2 * len(self._tools.memory.files) + 100:
            used = (kept.parsed for kept in self._tools.memory.files.values())
            self._decoded = {data: self._decoded[data] for data in used if data in self._decoded}


_decode = msgspec.msgpack.Decoder(Parsed).decode
_FRESH = 2.0  # seconds


def _is_fresh(file: File) -> bool:
    return abs(time.time() - file.mtime_ns / 1e9) < _FRESH


def _since(started: float) -> float:
    return time.perf_counter() - started


def _styles(shown: Snapshot, changed: Collection[str]) -> Iterator[str]:
    """The URLs of the style sheets `changed`; none if anything else is among them."""
    if all(path.endswith(".css") for path in changed):
        for asset in shown.prepared.assets:
            if asset.file in changed:
                yield shown.base + asset.path


def _probed(fresh: Snapshot, before: Snapshot | None) -> tuple[Diagnostic, ...]:
    """What fails in layouts that are new, shown by one page of each kind."""
    if before and fresh.common == before.common:
        return ()
    kinds: dict[tuple[str, str], Planned] = {}
    for planned in fresh.prepared.planned:
        if planned.kind in MADE_OTHERWISE:
            continue
        layout = getattr(getattr(planned.subject, "post", None), "layout", "")
        kinds.setdefault((planned.kind, layout), planned)
    made = (snapshot.pressed(fresh, planned) for planned in kinds.values())
    return publish.causes((one.fault, one.shown) for one in made if one.fault)
