"""What `check --fix` does: puts what was surely meant in the place of what was typed."""

import re
from collections.abc import Iterable, Mapping
from pathlib import Path

from sitegen.diagnostics.model import Diagnostic
from sitegen.store import edit

CODES = ("look-alike", "half-width-kana", "full-width-latin", "mixed-wave", "full-width-colon")
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
    parts, count = _LINE_ENDS.split(text), 0  # every second one is a line
    for fault in sorted(faults, key=lambda fault: fault.location, reverse=True):
        typed, meant = fault.arguments["typed"], fault.arguments["meant"]
        first, start = 2 * (fault.location.line - 1), fault.location.column - 1
        if not parts[first].startswith(typed, start):
            continue
        count += 1
        parts[first] = parts[first][:start] + meant + parts[first][start + len(typed) :]
        if fault.code == "mixed-wave":  # told once, meant everywhere
            rest = range(first, len(parts), 2)
            count += sum(parts[number].count(typed) for number in rest)
            for number in rest:
                parts[number] = parts[number].replace(typed, meant)
    return "".join(parts), count
