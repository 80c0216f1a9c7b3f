"""The fields of front matter: typed values with their places, and what is taken out of them."""

from collections.abc import Mapping
from typing import Any, Union

from msgspec import Struct

from sitegen.diagnostics.model import Location
from sitegen.model import Date

Value = Union[str, bool, Date, "tuple[Field, ...]", "dict[str, Field]"]


class Field(Struct, frozen=True):
    """A value with its place, and the place of its key (of a list's item: its own)."""

    value: Value
    place: Location
    key: Location


Fields = Mapping[str, Field]


def inner(field: Field | None) -> dict[str, Field]:
    """The fields of a mapping; none of anything else."""
    return field.value if field and isinstance(field.value, dict) else {}


def items(field: Field | None) -> tuple[Field, ...]:
    """The items of a list; none of anything else."""
    return field.value if field and isinstance(field.value, tuple) else ()


def words(fields: Fields, key: str) -> str:
    """The text that `key` has, "" if it has none."""
    found = fields.get(key)
    return found.value if found and isinstance(found.value, str) else ""


def date(fields: Fields, key: str) -> Date | None:
    """The date that `key` has."""
    found = fields.get(key)
    return found.value if found and isinstance(found.value, Date) else None


def bare(field: Field) -> Any:
    """The value without its places."""
    if isinstance(field.value, dict):
        return {key: bare(within) for key, within in field.value.items()}
    if isinstance(field.value, tuple):
        return [bare(within) for within in field.value]
    return field.value
