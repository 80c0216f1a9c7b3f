"""Emphasis beside Japanese: the seven rules of the amendment, and CommonMark's where it is silent.

In what is expected `<b>` is strong and `<i>` is emphasis; links, images and notes are bare tags.
"""

import re
import unicodedata

import pytest

from sitegen.content import emphasis, markdown

_NOTE = "\n\n[^1]: 注\n"
_OF_OTHERS = {"unpaired-bracket", "look-alike", "half-width-kana"}  # proof-reading, not emphasis
_SHORT = (
    (r"<(/?)strong>", r"<\1b>"),
    (r"<(/?)em>", r"<\1i>"),
    (r'<sup class="footnote-ref">.*?</sup>', "<note>"),
    (r"<(a|img) [^>]*>", r"<\1>"),
)


def shown(text):
    """The one paragraph of `text`, its tags in short."""
    typed = text + _NOTE if "[^1]" in text else text
    made = markdown.document("p.md", typed, 1, prefix="p", raw_html="sanitize")
    assert {fault.code for fault in made.diagnostics} <= _OF_OTHERS
    html = made.parts[0].partition('<section class="footnotes"')[0].strip()
    assert html.startswith("<p>"), "no paragraph"
    assert html.endswith("</p>"), "no paragraph"
    for long, short in _SHORT:
        html = re.sub(long, short, html)
    return html[3:-4]


BESIDE_CJK = [  # rule 6: a star beside a CJK character opens and closes whatever else is there
    ("**「霧」**が出た", "<b>「霧」</b>が出た"),
    ("港は**静か。**船は", "港は<b>静か。</b>船は"),
    ("**（夜）**に着く", "<b>（夜）</b>に着く"),
    ("今夜は**『灯台』**を読む", "今夜は<b>『灯台』</b>を読む"),
    ("*『灯台』*を読む", "<i>『灯台』</i>を読む"),
    ("**50%**引き", "<b>50%</b>引き"),
    ("**50％**引き", "<b>50％</b>引き"),
    ("**C#**で書く", "<b>C#</b>で書く"),
    ("**海、**そして", "<b>海、</b>そして"),
    ("**本当?**と聞く", "<b>本当?</b>と聞く"),
    ("**本当？**と聞く", "<b>本当？</b>と聞く"),
    ("*本当!*と聞く", "<i>本当!</i>と聞く"),
    ("**…**と黙る", "<b>…</b>と黙る"),
    ("彼は**—と**言う", "彼は<b>—と</b>言う"),
    ("港**“霧”**の夜", "港<b>“霧”</b>の夜"),
    ("港の**(a)**へ", "港の<b>(a)</b>へ"),
    ("港の**(a)** b", "港の<b>(a)</b> b"),
    ("say **「hi」**now", "say <b>「hi」</b>now"),
    ("港**「a」**b", "港<b>「a」</b>b"),
    ("港**・**霧", "港<b>・</b>霧"),
    ("**【速報】**港", "<b>【速報】</b>港"),
    ("**¥100**の切符", "<b>¥100</b>の切符"),
    ("**→**へ進む", "<b>→</b>へ進む"),
    ("港**$5**b", "港<b>$5</b>b"),
    ("**港〜**霧", "<b>港〜</b>霧"),
    ("**リリース (RC)**という", "<b>リリース (RC)</b>という"),
    ("**ー**を伸ばす", "<b>ー</b>を伸ばす"),
    ("**々**は", "<b>々</b>は"),
    ("港*「*霧", "港<i>「</i>霧"),
    ("**(a)**ｶ", "<b>(a)</b>ｶ"),
    ("**｢ｱ｣**b", "<b>｢ｱ｣</b>b"),
    ("**(a)**Ａ", "<b>(a)</b>Ａ"),
    ("**(a)**ㄅ", "<b>(a)</b>ㄅ"),
    ("**(a)**ꀀ", "<b>(a)</b>ꀀ"),
    ("**“港口”**很美", "<b>“港口”</b>很美"),
    ("他说**“好”**。", "他说<b>“好”</b>。"),
    ("**《海》**是", "<b>《海》</b>是"),
    ("**(a)**\U00020bb7", "<b>(a)</b>\U00020bb7"),
    ("\U00020bb7**(a)** b", "\U00020bb7<b>(a)</b> b"),
    ("**「\U00029e3d」**を", "<b>「\U00029e3d」</b>を"),
    ("**(a)**\U00030edd", "<b>(a)</b>\U00030edd"),
    ("**(a)**\U00017000", "<b>(a)</b>\U00017000"),
    ("**(a)**\U0001b002", "<b>(a)</b>\U0001b002"),
]
KOREAN = [
    ("여기 **(서울)**에서", "여기 <b>(서울)</b>에서"),
    ('**"부산"**은', '<b>"부산"</b>은'),
    ("서울**'항구'**에", "서울<b>'항구'</b>에"),
    ("**항구,**그리고", "<b>항구,</b>그리고"),
    ("*항구!*라고", "<i>항구!</i>라고"),
    ("**(a)**\u1112", "<b>(a)</b>\u1112"),
    ("**(a)**\u1161", "<b>(a)</b>\u1161"),
    ("**(a)**\ud7b0", "<b>(a)</b>\ud7b0"),
    ("_서울_은", "_서울_은"),
    ("서울의 _항구_.", "서울의 <i>항구</i>."),
]
NO_CJK = [  # CommonMark's own rule stays where no CJK character is near
    ("a**b**c", "a<b>b</b>c"),
    ("a*b*c", "a<i>b</i>c"),
    ("see**(a)**now", "see**(a)**now"),
    ("**(a)**now", "**(a)**now"),
    ("**(a)** now", "<b>(a)</b> now"),
    ("a**→**b", "a**→**b"),
    ("a**$5**b", "a**$5**b"),
    ("**$5**b", "<b>$5</b>b"),
    ("**a”**b", "**a”**b"),
    ("**a…**b", "**a…**b"),
    ("**a·**b", "**a·**b"),
    ("**«да»**и", "**«да»**и"),
    ("**да**и", "<b>да</b>и"),
    ("**é!**è", "**é!**è"),
]
BLANKS = [  # rule 4: a blank on one side decides alone, the full-width one too
    ("**霧　**の", "**霧　**の"),
    ("**　霧**の", "**　霧**の"),
    ("港　**「霧」**　が", "港　<b>「霧」</b>　が"),
    ("**「霧」**　が", "<b>「霧」</b>　が"),
    ("港　*霧*　が", "港　<i>霧</i>　が"),
    ("これは** 霧 **です", "これは** 霧 **です"),
    ("これは**霧 **です", "これは**霧 **です"),
    ("**「霧」\u00a0**の", "**「霧」\u00a0**の"),
    ("**「霧」\u2003**の", "**「霧」\u2003**の"),
    ("**(a)\u200b**の", "<b>(a)\u200b</b>の"),
    ("**(a)\u200b**b", "<b>(a)\u200b</b>b"),
    ("**「霧」**\nの", "<b>「霧」</b>の"),
    ("港\n**「霧」**が", "港<b>「霧」</b>が"),
    ("**「霧」**  \nが", "<b>「霧」</b><br>\nが"),
    ("**霧", "**霧"),
    ("霧**", "霧**"),
    ("＊＊霧＊＊", "＊＊霧＊＊"),
]
UNDERSCORES = [  # rule 5: never within a word, and a CJK text is one word
    ("これは__港__です", "これは__港__です"),
    ("_「霧」_が", "_「霧」_が"),
    ("__「霧」__が", "__「霧」__が"),
    ("__「霧」__。", "<b>「霧」</b>。"),
    ("「__港__」", "「<b>港</b>」"),
    ("「_a_」", "「<i>a</i>」"),
    ("(_a_)", "(<i>a</i>)"),
    ("_a_b", "_a_b"),
    ("a_b_", "a_b_"),
    ("snake_case_name", "snake_case_name"),
    ("_港_ の", "<i>港</i> の"),
    ("_港_、霧", "<i>港</i>、霧"),
    ("港、_霧_", "港、<i>霧</i>"),
    ("__港__\n霧", "<b>港</b>霧"),
    ("_港_　霧", "<i>港</i>　霧"),
    ("_港__霧_", "<i>港__霧</i>"),
    ("_(霧)_の", "_(霧)_の"),
    ("_(霧)_)", "<i>(霧)</i>)"),
    ("__港の_霧_は__", "<b>港の_霧_は</b>"),
    ("*あ_い*う_", "<i>あ_い</i>う_"),
    ("_あ*い_、*", "<i>あ*い</i>、*"),
]
SELECTORS = [  # rules 2 and 3: a selector belongs to the character that it varies
    ("葛\ufe00**(a)** b", "葛\ufe00<b>(a)</b> b"),
    ("葛\ufe0e**(a)** b", "葛\ufe0e<b>(a)</b> b"),
    ("葛\U000e0100**(a)** b", "葛\U000e0100<b>(a)</b> b"),
    ("葛\U000e01ef**(a)** b", "葛\U000e01ef<b>(a)</b> b"),
    ("葛\U000e0100**「城」**へ", "葛\U000e0100<b>「城」</b>へ"),
    ("**(葛\U000e0100)**b", "**(葛\U000e0100)**b"),
    ("**☀\ufe0e**b", "**☀\ufe0e**b"),
    ("**☀\ufe0e**の", "<b>☀\ufe0e</b>の"),
    ("**a”\ufe01**b", "<b>a”\ufe01</b>b"),
    ("**a’\ufe01**b", "<b>a’\ufe01</b>b"),
    ("**a”\ufe00**b", "**a”\ufe00**b"),
    ("**a!\ufe01**b", "**a!\ufe01**b"),
    ("a \ufe00**(b)** c", "a \ufe00**(b)** c"),
    ("a\ufe00**(b)** c", "a\ufe00**(b)** c"),
    ("。\ufe00__霧__。", "。\ufe00<b>霧</b>。"),
    ("港\ufe00__霧__。", "港\ufe00__霧__。"),
    ("❤\ufe0f**(a)** b", "❤\ufe0f**(a)** b"),
    ("**❤\ufe0f**です", "<b>❤\ufe0f</b>です"),
    ("**❤\ufe0f**b", "<b>❤\ufe0f</b>b"),
]
MARKS = [  # combining marks are letters
    ("**か\u3099**は", "<b>か\u3099</b>は"),
    ("か\u3099は**は\u3099**だ", "か\u3099は<b>は\u3099</b>だ"),
    ("は\u309a**「あ」**が", "は\u309a<b>「あ」</b>が"),
    ("**ば！**ぱ", "<b>ば！</b>ぱ"),
    ("**cafe\u0301**です", "<b>cafe\u0301</b>です"),
    ("cafe\u0301**(a)** b", "cafe\u0301**(a)** b"),
    ("**cafe\u0301**b", "<b>cafe\u0301</b>b"),
    ("**नि**a", "<b>नि</b>a"),
    ("**ไม้**a", "<b>ไม้</b>a"),
]
EMOJI = [
    ("**👍**です", "<b>👍</b>です"),
    ("**👍**b", "**👍**b"),
    ("港**👍** b", "港<b>👍</b> b"),
    ("a**👍** b", "a**👍** b"),
    ("a**㊗**b", "a<b>㊗</b>b"),
    ("a**㊙**b", "a<b>㊙</b>b"),
    ("a**〽**b", "a<b>〽</b>b"),
    ("a**〰**b", "a<b>〰</b>b"),
    ("a**🈂**b", "a<b>🈂</b>b"),
    ("a**🈷**b", "a<b>🈷</b>b"),
    ("a**🈁**b", "a**🈁**b"),
    ("a**🀄**b", "a**🀄**b"),
    ("a**⌚**b", "a**⌚**b"),
    ("**1\ufe0f\u20e3**の", "<b>1\ufe0f\u20e3</b>の"),
    ("**🇯🇵**の", "<b>🇯🇵</b>の"),
    ("**🇯🇵**x", "**🇯🇵**x"),
    ("**👨\u200d👩\u200d👧**の", "<b>👨\u200d👩\u200d👧</b>の"),
    ("**👍🏽**の", "<b>👍🏽</b>の"),
]
OBJECTS = [  # a link, code, an image, a note or a tag is punctuation to its neighbours
    ("**[霧](https://e.test/)**の", "<b><a>霧</a></b>の"),
    ("*[霧](https://e.test/)*と", "<i><a>霧</a></i>と"),
    ("a**[b](https://e.test/)**c", "a**<a>b</a>**c"),
    ("港**[b](https://e.test/)**c", "港**<a>b</a>**c"),
    ("[**「霧」**が](https://e.test/)", "<a><b>「霧」</b>が</a>"),
    ("**[「霧」](https://e.test/)、**が", "<b><a>「霧」</a>、</b>が"),
    ("**[霧](/kiri/)**の", "<b><a>霧</a></b>の"),
    ("**<https://e.test/>**の", "<b><a>https://e.test/</a></b>の"),
    ("**![霧](/a.png)**の", "<b><img></b>の"),
    ("a**![霧](/a.png)**b", "a**<img>**b"),
    ("**`霧`**を", "<b><code>霧</code></b>を"),
    ("*`霧`*と", "<i><code>霧</code></i>と"),
    ("a**`b`**c", "a**<code>b</code>**c"),
    ("`**霧**`の", "<code>**霧**</code>の"),
    ("**「霧」`x`**が", "<b>「霧」<code>x</code></b>が"),
    ("__`霧`__を", "__<code>霧</code>__を"),
    ("「霧」__`港`__`x`", "「霧」<b><code>港</code></b><code>x</code>"),
    ("**「霧」**[^1]が", "<b>「霧」</b><note>が"),
    ("**霧[^1]**の", "<b>霧<note></b>の"),
    ("a**b[^1]**c", "a**b<note>**c"),
    ("**<ruby>霧<rt>きり</rt></ruby>**が", "<b><ruby>霧<rt>きり</rt></ruby></b>が"),
    ("~~**「誤」**~~の", "<del><b>「誤」</b></del>の"),
    ("**~~「誤」~~**の", "<b><del>「誤」</del></b>の"),
    ("~~（誤り）~~訂正", "<del>（誤り）</del>訂正"),
    ("\\*「霧」\\*が", "*「霧」*が"),
    ("**\\***の", "<b>*</b>の"),
    ("\\**霧*の", "*<i>霧</i>の"),
]
NESTED = [  # rule 7: pairs, nesting and the rule of three are CommonMark's
    ("***「霧」***が", "<i><b>「霧」</b></i>が"),
    ("**霧の*「港」*は**夜", "<b>霧の<i>「港」</i>は</b>夜"),
    ("*霧の**「港」**は*夜", "<i>霧の<b>「港」</b>は</i>夜"),
    ("**霧***港*", "<b>霧</b><i>港</i>"),
    ("*霧***港**", "<i>霧</i><b>港</b>"),
    ("*霧**港*", "<i>霧**港</i>"),
    ("**霧*港**", "<b>霧*港</b>"),
    ("***霧**港*", "<i><b>霧</b>港</i>"),
    ("***霧*港**", "<b><i>霧</i>港</b>"),
    ("****霧****の", "<b><b>霧</b></b>の"),
    ("**霧* 港**", "<i><i>霧</i> 港</i>*"),
    ("*あ*い*う*", "<i>あ</i>い<i>う</i>"),
    ("**あ**い**う**", "<b>あ</b>い<b>う</b>"),
    ("あ*「い*う", "あ<i>「い</i>う"),
    ("あ***い***う", "あ<i><b>い</b></i>う"),
    ("「**霧**」*港*", "「<b>霧</b>」<i>港</i>"),
    ("**「*霧*」**が", "<b>「<i>霧</i>」</b>が"),
    ("*あ __い__ う*え", "<i>あ <b>い</b> う</i>え"),
    ("**あ _い** う_", "<b>あ _い</b> う_"),
]
CASES = [
    *BESIDE_CJK, *KOREAN, *NO_CJK, *BLANKS, *UNDERSCORES, *SELECTORS, *MARKS, *EMOJI, *OBJECTS,
    *NESTED,
]  # fmt: skip


@pytest.mark.parametrize(("text", "html"), CASES)
def test_emphasis_is_where_a_reader_sees_it(text, html):
    assert shown(text) == html


@pytest.mark.parametrize(("text", "html"), CASES)
@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_the_unicode_form_changes_no_structure(text, html, form):
    made = shown(unicodedata.normalize(form, text))
    assert unicodedata.normalize("NFC", made) == unicodedata.normalize("NFC", html)


def test_there_are_no_two_cases_alike():
    assert len({text for text, _ in CASES}) == len(CASES) >= 126


@pytest.mark.parametrize("sign", ["*", "_"])
def test_a_line_of_signs_alone_is_no_emphasis(sign):
    assert shown(f"霧 {sign * 2} 港 {sign * 3} 夜") == f"霧 {sign * 2} 港 {sign * 3} 夜"


# ---------------------------------------------------------------- tokens


def _text(raw):
    return {"type": "text", "raw": raw}


def test_tokens_without_signs_are_let_be():
    tokens = [_text("霧"), {"type": "softbreak"}, _text("港")]
    assert emphasis.finalized(tokens, 6) is tokens


def test_signs_that_were_escaped_are_text():
    tokens = [{"type": "text", "raw": "*霧*", "_emphasis": False}, _text("**港**")]
    kinds = [token["type"] for token in emphasis.finalized(tokens, 6)]
    assert kinds == ["text", "strong"]


def test_a_pair_may_lie_in_different_tokens():
    tokens = [_text("**「霧"), {"type": "codespan", "raw": "x"}, _text("」**が")]
    (strong, rest) = emphasis.finalized(tokens, 6)
    assert [child["type"] for child in strong["children"]] == ["text", "codespan", "text"]
    assert rest == _text("が")


def _depth(token):
    return 1 + max(map(_depth, token["children"])) if "children" in token else 0


def _raw(token):
    return "".join(map(_raw, token["children"])) if "children" in token else token["raw"]


@pytest.mark.parametrize("depth", [0, 1, 2, 6])
def test_emphasis_is_no_deeper_than_allowed_and_no_text_is_lost(depth):
    text = "*霧 " * 10 + "港" + " 夜*" * 10
    made = emphasis.finalized([_text(text)], depth)
    assert max(map(_depth, made)) == depth
    inner = "".join(map(_raw, made))
    assert inner.replace("*", "") == text.replace("*", "")
    assert inner.count("*") == 2 * (10 - depth)


@pytest.mark.parametrize("unit", ["*「", "**「あ」**", "_*", "**あ。", "*あ", "*a **b ", "***あ_"])
def test_no_run_of_signs_loses_a_letter(unit):
    """The same letters, and as many signs as are not in pairs: hostile inputs come to an end."""
    made = emphasis.finalized([_text(unit * 300)], 6)
    left = "".join(map(_raw, made))
    assert re.sub(r"[*_]", "", left) == re.sub(r"[*_]", "", unit * 300)
