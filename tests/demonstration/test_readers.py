"""Pages as machines read them: microformats, JSON-LD and Open Graph."""

import re
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
        assert len(quotations) == html.count("-quotation-of h-cite"), url
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


LEADS = """---
title: 三つの引用
date: 2025-02-04
quotes:
  - {text: 消えた, withdrawn: 理由, source: {url: "https://gone.example.jp/", title: 消えた記事}}
  - {text: 本の文。, source: {title: 欄外, author: 蒔田しづ枝}}
  - {text: 図の文。, image: "https://i.jp/a", alt: 図, source: {url: "https://z.jp/", title: 図}}
  - {text: つぶやき。, source: {url: "https://sns.example.jp/1", author: 鳥居, kind: sns}}
---
論評を書く。
"""


@pytest.fixture
def cited(project):
    """The page and the entry of a post that quotes a book and a person, and quoted a page."""
    project.write("content/posts/mittsu.md", LEADS)
    assert project.build().code == 0
    html = project.output("2025/02/mittsu/index.html")
    (_, _, (entry,)) = next(iter(_entries({f"{BASE}2025/02/mittsu/": html})))
    return html, entry["properties"]


def test_what_is_known_of_a_quotation_taken_down_is_no_property_of_the_post(cited):
    _, said = cited
    assert (said["name"], len(said["url"])) == (["三つの引用"], 1)
    assert "publication" not in said
    assert len(said["quotation-of"]) == 3


def test_a_cited_work_is_known_by_its_address_or_by_its_title(cited):
    _, said = cited
    assert [one["value"] for one in said["quotation-of"]] == [
        "欄外", "https://z.jp/", "https://sns.example.jp/1"
    ]  # fmt: skip


def test_a_quoted_image_stands_beside_the_quoted_words(cited):
    _, said = cited
    known = said["quotation-of"][1]["properties"]
    assert known["content"][0]["value"] == "図の文。"
    assert known["photo"] == [{"value": "https://i.jp/a", "alt": "図"}]


def test_a_person_is_no_title_of_a_work(cited):
    html, said = cited
    titles = re.findall("<cite[^>]*>(.*?)</cite>", html)
    assert [re.sub("<[^>]*>", "", title) for title in titles] == ["消えた記事", "欄外", "図"]
    assert said["quotation-of"][2]["properties"]["author"] == ["鳥居"]


SAID = """---
title: 声
date: 2025-02-04
source: {url: "https://sns.example.jp/1", author: bird, kind: sns, lang: en, accessed: 2025-02-03}
quote: {text: It is **foggy**., translation: 霧だ。, translator: 編集部, emphasis: ours}
---
論評を書く。
"""


def test_what_is_known_of_a_remark_is_told_in_its_line_and_below(project):
    project.write("content/posts/koe.md", SAID)
    assert project.build().code == 0
    html = project.output("2025/02/koe/index.html")
    (_, _, (entry,)) = next(iter(_entries({f"{BASE}2025/02/koe/": html})))
    (one,) = entry["properties"]["quotation-of"]
    assert one["properties"]["accessed"] == ["2025-02-03"]
    attribution = html.partition("<figcaption")[2].partition("</figcaption>")[0]
    assert ("訳:編集部" in attribution, "強調は引用者による" in attribution) == (True, True)


def test_a_translation_that_stands_alone_is_in_the_language_of_the_page(project):
    project.write("content/posts/koe.md", SAID.replace("It is **foggy**., translation: ", ""))
    assert project.build().code == 0
    pages = [project.output(path) for path in ("2025/02/koe/index.html", "index.html", "atom.xml")]
    assert all("霧だ。" in page for page in pages)
    assert not any('lang="en"' in page for page in pages)


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
