"""Dates as people write them."""

import datetime as dt
import re
import unicodedata
import zoneinfo
from contextlib import suppress
from functools import lru_cache
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from sitegen.model import Date

_EPOCH = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)
_ERAS = {  # first day (the Era Name Act and the edicts before it), short sign
    "令和": (dt.date(2019, 5, 1), "R"),
    "平成": (dt.date(1989, 1, 8), "H"),
    "昭和": (dt.date(1926, 12, 25), "S"),
    "大正": (dt.date(1912, 7, 30), "T"),
    "明治": (dt.date(1868, 1, 25), "M"),
}
_SOLAR = dt.date(1873, 1, 1)  # before it, 和暦 counted the days of another calendar
_DIGITS = str.maketrans("〇一二三四五六七八九", "0123456789")
_DASHES = str.maketrans(dict.fromkeys("−–—―‐ー", "-"))  # an IME types ー for -
_DATE = re.compile(
    r"""(?:西暦)?(?:(?P<year>\d{4})
        |(?P<era>令和|平成|昭和|大正|明治|[RHSTMrhstm])\s?(?P<count>\d{1,2}|元))
        \s?(?:年|[-/.])\s?(?P<month>\d{1,2})\s?(?:月|[-/.])\s?(?P<day>\d{1,2})(?:\s?日)?
        (?:\s?(?:[(][月火水木金土日](?:曜日?)?[)]|[月火水木金土日]曜日?))?
        (?:(?:[Tt]|\s+)?(?P<time>(?:午[前後]\s?)?
        \d{1,2}(?:(?::\d{1,2}){1,2}(?:\.\d+)?|時(?:半|\d{1,2}分(?:\d{1,2}秒)?)?)|正午)
        (?:\s*(?P<open>[(])?(?P<zone>Z|z|UTC|GMT|JST|KST|日本時間|[+-]\d{1,2}(?::?\d{2})?)(?(open)[)]))?
        )?""",
    re.VERBOSE,
).fullmatch
_ISO = re.compile(  # in the years and zones that there are
    r"(?!000[01]|9999)\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d[+-](?:0\d|1[0-3]):[0-5]\d", re.ASCII
).fullmatch


@lru_cache(maxsize=64)
def zone(name: str) -> dt.tzinfo | None:
    """The time zone `name` (IANA), None if there is none; Japan is known without a database."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return dt.timezone(dt.timedelta(hours=9), name) if name == "Asia/Tokyo" else None


def rules() -> str:
    """The version of the system's time zones, as it says it; "" where it has none or is silent."""
    for folder in zoneinfo.TZPATH:
        for name in ("tzdata.zi", "+VERSION"):
            with suppress(OSError), Path(folder, name).open(encoding="utf-8") as file:
                return file.readline().strip()
    return ""


def local() -> dt.tzinfo:
    """The zone of this machine, for what is typed on its command line."""
    return dt.datetime.now(dt.UTC).astimezone().tzinfo or dt.UTC


def parse(text: str, zone: dt.tzinfo) -> Date | str:
    """The date that `text` says, in `zone`, or a word for what is wrong with it.

    ISO 8601, `2025/2/4`, `2025年2月4日`, `令和7年2月4日`, `R7.2.4`, full-width and kanji digits;
    time (`21:00`, `21時半`, `午後9時`) and zone are optional. The words: unreadable, year, month,
    day, hour, minute, second, zone, era.
    """
    if _ISO(text):
        with suppress(ValueError):  # which is told below
            return _made(dt.datetime.fromisoformat(text).astimezone(zone), timed=True)
    found = _DATE(_plain(text))
    if not found:
        return "unreadable"
    year, month, day = _year(found), int(found["month"]), int(found["day"])
    wrong = _wrong_day(year, month, day) if year or found["year"] else "era"
    if wrong:
        return wrong
    if found["era"] and dt.date(year, month, day) < _SOLAR:
        return "era"
    if not found["time"]:
        return _made(dt.datetime(year, month, day, tzinfo=zone), timed=False)
    hour, minute, second = _clock(found["time"])
    for part, limit, name in ((hour, 24, "hour"), (minute, 60, "minute"), (second, 60, "second")):
        if part >= limit:
            return name
    own = _zone(found["zone"]) if found["zone"] else zone
    if own is None:
        return "zone"
    instant = dt.datetime(year, month, day, hour, minute, second, tzinfo=own)
    if not dt.MINYEAR + 1 <= instant.year <= dt.MAXYEAR - 1:
        return "year"
    return _made(instant.astimezone(zone), timed=True)


def era_fault(text: str) -> str:
    """The right 和暦 of a date that `text` gives in an era that was over or not begun, else ""."""
    if text.lstrip()[:1].isdigit():
        return ""
    found = _DATE(_plain(text))
    if not found or not found["era"]:
        return ""
    year, month, day = _year(found), int(found["month"]), int(found["day"])
    if not year or _wrong_day(year, month, day):
        return ""
    said = era(dt.date(year, month, day))
    return "" if said[:2] == _long(found["era"]) else said


def era(date: dt.date) -> str:
    """`date` in 和暦: 令和7年2月4日; in western years before 1873."""
    for name, (start, _) in _ERAS.items():
        if date >= max(start, _SOLAR):
            count = date.year - start.year + 1
            return f"{name}{'元' if count == 1 else count}年{date.month}月{date.day}日"
    return f"{date.year}年{date.month}月{date.day}日"


def epoch_date(epoch: int, zone: dt.tzinfo) -> Date:
    """The instant `epoch`, in seconds since 1970 in UTC, as a date in `zone`."""
    return _made((_EPOCH + dt.timedelta(seconds=epoch)).astimezone(zone), timed=True)


def _plain(text: str) -> str:
    text = unicodedata.normalize("NFKC", text.strip()).translate(_DASHES)
    return _kanji(text) if re.search("[〇一二三四五六七八九十]", text) else text


def _kanji(text: str) -> str:
    """`text` with kanji numbers (二〇二五, 二十一) as digits, days of the week left alone."""
    return re.sub("(?<![(])[〇一二三四五六七八九十]+", lambda found: _number(found.group()), text)


def _number(kanji: str) -> str:
    if "十" not in kanji:
        return kanji.translate(_DIGITS)
    tens, _, ones = kanji.partition("十")
    if "十" in ones or len(tens) > 1 or len(ones) > 1:
        return kanji  # no number
    return str(int(tens.translate(_DIGITS) or 1) * 10 + int(ones.translate(_DIGITS) or 0))


def _year(found: re.Match[str]) -> int:
    if found["year"]:
        return int(found["year"])
    count = 1 if found["count"] == "元" else int(found["count"])
    return _ERAS[_long(found["era"])][0].year + count - 1 if count else 0


def _long(era: str) -> str:
    signs = {sign: name for name, (_, sign) in _ERAS.items()}
    return signs.get(era.upper(), era)


def _wrong_day(year: int, month: int, day: int) -> str:
    if not 2 <= year <= 9998:  # noqa: PLR2004 -- a year at each end is left for time zones
        return "year"
    if not 1 <= month <= 12:  # noqa: PLR2004 -- months
        return "month"
    following = dt.date(year + month // 12, month % 12 + 1, 1)
    return "" if 1 <= day <= (following - dt.date(year, month, 1)).days else "day"


def _clock(said: str) -> tuple[int, int, int]:
    """Hour, minute and second; hour 24, which is none, for 午後12時, which means two things."""
    hour, minute, second = ([int(part) for part in re.findall(r"\d+", said)[:3]] + [0, 0, 0])[:3]
    if said == "正午":
        hour = 12
    elif said[0] == "午":
        hour = 24 if hour > 11 else hour + 12 * (said[1] == "後")  # noqa: PLR2004 -- half a day
    return hour, 30 if said.endswith("半") else minute, second


def _zone(text: str) -> dt.tzinfo | None:
    if text.upper() in {"Z", "UTC", "GMT"}:
        return dt.UTC
    if text in {"JST", "KST", "日本時間"}:
        return dt.timezone(dt.timedelta(hours=9))
    digits = text[1:].replace(":", "")
    hours, minutes = int(digits[:-2] or digits), int(digits[-2:]) if len(digits) > 2 else 0  # noqa: PLR2004 -- +9
    if hours > 14 or minutes > 59:  # noqa: PLR2004 -- the widest zone in use is +14:00
        return None
    offset = dt.timedelta(hours=hours, minutes=minutes)
    return dt.timezone(-offset if text[0] == "-" else offset)


def _made(instant: dt.datetime, *, timed: bool) -> Date:
    """`instant` as a value; offsets are told in minutes, since old ones of zones have seconds."""
    iso = instant.isoformat(timespec="seconds")
    if len(iso) > len("2025-02-04T21:00:00+09:00"):
        offset = instant.utcoffset() or dt.timedelta()
        minutes = round(offset.total_seconds() / 60)
        sign, size = ("-", -minutes) if minutes < 0 else ("+", minutes)
        iso = f"{iso[:19]}{sign}{size // 60:02}:{size % 60:02}"
    return Date(iso, int(instant.timestamp()), timed)


# ---------------------------------------------------------------- dates in paths

_FOLDERS = re.compile(r"(?:^|/)(\d{4})/(?:(\d\d)/)?(?:(\d\d)/)?(?:[^/]*)$")  # 2025/02/04/
_LONG = re.compile(r"(\d{4})-(\d\d)-(\d\d)(?:-|$)")  # 2025-02-04-harbour
_SHORT = re.compile(r"(0[1-9]|[12]\d|3[01])(?:-|$)")  # 04-harbour, in folders of a year and month


def from_path(path: str) -> tuple[int | None, int | None, int | None]:
    """Year, month and day that the path of a post says, each None where it says none."""
    name = _named(path)
    if long := _LONG.match(name):
        return int(long[1]), int(long[2]), int(long[3])
    folder = path.removesuffix("/index.md") if path.endswith("/index.md") else path
    found = _FOLDERS.search(folder)
    if not found:
        return None, None, None
    year, month, day = (int(part) if part else None for part in found.groups())
    if month and not day and (short := _SHORT.match(name)):
        day = int(short[1])
    return (year, month, day) if not month or 1 <= month <= 12 else (None, None, None)  # noqa: PLR2004 -- months


def stem(path: str) -> str:
    """The name of a post's file, or of its bundle, without the date before it and `.md`."""
    name = _named(path)
    if long := _LONG.match(name):
        return name[long.end() :]
    if from_path(path)[1] and (short := _SHORT.match(name)):
        return name[short.end() :]
    return name


def _named(path: str) -> str:
    """What a post's file is called without `.md`; of a bundle, what its folder is called."""
    folder, _, name = path.rpartition("/")
    return folder.rpartition("/")[2] if name == "index.md" else name.removesuffix(".md")
