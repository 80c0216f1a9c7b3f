"""Front matter: YAML events -> typed fields, each with its place in the file."""

import datetime as dt
import re
from collections.abc import Callable, Iterator, Mapping
from itertools import pairwise

from msgspec import Struct

from sitegen import text, urls
from sitegen.content import dates, nodes, schema, yaml_faults
from sitegen.content.fields import Field, Value
from sitegen.content.schema import Key
from sitegen.diagnostics.model import Diagnostic, Location
from sitegen.model import Date

MAX_CHARACTERS = 64 * 1024
_ABSENT = {"", "~", "null", "Null", "NULL"}


class FrontMatter(Struct, frozen=True):
    """What stands before and after the closing `---` of one file.

    `whole` is false where the block cannot be read at all; `faulty` are the keys in whose values
    something is wrong: to say that they are missing would be a second fault for one cause.
    """

    fields: dict[str, Field]
    body: str
    body_line: int  # line of the file on which `body` begins
    diagnostics: tuple[Diagnostic, ...]
    draft: bool
    whole: bool
    faulty: frozenset[str] = frozenset()


def load(path: str, content: str, keys: tuple[Key, ...], zone: dt.tzinfo) -> FrontMatter:
    """The front matter of `content`, the normalised text of the file at `path`."""
    opening = _OPENING.match(content)
    if not opening:
        variant = next((name for name, begun in _OTHERWISE if begun.match(content)), "")
        return _unreadable(Diagnostic("front-matter-missing", Location(path, 1), {}, variant))
    closing = _CLOSING.search(content, opening.end())
    if not closing:
        return _unreadable(Diagnostic("front-matter-unclosed", Location(path, 1, width=3)))
    head, body = content[opening.end() : closing.start()], content[closing.end() :]
    lines = head.count("\n")
    body_line = lines + 3
    draft = bool(_DRAFT.search(head))
    if len(head) > MAX_CHARACTERS:
        fault = Diagnostic(
            "front-matter-too-long", Location(path, 1), {"limit": str(MAX_CHARACTERS)}
        )
        return FrontMatter({}, body, body_line, (fault,), draft, whole=False)
    forbidden = tuple(_forbidden(path, content))
    if forbidden:
        return FrontMatter({}, body, body_line, forbidden, draft, whole=False)
    tree = nodes.read(path, head)
    if isinstance(tree.root, nodes.Mapping) and (lost := _outdented(tree.root, keys)):
        return FrontMatter({}, body, body_line, (lost,), draft, whole=False)
    if tree.error or tree.faults or not isinstance(tree.root, nodes.Mapping):
        known = [key.name for key in keys]
        faults = tree.faults
        if tree.error or not faults:
            faults = tuple(yaml_faults.diagnosed(path, head, tree.error, known))
        return FrontMatter({}, body, body_line, faults, draft, whole=False)
    reader = _Reader(path, head, zone)
    fields = reader.mapping(tree.root, keys)
    reader.crossed(fields)
    return FrontMatter(
        fields,
        body,
        body_line,
        tuple(reader.diagnostics),
        draft="draft" in fields and fields["draft"].value is True,
        whole=True,
        faulty=frozenset(reader.faulty),
    )


_OPENING = re.compile(r"---[ \t]*\n")
_OTHERWISE = (
    ("toml", re.compile(r"\+\+\+[ \t]*\n")),
    ("json", re.compile(r"\{\s*\"")),
    ("late", re.compile(r"(?:[ \t\u3000]*\n)+---[ \t]*\n")),
)
_CLOSING = re.compile(r"^---[ \t]*(?:\n|\Z)", re.MULTILINE)
_DRAFT = re.compile(r"^draft:[ \t]+true[ \t]*(?:#.*)?$", re.MULTILINE)
_BIDI = re.compile(r"[\u202a-\u202e\u2066-\u2069]")


def _unreadable(fault: Diagnostic) -> FrontMatter:
    return FrontMatter({}, "", 1, (fault,), draft=False, whole=False)


def _forbidden(path: str, content: str) -> Iterator[Diagnostic]:
    """The control characters of the whole file; one fault a line."""
    if not text.CONTROL.search(content):
        return
    for number, line in enumerate(content.split("\n"), 1):
        if found := text.CONTROL.search(line):
            place = Location(path, number, found.start() + 1)
            yield Diagnostic("control-character", place, {"character": _named(found.group())})


def _outdented(root: nodes.Mapping, keys: tuple[Key, ...]) -> Diagnostic | None:
    """The fault of the first key that belongs below the empty one before it, as `source:`."""
    known = {key.name: key for key in keys}
    for (name, value), (below, its) in pairwise(root.pairs):
        key = known.get(name.text)
        inner = {part.name for part in key.keys} if key and _absent(key, value) else set[str]()
        web = isinstance(its, nodes.Scalar) and its.text.startswith(("http://", "https://"))
        if below.text in inner and (below.text not in known or web):
            return Diagnostic("lost-indent", below.place, {"key": name.text}, "keys")
    return None


def _named(character: str) -> str:
    return f"U+{ord(character):04X}"


# ---------------------------------------------------------------- nodes -> fields


class _Reader:
    """One mapping on its way to fields; what is wrong is noted with its place."""

    def __init__(self, path: str, head: str, zone: dt.tzinfo) -> None:
        self.path, self.head, self.zone = path, head, zone
        self.diagnostics: list[Diagnostic] = []
        self.faulty: set[str] = set()
        self.within: list[str] = []  # the keys above the value that is being read
        self.hashes = " #" in head
        self.odd = "\\" in head or bool(_BIDI.search(head))  # what else may hide odd characters

    def mapping(self, node: nodes.Mapping, keys: tuple[Key, ...]) -> dict[str, Field]:
        """The fields of `node` that `keys` know; the others are told."""
        known = {key.name: key for key in keys}
        fields: dict[str, Field] = {}
        wrong = set[str]()  # keys that are there, but with nothing to be read
        for name, value in node.pairs:
            key = known.get(name.text)
            self.within.append(name.text)
            if key is None:
                wrong.add(self._unknown(name, known))
            elif not _absent(key, value):
                if field := self.field(key, value, name.place):
                    fields[key.name] = field
                else:
                    wrong.add(key.name)
            elif not key.required and (lost := self._commented(name)):
                self._dropped(key, "", lost)
            self.within.pop()
        for key in keys:
            if key.required and key.name not in fields and key.name not in wrong:
                self._missing(key, node)
        return fields

    def _missing(self, key: Key, node: nodes.Mapping) -> None:
        """Tells that `node` lacks `key`, at the key if that is there without a value."""
        name = next((name for name, _ in node.pairs if name.text == key.name), None)
        lost = self._commented(name) if name else None
        variant = "hash" if lost else "brace" if self._starts(node, "{") else ""
        arguments = {"key": key.name, **({"quoted": yaml_faults.quoted(lost[0])} if lost else {})}
        self._told("missing-key", name.place if name else self._top(node), arguments, variant)

    def _starts(self, node: nodes.Node, sign: str) -> bool:
        """Whether `node` was typed with `sign` before it: in brackets or braces."""
        line = self.head.split("\n")[node.place.line - 2]
        return line.startswith(sign, node.place.column - 1)

    def _top(self, node: nodes.Mapping) -> Location:
        """Where a key is missed: at the mapping, or at the opening `---`."""
        return node.place if self.within else Location(self.path, 1, width=3)

    def _unknown(self, name: nodes.Scalar, known: Mapping[str, Key]) -> str:
        """Tells of a key that there is not; the key that was meant, "" if none is near."""
        line = self.head.split("\n")[name.place.line - 2]
        typo = yaml_faults.usual(self.path, name.place.line, line, set(known))
        bare = name.text.strip("\u3000 ")
        if typo and typo.code in {"full-width-colon", "missing-space"}:
            meant = typo.arguments["key"]
            self.diagnostics.append(typo)
        elif bare in known and "\u3000" in name.text:
            meant = bare
            self._told("full-width-space", self._typed(name, "\u3000"), {"key": bare})
        else:
            elsewhere = schema.ELSEWHERE.get(name.text, "")
            meant = elsewhere if elsewhere in known else text.nearest(name.text, known)
            arguments = {"key": name.text, "nearest": meant, "known": " ".join(known)}
            self._told("unknown-key", name.place, arguments)
        if len(self.within) == 1:
            self.faulty.add(meant)
        return meant

    def field(self, key: Key, node: nodes.Node, at: Location) -> Field | None:
        """The value of `key` in `node`, None if it is wrong."""
        if isinstance(node, nodes.Scalar):
            value = self._short(key, node, at) if _compound(key) else self._scalar(key, node)
        elif isinstance(node, nodes.Sequence):
            value = self._list(key, node)
        else:
            value = self._inner(key, node)
        return None if value is None else Field(value, node.place, at)

    def _inner(self, key: Key, node: nodes.Mapping) -> Value | None:
        if key.kind == "mapping":
            fields = self.mapping(node, key.keys)
            whole = all(inner.name in fields for inner in key.keys if inner.required)
            return fields if whole else None
        if key.kind == "free":
            return {name.text: self._free(value, name.place) for name, value in node.pairs}
        if key.kind == "names" and key.item:
            named = ((name, self.field(key.item, value, name.place)) for name, value in node.pairs)
            return {name.text: field for name, field in named if field}
        return self._wrong(key, node, "mapping")

    def _free(self, node: nodes.Node, at: Location) -> Field:
        if isinstance(node, nodes.Scalar):
            self._controlled(node, node.text)
            return Field(node.text, node.place, at)
        if isinstance(node, nodes.Sequence):
            return Field(tuple(self._free(item, item.place) for item in node.items), node.place, at)
        inner = {name.text: self._free(value, name.place) for name, value in node.pairs}
        return Field(inner, node.place, at)

    def _list(self, key: Key, node: nodes.Sequence) -> Value | None:
        if key.kind != "list" or not key.item:
            return self._wrong(key, node, "list")
        if len(node.items) > key.limit:
            count = {"key": key.name, "limit": str(key.limit), "count": str(len(node.items))}
            self._told("too-many", node.place, count)
            return None
        items = []
        for item in node.items:
            if isinstance(item, nodes.Scalar) and item.plain and _JAPANESE_COMMA.search(item.text):
                self._commas(key, item, "bracket" if self._starts(node, "[") else "item")
            elif _absent(key.item, item):
                self._wrong(key.item, item, "null")
            elif field := self.field(key.item, item, item.place):
                items.append(field)
        return tuple(items)

    def _short(self, key: Key, node: nodes.Scalar, at: Location) -> Value | None:
        """The list or mapping that a plain text stands for."""
        if key.kind == "list" and key.item:
            parts = [part.strip() for part in _COMMAS.split(node.text) if part.strip()]
            if len(parts) > 1:
                self._commas(key, node)
                return None
            item = self.field(key.item, node, at) if key.single else None
            return (item,) if item else None if key.single else self._wrong(key, node, "text")
        known = {part.name for part in key.keys}
        if node.plain and (found := [*yaml_faults.colons(self.path, self.head, node.place, known)]):
            self.diagnostics.extend(found)
            self.faulty.add(self.within[0])
            return None
        web = node.text.startswith(("http://", "https://"))
        short = "url" if key.short == "name" and web else key.short
        inner = next((part for part in key.keys if part.name == short), None)
        if inner is None:
            return self._wrong(key, node, "text")
        field = self.field(inner, node, at)
        return {short: field} if field else None

    def _commas(self, key: Key, node: nodes.Scalar, variant: str = "") -> None:
        """Tells of a text that was meant as several: as a whole, or within a list."""
        parts = (part.strip() for part in _COMMAS.split(_WRAPPED.sub(r"\1", node.text)))
        listed = ", ".join(yaml_faults.item(part) for part in parts if part)
        arguments = {"key": key.name, "value": node.text, "list": f"[{listed}]", "items": listed}
        self._told("comma-list", node.place, arguments, variant)

    # ------------------------------------------------------------ scalars

    def _scalar(self, key: Key, node: nodes.Scalar) -> Value | None:
        """The value of a single text, None if it is wrong."""
        if key.kind == "flag":
            if node.plain and node.text in ("true", "false"):
                return node.text == "true"
            return self._wrong(key, node, "text")
        value = node.text if key.kind == "text" else node.text.strip()
        if self._spoilt(key, node, value):
            return None
        if key.kind == "date":
            return self._date(node, value)
        check = _CHECKS.get(key.kind)
        fault = check(value) if check else None
        if fault:
            self._told(fault[0], node.place, fault[1], fault[2])
            return None
        return value

    def _controlled(self, node: nodes.Scalar, value: str) -> bool:
        """Whether a control character stands in `value`, which is told."""
        found = self.odd and text.CONTROL.search(value)
        if found:
            self._told("control-character", node.place, {"character": _named(found.group())})
        return bool(found)

    def _spoilt(self, key: Key, node: nodes.Scalar, value: str) -> bool:
        """Whether `value` is no text for `key`, which is told."""
        if self._controlled(node, value):
            return True
        if key.kind != "text" and "\n" in value:
            self._wrong(key, node, "text")
        elif (length := len(value.rstrip("\n"))) > key.limit:
            arguments = {"key": self._name(key), "limit": str(key.limit), "length": str(length)}
            self._told("text-too-long", node.place, arguments)
        elif (
            self.odd
            and (found := _BIDI.search(value))
            and not (key.kind == "text" and _balanced(value))
        ):
            place = self._typed(node, found.group())
            self._told("bidi-character", place, {"character": _named(found.group())})
        elif key.values and value not in key.values:
            arguments = {
                "key": key.name,
                "value": value,
                "nearest": text.nearest(value, key.values),
                "known": " ".join(key.values),
            }
            self._told("unknown-value", node.place, arguments)
        else:
            if self.hashes and node.plain:
                self._hash(key, node)
            if key.kind == "text" and node.joined:
                self._told("joined-lines", node.place, {"key": self._name(key)})
            return False
        return True

    def _name(self, key: Key) -> str:
        """The key as its author typed it: `quote`, where that is short for its `text`."""
        return self.within[-1] if self.within else key.name

    def _typed(self, node: nodes.Scalar, character: str) -> Location:
        """Where `character` of the text of `node` was typed, its value if it was escaped."""
        lines = self.head.split("\n")
        for number in range(node.place.line, len(lines) + 2):
            start = node.place.column - 1 if number == node.place.line else 0
            column = lines[number - 2].find(character, start)
            if column >= 0:
                return Location(self.path, number, column + 1)
        return node.place

    def _date(self, node: nodes.Scalar, value: str) -> Date | None:
        made = dates.parse(value, self.zone)
        if isinstance(made, str):
            self._told("bad-date", node.place, {"value": value}, made)
            return None
        if right := dates.era_fault(value):
            self._told("era-mismatch", node.place, {"value": value, "correct": right})
        return made

    def _hash(self, key: Key, node: nodes.Scalar) -> None:
        """Tells what YAML took for a comment behind a plain text."""
        if lost := self._behind(node, _COMMENT):
            self._dropped(key, node.text, lost)

    def _commented(self, name: nodes.Scalar) -> tuple[str, Location] | None:
        """What was meant as the value of `name` but begins with a `#`, as `#1` does."""
        return self._behind(name, _COMMENTED) if self.hashes else None

    def _behind(self, node: nodes.Scalar, wanted: re.Pattern[str]) -> tuple[str, Location] | None:
        """The words behind `node` on its line that are `wanted`, with their place."""
        line = self.head.split("\n")[node.place.line - 2]
        found = wanted.match(line, node.place.column - 1 + node.place.width)
        if not found:
            return None
        return found[1], Location(self.path, node.place.line, found.start(1) + 1, len(found[1]))

    def _dropped(self, key: Key, kept: str, lost: tuple[str, Location]) -> None:
        """Tells what is lost behind what is `kept` of a value."""
        if key.kind == "list":
            quoted = f"[{', '.join(map(yaml_faults.quoted, lost[0].split()))}]"
        else:
            quoted = yaml_faults.quoted(f"{kept} {lost[0]}".strip())
        arguments = {"key": self._name(key), "value": kept, "lost": lost[0], "quoted": quoted}
        self._told("hash-in-value", lost[1], arguments)

    # ------------------------------------------------------------ faults

    def crossed(self, fields: dict[str, Field]) -> None:
        """Tells what is wrong between keys."""
        if "quote" in fields and "quotes" in fields:
            place = fields["quotes"].key
            self._told("quote-and-quotes", place, others=(fields["quote"].key,))
        lint = fields["lint"].value if "lint" in fields else {}
        if isinstance(lint, dict) and "ignore" in lint and not _said(lint.get("reason")):
            items = lint["ignore"].value
            codes = ", ".join(str(item.value) for item in items) if isinstance(items, tuple) else ""
            self._told("lint-reason-missing", fields["lint"].key, {"codes": codes})

    def _wrong(self, key: Key, node: nodes.Node, found: str) -> Value | None:
        """No value: tells that `node` is of the wrong kind."""
        wanted = _WANTED.get(key.kind, "line")
        arguments = {"key": key.name, "wanted": wanted, "found": found}
        typed = self.head.split("\n")[node.place.line - 2][node.place.column - 1 :].rstrip()
        variant = "bracket" if wanted in {"line", "text"} and _BRACKETED(typed) else ""
        if variant:
            arguments["quoted"] = yaml_faults.quoted(typed)
        self._told("wrong-kind", node.place, arguments, variant)
        return None

    def _told(
        self,
        code: str,
        place: Location,
        arguments: dict[str, str] | None = None,
        variant: str = "",
        others: tuple[Location, ...] = (),
    ) -> None:
        self.diagnostics.append(Diagnostic(code, place, arguments or {}, variant, others))
        if self.within and code not in _HARMLESS:
            self.faulty.add(self.within[0])


_HARMLESS = {"hash-in-value", "joined-lines", "era-mismatch"}
_COMMENT = re.compile(r"[ \t]+(#.*?)[ \t]*$")
_COMMENTED = re.compile(r"[ \t]*:[ \t]+(#[^\s#].*?)[ \t]*$")
_JAPANESE_COMMA = re.compile("[、，]")
_COMMAS = re.compile("[、，,]")
_WRAPPED = re.compile("^[［【〔（(]([^］】〕）)]*)[］】〕）)]$")
_BRACKETED = re.compile(r"\[[^\[\]]*\]|\{[^{}]*\}").fullmatch
_WANTED = {"list": "list", "mapping": "mapping", "names": "mapping", "free": "mapping",
           "flag": "flag", "date": "date", "text": "text"}  # fmt: skip


def _compound(key: Key) -> bool:
    return key.kind in {"list", "mapping", "names", "free"}


def _absent(key: Key, node: nodes.Node) -> bool:
    """Whether nothing is typed for `key`; a line, and what is required, is no blank in quotes."""
    if not isinstance(node, nodes.Scalar) or node.plain:
        return isinstance(node, nodes.Scalar) and (node.text in _ABSENT or not text.SEEN(node.text))
    if key.single and key.item:
        key = key.item
    key = next((inner for inner in key.keys if inner.name == key.short), key)
    needed = key.required or key.kind == "line"
    return needed and not key.values and not text.SEEN(node.text)


def _said(field: Field | None) -> bool:
    return field is not None and bool(str(field.value).strip())


def _balanced(value: str) -> bool:
    """Whether every direction that a line of `value` opens is closed on that line."""
    for line in value.split("\n"):
        depth = 0
        for character in _BIDI.findall(line):
            depth += -1 if character in "\u202c\u2069" else 1
            if depth < 0:
                return False
        if depth:
            return False
    return True


def _slug(value: str) -> tuple[str, dict[str, str], str] | None:
    canonical = urls.slug(value)
    return None if canonical == value else ("bad-slug", {"slug": value, "canonical": canonical}, "")


def _path(value: str) -> tuple[str, dict[str, str], str] | None:
    reason = urls.path_fault(value)
    return ("bad-path", {"path": value}, reason) if reason else None


def _web(value: str) -> tuple[str, dict[str, str], str] | None:
    reason = urls.web_fault(value)
    return ("bad-url", {"url": value}, reason) if reason else None


_CHECKS: Mapping[str, Callable[[str], tuple[str, dict[str, str], str] | None]] = {
    "slug": _slug,
    "path": _path,
    "web": _web,
}
