"""What is wrong in layouts, as far as their text tells, and what each of them is made of."""

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from pathlib import PurePosixPath

import jinja2
from jinja2 import nodes

from sitegen import text, toml_table, work
from sitegen.diagnostics import conflicts
from sitegen.diagnostics.model import Diagnostic, Location
from sitegen.render.environment import environment_of
from sitegen.render.layouts import Layouts, line_of, place_in, shown_path

# What Python itself will not compile.
_TOO_MUCH = (MemoryError, OverflowError, RecursionError, SyntaxError, ValueError)


def check(layouts: Layouts) -> tuple[tuple[Diagnostic, ...], dict[str, str]]:
    """What is wrong in the layouts, as far as their text tells, and the closure of each.

    That is a digest of a layout with all that it extends, includes and imports.
    """
    environment = environment_of(layouts)
    faults: list[Diagnostic] = []
    uses: dict[str, set[str]] = {}
    for name, source in layouts.files.items():
        own = name.removeprefix("default/")
        if own != name and layouts.files.get(own) == source:
            uses[name] = {own}  # told under its own name
        elif undecided := tuple(conflicts.left(shown_path(layouts, name), source)):
            faults.extend(undecided)
        elif name.endswith(".toml"):
            faults.extend(_check_strings(layouts, environment, name, source))
        else:
            found, uses[name] = _check_layout(layouts, environment, name, source)
            faults.extend(found)
    return tuple(faults), _closures(layouts, uses)


def _check_layout(
    layouts: Layouts, environment: jinja2.Environment, name: str, source: str
) -> tuple[list[Diagnostic], set[str]]:
    """The faults of the layout `name`, and the names that it extends, includes or imports."""
    faults: list[Diagnostic] = []
    uses: set[str] = set()
    try:
        tree = environment.parse(source, name, name)
        references = tuple(_references(tree))
        uses = {used for _, used in references if used}
        faults.extend(_check_names(layouts, name, references))
        faults.extend(_check_outside(layouts, name, tree))
        unknown = tuple(_check_filters(layouts, environment, name, tree))
        faults.extend(unknown)
        if not unknown:
            environment.compile(tree, name, name)
    except jinja2.TemplateSyntaxError as error:
        faults.append(_syntax(layouts, name, error))
    except _TOO_MUCH as error:
        reason = f"{type(error).__name__}: {error}"
        place = Location(shown_path(layouts, name))
        faults.append(Diagnostic("layout-syntax", place, {"reason": reason}))
    return faults, uses


def _check_strings(
    layouts: Layouts, environment: jinja2.Environment, name: str, source: str
) -> Iterator[Diagnostic]:
    path = shown_path(layouts, name)
    words = toml_table.parsed(path, source, "layout-syntax", "strings")
    if isinstance(words, Diagnostic):
        yield words
        return
    if name.startswith("strings/"):
        reader = toml_table.Reader(path, source)
        reader.table("", words, dict.fromkeys(words, toml_table.as_text))
        yield from reader.diagnostics
        yield from _unknown_strings(layouts, environment, name, words)


def _unknown_strings(
    layouts: Layouts, environment: jinja2.Environment, name: str, words: Iterable[str]
) -> Iterator[Diagnostic]:
    """The faults of those `words` of the file `name` that no layout uses."""
    known, source = _built_in_strings(layouts), layouts.files[name]
    unknown = set(words) - known
    used = _used_strings(layouts, environment) if unknown else None
    if used is None:
        return
    for word in sorted(unknown - used):
        nearest = text.nearest(word, sorted(used | known))
        found = re.search(rf"^[ \t\[]*[\"']?{re.escape(word)}(?![\w-])", source, re.MULTILINE)
        line = source.count("\n", 0, found.start()) + 1 if found else 0
        place = place_in(layouts, name, line, word)
        yield Diagnostic("unknown-string", place, {"name": word, "nearest": nearest})


def _built_in_strings(layouts: Layouts) -> set[str]:
    """The names of all strings of the built-in layouts."""
    files = (one for name, one in layouts.files.items() if name.startswith("default/strings/"))
    return {word for source in files for word in tomllib.loads(source)}


def _used_strings(layouts: Layouts, environment: jinja2.Environment) -> set[str] | None:
    """The strings that the site's own layouts name; None where their text does not tell."""
    used: set[str] = set()
    for name in layouts.own:
        if name.endswith(".toml"):
            continue
        try:
            tree = environment.parse(layouts.files[name])
        except (jinja2.TemplateSyntaxError, *_TOO_MUCH):
            return None
        named = [_string(node) for node in tree.find_all((nodes.Getattr, nodes.Getitem))]
        words = [word for word in named if word is not None]
        places = sum(node.name == "strings" for node in tree.find_all(nodes.Name))
        if len(words) != places or any(hasattr(dict, word) for word in words):
            return None  # computed, handed on as a whole, or asked by a method
        used.update(words)
    return used


def _string(node: nodes.Node) -> str | None:
    """The string that `node` names, None if it is no `strings.name` or `strings["name"]`."""
    if isinstance(node, nodes.Getattr):
        owner, word = node.node, node.attr
    elif isinstance(node, nodes.Getitem) and isinstance(node.arg, nodes.Const):
        owner, word = node.node, node.arg.value
    else:
        return None
    named = isinstance(owner, nodes.Name) and owner.name == "strings"
    return word if named and isinstance(word, str) else None


def _check_names(
    layouts: Layouts, name: str, references: Iterable[tuple[nodes.Node, str | None]]
) -> Iterator[Diagnostic]:
    """The faults of the `references` of the layout `name` to others."""
    for node, wanted in references:
        if wanted is None:
            place = place_in(layouts, name, node.lineno, "")
            line = line_of(layouts.files[name], node.lineno).strip()
            yield Diagnostic("computed-layout", place, {"text": line})
        elif wanted not in layouts.files and not _spared(layouts, node):
            known = [other for other in layouts.files if not other.endswith(".toml")]
            arguments = {
                "name": wanted,
                "nearest": text.nearest_path(wanted, known, _stem),
                "known": "",
                "searched": f"layouts/{wanted}, default/{wanted}",
            }
            place = place_in(layouts, name, node.lineno, wanted)
            yield Diagnostic("layout-missing", place, arguments)


def _spared(layouts: Layouts, node: nodes.Node) -> bool:
    """Whether `node` is an `include` that can do without a layout: none is needed, or one found."""
    if not isinstance(node, nodes.Include):
        return False
    names = getattr(node.template, "items", ())
    found = any(isinstance(name, nodes.Const) and name.value in layouts.files for name in names)
    return node.ignore_missing or found


def _stem(name: str) -> str:
    return PurePosixPath(name).stem


def _references(tree: nodes.Template) -> Iterator[tuple[nodes.Node, str | None]]:
    """Each node that names other layouts, with the names; None is a computed one."""
    for node in tree.find_all((nodes.Extends, nodes.FromImport, nodes.Import, nodes.Include)):
        template: nodes.Expr = node.template  # type: ignore[attr-defined]
        if isinstance(template, nodes.Const) and isinstance(template.value, str):
            yield node, template.value
        elif isinstance(template, nodes.List | nodes.Tuple):
            for item in template.items:
                yield node, item.value if isinstance(item, nodes.Const) else None
        else:
            yield node, None


def _check_filters(
    layouts: Layouts, environment: jinja2.Environment, name: str, tree: nodes.Template
) -> Iterator[Diagnostic]:
    """The unknown filters and tests of `tree`: inside an `if` Jinja's compiler tells none."""
    for kind, there_are in (("filter", environment.filters), ("test", environment.tests)):
        for node in tree.find_all(nodes.Filter if kind == "filter" else nodes.Test):
            if node.name not in there_are:
                place = place_in(layouts, name, node.lineno, node.name)
                nearest = text.nearest(node.name, there_are)
                arguments = {"kind": kind, "name": node.name, "nearest": nearest}
                yield Diagnostic("unknown-filter", place, arguments)


def _check_outside(layouts: Layouts, name: str, tree: nodes.Template) -> Iterator[Diagnostic]:
    """What stands behind the `extends` of `tree` and between its blocks: Jinja shows none of it."""
    behind = iter(tree.body)
    if not any(isinstance(node, nodes.Extends) for node in behind):
        return
    told = False  # what stands between two blocks is one cause
    for node in behind:
        found = next(filter(None, map(_seen, _put_out(node))), None)
        if found and not told:
            line, words = found
            place = place_in(layouts, name, line, words.removesuffix(_CUT))
            yield Diagnostic("text-outside-blocks", place, {"text": text.excerpt(words, 40)})
        told = not isinstance(node, nodes.Block) and (told or found is not None)


def _put_out(node: nodes.Node) -> Iterator[nodes.Output]:
    """What `node` would put out where it stands."""
    if isinstance(node, nodes.Output):
        yield node
    elif isinstance(node, _AROUND):
        for inner in node.iter_child_nodes():
            yield from _put_out(inner)


def _seen(node: nodes.Output) -> tuple[int, str] | None:
    """The line and the words of the first thing in `node` that a reader would have seen."""
    parts = [one.data if isinstance(one, nodes.TemplateData) else _VALUE for one in node.nodes]
    shown = _COMMENTS.sub(lambda found: " " * len(found.group()), "".join(parts))
    start = len(shown) - len(shown.lstrip())
    for one, part in zip(node.nodes, parts, strict=True):
        if start < len(part):
            words = part[start:].partition("\n")[0].rstrip()
            return one.lineno + part.count("\n", 0, start), words
        start -= len(part)
    return None


_AROUND = (nodes.If, nodes.For, nodes.With, nodes.FilterBlock, nodes.ScopedEvalContextModifier)
_COMMENTS = re.compile("<!--.*?(?:-->|\\Z)", re.DOTALL)
_CUT = " … }}"
_VALUE = f"{{{{{_CUT}"


def _syntax(layouts: Layouts, name: str, error: jinja2.TemplateSyntaxError) -> Diagnostic:
    reason = error.message or ""
    if open_block := re.search(r"innermost block that needs to be closed is '(\w+)'", reason):
        line = _unclosed(layouts.files[name], open_block[1]) or error.lineno
        return Diagnostic(
            "layout-syntax", place_in(layouts, name, line, open_block[1]), {"reason": reason}
        )
    return Diagnostic(
        "layout-syntax", place_in(layouts, name, error.lineno, ""), {"reason": reason}
    )


def _unclosed(source: str, tag: str) -> int:
    """The line of the last `tag` of a layout that nothing closes, 0 if all are closed."""
    opened: list[int] = []
    for found in re.finditer(rf"{{%[-+]?\s*(end)?{tag}\b", source):
        if not found[1]:
            opened.append(source.count("\n", 0, found.start()) + 1)
        elif opened:
            opened.pop()
    return opened[-1] if opened else 0


# ---------------------------------------------------------------- what layouts use


def _closures(layouts: Layouts, uses: Mapping[str, set[str]]) -> dict[str, str]:
    """By the name of each layout; strings are part of all."""
    words = [source for name, source in layouts.files.items() if name.endswith(".toml")]
    found = (name for name in uses if not name.endswith(".toml"))
    return {name: _closure(layouts, uses, words, name) for name in found}


def _closure(layouts: Layouts, uses: Mapping[str, set[str]], words: list[str], name: str) -> str:
    reached, waiting = set(), [name]
    while waiting:
        one = waiting.pop()
        if one not in reached and one in uses:
            reached.add(one)
            waiting.extend(uses[one])
    parts = [part for one in sorted(reached) for part in (one, layouts.files[one])]
    return work.digest(*(part.encode() for part in (*parts, *words)))
