"""A page and its layout -> the file, or what went wrong in the layout and where."""

import re
from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from types import TracebackType

import jinja2

from sitegen.diagnostics.model import Diagnostic, Location
from sitegen.model import Body, Page, View
from sitegen.render import marks
from sitegen.render.compiling import UNCALLED
from sitegen.render.environment import environment_of
from sitegen.render.layouts import Layouts, choose, place_in

_ELSEWHERE = {"atom", "rss", "json-feed", "twin"}  # read away from the site
_WRONG = (  # Jinja's `truncate` asserts what it is told
    jinja2.TemplateError, ArithmeticError, AssertionError, AttributeError, LookupError,
    RecursionError, TypeError, ValueError,
)  # fmt: skip
_FUNCTION = re.compile("'(?:builtin_function_or_method|method|function)' object")


class Renderer:
    """Renders the pages of one site; there is one in each process."""

    def __init__(self, layouts: Layouts, view: View) -> None:
        self._layouts, self._view = layouts, view
        self._environment = environment_of(layouts, view)

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
        """The fault for an `error` that the layout `name`, or one that it uses, has raised."""
        frames = [(name, 1), *_frames(error.__traceback__, self._layouts.files)]
        where, line = frames[-1]
        if isinstance(error, jinja2.UndefinedError) and isinstance(error.args[0], tuple):
            unknown, nearest, variant = error.args[0]
            place = place_in(self._layouts, where, line, unknown)
            arguments = {"name": unknown, "nearest": nearest}
            return Diagnostic("unknown-variable", place, arguments, variant)
        if isinstance(error, RecursionError):  # which ends anywhere: the site's own line is sought
            again = [at for at, count in Counter(frames).items() if count > 1]
            own = [at for at in again if at[0] in self._layouts.own]
            place = place_in(self._layouts, *max(own, default=(where, line)), "")
            return Diagnostic("layout-error", place, {"reason": "RecursionError"}, "endless")
        place = place_in(self._layouts, where, line, "")
        said = UNCALLED if _FUNCTION.search(str(error)) else error
        reason = f"{type(error).__name__}: {said}"
        return Diagnostic("layout-error", place, {"reason": reason})


def _frames(traceback: TracebackType | None, files: Collection[str]) -> Iterator[tuple[str, int]]:
    """The layouts and the lines through which an error came, the place where it arose last."""
    while traceback:
        name = traceback.tb_frame.f_code.co_filename
        if name in files:
            yield name, traceback.tb_lineno
        traceback = traceback.tb_next
