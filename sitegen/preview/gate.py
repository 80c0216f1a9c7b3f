"""Which requests are answered at all: the preview is nobody's business but its author's."""

import re
from collections.abc import Iterable, Sequence
from urllib.parse import unquote_to_bytes

from msgspec import Struct

Headers = Sequence[tuple[bytes, bytes]]

MAX_TARGET = 8192  # bytes of path and query
MAX_HEADERS = 16 * 1024  # bytes of names and values


class Refusal(Struct, frozen=True):
    """Why a request is not answered: an HTTP status, and a word for it."""

    status: int
    reason: str


def hosts(port: int, named: Iterable[str] = ()) -> frozenset[str]:
    """What a `Host` header may say: this machine's own names, and those that the user `named`."""
    own = {f"{name}:{port}" for name in ("localhost", "127.0.0.1", "[::1]")}
    if port == _HTTP:
        own |= {"localhost", "127.0.0.1", "[::1]"}
    return frozenset(own | {said.lower() for name in named for said in (name, f"{name}:{port}")})


_HTTP = 80


def refused(
    method: str, target: bytes, headers: Headers, allowed: frozenset[str]
) -> Refusal | None:
    """Why the request is refused, None if it is answered; `target` is as it came, with its query.

    `Host` and `Origin` are compared as a whole (DNS rebinding, requests of other sites' pages);
    `Sec-Fetch-Site` helps where a browser sends it.
    """
    said = _named(headers, b"host")
    if len(said) != 1:
        return Refusal(400, "one Host header is needed")
    host = said[0].lower()
    if host not in allowed:
        return Refusal(403, "this host is not served here")
    for origin in _named(headers, b"origin"):
        if origin.lower() not in {f"http://{host}", f"https://{host}"}:
            return Refusal(403, "not for other origins")
    foreign = _named(headers, b"sec-fetch-site") == ["cross-site"]
    if foreign and _named(headers, b"sec-fetch-mode") != ["navigate"]:
        return Refusal(403, "not for other sites")
    if method not in {"GET", "HEAD"}:
        return Refusal(405, "GET and HEAD only")
    if _named(headers, b"transfer-encoding") or _named(headers, b"content-length") not in (
        [],
        ["0"],
    ):
        return Refusal(400, "a request has no body here")
    if sum(len(name) + len(value) for name, value in headers) > MAX_HEADERS:
        return Refusal(431, "the headers are too long")
    if len(target) > MAX_TARGET:
        return Refusal(414, "the address is too long")
    return None


def _named(headers: Headers, name: bytes) -> list[str]:
    return [value.decode("latin-1").strip() for key, value in headers if key.lower() == name]


def path(target: bytes) -> str | None:
    """The path that `target` asks for, decoded once; None if it can be none of a site.

    It is looked up in an index and never joined to a folder; what could mean a step upwards in
    one is in no index, and is refused all the same.
    """
    raw = target.partition(b"?")[0]
    if not raw.startswith(b"/") or raw.startswith(b"//") or b"#" in target or _BAD(raw):
        return None
    try:
        decoded = unquote_to_bytes(raw).decode("utf-8")
    except UnicodeDecodeError:
        return None
    if _CONTROL(decoded) or "\\" in decoded or {".", ".."} & set(decoded.split("/")):
        return None
    return decoded


_BAD = re.compile(rb"%(?![0-9A-Fa-f]{2})").search
_CONTROL = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029]").search
