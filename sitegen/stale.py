"""What has to be made: each page, copy and file of search that is not as it would be now."""

from collections.abc import Iterator, Mapping

import msgspec
from msgspec.structs import replace

from sitegen import urls, work
from sitegen.model import Card, Copy, Page
from sitegen.render import layouts, press, scaling
from sitegen.run import Prepared, Request, Tools
from sitegen.site import pages, search
from sitegen.site.plan import MADE_OTHERWISE
from sitegen.store import manifest, output
from sitegen.store.cache import Kept


class Unchanged:
    """Tells the outputs that may stay, and keeps them on the `stage` if there is one."""

    def __init__(self, state: manifest.State, stage: output.Stage | None) -> None:
        self._state, self._stage = state, stage

    def keeps(self, path: str, key: str) -> bool:
        """Whether the output at `path` is what `key` stands for; if so, it is kept on the stage."""
        laid = self._state.laid.get(path)
        if laid is None or laid.key != key:
            return False
        if self._stage:
            self._stage.keep(path, laid)
        return True


def renderings(
    request: Request, prepared: Prepared, tools: Tools, unchanged: Unchanged
) -> Iterator[press.Job]:
    """A job for each page whose key is another, or whose file is not as it was written."""
    noindex = request.drafts or request.future
    memory, config, site = tools.memory, prepared.config, prepared.site
    setting = pages.setting(config, site, memory.near, request.now, noindex=noindex)
    keys = _Keys(prepared, memory.layouts.closures)
    for planned in prepared.planned:
        if planned.kind in MADE_OTHERWISE:
            continue
        page = pages.page(setting, planned)
        key = keys.key(page)
        if not unchanged.keeps(page.path, key):
            yield rendering(page, key, memory.files)


def rendering(page: Page, key: str, files: Mapping[str, Kept]) -> press.Job:
    """What makes `page`, whose key is `key`; its bodies are where `files` say."""
    extents = (files[use.path].body for use in page.bodies)
    shown = page.post.path if page.post else page.url
    return press.Job(_encode(page), key, shown, tuple(one for one in extents if one))


def scalings(prepared: Prepared, tools: Tools, unchanged: Unchanged) -> Iterator[press.Scaling]:
    """A job for each copy of a picture that is another, or not as it was written."""
    for planned in prepared.planned:
        if isinstance(copy := planned.subject, Copy):
            named = (tools.memory.pictures[copy.file].key, str(copy.width), scaling.version())
            key = work.digest(*(part.encode() for part in named))
            if not unchanged.keeps(planned.path, key):
                yield press.Scaling(planned.path, key, copy.origin, copy.width)


def indexings(prepared: Prepared, tools: Tools, unchanged: Unchanged) -> Iterator[press.Indexing]:
    """A job for each segment of search of which not every file is as it has to be."""
    for segment in search.segments(prepared.site.posts if prepared.config.search else ()):
        made = indexing(segment, tools.memory.files)
        kept = [unchanged.keeps(path, made.key) for path in made.paths]
        if not all(kept):
            yield made


def indexing(segment: search.Segment, files: Mapping[str, Kept]) -> press.Indexing:
    """What makes the files of `segment`; its bodies are where `files` say."""
    posts = search.searched(segment)
    return press.Indexing(
        key=search.key(posts),
        paths=tuple(urls.output_path(url) for url in search.urls(segment)),
        addresses=tuple(search.addresses(posts)),
        words=tuple(one.words for one in posts),
        digests=tuple(one.body for one in posts),
        extents=tuple(files[one.path].body for one in posts),
    )


class _Keys:
    """The keys of pages: each names all that its page shows and how it is shown."""

    def __init__(self, prepared: Prepared, closures: Mapping[str, str]) -> None:
        self._layouts, self._closures = prepared.layouts, closures
        self._view = _encode(prepared.view)
        self._cards: dict[str, bytes] = {}  # digests, by the posts' paths

    def key(self, page: Page) -> str:
        """Whether `page` has to be rendered is decided by this, and by nothing else."""
        cards = b""
        if page.listing:
            cards = b"".join(map(self._card, page.listing.posts))
            page = replace(page, listing=replace(page.listing, posts=()))
        layout = layouts.choose(self._layouts, page.layouts) or ""
        made = self._closures.get(layout, "").encode()
        return work.digest(_encode(page), cards, made, self._view)

    def _card(self, card: Card) -> bytes:
        """A card in short: it stands in many listings."""
        if card.path not in self._cards:
            self._cards[card.path] = work.digest(_encode(card)).encode()
        return self._cards[card.path]


_encode = msgspec.msgpack.Encoder().encode
