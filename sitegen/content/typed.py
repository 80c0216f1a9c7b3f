"""The nodes of front matter -> typed fields, as the schema declares them."""

import datetime as dt
import re
from collections.abc import Mapping

from sitegen import text, urls
from sitegen.content import nodes, schema, yaml_faults
from sitegen.content.fields import Field, Value
from sitegen.content.notes import Notes
from sitegen.content.scalars import Scalars, is_absent, wrong
from sitegen.content.schema import Key
from sitegen.diagnostics.model import Location


class Reader:
    """Reads the mappings and lists of one block, whose faults go to `notes`."""

    def __init__(self, notes: Notes, zone: dt.tzinfo) -> None:
        self._notes, self._scalars = notes, Scalars(notes, zone)

    def mapping(self, node: nodes.Mapping, keys: tuple[Key, ...]) -> dict[str, Field]:
        """The fields of `node` that `keys` know; the others are told."""
        known, within = {key.name: key for key in keys}, self._notes.within
        fields: dict[str, Field] = {}
        faulty = set[str]()  # keys that are there, but with nothing to be read
        for name, value in node.pairs:
            key = known.get(name.text)
            within.append(name.text)
            if key is None:
                faulty.add(self._unknown(name, known))
            elif not is_absent(key, value):
                if field := self._field(key, value, name.place):
                    fields[key.name] = field
                else:
                    faulty.add(key.name)
            elif not key.required and (lost := self._scalars.commented(name)):
                self._scalars.dropped(key, "", lost)
            within.pop()
        for key in keys:
            if key.required and key.name not in fields and key.name not in faulty:
                self._missing(key, node)
        return fields

    def _missing(self, key: Key, node: nodes.Mapping) -> None:
        """Tells that `node` lacks `key`, at the key if that is there without a value."""
        name = next((name for name, _ in node.pairs if name.text == key.name), None)
        lost = self._scalars.commented(name) if name else None
        variant = "hash" if lost else "brace" if self._begins(node, "{") else ""
        arguments = {"key": key.name, **({"quoted": yaml_faults.quoted(lost[0])} if lost else {})}
        self._notes.told("missing-key", name.place if name else self._top(node), arguments, variant)

    def _begins(self, node: nodes.Node, sign: str) -> bool:
        """Whether `node` was typed with `sign` before it: in brackets or braces."""
        return self._notes.line(node.place).startswith(sign, node.place.column - 1)

    def _top(self, node: nodes.Mapping) -> Location:
        """Where a key is missed: at the mapping, or at the opening `---`."""
        return node.place if self._notes.within else Location(self._notes.path, 1, width=3)

    def _unknown(self, name: nodes.Scalar, known: Mapping[str, Key]) -> str:
        """Tells of a key that there is not; the key that was meant, "" if none is near."""
        notes, line = self._notes, self._notes.line(name.place)
        typo = yaml_faults.usual(notes.path, name.place.line, line, set(known))
        bare = name.text.strip("\u3000 ")
        if typo and typo.code in {"full-width-colon", "missing-space"}:
            meant = typo.arguments["key"]
            notes.diagnostics.append(typo)
        elif bare in known and "\u3000" in name.text:
            meant = bare
            notes.told("full-width-space", notes.typed(name, "\u3000"), {"key": bare})
        else:
            elsewhere = schema.ELSEWHERE.get(name.text, "")
            meant = elsewhere if elsewhere in known else text.nearest(name.text, known)
            arguments = {"key": name.text, "nearest": meant, "known": " ".join(known)}
            notes.told("unknown-key", name.place, arguments)
        if len(notes.within) == 1:
            notes.faulty.add(meant)
        return meant

    def _field(self, key: Key, node: nodes.Node, at: Location) -> Field | None:
        """The value of `key` in `node`, None if it is wrong."""
        if isinstance(node, nodes.Scalar):
            compound = key.kind in schema.COMPOUND
            value = self._short(key, node, at) if compound else self._scalars.value(key, node)
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
            named = ((name, self._field(key.item, value, name.place)) for name, value in node.pairs)
            return {name.text: field for name, field in named if field}
        return wrong(self._notes, key, node, "mapping")

    def _free(self, node: nodes.Node, at: Location) -> Field:
        if isinstance(node, nodes.Scalar):
            self._scalars.is_controlled(node, node.text)
            return Field(node.text, node.place, at)
        if isinstance(node, nodes.Sequence):
            return Field(tuple(self._free(item, item.place) for item in node.items), node.place, at)
        inner = {name.text: self._free(value, name.place) for name, value in node.pairs}
        return Field(inner, node.place, at)

    def _list(self, key: Key, node: nodes.Sequence) -> Value | None:
        if key.kind != "list" or not key.item:
            return wrong(self._notes, key, node, "list")
        if len(node.items) > key.limit:
            count = {"key": key.name, "limit": str(key.limit), "count": str(len(node.items))}
            self._notes.told("too-many", node.place, count)
            return None
        items = []
        for item in node.items:
            if isinstance(item, nodes.Scalar) and item.plain and _JAPANESE_COMMA.search(item.text):
                self._commas(key, item, "bracket" if self._begins(node, "[") else "item")
            elif is_absent(key.item, item):
                wrong(self._notes, key.item, item, "null")
            elif field := self._field(key.item, item, item.place):
                items.append(field)
        return tuple(items)

    def _short(self, key: Key, node: nodes.Scalar, at: Location) -> Value | None:
        """The list or mapping that a plain text stands for."""
        if key.kind == "list" and key.item:
            parts = [part.strip() for part in _COMMAS.split(node.text) if part.strip()]
            if len(parts) > 1:
                self._commas(key, node)
                return None
            if not key.single:
                return wrong(self._notes, key, node, "text")
            item = self._field(key.item, node, at)
            return (item,) if item else None
        known = {part.name for part in key.keys}
        notes = self._notes
        if node.plain and (
            found := [*yaml_faults.colons(notes.path, notes.head, node.place, known)]
        ):
            notes.diagnostics.extend(found)
            notes.faulty.add(notes.within[0])
            return None
        web = node.text.startswith(("http://", "https://"))
        short = "url" if key.short == "name" and web else key.short
        inner = next((part for part in key.keys if part.name == short), None)
        if inner is None:
            return wrong(notes, key, node, "text")
        if inner.kind == "web" and urls.web_fault(node.text) == "scheme":
            notes.told("bad-url", node.place, {"url": node.text}, "work")
            return None
        field = self._field(inner, node, at)
        return {short: field} if field else None

    def _commas(self, key: Key, node: nodes.Scalar, variant: str = "") -> None:
        """Tells of a text that was meant as several: as a whole, or within a list."""
        parts = (part.strip() for part in _COMMAS.split(_WRAPPED.sub(r"\1", node.text)))
        listed = ", ".join(yaml_faults.item(part) for part in parts if part)
        arguments = {"key": key.name, "value": node.text, "list": f"[{listed}]", "items": listed}
        self._notes.told("comma-list", node.place, arguments, variant)


_JAPANESE_COMMA = re.compile("[、，]")
_COMMAS = re.compile("[、，,]")
_WRAPPED = re.compile("^[［【〔（(]([^］】〕）)]*)[］】〕）)]$")
