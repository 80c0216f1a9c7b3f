"""The settings: what is read, what is told with which place."""

import pytest

from sitegen import config_file
from sitegen.config import Config, Described, Feed, Host
from sitegen.diagnostics.model import Location
from sitegen.model import About, Link, Named, Ref


def load(*lines):
    return config_file.load("\n".join(["[tool.sitegen]", *lines]))


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
    ["", "[project]\nname = 'x'\n", "[tool.ruff]\nline-length = 1\n", "[tool.sitegen]\n"],
)
def test_without_a_table_every_setting_has_its_default(source):
    assert config_file.load(source) == config_file.Loaded(Config(), ())


def test_without_a_file_every_setting_has_its_default(tmp_path):
    assert config_file.read(tmp_path) == config_file.Loaded(Config(), ())


def test_what_is_right_in_a_faulty_file_is_read(tmp_path):
    (tmp_path / config_file.FILE).write_text(
        '[tool.sitegen]\nlanguage = "en"\ntimezone = "UTC"\ntitle = 5\n', encoding="utf-8"
    )
    found = config_file.readable(tmp_path)
    assert (found.language, found.zone.key, found.title) == ("en", "UTC", Config().title)


@pytest.mark.parametrize("source", ["tool = 5", "[[tool]]\nsitegen = 1", "tool = 'x'"])
def test_a_tool_that_is_no_table_gives_the_defaults(source):
    assert config_file.load(source).config == Config()


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
        ('permalink = "/{year}/{slug}"', "permalink", "/{year}/{slug}/"),
        ("per_page = 2", "per_page", 2),
        ("per_page = 1000", "per_page", 1000),
        ('menu = [{name = "題", url = "/a/"}]', "menu", (Ref("題", "/a/"),)),
        ('footer = [{name = "x", url = "https://a.jp/"}]', "footer", (Ref("x", "https://a.jp/"),)),
        ('raw_html = "escape"', "raw_html", "escape"),
        ('share = ["x", "line"]', "share", ("x", "line")),
        ("csp = \"default-src 'self'\"", "csp", "default-src 'self'"),
        ("extra = {a = [1, 2.5, true, {b = 'c'}]}", "extra", {"a": [1, 2.5, True, {"b": "c"}]}),
        (
            'authors = {"編集部A" = {slug = "a", bio = "b", url = "/c/", image = "/d.png"}}',
            "authors",
            {"編集部A": Described("a", (), About("b", "/c/", "/d.png"))},
        ),
        (
            'sources = {"a.jp" = {site = "A", kind = "news", lang = "ko", deeplink = "off"}}',
            "sources",
            {"a.jp": Host("A", "news", "ko", "off")},
        ),
        ('sources = {"A.jp" = {site = "A"}}', "sources", {"a.jp": Host("A")}),
        ('sources = {"日本語.jp" = {}}', "sources", {"xn--wgv71a119e.jp": Host()}),
        ('sources = {"a.jp" = {deeplink = false}}', "sources", {"a.jp": Host(deeplink="off")}),
        ('sources = {"a.jp" = {deeplink = true}}', "sources", {"a.jp": Host(deeplink="on")}),
        (
            'tags = {AI = {slug = "ai", description = "d", same = ["人工知能"]}}',
            "tags",
            {"AI": Described("ai", ("人工知能",), About("d"))},
        ),
        (
            'redirects = {"/old/" = "/new/"}',
            "redirects",
            {"/old/": Link("/new/", Location("pyproject.toml", 2, 14, 7))},
        ),
        ('rules = {broken-link = "warning"}', "rules", {"broken-link": "warning"}),
        ("feed = {items = 5}", "feed", Feed(5, "full")),
        ('feed = {hub = "https://hub.example/"}', "feed", Feed(hub="https://hub.example/")),
        (
            'feed = {paths = {"/feed/" = "rss", "/f.json" = "json"}}',
            "feed",
            Feed(
                paths={
                    "/feed/": Named("rss", Location("pyproject.toml", 2, 18, 8)),
                    "/f.json": Named("json-feed", Location("pyproject.toml", 2, 36, 9)),
                }
            ),
        ),
        ("tags = {AI = {feed = false}}", "tags", {"AI": Described(feed=False)}),
        ('embeds = ["x.com", "youtube.com"]', "embeds", ("x.com", "youtube.com")),
        ("llms = true", "llms", True),
        ("news_sitemap = true", "news_sitemap", True),
    ],
)
def test_a_setting_is_read(line, name, value):
    assert getattr(settings(line), name) == value


@pytest.mark.parametrize(
    ("line", "code", "shown"),
    [
        ("title = 5", "wrong-kind", "5"),
        ('title = "a\\u0007"', "bad-value", '"a\\u0007"'),
        ('title = ""', "bad-value", '""'),
        ('title = " 　"', "bad-value", '" 　"'),
        ('title = "\u200b"', "bad-value", '"\u200b"'),
        ('author = " "', "bad-value", '" "'),
        ('sources = {"a.jp" = {lang = "英語"}}', "bad-value", '"英語"'),
        ('titel = "a"', "unknown-key", "titel"),
        ('"titel" = "a"', "unknown-key", '"titel"'),
        ('base_url = "example.org"', "bad-value", '"example.org"'),
        ('base_url = "https://example.org/?a"', "bad-value", '"https://example.org/?a"'),
        ('base_url = "https://example.org/#a"', "bad-value", '"https://example.org/#a"'),
        ('base_url = "https://example.org/a/../"', "bad-value", '"https://example.org/a/../"'),
        ('base_url = "https://example.org/%2e%2e/"', "bad-value", '"https://example.org/%2e%2e/"'),
        ("base_url = 5", "bad-value", "5"),
        ('language = "de"', "bad-value", '"de"'),
        ('timezone = "Mars"', "bad-value", '"Mars"'),
        ('feed = {hub = "hub"}', "bad-value", '"hub"'),
        ('feed = {paths = {"a//b" = "rss"}}', "bad-value", '"a//b"'),
        ('feed = {paths = {"/feed/" = "xml"}}', "bad-value", '"xml"'),
        ("feed = {paths = 5}", "wrong-kind", "5"),
        ('feed = {path = "/feed/"}', "unknown-key", "path"),
        ('tags = {AI = {feed = "yes"}}', "bad-value", '"yes"'),
        ('embeds = ["example.jp"]', "bad-value", '["example.jp"]'),
        ('embeds = "x.com"', "bad-value", '"x.com"'),
        ('permalink = "/{year}/"', "bad-value", '"/{year}/"'),
        ('permalink = "/{slug}/{hour}/"', "bad-value", '"/{slug}/{hour}/"'),
        ('permalink = "{slug}/"', "bad-value", '"{slug}/"'),
        ("per_page = 1", "bad-value", "1"),
        ("per_page = 1001", "bad-value", "1001"),
        ("per_page = true", "bad-value", "true"),
        ('per_page = "20"', "bad-value", '"20"'),
        ("menu = 5", "wrong-kind", "5"),
        ('menu = [{name = "x"}]', "bad-value", "menu"),
        ('menu = [{nam = "x", url = "/"}]', "unknown-key", "nam"),
        ('menu = [{name = "x", url = "javascript:y"}]', "bad-value", '"javascript:y"'),
        ('menu = [{name = "x", url = "//evil"}]', "bad-value", '"//evil"'),
        ('menu = [{name = "", url = "/"}]', "bad-value", '""'),
        ('footer = [{name = "a", url = "/"}, {name = " 　", url = "/"}]', "bad-value", '" 　"'),
        ('menu = [{name = 5, url = "/"}]', "wrong-kind", "5"),
        ("menu = [5]", "wrong-kind", "5"),
        ("extra = 5", "bad-value", "5"),
        ("extra = {a = 2025-02-04}", "bad-value", "extra"),
        ('extra = {a = ["\\u0002"]}', "bad-value", "extra"),
        ('title = "\\u0081"', "bad-value", "title"),
        ("extra = {a = 99999999999999999999}", "bad-value", "extra"),
        ('authors = ["a"]', "wrong-kind", '["a"]'),
        ('authors = {a = {slug = "A b"}}', "bad-value", '"A b"'),
        ('authors = {a = {url = "javascript:x"}}', "bad-value", '"javascript:x"'),
        ("authors = {a = 5}", "wrong-kind", "5"),
        ('sources = {"a.jp" = {kind = "nwes"}}', "bad-value", '"nwes"'),
        ('sources = {"https://a.jp/" = {site = "A"}}', "bad-value", '"https://a.jp/"'),
        ('sources = {"a b" = {site = "A"}}', "bad-value", '"a b"'),
        ('sources = {news.example.jp = {site = "A"}}', "bad-value", "news"),
        ('sources = {"a.jp" = {}, "A.jp" = {}}', "duplicate-key", '"A.jp"'),
        ('tags = {a = {same = "b"}}', "wrong-kind", '"b"'),
        ('redirects = {"old" = "/new/"}', "bad-value", '"old"'),
        ('redirects = {"/old/" = "javascript:x"}', "bad-value", '"javascript:x"'),
        ('rules = {broken-lnk = "off"}', "unknown-rule", "broken-lnk"),
        ('rules = {broken-link = "of"}', "bad-value", '"of"'),
        ('rules = {bad-date = "off"}', "fixed-rule", "bad-date"),
        ("rules = 5", "wrong-kind", "5"),
        ("feed = {items = 0}", "bad-value", "0"),
        ("feed = {itms = 5}", "unknown-key", "itms"),
        ("feed = 5", "wrong-kind", "5"),
    ],
)
def test_what_is_wrong_is_told_once_at_its_own_text(line, code, shown):
    """A value where the value is wrong, a key where the key is."""
    assert faults(line) == [(code, 2, line.rindex(shown) + 1, len(shown))]


def test_what_is_wrong_takes_its_default_and_the_rest_stays():
    found = load("per_page = 0", 'title = "題"').config
    assert found == Config(title="題")


def test_a_host_without_quotation_marks_is_told_with_them():
    (fault,) = config_file.load('[tool.sitegen.sources.news.example.jp]\nsite = "A"').diagnostics
    assert fault.arguments["wanted"] == '[tool.sitegen.sources."news.example.jp"]'
    assert fault.arguments["value"] == "news.example.jp"


def test_every_fault_is_told():
    assert [code for code, *_ in faults("per_page = 0", "foo = 1", "title = 5")] == [
        "bad-value",
        "unknown-key",
        "wrong-kind",
    ]


def test_an_unknown_key_names_the_nearest():
    (fault,) = load('titel = "a"').diagnostics
    assert fault.arguments["nearest"] == "title"


@pytest.mark.parametrize("value", ["3", "[1]", '"a b"', '"//example.jp/"', '"mailto:a@b.jp"'])
def test_what_nothing_can_lead_to_is_told_with_what_can(value):
    (fault,) = load(f'redirects = {{"/a/" = {value}}}').diagnostics
    assert (fault.code, fault.arguments["wanted"]) == ("bad-value", "/path/ | https://…")


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
        ("[project]\ntitle = 1\n\n[tool.sitegen]\ntitle = 5\n", 5, 9),
        ("[tool]\nsitegen.title = 5\n", 2, 17),
        ("[tool]\nother.title = 1\n[tool.sitegen]\ntitle = 5\n", 4, 9),
        ("[tool]\nsitegen = {title = 5}\n", 2, 20),
        ("tool = {sitegen = {title = 5}}\n", 1, 28),
        ("tool.other.title = 5\ntool.sitegen.title = 5\n", 2, 22),
        ("title = 5\ntool.sitegen.feed.items = 0\n", 2, 27),
        ('[tool.sitegen]\ndescription = "title"\ntitle = 5\n', 3, 9),
        ("[tool.sitegen]\n# title\nper_page = 5\n[tool.sitegen.feed]\ncontent = 5\n", 5, 11),
        ('[tool.sitegen]\n[tool.sitegen.authors."編集部 A"]\nslug = "A b"\n', 3, 8),
        ('[tool."sitegen"]\ntitle = 5\n', 2, 9),
        ("[ tool . sitegen ]\ntitle = 5\n", 2, 9),
        ("[[tool.sitegen.menu]]\nname = 5\nurl = '/'\n", 2, 8),
    ],
)
def test_a_value_is_found_wherever_toml_lets_its_key_stand(source, line, column):
    (fault,) = config_file.load(source).diagnostics
    assert (fault.location.line, fault.location.column) == (line, column)


@pytest.mark.parametrize(
    ("source", "place"),
    [
        # a list of tables over several lines: the fault is in the second
        (
            'menu = [\n  {name = "x", url = "/a/"},\n  {name = "y", url = "ftp://b"},\n]',
            (4, 22, 9),
        ),
        ('[[tool.sitegen.menu]]\nname = "x"\nurl = "ftp://b"', (4, 7, 9)),
        ('authors = {a = {slug = "a"}, b = {slug = "B"}}', (2, 42, 3)),
        ('[tool.sitegen.authors.a]\nslug = "a"\n[tool.sitegen.authors.b]\nslug = "B"', (5, 8, 3)),
        # what is no key
        ("# per_page = 5 is little\nper_page = 1", (3, 12, 1)),
        ('description = """\nper_page = 1\n"""\nper_page = 1', (5, 12, 1)),
        ("per_page = 1  # at least 1", (2, 12, 1)),
        ("title = 'a\tb'\nper_page = 1", (3, 12, 1)),
    ],
)
def test_the_place_is_that_of_the_wrong_value_and_of_no_other(source, place):
    found = [fault for fault in load(source).diagnostics if fault.arguments["key"] != "title"]
    (at,) = (fault.location for fault in found)
    assert (at.line, at.column, at.width) == place


# ---------------------------------------------------------------- links


def linked(*lines):
    return [(link.target, link.place.line, link.place.column) for link in settings(*lines).links]


@pytest.mark.parametrize(
    ("lines", "links"),
    [
        (['menu = [{name = "x", url = "/a/"}]'], [("/a/", 2, 28)]),
        (
            ["menu = [", '  {name = "x", url = "/a/"},', '  {name = "y", url = "/b/"},', "]"],
            [("/a/", 3, 22), ("/b/", 4, 22)],
        ),
        (['footer = [{name = "x", url = "/a/"}]'], [("/a/", 2, 30)]),
        (
            ['menu = [{name = "x", url = "/a/"}]', 'footer = [{name = "y", url = "/a/"}]'],
            [("/a/", 2, 28), ("/a/", 3, 30)],
        ),
        (
            ["[tool.sitegen.authors.A]", 'url = "/a/"', 'image = "/a.png"'],
            [("/a/", 3, 7), ("/a.png", 4, 9)],
        ),
        (["[tool.sitegen.redirects]", '"/old/" = "/new/"'], [("/new/", 3, 11)]),
        (["[tool.sitegen.redirects]", '"/a/" = "/c/"', '"/b/" = "/c/"'],
         [("/c/", 3, 9), ("/c/", 4, 9)]),
        (["menu = [{name = 'x', url = '/a/'}]"], [("/a/", 2, 28)]),
        (["title = 'x'"], []),
    ],
)  # fmt: skip
def test_every_link_of_the_settings_has_its_place(lines, links):
    assert linked(*lines) == links


@pytest.mark.parametrize(
    ("source", "line", "column"),
    [
        ('[tool.sitegen]\ntitle = "a', 2, 11),
        ("[tool.sitegen]\ntitle = a\n", 2, 9),
        ("[tool.sitegen\n", 1, 14),
        ('a = """', 1, 8),
    ],
)
def test_a_file_that_is_no_toml_is_told_with_its_place(source, line, column):
    (fault,) = config_file.load(source).diagnostics
    assert (fault.code, fault.location.line, fault.location.column) == (
        "config-syntax",
        line,
        column,
    )


def test_a_conflict_of_git_is_told_and_not_its_toml():
    lines = [
        "[tool.sitegen]",
        "<<<<<<< HEAD",
        "search = true",
        "=======",
        "llms = true",
        ">>>>>>> b",
    ]
    (fault,) = config_file.load("\n".join(lines)).diagnostics
    assert (fault.code, fault.location.line, fault.others[0].line) == ("conflict-left", 2, 6)


def test_deep_nesting_is_a_fault_and_no_crash():
    (fault,) = config_file.load("a = " + "[" * 5_000).diagnostics
    assert fault.code == "config-syntax"


# ---------------------------------------------------------------- what follows from the settings


@pytest.mark.parametrize(
    ("base_url", "origin", "base"),
    [
        ("", "", "/"),
        ("https://example.org/", "https://example.org", "/"),
        ("https://example.org/blog/", "https://example.org", "/blog/"),
        ("HTTPS://Example.ORG/Blog/", "https://example.org", "/Blog/"),
        ("https://引用.jp/", "https://xn--20t640c.jp", "/"),
        ("http://[::1]:8000/", "http://[::1]:8000", "/"),
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
    found = config_file.based(Config(base_url="https://a.jp/"), base_url)
    assert (found.base_url if found else None) == made


def test_an_unknown_service_is_told_with_the_nearest():
    (told,) = load('share = ["x", "hatenna"]').diagnostics
    assert (told.code, told.arguments["value"], told.arguments["nearest"]) == (
        "unknown-value",
        "hatenna",
        "hatena",
    )
    assert (told.location.line, told.location.column) == (2, 15)


@pytest.mark.parametrize("line", ['share = "x"', "share = [1]"])
def test_services_are_a_list_of_texts(line):
    assert [one[0] for one in faults(line)] == ["wrong-kind"]
