"""Where in the text of a TOML file things stand: tomllib gives no positions."""

import json
import re
from collections.abc import Iterator

from sitegen.diagnostics.model import Diagnostic, Location


class Places:
    """The places of what is in the file at `path`, whose text is `source`."""

    def __init__(self, path: str, source: str) -> None:
        self._path, self._lines = path, source.split("\n")

    def key(self, table: str, key: str) -> Location:
        """Where `key` of `table` stands: below its header, or after dots or braces further out."""
        typed = re.escape(json.dumps(key, ensure_ascii=False))
        wanted = re.compile(rf"(?<![\w-])(?:{typed}|{re.escape(key)})(?![\w-])")
        best, full = None, f"{table}.{key}".lstrip(".")
        begun = ""  # the key, in full, on or below whose line we are
        for number, header, line in _headed(self._lines):
            start = 0
            above = table.startswith(f"{header}.") or (not header and header != table)
            if above:  # so the table is a value there, or behind dots
                if opened := _DOTTED(line):
                    begun, start = _plain(f"{header}.{opened[1]}".lstrip(".")), opened.end(2)
                if not _leads(begun, full):
                    continue
            found = wanted.search(line.partition("=")[0] if header == table else line, start)
            inside = above or header == table or f"{header}.".startswith(f"{full}.")
            if found and inside:
                place = Location(self._path, number, found.start() + 1, len(found.group()))
                if header in {table, full}:
                    return place
                best = best or place
        return best or Location(self._path)

    def value(self, place: Location, value: object) -> Location:
        """Where `value` stands: on the line of its key, which is at `place`, or on one below."""
        if not place.line:
            return place
        shown = re.escape(json.dumps(value, ensure_ascii=False, default=str))
        literal = rf"({shown}|'{re.escape(str(value))}')"
        line, start = self._lines[place.line - 1], place.column - 1 + place.width
        found, number = re.compile(literal).search(line, start), place.line
        while not found and number < len(self._lines):
            number += 1
            found = re.search(rf"=\s*{literal}", self._lines[number - 1])
        return Location(self._path, number, found.start(1) + 1, len(found[1])) if found else place

    def text(self, place: Location, words: str) -> Location:
        """Where the text `words` stands in quotation marks at or below `place`; else `place`."""
        for number in range(max(place.line, 1), len(self._lines) + 1):
            for typed in (f'"{words}"', f"'{words}'"):
                found = self._lines[number - 1].find(typed)
                if found >= 0:
                    return Location(self._path, number, found + 1, len(typed))
        return place


def repeated(path: str, lines: list[str]) -> Diagnostic | None:
    """The fault of the last key or table in `lines`, if it is there further up, too."""
    seen: dict[str, Location] = {}
    fault = None
    for number, header, line in _headed(lines):
        table = _HEADER(line)
        if not (found := table or _DOTTED(line)):
            continue
        key = _plain(found[1])
        name = key if table else f"{header}.{key}".lstrip(".")
        place = Location(path, number, found.start(1) + 1, len(found[1]))
        variant, first = "table" if table else "", seen.get(name)
        seen.setdefault(name, place)
        again = Diagnostic("duplicate-key", place, {"key": key}, variant, (first,) if first else ())
        fault = again if first else None
        if line.lstrip().startswith("[["):  # below it all begins anew
            seen = {one: at for one, at in seen.items() if not one.startswith(f"{name}.")}
    return fault


def _headed(lines: list[str]) -> Iterator[tuple[int, str, str]]:
    """Every line with its number and the table that it stands in (a header stands in its own).

    Comments and the lines of long texts are passed over.
    """
    header, long = "", ""
    for number, line in enumerate(lines, 1):
        if long:
            long = "" if long in line else long
            continue
        found = _HEADER(line)
        if found:
            header = _plain(found[1])
            yield number, header, found.group()
        elif not line.lstrip().startswith("#"):
            yield number, header, line
            marks = (mark for mark in ('"""', "'''") if line.count(mark) % 2)
            long = next(marks, "")


def _leads(begun: str, name: str) -> bool:
    """Whether the dotted key `begun` is that of `name`, of what holds it, or of what it holds."""
    return f"{name}.".startswith(f"{begun}.") or begun.startswith(f"{name}.")


def _plain(key: str) -> str:
    """A dotted `key` without blanks and quotation marks."""
    return re.sub(r"\s*\.\s*|[\"']", lambda found: "." if "." in found.group() else "", key)


_PART = r"(?:\"[^\"]*\"|'[^']*'|[\w-]+)"
_DOTTED = re.compile(rf"\s*(({_PART})(?:\s*\.\s*{_PART})*)\s*=").match
_HEADER = re.compile(r"\s*\[+\s*([^\]]+?)\s*\]+").match
