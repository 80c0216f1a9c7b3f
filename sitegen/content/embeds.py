"""Addresses of videos and posts -> what may be shown of them in a frame."""

import re
from collections.abc import Callable, Collection
from typing import Literal
from urllib.parse import parse_qs, urlsplit

from msgspec import Struct

from sitegen import urls
from sitegen.model import Frame


class _Provider(Struct, frozen=True):
    """One host, under the name that the configuration has for it."""

    name: str
    hosts: tuple[str, ...]  # without www
    shape: Literal["video", "post"]
    address: Callable[[str, dict[str, str]], str]  # of the frame, by path and query, or ""


def frame(url: str, allowed: Collection[str]) -> Frame | None:
    """What shows `url` in a page, if that is all of a text and its host is `allowed`."""
    if not allowed or not _WHOLE(url) or urls.web_fault(url):
        return None
    parts = urlsplit(url)
    host = parts.netloc.lower().removeprefix("www.").removeprefix("m.")
    for known, provider in _PROVIDERS.items():
        if known in allowed and host in provider.hosts:
            query = {name: values[0] for name, values in parse_qs(parts.query).items()}
            address = provider.address(parts.path, query)
            return Frame(provider.name, provider.shape, url, address) if address else None
    return None


_WHOLE = re.compile(r"https?://[!-;=?-~]+").fullmatch  # ASCII without < and >


def _youtube(path: str, query: dict[str, str]) -> str:
    """Without cookies until it is played."""
    found = re.fullmatch(r"/(?:(?:shorts|live|embed)/)?([\w-]{11})/?", path, re.ASCII)
    name = query.get("v", "") if path == "/watch" else found[1] if found else ""
    if not re.fullmatch(r"[\w-]{11}", name, re.ASCII):
        return ""
    start = _seconds(query.get("t") or query.get("start") or "")
    return f"https://www.youtube-nocookie.com/embed/{name}" + (f"?start={start}" if start else "")


def _seconds(said: str) -> int:
    """`1h2m3s`, `90s` or `90` in seconds; 0 for anything else."""
    found = re.fullmatch(r"(?:(\d{1,3})h)?(?:(\d{1,4})m)?(?:(\d{1,6})s?)?", said, re.ASCII)
    hours, minutes, seconds = (int(part or 0) for part in found.groups()) if found else (0, 0, 0)
    return hours * 3600 + minutes * 60 + seconds


def _x(path: str, _query: dict[str, str]) -> str:
    found = re.match(r"/\w+/status/(\d{1,20})(?:/|$)", path, re.ASCII)
    return f"https://platform.twitter.com/embed/Tweet.html?id={found[1]}&dnt=true" if found else ""


def _vimeo(path: str, _query: dict[str, str]) -> str:
    found = re.fullmatch(r"/(\d{1,12})(?:/([0-9a-f]{6,20}))?/?", path, re.ASCII)
    if not found:
        return ""
    unlisted = f"&h={found[2]}" if found[2] else ""
    return f"https://player.vimeo.com/video/{found[1]}?dnt=1{unlisted}"


def _niconico(path: str, _query: dict[str, str]) -> str:
    found = re.fullmatch(r"/(?:watch/)?((?:sm|nm|so)\d{1,12})/?", path, re.ASCII)
    return f"https://embed.nicovideo.jp/watch/{found[1]}" if found else ""


_PROVIDERS = {
    "youtube.com": _Provider("YouTube", ("youtube.com", "youtu.be"), "video", _youtube),
    "x.com": _Provider("X", ("x.com", "twitter.com", "mobile.twitter.com"), "post", _x),
    "vimeo.com": _Provider("Vimeo", ("vimeo.com",), "video", _vimeo),
    "nicovideo.jp": _Provider("niconico", ("nicovideo.jp", "nico.ms"), "video", _niconico),
}
HOSTS = tuple(_PROVIDERS)
