"""Faults as people read them: the whole text that a user sees."""

import pytest

from sitegen import text as measures
from sitegen.diagnostics import text
from sitegen.diagnostics.model import Diagnostic, Finding, Location


def finding(place, code="bad-date", severity="error", **rest):
    arguments = {"value": "2月30日"} if code == "bad-date" else {}
    return Finding(Diagnostic(code, place, arguments, **rest), severity)


def told(place, line, **rest):
    """The frame of one fault on `line`, as its rows."""
    columns = rest.pop("columns", 80)
    shown = text.told([finding(place, **rest)], "en", lambda _path, _line: line, columns=columns)
    return shown.split("\n")


def excerpt(place, line, columns=80):
    """The line and the carets of one fault."""
    rows = told(place, line, columns=columns)
    start = next(number for number, row in enumerate(rows) if row.startswith(f"{place.line} | "))
    return rows[start].partition("| ")[2], rows[start + 1].partition("| ")[2]


def test_a_fault_is_a_frame():
    found = finding(Location("content/posts/a.md", 4, 7, 5), variant="day")
    assert text.told([found], "ja", lambda _path, _line: "date: 2月30日") == (
        "error[bad-date]: 日付として読めません: 2月30日\n"
        " --> content/posts/a.md:4:7\n"
        "  |\n"
        "4 | date: 2月30日\n"
        "  |       ^^^^^^^ その月にない日\n"
        "  |\n"
        "  = 直し方: 2026-01-03、2026-01-03 09:00、2026年1月3日、令和8年1月3日 のように書\n"
        "    く\n"
        "  = 詳しく: sitegen explain bad-date\n"
    )


def test_a_blank_line_parts_frames_and_only_the_first_of_a_code_names_its_explanation():
    found = [finding(Location("a.md", 4)), finding(Location("b.md", 5))]
    frames = text.told(found, "ja", lambda _path, _line: None).split("\n\n")
    assert [("sitegen explain" in frame) for frame in frames] == [True, False]


def test_information_names_no_explanation():
    shown = text.told([finding(Location("x.png"), "unused-file", "info")], "ja", lambda *_: None)
    assert "sitegen explain" not in shown


@pytest.mark.parametrize(("strict", "frames"), [(False, 100), (True, 1_012)])
def test_of_many_warnings_of_a_code_the_last_hundred_are_shown_unless_they_are_strict(
    strict, frames
):
    warnings = [finding(Location(f"{n:04}.md"), "era-mismatch", "warning") for n in range(1_012)]
    shown = text.told(warnings, "en", lambda *_: None, strict=strict)
    assert [shown.count("--> "), shown.count("--> 1011.md\n")] == [frames, 1]
    counted = "warning[era-mismatch]: 912 more (see sitegen check FILE or --format json)\n" in shown
    assert counted is not strict


def test_all_errors_are_shown():
    errors = [finding(Location(f"{n:04}.md")) for n in range(1_012)]
    assert text.told(errors, "en", lambda *_: None).count("--> ") == 1_012


def test_of_many_notes_of_a_code_ten_are_shown_and_the_others_counted():
    notes = [finding(Location(f"{n}.png"), "unused-file", "info") for n in range(1_012)]
    warnings = [finding(Location("a.md", n), "era-mismatch", "warning") for n in range(1, 13)]
    shown = text.told([*notes, *warnings], "en", lambda *_: None)
    assert shown.count("info[unused-file]: ") == 11
    assert "info[unused-file]: 1,002 more (see sitegen check FILE or --format json)\n" in shown
    assert shown.count("warning[era-mismatch]") == 12


def test_other_places_are_listed():
    rows = told(Location("a.md", 3), "x", others=(Location("b.md", 12, 3), Location("c.md")))
    assert [row for row in rows if "also" in row] == ["   = also: b.md:12:3", "   = also: c.md"]


def test_the_margin_holds_the_longest_line_number():
    assert told(Location("a.md", 120), "x")[1:4] == ["   --> a.md:120:1", "    |", "120 | x"]


def test_without_a_line_only_the_file_is_named():
    rows = told(Location("a.md"), "never asked for")
    assert (rows[1], [row for row in rows if "|" in row]) == ("--> a.md", [])


def test_a_line_that_is_gone_is_left_out():
    rows = told(Location("a.md", 7), None)
    assert (rows[1], [row for row in rows if "|" in row]) == (" --> a.md:7:1", [])


@pytest.mark.parametrize(
    ("line", "column", "width", "shown", "carets"),
    [
        ("slug: horizon", 7, 7, "slug: horizon", "      ^^^^^^^"),
        ("題: 引用", 4, 2, "題: 引用", "    ^^^^"),
        ("か\u3099き", 3, 1, "か\u3099き", "  ^^"),
        ("🇯🇵☎\ufe0fx", 5, 1, "🇯🇵☎\ufe0fx", "    ^"),
        ("a\tb", 3, 1, "a b", "  ^"),
        ("a\x1b[0mb", 2, 1, "a<U+001B>[0mb", " ^^^^^^^^"),
        ("a\u202eb", 3, 1, "a<U+202E>b", "         ^"),
        ("短い", 500, 3, "短い", "    ^"),
        ("", 1, 1, "", "^"),
        ("ab", 1, 99, "ab", "^^"),
    ],
)
def test_the_carets_stand_under_the_place(line, column, width, shown, carets):
    place = Location("a.md", 4, column, width)
    assert excerpt(place, line) == (shown, carets)


def test_a_long_line_is_cut_around_the_place():
    shown, carets = excerpt(Location("a.md", 4, 61, 2), "あ" * 60 + "悪い" + "い" * 60, columns=40)
    assert shown == "…" + "あ" * 8 + "悪い" + "い" * 7 + "…"
    assert carets == " " * 17 + "^^^^"


def test_a_long_place_is_cut_at_its_end():
    shown, carets = excerpt(Location("a.md", 4, 1, 200), "x" * 200, columns=40)
    assert (shown, carets) == ("x" * 35 + "…", "^" * 36)


def test_colours_surround_words_and_change_none():
    plain = text.told([finding(Location("a.md", 4))], "ja", lambda *_: "x")
    coloured = text.told([finding(Location("a.md", 4))], "ja", lambda *_: "x", colour=True)
    assert "\x1b[1;31merror[bad-date]\x1b[0m" in coloured
    for code in ("\x1b[1;31m", "\x1b[34m", "\x1b[1m", "\x1b[0m"):
        coloured = coloured.replace(code, "")
    assert coloured == plain


def test_what_an_author_wrote_cannot_colour_the_terminal():
    fault = Diagnostic("bad-date", Location("a\x1b]0;x\x07.md", 1), {"value": "\x1b[31mx\u202e"})
    shown = text.told([Finding(fault, "error")], "ja", lambda *_: "\x9b31m")
    assert not set(shown) & set("\x1b\x07\x9b\u202e")


@pytest.mark.parametrize(
    ("words", "visible"),
    [
        ("引用", "引用"),
        ("a\tb\nc", "a b⏎c"),
        ("\x00\x7f\x9f", "<U+0000><U+007F><U+009F>"),
        ("\u200b\u2028\ufeff\u2066", "<U+200B><U+2028><U+FEFF><U+2066>"),
        ("3\xa0km", "3<U+00A0>km"),
        ("\udcff", "<U+DCFF>"),
        ("👨\u200d👩", "👨<U+200D>👩"),
    ],
)
def test_what_cannot_be_seen_is_spelt_out(words, visible):
    assert text.visible(words) == visible


@pytest.mark.parametrize(
    ("place", "shown"),
    [
        (Location("a.md", 3, 7), "a.md:3:7"),
        (Location("a.md"), "a.md"),
        (Location("a\nerror: b.md", 1), "a⏎error: b.md:1:1"),
    ],
)
def test_a_place_is_written_on_one_line(place, shown):
    assert text.shown(place) == shown


# ---------------------------------------------------------------- wrapping


@pytest.mark.parametrize(
    ("words", "columns", "lines"),
    [
        ("", 10, [""]),
        ("aaa bbb ccc", 11, ["aaa bbb ccc"]),
        ("aaa bbb ccc", 10, ["aaa bbb", "  ccc"]),
        ("aaa bbb ccc", 7, ["aaa bbb", "  ccc"]),
        ("あいうえお", 6, ["あいう", "  えお"]),
        ("あいう。えお", 6, ["あい", "  う。", "  えお"]),
        ("あいう。", 8, ["あいう。"]),
        ("あい」。えお", 8, ["あい」。", "  えお"]),
        ("abcdefghijkl あ", 6, ["abcdefghijkl", "  あ"]),
        ("aa https://example.org/a/b あ", 10, ["aa", "  https://example.org/a/b", "  あ"]),
        ("ab。 cd", 4, ["ab。", "  cd"]),
        ("a value holds “: ”", 16, ["a value holds", "  “: ”"]),
    ],
)
def test_words_are_wrapped_by_cells(words, columns, lines):
    assert list(text.wrapped(words, columns, "  ")) == lines


def test_no_line_of_a_frame_is_wider_than_the_terminal():
    rows = told(Location("content/posts/a.md", 4, 30, 4), "あ" * 100, columns=60, variant="month")
    assert max(map(measures.width, rows)) <= 60
