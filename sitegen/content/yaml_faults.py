"""What an author did where PyYAML only says that something went wrong, often a line too late."""

import re
from collections.abc import Iterator, Sequence

import yaml
from msgspec import Struct

from sitegen.content import schema
from sitegen.diagnostics.model import Diagnostic, Location

_BLOCK = re.compile(r"^(\s*)(?:- +)?([\w.-]+):[ \t]*[|>][-+0-9]*[ \t]*(?:#.*)?$")  # text: |
_FULL_COLON = re.compile(r"^[ \t]*(?:- +)?([A-Za-z_]+)(：[ \t　]*)(.*)$")  # title：港
_NO_SPACE = re.compile(r"^[ \t]*(?:- +)?([A-Za-z_]+)(:)([^ \t\n].*)$")  # title:港
_PAIR = re.compile(r"^[ \t]*(?:- +)?[\w.-]+:[ \t]+(.*?)[ \t]*$")  # title: 港
_LINK = re.compile(r"^[ \t]*(?:- +)?(via|source):[ \t]+(\[([^\[\]]+)\]\((\S+)\))[ \t]*$")
_NAMED = {"via": "name", "source": "title"}  # the key of the words of a link
_RESERVED = "@`%&*!|>[]{},?"  # what begins no plain text


def diagnosed(
    path: str, head: str, error: yaml.YAMLError | None, known: Sequence[str]
) -> list[Diagnostic]:
    """The faults of the front matter `head`, which YAML cannot read (or reads as no mapping).

    Each line is looked at for what authors usually do; only if nothing is found is the parser's
    own word passed on. `known` are the keys that there are.
    """
    found = [*_Lines(path, head.split("\n"), set(known)).faults()]
    return found or [_other(path, head, error)]


class _Block(Struct):
    """A block text: its key with its indentation, and that of its first line, 0 before it."""

    key: str
    indent: int
    inner: int = 0


class _Lines:
    """One look through `lines`: what each shows, and which have slipped out of the text above."""

    def __init__(self, path: str, lines: list[str], known: set[str]) -> None:
        self._path, self._lines, self._known = path, lines, known
        self._block: _Block | None = None  # behind whose `|` we are
        self._slipped = False  # whether that is told of the line before
        self._blank = ""  # the blank that is told of its indentation

    def faults(self) -> Iterator[Diagnostic]:
        """At most one for each line, and one for lines that show the same mistake in a row."""
        for at, line in enumerate(self._lines):
            if fault := self._seen(at, line):
                yield fault

    def _seen(self, at: int, line: str) -> Diagnostic | None:
        if self._blank and line.lstrip(" ").startswith(self._blank):
            return None
        if not line.strip():
            return None
        if self._is_inside(line):
            self._slipped = False
            return None
        fault = _within(self._path, self._lines, at, self._known)
        sign = line[fault.location.column - 1 :][:1] if fault else ""
        self._blank = sign if sign in {"　", "\t"} else ""
        if self._block and not fault and self._is_text(self._block, line):
            return self._slip(self._block, at, line)
        self._slipped = False
        opened = _BLOCK.match(line)
        self._block = _Block(opened[2], len(opened[1])) if opened else None
        return fault

    def _is_inside(self, line: str) -> bool:
        """Whether `line` is part of the text, whose first line says how deep that stands."""
        block, indent = self._block, _indent(line)
        if block is None or indent <= block.indent:
            return False
        block.inner = block.inner or indent
        return indent >= block.inner

    def _is_text(self, block: _Block, line: str) -> bool:
        """Whether `line`, which is not deep enough for the text of `block`, was meant for it."""
        indent = _indent(line)
        if _is_pair(line[indent:], self._known):
            return False
        return bool(block.inner) or not (indent and line.startswith("- ", indent))

    def _slip(self, block: _Block, at: int, line: str) -> Diagnostic | None:
        """The fault of the first of several lines that have slipped out of `block`."""
        told, self._slipped = self._slipped, True
        indent = _indent(line)
        place = Location(self._path, at + 2, indent + 1, len(line.rstrip()) - indent)
        return None if told else Diagnostic("lost-indent", place, {"key": block.key})


def _within(path: str, lines: list[str], at: int, known: set[str]) -> Diagnostic | None:
    """What is usually wrong with the line at `at`, seen with those around it."""
    fault = usual(path, at + 2, lines[at], known)
    if not fault:
        return None
    if fault.variant == "reserved" and _goes_on(lines, at, fault):
        return Diagnostic("front-matter-syntax", fault.location, fault.arguments, "block")
    if fault.code == "full-width-space" and _is_below(lines, at):
        return Diagnostic("full-width-space", fault.location, {}, "indent")
    closed = fault.variant == "unclosed" and _closes(lines[at:], known)
    return None if closed else fault


def _goes_on(lines: list[str], at: int, fault: Diagnostic) -> bool:
    """Whether `fault` is of a `|` or `>` with words behind it, and a text below it."""
    below = lines[at + 1] if at + 1 < len(lines) else ""
    begun = fault.arguments["character"] in "|>"
    return begun and bool(below.strip()) and _indent(below) > _indent(lines[at])


def _is_below(lines: list[str], at: int) -> bool:
    """Whether the line at `at` belongs below another: one that is empty or itself indented."""
    above = next((line for line in reversed(lines[:at]) if line.strip()), "")
    return above.rstrip().endswith(":") or above.startswith(" ")


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip(" "))


def _closes(lines: list[str], known: set[str]) -> bool:
    """Whether the list that the first of `lines` opens is closed before the next key."""
    depth = 0
    for number, line in enumerate(lines):
        if number and _is_pair(line, known):
            return False
        bare = _QUOTED.sub("", line)
        depth += sum(map(bare.count, "[{")) - sum(map(bare.count, "]}"))
        if depth <= 0:
            return True
    return False


def _is_pair(line: str, known: set[str]) -> bool:
    """Whether `line` begins with a key: one that there is, or a plain ASCII word and a colon."""
    found = re.match(r"([\w.-]+)[ \t]*:(?:[ \t]|$)", line)
    return found is not None and (found[1] in known or found[1].isascii())


def usual(path: str, number: int, line: str, known: set[str]) -> Diagnostic | None:
    """What is usually wrong with a line that is not part of a block text."""
    if line.startswith("　") and _is_pair(line.strip("　 "), known):
        key = line.strip("　 ").partition(":")[0]
        width = len(line) - len(line.lstrip("　"))
        return Diagnostic("full-width-space", Location(path, number, 1, width), {"key": key})
    if found := re.match(r"(　[　 ]*)- ", line):
        place = Location(path, number, 1, len(found[1]))
        return Diagnostic("full-width-space", place, {}, "indent")
    if re.match(r" *\t", line):
        place = Location(path, number, line.index("\t") + 1)
        return Diagnostic("front-matter-syntax", place, {}, "tab")
    if (found := _FULL_COLON.match(line)) and found[1] in known | _INNER:
        place = Location(path, number, found.start(2) + 1)
        value = _pasted(found[3])
        typed = {"typed": found[2] + found[3], "meant": f": {value}"}
        return Diagnostic("full-width-colon", place, {"key": found[1], "value": value, **typed})
    if (found := _NO_SPACE.match(line)) and found[1] in known | _INNER:
        place = Location(path, number, found.start(2) + 1)
        arguments = {"key": found[1], "value": _pasted(found[3].strip())}
        return Diagnostic("missing-space", place, arguments)
    if line.strip() in known:
        place = Location(path, number, line.index(line.strip()) + 1, len(line.strip()))
        return Diagnostic("front-matter-syntax", place, {"key": line.strip()}, "key")
    if found := _LINK.match(line):
        place = Location(path, number, found.start(2) + 1, len(found[2]))
        pair = f"{_NAMED[found[1]]}: {quoted(found[3])}, url: {quoted(found[4])}"
        arguments = {"meant": f"{found[1]}: {{{pair}}}"}
        return Diagnostic("front-matter-syntax", place, arguments, "link")
    found = _PAIR.match(line)
    return _value(path, number, found.start(1), found[1]) if found and found[1] else None


def colons(path: str, head: str, place: Location, known: set[str]) -> Iterator[Diagnostic]:
    """The full-width colons behind `known` keys in the lines of a plain text at `place`."""
    for number, line in enumerate(head.split("\n")[place.line - 2 :], place.line):
        if number > place.line and line[: place.column - 1].strip():
            return
        found = _FULL_COLON.match(line)
        if found and found[1] in known and (fault := usual(path, number, line, known)):
            yield fault


_INNER = set(schema.inner(schema.POST))


def _value(path: str, number: int, start: int, value: str) -> Diagnostic | None:
    """What is wrong with a `value` that begins after `start` characters of its line."""
    place = Location(path, number, start + 1, len(value))
    words = {"value": value, "quoted": quoted(value)}
    if value[0] in "\"'":
        text = _QUOTED.match(value)
        if not text:
            return Diagnostic("front-matter-syntax", place, {**words, "quote": value[0]}, "quote")
        rest = value[text.end() :]
        if value[0] == '"' and not rest and (wrong := _ESCAPE.search(value)):
            single = "'" + value[1:-1].replace("'", "''") + "'"
            arguments = {**words, "character": wrong[1], "quoted": single}
            return Diagnostic("front-matter-syntax", place, arguments, "escape")
        if not rest or re.match(r"[ \t]+#", rest):
            return None
        return Diagnostic(
            "front-matter-syntax", place, {**words, "character": value[0]}, "reserved"
        )
    if value[0] in "[{":
        return _flow(place, value)
    if value[0] in _RESERVED and not re.fullmatch(r"[|>][-+0-9]*", value):
        return Diagnostic(
            "front-matter-syntax", place, {**words, "character": value[0]}, "reserved"
        )
    if value.startswith("- "):
        return Diagnostic("front-matter-syntax", place, words, "list")
    colon = re.search(r":(?=[ \t]|$)", value)
    if colon and value[0] not in "|>":
        place = Location(path, number, start + colon.start() + 1)
        return Diagnostic("front-matter-syntax", place, words, "colon")
    return None


def _pasted(value: str) -> str:
    """`value` as it can stand behind its key."""
    wrong = bool(value) and _value("", 1, 0, value.rstrip()) is not None
    return quoted(value.rstrip()) if wrong else value


# A backslash between double quotation marks that YAML does not know.
_ESCAPE = re.compile(r"(?<!\\)(?:\\\\)*(\\[^0abt\tnvfre \"/\\N_LPxuU])")
_QUOTED = re.compile(r"\"(?:\\.|[^\"\\])*\"|'(?:''|[^'])*'")


def item(text: str) -> str:
    """`text` as an item of a list in brackets: in quotation marks where YAML would misread it."""
    plain = text[0] not in "\"'#- " + _RESERVED and not re.search(r"[\[\]{},]|:(?:\s|$)|\s#", text)
    return text if plain else quoted(text)


def quoted(value: str) -> str:
    """`value` in quotation marks that YAML reads: double ones where that needs no escapes."""
    if '"' in value or "\\" in value:
        return "'" + value.replace("'", "''") + "'"
    return f'"{value}"'


def _flow(place: Location, value: str) -> Diagnostic | None:
    """What is wrong with a list or mapping in brackets: they do not match, or text follows."""
    bare = re.sub(r"(?:[ \t]|(?<=[\[{,]))#.*", "", _QUOTED.sub("", value))
    opening, closing = ("[", "]") if value[0] == "[" else ("{", "}")
    depth = bare.count(opening) - bare.count(closing)
    if depth > 0 and _HASHED.fullmatch(value):
        items = (quoted(one) if "#" in one else one for one in _parts(value))
        arguments = {"value": value, "quoted": f"{opening}{', '.join(items)}{closing}"}
        return Diagnostic("front-matter-syntax", place, arguments, "hash")
    if depth:
        arguments = {"bracket": opening if depth > 0 else closing, "other": closing}
        variant = "unclosed" if depth > 0 else "unopened"
        return Diagnostic("front-matter-syntax", place, arguments, variant)
    if not bare.endswith(closing):
        arguments = {"value": value, "quoted": quoted(value), "character": value[0]}
        return Diagnostic("front-matter-syntax", place, arguments, "reserved")
    return None


_HASHED = re.compile(r"\[[^\[\]{}\"']*#[^\[\]{}\"']*\]")  # [港 #霧]


def _parts(value: str) -> list[str]:
    """The items of a list in brackets that holds neither lists nor quotation marks."""
    return [one.strip() for one in value[1:-1].split(",") if one.strip()]


def _other(path: str, head: str, error: yaml.YAMLError | None) -> Diagnostic:
    """The line that goes no further, or the parser's own reason, as far as its place is there."""
    mark = getattr(error, "problem_mark", None)
    lines = head.split("\n")
    if mark is None:
        return _stray(path, lines, 0)
    number = min(mark.line, max(0, len(lines) - 2 if lines[-1] == "" else len(lines) - 1))
    column = min(mark.column, len(lines[number])) if number == mark.line else 0
    place = Location(path, number + 2, column + 1)
    reason = str(getattr(error, "problem", "") or "YAML")
    begun = getattr(error, "context_mark", None)
    if reason == "could not find expected ':'" and begun:
        return _stray(path, lines, begun.line)
    if lines[number].startswith("\t", column):
        return Diagnostic("front-matter-syntax", place, {}, "tab")
    if reason.startswith("mapping values are not allowed"):
        above = max((n for n in range(number) if lines[n].strip()), default=number)
        if _indent(lines[number]) > _indent(lines[above]):
            place = Location(path, number + 2, 1, _indent(lines[number]))
            return Diagnostic("front-matter-syntax", place, {}, "deeper")
        if ": " not in lines[above]:
            return _stray(path, lines, above)
    return Diagnostic("front-matter-syntax", place, {"reason": reason}, "other")


def _stray(path: str, lines: list[str], at: int) -> Diagnostic:
    """The fault of a line that is no `key: value`; behind a blank one the post's text begins."""
    words = lines[at].strip()
    place = Location(path, at + 2, _indent(lines[at]) + 1, max(1, len(words)))
    if at and not lines[at - 1].strip():
        return Diagnostic("front-matter-unclosed", place)
    if re.match(r"-[^-\s]", words):
        return Diagnostic("front-matter-syntax", place, {"item": f"- {words[1:]}"}, "dash")
    return Diagnostic("front-matter-syntax", place, {}, "line")
