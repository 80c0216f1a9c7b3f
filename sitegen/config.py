"""The settings of a site, what layouts see of them, and its own URLs."""

import datetime as dt
from collections.abc import Mapping
from functools import lru_cache
from typing import Any
from urllib.parse import unquote, urlsplit

from msgspec import Struct, field

from sitegen import urls
from sitegen.content import dates
from sitegen.model import About, Link, Named, Ref, View

SHARES: Mapping[str, Ref] = {  # where a post may be passed on, and the address that asks for it
    "x": Ref("X", "https://x.com/intent/post?url={url}&text={title}"),
    "hatena": Ref("はてなブックマーク", "https://b.hatena.ne.jp/add?url={url}&title={title}"),
    "line": Ref("LINE", "https://social-plugins.line.me/lineit/share?url={url}"),
    "bluesky": Ref("Bluesky", "https://bsky.app/intent/compose?text={title}%20{url}"),
    "mastodon": Ref("Mastodon", "https://share.joinmastodon.org/#text={title}%20{url}"),
}


class Described(Struct, frozen=True):
    """What the site says of an author or a tag; `same` are other spellings of the tag.

    `feed` says whether a tag has a feed; by itself it has one when it has enough posts.
    """

    slug: str = ""
    same: tuple[str, ...] = ()
    about: About = About()
    feed: bool | None = None


class Host(Struct, frozen=True):
    """Defaults for what is quoted from one host."""

    site: str = ""
    kind: str = ""
    lang: str = ""
    deeplink: str = ""


class Feed(Struct, frozen=True):
    """How many posts a feed holds, whole or as summaries; its hub, and further paths of feeds."""

    items: int = 20
    content: str = "full"
    hub: str = ""  # URL of a WebSub hub
    paths: dict[str, Named] = field(default_factory=dict)  # further ones -> kind of page


class Settings(Struct, frozen=True):
    """The part of the configuration that parsing uses."""

    timezone: str
    raw_html: str
    embeds: tuple[str, ...]
    hosts: dict[str, Host]

    @property
    def zone(self) -> dt.tzinfo:
        """The site's time zone."""
        return _zone(self.timezone)


class Config(Struct, frozen=True):
    """The site's settings, each with its default."""

    title: str = "無題のブログ"
    base_url: str = ""
    language: str = "ja"
    timezone: str = "Asia/Tokyo"
    calendar: str = "gregorian"
    description: str = ""
    author: str = ""
    permalink: str = "/{year}/{month}/{slug}/"
    per_page: int = 20
    menu: tuple[Ref, ...] = ()
    footer: tuple[Ref, ...] = ()
    raw_html: str = "sanitize"
    csp: str = "strict"
    embeds: tuple[str, ...] = ()
    extra: dict[str, Any] = field(default_factory=dict)
    authors: dict[str, Described] = field(default_factory=dict)
    sources: dict[str, Host] = field(default_factory=dict)
    tags: dict[str, Described] = field(default_factory=dict)
    redirects: dict[str, Link] = field(default_factory=dict)
    rules: dict[str, str] = field(default_factory=dict)
    feed: Feed = Feed()
    news_sitemap: bool = False
    llms: bool = False
    search: bool = True
    share: tuple[str, ...] = ()  # names in SHARES
    links: tuple[Link, ...] = ()  # all of the above that lead somewhere

    @property
    def origin(self) -> str:
        """Scheme and host of the site in ASCII (RFC 3986; IDNA), "" without a base URL."""
        parts = urlsplit(self.base_url)
        port = f":{parts.port}" if parts.port else ""
        return f"{parts.scheme}://{urls.host(self.base_url)}{port}" if self.base_url else ""

    @property
    def base(self) -> str:
        """The path below which the site lives, ready for `href`: "/" or "/blog/"."""
        return _base(self.base_url)

    @property
    def zone(self) -> dt.tzinfo:
        """The site's time zone."""
        return _zone(self.timezone)


def _zone(name: str) -> dt.tzinfo:
    found = dates.zone(name)
    assert found is not None  # noqa: S101 -- `config_file` has checked it
    return found


@lru_cache(maxsize=8)
def _base(base_url: str) -> str:
    return urls.href(unquote(urlsplit(base_url).path) or "/")


def view(config: Config, assets: dict[str, str], lasting: tuple[str, ...] = ()) -> View:
    """The part of `config` that layouts may see, with the URLs of their `assets`."""
    return View(
        title=config.title,
        description=config.description,
        language=config.language,
        calendar=config.calendar,
        author=config.author,
        origin=config.origin,
        base=config.base,
        menu=tuple(Ref(item.name, typed_href(config, item.url)) for item in config.menu),
        footer=tuple(Ref(item.name, typed_href(config, item.url)) for item in config.footer),
        csp=_policy(config),
        assets=assets,
        extra=config.extra,
        search=href(config, "/search/") if config.search else "",
        news=href(config, "/news-sitemap.xml") if config.news_sitemap and config.origin else "",
        hub=config.feed.hub,
        llms=href(config, "/llms.txt") if config.llms else "",
        lasting=lasting,
        share=tuple(SHARES[name] for name in config.share),
    )


def href(config: Config, url: str) -> str:
    """`url` ready for `href`: one that begins with / is of this site, others are of the web."""
    return config.base + urls.href(url[1:]) if url.startswith("/") else urls.sound(url)


def typed_href(config: Config, url: str) -> str:
    """The same of a `url` that somebody typed, with or without the path of the base URL."""
    if not url.startswith("/"):
        return urls.sound(url)
    path, rest = urls.split(url)
    return href(config, urls.inside(config.base, path)) + rest


def _policy(config: Config) -> str:
    """The Content-Security-Policy of pages, "" for none (CSP 3; Upgrade Insecure Requests).

    Only a site that answers by https may ask for that: elsewhere its own styles would be sought
    where nobody answers.
    """
    if config.csp != "strict":
        return "" if config.csp == "off" else config.csp
    by_https = urlsplit(config.base_url).scheme == "https"
    return f"{_STRICT_CSP}; upgrade-insecure-requests" if by_https else _STRICT_CSP


_STRICT_CSP = (
    "default-src 'none'; img-src 'self' https:; style-src 'self'; font-src 'self'; "
    "script-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'"
)
