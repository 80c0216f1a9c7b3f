"""Folding, excerpts and clusters of any text."""

import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from sitegen import text

# What Japanese posts are made of, and what cuts badly.
PARTS = st.sampled_from(
    [
        *"あいか。！？!?、「」（）『』 　\nabc1.",
        "\u3099",
        "\u309a",
        "\ufe00",
        "\ufe0f",
        "\u200d",
        "\u0301",
        "🇯🇵",
        "🇰",
        "👨\u200d👩\u200d👧",
        "👍🏽",
        "ｶﾞ",
        "葛\U000e0100",
        "1\ufe0f\u20e3",
        "각",
        "Yahoo!",
        "\u1112\u1161",
    ]
)
PROSE = st.lists(PARTS, max_size=60).map("".join)
ANY = PROSE | st.text()


@given(ANY)
def test_folding_twice_is_folding_once(words):
    once = text.fold(words)
    assert text.fold(once) == once


@given(ANY)
def test_folding_does_not_see_unicode_forms(words):
    forms = {
        text.fold(unicodedata.normalize(form, words)) for form in ("NFC", "NFD", "NFKC", "NFKD")
    }
    assert forms == {text.fold(words)}


@given(ANY)
def test_folding_does_not_see_case(words):
    assert text.fold(words.casefold()) == text.fold(words)


@given(ANY)
def test_normalised_text_stays(words):
    once = text.normalised(words)
    assert not set(once) & set("\r\u0085\u2028\u2029")
    assert text.normalised(once) == once.removeprefix("\ufeff")


@given(ANY)
def test_clusters_are_the_text_in_pieces(words):
    found = list(text.clusters(words))
    assert "".join(found) == words
    assert all(found)


@given(ANY, ANY)
def test_the_width_of_a_text_is_that_of_its_clusters(one, other):
    assert text.width(one) == sum(text.width(cluster) for cluster in text.clusters(one))
    assert text.width(f"{one}\n{other}") == text.width(one) + text.width(f"\n{other}")


@given(ANY, st.integers(1, 40))
def test_an_excerpt_obeys_its_limit(words, limit):
    assert len(text.excerpt(words, limit)) <= limit


@given(ANY, st.integers(1, 40))
def test_an_excerpt_begins_as_the_text_does(words, limit):
    shown = "".join(text.excerpt(words, limit).removesuffix("…").split())
    assert "".join(words.split()).startswith(shown)


@given(ANY, st.integers(1, 40))
def test_an_excerpt_cuts_no_cluster(words, limit):
    lines = [line.strip() for line in words.split("\n") if line.strip()]
    borders = _borders(lines)
    shown = "".join(text.excerpt(words, limit).removesuffix("…").split())
    assert len(shown) in borders


def _borders(lines):
    """The places between clusters, counted without white space."""
    borders, place = {0}, 0
    for line in lines:
        for cluster in text.clusters(line):
            place += len("".join(cluster.split()))
            borders.add(place)
    return borders


MARKUP = st.lists(
    st.sampled_from(
        [
            "<p>",
            "</p>",
            "<",
            ">",
            "<!--",
            "-->",
            "<pre",
            "<rt>",
            "</ruby>",
            "<br",
            "あ",
            '"',
            "&amp;",
            "\x021\x03",
        ]
    )
).map("".join)


@given(MARKUP | st.text())
def test_plain_text_has_no_comments_marks_or_empty_lines(markup):
    shown = text.plain(markup)
    assert "\x021\x03" not in shown
    assert all(line.strip() == line and line for line in shown.split("\n") if shown)
