"""Which files are published beside the posts."""

from pathlib import Path

import pytest

from sitegen import urls


def codes(found):
    return [fault.code for fault in found.diagnostics]


def test_files_of_a_bundle_go_beside_its_page(assembled, post):
    found = assembled(
        {"content/posts/霧/index.md": post()}, "content/posts/霧/a.png", "content/posts/霧/b/c.png"
    )
    assert sorted(asset.path for asset in found.site.assets) == [
        "2025/02/霧/a.png", "2025/02/霧/b/c.png",
    ]  # fmt: skip
    assert codes(found) == []


def test_a_file_among_posts_is_published_where_it_is_linked(assembled, post):
    files = {
        "content/posts/a.md": post(body="![図](chart.png)"),
        "content/posts/b.md": post(body="![図](chart.png)").replace("/kiji", "/hoka"),
        "content/posts/c.md": post().replace("/kiji", "/soto"),
    }
    found = assembled(files, "content/posts/chart.png", "content/posts/other.png")
    assert sorted(asset.path for asset in found.site.assets) == [
        "2025/02/a/chart.png", "2025/02/b/chart.png",
    ]  # fmt: skip
    (fault,) = found.diagnostics
    assert (fault.code, fault.location.path) == ("unused-file", "content/posts/other.png")


def test_a_post_that_is_not_read_as_one_is_told(assembled, post):
    stray = ("content/posts/b.MD", "content/post/c.md", "content/d.markdown", "content/e.txt")
    found = assembled({"content/posts/a.md": post()}, *stray, "content/static/f.md")
    told = {(fault.location.path, fault.variant) for fault in found.diagnostics}
    assert told == {(path, "" if path.endswith(".txt") else "markdown") for path in stray}
    assert [asset.path for asset in found.site.assets] == ["f.md"]


def test_what_drafts_use_is_not_unused_and_not_published(assembled, post):
    files = {
        "content/posts/a.md": post(front="draft: true\n", body="![図](chart.png)"),
        "content/posts/b/index.md": post(front="draft: true\n"),
    }
    found = assembled(files, "content/posts/chart.png", "content/posts/b/x.png")
    assert (found.site.assets, codes(found)) == ((), [])


@pytest.mark.parametrize("name", ["C#.png", "C%23.png", "か\u3099?.png"])
def test_the_image_in_front_matter_is_the_file_of_that_very_name(assembled, post, name):
    typed = urls.nfc(name)
    front = f"image: {{file: '{typed}', alt: 図}}\n"
    quoted = f"quote: {{text: 港に霧笛が鳴る。, image: '{typed}', alt: 図}}\n"
    text = post(front=front).replace("quote: 港に霧笛が鳴る。\n", quoted)
    other = f"content/posts/{name.replace('%23', '#')}"
    for shown in (text, text.replace("date:", "draft: true\ndate:")):
        found = assembled({"content/posts/a.md": shown}, f"content/posts/{name}")
        assert codes(found) == []
    found = assembled({"content/posts/a.md": text}, other)  # typed as in a link, it is one as well
    assert [asset.file for asset in found.site.assets] == [other]


def test_the_form_of_a_name_does_not_count_for_what_drafts_use(assembled, post):
    files = {
        "content/posts/a.md": post(front="draft: true\n", body="![図](が.png)"),
        "content/posts/b.md": post("港", front="withdrawn: 理由\n", body="![図](ぎ.png)"),
    }
    found = assembled(files, "content/posts/か\u3099.png", "content/posts/き\u3099.png")
    assert (found.site.assets, codes(found)) == ((), [])


def test_what_a_withdrawn_post_showed_is_taken_down_with_it(assembled, post):
    withdrawn = "withdrawn: 権利者の求めによる\nimage: {file: lead.png, alt: 図}\n"
    files = {
        "content/posts/a.md": post(
            front=withdrawn, body="![図](chart.png) [所](/2025/02/a/chart.png)"
        ),
        "content/posts/b/index.md": post(front=withdrawn, date="2025-01-01"),
    }
    beside = ("lead.png", "chart.png", "b/lead.png", "b/x.png")
    found = assembled(files, *(f"content/posts/{name}" for name in beside))
    assert (found.site.assets, found.pending, codes(found)) == ((), (), [])


def test_what_was_taken_down_need_not_be_there_any_more(assembled, post):
    front = "withdrawn: 権利者の求めによる\n"
    assert codes(assembled({"content/posts/a.md": post(front=front, body="![図](a.png)")})) == []


def test_the_updates_of_a_withdrawn_post_keep_their_files(assembled, post):
    update = "updates: [{date: 2025-03-01, kind: correction, text: '[経緯](why.pdf)'}]\n"
    files = {"content/posts/a.md": post(front=f"withdrawn: 理由\n{update}")}
    found = assembled(files, "content/posts/why.pdf")
    assert [asset.path for asset in found.site.assets] == ["2025/02/a/why.pdf"]
    assert found.site.posts[0].links == ("/2025/02/a/why.pdf",)


@pytest.mark.parametrize("name", ["a.md", "a/index.md"])
def test_the_image_of_a_withdrawn_quotation_is_taken_down(assembled, post, name):
    front = "quotes: [{image: shot.png, alt: 図, withdrawn: 理由}, {image: other.png, alt: 図}]\n"
    text = post(front=front).replace("quote: 港に霧笛が鳴る。\n", "")
    folder = (Path("content/posts") / name).parent.as_posix()
    found = assembled({f"content/posts/{name}": text}, f"{folder}/shot.png", f"{folder}/other.png")
    assert [asset.path for asset in found.site.assets] == ["2025/02/a/other.png"]
    assert codes(found) == []


def test_a_picture_that_was_taken_down_in_one_place_is_published_where_another_shows_it(
    assembled, post
):
    files = {
        "content/posts/a.md": post(front="withdrawn: 理由\n", body="![図](chart.png)"),
        "content/posts/b.md": post(body="![図](chart.png)").replace("/kiji", "/hoka"),
    }
    found = assembled(files, "content/posts/chart.png")
    assert [asset.path for asset in found.site.assets] == ["2025/02/b/chart.png"]


def test_static_files_go_to_the_root(assembled, post):
    found = assembled({"content/posts/a.md": post()}, "content/static/a/b.css")
    (asset,) = found.site.assets
    assert (asset.path, asset.origin) == ("a/b.css", "/site/content/static/a/b.css")
