"""What `sitegen list` tells."""

import json

import pytest
from msgspec.structs import replace

from sitegen import listing
from sitegen.diagnostics.model import Location
from sitegen.listing import Entry
from sitegen.model import Card, Date, Held, Named, Post, Published, Site

WHEN = Date("2025-02-04T21:00:00+09:00", 1738670400)
DAY = Date("2025-02-03T00:00:00+09:00", 1738508400, timed=False)


def published(path, date):
    place = Location(path)
    post = Post(
        path=path, kind="post", title=f"題 {path}", date=date, slug="s", url="", place=place,
        authors=(), tags=(Named("韓国", place),), aliases=(), sources=(), via=None, quote="",
        quote_lang="", quoted=0, written=0, summary="", image=None, layout="", layout_place=None,
        extra={}, draft=False, withdrawn="", updates=(), links=(), anchors=(), body="",
    )  # fmt: skip
    card = Card(
        path=path, url=f"/{path}/", title=post.title, date=date or DAY, updated=date or DAY,
        authors=(), tags=(), source=None, host=None, via=None, quote="", quote_lang="", summary="",
        image=None, written=0, withdrawn="", draft=False, scheduled=False,
    )  # fmt: skip
    return Published(post, card, ())


SITE = Site(
    posts=(
        published("new.md", WHEN),
        published("old.md", DAY),
        published("d.md", None),
        published("w.md", DAY),
    ),
    pages=(),
    groups={},
    assets=(),
    redirects=(),
    held=(
        Held("new.md", "", "scheduled", WHEN),
        Held("d.md", "", "draft"),
        Held("w.md", "", "withdrawn"),
    ),
)


@pytest.mark.parametrize(
    ("reason", "paths"),
    [
        ("", ["new.md", "old.md", "d.md", "w.md"]),
        ("draft", ["d.md"]),
        ("scheduled", ["new.md"]),
        ("held", ["new.md", "d.md", "w.md"]),
    ],
)
def test_posts_are_narrowed_down_by_their_state(reason, paths):
    assert [entry.path for entry in listing.entries(SITE, reason)] == paths


def test_of_standing_pages_those_that_are_held_back_come_last():
    pages = (published("about.md", DAY), published("plans.md", DAY))
    site = replace(SITE, pages=pages, held=(Held("plans.md", "", "draft"),))
    listed = [entry.path for entry in listing.entries(site, "")]
    assert listed == ["new.md", "old.md", "d.md", "w.md", "plans.md"]


def test_an_entry_says_what_a_post_is():
    assert listing.entries(SITE, "")[1] == Entry(
        "old.md", "題 old.md", "2025-02-03", "published", "/old.md/", ("韓国",)
    )


def test_a_draft_without_a_date_has_none():
    assert listing.entries(SITE, "draft")[0].date == ""


def test_people_get_a_line_for_each_with_its_columns_in_line():
    assert listing.told(listing.entries(SITE, ""), "ja") == (
        "2025-02-04 21:00  予約      new.md  題 new.md\n"
        "2025-02-03        公開      old.md  題 old.md\n"
        "                  下書き    d.md  題 d.md\n"
        "2025-02-03        取り下げ  w.md  題 w.md\n"
    )


def test_states_are_told_in_english_too():
    assert listing.told(listing.entries(SITE, "draft"), "en") == (
        " " * 18 + "draft      d.md  題 d.md\n"
    )


def test_programs_get_json():
    assert json.loads(listing.json(listing.entries(SITE, "scheduled"))) == [
        {
            "path": "new.md",
            "title": "題 new.md",
            "date": "2025-02-04T21:00:00+09:00",
            "state": "scheduled",
            "url": "/new.md/",
            "tags": ["韓国"],
        }
    ]


def test_no_post_is_an_empty_list():
    assert (listing.json(()), listing.told((), "ja")) == ("[]\n", "")
