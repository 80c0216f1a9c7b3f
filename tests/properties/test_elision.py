"""The text of a quotation: no character of it is altered."""

from hypothesis import given
from hypothesis import strategies as st

from sitegen.quotation import elision

PARTS = st.sampled_from(
    [
        *"あい。、a 　\n\n…‥.（）()[]〔〕【】&<*\\",
        "〔中略〕",
        "（略）",
        "[…]",
        "(...)",
        "…中略…",
        "〔以下略〕",
        "\u2028",
        "[全文は引用元へ…]",
        "(続きはソースで)",
        "【ソウル聯合ニュース】",
        "【前略】",
        "中略",
        "全文",
        "\r",
        "\x0b",
        "か\u3099",
    ]
)
TYPED = st.lists(PARTS, max_size=30).map("".join) | st.text()


def spans(found):
    return [[span.text for span in paragraph] for paragraph in found.paragraphs]


def without_gaps(typed):
    """`typed` without its line ends and its lines of blanks."""
    return "".join(line for line in typed.split("\n") if line.strip())


@given(TYPED)
def test_what_is_set_apart_is_what_was_typed(typed):
    found = elision.text(typed)
    shown = "".join("".join(paragraph) for paragraph in spans(found))
    kept = typed
    if found.elided:
        at = typed.rstrip()
        assert at.endswith(found.elided)
        kept = at.removesuffix(found.elided).rstrip()
    assert shown.replace("\n", "") == without_gaps(kept)


@given(TYPED)
def test_no_span_and_no_paragraph_is_empty(typed):
    found = elision.text(typed)
    assert all(found.paragraphs)
    assert all(span.text for paragraph in found.paragraphs for span in paragraph)


@given(TYPED)
def test_only_a_break_holds_a_newline(typed):
    for paragraph in elision.text(typed).paragraphs:
        for span in paragraph:
            assert ("\n" in span.text) == (span.kind == "break")
            assert span.kind != "break" or span.text == "\n"


@given(TYPED)
def test_no_line_of_a_quotation_is_blank(typed):
    for paragraph in elision.text(typed).paragraphs:
        assert all(line.strip() for line in "".join(span.text for span in paragraph).split("\n"))


@given(TYPED)
def test_a_mark_is_an_elision_mark(typed):
    found = elision.text(typed)
    marks = [
        span.text for paragraph in found.paragraphs for span in paragraph if span.kind == "elision"
    ]
    assert all(map(elision.ELISION.fullmatch, marks))
    assert elision.text(f"一\n{found.elided}").elided == found.elided
