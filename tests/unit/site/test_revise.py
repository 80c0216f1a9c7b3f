"""What was edited in one post, put into a site, is what a site made anew has."""

import msgspec
import pytest

from sitegen import parse, prepare, run, work
from sitegen.config import Config
from sitegen.model import Parsed
from sitegen.store import cache

BEFORE = "一行目。\n\n[前](a.md)\n"


@pytest.fixture
def post():
    """The text of a post, as an author types it."""

    def text(title, *, front="", editorial=""):
        source = "source:\n  url: https://example.jp/kiji\n  title: 元の記事\n"
        head = f"---\ntitle: {title}\ndate: 2025-02-04\n{front}{source}"
        return f"{head}quote: 港に霧笛が鳴る。\n---\n{editorial}\n"

    return text


@pytest.fixture
def prepared(project, post):
    def make():
        request = run.Request(project.root, project.root / "output", 1_800_000_000)
        with cache.unkept("") as (memory, pack), work.Workers(1) as workers:
            return prepare.prepared(request, run.Tools(memory, pack, workers, run.silent))

    project.write("content/posts/a.md", post("前", editorial="前。\n\n## 見出し"))
    project.write("content/posts/b.md", post("後", front="tags: [札]\n", editorial=BEFORE))
    project.write("content/posts/c.md", post("脇", editorial="[見出し](a.md#見出し)"))
    return make


def _fresh(project, path):
    data = (project.root / path).read_bytes()
    made, _ = parse.parse(parse.settings(Config()), parse.Read(path, data))
    return msgspec.msgpack.decode(made, type=Parsed)


@pytest.mark.parametrize(
    "editorial",
    ["別の一行目。\n\n[前](a.md)\n", "一行目。\n\n一行足す。\n\n[前](a.md)\n"],
    ids=["text", "line"],
)
def test_an_edited_text_gives_the_site_of_a_whole_assembly(project, post, prepared, editorial):
    before = prepared()
    project.write("content/posts/b.md", post("後", front="tags: [札]\n", editorial=editorial))
    revised = prepare.revised(before, [_fresh(project, "content/posts/b.md")])
    after = prepared()
    assert (revised.site, revised.planned, revised.parsed) == (
        after.site,
        after.planned,
        after.parsed,
    )


@pytest.mark.parametrize(
    ("front", "editorial"),
    [
        ("tags: [別]\n", BEFORE),
        ("tags: [札]\nslug: other\n", BEFORE),
        ("tags: [札]\ndraft: true\n", BEFORE),
        ("tags: [札]\n", "リンクを消す。"),
        ("tags: [札]\n", BEFORE + "\n## 新しい見出し\n"),
    ],
)
def test_an_edit_that_reaches_further_is_left_to_a_whole_assembly(
    project, post, prepared, front, editorial
):
    before = prepared()
    project.write("content/posts/b.md", post("後", front=front, editorial=editorial))
    assert prepare.revised(before, [_fresh(project, "content/posts/b.md")]) is None


def test_a_new_heading_is_revised_where_no_link_leads_to_one(project, post, prepared):
    project.write("content/posts/c.md", post("脇", editorial="[前](a.md)"))
    before = prepared()
    headed = BEFORE + "\n## 新しい見出し\n"
    project.write("content/posts/b.md", post("後", front="tags: [札]\n", editorial=headed))
    revised = prepare.revised(before, [_fresh(project, "content/posts/b.md")])
    assert revised.site == prepared().site


def test_a_quotation_that_is_taken_down_takes_its_picture_out_of_the_site(project, post, prepared):
    quoted = "quote: {text: 港に霧笛が鳴る。, image: shot.png, alt: 図"
    text = post("後", editorial=BEFORE).replace("quote: 港に霧笛が鳴る。", f"{quoted}}}")
    project.write("content/posts/b.md", text)
    project.write("content/posts/shot.png", b"png")
    before = prepared()
    project.write("content/posts/b.md", text.replace(f"{quoted}}}", f"{quoted}, withdrawn: 理由}}"))
    assert prepare.revised(before, [_fresh(project, "content/posts/b.md")]) is None
