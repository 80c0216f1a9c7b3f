"""What authors usually do where YAML only says that something is wrong."""

import pytest

from sitegen.content import dates, frontmatter, schema
from sitegen.content.yaml_faults import diagnosed

ZONE = dates.zone("Asia/Tokyo")
KEYS = [key.name for key in schema.POST]


def faults(head):
    """Code, variant, line, column and width of each fault of a block that cannot be read."""
    found = frontmatter.load("p.md", f"---\n{head}\n---\n", schema.POST, ZONE)
    assert not found.whole
    return [
        (one.code, one.variant, one.location.line, one.location.column, one.location.width)
        for one in found.diagnostics
    ]


def arguments(head):
    found = frontmatter.load("p.md", f"---\n{head}\n---\n", schema.POST, ZONE)
    return [dict(one.arguments) for one in found.diagnostics]


@pytest.mark.parametrize(
    ("head", "variant", "column", "width"),
    [
        ("title: 「引用」: 続き", "colon", 12, 1),
        ("title: 【速報】A: B", "colon", 13, 1),
        ("title: a:", "colon", 9, 1),
        ("title: [速報] A", "reserved", 8, 6),
        ("title: *重要*", "reserved", 8, 4),
        ("title: @x", "reserved", 8, 2),
        ("title: `x`", "reserved", 8, 3),
        ("title: % a", "reserved", 8, 3),
        ("title: >x", "reserved", 8, 2),
        ('title: "a', "quote", 8, 2),
        ("title: 'a", "quote", 8, 2),
        ('title: "a" b', "reserved", 8, 5),
        ("title: - a", "list", 8, 3),
        ("title: a\nvia: [島](https://a.test/)", "link", 6, 20),
    ],
)
def test_a_usual_mistake_is_told_at_its_place(head, variant, column, width):
    line = head.count("\n") + 2
    assert faults(head) == [("front-matter-syntax", variant, line, column, width)]


@pytest.mark.parametrize(
    ("head", "told"),
    [
        ("title：あ", ("full-width-colon", 2, 6)),
        ("title： あ", ("full-width-colon", 2, 6)),
        ("title: a\nsource:\n  url：https://a.jp\n  kind: news", ("full-width-colon", 4, 6)),
        ("title: a\nsource:\n  publisher：港\n  kind: news", ("full-width-colon", 4, 12)),
        ("title: a\nsource:\n  locator:第3条\n  kind: news", ("missing-space", 4, 10)),
        ("title: a\nquote:\n  translator：港\n  text: 霧", ("full-width-colon", 4, 13)),
        ("title: a\nquotes:\n  - original：港\n    text: 霧", ("full-width-colon", 4, 13)),
        ("title:あ", ("missing-space", 2, 6)),
        ("title:　全角", ("missing-space", 2, 6)),
        ("title: a\n　slug: b: c", ("full-width-space", 3, 1)),
        ("title: a\n\tslug: b", ("front-matter-syntax", 3, 1)),
        ("title: a\nsource:\n\turl: b", ("front-matter-syntax", 4, 1)),
    ],
)
def test_blanks_and_colons_of_another_width_are_told(head, told):
    ((code, _, line, column, _),) = faults(head)
    assert (code, line, column) == told


@pytest.mark.parametrize(
    ("head", "line", "column", "width"),
    [
        ("source:\n　url: b\n　title: c", 3, 1, 1),
        ("source:\n　　url: b\n　　title: c\n　　published: d", 3, 1, 2),
        ("source:\n  url: b\n　title: c", 4, 1, 1),
        ("source:\n 　url: b\n 　title: c", 3, 2, 1),
        ("quotes:\n  - text: a\n    source:\n　　　　url: b", 5, 1, 4),
        ("sources:\n　港:\n　　url: b", 3, 1, 1),
        ("extra:\n　a: b", 3, 1, 1),
        ("quote:\n　text: |\n　　引用。\n　　続き。", 3, 1, 1),
        ("tags:\n　- 甲\n　- 乙", 3, 1, 1),
        ("via: {name: a: b}\nsource:\n　url: b\n　title: c", 4, 1, 1),
    ],
)
def test_full_width_indentation_is_told_once(head, line, column, width):
    assert faults(head)[-1:] == [("full-width-space", "indent", line, column, width)]
    assert [code for code, *_ in faults(head)].count("full-width-space") == 1


@pytest.mark.parametrize("above", ["source: https://example.jp/", "summary:", "source:"])
def test_a_full_width_blank_before_a_key_of_the_top_is_no_indentation(above):
    head = f"title: a\n{above}\n　slug: b\nextra: {{a: b,　c: d}}"
    found = frontmatter.load("p.md", f"---\n{head}\n---\n", schema.POST, ZONE)
    assert [(one.code, one.variant) for one in found.diagnostics] == [("full-width-space", "")]


def test_the_value_behind_a_full_width_colon_is_shown():
    assert arguments("title：半導体") == [
        {"key": "title", "value": "半導体", "typed": "：半導体", "meant": ": 半導体"}
    ]


def test_a_pasted_line_without_indentation_is_told_once_with_its_key():
    head = "title: a\nquote: |\n  一行目\n二行目\n三行目\nslug: b"
    assert faults(head) == [("lost-indent", "", 5, 1, 3)]
    assert arguments(head) == [{"key": "quote"}]


def test_two_gaps_in_the_indentation_are_two_faults():
    head = "title: a\nquote: |\n  一\n二\n  三\n四"
    assert [line for _, _, line, _, _ in faults(head)] == [5, 7]


def test_an_indented_quotation_is_never_taken_for_yaml():
    head = 'title: a: b\nquote: |\n  「x」: y\n  @z\n  "w\n'
    assert faults(head) == [("front-matter-syntax", "colon", 2, 9, 1)]


def test_every_line_with_a_mistake_is_told():
    head = "title: 「a」: b\nslug：c\nvia: @d"
    assert [(code, line) for code, _, line, _, _ in faults(head)] == [
        ("front-matter-syntax", 2),
        ("full-width-colon", 3),
        ("front-matter-syntax", 4),
    ]


@pytest.mark.parametrize("blank", ["\t", "　"])
def test_a_blank_that_indents_several_lines_is_told_once(blank):
    head = f"title: a\nsource:\n{blank}url: b\n{blank}title: c\n\n{blank}site: d\nslug：e"
    assert [line for _, _, line, _, _ in faults(head)] == [4, 8]


@pytest.mark.parametrize("head", ["- a\n- b", "a", "[a, b]", "title: a\n---x"])
def test_what_is_no_mapping_is_a_fault(head):
    assert [one[:2] for one in faults(head)] == [("front-matter-syntax", "line")]


@pytest.mark.parametrize(
    ("head", "told"),
    [
        ("題名：a\nslug: b", ("front-matter-syntax", "line", 2, 1, 4)),
        ("title = a\nslug: b", ("front-matter-syntax", "line", 2, 1, 9)),
        ("title: a\n続き\nslug: b", ("front-matter-syntax", "line", 3, 1, 2)),
        ("title: a\nquote:\n  港: 冬\n  霧笛\nslug: b", ("front-matter-syntax", "line", 5, 3, 2)),
        ("title: a\n\n論評。\n", ("front-matter-unclosed", "", 4, 1, 3)),
        ("title: a\ntags:\n-b\n-c", ("front-matter-syntax", "dash", 4, 1, 2)),
        ("title: a\nsource: b\n  title: c", ("front-matter-syntax", "deeper", 4, 1, 2)),
        ("title: a\n slug: b", ("front-matter-syntax", "deeper", 3, 1, 1)),
        ("title: a\nquote: | 港。\n  霧。", ("front-matter-syntax", "block", 3, 8, 4)),
        ("title: a\n\t\nslug: b", ("front-matter-syntax", "tab", 3, 1, 1)),
        ("title: a\nquote: |\n  港。\n　霧笛。", ("lost-indent", "", 5, 1, 4)),
        ("title: a\nquote:\n  text: |\n  港。", ("lost-indent", "", 5, 3, 2)),
    ],
)
def test_the_line_that_is_wrong_is_told_and_not_the_next(head, told):
    assert faults(head) == [told]


@pytest.mark.parametrize(
    ("typed", "variant", "value"),
    [
        ("[#港, 霧]", "hash", ("#港", "霧")),
        ("[C, C #]", "hash", ("C", "C #")),
        (r'"C:\冬\n"', "escape", (r"C:\冬\n",)),
        (r'"it\'s"', "escape", (r"it\'s",)),
    ],
)
def test_what_yaml_does_not_read_can_be_pasted_as_the_remedy_has_it(typed, variant, value):
    assert faults(f"title: a\nauthor: {typed}")[0][1] == variant
    (said,) = arguments(f"title: a\nauthor: {typed}")
    pasted = f"---\ntitle: a\nauthor: {said['quoted']}\n---\n"
    found = frontmatter.load("p.md", pasted, schema.POST, ZONE)
    assert tuple(item.value for item in found.fields["author"].value) == value


def test_a_second_document_is_a_fault():
    assert [code for code, *_ in faults("title: a\n...\nslug: b")] == ["front-matter-syntax"]


def test_the_parsers_own_place_never_lies_behind_the_block():
    (fault,) = diagnosed("p.md", "a: [b\n", _Error(line=7, column=3), KEYS)
    assert fault.location.line == 2


class _Error:
    """What PyYAML says of a place that it only reached at the end."""

    problem = "x"

    def __init__(self, line, column):
        self.problem_mark = self
        self.line, self.column = line, column


# ---------------------------------------------------------------- remedies


@pytest.mark.parametrize(
    "value",
    [
        '港の"霧笛": 冬',
        '"霧笛": 港',
        "'霧笛': 港",
        "港の'霧笛': 冬",
        "「霧笛」: 港",
        "it's: a",
        '"it\'s": a',
        "港\\冬: 霧",
        "[速報] 港",
        "{港}の冬",
        "@港",
        "`港`",
        "*重要*",
        "% 港",
        "- 港",
        "? 港",
        "| 港",
        '"霧笛" の港',
        "港: 霧 #1",
    ],
)
def test_the_quoted_value_of_a_remedy_can_be_pasted(value):
    (fault,) = frontmatter.load(
        "p.md", f"---\ntitle: {value}\n---\n", schema.POST, ZONE
    ).diagnostics
    assert fault.code == "front-matter-syntax"
    pasted = f"---\ntitle: {fault.arguments['quoted']}\n---\n"
    found = frontmatter.load("p.md", pasted, schema.POST, ZONE)
    assert (found.fields["title"].value, found.diagnostics) == (value, ())


@pytest.mark.parametrize("value", ["港の冬", "港: 冬", '"霧笛": 港', "@港"])
@pytest.mark.parametrize("colon", ["： ", ":　"])
def test_the_line_of_a_remedy_can_be_pasted(colon, value):
    """`{key}: {value}` is what the remedy of a wrong colon says."""
    (told,) = arguments(f"title{colon}{value}")
    pasted = f"---\n{told['key']}: {told['value']}\n---\n"
    found = frontmatter.load("p.md", pasted, schema.POST, ZONE)
    assert found.diagnostics == ()
    assert found.fields["title"].value == value


@pytest.mark.parametrize(
    ("head", "variant", "told"),
    [
        ("tags: [港, 霧笛", "unclosed", ("[", "]")),
        ("tags: [港, [霧笛]", "unclosed", ("[", "]")),
        ("source: {url: https://a.jp", "unclosed", ("{", "}")),
        ("tags: [港]]", "unopened", ("]", "]")),
        ("source: {url: https://a.jp}}", "unopened", ("}", "}")),
    ],
)
def test_brackets_that_do_not_match_are_told_with_the_one_to_type(head, variant, told):
    assert faults(f"title: a\n{head}")[0][:3] == ("front-matter-syntax", variant, 3)
    (said,) = arguments(f"title: a\n{head}")
    assert (said["bracket"], said["other"]) == told


def test_a_bracket_in_quotation_marks_is_no_bracket():
    assert faults('title: a: b\ntags: ["]"]\nauthor: ["[", "x"]') == [
        ("front-matter-syntax", "colon", 2, 9, 1)
    ]


def test_a_list_over_several_lines_is_not_the_fault():
    assert faults("title: a: b\ntags: [港,\n  霧笛]") == [("front-matter-syntax", "colon", 2, 9, 1)]


@pytest.mark.parametrize("key", ["title", "tags", "source", "quote"])
def test_a_key_without_its_colon_is_named(key):
    head = f"slug: x\n{key}\ndate: 2025-02-04"
    assert faults(head) == [("front-matter-syntax", "key", 3, 1, len(key))]
    assert arguments(head) == [{"key": key}]


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("via: [島](https://a.test/)", 'via: {name: "島", url: "https://a.test/"}'),
        ("source: [霧](https://a.test/)", 'source: {title: "霧", url: "https://a.test/"}'),
    ],
)
def test_a_markdown_link_is_told_with_the_keys_that_it_needs(typed, meant):
    assert [said["meant"] for said in arguments(f"title: a\n{typed}")] == [meant]
