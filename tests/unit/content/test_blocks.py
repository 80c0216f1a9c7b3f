"""mistune as it should be: where blocks begin, and what it reads otherwise than others do."""

import pytest

from sitegen.content import blocks


def tokens(text):
    state = blocks.State()
    state.process(text)
    blocks.markdown().block.parse(state)
    return state.tokens


def begins(text):
    return [(t["type"], t["at"]) for t in tokens(text) if t["type"] != "blank_line"]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("港\n\n霧\n", [("paragraph", 0), ("paragraph", 3)]),
        ("港\n霧\n\n夜\n", [("paragraph", 0), ("paragraph", 5)]),
        ("*港*\n夜\n\n*霧*\n", [("paragraph", 0), ("paragraph", 7)]),
        ("# 港\n霧\n", [("heading", 0), ("paragraph", 4)]),
        ("港\n===\n\n霧\n", [("heading", 0), ("paragraph", 7)]),
        ("港\n\n- a\n- b\n\n霧\n", [("paragraph", 0), ("list", 3), ("paragraph", 12)]),
        ("> 港\n> 霧\n\n夜\n", [("block_quote", 0), ("paragraph", 9)]),
        ("港\n```\nx\n```\n霧\n", [("paragraph", 0), ("block_code", 2), ("paragraph", 12)]),
        ("港\n\n    x\n\n霧\n", [("paragraph", 0), ("block_code", 3), ("paragraph", 10)]),
        ("<div>\n</div>\n\n霧\n", [("block_html", 0), ("paragraph", 14)]),
        ("[a]: b\n\n霧\n", [("paragraph", 8)]),
        ("---\n霧\n", [("thematic_break", 0), ("paragraph", 4)]),
        ("|a|\n|-|\n|b|\n\n霧\n", [("table", 0), ("paragraph", 13)]),
    ],
)
def test_every_block_of_the_top_level_knows_where_it_begins(text, found):
    assert begins(text) == found


@pytest.mark.parametrize("text", ["１. 港", "１2. 港", "1２) 港", "１２. 港\n１３. 霧"])
def test_full_width_digits_number_no_list(text):
    assert [kind for kind, _ in begins(blocks.disguised(text + "\n"))] == ["paragraph"]


@pytest.mark.parametrize("text", ["- |a|\n  |-|\n", "> |a|\n> |-|\n", "1. 港\n\n   |a|\n   |-|\n"])
def test_a_table_stands_in_a_list_or_a_quote(text):
    assert "'table_head'" in str(tokens(text))


def test_places_never_go_back():
    text = "港\n\n- a\n\n  b\n\n> c\nd\n\n[e]: f\n[^g]: h\n\n*i*\nj\n\n```\nk\n```\n# l\n"
    at = [token["at"] for token in tokens(text)]
    assert at == sorted(at)


def test_the_parser_holds_nothing_of_a_document():
    assert tokens("[a]: b\n\n[a]\n")
    state = blocks.State()
    state.process("[a]\n")
    blocks.markdown().block.parse(state)
    assert not state.env.get("ref_links")


@pytest.mark.parametrize("sign", ["-", "*", "+", "1.", "2.", "10. 夜", "- 夜", "-\n夜"])
def test_a_quote_that_a_list_sign_ends_stays_below_what_stood_above_it(sign):
    found = [("paragraph", 0), ("block_quote", 2), ("list", 6)]
    assert begins(f"港\n> 霧\n{sign}\n") == found
    assert begins(f"港\n> 霧\n{sign}") == found


QUOTE = "block_quote"


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("霧\n-\n> 夜\n-\n", ["list", QUOTE, "list"]),
        ("霧\n2.\n> 夜\n---\n> 朝\n", ["list", QUOTE, "thematic_break", QUOTE]),
        ("霧\n```\nx\n```\n> 夜\n\n朝\n", ["block_code", QUOTE, "paragraph"]),
    ],
)
def test_quotes_and_what_ends_them_stand_in_the_order_of_their_lines(text, kinds):
    found = begins(f"港\n> {text}")
    assert [kind for kind, _ in found] == ["paragraph", QUOTE, *kinds]
    assert [at for _, at in found] == sorted(at for _, at in found)


@pytest.mark.parametrize("kind", ["> ", "> > ", "> - "])
@pytest.mark.parametrize(
    ("line", "ends"),
    [
        ("# 夜", True),
        ("<div>夜</div>", True),
        ("<details><summary>夜</summary>", True),
        ("</div>", True),
        ("<hr/>", True),
        ("#夜", False),
        ("<b>夜</b>", False),
        ("夜", False),
    ],
)
def test_what_is_no_text_ends_a_quote(kind, line, ends):
    assert [at for _, at in begins(f"{kind}霧\n{line}\n")] == [0, len(kind) + 2][: 1 + ends]


@pytest.mark.parametrize("unit", ["> 霧\n- 港\n", "> 霧\n-\n", "> 霧\n2.\n"])
def test_quotes_and_lists_may_end_each_other_as_often_as_you_like(unit):
    assert [kind for kind, _ in begins(unit * 1_000)] == ["block_quote", "list"] * 1_000


@pytest.mark.parametrize("line", ["``` a`b", "> ``` a`b"])
def test_what_only_looks_like_code_goes_on_with_the_quote(line):
    (quote,) = tokens(f"> 霧\n{line}\n")
    assert [child["text"] for child in quote["children"]] == ["霧\n``` a`b\n"]


@pytest.mark.parametrize("text", ["- 港\n  > 霧\n  -\n", "> 港\n> > 霧\n> -\n"])
def test_the_order_stays_within_lists_and_quotes(text):
    shown = str(tokens(text))
    assert shown.index("港") < shown.index("霧")
