"""The filters that layouts have."""

import json

import pytest
from markupsafe import Markup

from sitegen import urls
from sitegen.model import Date, View
from sitegen.render import filters

TIMED = Date("2025-02-04T21:05:00+09:00", 1738670700)
DAY = Date("2024-12-31T00:00:00-05:00", 1735621200, timed=False)


def view(language="ja", origin="https://example.org", calendar="gregorian"):
    return View("", "", language, calendar, "", origin, "/", (), (), "", {}, {})


def table(language="ja", **rest):
    return filters.filters(view(language, **rest))


@pytest.mark.parametrize(
    ("language", "name", "shown"),
    [
        ("ja", "date", "2025年2月4日（火）"),
        ("ja", "day", "2025年2月4日"),
        ("ja", "month", "2025年2月"),
        ("en", "date", "4 February 2025"),
        ("en", "day", "4 February 2025"),
        ("en", "month", "February 2025"),
    ],
)
def test_a_date_is_shown_in_the_language_of_the_site(language, name, shown):
    assert table(language)[name](TIMED) == shown


@pytest.mark.parametrize(
    ("day", "weekday"),
    [(3, "月"), (4, "火"), (5, "水"), (6, "木"), (7, "金"), (8, "土"), (9, "日")],
)
def test_each_day_of_the_week(day, weekday):
    date = Date(f"2025-02-{day:02}T00:00:00+09:00", 0)
    assert table()["date"](date) == f"2025年2月{day}日（{weekday}）"


def test_a_day_has_no_clock():
    assert (filters.clock(TIMED), filters.clock(DAY)) == ("21:05", "")


@pytest.mark.parametrize(
    ("date", "shown"),
    [(TIMED, "Tue, 04 Feb 2025 21:05:00 +0900"), (DAY, "Tue, 31 Dec 2024 00:00:00 -0500")],
)
def test_the_date_of_rss(date, shown):
    assert filters.rfc822(date) == shown


@pytest.mark.parametrize(
    ("url", "shown"),
    [("/a/", "https://example.org/a/"), ("https://a.jp/", "https://a.jp/"), ("", "")],
)
def test_a_url_of_the_site_becomes_absolute(url, shown):
    assert table()["absolute"](url) == shown


def test_without_an_origin_urls_stay():
    assert table(origin="")["absolute"]("/a/") == "/a/"


def test_an_entry_is_named_by_its_url_or_else_by_a_tag_uri():
    assert table()["tag_id"]("/a/", TIMED) == "https://example.org/a/"
    assert table(origin="")["tag_id"]("/a/", TIMED) == "tag:sitegen.invalid,2025-02-04:/a/"


# ---------------------------------------------------------------- phrases


@pytest.mark.parametrize(
    ("phrase", "values", "filled"),
    [
        ("{n} 件", {"n": 3}, "3 件"),
        ("(n) {n}", {"n": 3}, "(n) 3"),
        ("{a} から {b}", {"a": "x", "b": "y"}, "x から y"),
        ("{a}{a}", {"a": "x"}, "xx"),
        ("{other}", {"a": "x"}, "{other}"),
        ("{a}", {"a": "{b}", "b": "x"}, "{b}"),
        ("%s {0}", {"a": "x"}, "%s {0}"),
    ],
)
def test_a_phrase_is_filled(phrase, values, filled):
    assert filters.fill(phrase, **values) == filled


def test_plain_values_make_a_plain_phrase_that_the_layout_escapes():
    assert not isinstance(filters.fill("{a} <b>", a="<i>"), Markup)


def test_markup_stays_markup_and_all_else_is_escaped():
    made = filters.fill("<{a}> {b} {n}", a=Markup("<time>x</time>"), b="<i>", n=3)
    assert made == Markup("&lt;<time>x</time>&gt; &lt;i&gt; 3")


@pytest.mark.parametrize(("number", "shown"), [(0, "0"), (999, "999"), (1930, "1,930")])
def test_thousands(number, shown):
    assert filters.thousands(number) == shown


@pytest.mark.parametrize(("characters", "minutes"), [(0, 1), (1, 1), (500, 1), (501, 2), (1500, 3)])
def test_reading_takes_whole_minutes(characters, minutes):
    assert filters.minutes(characters) == minutes


# ---------------------------------------------------------------- JSON


@pytest.mark.parametrize(
    "value",
    [
        "引用",
        "</script><!--<script>&amp;",
        "\u2028\u2029",
        "\"'\\",
        None,
        True,
        1.5,
        ["a", {"b": "<"}],
    ],
)
def test_json_is_read_back_as_it_was(value):
    assert json.loads(filters.as_json(value)) == value


@pytest.mark.parametrize("value", ["</script>", "<!--", "]]>", "a & b", "\u2028"])
def test_json_holds_no_markup(value):
    assert not set(filters.as_json(value)) & set("<>&\u2028\u2029")


def test_json_is_not_escaped_again():
    assert isinstance(filters.as_json('"'), Markup)


@pytest.mark.parametrize("value", [float("nan"), float("inf")])
def test_json_has_no_numbers_that_are_none(value):
    with pytest.raises(ValueError, match="JSON compliant"):
        filters.as_json(value)


# ---------------------------------------------------------------- URLs


@pytest.mark.parametrize(
    ("url", "shown"),
    [
        ("https://example.org/", "example.org"),
        ("https://example.org/a/b?c=d#e", "example.org/a/b"),
        ("https://example.org/%E5%BC%95%E7%94%A8/", "example.org/引用"),
        ("https://example.org/%00%0A", "example.org/%00%0A"),
        ("https://example.org/%ff", "example.org/\ufffd"),
        ("https://EXAMPLE.org", "example.org"),
        ("https://例え.jp/", "例え.jp"),
    ],
)
def test_an_address_is_shown_as_people_read_it(url, shown):
    assert filters.shown_url(url) == shown


@pytest.mark.parametrize(
    ("name", "shown"),
    [("date", "令和7年2月4日（火）"), ("day", "令和7年2月4日"), ("month", "令和7年2月")],
)
def test_dates_are_told_in_eras_where_the_site_wants_it(name, shown):
    assert filters.filters(view(calendar="japanese"))[name](TIMED) == shown


def test_english_knows_no_eras():
    assert filters.filters(view("en", calendar="japanese"))["day"](TIMED) == "4 February 2025"


@pytest.mark.parametrize(
    ("policy", "origins", "framed"),
    [
        ("", ("https://a.jp",), ""),
        ("default-src 'none'", (), "default-src 'none'"),
        (
            "default-src 'none'; base-uri 'none';",
            ("https://a.jp", "https://b.jp"),
            "default-src 'none'; base-uri 'none'; frame-src https://a.jp https://b.jp",
        ),
        (
            "Frame-Src 'none'; default-src 'self'",
            ("https://a.jp",),
            "default-src 'self'; Frame-Src https://a.jp",
        ),
        ("frame-src 'self'", ("https://a.jp",), "frame-src 'self' https://a.jp"),
    ],
)
def test_a_policy_allows_the_frames_of_its_page_and_no_others(policy, origins, framed):
    assert filters.framing(policy, origins) == framed


def test_a_value_of_a_query_has_no_sign_with_a_meaning():
    assert urls.encoded("https://a.jp/?b&港") == "https%3A%2F%2Fa.jp%2F%3Fb%26%E6%B8%AF"


@pytest.mark.parametrize(
    ("heading", "shown"),
    [
        ("霧笛", "霧笛"),
        ("欠航　鴇島", "<span>欠航</span>　<span>鴇島</span>"),
        ("<ruby>港　町<rt>みなと</rt></ruby>", "<ruby>港　町<rt>みなと</rt></ruby>"),
    ],
)
def test_a_heading_breaks_at_its_full_width_blank(heading, shown):
    assert filters.phrased(heading) == shown


@pytest.mark.parametrize(
    ("url", "told"),
    [
        ("/2025/02/muteki/", "/2025/02/muteki/"),
        ("/guide/%E6%9B%B8%E3%81%8D%E6%96%B9/", "/guide/書き方/"),
        ("/a%20b/100%25%5Bx%5D/", "/a b/100%[x]/"),
        ("/tags/?q=%E6%B8%AF#%E6%B8%AF", "/tags/?q=%E6%B8%AF#%E6%B8%AF"),
        ("https://example.jp/%E6%B8%AF?a=$1", "https://example.jp/港?a=\\$1"),
        ("https://example.jp/a%3Fb%22%0A%2F", "https://example.jp/a%3Fb%22%0A%2F"),
        ("https://example.jp/%A4%A2", "https://example.jp/%A4%A2"),
    ],
)
def test_apache_is_told_the_path_that_it_will_encode(url, told):
    assert filters.apache_target(url) == told
