"""Pages and their bodies -> bytes: what a worker process does."""

from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec
from msgspec import Struct

from sitegen import work
from sitegen.diagnostics.model import Diagnostic
from sitegen.model import Body, Page, View
from sitegen.render import postings, scaling
from sitegen.render.layouts import Layouts
from sitegen.store import manifest
from sitegen.store.cache import Extent, PackReader

if TYPE_CHECKING:
    from sitegen.render.renderer import Renderer


class Press(Struct, frozen=True):
    """What all pages of a build are rendered with; `pack` is the file that holds the bodies."""

    layouts: Layouts
    view: View
    pack: str


class Job(Struct, frozen=True):
    """A page as MessagePack, its key, and where its bodies are in the pack."""

    page: bytes
    key: str
    shown: str  # the path of its post, or its URL
    extents: tuple[Extent, ...]


class Pressed(Struct, frozen=True):
    """A finished file, or what in a layout forbade it. `damaged`: the pack has lost a body."""

    path: str
    key: str
    shown: str
    data: bytes = b""
    sha256: str = ""
    fault: Diagnostic | None = None
    damaged: bool = False


def press(common: bytes, job: Job) -> Pressed:
    """The file of `job`; `common` is MessagePack of a `Press`."""
    renderer, pack = _renderer(common)
    page = _page(job.page)
    bodies = {}
    for use, extent in zip(page.bodies, job.extents, strict=True):
        data = pack.read(extent)
        if work.digest(data) != use.digest:
            return Pressed(page.path, job.key, job.shown, damaged=True)
        bodies[use.path] = _body(data)
    made = renderer.render(page, bodies)
    if isinstance(made, Diagnostic):
        return Pressed(page.path, job.key, job.shown, fault=made)
    return Pressed(page.path, job.key, job.shown, made, manifest.sha256(made))


class Indexing(Struct, frozen=True):
    """The files of one segment of search: `addresses` come first, postings fill the rest."""

    key: str
    paths: tuple[str, ...]
    addresses: tuple[str, ...]
    words: tuple[str, ...]  # of each post
    digests: tuple[str, ...]  # of its body, "" without one
    extents: tuple[Extent | None, ...]


def index(pack: str, job: Indexing) -> tuple[Pressed, ...]:
    """The files of `job`; the bodies are in the file `pack`."""
    reader = PackReader(Path(pack))
    texts = []
    for words, digest, extent in zip(job.words, job.digests, job.extents, strict=True):
        if not digest or not extent:
            texts.append(("", ""))
            continue
        data = reader.read(extent)
        if work.digest(data) != digest:
            return (Pressed(job.paths[0], job.key, "", damaged=True),)
        texts.append(postings.texts(words, _body(data)))
    made = (*job.addresses, *postings.files(texts, len(job.paths) - len(job.addresses)))
    return tuple(_finished(*pair, job.key) for pair in zip(job.paths, made, strict=True))


class Scaling(Struct, frozen=True):
    """A smaller copy of the picture in the file `origin`."""

    path: str
    key: str
    origin: str
    width: int


def scale(_common: None, job: Scaling) -> Pressed:
    """The file of `job`."""
    data = scaling.scaled(Path(job.origin).read_bytes(), job.width)
    return Pressed(job.path, job.key, job.path, data, manifest.sha256(data))


def _finished(path: str, text: str, key: str) -> Pressed:
    data = text.encode()
    return Pressed(path, key, path, data, manifest.sha256(data))


@lru_cache(maxsize=2)
def _renderer(common: bytes) -> tuple["Renderer", PackReader]:
    from sitegen.render.renderer import Renderer  # noqa: PLC0415 -- where nothing is rendered, no Jinja

    found = msgspec.msgpack.decode(common, type=Press)
    return Renderer(found.layouts, found.view), PackReader(Path(found.pack))


_page = msgspec.msgpack.Decoder(Page).decode
_body = msgspec.msgpack.Decoder(Body).decode
