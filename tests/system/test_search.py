"""Search as a build makes it: on, off, and changed no more than it has to be."""

import re

import pytest

from sitegen.site import search

POST = """---
title: 霧笛{number}
date: 2025-01-{day:02}
source:
  url: https://example.jp/{number}
  title: 元の記事
quote: 港に霧笛が鳴る。
---
論評{number}を書く。
"""


def write(project, number):
    text = POST.format(number=number, day=number + 1)
    project.write(f"content/posts/p{number}.md", text)


@pytest.fixture
def built(project):
    """Builds a site of ten posts with a few settings; its files come back."""

    def build(settings=""):
        project.write("pyproject.toml", f"[tool.sitegen]\n{settings}")
        for number in range(10):
            write(project, number)
        ran = project.build()
        assert ran.code == 0, ran.stderr
        return project.tree()

    return build


def of_search(tree):
    return sorted(path for path in tree if "search" in path)


def test_search_is_on_by_default(built):
    tree = built()
    lasting = next(path for path in tree if re.fullmatch(r"search\.[0-9a-f]{8}\.js", path))
    made = [
        lasting,
        "search.js",
        "search/0/0.txt",
        "search/0/1.txt",
        "search/0/2.txt",
        "search/0/3.txt",
    ]
    assert of_search(tree) == [*made, "search/0/posts-0.txt", "search/index.html"]
    assert b'href="/search/">' in tree["index.html"]


def test_without_search_nothing_is_left_of_it(built):
    built()
    tree = built("search = false\n")
    assert of_search(tree) == []
    assert [path for path, data in tree.items() if b"/search/" in data] == []


def test_a_menu_that_has_search_gets_no_second_link(built):
    tree = built('menu = [{ name = "さがす", url = "/search/" }]\n')
    assert tree["index.html"].count(b'href="/search/"') == 1
    assert "さがす".encode() in tree["index.html"]


def test_the_index_holds_no_passage(built):
    tree = built()
    index = b"".join(data for path, data in tree.items() if path.startswith("search/"))
    assert "港に霧笛".encode() not in index
    assert "\n霧笛 ".encode() in index


def test_a_new_post_rewrites_only_the_newest_segment(built, project, monkeypatch):
    monkeypatch.setattr(search, "SEGMENT", 4)
    before = built()
    write(project, 10)
    project.build()
    after = project.tree()
    changed = {path.split("/")[1] for path in of_search(after) if before.get(path) != after[path]}
    assert changed == {"2", "index.html"}


def test_a_file_of_the_index_that_was_lost_is_made_again(built, project):
    before = built()
    project.remove("output/search/0/2.txt")
    ran = project.build()
    assert project.tree() == before
    assert " rendered=1 " in ran.stdout


def test_pages_are_counted_without_the_index(built, project):
    built()
    counted = project.build().stdout.split()[2]
    files = [path for path in project.tree() if not path.startswith((".", "search/0/"))]
    static = re.compile(r"favicon\.svg|(?:search|style|cite)(?:\.[0-9a-f]{8})?\.(?:js|css)")
    assert counted == f"pages={len([path for path in files if not static.fullmatch(path)])}"
