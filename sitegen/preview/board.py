"""What browsers are told: the state of the preview, and the streams that carry it."""

import asyncio
import json
import secrets
from collections.abc import AsyncIterator
from typing import Any

from msgspec import Struct

MAX_STREAMS = 100
PING = 15.0  # seconds: a browser that hears nothing for 40 asks anew (`preview.js`)
_LONG = 10  # digits
RETRY = 1000  # milliseconds until a browser asks again


class State(Struct, frozen=True):
    """What there is to know: `number` counts all rebuilds, `shown` is the last that needs a reload.

    `styles` are the URLs of style sheets with the rebuild that changed them.
    """

    number: int = 0
    shown: int = 0
    styles: dict[str, int] = {}
    faults: tuple[dict[str, Any], ...] = ()


class Board:
    """The one state, and who waits for the next. A stream holds no queue: it tells the latest."""

    def __init__(self) -> None:
        self.state = State()
        self.run = secrets.token_hex(4)  # names this process: numbers of another mean nothing
        self.closed = False
        self._waiting: set[asyncio.Event] = set()

    @property
    def mark(self) -> str:
        """Names the state for browsers."""
        return f"{self.run}.{self.state.number}"

    @property
    def full(self) -> bool:
        """Whether no further stream is taken."""
        return len(self._waiting) >= MAX_STREAMS

    def post(self, state: State) -> None:
        """Tells everyone of `state`."""
        self.state = state
        self._wake()

    def close(self) -> None:
        """Ends all streams."""
        self.closed = True
        self._wake()

    def _wake(self) -> None:
        for event in self._waiting:
            event.set()

    async def stream(self, since: str) -> AsyncIterator[bytes]:
        """Server-sent events for a page that knows the state `since`; none where `full`."""
        if self.full:
            return
        event = asyncio.Event()
        self._waiting.add(event)
        try:
            yield f"retry: {RETRY}\n\n".encode()
            known = self._number(since)
            while not self.closed:
                event.clear()
                state = self.state
                if state.number != known or since:
                    yield self._event(state, known)
                    known, since = state.number, ""
                while not event.is_set():
                    try:
                        await asyncio.wait_for(event.wait(), PING)
                    except TimeoutError:
                        yield b"event: ping\ndata:\n\n"
        finally:
            self._waiting.discard(event)

    def _number(self, mark: str) -> int:
        """The number of the state that `mark` names; -1 of one of another run."""
        run, _, number = mark.partition(".")
        return int(number) if run == self.run and number.isdecimal() and len(number) < _LONG else -1

    def _event(self, state: State, known: int) -> bytes:
        told = {
            "mark": f"{self.run}.{state.number}",
            "reload": bool(state.shown) and (known < state.shown or known > state.number),
            "styles": sorted(url for url, number in state.styles.items() if number > known),
            "faults": state.faults,
        }
        data = json.dumps(told, ensure_ascii=False)
        return f"id: {told['mark']}\ndata: {data}\n\n".encode()
