"""`[tool.sitegen]` in pyproject.toml -> Config."""

import re
import tomllib
from collections.abc import Callable, Iterator, Mapping
from functools import lru_cache
from typing import Any
from urllib.parse import unquote, urlsplit

from msgspec import Struct, field
from msgspec.structs import replace

from sitegen import text, urls
from sitegen.content import dates
from sitegen.content.schema import KINDS
from sitegen.diagnostics import catalog
from sitegen.diagnostics.model import Diagnostic, Location
from sitegen.model import About, Ref, View

FILE = "pyproject.toml"
MAX_BYTES = 1024 * 1024


class Named(Struct, frozen=True):
    """What the site says of an author or a tag; `same` are other spellings of the tag."""

    slug: str = ""
    same: tuple[str, ...] = ()
    about: About = About()


class Host(Struct, frozen=True):
    """Defaults for what is quoted from one host."""

    site: str = ""
    kind: str = ""
    lang: str = ""
    deeplink: str = ""


class Feed(Struct, frozen=True):
    """How many posts a feed holds, and whether whole or as summaries."""

    items: int = 20
    content: str = "full"


class Config(Struct, frozen=True):
    """The site's settings, each with its default."""

    title: str = "無題のブログ"
    base_url: str = ""
    language: str = "ja"
    timezone: str = "Asia/Tokyo"
    description: str = ""
    author: str = ""
    permalink: str = "/{year}/{month}/{slug}/"
    per_page: int = 20
    menu: tuple[Ref, ...] = ()
    footer: tuple[Ref, ...] = ()
    raw_html: str = "sanitize"
    csp: str = "strict"
    extra: dict[str, Any] = field(default_factory=dict)
    authors: dict[str, Named] = field(default_factory=dict)
    sources: dict[str, Host] = field(default_factory=dict)
    tags: dict[str, Named] = field(default_factory=dict)
    redirects: dict[str, str] = field(default_factory=dict)
    rules: dict[str, str] = field(default_factory=dict)
    feed: Feed = Feed()

    @property
    def origin(self) -> str:
        """Scheme and host of the site, "" without a base URL."""
        return "{0.scheme}://{0.netloc}".format(urlsplit(self.base_url)) if self.base_url else ""

    @property
    def base(self) -> str:
        """The path below which the site lives, ready for `href`: "/" or "/blog/"."""
        return _base(self.base_url)


@lru_cache(maxsize=8)
def _base(base_url: str) -> str:
    return urls.href(unquote(urlsplit(base_url).path) or "/")


class Loaded(Struct, frozen=True):
    """The settings as far as they are right, and every fault."""

    config: Config
    diagnostics: tuple[Diagnostic, ...]


def load(source: str | None) -> Loaded:
    """The settings in the text of a pyproject.toml; a missing file or table gives the defaults.

    A bad value takes its default and is told.
    """
    if source is None:
        return Loaded(Config(), ())
    try:
        tool = tomllib.loads(source).get("tool", {})
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        return Loaded(Config(), (_syntax(source, str(error)),))
    table = tool.get("sitegen", {}) if isinstance(tool, dict) else {}
    reader = _Reader(source)
    values = reader.table("tool.sitegen", table, _KEYS)
    return Loaded(replace(Config(), **values), tuple(reader.diagnostics))


def based(config: Config, base_url: str) -> Config | None:
    """`config` at another base URL ("" keeps its own), None if that is none."""
    if not base_url:
        return config
    wanted = _base_url(base_url)
    return None if isinstance(wanted, _Wrong) else replace(config, base_url=wanted)


def view(config: Config, assets: dict[str, str]) -> View:
    """The part of `config` that layouts may see."""
    return View(
        title=config.title,
        description=config.description,
        language=config.language,
        author=config.author,
        origin=config.origin,
        base=config.base,
        menu=tuple(Ref(item.name, href(config, item.url)) for item in config.menu),
        footer=tuple(Ref(item.name, href(config, item.url)) for item in config.footer),
        csp=_STRICT_CSP if config.csp == "strict" else "" if config.csp == "off" else config.csp,
        assets=assets,
        extra=config.extra,
    )


def href(config: Config, url: str) -> str:
    """`url` ready for `href`: one that begins with / is of this site, others are as they are."""
    return config.base + urls.href(url[1:]) if url.startswith("/") else url


_STRICT_CSP = (
    "default-src 'none'; img-src 'self' https:; style-src 'self'; font-src 'self'; "
    "script-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; "
    "upgrade-insecure-requests"
)


# ---------------------------------------------------------------- values


class _Wrong(Struct, frozen=True):
    """What a value should have been: the code of its fault, and words for it."""

    wanted: str
    code: str = "bad-value"


_Reads = Callable[[Any], Any]


def _text(value: object) -> Any:
    if not isinstance(value, str):
        return _Wrong("text", "wrong-kind")
    return _Wrong("text without control characters") if _CONTROL.search(value) else value


_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f￾￿]")


def _flag_count(low: int, high: int) -> _Reads:
    def read(value: object) -> Any:
        if isinstance(value, bool) or not isinstance(value, int) or not low <= value <= high:
            return _Wrong(f"{low}–{high}")
        return value

    return read


def _one_of(*allowed: str) -> _Reads:
    def read(value: object) -> Any:
        return value if value in allowed else _Wrong(" | ".join(f'"{word}"' for word in allowed))

    return read


def _base_url(value: object) -> Any:
    if not isinstance(value, str) or (value and urls.web_fault(value)):
        return _Wrong("https://example.org/blog/")
    parts = urlsplit(value)
    if parts.query or parts.fragment:
        return _Wrong("https://example.org/blog/")
    return value if not value or value.endswith("/") else value + "/"


def _timezone(value: object) -> Any:
    right = isinstance(value, str) and dates.zone(value) is not None
    return value if right else _Wrong('"Asia/Tokyo"')


def _permalink(value: object) -> Any:
    right = isinstance(value, str) and not urls.permalink_fault(value)
    return value if right else _Wrong('"/{year}/{month}/{slug}/"')


def _slug(value: object) -> Any:
    if not isinstance(value, str) or not value or urls.slug(value) != value:
        return _Wrong(urls.slug(str(value)) or "a-z 0-9 -")
    return value


def _target(value: object) -> Any:
    """A path of this site or a web address."""
    if not isinstance(value, str):
        return _Wrong("/path/", "wrong-kind")
    local = value.startswith("/") and not value.startswith("//")
    return value if local or not urls.web_fault(value) else _Wrong("/path/ | https://…")


def _redirects(value: object) -> Any:
    if not isinstance(value, dict):
        return _Wrong("{ old = new }", "wrong-kind")
    right = all(not urls.path_fault(old) for old in value)
    right = right and not any(isinstance(_target(new), _Wrong) for new in value.values())
    return value if right else _Wrong('"/old/" = "/new/"')


def _free(value: object) -> Any:
    return value if isinstance(value, dict) and _plain(value) else _Wrong("text, numbers, lists")


def _plain(value: object) -> bool:
    """Whether `value` is made of what travels through MessagePack unchanged (dates do not)."""
    if isinstance(value, dict):
        return all(_plain(part) for part in value.values())
    if isinstance(value, list):
        return all(_plain(part) for part in value)
    return isinstance(value, str | float) or (isinstance(value, int) and abs(value) < 1 << 63)


def _texts(value: object) -> Any:
    right = isinstance(value, list) and all(isinstance(part, str) for part in value)
    return tuple(value) if right else _Wrong("list", "wrong-kind")  # type: ignore[arg-type]


class _Items(Struct, frozen=True):
    """A list of tables with these keys, each of them required."""

    keys: Mapping[str, Any]
    make: Callable[..., Any]


class _Names(Struct, frozen=True):
    """A table of free names, each with a table of these keys."""

    keys: Mapping[str, Any]
    make: Callable[..., Any]


class _Table(Struct, frozen=True):
    """A table with these keys."""

    keys: Mapping[str, Any]
    make: Callable[..., Any]


def _named(slug: str = "", same: tuple[str, ...] = (), bio: str = "", **about: str) -> Named:
    about.setdefault("description", bio)
    return Named(slug, same, About(**about))


_MENU = _Items({"name": _text, "url": _target}, Ref)
_KEYS: Mapping[str, Any] = {
    "title": _text,
    "base_url": _base_url,
    "language": _one_of("ja", "en"),
    "timezone": _timezone,
    "description": _text,
    "author": _text,
    "permalink": _permalink,
    "per_page": _flag_count(2, 1000),
    "menu": _MENU,
    "footer": _MENU,
    "raw_html": _one_of("sanitize", "escape", "trust"),
    "csp": _text,
    "extra": _free,
    "authors": _Names({"slug": _slug, "url": _target, "bio": _text, "image": _target}, _named),
    "sources": _Names(
        {"site": _text, "kind": _one_of(*KINDS), "lang": _text, "deeplink": _one_of("on", "off")},
        Host,
    ),
    "tags": _Names({"slug": _slug, "description": _text, "same": _texts}, _named),
    "redirects": _redirects,
    "rules": _Names({}, dict),
    "feed": _Table(
        {"items": _flag_count(1, 200), "content": _one_of("full", "summary")},
        Feed,
    ),
}


# ---------------------------------------------------------------- reading


class _Reader:
    """Reads a table by its declared keys and notes what is wrong, with places."""

    def __init__(self, source: str) -> None:
        self.lines = source.split("\n")
        self.diagnostics: list[Diagnostic] = []

    def table(self, name: str, table: object, keys: Mapping[str, Any]) -> dict[str, Any]:
        """The right values of the table called `name`."""
        if not isinstance(table, dict):
            self._told("wrong-kind", *_last(name), wanted="mapping", found=_kind(table))
            return {}
        values: dict[str, Any] = {}
        for key, value in table.items():
            if key not in keys:
                nearest = text.nearest(key, keys)
                self._told("unknown-key", name, key, nearest=nearest, known=" ".join(keys))
                continue
            made = self._value(name, key, value, keys[key])
            if not isinstance(made, _Wrong):
                values[key] = made
            else:
                found = _kind(value)
                self._told(
                    made.code, name, key, value=_shown(value), wanted=made.wanted, found=found
                )
        return values

    def _value(self, name: str, key: str, value: object, reads: Any) -> Any:
        inner = f"{name}.{key}"
        if key == "rules":
            return self._rules(inner, value)
        if isinstance(reads, _Items):
            return self._items(inner, value, reads)
        if isinstance(reads, _Names):
            if not isinstance(value, dict):
                return _Wrong("mapping", "wrong-kind")
            return {
                part: reads.make(**self.table(f"{inner}.{part}", rest, reads.keys))
                for part, rest in value.items()
            }
        if isinstance(reads, _Table):
            return reads.make(**self.table(inner, value, reads.keys))
        return reads(value)

    def _items(self, name: str, value: object, reads: _Items) -> Any:
        if not isinstance(value, list):
            return _Wrong("list", "wrong-kind")
        made = []
        for item in value:
            told = len(self.diagnostics)
            values = self.table(name, item, reads.keys)
            if set(values) == set(reads.keys):
                made.append(reads.make(**values))
            elif len(self.diagnostics) == told:  # else it is said already what is wrong
                return _Wrong(" ".join(reads.keys))
        return tuple(made)

    def _rules(self, name: str, table: object) -> Any:
        if not isinstance(table, dict):
            return _Wrong("mapping", "wrong-kind")
        rules = {}
        for code, severity in table.items():
            if code not in catalog.codes():
                nearest = text.nearest(code, catalog.codes())
                self._told("unknown-rule", name, code, code=code, nearest=nearest)
            elif catalog.structural(code):
                self._told("fixed-rule", name, code, code=code)
            elif severity not in _SEVERITIES:
                wanted = " | ".join(f'"{word}"' for word in _SEVERITIES)
                self._told("bad-value", name, code, value=_shown(severity), wanted=wanted)
            else:
                rules[code] = severity
        return rules

    def _told(self, fault: str, table: str, name: str, /, **arguments: str) -> None:
        place = _place(self.lines, table, name)
        self.diagnostics.append(Diagnostic(fault, place, {"key": name, **arguments}))


_SEVERITIES = ("error", "warning", "info", "off")


def _last(name: str) -> tuple[str, str]:
    table, _, key = name.rpartition(".")
    return table, key


def _shown(value: object) -> str:
    return value if isinstance(value, str) else repr(value).lower()[:60]


def _kind(value: object) -> str:
    kinds = {
        bool: "flag",
        dict: "mapping",
        float: "number",
        int: "number",
        list: "list",
        str: "text",
    }
    return kinds.get(type(value), "date")


def _place(lines: list[str], table: str, key: str) -> Location:
    """Where `key` of `table` stands: tomllib gives no positions, so the lines are looked through.

    A key may stand below its own header, or after dots or braces in a table further out.
    """
    wanted, best = re.compile(rf"(?<![\w-])(?:\"{re.escape(key)}\"|{re.escape(key)})(?![\w-])"), 0
    for number, header, line in _headed(lines):
        found = wanted.search(line.partition("=")[0] if header == table else line)
        inside = header == table or table.startswith(f"{header}.") or header.startswith(table)
        if found and inside and header:
            if header in {table, f"{table}.{key}"}:
                return Location(FILE, number, found.start() + 1, len(found.group()))
            best = best or number
    if best:
        found = wanted.search(lines[best - 1])
        column, width = (found.start() + 1, len(found.group())) if found else (1, 1)
        return Location(FILE, best, column, width)
    return Location(FILE)


def _headed(lines: list[str]) -> Iterator[tuple[int, str, str]]:
    """Every line with its number and the table that it stands in (a header stands in its own)."""
    header = ""
    for number, line in enumerate(lines, 1):
        found = re.match(r"\s*\[+\s*([^\]]+?)\s*\]", line)
        if found:
            header = re.sub(r"\s*\.\s*|[\"']", lambda m: "." if "." in m.group() else "", found[1])
        yield number, header, line


def _syntax(source: str, reason: str) -> Diagnostic:
    """The fault of a file that is no TOML; tomllib says the place in words."""
    found = re.search(r"\(at line (\d+), column (\d+)\)$", reason)
    lines = source.split("\n")
    line, column = (int(found[1]), int(found[2])) if found else (len(lines), len(lines[-1]) + 1)
    words = (
        reason[: found.start()].strip() if found else reason.removesuffix("(at end of document)")
    )
    return Diagnostic("config-syntax", Location(FILE, line, column), {"reason": words.strip()})
