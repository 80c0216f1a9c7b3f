"""The front matter, declared once: for the loader, `sitegen schema` and the manual."""

from collections.abc import Iterable, Iterator
from typing import Any, Literal

from msgspec import Struct

from sitegen.urls import MAX_URL

MAX_TEXT = 20_000  # characters of a quotation
MAX_LINE = 300  # characters of a title and the like
MAX_NAME = 60  # characters of a tag or an author
MAX_ITEMS = 50

Kind = Literal[
    "line",  # text of one line
    "text",
    "language",  # a tag of BCP 47
    "slug",
    "path",  # of this site, from its root
    "file",  # beside the post, of this site, or on the web
    "web",  # an address on the web
    "date",
    "flag",
    "list",
    "mapping",
    "names",  # free names, each with an `item`
    "free",
]
COMPOUND: frozenset[Kind] = frozenset({"list", "mapping", "names", "free"})  # of several values


# What Hugo, Jekyll, WordPress and livedoor call what has another name here.
ELSEWHERE = {
    "categories": "tags",
    "category": "tags",
    "keywords": "tags",
    "description": "summary",
    "excerpt": "summary",
    "permalink": "url",
    "redirect_from": "aliases",
    "lastmod": "updates",
    "cover": "image",
    "thumbnail": "image",
    "featured_image": "image",
    "status": "draft",
    "params": "extra",
}


class Key(Struct, frozen=True):
    """A key of the front matter, with what it may hold and what it means."""

    name: str
    kind: Kind
    ja: str
    en: str
    required: bool = False
    limit: int = MAX_LINE  # characters, or items of a list
    item: "Key | None" = None  # of a list, or of free names
    keys: "tuple[Key, ...]" = ()
    values: tuple[str, ...] = ()
    short: str = ""  # the key that a plain text stands for
    single: bool = False  # a plain text is a list of one


KINDS = (
    "news", "press-release", "government", "law", "academic", "book", "video", "broadcast", "forum",
    "sns", "document", "comment", "own", "other",
)  # fmt: skip

_SOURCE = (
    Key("url", "web", "引用元の URL", "its URL", limit=MAX_URL),
    Key("title", "line", "題名", "its title"),
    Key("site", "line", "媒体名", "the publication or site"),
    Key("author", "line", "著者", "its author"),
    Key("publisher", "line", "発行者", "its publisher"),
    Key("published", "date", "公開日", "when it was published"),
    Key("accessed", "date", "閲覧日", "when it was read"),
    Key("lang", "language", "言語（ja, en, ko …）", "its language (ja, en, ko …)", limit=35),
    Key("kind", "line", "種類", "what it is", values=KINDS),
    Key("locator", "line", "箇所（p. 12、第3条、12:34）", "the place in it (p. 12, 12:34)"),
    Key("isbn", "line", "ISBN", "its ISBN", limit=20),
    Key("archive", "web", "保存版の URL", "URL of an archived copy", limit=MAX_URL),
)
_VIA = Key("via", "mapping", "知ったきっかけ（経由）", "how it was found", short="name", keys=(
    Key("name", "line", "名前", "its name"),
    Key("url", "web", "URL", "its URL", limit=MAX_URL),
))  # fmt: skip
_QUOTE = (
    Key("text", "text", "引用文そのもの（Markdown ではない）", "the quoted words, not Markdown",
        limit=MAX_TEXT),
    Key("translation", "text", "引用文の訳", "a translation of it", limit=MAX_TEXT),
    Key("translator", "line", "訳者", "who translated it"),
    Key("original", "text", "原文", "the original words", limit=MAX_TEXT),
    Key("emphasis", "line", "強調は引用元か引用者か", "whose emphasis it is",
        values=("source", "ours")),
    Key("deeplink", "line", "引用箇所へのリンクを出すか", "whether to link to the passage",
        values=("on", "off")),
    Key("image", "file", "引用する画像", "a quoted image", limit=MAX_URL),
    Key("alt", "line", "画像の代替文", "what the image shows"),
    Key("withdrawn", "line", "引用を取り下げた理由", "why the quotation was taken down"),
)  # fmt: skip
_TITLE = Key("title", "line", "題名", "the title", required=True)
_COMMON = (
    Key("author", "list", "執筆者（省略時は設定の author）", "who wrote it (default: the site's)",
        item=Key("author", "line", "", "", limit=MAX_NAME), limit=MAX_ITEMS, single=True),
    Key("slug", "slug", "URL の末尾", "the last part of the URL", limit=200),
    Key("url", "path", "URL のパスそのもの", "the exact path of the URL", limit=1000),
    Key("aliases", "list", "ここへ転送する古いパス", "old paths that lead here",
        item=Key("aliases", "path", "", "", limit=1000), limit=MAX_ITEMS, single=True),
    Key("summary", "line", "一覧とフィードに出す要約", "the summary for listings and feeds",
        limit=1000),
    Key("image", "mapping", "記事の画像", "the post's image", short="file", keys=(
        Key("file", "file", "ファイルか URL", "file or URL", required=True, limit=MAX_URL),
        Key("alt", "line", "代替文", "what it shows"),
        Key("credit", "line", "提供・撮影", "whose it is"),
    )),
    Key("layout", "line", "レイアウトの名前", "the name of a layout", limit=MAX_NAME),
    Key("extra", "free", "レイアウトに渡す自由な値", "free values for layouts"),
    Key("draft", "flag", "下書き（公開しない）", "a draft is not published"),
    Key("updates", "list", "訂正と追記", "corrections and additions", limit=MAX_ITEMS, item=Key(
        "updates", "mapping", "", "", keys=(
            Key("date", "date", "日付", "when", required=True),
            Key("kind", "line", "訂正か追記か", "what it is", required=True,
                values=("correction", "addition")),
            Key("text", "text", "内容（Markdown）", "what it says (Markdown)", required=True,
                limit=5000),
        ))),
    Key("lint", "mapping", "この記事で出さない指摘", "checks silenced in this post", keys=(
        Key("ignore", "list", "指摘のコード", "their codes", required=True, limit=MAX_ITEMS,
            item=Key("ignore", "line", "", "", limit=MAX_NAME), single=True),
        Key("reason", "line", "理由", "why"),
    )),
)  # fmt: skip

POST = (
    _TITLE,
    Key("date", "date", "公開日時（ファイル名に日付があれば省略可）",
        "when it is published (or the file's name says it)"),
    _COMMON[0],
    Key("tags", "list", "タグ", "tags", limit=MAX_ITEMS,
        item=Key("tags", "line", "", "", limit=MAX_NAME)),
    Key("source", "mapping", "引用元（文字列なら URL）", "the work quoted (a text is its URL)",
        keys=_SOURCE, short="url"),
    Key("sources", "names", "論評の中の引用の引用元", "sources of quotations in the editorial",
        item=Key("sources", "mapping", "", "", keys=_SOURCE, short="url"), limit=MAX_ITEMS),
    Key("quote", "mapping", "引用", "the quotation", keys=_QUOTE, short="text"),
    Key("quotes", "list", "複数の引用", "several quotations", limit=MAX_ITEMS, item=Key(
        "quotes", "mapping", "", "", short="text", keys=(
            *_QUOTE,
            Key("source", "mapping", "引用元", "its source", keys=_SOURCE, short="url"),
            _VIA,
        ))),
    _VIA,
    *_COMMON[1:],
    Key("withdrawn", "line", "記事を取り下げた理由", "why the post was withdrawn"),
)  # fmt: skip
PAGE = (
    _TITLE,
    Key("date", "date", "日付", "its date"),
    *_COMMON,
    Key("withdrawn", "line", "ページを取り下げた理由", "why the page was withdrawn"),
)


def inner(keys: Iterable[Key]) -> Iterator[str]:
    """The names of the keys that stand below `keys`, at any depth."""
    for key in keys:
        yield from (part.name for part in _below(key))
        yield from inner(_below(key))


def _below(key: Key) -> tuple[Key, ...]:
    """The keys of a mapping, or of each item of a list."""
    return key.keys or (key.item.keys if key.item else ())


# ---------------------------------------------------------------- for editors and the manual


def json_schema(keys: Iterable[Key], language: str) -> dict[str, Any]:
    """The JSON Schema (draft 2020-12) of front matter with these `keys`."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "sitegen front matter",
        **_mapping(keys, language),
    }


def _mapping(keys: Iterable[Key], language: str) -> dict[str, Any]:
    keys = tuple(keys)
    required = [key.name for key in keys if key.required]
    return {
        "type": "object",
        "properties": {key.name: _property(key, language) for key in keys},
        "additionalProperties": False,
        **({"required": required} if required else {}),
    }


def _property(key: Key, language: str) -> dict[str, Any]:
    words = key.en if language == "en" else key.ja
    made = _kind(key, language)
    if key.values:
        made["enum"] = list(key.values)
    if key.short or key.single:
        plain = {"type": "string"}
        made = {"anyOf": [plain, made]}
    return {"description": words, **made} if words else made


def _kind(key: Key, language: str) -> dict[str, Any]:
    if key.kind == "mapping":
        return _mapping(key.keys, language)
    if key.kind == "list" and key.item:
        return {"type": "array", "items": _property(key.item, language), "maxItems": key.limit}
    if key.kind == "names" and key.item:
        return {"type": "object", "additionalProperties": _property(key.item, language)}
    if key.kind == "free":
        return {"type": "object"}
    if key.kind == "flag":
        return {"type": "boolean"}
    if key.kind == "date":  # editors read 2025-02-04 as a date of their own, 2025 as a number
        return {"type": ["string", "number"]}
    return {"type": ["string", "number", "boolean"]} if not key.values else {"type": "string"}


def table(keys: Iterable[Key], language: str) -> str:
    """The keys as a Markdown table for the manual."""
    head = "| key | kind | meaning |" if language == "en" else "| キー | 種類 | 意味 |"
    rows = [_row(key, language, "") for key in keys]
    return "\n".join([head, "| --- | --- | --- |", *(row for part in rows for row in part)]) + "\n"


def _row(key: Key, language: str, before: str) -> list[str]:
    """The row of `key` and those of the keys below it; `before` is what its name begins with."""
    words = key.en if language == "en" else key.ja
    if key.required:
        words += " **required**" if language == "en" else "（必須）"
    if key.values:
        words += ": " + " ".join(f"`{value}`" for value in key.values)
    name = f"{before}{key.name}"
    mark = "[]." if key.kind == "list" else ".*." if key.kind == "names" else "."
    rows = [f"| `{name}` | {_WORDS[language][key.kind]} | {words} |"]
    if key.name == "source" and before:
        return rows
    return rows + [row for part in _below(key) for row in _row(part, language, name + mark)]


_WORDS = {
    "ja": {
        "line": "1行の文字列", "text": "文字列", "language": "言語コード", "slug": "スラッグ",
        "path": "パス", "file": "ファイル", "web": "URL", "date": "日付", "flag": "true / false",
        "list": "リスト", "mapping": "マッピング", "names": "名前ごとのマッピング", "free": "自由",
    },
    "en": {
        "line": "one line", "text": "text", "language": "language code", "slug": "slug",
        "path": "path", "file": "file", "web": "URL", "date": "date", "flag": "true / false",
        "list": "list", "mapping": "mapping", "names": "mapping by name", "free": "free",
    },
}  # fmt: skip
