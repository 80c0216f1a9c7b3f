"""A post and what it quotes as JSON-LD."""

import pytest

from sitegen.model import Date, Full, Quote, Ref, Source, Span, View
from sitegen.quotation.structured import graph

DAY = Date("2025-02-04T00:00:00+09:00", 1738594800, timed=False)
INSTANT = Date("2025-02-04T21:00:00+09:00", 1738670400)


def view(origin="https://example.org", base="/blog/"):
    return View("灯台日誌", "", "ja", "gregorian", "", origin, base, (), (), "", {}, {})


def post(date=INSTANT, **said):
    known = {
        "path": "content/posts/a.md",
        "url": "/blog/2025/02/a/",
        "title": "霧笛",
        "date": date,
        "updated": date,
        "authors": (Ref("深沢なつ", "/blog/authors/fukazawa/"),),
        "tags": (),
        "source": None,
        "host": None,
        "via": None,
        "quote": "",
        "summary": "要旨",
        "image": None,
        "written": 10,
        "withdrawn": "",
        "draft": False,
        "scheduled": False,
        "updates": (),
        "extra": {},
        "heading": "霧笛",
        "older": None,
        "newer": None,
        "related": (),
        "same_source": (),
    }
    names = Full.__struct_fields__
    return Full(**{name: said.get(name, known.get(name)) for name in names})


def quote(number=1, withdrawn="", **source):
    words = ((Span("text", "他人の言葉"),),)
    return Quote(number, words, Source(**source), withdrawn=withdrawn)


NEWS = {"url": "https://news.example.jp/1", "title": "欠航", "site": "潮路新聞"}


def nodes(*quotes, **said):
    made = graph(view(), post(**said), quotes)["@graph"]
    return {node["@id"]: node for node in made}


def test_each_kind_of_node_is_there():
    kinds = [node["@type"] for node in nodes(quote(**NEWS)).values()]
    assert kinds == ["BlogPosting", "Quotation", "CreativeWork"]


def test_every_id_resolves():
    found = nodes(quote(**NEWS), quote(2, url="https://b.example.jp/2", title="別の記事"))
    own = found["https://example.org/blog/2025/02/a/#post"]
    referred = [ref["@id"] for ref in own["citation"] + own["hasPart"]]
    referred += [node["isBasedOn"]["@id"] for node in found.values() if "isBasedOn" in node]
    referred += [node["isPartOf"]["@id"] for node in found.values() if "isPartOf" in node]
    assert set(referred) == set(found)


def test_two_quotations_of_one_work_share_it():
    kinds = [node["@type"] for node in nodes(quote(**NEWS), quote(2, **NEWS)).values()]
    assert kinds.count("CreativeWork") == 1


def test_the_quoted_words_are_not_repeated():
    assert "他人の言葉" not in str(nodes(quote(**NEWS)))


def test_what_was_taken_down_is_not_named():
    assert len(nodes(quote(withdrawn="誤り", **NEWS))) == 1


@pytest.mark.parametrize(
    ("date", "shown"), [(DAY, "2025-02-04"), (INSTANT, "2025-02-04T21:00:00+09:00")]
)
def test_a_day_stays_a_day_and_an_instant_keeps_its_offset(date, shown):
    own = nodes(quote(**NEWS), date=date)["https://example.org/blog/2025/02/a/#post"]
    assert own["datePublished"] == shown


def named(kind, name):
    return {"@type": kind, "name": name}


@pytest.mark.parametrize(
    ("source", "creator", "publisher"),
    [
        ({"author": "岩城"}, named("Person", "岩城"), named("Organization", "潮路新聞")),
        ({}, named("Organization", "潮路新聞"), named("Organization", "潮路新聞")),
        (
            {"publisher": "潮路社"},
            named("Organization", "潮路新聞"),
            named("Organization", "潮路社"),
        ),
    ],
)
def test_words_are_their_authors_or_else_those_of_where_they_stood(source, creator, publisher):
    _, said, work = nodes(quote(**NEWS, **source)).values()
    assert (said["creator"], work["publisher"]) == (creator, publisher)


def test_a_book_has_its_number():
    book = quote(kind="book", title="岬の記録", author="岩城", isbn="978-4-00-000000-2")
    work = nodes(book)["https://example.org/blog/2025/02/a/#source-1"]
    assert (work["@type"], work["isbn"]) == ("Book", "978-4-00-000000-2")


def test_what_is_unknown_is_left_out():
    assert (
        "datePublished" not in nodes(quote(**NEWS))["https://example.org/blog/2025/02/a/#source-1"]
    )


def test_without_a_base_url_ids_are_relative_to_the_root():
    made = graph(view("", "/"), post(url="/2025/02/a/"), [quote(**NEWS)])
    assert made["@graph"][0]["@id"] == "/2025/02/a/#post"
