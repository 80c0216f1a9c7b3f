"""The marks of a merge that git could not finish: nothing of such a file may be published."""

from collections.abc import Iterator

from sitegen.diagnostics.model import Diagnostic, Location

# The marks of git-merge(1), section "How conflicts are presented".
_OURS, _BETWEEN, _THEIRS = "<<<<<<< ", "=======", ">>>>>>> "
_WIDTH = len(_BETWEEN)


def left(path: str, content: str) -> Iterator[Diagnostic]:
    """A fault for each conflict in the `content` of the file at `path`."""
    if f"\n{_THEIRS}" not in content:
        return
    begun, parted = 0, False
    for number, line in enumerate(content.split("\n"), 1):
        if line.startswith(_OURS):
            begun, parted = number, False
        elif line.rstrip("\r") == _BETWEEN:
            parted = begun > 0
        elif line.startswith(_THEIRS) and parted:
            end = Location(path, number, width=_WIDTH)
            yield Diagnostic("conflict-left", Location(path, begun, width=_WIDTH), others=(end,))
            begun, parted = 0, False
