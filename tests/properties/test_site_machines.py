"""The same bytes, whatever the machine, the order of files, the number of processes."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from . import site_blog as blogs
from .site_blog import Blog, Post

NOW = "2026-01-01T00:00:00Z"


@pytest.fixture(scope="module")
def expected(tmp_path_factory):
    """The tree of the blog as this process builds it."""
    root = tmp_path_factory.mktemp("here")
    blogs.write(root, twins().texts())
    assert blogs.built(root).code == 0
    return blogs.tree(root / "output")


def built_by(root, *arguments, now=NOW, cwd=None, **environment):
    """The tree that another process builds of the site in `root`."""
    command = [sys.executable, "-m", "sitegen", "build", "-C", str(root), "--now", now, *arguments]
    done = subprocess.run(  # noqa: S603 -- our own program
        command,
        cwd=cwd or root.parent,
        env={**os.environ, **environment},
        capture_output=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stderr.decode()
    return blogs.tree(root / "output")


def twins():
    """The blog with several posts of one day, whose order only a rule can settle."""
    blog = Blog()
    for name in "dacb":
        blog.posts[f"content/posts/2025/10/10-{name}.md"] = Post(
            "同じ日。\n",
            title=f"同じ日{name}",
            tags=["同じ"],
            source="https://example.com/",
            quote="日。",
        )
    return blog


def laid(root, blog=None):
    """`root` with the files of a blog in it."""
    root.mkdir(parents=True)
    blogs.write(root, (blog or twins()).texts())
    return root


@pytest.mark.parametrize(
    "environment",
    [
        {"PYTHONHASHSEED": "1"},
        {"PYTHONHASHSEED": "4242", "TZ": "America/Los_Angeles"},
        {"LANG": "C", "LC_ALL": "C"},
        {"LC_ALL": "tr_TR.UTF-8", "LANGUAGE": "tr", "TZ": "Pacific/Kiritimati"},
    ],
    ids=lambda said: " ".join(f"{key}={value}" for key, value in said.items()),
)
def test_no_environment_changes_a_byte(tmp_path, expected, environment):
    tree = built_by(laid(tmp_path / "site"), **environment)
    assert blogs.differences(tree, expected) == []


def test_a_locale_that_knows_no_japanese_changes_no_byte(tmp_path, expected):
    plain = {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
    tree = built_by(laid(tmp_path / "site"), **plain)
    assert blogs.differences(tree, expected) == []


def test_an_instant_without_a_zone_is_in_the_zone_of_the_site(tmp_path):
    blog = Blog()
    blog.posts["content/posts/eve.md"] = Post(
        "朝。\n",
        title="朝の記事",
        date="2026-01-01 03:00",
        source="https://example.com/",
        quote="朝。",
    )
    trees = [
        built_by(laid(tmp_path / zone.replace("/", "-"), blog), now="2026-01-01", TZ=zone)
        for zone in ("Asia/Tokyo", "America/Los_Angeles")
    ]
    assert blogs.differences(*trees) == []


def test_the_umask_changes_no_byte(tmp_path, expected):
    root = laid(tmp_path / "site")
    before = os.umask(0o077)
    try:
        tree = built_by(root)
    finally:
        os.umask(before)
    assert blogs.differences(tree, expected) == []


def test_the_order_and_the_times_of_files_change_no_byte(tmp_path, expected):
    root = tmp_path / "site"
    root.mkdir()
    texts = twins().texts()
    for number, path in enumerate(sorted(texts, reverse=True)):
        blogs.write(root, {path: texts[path]})
        os.utime(root / path, (number, number))
    assert blogs.differences(built_by(root), expected) == []


def test_the_place_of_a_checkout_changes_no_byte(tmp_path, expected):
    root = laid(tmp_path / "遠い 場所" / 'it\'s "a" & <b> {{ x }} %s' / "site")
    assert blogs.differences(built_by(root, cwd="/"), expected) == []


def test_where_the_output_goes_changes_no_byte(tmp_path, expected):
    built_by(laid(tmp_path / "site"), "--output", str(tmp_path / "公開"))
    assert blogs.differences(blogs.tree(tmp_path / "公開"), expected) == []


def test_without_a_cache_the_bytes_are_the_same(tmp_path, expected):
    root = laid(tmp_path / "site")
    assert blogs.differences(built_by(root, "--no-cache"), expected) == []
    assert not [path for path in (root / ".sitegen").glob("*") if path.name != "lock"]


def test_a_checkout_with_modules_of_its_own_changes_no_byte(tmp_path, expected):
    root = laid(tmp_path / "site")
    for name in ("yaml.py", "sitecustomize.py", "jinja2.py", "content/posts/mistune.py"):
        Path(root / name).write_text("raise SystemExit(9)\n", encoding="utf-8")
    assert blogs.differences(built_by(root), expected) == []


@pytest.fixture(scope="module")
def large(tmp_path_factory):
    """A blog with more posts and more pages than are done in one process."""
    root = tmp_path_factory.mktemp("large") / "one"
    blog = Blog()
    for number in range(204):
        blog.posts[
            f"content/posts/{2000 + number // 24}/0{1 + number % 9}/1{number % 9}-{number}.md"
        ] = Post(
            f"本文{number}。\n",
            title=f"記事{number}",
            tags=[f"札{number % 20}", "AI"],
            source={"url": f"https://host{number % 7}.example/{number}", "title": "題"},
            quote=f"引用{number}。",
            **({"tag": "x", "draft": True} if number % 50 == 0 else {}),
        )
    return laid(root, blog)


def test_one_process_or_many_make_the_same_bytes_and_faults(large, tmp_path):
    texts = {
        path: data
        for path, data in blogs.tree(large).items()
        if not path.startswith((".", "output"))
    }
    trees, faults = [], []
    for jobs in (1, 2, 3)[: 2 if blogs.THOROUGH == 1 else 3]:
        root = tmp_path / str(jobs)
        root.mkdir()
        blogs.write(root, texts)
        outcome = blogs.built(root, jobs=jobs)
        assert outcome.code == 0, outcome.stderr
        trees.append(blogs.tree(root / "output"))
        faults.append(outcome.faults)
    assert all(blogs.differences(trees[0], tree) == [] for tree in trees[1:])
    assert all(found == faults[0] for found in faults[1:])
    assert len([code for code in faults[0] if code["code"] == "unknown-key"]) == 5
