"""What looks like Markdown, but is none: signs of the wrong width, or without their blank."""

import re
from collections.abc import Iterator


def suspicious(text: str) -> bool:
    """Whether anything in `text` has to be looked at line by line.

    Searches for single texts take a tenth of one for a regular expression of them all.
    """
    if any(sign in text for sign in _SIGNS):
        return True
    return ("#" in text and _HASH(text) is not None) or ("[^" in text and _BLANK(text) is not None)


_SIGNS = ("＃", "＞", "｀", "＊", "［", "（http", "-　", "*　", "+　", ".　", ")　", "｜", "|ー")
_HASH = re.compile(r"^[ 　]{0,3}#{1,6}(?:　|[^#\s0-9])", re.MULTILINE).search
_BLANK = re.compile(r"\[\^[^\]\n]*[ 　]").search


def meant(text: str) -> Iterator[tuple[str, str]]:
    """What was typed in the paragraph `text`, and what was surely meant."""
    for line in text.split("\n"):
        if found := _line(line.rstrip()):
            yield line.strip(" "), found
            continue
        yield from _within(line)


_HEADING = re.compile(r"[ 　]{0,3}([#＃]{1,6})([ 　]*)([^#＃\s0-9].*)").fullmatch
_QUOTE = re.compile(r"[ 　]{0,3}＞[ 　]*(.*)").fullmatch
_ITEM = re.compile(r" {0,3}([-*+]|[0-9]{1,9}[.)])　+(.*)").fullmatch
_FENCE = re.compile(r"[ 　]{0,3}｀{3,}(.*)").fullmatch
_RULE = re.compile(r"[ 　]*[|｜][|｜:：ー―－‐ 　-]*[ー―－‐-][|｜:：ー―－‐ 　-]*").fullmatch
_LINK = re.compile(r"([\[［])([^\[\]［］\n]+)([\]］])[ 　]?([（(])(https?://[^\s（）()]+)([）)])")
_STARS = re.compile(r"(＊{1,2})([^＊\s][^＊\n]*?)\1")
_NOTE = re.compile(r"\[\^([^\]\n]*[ 　][^\]\n]*)\]")


def _line(line: str) -> str:
    """What `line` as a whole was meant to be, "" if it is right."""
    if found := _HEADING(line):
        signs, gap, rest = found.groups()
        if "＃" in signs or not gap or gap[0] == "　":
            return f"{'#' * len(signs)} {rest}"
    if found := _QUOTE(line):
        return f"> {found[1]}"
    if found := _ITEM(line):
        return f"{found[1]} {found[2]}"
    if found := _FENCE(line):
        return f"```{found[1]}"
    if _RULE(line) and re.search("[｜ー―－‐：]", line):
        cells = re.split("[|｜]", line.strip(" 　").strip("|｜"))
        return f"| {' | '.join('---' for _ in cells)} |"
    return ""


def _within(line: str) -> Iterator[tuple[str, str]]:
    for found in _LINK.finditer(line):
        brackets = found[1] + found[3] + found[4] + found[6]
        if brackets != "[]()":
            yield found.group(), f"[{found[2]}]({found[5]})"
    for found in _STARS.finditer(line):
        yield found.group(), found.group().replace("＊", "*")
    for found in _NOTE.finditer(line):
        yield found.group(), f"[^{re.sub('[ 　]+', '-', found[1].strip())}]"
