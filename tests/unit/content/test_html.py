"""Raw HTML: what is kept and what is told."""

import pytest

from sitegen.content import html


def cleaned(raw):
    return html.cleaned(raw, lambda _tag, _name, value: value)


@pytest.mark.parametrize(
    "kept",
    [
        "<p>a <em>b</em> <strong>c</strong></p>",
        '<p class="x" id="y" lang="ko" dir="rtl" title="z">a</p>',
        "<ruby>漢<rp>(</rp><rt>かん</rt><rp>)</rp></ruby>",
        '<details open=""><summary>a</summary>b</details>',
        '<a href="https://example.org/" rel="noopener">a</a>',
        '<a href="mailto:a@example.org">a</a>',
        '<a href="/a/#b">a</a>',
        '<img src="a.png" alt="b" loading="lazy" decoding="async">',
        '<pre tabindex="0"><code class="language-python">x</code></pre>',
        '<td colspan="2">a</td>',
        '<time datetime="2025-02-04">a</time>',
        '<blockquote cite="https://example.org/">a</blockquote>',
        "a &lt; b &amp; c",
    ],
)
def test_what_is_allowed_stays(kept):
    wrapped = f"<table><tbody><tr>{kept}</tr></tbody></table>" if kept.startswith("<td") else kept
    assert cleaned(wrapped) == wrapped


@pytest.mark.parametrize(
    ("raw", "left"),
    [
        ("a<script>alert(1)</script>b", "ab"),
        ("a<style>p{}</style>b", "ab"),
        ("<iframe src=x>a</iframe>", "a"),
        ("a<svg onload=x><a>b</a></svg>", "a"),
        ("<form action=x><input>a</form>", "a"),
        ('<p onclick="x" style="y">a</p>', "<p>a</p>"),
        ("<img src=x onerror=y>", '<img src="x">'),
        ('<a href="javascript:x">a</a>', "<a>a</a>"),
        ('<a href="data:text/html,x">a</a>', "<a>a</a>"),
        ('<a href="&#106;avascript:x">a</a>', "<a>a</a>"),
        ("a<!-- b -->c", "ac"),
        ("<base href=x><meta http-equiv=refresh>a", "a"),
        ("<h1>a</h1>", "a"),
        ("<p>a", "<p>a</p>"),
    ],
)
def test_what_is_not_allowed_goes(raw, left):
    assert cleaned(raw) == left


def test_the_filter_sees_each_attribute_and_may_change_or_drop_it():
    def change(tag, name, value):
        return None if name == "title" else f"{tag}-{name}-{value}"

    raw = '<p class="a" title="b">x</p>'
    assert html.cleaned(raw, change) == '<p class="p-class-a">x</p>'


@pytest.mark.parametrize(
    ("raw", "told"),
    [
        ("<p class=a>x</p>", []),
        ("<!-- a -->", []),
        ("<script>x</script>", ["<script>"]),
        ("<p style='a' onclick=b>x", ["style=", "onclick="]),
        ("<a target=_blank href=x>", ["target="]),
        ("<IFRAME></IFRAME>", ["<IFRAME>"]),
        ("<P Class='a' Align='b'>x", ["Align="]),
        ("<script></script><script></script>", ["<script>"]),
        ("<!doctype html>", ["<!doctype>"]),
        ("<?php x ?>", ["<?php>"]),
        ("</iframe>", []),
        ("a < b", []),
    ],
)
def test_what_is_dropped_is_told_once(raw, told):
    assert html.dropped(raw) == told


@pytest.mark.parametrize(
    ("raw", "begun"),
    [
        ("<!-- a", ("<!--", "-->")),
        ("<!-- a --><!-- b -- c", ("<!--", "-->")),
        ("<div>\n<!-- a", ("<!--", "-->")),
        ("<?php", ("<?", ">")),
        ("<![CDATA[ a", ("<!", ">")),
        ("<SCRIPT>a<b>", ("<script", "</script>")),
        ("<!-- a -->", None),
        ("<!-->", None),
        ("<?php ?>", None),
        ("<style>a</style>", None),
        ("<div>", None),
    ],
)
def test_what_swallows_the_rest_is_found(raw, begun):
    assert html.unclosed(raw) == begun
    after = html.cleaned(f"{raw}</p>\n<p>後</p>", lambda _tag, _name, value: value)
    assert begun or "後" in after


@pytest.mark.parametrize(
    "raw",
    [
        "<div><![x[ a</div>",
        "<![",
        "<![if x]>",
        "<![CDATA[a]]>",
        "<!",
        "<!x",
        "<",
        "<a <b",
        "<!--",
        "<![ [x",
    ],
)
def test_broken_markup_does_not_raise(raw):
    html.dropped(raw)


def test_a_tag_behind_an_unknown_section_is_told():
    assert html.dropped("<![x[ a ]]><script>") == ["<script>"]


@pytest.mark.parametrize(
    ("raw", "ids"),
    [
        ('<p class="x" id="港">a</p><b id=y>b</b>', ["港", "y"]),
        ("<p>id=x</p>", []),
        ('<p title="霧 id=x">a</p>', []),
        ('<!-- <p id="x"> -->', []),
    ],
)
def test_the_ids_of_tags_are_found(raw, ids):
    assert html.ids(raw) == ids
