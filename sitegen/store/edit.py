"""Changes an author's file, whole or not at all; nothing else writes over one."""

import os
from pathlib import Path

from sitegen.store import disk


def read(root: Path, path: str) -> str:
    """The text of the file at `path`, byte order mark and line ends as they are."""
    return (root / path).read_bytes().decode("utf-8")


def write(root: Path, path: str, text: str) -> None:
    """Puts `text` in place of what the file at `path` holds, with its rights as they are."""
    file = root / path
    draft = disk.cleared(file.with_name(f".{file.name}.sitegen"))
    with draft.open("xb") as opened:
        opened.write(text.encode())
    draft.chmod(file.stat().st_mode & 0o777)
    os.replace(draft, file)  # noqa: PTH105 -- as in the other rooms of the store
