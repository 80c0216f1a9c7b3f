"""Code blocks."""

import re

import pytest

from sitegen.content import code

_PRE = '<pre class="code" tabindex="0"><code'


@pytest.mark.parametrize("info", ["", "  "])
def test_code_without_a_language_is_escaped_and_plain(info):
    assert code.block("a < b & 'c'\n", info) == f"{_PRE}>a &lt; b &amp; 'c'\n</code></pre>\n"


def test_a_known_language_is_coloured_by_classes_alone():
    made = code.block("x = 1\n", "python")
    assert made.startswith(f'{_PRE} class="language-python"><span class="n">x</span>')
    assert "style=" not in made


@pytest.mark.parametrize("info", ["nope", "text", "plain", "mermaid2"])
def test_an_unknown_language_stays_plain_but_is_said(info):
    assert code.block("<b>", info) == f'{_PRE} class="language-{info}">&lt;b&gt;</code></pre>\n'


def test_only_the_first_word_is_the_language():
    assert 'class="language-nope"' in code.block("x", "nope linenos hl=1")


def test_the_case_of_a_language_does_not_matter():
    assert '<span class="n">' in code.block("x = 1", "Python")


def test_a_hostile_language_stays_in_its_attribute():
    made = code.block("x", '"><script>')
    assert made == f'{_PRE} class="language-&quot;&gt;&lt;script&gt;">x</code></pre>\n'


def test_coloured_code_is_escaped():
    assert "<b>" not in code.block("x = '<b>'", "python")


@pytest.mark.parametrize("text", ["", "\n\n", "x\n", "\n  x\n\n"])
def test_no_line_of_code_is_lost(text):
    shown = re.sub("<[^>]*>", "", code.block(text, "python"))
    assert shown == f"{text}\n"


def test_long_code_stays_plain():
    assert "<span" not in code.block("x = 1\n" * 10_000, "python")


def test_code_whose_colours_would_swell_it_stays_plain():
    assert "<span" not in code.block("a[" * 5_000, "python")
