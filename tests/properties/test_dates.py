"""Dates of any text."""

import datetime as dt

from hypothesis import given
from hypothesis import strategies as st

from sitegen.content import dates
from sitegen.model import Date

TOKYO = dates.zone("Asia/Tokyo")
ZONES = st.sampled_from(
    [TOKYO, dt.UTC, dates.zone("America/Sao_Paulo"), dates.zone("Asia/Kathmandu")]
)
WORDS = ["unreadable", "year", "month", "day", "hour", "minute", "second", "zone", "era"]

PIECES = st.sampled_from(
    [
        *"0123456789０１２〇一二三十年月日時分秒元:-/.− 　TZ+()（火）",
        "令和",
        "平成",
        "昭和",
        "明治",
        "R",
        "H",
        "JST",
        "UTC",
        "曜日",
    ]
)
NEAR = st.lists(PIECES, max_size=24).map("".join)


@st.composite
def spelt(draw):
    """A day as people write one, right or wrong."""
    year, month, day = (
        draw(st.integers(0, 9999)),
        draw(st.integers(0, 13)),
        draw(st.integers(0, 32)),
    )
    form = draw(
        st.sampled_from(
            ["{0:04}-{1:02}-{2:02}", "{0:04}/{1}/{2}", "{0:04}年{1}月{2}日", "令和{3}年{1}月{2}日"]
        )
    )
    hour, minute = draw(st.integers(0, 24)), draw(st.integers(0, 60))
    time = draw(
        st.sampled_from(
            ["", " {0:02}:{1:02}", "T{0:02}:{1:02}:00Z", " {0}時{1}分", " {0}:{1} +0545"]
        )
    )
    return form.format(year, month, day, year % 100) + time.format(hour, minute)


@given(NEAR | spelt() | st.text(), ZONES)
def test_any_text_is_a_date_or_has_a_word(text, zone):
    made = dates.parse(text, zone)
    assert isinstance(made, Date) or made in WORDS


@given(NEAR | spelt() | st.text())
def test_any_text_may_be_asked_for_its_era(text):
    dates.era_fault(text)


@given(spelt(), ZONES)
def test_a_date_that_is_made_is_read_as_the_same_instant(text, zone):
    made = dates.parse(text, zone)
    if isinstance(made, str) or not 3 <= made.year <= 9997:
        return
    again = dates.parse(made.iso, zone)
    # Local mean time has seconds, which its offset is not told in.
    assert abs(again.epoch - made.epoch) <= (0 if made.year > 1930 else 30)
    assert again.iso[:16] == made.iso[:16] or made.year <= 1930


@given(st.integers(-1_230_000_000, 220_000_000_000), ZONES)
def test_an_instant_is_kept_in_every_zone(epoch, zone):
    moment = dt.datetime(1970, 1, 1, tzinfo=dt.UTC) + dt.timedelta(seconds=epoch)
    made = dates.parse(moment.isoformat(), zone)
    assert made.epoch == epoch
    assert dt.datetime.fromisoformat(made.iso) == moment


@given(st.dates(dt.date(1873, 1, 1), dt.date(2117, 12, 31)))
def test_a_day_in_its_era_is_read_as_that_day(day):
    said = dates.era(day)
    assert dates.parse(said, TOKYO).iso[:10] == day.isoformat()
    assert dates.era_fault(said) == ""


@given(st.integers(-62_000_000_000, 250_000_000_000), ZONES)
def test_an_epoch_is_kept(epoch, zone):
    assert dates.epoch_date(epoch, zone).epoch == epoch


@given(
    st.lists(st.sampled_from(["2025", "02", "04", "-", "/", "x", "引用", "index.md", ".md"])).map(
        "".join
    )
)
def test_any_path_has_a_date_or_none(path):
    year, month, day = dates.from_path(f"content/posts/{path}")
    assert not (day and not month)
    assert not (month and not year)
    dates.stem(f"content/posts/{path}")
