"""Markdown: HTML, links, headings, and the exact places of what is wrong."""

import re

import pytest

from sitegen import text
from sitegen.content import guards, markdown
from sitegen.content.markdown import Fenced
from sitegen.diagnostics.model import Location
from sitegen.model import Embed, Heading, Link

LINE = 10  # of the file, on which the body begins


def read(text, *, raw_html="sanitize", prefix="p", first_link=0, hosts=()):
    return markdown.document(
        "p.md",
        text,
        LINE,
        prefix=prefix,
        raw_html=raw_html,
        first_link=first_link,
        hosts=hosts,
    )


def html(text, **rest):
    """The HTML of `text`, which has no faults and no quotations."""
    made = read(text, **rest)
    assert made.diagnostics == ()
    return "".join(made.parts)


def told(text, **rest):
    """Code, line, column and width of each fault."""
    places = [(one.code, one.location) for one in read(text, **rest).diagnostics]
    return [(code, at.line, at.column, at.width) for code, at in places]


# ---------------------------------------------------------------- parts


TUBE = "https://youtu.be/a-B_3456789"


def test_an_address_alone_in_a_paragraph_is_a_part_of_its_own():
    made = read(f"霧。\n\n{TUBE}\n\n港。", hosts=("youtube.com",))
    before, embed, after = made.parts
    assert (before, after) == ("<p>霧。</p>\n", "<p>港。</p>\n")
    assert embed.frame.url == TUBE
    assert embed.html == f'<p><a href="{TUBE}" rel="noopener">{TUBE}</a></p>\n'


@pytest.mark.parametrize("text", [f"<{TUBE}>", f"　{TUBE}  ", f"<b>霧</b>\n\n{TUBE}"])
def test_it_may_be_written_as_a_link_and_beside_html(text):
    assert isinstance(read(text, hosts=("youtube.com",)).parts[-1], Embed)


@pytest.mark.parametrize(
    "text", [f"- {TUBE}", f"> {TUBE}", f"{TUBE} 霧", f"[霧]({TUBE})", f"    {TUBE}", f"# {TUBE}"]
)
def test_elsewhere_an_address_is_not_embedded(text):
    made = read(text, hosts=("youtube.com",))
    assert [type(part) for part in made.parts] == [str]


def test_an_address_is_a_link_where_its_host_is_not_embedded():
    assert read(TUBE).parts == (f'<p><a href="{TUBE}" rel="noopener">{TUBE}</a></p>\n',)


def test_a_text_without_quotations_is_one_part():
    assert read("港の夜。\n\n霧の朝。").parts == ("<p>港の夜。</p>\n<p>霧の朝。</p>\n",)


@pytest.mark.parametrize("text", ["", "\n\n", "<!-- 注 -->\n", "[a]: /b\n"])
def test_what_shows_nothing_has_no_parts(text):
    assert read(text).parts == ()


def test_a_quotation_parts_the_text():
    made = read("前\n\n```quote\n港に\n霧笛\n```\n\n後\n")
    assert made.parts == (
        "<p>前</p>\n",
        Fenced("", "港に\n霧笛\n", Location("p.md", 12, 4, 5)),
        "<p>後</p>\n",
    )


@pytest.mark.parametrize(
    ("fence", "info", "width"),
    [
        ("```quote", "", 5),
        ("``` quote", "", 5),
        ("~~~~quote みなと", "みなと", 9),
        ("```quote　みなと", "みなと", 9),
        ("```quote  港 と 霧", "港 と 霧", 12),
    ],
)
def test_a_quotation_names_its_source(fence, info, width):
    marks = re.match("[`~]+", fence).group()
    (part,) = read(f"{fence}\n霧\n{marks}").parts
    assert (part.info, part.text) == (info, "霧\n")
    assert (part.place.line, part.place.column) == (10, fence.index("quote") + 1)
    assert part.place.width == width


def test_the_words_of_a_quotation_are_no_markdown():
    (part,) = read("```quote\n**霧** <b> [a](ftp://b) &amp; {{x}}\n\n# 港\n```").parts
    assert part.text == "**霧** <b> [a](ftp://b) &amp; {{x}}\n\n# 港\n"


def test_two_quotations_alike_have_their_own_places():
    made = read("```quote\na\n```\n\n```quote\na\n```")
    assert [part.place.line for part in made.parts] == [10, 14]


def test_a_word_that_begins_with_quote_is_code():
    assert "language-quotes" in html("```quotes\na\n```")


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("> ```quote\n> 霧\n> ```", (10, 6)),
        ("- 港\n\n  ```quote みなと\n  霧\n  ```", (12, 6)),
        ("1. > ~~~quote\n   > 霧\n   > ~~~", (10, 9)),
        ("a[^1]\n\n[^1]: b\n\n    ```quote\n    霧\n    ```", (14, 8)),
    ],
)
def test_a_quotation_within_a_block_is_told_and_shown_as_code(text, place):
    assert told(text) == [("nested-quote", *place, 5)]
    shown = "".join(read(text).parts)
    assert "<code>霧\n</code>" in shown


# ---------------------------------------------------------------- <!-- more -->


@pytest.mark.parametrize("mark", ["<!-- more -->", "<!--more-->", "<!-- more\n-->"])
def test_the_summary_is_what_stands_before_more(mark):
    made = read(f"前\n\n{mark}\n\n後")
    assert (made.summary_html, made.parts) == ("<p>前</p>\n", ("<p>前</p>\n<p>後</p>\n",))


def test_only_the_first_more_counts():
    assert read("一\n\n<!-- more -->\n\n二\n\n<!-- more -->\n\n三").summary_html == "<p>一</p>\n"


def test_a_summary_may_go_over_a_quotation():
    made = read("一\n\n```quote\nx\n```\n\n二\n\n<!-- more -->\n\n三")
    assert made.summary_html == "<p>一</p>\n<p>二</p>\n"


@pytest.mark.parametrize(
    "text", ["前\n\n<!-- mehr -->\n\n後", "前 <!-- more --> 後", "- <!-- more -->"]
)
def test_other_comments_end_no_summary(text):
    assert read(text).summary_html == ""


# ---------------------------------------------------------------- headings and ids


@pytest.mark.parametrize(
    ("typed", "levels"),
    [
        ([1], [2]),
        ([2, 3, 4], [2, 3, 4]),
        ([1, 4, 4, 2, 6], [2, 3, 4, 2, 3]),
        ([6, 6, 6, 6, 6, 6], [2, 3, 4, 5, 6, 6]),
        ([3, 1, 3], [2, 2, 3]),
    ],
)
def test_a_heading_is_never_deeper_than_one_more_than_the_one_before(typed, levels):
    made = read("\n\n".join(f"{'#' * level} 題{n}" for n, level in enumerate(typed)))
    assert [heading.level for heading in made.headings] == levels
    assert re.findall(r"<h(\d)", made.parts[0]) == [str(level) for level in levels]


def test_underlined_headings_are_headings():
    assert [one.level for one in read("港\n===\n\n霧\n---\n").headings] == [2, 2]


@pytest.mark.parametrize(
    ("text", "ids"),
    [
        ("# 港の夜", ["港の夜"]),
        ("# 港\n\n# 港\n\n# 港", ["港", "港-1", "港-2"]),
        ("# 港 {#minato}", ["minato"]),
        ("# minato\n\n# 港 {#minato}", ["minato-1", "minato"]),
        ("# a\n\n# a-1\n\n# a", ["a", "a-1", "a-2"]),
        ("# quote-1", ["quote-1-1"]),
        ("# main", ["main-1"]),
        ("# `code` と **強調**", ["code-と-強調"]),
        ("# !?", ["section"]),
        ("# か\u3099", ["が"]),
    ],
)
def test_a_heading_has_an_id_of_its_own(text, ids):
    made = read(text)
    assert [heading.id for heading in made.headings] == ids
    assert made.anchors == tuple(ids)


@pytest.mark.parametrize("text", ["# FN-2187", "# fnref-a", "# 港 {#fn-1}", "# fn-\n\n# fn-"])
def test_an_id_that_is_kept_for_notes_is_not_looked_for_in_vain(text):
    made = read(text)
    assert made.diagnostics == ()
    assert len({one.id for one in made.headings}) == len(made.headings) > 0
    assert not any(re.match("fn(ref)?-", one.id) for one in made.headings)


def test_the_contents_have_neither_links_nor_ids():
    made = read("# [港](a.md)の`夜`![絵](b.png)[^1] <span id=x>霧</span>\n\n[^1]: 注")
    assert made.headings == (Heading(2, "港の夜-霧", "港の<code>夜</code> <span>霧</span>"),)


# ---------------------------------------------------------------- links


def test_links_into_the_site_are_marks_in_their_order():
    made = read("[a](b.md) ![c](d.png) [e](#f) [g](/h/?i#j)", first_link=3)
    assert re.findall("\x02(\\d)\x03", made.parts[0]) == ["3", "4", "5", "6"]
    assert made.links == (
        Link("b.md", Location("p.md", 10, 5, 4)),
        Link("d.png", Location("p.md", 10, 16, 5)),
        Link("#f", Location("p.md", 10, 27, 2)),
        Link("/h/?i#j", Location("p.md", 10, 35, 7)),
    )


@pytest.mark.parametrize(
    ("text", "made"),
    [
        ("[a](https://b.jp/c)", '<a href="https://b.jp/c" rel="noopener">a</a>'),
        ("[a](//b.jp/c)", '<a href="//b.jp/c" rel="noopener">a</a>'),
        ("[a](mailto:b@c.jp)", '<a href="mailto:b@c.jp">a</a>'),
        (
            "<https://b.jp/港>",
            '<a href="https://b.jp/%E6%B8%AF" rel="noopener">https://b.jp/港</a>',
        ),
        (
            '[a](https://b.jp/ "題\\"")',
            '<a href="https://b.jp/" rel="noopener" title="題&quot;">a</a>',
        ),
        ("[a](https://例え.jp/)", '<a href="https://xn--r8jz45g.jp/" rel="noopener">a</a>'),
        ("[a](https://b.jp/?c=1&d=2)", '<a href="https://b.jp/?c=1&amp;d=2" rel="noopener">a</a>'),
    ],
)
def test_links_to_the_web_are_ready(text, made):
    assert html(text) == f"<p>{made}</p>\n"


@pytest.mark.parametrize(
    ("typed", "target"),
    [
        ("%E6%B8%AF%2520.md", "港%2520.md"),
        ("港'[a].md", "港'[a].md"),
        ("C%23.png", "C%23.png"),
        ("/search/?q=C%26C%2b%3D", "/search/?q=C%26C%2b%3D"),
        ("#:~:text=a%2Db%2Cc", "#:~:text=a%2Db%2Cc"),
        ("<a b.txt>", "a b.txt"),
    ],
)
def test_a_target_stays_as_typed_where_its_meaning_hangs_on_that(typed, target):
    (link,) = read(f"[a]({typed})").links
    assert link.target == target


def test_the_same_target_twice_has_two_places():
    made = read("[a](b.md) と [c](b.md)\n\n[d](b.md)")
    assert [(link.place.line, link.place.column) for link in made.links] == [
        (10, 5), (10, 17), (12, 5),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("info", "meant"),
    [
        ("Quote", "quote"),
        ("quote:みなと", "quote みなと"),
        ("quote：みなと", "quote みなと"),
        ("引用　みなと", "quote みなと"),
        ("QUOTE 夜 霧", "quote 夜 霧"),
    ],
)
def test_a_fence_that_was_meant_as_a_quotation_is_told(info, meant):
    (fault,) = read(f"論評。\n\n``` {info}\n霧。\n```").diagnostics
    assert (fault.code, fault.variant) == ("look-alike", "fence")
    assert fault.arguments == {"typed": info, "meant": meant}
    assert fault.location == Location("p.md", LINE + 2, 5, len(info))


@pytest.mark.parametrize("info", ["", "quoted", "quote-mail", "引用文", "text", "q"])
def test_another_fence_is_code(info):
    assert told(f"```{info}\n霧。\n```") == []


@pytest.mark.parametrize(
    "text",
    [
        "[補足]: 市の発表は四日だった。",
        "[1]: みなと新聞、2025.2.4付。",
        "[記者]: なぜですか。\n\n[船長]: 霧だからです。",
        "本文。\n[注]: 市報、12/3頁。",
        "> [補足]: 市の発表。",
    ],
)
def test_a_sentence_behind_a_label_is_text_and_no_target(text):
    bare = re.sub("<[^>]*>|\n", "", html(text))
    assert bare == text.removeprefix("> ").replace("\n", "")


@pytest.mark.parametrize(
    "typed",
    ["https://b.jp/港", "<https://b.jp/>", "/港/", "../港.md", "港.md#霧", "#霧", "夜/", "\n  /a/"],
)
def test_a_target_behind_a_label_is_one_of_links(typed):
    assert "<a " in "".join(read(f"[港][a]\n\n[a]: {typed}").parts)


def test_a_target_is_not_taken_for_the_words_of_the_link():
    (link,) = read("b.md は [b.md](b.md) にある").links
    assert (link.place.line, link.place.column) == (10, 15)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("[港](javascript:x)", "港"),
        ("![港](data:image/png;base64,x)", "港"),
        ("![港](mailto:a@b.jp)", "港"),
        ("[**港**](ftp://a.jp)", "<strong>港</strong>"),
        ("[港](java&#115;cript:x)", "港"),
    ],
)
def test_an_unsafe_link_is_told_and_leaves_its_text(text, shown):
    made = read(text)
    assert [one.code for one in made.diagnostics] == ["unsafe-link"]
    assert made.parts == (f"<p>{shown}</p>\n",)


# ---------------------------------------------------------------- images


def test_an_image_with_a_title_alone_is_a_figure():
    assert html('![霧の**港**](https://a.jp/b.png "港の *夜* <b>")') == (
        '<figure><img src="https://a.jp/b.png" alt="霧の港" loading="lazy" decoding="async">'
        "<figcaption>港の *夜* &lt;b&gt;</figcaption></figure>\n"
    )


@pytest.mark.parametrize(
    "text",
    ["![a](b.png)", '![a](b.png "c") 文', '文 ![a](b.png "c")', '![a](b.png "c") ![d](e.png "f")'],
)
def test_other_images_stay_in_their_paragraph(text):
    made = html(text)
    assert made.startswith("<p>")
    assert "<figure>" not in made


# ---------------------------------------------------------------- raw HTML

RAW = '<div onclick="x"><u>港</u></div>\n\n霧<u onclick="x">笛</u><script>x</script>'


def test_raw_html_is_sanitised():
    made = read(RAW)
    assert made.parts == ("<div><u>港</u></div>\n<p>霧<u>笛</u></p>\n",)
    assert told(RAW) == [
        ("raw-html-dropped", 10, 6, 7),
        ("raw-html-dropped", 12, 5, 7),
        ("raw-html-dropped", 12, 23, 6),
    ]


def test_the_source_of_a_raw_blockquote_is_encoded_as_an_address():
    made = html('<blockquote cite="https://a.jp/霧?b=[c]">夜</blockquote>')
    assert 'cite="https://a.jp/%E9%9C%A7?b=%5Bc%5D"' in made


def test_the_source_of_a_raw_blockquote_leads_nowhere_unsafe():
    raw = '<blockquote cite="javascript:x">夜</blockquote>'
    assert "cite" not in read(raw).parts[0]
    assert told(raw) == [("raw-html-dropped", 10, 13, 4)]


def test_raw_html_is_escaped():
    made = html(RAW, raw_html="escape")
    assert "<div" not in made
    assert "<u" not in made
    assert made.startswith("<p>&lt;div onclick=")


def test_raw_html_is_trusted():
    assert html(RAW, raw_html="trust") == f"{RAW.replace(chr(10) * 2, chr(10) + '<p>')}</p>\n"


@pytest.mark.parametrize(
    "forged",
    [
        "<div>&#2;9&#3;</div>",
        "<div>&#x2;9&#X03;</div>",
        "<div>&#2 9&#3 </div>",
        "<div>&#&#2;2;9&#&#3;3;</div>",
        f"<div>&#{'0' * 9000}2;9&#3;</div>",
        f"<div>&#{'9' * 9000};</div>",
        f"[a](&#{'9' * 9000};)",
        f"<a href='&amp;#{'9' * 9000};'>a</a>",
        '<a href="&#2;9&#3;">a</a>',
        '<img src="&#2;9&#3;" alt="&#2;9&#3;">',
        "a <b>&#2;9&#3;</b>",
        '<div title="&#27;">&#12;&#x81;&#xffff;</div>',
    ],
)
@pytest.mark.parametrize("raw_html", ["sanitize", "escape", "trust"])
def test_raw_html_forges_no_link_mark_and_no_other_control(forged, raw_html):
    made = read(forged, raw_html=raw_html)
    marks = "".join(f"\x02{number}\x03" for number in range(len(made.links)))
    (part,) = made.parts
    assert _CONTROL.findall(part) == _CONTROL.findall(marks)
    assert _CONTROL.findall(text.plain(part)) == []


_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ufffe\uffff]")


def test_references_of_raw_html_to_characters_are_kept():
    assert html("<div>&#65;&#x1F6A2;&#60;&#9;&#x80;</div>") == "<div>A🚢&lt;\t€</div>\n"


@pytest.mark.parametrize("raw_html", ["sanitize", "escape", "trust"])
def test_text_and_code_are_escaped_once_in_every_setting(raw_html):
    made = html("a & b &amp; &lt;c&gt; `<d> &amp;`\n\n    <e>", raw_html=raw_html)
    assert made.startswith("<p>a &amp; b &amp; &lt;c&gt; <code>&lt;d&gt; &amp;amp;</code></p>")
    assert "<e>" not in made


def test_links_of_raw_html_are_links():
    made = read('<a href="b.md">a</a> <img src="c.png" alt="d">')
    assert [(link.target, link.place.line, link.place.column) for link in made.links] == [
        ("b.md", 10, 10), ("c.png", 10, 32),
    ]  # fmt: skip


@pytest.mark.parametrize(
    "text",
    [
        '<a href="javascript:x">a</a>',
        '<img src="javascript:x" alt="a">',
        '<a href="data:text/html,x">a</a>',
        '<a href="ftp://a.jp/">a</a>',
    ],
)
def test_what_is_dropped_of_raw_html_is_never_dropped_in_silence(text):
    made = read(text)
    assert "javascript" not in made.parts[0]
    assert made.diagnostics != ()


@pytest.mark.parametrize(
    "text", ["前\n\n<!-- 注\n\n後", "<div>\n<!-- 注\n\n後", "前\n\n<?注\n\n後"]
)
def test_a_text_that_is_swallowed_is_told_where_that_begins(text):
    made = read(text)
    assert "後" not in made.parts[0]
    (fault,) = made.diagnostics
    assert (fault.code, fault.variant) == ("raw-html-dropped", "unclosed")
    assert fault.location.line == read("<x>").diagnostics[0].location.line + text.count("\n") - 2


def test_a_part_closes_what_it_opens():
    made = read("<div>\n\n```quote\nx\n```\n\n</div>\n\n後")
    assert made.parts[0].count("<div>") == made.parts[0].count("</div>") == 1
    assert "</div>" not in made.parts[2]


# ---------------------------------------------------------------- footnotes


def test_a_link_to_a_heading_is_no_link_to_a_note_because_of_its_first_letters():
    assert [link.target for link in read('<a href="#fnord">a</a> [^1]\n\n[^1]: b').links] == [
        "#fnord"
    ]


def test_the_ids_of_notes_have_the_prefix_and_are_unique():
    made = read("a[^1] b[^1] c[^霧]\n\n[^1]: 一\n[^霧]: 二\n", prefix="港")
    ids = re.findall(r' id="([^"]*)"', made.parts[0])
    assert ids == ["fnref-港-1", "fnref-港-1-2", "fnref-港-2", "fn-港-1", "fn-港-2"]
    hrefs = re.findall(r'href="#([^"]*)"', made.parts[0])
    assert set(hrefs) == {
        "fn-%E6%B8%AF-1", "fn-%E6%B8%AF-2", "fnref-%E6%B8%AF-1", "fnref-%E6%B8%AF-2",
    }  # fmt: skip


def test_notes_stand_at_the_end_in_the_order_of_their_references():
    (made,) = read("a[^b] c[^d]\n\n[^d]: 二\n[^b]: 一\n[^x]: 誰も呼ばない\n").parts
    assert made.index("一") < made.index("二")
    assert "誰も呼ばない" not in made


def test_a_note_may_hold_notes():
    made = html("a[^b]\n\n[^b]: 一[^c]\n[^c]: 二\n")
    assert made.count("<li id=") == 2


def test_a_reference_to_no_note_is_text():
    assert html("a[^b]") == "<p>a[^b]</p>\n"


def test_a_note_follows_the_last_quotation():
    made = read("a[^1]\n\n```quote\nx\n```\n\n[^1]: 注")
    assert 'class="footnotes"' in made.parts[2]


# ---------------------------------------------------------------- places


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("[a](ftp://x)", (10, 5)),
        ("霧\n港 [a](ftp://x)", (11, 7)),
        ("- 霧\n  - 港\n    - [a](ftp://x)", (12, 11)),
        ("1. 霧\n\n   港 [a](ftp://x)", (12, 10)),
        ("> 霧\n> > 港\n> > [a](ftp://x)", (12, 9)),
        ("> - 霧\n>   - [a](ftp://x)", (11, 11)),
        ("霧[^1]\n\n[^1]: 注 [a](ftp://x)", (12, 13)),
        ("霧[^1]\n\n[^1]: 注\n\n    港 [a](ftp://x)", (14, 11)),
        ("[a][b]\n\n港\n\n[b]: ftp://x", (14, 6)),
        ("[a][b]\n\n港\n\n[b]: <ftp://x>", (14, 7)),
        ("| a | b |\n|---|---|\n| c | [d](ftp://x) |", (12, 11)),
        ("# 霧\n\n## [a](ftp://x)", (12, 8)),
        ("```\n[a](ftp://x)\n```\n\n[a](ftp://x)", (14, 5)),
        ("ftp://x と [a](ftp://x)", (10, 15)),
        ("[a](<ftp://x> '題')", (10, 6)),
        ("*[a](ftp://x)*", (10, 6)),
        ("[ftp://x](ftp://x)", (10, 11)),
    ],
)
def test_an_unsafe_link_is_found_wherever_it_stands(text, place):
    assert told(text) == [("unsafe-link", *place, 7)]


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("霧\n\n<blink>x</blink>", (12, 2)),
        ("- 霧\n  - <blink>x</blink>", (11, 6)),
        ("> 霧\n>\n> <blink>x</blink>", (12, 4)),
        ("霧[^1]\n\n[^1]: <blink>x</blink>", (12, 8)),
        ("<div>\n<p>\n<blink>x</blink>\n</p>\n</div>", (12, 2)),
        ("`<blink>`\n\n<blink>x</blink>", (12, 2)),
        ("霧 <BLINK>x</BLINK>", (10, 4)),
        ("xFrame <Frame>x", (10, 9)),
    ],
)
def test_html_that_is_dropped_is_found_wherever_it_stands(text, place):
    assert told(text) == [("raw-html-dropped", *place, 5)]


def test_each_fault_has_its_own_place():
    text = "[a](ftp://x)\n\n- [b](ftp://x)\n- [c](ftp://x)\n\n> [d](ftp://x)"
    assert [line for _, line, *_ in told(text)] == [10, 12, 13, 15]


@pytest.mark.parametrize(
    "target", ["b.md", "%E6%B8%AF.md", "港.md", "b.md?c=1&d=2", "b.md?c=1&amp;d=2", "b\\_c.md"]
)
def test_a_target_is_found_as_it_was_typed(target):
    """However it is encoded or escaped: the line is exact, at the least."""
    (link,) = read(f"霧の\n[a]({target})").links
    assert link.place.line == 11


# ---------------------------------------------------------------- what Japanese authors type


@pytest.mark.parametrize(
    ("text", "made"),
    [
        ("１. 港", "<p>１. 港</p>\n"),
        ("　港の夜", "<p>　港の夜</p>\n"),
        ("港。\n　夜。", "<p>港。<br>\n　夜。</p>\n"),
        ("港の{{ 夜 }}と{% 霧 %}", "<p>港の{{ 夜 }}と{% 霧 %}</p>\n"),
        ("港  \n　夜", "<p>港<br>\n　夜</p>\n"),
    ],
)
def test_full_width_signs_are_letters(text, made):
    assert html(text) == made


def test_a_note_needs_no_blank_behind_its_colon():
    assert "注" in html("霧[^1]\n\n[^1]:注")


@pytest.mark.parametrize(
    "text",
    ["- 霧[^1]\n\n  [^1]: 注\n", "- 霧[^1]\n  [^1]:注\n- 港", "> 霧[^1]\n>\n> [^1]: 注\n"],
)
def test_a_note_may_stand_in_a_list_or_a_quote(text):
    made = html(text)
    assert ">注 <a" in made
    assert "[^1]" not in made


def test_an_entity_is_one_beside_markup():
    assert html("**霧**&hellip;&Hat; &hearts;").startswith("<p><strong>霧</strong>…^ ♥</p>")


@pytest.mark.parametrize(
    ("text", "note"),
    [
        ("[^1]: 霧\n\n    　港", "<p>霧</p>\n<p>　港 "),
        ("[^1]: - 霧\n    - 港\n      - 夜", "<li>港<ul>\n<li>夜</li>"),
        ("[^1]: ```\n    a\n      b\n    ```", "<code>a\n  b\n</code>"),
        ("[^1]:\n    霧\n    港", "<p>霧港 "),
        ("[^1]: # 霧", "<p># 霧 "),
    ],
)
def test_the_lines_of_a_note_keep_their_shape(text, note):
    assert note in html(f"夜[^1]\n\n{text}\n")


# ---------------------------------------------------------------- a few words


def test_a_few_words_have_their_place_from_where_they_stand():
    place = Location("p.md", 5, 9, 3)
    made, links, faults = markdown.inline(
        "p.md", "港を[直した](a.md)。\n\n[b](ftp://c)", place, first_link=2, raw_html="sanitize"
    )
    assert made == '港を<a href="\x022\x03">直した</a>。<br>b'
    assert links == (Link("a.md", place),)
    assert [(fault.code, fault.location) for fault in faults] == [("unsafe-link", place)]


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("港。\n\n- 霧\n- 船\n\n# 夜", ["- 霧", "# 夜"]),
        ("```quote\n霧\n```", ["```quote"]),
        ("> 霧", ["> 霧"]),
        ("|霧|\n|-|\n|船|", ["|霧|"]),
        ("<div>霧</div>", ["<div>霧</div>"]),
        ("霧[^1]\n\n[^1]: 注\n[^b]: 船", ["[^1]", "[^b]"]),
    ],
)
def test_what_is_no_paragraph_is_told(text, lines):
    place = Location("p.md", 5, 9, 3)
    *_, faults = markdown.inline("p.md", text, place, first_link=0, raw_html="trust")
    told = [(one.code, one.location, one.arguments["line"]) for one in faults]
    assert told == [("update-block", place, line) for line in lines]


def test_a_picture_with_a_title_is_among_the_words():
    made, *_ = markdown.inline(
        "p.md", '![港](a.png "夜")', Location("p.md", 5), first_link=0, raw_html="trust"
    )
    assert made.startswith('<img src="\x020\x03"')


# ---------------------------------------------------------------- what would take too long

HOSTILE = [
    (">" * 5_000, ["depth"]),
    (">" * 50_000, ["line", "depth"]),
    ("[" * 50_000, ["line"]),
    ("[" * 3_000, ["brackets"]),
    ("*a " * 10_000, ["line"]),
    ("*a_" * 3_000 + "b" + "_c*" * 3_000, ["emphasis"]),
    ("*a " * 900 + "b* " * 900, []),
    ("**a " * 900 + "b** " * 900, ["emphasis"]),
    ("# a" + " " * 10_000 + "b", ["heading"]),
    ("[a]: /" + "u" * 1_900 + "\n\n" + "[a]" * 3_000, ["brackets"]),
    (("[a] " * 300 + "\n\n") * 20 + "[a]: /?" + "b" * 1_900, ["references"]),
    (("[a] " * 300 + "\n\n") * 2 + "[a]: https://e.jp/" + "b" * 1_400, ["output"]),
    ("a" + "\n" * 100_000 + "b", ["blank-lines"]),
    ("- x\n" * 50_000, ["list"]),
    ("- x\n\n" * 50_000, ["list"]),
    ("- > " * 3_000 + "x", ["depth"]),
    ("> - " * 3_000 + "x", ["depth"]),
    ("[a](" * 5_000, ["brackets"]),
    ("[^a" * 5_000, ["brackets"]),
    ("<![CDATA[" * 5_000, ["line"]),
    ("<a " * 5_000, ["brackets"]),
    ("~~a" * 3_000, ["emphasis"]),
    ("[^a]\n\n[^a]: x[^a]", []),
    ("[^a]\n\n[^a]: x[^b]\n[^b]: y[^a]", []),
    ("[^0]\n\n" + "".join(f"[^{i}]: x[^{i + 1}]\n" for i in range(2_000)), []),
    ("|" + "a|" * 3_000 + "\n|" + "-|" * 3_000, []),
    ("|a|b|\n|-|-|\n" + "|c|d|\n" * 10_000, []),
    ("".join("`" * i + "a" for i in range(150)), []),
    ("&#x41;" * 3_000, []),
    ("\\" * 15_000, []),
    ("-" * 15_000, []),
    ("```quote\n" * 3_000, []),
    ("霧\n" * 20_000, []),
    ("<div>\n" * 3_000, []),
    ("<!--" * 3_000, []),
    ("\x00\x01\x02", []),
]


@pytest.mark.parametrize(("text", "variants"), HOSTILE, ids=range(len(HOSTILE)))
def test_a_hostile_text_comes_to_an_end(text, variants):
    """By a guard or by itself, never by the clock: `time` would be among the variants."""
    found = [one.variant for one in read(text).diagnostics if one.code == "too-complex"]
    assert found == variants


def test_a_paragraph_that_is_too_much_is_left_as_it_is_and_the_rest_is_read():
    made = read("*港*\n\n" + "[霧" * 2_001 + "\n\n*夜*")
    assert "<em>港</em>" in made.parts[0]
    assert "<em>夜</em>" in made.parts[0]
    assert "[霧" * 2_001 in made.parts[0]
    assert told("*港*\n\n" + "[霧" * 2_001)[0][:2] == ("too-complex", 12)


def test_as_many_links_as_a_list_may_have_take_no_more_time_than_there_is():
    listed = "\n".join(f"- [霧{number}](../02/{number}.md)" for number in range(5_000))
    assert len(read(listed).links) == 5_000


def test_the_emphasis_of_many_paragraphs_adds_up():
    text = "\n\n".join(["*a " * 1_000] * 25)
    faults = [(one.variant, one.location.line) for one in read(text).diagnostics]
    assert faults == [("emphasis", 10 + 2 * paragraph) for paragraph in range(20, 25)]


def test_every_item_of_a_list_that_is_too_deep_is_still_shown():
    text = "".join(f"{'  ' * level}- x{level}\n" for level in range(40))
    shown = "".join(part for part in read(text).parts if isinstance(part, str))
    assert [f"x{level}" in shown for level in range(40)] == [True] * 40


def test_the_last_net_is_told(monkeypatch):
    monkeypatch.setattr(guards, "SECONDS", 0.005)
    made = read("*霧*\n" * 900 + "霧\n" * 19_000)
    assert [(one.code, one.variant) for one in made.diagnostics] == [("too-complex", "time")]
    assert made.parts == ()


def nested(levels, mark="- "):
    """A list in a list, so many `levels` deep, each with a word."""
    return "".join(f"{'  ' * level}{mark}霧{level}\n" for level in range(levels))


@pytest.mark.parametrize(
    ("text", "line"),
    [
        (nested(20), None),
        (nested(21), 21),
        (f"港。\n\n{nested(25)}\n港。\n", 23),
        (f"- 霧20\n\n港。\n\n{nested(21)}", 25),
        ("- " * 21 + "霧", 1),
        ("> " * 21 + "霧", 1),
        (f"{nested(20)}{'  ' * 20}> 霧", 21),
        (f"{nested(20)}{'  ' * 20}霧 - 笛", None),
    ],
)
def test_what_is_nested_deeper_than_is_read_is_told(text, line):
    found = markdown.document("p.md", text, 1, prefix="n", raw_html="sanitize").diagnostics
    assert [(one.code, one.variant, one.location.line) for one in found] == (
        [("too-complex", "depth", line)] if line else []
    )


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("```quote\n引用。\n```", []),
        ("```quote\n引用。\n```\n\n論評。", []),
        ("````quote\n```\n引用。\n`````  \n", []),
        ("~~~quote\n引用。\n~~~", []),
        ("```quote\n引用。\n\n論評。", ["quote-unclosed"]),
        ("````quote\n引用。\n```\n", ["quote-unclosed"]),
        ("論評。\n\n```quote", ["quote-unclosed"]),
    ],
)
def test_a_quotation_that_is_never_closed_is_told(typed, told):
    made = markdown.document("p.md", typed, 1, prefix="p", raw_html="sanitize")
    assert [fault.code for fault in made.diagnostics] == told


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("船は進む。\n---\n", [(11, 1, 3)]),
        ("船は---進み\n止まる\n -----\n", [(12, 2, 5)]),
        ("船は\n進む\n===\n\n止まる。\n---\n", [(12, 1, 3), (15, 1, 3)]),
        ("見出し\n---\n", []),
        ("船は進む。\n\n---\n\n止まる。\n", []),
        ("## 船は進む。\n", []),
    ],
)
def test_sentences_that_a_line_below_makes_a_heading_are_told(typed, told):
    found = [fault for fault in read(typed).diagnostics if fault.code == "underlined-text"]
    places = [fault.location for fault in found]
    assert [(place.line, place.column, place.width) for place in places] == told
