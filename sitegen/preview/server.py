"""Requests -> responses: pages rendered when asked for, files as they are, events."""

import asyncio
import hashlib
import os
import re
import threading
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from pathlib import Path
from typing import BinaryIO
from urllib.parse import parse_qs

from msgspec import Struct
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse
from starlette.status import HTTP_200_OK, HTTP_405_METHOD_NOT_ALLOWED
from starlette.types import Receive, Scope, Send

from sitegen import layout_files
from sitegen.diagnostics import text as fault_text
from sitegen.diagnostics.model import Finding
from sitegen.model import Asset, Published
from sitegen.preview import gate, media, panel, snapshot
from sitegen.preview.board import Board
from sitegen.preview.snapshot import Snapshot
from sitegen.render.press import Pressed
from sitegen.site import machines
from sitegen.site.plan import Planned
from sitegen.store import scan

_OWN = "/.sitegen/"
_CHUNK = 256 * 1024
SAFE = {
    "Cache-Control": "no-cache",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "SAMEORIGIN",
}


class Display(Struct):
    """What is shown just now; each rebuild puts another snapshot in, as a whole."""

    root: Path
    language: str
    shown: Snapshot | None = None
    findings: tuple[Finding, ...] = ()  # of the latest rebuild, good or not


class Application:
    """The preview as an ASGI application; `allowed` are the hosts that are answered."""

    def __init__(
        self,
        display: Display,
        board: Board,
        allowed: frozenset[str],
        line_of: Callable[[], fault_text.LineOf],
    ) -> None:
        self._display, self._board, self._allowed = display, board, allowed
        self._line_of = line_of
        self._pressing = threading.Lock()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answers one request."""
        request = Request(scope)
        target = scope["raw_path"] + (
            b"?" + scope["query_string"] if scope["query_string"] else b""
        )
        refusal = gate.refused(request.method, target, scope["headers"], self._allowed)
        if refusal:
            response = _plain(refusal.status, refusal.reason, {"Connection": "close"})
            if refusal.status == HTTP_405_METHOD_NOT_ALLOWED:
                response.headers["Allow"] = "GET, HEAD"
        elif (path := gate.path(scope["raw_path"])) is None:
            response = _plain(400, "this is no path of a site")
        else:
            response = await self._found(request, path)
        for name, value in SAFE.items():
            response.headers.setdefault(name, value)
        await response(scope, receive, send)

    async def _found(self, request: Request, path: str) -> Response:
        if path.startswith(_OWN):
            return self._own(request, path)
        shown = self._display.shown
        if shown is None:
            return self._faulty(self._display.findings, {})
        found = snapshot.lookup(shown, path)
        if isinstance(found, str):
            query = request.url.query
            return _plain(301, "", {"Location": found + (f"?{query}" if query else "")})
        if isinstance(found, Asset):
            file = scan.opened(found.origin, (self._display.root, layout_files.built_in()))
            if file:
                return _file(request, found.path, file)
            found = None
        if found is None:
            return await self._missing(request, shown, path)
        return await self._page(request, shown, found, 200, {})

    # -------------------------------------------------------- the preview's own

    def _own(self, request: Request, path: str) -> Response:
        if path == panel.SCRIPT:
            return _whole(request, panel.script(), media.kind(path), 200)
        if path != panel.EVENTS:
            return _plain(404, "not found")
        if request.method == "HEAD":
            return Response(media_type="text/event-stream")
        if self._board.full:
            return _plain(503, "too many open pages", {"Retry-After": "5"})
        asked = parse_qs(request.url.query).get("since", [""])[0]
        since = request.headers.get("last-event-id") or asked
        return StreamingResponse(self._board.stream(since or "-"), media_type="text/event-stream")

    # -------------------------------------------------------- pages

    async def _page(
        self,
        request: Request,
        shown: Snapshot,
        planned: Planned,
        status: int,
        more: Mapping[str, object],
    ) -> Response:
        mark = self._board.mark
        made = await asyncio.to_thread(self._pressed, shown, planned)
        if made.fault:
            told = [Finding(made.fault, "error")]
            faults = panel.faults(told, self._display.language, self._line_of())
            return self._faulty(told, {"faults": faults})
        name = machines.FEEDS.get(planned.kind, planned.path)  # a feed may lie at any path
        if not name.endswith((".html", ".htm")):
            return _whole(request, made.data, media.kind(name), status)
        one = planned.subject if isinstance(planned.subject, Published) else None
        bar = panel.bar(one, self._display.findings, self._display.language)
        state = {"mark": mark, "bar": bar, **more}
        data = panel.laid(made.data, state, self._display.language)
        return _whole(request, data, media.kind(planned.path), status)

    def _pressed(self, shown: Snapshot, planned: Planned) -> Pressed:
        with self._pressing:
            return snapshot.pressed(shown, planned)

    async def _missing(self, request: Request, shown: Snapshot, path: str) -> Response:
        planned = snapshot.missing(shown)
        asks_page = "text/html" in request.headers.get("accept", "")
        if planned is None or not (asks_page or path.endswith((".html", "/"))):
            return _plain(404, "not found")
        near = await asyncio.to_thread(snapshot.near, shown, path)
        return await self._page(request, shown, planned, 404, {"near": near})

    def _faulty(self, findings: Sequence[Finding], more: Mapping[str, object]) -> Response:
        """The page of the errors among `findings`, in place of one that cannot be made."""
        display = self._display
        errors = [one for one in findings if one.severity == "error"]
        told = fault_text.told(errors, display.language, self._line_of())
        state = {"mark": self._board.mark, **more}
        data = panel.fault_page(told, "sitegen", state, display.language)
        return Response(data, 500, media_type="text/html")


def _plain(status: int, words: str, headers: Mapping[str, str] | None = None) -> Response:
    return Response(f"{words}\n" if words else "", status, dict(headers or {}), "text/plain")


# ---------------------------------------------------------------- bytes


def _whole(request: Request, data: bytes, kind: str, status: int) -> Response:
    """`data`, or the part of it that was asked for, or that it is known."""
    tag = f'"{hashlib.blake2b(data, digest_size=12).hexdigest()}"'
    headers = {"ETag": tag, "Content-Type": kind, "Accept-Ranges": "bytes"}
    if status != HTTP_200_OK:
        return Response(data, status, headers)
    if _known(request, tag):
        return Response(status_code=304, headers={"ETag": tag})
    wanted = _range(request, tag, len(data))
    if wanted is None:
        return Response(data, 200, headers)
    start, end = wanted
    if start >= end:
        return Response(status_code=416, headers={"Content-Range": f"bytes */{len(data)}"})
    headers["Content-Range"] = f"bytes {start}-{end - 1}/{len(data)}"
    return Response(data[start:end], 206, headers)


def _file(request: Request, path: str, file: BinaryIO) -> Response:
    """A file, read bit by bit; its tag names it as it is at this moment."""
    seen = os.fstat(file.fileno())
    size = seen.st_size
    if size <= _CHUNK:
        with file:
            return _whole(request, file.read(_CHUNK + 1), media.kind(path), 200)
    tag = f'"{size:x}-{seen.st_mtime_ns:x}-{seen.st_ino:x}"'
    headers = {"ETag": tag, "Content-Type": media.kind(path), "Accept-Ranges": "bytes"}
    wanted = _range(request, tag, size)
    start, end = wanted or (0, size)
    if _known(request, tag) or start >= end:
        file.close()
        if start >= end:
            return Response(status_code=416, headers={"Content-Range": f"bytes */{size}"})
        return Response(status_code=304, headers={"ETag": tag})
    headers["Content-Length"] = str(end - start)
    if wanted:
        headers["Content-Range"] = f"bytes {start}-{end - 1}/{size}"
    if request.method == "HEAD":
        file.close()
        return Response(status_code=206 if wanted else 200, headers=headers)
    return StreamingResponse(_parts(file, start, end), 206 if wanted else 200, headers)


async def _parts(file: BinaryIO, start: int, end: int) -> AsyncIterator[bytes]:
    with file:
        file.seek(start)
        left = end - start
        while left > 0 and (part := await asyncio.to_thread(file.read, min(left, _CHUNK))):
            left -= len(part)
            yield part


def _known(request: Request, tag: str) -> bool:
    """Whether the browser has what `tag` names."""
    said = request.headers.get("if-none-match", "")
    return said.strip() == "*" or tag in {one.strip().removeprefix("W/") for one in said.split(",")}


_RANGE = re.compile(r"bytes=(\d{0,18})-(\d{0,18})").fullmatch


def _range(request: Request, tag: str, size: int) -> tuple[int, int] | None:
    """The bytes that are asked for, from and up to; None for all, start >= end for impossible ones.

    What is no single range of bytes is passed over (RFC 9110, 14.2).
    """
    found = _RANGE(request.headers.get("range", "").replace(" ", "").lower())
    condition = request.headers.get("if-range", tag)
    if not found or found.group() == "bytes=-" or condition != tag:
        return None
    first, last = found.groups()
    if not first:
        return max(0, size - int(last)), size if int(last) else 0
    start = int(first)
    end = min(int(last) + 1, size) if last else size
    if last and int(last) < start:
        return None
    return start, end
