"""The Jinja environment, the order in which layouts are looked up, and what a layout includes."""

import re
import tomllib
from collections.abc import Iterator, Mapping
from types import TracebackType
from typing import Any

import jinja2
import jinja2.meta
import markupsafe
from jinja2 import nodes
from jinja2.compiler import CodeGenerator, Frame
from markupsafe import Markup
from msgspec import Struct

from sitegen import text, toml_table, work
from sitegen.diagnostics.model import Diagnostic, Location
from sitegen.model import Body, Embed, Fence, Page, View
from sitegen.render import marks
from sitegen.render.filters import filters

_STRINGS = "strings/"
_ELSEWHERE = {"atom", "rss", "json-feed", "twin"}  # read away from the site
_KEPT_GLOBALS = {"range", "namespace", "dict"}
_WRONG = (
    jinja2.TemplateError, ArithmeticError, AttributeError, LookupError, RecursionError, TypeError,
    ValueError,
)  # fmt: skip


_TOO_MUCH = (MemoryError, OverflowError, RecursionError, SyntaxError, ValueError)


class Layouts(Struct, frozen=True):
    """The text of every layout by name; `default/x` is the built-in one behind a site's own."""

    files: dict[str, str]
    own: tuple[str, ...]


def gather(built_in: Mapping[str, str], own: Mapping[str, str]) -> Layouts:
    """The built-in layouts and the site's own, which hide those of the same name."""
    hidden = {f"default/{name}": source for name, source in built_in.items()}
    files = {**hidden, **built_in, **own}
    return Layouts({name: files[name] for name in sorted(files)}, tuple(sorted(own)))


def strings(layouts: Layouts, language: str) -> dict[str, str]:
    """The words of `language` that readers see: a site's own file changes single ones."""
    name = f"{_STRINGS}{language}.toml"
    built_in = tomllib.loads(layouts.files.get(f"default/{name}", ""))
    return built_in | tomllib.loads(layouts.files.get(name, ""))


def digest(layouts: Layouts) -> str:
    """Names all of `layouts`."""
    return work.digest(*(part.encode() for item in layouts.files.items() for part in item))


# ---------------------------------------------------------------- checking


def check(layouts: Layouts) -> tuple[Diagnostic, ...]:
    """What is wrong in the layouts, as far as their text tells."""
    environment = _environment(layouts)
    faults: list[Diagnostic] = []
    for name, source in layouts.files.items():
        if name.startswith("default/") and layouts.files.get(name[8:]) == source:
            continue  # told under its own name
        if name.endswith(".toml"):
            faults.extend(_check_strings(layouts, name, source))
            continue
        try:
            tree = environment.parse(source, name, name)
            faults.extend(_check_names(layouts, name, tree))
            unknown = tuple(_check_filters(layouts, environment, name, tree))
            faults.extend(unknown)
            if not unknown:
                environment.compile(tree, name, name)
        except jinja2.TemplateSyntaxError as error:
            faults.append(_syntax(layouts, name, error))
        except _TOO_MUCH as error:  # what Python itself will not compile
            reason = f"{type(error).__name__}: {error}"
            faults.append(
                Diagnostic("layout-syntax", Location(_path(layouts, name)), {"reason": reason})
            )
    return tuple(faults)


def _check_strings(layouts: Layouts, name: str, source: str) -> Iterator[Diagnostic]:
    try:
        tomllib.loads(source)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        (line, column), reason = toml_table.reason_of(source, str(error))
        place = Location(_path(layouts, name), line, column)
        yield Diagnostic("layout-syntax", place, {"reason": reason})


def _check_names(layouts: Layouts, name: str, tree: nodes.Template) -> Iterator[Diagnostic]:
    """The faults of names that `tree` extends, includes or imports."""
    for node, wanted in _references(tree):
        if wanted is None:
            place = _place(layouts, name, node.lineno, "")
            line = _row(layouts.files[name], node.lineno).strip()
            yield Diagnostic("computed-layout", place, {"text": line})
        elif wanted not in layouts.files:
            known = [other for other in layouts.files if not other.endswith(".toml")]
            arguments = {
                "name": wanted,
                "nearest": text.nearest(wanted, known),
                "known": "",
                "searched": f"layouts/{wanted}, default/{wanted}",
            }
            place = _place(layouts, name, node.lineno, wanted)
            yield Diagnostic("layout-missing", place, arguments)


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
                place = _place(layouts, name, node.lineno, node.name)
                nearest = text.nearest(node.name, there_are)
                arguments = {"kind": kind, "name": node.name, "nearest": nearest}
                yield Diagnostic("unknown-filter", place, arguments)


def _syntax(layouts: Layouts, name: str, error: jinja2.TemplateSyntaxError) -> Diagnostic:
    reason = error.message or ""
    if open_block := re.search(r"innermost block that needs to be closed is '(\w+)'", reason):
        line = _unclosed(layouts.files[name], open_block[1]) or error.lineno
        return Diagnostic(
            "layout-syntax", _place(layouts, name, line, open_block[1]), {"reason": reason}
        )
    return Diagnostic("layout-syntax", _place(layouts, name, error.lineno, ""), {"reason": reason})


def _unclosed(source: str, tag: str) -> int:
    """The line of the last `tag` of a layout that nothing closes, 0 if all are closed."""
    opened: list[int] = []
    for found in re.finditer(rf"{{%[-+]?\s*(end)?{tag}\b", source):
        if not found[1]:
            opened.append(source.count("\n", 0, found.start()) + 1)
        elif opened:
            opened.pop()
    return opened[-1] if opened else 0


# ---------------------------------------------------------------- choosing


def choose(layouts: Layouts, names: tuple[str, ...]) -> str | None:
    """The first of `names` that there is."""
    return next((name for name in names if name in layouts.files), None)


def closures(layouts: Layouts) -> dict[str, str]:
    """For each layout a digest of it with all that it extends, includes and imports."""
    environment = _environment(layouts)
    uses: dict[str, set[str]] = {}
    for name, source in layouts.files.items():
        if not name.endswith(".toml"):
            found = jinja2.meta.find_referenced_templates(environment.parse(source, name, name))
            uses[name] = {used for used in found if used}
    words = [layouts.files[name] for name in layouts.files if name.endswith(".toml")]
    return {name: _closure(layouts, uses, words, name) for name in uses}


def _closure(layouts: Layouts, uses: Mapping[str, set[str]], words: list[str], name: str) -> str:
    reached, waiting = set(), [name]
    while waiting:
        one = waiting.pop()
        if one not in reached and one in uses:
            reached.add(one)
            waiting.extend(uses[one])
    parts = [part for one in sorted(reached) for part in (one, layouts.files[one])]
    return work.digest(*(part.encode() for part in (*parts, *words)))


# ---------------------------------------------------------------- rendering


class _Undefined(jinja2.StrictUndefined):
    """Fails with the unknown name and the known one that was likely meant."""

    @property
    def _undefined_message(self) -> Any:
        name = str(self._undefined_name)
        owner = self._undefined_obj
        if owner is jinja2.utils.missing:
            return name, text.nearest(name, ("page", "config", "strings", "bodies"))
        known = owner if isinstance(owner, dict) else getattr(owner, "__struct_fields__", ())
        return name, text.nearest(name, [str(field) for field in known])


class _Code(CodeGenerator):
    """Escapes by `escaped` of the environment: markupsafe's way takes a tenth of all rendering."""

    def _output_child_pre(self, node: nodes.Expr, frame: Frame, finalize: Any) -> None:
        if frame.eval_ctx.volatile or not frame.eval_ctx.autoescape or finalize.src:
            super()._output_child_pre(node, frame, finalize)
        else:
            self.write("environment.escaped(")


def _escape_slowly(text: str) -> str:
    return str(markupsafe.escape(text))


_escape = getattr(markupsafe, "_escape_inner", _escape_slowly)  # without making a Markup of it


class _Environment(jinja2.Environment):
    code_generator_class = _Code

    @staticmethod
    def escaped(value: object) -> str:
        """The text of `value` for HTML; what is markup already stays as it is."""
        kind = type(value)
        if kind is Markup:
            return value  # type: ignore[return-value]
        return str(_escape(value) if kind is str else markupsafe.escape(value))  # type: ignore[arg-type]


def _environment(layouts: Layouts, view: View | None = None) -> jinja2.Environment:
    """Layouts see `config` and `strings` everywhere, `page` and `bodies` when they are rendered."""

    def load(name: str) -> tuple[str, str, None] | None:
        source = layouts.files.get(name)
        return None if source is None else (source, name, None)

    environment = _Environment(
        loader=jinja2.FunctionLoader(load),
        autoescape=True,
        undefined=_Undefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        auto_reload=False,
        cache_size=-1,
    )
    for name in set(environment.globals) - _KEPT_GLOBALS:
        del environment.globals[name]  # lipsum and its like differ from run to run
    del environment.filters["random"]
    shown = view or View("", "", "ja", "gregorian", "", "", "/", (), (), "", {}, {})
    environment.filters.update(filters(shown))
    environment.tests["quotation"] = lambda part: isinstance(part, Fence)
    environment.tests["embed"] = lambda part: isinstance(part, Embed)
    if view:
        environment.globals |= {"config": view, "strings": strings(layouts, view.language)}
    return environment


class Renderer:
    """Renders the pages of one site; there is one in each process."""

    def __init__(self, layouts: Layouts, view: View) -> None:
        self._layouts, self._view = layouts, view
        self._environment = _environment(layouts, view)

    def render(self, page: Page, bodies: Mapping[str, Body]) -> bytes | Diagnostic:
        """The file of `page`, or what went wrong in its layout and where."""
        name = choose(self._layouts, page.layouts)
        if name is None:
            arguments = {"name": page.layouts[0], "searched": " ".join(page.layouts)}
            return Diagnostic("layout-missing", Location(f"layouts/{page.layouts[-1]}"), arguments)
        origin = self._view.origin if page.kind in _ELSEWHERE else ""
        own = page.post is not None
        eager = bool(page.post and not page.post.image)
        shown = {
            use.path: marks.filled(use, bodies[use.path], origin, framed=own, eager=eager)
            for use in page.bodies
        }
        try:
            template = self._environment.get_template(name)
            return template.render(page=page, bodies=shown).encode()
        except _WRONG as error:
            return self._fault(name, error)

    def _fault(self, name: str, error: BaseException) -> Diagnostic:
        at = _last_frame(error.__traceback__, self._layouts.files)
        where, line = at or (name, 1)
        if isinstance(error, jinja2.UndefinedError) and isinstance(error.args[0], tuple):
            unknown, nearest = error.args[0]
            place = _place(self._layouts, where, line, unknown)
            return Diagnostic("unknown-variable", place, {"name": unknown, "nearest": nearest})
        reason = (
            f"{type(error).__name__}: {error}"
            if not isinstance(error, RecursionError)
            else "RecursionError"
        )
        return Diagnostic(
            "layout-error", _place(self._layouts, where, line, ""), {"reason": reason}
        )


def _last_frame(
    traceback: TracebackType | None, files: Mapping[str, str]
) -> tuple[str, int] | None:
    """The layout and the line in which an error arose."""
    found = None
    while traceback:
        name = traceback.tb_frame.f_code.co_filename
        if name in files:
            found = name, traceback.tb_lineno
        traceback = traceback.tb_next
    return found


def _place(layouts: Layouts, name: str, line: int, word: str) -> Location:
    """The place of `word` on `line` of a layout, else the beginning of that line."""
    row = _row(layouts.files[name], line)
    found = re.search(rf"(?<!\w){re.escape(word)}(?!\w)", row) if word else None
    column = found.start() if found else len(row) - len(row.lstrip())
    width = len(word) if found else max(1, len(row.strip()))
    return Location(_path(layouts, name), line, column + 1, width)


def _row(source: str, line: int) -> str:
    """Line `line` of a layout, as Jinja counts them."""
    rows = re.split("\r\n|\r|\n", source)
    return rows[line - 1] if 0 < line <= len(rows) else ""


def _path(layouts: Layouts, name: str) -> str:
    """Where a layout lies: in the site's folder, or among the built-in ones."""
    if name in layouts.own:
        return f"layouts/{name}"
    return name if name.startswith("default/") else f"default/{name}"
