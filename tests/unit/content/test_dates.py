"""Dates as people write them, and as paths say them."""

import datetime as dt
import zoneinfo

import pytest

from sitegen.content import dates
from sitegen.model import Date

TOKYO, UTC = dates.zone("Asia/Tokyo"), dt.UTC
DAY = Date("2025-02-04T00:00:00+09:00", 1738594800, timed=False)


@pytest.mark.parametrize(
    "text",
    [
        "2025-02-04",
        "2025-2-4",
        "2025/02/04",
        "2025/2/4",
        "2025.2.4",
        "2025年2月4日",
        "2025年 2月 4日",
        "2025年2月4日（火）",
        "2025年2月4日(火曜日)",
        "２０２５年２月４日",
        "２０２５－２－４",
        "二〇二五年二月四日",
        "令和7年2月4日",
        "令和７年２月４日",
        "令和七年二月四日",
        "R7.2.4",
        "r7.2.4",
        "R7/2/4",
        "令和7年2月4日（火）",
        "2025年2月4日火曜日",
        "2025 年 2 月 4 日",
        "西暦2025年2月4日",
        "2025ー02ー04",
        "2025–02–04",
        "  2025-02-04\u3000",
    ],
)
def test_a_day_in_any_spelling_is_the_same_day(text):
    assert dates.parse(text, TOKYO) == DAY


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("2025-02-04T10:30", "2025-02-04T10:30:00+09:00"),
        ("2025-02-04 10:30", "2025-02-04T10:30:00+09:00"),
        ("2025-02-04 9:05", "2025-02-04T09:05:00+09:00"),
        ("2025-02-04 10:30:05", "2025-02-04T10:30:05+09:00"),
        ("2025-02-04 10:30:05.999", "2025-02-04T10:30:05+09:00"),
        ("2025-02-04 10:30:05 +0900", "2025-02-04T10:30:05+09:00"),
        ("2025-02-04 10:30 +9:00", "2025-02-04T10:30:00+09:00"),
        ("2025-02-04T10:30:00+09:00", "2025-02-04T10:30:00+09:00"),
        ("2025-02-04T10:30:00−05:00", "2025-02-05T00:30:00+09:00"),
        ("2025-02-04 10:30Z", "2025-02-04T19:30:00+09:00"),
        ("2025-02-04 10:30 JST", "2025-02-04T10:30:00+09:00"),
        ("2025-02-04T10:30+09", "2025-02-04T10:30:00+09:00"),
        ("2025-02-04 10:30 -5", "2025-02-05T00:30:00+09:00"),
        ("2025-02-04 10:30 KST", "2025-02-04T10:30:00+09:00"),
        ("2025年2月4日 10:30（日本時間）", "2025-02-04T10:30:00+09:00"),
        ("2025年2月4日 午後9時", "2025-02-04T21:00:00+09:00"),
        ("2025年2月4日（火）午前0時5分", "2025-02-04T00:05:00+09:00"),
        ("2025-02-04 午後0:30", "2025-02-04T12:30:00+09:00"),
        ("二〇二五年二月四日　午後三時半", "2025-02-04T15:30:00+09:00"),
        ("2025年2月4日 正午", "2025-02-04T12:00:00+09:00"),
        ("2025年2月4日10時", "2025-02-04T10:00:00+09:00"),
        ("2025年2月4日（火）10時30分", "2025-02-04T10:30:00+09:00"),
        ("令和七年二月四日二十一時", "2025-02-04T21:00:00+09:00"),
        ("2025年2月4日　２１：００", "2025-02-04T21:00:00+09:00"),
        ("2024-12-31T23:30:00Z", "2025-01-01T08:30:00+09:00"),
    ],
)
def test_a_time_is_an_instant_in_the_sites_zone(text, iso):
    made = dates.parse(text, TOKYO)
    assert (made.iso, made.timed) == (iso, True)


def test_the_epoch_is_that_of_the_instant():
    assert dates.parse("2025-02-04T00:00:00Z", TOKYO).epoch == 1738627200
    assert dates.parse("1970-01-01T09:00", TOKYO).epoch == 0


def test_a_day_begins_at_midnight_of_the_sites_zone():
    days = [dates.parse("2025-02-04", zone).epoch for zone in (TOKYO, UTC)]
    assert days == [1738594800, 1738627200]


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("", "unreadable"),
        ("x", "unreadable"),
        ("20250204", "unreadable"),
        ("2025-2", "unreadable"),
        ("10:30", "unreadable"),
        ("2025-02-04 10", "unreadable"),
        ("2025-02-04 21:00 (", "unreadable"),
        ("2025-02-04 9:05 PM", "unreadable"),
        ("25-02-04", "unreadable"),
        ("2025-02-04\n2025-02-05", "unreadable"),
        ("2025年十十月1日", "unreadable"),
        ("2025-13-01", "month"),
        ("2025-00-01", "month"),
        ("2025-02-30", "day"),
        ("2023-02-29", "day"),
        ("1900-02-29", "day"),
        ("2025-01-00", "day"),
        ("0000-01-01", "year"),
        ("9999-12-31", "year"),
        ("2025-02-04 24:00", "hour"),
        ("2025-02-04 午後12時", "hour"),
        ("2025-02-04 午後13時", "hour"),
        ("2025-02-04 21:00+09:60", "zone"),
        ("2025-02-04 10:60", "minute"),
        ("2025-02-04 10:30:60", "second"),
        ("2025-02-04 10:30 +15:00", "zone"),
        ("2025-02-04 10:30 +09:60", "zone"),
        ("2025-13-04T21:00:00+09:00", "month"),
        ("2025-02-30T21:00:00+09:00", "day"),
        ("2025-02-04T24:00:00+09:00", "hour"),
        ("2025-02-04T21:00:60+09:00", "second"),
        ("2025-02-04T21:00:00+15:00", "zone"),
        ("2025-02-04T21:00:00-09:60", "zone"),
        ("0001-02-04T21:00:00+09:00", "year"),
        ("9999-02-04T21:00:00+09:00", "year"),
        ("令和0年1月1日", "era"),
        ("明治5年12月2日", "era"),
        ("明治1年1月1日", "era"),
    ],
)
def test_what_is_wrong_with_a_date_has_a_word(text, word):
    assert dates.parse(text, TOKYO) == word


def test_leap_days_are_days():
    assert [dates.parse(f"{year}-02-29", TOKYO).day for year in (2000, 2024)] == [29, 29]


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("1949-07-01 12:00", "1949-07-01T12:00:00+10:00"),  # summer time
        ("1949-12-01 12:00", "1949-12-01T12:00:00+09:00"),
        ("明治6年1月1日", "1873-01-01T00:00:00+09:19"),  # local mean time is +09:18:59
        ("1873-01-01T00:00:00+09:00", "1873-01-01T00:18:59+09:19"),
        ("0002-01-01T00:00:00+13:59", "0001-12-31T19:19:59+09:19"),
        ("2025-02-04T21:00:00-14:59", "2025-02-05T20:59:00+09:00"),
    ],
)
def test_offsets_are_those_of_the_time_told_in_minutes(text, iso):
    assert dates.parse(text, TOKYO).iso == iso


# ---------------------------------------------------------------- eras


@pytest.mark.parametrize(
    ("date", "said"),
    [
        (dt.date(2025, 2, 4), "令和7年2月4日"),
        (dt.date(2019, 5, 1), "令和元年5月1日"),
        (dt.date(2019, 4, 30), "平成31年4月30日"),
        (dt.date(1989, 1, 8), "平成元年1月8日"),
        (dt.date(1989, 1, 7), "昭和64年1月7日"),
        (dt.date(1926, 12, 24), "大正15年12月24日"),
        (dt.date(1912, 7, 29), "明治45年7月29日"),
        (dt.date(1873, 1, 1), "明治6年1月1日"),
        (dt.date(1872, 12, 31), "1872年12月31日"),
    ],
)
def test_a_date_in_its_era(date, said):
    assert dates.era(date) == said


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("令和元年5月1日", "2019-05-01"),
        ("平成31年4月30日", "2019-04-30"),
        ("昭和64年1月7日", "1989-01-07"),
        ("S64.1.7", "1989-01-07"),
        ("大正元年7月30日", "1912-07-30"),
        ("T元.7.30", "1912-07-30"),
    ],
)
def test_a_year_of_an_era_is_read(text, iso):
    assert dates.parse(text, TOKYO).iso[:10] == iso


@pytest.mark.parametrize(
    ("text", "right"),
    [
        ("平成31年5月1日", "令和元年5月1日"),
        ("H31.5.1", "令和元年5月1日"),
        ("令和元年4月30日", "平成31年4月30日"),
        ("平成31年4月30日", ""),
        ("R7.2.4", ""),
        ("2025-02-04", ""),
        ("令和7年2月30日", ""),
        ("x", ""),
    ],
)
def test_a_date_beyond_its_era_has_a_right_one(text, right):
    assert dates.era_fault(text) == right


# ---------------------------------------------------------------- zones


@pytest.mark.parametrize(
    "name", ["", "Asia/Nowhere", "../../etc/passwd", "/etc/localtime", "a\x00b"]
)
def test_a_name_of_no_zone_gives_none(name):
    assert dates.zone(name) is None


def test_an_instant_is_a_date_in_its_zone():
    assert dates.epoch_date(0, TOKYO) == Date("1970-01-01T09:00:00+09:00", 0)


def test_the_machines_zone_is_one():
    assert dt.datetime.now(dates.local()).utcoffset() is not None


# ---------------------------------------------------------------- paths


@pytest.mark.parametrize(
    ("path", "date", "stem"),
    [
        ("2025/02/04-horizon.md", (2025, 2, 4), "horizon"),
        ("2025-02-04-horizon.md", (2025, 2, 4), "horizon"),
        ("2025/02/04/horizon.md", (2025, 2, 4), "horizon"),
        ("2025/02/horizon.md", (2025, 2, None), "horizon"),
        ("2025/horizon.md", (2025, None, None), "horizon"),
        ("horizon.md", (None, None, None), "horizon"),
        ("韓国/2025/02/04-半導体.md", (2025, 2, 4), "半導体"),
        ("2025/02/04-horizon/index.md", (2025, 2, 4), "horizon"),
        ("2025-02-04-horizon/index.md", (2025, 2, 4), "horizon"),
        ("2025/02/04.md", (2025, 2, 4), ""),
        ("2025-02-04.md", (2025, 2, 4), ""),
        ("2025/02/99-luftballons.md", (2025, 2, None), "99-luftballons"),
        ("2025/02/100-things.md", (2025, 2, None), "100-things"),
        ("2025/12-things.md", (2025, None, None), "12-things"),
        ("2025/13/04-x.md", (None, None, None), "04-x"),
        ("04-x.md", (None, None, None), "04-x"),
        ("20250204-x.md", (None, None, None), "20250204-x"),
    ],
)
def test_a_path_says_date_and_name(path, date, stem):
    full = f"content/posts/{path}"
    assert (dates.from_path(full), dates.stem(full)) == (date, stem)


@pytest.mark.parametrize("name", ["tzdata.zi", "+VERSION"])
def test_the_rules_of_the_zones_are_named_by_who_has_them(tmp_path, name):
    (tmp_path / name).write_text("# version 2025b\n# redo 1\n", encoding="utf-8")
    zoneinfo.reset_tzpath([tmp_path / "none", tmp_path])
    try:
        assert dates.rules() == "# version 2025b"
        zoneinfo.reset_tzpath([])
        assert dates.rules() == ""
    finally:
        zoneinfo.reset_tzpath()
