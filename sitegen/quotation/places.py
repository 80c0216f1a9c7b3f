"""Where in a post's file something was typed."""

from msgspec import Struct

from sitegen.diagnostics.model import Location
from sitegen.model import Quote


class Quoted(Struct, frozen=True):
    """A quotation, the place of its key or fence, and that of the key of its source."""

    quote: Quote
    place: Location
    sourced: Location


class Typed(Struct, frozen=True):
    """The text of the file at `path`; its Markdown begins on the line `body`."""

    path: str
    text: str
    body: int


def place(typed: Typed, words: str, since: Location) -> Location:
    """Where `words` first stand at or below the line of `since`, else `since`."""
    words, first = words.partition("\n")[0], max(since.line, 1)
    if not words:
        return since
    for number, line in enumerate(typed.text.split("\n")[first - 1 :], first):
        column = line.find(words)
        if column >= 0:
            return Location(typed.path, number, column + 1, len(words))
    return since


def beginning(typed: Typed) -> Location:
    """Where the Markdown begins."""
    return Location(typed.path, typed.body)
