"""Footnotes that no page shows; how the others are shown is in test_markdown.py."""

import pytest

from sitegen.content import markdown


def read(typed):
    return markdown.document("p.md", typed, 10, prefix="p", raw_html="sanitize")


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("本文[^1]\n\n[^1]: 注。\n", []),
        ("本文[^Ａ]\n\n[^Ａ]: 注[^b]。\n[^b]: 注の注。\n", []),
        ("本文\n\n[^1]: 注。\n", [("", "1", 12, 1, 5)]),
        (
            "本文[^a]\n\n[^A]: 注。\n[^b]: 注[^c]。\n[^c]: 注。\n",
            [("", "b", 13, 1, 5), ("", "c", 14, 1, 5)],
        ),
        ("本文[^1]\n\n[^1]: 注。\n\n本文[^1]\n\n[^1]: 次の注。\n", [("again", "1", 16, 1, 5)]),
        ("本文\n\n[^1]: 注。\n[^1]: 次。\n", [("", "1", 12, 1, 5), ("again", "1", 13, 1, 5)]),
        ("- 項目\n\n  [^x]: 注。\n", [("", "x", 12, 3, 5)]),
        ("`[^1]:` と書く。\n\n[^1]: 注。\n", [("", "1", 12, 1, 5)]),
        ("```\n[^1]: コード\n```\n", []),
    ],
)
def test_a_footnote_that_is_not_shown_is_told(typed, told):
    found = read(typed).diagnostics
    assert {fault.code for fault in found} <= {"unused-footnote"}
    assert [
        (
            one.variant,
            one.arguments["name"],
            one.location.line,
            one.location.column,
            one.location.width,
        )
        for one in found
    ] == told
