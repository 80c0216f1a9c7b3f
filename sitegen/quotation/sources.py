"""Whether the source of a quotation is named as it should be, and is the source at all."""

from collections.abc import Iterator

from sitegen import urls
from sitegen.diagnostics.model import Diagnostic, Location
from sitegen.model import Source, Via
from sitegen.quotation import addresses

_UNDATED = {"law", "own"}  # in force, or at hand
_PRINTED = {"book"}


def source(found: Source, via: Via | None, place: Location) -> Iterator[Diagnostic]:
    """The faults of a source beside those that `rules.quote` tells; `place` is that of its key.

    The author is to be given where the work shows one (article 48 (2)); the days tell which
    state of a page was quoted.
    """
    if not found.url:
        return
    if not (found.site or found.author or found.publisher):
        yield Diagnostic("source-site-missing", place, {"host": found.host})
    if not found.accessed and found.kind not in _UNDATED | _PRINTED:
        yield Diagnostic("accessed-missing", place)
    if not found.published and found.kind not in _UNDATED:
        yield Diagnostic("published-missing", place)
    if via and via.url and addresses.identity(via.url) == addresses.identity(found.url):
        yield Diagnostic("second-hand-source", place, {"host": found.host}, "via")
    elif not found.is_talk and _passes_on(found, via):
        yield Diagnostic("second-hand-source", place, {"host": found.host})


def _passes_on(found: Source, via: Via | None) -> bool:
    """Whether the host of a source is likely not where its words were first published."""
    return addresses.gathers(found.host) or (via is not None and addresses.is_social(found.host))


def address(url: str, place: Location) -> Iterator[Diagnostic]:
    """What in the `url` of a source is not the page's own; what can be taken out is `meant`."""
    cleaned = addresses.clean(url)
    if cleaned != url:
        arguments = {"part": addresses.measuring(url), "typed": url, "meant": cleaned}
        yield Diagnostic("source-url-unclean", place, arguments)
    elif way := addresses.detour(url, urls.host(url)):
        yield Diagnostic("source-url-unclean", place, {"part": "", "meant": url}, way)


def via(found: Via, place: Location) -> Iterator[Diagnostic]:
    """The faults of a `via`; `place` is that of its key."""
    if not found.url:
        yield Diagnostic("via-without-url", place, {"name": found.name})
