"""Every link inside leads to an output; no two outputs share a path; nothing held shows."""

import shutil
import tempfile
import unicodedata
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, assume, given, settings
from hypothesis import strategies as st

from . import site_blog as blogs
from .site_blog import EDITS, THOROUGH, Blog, Post

HARMLESS = sorted(
    EDITS.keys()
    - {"break", "bad-config", "bad-layout", "static-clash"}
    - {"by-hand", "cleared", "touched", "rules", "time"}
)
EDIT = st.tuples(st.sampled_from(HARMLESS), st.integers(0, 15), st.integers(0, 8))
BUILDS = settings(
    deadline=None,
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
)
ADDRESSES = [
    None,
    "https://example.org/",
    "https://example.org/blog/",
    "https://例え.jp/日本%20語/",
]


def tree_of(knowing, blog):
    """The outcome and the tree of a first build of `blog`."""
    with tempfile.TemporaryDirectory() as temporary:
        root = Path(temporary, "site")
        blogs.write(root, blog.texts())
        shutil.copytree(knowing, root / ".sitegen")
        outcome = blogs.built(root, blog)
        return outcome, blogs.tree(root / "output")


@pytest.mark.parametrize("address", ADDRESSES)
def test_every_link_of_the_blog_leads_to_an_output(knowing, address):
    blog = Blog()
    blog.config["base_url"] = address or ""
    outcome, tree = tree_of(knowing, blog)
    assert outcome.code == 0, outcome.stderr
    assert blogs.dead_links(tree, *blogs.base_of(blog)) == []


@settings(BUILDS, max_examples=8 * THOROUGH)
@given(edits=st.lists(EDIT, min_size=1, max_size=5))
def test_after_any_edits_every_link_leads_to_an_output(knowing, edits):
    blog = blogs.apply(Blog(), edits)
    outcome, tree = tree_of(knowing, blog)
    assume(outcome.code == 0)
    assert blogs.dead_links(tree, *blogs.base_of(blog)) == []
    assert blogs.clashes(tree) == []
    assert not [
        path for path, data in tree.items() if "ヒミツ".encode() in data and not shown(blog)
    ]


def shown(blog):
    """Whether an edit has published what is secret in the blog, or changed it."""
    secret = [item for item in blog.posts.items() if "ヒミツ" in str(item[1].fields.get("title"))]
    return any(
        not post.fields.get("draft")
        and str(post.fields.get("date", path.removeprefix("content/posts/"))) < "2026"
        for path, post in secret
    )


def test_no_output_holds_a_word_of_a_draft_or_a_scheduled_post(knowing):
    blog = Blog()
    _, tree = tree_of(knowing, blog)
    words = (
        "ヒミツノシタガキ",
        "秘密のタグ",
        "draft.example",
        "下書きの引用",
        "ヒミツノヨヤク",
        "未来のタグ",
        "future.example",
    )
    assert [
        (path, word) for path, data in tree.items() for word in words if word.encode() in data
    ] == []


def test_a_link_to_a_quotation_of_a_withdrawn_post_is_told(knowing):
    blog = blogs.apply(Blog(), [("withdrawn", 9, 0)])
    outcome, tree = tree_of(knowing, blog)
    errors = [fault["code"] for fault in outcome.faults if fault["severity"] == "error"]
    assert (errors, tree) == (["broken-link"], {})


@pytest.mark.parametrize("option", ["drafts", "future"])
def test_what_is_held_shows_when_it_is_asked_for_and_no_page_is_indexed(knowing, option):
    blog = Blog()
    setattr(blog, option, True)
    word = "ヒミツノシタガキ" if option == "drafts" else "ヒミツノヨヤク"
    outcome, tree = tree_of(knowing, blog)
    assert outcome.code == 0
    assert word.encode() in tree["index.html"]
    pages = [path for path in tree if path.endswith(".html") and path != "feed/index.html"]
    assert [path for path in pages if b"noindex" not in tree[path]] == []


@pytest.mark.parametrize(
    "config",
    [
        {"menu": [{"name": "なし", "url": "/nowhere/"}]},
        {"footer": [{"name": "なし", "url": "/nowhere/"}]},
        {"redirects": {"/old/": "/nowhere/"}},
    ],
    ids=lambda config: next(iter(config)),
)
def test_a_link_of_the_settings_that_leads_nowhere_is_told(knowing, config):
    blog = Blog()
    blog.config |= config
    outcome, _ = tree_of(knowing, blog)
    assert "broken-link" in outcome.codes


@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_a_static_file_is_found_whether_its_name_is_composed_or_not(knowing, form):
    blog = Blog()
    blog.files[f"content/static/{unicodedata.normalize(form, 'ガギグ.png')}"] = b"x"
    target = unicodedata.normalize(form, "ガギグ.png")
    words = {"source": "https://example.com/", "quote": "絵。"}
    blog.posts["content/posts/2025/10/01-p.md"] = Post(
        f"見る。\n\n![絵](/{target})\n", title="絵", **words
    )
    blog.posts["content/posts/2025/10/02-q.md"] = Post(
        f"見る。\n\n![絵](../../../static/{target})\n", title="画", **words
    )
    outcome, tree = tree_of(knowing, blog)
    assert outcome.code == 0, outcome.stderr
    assert blogs.dead_links(tree, *blogs.base_of(blog)) == []


@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_a_post_is_found_whether_its_name_is_composed_or_not(knowing, form):
    blog = Blog()
    name = unicodedata.normalize(form, "ガギグ")
    words = {"source": "https://example.com/", "quote": "絵。"}
    blog.posts[f"content/posts/2025/10/01-{name}.md"] = Post("本文。\n", title="本文", **words)
    blog.files[f"content/posts/2025/10/{name}.png"] = b"x"
    blog.posts["content/posts/2025/10/11-p.md"] = Post(
        f"[先](01-{name}.md) ![絵]({name}.png)\n", title="先", **words
    )
    outcome, tree = tree_of(knowing, blog)
    assert outcome.code == 0, outcome.stderr
    assert blogs.dead_links(tree, *blogs.base_of(blog)) == []


@pytest.mark.parametrize(
    "clash",
    [
        {"content/posts/2025/10/01-A.md": "/x/a/", "content/posts/2025/10/02-b.md": "/x/A/"},
        {
            "content/posts/2025/10/01-A.md": "/x/ガ/",
            "content/posts/2025/10/02-b.md": "/x/カ\u3099/",
        },
        {"content/posts/2025/10/01-A.md": "/x", "content/posts/2025/10/02-b.md": "/X/"},
        {"content/posts/2025/10/01-A.md": "/x.html", "content/posts/2025/10/02-b.md": "/x.html/y/"},
        {"content/posts/2025/10/01-A.md": "/tags/"},
        {"content/posts/2025/10/01-A.md": "/ATOM.xml"},
        {"content/posts/2025/10/01-A.md": "/page/1/"},
        {"content/posts/2025/10/01-A.md": "/Style.css"},
        {"content/posts/2025/10/01-A.md": "/_redirects"},
        {"content/posts/2025/10/01-A.md": "/.sitegen"},
        {"content/posts/2025/10/01-A.md": "/.sitegen/"},
        {"content/posts/2025/10/01-A.md": "/.sitegen-stage/"},
        {"content/static/.sitegen": ""},
        {"content/static/.SiteGen/x.txt": ""},
        {"content/static/index.html": ""},
        {"content/static/2024/11/night/INDEX.html": ""},
    ],
    ids=ascii,
)
def test_two_outputs_on_one_path_are_a_fault(knowing, clash):
    blog = Blog()
    for path, url in clash.items():
        if path.endswith(".md"):
            blog.posts[path] = Post(
                "x\n", title=path, url=url, source="https://example.com/", quote="q"
            )
        else:
            blog.files[path] = b"x"
    outcome, tree = tree_of(knowing, blog)
    assert outcome.code == 1, outcome.stderr
    assert tree == {}


def test_every_static_file_is_copied_as_it_is(knowing):
    blog, data = Blog(), b"\xff\x00\r\n"
    names = ("readme.md", "a/b.md", ".nojekyll", "_headers", "日本語.txt", "a b+c%d.txt", "x.html")
    for name in names:
        blog.files[f"content/static/{name}"] = data
        blog.files[f"layouts/static/themed/{name}"] = data
    outcome, tree = tree_of(knowing, blog)
    assert outcome.code == 0, outcome.stderr
    wanted = [path for name in names for path in (name, f"themed/{name}")]
    assert [path for path in wanted if tree.get(path) != data] == []


def test_a_bundle_publishes_every_file_below_it(knowing):
    _, tree = tree_of(knowing, Blog())
    assert {
        "2025/03/bundle/index.html",
        "2025/03/bundle/pic.svg",
        "2025/03/bundle/data/table.csv",
    } <= tree.keys()
