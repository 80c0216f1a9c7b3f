"""What the rooms of the store do to the disk alike."""

import os
import shutil
from collections.abc import Callable
from functools import cache
from pathlib import Path


def cleared(path: Path) -> Path:
    """`path`, with nothing there any more: neither file nor folder, nor what a link leads to."""
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)
    return path


def presence(top: Path) -> Callable[[str], bool]:
    """A function that tells whether anything lies at a path below `top`.

    It looks at each path once, and never below a folder that is not there.
    """

    @cache
    def is_there(path: str) -> bool:
        above = not path or is_there(path.rpartition("/")[0])
        return above and os.path.lexists(f"{top}/{path}")

    return is_there
