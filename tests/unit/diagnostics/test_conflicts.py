"""The marks that git leaves in files where a merge could not be finished."""

import pytest

from sitegen.diagnostics import conflicts

OURS, BETWEEN, THEIRS = "<<<<<<< HEAD", "=======", ">>>>>>> naoshi"


def found(*lines):
    return [
        (one.location.line, *(end.line for end in one.others))
        for one in conflicts.left("a.md", "\n".join(lines))
    ]


def test_each_conflict_has_its_first_and_last_line():
    once = (OURS, "霧", BETWEEN, "港", THEIRS)
    assert found("前", *once, "間", *once) == [(2, 6), (8, 12)]


def test_a_side_may_be_empty_lines_may_end_as_on_windows_and_the_common_text_be_shown():
    assert found(OURS, BETWEEN, "港", THEIRS) == [(1, 4)]
    assert found(*(f"{line}\r" for line in (OURS, "霧", BETWEEN, THEIRS))) == [(1, 4)]
    assert found(OURS, "霧", "||||||| 3f2a", "灯", BETWEEN, THEIRS) == [(1, 6)]


@pytest.mark.parametrize(
    "lines",
    [
        (),
        ("見出し", BETWEEN, "文"),
        (OURS, "霧", BETWEEN, "港"),
        ("霧", BETWEEN, "港", THEIRS),
        (OURS, "霧", THEIRS),
        (f" {OURS}", "霧", f" {BETWEEN}", "港", f" {THEIRS}"),
        (">>>>>>> 七重の引用", "> 引用"),
    ],
)
def test_what_is_no_whole_conflict_is_text(lines):
    assert found(*lines) == []
