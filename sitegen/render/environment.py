"""The Jinja environment in which layouts are compiled: what they see, and how it is escaped."""

from typing import Any

import jinja2
import markupsafe
from jinja2 import nodes
from jinja2.compiler import CodeGenerator, Frame
from markupsafe import Markup

from sitegen import text
from sitegen.model import Embed, Fence, View
from sitegen.render.filters import filters
from sitegen.render.layouts import Layouts, strings

_KEPT_GLOBALS = {"range", "namespace", "dict"}


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


def environment_of(layouts: Layouts, view: View | None = None) -> jinja2.Environment:
    """Where `layouts` are compiled.

    They see `config` and `strings` everywhere, `page` and `bodies` when they are rendered.
    """

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
