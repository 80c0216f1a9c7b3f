"""What the terminal is like, and how far a long run is, shown there."""

import io
import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any, TextIO

from sitegen.run import Progress, silent

_NARROWEST, _WIDEST, _UNKNOWN = 40, 100, 80  # columns; longer lines are not read with ease


def reopen() -> None:
    """Makes stdout and stderr streams that swallow what is told once they are closed or unread."""
    for name in ("stdout", "stderr"):
        stream = getattr(sys, name)
        if stream is None:
            setattr(sys, name, io.StringIO())
        elif stream is getattr(sys, f"__{name}__") and not stream.isatty():
            stream.flush()
            raw = _Told(stream.fileno(), "wb", closefd=False)
            setattr(sys, name, io.TextIOWrapper(io.BufferedWriter(raw), line_buffering=True))


class _Told(io.FileIO):
    """A stream whose reader may leave, as `head` does: what is told after that is lost.

    To end by SIGPIPE, as filters do, would leave a build half done. Any other error is raised
    once: what is still waiting would raise it again when Python ends.
    """

    _gone = False

    def write(self, data: Any, /) -> int:
        """Writes `data` as long as it can be told."""
        if not self._gone:
            try:
                return super().write(data)
            except OSError as error:
                self._gone = True
                if not isinstance(error, BrokenPipeError):
                    raise
        return len(data)


def is_coloured(stream: TextIO) -> bool:
    """Whether `stream` shows colours and nobody has said that it should not (no-color.org)."""
    return stream.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


def columns(stream: TextIO) -> int:
    """How wide text on `stream` may be."""
    if not stream.isatty():
        return _UNKNOWN
    return max(_NARROWEST, min(_width(stream), _WIDEST))


def _width(stream: TextIO) -> int:
    """The columns of the terminal `stream`, unless COLUMNS says others (shutil asks stdout)."""
    with suppress(ValueError):
        if (said := int(os.environ.get("COLUMNS", ""))) > 0:
            return said
    with suppress(OSError):
        return os.get_terminal_size(stream.fileno()).columns or _UNKNOWN
    return _UNKNOWN


@contextmanager
def progress(stream: TextIO) -> Iterator[Progress]:
    """Shows on `stream`, if it is a terminal, how far a run is that takes longer than a second."""
    if not stream.isatty():
        yield silent
        return
    from rich.console import Console  # noqa: PLC0415 -- only a terminal needs it
    from rich.progress import Progress as Bars  # noqa: PLC0415 -- likewise
    from rich.progress import TextColumn  # noqa: PLC0415 -- likewise

    started, bars = time.monotonic(), {}
    shown = Bars(
        TextColumn("{task.description} {task.completed:,.0f}"),
        transient=True,
        console=Console(file=stream),
    )

    def tell(stage: str, done: int) -> None:
        if time.monotonic() - started < 1:
            return
        if stage not in bars:
            shown.start()
            bars[stage] = shown.add_task(stage, total=None)
        shown.update(bars[stage], completed=done)

    try:
        yield tell
    finally:
        if bars:
            shown.stop()
