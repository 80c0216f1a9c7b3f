"""A post and what it quotes as JSON-LD (https://schema.org): who says what, and from where."""

from collections.abc import Iterable, Sequence
from typing import Any

from sitegen import text
from sitegen.model import Full, Quote, Source, View

Node = dict[str, Any]

_WORKS = {"book": "Book", "video": "VideoObject"}


def graph(view: View, post: Full, quotes: Sequence[Quote]) -> Node:
    """The post, its quotations without their text, and each work that they are taken from.

    Every id that is referred to is in the graph. A work is no Article: a validator would ask the
    page for all that an Article of its own must have.
    """
    url = f"{view.origin}{post.url}"
    shown = [quote for quote in quotes if not quote.withdrawn]
    sources = tuple(dict.fromkeys(quote.source for quote in shown))
    ids = {source: f"{url}#source-{number}" for number, source in enumerate(sources, 1)}
    nodes = [
        _post(view, post, url, ids.values(), shown),
        *(_quotation(url, quote, ids[quote.source]) for quote in shown),
        *(_work(source, name) for source, name in ids.items()),
    ]
    return {"@context": "https://schema.org", "@graph": nodes}


def _post(view: View, post: Full, url: str, works: Iterable[str], quotes: Sequence[Quote]) -> Node:
    home = f"{view.origin}{view.base}"
    image = post.image.file if post.image else ""
    return _known(
        {
            "@type": "BlogPosting",
            "@id": f"{url}#post",
            "url": url,
            "mainEntityOfPage": url,
            "headline": post.title,
            "description": post.summary,
            "inLanguage": text.language(f"{post.title} {post.summary}", view.language),
            "datePublished": post.date.machine,
            "dateModified": post.updated.machine,
            "author": [
                {"@type": "Person", "name": ref.name, "url": f"{view.origin}{ref.url}"}
                for ref in post.authors
            ],
            "publisher": {
                "@type": "Organization",
                "@id": f"{home}#publisher",
                "name": view.title,
                "url": home,
            },
            "image": f"{view.origin}{image}" if image.startswith("/") else image,
            "keywords": [ref.name for ref in post.tags],
            "citation": [{"@id": work} for work in works],
            "hasPart": [{"@id": _id(url, quote)} for quote in quotes],
        }
    )


def _quotation(url: str, quote: Quote, work: str) -> Node:
    return _known(
        {
            "@type": "Quotation",
            "@id": _id(url, quote),
            "inLanguage": quote.lang,
            "isPartOf": {"@id": f"{url}#post"},
            "isBasedOn": {"@id": work},
            "creator": _creator(quote.source),
        }
    )


def _work(source: Source, name: str) -> Node:
    book = source.kind == "book"
    return _known(
        {
            "@type": _WORKS.get(source.kind, "CreativeWork"),
            "@id": name,
            "url": source.url,
            "name": source.title,
            "inLanguage": source.lang,
            "datePublished": source.published.machine if source.published else "",
            "author": _named("Person", source.author),
            "publisher": _named("Organization", source.publisher or source.site),
            "isbn": source.isbn if book else "",
            "archivedAt": source.archive,
        }
    )


def _id(url: str, quote: Quote) -> str:
    """The quotation's own place on the page."""
    return f"{url}#quote-{quote.number}"


def _creator(source: Source) -> Node:
    return _named("Person", source.author) or _named("Organization", source.site)


def _named(kind: str, name: str) -> Node:
    return {"@type": kind, "name": name} if name else {}


def _known(node: Node) -> Node:
    """`node` without what nobody knows."""
    return {key: value for key, value in node.items() if value}
