"""The catalogue of codes."""

import re

import pytest

from sitegen.diagnostics import catalog
from sitegen.diagnostics.model import Diagnostic, Finding, Location
from sitegen.site import pages, plan

CODES = catalog.codes()
PLACE = Location("p.md", 2, 1)


def entry(code):
    return catalog._entries()[code]  # noqa: SLF001 -- the data themselves


def phrases(spoken):
    """Every phrase of a code in one language."""
    for words in (spoken, *spoken.variants.values()):
        yield from (words.message, words.label, words.remedy)


@pytest.mark.parametrize("code", CODES)
def test_a_code_is_words_in_lower_case(code):
    assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", code)


@pytest.mark.parametrize("code", CODES)
def test_a_code_is_told_and_explained_in_both_languages(code):
    for spoken in (entry(code).ja, entry(code).en):
        assert spoken.message
        assert spoken.explain


@pytest.mark.parametrize("code", CODES)
def test_both_languages_have_the_same_variants(code):
    assert set(entry(code).ja.variants) == set(entry(code).en.variants)


@pytest.mark.parametrize("code", CODES)
def test_both_languages_use_the_same_arguments(code):
    def holes(spoken):
        return set(re.findall(r"\{(\w+)\}", " ".join(phrases(spoken))))

    assert holes(entry(code).ja) == holes(entry(code).en)


@pytest.mark.parametrize("code", CODES)
def test_an_english_phrase_has_no_kana(code):
    assert not re.search("[ぁ-ゖァ-ヺ]", "".join(phrases(entry(code).en)))


@pytest.mark.parametrize("code", CODES)
def test_brackets_of_a_phrase_are_closed(code):
    for spoken in (entry(code).ja, entry(code).en):
        for phrase in phrases(spoken):
            assert phrase.count("[[") == phrase.count("]]")
            assert phrase.count("{") == phrase.count("}")


def test_what_no_rule_can_silence_is_an_error():
    structural = [code for code in CODES if catalog.structural(code)]
    assert {entry(code).severity for code in structural} == {"error"}


# ---------------------------------------------------------------- severities


@pytest.mark.parametrize(
    ("code", "rules", "severity"),
    [
        ("broken-link", {}, "error"),
        ("broken-link", {"broken-link": "off"}, "off"),
        ("era-mismatch", {}, "warning"),
        ("era-mismatch", {"era-mismatch": "error"}, "error"),
        ("bad-date", {"bad-date": "off"}, "error"),
        ("unused-file", {"broken-link": "off"}, "info"),
    ],
)
def test_rules_set_the_severity_of_what_is_not_structural(code, rules, severity):
    assert catalog.severity(code, rules) == severity


def test_findings_are_sorted_by_place_and_code():
    faults = [
        Diagnostic("source-missing", Location("b.md", 1)),
        Diagnostic("source-missing", Location("a.md", 10)),
        Diagnostic("source-missing", Location("a.md", 9, 2)),
        Diagnostic("quote-empty", Location("a.md", 9, 2)),
        Diagnostic("quote-empty", Location("a.md")),
    ]
    told = [(one.diagnostic.code, one.diagnostic.location) for one in catalog.findings(faults, {})]
    assert told == [
        ("quote-empty", Location("a.md")),
        ("quote-empty", Location("a.md", 9, 2)),
        ("source-missing", Location("a.md", 9, 2)),
        ("source-missing", Location("a.md", 10)),
        ("source-missing", Location("b.md", 1)),
    ]


def test_the_same_fault_is_told_once():
    fault = Diagnostic("quote-empty", PLACE)
    assert catalog.findings([fault, fault], {}) == (Finding(fault, "error"),)


def test_what_is_off_is_not_told():
    assert catalog.findings([Diagnostic("broken-link", PLACE)], {"broken-link": "off"}) == ()


# ---------------------------------------------------------------- words


def words(code, language="ja", variant="", **arguments):
    return catalog.words(Diagnostic(code, PLACE, arguments, variant), language)


def test_the_authors_own_words_are_set_in():
    assert words("bad-date", value="2月30日").message == "日付として読めません: 2月30日"


def test_another_language_has_other_words():
    assert words("missing-key", "en", key="title").message == "title is missing"


def test_an_unknown_language_is_japanese():
    assert words("missing-key", "fr", key="title") == words("missing-key", "ja", key="title")


def test_a_part_without_its_argument_is_left_out():
    assert "もしかして" in words("unknown-key", key="a", nearest="b", known="c").remedy
    assert "もしかして" not in words("unknown-key", key="a", nearest="", known="c").remedy


@pytest.mark.parametrize("value", ["{key}", "[[{value}]]", "{0}", "%s", r"\1", "{", "]]"])
def test_arguments_are_data(value):
    assert words("bad-date", value=value).message == f"日付として読めません: {value}"


def test_a_variant_has_its_own_words():
    assert words("bad-date", variant="month", value="x") != words(
        "bad-date", variant="day", value="x"
    )


@pytest.mark.parametrize("kind", [*pages.LAYOUTS, plan.INDEXED, plan.COPIED, "file"])
def test_what_shares_a_url_has_a_name_in_japanese(kind):
    said = words("duplicate-url", url="/x", kind=kind, other="post").message
    assert f"（{kind} と" not in said


def test_an_unknown_variant_has_the_words_of_the_code():
    assert words("bad-date", variant="?", value="x") == words("bad-date", value="x")


# ---------------------------------------------------------------- explanations


@pytest.mark.parametrize("code", CODES)
@pytest.mark.parametrize("language", ["ja", "en"])
def test_an_explanation_begins_with_severity_and_code(code, language):
    said = catalog.explanation(code, language)
    assert said.startswith(f"{entry(code).severity}[{code}]\n\n")


def test_a_structural_code_says_that_no_rule_changes_it():
    assert "rules" in catalog.explanation("bad-date", "ja")
    assert "No rule" in catalog.explanation("bad-date", "en")
    assert "No rule" not in catalog.explanation("broken-link", "en")


def test_an_unknown_code_has_no_explanation():
    assert catalog.explanation("no-such-code", "ja") == ""
