"""The marks of a merge that git could not finish: nothing of such a file may be published."""

from collections.abc import Iterator

from sitegen.diagnostics.model import Diagnostic, Location

_OURS, _BETWEEN, _THEIRS = (
    "<<<<<<< ",
    "=======",
    ">>>>>>> ",
)  # git-merge(1), "How conflicts are presented"


def left(path: str, content: str) -> Iterator[Diagnostic]:
    """A fault for each conflict in the `content` of the file at `path`."""
    if f"\n{_THEIRS}" not in content:
        return
    begun, parted = 0, False
    for number, line in enumerate(content.split("\n"), 1):
        if line.startswith(_OURS):
            begun, parted = number, False
        elif line == _BETWEEN:
            parted = begun > 0
        elif line.startswith(_THEIRS) and parted:
            end = Location(path, number, width=len(_BETWEEN))
            yield Diagnostic(
                "conflict-left", Location(path, begun, width=len(_BETWEEN)), others=(end,)
            )
            begun, parted = 0, False
