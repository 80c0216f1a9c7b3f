"""The layouts of a site: their texts, the order in which they are looked up, places in them."""

import re
import tomllib
from collections.abc import Mapping

from msgspec import Struct

from sitegen import work
from sitegen.diagnostics.model import Location

_STRINGS = "strings/"


class Layouts(Struct, frozen=True):
    """The text of every layout by name; `default/x` is the built-in one behind a site's own."""

    files: dict[str, str]
    own: tuple[str, ...]


def gather(built_in: Mapping[str, str], own: Mapping[str, str]) -> Layouts:
    """The built-in layouts and the site's own, which hide those of the same name."""
    hidden = {f"default/{name}": source for name, source in built_in.items()}
    files = {**hidden, **built_in, **own}
    return Layouts({name: files[name] for name in sorted(files)}, tuple(sorted(own)))


def strings(layouts: Layouts, language: str) -> dict[str, str]:
    """The words of `language` that readers see: a site's own file changes single ones."""
    name = f"{_STRINGS}{language}.toml"
    built_in = tomllib.loads(layouts.files.get(f"default/{name}", ""))
    return built_in | tomllib.loads(layouts.files.get(name, ""))


def digest(layouts: Layouts) -> str:
    """What names all the texts of `layouts`."""
    return work.digest(*(part.encode() for item in layouts.files.items() for part in item))


def choose(layouts: Layouts, names: tuple[str, ...]) -> str | None:
    """The first of `names` that there is."""
    return next((name for name in names if name in layouts.files), None)


# ---------------------------------------------------------------- places


def place_in(layouts: Layouts, name: str, line: int, word: str) -> Location:
    """The place of `word` on `line` of a layout, else the beginning of that line."""
    row = line_of(layouts.files[name], line)
    found = re.search(rf"(?<!\w){re.escape(word)}(?!\w)", row) if word else None
    column = found.start() if found else len(row) - len(row.lstrip())
    width = len(word) if found else max(1, len(row.strip()))
    return Location(shown_path(layouts, name), line, column + 1, width)


def line_of(source: str, line: int) -> str:
    """Line `line` of a layout, as Jinja counts them."""
    rows = re.split("\r\n|\r|\n", source)
    return rows[line - 1] if 0 < line <= len(rows) else ""


def shown_path(layouts: Layouts, name: str) -> str:
    """Where a layout lies: in the site's folder, or among the built-in ones."""
    if name in layouts.own:
        return f"layouts/{name}"
    return name if name.startswith("default/") else f"default/{name}"
