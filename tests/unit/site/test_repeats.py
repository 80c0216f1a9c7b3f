"""Posts that quote what an earlier one has quoted."""

import pytest


def told(made):
    return [
        (fault.location.path, fault.others[0].path, fault.arguments["title"])
        for fault in made.diagnostics
        if fault.code == "quoted-before"
    ]


def test_a_later_post_is_told_of_the_last_one_before_it(assembled, post):
    made = assembled({
        "content/posts/c.md": post("丙", date="2025-03-01"),
        "content/posts/a.md": post("甲", date="2025-01-01"),
        "content/posts/b.md": post("乙", date="2025-02-01"),
    })  # fmt: skip
    assert told(made) == [
        ("content/posts/b.md", "content/posts/a.md", "甲"),
        ("content/posts/c.md", "content/posts/b.md", "乙"),
    ]


def test_an_earlier_post_without_a_title_is_named_by_its_file(assembled, post):
    made = assembled({
        "content/posts/a.md": post("''", date="2025-01-01"),
        "content/posts/b.md": post("乙", date="2025-02-01"),
    })  # fmt: skip
    assert told(made) == [("content/posts/b.md", "content/posts/a.md", "content/posts/a.md")]


@pytest.mark.parametrize(
    ("typed", "other", "again"),
    [
        ("/kiji", "/kiji?utm_source=a", True),
        ("/kiji", "/kiji#s", True),
        ("/kiji", "/hoka", False),
        ("/kiji\n  title", "/kiji\n  kind: law\n  title", False),
        ("/kiji\n  title", "/kiji\n  locator: p. 2\n  title", False),
        ("/kiji\n", "/kiji\n  kind: news\n", True),
    ],
)
def test_the_same_source_is_the_same_page_and_place(assembled, post, typed, other, again):
    made = assembled({
        "content/posts/a.md": post(date="2025-01-01"),
        "content/posts/b.md": post(date="2025-02-01").replace(typed, other, 1),
    })  # fmt: skip
    assert bool(told(made)) is again


def test_books_are_the_same_by_their_title(assembled, post):
    book = ("url: https://example.jp/kiji", "author: 港 花")
    made = assembled({
        "content/posts/a.md": post(date="2025-01-01").replace(*book),
        "content/posts/b.md": post(date="2025-02-01").replace(*book),
    })  # fmt: skip
    assert len(told(made)) == 1


@pytest.mark.parametrize("front", ["withdrawn: 理由\n", "draft: true\n"])
def test_what_is_not_shown_has_quoted_nothing(assembled, post, front):
    made = assembled({
        "content/posts/a.md": post(date="2025-01-01", front=front),
        "content/posts/b.md": post(date="2025-02-01"),
    })  # fmt: skip
    assert told(made) == []
