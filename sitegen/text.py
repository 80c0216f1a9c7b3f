"""Text as people read it: folding, lengths, grapheme clusters, excerpts, plain text of HTML."""

import difflib
import html
import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache

from sitegen import linkmarks

_LINE_ENDS = ("\r\n", "\r", "\u0085", "\u2028", "\u2029")
CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ufffe\uffff\ud800-\udfff]")  # in no text
SEEN = re.compile("[^\\s\u00ad\u200b-\u200f\u2060-\u2064\ufeff]").search  # no blank, no width


def codepoint(character: str) -> str:
    """The name of a character that cannot be shown: "U+200B"."""
    return f"U+{ord(character):04X}"


def normalised(text: str) -> str:
    """`text` with every kind of line end as a newline and without a byte order mark."""
    text = text.removeprefix("\ufeff")
    for end in _LINE_ENDS:  # five searches in C take a tenth of one regular expression
        text = text.replace(end, "\n")
    return text


def fold(text: str) -> str:
    """`text` in the form in which names are compared.

    That is without case, width and Unicode form, and without what nobody sees (NFKC_Casefold).
    """
    if text.isascii():
        return text.lower()
    text = unicodedata.normalize("NFKC", _IGNORABLE.sub("", text)).casefold()
    if not unicodedata.is_normalized("NFKC", text):  # folding has left what has a compatible form
        text = unicodedata.normalize("NFKC", text).casefold()
    return unicodedata.normalize("NFC", text)


_IGNORABLE = re.compile(  # Unicode's Default_Ignorable_Code_Point
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f"
    "\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufff8\U0001bca0-\U0001bca3\U0001d173-\U0001d17a"
    "\U000e0000-\U000e0fff]"
)


def nearest(word: str, known: Iterable[str], likeness: float = 0.6) -> str:
    """The word of `known` that was most likely meant, "" if none has that `likeness`."""
    folded: dict[str, str] = {}
    for candidate in known:
        folded.setdefault(fold(candidate), candidate)
    found = difflib.get_close_matches(fold(word), folded, 1, likeness)
    return folded[found[0]] if found else ""


def nearest_path(
    path: str, known: Iterable[str], name: Callable[[str], str], likeness: float = 0.6
) -> str:
    """The path of `known` that was most likely meant, "" if none is near.

    Its `name` has to be near by itself: folders and endings are alike in most paths of a site.
    """
    named: dict[str, list[str]] = {}
    for candidate in known:
        named.setdefault(name(candidate), []).append(candidate)
    return nearest(path, named.get(nearest(name(path), named), ()), likeness)


def length(text: str) -> int:
    """The number of characters of `text` that are read."""
    return len(bare(text))


def bare(text: str) -> str:
    """The characters of `text` that are read: neither white space nor addresses."""
    return "".join((_ADDRESS.sub("", text) if "://" in text else text).split())


_ADDRESS = re.compile(r"https?://[!-~]+", re.IGNORECASE)


def language(text: str, usual: str) -> str:
    """The language of `text`: "ja" with kana, "en" where all letters are ASCII, else `usual`."""
    if _KANA.search(text):
        return "ja"
    return "en" if _ASCII_LETTER.search(text) and not _OTHER_LETTER.search(text) else usual


# A tag of BCP 47; `jp` and `cn` are countries.
LANGUAGE = re.compile(r"(?i:(?!(?:jp|cn)\b)[a-z]{2,3}(?:-[a-z0-9]{1,8})*)").fullmatch
_KANA = re.compile("[\u3041-\u3096\u30a1-\u30fa\uff66-\uff9d]")
_ASCII_LETTER = re.compile("[A-Za-z]")
_OTHER_LETTER = re.compile(r"[^\W\d_A-Za-z]")


# ---------------------------------------------------------------- clusters and cells

_ZWJ, _EMOJI_STYLE = "\u200d", "\ufe0f"
_JOINED = re.compile(  # that are no marks, but belong to the character before them
    "[\u1160-\u11ff\ud7b0-\ud7ff"  # vowels and finals of Korean syllables in parts
    "\uff9e\uff9f"  # half-width dakuten and handakuten
    "\u200c\u200d\U0001f3fb-\U0001f3ff\U000e0020-\U000e007f]"  # joiners, skin tones, tags
).match


def clusters(text: str) -> Iterator[str]:
    """What a reader takes for one character each (UAX #29, as far as blogs need it)."""
    start, flags = 0, 0
    for position in range(1, len(text)):
        before, after = text[position - 1], text[position]
        flags = flags + 1 if _is_flag_half(before) else 0
        if not (flags % 2 and _is_flag_half(after)) and not _joins(before, after):
            yield text[start:position]
            start = position
    if text:
        yield text[start:]


def _is_flag_half(character: str) -> bool:
    return "\U0001f1e6" <= character <= "\U0001f1ff"


def _joins(before: str, after: str) -> bool:
    """Whether `after` belongs to the character before it."""
    if after < "\u0300" or before < " ":
        return False
    category = unicodedata.category(after)
    if before == _ZWJ and (category[0] == "S" or after >= "\U0001f000"):
        return True
    return category[0] == "M" or _JOINED(after) is not None


@lru_cache(maxsize=1 << 14)
def width(text: str) -> int:
    """How many cells of a terminal `text` takes; what is ambiguous takes one."""
    if text.isascii() and text.isprintable():
        return len(text)
    return sum(_cells(cluster) for cluster in clusters(text))


def _cells(cluster: str) -> int:
    if _EMOJI_STYLE in cluster[1:] or any(_is_wide(character) for character in cluster):
        return 2
    return sum(unicodedata.category(character)[0] not in "MC" for character in cluster)


def _is_wide(character: str) -> bool:
    if unicodedata.category(character) != "Cn":
        return unicodedata.east_asian_width(character) in "WF"
    # Emoji and kanji that are younger than this Python: it calls all it does not know wide.
    return "\U0001f300" <= character <= "\U0001faff" or "\U00020000" <= character <= "\U0003fffd"


# ---------------------------------------------------------------- sentences and excerpts

_OPENING, _CLOSING = "「『（(〔［[【〈《｛{“‘｢", "」』）)〕］]】〉》｝}”’｣"
_STOP, _BRACKETS = "。！？｡‼⁇⁈⁉", re.escape(_OPENING + _CLOSING)
# A half-width mark inside a word is part of it: Yahoo!ニュース, ?id=1.
_ENDING = rf"(?:(?<=[{_STOP}])|(?<=[!?])(?:(?<![A-Za-z0-9/].)|(?!\w)))"
_MARK = re.compile(  # one set first: that is searched for fast
    rf"[{_STOP}!?{_BRACKETS}]"
    rf"(?:(?P<end>{_ENDING}(?:[{_STOP}!?]{_ENDING})*)[{re.escape(_CLOSING)}]*|(?<=[{_BRACKETS}]))"
)
_NO_BLANK_AFTER = f"。！？｡、，{_CLOSING}"
_NO_END = "、，・：；,:; 　" + _OPENING


def _lines(text: str) -> Iterator[str]:
    return filter(None, map(str.strip, text.split("\n")))


def _ends(line: str) -> Iterator[int]:
    """Where the sentences of `line` end: at 。！？!? outside brackets, and with the line.

    An unclosed bracket reaches no further than the line.
    """
    depth = 0
    for mark in _MARK.finditer(line):
        if mark["end"] is not None and not depth:
            end = mark.end()
            while end < len(line) and _joins(line[end - 1], line[end]):
                end += 1
            yield end
            continue
        for sign in mark.group():
            depth = max(0, depth + (sign in _OPENING) - (sign in _CLOSING))
    yield len(line)


def excerpt(text: str, limit: int = 120) -> str:
    """Whole sentences of `text` up to `limit` characters, else its beginning and "…"."""
    shown = ""
    for line in _lines(text):
        gap = " " if shown and shown[-1] not in _NO_BLANK_AFTER else ""
        room, whole = limit - len(shown) - len(gap), 0
        for end in _ends(line):
            if end > room:
                break
            whole = end
        if whole:
            shown += gap + line[:whole]
        if whole < len(line):
            return shown.rstrip() or _cut(line, limit)
    return shown


def _cut(line: str, limit: int) -> str:
    """The beginning of `line` with "…": whole clusters, and whole words where it has blanks."""
    end = 0
    for cluster in clusters(line):
        if end + len(cluster) >= limit:
            break
        end += len(cluster)
    shown = line[:end]
    if _LETTER(line, end):
        shown = _HALF_WORD.sub("", shown)
    return shown.rstrip(_NO_END) + "…"


_LETTER = re.compile(r"(?![\u2e80-\U0010ffff])\w").match
_HALF_WORD = re.compile(r"\s[^\s\u2e80-\U0010ffff]{1,40}$")


# ---------------------------------------------------------------- plain text of HTML

# What is left open reaches to the end, as in a browser; and no text costs more than one pass.
_UNREAD = re.compile(  # readings, notes and their signs, code, tables, what is no text
    r"<(?:r[tp]\b.*?(?:</r[tp]>|(?=</ruby>)|\Z)"
    r"|(?P<whole>pre|table|script|style)\b.*?(?:</(?P=whole)>|\Z)"
    r'|sup class="footnote-ref".*?(?:</sup>|\Z)'
    r'|section class="footnotes".*?(?:</section>|\Z)'
    r"|!--.*?(?:-->|\Z))",
    re.DOTALL,
)
_UNSEEN = re.compile(  # readings, and what is no text
    r"<(?:r[tp]\b.*?(?:</r[tp]>|(?=</ruby>)|\Z)"
    r"|(?P<whole>script|style)\b.*?(?:</(?P=whole)>|\Z)"
    r"|!--.*?(?:-->|\Z))",
    re.DOTALL,
)
_BREAK = re.compile(  # where a line ends
    r"<(?:br\b[^>]*|hr\b[^>]*|/(?:p|li|h[1-6]|blockquote|d[dt]|div|figcaption|figure|[uo]l"
    r"|summary|details|section))>"
)
_TAG = re.compile(r"</?[A-Za-z][^>]*+(?:>|\Z)")


def plain(markup: str) -> str:
    """The text of HTML as it is read: blocks as lines, without readings, notes, code, tables."""
    return _untagged(_UNREAD.sub("", markup))


def readable(markup: str) -> str:
    """All text of HTML, notes, code and tables too, without readings: what can be searched."""
    return _untagged(_UNSEEN.sub("", markup))


def _untagged(markup: str) -> str:
    """The text of HTML without its tags and link marks."""
    text = markup.replace("\n", " ")
    text = "".join(_TAG.split(_BREAK.sub("\n", text)))  # takes half the time of `sub`
    text = linkmarks.without(text)
    if "&" in text:
        text = html.unescape(text)
    return "\n".join(_lines(text))
