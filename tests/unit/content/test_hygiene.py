"""Slips of the pen: what is told, where, and what should stand there."""

import pytest

from sitegen.content import hygiene, markdown
from sitegen.diagnostics import catalog

CODES = {"unpaired-bracket", "half-width-kana", "full-width-latin", "mixed-wave"}


def told(text):
    found = markdown.document("p.md", text, 10, prefix="p", raw_html="sanitize").diagnostics
    return [
        (fault.code, fault.location.line, fault.location.column, fault.arguments.get("meant", ""))
        for fault in found
        if fault.code in CODES
    ]


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("「夜の海", [(10, 1)]),
        ("夜の海」", [(10, 4)]),
        ("夜の（海", [(10, 3)]),
        ("『夜の海」", [(10, 1), (10, 5)]),
        ("夜。\n\n海」と", [(12, 2)]),
        ("「夜」と「海", [(10, 5)]),
        ("夜」と「海", [(10, 2), (10, 4)]),
    ],
)
def test_a_bracket_without_its_partner_is_told(text, places):
    assert [(line, column) for _, line, column, _ in told(text)] == places


@pytest.mark.parametrize(
    "text",
    [
        "「夜」の『海』（霧）",
        "「夜の\n\n海」",
        "1）夜\n2）海",
        "`「`の夜",
        "（夜「海」）",
        "[海](a「.md)",
    ],
)
def test_brackets_in_pairs_are_not_told(text):
    assert [fault for fault in told(text) if fault[0] == "unpaired-bracket"] == []


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("夜のｶﾓﾒ", ("half-width-kana", 10, 3, "カモメ")),
        ("夜｡", ("half-width-kana", 10, 2, "。")),
        ("ＡI港", ("full-width-latin", 10, 1, "A")),
        ("202５年", ("full-width-latin", 10, 4, "5")),
        ("1〜2と3〜4と5～6", ("mixed-wave", 10, 10, "〜")),
        ("かﾞ", ("half-width-kana", 10, 1, "が")),
    ],
)
def test_mixed_widths_are_told_with_what_should_stand_there(text, fault):
    assert told(text) == [fault]


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("ｱｲｳとｱとｲ", [(10, 1), (10, 5), (10, 7)]),
        ("ab１２とcd１", [(10, 3), (10, 8)]),
        ("- ｱ\n- `ｱ`ｲ\n\nｱ", [(10, 3), (11, 6), (13, 1)]),
        ("|ｱ|ｲ|\n|-|-|\n|x\\|ｳ|ｱ|", [(10, 2), (10, 4), (12, 5), (12, 7)]),
        ("夜[^1]ｱ\n\n[^1]: ｱ", [(10, 6), (12, 7)]),
        ("〜\n\n～と～と〜と～", [(10, 1), (12, 5)]),
    ],
)
def test_each_slip_has_its_own_place(text, places):
    assert [(line, column) for _, line, column, _ in told(text)] == places


@pytest.mark.parametrize(
    "text",
    [
        "カモメ。",
        "ＡＩ港",
        "AI港",
        "1〜2と3〜4",
        "`ｶﾓﾒ`",
        "２０２５年",
        "(ﾟ∀ﾟ)",
        "<https://a.test/ｶﾓﾒ>",
        '<b title="ｶ">夜</b>',
        "> 夜のｶﾓﾒと〜と～",
        "夜の〜\n\n```quote\n海の～\n```\n\n`～`",
    ],
)
def test_one_width_is_not_told(text):
    assert told(text) == []


@pytest.mark.parametrize("code", ["half-width-kana", "full-width-latin", "mixed-wave"])
def test_matters_of_width_are_off_unless_the_site_turns_them_on(code):
    assert (catalog.severity(code, {}), catalog.severity(code, {code: "warning"})) == (
        "off",
        "warning",
    )


def test_code_and_addresses_are_no_prose():
    assert hygiene.prose("夜`「`と[海](「.md)") == "夜   と[海       "
