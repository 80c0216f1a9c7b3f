"""Quotations in runs, and answers among them."""

import pytest

from sitegen.model import Fence, Html, Quote, Source, Span
from sitegen.render import runs


def quote(number, kind="", locator=""):
    return Quote(number, ((Span("text", "語"),),), Source(kind=kind, locator=locator))


def numbers(items):
    return [
        one if isinstance(one, str) else [found.number for found in one] for one in runs.runs(items)
    ]


def test_what_people_said_one_after_the_other_is_one_run():
    leads = [quote(1, "sns"), quote(2, "forum"), quote(3, "comment")]
    assert numbers(leads) == [[1, 2, 3]]


def test_other_quotations_stand_alone():
    assert numbers([quote(1, "news"), quote(2), quote(3, "sns"), quote(4)]) == [[1], [2], [3], [4]]


def test_html_parts_two_runs():
    parts = [Fence(quote(1, "sns")), Html("<p>間</p>"), Fence(quote(2, "sns"))]
    assert numbers(parts) == [[1], "<p>間</p>", [2]]


def test_an_answer_is_known_by_the_number_of_its_locator():
    quotes = [quote(3, locator=">>5"), quote(4, locator="第１２番"), quote(7)]
    quotes += [quote(8, locator="2025-02-04 21:00 ≫7")]
    assert runs.answers(quotes) == {5: 3, 12: 4, 7: 8}


@pytest.mark.parametrize("typed", [">>5", "＞＞５", "≫5"])
def test_a_number_leads_to_the_answer_that_it_means(typed):
    shown = str(runs.answering(f"<{typed}", {5: 3}))
    escaped = typed.replace(">", "&gt;")
    assert shown == f'&lt;<a href="#quote-3">{escaped}</a>'


@pytest.mark.parametrize("typed", [">>6", "> >5", ">>55", "a > b"])
def test_other_numbers_stay_text(typed):
    assert "<a" not in runs.answering(typed, {5: 3})
