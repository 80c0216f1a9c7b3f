"""Where a preview is shown: at an address that is free, and by one process for each site."""

import os
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from socket import socket

from msgspec import Struct

from sitegen import session
from sitegen.preview import ports, saying
from sitegen.run import FOLDER
from sitegen.store import claim
from sitegen.store.claim import Claim


class Place(Struct, frozen=True):
    """Sockets that listen at `port` of `host`; `claim` is on the site, if it can be held."""

    host: str
    port: int
    sockets: list[socket]
    claim: Claim | None

    @property
    def origin(self) -> str:
        """What is typed in a browser on this machine, without a path."""
        return f"http://{ports.shown(self.host)}:{self.port}"

    def say(self, url: str) -> None:
        """Leaves word that the site is shown at `url`, for those who would show it again."""
        if self.claim:
            self.claim.say(f"{os.getpid()} {url}")


@contextmanager
def opened(root: Path, host: str, port: int | None, language: str) -> Iterator[Place | str]:
    """A place to show the site in `root` at, or the words of why there is none.

    Without a `port` it is the first free one from the usual one on.
    """
    with ExitStack() as stack:
        held = None
        with suppress(OSError):
            if session.may_keep(root):
                held = stack.enter_context(claim.claimed(root / FOLDER / "preview"))
        if held and not held.held:
            pid, _, url = held.holder.partition(" ")
            yield saying.phrase(language, "second", url=url, pid=pid)
            return
        try:
            sockets = stack.enter_context(ports.opened(host, port))
        except OSError as error:
            yield saying.taken(error, host, port or ports.DEFAULT, language)
            return
        yield Place(host, sockets[0].getsockname()[1], sockets, held)
