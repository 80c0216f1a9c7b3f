"""Links to the very passage."""

from urllib.parse import unquote

import pytest

from sitegen.model import Source
from sitegen.quotation import deeplink, elision

PAGE = "https://example.jp/kiji"
FIRST = "水無瀬の港で霧笛が十年ぶりに鳴った。"
LAST = "漁協は年内に音色を選び直すとしている。"


def link(typed, url=PAGE, **source):
    return deeplink.passage(elision.text(typed), Source(url=url, **source))


def terms(typed):
    """The terms of the directive, decoded; none without a link."""
    _, _, directive = link(typed).partition("#:~:text=")
    return [unquote(term) for term in directive.split(",")] if directive else []


# ---------------------------------------------------------------- which words


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        pytest.param(FIRST, [FIRST], id="one sentence"),
        pytest.param(f"{FIRST}{LAST}", [FIRST, LAST], id="one paragraph"),
        pytest.param(f"{FIRST}\n沖の船は向きを変えた。\n{LAST}", [FIRST, LAST], id="paragraphs"),
        pytest.param(f"{FIRST}\n向きを変えた。\n\n{LAST}", [FIRST, LAST], id="line breaks"),
        pytest.param(f"{FIRST}〔中略〕{LAST}", [FIRST, LAST], id="across an elision"),
        pytest.param(f"【水無瀬通信】{FIRST}", [FIRST], id="dateline"),
        pytest.param(f"　{FIRST}\n■{LAST}", [FIRST, LAST], id="indented, with a bullet"),
        pytest.param(f"1. {FIRST}\n２．{LAST}", [FIRST, LAST], id="numbered"),
        pytest.param(f"（1）{FIRST}\n(12)\u3000{LAST}", [FIRST, LAST], id="numbered in brackets"),
        pytest.param(f"3.5秒後、{FIRST}", [f"3.5秒後、{FIRST}"], id="no number of a list"),
        pytest.param(f"鳴った。\n{FIRST}\n{LAST}\n以上。", [FIRST, LAST], id="short lines around"),
        pytest.param(f"鳴った。船は向きを変えた。{LAST}", ["鳴った。船は向きを変えた。", LAST],
                     id="a short sentence before"),
        pytest.param("鳴ったと港が伝えた。音が戻る。", ["鳴ったと港が伝えた。音が戻る。"],
                     id="too short for two"),
        pytest.param("「霧笛が港に戻ってきた。」と灯台守だった老人は言う。",
                     ["「霧笛が港に戻ってきた。」", "と灯台守だった老人は言う。"],
                     id="a bracket closes with its sentence"),
        pytest.param("The horn sounded for the first time. The town listened in the fog.",
                     ["The horn sounded for the first time.", "The town listened in the fog."],
                     id="English"),
        pytest.param(f"霧笛は３．５秒，費用は４，０００円だった．{LAST}",
                     ["霧笛は３．５秒，費用は４，０００円だった．", LAST], id="full-width commas"),
    ],
)  # fmt: skip
def test_the_first_and_the_last_words_are_given(typed, found):
    assert terms(typed) == found


LONG = "港の古い時計台の下で霧笛を聞いた人びとが口ぐちに語ったところ"


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        pytest.param(f"{LONG * 5}だった。", [], id="nowhere"),
        pytest.param(f"{LONG * 3}だった。", [f"{LONG * 3}だった。"], id="a long one whole"),
        pytest.param(f"{LONG}では、{LONG * 5}だった。", [f"{LONG}では"], id="no end"),
        pytest.param(f"{LONG}では、{LONG}だった。", [f"{LONG}では", f"{LONG}だった。"],
                     id="clauses"),
        pytest.param(f"{LONG}の「{LONG * 5}」では、{FIRST}", [f"{LONG}の", FIRST], id="brackets"),
        pytest.param("Yahoo!の霧笛は3.5秒、5,000円だ", ["Yahoo!の霧笛は3.5秒、5,000円だ"],
                     id="marks inside words"),
    ],
)  # fmt: skip
def test_a_long_sentence_is_cut_at_clauses_and_brackets(typed, found):
    assert terms(typed) == found


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        pytest.param(f"{FIRST}{LAST}船は沖で待つと見込まれ", [FIRST, LAST],
                     id="stops inside a word"),
        pytest.param(f"{FIRST}〔中略〕船は沖で霧の晴れるのを待つと見込まれ〔以下略〕", [FIRST],
                     id="elided inside a word"),
        pytest.param(f"〔前略〕ている船は港に戻るだろう、と{FIRST}", [f"と{FIRST}"],
                     id="begins inside a word"),
        pytest.param(f"ュー、{FIRST}", [FIRST], id="begins with what begins no word"),
        pytest.param("霧の晴れるのを待つ船は沖で待つと見込まれ〔以下略〕", [], id="nothing sure"),
        pytest.param("港の霧笛、十年ぶりに鳴る", ["港の霧笛、十年ぶりに鳴る"], id="a headline"),
        pytest.param("行き暮れて沖に船あり霧の笛\n灯台守のいない灯台", [
            "行き暮れて沖に船あり霧の笛", "灯台守のいない灯台"], id="verse"),
        pytest.param(f"{FIRST}船は沖で待つと見込まれているところへ水先人が行くこ\nとになった。{LAST}",
                     [FIRST, LAST], id="wrapped lines"),
    ],
)  # fmt: skip
def test_no_word_is_cut(typed, found):
    assert terms(typed) == found


@pytest.mark.parametrize(
    "sign",
    [*"〜～<>&\u200b\u00ad\ufe0f\u3099\u2028🌫\ue000ﾌ", "  ", "\t", "https://a.jp/", "**", "《《"],
)
def test_what_pages_write_differently_is_avoided(sign):
    assert terms(f"港{sign}沖の霧笛が十年ぶりに鳴った。{FIRST}{LAST}") == [FIRST, LAST]
    assert terms(f"港{sign}沖の霧笛が十年ぶりに鳴った。") == []


@pytest.mark.parametrize(
    "typed", ["", "〔中略〕", "【水無瀬】", "鳴った。", "霧\n笛\n港", "、、、、、、、、、、"]
)
def test_what_might_stand_anywhere_is_no_passage(typed):
    assert link(typed) == ""


# ---------------------------------------------------------------- how they are written


def test_the_characters_are_encoded_as_typed():
    assert terms("「ガ－ド」の①号-霧笛は%5だけ、港＆街に_鳴る~。") == [
        "「ガ－ド」の①号-霧笛は%5だけ、港＆街に_鳴る~。"
    ]


def test_no_sign_of_the_syntax_stands_in_a_term():
    made = link("霧笛-港,そして沖の船、と港の人びと。").partition(":~:text=")[2]
    assert made.startswith("%E9%9C%A7%E7%AC%9B%2D%E6%B8%AF%2C%E3%81%9D")
    assert not set(made) & set("-,&")


@pytest.mark.parametrize(
    ("url", "before"),
    [
        ("https://example.jp/a", "https://example.jp/a#:~:text="),
        ("https://example.jp/a?b=1&c=2", "https://example.jp/a?b=1&c=2#:~:text="),
        ("https://example.jp/a#sec", "https://example.jp/a#sec:~:text="),
        ("https://example.jp/a#", "https://example.jp/a#:~:text="),
        ("https://example.jp/#!/a/1", "https://example.jp/#!/a/1:~:text="),
        ("https://example.jp/a#:~:text=old", "https://example.jp/a#:~:text="),
        ("https://example.jp/a#sec:~:text=old&text=new", "https://example.jp/a#sec:~:text="),
        ("https://example.jp/b:~:c", "https://example.jp/b:~:c#:~:text="),
        ("https://例え.jp/霧", "https://例え.jp/霧#:~:text="),
    ],
)
def test_the_url_keeps_its_own_fragment_and_no_other_directive(url, before):
    made = link(FIRST, url)
    assert made.startswith(before + "%")
    assert made.count("text=") == 1


@pytest.mark.parametrize(
    ("spare", "found"), [(334, [FIRST, LAST]), (333, [FIRST]), (162, [FIRST]), (161, [])]
)
def test_a_long_url_loses_its_end_and_then_all(spare, found):
    url = PAGE + "?" + "a" * (2_000 - len(PAGE) - 1 - len("#:~:text=") - spare)
    made = link(f"{FIRST}{LAST}", url)
    assert len(made) <= 2_000
    assert [unquote(term) for term in made.partition("text=")[2].split(",") if term] == found


# ---------------------------------------------------------------- pages of a PDF


@pytest.mark.parametrize(
    "locator",
    ["p. 12", "p.12", "p12", "P. 12", "pp. 12-13", "pp.12–15", "page 12", "12頁", "12ページ",
     "第12頁", "第１２頁", "１２ページ", "ｐ．１２", "12-13頁", "12〜13ページ", "第12頁〜第14頁",
     "第3章、12頁", "12p", "全40頁の12頁", "図3（p. 12）", "12㌻", "p. 012"],
)  # fmt: skip
@pytest.mark.parametrize("name", ["a.pdf", "a.PDF?v=2"])
def test_a_pdf_is_opened_at_its_page(locator, name):
    url = f"https://example.jp/{name}"
    assert link(FIRST, url, locator=locator) == f"{url}#page=12"


@pytest.mark.parametrize(
    "locator",
    ["", "第3条", "12:34", ">>5", "全12頁", "表2", "p. 0", "http 12", "12pt", "２０２５年"],
)
def test_without_a_page_a_pdf_has_no_passage(locator):
    assert link(FIRST, "https://example.jp/a.pdf", locator=locator) == ""


@pytest.mark.parametrize(
    ("fragment", "made"),
    [("page=3", "page=12"), ("page=3&zoom=80", "page=12&zoom=80"), ("zoom=80", "page=12&zoom=80"),
     (":~:text=a", "page=12"), ("", "page=12")],
)  # fmt: skip
def test_the_page_replaces_another(fragment, made):
    url = "https://example.jp/a.pdf"
    assert link(FIRST, f"{url}#{fragment}", locator="p. 12") == f"{url}#{made}"


@pytest.mark.parametrize("url", ["https://example.jp/a.pdf.html", "https://example.jp/a?f=b.pdf"])
def test_what_is_no_pdf_has_its_words(url):
    assert link(FIRST, url, locator="p. 12").startswith(f"{url}#:~:text=")


# ---------------------------------------------------------------- none, and whether that is told


@pytest.mark.parametrize("kind", ["video", "broadcast"])
def test_what_was_spoken_stands_on_no_page(kind):
    assert link(FIRST, kind=kind) == ""


def test_without_a_url_there_is_no_link():
    assert link(FIRST, "") == ""


@pytest.mark.parametrize(
    ("typed", "source", "expected"),
    [
        (LONG, Source(url=PAGE), True),
        ("霧笛が鳴った。", Source(url=PAGE), False),
        (LONG, Source(), False),
        (LONG, Source(url="https://example.jp/a.pdf"), False),
        (LONG, Source(url=PAGE, kind="video"), False),
    ],
)
def test_a_link_is_expected_of_enough_words_on_a_page(typed, source, expected):
    assert deeplink.expected(elision.text(typed), source) is expected
