"""What is the same on every page is settled when layouts are compiled, and shows like before."""

import pytest

from sitegen import config
from sitegen.model import Page
from sitegen.render import layouts
from sitegen.render.compiling import constants
from sitegen.render.environment import environment_of

VIEW = config.view(
    config.Config(title="港 & 霧", extra={"depth": 3, "inner": {"name": "灯台"}}),
    {"style.css": "/style.css"},
)
PAGE = Page("page", "a", "/a", (), title="頁")
STRINGS = 'source = "出典"\nitems = "品"\n'


@pytest.fixture
def environment():
    """The environment of a site with these layouts of its own."""

    def make(**own):
        built_in = {"strings/ja.toml": STRINGS, "empty.html": ""}
        named = {f"{name}.html": source for name, source in own.items()}
        return environment_of(layouts.gather(built_in, named), VIEW)

    return make


@pytest.fixture
def rendered(environment):
    def make(source, **others):
        found = environment(a=source, **others)
        return found.get_template("a.html").render(page=PAGE, bodies={})

    return make


@pytest.fixture
def compiled(environment):
    """The Python of a layout."""

    def make(source, **others):
        return environment(a=source, **others).compile(source, "a.html", "a.html", raw=True)

    return make


@pytest.mark.parametrize(
    ("source", "shown"),
    [
        ("{{ config.title }}", "港 &amp; 霧"),
        ("{{ strings.source }}", "出典"),
        ('{{ config.assets["style.css"] }}', "/style.css"),
        ("{{ config.extra.depth + 1 }}", "4"),
        ("{{ config.extra.inner.name }}", "灯台"),
        ("{% if config.title %}{{ strings['source'] }}{% endif %}", "出典"),
    ],
)
def test_constants_are_put_in_place_and_escaped(rendered, compiled, source, shown):
    assert rendered(source) == shown
    assert "getattr" not in compiled(source)


@pytest.mark.parametrize(
    ("source", "shown"),
    [
        ("{% set config = page %}{{ config.title }}", "頁"),
        ("{% for strings in [{'source': 'x'}] %}{{ strings.source }}{% endfor %}", "x"),
        ("{% macro of(config) %}{{ config.title }}{% endmacro %}{{ of(page) }}", "頁"),
    ],
)
def test_a_name_that_is_bound_anew_is_no_constant(rendered, source, shown):
    assert rendered(source) == shown


def test_a_layout_that_binds_a_name_hides_it_from_what_it_includes(rendered):
    source = '{% set config = page %}{% include "b.html" %}'
    assert rendered(source, b="{{ config.title }}") == "頁"


def test_words_beside_names_are_let_be():
    files = {"a.html": "my_config page.config configs", "strings/ja.toml": "config"}
    assert constants(files, {"config": VIEW}) == {"config": VIEW}


def test_a_method_of_a_table_is_no_text(rendered):
    assert rendered("{{ strings.items() | length }}") == "2"


@pytest.mark.parametrize("name", ["config.nothing", "strings.nothing", "config.extra.no.more"])
def test_what_there_is_not_fails_where_it_is_shown(environment, name):
    found = environment(a=f"{{% if page.noindex %}}{{{{ {name} }}}}{{% endif %}}right")
    assert found.get_template("a.html").render(page=PAGE) == "right"


def test_an_empty_layout_costs_nothing_where_it_is_included(rendered, compiled):
    source = 'before{% include "empty.html" %}after'
    assert rendered(source) == "beforeafter"
    assert "empty.html" not in compiled(source)


def test_a_layout_that_a_site_has_filled_is_included(rendered):
    assert rendered('{% include "empty.html" %}', empty="{{ page.url }}") == "/a"


def test_macros_take_arguments_and_names_in_loops_and_calls(rendered):
    source = (
        '{% macro show(a, b="-") %}'
        "<{{ a }}{{ b }}{{ caller() if caller is defined }}>{% endmacro %}"
        "{% for one in [1, 2] %}{{ show(one) }}{% endfor %}{{ show(3, b='&') }}"
        "{% call show(4) %}x{% endcall %}"
    )
    assert rendered(source) == "<1-><2-><3&amp;><4-x>"


def test_what_a_filter_picks_out_is_no_text(rendered):
    with pytest.raises(TypeError, match=r"add \| list"):
        rendered("{{ page.bodies | map('upper') }}")
    with pytest.raises(TypeError, match=r"add \| list"):
        rendered("{{ [page.url] | reverse }}")
    assert rendered("{{ 'ab' | map('upper') | join }}") == "AB"


@pytest.mark.parametrize("function", ["page.url.upper", "config.extra.items"])
def test_a_function_is_no_text(rendered, function):
    with pytest.raises(TypeError, match=r"write \(\) behind it"):
        rendered(f"{{{{ {function} }}}}")
