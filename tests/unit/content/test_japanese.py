"""Ruby, dots, bare URLs and joined lines, as they come out of a whole document."""

import re

import pytest

from sitegen import ruby
from sitegen.content import markdown


def made(text):
    document = markdown.document("p.md", text, 1, prefix="p", raw_html="sanitize")
    return document.parts[0].strip(), document.diagnostics


def paragraph(text):
    html, _ = made(text)
    return re.sub(r' rel="noopener"', "", html).removeprefix("<p>").removesuffix("</p>")


def link(url):
    return f'<a href="{url}">{url}</a>'


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("夜の海\n灯台", "夜の海灯台"),
        ("霧、\n港", "霧、港"),
        ("「夜\n」と", "「夜」と"),
        ("ｶﾓﾒ\nの声", "ｶﾓﾒの声"),
        ("AI\n港湾", "AI港湾"),
        ("港湾\nAI", "港湾AI"),
        ("12\n月", "12月"),
        ("（注）\n(note)", "（注）(note)"),
        ("…\n続く", "…続く"),
        ("🚢\nです", "🚢です"),
        ("Harbour\nlight", "Harbour\nlight"),
        ("항구의\n등대", "항구의\n등대"),
        ("항구\nHarbour", "항구\nHarbour"),
        ("항구\n港", "항구港"),
        ("**夜**\n海", "<strong>夜</strong>海"),
        ("夜\n**海**", "夜<strong>海</strong>"),
        ("夜\n***海***", "夜<em><strong>海</strong></em>"),
        ("~~夜~~\n海", "<del>夜</del>海"),
        ("`夜`\n海", "<code>夜</code>海"),
        ("夜\n`code`", "夜<code>code</code>"),
        ("｜夜《よる》\n海", "<ruby>夜<rp>（</rp><rt>よる</rt><rp>）</rp></ruby>海"),
        ("**night\nsea**", "<strong>night\nsea</strong>"),
        ("**夜\n海**", "<strong>夜海</strong>"),
        ("・夜\n・海", "・夜<br>\n・海"),
        ("①夜\n②海", "①夜<br>\n②海"),
        ("（1）夜\n（2）海", "（1）夜<br>\n（2）海"),
        ("１．夜\n２．海", "１．夜<br>\n２．海"),
        ("夜は\n2.5倍", "夜は2.5倍"),
        ("夜  \n海", "夜<br>\n海"),
        ("夜\\\n海", "夜<br>\n海"),
        ("　夜\n　海", "　夜<br>\n　海"),
        ("葛\U000e0100\nAI", "葛\U000e0100AI"),
        ("⛴\ufe0f\nAI", "⛴\ufe0f\nAI"),
        ("人工知能\n（AI）は", "人工知能（AI）は"),
        ("･夜\n･海", "･夜<br>\n･海"),
        ("㉑夜\n㉒海", "㉑夜<br>\n㉒海"),
        ("夜の\n㈱海", "夜の㈱海"),
        ("［1］夜\n【A】海\n（ロ）港", "［1］夜<br>\n【A】海<br>\n（ロ）港"),
        ("Ⅰ　夜\nⅡ　海", "Ⅰ　夜<br>\nⅡ　海"),
        ("夜の\nⅡ型", "夜のⅡ型"),
        ("㈜\n등대", "㈜\n등대"),
    ],
)
def test_lines_are_joined_where_japanese_goes_on(text, html):
    assert paragraph(text) == html


def test_the_lines_of_an_alternative_text_are_joined():
    assert 'alt="夜海"' in made("![夜\n海](a.png)\nと")[0]


def test_a_note_between_two_lines_is_looked_through():
    html, _ = made("夜[^1]\n海\n\n[^1]: 注\n")
    assert "</sup>海</p>" in html


def test_a_note_on_a_line_of_its_own_leaves_no_blank():
    assert "夜<sup" in made("夜\n[^1]\n\n[^1]: 注\n")[0]
    html, _ = made("夜\n[^1]\n海\n\n[^1]: 注\n")
    assert "\n" not in html.partition("</p>")[0]


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("｜霧笛《むてき》が", "<ruby>霧笛<rp>（</rp><rt>むてき</rt><rp>）</rp></ruby>が"),
        ("|霧笛《むてき》が", "<ruby>霧笛<rp>（</rp><rt>むてき</rt><rp>）</rp></ruby>が"),
        ("{霧笛|むてき}が", "<ruby>霧笛<rp>（</rp><rt>むてき</rt><rp>）</rp></ruby>が"),
        (
            "{霧笛|む|てき}が",
            "<ruby>霧<rp>（</rp><rt>む</rt><rp>）</rp>笛<rp>（</rp><rt>てき</rt><rp>）</rp></ruby>が",
        ),
        ("{AI|エーアイ}", "<ruby>AI<rp>（</rp><rt>エーアイ</rt><rp>）</rp></ruby>"),
        ("{霧笛|む|て|き}", "{霧笛|む|て|き}"),
        ("{{ 霧 | 笛 }}", "{{ 霧 | 笛 }}"),
        ("{{霧|笛}}", "{{霧|笛}}"),
        ("{% 霧|笛 %}", "{% 霧|笛 %}"),
        ("{a|b}", "{a|b}"),
        ("霧笛《むてき》", "霧笛《むてき》"),
        ("《注》です", "《注》です"),
        ("`{霧|きり}`", "<code>{霧|きり}</code>"),
        ("《《ここ》》を読む", '<em class="sesame">ここ</em>を読む'),
        ("{夜の 海|よるの うみ}", "<ruby>夜の 海<rp>（</rp><rt>よるの うみ</rt><rp>）</rp></ruby>"),
        ("{ 夜|よる }", "{ 夜|よる }"),
        ("題 | 映画《灯台》", "題 | 映画《灯台》"),
        ("速報｜夜の港、《灯台》が", "速報｜夜の港、《灯台》が"),
        ("｜霧&amp;夜《a&lt;b》", "<ruby>霧&amp;夜<rp>（</rp><rt>a&lt;b</rt><rp>）</rp></ruby>"),
        ("**｜霧《きり》**", "<strong><ruby>霧<rp>（</rp><rt>きり</rt><rp>）</rp></ruby></strong>"),
    ],
)
def test_ruby_and_dots_are_read(text, html):
    assert paragraph(text) == html


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("｜霧笛《むてき》と{港|みなと}", "霧笛と港"),
        ("{霧笛|む|てき}", "霧笛"),
        ("《《ここ》》", "ここ"),
        ("{霧笛|む|て|き}", "{霧笛|む|て|き}"),
        ("《注》と{{a|b}}", "《注》と{{a|b}}"),
    ],
)
def test_ruby_is_stripped_from_plain_text(text, plain):
    assert ruby.unruby(text) == plain


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("引用元https://a.test/b、次", f"引用元{link('https://a.test/b')}、次"),
        ("「https://a.test/b」と", f"「{link('https://a.test/b')}」と"),
        ("（https://a.test/b）と", f"（{link('https://a.test/b')}）と"),
        ("(https://a.test/b)と", f"({link('https://a.test/b')})と"),
        ("https://a.test/b_(c)、", f"{link('https://a.test/b_(c)')}、"),
        ("https://a.test/b…", f"{link('https://a.test/b')}…"),
        ("https://a.test/b。", f"{link('https://a.test/b')}。"),
        ("https://a.test/b.", f"{link('https://a.test/b')}."),
        ("https://a.test/b　次", f"{link('https://a.test/b')}　次"),
        ("**https://a.test/**", f"<strong>{link('https://a.test/')}</strong>"),
        ("http://港.test/", "http://港.test/"),
        ("http://[2001:db8::1]:8000/b、", link("http://[2001:db8::1]:8000/b").join(["", "、"])),
        ("Https://a.test/です。", '<a href="https://a.test/">Https://a.test/</a>です。'),
        (
            "https://a.test/b[1]を。",
            '<a href="https://a.test/b%5B1%5D">https://a.test/b[1]</a>を。',
        ),
        ("[https://a.test/b]", f"[{link('https://a.test/b')}]"),
        ("https://a.test/?b=1&amp;c=2", link("https://a.test/?b=1&amp;c=2")),
        ("https://a.test/?b=1&copy=2", link("https://a.test/?b=1&amp;copy=2")),
        ("a**https://a.test/b**", f"a<strong>{link('https://a.test/b')}</strong>"),
        ("https://", "https://"),
        ("`https://a.test/`", "<code>https://a.test/</code>"),
        ("https://a.test/?b=1&c=2", link("https://a.test/?b=1&amp;c=2")),
        ("[港](https://a.test/港)", '<a href="https://a.test/%E6%B8%AF">港</a>'),
        ("<https://a.test/港>", '<a href="https://a.test/%E6%B8%AF">https://a.test/港</a>'),
        ("[https://a.test/](https://b.test/)", '<a href="https://b.test/">https://a.test/</a>'),
    ],
)
def test_a_bare_url_ends_before_japanese(text, html):
    assert paragraph(text) == html


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("https://a.test/港", ["url-cut"]),
        ("https://a.test/bをご覧", ["url-cut"]),
        ("https://a.test/b、次", []),
        ("https://a.test/b.港", []),
        ("<https://a.test/港>", []),
        ("https://a.test/b 港", []),
    ],
)
def test_a_url_that_a_letter_cuts_is_told(text, codes):
    assert [fault.code for fault in made(text)[1]] == codes


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("１. 夜\n２. 海", "<p>１. 夜<br>\n２. 海</p>"),
        ("1. 夜\n2. 海", "<ol>\n<li>夜</li>\n<li>海</li>\n</ol>"),
        ("夜の\n２０２５. 年", "<p>夜の２０２５. 年</p>"),
        ("\"夜\"と'海'---...", "<p>\"夜\"と'海'---...</p>"),
    ],
)
def test_what_was_typed_in_full_width_stays_text(text, html):
    assert made(text)[0] == html


def test_a_title_has_its_ruby_in_the_heading_alone(project, post):
    project.write("content/posts/2025-02-04-a.md", post("｜霧笛《むてき》と灯台"))
    assert project.build().code == 0
    page = project.output("2025/02/a/index.html")
    assert '<h1 class="p-name"><ruby>霧笛<rp>（</rp><rt>むてき</rt><rp>）</rp></ruby>と' in page
    assert "<title>霧笛と" in page
    assert "《" not in project.output("atom.xml") + project.output("index.html")
