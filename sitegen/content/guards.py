"""What is too much: inputs that would cost seconds or gigabytes, found before they do."""

import signal
import threading
from collections.abc import Callable, Iterator
from types import FrameType
from typing import TypeVar

from sitegen.diagnostics.model import Diagnostic, Location

LINE = 20_000  # characters
BLANK_LINES = 1_000  # in a row
HEADING = 200  # blanks in a row
LIST = 5_000  # items
EMPHASIS = 2_000  # delimiters of one paragraph
EFFORT = 5 * EMPHASIS * EMPHASIS  # squares of them, in one document
BRACKETS = 2_000  # of one paragraph or raw block; also marks of quotes and fences of a line
DEPTH = 100  # raw blocks inside each other, marks at a line's beginning
REFERENCES = 1_000_000  # characters that references expand to
PADDING = 5_000  # cells that are added to short rows
SECONDS = 2.0  # of CPU
GROWTH, BASE = 20, 200_000  # an output has at most this many times its input, and so much more


def faults(path: str, text: str, line: int) -> tuple[Diagnostic, ...]:
    """One `too-complex` for each kind of excess that shows without parsing.

    `text` begins on `line` of the file.
    """
    if len(text) <= HEADING:
        return ()
    lines = text.split("\n")
    found = (*_long(lines), *_blank(lines), *_deep(lines), *_headings(lines), *_items(lines))
    return tuple(
        Diagnostic("too-complex", Location(path, line + index), {"limit": str(limit)}, variant)
        for index, variant, limit in found
    )


_Found = Iterator[tuple[int, str, int]]


def _long(lines: list[str]) -> _Found:
    if max(map(len, lines)) > LINE:
        yield next(i for i, line in enumerate(lines) if len(line) > LINE), "line", LINE


def _blank(lines: list[str]) -> _Found:
    if len(lines) <= BLANK_LINES:
        return
    run = 0
    for index, line in enumerate(lines):
        run = 0 if line.strip("> \t\v\f") else run + 1
        if run > BLANK_LINES:
            yield index, "blank-lines", BLANK_LINES
            return


def _deep(lines: list[str]) -> _Found:
    for index, line in enumerate(lines):
        if len(line) > DEPTH and line[0] in " >-*+\t":
            lead = line[: len(line) - len(line.lstrip(" \t>-*+"))]
            marks = len(lead) - lead.count(" ") - lead.count("\t")
            if marks > DEPTH and len(set(lead.strip())) > 1 - (">" in lead):
                yield index, "depth", DEPTH
                return


def _headings(lines: list[str]) -> _Found:
    for index, line in enumerate(lines):
        if len(line) > HEADING and line.lstrip().startswith("#"):
            blanks = max(map(len, _gaps(line)))
            if blanks > HEADING:
                yield index, "heading", HEADING
                return


def _gaps(line: str) -> list[str]:
    """The runs of blanks of `line`."""
    return "".join(c if c in " \t" else "\n" for c in line).split("\n")


def _items(lines: list[str]) -> _Found:
    if len(lines) <= LIST:
        return
    count = 0
    for index, line in enumerate(lines):
        head = line.lstrip(" \t>")[:11].lstrip("0123456789")[:2]
        count += head[:1] in {"-", "*", "+", ".", ")"} and head[1:].strip() == ""
        if count > LIST:
            yield index, "list", LIST
            return


def crowded(text: str) -> tuple[str, int]:
    """The excess in the inline text of one block, as variant and limit, or ("", 0)."""
    if len(text) <= EMPHASIS:
        return "", 0
    if text.count("*") + text.count("_") + text.count("~") > EMPHASIS:
        return "emphasis", EMPHASIS
    if text.count("[") + text.count("]") + text.count("<") > BRACKETS:
        return "brackets", BRACKETS
    return "", 0


def effort(text: str) -> int:
    """What the emphasis in one block may cost: the square of its delimiters."""
    return (text.count("*") + text.count("_")) ** 2


# ---------------------------------------------------------------- the last net


class _OverTimeError(Exception):
    """The timer's way out of a running parse."""


_T = TypeVar("_T")


def within(seconds: float, work: Callable[[], _T]) -> _T | None:
    """What `work` returns, or None if it takes more than `seconds` of CPU.

    Only the main thread of a system with POSIX timers can be stopped; elsewhere the static guards
    stand alone.
    """
    if (
        not hasattr(signal, "setitimer")
        or threading.current_thread() is not threading.main_thread()
    ):
        return work()
    before = signal.signal(signal.SIGPROF, _stop)
    signal.setitimer(signal.ITIMER_PROF, seconds, seconds)  # again: a callback may swallow it
    try:
        try:
            return work()
        finally:
            signal.setitimer(signal.ITIMER_PROF, 0)
    except _OverTimeError:  # of the work, or once more on the way out of it
        return None
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)


def _stop(_number: int, _frame: FrameType | None) -> None:
    raise _OverTimeError
