"""What is wrong with the machine -> what to say of it, and the exit code."""

import errno
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sitegen import summary
from sitegen.report import INTERRUPTED, MACHINE
from sitegen.run import FOLDER
from sitegen.store import journal


class Failure(Exception):  # noqa: N818 -- no error of ours
    """The end of a run that the machine forbids: what is said of it, and the exit code."""

    def __init__(self, said: str, code: int = MACHINE) -> None:
        super().__init__(said)
        self.said, self.code = said, code


@contextmanager
def told(language: str, output: str, root: Path | None = None) -> Iterator[None]:
    """Makes a `Failure` of what is wrong with the machine: the only place that catches it.

    `output` is what stays as it was, "" where nothing would have been written to it.
    """
    phrases = summary.words(language)
    kept = phrases["kept"].format(output=output) if output else ""
    try:
        yield
    except KeyboardInterrupt:
        raise Failure(phrases["interrupted"].format(kept=kept), INTERRUPTED) from None
    except TimeoutError:
        raise Failure(phrases["locked"]) from None
    except ChildProcessError:
        raise Failure(phrases["worker"].format(kept=kept)) from None
    except MemoryError:
        raise Failure(phrases["memory"].format(kept=kept)) from None
    except OSError as error:
        kind = _KINDS.get(error.errno or 0, "machine")
        phrase = phrases["unfinished" if root and journal.is_unfinished(root / FOLDER) else kind]
        reason, path = error.strerror or str(error), error.filename2 or error.filename or ""
        at = f": {path}" if path else ""  # a write that fails names no file
        raise Failure(phrase.format(reason=reason, at=at, kept=kept)) from None


_KINDS = {
    errno.ENOSPC: "disk-full",
    errno.EDQUOT: "disk-full",
    errno.EACCES: "no-permission",
    errno.EPERM: "no-permission",
    errno.EROFS: "no-permission",
    errno.EEXIST: "in-the-way",
}
