"""Which posts are near which, and which quote the same work."""

import random

import pytest
from msgspec.structs import replace

from sitegen.site import related


@pytest.fixture
def near(assembled, post):
    """Lists of a kind for posts that are given by name, a day apart, the oldest first."""

    def make(kind, posts, known=None):
        files = {}
        for day, (name, (title, front, *body)) in enumerate(posts.items(), 1):
            date = f"2025-{1 + day // 28:02}-{1 + day % 28:02}"
            text = post(title, date=date, front=front, body="".join(body) or "論評を書く。")
            if "source:" in front:
                text = text.replace("source:\n  url: https://example.jp/kiji\n", "", 1)
                text = text.replace("  title: 元の記事\nquote", "quote", 1)
            files[f"content/posts/{name}.md"] = text
        site = assembled(files).site
        found = related.relations(site.posts, {} if known is None else known)
        return {
            one.post.slug: [ref.url.split("/")[-2] for ref in kind(found, one.post.path)]
            for one in site.posts
        }

    return make


def source(url):
    """Front matter of a post on `url` that shares nothing else."""
    return f"source:\n  url: {url}\n  title: 元の記事\n"


def at(number):
    return source(f"https://s{number}.example.jp/kiji")


# ---------------------------------------------------------------- related


def test_a_shared_tag_relates_and_only_to_older_posts(near):
    found = near(
        related.related,
        {
            "a": ("甲", at(1) + "tags: [港]\n"),
            "b": ("乙", at(2) + "tags: [港]\n"),
            "c": ("丙", at(3) + "tags: [霧]\n"),
        },
    )
    assert found == {"a": [], "b": ["a"], "c": []}


def test_one_tag_in_two_spellings_relates(near):
    posts = {"a": ("甲", at(1) + "tags: [AI]\n"), "b": ("乙", at(2) + "tags: [ＡＩ]\n")}
    assert near(related.related, posts)["b"] == ["a"]


@pytest.mark.parametrize(
    ("older", "newer", "are_near"),
    [
        ("経済安保を問う", "経済安保の行方", True),  # three pairs of characters
        ("半導体を問う", "半導体の行方", False),  # two are chance
        ("ということについて", "ということについて", False),  # hiragana says little
        ("The Great Lighthouse of Kobe", "A great lighthouse in Kobe", True),
        ("What is in it for us", "What it is for us", False),
        ("ﾗｲﾌﾀｲﾑの話", "ライフタイムを読む", True),
    ],
)
def test_titles_relate_by_what_they_are_about(near, older, newer, are_near):
    found = near(related.related, {"a": (older, at(1)), "b": (newer, at(2))})
    assert found["b"] == (["a"] if are_near else [])


def test_a_host_alone_relates_nothing_but_decides_between_equals(near):
    posts = {
        "a": ("甲", source("https://s9.example.jp/1") + "tags: [港]\n"),
        "b": ("乙", source("https://s9.example.jp/2")),
        "c": ("丙", at(3) + "tags: [港]\n"),
        "d": ("丁", source("https://s9.example.jp/4") + "tags: [港]\n"),
    }
    found = near(related.related, posts)
    assert (found["b"], found["d"]) == ([], ["a", "c"])


def test_more_in_common_comes_first_and_then_what_is_newer(near):
    posts = {
        "a": ("甲", at(1) + "tags: [港, 霧]\n"),
        "b": ("乙", at(2) + "tags: [港]\n"),
        "c": ("丙", at(3) + "tags: [霧]\n"),
        "d": ("丁", at(4) + "tags: [港, 霧]\n"),
    }
    assert near(related.related, posts)["d"] == ["a", "c", "b"]


def test_no_more_than_a_few_are_shown(near):
    posts = {f"p{n}": ("題", at(n) + "tags: [港]\n") for n in range(12)}
    assert near(related.related, posts)["p11"] == ["p10", "p9", "p8", "p7", "p6"]


def test_a_rare_tag_finds_posts_that_common_ones_have_buried(near):
    common = ["港", "霧", "波"]
    posts = {"old": ("灯台の話", at(0) + "tags: [灯台]\n")}
    posts |= {f"p{n}": ("題", at(n) + f"tags: [{common[n % 3]}]\n") for n in range(1, 90)}
    posts["new"] = ("灯台の話", at(99) + "tags: [港, 霧, 波, 灯台]\n")
    assert near(related.related, posts)["new"][0] == "old"


@pytest.mark.parametrize("kind", [related.related, related.same_source])
def test_what_was_withdrawn_is_in_no_list_and_has_none(near, kind):
    posts = {
        "a": ("甲", source("https://example.jp/x") + "tags: [港]\nwithdrawn: 求めによる\n"),
        "b": ("乙", source("https://example.jp/x") + "tags: [港]\n"),
    }
    assert near(kind, posts) == {"a": [], "b": []}


def test_what_quotes_the_same_work_is_in_the_other_list_only(near):
    posts = {
        "a": ("甲", source("https://example.jp/x") + "tags: [港]\n"),
        "b": ("乙", source("https://example.jp/x") + "tags: [港]\n"),
    }
    assert near(related.related, posts) == {"a": [], "b": []}
    assert near(related.same_source, posts) == {"a": ["b"], "b": ["a"]}


def test_a_new_post_changes_no_older_list(near):
    chance = random.Random(4)  # noqa: S311 -- any posts will do
    words = ["港湾", "霧笛", "灯台", "経済安保", "半導体", "再生可能"]
    posts = {}
    for n in range(80):
        title = "と".join(chance.sample(words, 2))
        tags = ", ".join(chance.sample(words, chance.randint(0, 3)))
        posts[f"p{n}"] = (title, at(chance.randrange(9)) + f"tags: [{tags}]\n")
    whole = near(related.related, posts)
    assert sum(map(bool, whole.values())) > 60
    for count in (20, 50, 79):
        fewer = near(related.related, dict(list(posts.items())[:count]))
        assert fewer == {name: whole[name] for name in fewer}


@pytest.mark.parametrize(
    "edited",
    [
        {"p30": ("港湾と霧笛の話", at(1) + "tags: [港]\n")},  # another title
        {"p30": ("灯台と霧笛", at(1) + "tags: [霧]\n")},  # another tag
        {"p30": ("灯台と霧笛", at(3) + "tags: [港]\n")},  # another work, which is then left out
        {"p30": ("灯台と霧笛", at(1) + "tags: [港]\nwithdrawn: 求めによる\n")},
    ],
)
def test_what_was_near_earlier_holds_for_as_long_as_all_that_is_older_is_the_same(near, edited):
    words = ["灯台", "霧笛", "港湾"]
    posts = {
        f"p{n}": (f"{words[n % 3]}と{words[n % 2]}", at(n % 4) + f"tags: [{'港霧'[n % 2]}]\n")
        for n in range(60)
    }
    known = {}
    before = near(related.related, posts, known)
    after = near(related.related, posts | edited, known)
    assert after == near(related.related, posts | edited)
    assert after != before


def test_what_is_known_to_be_near_is_not_looked_for_again(near):
    posts = {f"p{n}": ("題", at(n) + "tags: [港]\n") for n in range(3)}
    known = {}
    near(related.related, posts, known)
    known |= {path: replace(found, ages=(0,)) for path, found in known.items()}
    assert near(related.related, posts, known)["p2"] == ["p0"]


# ---------------------------------------------------------------- the same work


def test_posts_on_one_address_name_each_other_the_newest_first(near):
    posts = {f"p{n}": ("題", source("https://example.jp/x")) for n in range(8)}
    found = near(related.same_source, posts)
    assert found["p0"] == ["p7", "p6", "p5", "p4", "p3"]
    assert found["p6"] == ["p7", "p5", "p4", "p3", "p2"]


@pytest.mark.parametrize(
    "other",
    ["https://example.jp/x#霧", "http://www.example.jp/x/", "https://example.jp/x?fbclid=1"],
)
def test_one_work_is_known_in_every_spelling_of_its_address(near, other):
    posts = {
        "a": ("甲", source("https://example.jp/x")),
        "b": ("乙", source(other)),
        "c": ("丙", source("https://example.jp/x?p=2")),
    }
    assert near(related.same_source, posts) == {"a": ["b"], "b": ["a"], "c": []}


def test_every_work_that_a_post_quotes_counts(near):
    both = "```quote 別の\n港。\n```\n"
    further = "sources:\n  別の:\n    url: https://example.jp/y\n    title: 別の記事\n"
    posts = {
        "a": ("甲", source("https://example.jp/y")),
        "b": ("乙", source("https://example.jp/x")),
        "c": ("丙", source("https://example.jp/x") + further, both),
    }
    assert near(related.same_source, posts) == {"a": ["c"], "b": ["c"], "c": ["b", "a"]}


def test_a_post_that_is_named_has_its_date(assembled, post):
    files = {
        f"content/posts/{name}.md": post(title, date=f"2025-01-0{day}")
        for name, title, day in (("a", "甲", 1), ("b", "乙", 2))
    }
    site = assembled(files).site
    (named,) = related.same_source(related.relations(site.posts, {}), site.posts[0].post.path)
    assert (named.name, named.date.machine) == ("甲", "2025-01-01")
