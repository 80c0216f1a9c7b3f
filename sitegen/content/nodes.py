"""YAML events -> nodes with their places in the file.

Never composed, since libyaml crashes on deep nesting there; and every text stays a text, since
YAML would make numbers, dates and flags of titles.
"""

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import Any

import yaml
from msgspec import Struct

from sitegen.diagnostics.model import Diagnostic, Location

MAX_DEPTH = 8
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class Scalar(Struct):
    """A text; a `plain` one stands there without quotation marks or `|`.

    `joined` tells whether YAML has made blanks of line ends in it.
    """

    text: str
    place: Location
    plain: bool = False
    joined: bool = False


class Sequence(Struct):
    """A list."""

    items: "list[Node]"
    place: Location


class Mapping(Struct):
    """Keys with their values, each key once."""

    pairs: "list[tuple[Scalar, Node]]"
    place: Location


Node = Scalar | Sequence | Mapping


class Tree(Struct):
    """What a block holds, and what in it is no front matter; `error` is what YAML says."""

    root: Node | None
    faults: tuple[Diagnostic, ...]
    error: yaml.YAMLError | None = None


def names(node: Node) -> Iterator[Scalar]:
    """The keys of all mappings in `node`."""
    if isinstance(node, Sequence):
        for item in node.items:
            yield from names(item)
    elif isinstance(node, Mapping):
        for name, value in node.pairs:
            yield name
            yield from names(value)


def read(path: str, head: str) -> Tree:
    """The nodes of `head`, the front matter of the file at `path`, which begins on its line 2.

    Anchors, tags, duplicate keys, keys that are no text and nesting deeper than `MAX_DEPTH` are
    faults.
    """
    reader = _Reader(path, head)
    try:
        root = reader.root(_events(head))
    except yaml.YAMLError as error:
        return Tree(None, tuple(reader.faults), error)
    return Tree(root, tuple(reader.faults))


def _events(head: str) -> Iterator[Any]:
    """The events of `head`; `yaml.parse` would ask before each whether there is one."""
    loader = _LOADER(head)
    try:
        while type(event := loader.get_event()) is not yaml.StreamEndEvent:
            yield event
    finally:
        loader.dispose()


_FOLDED = re.compile(r">[-+0-9]*[ \t]*(?:#.*)?$").match


class _TooDeepError(Exception):
    """The way out of a block that nests too deep: the rest of it would take libyaml seconds."""


class _Reader:
    """Makes nodes of the events of one block, and notes what is no front matter."""

    def __init__(self, path: str, head: str) -> None:
        self.path, self.head = path, head
        self.faults: list[Diagnostic] = []

    def root(self, events: Iterator[Any]) -> Node | None:
        """The node of the whole block; None if it nests too deep."""
        root: Node = Mapping([], Location(self.path, 1))
        try:
            for event in events:
                if isinstance(event, yaml.NodeEvent):
                    root = self._node(events, event, 1)
                    break
            for event in events:  # the last line may be wrong still
                if isinstance(event, yaml.DocumentStartEvent):
                    arguments = {"reason": "---"}
                    self._told("front-matter-syntax", self._at(event), arguments, "other")
        except _TooDeepError:
            return None
        return root

    def _node(self, events: Iterator[Any], event: Any, depth: int) -> Node:
        """The node that `event` begins; `events` are those that follow."""
        start, end = event.start_mark, event.end_mark
        width = end.column - start.column if end.line == start.line else 1
        place = Location(self.path, start.line + 2, start.column + 1, max(1, width))
        kind = type(event)
        if event.anchor is not None:
            sign = "*" if kind is yaml.AliasEvent else "&"
            anchor = f"{sign}{event.anchor}"
            self._told("yaml-anchor", self._typed(place, anchor), {"text": anchor})
        if kind is yaml.AliasEvent:
            return Scalar("", place)
        if event.tag:
            tag = event.tag.replace("tag:yaml.org,2002:", "!!", 1)
            self._told("yaml-tag", self._typed(place, tag), {"text": tag})
        if kind is yaml.ScalarEvent:
            joined = end.line > start.line and event.style != "|" and self._joins(start, end)
            return Scalar(event.value, place, not event.style, joined)
        if depth > MAX_DEPTH:
            self._told("front-matter-too-deep", place, {"limit": str(MAX_DEPTH)})
            raise _TooDeepError
        if kind is yaml.SequenceStartEvent:
            items = []
            while type(item := next(events)) is not yaml.SequenceEndEvent:
                items.append(self._node(events, item, depth + 1))
            return Sequence(items, place)
        return self._mapping(events, place, depth)

    def _mapping(self, events: Iterator[Any], place: Location, depth: int) -> Mapping:
        pairs: list[tuple[Scalar, Node]] = []
        seen: dict[str, Location] = {}
        while type(event := next(events)) is not yaml.MappingEndEvent:
            key = self._node(events, event, depth + 1)
            value = self._node(events, next(events), depth + 1)
            if not isinstance(key, Scalar):
                arguments = {"key": "?", "wanted": "line", "found": "mapping"}
                self._told("wrong-kind", key.place, arguments)
            elif key.text == "<<":
                self._told("yaml-anchor", key.place, {"text": "<<"})
            elif key.text in seen:
                self._told("duplicate-key", key.place, {"key": key.text}, others=(seen[key.text],))
            else:
                seen[key.text] = key.place
                pairs.append((key, value))
        return Mapping(pairs, place)

    def _joins(self, start: Any, end: Any) -> bool:
        """Whether a line with words follows another one between two marks."""
        rows = self.head.split("\n")[start.line : end.line + 1]
        rows = [rows[0][start.column :], *rows[1:-1], rows[-1][: end.column]]
        words = [bool(row.strip()) for row in rows if not _FOLDED(row)]
        return any(first and second for first, second in pairwise(words))

    def _typed(self, place: Location, words: str) -> Location:
        """Where `words` stand on the line of `place`, else `place`."""
        line = self.head.split("\n")[place.line - 2]
        found = line.find(words, place.column - 1)
        return place if found < 0 else Location(self.path, place.line, found + 1, len(words))

    def _at(self, event: Any) -> Location:
        mark = event.start_mark
        return Location(self.path, mark.line + 2, mark.column + 1, 3)

    def _told(
        self,
        code: str,
        place: Location,
        arguments: dict[str, str],
        variant: str = "",
        others: tuple[Location, ...] = (),
    ) -> None:
        self.faults.append(Diagnostic(code, place, arguments, variant, others))
