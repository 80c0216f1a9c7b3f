"""Which characters stand in which post, as the script of search reads it."""

import pytest

from sitegen.model import Body, Fence, Html, Quote, Source, Span
from sitegen.render import postings


def fields(posts, gram):
    """The numbers of the fields with `gram`: "!" for too many, none for no line at all."""
    (file,) = postings.files(posts, 1)
    for line in file.split("\n"):
        if line.startswith(f"{gram} "):
            return "!" if line.endswith(" !") else unpacked(line.removeprefix(f"{gram} "))
    return []


def unpacked(numbers):
    found, field, signs = [], -1, iter(numbers)
    for sign in signs:
        step = ord(sign) - 34
        field += step if step <= 80 else 80 + (step - 81) * 92 + ord(next(signs)) - 34
        found.append(field)
    return found


def alone(*places):
    """512 posts, a word in those fields that are named."""
    found = [["", ""] for _ in range(512)]
    for place in places:
        found[place >> 1][place & 1] = "霧笛"
    return [tuple(post) for post in found]


@pytest.mark.parametrize(
    "places",
    [(0,), (1,), (1023,), (0, 79), (0, 80, 161), (0, 81), (0, 82), (0, 172, 173), (5, 1000),
     tuple(range(0, 1024, 3)), tuple(range(1, 1024, 81)), tuple(range(0, 1024, 80))],
)  # fmt: skip
def test_every_step_can_be_read_again(places):
    assert fields(alone(*places), "霧笛") == list(places)


def test_what_stands_in_more_than_half_of_the_fields_has_no_numbers():
    assert fields([("霧笛", "霧笛"), ("", "霧笛")], "霧笛") == "!"
    assert fields([("霧笛", ""), ("", "霧笛")], "霧笛") == [0, 3]


@pytest.mark.parametrize(
    ("words", "gram", "held"),
    [
        ("霧笛の港", "笛の", True),
        ("霧笛", "笛霧", False),
        ("霧。笛", "霧笛", False),
        ("霧\n笛", "霧笛", False),
        ("霧。笛", "霧", True),  # a character that ends a word stands alone
        ("霧笛", "笛", True),
        ("霧笛", "霧", False),  # it begins a pair: that is found by its beginning
        ("ＯｐｅｎＡＩの", "openai"[:3], True),
        ("OpenAIの", "ai", True),
        ("OpenAIの", "iの", True),
        ("ﾗｲﾌﾀｲﾑ", "ライ", True),
        ("東京・大阪", "京大", False),
        ("𠮷野家", "𠮷", True),
        ("野家", "家", True),
        ("二〇二五年", "〇二", True),
        ("々々", "々々", True),
    ],
)
def test_words_are_held_by_their_pairs(words, gram, held):
    assert fields([(words, ""), ("", "")], gram) == ([0] if held else [])


def test_what_begins_with_one_character_is_in_one_file_but_latin_letters():
    files = postings.files([("霧笛霧雨霧。ab ac", "")], 64)
    assert [sum("\n霧" in file for file in files), sum("\na" in file for file in files)] == [1, 2]


def test_files_do_not_depend_on_the_order_of_sets():
    (file,) = postings.files([("霧笛の港 fog horn", "潮の町")], 1)
    lines = file.strip("\n").split("\n")
    assert lines == sorted(lines)


def quote(number, words, **rest):
    return Quote(number, ((Span("text", words),),), Source(title="題", site="紙"), **rest)


def test_ours_and_theirs_are_apart():
    fence = Fence(quote(2, "囲みの引用"))
    body = Body((quote(1, "先の引用"),), (Html("<p>論<ruby>評<rt>ひ</rt></ruby></p>"), fence), ())
    ours, theirs = postings.texts("題名", body)
    assert ours.split() == ["題名", "論評"]
    assert theirs.split() == ["先の引用", "題", "紙", "囲みの引用", "題", "紙"]


def test_translations_are_found_and_withdrawn_words_are_not():
    spans = ((Span("text", "訳"), Span("elision", "…"), Span("text", "文")),)
    leads = (quote(1, "原文", translation=spans), quote(2, "消えた", withdrawn="求めによる"))
    _, theirs = postings.texts("", Body(leads, (), ()))
    assert theirs.split() == ["原文", "訳…文", "題", "紙", "題", "紙"]
