"""Tables as GitHub has them, through mistune."""

import mistune
import pytest

from sitegen.content.tables import tables


class Plain(mistune.HTMLRenderer):
    """Shows the structure of a table and nothing more."""

    def table(self, text):
        return f"[{text}]"

    def table_head(self, text):
        return f"H{text}"

    def table_body(self, text):
        return text

    def table_row(self, text):
        return f" R{text}"

    def table_cell(self, text, align=None, head=False):  # noqa: FBT002, ARG002
        return f"({(align or '-')[0]}:{text})"

    def paragraph(self, text):
        return f"<{text}>"


def shown(source):
    return mistune.Markdown(Plain(), plugins=[tables])(source)


def test_a_table_has_a_head_and_rows():
    assert shown("| a | b |\n|---|---|\n| 1 | 2 |\n| 3 | 4 |\n") == (
        "[H(-:a)(-:b) R(-:1)(-:2) R(-:3)(-:4)]"
    )


@pytest.mark.parametrize(
    "source", ["a | b\n--|--\n1 | 2", "|a|b\n|-|-\n|1|2", "  a|b\n  -|-\n  1|2"]
)
def test_outer_bars_may_be_left_out(source):
    assert shown(source) == "[H(-:a)(-:b) R(-:1)(-:2)]"


def test_columns_are_aligned_by_their_colons():
    assert shown("|a|b|c|d|\n|:-|-:|:-:|-|\n") == "[H(l:a)(r:b)(c:c)(-:d)]"


def test_a_short_row_is_padded_and_a_long_one_cut():
    assert shown("|a|b|\n|-|-|\n|1|\n|1|2|3|\n") == "[H(-:a)(-:b) R(-:1)(-:) R(-:1)(-:2)]"


def test_an_escaped_bar_belongs_to_its_cell():
    assert shown("|a|b|\n|-|-|\n|x\\|y|`p\\|q`|\n") == (
        "[H(-:a)(-:b) R(-:x|y)(-:<code>p|q</code>)]"
    )


def test_cells_hold_inline_markdown():
    assert shown("|**a**|b|\n|-|-|\n") == "[H(-:<strong>a</strong>)(-:b)]"


def test_the_bar_of_ruby_in_braces_parts_no_cells():
    assert shown("|{霧|きり}|b|\n|-|-|\n|{港|みな と}と{夜|よる}|{a|b}|\n") == (
        "[H(-:{霧|きり})(-:b) R(-:{港|みな と}と{夜|よる})(-:{a)]"
    )


def test_full_width_blanks_stay_in_their_cells():
    assert shown("|　a|b|　\n|-|-|\n|　1| 2 |\n") == "[H(-:　a)(-:b) R(-:　1)(-:2)]"


def test_an_empty_cell_is_a_cell():
    assert shown("|a|b|\n|-|-|\n||2|\n") == "[H(-:a)(-:b) R(-:)(-:2)]"


def test_a_table_of_one_column_needs_bars():
    assert shown("|a|\n|-|\n|1|\n") == "[H(-:a) R(-:1)]"


@pytest.mark.parametrize(
    "source", ["a | b\n", "a | b\nc | d\n", "|a|b|\n|-|\n", "a\n-|-\n", "|a|b|\n|-|x|\n"]
)
def test_what_has_no_rule_of_its_width_is_no_table(source):
    assert shown(source).startswith("<")


def test_a_table_ends_at_a_line_without_a_bar():
    assert shown("|a|b|\n|-|-|\n|1|2|\nx\n") == "[H(-:a)(-:b) R(-:1)(-:2)]<x>"


def test_full_width_text_is_a_cell_like_any_other():
    assert shown("|国|件数|\n|--|--:|\n|韓国|１２|\n") == "[H(-:国)(r:件数) R(-:韓国)(r:１２)]"
