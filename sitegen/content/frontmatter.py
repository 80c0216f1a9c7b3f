"""The block between `---` and `---` at the head of a file -> its fields, and what is below it."""

import datetime as dt
import re
from collections.abc import Iterator

from msgspec import Struct

from sitegen import text
from sitegen.content import indents, nodes, yaml_faults
from sitegen.content.fields import Field, Fields
from sitegen.content.notes import Notes
from sitegen.content.schema import Key
from sitegen.content.typed import Reader
from sitegen.diagnostics import conflicts
from sitegen.diagnostics.model import Diagnostic, Location

MAX_CHARACTERS = 64 * 1024


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
    if undecided := tuple(conflicts.left(path, content)):
        head = content.partition("\n---")[0]
        return FrontMatter({}, "", 1, undecided, bool(_DRAFT.search(head)), whole=False)
    opening = _OPENING.match(content)
    if not opening:
        variant = next((name for name, begun in _OTHERWISE if begun.match(content)), "")
        return _unreadable(Diagnostic("front-matter-missing", Location(path, 1), {}, variant))
    closing = _CLOSING.search(content, opening.end())
    if not closing:
        return _unreadable(Diagnostic("front-matter-unclosed", Location(path, 1, width=3)))
    head, body = content[opening.end() : closing.start()], content[closing.end() :]
    body_line = head.count("\n") + 3
    root = _root(path, content, head, keys)
    if not isinstance(root, nodes.Mapping):
        return FrontMatter({}, body, body_line, root, bool(_DRAFT.search(head)), whole=False)
    notes = Notes(path, head)
    fields = Reader(notes, zone).mapping(root, keys)
    _cross(notes, fields)
    return FrontMatter(
        fields,
        body,
        body_line,
        tuple(notes.diagnostics),
        draft="draft" in fields and fields["draft"].value is True,
        whole=True,
        faulty=frozenset(notes.faulty),
    )


_OPENING = re.compile(r"---[ \t]*\n")
_OTHERWISE = (
    ("toml", re.compile(r"\+\+\+[ \t]*\n")),
    ("json", re.compile(r"\{\s*\"")),
    ("late", re.compile(r"(?:[ \t\u3000]*\n)+---[ \t]*\n")),
)
_CLOSING = re.compile(r"^---[ \t]*(?:\n|\Z)", re.MULTILINE)
_DRAFT = re.compile(  # of a block that cannot be read
    r"^(?:draft|\"draft\"|'draft')[ \t]*:[ \t]+true[ \t]*(?:#.*)?$", re.MULTILINE
)


def _unreadable(fault: Diagnostic) -> FrontMatter:
    return FrontMatter({}, "", 1, (fault,), draft=False, whole=False)


def _root(
    path: str, content: str, head: str, keys: tuple[Key, ...]
) -> nodes.Mapping | tuple[Diagnostic, ...]:
    """The keys of `head` with what stands behind them, or the faults that forbid to read them."""
    if len(head) > MAX_CHARACTERS:
        limit = {"limit": str(MAX_CHARACTERS)}
        return (Diagnostic("front-matter-too-long", Location(path, 1), limit),)
    if forbidden := tuple(_forbidden(path, content)):
        return forbidden
    tree = nodes.read(path, head)
    if isinstance(tree.root, nodes.Mapping):
        lost = indents.outdented(tree.root, keys) or indents.widened(tree.root, keys, head)
        if lost:
            return (lost,)
        if not tree.error and not tree.faults:
            return tree.root
    if tree.faults and not tree.error:
        return tree.faults
    return tuple(yaml_faults.diagnosed(path, head, tree.error, [key.name for key in keys]))


def _forbidden(path: str, content: str) -> Iterator[Diagnostic]:
    """The control characters of the whole file; one fault a line."""
    if not text.CONTROL.search(content):
        return
    for number, line in enumerate(content.split("\n"), 1):
        if found := text.CONTROL.search(line):
            place = Location(path, number, found.start() + 1)
            yield Diagnostic(
                "control-character", place, {"character": text.codepoint(found.group())}
            )


def _cross(notes: Notes, fields: Fields) -> None:
    """Notes what is wrong between keys."""
    if "quote" in fields and "quotes" in fields:
        place = fields["quotes"].key
        notes.told("quote-and-quotes", place, others=(fields["quote"].key,))
    lint = fields["lint"].value if "lint" in fields else {}
    if isinstance(lint, dict) and "ignore" in lint and not _said(lint.get("reason")):
        items = lint["ignore"].value
        codes = ", ".join(str(item.value) for item in items) if isinstance(items, tuple) else ""
        notes.told("lint-reason-missing", fields["lint"].key, {"codes": codes})


def _said(field: Field | None) -> bool:
    return field is not None and bool(str(field.value).strip())
