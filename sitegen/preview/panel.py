"""What only the preview has on a page: the script with the bar and the panel of faults."""

import json
import re
import time
from collections.abc import Mapping, Sequence
from html import escape, unescape
from pathlib import Path
from typing import Any

from sitegen.diagnostics import catalog
from sitegen.diagnostics import text as fault_text
from sitegen.diagnostics.model import Finding, Location
from sitegen.model import Published
from sitegen.preview import words

SCRIPT = "/.sitegen/preview.js"
EVENTS = "/.sitegen/events"
_LINE = 400  # characters of a line that are shown around the place
_MOST = 50  # faults in the panel


def script() -> bytes:
    """The script's text."""
    return (Path(__file__).parent / "static" / "preview.js").read_bytes()


# ---------------------------------------------------------------- faults


def faults(
    findings: Sequence[Finding], language: str, line_of: fault_text.LineOf
) -> tuple[dict[str, Any], ...]:
    """The errors and then the warnings as the panel shows them; texts, never markup."""
    kinds = ("error", "warning")
    told = [one for kind in kinds for one in findings if one.severity == kind]
    return tuple(_fault(one, language, line_of) for one in told[:_MOST])


def _fault(finding: Finding, language: str, line_of: fault_text.LineOf) -> dict[str, Any]:
    fault = finding.diagnostic
    place, spoken = fault.location, catalog.words(fault, language)
    line = line_of(place.path, place.line) if place.line else None
    return {
        "severity": finding.severity,
        "code": fault.code,
        "message": fault_text.visible(spoken.message),
        "label": fault_text.visible(spoken.label),
        "remedy": fault_text.visible(spoken.remedy),
        "place": fault_text.shown(place) if place.path else "",
        "number": place.line,
        "line": None if line is None else _marked(line, place),
        "also": [fault_text.shown(other) for other in fault.others],
    }


def _marked(line: str, place: Location) -> list[str]:
    """What stands before, at and after the place."""
    start = min(max(place.column - 1, 0), len(line))
    end = min(start + place.width, len(line), start + _LINE)
    before, after = line[max(0, start - _LINE) : start], line[end : end + _LINE]
    before = before if len(before) == start else f"…{before}"
    return [fault_text.visible(part) for part in (before, line[start:end], after)]


# ---------------------------------------------------------------- the bar


def bar(one: Published | None, told: Sequence[Finding], language: str) -> dict[str, Any]:
    """What an editor needs to know of the page of `one`, or of a page that is no post's."""
    if one is None:
        return {"marks": [], "file": "", "ratio": "", "notes": []}
    post, spoken = one.post, words.browser(language)
    marks = [("draft", spoken["draft"])] if post.draft else []
    if one.card.scheduled and not post.draft:
        marks.append(
            ("scheduled", spoken["scheduled"].format(left=_left(one.card.date.epoch, spoken)))
        )
    if post.withdrawn:
        marks.append(("withdrawn", spoken["withdrawn"]))
    notes = [
        {
            "place": fault_text.shown(found.diagnostic.location),
            "message": fault_text.visible(catalog.words(found.diagnostic, language).message),
        }
        for found in told
        if found.severity != "info" and found.diagnostic.location.path == post.path
    ]
    return {
        "marks": marks,
        "file": post.path,
        "ratio": _ratio(post.quoted, post.written, spoken),
        "notes": notes,
    }


def _ratio(quoted: int, written: int, spoken: Mapping[str, str]) -> str:
    """The characters of quotations and of the editorial, and the share of the former."""
    if not quoted:
        return spoken["written"].format(written=f"{written:,}")
    share = round(100 * quoted / (quoted + written))
    return spoken["ratio"].format(quoted=f"{quoted:,}", written=f"{written:,}", share=share)


_UNITS = {"days": 86_400, "hours": 3600, "minutes": 60}  # in seconds, the largest first


def _left(due: int, spoken: Mapping[str, str]) -> str:
    """The time until `due` in its largest unit, rounded up; a minute at least."""
    seconds = max(due - time.time(), 1)
    unit = next((one for one, length in _UNITS.items() if seconds > length), "minutes")
    return spoken[unit].format(count=-int(-seconds // _UNITS[unit]))


# ---------------------------------------------------------------- onto the page


def laid(html: bytes, state: dict[str, Any], language: str) -> bytes:
    """`html` with the script, and with a policy that lets it in; what is no page stays as it is."""
    page = html.decode("utf-8", "surrogateescape")
    data = {**state, "words": words.browser(language), "events": EVENTS, "lang": language}
    told = escape(json.dumps(data, ensure_ascii=False))
    tag = f'<script src="{SCRIPT}" data-sitegen="{told}" defer></script>'
    page = _POLICY.sub(_let_in, page)
    found = _POLICY.search(page) or _HEAD.search(page) or _DOCTYPE.match(page)
    at = found.end() if found else 0
    return (page[:at] + tag + page[at:]).encode("utf-8", "surrogateescape")


_HEAD = re.compile(r"<head\b[^>]*>", re.IGNORECASE)
_POLICY = re.compile(
    r"""<meta\b[^>]*http-equiv\s*=\s*["']?content-security-policy["']?[^>]*>""", re.IGNORECASE
)
_CONTENT = re.compile(r"""(\bcontent\s*=\s*)("[^"]*"|'[^']*')""", re.IGNORECASE)
_DOCTYPE = re.compile(r"\s*(?:<!doctype[^>]*>)?\s*(?:<html\b[^>]*>)?", re.IGNORECASE)


def _let_in(found: re.Match[str]) -> str:
    return _CONTENT.sub(_adjusted, found.group())


def _adjusted(found: re.Match[str]) -> str:
    return f'{found[1]}"{escape(policy(unescape(found[2][1:-1])))}"'


def policy(said: str) -> str:
    """The policy `said`, under which the preview's own script may run and ask for its events.

    Requests stay what they are: there is no HTTPS here that they could be moved to.
    """
    directives = [part.split() for part in said.split(";") if part.strip()]
    values = {name.lower(): sources for name, *sources in reversed(directives)}
    values.pop("upgrade-insecure-requests", None)
    values.pop("block-all-mixed-content", None)
    fallback = values.get("default-src")
    for name in ("script-src", "script-src-elem", "connect-src"):
        sources = values.get(name, fallback if name != "script-src-elem" else None)
        if sources is not None and "'self'" not in sources and "*" not in sources:
            values[name] = [one for one in sources if one.lower() != "'none'"] + ["'self'"]
    order = dict.fromkeys([name.lower() for name, *_ in directives] + list(values))
    return "; ".join(" ".join([name, *values[name]]) for name in order if name in values)


def fault_page(told: str, title: str, state: dict[str, Any], language: str) -> bytes:
    """The page that stands where no good one is yet: the faults as the terminal tells them."""
    html = (
        f'<!doctype html><html lang="{language}"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        '<meta name="robots" content="noindex"><meta name="color-scheme" content="light dark">'
        f"<title>{escape(title)}</title></head><body><noscript><pre>{escape(told)}</pre></noscript></body></html>"
    )
    return laid(html.encode(), {**state, "bare": True}, language)
