"""Every code: severity, text and remedy in Japanese and English."""

import re
import tomllib
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import Literal

import msgspec
from msgspec import Struct, field

from sitegen.diagnostics.model import Diagnostic, Finding

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
    """One code. `structural`: without it nothing can be built, so no rule changes it."""

    severity: Literal["error", "warning", "info"]
    ja: _Language
    en: _Language
    structural: bool = False


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


def severity(code: str, rules: Mapping[str, str]) -> str:
    """How `code` is told under the site's `rules`: "error", "warning", "info" or "off"."""
    entry = _entries()[code]
    return entry.severity if entry.structural else rules.get(code, entry.severity)


def findings(diagnostics: Iterable[Diagnostic], rules: Mapping[str, str]) -> tuple[Finding, ...]:
    """The faults that are told, each once, by place and then by code."""
    unique = {msgspec.msgpack.encode(fault): fault for fault in diagnostics}
    told = ((fault, severity(fault.code, rules)) for fault in unique.values())
    found = (Finding(fault, how) for fault, how in told if how != "off")  # type: ignore[arg-type]
    return tuple(sorted(found, key=lambda one: (one.diagnostic.location, one.diagnostic.code)))


def words(diagnostic: Diagnostic, language: str) -> Words:
    """What is told of `diagnostic`, with the author's own words set in."""
    entry = _entries()[diagnostic.code]
    spoken = entry.en if language == "en" else entry.ja
    variant = spoken.variants.get(diagnostic.variant, Words())
    return Words(
        _filled(variant.message or spoken.message, diagnostic.arguments),
        _filled(variant.label or spoken.label, diagnostic.arguments),
        _filled(variant.remedy or spoken.remedy, diagnostic.arguments),
    )


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
    spoken = entry.en if language == "en" else entry.ja
    fixed = {"ja": "この指摘は rules では変えられない。", "en": "No rule can change it."}
    tail = f"\n\n{fixed['en' if language == 'en' else 'ja']}" if entry.structural else ""
    return f"{entry.severity}[{code}]\n\n{spoken.explain.strip()}{tail}"
