"""A quotation and its source -> the link to the very passage, or none rather than a guess.

Text fragments (https://wicg.github.io/scroll-to-text-fragment/): a browser finds a term only if it
begins and ends where words do, which in Japanese is certain at punctuation and nowhere else, and
only within one block of the page. So two short terms are given, the first and the last words.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator
from itertools import islice, zip_longest
from unicodedata import normalize

from msgspec import Struct

from sitegen import urls
from sitegen.model import Source, Span
from sitegen.quotation.elision import Text

# Columns: a Latin letter is one, a kanji two. Fewer than `_MIN` may stand anywhere on a page.
_MIN, _LOW, _HIGH, _MAX = 16, 20, 128, 300
_SIZES = ((_LOW, _HIGH), (_LOW, _MAX), (_MIN, _HIGH))  # least and most, best first
_LINE = 48  # an unpunctuated line of more may be one that was wrapped, and end inside a word

_TRIED = 64  # places at which a term may begin or end

_BRACKET, _EDGE, _CLAUSE, _SENTENCE = range(4)  # how good a place is to cut
_Cuts = list[tuple[int, int]]  # places in a run, in order, each with its rank

_SPOKEN = {"video", "broadcast"}  # their pages do not hold the words


class _Run(Struct, frozen=True):
    """Words that stand together; whether a word surely begins, and ends, with them."""

    words: str
    opens: bool
    closes: bool


class _Term(Struct, frozen=True):
    """A part of the run with this number."""

    run: int
    begin: int
    end: int


def passage(typed: Text, source: Source) -> str:
    """The URL that leads to what `typed` quotes in `source`, "" if none is sure to.

    A page of a PDF is opened by its number (RFC 8118, section 3).
    """
    address, _, fragment = source.url.partition("#")
    fragment = fragment.partition(":~:")[0]
    if not address:
        return ""
    if _is_pdf(address):
        return _page(address, fragment, source.locator)
    if source.kind in _SPOKEN:
        return ""
    for directive in _directives(typed):
        made = f"{address}#{fragment}:~:text={directive}"
        if len(made) <= urls.MAX_URL:
            return made
    return ""


def expected(typed: Text, source: Source) -> bool:
    """Whether a link to the passage may be expected: a page of the web, and words enough."""
    if not source.url or _is_pdf(source.url.partition("#")[0]) or source.kind in _SPOKEN:
        return False
    return sum(_columns(run.words) for run in _runs(typed)) >= 2 * _LOW


# ---------------------------------------------------------------- a page of a PDF


def _is_pdf(address: str) -> bool:
    return address.partition("?")[0].lower().endswith(".pdf")


def _page(address: str, fragment: str, locator: str) -> str:
    found = _NUMBER.search(normalize("NFKC", locator).lower())
    number = int(found[1] or found[2]) if found else 0
    kept = [part for part in fragment.split("&") if part and not part.startswith("page=")]
    made = f"{address}#{'&'.join([f'page={number}', *kept])}"
    return made if number and len(made) <= urls.MAX_URL else ""


_NUMBER = re.compile(  # p. 12, pages 3, 12頁, 12〜15ページ; not 全12頁, which counts them
    r"(?<![a-z])(?:pp?|pages?) *\.? *([0-9]{1,5})(?![0-9])"
    r"|(?<![全0-9])([0-9]{1,5})(?: *[-–—~〜、,・] *第?[0-9]{1,5})* *(?:頁|ページ|pp?(?![a-z]))"
)

# ---------------------------------------------------------------- terms


def _directives(typed: Text) -> Iterator[str]:
    """What may follow `text=`, best first."""
    runs = tuple(_runs(typed))
    start = _start(runs)
    if not start:
        return
    end = _end(runs, start.run)
    if end and end.run == start.run and end.begin < start.end:
        if end.end > start.end:
            yield _encoded(runs, _Term(start.run, min(start.begin, end.begin), end.end))
    elif end:
        yield f"{_encoded(runs, start)},{_encoded(runs, end)}"
    yield _encoded(runs, start)


def _encoded(runs: tuple[_Run, ...], term: _Term) -> str:
    """The characters as typed, percent-encoded; a hyphen would be syntax."""
    return urls.encoded(runs[term.run].words[term.begin : term.end]).replace("-", "%2D")


def _start(runs: tuple[_Run, ...]) -> _Term | None:
    """The term that is found first: as near to the beginning as there is a sure one."""
    for least, most in _SIZES:
        for number, cuts, begin in islice(_begins(runs), _TRIED):
            ends = [(begin, place, rank) for place, rank in _within(cuts, begin, begin + most)]
            if found := _best(runs[number].words, ends, least, most):
                return _Term(number, *found)
    return None


def _end(runs: tuple[_Run, ...], first: int) -> _Term | None:
    """The term that ends the passage, in no run before the `first`: as near to its end as is sure.

    It is looked for behind the start only, so that nearness comes before size.
    """
    for number, cuts, end in islice(_ends(runs, first), _TRIED):
        for least, most in _SIZES:
            begins = [(place, end, rank) for place, rank in _within(cuts, end - most, end)]
            if found := _best(runs[number].words, begins, least, most):
                return _Term(number, *found)
    return None


def _begins(runs: tuple[_Run, ...]) -> Iterator[tuple[int, _Cuts, int]]:
    """Where the passage may be said to begin: the number and the cuts of a run, a place in it."""
    for number, run in enumerate(runs):
        cuts = _cuts(run)
        yield from ((number, cuts, place) for place, rank in cuts if rank != _BRACKET)


def _ends(runs: tuple[_Run, ...], first: int) -> Iterator[tuple[int, _Cuts, int]]:
    """Where it may be said to end, the last place first.

    The end of what was quoted may lie inside a sentence: punctuation before it is surer.
    """
    for number in range(len(runs) - 1, first - 1, -1):
        cuts = _cuts(runs[number])
        places = [(place, rank) for place, rank in reversed(cuts) if rank != _BRACKET]
        places.sort(key=lambda cut: cut[1] == _EDGE)
        yield from ((number, cuts, place) for place, _ in places)


def _within(cuts: _Cuts, low: int, high: int) -> _Cuts:
    return cuts[bisect_left(cuts, (low,)) : bisect_left(cuts, (high + 1,))]


def _best(
    words: str, spans: list[tuple[int, int, int]], least: int, most: int
) -> tuple[int, int] | None:
    """Of spans with the rank of their cut the best: the shortest sentence, else the longest."""
    found = []
    for begin, end, rank in spans:
        low, high = _trimmed(words, begin, end)
        part = words[low:high]
        size = _columns(part)
        if least <= size <= most and not _RISK.search(part):
            found.append((rank, -size if rank == _SENTENCE else size, low, high))
    return max(found)[2:] if found else None


def _trimmed(words: str, begin: int, end: int) -> tuple[int, int]:
    """The span without the blanks, commas and bullets around it."""
    part = words[begin:end]
    return begin + len(part) - len(part.lstrip(_AROUND)), begin + len(part.rstrip(" \t　、，,"))


def _columns(words: str) -> int:
    # In UTF-8 a Latin letter takes one byte, a kanji three.
    return (len(words) + len(words.encode())) // 2


_AROUND = " \t　、，,■□◆◇●○▼▽▲△★☆※・>"

# What browsers and pages disagree about, or what pages show as pictures or as bold type.
_RISK = re.compile(
    "[\x00-\x1f\x7f-\x9f\xad<>&〜～\u0300-\u036f\u200b-\u200f\u2028-\u202e\u2060-\u206f\u3099\u309a"
    "\ue000-\uf8ff\ufe00-\ufe0f\ufeff\uff66-\uff9f\ufffd\U0001f000-\U0001faff"
    "\U000e0000-\U000e0fff]|[ \xa0]{2}|://|\\*\\*|《《"
)

# ---------------------------------------------------------------- where to cut

_OPENING, _CLOSING = "「『（(【〔［[《〈“", "」』）)】〕］]》〉”"
_SPACED = "0-9A-Za-z０-９Ａ-Ｚａ-ｚ\u00c0-\u024f\u0370-\u052f\uac00-\ud7a3"  # written with blanks
_CUT = re.compile(  # one set first: that is searched for fast
    rf"[。！？!?.．、,，;；:：{re.escape(_CLOSING + _OPENING)}](?:"
    rf"(?P<sentence>(?:(?<=[。！？])|(?<=[!?])(?!\w)|(?<=[.．])(?![{_SPACED}]))[{re.escape(_CLOSING)}]*)"
    rf"|(?P<clause>(?<=、)|(?<=[,，;；:：])(?![/{_SPACED}]))"
    rf"|(?<=[{re.escape(_CLOSING)}])|(?P<opening>(?<=[{re.escape(_OPENING)}])))"
)
_RANKS = {"sentence": _SENTENCE, "clause": _CLAUSE}
_WORD = re.compile(f"[{_SPACED}]")
# The number of an item: pages often leave it to the browser, whose numbers are not searched.
_LISTED = re.compile(r"^(?:\d{1,3}[.．)）]|[(（]\d{1,3}[)）])(?=\D)")
_NO_BEGINNING = re.compile("[ーゝゞヽヾ々ぁぃぅぇぉっゃゅょゎんァィゥェォッャュョヮンヵヶ]")


def _cuts(run: _Run) -> _Cuts:
    """The places where `run` may be cut, each with its rank, in order."""
    last, cuts = len(run.words), dict[int, int]()
    for found in _CUT.finditer(run.words):
        kind = found.lastgroup or ""
        rank, place = _RANKS.get(kind, _BRACKET), found.end() - (kind == "opening")
        cuts[place] = max(rank, cuts.get(place, rank))
    if run.opens:
        cuts[0] = _EDGE
    if run.closes or cuts.get(last) == _BRACKET:
        cuts[last] = max(_EDGE, cuts.get(last, _EDGE))
    return sorted(cuts.items())


def _runs(typed: Text) -> Iterator[_Run]:
    """What stands between line ends, elisions and the dateline, which pages set apart."""
    spans = _spans(typed)
    sure, before = True, ""  # whether a word surely begins here; the kind of the span before
    for span, after in zip_longest(spans, spans[1:]):
        if span.kind == "text":
            words = _LISTED.sub("", span.text.strip(_AROUND)).strip(_AROUND)
            closes = _closes(words, after, elided=bool(typed.elided))
            if words:
                opens = sure and not _NO_BEGINNING.match(words)
                yield _Run(words, opens or _spaced(words[0]), closes or _spaced(words[-1]))
            sure = closes or bool(_SENTENCE_END.search(words))
        elif span.kind == "elision":
            sure = sure and before != ""
        else:
            sure = sure or span.kind == "dateline" or before == "elision"
        before = span.kind


def _spaced(sign: str) -> bool:
    return bool(_WORD.match(sign))


def _spans(typed: Text) -> list[Span]:
    """All spans in turn; a new paragraph is a new line."""
    spans = [span for paragraph in typed.paragraphs for span in (*paragraph, Span("break", "\n"))]
    return spans[:-1]


def _closes(words: str, after: Span | None, *, elided: bool) -> bool:
    """Whether the end of `words`, without regard to punctuation, is the end of a word."""
    if after is None:
        return not elided
    return after.kind == "break" and _columns(words) <= _LINE


_SENTENCE_END = re.compile(rf"[。！？!?.．][{re.escape(_CLOSING)}]*\Z")
