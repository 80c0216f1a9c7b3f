"""Changes on the disk become the site that is shown, and faults never do."""

import resource
from contextlib import contextmanager

import pytest

from sitegen.preview import snapshot
from sitegen.site.plan import Planned

FOG = "content/posts/fog.md"


def _page(workshop, path):
    found = snapshot.lookup(workshop.shown, path)
    return snapshot.pressed(workshop.shown, found).data.decode()


def test_an_edit_is_shown(workshop, project, post):
    workshop.make(None)
    project.write(FOG, post("霧笛", editorial="第二稿。\n\n![図](map.png)"))
    made = workshop.make({FOG})
    assert (made.changed, made.good) == ((FOG,), True)
    assert "第二稿" in _page(workshop, "/2025/02/fog/")
    assert "第二稿" in _page(workshop, "/")


EDITS = {
    "words": "第二稿。\n\n![図](map.png)",
    "a warning more": "第二稿です･･･\n\nｶﾀｶﾅ と `コード`。",
    "words and no picture": "第三稿。[外](https://e.example/)",
    "a fault": "[無い](none.md)",
    "mended": "第四稿。",
}


def test_edits_one_after_another_come_to_what_a_fresh_start_does(anew, project, post):
    project.write("content/posts/other.md", post("汽笛", editorial="短い。"))
    project.write("pyproject.toml", '[tool.sitegen]\nbase_url = "https://b.example"\nllms = true\n')
    kept = anew()
    kept.make(None)
    for said, editorial in EDITS.items():
        project.write(FOG, post("霧笛", editorial=editorial))
        made, fresh = kept.make({FOG}), anew().make(None)
        assert (said, made.good, made.findings) == (said, fresh.good, fresh.findings)
        if made.good:
            assert _files(made.shown) == _files(fresh.shown)


def _files(shown):
    planned = (one for one in shown.index.values() if isinstance(one, Planned))
    return {one.path: snapshot.pressed(shown, one).data for one in planned}


def test_hints_and_a_look_at_everything_come_to_the_same(workshop, project, post):
    workshop.make(None)
    project.write(FOG, post("霧笛", editorial="第二稿。"))
    assert workshop.make(set()) is None
    assert workshop.make(None).changed == (FOG,)
    assert workshop.make(None) is None


def test_hints_about_nothing_make_nothing(workshop):
    workshop.make(None)
    hints = {FOG, "content/posts/.fog.md.swp", "content/posts/4913", "content/posts/fog.md~"}
    assert workshop.make(hints) is None


def test_a_new_a_moved_and_a_deleted_post(workshop, project, post):
    workshop.make(None)
    project.write("content/posts/new.md", post("新しい"))
    assert workshop.make({"content/posts/new.md"}).good
    assert "新しい" in _page(workshop, "/2025/02/new/")
    (project.root / "content/posts/new.md").rename(project.root / "content/posts/moved.md")
    workshop.make({"content/posts/new.md", "content/posts/moved.md"})
    assert snapshot.lookup(workshop.shown, "/2025/02/new/") is None
    project.remove("content/posts/moved.md")
    workshop.make({"content/posts/moved.md"})
    assert snapshot.lookup(workshop.shown, "/2025/02/moved/") is None


@pytest.mark.parametrize(
    ("path", "broken", "whole"),
    [
        (FOG, "---\ntitle: [\n---\n", None),
        ("layouts/post.html", "{{ page.nothing }}", ""),
        ("layouts/post.html", "{% if %}", ""),
        ("pyproject.toml", "[tool.sitegen\n", "[tool.sitegen]\n"),
        ("content/posts/draft.md", "---\ntitle: [\n---\n", None),
    ],
)
def test_the_last_good_site_stays_until_a_fault_is_mended(workshop, project, path, broken, whole):
    file = project.root / path
    before = file.read_text(encoding="utf-8") if file.exists() else whole
    workshop.make(None)
    good = _page(workshop, "/2025/02/fog/")
    project.write(path, broken)
    faulty = workshop.make({path})
    assert (faulty.good, _page(workshop, "/2025/02/fog/")) == (False, good)
    assert any(one.severity == "error" for one in faulty.findings)
    if path == "layouts/post.html":
        before = '{% extends "default/post.html" %}'
    project.write(path, before)
    assert workshop.make({path}).good


def test_what_a_full_disk_kept_back_is_shown_once_there_is_room(workshop, project, post):
    workshop.make(None)
    project.write(FOG, post("霧笛", editorial="第二稿。"))
    with _full_disk(), pytest.raises(OSError, match="large"):
        workshop.make({FOG})
    assert workshop.make(None).changed == (FOG,)
    assert "第二稿" in _page(workshop, "/2025/02/fog/")


@contextmanager
def _full_disk():
    """No file of this process can grow."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


def test_a_style_sheet_alone_is_told_by_its_url(workshop, project):
    workshop.make(None)
    project.write("layouts/static/own.css", "p{color:red}")
    assert workshop.make({"layouts/static/own.css"}).styles == ("/own.css",)


def test_a_failing_layout_is_not_let_through_by_a_later_style_sheet(workshop, project):
    workshop.make(None)
    project.write("layouts/post.html", "{{ page.nothing }}")
    workshop.make({"layouts/post.html"})
    project.write("layouts/static/own.css", "p{color:red}")
    assert not workshop.make({"layouts/static/own.css"}).good


def test_an_unfinished_draft_is_shown_and_its_faults_are_warnings(workshop, project):
    project.write("content/posts/draft.md", "---\ntitle: 途中\ndraft: true\nquote: 一節。\n---\n")
    made = workshop.make(None)
    assert made.good
    assert {
        one.severity for one in made.findings if "draft.md" in one.diagnostic.location.path
    } == {"warning"}


def test_a_first_site_that_fails_shows_nothing_until_it_is_mended(workshop, project, post):
    project.write(FOG, "---\ntitle: [\n---\n")
    assert workshop.make(None).shown is None
    project.write(FOG, post("霧笛"))
    assert workshop.make({FOG}).shown is not None


def test_all_of_the_content_may_go_and_come_back(workshop, project):
    workshop.make(None)
    (project.root / "content").rename(project.root / "away")
    assert not workshop.make(None).good
    (project.root / "away").rename(project.root / "content")
    assert workshop.make(None).good
