"""Whether a post quotes as it should: every check that needs no network."""

from collections.abc import Iterator

from sitegen.diagnostics.model import Diagnostic, Location
from sitegen.model import Quote

_FREE = {"own", "law", "government"}


def quote(found: Quote, place: Location, sourced: Location) -> Iterator[Diagnostic]:
    """The faults of one quotation; `place` is its key or fence, `sourced` that of its source.

    A source is named by its URL, or by its title and author (Copyright Act of Japan, article 48).
    """
    source = found.source
    if not found.paragraphs and not found.elided and not found.withdrawn and not found.image:
        yield Diagnostic("quote-empty", place)
    if not source.url and not (source.title and source.author):
        variant = "author" if source.title else ""
        yield Diagnostic("source-missing", sourced, {"title": source.title}, variant)
    elif not source.title and source.kind not in {"sns", "forum", "comment"}:
        yield Diagnostic("source-title-missing", sourced, {"url": source.url})


def editorial(quotes: tuple[Quote, ...], written: int, place: Location) -> Iterator[Diagnostic]:
    """The faults of the editorial beside `quotes`; `written` counts its characters.

    Comment is what makes a quotation one (Copyright Act of Japan, article 32 (1)); what is the
    author's own, or law or a government's notice, may stand alone.
    """
    if quotes and not written and any(found.source.kind not in _FREE for found in quotes):
        yield Diagnostic("editorial-missing", place)
