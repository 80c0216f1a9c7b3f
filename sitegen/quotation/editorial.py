"""Whether the editorial is the main thing, and marks and attributes what it takes from others."""

import html
import re
from collections.abc import Iterator, Sequence

from msgspec import Struct

from sitegen import linkmarks, text, urls
from sitegen.diagnostics.model import Diagnostic, Location
from sitegen.model import Link, Named, Quote, Span
from sitegen.quotation import addresses, elision, measure
from sitegen.quotation.places import Quoted, Typed, beginning, place

_FREE = {"own", "law", "government"}  # kinds of sources that do not count as quoted

# Rules of thumb; no number makes a quotation one.
RATIO = 0.5  # quoted to own: Japan's newspapers ask for less quoted than written; half is a margin
QUOTED = 1_000  # characters of one quotation: about a page of a book and a half
WRITTEN = 300  # characters of an editorial: two paragraphs

# Characters by which words are found in the file: a few may stand elsewhere, many hold markup.
_SOUGHT = (measure.LEAK, 20, 10)


class Written(Struct, frozen=True):
    """An editorial, and what its author gave to stand for the post elsewhere."""

    html: tuple[str, ...]
    prose: str  # its text
    typed: Typed
    place: Location  # of the quotations as a whole
    blockquotes: tuple[tuple[str, Location], ...] = ()  # HTML of those by `>`, with their places
    links: tuple[Link, ...] = ()  # what the marks of images stand for
    summary: Named | None = None
    image: Link | None = None


def faults(quoted: Sequence[Quoted], written: Written) -> Iterator[Diagnostic]:
    """The faults of the editorial beside what is `quoted`, and of what stands for the post."""
    own, blocks = measure.blocks("\n".join(written.html))
    if not quoted and not blocks:
        return
    prose = text.plain(own) if blocks else written.prose
    bare, texts = text.bare(prose), [_bare(one.quote.paragraphs) for one in quoted]
    yield from _amounts(quoted, texts, blocks, len(bare), written.place)
    if shared := measure.leak(bare, texts):
        at = _copied(written.typed, shared)
        yield Diagnostic("quote-leak", at, {"length": str(len(shared)), "text": f"{shared[:20]}…"})
    yield from _unattributed(blocks, texts, written)
    yield from _images(quoted, written)
    if written.summary and _is_taken(written.summary.text, texts):
        yield Diagnostic("description-from-quote", written.summary.place)


def _copied(typed: Typed, words: str) -> Location:
    """Where `words` begin in the Markdown, found by as many of them as stand there on one line."""
    since = beginning(typed)
    found = (place(typed, words[:count], since) for count in _SOUGHT)
    return next((at for at in found if at is not since), since)


def _bare(paragraphs: tuple[tuple[Span, ...], ...]) -> str:
    return text.bare(elision.plain(paragraphs))


# ---------------------------------------------------------------- how much


def _amounts(
    quoted: Sequence[Quoted],
    texts: Sequence[str],
    blocks: Sequence[measure.Block],
    written: int,
    at: Location,
) -> Iterator[Diagnostic]:
    """What is said of the lengths of quotations and of the editorial, `written` characters.

    What is the author's own, or law or a government's notice (articles 13 and 32 (2)), does not
    count as quoted.
    """
    taken = 0
    for one, words in zip(quoted, texts, strict=True):
        length = 0 if _is_free(one) else _length(one.quote, words)
        taken += length
        if length > QUOTED:
            arguments = {"length": str(length), "limit": str(QUOTED)}
            yield Diagnostic("quote-long", one.place, arguments)
    taken += sum(text.length(text.plain(block.html)) for block in blocks)
    free = not blocks and all(map(_is_free, quoted))
    if not written:
        yield Diagnostic("editorial-missing", at, variant="free" if free else "")
    elif not free:
        if written < WRITTEN:
            arguments = {"length": str(written), "limit": str(WRITTEN)}
            yield Diagnostic("editorial-short", at, arguments)
        if taken > RATIO * written:
            ratio = f"{taken / written:.2f}"
            arguments = {"quoted": str(taken), "written": str(written), "ratio": ratio}
            yield Diagnostic("quote-ratio", at, arguments)


def _is_free(one: Quoted) -> bool:
    return one.quote.source.kind in _FREE


def _length(quote: Quote, words: str) -> int:
    """The characters of a quotation; of a translated one those that are in our language."""
    return len(_bare(quote.translation) if quote.translation else words)


# ---------------------------------------------------------------- whose words

_DASH = "[\\s　]*(?:[—―─–]{1,2}|--)[\\s　]*"
_LAST = r"\s*(?:</p>|\Z)"
# A link, 出典：市報, 『書名』, 市によると, 市報より引用, ―― 著者; （市報） where a paragraph ends.
_NAMED = re.compile(
    r"(?i:<a\s|<cite\b|\bcite=[\"']?[^\"'\s>])|出典|引用元|出所|典拠|参照|(?:引用|ソース)[：:]"
    r"|[Ss]ource:|『[^』]+』|によ(?:ると|れば)|(?:より|から)引用|[Aa]ccording to\b"
    rf"|[（(][^（）()]{{2,60}}より[）)]|より[。：:]?{_LAST}|(?:^|>|\n){_DASH}[^\s<—―─–-]"
    rf"|[。！？」]{_DASH}[^<。、—―─–-]{{1,60}}{_LAST}"
    rf"|(?:[。！？」]|<p>)[（(][^（）()]{{2,60}}[）)]{_LAST}"
)


def _unattributed(
    blocks: Sequence[measure.Block], texts: Sequence[str], written: Written
) -> Iterator[Diagnostic]:
    """Blockquotes that name no source, in them or beside them, and quote no lead again."""
    places = {text.bare(text.plain(shown)): at for shown, at in reversed(written.blockquotes)}
    for block in blocks:
        words = text.plain(block.html)
        bare = text.bare(words)
        if not bare or any(bare in one for one in texts):
            continue
        if not any(map(_NAMED.search, (block.html, block.before, block.after))):
            at = places.get(bare) or _begun(written.typed, block.html)
            yield Diagnostic("blockquote-unattributed", at, {"text": text.excerpt(words, 40)})


_RUN = re.compile(r"(?:<[^>]*>|\s)*([^<&\n]*)")  # the first words without tags and references
_OPENED = r"(?i:<blockquote\b)[^>]*>(?:<[^>]*>|[^\w<]){0,200}?"  # and signs of Markdown behind it


def _begun(typed: Typed, html: str) -> Location:
    """Where the first words of a blockquote by tags stand, else where the Markdown begins."""
    run = _RUN.match(html)
    words = run[1].strip() if run else ""
    body = typed.text.split("\n", typed.body - 1)[-1]
    found = re.search(f"{_OPENED}({re.escape(words)})", body)
    if not found:
        return beginning(typed)
    before = body[: found.start(1)]
    column = len(before) - before.rfind("\n")
    return Location(typed.path, typed.body + before.count("\n"), column, max(1, len(words)))


# ---------------------------------------------------------------- images

_SHOWN = re.compile(r'<img\b[^>]*?\ssrc="(https?:[^"]+)"')


def _images(quoted: Sequence[Quoted], written: Written) -> Iterator[Diagnostic]:
    """Images that lie with a source, in the editorial, in a quotation or for the whole post."""
    owners = {
        addresses.owner(one.quote.source.host)
        for one in quoted
        if one.quote.source.host and one.quote.source.kind != "own"
    }
    for one in quoted:
        if one.quote.image:
            at = place(written.typed, "image:", one.place)
            yield from _quoted_image(one.quote, at, owners)
    for part in written.html:
        for found in _SHOWN.finditer(part) if 'src="http' in part else ():
            if addresses.owner(urls.host(found[1])) in owners:
                at = place(written.typed, html.unescape(found[1]), beginning(written.typed))
                yield Diagnostic("hot-linking", at, {"host": urls.host(found[1])})
    if written.image:
        yield from _standing_image(quoted, written, written.image, owners)


def _standing_image(
    quoted: Sequence[Quoted], written: Written, image: Link, owners: set[str]
) -> Iterator[Diagnostic]:
    """Whether the post's own image, which is shown wherever it is shared, is a source's."""
    host = urls.host(image.target) if "://" in image.target else ""
    if host and addresses.owner(host) in owners:
        yield Diagnostic("og-image-from-source", image.place, {"host": host})
        return
    marks = (one.quote.image for one in quoted if one.quote.image and not _is_free(one))
    if image.target in (_target(mark, written.links) for mark in marks):
        yield Diagnostic("og-image-from-source", image.place, {"host": ""}, "quoted")


def _target(mark: str, links: Sequence[Link]) -> str:
    number = linkmarks.number(mark)
    return mark if number is None else links[number].target


def _quoted_image(quote: Quote, at: Location, owners: set[str]) -> Iterator[Diagnostic]:
    source = quote.source
    if not quote.alt:
        yield Diagnostic("image-alt", at)
    if not (source.author or source.site or source.publisher):
        yield Diagnostic("image-credit", at)
    host = urls.host(quote.image) if "://" in quote.image else ""
    if host and addresses.owner(host) in owners:
        yield Diagnostic("hot-linking", at, {"host": host})


# ---------------------------------------------------------------- what stands for the post

_PHRASE = 15  # characters: shorter ones are names, which nobody can say otherwise


def _is_taken(summary: str, texts: Sequence[str]) -> bool:
    """Whether a summary is quoted words, wholly or for a long stretch."""
    bare = text.bare(summary)
    short = bare.rstrip("…。.")
    if len(short) < _PHRASE:
        return False
    return any(short in words for words in texts) or bool(measure.leak(bare, texts))
