"""Times sitegen's cold build without one part of its work after another, and without all of them.

    python bench/parts.py SITE [--rounds 3] [--other DIR --output public --command hugo …]

SITE and DIR are copied first; SITE's `pyproject.toml` ends with `[tool.sitegen]`. Each round does
all builds in turn. Wall and CPU are in seconds (medians; CPU is of all processes), and each has its
ratio to the whole build: what a part costs is what is missing to 1. Pages made without a part lack
it, so these builds are good for nothing else.
"""

import argparse
import os
import statistics
import sys
from pathlib import Path

import compare
from compare import Row

SETTING = "search = false\n"

# What takes a part out of the program before it begins.
PARTS = {
    "passage links": "from sitegen.quotation import deeplink; deeplink.passage = lambda *_: ''",
    "related posts": "from sitegen.site import related; related.related = lambda *_: ()",
    "checks of quotations": "from sitegen import quoting; quoting.Quoting.note = lambda *_: None",
    "proof-reading": "from sitegen.content import markdown, proof\n"
    "class Blind(proof.Proof):\n"
    "    def __init__(self, ledger): pass\n"
    "    def read(self, *_, **__): pass\n"
    "    def close(self): pass\n"
    "markdown.Proof = Blind",
    "guards": "from sitegen.content import guards\n"
    "guards.faults, guards.within = lambda *_: (), lambda _, work: work()",
    "search": "",  # is left out by a setting
}


def main() -> None:
    """Prints a table of medians."""
    given = compare.options(__doc__, 3).parse_args()
    with compare.copies(given, "whole", "bare") as work:
        measure(given, work)


def measure(given: argparse.Namespace, work: Path) -> None:
    """Runs the rounds in `work`, where the copies are."""
    trash, whole, bare, other = (work / name for name in ("trash", "whole", "bare", "other"))
    with (bare / "pyproject.toml").open("a", encoding="utf-8") as file:
        file.write(SETTING)
    left_out = {"all of sitegen": (), **{f"without {part}": (part,) for part in PARTS}}
    left_out["without all of these"] = tuple(PARTS)
    rows: dict[str, list[Row]] = {}
    for _ in range(given.rounds):
        if given.other:
            compare.aside(other, [given.output], trash)
            rows.setdefault("other", []).append(compare.run(given.command, other))
        for name, parts in left_out.items():
            site = bare if "search" in parts else whole
            compare.aside(site, ["output", ".sitegen"], trash)
            rows.setdefault(name, []).append(compare.run(_build(parts), site))
    base = _medians(rows["all of sitegen"])
    print(f"{'':30}{'wall s':>8}{'ratio':>7}{'CPU s':>8}{'ratio':>7}")
    for name, found in rows.items():
        wall, cpu = _medians(found)
        print(f"{name:30}{wall:8.2f}{wall / base[0]:7.2f}{cpu:8.2f}{cpu / base[1]:7.2f}")


def _build(parts: tuple[str, ...]) -> list[str]:
    """The command of a build without `parts`."""
    patches = [PARTS[part] for part in parts]
    code = "\n".join([*patches, "from sitegen import cli", "cli.main()"])
    return [sys.executable, "-P", "-X", "utf8", "-c", code, "build"]


def _medians(found: list[Row]) -> tuple[float, float]:
    wall, cpu, _ = zip(*found, strict=True)
    return statistics.median(wall), statistics.median(cpu)


if __name__ == "__main__":
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    main()
