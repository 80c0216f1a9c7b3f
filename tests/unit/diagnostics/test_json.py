"""Faults for programs."""

import json

from sitegen.diagnostics import json as writer
from sitegen.diagnostics.model import Diagnostic, Finding, Location

FAULT = Diagnostic(
    "bad-date", Location("記事.md", 4, 7, 3), {"value": "x"}, "day", (Location("b.md"),)
)


def document(*findings):
    return json.loads(writer.document(findings, "en", {"ok": False, "errors": 1}))


def test_the_document_has_a_version_and_the_figures_of_the_run():
    made = document()
    assert made == {"version": 1, "result": {"ok": False, "errors": 1}, "diagnostics": []}


def test_a_fault_has_its_place_its_words_and_its_other_places():
    (told,) = document(Finding(FAULT, "warning"))["diagnostics"]
    assert told == {
        "code": "bad-date",
        "severity": "warning",
        "file": "記事.md",
        "line": 4,
        "column": 7,
        "end_line": 4,
        "end_column": 10,
        "message": "this is not a date: x",
        "remedy": "write 2026-01-03, 2026-01-03 09:00 or 2026年1月3日",
        "others": [{"file": "b.md"}],
    }


def test_a_fault_of_a_whole_file_has_no_line():
    (told,) = document(Finding(Diagnostic("date-missing", Location("a.md")), "error"))[
        "diagnostics"
    ]
    assert "line" not in told
    assert "column" not in told


def test_the_document_ends_with_a_newline():
    assert writer.document((), "en", {}).endswith("}\n")
