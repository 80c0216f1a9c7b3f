"""A single text of front matter -> its value: a line, a text, a date, an address."""

import datetime as dt
import re
from collections.abc import Callable, Mapping

from sitegen import text, urls
from sitegen.content import dates, yaml_faults
from sitegen.content.fields import Value
from sitegen.content.nodes import Node, Scalar
from sitegen.content.notes import Notes
from sitegen.content.schema import Key
from sitegen.diagnostics.model import Location
from sitegen.model import Date

_ABSENT = {"", "~", "null", "Null", "NULL"}


def is_absent(key: Key, node: Node) -> bool:
    """Whether nothing is typed for `key`; a line, and what is required, is no blank in quotes."""
    if not isinstance(node, Scalar) or node.plain:
        return isinstance(node, Scalar) and (node.text in _ABSENT or not text.SEEN(node.text))
    if key.single and key.item:
        key = key.item
    key = next((inner for inner in key.keys if inner.name == key.short), key)
    needed = key.required or key.kind in {"line", "language"}
    return needed and not key.values and not text.SEEN(node.text)


def wrong(notes: Notes, key: Key, node: Node, found: str) -> Value | None:
    """No value: tells that `node` is `found` to be of another kind than `key` has."""
    wanted = _WANTED.get(key.kind, "line")
    arguments = {"key": key.name, "wanted": wanted, "found": found}
    typed = notes.line(node.place)[node.place.column - 1 :].rstrip()
    variant = "bracket" if wanted in {"line", "text"} and _BRACKETED(typed) else ""
    if variant:
        arguments["quoted"] = yaml_faults.quoted(typed)
    notes.told("wrong-kind", node.place, arguments, variant)
    return None


_BRACKETED = re.compile(r"\[[^\[\]]*\]|\{[^{}]*\}").fullmatch
_WANTED = {"list": "list", "mapping": "mapping", "names": "mapping", "free": "mapping",
           "flag": "flag", "date": "date", "text": "text"}  # fmt: skip


class Scalars:
    """Reads the texts of one block, whose faults go to `notes`."""

    def __init__(self, notes: Notes, zone: dt.tzinfo) -> None:
        self._notes, self._zone = notes, zone
        self._hashes = " #" in notes.head
        # whether odd characters may be hidden in it, beside the controls that nowhere may be
        self._odd = "\\" in notes.head or bool(_BIDI.search(notes.head))

    def value(self, key: Key, node: Scalar) -> Value | None:
        """The value of `node` for `key`, None if it is wrong."""
        if key.kind == "flag":
            if node.plain and node.text in ("true", "false"):
                return node.text == "true"
            return wrong(self._notes, key, node, "text")
        value = node.text if key.kind == "text" else node.text.strip()
        if self._is_spoilt(key, node, value):
            return None
        if key.kind == "date":
            return self._date(node, value)
        check = _CHECKS.get(key.kind)
        fault = check(value) if check else None
        if fault:
            self._notes.told(fault[0], node.place, fault[1], fault[2])
            return None
        return value

    def is_controlled(self, node: Scalar, value: str) -> bool:
        """Whether a control character stands in `value`, which is told."""
        found = self._odd and text.CONTROL.search(value)
        if found:
            character = {"character": text.codepoint(found.group())}
            self._notes.told("control-character", node.place, character)
        return bool(found)

    def commented(self, name: Scalar) -> tuple[str, Location] | None:
        """What was meant as the value of `name` but begins with a `#`, as `#1` does."""
        return self._notes.behind(name, _COMMENTED) if self._hashes else None

    def dropped(self, key: Key, kept: str, lost: tuple[str, Location]) -> None:
        """Tells what is lost behind what is `kept` of a value."""
        if key.kind == "list":
            quoted = f"[{', '.join(map(yaml_faults.quoted, lost[0].split()))}]"
        else:
            quoted = yaml_faults.quoted(f"{kept} {lost[0]}".strip())
        name = self._notes.name(key)
        arguments = {"key": name, "value": kept, "lost": lost[0], "quoted": quoted}
        self._notes.told("hash-in-value", lost[1], arguments)

    def _is_spoilt(self, key: Key, node: Scalar, value: str) -> bool:
        """Whether `value` is no text for `key`, which is told."""
        notes = self._notes
        if self.is_controlled(node, value):
            return True
        if key.kind != "text" and "\n" in value:
            wrong(notes, key, node, "text")
        elif (length := len(value.rstrip("\n"))) > key.limit:
            arguments = {"key": notes.name(key), "limit": str(key.limit), "length": str(length)}
            notes.told("text-too-long", node.place, arguments)
        elif self._odd and (found := _BIDI.search(value)) and not _may_turn(key, value):
            place = notes.typed(node, found.group())
            notes.told("bidi-character", place, {"character": text.codepoint(found.group())})
        elif key.values and value not in key.values:
            arguments = {
                "key": key.name,
                "value": value,
                "nearest": text.nearest(value, key.values),
                "known": " ".join(key.values),
            }
            notes.told("unknown-value", node.place, arguments)
        else:
            self._warned(key, node)
            return False
        return True

    def _warned(self, key: Key, node: Scalar) -> None:
        """Tells what YAML has taken from a text, or made of its lines."""
        if self._hashes and node.plain and (lost := self._notes.behind(node, _COMMENT)):
            self.dropped(key, node.text, lost)
        if key.kind == "text" and node.joined:
            self._notes.told("joined-lines", node.place, {"key": self._notes.name(key)})

    def _date(self, node: Scalar, value: str) -> Date | None:
        made = dates.parse(value, self._zone)
        if isinstance(made, str):
            self._notes.told("bad-date", node.place, {"value": value}, made)
            return None
        if right := dates.era_fault(value):
            self._notes.told("era-mismatch", node.place, {"value": value, "correct": right})
        return made


_COMMENT = re.compile(r"[ \t]+(#.*?)[ \t]*$")
_COMMENTED = re.compile(r"[ \t]*:[ \t]+(#[^\s#].*?)[ \t]*$")
_BIDI = re.compile(r"[\u202a-\u202e\u2066-\u2069]")


def _may_turn(key: Key, value: str) -> bool:
    """Whether `value` is a text in which every direction that a line opens is closed on it."""
    return key.kind == "text" and all(map(_is_balanced, value.split("\n")))


def _is_balanced(line: str) -> bool:
    depth = 0
    for character in _BIDI.findall(line):
        depth += -1 if character in "\u202c\u2069" else 1
        if depth < 0:
            return False
    return depth == 0


_Checked = tuple[str, dict[str, str], str] | None  # code, arguments and variant of a fault


def _slug(value: str) -> _Checked:
    canonical = urls.slug(value)
    return None if canonical == value else ("bad-slug", {"slug": value, "canonical": canonical}, "")


def _path(value: str) -> _Checked:
    reason = urls.path_fault(value)
    return ("bad-path", {"path": value}, reason) if reason else None


def _web(value: str) -> _Checked:
    reason = urls.web_fault(value)
    return ("bad-url", {"url": value}, reason) if reason else None


def _language(value: str) -> _Checked:
    if text.LANGUAGE(value):
        return None
    return "unknown-value", {"key": "lang", "value": value}, "language"


_CHECKS: Mapping[str, Callable[[str], _Checked]] = {
    "slug": _slug,
    "path": _path,
    "web": _web,
    "language": _language,
}
