"""What `sitegen list` tells: every post with its date, state and place."""

from collections.abc import Iterable

import msgspec
from msgspec import Struct

from sitegen import text
from sitegen.model import Published, Site

_STATES = {
    "ja": {"published": "公開", "draft": "下書き", "scheduled": "予約", "withdrawn": "取り下げ"},
    "en": {
        "published": "published",
        "draft": "draft",
        "scheduled": "scheduled",
        "withdrawn": "withdrawn",
    },
}


class Entry(Struct, frozen=True):
    """One post of the list; `date` is ISO text, "" in a draft without one."""

    path: str
    title: str
    date: str
    state: str
    url: str
    tags: tuple[str, ...]


def entries(site: Site, reason: str) -> tuple[Entry, ...]:
    """The posts of `site`, newest first, and then the standing pages that are held back.

    The site has to show drafts and future posts. `reason` narrows them down: "draft", "scheduled",
    "held" (all that is not published), or "".
    """
    reasons = {one.path: one.reason for one in site.held}
    pages = (one for one in site.pages if one.post.path in reasons)
    made = (_entry(one, reasons.get(one.post.path, "published")) for one in (*site.posts, *pages))
    return tuple(entry for entry in made if _wanted(entry, reason))


def _entry(one: Published, state: str) -> Entry:
    post = one.post
    date = post.date.machine if post.date else ""
    tags = tuple(tag.text for tag in post.tags)
    return Entry(post.path, one.card.title, date, state, one.card.url, tags)


def _wanted(entry: Entry, reason: str) -> bool:
    return not reason or entry.state == reason or (reason == "held" and entry.state != "published")


def told(found: Iterable[Entry], language: str) -> str:
    """A line for each entry: date, state, path, title."""
    states = _STATES[language]
    cells = max(text.width(state) for state in states.values())
    return "".join(
        f"{entry.date[:16].replace('T', ' '):16}  {_padded(states[entry.state], cells)}  "
        f"{entry.path}  {entry.title}\n"
        for entry in found
    )


def _padded(word: str, cells: int) -> str:
    return word + " " * (cells - text.width(word))


def json(found: Iterable[Entry]) -> str:
    """The entries as one JSON array."""
    return msgspec.json.format(msgspec.json.encode(tuple(found)), indent=2).decode() + "\n"
