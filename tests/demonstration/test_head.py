"""What stands in the head of every page, and what a page may load."""

import re
from pathlib import Path

import html5lib
import pytest

LAYOUTS = Path(__file__).parents[2] / "layouts"


@pytest.fixture(scope="module")
def pages(demonstration):
    """Every page of the demonstration blog by its path."""
    files = sorted(demonstration.rglob("*.html"))
    return {
        file.relative_to(demonstration).as_posix(): html5lib.parse(
            file.read_bytes(), treebuilder="etree", namespaceHTMLElements=False
        )
        for file in files
    }


def test_the_policy_comes_before_all_that_it_governs(pages):
    for path, page in pages.items():
        charset, policy = list(page.find("head"))[:2]
        assert charset.get("charset") == "utf-8", path
        assert policy.get("http-equiv") == "Content-Security-Policy", path
        assert policy.get("content").startswith("default-src 'none'"), path


def test_no_page_asks_a_third_party(pages):
    """Whatever a browser fetches by itself is of this site."""
    for path, page in pages.items():
        for element in page.iter():
            fetched = [element.get("src"), element.get("srcset"), element.get("poster")]
            if element.tag == "link" and element.get("rel") not in {"canonical", "alternate"}:
                fetched.append(element.get("href"))
            for url in filter(None, fetched):
                assert url.startswith("/blog/"), (path, url)


def test_no_page_has_what_its_policy_forbids(pages):
    for path, page in pages.items():
        for element in page.iter():
            assert "style" not in element.attrib, path
            assert not [name for name in element.attrib if name.startswith("on")], path
            assert element.tag not in {"style", "iframe", "object", "embed"}, path
            if element.tag == "script" and element.get("type") != "application/ld+json":
                assert element.get("src"), path
                assert not (element.text or "").strip(), path


def test_there_is_one_word_for_search_engines(pages):
    for path, page in pages.items():
        said = [one.get("content") for one in page.iter("meta") if one.get("name") == "robots"]
        assert len(said) == 1, path
        assert said[0] in {"noindex", "max-image-preview:large"}, path
    assert {"noindex", "max-image-preview:large"} == {
        next(one.get("content") for one in page.iter("meta") if one.get("name") == "robots")
        for page in pages.values()
    }


def test_the_theme_has_the_colours_of_the_paper():
    style = (LAYOUTS / "static/style.css").read_text(encoding="utf-8")
    base = (LAYOUTS / "base.html").read_text(encoding="utf-8")
    paper = re.search(r"--paper: light-dark\((#\w+), (#\w+)\)", style)
    themes = re.findall(
        r'"theme-color" media="\(prefers-color-scheme: (\w+)\)" content="(.*?)"', base
    )
    assert themes == [("light", paper[1]), ("dark", paper[2])]


def test_every_picture_of_the_site_has_its_size(pages):
    seen = 0
    for path, page in pages.items():
        for image in page.iter("img"):
            seen += 1
            assert int(image.get("width")) > 0 < int(image.get("height")), path
    assert seen


# ---------------------------------------------------------------- weight


def _beside(file):
    """The bytes of a page beside its words, and those of the addresses among them."""
    page = html5lib.parse(file.read_bytes(), treebuilder="etree", namespaceHTMLElements=False)
    words = "".join("".join(page.find("body").itertext()).split())
    addresses = "".join(
        value
        for element in page.iter()
        for name, value in element.attrib.items()
        if name in {"href", "cite"}
    )
    return file.stat().st_size - len(words.encode()), len(addresses.encode())


def test_pages_weigh_less_than_ten_kilobytes_beside_words_and_addresses(demonstration):
    for file in demonstration.rglob("*.html"):
        whole, addresses = _beside(file)
        assert whole - addresses < 10_000, file


def test_the_style_sheet_weighs_less_than_twelve_kilobytes(demonstration):
    (style,) = demonstration.glob("style.*.css")
    assert style.stat().st_size < 12_000


@pytest.mark.parametrize(
    ("name", "shown"),
    [("search", re.compile(r"search/index\.html")), ("cite", re.compile(r"\d{4}/\d\d/[^/]+/.*"))],
)
def test_a_script_is_on_the_pages_that_use_it_alone(pages, name, shown):
    """Search has its own, and posts what copies a source."""
    script = re.compile(rf"/blog/{name}\.[0-9a-f]{{8}}\.js")
    found = [
        path
        for path, page in pages.items()
        if any(script.fullmatch(one.get("src") or "") for one in page.iter("script"))
    ]
    assert found
    assert [path for path in found if not shown.fullmatch(path)] == []


def test_no_page_has_another_script(pages):
    sources = {one.get("src") for page in pages.values() for one in page.iter("script")}
    assert len(sources - {None}) == 2


def test_a_first_visit_is_light(demonstration):
    """Beside words and pictures: a page, the style sheet, the script of posts, the icon."""
    scripts = demonstration.glob("cite.*.js")
    own = [demonstration / "favicon.svg", *demonstration.glob("style.*.css"), *scripts]
    shared = sum(file.stat().st_size for file in own)
    largest = max(_beside(file)[0] for file in demonstration.rglob("*.html"))
    assert largest + shared < 30_000
