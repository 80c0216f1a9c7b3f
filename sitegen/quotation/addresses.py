"""Addresses of sources: what in them is not the source's own, and whose they are."""

import re
from functools import lru_cache

# Parameters that only measure where a reader came from. Names alone are no proof for the others:
# `?id=` or `?from=` may well choose the page.
_MEASURING = re.compile(
    r"utm_\w+|(?:fb|g|d|y|ttc|tw|wb)clid|gclsrc|msclkid|gbraid|wbraid|igshid|igsh|mc_[ce]id|mkt_tok"
    r"|_hsenc|_hsmi|_ga|_gl|vero_id|oly_\w+_id|s_kwcid|li_fat_id|at_(?:medium|campaign|custom\d)"
    r"|n_cid|iref|cmpid|ncid|xtor|smid|__twitter_impression",
    re.IGNORECASE,
).fullmatch
_FROM_FEED = re.compile(r"(?:ref|source|from|via|fm)=(?:rss|feed)", re.IGNORECASE).fullmatch

_SHORT = {
    "amzn.asia", "amzn.to", "bbc.in", "bit.ly", "buff.ly", "dlvr.it", "fb.me", "goo.gl", "htn.to",
    "ift.tt", "is.gd", "j.mp", "lnkd.in", "nyti.ms", "onl.la", "ow.ly", "reut.rs", "t.co",
    "tinyurl.com", "trib.al", "urx.nu", "ux.nu", "v.gd", "wp.me", "x.gd",
}  # fmt: skip
_KEPT = {
    "archive.fo", "archive.is", "archive.li", "archive.md", "archive.ph", "archive.today",
    "archive.vn", "megalodon.jp", "web.archive.org", "webcache.googleusercontent.com",
}  # fmt: skip
_AMP = re.compile(
    r"https?://(?:amp\.|[^/]*\.cdn\.ampproject\.org/|www\.google\.[a-z.]+/amp/"
    r"|[^?#]*/amp/?(?:[?#]|$)|[^#]*[?&]amp(?:=1)?(?:[&#]|$))"
).match

# What gathers and passes on what others wrote.
_GATHERING = {
    "2chmm.com", "2mm.jp", "alfalfalfa.com", "antenam.jp", "b.hatena.ne.jp", "gunosy.com",
    "hamusoku.com", "itainews.com", "jin115.com", "matomedane.jp", "newmofu.doorblog.jp",
    "news.google.com", "posfie.com", "smartnews.com", "togetter.com",
}  # fmt: skip
_SOCIAL = {
    "5ch.net", "bsky.app", "facebook.com", "instagram.com", "misskey.io", "mstdn.jp",
    "news.ycombinator.com", "reddit.com", "threads.net", "tiktok.com", "twitter.com", "x.com",
}  # fmt: skip


def whole(url: str) -> str:
    """`url` without a link into its text."""
    address, hashed, fragment = url.partition("#")
    fragment = fragment.partition(":~:")[0]
    return f"{address}{hashed if fragment else ''}{fragment}"


def clean(url: str) -> str:
    """`url` without what only measures its readers, and without a link into its text."""
    if "?" not in url and "#" not in url:
        return url
    address, hashed, fragment = whole(url).partition("#")
    address, asked, query = address.partition("?")
    pairs = query.split("&") if asked else []
    kept = [pair for pair in pairs if not _measures(pair)]
    if len(kept) < len(pairs):
        query, asked = "&".join(kept), "?" if kept else ""
    return f"{address}{asked}{query}{hashed}{fragment}"


def measuring(url: str) -> str:
    """The names of the parameters of `url` that only measure, and the mark of a link into text."""
    address, _, fragment = url.partition("#")
    pairs = address.partition("?")[2].split("&")
    found = [pair.partition("=")[0] for pair in pairs if _measures(pair)]
    return ", ".join([*found, *(["#:~:text="] if ":~:" in fragment else [])])


def _measures(pair: str) -> bool:
    return bool(_MEASURING(pair.partition("=")[0]) or _FROM_FEED(pair))


def detour(url: str, host: str) -> str:
    """By what way `url` leads to a page rather than naming it: "short", "amp", "kept" or ""."""
    if host in _SHORT:
        return "short"
    if host in _KEPT:
        return "kept"
    return "amp" if "amp" in url and _AMP(url) else ""


@lru_cache(maxsize=1 << 15)
def identity(url: str) -> str:
    """What is the same for two addresses of one page."""
    address = clean(url).partition("#")[0].partition("://")[2]
    host, slash, path = address.partition("/")
    return f"{host.lower().removeprefix('www.')}{slash}{path}".rstrip("/")


def gathers(host: str) -> bool:
    """Whether `host` passes on what others wrote."""
    return _listed(host, _GATHERING)


def is_social(host: str) -> bool:
    """Whether people talk to each other on `host`."""
    return _listed(host, _SOCIAL)


def _listed(host: str, listed: set[str]) -> bool:
    parts = host.split(".")
    return any(".".join(parts[count:]) in listed for count in range(len(parts) - 1))


_SECOND = {"ac", "ad", "co", "com", "ed", "edu", "go", "gov", "gr", "lg", "ne", "net", "or", "org"}
_NATION = 2  # letters of a country's domain
# Many live below these, each under a name of their own.
_SHARED = {
    "ameblo.jp", "appspot.com", "blog.jp", "blogspot.com", "cocolog-nifty.com", "exblog.jp",
    "fc2.com", "firebaseapp.com", "github.io", "gitlab.io", "goo.ne.jp", "hateblo.jp",
    "hatenablog.com", "hatenablog.jp", "hatenadiary.com", "hatenadiary.jp", "jimdofree.com",
    "livedoor.blog", "medium.com", "netlify.app", "pages.dev", "sakura.ne.jp", "seesaa.net",
    "substack.com", "tumblr.com", "vercel.app", "web.app", "wixsite.com", "wordpress.com",
}  # fmt: skip


def owner(host: str) -> str:
    """The domain under which `host` was registered, as far as its name tells.

    A site and the host of its images mostly have it in common.
    """
    parts = host.split(".")
    national = len(parts[-1]) == _NATION and len(parts) > _NATION and parts[-2] in _SECOND
    count = 3 if national else 2
    if ".".join(parts[-count:]) in _SHARED:
        count += 1
    return ".".join(parts[-count:])
