"""Tables of TOML: what is read by its declared keys, and where what is wrong stands."""

import pytest

from sitegen import toml_table
from sitegen.diagnostics.model import Diagnostic
from sitegen.toml_table import Items, Names, Pairs, Reader, Table, Wrong


def _whole(value):
    return value if isinstance(value, int) else Wrong("number", "wrong-kind")


KEYS = {
    "size": _whole,
    "box": Table({"size": _whole}, dict),
    "rows": Items({"a": _whole, "b": _whole}, lambda a, b: (a, b)),
    "named": Names({"size": _whole}, dict),
    "pairs": Pairs(lambda name, value: Wrong("…") if name == "bad" else value),
}


def read(source):
    """The values of the table `t` and the reader that read it."""
    reader = Reader("a.toml", source)
    return reader.table("t", toml_table.parsed("a.toml", source)["t"], KEYS), reader


def values(source):
    made, reader = read(source)
    assert reader.diagnostics == []
    return made


def faults(source):
    """Each fault: code, the text at its place, the line."""
    lines = source.split("\n")
    found = []
    for one in read(source)[1].diagnostics:
        at = one.location
        found.append((one.code, at.line, lines[at.line - 1][at.column - 1 :][: at.width]))
    return found


# ---------------------------------------------------------------- values


@pytest.mark.parametrize(
    ("source", "made"),
    [
        ("[t]", {}),
        ("[t]\nsize = 1", {"size": 1}),
        ("[t]\nbox = {size = 1}", {"box": {"size": 1}}),
        ("[t.box]\nsize = 1", {"box": {"size": 1}}),
        ("[t]\nrows = [{a = 1, b = 2}, {b = 4, a = 3}]", {"rows": ((1, 2), (3, 4))}),
        ("[[t.rows]]\na = 1\nb = 2", {"rows": ((1, 2),)}),
        ("[t]\nrows = []", {"rows": ()}),
        ("[t.named.x]\nsize = 1\n[t.named.'y z']", {"named": {"x": {"size": 1}, "y z": {}}}),
        ("[t.pairs]\nx = 1\n'y z' = [2]", {"pairs": {"x": 1, "y z": [2]}}),
    ],
)
def test_declared_keys_are_read(source, made):
    assert values(source) == made


@pytest.mark.parametrize(
    ("source", "made"),
    [
        ("[t]\nsize = 'x'\nbox = {size = 1}", {"box": {"size": 1}}),
        ("[t]\nbox = {size = 'x'}", {"box": {}}),
        ("[t]\nrows = [{a = 1, b = 'x'}, {a = 3, b = 4}]", {"rows": ((3, 4),)}),
        ("[t]\nnamed = {x = {size = 'x'}, y = {size = 1}}", {"named": {"x": {}, "y": {"size": 1}}}),
        ("[t.pairs]\nbad = 1\ngood = 2", {"pairs": {"good": 2}}),
    ],
)
def test_what_is_wrong_is_left_out_and_the_rest_stays(source, made):
    assert read(source)[0] == made


# ---------------------------------------------------------------- faults


@pytest.mark.parametrize(
    ("source", "told"),
    [
        ("[t]\nsize = 'x'", [("wrong-kind", 2, "'x'")]),
        ('[t]\nsize = "x"', [("wrong-kind", 2, '"x"')]),
        ("[t]\nsize = 1.5", [("wrong-kind", 2, "1.5")]),
        ("[t]\nsize = [1]", [("wrong-kind", 2, "[1]")]),
        ("[t]\nsise = 1", [("unknown-key", 2, "sise")]),
        ('[t]\n"sise" = 1', [("unknown-key", 2, '"sise"')]),
        ("[t]\nbox = 1", [("wrong-kind", 2, "1")]),
        ("[t]\nbox = {sise = 1}", [("unknown-key", 2, "sise")]),
        ("[t.box]\nsise = 1", [("unknown-key", 2, "sise")]),
        ("[t]\nrows = 1", [("wrong-kind", 2, "1")]),
        ("[t]\nrows = [{a = 1}]", [("bad-value", 2, "rows")]),
        ("[t]\nnamed = {x = 1}", [("wrong-kind", 2, "1")]),
        ("[t.named.x]\nsize = 'y'", [("wrong-kind", 2, "'y'")]),
        ("[t]\nsize = 'size'", [("wrong-kind", 2, "'size'")]),
        ("[t]\nx = '{sise} size'\nbox = {size = 'b', sise = 1}",
         [("unknown-key", 2, "x"), ("wrong-kind", 3, "'b'"), ("unknown-key", 3, "sise")]),
        ("[t]\nnamed = {a = 1}\npairs.bad = 5\n[t.box]\nbad = 5",
         [("wrong-kind", 2, "1"), ("bad-value", 3, "5"), ("unknown-key", 5, "bad")]),
        ("[t]\nsize = 'a'\nsise = 1\n[t.box]\nsize = 'b'",
         [("wrong-kind", 2, "'a'"), ("unknown-key", 3, "sise"), ("wrong-kind", 5, "'b'")]),
    ],
)  # fmt: skip
def test_what_is_wrong_is_told_at_its_own_text(source, told):
    assert faults(source) == told


def test_a_table_that_is_none_is_told_at_its_value():
    reader = Reader("a.toml", "t = 5")
    assert reader.table("t", 5, KEYS) == {}
    (fault,) = reader.diagnostics
    assert (fault.code, fault.arguments["wanted"]) == ("wrong-kind", "mapping")


def test_a_fault_says_key_value_and_kind():
    (fault,) = read("[t]\nsize = 'x'")[1].diagnostics
    assert fault.arguments == {"key": "size", "value": "x", "found": "text", "wanted": "number"}


def test_an_unknown_key_names_the_nearest_and_all():
    (fault,) = read("[t]\nsise = 1")[1].diagnostics
    assert (fault.arguments["nearest"], fault.arguments["known"]) == (
        "size", "size box rows named pairs",
    )  # fmt: skip


def test_a_row_that_lacks_a_key_is_shown_whole():
    (fault,) = read("[t]\nrows = [{a = 1}]")[1].diagnostics
    assert fault.arguments["wanted"] == '{ a = "…", b = "…" }'


def test_a_row_with_a_wrong_value_is_told_once():
    assert len(faults("[t]\nrows = [{a = 'x', b = 1}]")) == 1


def test_a_wrong_value_may_have_another_code():
    reader = Reader("a.toml", "[t]\nsize = 5")
    keys = {"size": lambda _: Wrong(code="fixed-rule", arguments={"code": "c"})}
    reader.table("t", {"size": 5}, keys)
    (fault,) = reader.diagnostics
    assert (fault.code, fault.arguments["code"], fault.location.column) == ("fixed-rule", "c", 1)


# ---------------------------------------------------------------- files that are none


@pytest.mark.parametrize(
    ("source", "place"),
    [("a = ", (1, 5)), ("a = 1\nb = [", (2, 6)), ('a = "', (1, 6))],
)
def test_a_file_that_is_no_toml_has_its_place(source, place):
    fault = toml_table.parsed("a.toml", source)
    assert isinstance(fault, Diagnostic)
    assert (fault.code, fault.location.line, fault.location.column) == ("config-syntax", *place)
    assert "line" not in fault.arguments["reason"]


def test_a_file_that_nests_too_deep_is_a_fault():
    assert isinstance(toml_table.parsed("a.toml", "a = " + "[" * 5_000), Diagnostic)


def test_a_number_that_python_will_not_read_is_a_fault():
    assert isinstance(toml_table.parsed("a.toml", "a = " + "9" * 5_000), Diagnostic)


@pytest.mark.parametrize(
    ("source", "key", "second", "first"),
    [
        ("a = 1\na = 2\n", "a", (2, 1, 1), (1, 1, 1)),
        ("a = 1\n 'a' = 2", "a", (2, 2, 3), (1, 1, 1)),
        ("[t]\nab = 1\n[u]\nab = 1\n[u.v]\n[w]\nab = 1\n  ab = 2\n", "ab", (8, 3, 2), (7, 1, 2)),
        ("a = [\n1,\n]\na = [\n2,\n3]\n", "a", (4, 1, 1), (1, 1, 1)),
        ('# a = 1\nb = """\na = 1\n"""\na = 1\na = 2\n', "a", (6, 1, 1), (5, 1, 1)),
        ("a.b = 1\na . b = 2\n", "a.b", (2, 1, 5), (1, 1, 3)),
        ("[a]\nb = 1\n[c]\n[ a ]\n", "a", (4, 3, 1), (1, 2, 1)),
        ("[t]\nf = {i = 3}\n[t.f]\n", "t.f", (3, 2, 3), (2, 1, 1)),
        ("[t]\nm = []\n[[t.m]]\n", "t.m", (3, 3, 3), (2, 1, 1)),
        ("[[m]]\na = 1\n[[m]]\na = 2\na = 3\n", "a", (5, 1, 1), (4, 1, 1)),
        ("[[m]]\n[m.n]\na = 1\n[[m]]\n[m.n]\na = 2\na = 3\n", "a", (7, 1, 1), (6, 1, 1)),
        ("x = {a = 1, b = 2, a = 3}\n", "a", (1, 20, 1), (1, 6, 1)),
        ("x = [\n  {ba = 1},\n  {ba = 1, a = 2, 'a' = 3},\n]\n", "a", (3, 19, 3), (3, 12, 1)),
    ],
)
def test_what_is_there_twice_is_told_at_both_places(source, key, second, first):
    fault = toml_table.parsed("a.toml", source)
    places = [(one.line, one.column, one.width) for one in (fault.location, *fault.others)]
    assert (fault.code, fault.arguments["key"]) == ("duplicate-key", key)
    assert places == [second, first]


@pytest.mark.parametrize("source", ["f = {i = 3}\nf.j = 1\n", "a = 1\nb = \n"])
def test_what_is_wrong_otherwise_is_told_in_the_words_of_the_parser(source):
    fault = toml_table.parsed("a.toml", source, "layout-syntax", "strings")
    assert (fault.code, fault.variant) == ("layout-syntax", "strings")
