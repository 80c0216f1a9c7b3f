"""Every code: severity, text and remedy in Japanese and English."""

import re
import tomllib
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import Literal

import msgspec
from msgspec import Struct, field

from sitegen.diagnostics.model import Diagnostic, Finding, Location

_FILE = Path(__file__).with_name("catalog.toml")


class Words(Struct, frozen=True):
    """What is told of a fault: what is so, a short text at the caret, and what to type."""

    message: str = ""
    label: str = ""
    remedy: str = ""


class _Language(Struct, frozen=True):
    message: str
    explain: str
    label: str = ""
    remedy: str = ""
    variants: dict[str, Words] = field(default_factory=dict)


class Entry(Struct, frozen=True):
    """One code. `structural`: without it nothing can be built, so no rule changes it.

    `softer` are variants that are told with another severity than the code.
    """

    severity: Literal["error", "warning", "info", "off"]
    ja: _Language
    en: _Language
    structural: bool = False
    softer: dict[str, Literal["warning", "info"]] = {}


@cache
def _entries() -> dict[str, Entry]:
    table = tomllib.loads(_FILE.read_text(encoding="utf-8"))
    return msgspec.convert(table, dict[str, Entry])


def codes() -> tuple[str, ...]:
    """All codes, in the order of the catalogue."""
    return tuple(_entries())


def structural(code: str) -> bool:
    """Whether neither rules nor authors can silence `code`."""
    return _entries()[code].structural


def severity(code: str, rules: Mapping[str, str], variant: str = "") -> str:
    """How `code` is told under the site's `rules`: "error", "warning", "info" or "off"."""
    entry = _entries()[code]
    own = entry.softer.get(variant, entry.severity)
    return own if entry.structural else rules.get(code, own)


def findings(diagnostics: Iterable[Diagnostic], rules: Mapping[str, str]) -> tuple[Finding, ...]:
    """The faults that are told, each once, by place and then by code."""
    unique = {msgspec.msgpack.encode(fault): fault for fault in diagnostics}
    told = ((fault, severity(fault.code, rules, fault.variant)) for fault in unique.values())
    found = (Finding(fault, how) for fault, how in told if how != "off")  # type: ignore[arg-type]
    return tuple(sorted(found, key=order))


def order(finding: Finding) -> tuple[Location, str]:
    """What findings are sorted by: place, then code."""
    return finding.diagnostic.location, finding.diagnostic.code


def words(diagnostic: Diagnostic, language: str) -> Words:
    """What is told of `diagnostic`, with the author's own words set in."""
    spoken = _in(language, _entries()[diagnostic.code])
    variant = spoken.variants.get(diagnostic.variant, Words())
    arguments = {
        name: _spoken(name, value, language) for name, value in diagnostic.arguments.items()
    }
    return Words(
        _filled(variant.message or spoken.message, arguments),
        _filled(variant.label or spoken.label, arguments),
        _filled(variant.remedy or spoken.remedy, arguments),
    )


def _in(language: str, entry: Entry) -> _Language:
    return entry.en if language == "en" else entry.ja


def _spoken(name: str, value: str, language: str) -> str:
    """An argument as it is told: numbers with commas, our own terms in the language."""
    if name in _NUMBERS and value.isdigit():
        return f"{int(value):,}"
    return _TERMS.get(value, value) if name in _TERMED and language != "en" else value


_NUMBERS = {"limit", "length", "count", "size", "offset", "quoted", "written"}
_TERMED = {"kind", "other", "wanted", "found"}
_TERMS = {
    "line": "1行の文字列",
    "text": "文字列",
    "list": "リスト",
    "mapping": "「キー: 値」の組",
    "flag": "真偽値",
    "date": "日付",
    "number": "数",
    "null": "空",
    "link": "リンク",
    "pipe": "パイプ",
    "socket": "ソケット",
    "device": "デバイス",
    "folder": "フォルダー",
    "file": "ファイル",
    "filter": "フィルター",
    "test": "テスト",
    "post": "記事",
    "page": "固定ページ",
    "home": "トップページ",
    "tag": "タグの一覧",
    "author": "執筆者の一覧",
    "source": "引用元の一覧",
    "year": "年の一覧",
    "month": "月の一覧",
    "tags": "タグの索引",
    "authors": "執筆者の索引",
    "sources": "引用元の索引",
    "archive": "書庫",
    "redirect": "転送",
    "redirects": "転送の表",
    "htaccess": "転送の表",
    "headers": "ヘッダーの表",
    "atom": "フィード",
    "rss": "フィード",
    "json-feed": "フィード",
    "sitemap": "サイトマップ",
    "news": "ニュースのサイトマップ",
    "robots": "robots.txt",
    "404": "404 ページ",
    "search": "検索のページ",
    "search-index": "検索の索引",
    "llms": "llms.txt",
    "twin": "Markdown",
    "copy": "縮小版の画像",
}


_HOLE = re.compile(r"\{(\w+)\}|\[\[(.*?)\]\]")


def _filled(phrase: str, arguments: Mapping[str, str]) -> str:
    """`phrase` with the arguments in its holes; a part in [[ ]] goes where its argument is empty.

    Arguments are data: braces in them stay as they are.
    """

    def fill(found: re.Match[str]) -> str:
        if found[1]:
            return arguments.get(found[1], "")
        names = re.findall(r"\{(\w+)\}", found[2])
        return _filled(found[2], arguments) if all(arguments.get(name) for name in names) else ""

    return _HOLE.sub(fill, phrase)


def explanation(code: str, language: str) -> str:
    """What `sitegen explain` prints, "" if there is no such code."""
    entry = _entries().get(code)
    if entry is None:
        return ""
    fixed = "No rule can change it." if language == "en" else "この指摘は rules では変えられない。"
    tail = f"\n\n{fixed}" if entry.structural else ""
    return f"{entry.severity}[{code}]\n\n{_in(language, entry).explain.strip()}{tail}"
