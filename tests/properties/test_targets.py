"""Targets of hostile texts: nothing but http, https and mailto is let through."""

import re
from html import unescape
from urllib.parse import urlsplit

from hypothesis import given
from hypothesis import strategies as st

from sitegen.content import html
from sitegen.content.targets import target

PIECES = st.sampled_from(
    [
        *":/\\?#@%. \t\n\r\x00\x01\x1f\x0b\x0c[]&;+-",
        "javascript",
        "JaVa",
        "Script",
        "java",
        "script",
        "data",
        "http",
        "https",
        "mailto",
        "vbscript",
        "//",
        "evil.example",
        "example.org",
        "&colon;",
        "&#58;",
        "%3A",
        "%09",
        "ｊ",
        "：",
        "\u2028",
        "\u00a0",
        "\u3000",
        "\ufeff",
        "\u200b",
        "a",
        "alert(1)",
        ":80",
        ":99999",
        "[::1]",
        "例え",
        "。",
        "xn--",
    ]
)
JUNK = st.text("\x00\x01\t\n\r\x1f \u00a0", max_size=3)
SCHEMES = st.sampled_from(
    ["javascript:", "JaVaScRiPt:", "data:", "vbscript:", "//", "/\\", "\\/", "\\\\", "http:"]
)


@st.composite
def disguised(draw):
    """A way out of the site with junk where browsers drop it."""
    way = draw(SCHEMES)
    cut = draw(st.integers(0, len(way)))
    rest = draw(
        st.sampled_from(["evil.example", "alert(1)", "//evil.example/", "@evil.example", ""])
    )
    return f"{draw(JUNK)}{way[:cut]}{draw(JUNK)}{way[cut:]}{rest}{draw(JUNK)}"


HOSTILE = st.lists(PIECES, max_size=12).map("".join) | disguised() | st.text()


def browsers(href):
    """The scheme that a browser sees in an `href` (WHATWG URL, basic parser), "" for none."""
    cleaned = re.sub("[\t\n\r]", "", href.strip("".join(map(chr, range(0x21)))))
    found = re.match(r"([A-Za-z][A-Za-z0-9+.\-]*):", cleaned)
    return found[1].lower() if found else ""


def leaves(href):
    """Whether a browser on a page of ours would go to another host."""
    cleaned = re.sub("[\t\n\r]", "", href.strip("".join(map(chr, range(0x21)))))
    return cleaned[:2].replace("\\", "/") == "//"


@given(HOSTILE)
def test_no_other_scheme_is_let_through(typed):
    made = target(typed)
    if made is not None:
        assert (
            browsers(made.href)
            in {"inside": {""}, "web": {"http", "https", ""}, "mail": {"mailto"}}[made.kind]
        )


@given(HOSTILE)
def test_what_leads_inside_stays_on_this_host(typed):
    made = target(typed)
    if made is not None and made.kind == "inside":
        assert not leaves(made.href)


@given(HOSTILE)
def test_an_address_on_the_web_has_a_clean_host_and_no_user(typed):
    made = target(typed)
    if made is not None and made.kind == "web":
        parts = urlsplit(made.href)
        assert parts.hostname
        assert "@" not in parts.netloc
        assert made.href.isascii()
        assert not re.search("[\\s\"'<>`\\\\^{|}]", made.href.replace("'", ""))


@given(HOSTILE)
def test_a_target_on_the_web_is_made_once(typed):
    made = target(typed)
    if made is not None and made.kind != "inside":
        assert target(made.href) == made


@given(HOSTILE)
def test_sanitised_html_has_no_other_scheme(typed):
    escaped = typed.replace("&", "&amp;").replace('"', "&quot;")
    shown = html.cleaned(f'<a href="{escaped}">x</a>', lambda _tag, _name, value: value)
    found = re.search(r'href="([^"]*)"', shown)
    assert browsers(unescape(found[1]) if found else "") in {"", "http", "https", "mailto"}


MARKUP = st.lists(
    st.sampled_from(
        [
            "<",
            ">",
            "</",
            "<!",
            "<![",
            "<!--",
            "-->",
            "]]>",
            "<?",
            "CDATA[",
            "if",
            "p",
            "script",
            "style",
            "a",
            " ",
            "=",
            '"',
            "'",
            "onclick",
            "href",
            "javascript:x",
            "\x00",
            "/",
            "&",
            "svg",
            "math",
            "template",
            "img",
            "src",
            "x",
        ]
    ),
    max_size=30,
).map("".join)


@given(MARKUP | st.text())
def test_any_markup_is_walked_and_cleaned(raw):
    html.dropped(raw)
    shown = html.cleaned(raw, lambda _tag, _name, value: value)
    assert not re.search(r"<(script|style|svg|math|iframe|template)|<[^>]*\son\w+=", shown)
