"""Readings beside their characters: `｜漢字《かんじ》`, `{漢字|かんじ}`, and dots `《《点》》`."""

import re
from collections.abc import Sequence
from html import escape

from sitegen import text

RUBY = re.compile(  # the last form may have a reading for each character: {東京|とう|きょう}
    r"[｜|](?P<ruby_bar>[^｜|《》\n]{1,50})《(?P<ruby_reading>[^｜|《》\n]{1,100})》"
    r"|(?<!\{)\{(?=[^{}\n]*[\u2e80-\uffef\U00020000-\U0003fffd])(?P<ruby_brace>[^\s{}|%#]{1,50})"
    r"\|(?P<ruby_readings>[^\s{}|]{1,50}(?:\|[^\s{}|]{1,50}){0,49})\}(?!\})"
)
DOTS = re.compile(r"《《(?P<dots>[^《》\n]{1,200})》》")


def unruby(typed: str) -> str:
    """`typed` with the bases of its ruby alone, and without the brackets of dots."""
    if "《" in typed or "{" in typed:
        typed = DOTS.sub(lambda found: found["dots"], typed)
        typed = RUBY.sub(lambda found: found["ruby_bar"] or found["ruby_brace"], typed)
    return typed


def marked(typed: str) -> str:
    """The HTML of plain text with its ruby and dots."""
    html, position = [], 0
    for found in _EITHER.finditer(typed):
        html += [escape(typed[position : found.start()], quote=False), _html(found)]
        position = found.end()
    return "".join([*html, escape(typed[position:], quote=False)])


_EITHER = re.compile(f"{DOTS.pattern}|{RUBY.pattern}")


def _html(found: re.Match[str]) -> str:
    return dots(found["dots"]) if found["dots"] else ruby(*base_and_readings(found))


def base_and_readings(found: re.Match[str]) -> tuple[str, list[str]]:
    """What a match of `RUBY` holds."""
    readings = found["ruby_reading"] or found["ruby_readings"]
    return found["ruby_bar"] or found["ruby_brace"], readings.split("|")


def ruby(base: str, readings: Sequence[str]) -> str:
    """A text with its reading, or each of its characters with its own; as typed if none fits."""
    characters = list(text.clusters(base)) if len(readings) > 1 else [base]
    if len(characters) != len(readings):
        return escape(f"{{{base}|{'|'.join(readings)}}}", quote=False)
    inner = "".join(
        f"{escape(part, quote=False)}<rp>（</rp><rt>{escape(said, quote=False)}</rt><rp>）</rp>"
        for part, said in zip(characters, readings, strict=True)
    )
    return f"<ruby>{inner}</ruby>"


def dots(words: str) -> str:
    """A text with dots beside its characters (傍点)."""
    return f'<em class="sesame">{escape(words, quote=False)}</em>'
