"""Keys that YAML reads, but not where their author has put them -> the fault of the first."""

from collections.abc import Sequence
from itertools import pairwise

from sitegen.content import nodes, schema
from sitegen.content.scalars import is_absent
from sitegen.content.schema import Key
from sitegen.diagnostics.model import Diagnostic, Location


def outdented(root: nodes.Mapping, keys: Sequence[Key]) -> Diagnostic | None:
    """The fault of the first key that belongs below the empty one before it, as `source:`."""
    known = {key.name: key for key in keys}
    for (name, value), (below, its) in pairwise(root.pairs):
        key = known.get(name.text)
        inner = {part.name for part in key.keys} if key and is_absent(key, value) else set[str]()
        web = isinstance(its, nodes.Scalar) and its.text.startswith(("http://", "https://"))
        if below.text in inner and (below.text not in known or web):
            return Diagnostic("lost-indent", below.place, {"key": name.text}, "keys")
    return None


def widened(root: nodes.Mapping, keys: Sequence[Key], head: str) -> Diagnostic | None:
    """The fault of the first key below another whose indentation has full-width blanks."""
    if "　" not in head:
        return None
    known = {key.name: key for key in keys}
    inner, empty = set[str](), False  # of the key above
    for name, value in root.pairs:
        bare = name.text.strip("　 ")
        if _is_wide(name, head) and (bare in inner or (empty and bare not in known)):
            return _indented(name)
        if key := known.get(name.text):
            inner = set(schema.inner((key,)))
            empty = (
                key.kind in schema.COMPOUND and isinstance(value, nodes.Scalar) and not value.text
            )
        for below in nodes.names(value):
            if _is_wide(below, head) and below.text.strip("　 ") in inner:
                return _indented(below)
    return None


def _is_wide(name: nodes.Scalar, head: str) -> bool:
    """Whether the line of the key `name` begins with blanks, and its text with full-width ones."""
    if not name.plain or not name.text.startswith("　"):
        return False
    return not head.split("\n")[name.place.line - 2][: name.place.column - 1].strip()


def _indented(name: nodes.Scalar) -> Diagnostic:
    width = len(name.text) - len(name.text.lstrip("　 "))
    place = Location(name.place.path, name.place.line, name.place.column, width)
    return Diagnostic("full-width-space", place, {}, "indent")
