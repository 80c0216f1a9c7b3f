"""Tokens -> HTML, one at a time."""

import pytest

from sitegen.content.ledger import Ledger
from sitegen.content.writer import Writer


@pytest.fixture
def writer():
    return Writer(Ledger("p.md", "", 10, prefix="港", first_link=0), "sanitize")


@pytest.mark.parametrize(
    ("typed", "made"),
    [
        ("a<b>", "a&lt;b&gt;"),
        ("&amp;", "&amp;"),
        ("&copy; &", "© &amp;"),
        ('"', '"'),
        ("&lt;", "&lt;"),
        ("&#2;a&#12;b&#27;&#x81;", "ab"),
        ("?a=1&copy=2&region=jp", "?a=1&amp;copy=2&amp;region=jp"),
    ],
)
def test_text_is_decoded_and_escaped_once(writer, typed, made):
    assert writer.text(typed) == made


def test_readings_hold_no_controls(writer):
    assert writer.ruby("霧&#12;", ["きり&#12;"]) == writer.ruby("霧", ["きり"])
    assert writer.dots("霧&#12;") == writer.dots("霧")


def test_code_is_escaped_and_not_decoded(writer):
    assert writer.codespan("&lt;<") == "<code>&amp;lt;&lt;</code>"


def test_a_title_stands_in_quotation_marks(writer):
    assert writer.link("a", "https://b.jp/", 'c"<d>') == (
        '<a href="https://b.jp/" rel="noopener" title="c&quot;&lt;d&gt;">a</a>'
    )


def test_an_image_has_words_without_tags(writer):
    made = writer.image('<strong>港</strong> "夜"', "https://b.jp/c.png")
    assert 'alt="港 &quot;夜&quot;"' in made


@pytest.mark.parametrize(
    ("align", "made"), [(None, "<td>a</td>"), ("right", '<td class="align-right">a</td>')]
)
def test_a_cell_is_aligned_by_a_class(writer, align, made):
    assert writer.table_cell("a", align=align) == made


def test_a_cell_of_the_head_names_its_column(writer):
    assert writer.table_cell("a", head=True) == '<th scope="col">a</th>'


@pytest.mark.parametrize("number", [1, 2])
def test_a_note_is_referred_to_and_leads_back(writer, number):
    first, second = writer.footnote_ref("k", number), writer.footnote_ref("k", number)
    assert f'id="fnref-港-{number}"' in first
    assert f'id="fnref-港-{number}-2"' in second
    note = writer.footnote("<p>a</p>", number)
    assert note.startswith(f'<li id="fn-港-{number}"><p>a <a href="#fnref-%E6%B8%AF-{number}"')
    assert note.endswith("</a></p></li>\n")


def test_a_note_that_ends_in_no_paragraph_has_its_way_back_behind(writer):
    assert "</ul> <a href=" in writer.footnote("<ul></ul>", 1)


@pytest.mark.parametrize(
    ("raw_html", "made"),
    [("sanitize", "<i x=y>"), ("escape", "&lt;i x=y&gt;"), ("trust", "<i x=y>")],
)
def test_raw_html_goes_as_far_as_the_site_lets_it(raw_html, made):
    writer = Writer(Ledger("p.md", "<i x=y>", 10, prefix="p", first_link=0), raw_html)
    assert writer.inline_html("<i x=y>") == made
    assert writer.raw is (raw_html == "sanitize")
    codes = [fault.code for fault in writer.ledger.faults]
    assert codes == (["raw-html-dropped"] if raw_html == "sanitize" else [])


def test_html_without_raw_tags_is_not_cleaned(writer):
    assert writer.cleaned("<b onclick=x>") == "<b onclick=x>"
    writer.raw = True
    assert writer.cleaned("<b onclick=x>a</b>") == "<b>a</b>"
