"""What is told, to whom, and the exit code."""

import json
from pathlib import Path

import pytest
from msgspec.structs import replace

from sitegen import report
from sitegen.config import Config
from sitegen.diagnostics.model import Diagnostic, Finding, Location
from sitegen.report import Manner
from sitegen.run import Made, Outcome, Request

MANNER = Manner("ja", "text", "output/")


def finding(severity="error", path="content/posts/a.md", code="broken-link", others=(), **rest):
    fault = Diagnostic(code, Location(path, 2, 8, 3), {"target": "x"}, others=others)
    return Finding(fault, severity, **rest)


def outcome(*findings):
    failed = any(one.severity == "error" for one in findings)
    return Outcome(Config(), findings, (), Made(3, 1, 2, 0), failed=failed, seconds={"make": 0.5})


@pytest.fixture
def told(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)

    def make(found, *, strict=False, **manner):
        request = Request(tmp_path, tmp_path / "output", 0, strict=strict)
        return report.report(found, request, replace(MANNER, **manner), 0.5)

    return make


# ---------------------------------------------------------------- the exit code


@pytest.mark.parametrize(
    ("findings", "code"),
    [
        ((), 0),
        ((finding("info"),), 0),
        ((finding("warning"),), 0),
        ((finding("error"),), 1),
        ((finding("warning"), finding("error")), 1),
        ((finding("error", code="output-refused"),), 2),
    ],
)
def test_the_code_says_what_it_came_to(told, findings, code):
    assert told(outcome(*findings)).code == code


# ---------------------------------------------------------------- stderr


def test_people_see_the_faults_with_their_lines_and_then_the_summary(told, tmp_path):
    (tmp_path / "content/posts").mkdir(parents=True)
    (tmp_path / "content/posts/a.md").write_text("---\ntitle: 霧笛\n", encoding="utf-8")
    made = told(outcome(finding("warning"))).stderr
    assert "2 | title: 霧笛" in made
    assert made.index("warning[broken-link]") < made.index("✓")


def test_a_file_that_is_gone_has_no_line(told):
    assert "broken-link" in told(outcome(finding())).stderr


def test_the_lines_of_a_built_in_layout_are_shown(told):
    assert "\n2 | " in told(outcome(finding(path="default/post.html"))).stderr


def test_stages_are_shown_on_demand(told):
    assert "make" not in told(outcome()).stderr
    assert "  make         0.500 s\n" in told(outcome(), profile=True).stderr


# ---------------------------------------------------------------- stdout


def test_programs_read_the_last_line(told):
    assert told(outcome()).stdout == (
        "sitegen: ok pages=3 posts=1 rendered=2 removed=0 drafts=0 scheduled=0 warnings=0 "
        "errors=0 seconds=0.50\n"
    )


def test_json_is_one_document(told):
    made = json.loads(told(outcome(finding()), form="json").stdout)
    text = json.dumps(made)
    assert "broken-link" in text
    assert '"ok": false' in text
    assert '"seconds": 0.5' in text


def test_github_reads_annotations(told):
    made = told(outcome(finding()), form="github").stdout
    assert made.startswith("::error ")
    assert "sitegen:" not in made


def test_in_github_actions_annotations_come_by_themselves(told):
    made = told(outcome(finding()), actions=True)
    first, last = made.stdout.splitlines()
    assert first.startswith("::error file=content/posts/a.md,line=2,")
    assert last.startswith("sitegen: failed ")
    assert "broken-link" in made.job_summary
    assert told(outcome(finding())).job_summary == ""


def test_annotations_begin_at_the_repository(told, tmp_path):
    (tmp_path.parent / ".git").mkdir(exist_ok=True)
    made = told(outcome(finding()), form="github").stdout
    (tmp_path.parent / ".git").rmdir()
    assert f"file={tmp_path.name}/content/posts/a.md," in made


# ---------------------------------------------------------------- narrowed down


@pytest.mark.parametrize(
    ("only", "codes"),
    [
        ((), 2),
        (("content/posts/a.md",), 1),
        (("content/posts",), 2),
        (("content/posts/",), 2),
        ((".",), 2),
        (("content/post",), 0),
        (("pyproject.toml",), 0),
        (("content/posts/a.md", "content/posts/b.md"), 2),
    ],
)
def test_what_is_told_may_be_narrowed_down(told, only, codes):
    found = outcome(finding("warning"), finding("warning", path="content/posts/b.md"))
    made = told(found, only=tuple(map(Path, only)))
    assert made.stderr.count("[broken-link]") == codes


def test_a_fault_concerns_its_other_places_too(told):
    found = outcome(finding(others=(Location("content/posts/b.md", 1),)))
    assert told(found, only=(Path("content/posts/b.md"),)).code == 1


def test_only_what_is_told_decides(told):
    found = outcome(finding("error"), finding("warning", path="content/posts/b.md"))
    only = (Path("content/posts/b.md"),)
    assert told(found, only=only).code == 0
    assert told(found, strict=True, only=only).code == 1


def test_what_strict_does_not_count_is_no_failure(told):
    found = outcome(finding("warning", strict=False))
    assert told(found, strict=True, only=(Path("content/posts/a.md"),)).code == 0


@pytest.mark.parametrize(
    ("language", "line"),
    [
        ("ja", "✓ 挙げたファイルにエラーはありません。ただし、ほかにエラー 2・警告 1 があり、"),
        (
            "en",
            "✓ no errors in these files, but others forbid publishing (errors: 2, warnings: 1)\n",
        ),
    ],
)
def test_errors_of_other_files_are_counted(told, language, line):
    found = outcome(finding(), finding(), finding("warning"), finding("info"))
    made = told(found, only=(Path("content/posts/b.md"),), language=language)
    assert made.code == 0
    assert made.stderr.startswith(line)


def test_warnings_of_other_files_that_forbid_nothing_are_passed_over(told):
    made = told(outcome(finding("warning")), only=(Path("content/posts/b.md"),))
    assert made.stderr.startswith("✓ 3 ページ")
