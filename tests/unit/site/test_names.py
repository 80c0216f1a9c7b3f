"""Names as they are written -> one name, one slug."""

import pytest

from sitegen.diagnostics.model import Location
from sitegen.model import About, Named, Ref
from sitegen.site import names


@pytest.fixture
def named(configured):
    """The names behind words, each on a line of its own."""

    def make(*words, table="tags", settings=""):
        written = [Named(word, Location("p.md", line)) for line, word in enumerate(words, 1)]
        return names.names(configured(settings), table, written)

    return make


@pytest.mark.parametrize(
    ("words", "shown"),
    [
        (["AI", "ai", "ai"], "ai"),
        (["AI", "ＡＩ", "AI"], "AI"),
        (["ｶﾞｽ", "ガス", "ガス"], "ガス"),
        (["か\u3099", "が", "が"], "が"),
        (["半\u200b導体", "半導体", "半導体"], "半導体"),
        (["葛飾", "葛\U000e0100飾"], "葛飾"),
        (["ai", "AI"], "AI"),  # as often: the first in order, whatever the order of files
        (["AI", "ai"], "AI"),
    ],
)
def test_spellings_that_differ_by_case_width_form_or_unseen_signs_are_one_name(named, words, shown):
    found = named(*words)
    assert found.diagnostics == ()
    assert {name.text for name in found.spelt.values()} == {shown}
    assert set(found.spelt) == set(words)


def test_a_name_leads_to_its_listing(named):
    assert named("AI・半導体").spelt["AI・半導体"].ref == Ref(
        "AI・半導体", "/tags/ai-%E5%8D%8A%E5%B0%8E%E4%BD%93/"
    )
    assert named("人", table="authors").spelt["人"].ref.url == "/authors/%E4%BA%BA/"


def test_the_settings_say_slug_spelling_and_more(named):
    found = named(
        "人工知能",
        "ＡＩ",
        settings='base_url = "https://e.jp/b/"\n'
        '[tool.sitegen.tags.AI]\nslug = "a-i"\nsame = ["人工知能"]\ndescription = "d"',
    )
    name = found.spelt["人工知能"]
    assert name == found.spelt["ＡＩ"]
    assert (name.text, name.slug, name.about, name.ref.url) == (
        "AI", "a-i", About("d"), "/b/tags/a-i/",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("tables", "shown"),
    [
        ({"AI": ["機械"], "機械": ["学習"]}, "AI"),
        ({"機械": ["学習"], "AI": ["機械"]}, "AI"),
        ({"AI": ["機械"], "機械": ["AI", "学習"]}, "AI"),
        ({"AI": ["AI", "ai", "機械", "学習"]}, "AI"),
        ({"機械": ["学習"], "学習": ["AI"], "AI": ["機械"]}, "機械"),
        ({"機械": ["AI"], "学習": ["機械"], "AI": ["機械"]}, "学習"),
    ],
)
def test_what_is_the_same_as_one_of_the_same_is_so_too(named, tables, shown):
    settings = "".join(
        f"[tool.sitegen.tags.'{name}']\nsame = {same}\n" for name, same in tables.items()
    )
    found = named("AI", "機械", "学習", settings=settings)
    assert found.diagnostics == ()
    assert {name.text for name in found.spelt.values()} == {shown}


def test_the_links_of_an_author_are_ready(named):
    found = named(
        "人",
        table="authors",
        settings='base_url = "https://e.jp/b/"\n'
        '[tool.sitegen.authors."人"]\nurl = "/about/"\nimage = "/a.png"',
    )
    assert found.spelt["人"].about == About("", "/b/about/", "/b/a.png")


def test_the_tags_of_the_settings_say_nothing_of_authors(named):
    settings = '[tool.sitegen.tags.AI]\nslug = "a-i"'
    assert named("AI", table="authors", settings=settings).spelt["AI"].slug == "ai"


@pytest.mark.parametrize("words", [["C", "C!"], ["a b", "a-b"], ["港・霧", "港 霧"]])
def test_two_names_with_one_slug_are_told_at_the_later(named, words):
    (fault,) = named(*words).diagnostics
    assert (fault.code, fault.location.line, fault.others[0].line) == ("duplicate-slug", 2, 1)
    assert (fault.arguments["name"], fault.arguments["other"], fault.arguments["table"]) == (
        words[1], words[0], "tags",
    )  # fmt: skip


def test_a_slug_of_the_settings_may_collide_too(named):
    (fault,) = named("霧", "港", settings='[tool.sitegen.tags."港"]\nslug = "霧"').diagnostics
    assert fault.code == "duplicate-slug"


def test_a_name_without_letters_has_a_slug(named):
    found = named("!", "?")
    slugs = {name.slug for name in found.spelt.values()}
    assert len(slugs) == 2
    assert all(slug.startswith("tag-") for slug in slugs)


def test_no_words_have_no_names(named):
    assert named() == names.Names({}, ())
