"""What a stream may be given, by what it is and what the environment says."""

import io
import os
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


@pytest.mark.parametrize(("there_are", "used"), [(20, 40), (72, 72), (240, 100)])
def test_lines_are_as_wide_as_the_terminal_within_bounds(monkeypatch, there_are, used):
    monkeypatch.setattr("shutil.get_terminal_size", lambda: os.terminal_size((there_are, 24)))
    assert (terminal.columns(Screen()), terminal.columns(io.StringIO())) == (used, 80)


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
