"""HTML of our own as Markdown."""

import mistune
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from sitegen.render import twins

LEFT_OUT = "〔引用を省略〕"
ITEM = "<ul><li>甲</li></ul>"
LIST = "<ul>\n<li>甲</li>\n<li>乙\n<ol>\n<li>一</li>\n<li>二</li>\n</ol></li>\n</ul>"
TABLE = "<table><tr><th>年</th><th>値|</th></tr><tr><td>一</td><td>二</td></tr></table>"
NOTED = """<p>霧<sup class="footnote-ref"><a id="x" href="#fn">1</a></sup></p>
<section class="footnotes" role="doc-endnotes">
<ol>
<li id="fn"><p>注。 <a href="#x" class="footnote-back">↩</a></p></li>
</ol>
</section>"""
TAGS = (
    "<p> </p> <ul> <li> </li> <table> <tr> <td> </td> <pre> <code> ` 霧 <blockquote> </blockquote>"
)


def markdown(html):
    return twins.markdown(html, LEFT_OUT)


@pytest.mark.parametrize(
    ("html", "written"),
    [
        ("<p>霧。</p>\n<p>港。</p>\n", "霧。\n\n港。"),
        ('<h2 id="a">題</h2>\n<p>霧。</p>', "## 題\n\n霧。"),
        ("<p><strong>霧</strong><em>港</em><del>夜</del></p>", "**霧***港*~~夜~~"),
        ("<p>霧<br>\n港</p>", "霧\\\n港"),
        ("<p>　霧\n港</p>", "霧 港"),
        ('<p><a href="/a/(b)" rel="noopener">霧</a></p>', "[霧](/a/%28b%29)"),
        ('<p><img src="/a.png" alt="[図]"></p>', "![\\[図\\]](/a.png)"),
        ("<p>a*b_c [d] &lt;e&gt; `f`</p>", "a\\*b\\_c \\[d\\] \\<e> \\`f\\`"),
        ("<p># 霧</p><p>1. 港</p><p>- 夜</p>", "\\# 霧\n\n1\\. 港\n\n\\- 夜"),
        ("<p><code>a*b</code> <code>a`b</code></p>", "`a*b` ``a`b``"),
        ("<pre><code><span>a</span> *b*\n\n  c\n</code></pre>", "```\na *b*\n\n  c\n```"),
        ("<ruby>霧<rp>(</rp><rt>きり</rt><rp>)</rp></ruby>", "霧（きり）"),
        (LIST, "- 甲\n- 乙 \n  1. 一\n  2. 二"),
        ("<p>霧</p>\n<hr>\n<p>港</p>", "霧\n\n---\n\n港"),
        (TABLE, "| 年 | 値\\| |\n| --- | --- |\n| 一 | 二 |"),
        (NOTED, "霧[^1]\n\n[^1]: 注。"),
        (NOTED.replace("注。", f"注。</p>{ITEM}<p>"), "霧[^1]\n\n[^1]: 注。\n      \n      - 甲"),
        ('<ol start="5"><li>五</li><li>六</li></ol>', "5. 五\n6. 六"),
        ("<shown>霧</shown><close>港</close>", "霧港"),
        ("<li>霧</li>", "- 霧"),
        ("<p>霧</p><script>x()</script><style>p{}</style>", "霧"),
        ("<p>霧<b>港", "霧**港**"),
        ("</p>霧</b>", "霧"),
    ],
)
def test_what_we_write_is_markdown(html, written):
    assert markdown(html) == written


def test_what_others_say_is_left_out():
    html = (
        "<p>霧。</p>\n<blockquote>\n<p>他人の<strong>言葉</strong></p>\n</blockquote>\n<p>港。</p>"
    )
    assert markdown(html) == f"霧。\n\n{LEFT_OUT}\n\n港。"


@given(st.text("ab *_[]<>`#-+.1)!|&;\\~霧\n", max_size=40))
def test_a_text_is_read_back_as_it_was(text):
    """Through another reader of Markdown, as one paragraph, but for blanks."""
    said = " ".join(text.split())
    assume(said)
    (read,) = mistune.create_markdown(renderer="ast")(twins.literally(said))
    assert read["type"] == "paragraph"
    assert "".join(part.get("raw", "") for part in read["children"]) == said


@given(st.lists(st.sampled_from([*TAGS.split(), "<sup class='footnote-ref'>", "<a href='x'>"])))
def test_no_html_raises(parts):
    markdown("".join(parts))
