"""`sitegen serve`: the watcher, the workshop and the server, put together."""

import asyncio
import signal
import time
import traceback
from collections.abc import Callable, Collection, Iterator
from contextlib import ExitStack, contextmanager
from socket import socket

from msgspec import Struct
from msgspec.structs import replace

from sitegen import intake, prepare, report, session, work
from sitegen.diagnostics import text as fault_text
from sitegen.preview import panel, saying
from sitegen.preview.board import Board, State
from sitegen.preview.server import Application, Display
from sitegen.preview.watch import LOOK, LOOK_OFTEN, Watcher, pause
from sitegen.preview.wire import Server
from sitegen.preview.workshop import Overtaken, Round, Workshop
from sitegen.report import INTERRUPTED, OK
from sitegen.run import FOLDER, Progress, Request, Tools
from sitegen.store import cache, output
from sitegen.store.cache import Memory, Pack

_IN_A_ROW = 3  # rebuilds that may be overtaken before one is finished all the same


class Wanted(Struct, frozen=True):
    """How the preview is to be shown."""

    request: Request
    language: str
    origin: str
    allowed: frozenset[str]
    colour: bool
    columns: int


def serve(
    wanted: Wanted,
    sockets: list[socket],
    tell: Callable[[str], None],
    progress: Progress,
    ready: Callable[[str], None],
) -> int:
    """Shows the site at `sockets` until it is told to stop; the exit code.

    `tell` gets what is said; `ready` is called with the site's URL once it can be asked for.
    """
    with ExitStack() as stack:
        memory, pack = stack.enter_context(_memory(wanted.request, progress))
        workers = stack.enter_context(work.Workers(1))
        preview = _Preview(wanted, Tools(memory, pack, workers, progress), tell)
        return asyncio.run(preview.run(sockets, ready))


@contextmanager
def _memory(request: Request, progress: Progress) -> Iterator[tuple[Memory, Pack]]:
    """What builds have learned, brought up to date, and as a copy that nobody else writes into."""
    with ExitStack() as stack:
        learned = _learned(request, progress) if request.cached else session.opened(request)
        try:
            found = stack.enter_context(learned)
        except OSError:  # nothing can be kept, or some file cannot be read, which is told later
            found = stack.enter_context(session.opened(replace(request, cached=False)))
        yield found


@contextmanager
def _learned(request: Request, progress: Progress) -> Iterator[tuple[Memory, Pack]]:
    """The same where the cache is used; what is learned is kept if the site's lock can be had."""
    folder = request.root / FOLDER
    with ExitStack() as stack:
        with (
            output.lock(folder, 1.0) as got,
            session.opened(replace(request, cached=got)) as (memory, pack),
        ):
            with work.Workers(request.jobs) as workers:
                tools = Tools(memory, pack, workers, progress)
                prepared = prepare.prepared(request, tools)
                if not intake.is_whole(prepared.parsed, memory, pack):
                    memory.files = {}
                    prepare.prepared(request, tools)
            if got:
                cache.save(folder, memory, pack)
            lent = stack.enter_context(cache.lent(memory, pack))
        yield lent


class _Preview:
    """The preview while it runs, on one event loop."""

    def __init__(self, wanted: Wanted, tools: Tools, tell: Callable[[str], None]) -> None:
        self._wanted, self._tell = wanted, tell
        self._root = wanted.request.root
        self._workshop = Workshop(wanted.request, tools, self._overtaken)
        self._board, self._display = Board(), Display(self._root, wanted.language)
        self._watcher: Watcher | None = None
        self._ended = False
        self._good = True  # whether the last rebuild was
        self._row = 0  # rebuilds that were overtaken, one after another
        self._all = False  # whether the next one looks at everything: the last one failed
        self._said = ""  # of a failure that is told already
        self._sight = True  # whether notices came when that was last told

    async def run(self, sockets: list[socket], ready: Callable[[str], None]) -> int:
        """Serves until a signal ends it."""
        wanted = self._wanted
        self._watcher = Watcher(self._root, asyncio.get_running_loop())
        self._watcher.watch()
        first = await self._made(None)
        if first:
            self._take(first)
        base = first.shown.base if first and first.shown else "/"
        for line in saying.opening(wanted.origin + base, first, wanted.request, wanted.language):
            self._tell(line)
        self._tell_sight()
        application = Application(self._display, self._board, wanted.allowed, self._lines)
        server = Server(application, self._end)
        watching = asyncio.create_task(self._watch())
        ready(wanted.origin + base)
        try:
            await server.serve(sockets)
        finally:
            self._end()
            watching.cancel()
            self._watcher.close()
        self._tell(saying.phrase(wanted.language, "stopped"))
        return INTERRUPTED if server.signal == signal.SIGINT else OK

    def _lines(self) -> fault_text.LineOf:
        return report.lines(self._root)

    def _end(self) -> None:
        self._ended = True
        self._board.close()

    def _overtaken(self, stage: str) -> bool:
        """Whether the rebuild under way is of no use any more."""
        newer = bool(self._watcher and self._watcher.pending) and self._row < _IN_A_ROW
        return self._ended or (stage == "assemble" and newer)

    # -------------------------------------------------------- rebuilding

    async def _watch(self) -> None:
        watcher, wait = self._watcher, LOOK
        assert watcher is not None  # noqa: S101 -- `run` has made it
        while not self._ended:
            hints = await watcher.hints(wait)
            started = time.monotonic()
            made = await self._made(None if self._all else hints)
            if made:
                self._take(made)
                self._tell_round(made)
            if hints is None:
                sight = await asyncio.to_thread(watcher.watch)
                self._tell_sight()
                wait = pause(sight, time.monotonic() - started, rebuilt=made is not None)

    async def _made(self, hints: Collection[str] | None) -> Round | None:
        """What a rebuild came to. What goes wrong is told once and tried again later."""
        task = asyncio.ensure_future(asyncio.to_thread(self._workshop.make, hints))
        await asyncio.wait([task])
        error = task.exception()
        self._all = error is not None
        if error is None:
            self._said, self._row = "", 0
            return task.result()
        if isinstance(error, Overtaken):
            self._row += 1
            return None
        language = self._wanted.language
        if isinstance(error, OSError):
            said = saying.machine(error, language)
        else:
            lines = "".join(traceback.format_exception(error))
            said = lines + saying.phrase(language, "bug")
        if said != self._said:
            self._tell(said)
        self._said = said
        return None

    def _take(self, made: Round) -> None:
        """Shows what a rebuild came to, to browsers that are open and to those that ask."""
        language = self._wanted.language
        self._display.shown, self._display.findings = made.shown, made.findings
        state = self._board.state
        number = state.number + 1
        if not made.good:
            faults = panel.faults(made.findings, language, self._lines())
            self._board.post(replace(state, number=number, faults=faults))
        elif made.styles:
            styles = {**state.styles, **dict.fromkeys(made.styles, number)}
            self._board.post(State(number, state.shown, styles))
        else:
            self._board.post(State(number, number, state.styles))

    def _tell_round(self, made: Round) -> None:
        wanted = self._wanted
        if not made.good:
            frames = [one for one in made.findings if one.severity == "error"]
            self._tell(
                fault_text.told(
                    frames,
                    wanted.language,
                    self._lines(),
                    colour=wanted.colour,
                    columns=wanted.columns,
                )
            )
        for line in saying.told(made, wanted.language, mended=not self._good):
            self._tell(line)
        self._good = made.good

    def _tell_sight(self) -> None:
        """Says when notices of changes stop coming."""
        sight = self._watcher.sight if self._watcher else None
        if sight and sight.notices != self._sight:
            self._sight = sight.notices
            if not sight.notices:
                self._tell(saying.polling(sight.reason, LOOK_OFTEN, self._wanted.language))
