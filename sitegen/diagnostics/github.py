"""Faults for GitHub Actions: annotations and the job summary."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence

from sitegen.diagnostics import catalog
from sitegen.diagnostics.model import Diagnostic, Finding
from sitegen.diagnostics.text import shown, visible

_COMMANDS = {"error": "error", "warning": "warning", "info": "notice"}
_ORDER = ("error", "warning", "info")
_ROWS = 300  # of a summary: one of more than 1 MiB is not shown at all


def annotations(findings: Sequence[Finding], language: str, prefix: str = "") -> str:
    """A workflow command for each finding, errors first: GitHub shows ten of a kind per step.

    `prefix` is the site's folder in the repository, "" or with a `/` at its end.
    """
    ordered = sorted(findings, key=lambda finding: _ORDER.index(finding.severity))
    return "".join(f"{_annotation(finding, language, prefix)}\n" for finding in ordered)


def _annotation(finding: Finding, language: str, prefix: str) -> str:
    fault, place = finding.diagnostic, finding.diagnostic.location
    spoken = catalog.words(fault, language)
    facts = {"file": f"{prefix}{place.path}"} if place.path else {}
    if place.line:
        facts |= {
            "line": str(place.line),
            "col": str(place.column),
            "endColumn": str(place.column + place.width),
        }
    facts["title"] = fault.code
    said = ",".join(f"{name}={_property(value)}" for name, value in facts.items())
    words = "\n".join(part for part in (spoken.message, spoken.remedy) if part)
    return f"::{_COMMANDS[finding.severity]} {said}::{_data(words)}"


def _data(words: str) -> str:
    return words.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(words: str) -> str:
    return _data(words).replace(":", "%3A").replace(",", "%2C")


def summary(
    findings: Sequence[Finding], language: str, facts: Mapping[str, str], prefix: str = ""
) -> str:
    """The job summary in Markdown: the errors, what else was told, and `facts` as lines.

    `prefix` is as in `annotations`.
    """
    errors = [finding for finding in findings if finding.severity == "error"]
    others = Counter(
        (_ORDER.index(found.severity), found.diagnostic.code)
        for found in findings
        if found.severity != "error"
    )
    lines = ["## sitegen", ""]
    if errors:
        lines += ["| code | place | |", "| --- | --- | --- |"]
        lines += [_row(found.diagnostic, language, prefix) for found in errors[:_ROWS]]
        if len(errors) > _ROWS:
            lines.append(f"| … | | + {len(errors) - _ROWS:,} |")
        lines.append("")
    lines += [
        f"- `{code}` × {count} ({_ORDER[rank]})" for (rank, code), count in sorted(others.items())
    ]
    lines += [f"- {name}: {_plain(value)}" for name, value in facts.items()]
    return "\n".join(lines) + "\n"


def _row(fault: Diagnostic, language: str, prefix: str) -> str:
    place = f"`{_code(prefix + shown(fault.location))}`" if fault.location.path else ""
    return f"| `{fault.code}` | {place} | {_plain(catalog.words(fault, language).message)} |"


def _code(words: str) -> str:
    return visible(words).replace("|", "\\|").replace("`", "'")


def _plain(words: str) -> str:
    return _MARKUP.sub(r"\\\g<0>", visible(words))


_MARKUP = re.compile(r"[\\`*_~\[\]<>|#&]")
