"""Whether a post quotes as it should."""

import pytest

from sitegen.diagnostics.model import Location
from sitegen.model import Quote, Source, Span
from sitegen.quotation import rules

PLACE = Location("p.md", 3, 1, 5)
SOURCED = Location("p.md", 7, 1, 6)
WORDS = ((Span("text", "引用"),),)
WHOLE = Source(url="https://example.org/", title="題")


def told(faults):
    return [fault.code for fault in faults]


def quote(source=WHOLE, paragraphs=WORDS, **rest):
    return Quote(1, paragraphs, source, **rest)


def test_a_quotation_with_words_and_a_titled_source_is_right():
    assert told(rules.quote(quote(), PLACE, SOURCED)) == []


def test_a_quotation_without_words_is_empty():
    assert told(rules.quote(quote(paragraphs=()), PLACE, SOURCED)) == ["quote-empty"]


@pytest.mark.parametrize("rest", [{"elided": "[…]"}, {"withdrawn": "理由"}, {"image": "\x020\x03"}])
def test_a_quotation_with_something_in_place_of_words_is_not_empty(rest):
    assert told(rules.quote(quote(paragraphs=(), **rest), PLACE, SOURCED)) == []


@pytest.mark.parametrize(
    ("source", "codes"),
    [
        (Source(), ["source-missing"]),
        (Source(title="題"), ["source-missing"]),
        (Source(author="人"), ["source-missing"]),
        (Source(title="題", author="人"), []),
        (Source(url="https://example.org/"), ["source-title-missing"]),
        (Source(url="https://example.org/", kind="news"), ["source-title-missing"]),
        (Source(url="https://example.org/", kind="sns"), []),
        (Source(url="https://example.org/", kind="forum"), []),
        (Source(url="https://example.org/", kind="comment"), []),
    ],
)
def test_a_source_is_an_address_or_title_and_author(source, codes):
    assert told(rules.quote(quote(source), PLACE, SOURCED)) == codes


def test_a_missing_title_shows_the_url_at_the_place_of_the_source():
    (fault,) = rules.quote(quote(Source(url="https://example.org/")), PLACE, SOURCED)
    assert (fault.location, fault.arguments) == (SOURCED, {"url": "https://example.org/"})


@pytest.mark.parametrize(
    ("source", "variant", "arguments"),
    [
        (Source(), "", {"title": ""}),
        (Source(author="人"), "", {"title": ""}),
        (Source(site="局"), "", {"title": ""}),
        (Source(title="題"), "author", {"title": "題"}),
        (Source(title="題", site="局", publisher="社"), "author", {"title": "題"}),
    ],
)
def test_a_title_alone_is_told_otherwise_than_nothing(source, variant, arguments):
    (fault,) = rules.quote(quote(source), PLACE, SOURCED)
    assert (fault.location, fault.variant, fault.arguments) == (SOURCED, variant, arguments)


def test_an_empty_quotation_is_told_where_it_stands_and_its_source_where_that_does():
    faults = rules.quote(quote(Source(), ()), PLACE, SOURCED)
    assert [(fault.code, fault.location) for fault in faults] == [
        ("quote-empty", PLACE), ("source-missing", SOURCED),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("kinds", "written", "codes"),
    [
        ([], 0, []),
        (["news"], 0, ["editorial-missing"]),
        (["news"], 1, []),
        ([""], 0, ["editorial-missing"]),
        (["own"], 0, []),
        (["law"], 0, []),
        (["government"], 0, []),
        (["law", "own"], 0, []),
        (["law", "news"], 0, ["editorial-missing"]),
    ],
)
def test_a_quotation_needs_comment_unless_it_is_free(kinds, written, codes):
    quotes = tuple(quote(Source(kind=kind)) for kind in kinds)
    assert told(rules.editorial(quotes, written, PLACE)) == codes
