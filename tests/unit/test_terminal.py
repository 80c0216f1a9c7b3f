"""What a stream may be given, by what it is and what the environment says."""

import fcntl
import io
import os
import struct
import termios
import time

import pytest

from sitegen import terminal
from sitegen.run import silent


class Screen(io.StringIO):
    """A terminal."""

    def isatty(self):
        return True


@pytest.fixture(autouse=True)
def plain(monkeypatch):
    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.setenv("TERM", "xterm")


@pytest.mark.parametrize(
    ("stream", "name", "value", "coloured"),
    [
        (Screen(), "NO_COLOR", "", True),  # empty says nothing
        (Screen(), "NO_COLOR", "1", False),
        (Screen(), "TERM", "dumb", False),
        (io.StringIO(), "NO_COLOR", "", False),
    ],
)
def test_colours_are_for_terminals_that_want_them(monkeypatch, stream, name, value, coloured):
    monkeypatch.setenv(name, value)
    assert terminal.is_coloured(stream) == coloured


@pytest.fixture
def screen(monkeypatch):
    """A terminal of so many columns, which is not the one of stdout."""
    monkeypatch.delenv("COLUMNS", raising=False)
    near, far = os.openpty()
    with os.fdopen(near, "rb", 0), os.fdopen(far, "w", encoding="utf-8") as stream:

        def wide(columns):
            fcntl.ioctl(stream, termios.TIOCSWINSZ, struct.pack("HHHH", 24, columns, 0, 0))
            return stream

        yield wide


@pytest.mark.parametrize(("there_are", "used"), [(20, 40), (72, 72), (240, 100), (0, 80)])
def test_lines_are_as_wide_as_their_terminal_within_bounds(screen, there_are, used):
    assert terminal.columns(screen(there_are)) == used


@pytest.mark.parametrize(("said", "used"), [("72", 72), ("240", 100), ("0", 50), ("wide", 50)])
def test_the_environment_may_say_another_width(monkeypatch, screen, said, used):
    monkeypatch.setenv("COLUMNS", said)
    assert terminal.columns(screen(50)) == used


def test_what_is_no_terminal_or_tells_no_width_has_the_usual_one(monkeypatch):
    monkeypatch.delenv("COLUMNS", raising=False)
    assert (terminal.columns(io.StringIO()), terminal.columns(Screen())) == (80, 80)


def test_where_there_is_no_terminal_there_is_no_progress():
    with terminal.progress(io.StringIO()) as tell:
        assert tell is silent


def test_progress_is_shown_from_the_second_second_on(monkeypatch):
    screen, now = Screen(), time.monotonic()
    with terminal.progress(screen) as tell:
        tell("parse", 1)
        before = screen.getvalue()
        monkeypatch.setattr("time.monotonic", lambda: now + 5)
        tell("parse", 1234)
    assert before == ""
    assert "parse 1,234" in screen.getvalue()
