"""A table of a TOML file, read by its declared keys; what is wrong in it has its place."""

import json
import re
import tomllib
from collections.abc import Callable, Collection, Mapping
from typing import Any

from msgspec import Struct

from sitegen import text, toml_places
from sitegen.diagnostics.model import Diagnostic, Location
from sitegen.toml_places import Places


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
    """`value` if it is a text without control characters, which may stand on a page."""
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
    return toml_places.repeated(path, lines[:line]) if _REPEATED(reason) else None


_IN_BRACES = re.compile("Duplicate inline table key '(.+)'").fullmatch
_REPEATED = re.compile("Cannot (?:declare|overwrite|mutate)").match


class Reader:
    """Reads tables of the file at `path` and notes what is wrong."""

    def __init__(self, path: str, source: str) -> None:
        self.places = Places(path, source)
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
        place = self.places.key(table, key)
        if wrong.code in {"bad-value", "wrong-kind"} and not wrong.of_key:
            place = self.places.value(place, value)
        elif wrong.code == "unknown-value":
            place = self.places.text(place, wrong.arguments["value"])
        arguments = {"key": key, "value": _shown(value), "found": _kind(value)}
        arguments |= {"wanted": wrong.wanted, **wrong.arguments}
        self.diagnostics.append(Diagnostic(wrong.code, place, arguments))


def _undotted(part: str, value: object, keys: Collection[str]) -> str:
    """The name that `part` begins, if it has dots and stands without quotation marks."""
    while isinstance(value, dict):
        deeper = (key for key, held in value.items() if key not in keys and isinstance(held, dict))
        if not (inner := next(deeper, "")):
            break
        part, value = f"{part}.{inner}", value[inner]
    return part


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
