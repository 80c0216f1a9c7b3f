"""What may happen to Japanese text on its way through Markdown, whatever it says."""

import re

from hypothesis import assume, given
from hypothesis import strategies as st

from sitegen import ruby
from sitegen.content import markdown

LETTERS = "あがカﾊ゙夜海。、「」・①…！？ＡAbc 한국어👍🚢漢\u3099\U000e0100　"
lines = st.text(st.sampled_from(LETTERS.replace(" ", "")), min_size=1, max_size=12)
paragraphs = st.lists(lines, min_size=1, max_size=5).map("\n".join)


def html(text):
    made = markdown.document("p.md", text, 1, prefix="p", raw_html="sanitize")
    return "".join(made.parts)


@given(paragraphs)
def test_joining_changes_nothing_but_newlines(text):
    shown = re.sub(r"<br>|</?p>|\n", "", html(text))
    assert shown == text.replace("\n", "")


@given(paragraphs)
def test_a_newline_between_latin_letters_stays(text):
    for pair in re.findall(r"[Abc]\n[Abc]", text):
        assert pair in html(text)


@given(st.text(st.sampled_from("*_~夜「」。aか\u3099　 👍"), max_size=30))
def test_emphasis_loses_no_letter(text):
    assume(not text.lstrip(" ").startswith("~~~"))  # a fence, whose first line is no text
    shown = re.sub(r"<[^>]*>|\s", "", html(text))
    assert re.sub(r"[*_~\s]", "", shown) == re.sub(r"[*_~\s]", "", text)


@given(
    st.text(st.sampled_from("夜海よる港"), min_size=1),
    st.text(st.sampled_from("よるうみ"), min_size=1),
)
def test_ruby_shows_its_base_and_its_reading(base, reading):
    base, reading = base[:20], reading[:20]
    made = html(f"前｜{base}《{reading}》後")
    assert f"前<ruby>{base}<rp>（</rp><rt>{reading}</rt><rp>）</rp></ruby>後" in made
    assert ruby.unruby(f"前｜{base}《{reading}》後") == f"前{base}後"


@given(st.text(st.sampled_from("｜|{}《》夜よる <&ab\n"), max_size=40))
def test_ruby_of_any_title_is_markup_in_pairs(text):
    made = ruby.marked(text)
    assert made.count("<ruby>") == made.count("</ruby>")
    assert "<b" not in made
    assert "<a" not in made
