"""Code blocks with their words coloured, by classes alone."""

from functools import cache, lru_cache
from html import escape
from typing import Any

_LONGEST = 50_000  # characters that are coloured
_GROWTH = 15  # markup that is longer than so many times its code is not worth it


def block(code: str, info: str) -> str:
    """The `pre` of `code`; the first word of `info` is its language, unknown ones stay plain."""
    language = info.split(None, 1)[0] if info.strip() else ""
    marked = _coloured(code, language.lower()) if language and len(code) <= _LONGEST else ""
    if not marked or len(marked) > _GROWTH * len(code) + 1000:
        marked = escape(code, quote=False)
    said = f' class="language-{escape(language)}"' if language else ""
    return f'<pre class="code" tabindex="0"><code{said}>{marked}</code></pre>\n'


def _coloured(code: str, language: str) -> str:
    name = _names().get(language)
    if not name:
        return ""
    lexer, formatter = _lexer(name)
    from pygments import highlight  # noqa: PLC0415 -- 50 ms that only posts with code pay

    return str(highlight(code, lexer, formatter))


@cache
def _names() -> dict[str, str]:
    """The lexer's name for each language; plugins of other packages are left out."""
    from pygments.lexers import LEXERS  # noqa: PLC0415 -- see above

    plain = {"text", "plain", "plaintext"}
    return {
        alias.lower(): name
        for _, name, aliases, _, _ in LEXERS.values()
        for alias in aliases
        if alias not in plain
    }


@lru_cache(maxsize=64)
def _lexer(name: str) -> tuple[Any, Any]:
    from pygments.formatters.html import HtmlFormatter  # noqa: PLC0415 -- see above
    from pygments.lexers import find_lexer_class  # noqa: PLC0415 -- see above

    return find_lexer_class(name)(stripnl=False, ensurenl=False), HtmlFormatter(nowrap=True)
