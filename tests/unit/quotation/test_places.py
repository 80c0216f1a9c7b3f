"""Where something was typed."""

import pytest

from sitegen.diagnostics.model import Location
from sitegen.quotation.places import Typed, beginning, place

TYPED = Typed("p.md", "---\nquote: |\n  港に霧笛。\n---\n港に霧笛。\n", 5)


@pytest.mark.parametrize(
    ("words", "line", "found"),
    [
        ("霧笛", 2, (3, 5, 2)),
        ("霧笛\n夜", 2, (3, 5, 2)),
        ("霧笛", 4, (5, 3, 2)),
        ("夜", 2, (2, 9, 4)),
        ("", 2, (2, 9, 4)),
    ],
)
def test_words_are_found_at_or_below_a_line(words, line, found):
    one = place(TYPED, words, Location("p.md", line, 9, 4))
    assert (one.line, one.column, one.width) == found


def test_words_are_looked_for_in_the_whole_file_where_there_is_no_line():
    assert place(TYPED, "quote", Location("p.md")).line == 2


def test_the_markdown_begins_on_its_line():
    assert beginning(TYPED) == Location("p.md", 5)
