"""pyproject.toml, its table `[tool.sitegen]` -> Config."""

import os
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from msgspec import Struct
from msgspec.structs import replace

from sitegen import text, toml_table, urls
from sitegen.config import SHARES, Config, Described, Feed, Host
from sitegen.content import dates, embeds
from sitegen.content.schema import KINDS
from sitegen.diagnostics import catalog, conflicts
from sitegen.diagnostics.model import Diagnostic, Location
from sitegen.model import About, Link, Named, Ref
from sitegen.store import scan
from sitegen.toml_places import Places
from sitegen.toml_table import Declared, Items, Names, Pairs, Reads, Table, Wrong

FILE = "pyproject.toml"
_TABLE = "tool.sitegen"
_MAX_BYTES = 1024 * 1024


class Loaded(Struct, frozen=True):
    """The settings as far as they are right, and every fault."""

    config: Config
    diagnostics: tuple[Diagnostic, ...]


def read(root: Path) -> Loaded:
    """The settings of the site in `root`; without a pyproject.toml all have their defaults."""
    if not os.path.lexists(root / FILE):
        return Loaded(Config(), ())
    data = scan.read(root, FILE, _MAX_BYTES)
    found = data if isinstance(data, Diagnostic) else scan.decoded(FILE, data)
    return Loaded(Config(), (found,)) if isinstance(found, Diagnostic) else load(found)


def readable(root: Path) -> Config:
    """The settings of the site in `root` as far as they can be read."""
    with suppress(OSError):
        return read(root).config
    return Config()


def load(content: str) -> Loaded:
    """The settings in the text of a pyproject.toml; a missing table gives the defaults.

    A bad value takes its default and is told.
    """
    if undecided := tuple(conflicts.left(FILE, content)):
        return Loaded(Config(), undecided)
    parsed = toml_table.parsed(FILE, content)
    if isinstance(parsed, Diagnostic):
        return Loaded(Config(), (parsed,))
    tool = parsed.get("tool", {})
    table = tool.get("sitegen", {}) if isinstance(tool, dict) else {}
    reader = toml_table.Reader(FILE, content)
    values = reader.table(_TABLE, table, _KEYS)
    old, feed = values.pop("redirects", {}), values.pop("feed", Feed())
    redirects = {path: Link(old[path], at) for path, at in _placed(reader.places, "redirects", old)}
    paths = {
        path: Named(feed.paths[path], at)
        for path, at in _placed(reader.places, "feed.paths", feed.paths)
    }
    feed = replace(feed, paths=paths)
    config = replace(Config(), redirects=redirects, feed=feed, **values)
    links = tuple(_links(reader.places, config))
    return Loaded(replace(config, links=links), tuple(reader.diagnostics))


def _placed(places: Places, table: str, keys: Iterable[str]) -> Iterator[tuple[str, Location]]:
    """Each of `keys` with its place in the `table`."""
    for key in keys:
        yield key, places.key(f"{_TABLE}.{table}", key)


def _links(places: Places, config: Config) -> Iterator[Link]:
    """The links of `config` into the site, with their places."""
    for key, refs in (("menu", config.menu), ("footer", config.footer)):
        for ref in refs:
            yield Link(ref.url, places.text(places.key(_TABLE, key), ref.url))
    for name, author in config.authors.items():
        place = places.key(f"{_TABLE}.authors", name)
        for target in filter(None, (author.about.url, author.about.image)):
            yield Link(target, places.text(place, target))
    for new in config.redirects.values():
        yield Link(new.target, places.value(new.place, new.target))


def based(config: Config, base_url: str) -> Config | None:
    """`config` at another base URL ("" keeps its own), None if that is none."""
    if not base_url:
        return config
    wanted = _base_url(base_url)
    return None if isinstance(wanted, Wrong) else replace(config, base_url=wanted)


# ---------------------------------------------------------------- values


_text = toml_table.as_text


def _seen(key: str) -> Reads:
    """Reads the text of `key` that stands on pages: without words nobody sees it."""

    def read(value: object) -> Any:
        named = not isinstance(value, str) or text.SEEN(value)
        return _text(value) if named else Wrong(f'{key} = "…"')

    return read


def _byline(value: object) -> Any:
    """Who wrote what does not say; nobody, if it is empty."""
    return value if value == "" else _seen("author")(value)


def _flag(value: object) -> Any:
    return value if isinstance(value, bool) else Wrong("true | false")


def _count(low: int, high: int) -> Reads:
    def read(value: object) -> Any:
        if isinstance(value, bool) or not isinstance(value, int) or not low <= value <= high:
            return Wrong(f"{low}–{high}")
        return value

    return read


def _one_of(*allowed: str) -> Reads:
    def read(value: object) -> Any:
        return value if value in allowed else Wrong(" | ".join(f'"{word}"' for word in allowed))

    return read


def _language(value: object) -> Any:
    right = isinstance(value, str) and (not value or text.LANGUAGE(value))
    return value if right else Wrong('"en"')


def _switch(value: object) -> Any:
    if isinstance(value, bool):
        return "on" if value else "off"
    return _one_of("on", "off")(value)


def _base_url(value: object) -> Any:
    if not isinstance(value, str) or (value and urls.web_fault(value)):
        return Wrong("https://example.org/blog/")
    parts = urlsplit(value)
    turning = {".", ".."}.intersection(unquote(parts.path).split("/"))
    if parts.query or parts.fragment or "//" in parts.path or turning:
        return Wrong("https://example.org/blog/")
    return value if not value or value.endswith("/") else value + "/"


def _web(value: object) -> Any:
    right = isinstance(value, str) and not urls.web_fault(value)
    return value if right else Wrong("https://…")


def _feed_path(path: str, feed: object) -> Any:
    if urls.path_fault(path):
        return Wrong('"/feed/" = "rss"', of_key=True)
    wanted = _one_of("atom", "rss", "json")(feed)
    return "json-feed" if wanted == "json" else wanted


def _host(name: str) -> str | Wrong:
    """A host as those of sources are compared, however it was typed."""
    if "/" in name or urls.web_fault(f"https://{name}"):
        wanted = '[tool.sitegen.sources."news.example.jp"]'
        return Wrong(wanted, arguments={"key": "sources", "value": name}, of_key=True)
    return urls.host(f"https://{name}")


def _timezone(value: object) -> Any:
    right = isinstance(value, str) and dates.zone(value) is not None
    return value if right else Wrong('"Asia/Tokyo"')


def _permalink(value: object) -> Any:
    if not isinstance(value, str) or urls.permalink_fault(value):
        return Wrong('"/{year}/{month}/{slug}/"')
    return urls.folder(value)


def _slug(value: object) -> Any:
    if not isinstance(value, str) or not value or urls.slug(value) != value:
        return Wrong(urls.slug(str(value)) or "a-z 0-9 -")
    return value


def _target(value: object) -> Any:
    """A path of this site or a web address."""
    local = isinstance(value, str) and value.startswith("/") and not value.startswith("//")
    right = local or (isinstance(value, str) and not urls.web_fault(value))
    return value if right else Wrong("/path/ | https://…")


def _redirect(old: str, new: object) -> Any:
    if urls.path_fault(old):
        return Wrong('"/old/" = "/new/"', of_key=True)
    return _target(new)


def _rule(code: str, severity: object) -> Any:
    if code not in catalog.codes():
        nearest = text.nearest(code, catalog.codes())
        return Wrong(code="unknown-rule", arguments={"code": code, "nearest": nearest})
    if catalog.structural(code):
        return Wrong(code="fixed-rule", arguments={"code": code})
    return _one_of("error", "warning", "info", "off")(severity)


def _free(value: object) -> Any:
    right = isinstance(value, dict) and _plain(value)
    return value if right else Wrong("text without control characters, numbers, lists")


def _plain(value: object) -> bool:
    """Whether `value` is made of what travels through MessagePack unchanged (dates do not)."""
    if isinstance(value, dict):
        return all(_plain(part) for part in value.values())
    if isinstance(value, list):
        return all(_plain(part) for part in value)
    if isinstance(value, str):
        return not text.CONTROL.search(value)
    return isinstance(value, float) or (isinstance(value, int) and abs(value) < 1 << 63)


def _texts(value: object) -> Any:
    right = isinstance(value, list) and all(isinstance(part, str) for part in value)
    return tuple(value) if right else Wrong("list", "wrong-kind")  # type: ignore[arg-type]


def _hosts_of_embeds(value: object) -> Any:
    right = isinstance(value, list) and all(host in embeds.HOSTS for host in value)
    wanted = " | ".join(f'"{host}"' for host in embeds.HOSTS)
    return tuple(value) if right else Wrong(f"[{wanted}]")  # type: ignore[arg-type]


def _shares(value: object) -> Any:
    names = _texts(value)
    unknown = [name for name in names if name not in SHARES] if isinstance(names, tuple) else []
    if unknown:
        nearest = text.nearest(unknown[0], SHARES)
        known = {"value": unknown[0], "nearest": nearest, "known": " ".join(SHARES)}
        return Wrong(code="unknown-value", arguments=known)
    return names


def _named(
    slug: str = "",
    same: tuple[str, ...] = (),
    feed: bool | None = None,  # noqa: FBT001 -- called by the names of its keys
    bio: str = "",
    **about: str,
) -> Described:
    about.setdefault("description", bio)
    return Described(slug, same, About(**about), feed)


_MENU = Items({"name": _seen("name"), "url": _target}, Ref)
_KEYS: Mapping[str, Declared] = {
    "title": _seen("title"),
    "base_url": _base_url,
    "language": _one_of("ja", "en"),
    "timezone": _timezone,
    "calendar": _one_of("gregorian", "japanese"),
    "description": _text,
    "author": _byline,
    "permalink": _permalink,
    "per_page": _count(2, 1000),
    "menu": _MENU,
    "footer": _MENU,
    "raw_html": _one_of("sanitize", "escape", "trust"),
    "csp": _text,
    "embeds": _hosts_of_embeds,
    "extra": _free,
    "authors": Names({"slug": _slug, "url": _target, "bio": _text, "image": _target}, _named),
    "sources": Names(
        {"site": _text, "kind": _one_of(*KINDS), "lang": _language, "deeplink": _switch},
        Host,
        _host,
    ),
    "tags": Names({"slug": _slug, "description": _text, "same": _texts, "feed": _flag}, _named),
    "redirects": Pairs(_redirect),
    "rules": Pairs(_rule),
    "feed": Table(
        {
            "items": _count(1, 200),
            "content": _one_of("full", "summary"),
            "hub": _web,
            "paths": Pairs(_feed_path),
        },
        Feed,
    ),
    "news_sitemap": _flag,
    "llms": _flag,
    "search": _flag,
    "share": _shares,
}
