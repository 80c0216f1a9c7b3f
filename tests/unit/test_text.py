"""Text as people read it."""

import json
from itertools import accumulate
from pathlib import Path, PurePosixPath

import pytest

from sitegen import text


@pytest.mark.parametrize(
    ("raw", "line_ends"),
    [
        ("a\r\nb", "a\nb"),
        ("a\rb", "a\nb"),
        ("a\r\n\r\nb", "a\n\nb"),
        ("a\u0085b\u2028c\u2029d", "a\nb\nc\nd"),
        ("\ufeffa", "a"),
        ("a\ufeffb", "a\ufeffb"),
        ("a\x0bb\x0cc\td", "a\x0bb\x0cc\td"),
    ],
)
def test_every_line_end_is_a_newline(raw, line_ends):
    assert text.normalised(raw) == line_ends


@pytest.mark.parametrize(
    "names",
    [
        ("AI", "ai", "ＡＩ", "Ａi"),
        ("ガ", "ｶﾞ", "カ\u3099"),
        ("é", "e\u0301", "É"),
        ("ß", "ss", "SS", "ẞ"),
        ("㈱", "(株)"),
        ("½", "1⁄2"),
    ],
)
def test_names_that_differ_by_case_width_or_form_are_one(names):
    assert len({text.fold(name) for name in names}) == 1


@pytest.mark.parametrize(
    ("one", "other"), [("か", "が"), ("は", "ぱ"), ("ア", "あ"), ("C", "C++"), ("い", "ぃ")]
)
def test_other_names_stay_apart(one, other):
    assert text.fold(one) != text.fold(other)


@pytest.mark.parametrize(
    ("word", "known", "meant"),
    [
        ("soruce", ["quote", "source"], "source"),
        ("ＴＡＧＳ", ["tags"], "tags"),
        ("Title", ["title"], "title"),
        ("zzz", ["source"], ""),
        ("", ["source"], ""),
        ("source", [], ""),
        ("Source", ["SOURCE", "source"], "SOURCE"),
    ],
)
def test_the_nearest_word(word, known, meant):
    assert text.nearest(word, known) == meant


@pytest.mark.parametrize(
    ("path", "known", "meant"),
    [
        ("posts/12/none.md", ["posts/12/radio.md"], ""),
        ("posts/12/raido.md", ["posts/12/radio.md", "posts/12/video.md"], "posts/12/radio.md"),
        ("posts/12/radio.md", ["posts/07/radio.md", "posts/11/radio.md"], "posts/11/radio.md"),
        ("a/radio.md", ["quite/another/folder/radio.md"], ""),
    ],
)
def test_the_nearest_path_has_a_near_name(path, known, meant):
    assert text.nearest_path(path, known, lambda path: PurePosixPath(path).stem) == meant


def test_length_counts_no_white_space():
    assert text.length(" 引 用\u3000と\n論評\t") == 5


def test_what_is_read_is_neither_white_space_nor_addresses():
    assert text.bare("港 に\n\u3000HTTPS://example.jp/a?b 霧") == "港に霧"


def test_length_counts_no_addresses():
    assert text.length("霧は https://a.test/b?c=1、港はHTTP://d.test/。") == 6


# ---------------------------------------------------------------- clusters and cells


@pytest.mark.parametrize(
    "clusters",
    [
        [],
        ["a", "b"],
        ["か\u3099", "き"],
        ["ｶﾞ", "ﾊﾟ"],
        ["e\u0301\u0323", "x"],
        ["🇯🇵", "🇰🇷"],
        ["🇯🇵", "🇰"],
        ["👨\u200d👩\u200d👧", "👧"],
        ["👍🏽", "a"],
        ["☎\ufe0f", "☎"],
        ["1\ufe0f\u20e3", "1"],
        ["葛\U000e0100", "城"],
        ["\u1112\u1161\u11ab", "글"],
        ["🏴\U000e0067\U000e0062\U000e007f", "!"],
        ["\n", "\u0301"],
        ["a", " ", "b"],
    ],
)
def test_clusters_are_what_a_reader_takes_for_characters(clusters):
    assert list(text.clusters("".join(clusters))) == clusters


@pytest.mark.parametrize(
    ("words", "cells"),
    [
        ("", 0),
        ("abc", 3),
        ("引用", 4),
        ("ｶﾅ", 2),
        ("ｶﾞ", 2),
        ("ＡＢ", 4),
        ("か\u3099", 2),
        ("e\u0301", 1),
        ("①α…", 3),
        ("👨\u200d👩\u200d👧", 2),
        ("🇯🇵", 2),
        ("☎\ufe0f", 2),
        ("☎", 1),
        ("\u200b\u2066", 0),
        ("㍻", 2),
        ("\U0001faf9", 2),
        ("\U0003134f", 2),
        ("한글", 4),
    ],
)
def test_cells_of_a_terminal(words, cells):
    assert text.width(words) == cells


# ---------------------------------------------------------------- sentences and excerpts


def whole(words):
    """The excerpts of `words` that are whole sentences, shorter ones first."""
    shown = (text.excerpt(words, limit) for limit in range(1, len(words) + 1))
    return list(dict.fromkeys(one for one in shown if not one.endswith("…")))


@pytest.mark.parametrize(
    "sentences",
    [
        ["あ。", "い！", "う？"],
        ["「あ。い」う。", "え"],
        ["Yahoo!ニュースによると。", "い"],
        ["なに?!", "い"],
        ["あ！？」", "い"],
        ["https://example.org/?id=1 を見る。"],
        ["（あ。い。"],
        ["3.5倍だ。", "い"],
        ["あ｡", "い"],
        ["あ⁉️", "い‼", "う"],
        ["あ！\ufe00", "い"],
    ],
)
def test_sentences_end_at_their_marks_outside_brackets(sentences):
    assert whole("".join(sentences)) == list(accumulate(sentences))


def test_a_newline_ends_a_sentence_and_closes_brackets():
    assert whole("（あ\nい。う\n\n え") == ["（あ", "（あ い。", "（あ い。う", "（あ い。う え"]


@pytest.mark.parametrize(
    ("words", "limit", "shown"),
    [
        ("", 5, ""),
        ("あ。い。う。", 6, "あ。い。う。"),
        ("あ。い。う。", 5, "あ。い。"),
        ("あ。い。う。", 4, "あ。い。"),
        ("あいうえおか", 6, "あいうえおか"),
        ("あいうえおか", 5, "あいうえ…"),
        ("あいう、えお", 5, "あいう…"),
        ("「あいう」えお", 3, "「あ…"),
        ("あ\nい", 10, "あ い"),
        ("あ。\nい。", 10, "あ。い。"),
        ("一。\n二二二二二二", 5, "一。"),
        ("abc def ghi jkl", 9, "abc def…"),
        ("abc def ghi jkl", 11, "abc def…"),
        ("引用 abcdef", 6, "引用…"),
        ("引用 あいう", 5, "引用 あ…"),
        ("abcdefghij", 5, "abcd…"),
        ("Hello world", 5, "Hell…"),
        ("か\u3099" * 4, 6, "か\u3099" * 2 + "…"),
        ("👨\u200d👩\u200d👧あいう", 4, "…"),
        ("あ。\u3099い", 2, "あ…"),
    ],
)
def test_an_excerpt_is_whole_sentences_or_a_beginning(words, limit, shown):
    assert text.excerpt(words, limit) == shown


# ---------------------------------------------------------------- plain text


@pytest.mark.parametrize(
    ("markup", "plain"),
    [
        ("", ""),
        ("<p>a<br>b</p>\n<p>c</p>", "a\nb\nc"),
        ("<p>a\nb</p>", "a b"),
        ("<ruby>漢<rp>(</rp><rt>かん</rt><rp>)</rp></ruby>字", "漢字"),
        ("<ruby>漢<rt>かん</ruby>字", "漢字"),
        ("<pre>x</pre>a<table><tr><td>b</table>c", "ac"),
        ("a &amp; b &lt;c&gt; &copy;", "a & b <c> ©"),
        ("a &amp;lt; b", "a &lt; b"),
        ('a<sup class="footnote-ref"><a href="#fn">1</a></sup>b', "ab"),
        ('a<section class="footnotes"><ol><li>n</li></ol></section>', "a"),
        ("a<!-- b -->c", "ac"),
        ("a<script>b</script>c<style>d</style>", "ac"),
        ("a<script>b", "a"),
        ("a\x0212\x03b", "ab"),
        ('<a href="\x020\x03">a</a>', "a"),
        ("a < b > c", "a < b > c"),
        ("<ul><li>a</li><li>b</li></ul>", "a\nb"),
        ("a<hr>b", "a\nb"),
        ("<h2 id=x>a</h2>b", "a\nb"),
        ("<prefix>a</prefix>", "a"),
        ("<b", ""),
    ],
)
def test_html_is_read_as_plain_text(markup, plain):
    assert text.plain(markup) == plain


@pytest.mark.parametrize(
    ("markup", "readable"),
    [
        ("<ruby>港<rp>（</rp><rt>みなと</rt><rp>）</rp></ruby>町", "港町"),
        ("<p>甲</p><table><tr><td>乙</td></tr></table>", "甲\n乙"),
        ("<pre><code>print</code></pre>", "print"),
        ("甲<script>x</script><style>y</style><!-- z -->乙", "甲乙"),
        ('甲<section class="footnotes"><ol><li>注</li></ol></section>', "甲注"),
        ("a &amp; \x020\x03b", "a & b"),
    ],
)
def test_what_can_be_searched_is_all_that_is_read_but_readings(markup, readable):
    assert text.readable(markup) == readable


FOLDING = json.loads((Path(__file__).parents[1] / "data/folding.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize(("typed", "folded"), FOLDING)
def test_folding_is_that_of_the_table_that_the_script_of_search_is_held_to(typed, folded):
    assert text.fold(typed) == folded


@pytest.mark.parametrize(
    ("words", "usual", "language"),
    [
        ("霧笛 The fog horn", "ja", "ja"),
        ("霧笛を聞く", "en", "ja"),
        ("ﾑﾃｷ", "en", "ja"),
        ("The fog horn, 1998", "ja", "en"),
        ("霧笛", "ja", "ja"),
        ("霧笛", "en", "en"),
        ("A café by the sea", "ja", "ja"),
        ("Туман", "ja", "ja"),
        ("1998", "ja", "ja"),
        ("", "ja", "ja"),
    ],
)
def test_the_language_is_told_where_the_letters_tell_it(words, usual, language):
    assert text.language(words, usual) == language
