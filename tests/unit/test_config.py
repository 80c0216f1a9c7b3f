"""The settings: what is read, what is told with which place."""

import pytest

from sitegen import config
from sitegen.config import Config, Feed, Host, Named
from sitegen.model import About, Ref


def load(*lines):
    return config.load("\n".join(["[tool.sitegen]", *lines]))


def faults(*lines):
    return [
        (one.code, one.location.line, one.location.column, one.location.width)
        for one in load(*lines).diagnostics
    ]


def settings(*lines):
    found = load(*lines)
    assert found.diagnostics == ()
    return found.config


@pytest.mark.parametrize(
    "source",
    [None, "", "[project]\nname = 'x'\n", "[tool.ruff]\nline-length = 1\n", "[tool.sitegen]\n"],
)
def test_without_a_table_every_setting_has_its_default(source):
    assert config.load(source) == config.Loaded(Config(), ())


@pytest.mark.parametrize("source", ["tool = 5", "[[tool]]\nsitegen = 1", "tool = 'x'"])
def test_a_tool_that_is_no_table_gives_the_defaults(source):
    assert config.load(source).config == Config()


@pytest.mark.parametrize(
    ("line", "name", "value"),
    [
        ('title = "ブログ"', "title", "ブログ"),
        ('base_url = "https://example.org/blog"', "base_url", "https://example.org/blog/"),
        ('base_url = "https://example.org/"', "base_url", "https://example.org/"),
        ('base_url = ""', "base_url", ""),
        ('language = "en"', "language", "en"),
        ('timezone = "Europe/Berlin"', "timezone", "Europe/Berlin"),
        ('permalink = "/archives/{slug}.html"', "permalink", "/archives/{slug}.html"),
        ("per_page = 2", "per_page", 2),
        ("per_page = 1000", "per_page", 1000),
        ('menu = [{name = "題", url = "/a/"}]', "menu", (Ref("題", "/a/"),)),
        ('footer = [{name = "x", url = "https://a.jp/"}]', "footer", (Ref("x", "https://a.jp/"),)),
        ('raw_html = "escape"', "raw_html", "escape"),
        ("csp = \"default-src 'self'\"", "csp", "default-src 'self'"),
        ("extra = {a = [1, 2.5, true, {b = 'c'}]}", "extra", {"a": [1, 2.5, True, {"b": "c"}]}),
        (
            'authors = {"編集部A" = {slug = "a", bio = "b", url = "/c/", image = "/d.png"}}',
            "authors",
            {"編集部A": Named("a", (), About("b", "/c/", "/d.png"))},
        ),
        (
            'sources = {"a.jp" = {site = "A", kind = "news", lang = "ko", deeplink = "off"}}',
            "sources",
            {"a.jp": Host("A", "news", "ko", "off")},
        ),
        (
            'tags = {AI = {slug = "ai", description = "d", same = ["人工知能"]}}',
            "tags",
            {"AI": Named("ai", ("人工知能",), About("d"))},
        ),
        ('redirects = {"/old/" = "/new/"}', "redirects", {"/old/": "/new/"}),
        ('rules = {broken-link = "warning"}', "rules", {"broken-link": "warning"}),
        ("feed = {items = 5}", "feed", Feed(5, "full")),
    ],
)
def test_a_setting_is_read(line, name, value):
    assert getattr(settings(line), name) == value


@pytest.mark.parametrize(
    ("line", "code", "column", "width"),
    [
        ("title = 5", "wrong-kind", 1, 5),
        ('title = "a\\u0007"', "bad-value", 1, 5),
        ('titel = "a"', "unknown-key", 1, 5),
        ('"titel" = "a"', "unknown-key", 1, 7),
        ('base_url = "example.org"', "bad-value", 1, 8),
        ('base_url = "https://example.org/?a"', "bad-value", 1, 8),
        ('base_url = "https://example.org/#a"', "bad-value", 1, 8),
        ("base_url = 5", "bad-value", 1, 8),
        ('language = "de"', "bad-value", 1, 8),
        ('timezone = "Mars"', "bad-value", 1, 8),
        ('permalink = "/{year}/"', "bad-value", 1, 9),
        ('permalink = "/{slug}/{hour}/"', "bad-value", 1, 9),
        ('permalink = "{slug}/"', "bad-value", 1, 9),
        ("per_page = 1", "bad-value", 1, 8),
        ("per_page = 1001", "bad-value", 1, 8),
        ("per_page = true", "bad-value", 1, 8),
        ('per_page = "20"', "bad-value", 1, 8),
        ("menu = 5", "wrong-kind", 1, 4),
        ('menu = [{name = "x"}]', "bad-value", 1, 4),
        ('menu = [{nam = "x", url = "/"}]', "unknown-key", 10, 3),
        ('menu = [{name = "x", url = "javascript:y"}]', "bad-value", 22, 3),
        ('menu = [{name = "x", url = "//evil"}]', "bad-value", 22, 3),
        ("menu = [5]", "wrong-kind", 1, 4),
        ("extra = 5", "bad-value", 1, 5),
        ("extra = {a = 2025-02-04}", "bad-value", 1, 5),
        ("extra = {a = 99999999999999999999}", "bad-value", 1, 5),
        ('authors = ["a"]', "wrong-kind", 1, 7),
        ('authors = {a = {slug = "A b"}}', "bad-value", 17, 4),
        ('authors = {a = {url = "javascript:x"}}', "bad-value", 17, 3),
        ("authors = {a = 5}", "wrong-kind", 12, 1),
        ('sources = {"a.jp" = {kind = "nwes"}}', "bad-value", 22, 4),
        ('tags = {a = {same = "b"}}', "wrong-kind", 14, 4),
        ('redirects = {"old" = "/new/"}', "bad-value", 1, 9),
        ('redirects = {"/old/" = "javascript:x"}', "bad-value", 1, 9),
        ('rules = {broken-lnk = "off"}', "unknown-rule", 10, 10),
        ('rules = {broken-link = "of"}', "bad-value", 10, 11),
        ('rules = {bad-date = "off"}', "fixed-rule", 10, 8),
        ("rules = 5", "wrong-kind", 1, 5),
        ("feed = {items = 0}", "bad-value", 9, 5),
        ("feed = {itms = 5}", "unknown-key", 9, 4),
        ("feed = 5", "wrong-kind", 1, 4),
    ],
)
def test_what_is_wrong_is_told_once_at_its_key(line, code, column, width):
    assert faults(line) == [(code, 2, column, width)]


def test_what_is_wrong_takes_its_default_and_the_rest_stays():
    found = load("per_page = 0", 'title = "題"').config
    assert found == Config(title="題")


def test_every_fault_is_told():
    assert [code for code, *_ in faults("per_page = 0", "foo = 1", "title = 5")] == [
        "bad-value",
        "unknown-key",
        "wrong-kind",
    ]


def test_an_unknown_key_names_the_nearest():
    (fault,) = load('titel = "a"').diagnostics
    assert fault.arguments["nearest"] == "title"


@pytest.mark.parametrize(
    ("value", "found"),
    [
        ("5", "number"),
        ("1.5", "number"),
        ("true", "flag"),
        ("[1]", "list"),
        ("{a=1}", "mapping"),
        ("2025-01-01", "date"),
    ],
)
def test_a_wrong_kind_says_what_was_found(value, found):
    (fault,) = load(f"title = {value}").diagnostics
    assert (fault.arguments["wanted"], fault.arguments["found"]) == ("text", found)


@pytest.mark.parametrize(
    ("source", "line", "column"),
    [
        ("[project]\ntitle = 1\n\n[tool.sitegen]\ntitle = 5\n", 5, 1),
        ("[tool]\nsitegen.title = 5\n", 2, 9),
        ("[tool]\nother.title = 1\n[tool.sitegen]\ntitle = 5\n", 4, 1),
        ("[tool]\nsitegen = {title = 5}\n", 2, 12),
        ('[tool.sitegen]\ndescription = "title"\ntitle = 5\n', 3, 1),
        ("[tool.sitegen]\n# title\nper_page = 5\n[tool.sitegen.feed]\ncontent = 5\n", 5, 1),
        ('[tool.sitegen]\n[tool.sitegen.authors."編集部 A"]\nslug = "A b"\n', 3, 1),
        ('[tool."sitegen"]\ntitle = 5\n', 2, 1),
        ("[ tool . sitegen ]\ntitle = 5\n", 2, 1),
        ("[[tool.sitegen.menu]]\nname = 5\nurl = '/'\n", 2, 1),
    ],
)
def test_a_key_is_found_wherever_toml_lets_it_stand(source, line, column):
    (fault,) = config.load(source).diagnostics
    assert (fault.location.line, fault.location.column) == (line, column)


@pytest.mark.parametrize(
    ("source", "line", "column"),
    [
        ('[tool.sitegen]\ntitle = "a', 2, 11),
        ("[tool.sitegen]\ntitle = a\n", 2, 9),
        ("[tool.sitegen\n", 1, 14),
        ("a = 1\na = 2\n", 2, 6),
        ('a = """', 1, 8),
    ],
)
def test_a_file_that_is_no_toml_is_told_with_its_place(source, line, column):
    (fault,) = config.load(source).diagnostics
    assert (fault.code, fault.location.line, fault.location.column) == (
        "config-syntax",
        line,
        column,
    )


def test_deep_nesting_is_a_fault_and_no_crash():
    (fault,) = config.load("a = " + "[" * 5_000).diagnostics
    assert fault.code == "config-syntax"


# ---------------------------------------------------------------- what follows from the settings


@pytest.mark.parametrize(
    ("base_url", "origin", "base"),
    [
        ("", "", "/"),
        ("https://example.org/", "https://example.org", "/"),
        ("https://example.org/blog/", "https://example.org", "/blog/"),
        (
            "https://example.org:8080/ブログ/",
            "https://example.org:8080",
            "/%E3%83%96%E3%83%AD%E3%82%B0/",
        ),
    ],
)
def test_a_base_url_has_an_origin_and_a_path(base_url, origin, base):
    made = Config(base_url=base_url)
    assert (made.origin, made.base) == (origin, base)


@pytest.mark.parametrize(
    ("base_url", "made"),
    [
        ("", "https://a.jp/"),
        ("https://b.jp", "https://b.jp/"),
        ("b.jp", None),
        ("javascript:x", None),
    ],
)
def test_another_base_url_may_be_asked_for(base_url, made):
    found = config.based(Config(base_url="https://a.jp/"), base_url)
    assert (found.base_url if found else None) == made


@pytest.mark.parametrize(
    ("url", "href"),
    [
        ("/", "/blog/"),
        ("/タグ/", "/blog/%E3%82%BF%E3%82%B0/"),
        ("https://a.jp/x", "https://a.jp/x"),
    ],
)
def test_a_path_of_this_site_lies_below_its_base(url, href):
    assert config.href(Config(base_url="https://example.org/blog/"), url) == href


def test_layouts_see_addresses_that_are_ready():
    made = Config(title="題", base_url="https://a.jp/b/", menu=(Ref("x", "/c/"),), extra={"d": 1})
    view = config.view(made, {"style.css": "/b/style.css"})
    assert (view.title, view.origin, view.base) == ("題", "https://a.jp", "/b/")
    assert (view.menu, view.assets, view.extra) == (
        (Ref("x", "/b/c/"),), {"style.css": "/b/style.css"}, {"d": 1},
    )  # fmt: skip


@pytest.mark.parametrize(("csp", "shown"), [("off", ""), ("default-src *", "default-src *")])
def test_the_policy_is_what_is_asked_for(csp, shown):
    assert config.view(Config(csp=csp), {}).csp == shown


def test_the_strict_policy_allows_no_foreign_script():
    policy = config.view(Config(), {}).csp
    assert policy.startswith("default-src 'none'; ")
    assert "unsafe" not in policy
