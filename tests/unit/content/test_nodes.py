"""YAML -> nodes with their places, every text a text."""

import pytest

from sitegen.content import nodes
from sitegen.content.nodes import Mapping, Scalar, Sequence


def bare(node):
    if isinstance(node, Scalar):
        return node.text
    if isinstance(node, Sequence):
        return [bare(item) for item in node.items]
    return {key.text: bare(value) for key, value in node.pairs}


def told(head):
    tree = nodes.read("p.md", head)
    assert tree.error is None
    return [
        (one.code, one.location.line, one.location.column, one.location.width)
        for one in tree.faults
    ]


@pytest.mark.parametrize(
    ("head", "made"),
    [
        ("", {}),
        ("a: 0123", {"a": "0123"}),
        (
            "a: yes\nb: 1.10\nc: 2025-02-04\nd: ~",
            {"a": "yes", "b": "1.10", "c": "2025-02-04", "d": "~"},
        ),
        ("a: [1, no]\nb:\n- c\n- {d: e}", {"a": ["1", "no"], "b": ["c", {"d": "e"}]}),
        ("a: |\n  港\n\n  霧\n", {"a": "港\n\n霧\n"}),
        ("'a': \"b\"", {"a": "b"}),
    ],
)
def test_every_value_is_a_text(head, made):
    assert bare(nodes.read("p.md", head).root) == made


@pytest.mark.parametrize(
    ("value", "plain"), [("a", True), ("'a'", False), ('"a"', False), ("|\n  a", False)]
)
def test_a_plain_text_is_known(value, plain):
    ((_, node),) = nodes.read("p.md", f"k: {value}").root.pairs
    assert node.plain is plain


def test_places_are_those_of_the_file():
    ((key, value), (_, items)) = nodes.read("p.md", "港: 霧の\nb:\n- c").root.pairs
    assert [(one.place.line, one.place.column, one.place.width) for one in (key, value)] == [
        (2, 1, 1), (2, 4, 2),
    ]  # fmt: skip
    assert (items.items[0].place.line, items.items[0].place.column) == (4, 3)


@pytest.mark.parametrize(
    ("head", "found"),
    [
        ("a: &x b", [("yaml-anchor", 2, 4, 2)]),
        ("a: !!str b", [("yaml-tag", 2, 4, 5)]),
        ("a: !x b", [("yaml-tag", 2, 4, 2)]),
        ("a: b\na: c", [("duplicate-key", 3, 1, 1)]),
        ("[a]: b", [("wrong-kind", 2, 1, 3)]),
        ("b: {a: 1, a: 2}", [("duplicate-key", 2, 11, 1)]),
        ("a: " + "[" * 9 + "]" * 9, [("front-matter-too-deep", 2, 11, 1)]),
    ],
)
def test_what_is_no_front_matter_is_told_at_its_place(head, found):
    assert [one[:3] for one in told(head)] == [one[:3] for one in found]


def test_a_key_that_is_there_twice_names_both():
    (fault,) = nodes.read("p.md", "a: b\nc: d\na: e").faults
    assert (fault.location.line, fault.others[0].line) == (4, 2)


def test_the_first_of_two_values_is_kept():
    assert bare(nodes.read("p.md", "a: b\na: c").root) == {"a": "b"}


@pytest.mark.parametrize("head", ["a: " + "[" * 50_000, "a: " + "{a: " * 50_000, "- " * 50_000])
def test_deep_nesting_comes_to_an_end(head):
    tree = nodes.read("p.md", head)
    assert tree.error is not None or [one.code for one in tree.faults] == ["front-matter-too-deep"]


def test_what_yaml_cannot_read_is_passed_on():
    tree = nodes.read("p.md", "a: b: c")
    assert (tree.root, tree.error is not None) == (None, True)


def test_an_empty_block_is_an_empty_mapping():
    assert nodes.read("p.md", "\n# nichts\n").root == Mapping([], nodes.read("p.md", "").root.place)
