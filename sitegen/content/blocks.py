"""mistune as it should be: our own instance, whose blocks know where they begin."""

import re
from functools import cache
from typing import Any

from mistune import BlockParser, BlockState, Markdown
from mistune.plugins.footnotes import REF_FOOTNOTE, footnotes
from mistune.plugins.formatting import strikethrough

from sitegen.content.tables import tables


@cache
def markdown() -> Markdown:
    """The parser that every post goes through; it holds no state of a document."""
    return Markdown(None, _Blocks(), plugins=[tables, footnotes, strikethrough, _corrections])


def _corrections(md: Markdown) -> None:
    """What mistune reads otherwise than CommonMark, GitHub or Japanese authors do."""
    blocks, inlines = md.block.specification, md.inline.specification
    # `\d` takes full-width digits for a list's numbers
    blocks["list"] = blocks["list"].replace(r"\d", "[0-9]")
    # `\s` eats the full-width blank that indents the next line
    inlines["linebreak"] = r"(?:\\| {2,})\n[ \t]*"
    inlines["softbreak"] = r" *\n[ \t]*"
    # a note without a blank behind its colon would vanish
    blocks["ref_footnote"] = REF_FOOTNOTE.replace(r"]:[ \t\n]", r"]:[ \t]*\n?")


class State(BlockState):
    """Notes where each block of the top level begins (`at`): tokens have no positions."""

    def add_paragraph(self, text: str) -> None:
        """Adds to the paragraph that is open, or opens one."""
        super().add_paragraph(text)
        self.tokens[-1].setdefault("at", self.cursor)


class _Blocks(BlockParser):
    state_cls = State

    def parse_method(self, m: re.Match[str], state: BlockState) -> int | None:
        """Parses a block; the cursor of `state` may have moved on when its token is there."""
        before = len(state.tokens)
        end = super().parse_method(m, state)
        _noted(state.tokens[before:], m.start())
        return end

    def _parse_indent_code_fast(self, state: BlockState) -> int | None:
        before, start = len(state.tokens), state.cursor
        end = super()._parse_indent_code_fast(state)
        _noted(state.tokens[before:], start)
        return end


def _noted(tokens: list[dict[str, Any]], start: int) -> None:
    for token in tokens:
        token.setdefault("at", start)
