"""Emphasis that works beside Japanese punctuation: `**「強調」**です` is strong.

CommonMark's rule (0.31.2, 6.2) asks for a blank on the outer side of a mark that has punctuation
on its inner side, which Japanese never has. As the CJK-friendly amendment to it proposes, a mark
beside a CJK character may open and close whatever stands on its other side. Everything else is
CommonMark's, but that combining marks are letters, which mistune takes for punctuation.
"""

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from typing import Any

from msgspec import Struct

Token = dict[str, Any]

_RUN = re.compile(r"\*+|_+")
_OBJECT = "\ufffc"  # a symbol: stands for a link, code, an image or a tag, which end in punctuation


def finalized(tokens: list[Token], depth: int) -> list[Token]:
    """`tokens` of one level with their emphasis nested, at most `depth` levels deep."""
    texts = (token["raw"] for token in tokens if token["type"] == "text")
    if depth < 1 or not any("*" in text or "_" in text for text in texts):
        return tokens
    items = list(_items(tokens))
    _pair([item for item in items if isinstance(item, _Run)])
    return _Tree(depth).built(items)


class _Run(Struct):
    """A run of one mark: how many are left, and what it closed and opened, innermost first."""

    mark: str
    position: int
    length: int
    left: int
    opens: bool
    closes: bool
    closed: list[int]  # sizes: 1 is emphasis, 2 is strong
    opened: list[int]

    @property
    def kind(self) -> tuple[str, bool, int]:
        """What decides, beside what is open, whether the run can close it."""
        return self.mark, self.opens, self.length % 3


def _items(tokens: list[Token]) -> Iterator[_Run | Token]:
    """The runs among `tokens`, and the tokens with the text between runs."""
    parts = [_shown(token) for token in tokens]
    shown, start = "".join(parts), 0
    for token, part in zip(tokens, parts, strict=True):
        position, end = start, start + len(part)
        if token["type"] != "text" or not token.get("_emphasis", True):
            yield token
        elif "*" in part or "_" in part:
            for found in _RUN.finditer(shown, start, end):
                if found.start() > position:
                    yield {"type": "text", "raw": shown[position : found.start()]}
                position = found.end()
                yield _run(shown, found.start(), position)
            if position < end:
                yield {"type": "text", "raw": shown[position:end]}
        elif part:
            yield token
        start = end


def _shown(token: Token) -> str:
    """The text of `token` as its neighbours see it."""
    if token["type"] == "text":
        return str(token["raw"])
    if token["type"] in {"softbreak", "linebreak"}:
        return "\n"
    return str(token.get("_autolink", _OBJECT))


def _run(text: str, start: int, end: int) -> _Run:
    """The run of marks in `text`, and whether it may open and close (6.2, "flanking")."""
    before, after = _before(text, start), _class(text[end : end + 1] or "\n")
    opens, closes = not after.space, not before.space
    if opens and closes:
        if text[start] == "_":
            opens, closes = before.sign, after.sign
        else:
            cjk = before.cjk or after.cjk
            opens, closes = (
                cjk or before.sign or not after.sign,
                cjk or after.sign or not before.sign,
            )
    length = end - start
    return _Run(text[start], start, length, length, opens, closes, [], [])


# ---------------------------------------------------------------- characters


class _Class(Struct, frozen=True):
    """What matters of a character beside a mark; a `sign` is punctuation or a symbol."""

    space: bool
    sign: bool
    cjk: bool


def _before(text: str, start: int) -> _Class:
    """The class of what stands before `start`: a variation selector belongs to a character."""
    last = text[start - 1 : start] or "\n"
    if "\ufe00" <= last <= "\ufe0e" and start > 1:
        base = _class(text[start - 2])
        wide = last == "\ufe01" and text[start - 2] in "“”‘’"
        return _Class(space=False, sign=base.sign, cjk=base.cjk or wide)
    ideographic = "\U000e0100" <= last <= "\U000e01ef"
    return _Class(space=False, sign=False, cjk=True) if ideographic else _class(last)


def is_cjk(character: str) -> bool:
    """Whether `character` is of the CJK scripts, their punctuation and wide forms included."""
    return _CJK(character) is not None


@lru_cache(maxsize=8192)
def _class(character: str) -> _Class:
    if character in "\t\n\f\r" or unicodedata.category(character) == "Zs":
        return _Class(space=True, sign=False, cjk=False)
    sign = unicodedata.category(character)[0] in "PS"
    return _Class(space=False, sign=sign, cjk=_CJK(character) is not None)


# East_Asian_Width W, F or H (UAX #11) without Emoji_Presentation (UTS #51), and Script=Hangul. By
# ranges: Python's own table is as old as Python.
_CJK = re.compile(
    "[\u1100-\u11ff\ua960-\ua97c\uac00-\ud7fb"  # Hangul
    "\u20a9\u2329\u232a\u2630-\u2637\u268a-\u268f"  # won, brackets, trigrams
    "\u2e80-\u303e\u3041-\ua4c6\uf900-\ufaff"  # radicals, kana, ideographs, Yi
    "\ufe10-\ufe19\ufe30-\ufe6b\uff01-\uffdc\uffe0-\uffe6\uffe8-\uffee"  # forms of other widths
    "\U00016fe0-\U00018df2\U0001aff0-\U0001b2fb\U0001d300-\U0001d376"  # Tangut, old kana, Taixuan
    "\U0001f200\U0001f202\U0001f210-\U0001f219\U0001f21b-\U0001f22e\U0001f230\U0001f231\U0001f237"
    "\U0001f23b\U0001f240-\U0001f248\U0001f260-\U0001f265"  # enclosed ideographs that are no emoji
    "\U00020000-\U0003fffd]"
).match


# ---------------------------------------------------------------- pairs


def _pair(runs: list[_Run]) -> None:
    """Notes in `runs` which closes which (CommonMark 0.31.2, "process emphasis")."""
    stack: list[_Run] = []  # that may still open
    bottoms: dict[tuple[str, bool, int], int] = {}  # what lies lower cannot be closed by this kind
    for run in runs:
        while run.closes and run.left and (at := _opener(stack, run, bottoms)) >= 0:
            opener = stack[at]
            size = 2 if min(opener.left, run.left) > 1 else 1
            opener.opened.append(size)
            run.closed.append(size)
            opener.left -= size
            run.left -= size
            del stack[at + 1 if opener.left else at :]
        if run.closes and run.left:
            bottoms[run.kind] = run.position
        if run.opens and run.left:
            stack.append(run)


def _opener(stack: list[_Run], closer: _Run, bottoms: dict[tuple[str, bool, int], int]) -> int:
    """Where in `stack` the nearest run is that `closer` may close, -1 if there is none."""
    bottom = bottoms.get(closer.kind, -1)
    for at in range(len(stack) - 1, -1, -1):
        opener = stack[at]
        if opener.position < bottom:
            break
        if opener.mark == closer.mark and not _clash(opener, closer):
            return at
    return -1


def _clash(opener: _Run, closer: _Run) -> bool:
    """Rules 9 and 10: lengths that add up to a multiple of 3, where one of both could be both."""
    both = opener.closes or closer.opens
    return both and (opener.length + closer.length) % 3 == 0 and closer.length % 3 != 0


# ---------------------------------------------------------------- nesting


class _Tree:
    """Tokens on their way into each other."""

    def __init__(self, depth: int) -> None:
        self.depth = depth
        self.levels: list[list[Token]] = [[]]
        self.marks: list[str] = []  # that are open

    def built(self, items: list[_Run | Token]) -> list[Token]:
        """The tokens of the outermost level."""
        for item in items:
            if isinstance(item, _Run):
                for _ in item.closed:
                    self._close()
                if item.left:
                    self.levels[-1].append({"type": "text", "raw": item.mark * item.left})
                for size in reversed(item.opened):
                    self._open(item.mark * size)
            else:
                self.levels[-1].append(item)
        return self.levels[0]

    def _open(self, mark: str) -> None:
        self.marks.append(mark)
        if len(self.marks) <= self.depth:
            self.levels.append([])
        else:  # too deep: the marks stay as they were typed
            self.levels[-1].append({"type": "text", "raw": mark})

    def _close(self) -> None:
        shallow, mark = len(self.marks) <= self.depth, self.marks.pop()
        if shallow:
            children = self.levels.pop()
            kind = "strong" if len(mark) > 1 else "emphasis"
            self.levels[-1].append({"type": kind, "children": children})
        else:
            self.levels[-1].append({"type": "text", "raw": mark})
