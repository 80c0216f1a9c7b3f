"""No output holds a quoted passage without its attribution beside it."""

import json
import re
import shutil
import tempfile
from pathlib import Path
from xml.etree import ElementTree as ET

import html5lib
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from . import site_blog as blogs
from .site_blog import THOROUGH, Post

BUILDS = settings(
    deadline=None,
    max_examples=8 * THOROUGH,
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
    suppress_health_check=[HealthCheck.too_slow],
)
ATOM = "{http://www.w3.org/2005/Atom}"
WORDS = re.compile("言葉[0-9]{4}")  # every quotation holds one of its own


@st.composite
def sources(draw):
    """What a quotation may be taken from: an address, or a title with an author."""
    number = draw(st.integers(1, 40))
    kinds = ["", "news", "sns", "forum", "comment", "book", "law"]
    source = {"title": f"題名{number}", "kind": draw(st.sampled_from(kinds))}
    if draw(st.booleans()):
        source["url"] = f"https://s{number}.example.jp/a?b=1&c={number}"
    else:
        source["author"] = f"著者{number}"
    if draw(st.booleans()):
        source["site"] = f"媒体{number}"
    return {key: value for key, value in source.items() if value}


@st.composite
def posts(draw, first):
    """A post whose quotations hold the words from number `first` on, and these by their sources."""
    own, further = draw(sources()), draw(sources())
    number, quoted = first, {}

    def text(source):
        nonlocal number
        number += 1
        quoted[f"言葉{number:04}"] = source
        return f"ここに言葉{number:04}がある。"

    fields = {"title": f"記事{first}", "date": f"2025-02-{1 + first // 10:02}", "tags": ["海"]}
    fields |= {"source": own, "sources": {"ほか": further}}
    if draw(st.booleans()):
        fields["quote"] = text(own)
    else:
        each = draw(st.lists(sources(), min_size=1, max_size=3))
        fields["quotes"] = [{"text": text(one), "source": one} for one in each]
        gone = draw(
            st.sampled_from(
                [{}, {"text": "消えた", "withdrawn": "理由"}, {"image": "https://i.example.net/a"}]
            )
        )
        if gone:
            fields["quotes"].insert(0, {**gone, "source": further})
    body = "ここからは私の意見である。\n"
    for name, source in draw(st.lists(st.sampled_from([("", own), ("ほか", further)]), max_size=2)):
        body += f"\n```quote {name}\n{text(source)}\n```\n"
        body += draw(st.sampled_from(["", "\n間に一言。\n"]))
    if draw(st.booleans()):
        body = f"> {text(own)}\n\n{body}"
        quoted.popitem()  # Markdown's own blockquote: its author says beside it whose words it is
    return Post(body, **fields), quoted


@st.composite
def sites(draw):
    """A few posts, and the source of all quoted words."""
    made, quoted = {}, {}
    for place in range(draw(st.integers(1, 4))):
        post, found = draw(posts(first=place * 10))
        made[f"content/posts/2025/02/p{place}.md"] = post.text.encode()
        quoted |= found
    return made, quoted


@given(site=sites())
@BUILDS
def test_no_output_holds_quoted_words_without_their_attribution(knowing, site):
    files, quoted = site
    with tempfile.TemporaryDirectory() as temporary:
        root = Path(temporary, "site")
        blogs.write(root, {"pyproject.toml": b"", **files})
        shutil.copytree(knowing, root / ".sitegen")
        outcome = blogs.built(root)
        assert outcome.code == 0, outcome.stderr
        tree = blogs.tree(root / "output")
    seen = set()
    for path, data in tree.items():
        for scope, shown in _scopes(path, data.decode("utf-8", "replace")):
            for words in WORDS.findall(shown):
                if source := quoted.get(words):
                    seen.add(words)
                    assert _attributed(source, scope), (path, words, scope)
    assert seen == set(quoted)


def _attributed(source, scope):
    if "url" in source:
        return source["url"] in scope or source["url"].replace("&", "&amp;") in scope
    return source["title"] in scope and source["author"] in scope


def _scopes(path, text):
    """Pieces of a file with the words in each that need their source in the piece."""
    if path.endswith(".html"):
        yield from _html(text)
    elif path.endswith(".json") and '"items"' in text:
        for item in json.loads(text)["items"]:
            yield from _html(item.pop("content_html", ""))
            yield json.dumps(item, ensure_ascii=False), json.dumps(item, ensure_ascii=False)
    elif path.endswith((".xml", ".rss")):
        root = ET.fromstring(text)  # noqa: S314 -- our own
        for entry in (*root.iter(f"{ATOM}entry"), *root.iter("item")):
            for part in entry:
                if part.tag in {f"{ATOM}content", "description"}:
                    yield from _html(part.text or "")
                elif part.text:
                    yield "", part.text
    else:
        yield text, text


def _html(text):
    """Each quotation and each card by itself; whatever stands outside of them has no source."""
    tree = html5lib.parse(text, namespaceHTMLElements=False)
    yield from _within(tree)


def _within(element):
    kinds = element.get("class", "").split()
    if "quotation" in kinds or "card" in kinds:
        whole = ET.tostring(element, encoding="unicode")
        yield whole, whole
        return
    own = [element.text or "", *element.attrib.values()]
    own += [child.tail or "" for child in element]
    yield "", "\n".join(own)
    for child in element:
        if isinstance(child.tag, str):
            yield from _within(child)
