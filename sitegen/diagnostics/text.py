"""Faults as people read them in a terminal."""

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache

from msgspec import Struct

from sitegen import text
from sitegen.diagnostics import catalog
from sitegen.diagnostics.model import Finding, Location

_TITLES = {
    "ja": {
        "also": "もう一つ",
        "remedy": "直し方",
        "more": "詳しく",
        "others": "ほかに {count:,} 件（sitegen check ファイル か --format json で見られます）",
    },
    "en": {
        "also": "also",
        "remedy": "fix",
        "more": "more",
        "others": "{count:,} more (see sitegen check FILE or --format json)",
    },
}
_COLOURS = {"error": "\x1b[1;31m", "warning": "\x1b[1;33m", "info": "\x1b[1;36m"}
_BLUE, _BOLD, _RESET = "\x1b[34m", "\x1b[1m", "\x1b[0m"
_UNSEEN = re.compile(
    "[\x00-\x1f\x7f-\xa0\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ud800-\udfff]"
)
_SHOWN_BEFORE = 40  # cells before the caret in a line that is too long

LineOf = Callable[[str, int], str | None]  # the text of a line, by path and number


class _Look(Struct, frozen=True):
    """What all frames are drawn with; `paint` gives words a colour by its escape code."""

    language: str
    line_of: LineOf
    columns: int
    paint: Callable[[str, str], str]


def told(
    findings: Sequence[Finding],
    language: str,
    line_of: LineOf,
    *,
    strict: bool = False,
    colour: bool = False,
    columns: int = 80,
) -> str:
    """All `findings`, a frame each; `line_of` gives the text of a line of a file.

    Of one code only the last ten infos have a frame, and the last hundred warnings unless these
    forbid publishing (`strict`), lest they bury what is wrong; those before are counted. Posts
    mostly lie in the order of their dates, so the last are of the newest.
    """
    language = "en" if language == "en" else "ja"
    look = _Look(language, line_of, columns, _painted if colour else _plain)
    counts = Counter(map(_kind, findings))
    hidden = {
        (severity, code): count - _FRAMES[severity]
        for (severity, code), count in counts.items()
        if count > _FRAMES.get(severity, count) and not (strict and severity == "warning")
    }
    passed: Counter[tuple[str, str]] = Counter()
    explained: set[str] = set()
    frames = []
    for finding in findings:
        kind = severity, code = _kind(finding)
        passed[kind] += 1
        if passed[kind] <= hidden.get(kind, 0):
            continue
        more = code not in explained and severity != "info"
        explained.add(code)
        frames.append("\n".join(_frame(look, finding, more=more)) + "\n")
    more_of = _TITLES[language]["others"]
    for (severity, code), count in sorted(hidden.items()):
        words = f"{severity}[{code}]: {more_of.format(count=count)}"
        frames.append("\n".join(wrapped(words, columns, "  ")) + "\n")
    return "\n".join(frames)


_FRAMES = {"info": 10, "warning": 100}  # of one code


def _kind(finding: Finding) -> tuple[str, str]:
    return finding.severity, finding.diagnostic.code


def _frame(look: _Look, finding: Finding, *, more: bool) -> Iterator[str]:
    """The lines of one fault; `more` says where its code is explained."""
    fault, titles, paint = finding.diagnostic, _TITLES[look.language], look.paint
    spoken = catalog.words(fault, look.language)
    place, others = fault.location, fault.others
    margin = " " * max(len(str(one.line or "")) for one in (place, *others))
    head = f"{finding.severity}[{fault.code}]"
    first, *rest = wrapped(f"{head}: {visible(spoken.message)}", look.columns, "  ")
    yield paint(_COLOURS[finding.severity], head) + paint(_BOLD, first[len(head) :])
    yield from (paint(_BOLD, line) for line in rest)
    if place.path:
        yield f"{margin}{paint(_BLUE, '-->')} {shown(place)}"
    line = look.line_of(place.path, place.line) if place.line else None
    if line is not None:
        yield from _excerpt(look, finding, line, visible(spoken.label), margin)
    notes = [(titles["also"], shown(other)) for other in others]
    notes += [(titles["remedy"], visible(spoken.remedy))] if spoken.remedy else []
    notes += [(titles["more"], f"sitegen explain {fault.code}")] if more else []
    for title, note in notes:
        opening = f"{margin} = {title}: "
        yield from wrapped(opening + note, look.columns, " " * len(f"{margin} = "))


def _painted(code: str, words: str) -> str:
    return f"{code}{words}{_RESET}"


def _plain(_code: str, words: str) -> str:
    return words


def _excerpt(look: _Look, finding: Finding, line: str, label: str, margin: str) -> Iterator[str]:
    """The line with carets below the place; a long line is cut to what is around it."""
    place, paint, colour = finding.diagnostic.location, look.paint, _COLOURS[finding.severity]
    room = look.columns - len(margin) - len(" | ")
    before, marked, after = _around(line, place, room)
    gutter = f"{margin} {paint(_BLUE, '|')}"
    carets = "^" * max(1, text.width(marked))
    yield gutter
    yield f"{paint(_BLUE, f'{place.line:>{len(margin)}} |')} {before}{marked}{after}"
    under = f"{' ' * text.width(before)}{carets}"
    beside = f" {label}" if label and text.width(under) + text.width(label) < room else ""
    yield f"{gutter} {paint(colour, under + beside)}"
    if label and not beside:
        for row in wrapped(label, room, ""):
            yield f"{gutter} {paint(colour, row)}"
    yield gutter


def _around(line: str, place: Location, room: int) -> tuple[str, str, str]:
    """What stands before, at and after the place, in not more than `room` cells together."""
    start = min(max(place.column - 1, 0), len(line))
    before, marked, after = (
        visible(part)
        for part in (line[:start], line[start : start + place.width], line[start + place.width :])
    )
    if text.width(before + marked + after) <= room:
        return before, marked, after
    lead = min(_SHOWN_BEFORE, room // 2)
    if text.width(before) > lead:
        before = "…" + _tail(before, lead - 1)
    marked = _head(marked, room - text.width(before))
    return before, marked, _head(after, room - text.width(before + marked))


def _head(words: str, cells: int) -> str:
    """The beginning of `words` in `cells` cells, with … where something is cut off."""
    if text.width(words) <= cells:
        return words
    kept, taken = "", 0
    for cluster in text.clusters(words):
        taken += text.width(cluster)
        if taken > cells - 1:
            break
        kept += cluster
    return kept + "…" if cells > 0 else ""


def _tail(words: str, cells: int) -> str:
    found = list(text.clusters(words))
    kept = ""
    while found and text.width(found[-1] + kept) <= cells:
        kept = found.pop() + kept
    return kept


def shown(place: Location) -> str:
    """`place` as it is written: path, and line and column if there are any."""
    path = visible(place.path)
    return f"{path}:{place.line}:{place.column}" if place.line else path


def visible(words: str) -> str:
    """`words` with what cannot be seen spelt out; a tab is a blank, newlines are shown as ⏎."""
    return _UNSEEN.sub(_spelt, words)


def _spelt(found: re.Match[str]) -> str:
    return {"\t": " ", "\n": "⏎"}.get(found.group()) or f"<{text.codepoint(found.group())}>"


# No line begins with what closes; more of it than four in a row is no sentence any more.
_BREAKS = re.compile(  # brackets stay with what they hold
    "[「『（〔【“]{0,4}(?:[!-~]+|[^!-~])(?: ?[、。，．」』）〕】”…]){0,4} ?"
)


@lru_cache(maxsize=1024)  # most faults of a code have the same remedy
def wrapped(words: str, columns: int, indent: str) -> tuple[str, ...]:
    """`words` in lines of at most `columns` cells; all but the first are indented."""
    return tuple(_lines(words, columns, indent))


def _lines(words: str, columns: int, indent: str) -> Iterator[str]:
    line, cells = "", 0
    for part in _BREAKS.findall(words):
        taken = text.width(part.rstrip(" "))
        if line.strip() and cells + taken > columns:
            yield line.rstrip()
            line, cells = indent, len(indent)
            part = part.lstrip(" ")  # noqa: PLW2901
        line += part
        cells += text.width(part)
    yield line.rstrip()
