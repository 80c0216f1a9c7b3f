"""What is too much."""

import contextlib
import signal
import threading
import time

import pytest

from sitegen.content import guards


def found(text, line=10):
    return [(one.variant, one.location.line) for one in guards.faults("p.md", text, line)]


@pytest.mark.parametrize(
    ("text", "variant", "line"),
    [
        ("a\n" + "x" * 20_001, "line", 11),
        ("a\n" + "\n" * 1_001 + "b", "blank-lines", 1011),
        ("a\n" + "> \n" * 1_001 + "b", "blank-lines", 1011),
        ("# a" + " " * 201 + "b", "heading", 10),
        ("x\n## a" + "\t" * 201 + "b", "heading", 11),
        ("- x\n" * 5_001, "list", 5010),
        ("1. x\n" * 5_001, "list", 5010),
        ("> * x\n" * 5_001, "list", 5010),
        ("a\n" + ">" * 201 + "b", "depth", 11),
        ("- > " * 60 + "b", "depth", 10),
    ],
)
def test_excess_is_told_with_its_first_line(text, variant, line):
    assert found(text) == [(variant, line)]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "x" * 20_000,
        "a\n" + "\n" * 1_000 + "b",
        "# a" + " " * 200 + "b",
        "- x\n" * 5_000,
        ">" * 100 + "b" * 200,
        "*" * 500,
        "-" * 500,
        " " * 500 + "x",
        "plain words without blanks at all " * 500,
    ],
)
def test_what_is_within_the_limits_is_not_told(text):
    assert found(text) == []


def test_every_kind_of_excess_is_told():
    text = "x" * 20_001 + "\n# a" + " " * 201 + "b\n" + "- x\n" * 5_001
    assert [variant for variant, _ in found(text)] == ["line", "heading", "list"]


def test_the_limit_is_said():
    (fault,) = guards.faults("p.md", "x" * 20_001, 1)
    assert (fault.code, fault.arguments) == ("too-complex", {"limit": "20000"})


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("*a_" * 1_001, ("emphasis", 2_000)),
        ("~" * 2_001, ("emphasis", 2_000)),
        ("[" * 2_001, ("brackets", 2_000)),
        ("<]" * 1_001, ("brackets", 2_000)),
        ("*" * 2_000, ("", 0)),
        ("[" * 2_000, ("", 0)),
        ("あ" * 10_000, ("", 0)),
    ],
)
def test_a_crowded_paragraph_has_a_word(text, told):
    assert guards.crowded(text) == told


# ---------------------------------------------------------------- the last net


def test_work_that_ends_in_time_gives_its_result():
    assert guards.within(5.0, lambda: "done") == "done"


def test_work_over_its_time_gives_none():
    def endless():
        while True:
            pass

    assert guards.within(0.05, endless) is None


def test_a_timer_that_a_callback_has_swallowed_comes_again():
    def work():
        with contextlib.suppress(guards._OverTimeError):  # noqa: SLF001 -- as a collector does
            while True:
                pass
        until = time.process_time() + 3.0
        while time.process_time() < until:
            pass
        return "late"

    assert guards.within(0.01, work) is None


def test_the_timer_is_gone_afterwards():
    before = signal.getsignal(signal.SIGPROF)
    guards.within(5.0, lambda: None)
    guards.within(0.01, lambda: [0 for _ in iter(int, 1)])
    assert signal.getitimer(signal.ITIMER_PROF) == (0.0, 0.0)
    assert signal.getsignal(signal.SIGPROF) is before


def test_what_work_raises_passes_through():
    with pytest.raises(ZeroDivisionError):
        guards.within(5.0, lambda: 1 // 0)


def test_in_another_thread_work_is_done_without_a_timer():
    found_there = []
    thread = threading.Thread(target=lambda: found_there.append(guards.within(0.01, lambda: 1)))
    thread.start()
    thread.join()
    assert found_there == [1]
