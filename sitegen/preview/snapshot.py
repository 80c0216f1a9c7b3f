"""A site as it is shown: what lies at each path, whole and never changed."""

import difflib
from collections.abc import Iterator, Mapping
from functools import lru_cache
from urllib.parse import unquote

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from sitegen import stale, text, urls
from sitegen.model import Asset
from sitegen.render import press
from sitegen.run import Prepared
from sitegen.site import pages, search
from sitegen.site.plan import Planned
from sitegen.store.cache import Kept, Memory

_INDEX = "index.html"


class Snapshot(Struct, frozen=True):
    """The last good site: `index` by output path, and what its pages are rendered with."""

    prepared: Prepared
    index: Mapping[str, Planned | Asset]
    setting: pages.Setting
    files: Mapping[str, Kept]
    pack: str
    common: bytes  # MessagePack of a `press.Press`

    @property
    def base(self) -> str:
        """The URL of the site's root: "/" or "/blog/"."""
        return self.prepared.config.base


def snapshot(prepared: Prepared, memory: Memory, pack: str, now: int, *, noindex: bool) -> Snapshot:
    """What is shown of `prepared` at `now`; its bodies are in `pack`, where `memory` says."""
    return Snapshot(
        prepared=prepared,
        index=_index(prepared),
        setting=pages.setting(prepared.config, prepared.site, memory.near, now, noindex=noindex),
        files=memory.files,
        pack=pack,
        common=_encode(press.Press(prepared.layouts, prepared.view, pack)),
    )


def revised(before: Snapshot, prepared: Prepared, memory: Memory) -> Snapshot:
    """What is shown of `prepared` if it is what `prepare.revised` made of what `before` shows."""
    return replace(
        before,
        prepared=prepared,
        index=_index(prepared),
        setting=replace(before.setting, site=prepared.site),
        files=memory.files,
    )


def _index(prepared: Prepared) -> Mapping[str, Planned | Asset]:
    index: dict[str, Planned | Asset] = {asset.path: asset for asset in prepared.assets}
    return index | {page.path: page for page in prepared.planned}


def pressed(shown: Snapshot, planned: Planned) -> press.Pressed:
    """The file of one page, or one of those that search is made of."""
    if isinstance(planned.subject, search.Segment):
        made = _indexed(shown.pack, stale.indexing(planned.subject, shown.files))
        return next(file for file in made if file.path == planned.path)
    page = pages.page(shown.setting, planned)
    return press.press(shown.common, stale.rendering(page, "", shown.files))


_encode = msgspec.msgpack.Encoder().encode
_indexed = lru_cache(maxsize=64)(press.index)  # a search asks for many files of each segment


# ---------------------------------------------------------------- looking up


def lookup(shown: Snapshot, path: str) -> Planned | Asset | str | None:
    """What lies at the decoded URL path, the URL where it lies instead, or None."""
    base = unquote(shown.base)
    if not path.startswith(base):
        return shown.base if path in {"/", base.rstrip("/")} else None
    inner = urls.output_path("/" + path[len(base) :])
    if found := shown.index.get(inner):
        return found
    if f"{inner}/{_INDEX}" in shown.index:
        return shown.base + urls.href(f"{inner}/")
    return None


def missing(shown: Snapshot) -> Planned | None:
    """The site's own page for what is not found."""
    found = shown.index.get("404.html")
    return found if isinstance(found, Planned) else None


_NEAR = 5  # how many are offered
_LIKE = 0.6  # how like the asked path they have to be, by difflib


def near(shown: Snapshot, path: str) -> list[str]:
    """The URLs of pages that may have been meant by `path`, the likeliest first."""
    wanted = text.fold(path.strip("/"))
    last = wanted.rpartition("/")[2]
    scored = sorted(_scores(shown, wanted, last), reverse=True)
    return [url for _, url in scored[:_NEAR]]


def _scores(shown: Snapshot, wanted: str, last: str) -> Iterator[tuple[float, str]]:
    """Each page that is like `wanted`, with how much: in its last part above all."""
    whole = difflib.SequenceMatcher(b=wanted, autojunk=False)
    for path, one in shown.index.items():
        if not isinstance(one, Planned) or not path.endswith(_INDEX):
            continue
        known = text.fold(path.removesuffix(_INDEX).strip("/"))
        if last and known.rpartition("/")[2] == last:
            yield 2.0, shown.base + urls.href(path.removesuffix(_INDEX))
            continue
        whole.set_seq1(known)
        if whole.real_quick_ratio() > _LIKE and whole.quick_ratio() > _LIKE:
            ratio = whole.ratio()
            if ratio > _LIKE:
                yield ratio, shown.base + urls.href(path.removesuffix(_INDEX))
