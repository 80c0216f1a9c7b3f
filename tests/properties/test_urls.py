"""Slugs of any text."""

import re
import unicodedata

from hypothesis import assume, given
from hypothesis import strategies as st

from sitegen import urls
from sitegen.content.dates import epoch_date, zone

PARTS = st.sampled_from(
    [
        *"aZ09-_.+# /\\%あア引用・、。！　①½ßİıǅ",
        "C++",
        "C#",
        ".NET",
        "ｶﾞ",
        "か\u3099",
        "e\u0301",
        "\u200b",
        "\u202e",
        "🇯🇵",
        "1\ufe0f\u20e3",
        "葛\U000e0100",
        "한글",
        "क्षि",
        "\u0345",
        "con",
        "nul",
        "..",
        "&#49;",
        "&amp;",
        "\U00031350",
        "あ" * 50,
    ]
)
NAMES = st.lists(PARTS, max_size=20).map("".join) | st.text()


@given(NAMES)
def test_the_slug_of_a_slug_is_itself(name):
    once = urls.slug(name)
    assert urls.slug(once) == once


@given(NAMES)
def test_a_slug_is_letters_marks_and_digits_joined_by_single_hyphens(name):
    slug = urls.slug(name)
    assert slug == unicodedata.normalize("NFC", slug)
    assert not re.search("^-|-$|--", slug)
    assert all(
        sign == "-" or unicodedata.category(sign)[0] in "LMN" or sign >= "\U00020000"
        for sign in slug
    )
    assert len(slug.encode()) <= 120


@given(NAMES)
def test_a_slug_has_no_capitals(name):
    slug = urls.slug(name)
    assert not any(
        unicodedata.category(sign) in {"Lu", "Lt"} for sign in slug if sign.lower() != sign
    )


@given(NAMES)
def test_a_slug_is_a_part_of_a_path(name):
    slug = urls.slug(name)
    # Kanji younger than this Python are letters of a slug, but not printable.
    assume(all(unicodedata.category(sign) != "Cn" for sign in slug))
    assert slug == "" or urls.path_fault(f"/{slug}/") == ""


@given(NAMES)
def test_a_name_always_has_a_slug(name):
    assert urls.name_slug(name, "tag")


@given(NAMES)
def test_a_url_of_a_post_leads_to_an_output_below_the_folder(name):
    date = epoch_date(1_700_000_000, zone("Asia/Tokyo"))
    url = urls.permalink("/{year}/{month}/{slug}/", urls.name_slug(name, "post"), date)
    path = urls.output_path(url)
    assert re.fullmatch(r"2023/11/[^/]+/index\.html", path)


@given(NAMES)
def test_what_is_ready_for_href_is_ascii_without_signs(name):
    assert re.fullmatch(r"[A-Za-z0-9/\-._~!$&'()*+,;=:@%]*", urls.href(name.replace("\ud800", "")))


@given(st.text())
def test_any_text_may_be_asked_whether_it_is_a_path_or_an_address(text):
    urls.path_fault(text)
    urls.web_fault(text)
    urls.permalink_fault(text)
    urls.host(text)
