"""How layouts become Python: what is the same on every page is settled when they are compiled."""

import re
from collections.abc import Mapping, MutableMapping
from types import BuiltinMethodType, FunctionType, MethodType
from typing import Any

import jinja2
import markupsafe
from jinja2 import nodes
from jinja2.compiler import CodeGenerator, Frame
from jinja2.runtime import Context, Macro
from jinja2.visitor import NodeTransformer
from markupsafe import Markup


def constants(files: Mapping[str, str], values: Mapping[str, object]) -> dict[str, object]:
    """Those of `values`, by name, that no layout of `files` can bind anew.

    That takes the bare name: `{% set config = … %}`. Elsewhere `.` or `[` stands behind it.
    """
    written = "\n".join(text for name, text in files.items() if not name.endswith(".toml"))
    return {
        name: value
        for name, value in values.items()
        if not re.search(rf"(?<![\w.]){name}(?![\w.\[])", written)
    }


class _Folding(NodeTransformer):
    """Puts the texts and numbers of `constants` in place of `config.title` and the like."""

    def __init__(self, environment: "Environment") -> None:
        self._environment = environment

    def visit_Getattr(self, node: nodes.Getattr) -> nodes.Node:  # noqa: N802 -- named by Jinja
        """The value of `a.b`, if it is known and plain."""
        return self._folded(node)

    def visit_Getitem(self, node: nodes.Getitem) -> nodes.Node:  # noqa: N802 -- likewise
        """The value of `a["b"]`, if it is known and plain."""
        return self._folded(node)

    def _folded(self, node: nodes.Expr) -> nodes.Node:
        value = self._value(node)
        if isinstance(value, str | int):
            return nodes.Const(value, lineno=node.lineno)
        return self.generic_visit(node)

    def _value(self, node: nodes.Expr) -> object:
        """What `node` stands for on every page; None if that is not known."""
        if isinstance(node, nodes.Name):
            return self._environment.constants.get(node.name)
        if not isinstance(node, nodes.Getattr | nodes.Getitem):
            return None
        owner = self._value(node.node)
        if owner is None:
            return None
        if isinstance(node, nodes.Getattr):
            value = self._environment.getattr(owner, node.attr)
        else:
            key = node.arg.value if isinstance(node.arg, nodes.Const) else None
            value = self._environment.getitem(owner, key)
        return None if isinstance(value, jinja2.Undefined) else value


class _Code(CodeGenerator):
    """Writes layouts as Python: constants in place, nothing for what is empty."""

    environment: "Environment"

    def visit_Template(self, node: nodes.Template, frame: Frame | None = None) -> None:  # noqa: N802
        """Writes a layout, its constants in place."""
        super().visit_Template(_Folding(self.environment).visit(node), frame)

    def visit_Include(self, node: nodes.Include, frame: Frame) -> None:  # noqa: N802
        """Writes an `include`, unless the layout is empty, as those are that sites may fill."""
        name = node.template.value if isinstance(node.template, nodes.Const) else ""
        if self.environment.files.get(name) != "":
            super().visit_Include(node, frame)

    def visit_Assign(self, node: nodes.Assign, frame: Frame) -> None:  # noqa: N802
        """Writes a `set`; Jinja notes its line only behind the check of `set page.title`."""
        self.newline(node)
        super().visit_Assign(node, frame)

    def _output_child_pre(self, node: nodes.Expr, frame: Frame, finalize: Any) -> None:
        """Escapes by `escaped`: markupsafe's way takes a tenth of all rendering."""
        if frame.eval_ctx.volatile or not frame.eval_ctx.autoescape or finalize.src:
            super()._output_child_pre(node, frame, finalize)
        else:
            self.write("environment.escaped(")


class _Context(Context):
    """What a layout sees while it is rendered."""

    def call(self, called: Any, /, *args: Any, **options: Any) -> Any:
        """What `called` returns. Jinja asks each what it wants passed; of macros that is known."""
        if type(called) is not Macro:
            return super().call(called, *args, **options)
        options.pop("_block_vars", None)
        options.pop("_loop_vars", None)
        return called(self.eval_ctx, *args, **options)


def _escape_slowly(text: str) -> str:
    return str(markupsafe.escape(text))


_escape = getattr(markupsafe, "_escape_inner", _escape_slowly)  # without making a Markup of it


class Environment(jinja2.Environment):
    """Where the layouts `files` are compiled; `constants` are the same on every page."""

    code_generator_class, context_class = _Code, _Context

    def __init__(
        self, files: Mapping[str, str], constants: Mapping[str, object], **options: Any
    ) -> None:
        super().__init__(loader=jinja2.FunctionLoader(self._source), **options)
        self.files, self.constants = files, constants

    def make_globals(self, d: MutableMapping[str, Any] | None) -> MutableMapping[str, Any]:
        """What every layout sees, as one table: Jinja's chain of them is walked for each page."""
        return {**self.globals, **(d or {})}

    def _source(self, name: str) -> tuple[str, str, None] | None:
        source = self.files.get(name)
        return None if source is None else (source, name, None)

    @staticmethod
    def escaped(value: object) -> str:
        """The text of `value` for HTML; what is markup already stays as it is."""
        kind = type(value)
        if kind is Markup:
            return value  # type: ignore[return-value]
        if kind is str:
            return str(_escape(value))  # type: ignore[arg-type]
        if kind in _FUNCTIONS or hasattr(kind, "__next__"):  # an address, another in each run
            raise TypeError(UNCALLED if kind in _FUNCTIONS else _UNLISTED)
        return str(markupsafe.escape(value))


_FUNCTIONS = {BuiltinMethodType, FunctionType, MethodType}
UNCALLED = 'a function is no text and no list: write () behind it, or ["…"] for a key of that name'
_UNLISTED = 'what a filter picks out is no text yet: add | list or | join(", ")'
