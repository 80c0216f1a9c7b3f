"""Layouts: what is wrong in them, which is taken, what they use, what comes out."""

import pytest
from msgspec.structs import replace

from sitegen import config
from sitegen.diagnostics.model import Diagnostic
from sitegen.model import Body, BodyUse, Fence, Html, Page, Quote, Source, Span
from sitegen.render import checking, layouts
from sitegen.render.renderer import Renderer

PAGE = Page("page", "a/index.html", "/a/", ("a.html",), title='題 "<b>"')
VIEW = config.view(config.Config(title="港", base_url="https://e.jp/"), {})


def gathered(own, built_in=None):
    words = {"strings/ja.toml": 'more = "続き"\nby = "文"\n'}
    return layouts.gather({**words, **(built_in or {})}, own)


def faults(own, built_in=None):
    return checking.check(gathered(own, built_in))[0]


def closures(own, built_in=None):
    return checking.check(gathered(own, built_in))[1]


def told(own, built_in=None):
    return [
        (one.code, one.location.path, one.location.line, one.location.column)
        for one in faults(own, built_in)
    ]


def rendered(source, page=PAGE, bodies=None, **own):
    named = {f"{name}.html": text for name, text in own.items()}
    made = Renderer(gathered({"a.html": source, **named}), VIEW).render(page, bodies or {})
    return made.decode() if isinstance(made, bytes) else made


# ---------------------------------------------------------------- gathering and choosing


def test_a_sites_own_layout_hides_the_built_in_one_of_its_name():
    found = gathered({"a.html": "own"}, {"a.html": "built-in", "b.html": "b"})
    assert (found.files["a.html"], found.files["default/a.html"], found.files["b.html"]) == (
        "own", "built-in", "b",
    )  # fmt: skip
    assert found.own == ("a.html",)


def test_a_site_may_change_single_words():
    found = gathered({"strings/ja.toml": 'more = "もっと"'})
    assert layouts.strings(found, "ja") == {"more": "もっと", "by": "文"}


@pytest.mark.parametrize(
    ("names", "chosen"),
    [(("tag.html", "a.html"), "a.html"), (("a.html", "b.html"), "a.html"), (("x.html",), None)],
)
def test_the_first_layout_that_there_is_is_taken(names, chosen):
    assert layouts.choose(gathered({"a.html": "", "b.html": ""}), names) == chosen


def test_a_closure_changes_with_all_that_a_layout_uses_and_with_nothing_else():
    own = {
        "a.html": '{% extends "b.html" %}{% include "c.html" %}',
        "b.html": '{% import "d.html" as d %}',
        "c.html": "c",
        "d.html": "d",
        "e.html": "e",
    }
    before = closures(own)
    for name, source in own.items():
        after = closures({**own, name: f"{source} "})
        assert (after["a.html"] != before["a.html"]) == (name != "e.html"), name
    words = closures({**own, "strings/ja.toml": 'more = "x"'})
    assert words["e.html"] != before["e.html"]


def test_the_closure_of_what_extends_a_built_in_layout_changes_with_that():
    own = {"a.html": '{% extends "default/b.html" %}'}
    before = closures(own, {"b.html": "b"})
    assert closures(own, {"b.html": "b "})["a.html"] != before["a.html"]
    hidden = {**own, "b.html": "own"}
    before = closures(hidden, {"b.html": "b"})
    assert closures(hidden, {"b.html": "b "})["a.html"] != before["a.html"]
    assert closures({**hidden, "b.html": "x"}, {"b.html": "b"})["a.html"] == before["a.html"]


def test_layouts_that_use_each_other_have_closures():
    own = {"a.html": '{% include "b.html" %}', "b.html": '{% include "a.html" %}'}
    assert set(closures(own)) == {"a.html", "b.html"}


def test_texts_and_names_are_in_the_digest():
    names = [
        layouts.digest(gathered(own))
        for own in ({"a.html": "x"}, {"a.html": "y"}, {"b.html": "x"}, {"a.html": "x"})
    ]
    assert names[0] == names[3]
    assert len(set(names)) == 3


# ---------------------------------------------------------------- checking


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ("ok {{ page.title }}", []),
        ("a\n{% if x %}\nb", [("layout-syntax", 2, 4)]),
        ("a\n{{ b }", [("layout-syntax", 2, 1)]),
        ("a\n  {{ b | uper }}", [("unknown-filter", 2, 10)]),
        ("{{ b is odder }}", [("unknown-filter", 1, 9)]),
        ("{% if b is odder %}{% endif %}", [("unknown-filter", 1, 12)]),
        ("{% if b %}{{ b | uper }}{% endif %}", [("unknown-filter", 1, 18)]),
        ('a\n{% include "b.html" %}', [("layout-missing", 2, 13)]),
        ('{% include "b.html" ignore missing %}', []),
        ('{% include ["b.html", "a.html"] %}', []),
        (
            '{% include ["b.html", "c.html"] %}',
            [("layout-missing", 1, 14), ("layout-missing", 1, 24)],
        ),
        ("a\n {% include page.x %}", [("computed-layout", 2, 2)]),
        ('{% extends ["a.html", x] %}', [("computed-layout", 1, 1)]),
        ("{% block b %}{% block b %}{% endblock %}{% endblock %}", [("layout-syntax", 1, 1)]),
    ],
)
def test_what_is_wrong_is_told_at_its_place(source, found):
    assert told({"a.html": source}) == [
        (code, "layouts/a.html", line, column) for code, line, column in found
    ]


@pytest.mark.parametrize(
    ("wanted", "nearest"),
    [("paeg.html", "page.html"), ("nope.html", ""), ("default/pots.html", "default/post.html")],
)
def test_only_a_layout_of_a_near_name_is_offered(wanted, nearest):
    files = {"a.html": f'{{% include "{wanted}" %}}', "page.html": "", "default/post.html": ""}
    (fault,) = faults(files)
    assert fault.arguments["nearest"] == nearest


@pytest.mark.parametrize(
    ("source", "places"),
    [
        ("{% block m %}a{% endblock %}\n\n  <p>港</p>\n", [(4, 3)]),
        ("\n{{ page.title }}", [(3, 1)]),
        ("{% if page.title %}\n港\n{% endif %}", [(3, 1)]),
        ("{% for x in (1, 2) %}{{ x }}{% endfor %}", [(2, 22)]),
        ("{% with x = 1 %}港{% endwith %}", [(2, 17)]),
        ("港{% if page.title %}霧{% endif %}夜", [(2, 1)]),
        ("港{% block m %}a{% endblock %}霧", [(2, 1), (2, 30)]),
        ("{% block m %}a\nb{% endblock -%}\n\n霧", [(5, 1)]),
        ("{# 港 #}\n{% block m %}{{ super() }}{% endblock %}", []),
        ("{% set x = 1 %}{% set y %}港{% endset %}{% macro z() %}霧{% endmacro %}", []),
        ("{% import 'b.html' as b %}{% from 'b.html' import c %}{% include 'b.html' %}", []),
        ("{% if page.title %}{% block m %}港{% endblock %}{% endif %}", []),
        ("<!-- 港\n{{ page.title }} -->\n<!-- 霧 -->", []),
        ("", []),
    ],
)
def test_what_stands_outside_of_blocks_is_told(source, places):
    files = {
        "a.html": f"{{% extends 'b.html' %}}\n{source}",
        "b.html": "{% block m %}{% endblock %}",
    }
    found = [("text-outside-blocks", "layouts/a.html", line, column) for line, column in places]
    assert told(files) == found


@pytest.mark.parametrize(
    "source",
    ["港", "{% if page.title %}{% extends 'b.html' %}{% endif %}港", "港{% extends 'b.html' %}"],
)
def test_text_that_is_shown_is_not_told(source):
    assert told({"a.html": source, "b.html": ""}) == []


UNKNOWN = 'more = "もっと"\nmroe = "もっと"\n'


@pytest.mark.parametrize(
    "own",
    [
        {},
        {"a.html": "{{ strings.more }}{{ strings['by'] }}"},
        {"a.html": "{{ page.mroe }}{{ page.strings.more }}"},
        {"strings/en.toml": 'by = "by"'},
    ],
)
def test_a_string_that_no_layout_uses_is_told(own):
    found = told({**own, "strings/ja.toml": UNKNOWN})
    assert found == [("unknown-string", "layouts/strings/ja.toml", 2, 1)]


@pytest.mark.parametrize(
    "source",
    [
        "{{ strings.mroe }}",
        "{{ strings['mroe'] }}",
        "{{ strings[page.kind] }}",
        "{{ strings.get('mroe') }}",
        "{% set words = strings %}{{ words.mroe }}",
        "{% if %}",
    ],
)
def test_a_string_that_a_layout_uses_or_may_use_is_not_told(source):
    found = told({"a.txt": source, "strings/ja.toml": UNKNOWN})
    assert "unknown-string" not in [code for code, *_ in found]


def test_only_files_of_strings_hold_strings():
    assert told({"data.toml": UNKNOWN}) == []


@pytest.mark.parametrize(
    ("name", "nearest"), [("mroe", "more"), ("nite", "note"), ("lighthouse", "")]
)
def test_the_string_that_was_likely_meant_is_offered(name, nearest):
    own = {"a.html": "{{ strings.note }}", "strings/ja.toml": f'"{name}" = "x"'}
    (fault,) = faults(own)
    assert fault.arguments == {"name": name, "nearest": nearest}


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ("more = 5", ("wrong-kind", 1, 8)),
        ("by = 'x'\nmore = ['a']", ("wrong-kind", 2, 1)),
        ("[more]\na = 'x'", ("wrong-kind", 1, 2)),
        ('more = "a\\u0000"', ("bad-value", 1, 8)),
    ],
)
def test_a_string_that_is_no_text_is_told(source, found):
    code, line, column = found
    assert told({"strings/ja.toml": source}) == [(code, "layouts/strings/ja.toml", line, column)]


def test_words_that_are_no_toml_are_told():
    assert told({"strings/ja.toml": "a = 1\nb = "}) == [
        ("layout-syntax", "layouts/strings/ja.toml", 2, 5)
    ]


def test_what_is_wrong_in_a_built_in_layout_is_told_once_and_as_its_own():
    assert told({}, {"a.html": "{{ x"}) == [("layout-syntax", "default/a.html", 1, 1)]


def test_a_hidden_layout_is_checked_too():
    assert told({"a.html": "ok"}, {"a.html": "{{ x"}) == [("layout-syntax", "default/a.html", 1, 1)]


def test_every_layout_with_a_fault_is_told():
    assert len(told({"a.html": "{{ x", "b.html": "{% y %}", "c.html": ""})) == 2


# ---------------------------------------------------------------- rendering


def test_everything_is_escaped():
    assert rendered("{{ page.title }}") == "題 &#34;&lt;b&gt;&#34;"


def test_a_layout_sees_page_config_and_strings():
    assert rendered("{{ page.url }} {{ config.title }} {{ strings.more }}") == "/a/ 港 続き"


@pytest.mark.parametrize("name", ["lipsum", "cycler", "joiner", "now"])
def test_a_layout_sees_nothing_else(name):
    assert rendered(f"{{{{ {name} }}}}").code == "unknown-variable"


@pytest.mark.parametrize(
    ("source", "name", "nearest", "column"),
    [
        ("x\n {{ pge.title }}", "pge", "page", 5),
        ("x\n {{ page.titel }}", "titel", "title", 10),
        ("x\n {{ strings.mroe }}", "mroe", "more", 13),
        ("x\n {{ config.titel }}", "titel", "title", 12),
    ],
)
def test_an_unknown_name_is_told_with_the_nearest(source, name, nearest, column):
    fault = rendered(source)
    assert (fault.code, fault.arguments) == ("unknown-variable", {"name": name, "nearest": nearest})
    assert (fault.location.path, fault.location.line, fault.location.column) == (
        "layouts/a.html", 2, column,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("source", "variant"),
    [
        ("{{ page.post.title }}", "empty"),
        ("{{ page.listing['posts'] }}", "empty"),
        ("{{ page.bodies | first }}", "none"),
        ("{{ (page.bodies | last).path }}", "none"),
        ("{{ page.nothing.title }}", ""),
    ],
)
def test_what_is_asked_of_nothing_is_told_as_that(source, variant):
    fault = rendered(source)
    assert (fault.code, fault.variant) == ("unknown-variable", variant)


@pytest.mark.parametrize(
    "source",
    [
        "{{ 1 / 0 }}", "{{ page.title + 1 }}", "{{ page() }}", '{{ "a" | int + "b" }}',
        "{{ page.title | truncate(2) }}", '{% set page.title = "x" %}',
    ],
)  # fmt: skip
def test_an_expression_that_fails_is_told_where_it_stands(source):
    fault = rendered(f"x\n{source}")
    assert (fault.code, fault.location.line) == ("layout-error", 2)


@pytest.mark.parametrize(
    "source",
    ["{% for x in config.extra.items %}{% endfor %}", "{{ config.extra.items | join }}"],
)
def test_a_method_in_the_place_of_a_key_is_told_as_that(source):
    assert '["…"]' in rendered(source).arguments["reason"]


def test_an_error_in_an_included_layout_is_told_there():
    fault = rendered('{% include "b.html" %}', b="x\n\n{{ 1 / 0 }}")
    assert (fault.location.path, fault.location.line) == ("layouts/b.html", 3)


def test_a_layout_that_includes_itself_is_a_fault():
    fault = rendered('{% include "a.html" %}')
    assert (fault.code, fault.variant) == ("layout-error", "endless")


def test_what_never_ends_is_told_in_a_layout_of_the_sites_own():
    block = "{% block b %}{% endblock %}"
    own = f'{{% extends "default/a.html" %}}\n{block[:13]}{{% include "a.html" %}}{block[13:]}'
    fault = Renderer(gathered({"a.html": own}, {"a.html": "\n" * 9 + block}), VIEW).render(PAGE, {})
    assert (fault.location.path, fault.location.line) == ("layouts/a.html", 2)


def test_without_a_layout_there_is_a_fault():
    fault = Renderer(gathered({}), VIEW).render(PAGE, {})
    assert isinstance(fault, Diagnostic)
    assert (fault.code, fault.arguments["name"]) == ("layout-missing", "a.html")


# ---------------------------------------------------------------- bodies


def body(html, image=""):
    lead = Quote(1, ((Span("text", "港"),),), Source(), image=image)
    return Body((lead,), (Html(html), Fence(replace(lead, number=2))), ())


SHOW = (
    '{% for part in bodies["p.md"].parts %}{% if part is quotation %}[{{ part.quote.number }}'
    "{{ part.quote.image }}]{% else %}{{ part.html | safe }}{% endif %}{% endfor %}"
)


@pytest.mark.parametrize(
    ("kind", "link"), [("post", "/b/?c&amp;d"), ("atom", "https://e.jp/b/?c&amp;d")]
)
def test_marks_are_urls_and_absolute_in_feeds(kind, link):
    page = replace(PAGE, kind=kind, bodies=(BodyUse("p.md", "", ("/b/?c&d", "/e.png")),))
    made = rendered(SHOW, page, {"p.md": body("<a href='\x020\x03'>", "\x021\x03")})
    origin = "https://e.jp" if kind == "atom" else ""
    assert made == f"<a href='{link}'>[2{origin}/e.png]"


def test_a_post_is_never_a_layout():
    page = replace(PAGE, bodies=(BodyUse("p.md", "", ()),), title="{{ 7 * 7 }}{% raw %}")
    made = rendered("{{ page.title }}" + SHOW, page, {"p.md": body("{{ 7 * 7 }}")})
    assert made == "{{ 7 * 7 }}{% raw %}{{ 7 * 7 }}[2]"
