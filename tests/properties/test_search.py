"""What the script of search finds in built files is what plain search in the texts finds."""

import json
import shutil
import subprocess
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sitegen import text
from sitegen.model import Searched
from sitegen.render import postings
from sitegen.site import search

from .site_blog import LAYOUTS, THOROUGH

ROOT = Path(__file__).parents[1]
NODE = shutil.which("node")
PARTS = {"all": (0, 1), "ours": (0,), "quote": (1,)}
SIGNS = "霧笛港のはを、。・ 　ーカガヵａＡaiAI12ß𠮷々\n"
WORDS = st.text(st.sampled_from(SIGNS), max_size=24)
POSTS = st.lists(st.tuples(WORDS, WORDS), min_size=1, max_size=12)


@pytest.fixture(scope="module")
def script(tmp_path_factory):
    """Runs the script of the default layouts over a site."""
    if not NODE:
        pytest.skip("there is no node to run the script of search")
    module = tmp_path_factory.mktemp("script") / "search.mjs"
    shutil.copy(LAYOUTS / "static/search.js", module)

    def run(**asked):
        command = [NODE, str(ROOT / "data/search.mjs"), str(module)]
        given = json.dumps(asked).encode()
        ran = subprocess.run(command, input=given, capture_output=True, check=True)  # noqa: S603
        return json.loads(ran.stdout)

    return run


def indexed(posts):
    """The files of the index of `posts`, the oldest first, as the script asks for them."""
    files = {}
    for number, start in enumerate(range(0, len(posts), search.SEGMENT)):
        part = posts[start : start + search.SEGMENT]
        known = [Searched(f"{start + n}", "", f"/{start + n}/", "") for n in range(len(part))]
        made = [*search.addresses(known), *postings.files(part, search.shards(len(part)))]
        segment = search.Segment(number, (None,) * len(part))
        paths = (url.removeprefix("/search/") for url in search.urls(segment))
        files |= dict(zip(paths, made, strict=True))
    return files


def asked(posts, queries):
    """`queries` over `posts` with the index and the texts of the pages."""
    pages = {
        f"/{number}/": [{"quoted": bool(part), "text": words} for part, words in enumerate(post)]
        for number, post in enumerate(posts)
    }
    return {"posts": len(posts), "files": indexed(posts), "pages": pages, "queries": queries}


def expected(posts, query, part):
    """The numbers of the posts that hold every word of `query`, the newest first."""
    folded = [[text.fold(words) for words in post] for post in posts]
    wanted = text.fold(query).split()
    return [
        number
        for number in reversed(range(len(posts)))
        if wanted
        and all(any(word in folded[number][field] for field in PARTS[part]) for word in wanted)
    ]


def found(hits):
    return [int(url.strip("/")) for url in hits["urls"]]


@settings(max_examples=25 * THOROUGH, deadline=None)
@given(posts=POSTS, data=st.data())
def test_every_piece_of_a_text_is_found_in_all_texts_that_hold_it(script, posts, data):
    lines = [line for post in posts for words in post for line in words.split()]
    piece = st.sampled_from(lines or ["霧"]).flatmap(
        lambda line: st.tuples(st.just(line), st.integers(0, len(line)), st.integers(1, 8))
    )
    pieces = st.lists(piece, min_size=1, max_size=2).map(
        lambda found: " ".join(line[at : at + count] for line, at, count in found)
    )
    queries = data.draw(st.lists(st.tuples(pieces, st.sampled_from(sorted(PARTS))), max_size=12))
    queries = [(query, part) for query, part in queries if '"' not in query]
    hits = script(**asked(posts, queries))["hits"]
    assert [found(one) for one in hits] == [expected(posts, *query) for query in queries]


@pytest.mark.parametrize("typed", ['"霧 笛"', "“霧 笛”", "＂霧 笛＂", '"霧 笛'])
def test_words_in_quotation_marks_of_any_kind_stand_together(script, typed):
    """A telephone makes “ of ", and who is still typing has not closed them."""
    hits = script(**asked([("霧 笛", ""), ("笛 霧", "")], [(typed, "all")]))["hits"]
    assert found(hits[0]) == [0]


def test_a_quotation_mark_within_a_word_is_a_sign_like_others(script):
    hits = script(**asked([('5" の 港', ""), ("5 の 港", "")], [('5" 港', "all")]))["hits"]
    assert found(hits[0]) == [0]


def test_the_script_folds_as_we_do(script):
    cases = json.loads((ROOT / "data/folding.json").read_text(encoding="utf-8"))
    assert script(folded=[typed for typed, _ in cases])["folded"] == [folded for _, folded in cases]


def test_the_script_folds_every_character_as_we_do(script):
    import unicodedata  # noqa: PLC0415

    known = [
        sign for sign in map(chr, range(0x110000)) if unicodedata.category(sign) not in {"Cn", "Cs"}
    ]
    made = script(folded=known)["folded"]
    assert [
        sign for sign, folded in zip(known, made, strict=True) if text.fold(sign) != folded
    ] == []


def many(count):
    """Posts of which every seventh has a word, every hundredth a rare one."""
    return [
        (f"論評{number}の霧" + "港湾" * (number % 7 == 0), "灯台" * (number % 100 == 3))
        for number in range(count)
    ]


@pytest.mark.parametrize("count", [1, 127, 128, 129, 511, 512, 513, 1100])
def test_posts_are_found_in_every_segment(script, count):
    posts = many(count)
    queries = [
        ("港湾", "all"),
        ("灯台", "quote"),
        ("灯台", "ours"),
        ("港湾 灯台", "all"),
        ("灯", "all"),
    ]
    hits = script(**asked(posts, queries))["hits"]
    assert [found(one) for one in hits] == [expected(posts, *query) for query in queries]


def test_a_few_hits_take_a_few_files(script):
    (hits,) = script(**asked(many(2000), [("港湾", "all")]), enough=10)["hits"]
    assert len(hits["urls"]) == 10
    assert {path.split("/")[0] for path in hits["fetched"] if path[0] != "/"} == {"3"}


def test_words_between_marks_follow_each_other(script):
    posts = [("open source", ""), ("source open", "")]
    hits = script(**asked(posts, [('"open source"', "all"), ("open source", "all")]))["hits"]
    assert [found(one) for one in hits] == [[0], [1, 0]]


def test_what_is_found_is_marked_in_the_text_as_it_was_typed(script):
    texts = [
        ("港のﾗｲﾄﾊｳｽが光る", "ライトハウス"),
        ("Ａｉと人", "ai"),
        ("霧笛と霧と笛", "霧 笛"),
        ("見つからない", "無"),
        ("甲" * 100 + "霧笛" + "乙" * 100, "霧笛"),
    ]
    made = script(excerpts=texts)["excerpts"]
    assert made[:4] == [
        ["港の", "ﾗｲﾄﾊｳｽ", "が光る"],
        ["", "Ａｉ", "と人"],
        ["", "霧", "", "笛", "と", "霧", "と", "笛", ""],
        ["見つからない"],
    ]
    assert made[4][1] == "霧笛"
    assert made[4][0].startswith("…甲")
    assert made[4][2].endswith("乙…")
