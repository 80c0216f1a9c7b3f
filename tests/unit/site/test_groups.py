"""What posts are listed by."""

from sitegen.model import Ref


def paths(published):
    return [one.post.path.rpartition("/")[2] for one in published]


def test_posts_are_grouped(assembled, post):
    files = {
        "content/posts/a.md": post(front="tags: [港, 霧]\nauthor: [人, 友]\n"),
        "content/posts/b.md": post(front="tags: [霧, 霧]\n", date="2025-03-01"),
        "content/posts/c.md": post(front="tags: [霧]\n", date="2024-03-01"),
    }
    groups = assembled(files, settings='author = "主"').site.groups
    shown = {
        kind: [(group.name, group.url, paths(group.posts)) for group in found]
        for kind, found in groups.items()
    }
    assert shown["tag"] == [
        ("霧", "/tags/霧/", ["b.md", "a.md", "c.md"]), ("港", "/tags/港/", ["a.md"]),
    ]  # fmt: skip
    assert shown["author"] == [
        ("主", "/authors/主/", ["b.md", "c.md"]),
        ("人", "/authors/人/", ["a.md"]),
        ("友", "/authors/友/", ["a.md"]),
    ]
    assert [name for name, *_ in shown["year"]] == ["2025", "2024"]
    assert [url for _, url, _ in shown["month"]] == ["/2025/03/", "/2025/02/", "/2024/03/"]
    assert shown["source"] == [
        ("example.jp", "/sources/example.jp/", ["b.md", "a.md", "c.md"])
    ]  # fmt: skip
    assert shown["home"][0][2] == ["b.md", "a.md", "c.md"]


def test_a_host_has_the_name_that_most_posts_give_it(assembled, post):
    def named(site):
        return post().replace("title: 元", f"site: {site}\n  title: 元")

    files = {f"content/posts/{n}.md": named(site) for n, site in enumerate(["甲", "乙", "乙"])}
    assert assembled(files).site.groups["source"][0].name == "乙"
    told = assembled(files, settings='[tool.sitegen.sources."example.jp"]\nsite = "丙"')
    assert told.site.groups["source"][0].name == "丙"
    assert told.site.posts[0].card.host == Ref("丙", "/sources/example.jp/")


def test_a_host_without_a_name_is_shown_in_its_own_letters(assembled, post):
    files = {"content/posts/a.md": post().replace("example.jp", "例え.jp")}
    (group,) = assembled(files).site.groups["source"]
    assert (group.name, group.url) == ("例え.jp", "/sources/xn--r8jz45g.jp/")


def test_a_withdrawn_post_is_in_no_listing_of_its_source(assembled, post):
    files = {"content/posts/a.md": post(front="tags: [港]\nwithdrawn: 理由\n")}
    groups = assembled(files).site.groups
    assert groups["source"] == ()
    assert paths(groups["tag"][0].posts) == ["a.md"]
