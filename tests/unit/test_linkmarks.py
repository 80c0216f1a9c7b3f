"""Links inside the site that are not resolved yet."""

import pytest

from sitegen import linkmarks

URLS = ("/a/", "/?a=1&b=2")
HTML = f'<a href="{linkmarks.mark(1)}">甲</a>、{linkmarks.mark(0)}'


def test_a_mark_gives_its_number_back():
    assert linkmarks.number(linkmarks.mark(12)) == 12


@pytest.mark.parametrize("words", ["", "https://example.org/", f"{linkmarks.mark(1)} ", "12"])
def test_other_words_are_no_mark(words):
    assert linkmarks.number(words) is None


def test_urls_stand_in_place_of_marks_ready_for_html():
    assert linkmarks.filled(HTML, URLS) == '<a href="/?a=1&amp;b=2">甲</a>、/a/'


def test_words_without_marks_are_what_is_read():
    assert linkmarks.without(f"甲{linkmarks.mark(3)}乙") == "甲乙"
