"""Where links may lead."""

import pytest

from sitegen.content.targets import Target, target


@pytest.mark.parametrize(
    "typed",
    ["", "/a/", "a.md", "../b/c.png", "#注", "?q=1", "1a:b", "ｊavascript:x", "あ:い", "a b.md"],
)
def test_what_has_no_scheme_leads_into_the_site_as_typed(typed):
    assert target(typed) == Target("inside", typed)


@pytest.mark.parametrize(
    ("typed", "href"),
    [
        ("https://example.org/a?b=c&d#e", "https://example.org/a?b=c&d#e"),
        ("HTTP://EXAMPLE.org/A", "http://example.org/A"),
        ("https://example.org", "https://example.org"),
        ("https://example.org:8080/", "https://example.org:8080/"),
        ("https://例え.jp/あ い", "https://xn--r8jz45g.jp/%E3%81%82%20%E3%81%84"),
        ("https://%E4%BE%8B%E3%81%88.jp/", "https://xn--r8jz45g.jp/"),
        ("https://exa%6dple.org/", "https://example.org/"),
        ("https://example.org/%E3%81%82", "https://example.org/%E3%81%82"),
        ("https://example.org/100%", "https://example.org/100%25"),
        ('https://example.org/"<>', "https://example.org/%22%3C%3E"),
        ("//example.org/a", "//example.org/a"),
        ("https://[::1]/", "https://[::1]/"),
        ("https://a_b.example.org/", "https://a_b.example.org/"),
        (" https://exam\tple.org/\n", "https://example.org/"),
        ("/\t/example.org/", "//example.org/"),
    ],
)
def test_an_address_on_the_web_is_made_ready_for_href(typed, href):
    assert target(typed) == Target("web", href)


def test_mail_is_a_target():
    assert target("mailto:a@example.org?subject=件 名") == Target(
        "mail", "mailto:a@example.org?subject=%E4%BB%B6%20%E5%90%8D"
    )


@pytest.mark.parametrize(
    "typed",
    [
        "javascript:alert(1)",
        "JaVaScRiPt:x",
        " \x00\x1fjavascript:x",
        "java\tscript:x",
        "java\r\nscript:x",
        "vbscript:x",
        "data:text/html,x",
        "data:image/png;base64,x",
        "file:///etc/passwd",
        "ftp://example.org/",
        "about:blank",
        "x-y+z.1:a",
        "mailto:nobody",
    ],
)
def test_other_schemes_lead_nowhere(typed):
    assert target(typed) is None


@pytest.mark.parametrize(
    "typed",
    [
        "http:example.org",
        "https:///a",
        "https://",
        "https://user@example.org/",
        "https://user:pw@example.org/",
        "https://example.org:99999/",
        "https://example.org:x/",
        "https://[::1/",
        "https://[x]/",
        "https://a..b/",
        "https://a b/",
        "https://a<b/",
        "https://example.org%2Fevil.example/",
        "https://example.org%40evil.example/",
        "https://%FF.org/",
        "https://example.org\\@evil.example/",
        "\\\\evil.example/",
        "/\\evil.example/",
        "\\/evil.example/",
        "/\t\\evil.example",
        "///evil.example",
        "//user@evil.example/",
        "https://" + "a" * 64 + ".org/",
    ],
)
def test_an_address_without_a_clean_host_leads_nowhere(typed):
    assert target(typed) is None
