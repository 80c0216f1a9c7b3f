"""Tables in Markdown: rows are padded or cut to the width of their header.

mistune drops a whole table for one row of another length, and would align by inline styles.
"""

import re
from typing import Any

from mistune import BlockParser, BlockState, Markdown

from sitegen.content import guards
from sitegen.ruby import BRACES

_ROW = r"^ {0,3}(?:\|[^\n]*|[^\s|][^\n]*\|[^\n]*)(?:\n|$)"
_RULE = re.compile(r" {0,3}\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*\|?[ \t]*\n?$")
_CELLS = re.compile(rf"(?P<cell>(?:[^\\|{{]+|{BRACES}|\{{|\\.?)*)(?:\||$)", re.DOTALL)
_ALIGN = {(True, False): "left", (False, True): "right", (True, True): "center"}


def tables(md: Markdown) -> None:
    """A plugin for tables as GitHub has them."""
    md.block.register("table", _ROW, _parse, before="paragraph")


def _parse(_block: BlockParser, found: re.Match[str], state: BlockState) -> int | None:
    """Where the table ends whose header was `found`; None if there is none."""
    header, end = found.group(), found.end()
    rule = state.get_line(end)
    if "|" not in header or "-" not in rule or not _RULE.match(rule):
        return None
    names, marks = _cells(header), _cells(rule)
    if len(names) != len(marks):
        return None
    aligns = [_ALIGN.get((mark.startswith(":"), mark.endswith(":"))) for mark in marks]
    end += len(rule)
    rows, padded = [], 0
    while end < state.cursor_max:
        line = state.get_line(end)
        if "|" not in line or not line.strip():
            break
        cells = _cells(line)
        padded += max(0, len(names) - len(cells))
        if padded > guards.PADDING:
            return None  # many short rows below a wide head: a few bytes would make gigabytes
        cells = (cells + [""] * len(names))[: len(names)]
        rows.append({"type": "table_row", "children": _row(cells, aligns, head=False)})
        end += len(line)
    children: list[dict[str, Any]] = [
        {"type": "table_head", "children": _row(names, aligns, head=True)},
    ]
    if rows:
        children.append({"type": "table_body", "children": rows})
    state.append_token({"type": "table", "children": children})
    return end


def _row(cells: list[str], aligns: list[str | None], *, head: bool) -> list[dict[str, Any]]:
    return [
        {"type": "table_cell", "text": cell, "attrs": {"align": align, "head": head}}
        for cell, align in zip(cells, aligns, strict=True)
    ]


def _cells(line: str) -> list[str]:
    r"""The cells of a row; `\|` is a bar in its cell, in code too, and so is the bar of ruby."""
    bare = line.rstrip().lstrip(" \t").removeprefix("|")
    cells = (found["cell"].strip(" \t") for found in _CELLS.finditer(bare))
    found = [cell.replace("\\|", "|") for cell in cells]
    return found[:-1] if found and not found[-1] and len(found) > 1 else found
