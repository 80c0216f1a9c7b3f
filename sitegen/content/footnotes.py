"""Footnotes where mistune reads them otherwise than authors do, and those that no page shows."""

from collections.abc import MutableMapping
from typing import Any

from mistune.plugins.footnotes import REF_FOOTNOTE
from mistune.util import unikey

from sitegen.content.ledger import Ledger

Env = MutableMapping[str, Any]  # what mistune knows of a document

# A note without a blank behind its colon would vanish, and deep lines would leave theirs.
DEFINITION = REF_FOOTNOTE.replace(r"]:[ \t\n]", r"]:[ \t]*\n?").replace(" {1,4}(?! )", " +")
_LINE = r"(?m:^)[ \t>]*"  # where a definition begins


def lines(env: Env, key: str) -> list[str]:
    """The lines of the note `key`, without what indents them.

    mistune would take away all indentation of its further lines, that of lists and code too, and
    count the full-width blank as indentation.
    """
    first, *further = env["ref_footnotes"][key].rstrip().split("\n")
    indents = (len(line) - len(line.lstrip(" ")) for line in further if line.strip(" "))
    indent = min(indents, default=0)
    return [first.strip(), *(line[indent:] for line in further)]


def named(env: Env, name: str) -> None:
    """Notes that a footnote called `name` is defined: mistune forgets the second of a name."""
    env.setdefault("named", []).append(name)


def proof(ledger: Ledger, env: Env) -> None:
    """Tells of footnotes that no page shows: nothing refers to them, or the name is another's."""
    seen: set[str] = set()
    for name in env.get("named", ()):
        key, place = unikey(name), ledger.place(f"[^{name}]:", before=_LINE)
        if key in seen:
            ledger.fault("unused-footnote", place, {"name": name}, "again")
        elif key not in env.get("footnotes", ()):
            ledger.fault("unused-footnote", place, {"name": name})
        seen.add(key)
