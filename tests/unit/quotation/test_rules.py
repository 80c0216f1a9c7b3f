"""Whether a post quotes as it should: each rule, with what it tells and what it leaves alone."""

import msgspec
import pytest

from sitegen import parse
from sitegen.config import Config, Host
from sitegen.diagnostics import catalog
from sitegen.diagnostics.model import Location
from sitegen.model import Parsed, Quote, Source, Span
from sitegen.quotation import rules
from sitegen.quotation.places import Quoted

PLACE = Location("p.md", 3, 1, 5)
SOURCED = Location("p.md", 7, 1, 6)
WORDS = ((Span("text", "引用"),),)
WHOLE = Source(url="https://example.org/", title="題")


def named(faults):
    return [fault.code for fault in faults]


def quote(source=WHOLE, paragraphs=WORDS, **rest):
    return Quoted(Quote(1, paragraphs, source, **rest), PLACE, SOURCED)


def test_a_quotation_with_words_and_a_titled_source_is_right():
    assert named(rules.quote(quote())) == []


@pytest.mark.parametrize("elided", ["", "[…]"])
@pytest.mark.parametrize(
    "paragraphs", [(), ((Span("elision", "〔中略〕"),),), ((Span("text", "\u3000\u200b"),),)]
)
def test_a_quotation_without_words_is_empty(paragraphs, elided):
    assert named(rules.quote(quote(paragraphs=paragraphs, elided=elided))) == ["quote-empty"]


@pytest.mark.parametrize("rest", [{"withdrawn": "理由"}, {"image": "\x020\x03"}])
def test_a_quotation_with_something_in_place_of_words_is_not_empty(rest):
    assert named(rules.quote(quote(paragraphs=(), **rest))) == []


@pytest.mark.parametrize(
    ("source", "codes"),
    [
        (Source(), ["source-missing"]),
        (Source(title="題"), ["source-missing"]),
        (Source(author="人"), ["source-missing"]),
        (Source(title="題", author="人"), []),
        (Source(url="https://example.org/"), ["source-title-missing"]),
        (Source(url="https://example.org/", kind="news"), ["source-title-missing"]),
        (Source(url="https://example.org/", kind="sns"), []),
        (Source(url="https://example.org/", kind="forum"), []),
        (Source(url="https://example.org/", kind="comment"), []),
    ],
)
def test_a_source_is_an_address_or_title_and_author(source, codes):
    assert named(rules.quote(quote(source))) == codes


def test_a_missing_title_shows_the_url_at_the_place_of_the_source():
    (fault,) = rules.quote(quote(Source(url="https://example.org/")))
    assert (fault.location, fault.arguments) == (SOURCED, {"url": "https://example.org/"})


@pytest.mark.parametrize(
    ("source", "variant", "arguments"),
    [
        (Source(), "", {"title": ""}),
        (Source(author="人"), "", {"title": ""}),
        (Source(site="局"), "", {"title": ""}),
        (Source(title="題"), "author", {"title": "題"}),
        (Source(title="題", site="局", publisher="社"), "author", {"title": "題"}),
    ],
)
def test_a_title_alone_is_told_otherwise_than_nothing(source, variant, arguments):
    (fault,) = rules.quote(quote(source))
    assert (fault.location, fault.variant, fault.arguments) == (SOURCED, variant, arguments)


def test_an_empty_quotation_is_told_where_it_stands_and_its_source_where_that_does():
    faults = rules.quote(quote(Source(), ()))
    assert [(fault.code, fault.location) for fault in faults] == [
        ("quote-empty", PLACE),
        ("source-missing", SOURCED),
    ]


# ---------------------------------------------------------------- whole posts

PARAGRAPH = "夜の図書館に人がいるかどうかは、開館時間では決まらない。灯りをつけておけば人は来るが、"
EDITORIAL = "".join(
    f"{PARAGRAPH}{number}人目が何を探しているのかは誰も知らない。" for number in range(1, 9)
)
URL = "https://news.example.jp/toshokan"
WORDS_OF_SOURCE = "市は、中央図書館の開館時間を2時間延ばすと発表した。"


def source(**keys):
    whole = {
        "url": URL,
        "title": "開館時間を延長",
        "site": "みなと新聞",
        "published": "2025-02-03",
        "accessed": "2025-02-04",
    }
    given = {key: value for key, value in {**whole, **keys}.items() if value}
    return "source:\n" + "".join(f"  {key}: {value}\n" for key, value in given.items())


def block(words):
    return "quote: |\n" + "".join(f"  {line}\n" if line else "\n" for line in words.split("\n"))


def found(front="", body=EDITORIAL, quote=None, *, quoted=WORDS_OF_SOURCE, head=None, **settings):
    """The faults of a post with the lines `front` beside its title, source and quotation."""
    lines = f"title: 図書館\ndate: 2025-02-04\n{front}{head or source()}"
    data = f"---\n{lines}{block(quoted) if quote is None else quote}---\n{body}\n".encode()
    known = parse.settings(Config(**settings))
    made, _ = parse.parse(known, parse.Read("content/posts/a.md", data))
    return msgspec.msgpack.decode(made, type=Parsed).diagnostics


def told(*arguments, **rest):
    """The codes of all faults, but for that of the link to the passage."""
    return [code for code in named(found(*arguments, **rest)) if code != "passage-unlinked"]


def test_nothing_is_told_of_a_post_that_quotes_as_it_should():
    assert told() == []


@pytest.mark.parametrize(
    ("keys", "codes"),
    [
        ({"site": ""}, ["source-site-missing"]),
        ({"site": "", "author": "港 花"}, []),
        ({"site": "", "publisher": "青磁堂"}, []),
        ({"accessed": ""}, ["accessed-missing"]),
        ({"accessed": "", "kind": "book"}, []),
        ({"accessed": "", "published": "", "kind": "law"}, []),
        ({"published": ""}, ["published-missing"]),
        ({"published": "", "kind": "own"}, []),
        ({"url": "", "site": "", "author": "港 花", "accessed": "", "published": ""}, []),
    ],
)
def test_a_source_says_who_and_when(keys, codes):
    assert told(head=source(**keys)) == codes


def test_the_settings_may_name_the_site():
    hosts = {"news.example.jp": Host("みなと新聞", "news", "ja", "")}
    assert told(head=source(site=""), sources=hosts) == []


def test_what_is_wrong_with_a_source_of_several_quotations_is_told_once():
    head = source(accessed="")
    body = f"{EDITORIAL}\n\n```quote\n図書館は静かだった。\n```\n"
    assert told(head=head, body=body) == ["accessed-missing"]


def test_a_wrong_date_is_not_missing_too():
    assert told(head=source(published="昨日")) == ["bad-date"]


@pytest.mark.parametrize(
    ("url", "variant"),
    [
        (f"{URL}?utm_source=rss&utm_medium=a", ""),
        (f"{URL}?id=7&fbclid=IwAR", ""),
        (f"{URL}?ref=rss", ""),
        (f"{URL}#:~:text=市は", ""),
        ("https://bit.ly/3xyz", "short"),
        ("https://amp.news.example.jp/a", "amp"),
        ("https://news.example.jp/a/amp/", "amp"),
        ("https://news.example.jp/a?amp=1", "amp"),
        ("https://web.archive.org/web/2025/https://news.example.jp/a", "kept"),
    ],
)
def test_an_unclean_url_is_told(url, variant):
    (fault,) = found(head=source(url=f"'{url}'"))
    assert (fault.code, fault.variant) == ("source-url-unclean", variant)


@pytest.mark.parametrize(
    "url",
    [
        f"{URL}?id=7&page=2",
        f"{URL}?from=top",
        f"{URL}?ref=12",
        f"{URL}#section-2",
        f"{URL}?s=20",
        "https://lamp.example.jp/stamp/",
        "https://example.jp/camp?ramp=1",
    ],
)
def test_a_clean_url_is_left_alone(url):
    assert told(head=source(url=f"'{url}'")) == []


def test_the_url_of_a_further_source_is_read_too():
    front = f"sources:\n  港: {{url: '{URL}?utm_source=a', title: 題}}\n"
    assert told(front) == ["source-url-unclean"]


@pytest.mark.parametrize(
    ("front", "keys", "codes"),
    [
        ("via: 友人\n", {}, ["via-without-url"]),
        ("via: https://blog.example.jp/a\n", {}, []),
        (f"via: {URL}/\n", {}, ["second-hand-source"]),
        ("", {"url": "https://togetter.com/li/1"}, ["second-hand-source"]),
        ("", {"url": "https://togetter.com/li/1", "kind": "comment"}, []),
        ("via: https://b.example.jp/\n", {"url": "https://x.com/a/1"}, ["second-hand-source"]),
        ("via: https://b.example.jp/\n", {"url": "https://x.com/a/1", "kind": "sns"}, []),
        ("", {"url": "https://x.com/a/status/1"}, []),
    ],
)
def test_the_way_to_a_source_is_told_apart_from_it(front, keys, codes):
    assert told(front, head=source(**keys)) == codes


# ---------------------------------------------------------------- amounts


@pytest.mark.parametrize(
    ("quoted", "body", "keys", "codes"),
    [
        ("あ" * 200 + "。", EDITORIAL, {}, []),
        ("あ" * 400 + "。", EDITORIAL, {}, ["quote-ratio"]),
        ("あ" * 400 + "。", EDITORIAL, {"kind": "law"}, []),
        ("あ" * 400 + "。", EDITORIAL, {"kind": "government"}, []),
        ("あ" * 400 + "。", EDITORIAL, {"kind": "own"}, []),
        ("あ" * 1_001, "\n\n".join([EDITORIAL] * 6), {}, ["quote-long"]),
        ("あ" * 1_000, "\n\n".join([EDITORIAL] * 6), {}, []),
        ("あ" * 1_001, "\n\n".join([EDITORIAL] * 6), {"kind": "law"}, []),
        ("港。", EDITORIAL[:299], {}, ["editorial-short"]),
        ("港。", EDITORIAL[:300], {}, []),
        ("港。", "そうだね。", {"kind": "law"}, []),
        ("港。", "", {}, ["editorial-missing"]),
        ("港。", "```py\nprint(1)\n```", {}, ["editorial-missing"]),
    ],
)
def test_amounts_are_rules_of_thumb(quoted, body, keys, codes):
    assert told(quoted=quoted, body=body, head=source(**keys)) == codes


@pytest.mark.parametrize(
    ("kind", "severity"),
    [("news", "error"), ("own", "warning"), ("law", "warning"), ("government", "warning")],
)
def test_a_missing_editorial_is_an_error_unless_all_that_is_quoted_is_free(kind, severity):
    (fault,) = found(body="", head=source(kind=kind))
    assert catalog.severity(fault.code, {}, fault.variant) == severity


def test_the_rules_of_a_site_hold_for_every_variant():
    assert catalog.severity("editorial-missing", {"editorial-missing": "off"}, "free") == "off"


def test_a_ratio_tells_what_was_counted():
    faults = found(quoted="あ" * 300 + "。（略）" + "い" * 99, body="う\n え" * 200)
    (fault,) = [one for one in faults if one.code == "quote-ratio"]
    assert fault.arguments == {"quoted": "400", "written": "400", "ratio": "1.00"}


def test_a_translated_quotation_counts_by_its_translation():
    quote = f"quote:\n  text: '{'word ' * 200}end.'\n  translation: 訳。\n"
    assert told(quote=quote, head=source(lang="en")) == []


def test_a_blockquote_counts_as_quoted_and_not_as_written():
    link = f"[出典](https://b.example.jp/)から引く。\n\n> {'あ' * 300}\n\n"
    assert told(body=f"{link}{EDITORIAL}") == ["quote-ratio"]
    assert told(body=f"> {'あ' * 30}より（『港』）") == ["editorial-missing"]


def test_quotations_that_were_taken_down_are_not_judged():
    quote = f"quote: {{text: '{'あ' * 2_000}**い**', withdrawn: 理由}}\n"
    assert told(quote=quote) == []


def test_a_post_without_quotations_may_be_short():
    assert told(quote="", body="今日は休みます。") == []


# ---------------------------------------------------------------- words

PROSE = "図書館は夜も開いている。"


@pytest.mark.parametrize(
    "words",
    [
        "人が来た（笑）。",
        "人が来た(爆)。",
        "すごい人出だwww",
        "すごい人出だｗｗ。",
        "静かだｗ",
        "人が来た（筆者注：三人）。",
        "人が来た（※引用者注）。",
        "※筆者注：三人だった。",
        "人が来た[引用者注 三人]。",
        "人が来た（傍点筆者）。",
        "人が来た（太字は引用者による）。",
        "三人だけ ←少なすぎる。",
        "人が来た（管理人コメント：少ない）。",
    ],
)
def test_remarks_in_a_quotation_are_told(words):
    assert "comment-in-quote" in told(quoted=f"{PROSE}{words}\n閉館は九時。")


@pytest.mark.parametrize(
    "words",
    [
        "人が来た〔引用者注：三人〕。",
        "館長は「うれしい（笑）」と話した。",
        "www.example.jp を見る。",
        "筆者は夜に訪ねた。",
        "写真（筆者撮影）がある。",
        "（筆者は元館長）",
        "東京←→大阪の便。",
        "入口→出口と進む。",
        "編集部注はない。",
        "HTML の www とは何か。",
        "（注）三人。",
        "Ｗ杯の夜。",
    ],
)
def test_words_of_the_source_are_no_remarks(words):
    assert told(quoted=f"{PROSE}{words}\n閉館は九時。") == []


@pytest.mark.parametrize("kind", ["sns", "forum", "comment"])
def test_laughter_is_the_sources_own_where_people_talk(kind):
    assert told(quoted="図書館が夜も開くとかｗｗｗ（笑）", head=source(kind=kind)) == []
    marked = told(quoted="夜も開く（筆者注：九時）", head=source(kind=kind))
    assert marked == ["comment-in-quote"]


@pytest.mark.parametrize(
    "words",
    [
        "**夜も**開く。",
        "__夜も__開く。",
        "<b>夜も</b>開く。",
        "==夜も==開く。",
        "《《夜も》》開く。",
    ],
)
def test_emphasis_is_somebodys(words):
    assert told(quoted=words) == ["emphasis-unmarked"]
    assert told(quote=f"quote:\n  text: '{words}'\n  emphasis: ours\n") == []
    assert told(quoted=f"{words}〔強調は引用者〕") == []


@pytest.mark.parametrize(
    "words",
    [
        "2**3**4 を計算する。",
        "*注 九時まで。",
        "`__init__` を呼ぶ。",
        "a == b == c である。",
        "<九時> まで。",
        "《夜》は開く。",
        "** は注の印。",
        "5 * 3 * 2 冊。",
    ],
)
def test_signs_that_emphasise_nothing_are_left_alone(words):
    assert told(quoted=words) == []


@pytest.mark.parametrize(
    "words",
    ["夜も開く。![館内](a.png)", "夜も開く。<img src='a.png'>"],
)
def test_an_image_in_the_text_is_told(words):
    assert told(quoted=words) == ["image-in-quote"]


@pytest.mark.parametrize(
    ("words", "variant"),
    [
        (f"{PROSE}市は、開館時間を", ""),
        (f"{PROSE}\n貸し出しは機械で行い、職員は", ""),
        (f"{PROSE}\n始まるのは2025年2月4日と", ""),
        (f"{PROSE}\n貸し出したのは1234", ""),
        (
            "市は中央図書館の開館時間を来年の春から二時間だけ延ばすことにしたと発表したが、職員の数は",
            "",
        ),
        ("The library stays open. It will have no staff and the machines", ""),
        ("、夜も開くと発表した。", "beginning"),
        ("ょうぶだと館長は言う。", "beginning"),
    ],
)
def test_an_unmarked_cut_is_told(words, variant):
    (fault,) = found(quoted=words)
    assert (fault.code, fault.variant) == ("cut-unmarked", variant)


@pytest.mark.parametrize(
    "words",
    [
        f"{PROSE}市は、開館時間を〔以下略〕",
        f"{PROSE}市は、開館時間を\n[全文は引用元へ…]",
        f"{PROSE}館長は「うれしい」",
        f"{PROSE}（共同）",
        f"{PROSE}開くのか？",
        f"{PROSE}静かに……",
        "図書館、夜も開館へ",
        "中央図書館の開館時間を午後9時まで延長",
        "夜の図書館\n灯りがひとつ\n誰もいない",
        f"{PROSE}\n・九時まで\n・職員なし",
        f"{PROSE}\n1. 九時まで",
        f"{PROSE}\n以上",
        f"{PROSE}待っていました😊",
        f"{PROSE}待っていました❤️",
        f"{PROSE}本当か⁉",
        f"{PROSE}いい夜だなあ〜",
        f"{PROSE}詳しくは\nhttps://city.example.jp/night",
        f"{PROSE}\n令和7年2月4日",
        f"{PROSE}\n２０２５年２月４日（火）港町にて、２０２５年２月５日",
        f"{PROSE}\n問い合わせ：中央図書館 03-1234-5678",
        f"{PROSE}\n電話 ０３‐１２３４‐５６７８",
        f"{PROSE}\n連絡先 toshokan@city.example.jp",
        "〔前略〕、夜も開くと発表した。",
        "ーー夜も開くのですか。\nーーはい。",
        "The library stays open. No staff!",
        "[…] and the library stays open. So be it.",
        "a poem without stops\nand no end",
    ],
)
def test_an_end_that_may_be_one_is_left_alone(words):
    assert told(quoted=words) == []


@pytest.mark.parametrize("kind", ["sns", "forum", "comment", "law"])
def test_talk_and_law_may_end_anyhow(kind):
    assert told(quoted=f"{PROSE}九時まで開くとか", head=source(kind=kind)) == []


@pytest.mark.parametrize(
    ("mark", "meant"),
    [
        ("（略）", "〔中略〕"),
        ("(中略)", "〔中略〕"),
        ("……中略……", "〔中略〕"),
        ("[…]", "〔中略〕"),
        ("（前略）", "〔前略〕"),
        ("【中略】", "〔中略〕"),
        ("［省略］", "〔中略〕"),
    ],
)
def test_an_elision_that_may_be_the_sources_is_told(mark, meant):
    (fault,) = found(quoted=f"{PROSE}{mark}{PROSE}")
    assert (fault.code, fault.arguments) == ("elision-style", {"mark": mark, "meant": meant})


@pytest.mark.parametrize(
    "words",
    [
        f"{PROSE}〔中略〕{PROSE}",
        f"{PROSE}\n〔略〕\n{PROSE}",
        f"{PROSE}（以下略）",
        "It stays open. […] No staff. [...] So be it.",
    ],
)
def test_an_elision_that_is_ours_for_sure_is_left_alone(words):
    assert told(quoted=words) == []


def test_elisions_are_told_once_a_quotation():
    assert told(quoted=f"{PROSE}（略）{PROSE}（中略）{PROSE}") == ["elision-style"]


@pytest.mark.parametrize("dots", ["…", "……", "...", "・・・", "‥‥", "\u3000……"])
def test_dots_that_stand_alone_are_told(dots):
    assert told(quoted=f"{PROSE}\n{dots}\n{PROSE}") == ["elision-ambiguous"]


@pytest.mark.parametrize("words", ["「……」", "……そうか。", "静かだ……", "〔……〕"])
def test_dots_with_words_are_left_alone(words):
    assert told(quoted=f"{PROSE}\n{words}\n{PROSE}") == []


WRAPPED = (
    "市は中央図書館の開館時間を来年春から二時\n間延ばし、午後九時までとする。延ばした時\n"
    "間帯は職員を置かず、貸し出しは機械で行う\nと発表した。利用者は歓迎している。"
)
VERSE = (
    "The lamp is lit above the stair and nobody is there\nA book lies open on the desk, its "
    "reader gone to bed\nThe clock has stopped at ten to nine, and no one seems to care\n"
    "What had been borrowed, lent again, or left behind unread."
)
LATIN = (
    "The Central Library will close at nine in the evening,\ntwo hours later than now, "
    "the city said on Monday after\na long debate about the cost of keeping its doors open.\n"
    "Nobody will be there to ask."
)


@pytest.mark.parametrize("words", [WRAPPED, LATIN, f"{WRAPPED}\n\n{PROSE}"])
def test_lines_that_a_page_has_broken_are_told(words):
    assert told(quoted=words) == ["quote-hard-wrapped"]


@pytest.mark.parametrize(
    "words",
    [
        WRAPPED.replace("\n", ""),
        "夜の図書館に灯りがともり\n階段に猫がいて\n本棚は息をひそめ\nわたしは名を忘れる",
        "一つ目の段落はここで終わる。\n二つ目の段落はここで終わる。\n三つ目の段落はここで終わる。",
        "・開館時間を午後九時まで延長する件について\n・職員を置かない時間帯の安全対策について\n・終わり。",
        VERSE,
    ],
)
def test_lines_of_the_source_are_left_alone(words):
    assert told(quoted=words) == []


@pytest.mark.parametrize(
    ("quote", "lang", "codes"),
    [
        (None, "en", ["translation-unmarked"]),
        (None, "ko-KR", ["translation-unmarked"]),
        (None, "ja", []),
        (None, "ja-JP", []),
        (None, "", []),
        (block("The word ラーメン is old by now, and everybody in the city knows it."), "en", []),
        (block("The library stays open."), "en", []),
        ("quote: {text: 夜も開く。, translator: 港 花}\n", "en", []),
        ("quote: {text: It stays open., translation: 夜も開く。}\n", "en", []),
        ("quote: {text: 夜も開く。, original: It stays open.}\n", "en", []),
    ],
)
def test_a_translation_is_marked(quote, lang, codes):
    assert told(quote=quote, head=source(lang=lang)) == codes


# ---------------------------------------------------------------- the editorial

COPIED = (
    "市は、中央図書館の開館時間を来年四月から二時間延ばし、午後九時までにすると三日に発表した。"
)


@pytest.mark.parametrize(
    ("body", "codes"),
    [
        (f"{EDITORIAL}\n\n{COPIED}", ["quote-leak"]),
        (f"{EDITORIAL}\n\nところが{COPIED[2:44]}という。", ["quote-leak"]),
        (f"{EDITORIAL}\n\n{COPIED[:22]}\n{COPIED[22:]}", ["quote-leak"]),
        (f"{EDITORIAL}\n\n記事は「{COPIED}」と書く。", []),
        (f"{EDITORIAL}\n\n> {COPIED}", []),
        (f"{EDITORIAL}\n\n```quote\n{COPIED}\n```\n", []),
        (f"{EDITORIAL}\n\n{COPIED[:39]}とある。", []),
        (f"{EDITORIAL}\n\n```\n{COPIED}\n```\n", []),
    ],
)
def test_quoted_words_in_the_editorial_are_marked(body, codes):
    assert told(quoted=COPIED, body=body) == codes


@pytest.mark.parametrize("copied", [COPIED, f"{COPIED[:22]}\n{COPIED[22:]}"])
def test_copied_words_are_told_where_they_stand_and_not_where_they_begin_alike(copied):
    faults = found(quoted=COPIED, body=f"{COPIED[:12]}は古い。{EDITORIAL}\n\n{copied}")
    (fault,) = (one for one in faults if one.code == "quote-leak")
    first = next(one for one in found(quoted=COPIED, body=copied) if one.code == "quote-leak")
    body = len(EDITORIAL.split("\n")) + 1
    assert fault.location.line == first.location.line + body


@pytest.mark.parametrize(
    ("body", "codes"),
    [
        ("> 夜の階段は長い。", ["blockquote-unattributed"]),
        ("> 夜の階段は長い。\n\n館長の言葉が残る。", ["blockquote-unattributed"]),
        (
            "[別の記事](https://b.example.jp/)\n\n## 夜\n\n> 夜の階段は長い。",
            ["blockquote-unattributed"],
        ),
        ("> 夜の階段は長い。\n>\n> — 港 花", []),
        ("> 夜の階段は長い。\n\n（[みなと新聞](https://b.example.jp/)）", []),
        ("[みなと新聞](https://b.example.jp/)によれば、\n\n> 夜の階段は長い。", []),
        ("『夜の階段』から引く。\n\n> 夜の階段は長い。", []),
        ("> 夜の階段は長い。[^a]\n\n[^a]: みなと新聞。", []),
        ("> 夜の階段は長い。\n\n出典：みなと新聞", []),
        ("> 夜の階段は長い。\n> （みなと新聞より）", []),
        ("> 夜の階段は長い。\n> ―― 港 花", []),
        ("> 夜の階段は長い。\n> （港 花）", []),
        ("> 夜の階段は長い。\n>\n> （港 花）", []),
        ("> 夜の階段は長い。\n\n（みなと新聞、2月4日）", []),
        ("> 夜の階段は長い。\n> ソース: みなと新聞", []),
        ("> 夜の階段は長い。\n\n※みなと新聞より引用", []),
        ("> 夜の階段は長い。\n\n引用：みなと新聞", []),
        ("みなと新聞より。\n\n> 夜の階段は長い。", []),
        ("みなと新聞によると、こうなる。\n\n> 夜の階段は長い。", []),
        ("According to the harbour paper:\n\n> 夜の階段は長い。", []),
        ("> 夜の階段は長い。――そう、長い。", ["blockquote-unattributed"]),
        ("> 夜の階段（西側）は長い。", ["blockquote-unattributed"]),
        ("朝よりつらい。\n\n> 夜の階段は長い。", ["blockquote-unattributed"]),
        (f"> {WORDS_OF_SOURCE[:12]}", []),
        ("<blockquote>夜の階段は長い。</blockquote>", ["blockquote-unattributed"]),
        ('<blockquote cite="">夜の階段は長い。</blockquote>', ["blockquote-unattributed"]),
        ('<blockquote cite="https://b.example.jp/">夜の階段は長い。</blockquote>', []),
        ("<blockquote>夜の階段は長い。</blockquote>\n\n— 港 花", []),
    ],
)
def test_a_blockquote_names_its_source_in_it_or_beside_it(body, codes):
    assert told(body=f"{EDITORIAL}\n\n{body}") == codes


@pytest.mark.parametrize(
    ("body", "line", "column"),
    [
        ("> 夜の階段は長い。", 15, 3),
        ("> *夜の* 階段は長い。", 15, 3),
        ("> {夜|よる}の階段は長い。", 15, 3),
        ("> 夜の\n> 階段は\n> 長い。", 15, 3),
        ("夜の階段は長い。\n\n> 夜の階段は長い。", 17, 3),
        ("- 夜の\n\n  > - **階段**は長い。", 17, 7),
        ("> > 夜の\n> > 階段は長い。", 15, 5),
        ("<blockquote>夜の階段は長い。</blockquote>", 15, 13),
        ("夜の階段。\n\n<blockquote>夜の階段は長い。</blockquote>", 17, 13),
        ("<blockquote>\n<p>夜の</p>\n<p>階段は長い。</p>\n</blockquote>", 16, 4),
        ("<blockquote>\n\n**夜の**階段は長い。\n\n</blockquote>", 17, 3),
        ("<blockquote>階段 &amp; 夜</blockquote>", 15, 13),
        ("<blockquote>&lt;階段</blockquote>", 15, 13),
    ],
)
def test_a_blockquote_has_its_place(body, line, column):
    (fault,) = found(body=f"{EDITORIAL}\n\n{body}")
    assert (fault.location.line, fault.location.column) == (line, column)


@pytest.mark.parametrize(
    ("front", "quote", "body", "codes"),
    [
        ("", "quote: {image: a.png}\n", "", ["image-alt"]),
        ("", "quote: {image: a.png, alt: 図}\n", "", []),
        ("", "quote: {image: 'https://img.example.jp/a.png', alt: 図}\n", "", ["hot-linking"]),
        ("", None, "![図](https://news.example.jp/a.png)", ["hot-linking"]),
        ("", None, "![図](https://other.example.com/a.png)", []),
        ("", None, "![図](a.png)", []),
        ("", None, "[図](https://news.example.jp/a.png)", []),
        ("image: https://news.example.jp/a.png\n", None, "", ["og-image-from-source"]),
        ("image: https://own.example.com/a.png\n", None, "", []),
        ("image: https://img.example.jp/a.png\n", None, "", ["og-image-from-source"]),
        ("image: a.png\n", "quote: {image: a.png, alt: 図}\n", "", ["og-image-from-source"]),
        ("image: b.png\n", "quote: {image: a.png, alt: 図}\n", "", []),
    ],
)
def test_images_are_not_taken_from_the_source(front, quote, body, codes):
    assert told(front, f"{EDITORIAL}\n\n{body}", quote) == codes


def test_a_neighbour_at_a_host_of_many_is_not_the_source():
    head = source(url="https://minato.github.io/a")
    assert told("image: https://our.github.io/a.png\n", head=head) == []
    told_of = told("image: https://minato.github.io/b.png\n", head=head)
    assert told_of == ["og-image-from-source"]


def test_a_quoted_image_is_somebodys():
    quote = "quote: {image: a.png, alt: 図}\n"
    assert "image-credit" in told(quote=quote, head=source(site=""))
    assert told(quote=quote, head=source(site="", author="港 花")) == []


@pytest.mark.parametrize(
    ("summary", "codes"),
    [
        (WORDS_OF_SOURCE, ["description-from-quote"]),
        ("中央図書館の開館時間を2時間延ばす…", ["description-from-quote"]),
        ("中央図書館の開館時間", []),
        ("開館時間が延びても、人のいない夜は夜のままだ。", []),
    ],
)
def test_a_summary_is_our_own(summary, codes):
    assert told(f"summary: {summary}\n") == codes


# ---------------------------------------------------------------- in general

TASTE = {
    "quote-ratio",
    "quote-long",
    "editorial-short",
    "quote-leak",
    "comment-in-quote",
    "hot-linking",
    "emphasis-unmarked",
    "cut-unmarked",
    "elision-ambiguous",
    "quote-hard-wrapped",
    "image-alt",
    "translation-unmarked",
    "blockquote-unattributed",
    "image-in-quote",
    "image-credit",
    "description-from-quote",
    "second-hand-source",
    "source-site-missing",
    "source-url-unclean",
}
NOTES = {
    "accessed-missing",
    "published-missing",
    "via-without-url",
    "elision-style",
    "quoted-before",
}
NEEDED = {"source-missing", "quote-empty", "editorial-missing", "og-image-from-source"}


@pytest.mark.parametrize(
    ("codes", "severity"), [(TASTE, "warning"), (NOTES, "info"), (NEEDED, "error")]
)
def test_only_what_a_quotation_needs_is_an_error(codes, severity):
    assert {catalog.severity(code, {}) for code in codes} == {severity}


@pytest.mark.parametrize("language", ["ja", "en"])
@pytest.mark.parametrize("code", sorted(TASTE | NOTES | NEEDED - {"quote-empty"}))
def test_an_explanation_cites_the_law_and_passes_no_judgement(code, language):
    said = catalog.explanation(code, language)
    assert (
        ("著作権法" if language == "ja" else "Copyright Act") in said
        or "最高裁" in said
        or ("Supreme Court" in said)
    )
    for word in ("違法", "適法", "合法", "侵害", "unlawful", "illegal", "lawful", "infring"):
        assert word not in said


def test_a_site_and_a_post_may_silence_them(project):
    rules = '[tool.sitegen.rules]\nquote-ratio = "off"\n'
    config = '[tool.sitegen]\nbase_url = "https://example.jp/"\n'
    lint = "lint: {ignore: [editorial-short, cut-unmarked], reason: 一言の記事}\n"
    head = f"---\ntitle: 図書館\ndate: 2025-02-04\n{lint}{source()}"
    project.write("pyproject.toml", config + rules)
    project.write("content/posts/a.md", f"{head}{block(f'{PROSE}市は、')}---\n短い。\n")
    ran = project.run("check", "--strict")
    assert (ran.code, "warning[" in ran.stderr) == (0, False)
