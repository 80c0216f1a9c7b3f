"""For every post the older ones that are near it, and the others that quote the same work."""

import re
from bisect import bisect_right
from collections.abc import Callable, Mapping, Sequence
from functools import cache, lru_cache
from itertools import accumulate, pairwise

import msgspec
from msgspec import Struct

from sitegen import text
from sitegen.model import Dated, Published
from sitegen.quotation import addresses
from sitegen.store.cache import Near
from sitegen.work import digest

SHOWN = 5
_TAG = 4  # points of a shared tag; a host, a word and a pair of characters have one each
_LEAST = 3  # points: less is chance
_NEWEST = 12  # of the older posts with one term, how many are looked at
_ENOUGH = 24  # how many are looked at in all


class _Facts(Struct, frozen=True, array_like=True):
    """All of a post that lists go by, as it stands there."""

    title: str
    tags: tuple[str, ...]  # their URLs
    sources: tuple[tuple[str, str], ...]  # host, identity of the URL


class _Profile(Struct, frozen=True):
    """What a post is compared by: `terms` are tags, hosts and what the title is made of."""

    tags: frozenset[str]
    terms: frozenset[str]


class _Likeness(Struct, frozen=True):
    """What posts are made of, and the places of those with a term, ascending."""

    profiles: tuple[_Profile, ...]
    sharing: Mapping[str, list[int]]


class Relations(Struct, frozen=True):
    """Which posts share what. Posts are meant by their places, 0 being the newest.

    `names` has for each place what names its post and all older ones. What was near under that
    name is in `known`, and what is found later is put there.
    """

    refs: tuple[Dated, ...]
    places: Mapping[str, int]  # by path; a withdrawn post has none
    names: tuple[str, ...]
    known: dict[str, Near]
    likeness: Callable[[], _Likeness]  # found when it is first asked for
    works: tuple[frozenset[str], ...]  # identities of the URLs that are quoted
    quoting: Mapping[str, list[int]]  # places of the posts that quote a work, ascending


def relations(posts: Sequence[Published], known: dict[str, Near]) -> Relations:
    """What `posts`, newest first, have in common; `known` is what was found earlier, by path."""
    shown = [one for one in posts if not one.post.withdrawn]
    facts = tuple(map(_facts, shown))
    works = tuple(frozenset(url for _, url in one.sources) for one in facts)
    quoting: dict[str, list[int]] = {}
    for place, urls in enumerate(works):
        for url in urls:
            quoting.setdefault(url, []).append(place)
    return Relations(
        refs=tuple(Dated(one.card.title, one.card.url, one.card.date) for one in shown),
        places={one.post.path: place for place, one in enumerate(shown)},
        names=_names(facts),
        known=known,
        likeness=cache(lambda: _likeness(facts)),
        works=works,
        quoting=quoting,
    )


def _facts(one: Published) -> _Facts:
    return _Facts(
        one.card.title,
        tuple(tag.url for tag in one.card.tags),
        tuple(
            (source.host, addresses.identity(source.url))
            for source in one.post.sources
            if source.url
        ),
    )


def _names(facts: Sequence[_Facts]) -> tuple[str, ...]:
    """For each place what names it with all that is older."""
    encoded = map(_encode, reversed(facts))
    chain = accumulate(encoded, lambda name, one: digest(name.encode(), one), initial="")
    return tuple(chain)[:0:-1]


_encode = msgspec.msgpack.Encoder().encode


def _likeness(facts: Sequence[_Facts]) -> _Likeness:
    profiles = tuple(map(_profile, facts))
    sharing: dict[str, list[int]] = {}
    for place, profile in enumerate(profiles):
        for term in profile.terms:
            sharing.setdefault(term, []).append(place)
    return _Likeness(profiles, sharing)


def _profile(facts: _Facts) -> _Profile:
    tags = frozenset(f"#{url}" for url in facts.tags)
    hosts = {f"@{host}" for host, _ in facts.sources}
    return _Profile(tags, tags | hosts | _words(facts.title))


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
    `same_source`. A tie goes to the newer post. What had to be looked for is kept in `known`.
    """
    place = relations.places.get(path)
    if place is None:
        return ()
    name, ages = relations.names[place], len(relations.refs) - 1
    near = relations.known.get(path)
    if near is None or near.name != name:
        near = Near(name, tuple(ages - other for other in _nearest(relations, place)))
        relations.known[path] = near
    return tuple(relations.refs[ages - age] for age in near.ages)


def _nearest(relations: Relations, place: int) -> list[int]:
    """The places of the nearest older posts, by points; of equals the newer first."""
    likeness, works = relations.likeness(), relations.works
    profiles = likeness.profiles
    tags, terms = profiles[place].tags, profiles[place].terms
    found = []
    for other in _candidates(likeness, place):
        theirs = profiles[other]
        points = len(terms & theirs.terms)
        if not tags.isdisjoint(theirs.tags):
            points += (_TAG - 1) * len(tags & theirs.tags)
        if points >= _LEAST and works[place].isdisjoint(works[other]):
            found.append((-points, other))
    return [other for _, other in sorted(found)[:SHOWN]]


def _candidates(likeness: _Likeness, place: int) -> set[int]:
    """Older posts that share something with the one at `place`: by rare terms first."""
    lists = []
    for term in likeness.profiles[place].terms:
        places = likeness.sharing[term]
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
    lists = (relations.quoting[work] for work in relations.works[place])
    found = {other for places in lists for other in places[: SHOWN + 1]} - {place}
    return tuple(relations.refs[other] for other in sorted(found)[:SHOWN])
