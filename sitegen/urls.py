"""Slugs, URLs and output paths."""

import hashlib
import re
import unicodedata
from ipaddress import IPv6Address
from itertools import takewhile
from urllib.parse import quote, unquote, urlsplit

from sitegen.model import Date
from sitegen.text import fold


def nfc(text: str) -> str:
    """`text` in the Unicode form in which files are written and names compared."""
    return text if text.isascii() else unicodedata.normalize("NFC", text)


# ---------------------------------------------------------------- slugs

_READY = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*").fullmatch
_DEVICE = re.compile(r"(?:con|prn|aux|nul|com[0-9]|lpt[0-9])").fullmatch  # on Windows
_MAX_BYTES = 120
_HASH_DIGITS = 8  # hexadecimal

# Soft hyphens, joiners, directions and variation selectors: nobody sees or types them. The
# enclosing keycap goes with the emoji that it makes of a digit.
_UNSEEN = re.compile(
    "[\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\u20e3\ufe00-\ufe0f\ufeff"
    "\U000e0000-\U000e0fff]"
)
_SIGNS = re.compile(r"(?<=[A-Za-z])[+#]+|(?<![\w.])\.(?=[A-Za-z])")  # C++, C#, .NET
_SAID = {"+": "-plus-", "#": "-sharp-", ".": "dot-"}
# `\w` lacks combining marks, which `_marks` puts back, and kanji younger than this Python.
_ODD = re.compile("(?:[^\\w\U00020000-\U0003fffd-]|_)+")
_ODD_IN_ID = re.compile("[^\\w\\s\U00020000-\U0003fffd-]+")


def slug(text: str) -> str:
    """The canonical slug of `text`: letters, marks, digits of any script and hyphens, lower case.

    "" if nothing is left. Japanese is kept, never romanised. Longer than 120 bytes of UTF-8 it is
    cut and ends in a hash; names that Windows keeps for its devices get `-page`.
    """
    if not _READY(text):
        text = _slugified(text)
    return _fitted(f"{text}-page" if _DEVICE(text) else text)


def _slugified(text: str) -> str:
    """The slug of a `text` that is none yet, of any length."""
    from slugify import slugify  # noqa: PLC0415 -- most names of files are slugs already

    text = _UNSEEN.sub("", unicodedata.normalize("NFKC", text))
    text = _SIGNS.sub(lambda found: "".join(_SAID[sign] for sign in found.group()), text)
    # What may stay is settled here: slugify would lose marks, and the comma of 10,000.
    text = _ODD.sub(_kept, text)
    return nfc(
        slugify(
            text,
            entities=False,
            decimal=False,
            hexadecimal=False,
            regex_pattern="-+",
            allow_unicode=True,
        )
    )


def _kept(found: re.Match[str]) -> str:
    """What stays of a run of signs: the marks that begin it, and a hyphen for all else."""
    marks = _marks(found)
    return marks if marks == found.group() else f"{marks}-"


def _marks(found: re.Match[str]) -> str:
    """The combining marks that begin a run of signs, if there is a letter for them to sit on."""
    start = found.start()
    return (
        "".join(takewhile(_is_mark, found.group()))
        if start and found.string[start - 1] != "-"
        else ""
    )


def _is_mark(character: str) -> bool:
    return unicodedata.category(character)[0] == "M"


def _fitted(text: str) -> str:
    data = text.encode()
    if len(data) <= _MAX_BYTES:
        return text
    cut = data[: _MAX_BYTES - _HASH_DIGITS - len("-")].decode(errors="ignore").rstrip("-")
    return f"{cut}-{_hash(text)}"


def _hash(text: str) -> str:
    return hashlib.sha256(nfc(text).encode()).hexdigest()[:_HASH_DIGITS]


def name_slug(name: str, kind: str) -> str:
    """The slug of a tag or an author; of a name without letters, its `kind` and a hash.

    It is never empty: that would put the page of the name in place of the list of all names.
    """
    return slug(name) or f"{kind}-{_hash(name)}"


def heading_id(text: str) -> str:
    """The id of a heading: its letters, marks, digits, `_` and `-`, in lower case."""
    text = _UNSEEN.sub("", unicodedata.normalize("NFKC", text)).lower()
    text = _ODD_IN_ID.sub(lambda found: "".join(filter(_is_mark, found.group())), text)
    return nfc("-".join(text.split())) or "section"


# ---------------------------------------------------------------- URLs and paths of the site

_MAX_COMPONENT = 255  # bytes, on every file system in use
_PLACES = ("year", "month", "day", "slug")
_TOKEN = re.compile(r"\{(\w*)\}")


def permalink(pattern: str, slug: str, date: Date) -> str:
    """The raw URL, relative to the site, that `pattern` gives a post."""
    values = {
        "year": f"{date.year:04}",
        "month": f"{date.month:02}",
        "day": f"{date.day:02}",
        "slug": slug,
    }
    return _TOKEN.sub(lambda found: values[found[1]], pattern)


def permalink_fault(pattern: str) -> str:
    """A word for what is wrong with a permalink pattern, "" if nothing is."""
    names = _TOKEN.findall(pattern)
    if "slug" not in names or not set(names) <= set(_PLACES):
        return "token"
    return path_fault(_TOKEN.sub("a", pattern))


def path_fault(path: str) -> str:
    """A word for why `path` cannot be a path of the site, "" if it can.

    The words: relative, query, percent, character, parent, component, reserved, server, own.
    """
    if not path.startswith("/") or path.startswith("//"):
        return "relative"
    for signs, word in (("?#", "query"), ("%", "percent"), ('\\<>:"|*', "character")):
        if any(sign in path for sign in signs):
            return word
    if not path.isprintable() and any(
        not sign.isprintable() for sign in path.replace("\u3000", "")
    ):
        return "character"
    parts = path.strip("/").split("/") if path != "/" else []
    if any(part in {".", ".."} for part in parts):
        return "parent"
    if any(not part or part[-1] in ". " or len(part.encode()) > _MAX_COMPONENT for part in parts):
        return "component"
    if any(_DEVICE(part.partition(".")[0].lower()) for part in parts):
        return "reserved"
    if parts and (_AT_ROOT(parts[0].lower()) or any(_SETTINGS(part.lower()) for part in parts)):
        return "server"
    return "own" if is_own(path) else ""


# What hosts read as their settings: at the root, and in any folder.
_AT_ROOT = re.compile(r"_(?:headers|redirects|routes\.json|worker\.js)").fullmatch
_SETTINGS = re.compile(r"\.htaccess|\.htpasswd|web\.config").fullmatch


def is_own(path: str) -> bool:
    """Whether `path`, below output/ or from the site's root, is where sitegen keeps its lists."""
    return same(path.lstrip("/")).partition("/")[0] in _OWN


_OWN = {".sitegen", ".sitegen-stage"}  # as store/manifest.py calls them


def twin(url: str) -> str:
    """The URL of the Markdown that stands beside the page at `url`."""
    return f"{url}index.md" if url.endswith("/") else f"{url}.md"


def copied(url: str, width: int) -> str:
    """The URL or path of the copy, `width` pixels wide, of the picture at `url`."""
    return f"{url}.{width}w.webp"


def folder(path: str) -> str:
    """`path` with the `/` that a URL without a file's name ends in."""
    named = "." in path.rpartition("/")[2]
    return path if not path or named or path.endswith("/") else f"{path}/"


def output_path(url: str) -> str:
    """The path below output/ of the page at the raw `url`, in NFC."""
    path = nfc(url.lstrip("/"))
    return f"{path}index.html" if not path or path.endswith("/") else path


def inside(base: str, path: str) -> str:
    """`path`, which begins with `/`, relative to the site, whether or not its `base` was typed."""
    base = unquote(base)
    return path[len(base) - 1 :] if base != "/" and path.startswith(base) else path


def href(path: str) -> str:
    """The raw `path` percent-encoded (RFC 3986, 2.1), ready for `href`."""
    return path if _UNRESERVED(path) else quote(nfc(path), safe=_SAFE)


def split(target: str) -> tuple[str, str]:
    """The raw path of a typed `target`, and the `?…` and `#…` behind it, ready for `href`."""
    path = _BEHIND.split(target, maxsplit=1)[0]
    return unquote(path), encoded_once(target[len(path) :])


def decoded(target: str) -> str:
    """`target` as people type it; what would lead elsewhere stays encoded (`C%23.png`)."""
    return _ENCODED.sub(lambda found: unquote(found[0]), target)


def typed(path: str) -> str:
    """The raw `path` as the target of a link: what would end it there is percent-encoded."""
    return _ENDING.sub(_percent, path)


def encoded_once(words: str) -> str:
    """`words` of a URL percent-encoded: its signs, and what is encoded already, stay."""
    return quote(_STRAY.sub("%25", _one_hash(words)), safe="%/:=&?~#+!$,;'@()*")


def sound(url: str) -> str:
    """`url` with what no address holds behind its host (RFC 3986, 3.3 and 3.4) percent-encoded."""
    host, *behind = _BEHIND_HOST.split(url, maxsplit=1)
    return host + "".join(_UNSOUND.sub(_percent, _one_hash(part)) for part in behind)


def _one_hash(words: str) -> str:
    """`words` with each `#` within its fragment percent-encoded (RFC 3986, 3.5)."""
    path, sign, fragment = words.partition("#")
    return path + sign + fragment.replace("#", "%23")


def encoded(words: str) -> str:
    """`words` percent-encoded as a part of a URL: only what is unreserved (2.3) stays."""
    return _RESERVED.sub(_percent, words)


def _percent(found: re.Match[str]) -> str:
    return f"%{found.group().encode().hex('%').upper()}"


# What is encoded, but not the signs that would then mean something else: / ? # and their like.
_ENCODED = re.compile("(?:%(?!2[134-689A-DF]|3[ABDF]|40)[0-9A-F]{2})+", re.IGNORECASE)
_ENDING = re.compile("[#?% ]")
_BEHIND = re.compile("[?#]")
_BEHIND_HOST = re.compile("(?<=[^:/])(?=[/?#])")
_STRAY = re.compile(r"%(?![0-9A-Fa-f]{2})")  # a % that encodes nothing
_UNSOUND = re.compile(rf"[\[\]]|{_STRAY.pattern}")
_RESERVED = re.compile("[^A-Za-z0-9._~-]+")
_SAFE = "/-._~!$&'()*+,;=:@"
_UNRESERVED = re.compile("[A-Za-z0-9/._~-]*").fullmatch


def same(path: str) -> str:
    """`path` in the form in which paths are compared: without case, width and Unicode form."""
    return fold(path)


# ---------------------------------------------------------------- URLs of the web

MAX_URL = 2_000  # characters
_FORBIDDEN = re.compile('[\\s\x00-\x1f\x7f"<>\\\\^`{|}]')
_NAME = re.compile(r"(?!-)[a-z0-9_-]{1,63}(?<!-)(?:\.(?!-)[a-z0-9_-]{1,63}(?<!-))*").fullmatch


def host(url: str) -> str:
    """The host of a `url` of the web in lower-case ASCII (IDNA), "" without one.

    The dot of the root at its end is left out: without it the host is the same.
    """
    try:
        name = (urlsplit(url).hostname or "").removesuffix(".")
        if ":" in name:
            return f"[{IPv6Address(name)}]"
        return name if name.isascii() else name.encode("idna").decode("ascii")
    except ValueError:  # of brackets that hold no address, and UnicodeError of an impossible name
        return ""


def shown_host(host: str) -> str:
    """`host` as people read it, in its own letters."""
    try:
        return host.encode("ascii").decode("idna") if "xn--" in host else host
    except UnicodeError:
        return host


def web_fault(url: str) -> str:
    """A word for why `url` cannot be an address on the web, "" if it can.

    The words: long, scheme, character, userinfo, port, host.
    """
    if len(url) > MAX_URL:
        return "long"
    if not url.lower().startswith(("http://", "https://")):
        return "scheme"
    if _FORBIDDEN.search(url) or not url.isprintable():
        return "character"
    try:
        parts = urlsplit(url)
    except ValueError:
        return "host"
    if "@" in parts.netloc:
        return "userinfo"
    try:
        wrong = parts.port == 0
    except ValueError:
        wrong = True
    if wrong:
        return "port"
    name = host(url)
    return "" if name.startswith("[") or _NAME(name) else "host"
