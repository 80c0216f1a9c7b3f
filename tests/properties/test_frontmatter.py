"""Front matter of any text: it is read or gives faults, with places that there are."""

from hypothesis import given
from hypothesis import strategies as st

from sitegen import text
from sitegen.content import dates, frontmatter, schema
from sitegen.diagnostics import catalog

ZONE = dates.zone("Asia/Tokyo")
WHOLE = """---
title: 韓国、「ホライズン・ヨーロッパ」型の共同研究を日本に提案
date: 2025-02-04 21:00
author: [編集部A, "B"]
tags: [韓国, 科学技術, AI]
source:
  url: https://jp.yna.co.kr/view/AJP20250204003900882
  title: '記事の題名'
  kind: news
sources:
  みなと: {url: https://example.org/, title: x}
quote: |
  【ソウル聯合ニュース】韓国の劉相任…

  [全文は引用元へ…]
via: ツイッター速報
updates:
- date: 令和7年2月4日
  kind: correction
  text: 訂正
extra: {a: [1, {b: c}]}
draft: true
---
論評
"""
SNIPPETS = st.sampled_from(
    [
        *"\"'[]{}:,#&*!|>-%@`?~=.\t \n　：、\\<",
        "---",
        "...",
        "\n",
        "\n\n",
        ": ",
        " #",
        "- ",
        "  ",
        "? ",
        "|\n",
        "&a",
        "*a",
        "<<: ",
        "!!str ",
        "\\x07",
        "null",
        "true",
        "\u202e",
        "\u202c",
        "\x00",
        "\x85",
        "\u2028",
        "\ufeff",
        "\x80",
        "\ud800",
        "title",
        "quote",
        "tags:\n",
        "date: 2025-02-30",
        "%YAML 1.1\n",
        "[[[[[[[[[[",
        "{a: {a: {a: {a: {a: {a: {a: {a: {a: ",
    ]
)


@st.composite
def near(draw):
    """Valid front matter with a few cuts and insertions."""
    content = WHOLE
    for _ in range(draw(st.integers(1, 4))):
        start = draw(st.integers(0, len(content)))
        end = min(len(content), start + draw(st.sampled_from([0, 0, 1, 2, 5, 20])))
        content = content[:start] + draw(SNIPPETS | st.text(max_size=3)) + content[end:]
    return content


@st.composite
def lines(draw):
    """Lines of front matter in any order, some of them wrong."""
    known = st.sampled_from(WHOLE.split("\n")[1:-3])
    made = draw(st.lists(known | SNIPPETS | st.text(max_size=10), max_size=12))
    return "---\n{}\n---\nbody\n".format("\n".join(made))


CONTENT = near() | lines() | st.text().map("---\n{}\n---\n".format) | st.text()
KEYS = st.sampled_from([schema.POST, schema.PAGE])


@given(CONTENT, KEYS)
def test_any_text_is_read_or_gives_faults_with_places_inside_the_file(content, keys):
    content = text.normalised(content)
    found = frontmatter.load("p.md", content, keys, ZONE)
    rows = content.split("\n")
    for fault in found.diagnostics:
        assert fault.code in catalog.codes()
        for place in (fault.location, *fault.others):
            assert 1 <= place.line <= len(rows), fault
            assert 1 <= place.column <= len(rows[place.line - 1]) + 1, fault
            assert place.width >= 1
    assert found.whole or found.diagnostics


@given(CONTENT)
def test_the_body_is_the_end_of_the_file_and_begins_at_its_line(content):
    content = text.normalised(content)
    found = frontmatter.load("p.md", content, schema.POST, ZONE)
    assert content.endswith(found.body)
    if found.body:
        assert content.split("\n")[found.body_line - 1 :] == found.body.split("\n")


@given(CONTENT)
def test_the_places_of_fields_are_inside_the_file(content):
    content = text.normalised(content)
    found = frontmatter.load("p.md", content, schema.POST, ZONE)
    rows = content.split("\n")
    for name, field in found.fields.items():
        row = rows[field.key.line - 1]
        assert row[field.key.column - 1 :].lstrip("\"'").startswith(name)
        assert 1 <= field.place.line <= found.body_line


@given(CONTENT)
def test_no_field_holds_a_control_character(content):
    found = frontmatter.load("p.md", text.normalised(content), schema.POST, ZONE)
    for words in _words(found.fields, skip={"extra"}):
        assert not set(words) & {chr(code) for code in (*range(9), *range(11, 32), 127, 0xFFFE)}
        words.encode()


def _words(fields, skip=()):
    """Every text in `fields`."""
    for name, field in fields.items():
        if name in skip:
            continue
        if isinstance(field.value, dict):
            yield from _words(field.value)
        elif isinstance(field.value, tuple):
            yield from _words(dict(enumerate(field.value)))
        elif isinstance(field.value, str):
            yield field.value
