"""What looks like Markdown is told with its place and what was meant."""

import pytest

from sitegen.content import markdown


def told(text):
    found = markdown.document("p.md", text, 10, prefix="p", raw_html="sanitize").diagnostics
    return [
        (fault.location.line, fault.arguments["typed"], fault.arguments["meant"])
        for fault in found
        if fault.code == "look-alike"
    ]


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("#見出し", "# 見出し"),
        ("##見出し", "## 見出し"),
        ("＃ 見出し", "# 見出し"),
        ("＃見出し", "# 見出し"),
        ("#　見出し", "# 見出し"),
        ("-　項目", "- 項目"),
        ("*　項目", "* 項目"),
        ("1.　項目", "1. 項目"),
        ("＞ 引用", "> 引用"),
        ("＞引用", "> 引用"),
        ("｀｀｀python", "```python"),
        ("［題］（https://a.test/）", "[題](https://a.test/)"),
        ("[題]（https://a.test/）", "[題](https://a.test/)"),
        ("＊＊強調＊＊", "**強調**"),
        ("|ー|ー|", "| --- | --- |"),
        ("[^注 1]", "[^注-1]"),
        ("＃ 2025年の港", "# 2025年の港"),
        ("　# 見出し", "# 見出し"),
        ("　- 項目", "  - 項目"),
        ("　```", "```"),
        ("ー　項目", "- 項目"),
        ("－ 項目", "- 項目"),
        ("＊ 項目", "* 項目"),
        ("-項目", "- 項目"),
        ("1.項目", "1. 項目"),
        ("＞＞ 引用", ">> 引用"),
        ("ーーー", "---"),
        ("[題] (https://a.test/)", "[題](https://a.test/)"),
        ("[題](https://a.test/）", "[題](https://a.test/)"),
        ("［題］（/2025/a/）", "[題](/2025/a/)"),
        ("［図］（港.png）", "[図](港.png)"),
        ("**強調＊＊", "**強調**"),
        ("**霧 **と＊＊強調＊＊", "**霧 **と**強調**"),
        ("注＊ 夜の＊＊強調＊＊", "注＊ 夜の**強調**"),
        ("#\xa0見出し", "# 見出し"),
        ("-\xa0項目", "- 項目"),
        ("1.\xa0項目", "1. 項目"),
        ("\xa0- 項目", "  - 項目"),
        ("\xa0> 引用", "> 引用"),
        ("｀code｀", "`code`"),
        ("|：ー|－：|", "| :--- | ---: |"),
        ("[^1]：注", "[^1]: 注"),
        ("［^1］", "[^1]"),
        ("｛霧笛｜むてき｝", "{霧笛|むてき}"),
        ("{霧笛｜む｜てき}", "{霧笛|む|てき}"),
        ("｜霧笛≪むてき≫", "｜霧笛《むてき》"),
        ("![図](港 1.png)", "![図](<港 1.png>)"),
        ('![図](港 1.png "題")', '![図](<港 1.png> "題")'),
        ("[題](https://a.test/霧 笛)", "[題](<https://a.test/霧 笛>)"),
    ],
)
def test_what_was_surely_meant_is_told(typed, meant):
    found = told(f"夜の海。\n\n{typed}\n")
    assert [(line, typed.replace(was, is_)) for line, was, is_ in found] == [(12, meant)]


@pytest.mark.parametrize(
    "text",
    [
        "# 見出し",
        "#1 の港",
        "- 項目",
        "1. 項目",
        "> 引用",
        "[題](https://a.test/)",
        "`＃ 見出し`は",
        "(´・ω・`)",
        "(´・ω・\\`)、(´・ω・\\`)",
        "`(´・ω・`)`",
        "3\xa0km",
        "- \xa0項目",
        "```\n＃ 見出し\n```",
        "5＊3",
        "1）項目",
        "・項目",
        "| a | b |\n| --- | --- |\n| 1 | 2 |",
        "本文[^1]。\n\n[^1]: 注",
        "#霧 #港",
        "#️⃣1",
        "＞＞5 の人",
        "＞＜",
        "＊　＊　＊",
        "-終-",
        "-5度",
        "1.5倍",
        "(＊´ω｀＊)",
        "2＊3＊4",
        "（´ー｀）と（´Д｀）",
        "`＊＊霧＊＊`と書く",
        "霧``［題］（https://a.test/）``",
        "{x｜y}",
        "［題］（注）",
        "［［］］",
        '[題](https://a.test/ "題 2") と [図](<港 1.png>)',
        "配列[0](最初 の要素)",
        "\\#渡船の日",
    ],
)
def test_what_is_right_is_not_told(text):
    assert told(text) == []


def test_a_table_of_full_width_bars_is_told_row_by_row():
    assert told("｜a｜b｜\n｜ー｜ー｜\n｜霧｜海｜\n") == [
        (10, "｜a｜b｜", "|a|b|"),
        (11, "｜ー｜ー｜", "| --- | --- |"),
        (12, "｜霧｜海｜", "|霧|海|"),
    ]


def test_a_fence_is_told_at_both_ends():
    assert [line for line, _, _ in told("｀｀｀py\nx\n｀｀｀\n")] == [10, 12]


def test_the_place_is_right_in_a_list():
    assert told("- 夜\n\n  ＃ 海\n") == [(12, "＃ 海", "# 海")]


def test_a_heading_that_may_be_a_hashtag_is_told_as_either():
    found = markdown.document("p.md", "#渡船の日\n", 1, prefix="p", raw_html="sanitize").diagnostics
    assert [fault.variant for fault in found] == ["hashtag"]


def test_the_backticks_of_two_faces_are_told_before_they_make_code():
    assert told("(´・ω・`)\nと(´・ω・`)\n") == [
        (10, "(´・ω・`)", "(´・ω・\\`)"),
        (11, "(´・ω・`)", "(´・ω・\\`)"),
    ]
