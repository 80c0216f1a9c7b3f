"""Tokens of Markdown -> HTML; what is met on the way goes into the ledger."""

import re
from html import escape
from typing import Any

from mistune import BlockState, HTMLRenderer
from mistune.util import unescape

from sitegen import linkmarks, ruby, urls
from sitegen import text as plain_text
from sitegen.content import code, html, targets
from sitegen.content.ledger import BEFORE_INFO, Ledger
from sitegen.diagnostics.model import Location
from sitegen.model import Heading


class Writer(HTMLRenderer):
    """Writes the blocks of one document.

    An author's `#` is an `h2`, since the page's `h1` is its title, and no level is skipped. `raw`
    tells whether raw HTML was let through that has to be cleaned.
    """

    def __init__(self, ledger: Ledger, raw_html: str) -> None:
        super().__init__(escape=False)
        self.ledger, self.raw_html, self.raw = ledger, raw_html, False
        self._level = 1
        self._notes: dict[int, int] = {}  # how often each is referred to

    def render_token(self, token: dict[str, Any], state: BlockState) -> str:
        """The HTML of `token`; four of five are plain text."""
        if token["type"] == "text":
            return self.text(token["raw"])
        return super().render_token(token, state)

    def text(self, text: str) -> str:
        """Plain text, its entities decoded once; without a `;` none is one (`?a=1&copy=2`)."""
        return escape(_decoded(text), quote=False)

    # ------------------------------------------------------------ links and images

    def link(self, text: str, url: str, title: str | None = None, *, cut: bool = False) -> str:
        """A link; one that is unsafe is left as its text. A bare one may be `cut` by a letter."""
        href = self.ledger.href(url)
        if cut:
            self.ledger.fault("url-cut", self.ledger.place(url), {"url": url})
        if href is None:
            return text
        rel = ' rel="noopener"' if href.startswith(("http", "//")) else ""
        return f'<a href="{href}"{rel}{_titled(title)}>{text}</a>'

    def image(self, text: str, url: str, title: str | None = None) -> str:
        """An image; one that is unsafe is left as its alternative text."""
        alt = plain_text.plain(text)
        src = self.ledger.href(url, image=True)
        if src is None:
            return escape(alt)
        attributes = f'src="{src}" alt="{escape(alt)}"{_titled(title)}'
        return f'<img {attributes} loading="lazy" decoding="async">'

    def paragraph(self, text: str) -> str:
        """A paragraph; one that is only an image with a title is a figure with a caption."""
        found = _FIGURE(text)
        if found:
            return f"<figure>{found[1]}{found[3]}<figcaption>{found[2]}</figcaption></figure>\n"
        return f"<p>{text}</p>\n"

    def block_quote(self, text: str, place: Location | None = None) -> str:
        """A blockquote; one within another has no `place`."""
        written = str(super().block_quote(text))
        if place:
            self.ledger.blockquotes.append((written, place))
        return written

    # ------------------------------------------------------------ headings, code, tables

    def heading(self, text: str, level: int, **_attrs: Any) -> str:
        """A heading with its id, which `{#id}` at its end may set."""
        own = _OWN_ID.search(text)
        text = text[: own.start()] if own else text
        wanted = own[1] if own else urls.heading_id(plain_text.plain(text))
        name = self.ledger.anchor(wanted, explicit=bool(own))
        self._level = level = min(max(level, 2), self._level + 1)
        self.ledger.headings.append(Heading(level, name, text))
        return f'<h{level} id="{escape(name)}">{text}</h{level}>\n'

    def block_code(self, code: str, info: str | None = None) -> str:
        """A code block. A quotation comes here only from within a list or a blockquote."""
        info = info or ""
        if info.split()[:1] == ["quote"]:
            self.ledger.fault("nested-quote", self.ledger.place("quote", before=BEFORE_INFO))
            info = ""
        return _code_block(code, info)

    def codespan(self, text: str) -> str:
        """Code within a line."""
        return f"<code>{escape(text, quote=False)}</code>"

    def linebreak(self) -> str:
        """A line break that the author asked for."""
        return "<br>\n"

    def thematic_break(self) -> str:
        """A rule between two parts."""
        return "<hr>\n"

    def ruby(self, base: str, readings: list[str]) -> str:
        """A text with its reading."""
        return ruby.ruby(_decoded(base), [_decoded(reading) for reading in readings])

    def dots(self, text: str) -> str:
        """A text with dots beside its characters."""
        return ruby.dots(_decoded(text))

    def strikethrough(self, text: str) -> str:
        """What is crossed out."""
        return f"<del>{text}</del>"

    def table(self, text: str) -> str:
        """A table that scrolls within itself."""
        return f'<div class="table" tabindex="0" role="group"><table>\n{text}</table></div>\n'

    def table_head(self, text: str) -> str:
        """The head of a table."""
        return f"<thead>\n<tr>{text}</tr>\n</thead>\n"

    def table_body(self, text: str) -> str:
        """The rows of a table."""
        return f"<tbody>\n{text}</tbody>\n"

    def table_row(self, text: str) -> str:
        """One row."""
        return f"<tr>{text}</tr>\n"

    def table_cell(self, text: str, *, align: str | None = None, head: bool = False) -> str:
        """One cell, aligned by a class: the page's policy forbids inline styles."""
        tag, scope = ("th", ' scope="col"') if head else ("td", "")
        aligned = f' class="align-{align}"' if align else ""
        return f"<{tag}{scope}{aligned}>{text}</{tag}>"

    # ------------------------------------------------------------ footnotes

    def footnote_ref(self, _key: str, index: int) -> str:
        """A reference to note `index`; its id is unlike those of other posts on the page."""
        count = self._notes[index] = self._notes.get(index, 0) + 1
        note = f"{self.ledger.prefix}-{index}"
        own = escape(note if count == 1 else f"{note}-{count}")
        return (
            f'<sup class="footnote-ref"><a id="fnref-{own}" href="#{urls.href(f"fn-{note}")}" '
            f'role="doc-noteref">{index}</a></sup>'
        )

    def footnote(self, text: str, index: int) -> str:
        """Note `index`, of finished HTML, with a link back to where it was first referred to."""
        note = f"{self.ledger.prefix}-{index}"
        href = urls.href(f"fnref-{note}")
        back = f'<a href="#{href}" class="footnote-back" role="doc-backlink">↩</a>'
        text, closing = (text[:-4], "</p>") if text.endswith("</p>") else (text, "")
        return f'<li id="{escape(f"fn-{note}")}">{text} {back}{closing}</li>\n'

    # ------------------------------------------------------------ raw HTML

    def inline_html(self, raw: str) -> str:
        """A tag within a line, as far as the site's `raw_html` lets it through."""
        return self._raw(raw)

    def block_html(self, raw: str) -> str:
        """A block of tags, as far as the site's `raw_html` lets it through."""
        if self.raw_html == "escape":
            return f"<p>{escape(raw.strip(), quote=False)}</p>\n"
        if self.raw_html == "sanitize" and (begun := html.unclosed(raw)):
            told = {"dropped": begun[0], "end": begun[1]}
            self.ledger.fault("raw-html-dropped", self.ledger.place(begun[0]), told, "unclosed")
        return f"{self._raw(raw.rstrip())}\n"

    def _raw(self, raw: str) -> str:
        if self.raw_html == "escape":
            return escape(raw, quote=False)
        raw = html.settled(raw)
        for name in html.ids(raw):
            self.ledger.claim(name)
        if self.raw_html == "sanitize":
            self.raw = True
            for what in html.dropped(raw):
                place = self.ledger.place(what.strip("<>!?="), before="[<\\s!?/\"']")
                self.ledger.fault("raw-html-dropped", place, {"dropped": what})
        return raw

    def listed(self, heading: Heading) -> Heading:
        """`heading` as the contents show it: cleaned, without links and ids."""
        return Heading(heading.level, heading.id, _UNLINKED.sub("", self.cleaned(heading.html)))

    def cleaned(self, written: str) -> str:
        """`written` without what raw HTML may not bring in, its links into the site as marks."""
        return html.cleaned(written, self._attribute) if self.raw else written

    def _attribute(self, tag: str, name: str, value: str) -> str | None:
        """The value of an attribute; what we wrote ourselves is marked, encoded or a fragment."""
        if name == "cite":
            found = targets.target(value)
            return urls.encoded_once(found.href) if found else None
        if (
            (tag, name) not in {("a", "href"), ("img", "src")}
            or linkmarks.SIGN in value
            or value.startswith(("#fn-", "#fnref-"))
        ):
            return value
        return self.ledger.href(value, image=name == "src")


_OWN_ID = re.compile(r"\s*\{#([^\s{}\"<>&]+)\}\s*$")
_UNLINKED = re.compile(  # links, images, signs of notes and ids
    r'</?a\b[^>]*>|<img\b[^>]*>|<sup class="footnote-ref">.*?</sup>|\sid="[^"]*"'
)
# An image with a title that is the whole of a paragraph.
_FIGURE = re.compile(r'(<img src="[^"]*" alt="[^"]*") title="([^"]*)"([^>]*>)').fullmatch
_code_block = code.block  # `code` is a text where it is called


def _decoded(text: str) -> str:
    """`text` with the characters that its entities stand for; controls are left out."""
    return plain_text.CONTROL.sub("", unescape(text)) if "&" in text else text


def _titled(title: str | None) -> str:
    return f' title="{escape(title)}"' if title else ""
