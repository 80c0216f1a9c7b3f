"""Addresses to listen at, and who holds one that is taken."""

import errno
import socket
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

LOOPBACK = ("127.0.0.1", "localhost", "::1")
DEFAULT = 8000
TRIES = 50  # ports after the default one


@contextmanager
def opened(host: str, port: int | None) -> Iterator[list[socket.socket]]:
    """Sockets at `port` of `host`, or at the first free one from the default one on.

    OSError where they cannot be had.
    """
    sockets = listening(host, port) if port is not None else first_free(host, DEFAULT)
    try:
        yield sockets
    finally:
        for one in sockets:
            one.close()


def listening(host: str, port: int) -> list[socket.socket]:
    """Sockets at `port` of `host`; of this machine's own name, at both of its addresses.

    OSError where the first of them cannot be had.
    """
    if host not in LOOPBACK:
        return [_bound(host, port)]
    first = _bound("::1" if host == "::1" else "127.0.0.1", port)
    found = [first]
    if host != "::1":
        with suppress(OSError):
            found.append(_bound("::1", first.getsockname()[1]))
    return found


def _bound(host: str, port: int) -> socket.socket:
    """A socket that listens at `port` of `host`; IPv6 for itself."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    made = socket.socket(family, socket.SOCK_STREAM)
    try:
        if hasattr(socket, "SO_REUSEADDR") and hasattr(socket, "AF_UNIX"):  # on Windows it shares
            made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        if family == socket.AF_INET6:
            made.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 1)
        made.bind((host, port))
        made.listen(512)
    except OSError:
        made.close()
        raise
    made.setblocking(False)  # noqa: FBT003 -- so it is called
    return made


def shown(host: str) -> str:
    """What is typed in a browser on this machine for an address that is listened at."""
    if host in {"0.0.0.0", "::", *LOOPBACK}:  # noqa: S104 -- compared, not listened at
        return "[::1]" if host in {"::", "::1"} else "127.0.0.1"
    return f"[{host}]" if ":" in host else host


def is_taken(error: OSError) -> bool:
    """Whether `error` says that another program listens there."""
    return error.errno == errno.EADDRINUSE


def first_free(host: str, port: int) -> list[socket.socket]:
    """Sockets at the first port from `port` on that is free; OSError if none of many is."""
    for number in range(port, port + TRIES):
        try:
            return listening(host, number)
        except OSError as error:
            if not is_taken(error):
                raise
    raise OSError(errno.EADDRINUSE, "no free port")


def free_after(host: str, port: int) -> int:
    """A port after `port` that is free."""
    found = first_free(host, port + 1)
    number: int = found[0].getsockname()[1]
    for one in found:
        one.close()
    return number


def holder(port: int) -> tuple[int, str] | None:
    """The process that listens at `port`, by its id and name, as far as this system tells."""
    wanted = set(_inodes(port))
    if not wanted:
        return None
    for folder in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):
            for handle in (folder / "fd").iterdir():
                if str(handle.readlink()) in wanted:
                    return int(folder.name), (folder / "comm").read_text().strip()
    return None


_LISTENS = "0A"


def _inodes(port: int) -> Iterator[str]:
    """The sockets that listen at `port`, as /proc names them."""
    for table in ("/proc/net/tcp", "/proc/net/tcp6"):
        with suppress(OSError):
            for row in Path(table).read_text().splitlines()[1:]:
                fields = row.split()
                if fields[3] == _LISTENS and int(fields[1].rpartition(":")[2], 16) == port:
                    yield f"socket:[{fields[9]}]"
