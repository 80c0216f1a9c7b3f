"""Readings beside their characters: `｜漢字《かんじ》`, `{漢字|かんじ}`, and dots `《《点》》`."""

import re
from collections.abc import Sequence
from html import escape

from sitegen import text

# Neither a base nor a reading begins or ends in a blank: `題 | 映画《灯台》` and `{x | x > 0}`.
BRACES = (  # may have a reading for each character: {東京|とう|きょう}
    r"(?<!\{)\{(?=[^{}\n]*[\u2e80-\uffef\U00020000-\U0003fffd])"
    r"(?P<ruby_brace>[^\s{}|%#](?:[^{}|%#\n]{0,48}[^\s{}|%#])?)"
    r"\|(?P<ruby_readings>(?:[^\s{}|](?:[^{}|\n]{0,98}[^\s{}|])?\|){0,49}"
    r"[^\s{}|](?:[^{}|\n]{0,98}[^\s{}|])?)\}(?!\})"
)
RUBY = re.compile(
    r"[｜|](?!\s)(?P<ruby_bar>[^｜|《》\n]{1,50})(?<![\s、。，．])"
    rf"《(?P<ruby_reading>[^｜|《》\n]{{1,100}})》|{BRACES}"
)
DOTS = re.compile(r"《《(?P<dots>[^《》\n]{1,200})》》")


def unruby(typed: str) -> str:
    """`typed` with the bases of its ruby alone, and without the brackets of dots."""
    if "《" in typed or "{" in typed:
        typed = DOTS.sub(lambda found: found["dots"], typed)
        typed = RUBY.sub(_base, typed)
    return typed


def _base(found: re.Match[str]) -> str:
    base, readings = base_and_readings(found)
    return base if _parts(base, readings) else found.group()


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
    parts = _parts(base, readings)
    if not parts:
        return escape(f"{{{base}|{'|'.join(readings)}}}", quote=False)
    inner = "".join(
        f"{escape(part, quote=False)}<rp>（</rp><rt>{escape(said, quote=False)}</rt><rp>）</rp>"
        for part, said in zip(parts, readings, strict=True)
    )
    return f"<ruby>{inner}</ruby>"


def _parts(base: str, readings: Sequence[str]) -> list[str]:
    """What of `base` each of the `readings` stands above; nothing if their numbers differ."""
    parts = list(text.clusters(base)) if len(readings) > 1 else [base]
    return parts if len(parts) == len(readings) else []


def dots(words: str) -> str:
    """A text with dots beside its characters (傍点)."""
    return f'<em class="sesame">{escape(words, quote=False)}</em>'
