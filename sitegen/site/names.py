"""Names as authors write them -> one name, one slug: tags and authors."""

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Literal

from msgspec import Struct
from msgspec.structs import replace

from sitegen import text, urls
from sitegen.config import Config, Described, href, typed_href
from sitegen.diagnostics.model import Diagnostic, Location
from sitegen.model import About, Named, Ref


class Name(Struct, frozen=True):
    """One tag or author, in its commonest spelling or as the configuration has it."""

    text: str
    slug: str
    about: About | None
    ref: Ref
    feed: bool | None = None  # as the configuration says


class Names(Struct, frozen=True):
    """Every spelling with its name, and what does not fit together."""

    spelt: dict[str, Name]
    diagnostics: tuple[Diagnostic, ...]


def names(config: Config, table: Literal["tags", "authors"], written: Iterable[Named]) -> Names:
    """The names behind all that is `written`; `table` of the configuration has known ones.

    Spellings that differ by case, width or Unicode form only are one name, and so are those that
    the configuration calls the same. Two names with one slug are a fault.
    """
    known = config.tags if table == "tags" else config.authors
    folded = _folded(known)
    counts: Counter[str] = Counter()
    first: dict[str, Location] = {}  # where each spelling stands
    for item in written:
        counts[item.text] += 1
        first.setdefault(item.text, item.place)
    spellings: dict[str, Counter[str]] = {}  # of one name, by what is the same in them
    places: dict[str, Location] = {}  # where the first of them stands
    for word, count in counts.items():
        key = text.fold(folded.get(text.fold(word), word))
        spellings.setdefault(key, Counter())[word] = count
        places.setdefault(key, first[word])
    kind = table.removesuffix("s")
    made = {
        key: _name(
            config, kind, folded.get(key) or _commonest(found), known.get(folded.get(key, ""))
        )
        for key, found in spellings.items()
    }
    spelt = {word: made[key] for key, found in spellings.items() for word in found}
    return Names(spelt, tuple(_collisions(table, made, places)))


def _folded(known: Mapping[str, Described]) -> dict[str, str]:
    """Every folded spelling of the `known` names, with the name that it stands for.

    What is the same as one name is the same as all that this one is the same as.
    """
    found = {text.fold(name): name for name in known}
    for name, named in known.items():
        for same in map(text.fold, named.same):
            free = text.fold(found.get(same, same)) == same  # and not said to be another already
            if free and text.fold(_meant(found, name)) != same:  # nor are the two each the other
                found[same] = name
    return {spelling: _meant(found, name) for spelling, name in found.items()}


def _meant(found: Mapping[str, str], name: str) -> str:
    """The name that `name` stands for in the end."""
    while (other := found[text.fold(name)]) != name:
        name = other
    return name


def _commonest(found: Counter[str]) -> str:
    return min(found, key=lambda word: (-found[word], word))


def _name(config: Config, kind: str, name: str, entry: Described | None) -> Name:
    slug = (entry and entry.slug) or urls.name_slug(name, kind)
    ref = Ref(name, href(config, f"/{kind}s/{slug}/"))
    feed = entry.feed if entry else None
    if entry is None or entry.about == About():
        return Name(name, slug, None, ref, feed)
    url, image = (typed_href(config, target) for target in (entry.about.url, entry.about.image))
    return Name(name, slug, replace(entry.about, url=url, image=image), ref, feed)


def _collisions(
    table: str, made: Mapping[str, Name], places: Mapping[str, Location]
) -> Iterable[Diagnostic]:
    first: dict[str, str] = {}
    for key in sorted(made, key=lambda key: places[key]):
        name = made[key]
        other = first.setdefault(urls.same(name.slug), key)
        if other != key:
            arguments = {
                "slug": name.slug,
                "name": name.text,
                "other": made[other].text,
                "table": table,
            }
            yield Diagnostic("duplicate-slug", places[key], arguments, others=(places[other],))
