"""A site and the workshop that keeps it up to date."""

from contextlib import ExitStack

import pytest

from sitegen import work
from sitegen.preview.workshop import Workshop
from sitegen.run import Request, Tools, silent
from sitegen.store import cache


@pytest.fixture
def anew(project, post):
    """Makes workshops of a site of two posts, one of them a draft; nothing was made so far."""
    project.write("content/posts/fog.md", post("霧笛", editorial="第一稿。\n\n![図](map.png)"))
    project.write("content/posts/map.png", b"png")
    project.write("content/posts/draft.md", post("書きかけ", front="draft: true\n"))
    project.write("layouts/static/own.css", "p{}")
    request = Request(
        project.root,
        project.root / "output",
        1_800_000_000,
        drafts=True,
        future=True,
        lasting=False,
    )
    with ExitStack() as stack:

        def made():
            memory, pack = stack.enter_context(cache.unkept(""))
            workers = stack.enter_context(work.Workers(1))
            return Workshop(request, Tools(memory, pack, workers, silent), lambda _: False)

        yield made


@pytest.fixture
def workshop(anew):
    """One of these workshops."""
    return anew()
