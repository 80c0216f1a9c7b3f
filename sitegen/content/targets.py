"""Where a link of an author's text may lead, read as a browser would read it."""

import re
from functools import lru_cache
from typing import Literal
from urllib.parse import unquote, urlsplit

from msgspec import Struct

from sitegen import urls


class Target(Struct, frozen=True):
    """A target that may be linked to. `inside` is as typed; the others are ready for `href`."""

    kind: Literal["inside", "web", "mail"]
    href: str


def target(typed: str) -> Target | None:
    """Where `typed` (its entities and escapes decoded) leads; None if nothing may lead there.

    Allowed are http, https and mailto, and whatever has no scheme. Browsers strip controls and
    blanks at the ends and drop tabs and newlines anywhere (WHATWG URL), so this does too.
    """
    typed = typed.strip(_ENDS)
    if not typed.isprintable():
        typed = typed.translate(_DROPPED)
    scheme = _SCHEME.match(typed)
    if scheme:
        name, rest = scheme[1].lower(), typed[scheme.end() :]
        if name == "mailto":
            return Target("mail", f"mailto:{urls.encoded_once(rest)}") if "@" in rest else None
        return _web(name, rest) if name in {"http", "https"} else None
    if typed.startswith("//"):
        return _web("", typed)
    # a browser takes "/\" for "//"
    return None if typed[:2] in {"\\\\", "/\\", "\\/"} else Target("inside", typed)


_ENDS = "".join(map(chr, range(0x21)))
_DROPPED = str.maketrans("", "", "\t\n\r")
_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*):")
_HOST = re.compile(r"[a-z0-9._-]+|\[[0-9a-f:.]+\]").fullmatch


def _web(scheme: str, rest: str) -> Target | None:
    """The address on the web with its host in ASCII; None without a clean host.

    Markdown has percent-encoded what is Japanese in a host, and browsers decode it there.
    """
    if "\\" in rest:
        return None
    try:
        parts = urlsplit(f"{scheme or 'https'}:{rest}")
        name, port = parts.hostname or "", parts.port
        host = f"[{name}]" if ":" in name else _ascii(unquote(name))
    except ValueError:  # brackets, ports, and UnicodeError of an impossible name
        return None
    if not _HOST(host) or "@" in parts.netloc:
        return None
    start = rest.index(parts.netloc) + len(parts.netloc)
    number = "" if port is None else f":{port}"
    prefix = f"{scheme}:" if scheme else ""
    return Target("web", f"{prefix}//{host}{number}{urls.encoded_once(rest[start:])}")


@lru_cache(maxsize=1 << 10)
def _ascii(host: str) -> str:
    return host.encode("idna").decode("ascii")
