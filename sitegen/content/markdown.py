"""Markdown -> HTML, links, headings, with lines."""

import re
from collections.abc import Callable, Iterator
from typing import Any

from msgspec import Struct

from sitegen.content import blocks, embeds, footnotes, guards
from sitegen.content.ledger import BEFORE_INFO, Ledger
from sitegen.content.proof import Proof
from sitegen.content.writer import Writer
from sitegen.diagnostics.model import Diagnostic, Location
from sitegen.model import Embed, Frame, Heading, Link


class Fenced(Struct, frozen=True):
    """A ```quote block: what stands behind the word, and its text as typed."""

    info: str
    text: str
    place: Location  # of the opening fence


class Document(Struct, frozen=True):
    """The body of a post: HTML and quotations in turn, and what else it holds."""

    parts: tuple[str | Fenced | Embed, ...] = ()
    headings: tuple[Heading, ...] = ()
    links: tuple[Link, ...] = ()
    anchors: tuple[str, ...] = ()
    blockquotes: tuple[tuple[str, Location], ...] = ()  # HTML of the outermost ones, with places
    summary_html: str = ""  # what stands before <!-- more -->
    diagnostics: tuple[Diagnostic, ...] = ()


def document(
    path: str,
    text: str,
    line: int,
    *,
    prefix: str,
    raw_html: str,
    first_link: int = 0,
    hosts: tuple[str, ...] = (),
) -> Document:
    """The Markdown `text`, which begins on `line` of the file at `path`.

    Links into the site become marks that are numbered from `first_link`; the ids of footnotes
    hold `prefix`. A paragraph that is only an address of one of `hosts` is embedded. What would
    take too long gives a fault and no text.
    """
    ledger = Ledger(path, f"{text}\n", line, prefix=prefix, first_link=first_link)
    return _guarded(path, text, line, _Reading(ledger, raw_html, hosts).document)


def _guarded(path: str, text: str, line: int, read: Callable[[], Document]) -> Document:
    """What `read` makes of `text`, unless that would take too long."""
    faults = guards.faults(path, text, line)
    if faults:
        return Document(diagnostics=faults)
    made = guards.within(guards.SECONDS, read)
    if made is None:
        limit = {"limit": f"{guards.SECONDS:g} s"}
        return Document(
            diagnostics=(Diagnostic("too-complex", Location(path, line), limit, "time"),)
        )
    return made


def inline(
    path: str, text: str, place: Location, *, first_link: int, raw_html: str
) -> tuple[str, tuple[Link, ...], tuple[Diagnostic, ...]]:
    """The inline HTML of a few words of Markdown, their links, and their faults at `place`.

    Several paragraphs are separated by `<br>`; what is no paragraph is told.
    """
    text = text.strip()
    ledger = Ledger(path, f"{text}\n", place.line, prefix="", first_link=first_link)
    made = _guarded(path, text, place.line, _Reading(ledger, raw_html, ()).words)
    links = tuple(Link(link.target, place) for link in made.links)
    faults = tuple(
        Diagnostic(one.code, place, one.arguments, one.variant) for one in made.diagnostics
    )
    return "".join(map(str, made.parts)), links, faults


_MORE = re.compile(r"\s*<!--\s*more\s*-->\s*").fullmatch
_QUOTE = re.compile(r"quote(?:[ \t　]+(.*))?").fullmatch
_NEARLY = re.compile(r"(?i:quote|引用)(?:[ \t　]*[:：][ \t　]*|[ \t　]+|\Z)(.*)").fullmatch
_PROSE = re.compile(r"\n|。\Z").search  # several lines or a sentence are meant for no heading
_LEVELS = r"(?m:^)[ \t>*+\d.)-]{20,}"  # each level takes a character at least
_BLANK = " \t\n"  # U+3000 is not: it indents a paragraph
_MARKS = re.compile(r"[\\`*_~\[\]!<\n{|｜《]").search  # where a rule may begin, beside a URL
_ID = re.compile(r'\sid="([^"]+)"')


class _Reading:
    """One document on its way from blocks to parts."""

    def __init__(self, ledger: Ledger, raw_html: str, hosts: tuple[str, ...]) -> None:
        self.hosts = hosts
        self.ledger, self.writer = ledger, Writer(ledger, raw_html)
        self.md, self.state = blocks.markdown(), blocks.State()
        self.parts: list[str | Fenced | Embed] = []
        self.open: list[str] = []  # HTML of the part that is being written
        self.summary = ""
        self.disguised = False
        self.effort = 0  # squares of the emphasis delimiters so far
        self.proof = Proof(ledger)

    def document(self) -> Document:
        """The document, its faults included."""
        for token in self._tokens():
            self._block(token)
        self.open.append(self._notes())
        self._close()
        footnotes.proof(self.ledger, self.state.env)
        return self._made()

    def words(self) -> Document:
        """The paragraphs as the words of one; other blocks, and notes, are told."""
        for token in self._tokens():
            if token["type"] == "paragraph":
                children = self._inlined(token)["children"]
                self.open.append(self.writer.render_tokens(children, self.state))
            elif token["type"] != "blank_line":
                start, end = self.ledger.block
                self._unshown(self.ledger.text[start:end].strip())
        for key in self.state.env.get("ref_footnotes", ()):
            self._unshown(f"[^{key.lower()}]")
        self.parts.append(self.writer.cleaned("<br>".join(self.open)))
        return self._made()

    def _unshown(self, typed: str) -> None:
        line = typed.partition("\n")[0]
        self.ledger.fault("update-block", self.ledger.place(line), {"line": line})

    def _tokens(self) -> Iterator[dict[str, Any]]:
        """The blocks of the top level; `ledger` is where each stands."""
        source = blocks.disguised(self.ledger.text)
        self.disguised = source != self.ledger.text
        self.state.process(source)
        self.md.block.parse(self.state)
        self._deep()
        tokens = self.state.tokens
        starts = [token["at"] for token in tokens] + [len(self.ledger.text)]
        for number, token in enumerate(tokens):
            self.ledger.block = (starts[number], max(starts[number + 1], starts[number]))
            yield token
        self.ledger.block = (0, len(self.ledger.text))

    def _made(self) -> Document:
        """What was written, and what was met on the way."""
        self.proof.close()
        self._sized()
        written = "".join(part for part in self.parts if isinstance(part, str))
        return Document(
            parts=tuple(self.parts),
            headings=tuple(map(self.writer.listed, self.ledger.headings)),
            links=tuple(self.ledger.links),
            anchors=tuple(dict.fromkeys(_ID.findall(written))) if "id=" in written else (),
            blockquotes=tuple(self.ledger.blockquotes),
            summary_html=self.summary,
            diagnostics=tuple(self.ledger.faults),
        )

    def _block(self, token: dict[str, Any]) -> None:
        """Writes a block of the top level, or ends a part with a quotation."""
        if self.disguised:
            _undisguise(token)
        if token["type"] == "block_html" and _MORE(token["raw"]):
            written = [part for part in self.parts if isinstance(part, str)]
            self.summary = self.summary or "".join([*written, *self.open])
        elif token["type"] == "block_code" and (found := _QUOTE(_info(token))):
            self._close()
            place = self.ledger.place(_info(token), "quote", before=BEFORE_INFO)
            start, end = self.ledger.block
            if not _is_closed(self.ledger.text[start:end], token["marker"]):
                self.ledger.fault("quote-unclosed", place, {"fence": token["marker"]})
            self.parts.append(Fenced((found[1] or "").strip(), token["raw"], place))
        elif token["type"] == "paragraph" and (frame := self._frame(token)):
            self._close()
            self.parts.append(Embed(frame, self.writer.cleaned(self._written(token))))
        elif token["type"] == "paragraph" and _is_plain(text := token["text"].strip(_BLANK)):
            self.proof.read(text)
            self.open.append(f"<p>{self.writer.text(text)}</p>\n")
        elif token["type"] != "blank_line":
            if token.get("style") == "setext" and _PROSE(token["text"].strip()):
                self._underlined()
            if token["type"] == "block_code" and (found := _NEARLY(_info(token))):
                place = self.ledger.place(found.group(), before=BEFORE_INFO)
                told = {"typed": found.group(), "meant": f"quote {found[1]}".strip()}
                self.ledger.fault("look-alike", place, told, "fence")
            self.open.append(self._written(token))

    def _underlined(self) -> None:
        """Tells of text that a line of `---` below it makes a heading."""
        start, end = self.ledger.block
        line = self.ledger.text[start:end].rstrip().rpartition("\n")[2].strip()
        self.ledger.fault("underlined-text", self.ledger.place(line, before="\n *"), {"line": line})

    def _frame(self, token: dict[str, Any]) -> Frame | None:
        """What a paragraph that is only an address shows."""
        if not self.hosts:
            return None
        return embeds.frame(token["text"].strip().strip("<>"), self.hosts)

    def _close(self) -> None:
        """Ends a part of HTML. Each is cleaned by itself, so that what it opens it closes."""
        written = self.writer.cleaned("".join(self.open))
        if written.strip():
            self.parts.append(written)
        self.open.clear()

    def _written(self, token: dict[str, Any]) -> str:
        return self.writer.render_token(self._inlined(token), self.state)

    def _inlined(self, token: dict[str, Any], *, quoted: bool = False) -> dict[str, Any]:
        """`token` with its text parsed, and that of its children."""
        if self.disguised:
            _undisguise(token)
        if token["type"] == "block_quote" and not quoted:
            quoted, place = True, self.ledger.place(_first_line(token), before=r">[ \t]*")
            token["attrs"] = {"place": place}
        if "children" in token:
            children = token["children"]
            token["children"] = [self._inlined(child, quoted=quoted) for child in children]
        elif "text" in token:
            text = token.pop("text").strip(_BLANK)
            paragraph = token["type"] in {"paragraph", "block_text"}
            self.proof.read(text, paragraph=paragraph, quoted=quoted)
            token["children"] = self._inlines(text)
        return token

    def _inlines(self, text: str) -> list[dict[str, Any]]:
        """The inline tokens of `text`; what would take too long is told and left as it is."""
        if _is_plain(text):
            return [{"type": "text", "raw": text}]
        variant, limit = guards.crowded(text)
        self.effort += guards.effort(text)
        if not variant and self.effort > guards.EFFORT:
            variant, limit = "emphasis", guards.EMPHASIS
        if variant:
            self.ledger.fault("too-complex", self.ledger.place(), {"limit": f"{limit:,}"}, variant)
            return [{"type": "text", "raw": text}]
        return self.md.inline(text, self.state.env)

    def _notes(self) -> str:
        """The footnotes, in the order of their first references."""
        items: list[str] = []
        env = self.state.env
        while len(items) < len(env.get("footnotes", ())):  # a note may refer to further ones
            key, index = env["footnotes"][len(items)], len(items) + 1
            written = "".join(map(self._written, blocks.note(self.state, key))).rstrip()
            items.append(self.writer.footnote(written, index))
        if not items:
            return ""
        listed = "".join(items)
        return f'<section class="footnotes" role="doc-endnotes">\n<ol>\n{listed}</ol>\n</section>\n'

    def _deep(self) -> None:
        """Tells of the first line that is nested deeper than blocks are read."""
        for words in self.state.env.get("deep", ())[:1]:
            limit = {"limit": str(self.md.block.max_nested_level)}
            place = self.ledger.place(words, before=_LEVELS)
            self.ledger.fault("too-complex", place, limit, "depth")

    def _sized(self) -> None:
        """Tells of text that references have blown up, and drops it."""
        limit = guards.GROWTH * len(self.ledger.text) + guards.BASE
        if sum(len(part) for part in self.parts if isinstance(part, str)) > limit:
            place = Location(self.ledger.path, self.ledger.line)
            self.ledger.fault("too-complex", place, {"limit": f"{limit:,}"}, "output")
            self.parts.clear()


def _info(token: dict[str, Any]) -> str:
    return str(token.get("attrs", {}).get("info", "")).strip()


def _is_closed(block: str, fence: str) -> bool:
    """Whether the fenced `block` ends with a line that closes it."""
    *within, last = block.rstrip().split("\n")
    return bool(within) and re.fullmatch(f" {{0,3}}{fence[0]}{{{len(fence)},}}", last) is not None


def _is_plain(text: str) -> bool:
    """Whether nothing in `text` is Markdown: so are two paragraphs of three."""
    return not _MARKS(text) and "://" not in text


def _first_line(token: dict[str, Any]) -> str:
    """The first line of text in `token`, as typed."""
    if "children" in token:
        return next(filter(None, map(_first_line, token["children"])), "")
    typed = str(token.get("text") or token.get("raw", ""))
    return blocks.shown(typed).strip(_BLANK).partition("\n")[0]


def _undisguise(token: dict[str, Any]) -> None:
    for part in ("text", "raw"):
        if part in token:
            token[part] = blocks.shown(token[part])
