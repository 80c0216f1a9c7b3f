"""What is wrong, and where."""

from typing import Literal

from msgspec import Struct, field


class Location(Struct, frozen=True, array_like=True, order=True):
    """A place in a file of the site: `line` and `column` from 1, `width` in characters.

    `line` 0 names the file as a whole. `path` is relative to the site's folder.
    """

    path: str
    line: int = 0
    column: int = 1
    width: int = 1


class Diagnostic(Struct, frozen=True, array_like=True):
    """A fault as a value; `catalog` has its severity and its words.

    `variant` picks one of several wordings of the same cause; `arguments` are the author's own
    words, to be set into them; `others` are further places that belong to it.
    """

    code: str
    location: Location
    arguments: dict[str, str] = field(default_factory=dict)
    variant: str = ""
    others: tuple[Location, ...] = ()


class Finding(Struct, frozen=True, array_like=True):
    """A fault as it is told: with the severity that the site's rules give it.

    `strict` tells whether `--strict` counts it: a draft that is not built keeps nobody from
    publishing, nor does what has been put right.
    """

    diagnostic: Diagnostic
    severity: Literal["error", "warning", "info"]
    strict: bool = True
