"""What is found in one document: places, links, ids."""

import pytest

from sitegen.content import guards
from sitegen.content.ledger import Ledger
from sitegen.diagnostics.model import Location


def ledger(text, *, block=None, first_link=0):
    made = Ledger("p.md", text, 10, prefix="p", first_link=first_link)
    if block:
        made.block = block
    return made


def at(place):
    return place.line, place.column, place.width


# ---------------------------------------------------------------- places


def test_a_text_is_found_in_its_block_and_then_further_on():
    made = ledger("港 霧\n\n霧 港 霧\n", block=(5, 11))
    assert [at(made.place("霧")) for _ in range(2)] == [(12, 1, 1), (12, 5, 1)]


def test_what_is_not_in_the_block_is_looked_for_in_the_whole_text():
    made = ledger("港\n\n[a]: 霧\n", block=(0, 2))
    assert at(made.place("霧")) == (12, 6, 1)


def test_a_place_behind_something_is_taken_rather_than_another():
    assert at(ledger("霧 (霧)").place("霧", before=r"\(")) == (10, 4, 1)
    assert at(ledger("霧 港").place("霧", before=r"\(")) == (10, 1, 1)


def test_the_first_of_several_spellings_that_is_there_is_taken():
    assert at(ledger("a&amp;b").place("a&b", "a&amp;b")) == (10, 1, 7)


def test_the_beginning_of_the_block_is_the_last_resort():
    assert at(ledger("港\n\n  霧の夜\n朝\n", block=(3, 10)).place("船")) == (12, 3, 3)
    assert at(ledger("港\n", block=(0, 2)).place()) == (10, 1, 1)
    assert at(ledger("", block=(0, 0)).place("霧")) == (10, 1, 1)


def test_of_a_text_of_several_lines_the_first_is_looked_for():
    assert at(ledger("港\n霧の\n夜").place("霧の\n夜")) == (11, 1, 2)


def test_no_sign_is_a_regular_expression():
    assert at(ledger("aXb a.b").place("a.b")) == (10, 5, 3)


# ---------------------------------------------------------------- links


def test_links_are_numbered_on_from_the_first():
    made = ledger("[a](b.md) [c](d.md)", first_link=4)
    assert [made.href("b.md"), made.href("d.md")] == ["\x024\x03", "\x025\x03"]
    assert [(link.target, link.place.column) for link in made.links] == [("b.md", 5), ("d.md", 15)]


def test_an_address_of_the_web_is_escaped_and_no_link_of_the_site():
    made = ledger("")
    assert made.href("https://a.jp/?b=1&c='2'") == "https://a.jp/?b=1&amp;c=&#x27;2&#x27;"
    assert made.links == []


@pytest.mark.parametrize(("url", "image"), [("javascript:x", False), ("mailto:a@b.jp", True)])
def test_an_unsafe_target_is_told(url, image):
    made = ledger(f"[a]({url})")
    assert made.href(url, image=image) is None
    assert [(one.code, one.location) for one in made.faults] == [
        ("unsafe-link", Location("p.md", 10, 5, len(url)))
    ]


def test_targets_that_are_too_long_together_are_told_once():
    made = ledger("[a](b)")
    step = guards.REFERENCES // 4
    found = [made.href("b" * step) is not None for _ in range(6)]
    assert found == [True, True, True, True, False, False]
    assert [(one.code, one.variant) for one in made.faults] == [("too-complex", "references")]


# ---------------------------------------------------------------- ids


def test_no_two_ids_are_alike():
    made = ledger("")
    assert [made.anchor("港") for _ in range(3)] == ["港", "港-1", "港-2"]
    assert [made.anchor("港-1"), made.anchor("港")] == ["港-1-1", "港-3"]


def test_an_id_that_is_asked_for_further_down_is_left_alone():
    made = ledger("# 港\n\n# 霧 {#港}\n")
    assert [made.anchor("港"), made.anchor("港", explicit=True)] == ["港-1", "港"]


@pytest.mark.parametrize(
    "wanted", ["main", "contents", "quote-1", "quote-12-label", "fn-p-1", "fnref-p-1"]
)
def test_the_ids_of_the_page_itself_are_left_alone(wanted):
    made = ledger("")
    for explicit in (False, True):
        found = made.anchor(wanted, explicit=explicit)
        assert found != wanted
        assert wanted in found


def test_many_ids_alike_cost_no_more_each():
    made = ledger("")
    found = guards.within(2.0, lambda: [made.anchor("港") for _ in range(20_000)])
    assert found[-1] == "港-19999"


@pytest.mark.parametrize(
    ("raw", "told"),
    [
        ("港の夜", []),
        ("港", [("duplicate-id", "")]),
        ("main", [("duplicate-id", "page")]),
        ("quote-1", [("duplicate-id", "page")]),
    ],
)
def test_an_id_of_raw_html_is_told_if_another_has_it(raw, told):
    made = ledger(f'# 港\n\n<p id="{raw}">霧</p>\n')
    made.anchor("港")
    made.claim(raw)
    assert [(one.code, one.variant) for one in made.faults] == told
    assert made.anchor(raw) != raw
