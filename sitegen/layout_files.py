"""The layouts as they lie on the disk: the built-in ones and the site's own."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from msgspec.structs import replace

from sitegen import work
from sitegen.diagnostics import catalog
from sitegen.diagnostics.model import Diagnostic
from sitegen.model import Asset, Site
from sitegen.render import layouts
from sitegen.render.layouts import Layouts
from sitegen.store import cache, scan
from sitegen.store.cache import Memory
from sitegen.store.scan import File
from sitegen.text import nearest

MAX_BYTES = 1024 * 1024
_SCRIPT = "search.js"
_LASTING = {"css", "js", "mjs"}


def read(root: Path, files: Sequence[File]) -> tuple[Layouts, list[Diagnostic]]:
    """The built-in layouts and the site's own, as far as they can be read."""
    faults: list[Diagnostic] = []
    own: dict[str, str] = {}
    for file in files:
        name = file.path.removeprefix("layouts/")
        if name == file.path or name.startswith("static/"):
            continue
        data = scan.read(root, file.path, MAX_BYTES)
        text = data if isinstance(data, Diagnostic) else scan.decoded(file.path, data)
        if isinstance(text, Diagnostic):
            faults.append(text)
        else:
            own[name] = text
    folder = built_in()
    names = [path for path in folder.rglob("*") if path.is_file()]
    texts = {
        path.relative_to(folder).as_posix(): path.read_text(encoding="utf-8")
        for path in names
        if "static" not in path.relative_to(folder).parts[:1]
    }
    return layouts.gather(texts, own), faults


def static(root: Path, files: Sequence[File], *, search: bool) -> tuple[Asset, ...]:
    """The static files of the layouts, the site's own before the built-in ones.

    The script of `search` is left out where there is none.
    """
    static = built_in() / "static"
    found = {
        path.relative_to(static).as_posix(): Asset(path.relative_to(static).as_posix(), str(path))
        for path in sorted(static.rglob("*"))
        if path.is_file() and (search or path.name != _SCRIPT)
    }
    for file in files:
        name = file.path.removeprefix("layouts/static/")
        if name != file.path:
            found[name] = Asset(name, str(root / file.path), file.path)
    return tuple(found[name] for name in sorted(found))


def lasting(static: Sequence[Asset], assets: Sequence[Asset]) -> dict[str, Asset]:
    """Copies of the styles and scripts among `static` whose names hold a digest of their bytes.

    By the paths of `static`; a file of the site's `assets` may lie there instead.
    """
    laid = {asset.path: asset for asset in assets}
    found = {}
    for one in static:
        stem, dot, suffix = one.path.rpartition(".")
        if dot and suffix in _LASTING:
            origin = laid[one.path]
            name = work.digest(Path(origin.origin).read_bytes())[:8]
            found[one.path] = replace(origin, path=f"{stem}.{name}.{suffix}")
    return found


def built_in() -> Path:
    """The folder of the default layouts: in the wheel, or beside the package in a checkout."""
    package = Path(__file__).parent
    inside = package / "default_layouts"
    return inside if inside.is_dir() else package.parent / "layouts"


def checked(found: Layouts, memory: Memory) -> tuple[Diagnostic, ...]:
    """The faults of the layouts `found`; those of layouts without an error are remembered."""
    name = layouts.digest(found)
    if memory.layouts.digest == name:
        return memory.layouts.warnings
    from sitegen.render import checking  # noqa: PLC0415 -- Jinja: a fifth of starting up

    faults, closures = checking.check(found)
    if not any(catalog.structural(fault.code) for fault in faults):
        memory.layouts = cache.Checked(name, closures, faults)
    return faults


def missing(found: Layouts, site: Site) -> Iterator[Diagnostic]:
    """A fault for each post whose layout is missing."""
    fitting = sorted(
        {"post", "page", *(name.removesuffix(".html") for name in found.own if _fits(found, name))}
    )
    for one in (*site.posts, *site.pages):
        name, place = one.post.layout, one.post.layout_place
        if name and place and f"{name}.html" not in found.files:
            arguments = {
                "name": name,
                "nearest": nearest(name, fitting),
                "known": " ".join(fitting),
                "searched": f"layouts/{name}.html, default/{name}.html",
            }
            yield Diagnostic("layout-missing", place, arguments)


def _fits(found: Layouts, name: str) -> bool:
    """Whether a post may be shown by the layout `name` of the site's own."""
    return name.endswith(".html") and "/" not in name and f"default/{name}" not in found.files
