"""Whatever blocks a text is made of, its words stay in their order."""

import re

from hypothesis import given
from hypothesis import strategies as st

from sitegen.content import markdown

SHAPES = (
    *("{}", "> {}", "- {}", "* {}", "1. {}", "2. {}", "# {}", "  {}", "  - {}", "  > {}", "    {}"),
    *("> - {}", "> > {}", "> 2. {}", "- > {}", "- - {}", "| {} | x |", "<div>{}</div>", "　{}"),
    *("-", "*", "10.", "2)", "> ", "> -", "  -", "---", "===", "```", "> ```", "|---|---|", ""),
)
WORD = re.compile(r"W\d+Z")


@given(st.lists(st.sampled_from(SHAPES), min_size=2, max_size=8))
def test_the_words_of_a_text_stay_in_their_order(shapes):
    text = "\n".join(shape.format(f"W{number}Z") for number, shape in enumerate(shapes))
    made = markdown.document("p.md", text, 1, prefix="x", raw_html="sanitize")
    shown = re.sub(r'id="[^"]*"', "", "".join(map(str, made.parts)))
    assert WORD.findall(shown) == WORD.findall(text)
