"""The text of a quotation -> paragraphs with its marks set apart, no character altered."""

import re

from msgspec import Struct

from sitegen.model import Span


class Text(Struct, frozen=True):
    """A quotation's text; `elided` are the elision marks that ended it, as typed."""

    paragraphs: tuple[tuple[Span, ...], ...]
    elided: str = ""


# An elision mark is pieced together of these: （以下3行略：引用者）, 〔全文はリンク先へ〕, ……中略……
_OPEN, _CLOSE = "[〔（(\\[［【〈《≪＜<｛{]", "[〕）)\\]］】〉》≫＞>｝}]"
_COUNT = "(?:以下)?(?:[0-9０-９一二三四五六七八九十]+|数)(?:行|段落|文)"
_WHAT = rf"一部|文中|途中|以下は?|{_COUNT}|前文|本文|脚?[注註](?:番号)?|図表?|表"
_WORDS = (
    rf"(?:引用者|筆者)?(?:{_WHAT})?[、 　]?(?:[前中後下省][ 　]?略|引用略|略)"
    r"(?:[、・：:＝=—―－-]?(?:引用者|筆者))?"
)
_DOTS = r"…{1,6}|‥{1,6}|\.{3,6}|\.(?: \.){2,3}|．{3,6}|・{3,6}|･{3,6}"
_WHERE = (
    "(?:引用元|出典元?|ソース元?|元ソース|リンク先|[上下]記(?:リンク先?|URL)|元の?記事|元サイト|掲載元|配信元"
    "|転載元|こちら|URL先?|ウェブ|Web|公式サイト|本紙)(?:の?(?:サイト|ページ|記事|リンク))?"
)
_HOW = (
    "へ|で|にて|から|(?:を|も)?参照|(?:を|で|にて)?(?:ご覧|お読み|ご確認|ご参照)(?:ください|下さい)"
    "|[でへ]?どうぞ"
)
_REST = (
    "(?:この)?(?:記事の?)?(?:以下、?)?(?:全文|続き|つづき|残り|詳細|詳しく|本文)は?[、 　]?"
    rf"{_WHERE}(?:{_HOW})?"
)
_FLANK = r"[…‥―—─－〜～~＝=＊*-]{1,4}|(?<![ァ-ヺー])ー{1,4}|\.{3,6}|・{3,6}|･{3,6}"
_END = rf"(?:{_DOTS}|[。.→⇒])?"
_BRACKETED = (
    rf"{_OPEN}[ 　※]*(?:(?:{_DOTS})?(?:{_WORDS}(?:[。、]?{_REST})?|{_REST}"
    rf"|[Ss]nip|SNIP|[Oo]mitted){_END}|{_DOTS})[ 　]*{_CLOSE}"
)
_BARE = "[前中後下]略|以下略|以下省略|略"
ELISION = re.compile(
    rf"{_BRACKETED}"
    rf"|(?:{_FLANK})[ 　]?(?:{_BARE}|{_BRACKETED})[ 　]?(?:{_FLANK})"
    r"|(?m:^)[ 　]*中略[ 　]*(?m:$)"
)
# What only the end of a text can be: a line that leads to the rest, with or without brackets.
_FIGURE = "[ 　：:]*[0-9０-９,]+文?字"
_LEADING = (
    rf"{_REST}|(?:以下(?:は|、)?)?(?:引用元|ソース元?|元の?記事|リンク先)(?:{_HOW})|以下、?{_WHERE}"
    rf"|(?:{_WHERE}で)?(?:全文|続き|つづき|もっと)を?(?:読む|見る)"
    rf"|残り{_FIGURE}(?:[ 　]*[／/][ 　]*全文{_FIGURE})?"
)
_ENGLISH = (
    r"(?i:(?:read )?(?:(?:the )?(?:full|whole) (?:article|story|text)|the rest|more)"
    r"|continue(?:d|s| reading)?)"
    r"(?: (?:at|in|on|from) (?:the )?(?:source|link|original|article|site))?"
)
_TRAILING = re.compile(
    rf"(?:(?:(?m:^)[ 　]*(?:{_FLANK})[ 　]?)?(?:{ELISION.pattern})"
    rf"|{_OPEN}[ 　※→…‥]*(?:{_LEADING}|{_ENGLISH}){_END}[ 　]*{_CLOSE}"
    rf"|(?:(?m:^)[ 　※→…‥]*|[※→])(?:{_LEADING}|以下略|以下省略|後略){_END}"
    r"|[…‥]{1,4}(?:以下略|以下省略|後略|下略)"
    r")\Z"
)
_LONGEST = 80  # characters of a mark, more or less
_DATELINE = re.compile(r"[\s　]*(【[^】\n]{1,24}】)")


def text(typed: str) -> Text:
    """The quotation that `typed` holds.

    With a blank line in it, blank lines separate paragraphs and newlines are line breaks; otherwise
    each line is a paragraph. Elision marks at the very end leave the text.
    """
    whole = typed.rstrip()
    end = _end(whole)
    kept = whole[:end].rstrip() if end < len(whole) else typed
    hints = _HINTS if _may_hold(kept, _HINTS) else ()
    paragraphs = [
        _spans(paragraph, hints, first=number == 0) for number, paragraph in enumerate(_split(kept))
    ]
    return Text(tuple(paragraphs), whole[end:])


def _end(whole: str) -> int:
    """Where the marks at the end of `whole` begin."""
    start, kept = len(whole), whole
    while True:
        first = max(0, len(kept) - _LONGEST)
        if not _may_hold(kept[first:], _END_HINTS):
            return start
        found = _TRAILING.search(kept, first)
        if not found:
            return start
        start = found.start()
        kept = kept[:start].rstrip()


def _split(typed: str) -> list[str]:
    """The paragraphs of `typed`: separated by blank lines if there are any, else each line."""
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


def _spans(paragraph: str, hints: tuple[str, ...], *, first: bool) -> tuple[Span, ...]:
    """The spans of `paragraph`, which is looked through for marks if it has one of `hints`."""
    spans = []
    dateline = _DATELINE.match(paragraph) if first else None
    if dateline and not ELISION.fullmatch(dateline[1]):
        spans.append(Span("dateline", dateline.group()))
        paragraph = paragraph[dateline.end() :]
    position = 0
    apart = _APART if _may_hold(paragraph, hints) else _BREAK
    for found in apart.finditer(paragraph):
        if found.start() > position:
            spans.append(Span("text", paragraph[position : found.start()]))
        spans.append(Span("break" if found.group() == "\n" else "elision", found.group()))
        position = found.end()
    if position < len(paragraph):
        spans.append(Span("text", paragraph[position:]))
    return tuple(spans)


_APART, _BREAK = re.compile(rf"\n|{ELISION.pattern}"), re.compile(r"\n")
# One of these is in every mark. To look for them takes a hundredth of trying the expressions.
_HINTS = (
    "略", "…", "‥", "..", ". .", "．．", "・・・", "･･･", "nip", "NIP", "mitted",
    "全文", "続き", "つづき", "残り", "詳", "本文",
)  # fmt: skip
_END_HINTS = (
    *_HINTS, "引用元", "ソース", "記事", "元", "以下", "もっと", "リンク",
    "read", "Read", "ore", "tory", "rticle", "ext", "ontinue", "rest",
)  # fmt: skip


def _may_hold(text: str, hints: tuple[str, ...]) -> bool:
    return any(hint in text for hint in hints)


def plain(paragraphs: tuple[tuple[Span, ...], ...]) -> str:
    """The source's own words: paragraphs as lines, without elision marks."""
    return "\n".join(
        "".join(span.text for span in paragraph if span.kind != "elision")
        for paragraph in paragraphs
    )


def preferred(mark: str) -> str:
    """The mark that no text has of its own, in the place of `mark`."""
    word = next((word for word in ("前略", "後略", "下略", "以下") if word in mark), "中略")
    return "〔以下略〕" if word == "以下" else f"〔{word}〕"
