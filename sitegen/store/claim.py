"""Which process is showing a site: a lock that ends with it, so that no old file is believed."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from msgspec import Struct

from sitegen.store import disk, output

_FILE = "shown-at"


class Claim(Struct):
    """A place that one process holds; if another one does, `holder` is what that has said."""

    folder: Path
    held: bool
    holder: str = ""

    def say(self, words: str) -> None:
        """Leaves `words` for those who come next."""
        if self.held:
            with suppress(OSError):
                draft = disk.cleared(self.folder / f"{_FILE}.new")
                draft.write_text(words, encoding="utf-8")
                draft.replace(self.folder / _FILE)


@contextmanager
def claimed(folder: Path) -> Iterator[Claim]:
    """The place `folder`, held from now on unless another process holds it."""
    with output.lock(folder, 0.0) as got:
        if got:
            yield Claim(folder, held=True)
            return
        words = ""
        with suppress(OSError, UnicodeDecodeError):
            words = (folder / _FILE).read_text(encoding="utf-8")[:1000]
        yield Claim(folder, held=False, holder=words)
