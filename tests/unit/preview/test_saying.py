"""One line a rebuild, and what is held back."""

import re

from sitegen.preview import saying
from sitegen.run import Request

FOG = "content/posts/fog.md"


def test_the_beginning_says_where_and_what(workshop, project):
    request = Request(project.root, project.root / "output", 0, drafts=True)
    lines = list(saying.opening("http://127.0.0.1:8000/", workshop.make(None), request, "ja"))
    assert lines[0] == "  ➜ http://127.0.0.1:8000/        Ctrl+C で停止"
    assert "下書き 1も表示中" in lines[1]


def test_a_rebuild_is_one_line(workshop, project, post):
    workshop.make(None)
    project.write(FOG, post("霧笛", editorial="第二稿。\n\n![図](map.png)"))
    line, warned = saying.told(workshop.make({FOG}), "ja", mended=False)
    assert "editorial-short" in warned
    assert re.fullmatch(r"\d\d:\d\d:\d\d  content/posts/fog.md → /2025/02/fog/  \d+ ms", line)


def test_a_fault_says_that_the_last_good_site_is_shown(workshop, project):
    workshop.make(None)
    project.write(FOG, "---\ntitle: [\n---\n")
    failed, kept = saying.told(workshop.make({FOG}), "en", mended=False)
    assert ("✗ errors: 1 (content/posts/fog.md)" in failed, "last good site" in kept) == (
        True,
        True,
    )
