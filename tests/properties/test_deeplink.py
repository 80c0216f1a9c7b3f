"""Links to the passage: whatever was quoted, they say its own words or nothing."""

import re
from urllib.parse import unquote

from hypothesis import example, given
from hypothesis import strategies as st

from sitegen.model import Source
from sitegen.quotation import deeplink, elision

PARTS = st.sampled_from(
    [
        *"。、！？!?.,-&%#=~_:;（）()「」『』【】・…〜～－ 　\n\t<>／",
        "霧笛が港に鳴った",
        "船は沖で待つという",
        "3.5",
        "５，０００",
        "The horn ",
        "sounded",
        "か\u3099",
        "\u200b",
        "🌫\ufe0f",
        "〔中略〕",
        "〔前略〕",
        "〔以下略〕",
        "[全文は引用元へ…]",
        "【水無瀬通信】",
        "\n\n",
    ]
)
TYPED = st.lists(PARTS, max_size=40).map("".join) | st.text()
URLS = st.sampled_from(
    [
        "",
        "https://example.jp/",
        "https://example.jp/a#b",
        "https://example.jp/a#b:~:text=c&text=d",
        "https://example.jp/a.pdf",
        "https://example.jp/" + "a" * 1_700,
        "https://example.jp/" + "a" * 1_981,
        "https://[",
    ]
)
SOURCES = st.builds(Source, url=URLS | st.text(), locator=st.sampled_from(["", "p. 3"]) | st.text())
TERM = re.compile(r"(?:[A-Za-z0-9_.~]|%[0-9A-F]{2})+")


def terms(made):
    return made.partition("#")[2].partition(":~:text=")[2].split(",")


@given(TYPED, SOURCES)
@example("霧笛が港に鳴った。-船は沖で、待つという。", Source(url="https://example.jp/"))
def test_a_link_leads_to_the_source_and_is_not_too_long(typed, source):
    made = deeplink.passage(elision.text(typed), source)
    assert len(made) <= 2_000
    assert not made or made.partition("#")[0] == source.url.partition("#")[0]


@given(TYPED)
def test_every_term_is_a_run_of_the_words_as_typed(typed):
    quoted = elision.text(typed)
    made = deeplink.passage(quoted, Source(url="https://example.jp/a"))
    spans = [span.text for paragraph in quoted.paragraphs for span in paragraph]
    for term in terms(made) if made else []:
        assert any(unquote(term, errors="strict") in words for words in spans)


@given(TYPED)
@example("霧笛-が港に久しく鳴ったという。")
def test_a_term_holds_no_sign_of_the_syntax(typed):
    made = deeplink.passage(elision.text(typed), Source(url="https://example.jp/a"))
    found = terms(made) if made else []
    assert len(found) <= 2
    assert all(TERM.fullmatch(term) for term in found)


@given(TYPED)
@example("霧笛が港に鳴ったと聞いて船は沖で待つと見込まれ〔以下略〕")
def test_a_term_is_cut_at_punctuation_or_where_words_stand_alone(typed):
    """Beside every edge of a term stands what parts words, or nothing of the quotation."""
    quoted = elision.text(typed)
    made = deeplink.passage(quoted, Source(url="https://example.jp/a"))
    spans = [span.text for paragraph in quoted.paragraphs for span in paragraph]
    for term in map(unquote, terms(made) if made else []):
        assert any(parted(words, term) for words in spans if term in words)


def parted(words, term):
    places = [found.start() for found in re.finditer(f"(?={re.escape(term)})", words)]
    return any(
        (not place or PARTS_WORDS.search(words[place - 1 : place + 1]))
        and (
            place + len(term) == len(words)
            or PARTS_WORDS.search(words[place + len(term) - 1 : place + len(term) + 1])
        )
        for place in places
    )


PARTS_WORDS = re.compile(r"[^\w]")
