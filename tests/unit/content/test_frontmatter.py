"""Front matter: what is read, and what is told with which place."""

import pytest

from sitegen.content import dates, frontmatter, schema
from sitegen.content.fields import Field
from sitegen.content.frontmatter import MAX_CHARACTERS
from sitegen.diagnostics import catalog
from sitegen.diagnostics.model import Location
from sitegen.model import Date

ZONE = dates.zone("Asia/Tokyo")


def load(head, body="論評\n", keys=schema.POST):
    return frontmatter.load("p.md", f"---\n{head}\n---\n{body}", keys, ZONE)


def bare(field):
    """The value without its places."""
    if isinstance(field.value, dict):
        return {key: bare(inner) for key, inner in field.value.items()}
    if isinstance(field.value, tuple):
        return [bare(inner) for inner in field.value]
    return field.value


def values(head):
    found = load(head)
    assert found.diagnostics == ()
    return {key: bare(field) for key, field in found.fields.items()}


def faults(head):
    """Code, line, column and width of each fault."""
    return [
        (one.code, one.location.line, one.location.column, one.location.width)
        for one in load(head).diagnostics
    ]


# ---------------------------------------------------------------- the block


def test_a_whole_post_is_read():
    assert values(
        "title: 共同研究を日本に提案\ndate: 2025-02-04\ntags: [韓国, AI]\n"
        "source:\n  url: https://example.org/a\n  kind: news\nquote: |\n  一行目\n\n  二行目\n"
        "draft: true"
    ) == {
        "title": "共同研究を日本に提案",
        "date": Date("2025-02-04T00:00:00+09:00", 1738594800, timed=False),
        "tags": ["韓国", "AI"],
        "source": {"url": "https://example.org/a", "kind": "news"},
        "quote": {"text": "一行目\n\n二行目\n"},
        "draft": True,
    }


def test_a_field_has_the_places_of_its_value_and_its_key():
    found = load("title: 題\ntags: [a, 引用]").fields
    assert found["title"] == Field("題", Location("p.md", 2, 8, 1), Location("p.md", 2, 1, 5))
    assert found["tags"].value[1].place == Location("p.md", 3, 11, 2)


def test_the_body_begins_behind_the_closing_line():
    found = load("title: a", "一\n---\n二\n")
    assert (found.body, found.body_line) == ("一\n---\n二\n", 4)


def test_three_dashes_within_a_quotation_are_its_text():
    assert values("title: a\nquote: |\n  x\n  ---\n  y")["quote"] == {"text": "x\n---\ny\n"}


@pytest.mark.parametrize("content", ["---\ntitle: a\n---", "--- \ntitle: a\n---\t\n"])
def test_the_file_may_end_at_the_closing_line(content):
    found = frontmatter.load("p.md", content, schema.POST, ZONE)
    assert (found.fields["title"].value, found.body, found.diagnostics) == ("a", "", ())


@pytest.mark.parametrize(
    ("content", "code", "line"),
    [
        ("", "front-matter-missing", 1),
        ("title: a\n", "front-matter-missing", 1),
        ("\n---\ntitle: a\n---\n", "front-matter-missing", 1),
        (" ---\ntitle: a\n---\n", "front-matter-missing", 1),
        ("----\ntitle: a\n----\n", "front-matter-missing", 1),
        ("---", "front-matter-missing", 1),
        ("---\n", "front-matter-unclosed", 1),
        ("---\ntitle: a\n", "front-matter-unclosed", 1),
        ("---\ntitle: a\n ---\n", "front-matter-unclosed", 1),
        ("---\ntitle: a\n----\n", "front-matter-unclosed", 1),
    ],
)
def test_a_block_that_is_not_there_or_not_closed_is_a_fault(content, code, line):
    found = frontmatter.load("p.md", content, schema.POST, ZONE)
    (fault,) = found.diagnostics
    assert (fault.code, fault.location.line, found.whole) == (code, line, False)


@pytest.mark.parametrize(
    ("content", "variant"),
    [
        ('+++\ntitle = "a"\n+++\n', "toml"),
        ('{"title": "a"}\n', "json"),
        ('{\n  "title": "a"\n}\n\nb\n', "json"),
        ("{% a %}\n", ""),
        ("\n \u3000\n---\ntitle: a\n---\n", "late"),
        ("\na\n---\ntitle: a\n---\n", ""),
        ("++++\n", ""),
    ],
)
def test_front_matter_that_begins_otherwise_is_told_so(content, variant):
    (fault,) = frontmatter.load("p.md", content, schema.POST, ZONE).diagnostics
    assert (fault.code, fault.variant) == ("front-matter-missing", variant)


def test_json_between_dashes_is_read():
    assert values('{\n  "title": "a",\n  "tags": ["b"]\n}') == {"title": "a", "tags": ["b"]}


@pytest.mark.parametrize(
    ("head", "line"),
    [
        ("title: a\nsource:\nurl: https://a.test/\ntitle: b", 4),
        ("title: a\nsource:\nsite: b\nquote: c", 4),
        ("title: a\nvia:\nname: b\nurl: https://a.test/", 4),
        ("source:\ntitle: a\nurl: https://a.test/\ntitle: b", 0),
        ("title: a\nsource:\nurl: /b/", 0),
    ],
)
def test_keys_that_have_lost_their_indentation_are_told(head, line):
    lost = [told[1] for told in faults(head) if told[0] == "lost-indent"]
    assert lost == ([line] if line else [])


def test_an_empty_block_lacks_its_title():
    assert faults("") == [("missing-key", 1, 1, 3)]


@pytest.mark.parametrize(
    ("head", "told"),
    [
        ("quote:\n  text：引用", [(4, 7)]),
        ("source:\n  url：https://a.jp\n  title： 題", [(4, 6), (5, 8)]),
        ("via:\n  url：https://a.jp", [(4, 6)]),
        ("sources:\n  港:\n    url：https://a.jp", [(5, 8)]),
        ("quotes:\n  - text：引用\n    via：人\n  - text：次", [(4, 9), (5, 8), (6, 9)]),
        ("quote: |\n  text：引用", []),
        ("quote: |\n  霧笛\n  text：引用", []),
        ("quote: text：引用", []),
        ('quote:\n  "text：引用"', []),
        ("quote:\n  港：引用", []),
        ("quote:\n  url：引用", []),
    ],
)
def test_a_full_width_colon_within_a_mapping_is_told(head, told):
    found = load(f"title: a\n{head}").diagnostics
    assert [(one.code, one.location.line, one.location.column) for one in found] == [
        ("full-width-colon", *place) for place in told
    ]


@pytest.mark.parametrize(
    ("head", "told"),
    [
        ("tags: 港、霧", ("comma-list", "")),
        ("tags: [港、霧]", ("comma-list", "bracket")),
        ("tags:\n- 港、霧\n- 船", ("comma-list", "item")),
        ("image: {alt: x}", ("missing-key", "brace")),
        ("image: {file: , alt: x}", ("missing-key", "brace")),
        ("image:\n  alt: x", ("missing-key", "")),
    ],
)
def test_the_words_fit_how_the_value_was_typed(head, told):
    (fault,) = load(f"title: a\n{head}").diagnostics
    assert (fault.code, fault.variant) == told


# ---------------------------------------------------------------- scalars


@pytest.mark.parametrize(
    ("typed", "value"),
    [
        ("no", "no"),
        ("0123", "0123"),
        ("1.10", "1.10"),
        ("12:30", "12:30"),
        ("2025", "2025"),
        ("yes", "yes"),
        ("1_000", "1_000"),
        ("0x1F", "0x1F"),
        ("半導体：次", "半導体：次"),
        ("C# is good", "C# is good"),
        ('"a: b"', "a: b"),
        ("'~'", "~"),
        ("' x '", "x"),
        ("「引用」", "「引用」"),
        ('"{{7*7}} %s {0} \\\\1"', "{{7*7}} %s {0} \\1"),
        ("a\n  b", "a b"),
    ],
)
def test_text_is_taken_as_written(typed, value):
    assert load(f"title: {typed}").fields["title"].value == value


@pytest.mark.parametrize(
    "head",
    ["author: ''", "layout: ''", "via: ''", "summary: '　'", "image: ''", "source: {title: ''}"],
)
def test_a_blank_line_in_quotes_is_an_absent_key(head):
    found = load(f"title: a\n{head}")
    assert found.diagnostics == ()
    assert [bare(field) for name, field in found.fields.items() if name != "title"] in ([], [{}])


@pytest.mark.parametrize(
    ("head", "told"),
    [
        ("title: ''", ("missing-key", 2, 1, 5)),
        ("title: '\u200b\u3000'", ("missing-key", 2, 1, 5)),
        ("title: a\ntags: ['']", ("wrong-kind", 3, 8, 2)),
        ("title: a\nauthor: [b, ' ']", ("wrong-kind", 3, 13, 3)),
        ("title: a\nimage: {file: ''}", ("missing-key", 3, 9, 4)),
        ("title: a\nurl: ''", ("bad-path", 3, 6, 2)),
        ("title: a\nsource: {kind: ''}", ("unknown-value", 3, 16, 2)),
    ],
)
def test_a_blank_where_something_is_needed_is_told(head, told):
    assert faults(head) == [told]


@pytest.mark.parametrize("typed", ["", "~", "null", "Null", "NULL", "# 1", "\u00a0", "\u200b"])
def test_plain_emptiness_is_an_absent_key(typed):
    assert faults(f"title: a\nsummary: {typed}") == []
    assert "summary" not in load(f"title: a\nsummary: {typed}").fields
    assert faults(f"title: {typed}") == [("missing-key", 2, 1, 5)]


def test_numbers_in_lists_are_text():
    assert values("title: a\ntags: [no, 1.10, 007, '~']")["tags"] == ["no", "1.10", "007", "~"]


@pytest.mark.parametrize(("typed", "value"), [("true", True), ("false", False)])
def test_flags_are_true_and_false(typed, value):
    assert values(f"title: a\ndraft: {typed}")["draft"] is value


@pytest.mark.parametrize(
    "typed", ['"true"', "'false'", "yes", "no", "on", "1", "True", "TRUE", "[]"]
)
def test_nothing_else_is_a_flag(typed):
    assert faults(f"title: a\ndraft: {typed}")[0][:3] == ("wrong-kind", 3, 8)


@pytest.mark.parametrize(
    ("head", "draft"),
    [
        ("title: a\ndraft: true", True),
        ("draft:   true  # not yet\ntitle: [", True),
        ('"draft": true\ntitle: [', True),
        ("'draft' : true\ntitle: [", True),
        ("extra:\n  draft: true\ntitle: [", False),
        ('title: a\n"draft": true', True),
        ("title: a\ndraft : true", True),
        ("{title: a, draft: true}", True),
        ("title: a\ndraft: false", False),
        ("title: a\nextra:\n  draft: true", False),
        ("title: a", False),
    ],
)
def test_a_draft_is_seen_however_it_is_typed_and_in_a_block_that_cannot_be_read(head, draft):
    assert load(head).draft is draft


def test_a_line_of_the_comment_makes_no_draft_of_a_post_in_conflict():
    conflict = "<<<<<<< HEAD\n霧\n=======\n港\n>>>>>>> naoshi\n"
    found = load("title: a", f"{conflict}\ndraft: true\n")
    assert ([one.code for one in found.diagnostics], found.draft) == (["conflict-left"], False)
    assert load(f"draft: true\n{conflict.rstrip()}", "港\n").draft


# ---------------------------------------------------------------- short forms


@pytest.mark.parametrize(
    ("head", "key", "value"),
    [
        ("author: 編集部A", "author", ["編集部A"]),
        ("author: [A, B]", "author", ["A", "B"]),
        ("aliases: /a/", "aliases", ["/a/"]),
        ("source: https://example.org/", "source", {"url": "https://example.org/"}),
        ("quote: 引用文", "quote", {"text": "引用文"}),
        ("quotes: [一, {text: 二}]", "quotes", [{"text": "一"}, {"text": "二"}]),
        ("via: ツイッター速報", "via", {"name": "ツイッター速報"}),
        ("via: https://example.org/", "via", {"url": "https://example.org/"}),
        ("image: a.png", "image", {"file": "a.png"}),
        (
            "sources: {みなと: https://example.org/}",
            "sources",
            {"みなと": {"url": "https://example.org/"}},
        ),
        ("extra: {a: [b, {c: 1}], d: ~}", "extra", {"a": ["b", {"c": "1"}], "d": "~"}),
    ],
)
def test_a_plain_text_stands_for_its_usual_meaning(head, key, value):
    assert values(f"title: a\n{head}")[key] == value


# ---------------------------------------------------------------- faults of values


@pytest.mark.parametrize(
    ("head", "code", "line", "column", "width"),
    [
        ("title: a\nsoruce: b", "unknown-key", 3, 1, 6),
        ("title: a\nsource:\n  ulr: b", "unknown-key", 4, 3, 3),
        ("title: a\nslug　: b", "full-width-space", 3, 5, 1),
        ("title: a\ntitle: b", "duplicate-key", 3, 1, 5),
        ("title: a\nsource:\n  url: b\n  url: c", "duplicate-key", 5, 3, 3),
        ("title: [a]", "wrong-kind", 2, 8, 1),
        ("title: {a: b}", "wrong-kind", 2, 8, 1),
        ("title: |\n  a\n  b", "wrong-kind", 2, 8, 1),
        ("title: a\nsource: [x]", "wrong-kind", 3, 9, 1),
        ("title: a\ntags: x", "wrong-kind", 3, 7, 1),
        ("title: a\ntags: {x: y}", "wrong-kind", 3, 7, 1),
        ("title: a\ntags: [x, ~]", "wrong-kind", 3, 11, 1),
        ("title: a\n? [b]\n: c", "wrong-kind", 3, 3, 1),
        ("title: a\ntags: AI、半導体", "comma-list", 3, 7, 6),
        ("title: a\nauthor: A、B", "comma-list", 3, 9, 3),
        ("title: a\ndate: 2025-02-30", "bad-date", 3, 7, 10),
        ("title: a\ndate: 平成31年5月1日", "era-mismatch", 3, 7, 9),
        ("title: a\nsource:\n  kind: nwes", "unknown-value", 4, 9, 4),
        ("title: a\nsource:\n  lang: 英語", "unknown-value", 4, 9, 2),
        ("title: a\nsource:\n  lang: en_US", "unknown-value", 4, 9, 5),
        ("title: a\nsource:\n  lang: jp", "unknown-value", 4, 9, 2),
        ("title: a\nslug: A b", "bad-slug", 3, 7, 3),
        ("title: a\nurl: a/b", "bad-path", 3, 6, 3),
        ("title: a\naliases: [/a/, /../b]", "bad-path", 3, 16, 5),
        ("title: a\nsource: ftp://x", "bad-url", 3, 9, 7),
        ("title: a\nimage: {alt: x}", "missing-key", 3, 8, 1),
        ("title: a\nupdates:\n- date: 2025-01-01\n  kind: addition", "missing-key", 4, 3, 1),
        ("title: a\nquote: x\nquotes: [y]", "quote-and-quotes", 4, 1, 6),
        ("title: a\nlint: {ignore: [x]}", "lint-reason-missing", 3, 1, 4),
        ("title: a\nlint: {ignore: [x], reason: ' '}", "lint-reason-missing", 3, 1, 4),
        ("title: a #1 is lost", "hash-in-value", 2, 10, 10),
        ("title: a\ntags: #b #c", "hash-in-value", 3, 7, 5),
        ("title: #1 is lost", "missing-key", 2, 1, 5),
        ("title: ! a", "yaml-tag", 2, 8, 1),
        ("title: a\nquote: b\n  c", "joined-lines", 3, 8, 1),
        ("title: a\nquote: >\n  b\n  c\ntags: [d]", "joined-lines", 3, 8, 1),
        ('title: a\nquote:\n  text: "b\n\n  c\n  d"', "joined-lines", 4, 9, 1),
        ("title: a\ntags:\n- b # c", "hash-in-value", 4, 5, 3),
    ],
)
def test_a_fault_stands_at_the_smallest_text_that_is_wrong(head, code, line, column, width):
    assert faults(head) == [(code, line, column, width)]


@pytest.mark.parametrize(
    ("head", "code", "line", "column", "text"),
    [
        ("title: &a x", "yaml-anchor", 2, 8, "&a"),
        ("title: a\nvia: *b", "yaml-anchor", 3, 6, "*b"),
        ('title: a\nsource: {<<: x, url: "https://a.jp"}', "yaml-anchor", 3, 10, "<<"),
        ("title: !!str a", "yaml-tag", 2, 8, "!!str"),
        ("title: !x a", "yaml-tag", 2, 8, "!x"),
        ("title: a\ntags: !!python/tuple [a]", "yaml-tag", 3, 7, "!!python/tuple"),
    ],
)
def test_anchors_aliases_merges_and_tags_are_refused(head, code, line, column, text):
    found = load(head)
    (fault,) = found.diagnostics
    place = (fault.location.line, fault.location.column)
    assert (fault.code, place, fault.arguments["text"]) == (code, (line, column), text)
    assert not found.whole


def test_a_duplicate_names_the_first_place():
    (fault,) = load("title: a\nslug: b\ntitle: c").diagnostics
    assert fault.others == (Location("p.md", 2, 1, 5),)


def test_an_unknown_key_names_the_nearest():
    (fault,) = load("title: a\nsoruce: b").diagnostics
    assert fault.arguments["nearest"] == "source"


@pytest.mark.parametrize(
    ("key", "nearest"),
    [("categories", "tags"), ("description", "summary"), ("permalink", "url"), ("status", "draft")],
)
def test_a_key_of_other_programs_names_ours(key, nearest):
    (fault,) = load(f"title: a\n{key}: b").diagnostics
    assert fault.arguments["nearest"] == nearest


def test_a_list_written_as_text_is_shown_as_a_list():
    (fault,) = load("title: a\ntags: AI、半導体,次，末").diagnostics
    assert fault.arguments["list"] == "[AI, 半導体, 次, 末]"


@pytest.mark.parametrize("typed", ["［港、霧］", "【港，霧】", "(港, 霧)"])
def test_brackets_of_another_kind_are_no_part_of_a_list(typed):
    (fault,) = load(f"title: a\ntags: {typed}").diagnostics
    assert fault.arguments["list"] == "[港, 霧]"


@pytest.mark.parametrize("typed", ["港（冬）、霧", "（港）、（霧）"])
def test_brackets_around_one_of_several_stay(typed):
    (fault,) = load(f"title: a\ntags: {typed}").diagnostics
    assert fault.arguments["list"] == f"[{typed.replace('、', ', ')}]"


@pytest.mark.parametrize("typed", ["[速報]", "{港}", "[港, 霧]"])
def test_a_title_in_brackets_can_be_pasted_as_the_remedy_has_it(typed):
    (fault,) = load(f"title: {typed}").diagnostics
    said = catalog.words(fault, "en").remedy.partition("marks: ")[2]
    assert load(f"title: {said}").fields["title"].value == typed


@pytest.mark.parametrize(
    "head", ["titel: a", "　title: a", "title　: a", "title: [a]", "title: a\x80"]
)
def test_a_title_that_is_wrong_is_not_missing_too(head):
    assert len(faults(head)) == 1


def test_an_unknown_key_further_in_does_not_stand_for_a_missing_one():
    codes = {code for code, *_ in faults("source:\n  titel: a")}
    assert codes == {"unknown-key", "missing-key"}


def test_keys_with_faults_are_named():
    assert load("title: a\ndate: x\nslug: A").faulty == {"date", "slug"}


@pytest.mark.parametrize("key", ["tags", "author", "summary", "quote", "via"])
def test_the_remedy_of_a_dropped_value_can_be_pasted(key):
    (fault,) = load(f"title: a\n{key}: #b #c").diagnostics
    said = catalog.words(fault, "en").remedy.partition("marks: ")[2]
    assert load(f"title: a\n{key}: {said}").diagnostics == ()


def test_a_comment_behind_an_empty_key_is_no_value():
    assert not faults("title: a\ntags: # none yet\nsource:  ## and no source")


def test_a_harmless_fault_leaves_its_value():
    found = load("title: a\ndate: 平成31年5月1日 # note")
    assert (found.faulty, found.fields["date"].value.iso[:10]) == (set(), "2019-05-01")


def test_every_fault_of_a_block_is_told():
    assert [code for code, *_ in faults("slug: A\ndate: x\nfoo: b\ndraft: 1")] == [
        "bad-slug",
        "bad-date",
        "unknown-key",
        "wrong-kind",
        "missing-key",
    ]


# ---------------------------------------------------------------- characters


@pytest.mark.parametrize(
    ("character", "name"),
    [
        ("\x00", "U+0000"),
        ("\x1f", "U+001F"),
        ("\x7f", "U+007F"),
        ("\x80", "U+0080"),
        ("\uffff", "U+FFFF"),
    ],
)
@pytest.mark.parametrize(("place", "line", "column"), [("head", 3, 11), ("body", 5, 2)])
def test_a_control_character_is_told_by_name_and_place(character, name, place, line, column):
    summary, body = (character, "") if place == "head" else ("", f"b{character}\n")
    found = load(f"title: a\nsummary: b{summary}", body)
    (fault,) = found.diagnostics
    told = (fault.code, fault.location.line, fault.location.column, fault.arguments["character"])
    assert told == ("control-character", line, column, name)


@pytest.mark.parametrize("typed", [r'"\x07"', r'"\0"', r'"\u009f"', r'"\uffff"', r'"\x7f"'])
def test_a_control_character_behind_an_escape_is_told(typed):
    assert faults(f"title: {typed}") == [("control-character", 2, 8, len(typed))]


def test_a_control_character_in_a_free_value_is_told():
    typed = 'title: a\nextra: {a: [b, {c: "\\x1b"}]}'
    assert faults(typed) == [("control-character", 3, 20, 6)]


def test_a_lone_surrogate_behind_an_escape_is_a_fault():
    assert [code for code, *_ in faults(r'title: "\ud800"')] == ["front-matter-syntax"]


def test_tabs_within_a_quotation_are_text():
    assert values("title: a\nquote: |\n  a\tb")["quote"]["text"] == "a\tb\n"


@pytest.mark.parametrize("key", ["title", "slug", "summary", "via", "author"])
def test_direction_overrides_are_refused_in_lines(key):
    head = f"{key}: a\u202eb\u202c" if key == "title" else f"title: a\n{key}: a\u202eb\u202c"
    assert [code for code, *_ in faults(head)] == ["bidi-character"]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("\u202eb\u202c", False),
        ("\u2066a\u202bb\u202c\u2069", False),
        ("\u202eb", True),
        ("b\u202c", True),
        ("\u202eb\\n\u202c", True),
    ],
)
def test_direction_overrides_in_a_quotation_are_balanced_in_each_line(text, told):
    assert bool(faults(f'title: a\nquote: "{text}"')) is told


# ---------------------------------------------------------------- limits


@pytest.mark.parametrize(
    ("head", "limit"),
    [
        ("title: {}", 300),
        ("title: a\ntags: [{}]", 60),
        ("title: a\nsummary: {}", 1000),
        ("title: a\nquote: {}", 20_000),
    ],
)
def test_text_over_its_limit_is_told(head, limit):
    assert faults(head.format("あ" * limit)) == []
    (fault,) = load(head.format("あ" * (limit + 1))).diagnostics
    assert (fault.code, fault.arguments["limit"]) == ("text-too-long", str(limit))


def test_more_than_fifty_tags_are_too_many():
    tags = ", ".join(f"t{number}" for number in range(51))
    (fault,) = load(f"title: a\ntags: [{tags}]").diagnostics
    assert (fault.code, fault.arguments["count"], fault.arguments["limit"]) == (
        "too-many",
        "51",
        "50",
    )


def test_a_block_of_64_kb_is_too_long():
    (fault,) = load("title: a\n" + "# x\n" * (MAX_CHARACTERS // 4)).diagnostics
    assert (fault.code, fault.arguments["limit"]) == ("front-matter-too-long", str(MAX_CHARACTERS))


def test_nesting_stops_at_eight():
    def nested(depth):
        return f"title: a\nextra: {{a: {'[' * depth}{']' * depth}}}"

    assert faults(nested(6)) == []
    assert faults(nested(7)) == [("front-matter-too-deep", 3, 18, 1)]


@pytest.mark.parametrize("inner", ["[", "{a: ", "- "])
def test_a_nesting_that_crashes_libyaml_is_a_fault(inner):
    found = load(f"title: a\nextra: {inner * (60_000 // len(inner))}")
    assert not found.whole
    assert len(found.diagnostics) == 1


def test_what_is_a_page_has_no_quotation():
    found = load("title: a\nquote: b", keys=schema.PAGE)
    assert [one.code for one in found.diagnostics] == ["unknown-key"]


# ---------------------------------------------------------------- all that is missing, and no more


@pytest.mark.parametrize(
    ("head", "missing"),
    [
        ("image: {alt: x}", ["file"]),
        ("updates: [{kind: addition}]", ["date", "text"]),
        ("updates:\n- kind: addition\n  text: a\n- kind: addition\n  date: 2025-01-01",
         ["date", "text"]),
        ("image: {credit: a}\nupdates: [{date: 2025-01-01, text: a}]", ["file", "kind"]),
        ("lint: {reason: a}", ["ignore"]),
    ],
)  # fmt: skip
def test_every_key_that_is_missing_is_told(head, missing):
    found = load(f"title: a\n{head}").diagnostics
    assert [(one.code, one.arguments["key"]) for one in found] == [
        ("missing-key", key) for key in missing
    ]


@pytest.mark.parametrize(
    ("head", "codes"),
    [
        ("date: 2025-02-30", ["bad-date"]),
        ("source: ftp://x", ["bad-url"]),
        ("updates: [{date: 2025-02-30, kind: addition, text: a}]", ["bad-date"]),
        ("updates: [{date: 2025-02-03, kind: additoin, text: a}]", ["unknown-value"]),
        ("updates: [{date: 2025-02-03, kindd: addition, text: a}]", ["unknown-key"]),
        ("image: {file: [a]}", ["wrong-kind"]),
    ],
)
def test_what_is_wrong_is_not_missing_too(head, codes):
    assert [code for code, *_ in faults(f"title: a\n{head}")] == codes


def test_the_keys_with_something_wrong_in_them_are_known():
    found = load("title: a\ndate: 2025-02-30\nsource: {url: ftp://x}\ntags: [b]\nsummry: c")
    assert found.faulty == {"date", "source", "summary", "summry"}


def test_what_is_harmless_makes_no_key_faulty():
    assert load("title: a #1\ndate: 平成31年5月1日").faulty == frozenset()


@pytest.mark.parametrize("value", ["港 #1", '港の"霧笛" #1', "it's #1", "港\\冬 #1"])
def test_the_remedy_of_a_comment_can_be_pasted(value):
    """`"{value} {lost}"` is what it says."""
    (fault,) = load(f"title: {value}").diagnostics
    said = catalog.words(fault, "en").remedy.partition("marks: ")[2]
    found = load(f"title: {said}")
    assert (found.fields["title"].value, found.diagnostics) == (value, ())


@pytest.mark.parametrize("value", ["港、霧", "港,霧，船", "港: 冬、霧", "@港、霧"])
def test_the_remedy_of_a_list_can_be_pasted(value):
    (fault,) = load(f"title: a\ntags: '{value}'").diagnostics
    said = catalog.words(fault, "en").remedy
    assert load(f"title: a\n{said}").diagnostics == ()
