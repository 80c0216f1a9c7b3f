"""For every post the older ones that are near it, and the others that quote the same work."""

import re
from bisect import bisect_right
from collections.abc import Mapping, Sequence
from functools import lru_cache
from itertools import pairwise

from msgspec import Struct

from sitegen import text
from sitegen.model import Dated, Published

SHOWN = 5
_TAG = 4  # points of a shared tag; a host, a word and a pair of characters have one each
_LEAST = 3  # points: less is chance
_NEWEST = 12  # of the older posts with one term, how many are looked at
_ENOUGH = 24  # how many are looked at in all


class _Profile(Struct, frozen=True):
    """What a post is compared by: `terms` are tags, hosts and what the title is made of."""

    tags: frozenset[str]
    terms: frozenset[str]
    works: frozenset[str]  # URLs of what is quoted, without fragment


class Relations(Struct, frozen=True):
    """Which posts share what. Posts are meant by their places, 0 being the newest."""

    refs: tuple[Dated, ...]
    places: Mapping[str, int]  # by path; a withdrawn post has none
    profiles: tuple[_Profile, ...]
    sharing: Mapping[str, list[int]]  # places of the posts with a term, ascending
    quoting: Mapping[str, list[int]]  # places of the posts that quote a work, ascending


def relations(posts: Sequence[Published]) -> Relations:
    """What `posts`, newest first, have in common."""
    shown = [one for one in posts if not one.post.withdrawn]
    profiles = tuple(map(_profile, shown))
    sharing: dict[str, list[int]] = {}
    quoting: dict[str, list[int]] = {}
    for place, profile in enumerate(profiles):
        for term in profile.terms:
            sharing.setdefault(term, []).append(place)
        for work in profile.works:
            quoting.setdefault(work, []).append(place)
    return Relations(
        refs=tuple(Dated(one.card.title, one.card.url, one.card.date) for one in shown),
        places={one.post.path: place for place, one in enumerate(shown)},
        profiles=profiles,
        sharing=sharing,
        quoting=quoting,
    )


def _profile(one: Published) -> _Profile:
    tags = frozenset(f"#{tag.url}" for tag in one.card.tags)
    sources = [source for source in one.post.sources if source.url]
    hosts = {f"@{source.host}" for source in sources}
    works = frozenset(source.url.partition("#")[0] for source in sources)
    return _Profile(tags, tags | hosts | _words(one.card.title), works)


@lru_cache(maxsize=1 << 17)
def _words(title: str) -> frozenset[str]:
    """What may stand for the subject of `title`: pairs of characters, whole words in Latin."""
    found: set[str] = set()
    for run in _RUN.findall(text.fold(title)):
        found.update([run] if run.isascii() else map("".join, pairwise(run)))
    return frozenset(found)


# Hiragana joins words and says little; so do short words in Latin letters.
_RUN = re.compile("[a-z0-9]{4,}|[^\\W_a-z0-9ぁ-ゖ]{2,}")


# ---------------------------------------------------------------- near


def related(relations: Relations, path: str) -> tuple[Dated, ...]:
    """The older posts that are nearest to the post at `path`, the nearest first.

    The points of a pair depend on its two posts alone and only older posts are looked at, so
    a new post changes nobody else's list. What quotes the same work is left out, see
    `same_source`. A tie goes to the newer post.
    """
    place = relations.places.get(path)
    if place is None:
        return ()
    profiles = relations.profiles
    tags, terms, works = profiles[place].tags, profiles[place].terms, profiles[place].works
    found = []
    for other in _candidates(relations, place):
        theirs = profiles[other]
        points = len(terms & theirs.terms)
        if not tags.isdisjoint(theirs.tags):
            points += (_TAG - 1) * len(tags & theirs.tags)
        if points >= _LEAST and works.isdisjoint(theirs.works):
            found.append((-points, other))
    return tuple(relations.refs[other] for _, other in sorted(found)[:SHOWN])


def _candidates(relations: Relations, place: int) -> set[int]:
    """Older posts that share something with the one at `place`: by rare terms first."""
    lists = []
    for term in relations.profiles[place].terms:
        places = relations.sharing[term]
        if places[-1] > place:
            start = bisect_right(places, place)
            lists.append((len(places) - start, term, places[start : start + _NEWEST]))
    lists.sort()
    found: set[int] = set()
    for _, _, newest in lists:
        found.update(newest[: _ENOUGH - len(found)])
        if len(found) == _ENOUGH:
            break
    return found


# ---------------------------------------------------------------- the same work


def same_source(relations: Relations, path: str) -> tuple[Dated, ...]:
    """The newest other posts that quote a work which the post at `path` quotes too."""
    place = relations.places.get(path)
    if place is None:
        return ()
    lists = (relations.quoting[work] for work in relations.profiles[place].works)
    found = {other for places in lists for other in places[: SHOWN + 1]} - {place}
    return tuple(relations.refs[other] for other in sorted(found)[:SHOWN])
