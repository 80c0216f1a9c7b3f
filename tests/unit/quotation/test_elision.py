"""The text of a quotation."""

import pytest

from sitegen.model import Span
from sitegen.quotation import elision


def shape(typed):
    """Each paragraph as its kinds and texts, and the mark that ended the text."""
    short = {"text": "t", "elision": "e", "dateline": "d", "break": "b"}
    found = elision.text(typed)
    paragraphs = [[(short[span.kind], span.text) for span in one] for one in found.paragraphs]
    return paragraphs, found.elided


def test_without_a_blank_line_each_line_is_a_paragraph():
    assert shape("一\n二\n") == ([[("t", "一")], [("t", "二")]], "")


@pytest.mark.parametrize("gap", ["\n\n", "\n\n\n", "\n \n", "\n\u3000\n"])
def test_blank_lines_part_paragraphs_and_newlines_are_breaks(gap):
    assert shape(f"一\n二{gap}三") == ([[("t", "一"), ("b", "\n"), ("t", "二")], [("t", "三")]], "")


@pytest.mark.parametrize("typed", ["", "\n", "\n\n"])
def test_no_text_gives_no_paragraph(typed):
    assert shape(typed) == ([], "")


def test_the_blanks_of_a_line_stay():
    assert shape("\u3000一  二 \n*三* <四> &amp;") == (
        [[("t", "\u3000一  二 ")], [("t", "*三* <四> &amp;")]],
        "",
    )


@pytest.mark.parametrize(
    "mark",
    [
        "〔中略〕",
        "（中略）",
        "(中略)",
        "［中略］",
        "[中略]",
        "【中略】",
        "〈中略〉",
        "（略）",
        "（前略）",
        "（後略）",
        "（下略）",
        "〔省略〕",
        "[…]",
        "[...]",
        "（‥）",
        "（・・・）",
        "…中略…",
        "……略……",
        "＜中略＞",
        "《中略》",
        "｛略｝",
        "（一部略）",
        "（途中省略）",
        "（数行略）",
        "（3行略）",
        "（注略）",
        "（以下引用略）",
        "（中略・引用者）",
        "（中略＝引用者）",
        "（引用者中略）",
        "（中略。）",
        "（ 中略 ）",
        "［……中略……］",
        "――中略――",
        "―中略―",
        "－中略－",
        "〜中略〜",
        "=中略=",
        "・・・中略・・・",
        "...中略...",
        "……（中略）……",
        "〔……〕",
        "[ … ]",
        "[. . .]",
        "[snip]",
        "≪中略≫",
        "ー中略ー",
        "･･･中略･･･",
        "(･･･)",
        "［．．．］",
        "（中\u3000略）",
        "（以下3行略）",
        "（二段落略）",
        "（註略）",
        "〔注番号略〕",
        "[omitted]",
    ],
)
def test_a_mark_within_the_text_is_set_apart_as_typed(mark):
    assert shape(f"一{mark}二") == ([[("t", "一"), ("e", mark), ("t", "二")]], "")


@pytest.mark.parametrize(
    "mark",
    [
        "〔以下略〕",
        "（以下、略）",
        "（以下省略）",
        "[全文は引用元へ…]",
        "(続きはソースで)",
        "（全文はリンク先へ）",
        "（記事全文はこちら）",
        "（続きは元記事で。）",
        "[…]",
        "（後略）",
        "（残りは引用元を参照）",
        "…以下略…",
        "（全文は引用元をご覧ください）",
        "（全文は引用元でお読みください。）",
        "（続きはソースにて）",
        "(続きはソース元で)",
        "（続きは元ソースで）",
        "（続きは元記事でどうぞ）",
        "（続きはWebで）",
        "（詳しくはリンク先で）",
        "（詳細はソース参照）",
        "（以下ソースで）",
        "（以下、全文はソースにて）",
        "（全文は配信元で）",
        "（記事の続きは引用元で）",
        "（全文は下記リンク先で）",
        "〔以下略。全文は引用元へ〕",
        "（後略、続きはソースで）",
        "……以下略",
        "[続きを読む]",
        "（元記事へ）",
        "（……続きはソースで）",
        "《続きはソースで》",
        "[Read more at the source]",
        "(full story at the link)",
        "[continued…]",
        "（以下\u3000略）",
        "（以下は略）",
        "[全文は 引用元へ…]",
        "[全文は引用元へ･･･]",
        "（全文は引用元サイトへ）",
        "（全文はリンク先でご確認ください）",
        "(全文は元記事をご参照ください)",
        "（続きは元記事へ→）",
        "[引用元で全文を読む]",
        "（もっと見る）",
        "（以下ソース）",
        "（残り 1,234文字）",
        "（残り：1234文字／全文：2345文字）",
        "→続きはソースで",
        "※全文は引用元へ",
    ],
)
@pytest.mark.parametrize("end", ["", "\n", " \n\n", "\u3000"])
@pytest.mark.parametrize("before", ["", "\n", "\n\n", " "])
def test_a_mark_at_the_very_end_leaves_the_text(mark, end, before):
    assert shape(f"一{before}{mark}{end}") == ([[("t", "一")]], mark)


@pytest.mark.parametrize(
    "line",
    [
        "以下略",
        "続きはソースで",
        "全文は引用元へ…",
        "※全文は引用元でご覧ください。",
        "→続きはソースで",
        "…続きはソースで",
    ],
)
def test_a_last_line_that_leads_to_the_rest_needs_no_brackets(line):
    assert shape(f"一。\n{line}\n") == ([[("t", "一。")]], line)
    assert shape(f"一。\n{line}\n二。")[1] == ""


@pytest.mark.parametrize("line", ["中略", "\u3000中略", " 中略 "])
def test_a_line_of_the_word_alone_is_a_mark(line):
    assert shape(f"一\n{line}\n二")[0][1] == [("e", line)]


@pytest.mark.parametrize(
    ("mark", "meant"),
    [
        ("（略）", "〔中略〕"),
        ("[…]", "〔中略〕"),
        ("……中略……", "〔中略〕"),
        ("（前略）", "〔前略〕"),
        ("（後略）", "〔後略〕"),
        ("（以下省略）", "〔以下略〕"),
    ],
)
def test_the_mark_that_is_ours_for_sure(mark, meant):
    assert elision.preferred(mark) == meant
    assert elision.ELISION.fullmatch(meant)


@pytest.mark.parametrize(
    "marks",
    ["（以下略）[全文は引用元へ…]", "（以下略）\n\u3000\n[全文は引用元へ…]", "（中略） （以下略）"],
)
@pytest.mark.parametrize("end", ["", "\n\n"])
@pytest.mark.parametrize("before", ["", "\n", "\n\n", "\u3000"])
def test_all_marks_at_the_very_end_leave_the_text(marks, end, before):
    assert shape(f"一{before}{marks}{end}") == ([[("t", "一")]], marks)


def test_dots_on_the_line_of_the_last_mark_are_part_of_it():
    assert shape("一…\n……（以下略）") == ([[("t", "一…")]], "……（以下略）")
    assert shape("一……（以下略）") == ([[("t", "一……")]], "（以下略）")


def test_a_mark_alone_is_the_mark_that_ended_the_text():
    assert shape("[…]") == ([], "[…]")


@pytest.mark.parametrize(
    "words",
    [
        "（中略した）",
        "中略",
        "…",
        "（あ…）",
        "[1]",
        "略（りゃく）",
        "（全文）",
        "全文は引用元へ",
        "「中略」",
        "前略、",
        "（戦略）",
        "（略歴）",
        "（以下同じ）",
        "（省略可）",
        "（続く）",
        "（詳細は後日）",
        "（引用元）",
        "[more]",
        "（こちら）",
        "簡略…",
        "（計略）",
        "コピー略ー",
        "（残り3人）",
        "（以下の表）",
    ],
)
def test_other_words_are_text(words):
    assert shape(f"一{words}二") == ([[("t", f"一{words}二")]], "")


@pytest.mark.parametrize(
    ("typed", "dateline", "rest"),
    [
        ("【ソウル聯合ニュース】韓国の", "【ソウル聯合ニュース】", "韓国の"),
        ("\u3000【東京】韓国の", "\u3000【東京】", "韓国の"),
        ("【東京 4日 ロイター】 - 韓国の", "【東京 4日 ロイター】", " - 韓国の"),
    ],
)
def test_a_leading_dateline_is_set_apart(typed, dateline, rest):
    assert shape(typed) == ([[("d", dateline), ("t", rest)]], "")


@pytest.mark.parametrize(
    "typed", ["韓国の【東京】", "【】韓国", "【" + "あ" * 25 + "】い", "【東\n京】"]
)
def test_other_brackets_are_no_dateline(typed):
    paragraphs, _ = shape(typed)
    assert not [kind for one in paragraphs for kind, _ in one if kind == "d"]


def test_only_the_first_paragraph_has_a_dateline():
    assert shape("一\n【東京】二")[0][1] == [("t", "【東京】二")]


def test_a_leading_elision_mark_is_no_dateline():
    assert shape("【前略】韓国の") == ([[("e", "【前略】"), ("t", "韓国の")]], "")


def test_the_sources_own_words_are_without_marks():
    found = elision.text("【東京】一（中略）二\n三（以下略）")
    assert elision.plain(found.paragraphs) == "【東京】一二\n三"


def test_breaks_are_newlines_in_the_plain_words():
    assert (
        elision.plain(((Span("text", "一"), Span("break", "\n"), Span("text", "二")),)) == "一\n二"
    )


@pytest.mark.parametrize(
    "typed",
    [
        " " * 20_000 + "x",
        "（" * 20_000,
        "…" * 20_000,
        "（全文は引用元へ" * 2_000,
        "\n" * 20_000 + "中略",
        "[. " * 7_000,
        "（ " * 10_000,
        "―" * 20_000,
        "（3行" * 5_000,
        "一" + "（略）" * 5_000,
        "一" + "（略）\n" * 5_000,
    ],
)
def test_no_text_takes_long(typed):
    from sitegen.content import guards  # noqa: PLC0415 -- its clock

    assert guards.within(0.5, lambda: elision.text(typed)) is not None
