"""Pages as machines read them: microformats, JSON-LD and Open Graph."""

import warnings
from urllib.parse import quote

import mf2py
import pytest

with warnings.catch_warnings():
    warnings.simplefilter("ignore", DeprecationWarning)  # of what extruct is made of
    import extruct

BASE = "https://example.org/blog/"


@pytest.fixture(scope="module")
def posts(demonstration):
    """The text of each post's page by its URL."""
    files = demonstration.glob("20*/*/*/index.html")
    pages = {
        f"{BASE}{quote(file.parent.relative_to(demonstration).as_posix())}/": file.read_text(
            "utf-8"
        )
        for file in files
    }
    return {url: html for url, html in pages.items() if '<article class="post' in html}


def _entries(posts):
    for url, html in posts.items():
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", DeprecationWarning)
            items = mf2py.parse(html, url=url)["items"]
        yield url, html, [item for item in items if "h-entry" in item["type"]]


def test_each_page_is_one_entry_with_author_and_date(posts):
    for url, _, entries in _entries(posts):
        assert len(entries) == 1, url
        said = entries[0]["properties"]
        assert {"name", "author", "published", "content"} <= said.keys(), url


def test_each_quotation_is_a_cite_with_words_and_a_name(posts):
    seen = 0
    for url, html, (entry,) in _entries(posts):
        quotations = entry["properties"]["quotation-of"]
        seen += len(quotations)
        assert len(quotations) == html.count('<figure class="quotation u-quotation-of'), url
        for one in quotations:
            assert one["type"] == ["h-cite"]
            assert one["properties"]["content"][0]["value"].strip(), url
            assert one["properties"]["name"][0].strip(), url
    assert seen > len(posts)


def test_the_address_of_a_quotation_is_clean(posts):
    for url, html, (entry,) in _entries(posts):
        for one in entry["properties"]["quotation-of"]:
            for address in one["properties"].get("url", ()):
                assert ":~:" not in address, url
                assert f'cite="{address}"' in html, url


def test_every_id_of_the_structured_data_resolves(posts):
    for url, html in posts.items():
        (found,) = extruct.extract(html, base_url=url, syntaxes=["json-ld"])["json-ld"]
        nodes = {node["@id"]: node for node in found["@graph"]}
        assert nodes[f"{url}#post"]["@type"] == "BlogPosting"
        for node in nodes.values():
            for key in ("citation", "hasPart", "isPartOf", "isBasedOn"):
                refs = node.get(key, [])
                for ref in refs if isinstance(refs, list) else [refs]:
                    assert ref["@id"] in nodes, (url, key)


def test_every_quotation_of_the_structured_data_is_on_the_page(posts):
    for url, html in posts.items():
        (found,) = extruct.extract(html, base_url=url, syntaxes=["json-ld"])["json-ld"]
        for node in found["@graph"]:
            if node["@type"] == "Quotation":
                assert f'id="{node["@id"].partition("#")[2]}"' in html, url


def test_open_graph_says_nothing_of_the_source(posts):
    for url, html in posts.items():
        (found,) = extruct.extract(html, base_url=url, syntaxes=["opengraph"])["opengraph"]
        said = dict(found["properties"])
        assert said["og:type"] == "article", url
        assert said["og:url"] == url
        quoted = html.partition("<blockquote")[2].partition("</blockquote>")[0]
        assert said.get("og:description", "-") not in quoted, url


def test_the_picture_of_a_shared_link_is_told_with_its_size_and_words(posts):
    seen = 0
    for url, html in posts.items():
        (found,) = extruct.extract(html, base_url=url, syntaxes=["opengraph"])["opengraph"]
        said = dict(found["properties"])
        if "og:image" in said:
            seen += 1
            assert said["og:image"].startswith(BASE), url
            assert int(said["og:image:width"]) > 0 < int(said["og:image:height"]), url
            assert said["og:image:alt"], url
    assert seen


QUOTED = """【港】連絡船は4日、*強風*のため終日欠航した。
〔中略〕
再開の見込みは <b>立って</b> いない {{ と }} という。
"""
POST = """---
title: 欠航
date: 2025-02-04
source:
  url: https://news.example.jp/2025/02/04/ferry?page=2
  title: 連絡船が欠航
via: {{name: 港の日誌, url: "https://blog.example.com/1"}}
quote: |
  {quote}
  〔以下略〕
---
論評を書く。
"""


@pytest.fixture
def quoting(project):
    """A site of one post whose quotation is full of signs."""
    lines = QUOTED.rstrip("\n").replace("\n", "\n  ")
    project.write("content/posts/kekkou.md", POST.format(quote=lines))
    project.write("pyproject.toml", f'[tool.sitegen]\nbase_url = "{BASE}"\nllms = true\n')
    assert project.build().code == 0
    return project


def test_a_reader_of_microformats_gets_the_quoted_words_and_no_other(quoting):
    html = quoting.output("2025/02/kekkou/index.html")
    (_, _, (entry,)) = next(iter(_entries({f"{BASE}2025/02/kekkou/": html})))
    (one,) = entry["properties"]["quotation-of"]
    value = one["properties"]["content"][0]["value"]
    assert "".join(value.split()) == "".join(QUOTED.split())
    assert one["value"] == "https://news.example.jp/2025/02/04/ferry?page=2"


def test_no_snippet_is_taken_from_a_quotation(quoting):
    html = quoting.output("2025/02/kekkou/index.html")
    assert html.count('<div class="quoted" data-nosnippet>\n<figure class="quotation ') == 1
    assert html.count("<figure ") == 1


def test_the_markdown_beside_a_post_has_our_words_and_the_source_of_theirs(quoting):
    made = quoting.output("2025/02/kekkou/index.md")
    assert "論評を書く。" in made
    assert "[連絡船が欠航](https://news.example.jp/2025/02/04/ferry?page=2)" in made
    words = [line for line in QUOTED.split("\n") if line]
    for text in (made, quoting.output("llms.txt")):
        assert not [line for line in words if line in text]
        assert "欠航した" not in text
    html = quoting.output("2025/02/kekkou/index.html")
    assert (
        '<link rel="alternate" type="text/markdown" href="/blog/2025/02/kekkou/index.md">' in html
    )


def test_feeds_name_the_source_and_the_way_to_it(quoting):
    atom = quoting.output("atom.xml")
    source = "https://news.example.jp/2025/02/04/ferry?page=2"
    assert f'<link rel="related" href="{source}"/>' in atom
    assert '<link rel="via" href="https://blog.example.com/1"/>' in atom
    assert f'"external_url": "{source}"' in quoting.output("feed.json")
