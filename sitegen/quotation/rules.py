"""Whether a post quotes as it should: every check that needs no network."""

from collections.abc import Iterator, Sequence

from sitegen import text
from sitegen.diagnostics.model import Diagnostic
from sitegen.model import Source
from sitegen.quotation import editorial, elision, sources, words
from sitegen.quotation.editorial import Written
from sitegen.quotation.places import Quoted


def quote(found: Quoted) -> Iterator[Diagnostic]:
    """What a quotation cannot do without: words, and a source.

    A source is named by its URL, or by its title and author (Copyright Act of Japan, article 48).
    """
    shown, source = found.quote, found.quote.source
    if not (text.SEEN(elision.plain(shown.paragraphs)) or shown.withdrawn or shown.image):
        yield Diagnostic("quote-empty", found.place)
    if not source.url and not (source.title and source.author):
        variant = "author" if source.title else ""
        yield Diagnostic("source-missing", found.sourced, {"title": source.title}, variant)
    elif not source.title and not source.is_talk:
        yield Diagnostic("source-title-missing", found.sourced, {"url": source.url})


def post(quoted: Sequence[Quoted], written: Written) -> Iterator[Diagnostic]:
    """What is wrong with the words that a post has `quoted`, their sources and its editorial.

    What is missing is told by `quote`. What has been taken down is not judged.
    """
    shown = [one for one in quoted if not one.quote.withdrawn]
    told: set[Source] = set()
    for one in shown:
        yield from words.faults(one.quote, written.typed, one.place)
        if one.quote.source not in told:
            told.add(one.quote.source)
            yield from sources.source(one.quote.source, one.quote.via, one.sourced)
    yield from editorial.faults(shown, written)
