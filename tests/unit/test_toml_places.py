"""Where in a TOML file things stand; what is there twice is in test_toml_table.py."""

import pytest

from sitegen.diagnostics.model import Location
from sitegen.toml_places import Places


def at(source, table, key):
    place = Places("a.toml", source).key(table, key)
    return place.line, place.column, place.width


@pytest.mark.parametrize(
    ("source", "place"),
    [
        ("[a.b]\nkey = 1", (2, 1, 3)),
        ("[a.b]\n'key' = 1", (2, 2, 3)),
        ('[a.b]\n"key" = 1', (2, 1, 5)),
        ("[a]\nb.key = 1", (2, 3, 3)),
        ("[a]\nb = {key = 1}", (2, 6, 3)),
        ("[a]\nkey = 1\nx = {key = 1}\n'b' = {key = 1}", (4, 8, 3)),
        ("[a]\nb = [\n  {key = 1},\n]", (3, 4, 3)),
        ("[a.b.key]\nx = 1", (1, 6, 3)),
        ("[ a . b ]\nkey = 1", (2, 1, 3)),
        ("[[a.b]]\nkey = 1", (2, 1, 3)),
        ("[a.c]\nkey = 1\n[a.b]\nkey = 1", (4, 1, 3)),
        ("[a.bb]\nkey = 1\n[a]\nb = {key = 1}", (4, 6, 3)),
        ("[a.b]\nmonkey = 1\nkey = 1", (3, 1, 3)),
        ("[a.b]\nkey-ring = 1\nkey = 1", (3, 1, 3)),
        ("[a.b]\nx = 'key'\nkey = 1", (3, 1, 3)),
        ("[a.b]\n# the key\nkey = 1", (3, 1, 3)),
        ("[a.b] # key\nkey = 1", (2, 1, 3)),
        ("[x]\nkey = 1", (0, 1, 1)),
    ],
)
def test_a_key_is_found_in_its_own_table(source, place):
    assert at(source, "a.b", "key") == place


@pytest.mark.parametrize(
    ("source", "place"),
    [
        ("a.b.key = 1", (1, 5, 3)),
        ("a.key = 1\nb.key = 1\na.b.key = 1\n[x]\nkey = 1", (3, 5, 3)),
        ("a = {b = {key = 1}}", (1, 11, 3)),
    ],
)
def test_a_key_is_found_behind_dots_at_the_top(source, place):
    assert at(source, "a.b", "key") == place


def test_a_name_with_dots_is_found():
    assert at('[a."b.jp"]\nkey = 1', "a.b.jp", "key") == (2, 1, 3)


def test_a_key_is_found_as_it_was_escaped():
    assert at('[a.b]\n"霧\\n" = 1', "a.b", "霧\n") == (2, 1, 5)


@pytest.mark.parametrize(
    ("line", "value", "column", "width"),
    [
        ("key = 5", 5, 7, 1),
        ("key = true", True, 7, 4),
        ('key = "霧"', "霧", 7, 3),
        ("key = '霧'", "霧", 7, 3),
        ("key = ['a']", ["a"], 1, 3),  # not as TOML wrote it: the key will do
        ("k = {key = 5, x = 5}", 5, 12, 1),
        ("x = 5, key = 5", 5, 14, 1),
    ],
)
def test_a_value_is_found_behind_its_key(line, value, column, width):
    place = Location("a.toml", 1, line.index("key") + 1, 3)
    assert Places("a.toml", line).value(place, value) == Location("a.toml", 1, column, width)


def test_the_place_of_a_text_is_looked_for_from_its_key_on():
    places = Places("a.toml", 'x = "/a/"\nmenu = [\n  "/a/",\n]')
    assert places.text(Location("a.toml", 2, 1, 4), "/a/") == Location("a.toml", 3, 3, 5)
    assert places.text(Location("a.toml", 2, 1, 4), "/b/") == Location("a.toml", 2, 1, 4)
