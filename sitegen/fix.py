"""What `check --fix` does: puts what was surely meant in the place of what was typed."""

import re
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

from sitegen.diagnostics.model import Diagnostic
from sitegen.store import edit

CODES = (
    "look-alike",
    "half-width-kana",
    "full-width-latin",
    "mixed-wave",
    "full-width-colon",
    "lost-indent",
    "source-url-unclean",
)
_LINE_ENDS = re.compile("(\r\n|[\r\n\u0085\u2028\u2029])")


def fix(root: Path, faults: Iterable[Diagnostic]) -> Mapping[str, int]:
    """Puts right what is sure among `faults`, in the files themselves; how many, by path."""
    ours: dict[str, list[Diagnostic]] = {}
    for fault in faults:
        if fault.code in CODES:
            ours.setdefault(fault.location.path, []).append(fault)
    done: dict[str, int] = {}
    for path, found in sorted(ours.items()):
        before = edit.read(root, path)
        after, count = corrected(before, found)
        if after != before:
            edit.write(root, path, after)
            done[path] = count
    return done


def corrected(text: str, faults: Iterable[Diagnostic]) -> tuple[str, int]:
    """`text` with what was meant, its line ends as they are, and how many places that took.

    A place where the typed words do not stand is left alone.
    """
    parts, count = _LINE_ENDS.split(text), 0
    lines = parts[::2]  # every second one is a line end
    for fault in sorted(faults, key=lambda fault: fault.location, reverse=True):
        count += _CORRECTIONS.get(fault.code, _replaced)(lines, fault)
    parts[::2] = lines
    return "".join(parts), count


def _replaced(lines: list[str], fault: Diagnostic) -> int:
    """Puts what was meant in the place of what was typed, quotation marks before it aside.

    What somebody else may have typed so, in a quotation, or what may be a hashtag, is told but
    left as it is.
    """
    typed, meant = fault.arguments.get("typed", ""), fault.arguments["meant"]
    first, start = fault.location.line - 1, fault.location.column - 1
    found = lines[first].find(typed, start, start + len(typed) + 1)
    if not typed or found < 0 or fault.variant in {"quoted", "hashtag"}:
        return 0
    lines[first] = lines[first][:found] + meant + lines[first][found + len(typed) :]
    return 1


def _colon(lines: list[str], fault: Diagnostic) -> int:
    """Makes the full-width colon behind a key an ASCII one with a blank."""
    number, start = fault.location.line - 1, fault.location.column - 1
    found = _FULL_COLON.match(lines[number], start)
    if not found:
        return 0
    lines[number] = f"{lines[number][:start]}: {lines[number][found.end() :]}"
    return 1


_FULL_COLON = re.compile("：[ \t\u3000]*")
_PAIR = re.compile(r" *(?:- +)?[A-Za-z0-9_.-]+[ \t]*:(?:[ \t]|$)").match


def _indented(lines: list[str], fault: Diagnostic) -> int:
    """Indents the lines of a block text that have lost it, as far as its first line."""
    first, key = fault.location.line - 1, re.escape(fault.arguments["key"])
    opening = re.compile(rf"( *(?:- +)?){key}:[ \t]*[|>]").match
    above = next((n for n in range(first - 1, 0, -1) if opening(lines[n])), 0)  # which is ---
    opened = opening(lines[above])
    if not opened:
        return 0
    outer = _indent(lines[above])
    inner = next(_indent(line) for line in lines[above + 1 :] if line.strip())
    inner = inner if inner > outer else len(opened[1]) + 2
    count = 0
    for number in range(first, len(lines)):
        line = lines[number]
        if not line.strip():
            continue
        if _indent(line) >= inner or line.rstrip() == "---" or _PAIR(line):
            break
        lines[number] = " " * inner + line.lstrip(" ")
        count += 1
    return count


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip(" "))


_CORRECTIONS: Mapping[str, Callable[[list[str], Diagnostic], int]] = {
    "full-width-colon": _colon,
    "lost-indent": _indented,
}
