"""How much is quoted, and what stands there twice."""

import pytest

from sitegen.content import guards
from sitegen.quotation import measure

KANA = "".join(chr(0x3042 + number) for number in range(80))


@pytest.mark.parametrize(
    ("html", "own", "found"),
    [
        ("<p>a</p>", "<p>a</p>", []),
        ("<blockquote>a</blockquote>", "\n", ["<blockquote>a</blockquote>"]),
        ("<p>a</p><blockquote>b<blockquote>c</blockquote></blockquote><p>d</p>",
         "<p>a</p>\n<p>d</p>", ["<blockquote>b<blockquote>c</blockquote></blockquote>"]),
        ("<BLOCKQUOTE>a</Blockquote>", "\n", ["<BLOCKQUOTE>a</Blockquote>"]),
        ("<blockquote>a", "<blockquote>a", []),
        ("</blockquote>a", "</blockquote>a", []),
    ],
)  # fmt: skip
def test_blockquotes_are_taken_out_whole(html, own, found):
    assert measure.blocks(html)[0] == own
    assert [block.html for block in measure.blocks(html)[1]] == found


def test_a_blockquote_knows_the_paragraphs_beside_it():
    html = "<p>a</p>\n<p>b</p>\n<blockquote>c</blockquote>\n<p>d</p>\n<p>e</p>"
    (block,) = measure.blocks(html)[1]
    assert (block.before, block.after) == ("<p>b</p>\n", "\n<p>d")


def test_beyond_a_heading_is_nothing_beside_it():
    html = "<p>a</p><h2>b</h2><blockquote>c</blockquote><h2>d</h2><p>e</p>"
    (block,) = measure.blocks(html)[1]
    assert (block.before, block.after) == ("", "")


# ---------------------------------------------------------------- twice


@pytest.mark.parametrize("before", range(25))
@pytest.mark.parametrize(("length", "told"), [(39, False), (40, True), (41, True)])
def test_forty_characters_in_a_row_are_found_wherever_they_begin(before, length, told):
    shared = KANA[:length]
    found = measure.leak("港" * before + shared + "夜", ["霧" * 7 + shared + "霧"])
    assert found == (shared if told else "")


def test_all_that_is_shared_is_found():
    assert measure.leak(f"港{KANA}夜", [f"霧{KANA}霧"]) == KANA


def test_the_ends_of_two_texts_are_no_text():
    assert measure.leak(KANA[:40], [KANA[:20], KANA[20:40]]) == ""


@pytest.mark.parametrize("marks", ["「」", "『』", "“”", '""'])
def test_what_is_set_in_marks_is_marked(marks):
    assert measure.leak(f"港{marks[0]}{KANA}{marks[1]}夜", [KANA]) == ""


def test_a_name_in_marks_does_not_hide_a_copied_sentence():
    copied = f"{KANA[:15]}「{KANA[15:20]}」{KANA[20:50]}"
    assert measure.leak(copied, [copied]) == copied


@pytest.mark.parametrize(
    ("prose", "quoted"),
    [
        ("あ" * 500_000, "い" * 20_000),
        ("あ" * 500_000, ("あ" * 39 + "い") * 500),
        ((KANA[:39] + "港") * 10_000, (KANA[:39] + "夜") * 500),
        ("「" * 500_000, "「" * 20_000),
    ],
)
def test_no_text_takes_long(prose, quoted):
    assert guards.within(0.5, lambda: measure.leak(prose, [quoted] * 3)) is not None
