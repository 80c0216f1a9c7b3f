"""What is noted while one block of front matter is read: faults, under which keys, and where."""

import re

from sitegen.content.nodes import Scalar
from sitegen.content.schema import Key
from sitegen.diagnostics.model import Diagnostic, Location


class Notes:
    """The faults of the front matter `head`, which begins on line 2 of the file at `path`.

    `within` are the keys above the value that is being read, `faulty` those at the top in whose
    values something is wrong.
    """

    def __init__(self, path: str, head: str) -> None:
        self.path, self.head = path, head
        self.diagnostics: list[Diagnostic] = []
        self.faulty: set[str] = set()
        self.within: list[str] = []

    def told(
        self,
        code: str,
        place: Location,
        arguments: dict[str, str] | None = None,
        variant: str = "",
        others: tuple[Location, ...] = (),
    ) -> None:
        """Notes a fault."""
        self.diagnostics.append(Diagnostic(code, place, arguments or {}, variant, others))
        if self.within and code not in _HARMLESS:
            self.faulty.add(self.within[0])

    def line(self, place: Location) -> str:
        """The line of the file that `place` is in."""
        return self.head.split("\n")[place.line - 2]

    def typed(self, node: Scalar, character: str) -> Location:
        """Where `character` was typed in `node`; the place of `node` if it was escaped there."""
        lines = self.head.split("\n")
        for number in range(node.place.line, len(lines) + 2):
            start = node.place.column - 1 if number == node.place.line else 0
            column = lines[number - 2].find(character, start)
            if column >= 0:
                return Location(self.path, number, column + 1)
        return node.place

    def behind(self, node: Scalar, wanted: re.Pattern[str]) -> tuple[str, Location] | None:
        """The words behind `node` on its line that are `wanted`, with their place."""
        found = wanted.match(self.line(node.place), node.place.column - 1 + node.place.width)
        if not found:
            return None
        return found[1], Location(self.path, node.place.line, found.start(1) + 1, len(found[1]))

    def name(self, key: Key) -> str:
        """The key as its author typed it: `quote`, where that is short for its `text`."""
        return self.within[-1] if self.within else key.name


_HARMLESS = {"hash-in-value", "joined-lines", "era-mismatch"}
