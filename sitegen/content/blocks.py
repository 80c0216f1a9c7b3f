"""mistune as it should be: our own instance, whose blocks know where they begin."""

import re
from collections.abc import MutableMapping
from functools import cache
from typing import Any

from mistune import BlockParser, BlockState, InlineParser, Markdown
from mistune.plugins.footnotes import footnotes as notes
from mistune.plugins.formatting import strikethrough

from sitegen.content import emphasis, footnotes
from sitegen.content.japanese import japanese, joined
from sitegen.content.tables import tables


@cache
def markdown() -> Markdown:
    """The parser that every post goes through; it holds no state of a document."""
    plugins = [tables, notes, strikethrough, japanese, _corrections]
    return Markdown(None, _Blocks(), _Inlines(), plugins=plugins)


def _corrections(md: Markdown) -> None:
    """What mistune reads otherwise than CommonMark, GitHub or Japanese authors do."""
    blocks, inlines = md.block.specification, md.inline.specification
    # `\s` eats the full-width blank that indents the next line
    inlines["linebreak"] = r"(?:\\| {2,})\n[ \t]*"
    inlines["softbreak"] = r" *\n[ \t]*"
    # what ends a quote: `<div>` did not, only `<div` before a blank
    blocks["block_html"] = blocks["block_html"].replace(
        r"(?:[ \t]+|\n|$)", r"(?:[ \t]+|\n|$|(?=/?>))"
    )
    blocks["ref_footnote"] = footnotes.DEFINITION
    # in a list or a quote a note would vanish, and a table would be text
    for rules in (md.block.list_rules, md.block.block_quote_rules):
        rules.insert(rules.index("ref_link"), "ref_footnote")
        rules.append("table")


# `\d` of mistune takes full-width digits for a list's numbers, where no rule of ours can reach:
# such numbers go through the block parser in disguise.
_NUMBER = re.compile(
    r"^((?:[ \t>*+-]|[0-9]{1,9}[.)][ \t])*)([0-9]{0,8}[０-９][0-9０-９]{0,8})(?=[.)])", re.MULTILINE
)
_DISGUISED = {ord("０") + digit: 0x10FF00 + digit for digit in range(10)}
_SHOWN = {disguised: digit for digit, disguised in _DISGUISED.items()}


def disguised(source: str) -> str:
    """`source` with other characters for full-width numbers that look like a list's."""
    return _NUMBER.sub(lambda found: found[1] + found[2].translate(_DISGUISED), source)


def shown(text: str) -> str:
    """`text` of a token, its numbers undisguised."""
    return text if text.isascii() else text.translate(_SHOWN)


def note(state: BlockState, key: str) -> list[dict[str, Any]]:
    """The blocks of the footnote `key`."""
    lines = footnotes.lines(state.env, key)
    if len(lines) == 1:
        return [{"type": "paragraph", "text": lines[0]}]
    inner = state.child_state("\n".join(lines).lstrip("\n") + "\n")
    markdown().block.parse(inner)
    return inner.tokens


class State(BlockState):
    """Notes where each block of the top level begins (`at`): tokens have no positions."""

    def add_paragraph(self, text: str) -> None:
        """Adds to the paragraph that is open, or opens one."""
        super().add_paragraph(text)
        self.tokens[-1].setdefault("at", self.cursor)

    def prepend_token(self, token: dict[str, Any]) -> None:
        """Adds a quote by >: what ends it is not yet read (`_Blocks.extract_block_quote`)."""
        self.append_token(token)


class _Blocks(BlockParser):
    """Parses blocks and notes in their tokens where they begin."""

    state_cls = State

    def compile_sc(self, rules: list[str] | None = None) -> re.Pattern[str]:
        """What finds `rules`; a heading ends a quote by >, where mistune 3.4 puts it into that."""
        return super().compile_sc([*rules, "atx_heading"] if rules == _ENDING else rules)

    def parse(self, state: BlockState, rules: list[str] | None = None) -> None:
        """Parses all of `state`; what is nested too deep to be read is noted in `deep`."""
        if rules is not None and "list" not in rules and (found := _CONTAINER.search(state.src)):
            state.env.setdefault("deep", []).append(found.group().strip())
        super().parse(state, rules)

    def parse_method(self, m: re.Match[str], state: BlockState) -> int | None:
        """Parses a block; the cursor of `state` may have moved on when its token is there.

        What ends the quote by > whose lines are gathered is only told where it begins.
        """
        if state.env.get("gathers"):
            return None if _is_no_fence(m) else m.start()
        if m.lastgroup == "ref_footnote":
            footnotes.named(state.env, m["footnote_key"])
        before = len(state.tokens)
        end = super().parse_method(m, state)
        _noted(state.tokens[before:], m.start())
        return end

    def parse_ref_link(self, m: re.Match[str], state: BlockState) -> int | None:
        """Parses `[label]: target`; a sentence there is text.

        Japanese has no blanks, so that a whole sentence would be a target, and vanish.
        """
        return super().parse_ref_link(m, state) if _TARGET(state.src, m.end()) else None

    def extract_block_quote(
        self, m: re.Match[str], state: BlockState
    ) -> tuple[str, int | None, set[int]]:
        """The text of a quote by >, and where what ends it without a blank line begins.

        mistune 3.4 reads what ends it at once: as part of the paragraph above the quote, if it is
        a list that may not begin within one (`-` alone, `2.`), and the quote goes before that. And
        quotes and lists that end each other a hundred times are a RecursionError.
        """
        state.env["gathers"] = True
        found = super().extract_block_quote(m, state)
        state.env["gathers"] = False
        return found

    def _parse_indent_code_fast(self, state: BlockState) -> int | None:
        """Where the block at the cursor ends, if it is indented code or a plain paragraph.

        mistune asks this first of every block. Most are paragraphs whose lines begin with letters
        alone, up to a blank line: they can be nothing else, and one match finds their end, where
        mistune would try all its rules on each line (a quarter of all parsing).
        """
        if state.parent is None and (found := _LETTERS(state.src, state.cursor)):
            state.add_paragraph(found[1])
            state.append_token({"type": "blank_line", "at": found.end(1)})
            return found.end()
        before, start = len(state.tokens), state.cursor
        end = super()._parse_indent_code_fast(state)
        _noted(state.tokens[before:], start)
        return end


class _Inlines(InlineParser):
    """Parses what stands in blocks: Japanese lines joined, emphasis by our own rules."""

    def __call__(self, s: str, env: MutableMapping[str, Any]) -> list[dict[str, Any]]:
        """The tokens of a whole text, its lines joined where it is Japanese."""
        tokens = super().__call__(s, env)
        return joined(tokens) if "\n" in s else tokens

    def _get_fast_trigger_re(self, chars: set[str]) -> re.Pattern[str]:
        """What may begin a rule; mistune sorts all `chars` anew at each look (4 % of parsing).

        An `h` does only in an address: text is split here, and `&hellip;` would be no entity.
        """
        if self._fast_trigger_re is None:
            signs = re.escape("".join(sorted(chars)))  # one set first: that is searched for fast
            self._fast_trigger_re = re.compile(f"[{signs}](?:(?<![hH])|(?=[Tt]{{2}}[Pp]))")
        return self._fast_trigger_re

    def finalize_tokens(self, tokens: list[dict[str, Any]], depth: int) -> list[dict[str, Any]]:
        """The tokens of one level of a text, with its emphasis nested."""
        return emphasis.finalized(tokens, self.max_nested_level - depth)


_TARGET = re.compile(  # <港 1.png>, ASCII, ../港.md, https://港.jp/, 港/, 港.md#霧
    r"\s*(?:<|[./#?]|(?i:https?:|mailto:)|(?:[!-~]+|\S+(?:/|\.[A-Za-z][A-Za-z0-9]*)(?:[?#]\S*)?)(?:\s|\Z))"
).match
_ENDING = ["blank_line", "thematic_break", "fenced_code", "list", "block_html"]  # a quote by >
_CONTAINER = re.compile(r"^ {0,3}(?:>|(?:[*+-]|\d{1,9}[.)])[ \t]+\S).*", re.MULTILINE)
_LETTERS = re.compile(
    r"((?:[A-Za-z\u2e80-\u2fff\u3001-\uffee\U00020000-\U0003fffd][^\n]*\n)++)(?:[ \t]*\n)+"
).match


def _is_no_fence(m: re.Match[str]) -> bool:
    """Whether what looks like the fence of code is text, since it has further backticks."""
    return m.lastgroup == "fenced_code" and m["fenced_2"][0] == "`" and "`" in (m["fenced_3"] or "")


def _noted(tokens: list[dict[str, Any]], start: int) -> None:
    for token in tokens:
        token.setdefault("at", start)
