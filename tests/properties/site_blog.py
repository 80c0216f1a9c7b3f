"""A small blog that shows every feature once, what may happen to it, and how it is looked at."""

import copy
import io
import json
import os
import re
import shutil
import struct
import zlib
from collections.abc import Callable, Iterable, Iterator
from contextlib import redirect_stderr, redirect_stdout
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urldefrag, urljoin, urlsplit

import html5lib

import sitegen
from sitegen import cli, text
from sitegen.text import fold

THOROUGH = 10 if os.environ.get("SITEGEN_THOROUGH") == "1" else 1
NOW = 1_767_225_600  # 2026-01-01 in UTC
DAY = 86_400
_PACKAGE = Path(sitegen.__file__).parent
LAYOUTS = next(
    path for path in (_PACKAGE / "default_layouts", _PACKAGE.parent / "layouts") if path.is_dir()
)


def _png(width: int, height: int) -> bytes:
    """A grey picture."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        checked = kind + data
        return struct.pack(">I", len(data)) + checked + struct.pack(">I", zlib.crc32(checked))

    head = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0))
    rows = zlib.compress(b"\0" * (width + 1) * height)
    return b"\x89PNG\r\n\x1a\n" + head + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


class Post:
    """A file of Markdown as its fields and its body."""

    def __init__(self, body: str, **fields: Any) -> None:
        self.fields, self.body = fields, body

    @property
    def text(self) -> str:
        """The file."""
        lines = (
            f"{key}: {json.dumps(said, ensure_ascii=False)}\n" for key, said in self.fields.items()
        )
        return f"---\n{''.join(lines)}---\n{self.body}"


class Blog:
    """A site as it lies in its folder, and with which options it is built."""

    def __init__(self) -> None:
        self.posts = _posts()
        self.files: dict[str, bytes] = {
            "content/posts/2024/11/chart.png": _png(500, 4),
            "content/posts/2025/03/08-bundle/pic.svg": b"<svg xmlns='http://www.w3.org/2000/svg'/>",
            "content/posts/2025/03/08-bundle/data/table.csv": "年,値\n2025,1\n".encode(),
            "content/static/favicon.ico": b"\0\0\1\0",
            "content/static/lead.svg": b"<svg viewBox='0 0 40 30'/>",
            "content/static/.well-known/security.txt": b"Contact: mailto:a@example.org\n",
        }
        self.config: dict[str, Any] = {
            "title": "引用と論評",
            "base_url": "https://example.org/blog/",
            "author": "編集部A",
            "per_page": 3,
            "description": "引用して論じる",
            "menu": [{"name": "タグ", "url": "/tags/"}, {"name": "紹介", "url": "/about/"}],
            "feed": {"items": 4, "hub": "https://hub.example/", "paths": {"/feed/": "rss"}},
            "news_sitemap": True,
            "llms": True,
            "embeds": ["youtube.com", "x.com"],
            "tags": {"AI": {"description": "人工知能", "same": ["人工知能"], "feed": True}},
            "sources": {"jp.yna.co.kr": {"site": "聯合ニュース", "kind": "news"}},
            "redirects": {"/old-about/": "/about/"},
        }
        self.now, self.drafts, self.future = NOW, False, False
        self.damage: list[Callable[[Path], None]] = []  # what happens to what was built

    def texts(self) -> dict[str, bytes]:
        """Every file of the site's folder by its path."""
        posts = {
            path: post.text.encode("utf-8", "surrogatepass") for path, post in self.posts.items()
        }
        return {**posts, **self.files, "pyproject.toml": toml(self.config).encode()}

    def copy(self) -> "Blog":
        """The same blog, to be changed."""
        return copy.deepcopy(self)


def toml(config: dict[str, Any]) -> str:
    """`config` as [tool.sitegen] of a pyproject.toml."""
    return "[tool.sitegen]\n" + "".join(f"{key} = {_toml(said)}\n" for key, said in config.items())


def _toml(value: Any) -> str:
    if isinstance(value, dict):
        inner = (
            f"{json.dumps(key, ensure_ascii=False)} = {_toml(part)}" for key, part in value.items()
        )
        return "{" + ", ".join(inner) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(_toml, value)) + "]"
    return json.dumps(value, ensure_ascii=False)


def _source(number: int, host: str = "jp.yna.co.kr", **more: str) -> dict[str, str]:
    return {"url": f"https://{host}/view/{number}", "title": f"題名その{number}", **more}


def _posts() -> dict[str, Post]:
    return {
        "content/posts/2024/11/03-night.md": Post(
            "夜の条例について論じる。![図](chart.png) [次](../../2024-12-24-law.md)を見よ。\n",
            title="夜の条例",
            tags=["AI", "半導体"],
            source=_source(1),
            quote="一行目の引用。\n二行目の引用。",
        ),
        "content/posts/2024-12-24-law.md": Post(
            "法を読む。\n\n## 見出し\n\n本文。[先頭](#見出し) [引用](#quote-1)\n",
            title="法を読む",
            image={"file": "/lead.svg", "alt": "秤"},
            tags=["半導体"],
            author=["編集部B"],
            source=_source(2, "elaws.e-gov.go.jp", kind="law", locator="第3条"),
            quote={
                "text": "第三条　何人も、…〔中略〕…。\n\n二段落目\n続き〔以下略〕",
                "emphasis": "ours",
            },
            aliases=["/law/", "/2019/old-law.html"],
        ),
        "content/posts/2025/01/05-cpp.md": Post(
            "言語の話。`code`\n\n```python\nprint('<b>')\n```\n\n脚注[^1]\n\n[^1]: 注です。\n",
            title="C++ と C# の話",
            tags=["C++", "C#"],
            source=_source(3, "isocpp.org", lang="en"),
            quote={"text": "Templates are fun.", "translation": "テンプレートは楽しい。"},
            slug="cpp",
        ),
        "content/posts/2025/01/20-two.md": Post(
            "二つの引用。\n\n```quote 別の\n囲みの引用。\n```\n\n続き。[C++](05-cpp.md)へ。\n",
            title="二つの引用",
            tags=["ai", "C++"],
            sources={"別の": _source(4, "example.com")},
            quotes=[
                {"text": "甲の言葉。", "source": _source(5)},
                {"text": "乙の言葉。", "source": _source(6, "example.net", site="乙紙")},
            ],
            via={"name": "速報", "url": "https://twitter.com/x/status/1"},
        ),
        "content/posts/2025/02/04-horizon.md": Post(
            "共同研究。[夜](../../2024/11/03-night.md) [紹介](/about/) [外](https://example.com/?a=1&b=2)\n\nhttps://youtu.be/a-B_3456789\n",
            title="韓国、共同研究を提案",
            date="2025-02-04 21:00",
            tags=["韓国", "人工知能"],
            source=_source(7),
            quote="【ソウル聯合ニュース】韓国の相。\n[全文は引用元へ…]",
        ),
        "content/posts/2025/03/08-bundle/index.md": Post(
            "束。![絵](pic.svg) [表](data/table.csv)\n\n| a | b |\n| - | -: |\n| 1 | 2 |\n",
            title="束の記事",
            tags=["韓国"],
            image={"file": "pic.svg", "alt": "絵"},
            source=_source(8),
            quote="束の引用。",
        ),
        "content/posts/2025/04/01-withdrawn.md": Post(
            "もとの本文。\n",
            title="取り下げた記事",
            tags=["AI"],
            source=_source(9),
            quote="取り下げた引用。",
            withdrawn="誤報だったため",
        ),
        "content/posts/2025/05/05-exact.md": Post(
            "正確な URL。<mark>印</mark>と<span class='x'>範囲</span>。\n",
            title="正確な場所",
            url="/archives/12345.html",
            tags=["韓国", "法"],
            source="https://example.com/plain",
            quote="正確。",
            lint={"ignore": ["source-title-missing"], "reason": "題名がない"},
        ),
        "content/posts/2025/06/10-corrected.md": Post(
            "訂正のある記事。\n",
            title="訂正の記事",
            tags=["法"],
            source=_source(
                10, archive="https://web.archive.org/web/2025/https://jp.yna.co.kr/view/10"
            ),
            quote="訂正。",
            updates=[
                {
                    "date": "2025-06-11",
                    "kind": "correction",
                    "text": "数字を[直した](../02/04-horizon.md)。",
                },
                {"date": "2025-07-01", "kind": "addition", "text": "その後の話。"},
            ],
            extra={"series": "連載", "parts": ["上", "下"]},
        ),
        "content/posts/2025/07/07-日本語の名前.md": Post(
            "日本語の名前。[訂正](../06/10-corrected.md#quote-1)\n\n<!-- more -->\n\n続き。\n",
            title="日本語の名前",
            tags=["AI"],
            author="編集部B",
            source=_source(11),
            quote="名前。",
        ),
        "content/posts/2025/08/01-draft.md": Post(
            "下書き。\n",
            title="ヒミツノシタガキ",
            tags=["秘密のタグ"],
            source=_source(12, "draft.example"),
            quote="下書きの引用。",
            draft=True,
        ),
        "content/posts/2026/02/01-future.md": Post(
            "予約。\n",
            title="ヒミツノヨヤク",
            tags=["未来のタグ"],
            source=_source(13, "future.example"),
            quote="予約の引用。",
        ),
        "content/posts/2025/09/15-last.md": Post(
            "最後。[法](../../2024-12-24-law.md#見出し)\n",
            title="最後の記事",
            tags=["AI", "法"],
            source=_source(14, "example.net"),
            quote="最後の引用。",
        ),
        "content/pages/about.md": Post("紹介。[夜](../posts/2024/11/03-night.md)\n", title="紹介"),
    }


# ---------------------------------------------------------------- what may happen


Edit = tuple[str, int, int]


def apply(blog: Blog, edits: Iterable[Edit]) -> Blog:
    """`blog` after `edits`, each a name of `EDITS`, which post it concerns and a choice."""
    changed = blog.copy()
    changed.damage = []
    for name, which, choice in edits:
        EDITS[name](changed, which, choice)
    return changed


def _pick(found: Iterable[str], which: int) -> str:
    names = sorted(found)
    return names[which % len(names)]


def _sets(key: str, *values: Any) -> Callable[[Blog, int, int], None]:
    """An edit that gives a post's `key` one of `values`; None takes it away."""

    def edit(blog: Blog, which: int, choice: int) -> None:
        fields = blog.posts[_pick(blog.posts, which)].fields
        value = values[choice % len(values)]
        fields.pop(key, None)
        if value is not None:
            fields[key] = value

    return edit


def _configures(key: str, *values: Any) -> Callable[[Blog, int, int], None]:
    def edit(blog: Blog, _which: int, choice: int) -> None:
        value = values[choice % len(values)]
        blog.config.pop(key, None)
        if value is not None:
            blog.config[key] = value

    return edit


def _writes(path: str, *values: str | None) -> Callable[[Blog, int, int], None]:
    """An edit that gives the file at `path` one of `values`; None takes it away."""

    def edit(blog: Blog, _which: int, choice: int) -> None:
        value = values[choice % len(values)]
        blog.files.pop(path, None)
        if value is not None:
            blog.files[path] = value.encode()

    return edit


def _body(blog: Blog, which: int, choice: int) -> None:
    blog.posts[_pick(blog.posts, which)].body += f"\n書き足し{choice % 3}。\n"


def _same_length(blog: Blog, which: int, _choice: int) -> None:
    post = blog.posts[_pick(blog.posts, which)]
    post.body = post.body.translate(str.maketrans("。、", "、。"))


def _link(blog: Blog, which: int, choice: int) -> None:
    path, other = _pick(blog.posts, which), _pick(blog.posts, choice)
    blog.posts[path].body += f"\n[先]({os.path.relpath(other, Path(path).parent)})\n"


def _anchor(blog: Blog, which: int, choice: int) -> None:
    path, other = _pick(blog.posts, which), _pick(blog.posts, choice)
    blog.posts[path].body += f"\n[先]({os.path.relpath(other, Path(path).parent)}#quote-1)\n"


def _photograph(blog: Blog, _which: int, choice: int) -> None:
    """A picture of which there are copies becomes another, or is too small for them."""
    blog.files["content/posts/2024/11/chart.png"] = _png(*((970, 4), (500, 5), (40, 5))[choice % 3])


def _embedded(blog: Blog, which: int, choice: int) -> None:
    address = ("https://youtu.be/0123456789a", "https://x.com/minato/status/1")[choice % 2]
    blog.posts[_pick(blog.posts, which)].body += f"\n{address}\n"


def _unlinked(blog: Blog, which: int, _choice: int) -> None:
    blog.posts[_pick(blog.posts, which)].body = "リンクのない本文。\n"


def _delete(blog: Blog, which: int, _choice: int) -> None:
    if len(blog.posts) > 2:
        del blog.posts[_pick(blog.posts, which)]


def _add(blog: Blog, which: int, choice: int) -> None:
    path = f"content/posts/202{3 + which % 3}/0{1 + choice % 9}/1{which % 9}-new.md"
    blog.posts[path] = Post(
        "新しい本文。\n",
        title=f"新しい記事{choice}",
        tags=[_TAGS[choice % len(_TAGS)]],
        source=_source(100 + choice, f"host{which % 3}.example"),
        quote=f"新しい引用{which}。",
    )


_TAGS = ("AI", "ＡＩ", "法", "新しいタグ", "韓国", "tags", "page", "😀")


def _rename(blog: Blog, which: int, choice: int) -> None:
    path = _pick(blog.posts, which)
    folder, _, _ = path.rpartition("/")
    if path.endswith("/index.md") or path.startswith("content/pages/"):
        return
    new = (f"{folder}/2{choice % 9}-renamed.md", f"content/posts/2025-08-1{choice % 9}-moved.md")[
        choice % 2
    ]
    blog.posts[new] = blog.posts.pop(path)


def _bundled(blog: Blog, which: int, _choice: int) -> None:
    """A post becomes a bundle."""
    path = _pick(blog.posts, which)
    if path.endswith("/index.md") or not path.startswith("content/posts/"):
        return
    blog.posts[f"{path.removesuffix('.md')}/index.md"] = blog.posts.pop(path)


def _broken(blog: Blog, which: int, choice: int) -> None:
    post = blog.posts[_pick(blog.posts, which)]
    if choice % 3 == 0:
        post.body += "\n[なし](nowhere.md)\n"
    elif choice % 3 == 1:
        post.fields["soruce"] = "x"
    else:
        post.fields["date"] = "2025-02-30"


def _page(blog: Blog, which: int, choice: int) -> None:
    path = f"content/pages/{('policy', 'deep/er', 'about')[which % 3]}.md"
    if choice % 4 == 0:
        blog.posts.pop(path, None)
    else:
        blog.posts[path] = Post(f"方針{choice % 3}。[タグ](/tags/)\n", title=f"方針{choice % 2}")


def _file(blog: Blog, which: int, choice: int) -> None:
    """A file beside posts comes, changes or goes."""
    path = _pick(["content/posts/2025/02/04-new.png", *blog.files], which)
    if choice % 3 == 0:
        blog.files.pop(path, None)
    else:
        blog.files[path] = b"x" * (choice % 3)


def _by_hand(blog: Blog, which: int, choice: int) -> None:
    """Somebody changes, empties or deletes one of our files, or a bit of the cache."""

    def damage(root: Path) -> None:
        found = sorted(
            path
            for path in (root / "output").rglob("*")
            if path.is_file() and path.name != ".sitegen"
        )
        if not found:
            return
        victim = found[(which * 31) % len(found)]
        if choice % 3 == 0:
            victim.unlink()
        else:
            data = victim.read_bytes()
            victim.write_bytes(data[::-1] if choice % 3 == 1 else data + b" ")

    blog.damage.append(damage)


def _cleared(blog: Blog, _which: int, choice: int) -> None:
    name = (".sitegen", "output", ".sitegen/index")[choice % 3]

    def damage(root: Path) -> None:
        path = root / name
        shutil.rmtree(path) if path.is_dir() else path.unlink(missing_ok=True)

    blog.damage.append(damage)


def _touched(blog: Blog, _which: int, choice: int) -> None:
    def damage(root: Path) -> None:
        for path in sorted(root.rglob("*")):
            if path.is_file() and ".sitegen" not in path.parts:
                os.utime(path, (choice, choice))

    blog.damage.append(damage)


def _time(blog: Blog, which: int, choice: int) -> None:
    blog.now = NOW + (0, 60 * DAY, -200 * DAY, -330 * DAY, -327 * DAY)[choice % 5]
    blog.drafts, blog.future = which % 4 == 1, which % 4 == 2


_FLAGS = (True, False)
_OWN_POST = (
    '{% extends "default/post.html" %}'
    '{% block head %}<meta name="x" content="{{ page.kind }}">{% endblock %}'
)
EDITS: dict[str, Callable[[Blog, int, int], None]] = {
    "title": _sets("title", "新しい題名", "別の題名", "A & <B> \"C\" 'D'"),
    "tags": _sets("tags", ["AI"], ["ＡＩ", "法"], [], ["C"], ["c++", "新タグ"], None),
    "slug": _sets("slug", "new-slug", "日本語", None),
    "date": _sets("date", "2025-01-20", "2024-11-03 09:00", "2027-01-01", "2025-09-15T00:00:00Z"),
    "draft": _sets("draft", *_FLAGS, None),
    "withdrawn": _sets("withdrawn", "事情により", "別の事情", None),
    "body": _body,
    "same-length": _same_length,
    "quote": _sets(
        "quote",
        "新しい引用。",
        "引用\n二行\n\n〔中略〕\n段落〔以下略〕",
        {"text": "下げ", "withdrawn": "先方の求め"},
    ),
    "source": _sets(
        "source", _source(1), _source(50, "new.example", site="新紙"), "https://example.com/plain"
    ),
    "via": _sets("via", "経由", {"name": "別", "url": "https://example.com/via"}, None),
    "author": _sets("author", "編集部B", ["甲", "乙"], None),
    "summary": _sets("summary", "手書きの要約。", "別の要約。", None),
    "alias": _sets("aliases", ["/law/"], ["/a/", "/b.html"], ["/2025/"], None),
    "url": _sets("url", "/exact/", "/exact/below/", "/exact.html", "/", None),
    "updates": _sets(
        "updates", [{"date": "2025-12-01", "kind": "addition", "text": "追記*だ*。"}], None
    ),
    "extra": _sets("extra", {"k": "v"}, {"k": ["a", {"b": "c"}]}, None),
    "layout": _sets("layout", "special", "post", None),
    "link": _link,
    "anchor": _anchor,
    "unlinked": _unlinked,
    "delete": _delete,
    "add": _add,
    "rename": _rename,
    "bundle": _bundled,
    "break": _broken,
    "page": _page,
    "file": _file,
    "by-hand": _by_hand,
    "cleared": _cleared,
    "touched": _touched,
    "time": _time,
    "per-page": _configures("per_page", 2, 3, 4, 20),
    "site-title": _configures("title", "新しい名のブログ", "引用と論評"),
    "base-url": _configures(
        "base_url",
        "https://example.org/",
        "https://例え.jp/ブログ/",
        None,
        "http://localhost:8000/x/",
    ),
    "description": _configures("description", "別の説明", None),
    "site-author": _configures("author", "編集長", None),
    "menu": _configures(
        "menu",
        [{"name": "月", "url": "/archive/"}],
        [{"name": "外", "url": "https://example.com/"}],
        None,
    ),
    "footer": _configures("footer", [{"name": "紹介", "url": "/"}], None),
    "tag-table": _configures(
        "tags",
        {"AI": {"slug": "jinkou-chinou", "same": ["人工知能"]}},
        {"法": {"description": "法律", "slug": "hou"}, "韓国": {"same": ["半導体"]}},
        None,
    ),
    "source-table": _configures(
        "sources", {"jp.yna.co.kr": {"site": "ヨナプ"}}, {"example.net": {"site": "乙"}}, None
    ),
    "author-table": _configures(
        "authors",
        {"編集部A": {"slug": "a", "bio": "甲"}, "編集部B": {"url": "https://b.example/"}},
        None,
    ),
    "redirects": _configures("redirects", {"/gone/": "https://example.com/", "/x.html": "/"}, None),
    "feed": _configures(
        "feed",
        {"items": 2, "paths": {"/index.rdf": "rss", "/a.xml": "atom", "/f": "json"}},
        {"content": "summary", "hub": "https://hub.example.net/"},
        None,
    ),
    "embeds": _configures("embeds", ["youtube.com"], ["x.com"], None),
    "embedded": _embedded,
    "llms": _configures("llms", *reversed(_FLAGS)),
    "news": _configures("news_sitemap", *reversed(_FLAGS)),
    "language": _configures("language", "en", "ja"),
    "permalink": _configures("permalink", "/{year}/{month}/{day}/{slug}/", "/{slug}.html", None),
    "timezone": _configures("timezone", "America/New_York", "UTC", None),
    "raw-html": _configures("raw_html", "escape", "trust", None),
    "csp": _configures("csp", "off", "default-src 'self'", None),
    "site-extra": _configures("extra", {"note": "注", "number": 3}, None),
    "rules": _configures(
        "rules", {"broken-link": "warning", "unused-file": "off"}, {"unused-file": "error"}, None
    ),
    "bad-config": _configures("per_pages", 3, None),
    "own-post": _writes("layouts/post.html", _OWN_POST, _OWN_POST.replace("kind", "url"), None),
    "own-special": _writes("layouts/special.html", _OWN_POST, None),
    "own-listing": _writes(
        "layouts/tag.html",
        '{% extends "default/tag.html" %}{% block about %}札{% endblock %}',
        None,
    ),
    "hook": _writes(
        "layouts/head.html", '<meta name="hook" content="{{ config.title }}">', "", None
    ),
    "hook-inside": _writes(
        "layouts/after-editorial.html", "<p>広告</p>", "<p>{{ page.post.title }}</p>", None
    ),
    "included": _writes(
        "layouts/body-end.html", '{% include "own/inner.html" %}', "<!-- 終 -->", None
    ),
    "inner": _writes("layouts/own/inner.html", "内", "内側{{ strings.home }}", None),
    "strings": _writes(
        "layouts/strings/ja.toml", 'home = "我が家"\n', 'skip = "本文へ飛ぶ"\n', None
    ),
    "style": _writes("layouts/static/style.css", "body{}", None),
    "style-2": _writes("content/static/style.css", "p{}", None),
    "static": _writes("content/static/robots-extra.txt", "a", "bb", None),
    "picture": _writes(
        "content/posts/2025/03/08-bundle/pic.svg",
        "<svg viewBox='0 0 4 3'/>",
        "<svg viewBox='0 0 8 3'/>",
    ),
    "photograph": _photograph,
    "lead-picture": _writes(
        "content/static/lead.svg", "<svg viewBox='0 0 9 9'/>", "<svg viewBox='0 0 9 8'/>"
    ),
    "static-clash": _writes("content/static/about/index.html", "x", None),
    "bad-layout": _writes("layouts/footer.html", "{{ nobody }}", "{% if %}", None),
}


# ---------------------------------------------------------------- on the disk


def write(root: Path, texts: dict[str, bytes], before: dict[str, bytes] | None = None) -> None:
    """Makes `root` hold `texts`, where it held `before`; what has not changed is left alone."""
    before = before or {}
    for path in before:
        if path not in texts:
            (root / path).unlink()
            _prune(root, root / path)
    for path, data in texts.items():
        if before.get(path) == data:
            continue
        file = root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        if len(data) % 2 or path not in before:
            file.write_bytes(data)
        else:  # as editors do that save in one step
            draft = file.with_name(f"{file.name}~")
            draft.write_bytes(data)
            draft.replace(file)


def _prune(root: Path, path: Path) -> None:
    folder = path.parent
    while folder != root and not any(folder.iterdir()):
        folder.rmdir()
        folder = folder.parent


class Outcome:
    """What a run of the command line came to, as it tells programs."""

    def __init__(self, code: int, stdout: str, stderr: str) -> None:
        self.code, self.stderr = code, stderr
        document = json.loads(stdout) if stdout else {"result": {}, "diagnostics": []}
        self.result, self.faults = document["result"], document["diagnostics"]

    @property
    def codes(self) -> list[str]:
        """The codes of all faults."""
        return [fault["code"] for fault in self.faults]

    @property
    def written(self) -> tuple[int, int]:
        """How many files were put in place, and how many taken away."""
        return self.result["rendered"], self.result["removed"]


def run(*arguments: str) -> Outcome:
    """What the command line comes to in this process; an exception of ours goes through."""
    stdout, stderr = io.StringIO(), io.StringIO()
    with redirect_stdout(stdout), redirect_stderr(stderr):
        try:
            cli.main(arguments)
        except SystemExit as end:
            code = int(end.code or 0)
    return Outcome(code, stdout.getvalue(), stderr.getvalue())


def built(root: Path, blog: Blog | None = None, command: str = "build", jobs: int = 1) -> Outcome:
    """What a build of `blog`, which lies in `root`, comes to."""
    blog = blog or Blog()
    now = datetime.fromtimestamp(blog.now, UTC).isoformat()
    shown = (["--drafts"] if blog.drafts else []) + (["--future"] if blog.future else [])
    return run(
        command, "-C", str(root), "--now", now, "--jobs", str(jobs), "--format", "json", *shown
    )


def tree(folder: Path) -> dict[str, bytes]:
    """The bytes of every file below `folder`, by path."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }


def stats(folder: Path) -> dict[str, tuple[int, int, int]]:
    """What tells that a file was left alone: inode, time of change, size."""
    seen = {path.relative_to(folder).as_posix(): path.lstat() for path in folder.rglob("*")}
    return {path: (one.st_ino, one.st_mtime_ns, one.st_size) for path, one in seen.items()}


def differences(one: dict[str, bytes], other: dict[str, bytes]) -> list[str]:
    """The paths at which two trees are not the same."""
    return sorted(path for path in one.keys() | other.keys() if one.get(path) != other.get(path))


# ---------------------------------------------------------------- places


def misplaced(root: Path, outcome: Outcome) -> list[str]:
    """The places of faults that do not lie inside their files."""
    places = [place for fault in outcome.faults for place in (fault, *fault["others"])]
    return [wrong for place in places if "line" in place and (wrong := _misplaced(root, place))]


def _misplaced(root: Path, place: dict[str, Any]) -> str:
    """What is wrong with a place, "" if it lies inside its file."""
    path, line, column = place["file"], place["line"], place["column"]
    folder = LAYOUTS if path.startswith("default/") else root
    file = folder / path.removeprefix("default/")
    if not file.is_file():
        return f"{path}: no such file"
    content = file.read_bytes().decode("utf-8", "replace")
    if file.suffix == ".md":  # other files have the lines that TOML and Jinja2 count
        content = text.normalised(content)
    lines = re.split("\r\n|\r|\n", content)
    if not (1 <= line <= len(lines) and place["end_line"] == line):
        return f"{path}:{line}: the file has {len(lines)} lines"
    length = len(lines[line - 1])
    if not 1 <= column <= place["end_column"] <= length + 2:
        return f"{path}:{line}:{column}-{place['end_column']}: the line has {length} characters"
    return ""


# ---------------------------------------------------------------- links


def dead_links(tree: dict[str, bytes], base: str, origin: str) -> list[str]:
    """The links of every page and feed of `tree` that lead to nothing.

    `base` is the URL of the site's root, decoded; `origin` is "" without a base URL.
    """
    home = (origin or "https://nowhere.invalid") + base
    pages = {
        path: html5lib.parse(data, treebuilder="etree", namespaceHTMLElements=False)
        for path, data in tree.items()
        if path.endswith(".html")
    }
    anchors = {
        path: {found.get("id") for found in page.iter() if found.get("id")}
        for path, page in pages.items()
    }
    own = {path: urljoin(home, path.removesuffix("index.html")) for path in pages}
    links = [(path, target) for path, page in pages.items() for target in _targets(page)]
    links += _listed(tree)
    found = ((path, target, urljoin(own.get(path, home), target)) for path, target in links)
    return [
        f"{path}: {target} ({reason})"
        for path, target, url in found
        if (reason := _dead(url, home, tree, anchors))
    ]


def _targets(page: Any) -> Iterator[str]:
    for element in page.iter():
        for name in ("href", "src", "cite", "data", "poster", "action"):
            target = element.get(name)
            if target is not None:
                yield target
        if element.tag == "meta" and element.get("http-equiv") == "refresh":
            yield element.get("content", "").partition("url=")[2]
        for part in (element.get("srcset") or "").split(","):
            if part.strip():
                yield part.split()[0]


def _listed(tree: dict[str, bytes]) -> Iterator[tuple[str, str]]:
    """The addresses in feeds, the sitemap and the lists of redirects."""
    for path, data in tree.items():
        if path.endswith(".xml"):
            root = html5lib.parse(data, treebuilder="etree", namespaceHTMLElements=False)
            for element in root.iter():
                if element.tag == "link" and element.get("href"):
                    yield path, element.get("href")
                if element.tag == "loc" and element.text:
                    yield path, element.text
        elif path == "feed.json":
            feed = json.loads(data)
            yield from ((path, feed[key]) for key in ("home_page_url", "feed_url") if key in feed)
            yield from ((path, item["url"]) for item in feed["items"] if "url" in item)
        elif path == "_redirects":
            yield from (
                (path, line.split()[1]) for line in data.decode().split("\n") if line.strip()
            )


def _dead(url: str, home: str, tree: dict[str, bytes], anchors: dict[str, set[str]]) -> str:
    """Why `url` leads to nothing, "" if it leads to an output or out of the site."""
    address, fragment = urldefrag(url)
    parts, ours = urlsplit(address), urlsplit(home)
    if parts.scheme not in {"http", "https"} or parts.netloc != ours.netloc:
        return "" if parts.scheme in {"http", "https", "mailto"} else f"scheme {parts.scheme}"
    path = unquote(parts.path)
    if not path.startswith(unquote(ours.path)):
        return "outside the base path"
    path = path[len(unquote(ours.path)) :]
    path = f"{path}index.html" if not path or path.endswith("/") else path
    if path not in tree:
        return "no such output"
    name = unquote(fragment)
    if (
        name
        and name != "top"
        and not name.startswith(":~:")
        and name not in anchors.get(path, set())
    ):
        return "no such anchor"
    return ""


def clashes(paths: Iterable[str]) -> list[str]:
    """The paths that leave the output, or that are another's without case and Unicode form."""
    found, wrong = dict[str, str](), []
    for path in paths:
        parts = path.split("/")
        if path.startswith("/") or any(part in {"", ".", ".."} for part in parts):
            wrong.append(path)
        other = found.setdefault(fold(path), path)
        if other != path:
            wrong.append(f"{other} = {path}")
    return wrong


def base_of(blog: Blog) -> tuple[str, str]:
    """The path below which `blog` lives, and its origin."""
    address = blog.config.get("base_url", "")
    parts = urlsplit(address)
    return unquote(parts.path) or "/", f"{parts.scheme}://{parts.netloc}" if address else ""
