"""The Jinja environment of a site: what its layouts see."""

from typing import Any

import jinja2

from sitegen import text
from sitegen.model import Embed, Fence, View
from sitegen.render.compiling import Environment, constants
from sitegen.render.filters import filters
from sitegen.render.layouts import Layouts, strings

_KEPT_GLOBALS = {"range", "namespace", "dict"}


class _Undefined(jinja2.StrictUndefined):
    """Fails with the unknown name, the known one that was likely meant, and the fault's variant."""

    @property
    def _undefined_message(self) -> Any:
        name = str(self._undefined_name)
        owner = self._undefined_obj
        if self._undefined_name is None:  # the first or the last of nothing has no name
            return name, "", "none"
        if owner is None:
            return name, "", "empty"
        if owner is jinja2.utils.missing:
            return name, text.nearest(name, ("page", "config", "strings", "bodies")), ""
        known = owner if isinstance(owner, dict) else getattr(owner, "__struct_fields__", ())
        return name, text.nearest(name, [str(field) for field in known]), ""


_NOBODYS = View(  # for filters that are only asked for their names
    title="",
    description="",
    language="ja",
    calendar="gregorian",
    author="",
    origin="",
    base="/",
    menu=(),
    footer=(),
    csp="",
    assets={},
    extra={},
)


def environment_of(layouts: Layouts, view: View | None = None) -> jinja2.Environment:
    """Where `layouts` are compiled.

    They see `config` and `strings` everywhere, `page` and `bodies` when they are rendered.
    """
    known = {"config": view, "strings": strings(layouts, view.language)} if view else {}
    environment = Environment(
        layouts.files,
        constants(layouts.files, known),
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
    environment.filters.update(filters(view or _NOBODYS))
    environment.tests["quotation"] = lambda part: isinstance(part, Fence)
    environment.tests["embed"] = lambda part: isinstance(part, Embed)
    environment.globals |= known
    return environment
