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
    ],
)
def test_what_was_surely_meant_is_told(typed, meant):
    assert told(f"夜の海。\n\n{typed}\n") == [(12, typed, meant)]


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
        "```\n＃ 見出し\n```",
        "5＊3",
        "1）項目",
        "・項目",
        "| a | b |\n| --- | --- |\n| 1 | 2 |",
        "本文[^1]。\n\n[^1]: 注",
    ],
)
def test_what_is_right_is_not_told(text):
    assert told(text) == []


def test_the_place_is_right_in_a_list():
    assert told("- 夜\n\n  ＃ 海\n") == [(12, "＃ 海", "# 海")]
