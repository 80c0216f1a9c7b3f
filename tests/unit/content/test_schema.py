"""The front matter as it is declared."""

import pytest

from sitegen.content import schema
from sitegen.content.schema import Key


def named(keys):
    return {key.name: key for key in keys}


def all_keys(keys):
    for key in keys:
        yield key
        yield from all_keys((*key.keys, *((key.item,) if key.item else ())))


def test_a_post_has_the_keys_of_the_manual():
    assert " ".join(sorted(named(schema.POST))) == (
        "aliases author date draft extra image layout lint quote quotes slug source sources "
        "summary tags title updates url via withdrawn"
    )


def test_a_page_quotes_nothing():
    assert set(named(schema.POST)) - set(named(schema.PAGE)) == {
        "tags", "source", "sources", "quote", "quotes", "via",
    }  # fmt: skip


def test_only_the_title_is_required():
    assert [key.name for key in schema.POST if key.required] == ["title"]


@pytest.mark.parametrize("keys", [schema.POST, schema.PAGE])
def test_no_key_is_declared_twice(keys):
    assert len(named(keys)) == len(keys)


@pytest.mark.parametrize("key", list(all_keys(schema.POST)), ids=lambda key: key.name)
def test_what_a_key_needs_it_has(key):
    assert bool(key.keys) == (key.kind == "mapping")
    assert bool(key.item) == (key.kind in {"list", "names"})
    assert not key.short or key.short in named(key.keys)


@pytest.mark.parametrize("language", ["ja", "en"])
def test_the_json_schema_describes_every_key_in_its_language(language):
    made = schema.json_schema(schema.POST, language)
    described = {name: part["description"] for name, part in made["properties"].items()}
    assert described == {key.name: getattr(key, language) for key in schema.POST}


def test_the_json_schema_forbids_unknown_keys_and_requires_the_title():
    made = schema.json_schema(schema.POST, "ja")
    assert (made["additionalProperties"], made["required"]) == (False, ["title"])


_LINE = {"type": ["string", "number", "boolean"]}


@pytest.mark.parametrize(
    ("key", "made"),
    [
        (Key("k", "line", "", ""), _LINE),
        (Key("k", "flag", "", ""), {"type": "boolean"}),
        (Key("k", "date", "", ""), {"type": ["string", "number"]}),
        (Key("k", "free", "", ""), {"type": "object"}),
        (Key("k", "line", "", "", values=("a", "b")), {"type": "string", "enum": ["a", "b"]}),
        (
            Key("k", "list", "", "", limit=3, item=Key("k", "line", "", "")),
            {"type": "array", "items": _LINE, "maxItems": 3},
        ),
        (
            Key("k", "list", "", "", limit=3, single=True, item=Key("k", "line", "", "")),
            {"anyOf": [{"type": "string"}, {"type": "array", "items": _LINE, "maxItems": 3}]},
        ),
        (
            Key("k", "names", "", "", item=Key("k", "line", "", "")),
            {"type": "object", "additionalProperties": _LINE},
        ),
        (
            Key("k", "mapping", "", "", short="a", keys=(Key("a", "line", "", "", required=True),)),
            {
                "anyOf": [
                    {"type": "string"},
                    {
                        "type": "object",
                        "properties": {"a": _LINE},
                        "additionalProperties": False,
                        "required": ["a"],
                    },
                ]
            },
        ),
        (Key("k", "line", "語", "word"), {"description": "語", **_LINE}),
    ],
)
def test_a_key_in_the_json_schema(key, made):
    assert schema.json_schema((key,), "ja")["properties"]["k"] == made


@pytest.mark.parametrize(("language", "head"), [("ja", "| キー |"), ("en", "| key |")])
def test_the_table_has_a_row_for_every_key(language, head):
    rows = schema.table(schema.POST, language).splitlines()
    names = [row.split("`")[1] for row in rows[2:]]
    assert rows[0].startswith(head)
    assert {"title", "source.url", "quotes[].text", "sources.*.url", "updates[].kind"} <= set(names)
    assert len(names) == len(set(names))
