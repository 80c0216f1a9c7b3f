"""The text of a quotation -> paragraphs with its marks set apart, no character altered."""

import re

from msgspec import Struct

from sitegen.model import Span


class Text(Struct, frozen=True):
    """A quotation's text; `elided` is the elision mark that ended it, as typed."""

    paragraphs: tuple[tuple[Span, ...], ...]
    elided: str = ""


_WORDS = "前略|中略|後略|下略|以下略|以下省略|以下、?略|省略|略|…{1,4}|‥{1,4}|\\.{3,6}|・{3,6}"
_REST = (
    "(?:記事)?(?:全文|続き|つづき|残り|詳細|本文)は?、?"
    "(?:引用元|ソース|リンク先|元記事|元の記事|こちら)(?:へ|で|にて|から|を参照)?(?:…*|\\.*|。)"
)
ELISION = re.compile(
    rf"[〔（(\[［【〈](?:{_WORDS}|{_REST})[〕）)\]］】〉]"
    r"|…{1,4}(?:前略|中略|後略|以下略|略)…{1,4}",
)
_TRAILING = re.compile(rf"(?:{ELISION.pattern})\Z")
_DATELINE = re.compile(r"[\s　]*(【[^】\n]{1,24}】)")


def text(typed: str) -> Text:
    """The quotation that `typed` holds.

    With a blank line in it, blank lines part paragraphs and newlines are line breaks; otherwise
    each line is a paragraph. An elision mark at the very end leaves the text.
    """
    found = _TRAILING.search(typed.rstrip())
    elided = found.group() if found else ""
    kept = typed[: found.start()].rstrip() if found else typed
    paragraphs = [
        _spans(paragraph, first=number == 0) for number, paragraph in enumerate(_split(kept))
    ]
    return Text(tuple(paragraphs), elided)


def _split(typed: str) -> list[str]:
    lines = typed.strip("\n").split("\n")
    if all(line.strip() for line in lines):
        return lines
    paragraphs: list[list[str]] = [[]]
    for line in lines:
        if line.strip():
            paragraphs[-1].append(line)
        elif paragraphs[-1]:
            paragraphs.append([])
    return ["\n".join(paragraph) for paragraph in paragraphs if paragraph]


def _spans(paragraph: str, *, first: bool) -> tuple[Span, ...]:
    spans = []
    dateline = _DATELINE.match(paragraph) if first else None
    if dateline and not ELISION.fullmatch(dateline[1]):
        spans.append(Span("dateline", dateline.group()))
        paragraph = paragraph[dateline.end() :]
    position = 0
    for found in _APART.finditer(paragraph):
        if found.start() > position:
            spans.append(Span("text", paragraph[position : found.start()]))
        spans.append(Span("break" if found.group() == "\n" else "elision", found.group()))
        position = found.end()
    if position < len(paragraph):
        spans.append(Span("text", paragraph[position:]))
    return tuple(spans)


_APART = re.compile(rf"\n|{ELISION.pattern}")


def plain(paragraphs: tuple[tuple[Span, ...], ...]) -> str:
    """The source's own words: paragraphs as lines, without elision marks."""
    return "\n".join(
        "".join(span.text for span in paragraph if span.kind != "elision")
        for paragraph in paragraphs
    )
