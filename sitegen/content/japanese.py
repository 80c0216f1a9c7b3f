"""What Japanese needs of Markdown beside emphasis: ruby, dots, bare URLs and joined lines."""

import re
from collections.abc import Iterator
from typing import Any

from mistune import InlineParser, InlineState, Markdown
from mistune.util import unescape

from sitegen import ruby as readings
from sitegen.content import emphasis

Token = dict[str, Any]


def japanese(md: Markdown) -> None:
    """A plugin: ruby (`｜漢字《かんじ》`, `{漢字|かんじ}`), dots (`《《点》》`), bare URLs."""
    register = md.inline.register
    register("dotted", readings.DOTS.pattern, _dots, before="link", start_chars="《")
    register("rubied", readings.RUBY.pattern, _ruby, before="link", start_chars=["｜", "|", "{"])
    register("bare_url", _URL, _bare_url, before="link", start_chars=["h", "H"])


# ---------------------------------------------------------------- ruby and dots


def _ruby(_inline: InlineParser, found: re.Match[str], state: InlineState) -> int:
    base, said = readings.base_and_readings(found)
    state.append_token({"type": "ruby", "raw": base, "attrs": {"readings": said}})
    return found.end()


def _dots(_inline: InlineParser, found: re.Match[str], state: InlineState) -> int:
    state.append_token({"type": "dots", "raw": found["dots"]})
    return found.end()


# ---------------------------------------------------------------- bare URLs

# A telephone begins a sentence with a capital: Https://.
_URL = r"[Hh][Tt]{2}[Pp][Ss]?://(?:[A-Za-z0-9]|\[[0-9A-Fa-f:.]+\])"
_ADDRESS = re.compile(r"[A-Za-z]+://[A-Za-z0-9\-._~%!$&'()*+,;=:@/?#\[\]]+")
_TRAILING = ".,:;!?'\"*_~"


def _bare_url(_inline: InlineParser, found: re.Match[str], state: InlineState) -> int:
    """A link to the ASCII that follows: Japanese has no blank before or behind a URL."""
    match = _ADDRESS.match(state.src, found.start())
    url = _cut(match.group() if match else found.group())
    end = found.start() + len(url)
    if state.in_link:
        state.append_token({"type": "text", "raw": url, "_emphasis": False})
        return end
    token: Token = {
        "type": "link",
        "children": [{"type": "text", "raw": url, "_emphasis": False}],
        "attrs": {"url": unescape(url)},
        "_autolink": url,
    }
    if match and end == match.end() and state.src[end : end + 1].isalpha():
        token["attrs"]["cut"] = True
    state.append_token(token)
    return end


def _cut(address: str) -> str:
    """`address` up to its first bracket that closes nothing, without punctuation at its end."""
    depths = {")": 0, "]": 0}
    for position, character in enumerate(address):
        if character in "([":
            depths[")" if character == "(" else "]"] += 1
        elif character in depths:
            depths[character] -= 1
            if depths[character] < 0:
                address = address[:position]
                break
    return address.rstrip(_TRAILING)


# ---------------------------------------------------------------- line breaks


def joined(tokens: list[Token]) -> list[Token]:
    """`tokens` without the line breaks at which CJK text goes on; those of lists in text stay.

    Browsers draw a blank for a newline between kana or kanji. Korean and Latin need that blank.
    """
    before, waiting = "", list[Token]()
    for leaf in _leaves(tokens):
        shown = _VISIBLE.get(leaf["type"], "")
        text = str(leaf["raw"]) if shown is None else shown
        if waiting and text:
            _settle(waiting, before, text)
        if leaf["type"] == "softbreak":
            waiting.append(leaf)
        before = _last(text) or before
    _settle(waiting, before, "")
    return _without_joins(tokens)


# What a token shows; its own text where that is None. Notes and tags are looked through.
_VISIBLE = {"text": None, "codespan": None, "ruby": None, "dots": None, "image": "\ufffc"}


def _leaves(tokens: list[Token]) -> Iterator[Token]:
    """Every token without children; an image is one, whose text is a text of its own."""
    for token in tokens:
        if token["type"] == "image":
            token["children"] = joined(token["children"])
            yield token
        elif "children" in token:
            yield from _leaves(token["children"])
        else:
            yield token


def _settle(breaks: list[Token], before: str, after: str) -> None:
    """Makes of `breaks`, between which nothing is seen, what the texts around them ask for."""
    near = (before, after[:1])
    japanese = any(sign and emphasis.is_cjk(sign) and not _KOREAN(sign) for sign in near)
    for token in breaks:
        token["type"] = "joined" if japanese else "softbreak"
    if breaks and _ITEM(after):
        breaks[-1]["type"] = "linebreak"
    breaks.clear()


def _last(text: str) -> str:
    """The last character of `text` that is no variation selector."""
    last = text[-1:]
    return last if last < "\ufe00" else text.rstrip(_SELECTORS)[-1:] or last


def _without_joins(tokens: list[Token]) -> list[Token]:
    kept = [token for token in tokens if token["type"] != "joined"]
    for token in kept:
        if "children" in token:
            token["children"] = _without_joins(token["children"])
    return kept


_SELECTORS = "".join(map(chr, [*range(0xFE00, 0xFE10), *range(0xE0100, 0xE01F0)]))
_ITEM = re.compile(  # what begins an item of a list that is written as text, or a paragraph
    r"　|[・･•‣◦●○◎◉◆◇■□▪▫▲△▼▽▶▷►▸★☆※→⇒✓✔☑☐]|＊(?!＊)"
    r"|[\u2460-\u24ff\u2776-\u2793\u3220-\u3229\u3251-\u325f\u3280-\u3289\u32b1-\u32bf\u32d0-\u32fe]"
    r"|[（(〔［【](?:[0-9０-９]{1,3}|[一二三四五六七八九十]{1,3}|[ivxIVX]{1,4}|[A-Za-zＡ-Ｚａ-ｚあ-んア-ン])"
    r"[）)〕］】]|[\u2160-\u217f]{1,2}[.．、）)　]"
    r"|[０-９]{1,3}[.．)）、](?![0-9０-９])|[0-9]{1,3}[．）、](?![0-9０-９])"
).match
_KOREAN = re.compile(  # Script=Hangul, and the won signs
    "[\u1100-\u11ff\u20a9\u302e\u302f\u3130-\u318f\u3200-\u321e\u3260-\u327e\ua960-\ua97c"
    "\uac00-\ud7fb\uffa0-\uffdc\uffe6]"
).match
