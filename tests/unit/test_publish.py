"""From the pages to the disk: what is rendered, what stays, what is told."""

import os

import pytest

from sitegen import build
from sitegen.run import Request

NOW, DAY = 1_767_193_200, 86_400


class Site:
    """A site of a few posts in the plainest layouts, and what each build came to."""

    def __init__(self, root):
        self.root = root

    def write(self, path, text):
        file = self.root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")

    def run(self, output="output", now=NOW, **rest):
        return build.build(Request(self.root, self.root / output, now, **rest))

    def tree(self, output="output"):
        folder = self.root / output
        files = (file for file in folder.rglob("*") if file.is_file())
        return {file.relative_to(folder).as_posix(): file.read_bytes() for file in files}


def post(title, date="2025-02-04"):
    return f"---\ntitle: {title}\ndate: {date}\n---\n港。\n"


@pytest.fixture
def site(tmp_path):
    made = Site(tmp_path)
    for name in ("post", "page", "listing", "index", "404", "redirect"):
        made.write(f"layouts/{name}.html", "{{ page.url }} {{ page.title }}\n")
    made.write("pyproject.toml", '[tool.sitegen]\nbase_url = "https://example.jp/"\n')
    made.write("content/posts/a.md", post("甲"))
    made.write("content/posts/b.md", post("乙", "2025-02-05"))
    return made


def codes(outcome):
    return [found.diagnostic.code for found in outcome.findings]


def test_a_second_build_renders_nothing(site):
    first, before = site.run(), site.tree()
    second = site.run()
    assert first.made.rendered > first.made.posts == 2
    assert (second.made.rendered, second.made.removed, site.tree()) == (0, 0, before)


def test_a_change_renders_what_shows_it_and_no_more(site):
    site.write(
        "layouts/listing.html", "{% for card in page.listing.posts %}{{ card.title }}\n{% endfor %}"
    )
    site.run()
    before = site.tree()
    site.write("content/posts/a.md", post("丙"))
    site.run()
    after = site.tree()
    changed = {path for path in after if after[path] != before[path]} - {".sitegen"}
    assert {"2025/02/a/index.html", "index.html", "2025/index.html", "atom.xml"} <= changed
    assert not {"404.html", "2025/02/b/index.html", "tags/index.html", "robots.txt"} & changed


def test_pages_that_come_out_the_same_are_not_written(site):
    site.run()
    site.write("layouts/404.html", "{# 註 #}{{ page.url }} {{ page.title }}\n")
    assert site.run().made.rendered == 0


def test_a_page_without_a_date_is_the_same_on_another_day(site):
    site.write("layouts/page.html", "{{ page.post.date.iso }} {{ page.post.updated.iso }}")
    site.write("content/pages/c.md", "---\ntitle: 丙\n---\n港。\n")
    site.run()
    before = site.tree()
    site.run(now=NOW + DAY, cached=False)
    assert site.tree() == before


def test_a_draft_without_a_date_lies_where_the_day_says(site):
    site.write("content/posts/c.md", "---\ntitle: 丙\ndraft: true\n---\n港。\n")
    site.run(drafts=True)
    site.run(drafts=True, now=NOW + 40 * DAY)
    assert {"2025/02/a/index.html", "2026/02/c/index.html"} <= set(site.tree())


def test_what_is_gone_is_removed(site):
    site.run()
    (site.root / "content/posts/a.md").unlink()
    made = site.run().made
    assert made.removed == 1
    assert "2025/02/a/index.html" not in site.tree()


def differences(outcome):
    return outcome.made.added, outcome.made.changed, outcome.made.dropped


def test_pages_that_are_new_other_and_gone_are_counted(site):
    first = site.run()
    assert (first.made.added > 2, first.made.changed, first.made.dropped) == (True, 0, 0)
    assert differences(site.run()) == (0, 0, 0)
    site.write("content/pages/c.md", "---\ntitle: 丙\n---\n港。\n")
    site.write("content/posts/b.md", post("乙乙", "2025-02-05"))
    (site.root / "content/posts/a.md").unlink()
    checked = site.run(writes=False)
    assert (differences(checked), checked.made.removed) == (
        (1, 2, 1),
        0,
    )  # search knows how many there are
    assert differences(site.run()) == (1, 2, 1)


def test_a_check_writes_nothing_and_finds_the_same(site):
    found = site.run(writes=False)
    assert (found.failed, found.made.pages, found.made.rendered) == (
        False,
        site.run().made.pages,
        0,
    )
    site.write("layouts/404.html", "{{ page.titel }}")
    before = site.tree()
    assert codes(site.run(writes=False)) == codes(site.run()) == ["unknown-variable"]
    assert site.tree() == before


def test_a_check_compares_with_the_output_and_not_with_what_was_built_last(site):
    site.run()
    site.write("content/posts/a.md", post("丙"))
    site.run("there")
    assert differences(site.run(writes=False)) == differences(site.run(cached=False))


def test_one_cause_in_a_layout_is_told_once_with_its_pages(site):
    site.write("layouts/post.html", "{{ page.titel }}")
    (found,) = site.run().findings
    arguments = found.diagnostic.arguments
    assert (arguments["count"], arguments["pages"]) == ("2", "content/posts/b.md")


def test_a_cause_on_one_page_has_no_number(site):
    site.write("layouts/404.html", "{{ page.titel }}")
    (found,) = site.run().findings
    assert (found.diagnostic.arguments["count"], found.diagnostic.arguments["pages"]) == (
        "",
        "/404.html",
    )


def test_with_an_error_the_output_stays(site):
    site.run()
    before = site.tree()
    site.write("content/posts/a.md", post("丙"))
    site.write("content/posts/c.md", "---\ntitle: a: b\n---\n")
    assert site.run().failed
    assert site.tree() == before


def test_what_was_changed_by_hand_is_put_right_and_told(site):
    site.run()
    before = site.tree()
    site.write("output/2025/02/a/index.html", "x")
    found = site.run()
    assert codes(found) == ["changed-output"]
    assert found.findings[0].diagnostic.location.path == "output/2025/02/a/index.html"
    assert site.tree() == before


def test_what_was_deleted_by_hand_comes_back(site):
    site.run()
    before = site.tree()
    (site.root / "output/2025/02/a/index.html").unlink()
    site.run()
    assert site.tree() == before


def test_an_output_that_was_not_built_last_is_up_to_date_too(site):
    site.run("there")
    site.write("content/posts/a.md", post("丙"))
    site.run()
    site.run("there")
    assert site.tree("there") == site.tree()


def test_an_output_that_was_not_built_last_takes_part_in_later_changes(site):
    site.run("there")
    site.write("content/posts/a.md", post("丙"))
    site.run()
    site.write("content/posts/b.md", post("丁", "2025-02-05"))
    site.run("there")
    site.run()
    assert site.tree("there") == site.tree()


def test_a_file_of_another_where_one_is_to_be_is_refused(site):
    site.run()
    site.write("output/2025/02/c/index.html", "x")
    site.write("content/posts/c.md", post("丙"))
    found = site.run()
    assert (codes(found), found.failed) == (["output-refused"], True)
    assert site.tree()["2025/02/c/index.html"] == b"x"


def test_a_body_that_the_pack_has_lost_is_parsed_again(site):
    site.run()
    before = site.tree()
    (pack,) = (site.root / ".sitegen").glob("bodies-*")
    pack.write_bytes(b"\0" * pack.stat().st_size)
    site.write("layouts/post.html", "{{ page.url }} {{ page.title }}{{ bodies | length }}\n")
    assert not site.run().failed
    assert site.tree()["2025/02/a/index.html"] == before["2025/02/a/index.html"].rstrip() + b"1\n"


def test_a_file_that_is_changed_and_keeps_its_time_is_copied(site):
    site.write("content/static/x.txt", "AAAA")
    site.run()
    file = site.root / "content/static/x.txt"
    times = file.stat().st_atime_ns, file.stat().st_mtime_ns
    site.write("content/static/x.txt", "BBBB")
    os.utime(file, ns=times)
    site.run()
    assert site.tree()["x.txt"] == b"BBBB"


def test_static_files_are_copied_once(site):
    site.write("content/static/港.txt", "港")
    site.run()
    assert site.tree()["港.txt"] == "港".encode()
    assert site.run().made.rendered == 0
    site.write("content/static/港.txt", "霧")
    assert site.run().made.rendered == 1
    assert site.tree()["港.txt"] == "霧".encode()
