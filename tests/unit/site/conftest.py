"""Sites out of a few texts, without a disk."""

import msgspec
import pytest

from sitegen import config_file, parse
from sitegen.content import dates
from sitegen.model import Parsed
from sitegen.site import assemble as room
from sitegen.site.showing import Showing

ZONE = dates.zone("Asia/Tokyo")
NOW = dates.parse("2026-01-01", ZONE)
SOURCE = "source:\n  url: https://example.jp/kiji\n  title: 元の記事\n"


def text(title="霧笛", *, date="2025-02-04", front="", body="論評を書く。"):
    """A post that nothing is told of."""
    head = f"---\ntitle: {title}\ndate: {date}\n{front}"
    return f"{head}{SOURCE}quote: 港に霧笛が鳴る。\n---\n{body}\n"


def parsed(files, settings):
    """What the texts of posts and pages among `files` say."""
    return [
        msgspec.msgpack.decode(
            parse.parse(parse.settings(settings), parse.Read(path, content.encode()))[0],
            type=Parsed,
        )
        for path, content in sorted(files.items())
        if path.endswith(".md") and path.startswith(("content/posts/", "content/pages/"))
    ]


@pytest.fixture
def assembled():
    """Assembles a site: paths and texts, further files, lines of the configuration."""

    def make(files, *others, settings="", drafts=False, future=False, sizes=None):
        loaded = config_file.load(f"[tool.sitegen]\n{settings}").config
        read = parsed(files, loaded)
        paths = [*files, *others]
        showing = Showing(drafts, future, NOW)
        return room.assemble(loaded, "/site", paths, read, showing, sizes or {})

    return make


@pytest.fixture
def post():
    return text


@pytest.fixture
def many():
    """Texts of `count` posts, a day apart."""

    def make(count, front=""):
        days = (
            dates.epoch_date(NOW.epoch - 86_400 * (900 - n), ZONE).iso[:10] for n in range(count)
        )
        return {
            f"content/posts/p{n:03}.md": text(f"題{n}", date=day, front=front)
            for n, day in enumerate(days)
        }

    return make


@pytest.fixture
def configured():
    """The settings that a few lines give."""
    return lambda settings="": config_file.load(f"[tool.sitegen]\n{settings}").config
