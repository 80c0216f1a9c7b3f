"""The files of a new site and of a new post, and how they are written."""

import datetime as dt
import json
import re
from pathlib import Path

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from sitegen import config_file, new, text, urls
from sitegen.content import dates, frontmatter, schema

ZONE = dt.timezone(dt.timedelta(hours=9))
TODAY = dates.parse("2025-02-04 21:00", ZONE)
LANGUAGES = ["ja", "en"]


def site(name="みなと日誌", language="ja"):
    return {
        path: data.decode() for path, data in new.site_files(name, language, TODAY, "1.2.3").items()
    }


def read(path, content, keys=schema.POST):
    return frontmatter.load(path, text.normalised(content), keys, ZONE)


def read_post(title="題名", source="", slug="", language="ja"):
    path, data = new.post_file(title, source, TODAY, slug, language)
    return read(path, data.decode())


def title_of(post):
    assert post.diagnostics == ()
    return post.fields["title"].value


# ---------------------------------------------------------------- a site


def test_a_site_has_these_files():
    assert list(site()) == [
        ".editorconfig",
        ".github/workflows/sitegen.yml",
        ".gitignore",
        ".vscode/extensions.json",
        ".vscode/front-matter.schema.json",
        ".vscode/settings.json",
        ".vscode/sitegen.code-snippets",
        ".vscode/tasks.json",
        "content/pages/about.md",
        "content/posts/2025-02-04-hajimete.md",
        "pyproject.toml",
        "requirements.txt",
    ]


def test_an_english_site_has_the_same_files_but_for_the_post():
    assert {path.replace("first-post", "hajimete") for path in site(language="en")} == set(site())


def test_an_english_site_has_no_japanese():
    found = {
        path: re.findall(r"[\u3040-\u30ff\u4e00-\u9fff]", file)
        for path, file in site("blog", "en").items()
    }
    assert not any(found.values())


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_file_ends_lines_with_one_newline(language):
    files = site(language=language).values()
    assert all(
        "\r" not in file and file.endswith("\n") and not file.endswith("\n\n") for file in files
    )


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_placeholder_of_a_starter_is_left(language):
    assert not re.findall(
        r"\{(?:name|date|version)\}", "".join([*site(), *site(language=language).values()])
    )


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_settings_are_without_fault(language):
    assert config_file.load(site(language=language)["pyproject.toml"]).diagnostics == ()


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_settings_say_the_language(language):
    assert config_file.load(site(language=language)["pyproject.toml"]).config.language == language


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_setting_has_a_comment_above_it(language):
    lines = site(language=language)["pyproject.toml"].split("\n")
    settings = [number for number, line in enumerate(lines) if re.match(r"(?:# )?[a-z_]+ = ", line)]
    assert len(settings) == 8
    assert all(re.match(r"# (?![a-z_]+ = )", lines[number - 1]) for number in settings)


@given(st.text(max_size=40))
def test_a_name_of_any_characters_gives_settings_without_fault(name):
    assert config_file.load(site(name)["pyproject.toml"]).diagnostics == ()


@given(st.text("abc\"\\{}'#引用 ", min_size=1).map(str.strip).filter(bool))
def test_the_name_is_the_title(name):
    assert config_file.load(site(name)["pyproject.toml"]).config.title == name


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_site_without_a_name_has_a_title(language):
    assert config_file.load(site("", language)["pyproject.toml"]).config.title


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_first_post_has_front_matter_without_fault(language):
    posts = [(path, file) for path, file in site(language=language).items() if "/posts/" in path]
    assert [read(path, file).diagnostics for path, file in posts] == [()]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_first_post_names_its_source(language):
    post = next(
        read(path, file) for path, file in site(language=language).items() if "/posts/" in path
    )
    assert list(post.fields["source"].value) == ["url", "title", "site", "accessed"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_first_posts_comment_is_longer_than_its_quotation(language):
    post = next(
        read(path, file) for path, file in site(language=language).items() if "/posts/" in path
    )
    assert text.length(post.body) > 1.5 * text.length(post.fields["quote"].value["text"].value)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_standing_page_has_front_matter_without_fault(language):
    path = "content/pages/about.md"
    assert read(path, site(language=language)[path], schema.PAGE).diagnostics == ()


def test_the_first_post_is_of_the_day_where_the_site_is():
    evening = dates.parse("2025-02-03 20:00 -05:00", dt.timezone(dt.timedelta(hours=-5)))
    assert "content/posts/2025-02-04-hajimete.md" in new.site_files("b", "ja", evening, "1")


def test_the_zone_of_the_first_post_is_that_of_the_settings():
    assert {
        language: config_file.load(site(language=language)["pyproject.toml"]).config.timezone
        for language in LANGUAGES
    } == new._ZONES  # noqa: SLF001 -- one fact in two places


def test_the_version_is_pinned():
    assert site()["requirements.txt"] == "sitegen==1.2.3\n"


# ---------------------------------------------------------------- the workflow


@pytest.mark.parametrize("language", LANGUAGES)
def test_pull_requests_are_checked_strictly(language):
    assert (
        "- run: sitegen check --strict\n"
        in site(language=language)[".github/workflows/sitegen.yml"]
    )


@pytest.mark.parametrize("language", LANGUAGES)
def test_publishing_is_not_strict(language):
    workflow = site(language=language)[".github/workflows/sitegen.yml"]
    assert re.findall("sitegen build.*", workflow) == ['sitegen build --base-url "$BASE_URL"']


def test_the_workflows_differ_in_their_comments_only():
    workflows = [site(language=language)[".github/workflows/sitegen.yml"] for language in LANGUAGES]
    assert len({re.sub("(?m)^#.*\n", "", workflow) for workflow in workflows}) == 1


# ---------------------------------------------------------------- the editor


def jsonc(file):
    return json.loads(re.sub(r"(?m)^\s*//.*$", "", file))


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_schema_is_that_of_posts(language):
    found = json.loads(site(language=language)[".vscode/front-matter.schema.json"])
    assert found == schema.json_schema(schema.POST, language)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_editors_files_are_json_with_comments(language):
    files = site(language=language)
    found = {path: jsonc(file) for path, file in files.items() if path.startswith(".vscode/")}
    assert len(found) == 5
    assert all(found.values())


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_settings_of_the_editor_name_the_schema(language):
    files = site(language=language)
    named = jsonc(files[".vscode/settings.json"])["yaml.schemas"]
    assert [path.removeprefix("./") in files for path in named] == [True]


def expanded(body):
    """The text that a snippet leaves in the file when its defaults are kept."""
    joined = "\n".join(body)
    now = {"YEAR": "2025", "MONTH": "02", "DATE": "04", "HOUR": "21", "MINUTE": "00"}
    joined = re.sub(r"\$CURRENT_([A-Z]+)", lambda found: now[found[1]], joined)
    joined = re.sub(r"\$\{\d\|([^,|]+)[^}]*\}", r"\1", joined)
    return re.sub(r"\$\{\d:([^}]*)\}", r"\1", joined)


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_snippet_gives_front_matter_without_fault(language):
    snippets = jsonc(site(language=language)[".vscode/sitegen.code-snippets"])
    bodies = {
        name: expanded(snippet["body"]) for name, snippet in snippets.items() if name != "fence"
    }
    posts = {
        name: body if name == "post" else f"---\ntitle: t\n{body}\n---\n"
        for name, body in bodies.items()
    }
    faults = {name: read("content/posts/a.md", post).diagnostics for name, post in posts.items()}
    assert set(faults.values()) == {()}


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_snippet_of_a_source_offers_every_kind(language):
    snippets = jsonc(site(language=language)[".vscode/sitegen.code-snippets"])
    offered = re.search(r"kind: \$\{\d\|(.*)\|\}", "\n".join(snippets["source"]["body"]))[1]
    assert tuple(offered.split(",")) == schema.KINDS


def test_the_task_finds_a_fault_in_what_check_tells():
    task = jsonc(site()[".vscode/tasks.json"])["tasks"][0]["problemMatcher"]["pattern"]
    place = "file=content/posts/a.md,line=3,col=7,endColumn=12,title=bad-date"
    line = f"::error {place}::日付%25 です%0A直す"
    found = re.match(task["regexp"], line)
    names = ("severity", "file", "line", "column", "endColumn", "code", "message")
    assert [found[task[name]] for name in names] == [
        "error", "content/posts/a.md", "3", "7", "12", "bad-date", "日付%25 です",
    ]  # fmt: skip


# ---------------------------------------------------------------- a post


@pytest.mark.parametrize(
    "title",
    [
        "韓国、共同研究を日本に提案",
        "草枕: 一",
        "末尾:",
        "C# と F #",
        '"引用"',
        "'引用'",
        "- 箇条",
        "--- 線",
        "[1] {2}",
        "| 縦",
        "> 引用",
        "@人 `code` %25 &と *強調* !注",
        "? 問い",
        "null",
        "~",
        "true",
        "0123",
        "1.10",
        "2025-02-04",
        "\\n",
        "題：名",
        "#1",
        "👨\u200d👩\u200d👧",
        "{title} {url}",
        "한국어 العربية",
    ],
)
def test_a_title_is_read_back_as_typed(title):
    assert title_of(read_post(title)) == title


def test_a_plain_title_is_written_without_quotes():
    assert b"title: \xe8\x8d\x89\xe6\x9e\x95\n" in new.post_file("草枕", "", TODAY, "")[1]


def test_line_ends_and_controls_of_a_title_become_blanks():
    assert title_of(read_post("a\nb\x00c\u2028d\x85e\u202ef")) == "a b c d e f"


def test_a_title_that_is_no_unicode_can_be_written():
    assert title_of(read_post("a\udce3b")) == "a\ufffdb"


@given(st.text(min_size=1, max_size=100))
def test_every_title_is_read_back_in_one_line(title):
    line = new._one_line(title)  # noqa: SLF001 -- what of a title can be kept
    assume(new.is_seen(title))  # what nobody sees is missed, and refused before it is written
    assert title_of(read_post(title)) == line


@given(
    st.text(
        st.characters(exclude_categories=("Cc", "Cf", "Cn", "Cs", "Zl", "Zp")),
        min_size=1,
        max_size=100,
    )
)
def test_every_printable_title_is_kept_but_for_blanks_around_it(title):
    assume(title.strip())
    assert title_of(read_post(title)) == title.strip()


@given(st.text(max_size=60), st.text(max_size=20))
def test_the_file_of_every_title_is_named_canonically(title, slug):
    path = new.post_file(title, "", TODAY, slug)[0]
    name = re.fullmatch(r"content/posts/2025/02/04-(.+)\.md", path)[1]
    assert urls.slug(name) == name


@given(st.text(min_size=1, max_size=60))
def test_the_path_of_every_post_says_its_day(title):
    assert dates.from_path(new.post_file(title, "", TODAY, "")[0]) == (2025, 2, 4)


def test_japanese_in_a_title_is_kept_in_the_path():
    assert new.post_file("AI・半導体", "", TODAY, "")[0] == "content/posts/2025/02/04-ai-半導体.md"


def test_a_slug_that_is_given_names_the_file():
    assert (
        new.post_file("題名", "", TODAY, "Horizon Europe")[0]
        == "content/posts/2025/02/04-horizon-europe.md"
    )


def test_a_slug_cannot_leave_the_folder():
    assert new.post_file("題名", "", TODAY, "../../x")[0] == "content/posts/2025/02/04-x.md"


def test_a_title_without_letters_is_named_by_the_time():
    assert new.post_file("！？", "", TODAY, "")[0] == "content/posts/2025/02/04-2100.md"


@pytest.mark.parametrize("title", ["", " 　", "\u200b", "\x7f", "\u202e\n"])
def test_what_nobody_sees_is_no_title(title):
    assert not new.is_seen(title)
    assert new.is_seen(f"{title}港")


@pytest.mark.parametrize(
    ("title", "source", "phrase"),
    [
        ("霧", "", ""),
        (" 霧\n", " https://a.test/霧 ", ""),
        ("霧" * 300, "https://a.test/", ""),
        ("霧" * 301, "", "long-title"),
        (" ", "", "no-title"),
        ("霧", "a.test", "no-source"),
        ("霧", "https://a.test/夜 海", "no-source"),
    ],
)
def test_what_cannot_build_is_refused(title, source, phrase):
    assert new.refused(title, source) == phrase


def test_a_new_post_is_a_draft():
    assert read_post().draft


def test_a_new_post_has_date_and_time():
    assert read_post().fields["date"].value == TODAY


def test_the_source_that_is_given_is_in_the_post():
    post = read_post(source="https://example.jp/記事?a=1#2")
    assert post.fields["source"].value["url"].value == "https://example.jp/記事?a=1#2"


def test_a_source_that_is_not_given_is_left_open():
    assert list(read_post().fields["source"].value) == ["accessed"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_new_post_has_the_same_keys_in_both_languages(language):
    assert list(read_post(source="https://example.jp/", language=language).fields) == [
        "title", "date", "draft", "tags", "source", "quote",
    ]  # fmt: skip


# ---------------------------------------------------------------- on the disk


def test_files_are_written_with_their_folders(tmp_path):
    new.write_new(tmp_path / "blog", {"a/b/c.md": b"x\n"})
    assert (tmp_path / "blog/a/b/c.md").read_bytes() == b"x\n"


def test_nothing_is_said_when_all_is_written(tmp_path):
    assert new.write_new(tmp_path, {"a": b"", "b": b""}) == ""


def test_the_first_file_that_exists_is_told(tmp_path):
    (tmp_path / "b").write_bytes(b"")
    assert new.write_new(tmp_path, {"a": b"", "b": b"", "c": b""}) == "b"


def test_nothing_is_written_if_one_file_exists(tmp_path):
    (tmp_path / "b").write_bytes(b"mine")
    new.write_new(tmp_path, {"a": b"", "b": b""})
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == {"b": b"mine"}


def test_a_file_in_the_place_of_a_folder_is_told(tmp_path):
    (tmp_path / "content").write_bytes(b"")
    assert new.write_new(tmp_path, {"content/a": b""}) == "content"


def test_a_dangling_link_is_told(tmp_path):
    (tmp_path / "a").symlink_to("nowhere")
    assert new.write_new(tmp_path, {"a": b""}) == "a"


def test_a_link_out_of_the_folder_is_told(tmp_path):
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "blog").mkdir()
    (tmp_path / "blog/content").symlink_to(tmp_path / "elsewhere")
    assert new.write_new(tmp_path / "blog", {"content/posts/a": b""}) == "content"


def test_nothing_is_written_behind_a_link_out_of_the_folder(tmp_path):
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "blog").mkdir()
    (tmp_path / "blog/content").symlink_to(tmp_path / "elsewhere")
    new.write_new(tmp_path / "blog", {"content/posts/a": b""})
    assert list((tmp_path / "elsewhere").iterdir()) == []


def test_a_link_within_the_folder_is_followed(tmp_path):
    (tmp_path / "texts").mkdir()
    (tmp_path / "content").symlink_to("texts")
    new.write_new(tmp_path, {"content/a": b"x"})
    assert (tmp_path / "texts/a").read_bytes() == b"x"


def test_a_site_is_written_whole(tmp_path):
    files = new.site_files("b", "ja", TODAY, "1")
    new.write_new(tmp_path, files)
    written = {
        path.relative_to(tmp_path).as_posix(): path.read_bytes()
        for path in Path(tmp_path).rglob("*")
        if path.is_file()
    }
    assert written == files


# ---------------------------------------------------------------- what to do next


def test_the_next_steps_are_three():
    assert re.findall(r"(?m)^  (\d)\. (\w+ \w+)", new.next_steps("myblog", "ja")) == [
        ("1", "cd myblog"), ("2", "sitegen serve"), ("3", "sitegen new"),
    ]  # fmt: skip


def test_a_site_made_here_needs_no_change_of_folder():
    assert "cd" not in new.next_steps("", "en")


@pytest.mark.parametrize(("name", "shown"), [("みなと", "cd みなと"), ("my blog", "cd 'my blog'")])
def test_the_name_of_the_folder_can_be_pasted(name, shown):
    assert f"1. {shown}\n" in new.next_steps(name, "ja")
