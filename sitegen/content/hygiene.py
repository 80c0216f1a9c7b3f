"""Slips of the pen in Japanese text: brackets without their partners, signs of mixed widths."""

import re
import unicodedata
from collections.abc import Iterator

PAIRS = {"」": "「", "』": "『", "）": "（"}
_OPENING = set(PAIRS.values())
_BRACKETS = re.compile("[「」『』（）]")
_MARKER = re.compile(
    "[ 　]*[0-9０-９A-Za-zア-ン一二三四五六七八九十]{1,3}）"
)  # １）, of a list in text
_CODE = re.compile(r"(`+)(?:(?!\1).)+\1|\]\([^)\n]*\)|https?://[!-~]+", re.DOTALL)


def prose(text: str) -> str:
    """`text` with blanks for its code and its addresses."""
    if "`" in text or "](" in text or "http" in text:
        text = _CODE.sub(lambda found: " " * len(found.group()), text)
    return text


def uneven(text: str) -> bool:
    """Whether `text` has not as many closing brackets of a kind as opening ones."""
    return any(text.count(closing) != text.count(opening) for closing, opening in PAIRS.items())


def unpaired(text: str) -> list[int]:
    """Where in `text` a bracket stands without its partner."""
    waiting: list[tuple[str, int]] = []
    alone: list[int] = []
    for found in _BRACKETS.finditer(text):
        sign, position = found.group(), found.start()
        if sign in _OPENING:
            waiting.append((sign, position))
        elif waiting and waiting[-1][0] == PAIRS[sign]:
            waiting.pop()
        elif not (sign == "）" and _MARKER.fullmatch(text[: position + 1].rpartition("\n")[2])):
            alone.append(position)
    return sorted([*alone, *(position for _, position in waiting)])


# ---------------------------------------------------------------- widths

_KANA = re.compile("[\uff61-\uff9f]+")
_LATIN = re.compile("(?<=[A-Za-z0-9])[Ａ-Ｚａ-ｚ０-９]+|[Ａ-Ｚａ-ｚ０-９]+(?=[A-Za-z0-9])")
_ODD = re.compile("[\uff61-\uff9fＡ-Ｚａ-ｚ０-９〜～]")


def suspicious(text: str) -> bool:
    """Whether `text` has any of the signs that `slips` looks at."""
    return _ODD.search(text) is not None


def slips(text: str) -> Iterator[tuple[str, str, str]]:
    """Code, text as typed and as it should be, for each slip of width in `text`."""
    for found in _KANA.finditer(text):
        yield "half-width-kana", found.group(), unicodedata.normalize("NFKC", found.group())
    for found in _LATIN.finditer(text):
        yield "full-width-latin", found.group(), unicodedata.normalize("NFKC", found.group())


def mixed_wave(text: str) -> tuple[str, str] | None:
    """The rarer of 〜 (U+301C) and ～ (U+FF5E) where `text` has both, and the other."""
    counts = {sign: text.count(sign) for sign in "〜～"}
    if not all(counts.values()):
        return None
    rarer = min(counts, key=lambda sign: (counts[sign], sign))
    return rarer, "～" if rarer == "〜" else "〜"
