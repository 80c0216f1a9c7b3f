"""Slips of the pen in Japanese text: brackets without their partners, signs of mixed widths."""

import re
import unicodedata
from collections.abc import Iterator

PAIRS = {"」": "「", "』": "『", "）": "（"}
PARTNERS = PAIRS | {opening: closing for closing, opening in PAIRS.items()}
_OPENING = set(PAIRS.values())
_BRACKETS = re.compile("[「」『』（）]")
_MARKER = re.compile(
    "[ 　]*[0-9０-９A-Za-zア-ン一二三四五六七八九十]{1,3}）"
)  # １）, of a list in text
CODE = r"(?<!`)(`++).+?(?<!`)\1(?!`)"  # between runs of as many backticks
_NO_PROSE = re.compile(
    rf"{CODE}|\]\([^)\n]*\)|</?[A-Za-z][^<>]*>|https?://[!-~]+", re.DOTALL | re.IGNORECASE
)


def prose(text: str) -> str:
    """`text` with blanks for its code, its tags and its addresses."""
    if "`" in text or "](" in text or "<" in text or "://" in text:
        text = _NO_PROSE.sub(lambda found: " " * len(found.group()), text)
    return text


def uneven(text: str) -> bool:
    """Whether brackets of a kind in `text` differ in number, or stand the wrong way round."""
    return any(_is_uneven(opening, closing, text) for closing, opening in PAIRS.items())


def _is_uneven(opening: str, closing: str, text: str) -> bool:
    count = text.count(opening)
    return text.count(closing) != count or (
        count > 0
        and (text.find(closing) < text.find(opening) or text.rfind(closing) < text.rfind(opening))
    )


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

# A dakuten alone is part of a face, as in (ﾟ∀ﾟ), unless it stands behind a kana.
_KANA = re.compile("[\uff61-\uff9d][\uff61-\uff9f]*|[ぁ-ヺ][\uff9e\uff9f]")
_LATIN = re.compile("(?<=[A-Za-z0-9])[Ａ-Ｚａ-ｚ０-９]+|[Ａ-Ｚａ-ｚ０-９]+(?=[A-Za-z0-9])")
_ODD = re.compile("[\uff61-\uff9fＡ-Ｚａ-ｚ０-９〜～]")
WAVES = {"〜": "～", "～": "〜"}


def suspicious(text: str) -> bool:
    """Whether `text` has any of the signs that `slips` and `rarer` look at."""
    return _ODD.search(text) is not None


def slips(text: str) -> Iterator[tuple[str, int, str, str]]:
    """Code, position, text as typed and as it should be, for each slip of width in `text`."""
    for code, pattern in (("half-width-kana", _KANA), ("full-width-latin", _LATIN)):
        for found in pattern.finditer(text):
            typed = found.group()
            yield code, found.start(), typed, unicodedata.normalize("NFKC", typed)


def places(sign: str, text: str) -> Iterator[int]:
    """Where `sign` stands in `text`."""
    return (found.start() for found in re.finditer(sign, text))


def rarer(text: str) -> str:
    """The rarer of 〜 (U+301C) and ～ (U+FF5E) in `text`, "" if it has but one."""
    counts = {sign: text.count(sign) for sign in WAVES}
    return min(counts, key=lambda sign: (counts[sign], sign)) if all(counts.values()) else ""
