"""Connections: limits and time-outs that uvicorn does not have, and an end that comes at once."""

import asyncio
import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType
from typing import Any

import h11
import uvicorn
from uvicorn.protocols.http.h11_impl import STATUS_PHRASES, H11Protocol

from sitegen.preview.gate import MAX_HEADERS, MAX_TARGET

MAX_CONNECTIONS = 256  # beyond which the one that has been idle longest makes room
HEADER_TIME = 10.0  # seconds for the headers of a request
READ_TIME = 30.0  # seconds in which a browser has to take something
KEEP_ALIVE = 15  # seconds between requests
GRACE = 0.3  # seconds for what is being sent when the preview ends


class Connection(H11Protocol):
    """A connection that may neither dawdle over its headers nor over what it is sent."""

    _timer: asyncio.TimerHandle | None = None
    _reading: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Begins to wait for the headers."""
        _make_room(self.connections)
        super().connection_made(transport)
        transport.set_write_buffer_limits(high=256 * 1024)
        self._wait()

    def connection_lost(self, exc: Exception | None) -> None:
        """Ends all waiting."""
        self._rest()
        self._resume()
        super().connection_lost(exc)

    def handle_events(self) -> None:
        """Lets uvicorn see what came; with whole headers the wait is over."""
        super().handle_events()
        if self.is_busy:
            self._rest()

    def on_response_complete(self) -> None:
        """Begins to wait for the next headers."""
        super().on_response_complete()
        if not self.transport.is_closing() and not self.is_busy:
            self._wait()

    def pause_writing(self) -> None:
        """Begins to wait for the reader."""
        self.flow.pause_writing()
        self._resume()
        self._reading = self.loop.call_later(READ_TIME, self.transport.abort)

    def resume_writing(self) -> None:
        """The reader has taken something."""
        self._resume()
        self.flow.resume_writing()

    def send_400_response(self, msg: str) -> None:
        """Says what was wrong with the request: too large, or no HTTP."""
        status = getattr(sys.exc_info()[1], "error_status_hint", 400)
        if self.conn.our_state not in {h11.IDLE, h11.SEND_RESPONSE}:
            self.transport.abort()
            return
        words = f"{msg}\n".encode()
        headers = [
            (b"content-type", b"text/plain; charset=utf-8"),
            (b"content-length", str(len(words)).encode()),
            (b"connection", b"close"),
        ]
        phrase = STATUS_PHRASES.get(status, b"")
        head = h11.Response(status_code=status, headers=headers, reason=phrase)
        for event in (head, h11.Data(data=words), h11.EndOfMessage()):
            self.transport.write(self.conn.send(event) or b"")
        self.transport.close()

    @property
    def is_busy(self) -> bool:
        """Whether a request is being answered."""
        return self.cycle is not None and not self.cycle.response_complete

    def _wait(self) -> None:
        self._rest()
        self._timer = self.loop.call_later(HEADER_TIME, self.transport.abort)

    def _rest(self) -> None:
        if self._timer:
            self._timer.cancel()
            self._timer = None

    def _resume(self) -> None:
        if self._reading:
            self._reading.cancel()
            self._reading = None


def _make_room(connections: set[Any]) -> None:
    """Ends a connection on which nothing is asked when there are too many."""
    if len(connections) < MAX_CONNECTIONS:
        return
    idle = [one for one in connections if not one.is_busy]
    timed = [one for one in idle if one._timer]  # noqa: SLF001 -- our own
    oldest = min(timed, key=lambda one: one._timer.when(), default=None)  # noqa: SLF001
    if oldest:
        oldest.transport.abort()
        connections.discard(oldest)


class Server(uvicorn.Server):
    """uvicorn that calls `ending` when it is told to stop, and then ends within a second."""

    def __init__(self, application: Any, ending: Callable[[], None]) -> None:
        super().__init__(
            uvicorn.Config(
                application,
                http=Connection,
                ws="none",
                loop="asyncio",
                lifespan="off",
                log_config=None,
                log_level="critical",
                access_log=False,
                server_header=False,
                date_header=True,
                proxy_headers=False,
                h11_max_incomplete_event_size=MAX_HEADERS + MAX_TARGET,
                timeout_keep_alive=KEEP_ALIVE,
                timeout_graceful_shutdown=1,
            )
        )
        self._ending = ending
        self.signal = 0

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Stops at a signal, and does not raise it again: what is left to do is done first."""
        before = {one: signal.signal(one, self.handle_exit) for one in _SIGNALS}
        try:
            yield
        finally:
            for one, handler in before.items():
                signal.signal(one, handler)

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        """Tells everyone that this is the end."""
        self.signal = self.signal or sig
        super().handle_exit(sig, frame)
        loop = asyncio.get_event_loop_policy().get_event_loop()
        loop.call_soon_threadsafe(self._end)

    def _end(self) -> None:
        self._ending()
        loop = asyncio.get_running_loop()
        loop.call_later(GRACE, self._cut)

    def _cut(self) -> None:
        for one in list(self.server_state.connections):
            one.transport.abort()


_SIGNALS = tuple(
    getattr(signal, name)
    for name in ("SIGINT", "SIGTERM", "SIGHUP", "SIGBREAK")
    if hasattr(signal, name)
)
