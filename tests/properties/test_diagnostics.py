"""Faults as people read them, of any words on any line."""

from hypothesis import given
from hypothesis import strategies as st

from sitegen import text as measures
from sitegen.diagnostics import catalog, text
from sitegen.diagnostics import json as as_json
from sitegen.diagnostics.model import Diagnostic, Finding, Location

ORDINARY = st.lists(
    st.sampled_from(
        [
            *"あいか漢字。、「」：:ABC123 　ｶﾅ",
            "か\u3099",
            "🇯🇵",
            "👍🏽",
            "〔中略〕",
            "slug",
            "tags",
            "①",
            "é",
            "\t",
        ]
    ),
    max_size=120,
).map("".join)
LINES = ORDINARY | st.text(st.characters(exclude_characters="\n"), max_size=200)


@st.composite
def findings(draw, lines=ORDINARY, words=ORDINARY):
    """A fault with its line."""
    pieces = list(measures.clusters(draw(lines)))
    line = "".join(pieces)
    code = draw(st.sampled_from(catalog.codes()))
    entry = catalog._entries()[code]  # noqa: SLF001 -- its variants
    before = draw(st.integers(0, len(pieces)))
    column = len("".join(pieces[:before])) + 1
    width = max(1, len("".join(pieces[before : draw(st.integers(before + 1, len(pieces) + 1))])))
    place = Location(
        "content/posts/2025/02/04-引用.md", draw(st.sampled_from([1, 9, 120])), column, width
    )
    names = [
        "value",
        "key",
        "text",
        "nearest",
        "known",
        "found",
        "wanted",
        "url",
        "path",
        "title",
        "name",
    ]
    arguments = {name: draw(words)[:60] for name in names}
    variant = draw(st.sampled_from(["", *entry.ja.variants]))
    severity = "info" if entry.severity == "off" else entry.severity
    return Finding(Diagnostic(code, place, arguments, variant), severity), line


@given(findings(), st.sampled_from(["ja", "en"]), st.sampled_from([60, 80, 120]))
def test_no_line_is_wider_than_the_terminal(found, language, columns):
    finding, line = found
    shown = text.told([finding], language, lambda *_: line, columns=columns)
    # A long word (a URL, a path) stays whole, so that it can be copied.
    longest = max(map(len, _long_words(finding, language)), default=0)
    for row in shown.split("\n"):
        assert measures.width(row) <= columns or longest > columns - 12, row


def _long_words(finding, language):
    """The words of a fault that are not broken."""
    spoken = catalog.words(finding.diagnostic, language)
    for phrase in (spoken.message, spoken.label, spoken.remedy):
        yield from "".join(
            sign if "!" <= sign <= "~" else " " for sign in text.visible(phrase)
        ).split()


@given(findings(), st.sampled_from([40, 60, 80]))
def test_the_carets_stand_under_what_is_marked(found, columns):
    finding, line = found
    place = finding.diagnostic.location
    rows = text.told([finding], "ja", lambda *_: line, columns=columns).split("\n")
    gutter = f"{place.line} | "
    at = next(number for number, row in enumerate(rows) if row.startswith(gutter))
    shown, under = rows[at].removeprefix(gutter), rows[at + 1][len(gutter) :]
    first = len(under) - len(under.lstrip(" "))
    count = len(under[first:]) - len(under[first:].lstrip("^"))
    marked = _cells(shown, first, count)
    typed = text.visible(line[place.column - 1 : place.column - 1 + place.width])
    assert typed.startswith(marked.removesuffix("…").rstrip()), (typed, marked)
    assert count == max(1, measures.width(marked)) or not marked


def _cells(shown, first, count):
    """What of `shown` stands in `count` cells from the cell `first` on."""
    kept, cell = "", 0
    for cluster in measures.clusters(shown):
        if first <= cell < first + count:
            kept += cluster
        cell += measures.width(cluster)
    return kept


@given(
    findings(LINES, st.text(max_size=60)),
    st.sampled_from(["ja", "en"]),
    st.integers(1, 200),
    st.booleans(),
)
def test_any_words_on_any_line_are_told(found, language, columns, colour):
    finding, line = found
    shown = text.told([finding], language, lambda *_: line, columns=columns, colour=colour)
    assert shown.endswith("\n")
    assert not set(shown) & {chr(code) for code in (*range(10), *range(11, 27), 127, 0x202E, 0x9B)}


@given(findings(LINES, st.text(max_size=60)))
def test_any_words_are_told_to_programs(found):
    finding, _ = found
    if not any(
        "\ud800" <= sign <= "\udfff"
        for word in finding.diagnostic.arguments.values()
        for sign in word
    ):
        as_json.document([finding], "ja", {})


@given(
    st.lists(st.sampled_from([*"あ。、」 ab", "word ", "か\u3099", "👍🏽"]), max_size=80).map(
        "".join
    ),
    st.integers(12, 60),
)
def test_wrapped_lines_hold_every_word(words, columns):
    rows = list(text.wrapped(words, columns, "  "))
    assert "".join("".join(rows).split()) == "".join(words.split())
    longest = max((len(word) for word in words.split() if word.isascii()), default=0)
    assert all(measures.width(row) <= columns for row in rows) or longest > columns - 12
