"""The filters that layouts have beside Jinja's own."""

import datetime as dt
import json
import re
from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from typing import Any
from urllib.parse import unquote, urlsplit

from markupsafe import Markup

from sitegen import text, urls
from sitegen.content import dates
from sitegen.model import Date, View
from sitegen.quotation import structured
from sitegen.render import marks, runs, twins

_A_MINUTE = 500  # characters that are read
_JA_DAYS = "月火水木金土日"
_EN_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_EN_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December",
)  # fmt: skip


def filters(view: View) -> Mapping[str, Callable[..., Any]]:
    """All filters, in the language and with the addresses of `view`."""
    written = view.calendar if view.language == "ja" else "english"
    return {
        # a post's date stands on a dozen pages
        **{name: lru_cache(maxsize=1 << 14)(show) for name, show in _DATES[written].items()},
        "clock": clock,
        "rfc822": rfc822,
        "absolute": lambda url: absolute(view, url),
        "tag_id": lambda url, date: tag_id(view, url, date),
        "fill": fill,
        "thousands": thousands,
        "minutes": minutes,
        "json": as_json,
        "language": lambda words: text.language(words, view.language),
        "shown_url": shown_url,
        "encoded": urls.encoded,
        "phrased": phrased,
        "apache_pattern": apache_pattern,
        "apache_target": apache_target,
        "runs": runs.runs,
        "answers": runs.answers,
        "answering": runs.answering,
        "framing": framing,
        "srcset": marks.srcset,
        "twin": urls.twin,
        "markdown": markdown,
        "literally": literally,
        "structured": lambda post, body: structured.graph(view, post, body.quotes),
    }


def _weekday(date: Date) -> int:
    return dt.date(date.year, date.month, date.day).weekday()


def _ja_day(date: Date) -> str:
    """`2025年2月4日`."""
    return f"{date.year}年{date.month}月{date.day}日"


def _ja_date(date: Date) -> str:
    """`2025年2月4日（火）`."""
    return f"{_ja_day(date)}（{_JA_DAYS[_weekday(date)]}）"


def _ja_month(date: Date) -> str:
    return f"{date.year}年{date.month}月"


def _en_day(date: Date) -> str:
    """`4 February 2025`."""
    return f"{date.day} {_EN_MONTHS[date.month - 1]} {date.year}"


def _en_month(date: Date) -> str:
    return f"{_EN_MONTHS[date.month - 1]} {date.year}"


def _era_day(date: Date) -> str:
    """`令和7年2月4日`."""
    return dates.era(dt.date(date.year, date.month, date.day))


def _era_date(date: Date) -> str:
    """`令和7年2月4日（火）`."""
    return f"{_era_day(date)}（{_JA_DAYS[_weekday(date)]}）"


def _era_month(date: Date) -> str:
    return f"{_era_day(date).partition('月')[0]}月"


_DATES: Mapping[str, Mapping[str, Callable[..., Any]]] = {
    "gregorian": {"date": _ja_date, "day": _ja_day, "month": _ja_month},
    "japanese": {"date": _era_date, "day": _era_day, "month": _era_month},
    "english": {"date": _en_day, "day": _en_day, "month": _en_month},
}


def clock(date: Date) -> str:
    """`21:00`, or "" for a day without a time."""
    return date.iso[11:16] if date.timed else ""


def rfc822(date: Date) -> str:
    """The date as RSS wants it (RFC 822 with years of four digits)."""
    day, month = _EN_DAYS[_weekday(date)], _EN_MONTHS[date.month - 1][:3]
    offset = date.iso[19:].replace(":", "")
    return f"{day}, {date.day:02} {month} {date.year:04} {date.iso[11:19]} {offset}"


def absolute(view: View, url: str) -> str:
    """`url` with the site's origin, as far as there is one."""
    return f"{view.origin}{url}" if url.startswith("/") else url


def tag_id(view: View, url: str, date: Date) -> str:
    """A name for a feed's entry that stays (RFC 4287, 4.2.6): its URL, or a tag URI (RFC 4151)."""
    if view.origin:
        return absolute(view, url)
    return f"tag:sitegen.invalid,{date.iso[:10]}:{url}"


def fill(phrase: str, **values: object) -> str | Markup:
    """`phrase` with `values` in its {holes}; markup among them stays markup."""
    marked = any(isinstance(value, Markup) for value in values.values())
    show: Callable[[object], str] = Markup.escape if marked else str
    parts = _HOLE.split(phrase)  # every second one is a name
    filled = "".join(
        show(values.get(part, f"{{{part}}}") if place % 2 else part)
        for place, part in enumerate(parts)
    )
    return Markup(filled) if marked else filled  # noqa: S704 -- every part is escaped


_HOLE = re.compile(r"\{(\w+)\}")


def thousands(number: int) -> str:
    """`1,930`."""
    return f"{number:,}"


def minutes(characters: int) -> int:
    """How long reading takes, in minutes: at least one."""
    return max(1, -(-characters // _A_MINUTE))


def as_json(value: object) -> Markup:
    """`value` as JSON that is safe within a script element and in feeds."""
    plain = _json(value)
    for sign, escaped in (("<", "\\u003c"), (">", "\\u003e"), ("&", "\\u0026")):
        plain = plain.replace(sign, escaped)
    return Markup(plain.replace("\u2028", "\\u2028").replace("\u2029", "\\u2029"))  # noqa: S704 -- no markup is left in it


_json = json.JSONEncoder(
    ensure_ascii=False, allow_nan=False, separators=(",", ":"), default=str
).encode


def markdown(html: str, left_out: str) -> Markup:
    """`html` as Markdown, `left_out` in place of each blockquote."""
    return Markup(twins.markdown(html, left_out))  # noqa: S704 -- Markdown is not escaped


def literally(text: str) -> Markup:
    """`text` in which Markdown finds no signs."""
    return Markup(twins.literally(" ".join(text.split())))  # noqa: S704 -- Markdown is not escaped


def framing(policy: str, origins: Sequence[str]) -> str:
    """The Content-Security-Policy `policy` for a page with frames of `origins`."""
    if not policy or not origins:
        return policy
    rules = [rule.strip() for rule in policy.split(";") if rule.strip()]
    own = next((rule for rule in rules if rule.split()[0].lower() == "frame-src"), "")
    allowed = " ".join((own.replace("'none'", "").strip() or "frame-src", *origins))
    return "; ".join([*(rule for rule in rules if rule != own), allowed])


def apache_pattern(url: str) -> str:
    """A regular expression for just `url`: Apache compares decoded paths, by their beginning."""
    return "^" + re.sub(r"([\\^$.|?*+()\[\]{}\"])", r"\\\1", unquote(url)) + "$"


def apache_target(url: str) -> str:
    """`url` as Apache is told where to lead: what has to be encoded in its path it encodes itself.

    It would make `%25E6` of a `%E6`, but leaves alone what stands behind the path.
    """
    path = re.split("[?#]", url, maxsplit=1)[0]
    return (_ENCODED_BY_APACHE.sub(_as_text, path) + url[len(path) :]).replace("$", "\\$")


def _as_text(encoded: re.Match[str]) -> str:
    """What is `encoded`, where that is UTF-8."""
    read = unquote(encoded[0], errors="replace")
    return encoded[0] if "\ufffd" in read else read


# All but what would have a meaning when it is decoded: ? # " \ / and what cannot be seen.
_ENCODED_BY_APACHE = re.compile("(?:%(?:20|25|5B|5D|5E|60|7B|7D|[89A-F][0-9A-F]))+", re.IGNORECASE)


def shown_url(url: str) -> str:
    """`url` as people read it: without scheme, decoded where it is text."""
    host, path = urls.shown_host(urls.host(url)), urlsplit(url).path
    read = unquote(path, errors="replace")
    return f"{host}{read if read.isprintable() else path}".rstrip("/")


def phrased(heading: str) -> Markup:
    """The HTML `heading` with its parts between full-width blanks as spans: lines break there."""
    parts = heading.split("\u3000")
    plain = len(parts) == 1 or "<" in heading  # a blank may stand within ruby
    return Markup(heading if plain else "\u3000".join(f"<span>{part}</span>" for part in parts))  # noqa: S704 -- it was HTML before
