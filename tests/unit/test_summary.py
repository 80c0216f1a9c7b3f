"""What a command came to."""

import pytest

from sitegen import summary
from sitegen.config import Config
from sitegen.diagnostics.model import Diagnostic, Finding, Location
from sitegen.model import Date, Held
from sitegen.run import Made, Outcome

MADE = Made(pages=1280, posts=96, rendered=3, removed=1, added=2, changed=5, dropped=4)
SOON = Held("b.md", "近い", "scheduled", Date("2026-12-01T09:00:00+09:00", 20))
LATER = Held("a.md", "遠い", "scheduled", Date("2027-01-01T00:00:00+09:00", 30))
DRAFT = Held("c.md", "下書き", "draft")
GONE = Held("d.md", "古い", "withdrawn")


def finding(severity, code="bad-date", path="a.md"):
    return Finding(Diagnostic(code, Location(path, 1)), severity)


def outcome(*findings, held=(), made=MADE, failed=False):
    return Outcome(Config(), findings, held, made, failed)


def told(found, language="ja", *, written=True, strict=False):
    return summary.summary(
        found, language, output="output/", seconds=0.84, written=written, strict=strict
    )


def test_a_build_tells_what_was_written():
    assert told(outcome()) == (
        "✓ 1,280 ページ（記事 96）を output/ に書き出しました  0.84 秒\n  書き換え 3 · 削除 1\n"
    )


def test_a_check_tells_that_all_is_well():
    assert told(outcome(), written=False) == (
        "✓ 問題なく書き出せます: 1,280 ページ（記事 96）  0.84 秒\n"
    )


def test_what_is_held_back_is_told_with_the_next_that_is_due():
    assert told(outcome(held=(LATER, DRAFT, SOON, GONE, DRAFT))).splitlines()[2] == (
        "  公開していないもの: 下書き 2 · 予約 2（次は 2026-12-01 09:00「近い」） · 取り下げ 1"
        "   一覧: sitegen list --held"
    )


def test_warnings_and_notes_are_counted_by_code():
    findings = (
        finding("warning", "era-mismatch"),
        finding("warning", "date-mismatch"),
        finding("warning", "era-mismatch"),
        finding("info", "unused-file"),
    )
    assert told(outcome(*findings)).splitlines()[2:] == [
        "  警告 3（date-mismatch ×1, era-mismatch ×2）",
        "  参考 1（unused-file ×1）",
    ]


def test_a_failure_tells_that_nothing_was_written():
    findings = (
        finding("error"),
        finding("error", path="b.md"),
        finding("warning"),
        finding("info", path="c.md"),
    )
    assert told(outcome(*findings, failed=True)) == (
        "✗ 書き出していません: エラー 2・警告 1（ファイル 2）。前回の output/ はそのままです\n"
    )


def test_warnings_that_fail_under_strict_are_said_to():
    found = outcome(finding("warning"), failed=True)
    assert told(found, strict=True).splitlines()[1] == "  --strict では警告も公開を止めます"


def test_another_language_has_other_words():
    assert told(outcome(), "en").startswith("✓ 1,280 pages (posts: 96) written to output/  0.84 s")


def test_both_languages_have_every_phrase_but_what_is_said_of_our_own_bugs():
    assert set(summary.words("en")) - set(summary.words("ja")) == {"bug"}
    assert set(summary.words("ja")) <= set(summary.words("en"))


@pytest.mark.parametrize(
    ("held", "path"), [((), None), ((DRAFT, GONE), None), ((LATER, SOON, DRAFT), "b.md")]
)
def test_the_next_that_is_due(held, path):
    found = summary.next_due(held)
    assert (found.path if found else None) == path


def test_of_two_at_one_instant_the_first_path_is_next():
    twin = Held("a.md", "x", "scheduled", SOON.due)
    assert summary.next_due((SOON, twin)) == twin


def test_programs_get_one_line():
    found = outcome(finding("warning"), finding("info"), held=(DRAFT, DRAFT, SOON))
    assert summary.machine_line(found, 0.8349) == (
        "sitegen: ok pages=1280 posts=96 rendered=3 removed=1 drafts=2 scheduled=1 warnings=1 "
        "errors=0 seconds=0.83\n"
    )


def test_the_line_of_a_failure():
    found = outcome(finding("error"), made=Made(), failed=True)
    assert summary.machine_line(found, 1).startswith("sitegen: failed pages=0 ")


def test_a_failure_in_english_needs_no_plural():
    found = outcome(finding("error"), failed=True)
    assert told(found, "en") == (
        "✗ nothing written (errors: 1, warnings: 0, files: 1). output/ is as it was\n"
    )


def test_programs_read_the_seconds_as_a_number():
    assert summary.facts(outcome(), 0.8349)["seconds"] == 0.83


def test_a_jobs_summary_is_in_the_language():
    assert list(summary.table(outcome(held=(SOON,)), "ja")) == [
        "ページ", "追加", "変更", "削除", "公開していないもの", "次の公開",
    ]  # fmt: skip


def test_a_jobs_summary_has_the_figures():
    assert summary.table(outcome(held=(SOON,)), "en") == {
        "pages": "1,280",
        "added": "2",
        "changed": "5",
        "removed": "4",
        "not published": "scheduled 1 (next 2026-12-01 09:00 “近い”)",
        "next": "2026-12-01 09:00 近い",
    }
