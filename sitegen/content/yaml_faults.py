"""What an author did where PyYAML only says that something went wrong, often a line too late."""

import re
from collections.abc import Iterator, Sequence

import yaml

from sitegen.diagnostics.model import Diagnostic, Location

_BLOCK = re.compile(r"^(\s*)(?:- +)?([\w.-]+):[ \t]*[|>][-+0-9]*[ \t]*(?:#.*)?$")
_FULL_COLON = re.compile(r"^[ \t]*(?:- +)?([A-Za-z_]+)(：[ \t　]*)(.*)$")
_NO_SPACE = re.compile(r"^[ \t]*(?:- +)?([A-Za-z_]+)(:)([^ \t\n].*)$")
_PAIR = re.compile(r"^[ \t]*(?:- +)?[\w.-]+:[ \t]+(.*?)[ \t]*$")
_RESERVED = "@`%&*!|>[]{},?"


def diagnosed(
    path: str, head: str, error: yaml.YAMLError | None, known: Sequence[str]
) -> list[Diagnostic]:
    """The faults of the front matter `head`, which YAML cannot read (or reads as no mapping).

    Each line is looked at for what authors usually do; only if nothing is found is the parser's
    own word passed on. `known` are the keys that there are.
    """
    found = [fault for fault in _lines(path, head.split("\n"), set(known)) if fault]
    return found or [_other(path, head, error)]


def _lines(path: str, lines: list[str], known: set[str]) -> Iterator[Diagnostic]:
    """A fault for each line that shows a usual mistake."""
    block: tuple[int, str] | None = None  # indentation and key of the block text above
    lost = False
    for number, line in enumerate(lines, 2):
        indent = len(line) - len(line.lstrip(" "))
        if not line.strip() or (block and indent > block[0]):
            lost = lost and not line.strip()
            continue
        fault = _usual(path, number, line, known)
        if block and not indent and not _is_pair(line, known) and not fault:
            if not lost:
                width = len(line.rstrip())
                yield Diagnostic("lost-indent", Location(path, number, 1, width), {"key": block[1]})
            lost = True
            continue
        lost = False
        opened = _BLOCK.match(line)
        block = (len(opened[1]), opened[2]) if opened else None
        if fault:
            yield fault


def _is_pair(line: str, known: set[str]) -> bool:
    """Whether `line` begins with a key: one that there is, or a plain ASCII word and a colon."""
    found = re.match(r"([\w.-]+)[ \t]*:(?:[ \t]|$)", line)
    return found is not None and (found[1] in known or found[1].isascii())


def _usual(path: str, number: int, line: str, known: set[str]) -> Diagnostic | None:
    """What is usually wrong with a line that is not part of a block text."""
    if line.startswith("　"):
        key = line.strip("　 ").partition(":")[0]
        return Diagnostic("full-width-space", Location(path, number), {"key": key})
    if re.match(r" *\t", line):
        place = Location(path, number, line.index("\t") + 1)
        return Diagnostic("front-matter-syntax", place, {}, "tab")
    if (found := _FULL_COLON.match(line)) and found[1] in known | _INNER:
        place = Location(path, number, found.start(2) + 1)
        return Diagnostic("full-width-colon", place, {"key": found[1], "value": found[3]})
    if (found := _NO_SPACE.match(line)) and found[1] in known | _INNER:
        place = Location(path, number, found.start(2) + 1)
        arguments = {"key": found[1], "value": found[3].strip("　 ")}
        return Diagnostic("missing-space", place, arguments)
    found = _PAIR.match(line)
    return _value(path, number, found.start(1), found[1]) if found and found[1] else None


_INNER = {"url", "site", "text", "name", "kind", "reason", "file", "alt", "published", "accessed"}


def _value(path: str, number: int, start: int, value: str) -> Diagnostic | None:
    """What is wrong with a `value` that begins after `start` characters of its line."""
    place = Location(path, number, start + 1, len(value))
    if value[0] in "\"'":
        closed = re.fullmatch(
            r"\"(?:\\.|[^\"\\])*\"(?:[ \t]+#.*)?|'(?:''|[^'])*'(?:[ \t]+#.*)?", value
        )
        if not closed:
            arguments = {"quote": value[0], "value": value}
            return Diagnostic("front-matter-syntax", place, arguments, "quote")
        return None
    if value[0] in _RESERVED and not _flow(value):
        arguments = {"character": value[0], "value": value}
        return Diagnostic("front-matter-syntax", place, arguments, "reserved")
    if value.startswith("- "):
        return Diagnostic("front-matter-syntax", place, {"value": value}, "list")
    colon = re.search(r":(?=[ \t]|$)", value)
    if colon and value[0] not in "[{|>":
        place = Location(path, number, start + colon.start() + 1)
        return Diagnostic("front-matter-syntax", place, {"value": value}, "colon")
    return None


def _flow(value: str) -> bool:
    """Whether `value` is a list, a mapping or the head of a block text, as YAML means them."""
    return bool(re.fullmatch(r"\[.*\]|\{.*\}|[|>][-+0-9]*|\[[^\]]*|\{[^}]*", value))


def _other(path: str, head: str, error: yaml.YAMLError | None) -> Diagnostic:
    """The parser's own reason, at its own place as far as that lies in the block."""
    mark = getattr(error, "problem_mark", None)
    lines = head.split("\n")
    if mark is None:
        return Diagnostic(
            "front-matter-syntax", Location(path, 2), {"reason": "key: value"}, "other"
        )
    number = min(mark.line, max(0, len(lines) - 2 if lines[-1] == "" else len(lines) - 1))
    column = min(mark.column, len(lines[number])) if number == mark.line else 0
    reason = str(getattr(error, "problem", "") or "YAML")
    return Diagnostic(
        "front-matter-syntax", Location(path, number + 2, column + 1), {"reason": reason}, "other"
    )
