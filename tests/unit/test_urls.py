"""Slugs, URLs and output paths."""

import unicodedata
from urllib.parse import quote

import pytest

from sitegen import urls
from sitegen.content import dates

DATE = dates.parse("2025-02-04 21:00", dates.zone("Asia/Tokyo"))


# ---------------------------------------------------------------- slugs


@pytest.mark.parametrize(
    ("text", "slug"),
    [
        ("horizon", "horizon"),
        ("Horizon 2025", "horizon-2025"),
        ("韓国の研究", "韓国の研究"),
        ("AI・半導体", "ai-半導体"),
        ("ＡＩ　半導体", "ai-半導体"),
        ("ｶﾞｽ", "ガス"),
        ("か\u3099す", "がす"),
        ("スーパー", "スーパー"),
        ("佐々木", "佐々木"),
        ("「港」の『霧』", "港-の-霧"),
        ("港、霧。", "港-霧"),
        ("a_b", "a-b"),
        ("a -- b", "a-b"),
        ("-a-", "a"),
        ("10,000", "10-000"),
        ("C++", "c-plus-plus"),
        ("C#", "c-sharp"),
        (".NET", "dot-net"),
        ("Node.js", "node-js"),
        ("a+b", "a-plus-b"),
        ("AT&T", "at-t"),
        ("&#39;", "39"),
        ("서울의 항구", "서울의-항구"),
        ("Ünïcödé", "ünïcödé"),
        ("हिन्दी", "हिन्दी"),
        ("ไม้เอก", "ไม้เอก"),
        ("a\u200bb", "ab"),
        ("葛\U000e0100城", "葛城"),
        ("1\ufe0f\u20e3", "1"),
        ("𠮷野家", "𠮷野家"),
        ("\U00030edd", "\U00030edd"),
        ("CON", "con-page"),
        ("lpt1", "lpt1-page"),
        ("console", "console"),
        ("", ""),
        ("!?", ""),
        ("\u3099", ""),
        ("🎉", ""),
    ],
)
def test_a_text_has_its_slug(text, slug):
    assert urls.slug(text) == slug


@pytest.mark.parametrize(
    "text",
    ["AI・半導体", "C++", "CON", "10,000", "か\u3099す", "霧" * 100, "x" * 500, "हिन्दी", "a\u0301"],
)
def test_a_slug_is_its_own_slug(text):
    assert urls.slug(urls.slug(text)) == urls.slug(text)


@pytest.mark.parametrize("text", ["霧" * 41, "x" * 121, "あ-" * 60])
def test_a_long_slug_is_cut_and_stays_unlike_others(text):
    cut, other = urls.slug(text), urls.slug(f"{text}港")
    assert len(cut.encode()) <= 120
    assert cut != other
    assert cut[:19] == other[:19] == text[:19]


@pytest.mark.parametrize("text", ["霧" * 40, "x" * 120])
def test_a_slug_of_120_bytes_is_whole(text):
    assert urls.slug(text) == text


@pytest.mark.parametrize(("name", "kind"), [("!", "tag"), ("🎉", "author")])
def test_a_name_without_letters_has_a_slug(name, kind):
    assert urls.name_slug(name, kind).startswith(f"{kind}-")
    assert urls.name_slug(name, kind) == urls.name_slug(name, kind)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("港の夜", "港の夜"),
        ("港 の　夜", "港-の-夜"),
        ("snake_case-ID", "snake_case-id"),
        ("a.b(c)", "abc"),
        ("10,000円", "10000円"),
        ("か\u3099", "が"),
        ("ＡＩ", "ai"),
        ("हिन्दी", "हिन्दी"),
        ("「港」", "港"),
        ("!", "section"),
        ("", "section"),
    ],
)
def test_a_heading_has_its_id(text, name):
    assert urls.heading_id(text) == name


# ---------------------------------------------------------------- permalinks


@pytest.mark.parametrize(
    ("pattern", "url"),
    [
        ("/{year}/{month}/{slug}/", "/2025/02/霧/"),
        ("/{year}/{month}/{day}/{slug}.html", "/2025/02/04/霧.html"),
        ("/{slug}-{slug}/", "/霧-霧/"),
        ("/a/{slug}/", "/a/霧/"),
    ],
)
def test_a_permalink_has_its_parts(pattern, url):
    assert urls.permalink(pattern, "霧", DATE) == url
    assert urls.permalink_fault(pattern) == ""


def test_a_slug_is_never_a_pattern():
    assert urls.permalink("/{slug}/", "{year}", DATE) == "/{year}/"


@pytest.mark.parametrize(
    ("pattern", "word"),
    [
        ("/{year}/", "token"),
        ("/{slug}/{hour}/", "token"),
        ("/{slug}/{}/", "token"),
        ("{slug}/", "relative"),
        ("/../{slug}/", "parent"),
        ("/{slug}/?a", "query"),
        ("/%41/{slug}", "percent"),
        ("/con/{slug}/", "reserved"),
    ],
)
def test_a_permalink_that_cannot_be_has_a_word(pattern, word):
    assert urls.permalink_fault(pattern) == word


# ---------------------------------------------------------------- paths of the site


@pytest.mark.parametrize(
    ("path", "word"),
    [
        ("/", ""),
        ("/a/", ""),
        ("/a", ""),
        ("/archives/12345.html", ""),
        ("/霧/港.html", ""),
        ("/全角　空白/", ""),
        ("/a b/", ""),
        ("/.well-known/x", ""),
        ("/" + "霧" * 85 + "/", ""),
        ("a/", "relative"),
        ("", "relative"),
        ("//a/", "relative"),
        ("https://a.jp/", "relative"),
        ("/a?b", "query"),
        ("/a#b", "query"),
        ("/%41/", "percent"),
        ("/a\\b/", "character"),
        ("/a:b/", "character"),
        ('/a"b/', "character"),
        ("/a\tb/", "character"),
        ("/a\u200bb/", "character"),
        ("/a\u00a0b/", "character"),
        ("/../a/", "parent"),
        ("/a/./b/", "parent"),
        ("/a/..", "parent"),
        ("/a//b/", "component"),
        ("/a./", "component"),
        ("/a /", "component"),
        ("/" + "霧" * 86 + "/", "component"),
        ("/con/", "reserved"),
        ("/a/NUL.html", "reserved"),
        ("/com1.tar.gz", "reserved"),
        ("/.htaccess", "server"),
        ("/a/.htaccess/b", "server"),
        ("/a/Web.config", "server"),
        ("/_Redirects", "server"),
        ("/_headers/", "server"),
        ("/a/_headers/", ""),
        ("/.sitegen/a", "own"),
        ("/.SiteGen", "own"),
    ],
)
def test_what_cannot_be_a_path_has_a_word(path, word):
    assert urls.path_fault(path) == word


@pytest.mark.parametrize(
    ("url", "path"),
    [
        ("/", "index.html"),
        ("/a/", "a/index.html"),
        ("/a.html", "a.html"),
        ("/a", "a"),
        ("/か\u3099/", "が/index.html"),
        ("/atom.xml", "atom.xml"),
    ],
)
def test_a_url_has_its_output(url, path):
    assert urls.output_path(url) == path


@pytest.mark.parametrize(
    ("path", "href"),
    [
        ("/a/b.html", "/a/b.html"),
        ("/霧/", "/%E9%9C%A7/"),
        ("/か\u3099/", "/%E3%81%8C/"),
        ("/が/", "/%E3%81%8C/"),
        ("/a b/", "/a%20b/"),
        ("/a%41/", "/a%2541/"),
        ("/a?b#c", "/a%3Fb%23c"),
        ('/a"b<c>', "/a%22b%3Cc%3E"),
        ("/a&b='c'", "/a&b='c'"),
    ],
)
def test_a_path_is_encoded_once(path, href):
    assert urls.href(path) == href


@pytest.mark.parametrize(
    ("target", "path", "rest"),
    [
        ("a.md", "a.md", ""),
        ("/%E9%9C%A7/?q=C%26C#a", "/霧/", "?q=C%26C#a"),
        ("C%23.png#港?", "C#.png", "#%E6%B8%AF?"),
        ("?q=100%", "", "?q=100%25"),
        ("a.md#C#", "a.md", "#C%23"),
    ],
)
def test_a_typed_target_has_a_path_and_what_stands_behind_it(target, path, rest):
    assert urls.split(target) == (path, rest)


@pytest.mark.parametrize("path", ["a.png", "../霧/図.png", "C#.png", "why?.png", "100%25 50%.png"])
def test_a_path_as_it_is_typed_leads_to_it(path):
    assert urls.split(urls.typed(path)) == (path, "")


def test_only_what_would_mean_something_else_is_typed_otherwise():
    assert urls.typed("/霧(1)/C# a?%.png") == "/霧(1)/C%23%20a%3F%25.png"


@pytest.mark.parametrize("words", ["", "a-b.c_d~e", "霧 & 港", "a/b?c=d#e", "%E9+ß", "\0🎌\n"])
def test_words_are_encoded_as_the_standard_library_does(words):
    assert urls.encoded(words) == quote(words, safe="")


@pytest.mark.parametrize(
    ("one", "other"), [("/A/", "/a/"), ("/ａ/", "/a/"), ("/が/", "/か\u3099/")]
)
def test_paths_are_the_same_without_case_width_and_form(one, other):
    assert urls.same(one) == urls.same(other)


@pytest.mark.parametrize(("one", "other"), [("/は/", "/ば/"), ("/ひ/", "/ヒ/"), ("/a/", "/a")])
def test_other_paths_are_not_the_same(one, other):
    assert urls.same(one) != urls.same(other)


# ---------------------------------------------------------------- addresses on the web


@pytest.mark.parametrize(
    ("url", "host"),
    [
        ("https://Example.JP/a", "example.jp"),
        ("https://example.jp:8080/", "example.jp"),
        ("https://例え.jp/", "xn--r8jz45g.jp"),
        ("https://[::1]/", "[::1]"),
        ("https://[0:0::1]/", "[::1]"),
        ("https://[x]/", ""),
        ("https://a..jp/", "a..jp"),
        ("/a/", ""),
        ("", ""),
        ("mailto:a@b.jp", ""),
        ("https://Example.jp./a", "example.jp"),
    ],
)
def test_a_url_has_its_host(url, host):
    assert urls.host(url) == host


@pytest.mark.parametrize(
    ("host", "shown"),
    [
        ("xn--r8jz45g.jp", "例え.jp"),
        ("example.jp", "example.jp"),
        ("xn--\x01.jp", "xn--\x01.jp"),
        ("", ""),
    ],
)
def test_a_host_is_shown_in_its_own_letters(host, shown):
    assert urls.shown_host(host) == shown


@pytest.mark.parametrize(
    ("url", "word"),
    [
        ("https://example.jp/", ""),
        ("HTTP://example.jp", ""),
        ("https://例え.jp/霧?港=1#夜", ""),
        ("https://example.jp/Schindler's_List", ""),
        ("https://example.jp:65535/", ""),
        ("https://[::1]/", ""),
        ("https://example.jp./", ""),
        ("https://example.jp../", "host"),
        ("https://./", "host"),
        ("https://example.jp/" + "a" * 1_981, ""),
        ("https://example.jp/" + "a" * 1_982, "long"),
        ("https://example.jp/a b", "character"),
        ('https://example.jp/"', "character"),
        ("https://example.jp/\u202e", "character"),
        ("https://example.jp\\@evil.jp/", "character"),
        ("ftp://example.jp/", "scheme"),
        ("javascript:x", "scheme"),
        ("example.jp", "scheme"),
        ("//example.jp/", "scheme"),
        ("<https://example.jp/>", "scheme"),
        ("https:example.jp", "scheme"),
        ("https://user@example.jp/", "userinfo"),
        ("https://example.jp:0/", "port"),
        ("https://example.jp:65536/", "port"),
        ("https://example.jp:x/", "port"),
        ("https://", "host"),
        ("https:///a", "host"),
        ("https://-a.jp/", "host"),
        ("https://a..jp/", "host"),
        ("https://[::1/", "host"),
    ],
)
def test_what_cannot_be_an_address_has_a_word(url, word):
    assert urls.web_fault(url) == word


def test_what_comes_out_is_nfc():
    typed = unicodedata.normalize("NFD", "ガギグゲゴ 가나다")
    for made in (urls.slug(typed), urls.heading_id(typed), urls.output_path(f"/{typed}/")):
        assert made == unicodedata.normalize("NFC", made)


@pytest.mark.parametrize(
    ("url", "twin"),
    [("/", "/index.md"), ("/霧/", "/霧/index.md"), ("/archives/1.html", "/archives/1.html.md")],
)
def test_a_page_has_its_markdown_beside_it(url, twin):
    assert urls.twin(url) == twin


def test_a_copy_of_a_picture_is_called_after_it():
    assert urls.copied("/a/b.png", 480) == "/a/b.png.480w.webp"


@pytest.mark.parametrize(
    ("url", "sound"),
    [
        (
            "https://[::1]/a[1]?b[]=100%&c=%5B#[d]",
            "https://[::1]/a%5B1%5D?b%5B%5D=100%25&c=%5B#%5Bd%5D",
        ),
        ("https://例え.jp/霧?港=1#夜", "https://例え.jp/霧?港=1#夜"),
        ("https://e.jp/#!/a#b", "https://e.jp/#!/a%23b"),
        ("https://e.jp?a[]", "https://e.jp?a%5B%5D"),
        ("", ""),
    ],
)
def test_what_no_address_may_hold_is_encoded(url, sound):
    assert urls.sound(url) == sound
    assert urls.sound(sound) == sound
