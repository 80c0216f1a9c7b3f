"""Faults for programs: one JSON document."""

from collections.abc import Mapping, Sequence
from typing import Any

import msgspec

from sitegen.diagnostics import catalog
from sitegen.diagnostics.model import Finding, Location


def document(findings: Sequence[Finding], language: str, result: Mapping[str, Any]) -> str:
    """All `findings` with the figures of the run; lines and columns count from 1, in characters."""
    made = {
        "version": 1,
        "result": dict(result),
        "diagnostics": [_diagnostic(finding, language) for finding in findings],
    }
    return msgspec.json.format(msgspec.json.encode(made), indent=2).decode() + "\n"


def _diagnostic(finding: Finding, language: str) -> dict[str, Any]:
    fault = finding.diagnostic
    spoken = catalog.words(fault, language)
    return {
        "code": fault.code,
        "severity": finding.severity,
        **_place(fault.location),
        "message": spoken.message,
        "remedy": spoken.remedy,
        "others": [_place(other) for other in fault.others],
    }


def _place(place: Location) -> dict[str, Any]:
    if not place.line:
        return {"file": place.path}
    end = {"end_line": place.line, "end_column": place.column + place.width}
    return {"file": place.path, "line": place.line, "column": place.column, **end}
