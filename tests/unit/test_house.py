"""The house: layers, who uses what, and what every module and layout has to have."""

import ast
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PACKAGE, LAYOUTS, TESTS = ROOT / "sitegen", ROOT / "layouts", ROOT / "tests" / "unit"
FILES = sorted(PACKAGE.rglob("*.py"))
ARCHITECTURE = (ROOT / "docs/architecture.md").read_text(encoding="utf-8")


def _name(path):
    """`content.dates` for sitegen/content/dates.py, `content` for its `__init__`, "" for ours."""
    parts = path.relative_to(PACKAGE).with_suffix("").parts
    return ".".join(part for part in parts if part != "__init__")


TREES = {_name(path): ast.parse(path.read_text(encoding="utf-8")) for path in FILES}
NAMES = sorted(name for name in TREES if name)


def _imports(tree):
    """Every module that `tree` imports, at its head or within a function, with the line."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((alias.name, node.lineno) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert not node.level, f"relative import in line {node.lineno}"
            for alias in node.names:
                inner = f"{node.module}.{alias.name}"
                ours = inner.removeprefix("sitegen.") in TREES
                yield inner if ours else node.module, node.lineno


USED = {
    name: {
        used.removeprefix("sitegen.").removeprefix("sitegen"): line
        for used, line in _imports(tree)
        if used.split(".")[0] == "sitegen"
    }
    for name, tree in TREES.items()
}
OUTSIDE = {
    name: {used.split(".")[0] for used, _ in _imports(tree)} - {"sitegen"}
    for name, tree in TREES.items()
}

# ---------------------------------------------------------------- layers

LAYERS = (
    {"linkmarks", "model", "diagnostics", "ruby", "text", "urls", "work"},
    {"content", "store", "toml_places"},
    {"toml_table"},
    {"config", "quotation"},
    {"config_file"},
    {"quoting"},
    {"reading"},
    {"parse"},
    {"render", "site"},
    {"run"},
    {"intake", "layout_files", "stale"},
    {"prepare", "publish", "session"},
    {"build"},
    {"fix", "listing", "new", "summary", "terminal"},
    {"misuse", "report"},
    {"machine", "options"},
    {"preview"},
    {"cli"},
    {"__main__"},
)
GROUND = LAYERS[0]


def _room(name):
    return name.split(".")[0]


def _layer(name):
    return next((number for number, rooms in enumerate(LAYERS) if _room(name) in rooms), None)


@pytest.mark.parametrize("name", NAMES)
def test_every_module_has_its_layer(name):
    assert _layer(name) is not None, f"put {_room(name)} into LAYERS and docs/architecture.md"


def test_the_architecture_has_these_layers():
    listed = re.findall(r"^\d\. (`.*`)$", ARCHITECTURE.partition("Layers")[2], re.MULTILINE)
    layers = [set(re.findall(r"`(\w+)`", part)) for line in listed for part in line.split("then")]
    assert layers == [rooms for rooms in LAYERS if rooms != {"__main__"}]


@pytest.mark.parametrize("name", [name for name in NAMES if name != "__main__"])
def test_the_architecture_names_every_module(name):
    rooms = ARCHITECTURE.partition("```")[2].partition("```")[0]
    assert re.search(rf"\b{name.rpartition('.')[2]}\b", rooms)


@pytest.mark.parametrize("name", NAMES)
def test_a_room_imports_only_from_lower_ones(name):
    for used, line in USED[name].items():
        if used in ("", "__version__") or _room(used) == _room(name):
            continue
        lower = _layer(used) < _layer(name)
        assert lower or {_room(used), _room(name)} <= GROUND, f"{name}:{line} imports {used}"


def test_no_module_leads_back_to_itself():
    done = set()

    def visit(name, path):
        assert name not in path, " -> ".join([*path[path.index(name) :], name])
        if name not in done:
            for used in USED.get(name, {}):
                if used:
                    visit(used, [*path, name])
            done.add(name)

    for name in NAMES:
        visit(name, [])


def test_the_values_know_nothing_but_places():
    assert set(USED["model"]) == {"diagnostics.model"}
    assert USED["diagnostics.model"] == {}


# ---------------------------------------------------------------- only user of

ONLY = {
    "click": {"cli", "misuse", "options"},
    "jinja2": {"render.checking", "render.compiling", "render.environment", "render.renderer"},
    "markupsafe": {"render"},
    "mistune": {
        "content.blocks",
        "content.footnotes",
        "content.japanese",
        "content.tables",
        "content.writer",
    },
    "nh3": {"content.html"},
    "PIL": {"render.scaling"},
    "pygments": {"content.code"},
    "rich": {"terminal"},
    "slugify": {"urls"},
    "starlette": {"preview"},
    "uvicorn": {"preview"},
    "watchdog": {"preview"},
    "yaml": {"content.nodes", "content.yaml_faults"},
    # what may not stand just anywhere
    "pickle": {"work"},
    "concurrent": {"work"},
    "multiprocessing": set(),
    "random": set(),
    "locale": set(),
    "logging": set(),
    "socket": {"preview"},
    "urllib3": set(),
    "requests": set(),
    "http": set(),
    "subprocess": set(),
    "ctypes": set(),
    "copy": set(),
}


@pytest.mark.parametrize("library", sorted(ONLY))
def test_a_library_has_its_users_and_no_others(library):
    users = {name for name in TREES if library in OUTSIDE[name]}
    allowed = ONLY[library]
    assert {name for name in users if name not in allowed and _room(name) not in allowed} == set()


@pytest.mark.parametrize("library", sorted(ONLY))
def test_every_user_that_is_listed_uses_the_library(library):
    users = {name for name in TREES if library in OUTSIDE[name]}
    rooms = {_room(name) for name in users}
    assert ONLY[library] - users - rooms == set()


def test_the_build_opens_no_address():
    assert not any("urllib" in OUTSIDE[name] and _uses(name, "urlopen") for name in NAMES)


def _uses(name, word):
    return any(
        getattr(node, "id", getattr(node, "attr", "")) == word for node in ast.walk(TREES[name])
    )


# ---------------------------------------------------------------- who prints, who writes


def _calls(tree):
    """Each call with its dotted name as far as it has one."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            yield ast.unparse(node.func), node


CALLS = {name: tuple(_calls(tree)) for name, tree in TREES.items()}


@pytest.mark.parametrize("name", [name for name in NAMES if name != "cli"])
def test_only_the_command_line_prints(name):
    printing = {
        "print",
        "pprint",
        "click.echo",
        "click.secho",
        "sys.stdout.write",
        "sys.stderr.write",
    }
    found = [(call, node.lineno) for call, node in CALLS[name] if call in printing]
    assert found == []
    attributes = (node for node in ast.walk(TREES[name]) if isinstance(node, ast.Attribute))
    streams = [node for node in attributes if node.attr.strip("_") in {"stdout", "stderr"}]
    assert [node.lineno for node in streams if ast.unparse(node.value) == "sys"] == []


WRITERS = {
    "new": "the files of a new site or post: nobody else makes files of an author",
    "cli": "the summary of a job on GitHub, which is no file of the site",
}
_CHANGING = {
    "chmod", "copy", "copy2", "copyfile", "copytree", "hardlink_to", "link", "makedirs", "mkdir",
    "mkdtemp", "mkstemp", "move", "NamedTemporaryFile", "removedirs", "rename", "renames", "rmdir",
    "rmtree", "symlink", "symlink_to", "TemporaryDirectory", "TemporaryFile", "touch", "truncate",
    "unlink", "utime", "write_bytes", "write_text",
}  # fmt: skip


def _writes(name):
    """The calls that change the disk."""
    for call, node in CALLS[name]:
        last = call.rpartition(".")[2]
        mode = "".join(
            part.value
            for part in [
                *node.args[:2],
                *(word.value for word in node.keywords if word.arg == "mode"),
            ]
            if isinstance(part, ast.Constant) and isinstance(part.value, str)
        )
        opens = last == "open" and call != "os.open" and re.search("[wax+]", mode)
        moves = call in {"os.replace", "os.remove", "os.write", "os.open"} or (
            last == "replace" and "." in call and len(node.args) == 1 and not node.keywords
        )
        if last in _CHANGING or opens or moves:
            yield call, node.lineno


@pytest.mark.parametrize(
    "name", [name for name in NAMES if _room(name) != "store" and name not in WRITERS]
)
def test_only_the_store_writes_files(name):
    assert list(_writes(name)) == []


@pytest.mark.parametrize("name", sorted(WRITERS))
def test_other_writers_are_needed(name):
    assert list(_writes(name))


# ---------------------------------------------------------------- words about the code


@pytest.mark.parametrize("name", NAMES)
def test_every_module_says_its_one_job_in_a_line(name):
    said = ast.get_docstring(TREES[name])
    empty = not TREES[name].body
    assert empty or (said and said.split("\n")[0].strip())


@pytest.mark.parametrize("name", NAMES)
def test_every_public_function_and_class_says_what_it_is(name):
    kinds = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)
    public = [node for node in TREES[name].body if isinstance(node, kinds) and node.name[0] != "_"]
    assert [node.name for node in public if not ast.get_docstring(node)] == []


_NAMES = re.compile(r"^(?:get|process|handle|do)_|(?:Manager|Helper|Handler|Base|Abstract)$")


@pytest.mark.parametrize("name", NAMES)
def test_names_are_verbs_and_nouns_of_the_field(name):
    kinds = (ast.FunctionDef, ast.ClassDef)
    made = [node.name for node in ast.walk(TREES[name]) if isinstance(node, kinds)]
    library = {
        "_get_fast_trigger_re",
        "handle_starttag",
        "handle_decl",
        "handle_pi",
        "handle_endtag",
        "handle_data",
        "handle_startendtag",
        "handle_events",
        "handle_exit",
    }
    assert [word for word in made if _NAMES.search(word.strip("_")) and word not in library] == []
    assert not {"utils", "common", "misc", "core", "helpers"} & set(name.split("."))


@pytest.mark.parametrize("name", NAMES)
def test_our_own_work_is_never_caught_as_exception(name):
    for node in ast.walk(TREES[name]):
        if isinstance(node, ast.ExceptHandler) and name != "cli":
            assert node.type is not None, node.lineno
            assert ast.unparse(node.type) not in {"Exception", "BaseException"}, node.lineno


# ---------------------------------------------------------------- tests

WITHOUT = {
    "__main__": "one call",
    "model": "values; what they hold is tested where they are made",
    "diagnostics.model": "values",
    "build": "whole sites: tests/golden and the properties of builds",
    "prepare": "likewise, and an edit in site/test_revise.py",
    "cli": "whole commands: tests/golden and tests/browser",
    "machine": "what fails: tests/system",
    "options": "whole commands: tests/system/test_commands.py",
    "preview.place": "whole processes: tests/system/test_preview.py",
    "preview.serve": "whole processes: tests/system/test_preview.py",
    "preview.words": "words; where they are said is tested",
    "preview.wire": "sockets: tests/system/test_preview.py",
    "preview.server": "sockets: tests/system/test_preview.py",
    "render.checking": "the tables of render/test_layouts.py",
    "render.environment": "likewise",
    "render.renderer": "likewise",
    "ruby": "the tables of content/test_japanese.py",
    "stale": "the builds of test_publish.py",
    "quoting": "a part of what test_reading.py reads",
    "quotation.editorial": "the tables of quotation/test_rules.py",
    "quotation.sources": "likewise",
    "quotation.words": "likewise",
    "content.indents": "the tables of content/test_yaml_faults.py",
    "content.notes": "the tables of content/test_frontmatter.py",
    "content.scalars": "likewise",
    "content.typed": "likewise",
    "content.fields": "the tables of content/test_frontmatter.py and test_reading.py",
    "content.proof": "the tables of content/test_lookalikes.py and content/test_hygiene.py",
}
_MODULES = sorted(
    name for name in NAMES if TREES[name].body and not (PACKAGE / name / "__init__.py").exists()
)


def _test(name):
    *folders, last = name.split(".")
    return TESTS.joinpath(*folders, f"test_{last}.py")


@pytest.mark.parametrize("name", _MODULES)
def test_every_module_has_its_tests(name):
    assert _test(name).exists() or name in WITHOUT, f"write {_test(name).relative_to(ROOT)}"


def test_no_exception_is_out_of_date():
    assert [name for name in WITHOUT if name not in _MODULES] == []


# ---------------------------------------------------------------- layouts

SHEETS = {
    path.relative_to(LAYOUTS).as_posix(): path.read_text(encoding="utf-8")
    for path in sorted(LAYOUTS.rglob("*"))
    if path.suffix in {".html", ".xml", ".json", ".txt", ".md"}
}
MARKUP = sorted(name for name in SHEETS if name.endswith((".html", ".xml")))
SAFE = {  # rendered by us and sanitised, or no HTML at all
    ("macros.html", "run"): 1,
    ("post.html", "heading.html"): 1,
    ("macros.html", "item.html"): 1,
    ("htaccess.txt", "ref.name | apache_pattern"): 1,
    ("htaccess.txt", "ref.url | apache_target"): 1,
    ("headers.txt", "url"): 1,
    ("robots.txt", '(config.base ~ "sitemap.xml") | absolute'): 1,
    ("robots.txt", "config.news | absolute"): 1,
    ("headers.txt", "ref.url"): 1,
    ("headers.txt", "ref.name"): 1,
    ("redirects.txt", "ref.name"): 1,
    ("redirects.txt", "ref.url"): 1,
}


def _without_code(source):
    """`source` with each expression as one sign and without statements and comments."""
    source = re.sub(r"\{#.*?#\}|\{%.*?%\}", "", source, flags=re.DOTALL)
    return re.sub(r"\{\{.*?\}\}", "\x01", source, flags=re.DOTALL)


def loose(source):
    """The tags of `source` with an expression outside quotation marks (H1; not in a name)."""
    for tag in re.findall(r"<[A-Za-z\x01](?:\"[^\"]*\"|'[^']*'|[^>\"'])*>", _without_code(source)):
        bare = re.sub(r"\"[^\"]*\"|'[^']*'", "", tag)
        if "\x01" in re.sub("^<h\x01", "<h", bare):
            yield tag.replace("\x01", "{{}}")


@pytest.mark.parametrize("name", MARKUP)
def test_no_expression_stands_outside_quotation_marks_in_a_tag(name):
    assert list(loose(SHEETS[name])) == []


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ("<a href={{ x }}>", 1),
        ("<a href='/'  {{ x }}>", 1),
        ("<a href=/{{ x }}/>", 1),
        ("<{{ x }}>", 1),
        ('<a href="{{ x }}" {% if y %}class="{{ z }}"{% endif %}>', 0),
        ("<a title='{{ x }} > {{ y }}'>{{ z }}</a>", 0),
        ("<h{{ level }}>", 0),
    ],
)
def test_a_loose_expression_is_seen(source, found):
    assert len(list(loose(source))) == found


def _safe():
    found = {}
    for name, source in SHEETS.items():
        for one in re.findall(r"\{\{-?\s*([^{}]*?)\s*\|\s*safe\b", source):
            found[name, one] = found.get((name, one), 0) + 1
    return found


def test_safe_stands_only_where_it_is_listed():
    assert _safe() == SAFE
    written = sum(len(re.findall(r"\|\s*safe\b", source)) for source in SHEETS.values())
    assert written == sum(SAFE.values())


@pytest.mark.parametrize("name", sorted(SHEETS))
@pytest.mark.parametrize(
    "word", [r"Markup\(", r"\burlize\b", r"\bxmlattr\b", r"autoescape\s+false", r"<!\[CDATA\["]
)
def test_nothing_else_gets_round_the_escaping(name, word):
    assert not re.search(word, SHEETS[name])


@pytest.mark.parametrize("name", MARKUP)
def test_no_layout_needs_inline_script_or_style(name):
    script = r"<script(?![^>]*\bsrc=| type=\"application/ld\+json\">)"  # data is not run
    assert not re.search(rf"{script}|<style|\son\w+=|\sstyle=|javascript:", SHEETS[name])


@pytest.mark.parametrize("name", MARKUP)
def test_every_label_has_the_colon_of_the_byline(name):
    assert "：" not in SHEETS[name]


@pytest.mark.parametrize("name", MARKUP)
def test_no_layout_asks_a_third_party(name):
    tags = re.findall(r"<(?:script|img|iframe|source|link\b[^>]*stylesheet)[^>]*>", SHEETS[name])
    assert not [tag for tag in tags if re.search(r"[\"'](?:https?:)?//", tag)]


# ---------------------------------------------------------------- starting up


def test_a_build_does_not_import_what_only_the_preview_needs():
    code = (
        "import sys; from sitegen import cli; print(sorted({'starlette', 'uvicorn', 'watchdog', "
        "'asyncio', 'sitegen.preview'} & set(sys.modules)))"
    )
    command = [sys.executable, "-c", code]
    done = subprocess.run(command, capture_output=True, text=True, check=True)  # noqa: S603 -- ours
    assert done.stdout.strip() == "[]"
