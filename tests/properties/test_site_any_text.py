"""No text of an author raises: it builds or gives faults, and each of their places is real."""

import json
import os
import shutil
import tempfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from . import site_blog as blogs
from .site_blog import LAYOUTS, THOROUGH, Blog, Post

QUICK = settings(
    deadline=None,
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
POSTS = [post.text for post in Blog().posts.values()]
POSTS += [
    """---
title: 普通の記事 # 注
date: 令和7年2月4日 21時
author: [甲, 乙]
tags: [AI, 1.10, no, '2025']
source:
  url: https://jp.yna.co.kr/view/AJP
  title: 題
  published: 2025/2/4
quote: |
  【ソウル】一行目
  二行目（略）

  段落〔以下略〕
via: {name: 速報, url: https://example.com/}
updates:
  - date: 2025-03-01
    kind: correction
    text: |
      直した
lint:
  ignore: [quote-ratio]
  reason: 短い
---
# 見出し {#id}

*強調* **太字** ~~取り消し~~ <b>生</b> `code` [先](/tags/) ![図](x.png) https://example.com

> 引用
>> 入れ子

- 一
  - 二

1. 三

| a | b |
|---|---|
| 1 | 2 |

```quote
囲み
```

[^1]: 注

本文[^1]。
"""
]
PIECES = st.sampled_from(
    [
        *"---:|>[]{}&*!%@`'\"#?,- \t\n\r\\<>/=~^$()",
        *"。、「」　あ漢é\u0301\u200b\u202e\u2066\ufeff\u00ad",
        "\u2028", "\u0085", "\x00", "\x07", "\x1b[31m", "\x7f", "\ufffe",
        "\U0001f468\u200d\U0001f469", "🇯🇵", "---\n", "\n---\n", "\r\n", "- ", ": ", "? ", "|\n",
        ">-\n  ", "&a ", "*a", "<<: *a", "!!python/object:os.system ", "!x ", "title: ", "tags:",
        "date:", "quote: |\n  ", "quotes:\n- ", "source:\n  url: ", "draft: true\n", "  ",
        "{{ page }}", "{% for x in y %}", "{#", "%s", "\\1", "${x}", "</script>", "<!--", "-->",
        "<![CDATA[", "<script>alert(1)</script>", "<img src=x onerror=y>",
        "<a href='javascript:x'>", "&lt;", "&#0;", "&copy", "[a](b)", "[a](<b c>)", "[a](/x#y)",
        "[a](../../../../../etc/passwd)", "[a](//evil)", "[a](\\\\evil)", "![a](%00)", "[a](%ff)",
        "[a](a%2fb.png)", "[a]: /u\n", "[a]", "[^1]", "[^1]: x\n", "```", "```quote x\n", "~~~",
        "# ", "#", "> ", "* ", "1. ", "１. ", "|-|\n", "    ", "***", "___", "===",
        "<details open>", "<ruby>漢<rt>かん</rt></ruby>", "<!-- more -->", "令和", "２０２５",
        "2025-02-30", "99999", "null", "~", "true", '"', "'", "\\u0000", '"\\ud800"', '"\\x07"',
        "\\", "http://[::1/", "https://a:99999/", "mailto:", "data:,x",
    ]
)  # fmt: skip
TEXTS = st.lists(PIECES, min_size=1, max_size=6).map("".join) | st.text(max_size=30)


@st.composite
def mutated(draw, bases):
    """A valid text with a few things put in, taken out, doubled or made huge."""
    made = draw(st.sampled_from(bases))
    for _ in range(draw(st.integers(1, 4))):
        start = draw(st.integers(0, len(made)))
        end = min(len(made), start + draw(st.integers(0, 40)))
        piece = draw(TEXTS)
        how = draw(st.integers(0, 9))
        if how == 0:
            piece *= draw(st.sampled_from([100, 3_000, 30_000])) // max(1, len(piece))
        elif how == 1:
            piece = made[start:end] * 2
        made = made[:start] + piece + made[end if how > 4 else start :]
    return made


def outcome_of(knowing, texts, command="check", blog=None):
    """What a run over `texts`, files by path, comes to, with the misplaced faults."""
    with tempfile.TemporaryDirectory() as temporary:
        root = Path(temporary, "site")
        shutil.copytree(knowing, root / ".sitegen")
        for path, data in texts.items():
            file = root / path
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(data)
        found = blogs.built(root, blog, command)
        return found, blogs.misplaced(root, found)


def encoded(text):
    return text.encode("utf-8", "surrogatepass")


def files(texts):
    """`texts` as the posts of a site, beside a good one."""
    named = {
        f"content/posts/2025/01/0{number + 1}-p.md": encoded(one)
        for number, one in enumerate(texts)
    }
    return {**named, "content/posts/2024/11/chart.png": b"x"}


@settings(QUICK, max_examples=40 * THOROUGH)
@given(st.lists(mutated(POSTS), min_size=5, max_size=9))
def test_any_front_matter_and_body_builds_or_gives_faults(knowing, texts):
    outcome, misplaced = outcome_of(knowing, files(texts))
    assert outcome.code in {0, 1}
    assert outcome.code == 0 or "error" in {fault["severity"] for fault in outcome.faults}
    assert misplaced == []


SPOILT = st.tuples(st.sampled_from(POSTS), st.integers(0, 900), st.binary(max_size=4))


@settings(QUICK, max_examples=30 * THOROUGH)
@given(st.lists(st.binary(max_size=200) | SPOILT, min_size=3, max_size=6))
def test_any_bytes_build_or_give_faults(knowing, datas):
    spoilt = [
        one
        if isinstance(one, bytes)
        else one[0].encode()[: one[1]] + one[2] + one[0].encode()[one[1] :]
        for one in datas
    ]
    texts = {f"content/posts/2025/01/0{number + 1}-p.md": one for number, one in enumerate(spoilt)}
    texts["content/pages/x.md"] = spoilt[0]
    outcome, misplaced = outcome_of(knowing, texts)
    assert outcome.code in {0, 1}
    assert misplaced == []


NAMES = st.text(min_size=1, max_size=20).filter(str.strip)


@st.composite
def readable(draw):
    """A post whose front matter is right YAML, of any words."""
    line, several = st.text(max_size=25), st.lists(st.text(max_size=12), max_size=3)
    fields = {
        "title": draw(NAMES),
        "date": "2025-01-01",
        "tags": draw(several),
        "quote": draw(st.text(min_size=1, max_size=80)),
        "source": {
            "url": draw(st.just("https://example.com/") | line),
            "title": draw(line),
            "site": draw(line),
        },
    }
    further = {
        "author": line | several,
        "via": line,
        "summary": line,
        "slug": line,
        "url": line.map("/{}".format),
        "aliases": st.lists(line.map("/{}".format), max_size=2),
        "withdrawn": line,
        "layout": line,
        "draft": st.booleans(),
        "extra": st.dictionaries(line, line, max_size=2),
        "updates": st.just([{"date": "2025-02-02", "kind": "addition", "text": "追記[x](/)"}]),
        "image": line,
    }
    for key in draw(st.lists(st.sampled_from(sorted(further)), max_size=4, unique=True)):
        fields[key] = draw(further[key])
    return Post(draw(st.text(max_size=60) | TEXTS), **fields).text


@settings(QUICK, max_examples=15 * THOROUGH)
@given(st.lists(readable(), min_size=2, max_size=5))
def test_any_words_in_right_front_matter_build_or_give_faults(knowing, texts):
    blog = Blog()
    blog.drafts = True
    outcome, misplaced = outcome_of(knowing, files(texts), "build", blog)
    assert outcome.code in {0, 1}
    assert misplaced == []


CONFIGS = [
    blogs.toml(Blog().config),
    """[project]
name = "x"

[tool.sitegen]
title = "題"
base_url = "https://example.org/blog/"
timezone = "Asia/Tokyo"
permalink = "/{year}/{slug}/"
per_page = 10
menu = [{ name = "a", url = "/" }]

[tool.sitegen.tags.AI]
slug = "ai"
same = ["人工知能"]

[tool.sitegen.authors."編集部"]
slug = "henshubu"

[tool.sitegen.rules]
quote-empty = "off"

[tool.sitegen.redirects]
"/old/" = "/"

[tool.sitegen.extra]
x = [1, 2.5, true, { y = "z" }]
""",
]
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=12) | st.floats(allow_nan=False),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3)
    ),
    max_leaves=5,
)
KEYS = st.sampled_from(
    [
        "title",
        "base_url",
        "language",
        "timezone",
        "description",
        "author",
        "permalink",
        "per_page",
        "menu",
        "footer",
        "raw_html",
        "csp",
        "extra",
        "authors",
        "sources",
        "tags",
        "redirects",
        "rules",
        "feed",
        "search",
        "titel",
    ]
)


@settings(QUICK, max_examples=40 * THOROUGH)
@given(mutated(CONFIGS))
def test_any_pyproject_builds_or_gives_faults(knowing, text):
    texts = {"pyproject.toml": encoded(text), **files(POSTS[:1])}
    outcome, misplaced = outcome_of(knowing, texts)
    assert outcome.code in {0, 1}
    assert misplaced == []


@settings(QUICK, max_examples=40 * THOROUGH)
@given(st.dictionaries(KEYS, VALUES.filter(lambda value: value is not None), max_size=4))
def test_any_value_of_any_key_builds_or_gives_faults(knowing, config):
    try:
        text = blogs.toml(json.loads(json.dumps(config).replace("null", '"x"')))
    except ValueError:
        return
    texts = {"pyproject.toml": encoded(text), **files(POSTS[:1])}
    outcome, misplaced = outcome_of(knowing, texts)
    assert outcome.code in {0, 1}
    assert misplaced == []


NAMED = {
    name: (LAYOUTS / name).read_text(encoding="utf-8")
    for name in ("post.html", "listing.html", "tag.html", "atom.xml", "strings/ja.toml")
}
JINJA = st.sampled_from(
    [
        "{{", "}}", "{%", "%}", "{#", "#}", "{{ page }}", "{{ page.nobody }}", "{{ nobody }}",
        "{{ config.titel }}", "{% if %}", "{% endif %}", "{% for x in page %}", "{% endfor %}",
        "{% include page.title %}", '{% include "head.html" %}', '{% include "none.html" %}',
        '{% extends "base.html" %}', "{% block x %}", "{% endblock %}", "{% set x = 1 %}",
        "{{ 1/0 }}", "{{ x | nofilter }}", "{{ 'a' | date }}", "{{ page | json }}",
        "{% macro a() %}{{ a() }}{% endmacro %}{{ a() }}", "{{ super() }}",
        "{% import 'macros.html' as m %}", "{{ loop.index }}", "{{ caller() }}",
        "{{ ''.__class__ }}", "{{ [][0] }}", "{{ {}['a'] }}", "{{ none.x }}",
        "{{ page.title.x.y }}", "{% raw %}", "{{ '%d' % 'x' }}", "{{ namespace(1) }}",
        "{{ dict(1) }}", "\r", "\u2028", "{{ (1).__add__('a').x() }}", "{{ range('a') }}",
        "{{ cycler }}", "\x00", "a = 1\n", "[x]\n", "{{ 'x' | fill }}",
    ]
)  # fmt: skip


@settings(QUICK, max_examples=8 * THOROUGH)
@given(
    st.sampled_from(sorted(NAMED)),
    st.lists(st.tuples(st.integers(0, 2000), JINJA | TEXTS), min_size=1, max_size=3),
)
def test_any_layout_builds_or_gives_faults(knowing, name, put):
    text = NAMED[name]
    for at, piece in put:
        text = text[:at] + piece + text[at:]
    outcome, misplaced = outcome_of(knowing, {f"layouts/{name}": encoded(text), **files(POSTS[:1])})
    assert outcome.code in {0, 1}
    assert misplaced == []


@pytest.mark.parametrize(
    "text",
    [
        "{{ " + "(" * 5_000 + ")" * 5_000 + " }}",
        "{% for x in [1] %}" * 30 + "{% endfor %}" * 30,
        "{% if 1 %}" * 2_000 + "{% endif %}" * 2_000,
        "{{ " + "9" * 5_000 + " }}",
        "{{ " + " + ".join(["1"] * 5_000) + " }}",
        "{{ [" * 500,
        "\r\r{% include page.title %}",
        "a\r\nb\r\n{{ nobody }}\r\n",
        "{{ 'x' * 99999999999 }}",
        "{{ page.__class__.__mro__ }}",
        "{% include 'footer.html' %}",
        "{% set x %}{% endset %}{{ x.y.z }}",
        "\ufeff{{ nobody }}",
        "{{ '\\ud800' }}",
        "{{ page['\x00'] }}",
        "",
    ],
    ids=lambda text: ascii(text)[1:31],
)
def test_hostile_layouts_give_faults_or_build(knowing, text):
    texts = {"layouts/footer.html": encoded(text), **files(POSTS[:1])}
    outcome, misplaced = outcome_of(knowing, texts)
    assert outcome.code in {0, 1}
    assert misplaced == []


@pytest.mark.parametrize(
    "text",
    [
        "a = " + "[" * 3_000, "home = 1\n", "[home]\nx = 'y'\n", "home = [1]\n", "home = '{x' \n",
        "\r\n\r\nx =", "a = 1\na = 2\n", "a = 1979-05-27\n", "skip = '\u2028'\nx =", '"" = ""\n',
        "x = 'a\x00b'\n",
    ],
    ids=lambda text: ascii(text)[1:21],
)  # fmt: skip
def test_hostile_strings_give_faults_or_build(knowing, text):
    texts = {"layouts/strings/ja.toml": encoded(text), **files(POSTS[:1])}
    outcome, misplaced = outcome_of(knowing, texts)
    assert outcome.code in {0, 1}
    assert misplaced == []


@pytest.mark.parametrize(
    "text",
    [
        "x = " + "[" * 5_000,
        "x = " + "{a=" * 2_000,
        "[tool]\nsitegen = 3\n",
        "tool = 3\n",
        "[[tool.sitegen]]\ntitle = 'x'\n",
        "[tool.sitegen]\ntitle = 1979-05-27T07:32:00Z\n",
        "[tool.sitegen]\nper_page = 99999999999999999999999999\n",
        "[tool.sitegen.extra]\nx = nan\n",
        "[tool.sitegen.extra]\nx = inf\n",
        "[tool.sitegen.extra]\nx = 99999999999999999999999999\n",
        "[tool.sitegen]\ntimezone = '../../../../etc/passwd'\n",
        "[tool.sitegen]\ntimezone = 'Asia'\n",
        '[tool.sitegen]\ntimezone = "\\u0000"\n',
        "[tool.sitegen]\nbase_url = 'https://[::1'\n",
        "[tool.sitegen]\nbase_url = 'https://example.org//blog//'\n",
        "[tool.sitegen]\nbase_url = 'https://example.org/%ff/%zz/'\n",
        "[tool.sitegen]\nbase_url = 'https://example.org/../'\n",
        "[tool.sitegen]\npermalink = '/{slug'\n",
        "[tool.sitegen]\npermalink = '/{slug}/{slug}/../'\n",
        '[tool.sitegen]\n"" = 1\n',
        "[tool.sitegen.tags.\"\"]\nslug = 'x'\n",
        '[tool.sitegen.redirects]\n"/a" = "/b\\nc"\n',
        '[tool.sitegen.redirects]\n"/" = "/x/"\n',
        '[tool.sitegen.redirects]\n"/.sitegen" = "/"\n',
        "[tool.sitegen]\nmenu = [{name = 'a'}]\n",
        "[tool.sitegen]\nmenu = [1, 2]\n",
        "[tool.sitegen.rules]\nbroken-link = 'sometimes'\n",
        '[tool.sitegen]\ncsp = "\\"\'><script>"\n',
        "\ufeff[tool.sitegen]\ntitel = 'x'\n",
        "[tool.sitegen]\ntitle = '" + "x" * 1_000_000 + "'\n",
        "\n" * 1_000_000,
    ],
    ids=lambda text: ascii(text)[1:61],
)
def test_hostile_settings_give_faults_or_build(knowing, text):
    outcome, misplaced = outcome_of(
        knowing, {"pyproject.toml": encoded(text), **files(POSTS[:1])}, "build"
    )
    assert outcome.code in {0, 1}
    assert misplaced == []


@pytest.mark.parametrize(
    "text",
    [
        "---\nx: " + "[" * 30_000,
        "---\nx: " + "[" * 30_000 + "\n---\n",
        "---\n" + "".join(f"{' ' * depth}a:\n" for depth in range(2_000)) + "---\n",
        "---\ntitle: " + "あ" * 500_000 + "\n---\n",
        "---\ntitle: x\n---\n" + "a" * 500_000,
        "---\ntitle: x\n---\n" + "\n" * 500_000,
        "---\ntitle: x\n---\n" + "> " * 20_000,
        "---\ntitle: x\n---\n" + "*a_" * 5_000 + "b" + "_c*" * 5_000,
        "---\ntitle: x\n---\n# a" + " " * 60_000 + "b",
        "---\ntitle: x\n---\n[a]: /" + "u" * 30_000 + "\n\n" + "[a]" * 10_000,
        "---\ntitle: x\n---\n" + "- x\n" * 50_000,
        "---\ntitle: x\n---\n" + "<div>" * 20_000,
        "---\ntitle: x\n---\n" + "[a](" * 20_000,
        "---\ntitle: x\n---\n" + "```quote\n" * 5_000,
        "---\ntitle: x\ndate: 2025-01-01\n---\n" + "[^a]: [^a]\n" * 500 + "[^a]",
        "---\n---\n",
        "---\n---",
        "---",
        "",
        "\ufeff",
        "\ufeff---\r\ntitle: x\r\n---\r\n",
        "---\rtitle: x\rdate: 2025-01-01\r---\rbody\r",
        "---\ntitle: &a [*a]\n---\n",
        "---\n? {a: b}\n: c\n---\n",
        "---\n- a\n---\n",
        "---\ntitle: x\n...\ntitle: y\n---\n",
        "---\ntitle: x\n--- \n--- y\n---\n",
        "---\n%YAML 9.9\n---\ntitle: x\n---\n",
        '---\ntitle: "\\ud800"\n---\n',
        "---\ntitle: x\nslug: con\n---\n",
        "---\ntitle: x\nurl: /.sitegen\n---\n",
        "---\ntitle: x\nurl: /" + "a" * 300 + "/\n---\n",
        "---\ntitle: x\nurl: /" + "/".join(["a" * 100] * 9) + "/\n---\n",
    ],
    ids=lambda text: ascii(text)[1:41],
)
def test_hostile_posts_give_faults_or_build(knowing, text):
    outcome, misplaced = outcome_of(knowing, files([text]), "build")
    assert outcome.code in {0, 1}
    assert misplaced == []


FOLDERS = ["content/posts/2025/01", "content/pages", "content/static", "layouts"]
FOLDERS = FOLDERS if THOROUGH > 1 else FOLDERS[::2]


@pytest.mark.parametrize(
    "name",
    [
        "a\nb.md", "a\x1b[31mb.md", "a\u202eb.md", "'\"&<>.md", "a b.md", "{{ x }}.md",
        "%2e%2e.md", "!!!.md", "あ" * 80 + ".md", "con.md", "con.png", "a\\b.md", "a:b.md",
        "a?b#c.md", "a|b.png", "x.", "a%.png", os.fsdecode(b"\xff\xfe.md"),
        os.fsdecode(b"\x82\xa0.png"), "が".encode().decode() + "\u3099.md", "...md", "---.md",
        "2025-02-30-x.md",
    ],
    ids=ascii,
)  # fmt: skip
@pytest.mark.parametrize("folder", FOLDERS)
def test_any_file_name_builds_or_gives_faults(knowing, name, folder):
    texts = {f"{folder}/{name}": b"---\ntitle: x\ndate: 2025-01-01\nquote: q\nsource: https://example.com/\n---\nx\n",
             **files(POSTS[:1])}  # fmt: skip
    outcome, misplaced = outcome_of(knowing, texts, "build")
    assert outcome.code in {0, 1}
    assert misplaced == []
    assert "\x1b" not in outcome.stderr
    assert "a\nb" not in outcome.stderr


@pytest.mark.parametrize("depth", [50, 400, 1_200])
def test_folders_in_folders_build_or_give_faults(knowing, tmp_path, depth):
    shutil.copytree(knowing, tmp_path / ".sitegen")
    folders = [
        f"{tmp_path}/content",
        *(f"{tmp_path}/content/posts{'/d' * level}" for level in range(depth)),
    ]
    for folder in folders:
        os.mkdir(folder)  # noqa: PTH102 -- a path of this length is no Path's business
    post = f"{folders[-1]}/x.md"
    with open(post, "w", encoding="utf-8") as file:  # noqa: PTH123 -- likewise
        file.write(POSTS[1])
    try:
        outcome = blogs.built(tmp_path, command="check")
    finally:
        os.unlink(post)  # noqa: PTH108 -- likewise
        for folder in reversed(folders):
            os.rmdir(folder)  # noqa: PTH106 -- likewise
    assert outcome.code in {0, 1}


@pytest.mark.parametrize("sign", ["\u2028", "\u0085", ""], ids=ascii)
def test_odd_line_ends_in_the_settings_leave_places_right(knowing, sign):
    """The line that is shown is the one that holds the word, whatever ends lines before it."""
    text = f'[tool.sitegen]\ndescription = "a{sign}b"\ntitel = "x"\n'
    outcome, _ = outcome_of(knowing, {"pyproject.toml": text.encode(), **files(POSTS[:1])})
    assert ' titel = "x"' in outcome.stderr
