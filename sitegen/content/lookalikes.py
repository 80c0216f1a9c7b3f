"""What looks like Markdown, but is none: signs of the wrong width, or without their blank."""

import re
from collections.abc import Iterator

from sitegen.content import hygiene

_BLANK = "[ \u3000\xa0]"  # pages that one copies from have the no-break one
_LETTER = "[\u3041-\u3096\u30a1-\u30fa\u3400-\u9fff\uf900-\ufaff]"  # kana and kanji


def suspicious(text: str) -> bool:
    """Whether anything in `text` has to be looked at line by line.

    Searches for single texts, and patterns that begin with one, take a tenth of others.
    """
    if any(sign in text for sign in _SIGNS):
        return True
    return any(sign in text and search(text) for sign, search in _SEARCHES)


# All that the patterns below find holds one of `_SIGNS`, or one of `_SEARCHES` finds it, too.
_SIGNS = (*"＃＞｀＊＋－［］｛｝｜≪＾", "（http", "] (http", "]（/", "ー ", "ーーー")
_SEARCHES = tuple(
    (sign, re.compile(pattern).search)
    for sign, pattern in (
        ("　", "[-*+.)#ー]　|　[#>*+`-]|　[0-9]+[.)]"),
        ("\xa0", "[-*+.)#ー]\xa0|\xa0[#>*+`-]|\xa0[0-9]+[.)]"),
        ("#", r"#[^#\s0-9]"),
        ("-", f"-{_LETTER}"),
        (".", rf"\.{_LETTER}"),
        ("´", "´[^`\n]*`"),
        ("[^", r"\[\^[^\[\]\n]*[ 　]|\]："),
        ("](", r"\]\([^()\n]*）|\]\([^()<>\"'\n]+[ 　][^()<>\"'\s]"),
        ("|", r"\|[^|\n]*[ー―－‐：]"),
    )
)


def meant(text: str) -> Iterator[tuple[int, str, str]]:
    """Where in the paragraph `text` what was typed, and what was surely meant."""
    if _DASHES(text):
        yield 0, text, "---"
        return
    if "´" in text and "``" not in text and len(_OPEN_TICK.findall(text)) > 1:
        for face in _FACE.finditer(text):
            yield face.start(), face.group(), face.group().replace("`", "\\`")
    lines = text.split("\n")
    ruled = any(_RULE(line) for line in lines)
    bare, start = _CODE.sub(_blanked, text) if "`" in text else text, 0
    for line in lines:
        typed = line.rstrip()
        if found := _line(typed) or (ruled and _row(typed)):
            yield start + len(line) - len(line.lstrip(" ")), typed.lstrip(" "), found
        else:
            yield from _within(line, bare[start : start + len(line)], start)
        start += len(line) + 1


def variant(typed: str, *, quoted: bool) -> str:
    """What kind of look-alike was `typed`; the signs of a `quoted` one are others'."""
    if _FACE.fullmatch(typed):
        return "face"
    if quoted:
        return "quoted"
    return "hashtag" if _AMBIGUOUS(typed) else ""


_CODE = re.compile(hygiene.CODE, re.DOTALL)
_OPEN_TICK = re.compile(r"(?<!\\)`")
_FACE = re.compile(r"(?<!`)[(（][^()（）`\n]*´[^()（）`\\\n]+`[^()（）`\n]*[)）](?!`)")  # (´・ω・`)


def _blanked(found: re.Match[str]) -> str:
    return " " * len(found.group())


# ---------------------------------------------------------------- whole lines

_DASHES = re.compile("ー{3,}|－{3,}").fullmatch  # a rule, typed with an IME
_HEADING = re.compile(  # ＃見出し; not the keycap #️⃣
    rf"({_BLANK}*)([#＃]{{1,6}})({_BLANK}*)([^#＃\s\ufe0f\u20e3].*)"
).fullmatch
_HASHTAG = re.compile(r"[0-9０-９]|.*[ 　][#＃]\S").match  # behind its sign: 1位, 港 #霧
_AMBIGUOUS = re.compile(r"[#＃][\w・]+").fullmatch  # a heading, or a hashtag alone on its line
_QUOTE = re.compile(  # ＞引用; not ＞＞5 or ＞1, which answer, nor a face
    rf"({_BLANK}*)([>＞]+){_BLANK}*+(?![0-9０-９])([^>＞＜]+)"
).fullmatch
_ITEM = re.compile(  # ＊　項目
    rf"({_BLANK}*)([-*+－＊＋ー]|[0-9]{{1,9}}[.)])({_BLANK}+)([^-*+－＊＋ー 　\xa0].*)"
).fullmatch
_TIGHT = re.compile(  # -項目, 1.項目; not -副題-
    rf"( {{0,3}})(-(?!.*[-－ー]$)|[0-9]{{1,2}}\.)({_LETTER}.*)"
).fullmatch
_FENCE = re.compile(  # ｀｀｀python
    rf" *(?:[　\xa0]{_BLANK}*`{{3,}}|{_BLANK}*｀{{3,}})([^`｀]*)"
).fullmatch
_RULE = re.compile(r"[ 　]*[|｜](?=.*[ー―－‐-])[|｜:：ー―－‐ 　-]*").fullmatch  # |ーー|：ー|
_NARROW = str.maketrans("＃＞－ー＊＋", "#>--*+")


def _line(line: str) -> str:
    """What `line` as a whole was meant to be, "" if it is right."""
    if found := _HEADING(line):
        lead, signs, gap, rest = found.groups()
        tag = not gap and _HASHTAG(rest)
        if not tag and (lead.strip(" ") or "＃" in signs or gap[:1] != " "):
            return f"{signs.translate(_NARROW)} {rest}"
    if (found := _QUOTE(line)) and (found[1].strip(" ") or "＞" in found[2]):
        return f"{found[2].translate(_NARROW)} {found[3]}"
    if found := _ITEM(line):
        lead, sign, gap, rest = found.groups()
        wide = lead.strip(" ")
        if wide or gap[0] != " " or sign in "－＊＋ー":
            return f"{'  ' if wide else ''}{sign.translate(_NARROW)} {rest}"
    if found := _TIGHT(line):
        return f"{found[2]} {found[3]}"
    if found := _FENCE(line):
        return f"```{found[1]}"
    if _RULE(line) and re.search("[｜ー―－‐：]", line):
        cells = re.split("[|｜]", line.strip(" 　").strip("|｜"))
        return f"| {' | '.join(map(_dashes, cells))} |"
    return ""


def _dashes(cell: str) -> str:
    """The dashes below a head, with the colons of `cell`."""
    cell = cell.strip(" 　").replace("：", ":")
    return ":" * cell.startswith(":") + "---" + ":" * (len(cell) > 1 and cell.endswith(":"))


def _row(line: str) -> str:
    """What a row with full-width bars was meant to be, "" without one; ruby has such a bar too."""
    return line.replace("｜", "|") if "｜" in line and "《" not in line else ""


# ---------------------------------------------------------------- within a line

_FILE = r"\.(?:md|html?|png|jpe?g|gif|webp|svg|pdf)"  # how the files that are linked to end
_LINK = re.compile(  # ［文］（https://…）
    r"([\[［])([^\[\]［］\n]+)([\]］])([ 　]?[（(])[ 　]?"
    rf"(https?://[^\s（）()]+|/[^\s（）()]+/|[^\s（）()]+{_FILE})"
    r"[ 　]?([）)])"
)
_SPACED = re.compile(  # ![霧](港 霧.png "題")
    r"(!?\[[^\[\]\n]*\])\(([^()<>\"'\s]++(?:[ 　]++[^()<>\"'\s]++)+)( +\"[^\"\n]*\")?\)"
)
_TARGET = re.compile(rf"https?://.*|/.*|.*{_FILE}").fullmatch
_STARS = re.compile(  # ＊＊強調＊＊; **霧 ** is none, but takes the stars of no other
    r"(?<![*＊0-9０-９])([*＊])([*＊])?([^*＊´｀^＾\n]+)[*＊](?(2)[*＊])(?![*＊0-9０-９])"
)
_TICKS = re.compile(r"(?<!｀)｀++([!-~ ]+)｀+")  # ｀code｀
_NOTE = re.compile(r"[\[［][\^＾]([^\[\]［］^＾\n]+)[\]］]([:：]?)")  # ［＾1］：
_BRACES = re.compile(r"[{｛]([^{}｛｝|｜\n]+)([|｜])([^{}｛｝\n]+)[}｝]")  # ｛漢字｜かんじ｝
_BAR = re.compile(r"[|｜]([^|｜≪≫《》\n]+)≪([^≪≫\n]+)≫")  # ｜漢字≪かんじ≫


def _within(line: str, bare: str, start: int) -> Iterator[tuple[int, str, str]]:
    """What was meant within `line`, which begins at `start`; in `bare` its code is blanks."""
    for pattern, wanted in _WANTED:
        for found in pattern.finditer(bare):
            typed = line[found.start() : found.end()]
            if (right := wanted(found)) and right != typed:
                yield start + found.start(), typed, right


def _link(found: re.Match[str]) -> str:
    return f"[{found[2]}]({found[5]})"


def _spaced(found: re.Match[str]) -> str:
    return f"{found[1]}(<{found[2]}>{found[3] or ''})" if _TARGET(found[2]) else ""


def _stars(found: re.Match[str]) -> str:
    tight = found[3] == found[3].strip()
    return found.group().replace("＊", "*") if tight else ""


def _ticks(found: re.Match[str]) -> str:
    return f"`{found[1]}`"


def _note(found: re.Match[str]) -> str:
    begins = not found.string[: found.start()].strip(" ")
    colon = ": " if begins and found[2] == "：" else found[2]
    return f"[^{re.sub('[ 　]+', '-', found[1].strip())}]{colon}"


def _braces(found: re.Match[str]) -> str:
    wide = re.search("[｛｜｝]", found.group()) and re.search(_LETTER, found.group())
    return f"{{{found[1]}|{found[3].replace('｜', '|')}}}" if wide else ""


def _bar(found: re.Match[str]) -> str:
    return f"｜{found[1]}《{found[2]}》"


_WANTED = (
    (_LINK, _link),
    (_SPACED, _spaced),
    (_STARS, _stars),
    (_TICKS, _ticks),
    (_NOTE, _note),
    (_BRACES, _braces),
    (_BAR, _bar),
)
