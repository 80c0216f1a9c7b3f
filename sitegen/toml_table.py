"""A table of a TOML file, read by its declared keys; what is wrong in it has its place.

tomllib gives no positions, so the lines are looked through for them.
"""

import json
import re
import tomllib
from collections.abc import Callable, Collection, Iterator, Mapping
from typing import Any

from msgspec import Struct

from sitegen import text
from sitegen.diagnostics.model import Diagnostic, Location


class Wrong(Struct, frozen=True):
    """What a value should have been, or the code of another fault with its arguments."""

    wanted: str = ""
    code: str = "bad-value"
    arguments: dict[str, str] = {}
    of_key: bool = False  # whether the key is wrong rather than its value


Reads = Callable[[Any], Any]  # the value as it is kept, or a Wrong


class Table(Struct, frozen=True):
    """A table with these keys, out of which `make` makes a value."""

    keys: "Mapping[str, Declared]"
    make: Callable[..., Any]


class Items(Struct, frozen=True):
    """A list of tables with these keys, each of them required."""

    keys: "Mapping[str, Declared]"
    make: Callable[..., Any]


class Names(Struct, frozen=True):
    """A table of names, each with a table of these keys; `called` is what a name is kept as."""

    keys: "Mapping[str, Declared]"
    make: Callable[..., Any]
    called: Callable[[str], "str | Wrong"] = str


class Pairs(Struct, frozen=True):
    """A table of free names with single values: what `reads` makes of a name and its value."""

    reads: Callable[[str, Any], Any]


Declared = Reads | Table | Items | Names | Pairs


def as_text(value: object) -> "str | Wrong":
    """The text that `value` is, of signs that may stand on a page."""
    if not isinstance(value, str):
        return Wrong("text", "wrong-kind")
    return Wrong("text without control characters") if text.CONTROL.search(value) else value


def parsed(
    path: str, source: str, code: str = "config-syntax", variant: str = ""
) -> dict[str, Any] | Diagnostic:
    """The TOML `source`, or the fault of a file that is none: by `code`, unless we know better."""
    try:
        return tomllib.loads(source)
    except (ValueError, RecursionError) as error:  # a number may have more digits than Python reads
        (line, column), reason = _reason(source, str(error))
        if twice := _twice(path, source, line, column, reason):
            return twice
        return Diagnostic(code, Location(path, line, column), {"reason": reason}, variant)


def _reason(source: str, said: str) -> tuple[tuple[int, int], str]:
    """Line, column and reason in what tomllib `said`: it gives the place in words."""
    found = re.search(r"\(at line (\d+), column (\d+)\)$", said)
    if found:
        return (int(found[1]), int(found[2])), said[: found.start()].strip()
    lines = source.split("\n")
    return (len(lines), len(lines[-1]) + 1), said.removesuffix("(at end of document)").strip()


def _twice(path: str, source: str, line: int, column: int, reason: str) -> Diagnostic | None:
    """The fault of what is there twice, if that is the `reason` why tomllib stopped there."""
    lines = source.split("\n")
    if found := _IN_BRACES(reason):
        typed = re.compile(rf"(?<![\w-])[\"']?{re.escape(found[1])}[\"']?(?=\s*=)")
        *_, first, second = (None, None, *typed.finditer(lines[line - 1], 0, column))
        if not first or not second:
            return None
        places = [Location(path, line, one.start() + 1, len(one[0])) for one in (second, first)]
        return Diagnostic("duplicate-key", places[0], {"key": found[1]}, "", (places[1],))
    return _repeated(path, lines[:line]) if _REPEATED(reason) else None


def _repeated(path: str, lines: list[str]) -> Diagnostic | None:
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


_IN_BRACES = re.compile("Duplicate inline table key '(.+)'").fullmatch
_REPEATED = re.compile("Cannot (?:declare|overwrite|mutate)").match
_PART = r"(?:\"[^\"]*\"|'[^']*'|[\w-]+)"
_DOTTED = re.compile(rf"\s*(({_PART})(?:\s*\.\s*{_PART})*)\s*=").match


class Reader:
    """Reads tables of the file at `path` and notes what is wrong."""

    def __init__(self, path: str, source: str) -> None:
        self.path, self.lines = path, source.split("\n")
        self.diagnostics: list[Diagnostic] = []

    def table(self, name: str, table: object, keys: Mapping[str, Declared]) -> dict[str, Any]:
        """The right values of the table called `name`."""
        if not isinstance(table, dict):
            outer, _, key = name.rpartition(".")
            self._told(outer, key, table, Wrong("mapping", "wrong-kind"))
            return {}
        values: dict[str, Any] = {}
        for key, value in table.items():
            if key not in keys:
                arguments = {"nearest": text.nearest(key, keys), "known": " ".join(keys)}
                self._told(name, key, value, Wrong(code="unknown-key", arguments=arguments))
                continue
            self._keep(values, name, key, value, self._value(name, key, value, keys[key]))
        return values

    def _keep(self, values: dict[str, Any], name: str, key: str, value: object, made: Any) -> None:
        """Puts what was made of `value` among `values`, or tells what is wrong with it."""
        if isinstance(made, Wrong):
            self._told(name, key, value, made)
        else:
            values[key] = made

    def _value(self, name: str, key: str, value: object, declared: Declared) -> Any:
        """What `key` of the table `name` is kept as: a value as it is `declared`, or a `Wrong`."""
        inner = f"{name}.{key}"
        if isinstance(declared, Items):
            return self._items(name, key, value, declared)
        if not isinstance(declared, Table | Names | Pairs):
            return declared(value)
        if not isinstance(value, dict):
            return Wrong("mapping", "wrong-kind")
        if isinstance(declared, Table):
            return declared.make(**self.table(inner, value, declared.keys))
        if isinstance(declared, Names):
            return self._names(inner, value, declared)
        pairs: dict[str, Any] = {}
        for part, rest in value.items():
            self._keep(pairs, inner, part, rest, declared.reads(part, rest))
        return pairs

    def _names(self, name: str, table: dict[str, Any], declared: Names) -> dict[str, Any]:
        made: dict[str, Any] = {}
        for part, value in table.items():
            whole = _undotted(part, value, declared.keys)
            called = declared.called(part)
            if whole != part:
                arguments = {"key": name.rpartition(".")[2], "value": whole}
                wrong = Wrong(f'[{name}."{whole}"]', arguments=arguments, of_key=True)
                self._told(name, part, value, wrong)
            elif isinstance(called, Wrong):
                self._told(name, part, value, called)
            elif called in made:
                self._told(name, part, value, Wrong(code="duplicate-key"))
            else:
                made[called] = declared.make(**self.table(f"{name}.{part}", value, declared.keys))
        return made

    def _items(self, name: str, key: str, value: object, declared: Items) -> Any:
        if not isinstance(value, list):
            return Wrong("list", "wrong-kind")
        made = []
        for item in value:
            told = len(self.diagnostics)
            values = self.table(f"{name}.{key}", item, declared.keys)
            if set(values) == set(declared.keys):
                made.append(declared.make(**values))
            elif len(self.diagnostics) == told:  # else it is said already what is wrong
                wanted = ", ".join(f'{part} = "…"' for part in declared.keys)
                return Wrong(f"{{ {wanted} }}")
        return tuple(made)

    def _told(self, table: str, key: str, value: object, wrong: Wrong) -> None:
        place = self.place(table, key)
        if wrong.code in {"bad-value", "wrong-kind"} and not wrong.of_key:
            place = self.value_place(place, value)
        elif wrong.code == "unknown-value":
            place = self.text_place(place, wrong.arguments["value"])
        arguments = {"key": key, "value": _shown(value), "found": _kind(value)}
        arguments |= {"wanted": wrong.wanted, **wrong.arguments}
        self.diagnostics.append(Diagnostic(wrong.code, place, arguments))

    # ---------------------------------------------------------------- places

    def place(self, table: str, key: str) -> Location:
        """Where `key` of `table` stands: below its header, or after dots or braces further out."""
        typed = re.escape(json.dumps(key, ensure_ascii=False))
        wanted = re.compile(rf"(?<![\w-])(?:{typed}|{re.escape(key)})(?![\w-])")
        best, full = None, f"{table}.{key}".lstrip(".")
        begun = ""  # the key, in full, on or below whose line we are
        for number, header, line in _headed(self.lines):
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
                place = Location(self.path, number, found.start() + 1, len(found.group()))
                if header in {table, full}:
                    return place
                best = best or place
        return best or Location(self.path)

    def value_place(self, place: Location, value: object) -> Location:
        """Where `value` stands: on the line of its key, which is at `place`, or on one below."""
        if not place.line:
            return place
        shown = re.escape(json.dumps(value, ensure_ascii=False, default=str))
        literal = rf"({shown}|'{re.escape(str(value))}')"
        line, start = self.lines[place.line - 1], place.column - 1 + place.width
        found, number = re.compile(literal).search(line, start), place.line
        while not found and number < len(self.lines):
            number += 1
            found = re.search(rf"=\s*{literal}", self.lines[number - 1])
        return Location(self.path, number, found.start(1) + 1, len(found[1])) if found else place

    def text_place(self, place: Location, words: str) -> Location:
        """Where the text `words` stands in quotation marks at or below `place`; else `place`."""
        for number in range(max(place.line, 1), len(self.lines) + 1):
            for typed in (f'"{words}"', f"'{words}'"):
                found = self.lines[number - 1].find(typed)
                if found >= 0:
                    return Location(self.path, number, found + 1, len(typed))
        return place


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


def _undotted(part: str, value: object, keys: Collection[str]) -> str:
    """The name that `part` begins, if it has dots and stands without quotation marks."""
    while isinstance(value, dict):
        deeper = (key for key, held in value.items() if key not in keys and isinstance(held, dict))
        if not (inner := next(deeper, "")):
            break
        part, value = f"{part}.{inner}", value[inner]
    return part


def _leads(begun: str, name: str) -> bool:
    """Whether the dotted key `begun` is that of `name`, of what holds it, or of what it holds."""
    return f"{name}.".startswith(f"{begun}.") or begun.startswith(f"{name}.")


def _plain(key: str) -> str:
    """A dotted `key` without blanks and quotation marks."""
    return re.sub(r"\s*\.\s*|[\"']", lambda found: "." if "." in found.group() else "", key)


_HEADER = re.compile(r"\s*\[+\s*([^\]]+?)\s*\]+").match


def _shown(value: object) -> str:
    if isinstance(value, str) and value:
        return value
    return json.dumps(value, ensure_ascii=False, default=str)[:60]


def _kind(value: object) -> str:
    kinds = {
        bool: "flag",
        dict: "mapping",
        float: "number",
        int: "number",
        list: "list",
        str: "text",
    }
    return kinds.get(type(value), "date")
