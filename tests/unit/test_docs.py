"""The documents say what the program does, as far as a test can hold it."""

import re
import tomllib
from itertools import takewhile
from pathlib import Path
from typing import get_args

import click
import pytest

from sitegen import cli, config
from sitegen.content import schema
from sitegen.diagnostics import catalog
from sitegen.model import Span
from sitegen.render import filters
from sitegen.site import pages

ROOT = Path(__file__).parents[2]
MANUALS = {language: ROOT / f"docs/manual.{language}.md" for language in ("ja", "en")}
DOCUMENTS = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md")])


def between(text, name):
    return re.findall(rf"<!-- {name}: begin -->\n(.*?)<!-- {name}: end -->", text, re.DOTALL)


@pytest.mark.parametrize("language", MANUALS)
def test_the_manual_has_the_keys_of_the_front_matter(language):
    found = between(MANUALS[language].read_text(encoding="utf-8"), "front matter")
    assert [table.strip() for table in found] == [schema.table(schema.POST, language).strip()]


@pytest.mark.parametrize("language", MANUALS)
def test_the_manual_has_every_code_that_a_rule_can_change(language):
    (table,) = between(MANUALS[language].read_text(encoding="utf-8"), "rules")
    listed = re.findall(r"^\| `([a-z0-9-]+)` \| `(\w+)` \|", table, re.MULTILINE)
    codes = (code for code in catalog.codes() if not catalog.structural(code))
    assert dict(listed) == {code: catalog.severity(code, {}) for code in codes}


def table(language, *heads):
    """The code in each cell of the table of a manual whose head is one of `heads`."""
    lines = iter(MANUALS[language].read_text(encoding="utf-8").split("\n"))
    assert any(line in heads for line in lines)
    next(lines)
    rows = takewhile(lambda line: line.startswith("|"), lines)
    return [[re.findall(r"`([^`]+)`", cell) for cell in row.split(" | ")] for row in rows]


def named(words):
    """The names that `words` begin with: `fill` for `fill(n=3)`."""
    return {re.match(r"[\w-]+", word)[0] for word in words}


@pytest.mark.parametrize("language", MANUALS)
def test_the_manual_has_every_filter(language):
    rows = table(language, "| filter | gives |", "| フィルター | 結果 |")
    listed = [word for row in rows for word in row[0]]
    assert named(listed) == set(filters.filters(config.view(config.Config(), {})))


@pytest.mark.parametrize("language", MANUALS)
def test_the_manual_has_every_kind_of_page(language):
    (kinds,) = (
        row[1] for row in table(language, "| name | holds |", "| 名前 | 中身 |")
        if row[0] == ["page.kind"]
    )  # fmt: skip
    assert set(kinds) == set(pages.LAYOUTS)


@pytest.mark.parametrize("language", MANUALS)
def test_the_manual_has_every_setting(language):
    rows = table(language, "| key | default | meaning |", "| キー | 既定 | 意味 |")
    settings = set(config.Config.__struct_fields__) - {"links"}  # which are those of the others
    assert {word for row in rows for word in row[0]} == settings


@pytest.mark.parametrize("language", MANUALS)
def test_the_manual_has_every_option_of_every_command(language):
    text = MANUALS[language].read_text(encoding="utf-8")
    (section,) = re.findall(r"^## (?:Commands|コマンド)$(.*?)^## ", text, re.DOTALL | re.MULTILINE)
    listed = set(re.findall(r"(?<![\w-])--?[A-Za-z][\w-]*", section))
    assert set(_options(cli._commands)) - listed == set()  # noqa: SLF001 -- the commands themselves


def _options(command):
    """The options of `command` and of those below it."""
    for below in getattr(command, "commands", {}).values():
        yield from _options(below)
    for option in command.params:
        if isinstance(option, click.Option) and option.name != "version":
            yield from option.opts


def test_the_classes_that_styles_can_rely_on_are_in_the_layouts():
    ja, en = (
        re.findall(r"`\w*\.([\w-]+)`", *between(file.read_text(encoding="utf-8"), "classes"))
        for file in MANUALS.values()
    )
    layouts = "".join(one.read_text(encoding="utf-8") for one in ROOT.glob("layouts/*.html"))
    used = {name for names in re.findall(r'class="([^"{]+)', layouts) for name in names.split()}
    spans = get_args(Span.__annotations__["kind"])
    assert ja == en
    assert set(ja).difference(used, spans) == set()
    assert ja


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_links_between_documents_lead_somewhere(document):
    for target in re.findall(r"\]\(([^)\s]+)\)", prose(document)):
        path, _, anchor = target.partition("#")
        if "://" in target:
            continue
        file = document.parent / path if path else document
        assert file.exists(), target
        if anchor:
            assert anchor in anchors(file), target


def prose(file):
    """The text of `file` without its blocks of code, and without code in its lines."""
    text = file.read_text(encoding="utf-8")
    text = re.sub(r"^(`{3,})[^`\n]*\n.*?^\1$", "", text, flags=re.DOTALL | re.MULTILINE)
    return re.sub(r"(?<!`)(`+)(?!`)[^\n]*?(?<!`)\1(?!`)", "", text)


def anchors(file):
    """The ids that headings of `file` have where repositories are shown."""
    found = re.findall(r"^#+ (.+)$", prose(file), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", name.lower()).replace(" ", "-") for name in found}


def test_a_source_archive_holds_what_its_tests_read():
    built = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["hatch"]
    included = set(built["build"]["targets"]["sdist"]["include"])
    folders = {"sitegen", "layouts", "tests", "docs", "content"}
    assert folders | {file.name for file in ROOT.glob("*.md")} <= included


def test_every_dependency_has_its_reason():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    extras = project["optional-dependencies"].values()
    wanted = {
        re.split("[<>=]", line)[0]
        for line in (*project["dependencies"], *(line for extra in extras for line in extra))
    }
    contributing = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    listed = set(re.findall(r"^\| ([\w-]+) \|", contributing, re.MULTILINE))
    assert wanted - listed == set()


def test_the_architecture_fits_on_a_few_pages():
    assert len((ROOT / "docs/architecture.md").read_text(encoding="utf-8").splitlines()) <= 150


def test_both_readmes_have_the_same_two_commands():
    commands = [
        re.findall(r"^python3 -m venv .*$", (ROOT / name).read_text(encoding="utf-8"), re.MULTILINE)
        for name in ("README.md", "README.ja.md")
    ]
    assert commands[0] == commands[1]
    assert len(commands[0]) == 2
