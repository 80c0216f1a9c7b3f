"""Whether the quoted words are the source's own, and are set apart from ours."""

import re
from collections.abc import Iterator
from itertools import pairwise

from msgspec import Struct

from sitegen.diagnostics.model import Diagnostic, Location
from sitegen.model import Quote, Span
from sitegen.quotation import elision
from sitegen.quotation.places import Typed, place


class _Read(Struct, frozen=True):
    """A quotation's words as the rules read them."""

    quote: Quote
    words: str
    lines: tuple[str, ...]
    is_japanese: bool


class _Found(Struct, frozen=True):
    """A fault of quoted words, and those that are wrong."""

    code: str
    words: str
    arguments: dict[str, str] = {}
    variant: str = ""


def faults(quote: Quote, typed: Typed, since: Location) -> Iterator[Diagnostic]:
    """The faults of the words of `quote`, which stand below the line of `since`."""
    words = elision.plain(quote.paragraphs)
    if not words:
        return
    lines = tuple(line for line in words.split("\n") if line.strip())
    read = _Read(quote, words, lines, _KANA.search(words) is not None)
    for check in _CHECKS:
        for found in check(read):
            at = place(typed, found.words, since)
            yield Diagnostic(found.code, at, found.arguments, found.variant)


_KANA = re.compile("[ぁ-ゖァ-ヺ]")


# ---------------------------------------------------------------- ours among the source's

_NOTE = re.compile(  # （引用者注：…）, ※筆者補, （傍点は引用者）, (emphasis mine)
    r"(?:[（(\[［【]\s*※?\s*|※\s*)(?:引用者|転載者|筆者|管理人|ブログ主|当ブログ)"
    r"(?:に?よる)?\s*(?:注|註|補|追記|加筆|コメント|感想|[：:])[^）)\]］】\n]{0,40}[）)\]］】]?"
    r"|[（(](?:傍点|強調|下線|太字|傍線|圏点)(?:部分?)?[はも、]?(?:引用者|筆者)[^）)\n]{0,8}[）)]"
    r"|\((?:emphasis|italics|bold) (?:mine|ours|added)\)",
)
_CHAT = re.compile(  # （笑）, すごいｗｗｗ, ←これ
    r"[（(](?:笑|爆笑|苦笑|失笑|嘲笑|泣|汗|怒|爆|呆)[）)]"
    r"|(?<=[ぁ-ヿ一-鿿！？。、])(?:ｗ+|w{2,})(?![A-Za-z0-9.])"
    r"|(?<!→)←(?!→)[ \t　]?[^\s→。、]{1,20}"
)
# One of these is in every sign; most quotations hold none, and the expressions are slow.
_NOTE_HINTS = ("引用者", "転載者", "筆者", "管理人", "ブログ", "mine)", "ours)", "added)")
_CHAT_HINTS = ("笑", "泣", "汗", "怒", "爆", "呆", "ｗ", "ww", "←")


def _remarks(read: _Read) -> Iterator[_Found]:
    """What only the one who quotes, or a speaker, would write; signs of talk are theirs in talk."""
    words = read.words
    found = _NOTE.search(words) if any(hint in words for hint in _NOTE_HINTS) else None
    chats = not read.quote.source.is_talk and any(hint in words for hint in _CHAT_HINTS)
    if not found and chats:
        found = next((sign for sign in _CHAT.finditer(words) if not _is_said(sign)), None)
    if found:
        yield _Found("comment-in-quote", found.group(), {"text": found.group()})


def _is_said(sign: re.Match[str]) -> bool:
    """Whether `sign` stands within 「」 of its line: somebody is being quoted there."""
    before = sign.string[sign.string.rfind("\n", 0, sign.start()) + 1 : sign.start()]
    return before.count("「") > before.count("」")


_EMPHASIS = re.compile(  # **強調**, __強調__, ==強調==, <b>強調</b>, 《《強調》》
    r"\*\*(?![\s\d*])[^*\n]{1,200}(?<!\s)\*\*"
    r"|(?<![A-Za-z0-9_])__(?=[^_\n]*[^\x00-\x7f]|[^_\n]* )(?!\s)[^_\n]{1,200}__"
    r"|==(?=[^=\n]*[^\x00-\x7f])(?!\s)[^=\n]{1,200}=="
    r"|<(strong|em|b|i|u|mark)>[^<\n]{1,200}</\1>"
    r"|《《[^《》\n]{1,200}》》"
)
# 〔強調は引用者〕, which says whose it is.
_WHOSE = re.compile("[〔\\[［](?=[^〕\\]］\\n]*(?:強調|傍点|太字|下線|傍線|圏点|emphasis|italics))")


def _emphasis(read: _Read) -> Iterator[_Found]:
    """Signs of emphasis, which somebody must have put there."""
    words = read.words
    if read.quote.emphasis or not any(hint in words for hint in _EMPHASIS_HINTS):
        return
    if (found := _EMPHASIS.search(words)) and not _WHOSE.search(words):
        yield _Found("emphasis-unmarked", found.group(), {"text": found.group()})


_EMPHASIS_HINTS = ("**", "__", "<", "《", "=")
_SIGNS = re.compile(r"\*\*|__|==|</?[a-z]+>|《《|》》")


def unemphasised(typed: str) -> str:
    """`typed` without its signs of emphasis, which are no characters where it was quoted from."""
    return _EMPHASIS.sub(lambda found: _SIGNS.sub("", found.group()), typed)


_IMAGE = re.compile(r"!\[[^\]\n]*\]\([^)\n]*\)|<img\b[^>\n]*>").search


def _images(read: _Read) -> Iterator[_Found]:
    """An image written as Markdown or HTML, which is no image in a text without markup."""
    if ("](" in read.words or "<img" in read.words) and (found := _IMAGE(read.words)):
        yield _Found("image-in-quote", found.group(), {"text": found.group()})


# ---------------------------------------------------------------- what is left out

_CLOSED = re.compile(  # a line that ends as a sentence, a heading, a letter or a message does
    r"[。．｡.！？!?‼⁇⁈⁉」｣』）)】〕］\]》〉≫>”\"’'…‥―—－〜～：:；;〟☀-➿\ufe0f\U0001f000-\U0001faff]\s*\Z"
    r"|^\s*(?:以上|敬具|了)\s*\Z|https?://[!-~]+\s*\Z"
    r"|年\d{1,2}月\d{1,2}日\s*\Z|\d[-－‐–]\d{3,4}\s*\Z|[!-~]@[!-~]+\s*\Z"  # dates, telephones, mail
).search
_LISTED = re.compile(  # ・項目, 1. 項目, ①項目
    r"[\s　]*(?:[・●○■□◆◇▼▽▲△★☆※*＊•–-]|[0-9０-９]{1,2}[.．)）、]|[①-⑳])"
).match
# What begins neither a sentence nor a word; ーー is a dash.
_CUT_OPEN = re.compile(r"[\s　]*(?!ーー)[、。，．」』）)】〕ぁぃぅぇぉっゃゅょゎー々]").match
_RUNS_ON = re.compile(r"[、，をはがにのもと]\s*\Z").search  # a comma or a particle, at the end
_SENTENCE = 40  # characters: a headline, which may end in a particle, is shorter
_SHOWN = 12  # characters of a line that are pointed at


def _cuts(read: _Read) -> Iterator[_Found]:
    """A beginning or an end in the middle of a sentence, without a mark.

    Only prose is looked at: what has no full stop may be a headline, a list or a poem.
    """
    quote = read.quote
    if quote.source.is_talk or quote.source.kind == "law" or not read.lines:
        return
    first, last = read.lines[0], read.lines[-1]
    if read.is_japanese and _CUT_OPEN(first) and not _is_elided(quote.paragraphs[0][0]):
        yield _Found("cut-unmarked", first[:_SHOWN], {"text": first.strip()[:_SHOWN]}, "beginning")
    if quote.elided or _CLOSED(last) or _LISTED(last) or _is_elided(quote.paragraphs[-1][-1]):
        return
    prose = "。" in read.words if read.is_japanese else _FULL_STOP(read.words) is not None
    if prose or (len(last) >= _SENTENCE and read.is_japanese and _RUNS_ON(last)):
        yield _Found("cut-unmarked", last[-_SHOWN:], {"text": last.strip()[-_SHOWN:]})


# In English: … it. Then …
_FULL_STOP = re.compile(r"[a-z][.!?][\"”’')\]]*\s+[“\"‘'(\[]?[A-Z]").search


def _is_elided(span: Span) -> bool:
    return span.kind == "elision"


# A line of ……, or ・・・.
_DOTS = re.compile(r"[\s　]*(?:[…‥]{1,6}|\.{2,}|・{2,}|･{2,}|。{2,}|．{2,})[\s　]*").fullmatch


def _ellipses(read: _Read) -> Iterator[_Found]:
    """Dots that stand alone on a line: they may be the source's own, or an elision."""
    found = next((line for line in read.lines if _DOTS(line)), None)
    if found:
        yield _Found("elision-ambiguous", found.strip(), {"mark": found.strip()})


def _marks(read: _Read) -> Iterator[_Found]:
    """The first elision mark that the source itself might have written."""
    for paragraph in read.quote.paragraphs:
        for span in paragraph:
            if span.kind != "elision" or span.text[0] == "〔":
                continue
            if read.is_japanese or not span.text.startswith("["):
                arguments = {"mark": span.text.strip(), "meant": elision.preferred(span.text)}
                yield _Found("elision-style", span.text.strip(), arguments)
                return


# ---------------------------------------------------------------- lines, language

# Characters of a line of print, and how many of them may be missing at its end.
_JAPANESE_WIDTH, _JAPANESE_RAGGED = 18, 3
_LATIN_WIDTH, _LATIN_RAGGED = 45, 18


def _wrapped(read: _Read) -> Iterator[_Found]:
    """Lines that end where a page or a mail broke them, not where a paragraph ends.

    They are about as long as the longest, and the sentence goes on in the next one.
    """
    lines = read.lines
    if len(lines) <= 2 or read.quote.source.kind == "law":  # noqa: PLR2004 -- two may be a verse
        return
    narrow, ragged = (
        (_JAPANESE_WIDTH, _JAPANESE_RAGGED) if read.is_japanese else (_LATIN_WIDTH, _LATIN_RAGGED)
    )
    widest = max(map(len, lines))
    if widest < narrow or ("。" not in read.words and read.is_japanese):
        return
    broken = [
        line
        for line, following in pairwise(lines)
        if widest - len(line) <= ragged and _goes_on(line, following, japanese=read.is_japanese)
    ]
    if len(broken) > 1 and len(broken) * 2 >= len(lines) - 1:
        yield _Found("quote-hard-wrapped", broken[0][:_SHOWN], {"count": str(len(broken))})


def _goes_on(line: str, following: str, *, japanese: bool) -> bool:
    """Whether the sentence of `line` goes on in the `following` line."""
    if _CLOSED(line) or _LISTED(following) or following[0] in "\u3000 「『（【":
        return False
    return japanese or following[0].islower()


_LETTER = re.compile(r"[^\W\d_]")
_SHARE = 0.2  # of the letters: an English text may hold a Japanese word


def _translations(read: _Read) -> Iterator[_Found]:
    """Japanese words of a source in another language: somebody has translated them."""
    quote = read.quote
    lang = quote.source.lang.lower().partition("-")[0]
    if not read.is_japanese or lang in {"", "ja", "jpn", "und", "mul"}:
        return
    if quote.translation or quote.translator or quote.original:
        return
    if len(_KANA.findall(read.words)) >= _SHARE * len(_LETTER.findall(read.words)):
        yield _Found("translation-unmarked", "", {"lang": quote.source.lang})


_CHECKS = (_remarks, _emphasis, _images, _cuts, _ellipses, _marks, _wrapped, _translations)
