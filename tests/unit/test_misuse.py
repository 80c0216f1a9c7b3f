"""Wrong use of the command line is told in the language of the site, with exit code 2."""

import pytest

MISUSES = [
    (
        ["list", "--formt", "json"],
        "オプション --formt はありません。もしかして --format",
        "there is no option --formt: did you mean --format?",
    ),
    (
        ["lsit"],
        "コマンド lsit はありません。もしかして list",
        "there is no command lsit: did you mean list?",
    ),
    (["new", "post"], "引数 TITLE が足りません", "the argument TITLE is missing"),
    (
        ["list", "--format", "yaml"],
        "--format に使える値: text json",
        "--format takes one of: text json",
    ),
    (["serve", "--port", "x"], "--port に使える値: 0–65535", "--port takes one of: 0–65535"),
    (
        ["list", "--format"],
        "--format の値が足りないか、余分です",
        "--format lacks its value, or takes none",
    ),
    (
        ["new", "post", "夜", "霧"],
        "引数が多すぎます。空白を含むものは引用符で囲む",
        "there are too many arguments; put what holds blanks in quotation marks",
    ),
]
OWN = [
    (
        ["list", "-C", "nowhere", "--lang"],
        "-C: フォルダーがありません: nowhere",
        "-C: there is no folder nowhere",
    ),
    (
        ["check", "--base-url", "x", "--lang"],
        "--base-url: URL ではありません: x",
        "--base-url: x is not a URL",
    ),
    (
        ["check", "nowhere.md", "--lang"],
        "FILES: ファイルがありません: nowhere.md",
        "FILES: there is no file nowhere.md",
    ),
    (["check", "..", "--lang"], "FILES: サイトの外にあります: ..", "FILES: .. is not in the site"),
    (
        ["check", "--now", "2026-13-01", "--lang"],
        "--now: 日付として読めません: 2026-13-01\n  月は 1〜12",
        "--now: this is not a date: 2026-13-01\n  months are 1 to 12",
    ),
    (
        ["new", "post", "霧", "--source", "foo", "--lang"],
        "--source: URL ではありません: foo",
        "--source: foo is not a URL",
    ),
    (
        ["new", "post", "霧" * 301, "--lang"],
        "TITLE: 長すぎます（300 字まで）",
        "TITLE: it is too long (up to 300 characters)",
    ),
    (["new", "post", " ", "--lang"], "TITLE: 文字がありません", "TITLE: there are no words in it"),
    (
        ["explain", "borken-link", "--lang"],
        "borken-link という指摘はありません。もしかして broken-link",
        "there is no code borken-link: did you mean broken-link?",
    ),
]


@pytest.mark.parametrize("language", ["ja", "en"])
@pytest.mark.parametrize(("arguments", "ja", "en"), MISUSES)
def test_wrong_use_is_told_in_the_language_of_the_site(project, language, arguments, ja, en):
    project.write("pyproject.toml", f"[tool.sitegen]\nlanguage = '{language}'\n")
    done = project.run(*arguments)
    first, *rest = done.stderr.splitlines()
    assert (done.code, done.stdout, first) == (2, "", f"✗ {ja if language == 'ja' else en}")
    assert [line for line in rest if "sitegen" not in line or "--help" not in line] == []


@pytest.mark.parametrize("language", ["ja", "en"])
@pytest.mark.parametrize(("arguments", "ja", "en"), OWN)
def test_what_cannot_be_meant_is_told_in_the_language_that_is_asked_for(
    project, language, arguments, ja, en
):
    done = project.run(*arguments, language)
    assert (done.code, done.stdout) == (2, "")
    assert done.stderr == f"✗ {ja if language == 'ja' else en}\n"


def test_a_file_that_cannot_even_be_looked_for_is_not_there(project):
    done = project.run("check", "a" * 300)
    assert (done.code, done.stderr) == (2, f"✗ FILES: ファイルがありません: {'a' * 300}\n")


def test_a_folder_that_cannot_be_looked_for_is_told_in_one_line(project):
    done = project.run("list", "-C", "a" * 300)
    assert (done.code, done.stderr.count("\n"), done.stderr[:1]) == (3, 1, "✗")


@pytest.mark.parametrize(
    "arguments", [["list", "-C", "english", "--x"], ["list", "--x", "--lang=en"]]
)
def test_the_language_is_that_of_the_folder_or_the_option_beside_what_is_wrong(project, arguments):
    project.write("english/pyproject.toml", "[tool.sitegen]\nlanguage = 'en'\n")
    assert project.run(*arguments).stderr.startswith("✗ there is no option --x\n")


def test_the_command_alone_is_answered_with_help(project):
    done = project.run("new")
    assert (done.code, done.stderr.startswith("Usage: sitegen new ")) == (2, True)
