"""What the rooms of the store do to the disk alike."""

import shutil
from pathlib import Path


def cleared(path: Path) -> Path:
    """`path`, with nothing there any more: neither file nor folder, nor what a link leads to."""
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)
    return path
