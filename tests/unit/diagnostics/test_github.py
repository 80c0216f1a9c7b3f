"""Faults for GitHub Actions."""

import pytest

from sitegen.diagnostics import github
from sitegen.diagnostics.model import Diagnostic, Finding, Location


def found(severity="error", place=Location("a.md", 4, 7, 3), value="x", code="bad-date"):  # noqa: B008 -- frozen
    return Finding(Diagnostic(code, place, {"value": value, "name": value}), severity)


def test_a_fault_is_an_annotation_at_its_place():
    assert github.annotations([found()], "en") == (
        "::error file=a.md,line=4,col=7,endColumn=10,title=bad-date::"
        "this is not a date: x%0Awrite 2026-01-03, 2026-01-03 09:00 or 2026年1月3日\n"
    )


def test_a_fault_of_a_whole_file_has_no_line():
    assert github.annotations([found(place=Location("a.md"))], "en").startswith(
        "::error file=a.md,title=bad-date::"
    )


def test_a_fault_of_no_file_has_no_place():
    assert github.annotations([found(place=Location(""))], "en", "blog/").startswith(
        "::error title=bad-date::"
    )


def test_the_sites_folder_stands_before_the_path():
    assert "file=blog/a.md," in github.annotations([found()], "en", "blog/")


@pytest.mark.parametrize(
    ("severity", "command"), [("error", "error"), ("warning", "warning"), ("info", "notice")]
)
def test_each_severity_has_its_command(severity, command):
    assert github.annotations([found(severity)], "en").startswith(f"::{command} ")


def test_errors_come_first_and_the_rest_stays_in_order():
    places = [Location(name, 1) for name in ("a", "b", "c", "d")]
    kinds = ("info", "warning", "error", "error")
    findings = [found(kind, place) for kind, place in zip(kinds, places, strict=True)]
    told = [row.split(",")[0] for row in github.annotations(findings, "en").splitlines()]
    assert told == ["::error file=c", "::error file=d", "::warning file=b", "::notice file=a"]


@pytest.mark.parametrize("hostile", ["a\n::error::b", "a\r\n::set-output x", "100%\n"])
def test_what_an_author_wrote_begins_no_command(hostile):
    made = github.annotations([found(value=hostile)], "en")
    assert (made.count("\n"), "\r" in made) == (1, False)


def test_signs_of_properties_are_escaped():
    made = github.annotations([found(place=Location("a,b:c%.md"))], "en")
    assert "file=a%2Cb%3Ac%25.md," in made


# ---------------------------------------------------------------- the summary


def test_the_summary_has_a_row_for_each_error_and_counts_the_rest():
    findings = [found(), found("warning"), found("warning"), found("info", code="accessed-missing")]
    assert github.summary(findings, "en", {"pages": "3"}) == (
        "## sitegen\n\n"
        "| code | place | |\n"
        "| --- | --- | --- |\n"
        "| `bad-date` | `a.md:4:7` | this is not a date: x |\n"
        "\n"
        "- `bad-date` × 2 (warning)\n"
        "- `accessed-missing` × 1 (info)\n"
        "- pages: 3\n"
    )


def test_without_errors_there_is_no_table():
    assert "|" not in github.summary([found("warning")], "en", {})


def test_what_an_author_wrote_stays_in_its_cell():
    made = github.summary([found(value="a|b\n<img src=x>`c`")], "en", {})
    row = made.splitlines()[4]
    assert row == ("| `bad-date` | `a.md:4:7` | this is not a date: a\\|b⏎\\<img src=x\\>\\`c\\` |")


def test_a_summary_keeps_below_what_github_shows():
    """A step's summary of more than 1 MiB is not shown at all."""
    made = github.summary([found(value="霧" * 400)] * 3_000, "ja", {})
    assert len(made.encode()) < 1 << 20
    assert made.splitlines()[-2] == "| … | | + 2,700 |"


def test_a_path_is_code_in_its_cell():
    row = github.summary([found(place=Location("a|b`<c>.md"))], "en", {}).splitlines()[4]
    assert row.startswith("| `bad-date` | `a\\|b'<c>.md` |")


def test_the_rows_of_the_summary_begin_at_the_repository():
    assert "| `blog/a.md:4:7` |" in github.summary([found()], "en", {}, "blog/")
    assert "| `` |" not in github.summary([found(place=Location(""))], "en", {}, "blog/")


def test_a_title_is_no_markup_of_the_summary():
    made = github.summary([], "en", {"next": "*a* <b> [c](d) `e` #1\n# f"})
    assert made.endswith("- next: \\*a\\* \\<b\\> \\[c\\](d) \\`e\\` \\#1⏎\\# f\n")
