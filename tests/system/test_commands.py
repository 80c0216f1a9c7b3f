"""The command line as its users meet it: people, programs, GitHub Actions, terminals."""

import json
import os
import pty
import re
import select
import subprocess
import sys
import time
from pathlib import Path

import pytest

from .conftest import Site, seen, tree

LINE = re.compile(
    r"sitegen: (ok|failed) pages=(\d+) posts=(\d+) rendered=(\d+) removed=(\d+) drafts=(\d+) "
    r"scheduled=(\d+) warnings=(\d+) errors=(\d+) seconds=(\d+\.\d\d)\n"
)
WARNED = "---\ntitle: 警告の記事\nsource: https://example.com/x\nquote: 引用。\n---\n論評。\n"
BROKEN = "---\ntitle: 壊れた記事\ndate: 2025-02-30\nsoruce: x\n---\n本文\n"


def spoilt(site):
    """The site with a post that has two errors, another with a broken link, and a warning."""
    site.write("content/posts/2025/03/01-broken.md", BROKEN)
    site.post("2025/03/02-linked.md", "切れた記事", "[なし](none.md)\n")
    site.write("content/posts/2025/03/03-warned.md", WARNED)
    return site


# ---------------------------------------------------------------- exit codes and the last line


def test_a_build_that_works_gives_0_and_the_last_line(site):
    done = site.build()
    assert done.code == 0
    found = LINE.fullmatch(done.out)
    assert found, done
    pages = sum(
        not path.endswith((".png", ".svg", ".css", ".sitegen", ".js")) for path in site.tree()
    )
    assert found.group(1, 2, 3, 5, 6, 7, 8, 9) == ("ok", str(pages), "3", "0", "0", "0", "0", "0")
    assert int(found[4]) == len(site.tree()) - 1  # the list of what is ours is not counted


def test_the_last_line_tells_what_was_removed_and_held(built):
    (built.root / "content/posts/2025/03/06-third.md").unlink()
    built.post("2025/04/01-draft.md", "下書き", draft="true")
    built.post("2027/04/01-future.md", "予約")
    found = LINE.fullmatch(built.build().out)
    assert found.group(1, 3, 6, 7) == ("ok", "2", "1", "1")
    assert int(found[5]) >= 2  # the post and its picture


def test_faults_give_1_and_nothing_is_written(site):
    done = spoilt(site).build()
    assert done.code == 1
    found = LINE.fullmatch(done.out)
    assert found, done
    assert found.group(1, 2, 4, 5) == ("failed", "0", "0", "0")
    assert int(found[9]) == done.err.count("error[")
    assert int(found[8]) == done.err.count("warning[")
    assert not site.output.exists() or site.tree() == {}


def test_all_faults_are_told_at_once_sorted_by_place(site):
    done = spoilt(site).build()
    places = re.findall(r"--> (\S+?):(\d+):(\d+)$", done.err, re.MULTILINE)
    assert len(places) >= 4, done
    assert places == sorted(places, key=lambda place: (place[0], int(place[1]), int(place[2])))
    assert {place[0].rpartition("/")[2] for place in places} == {
        "01-broken.md",
        "02-linked.md",
        "03-warned.md",
    }


def test_a_fault_shows_its_line_and_a_caret_below_the_word(site):
    lines = spoilt(site).build().err.split("\n")
    at = next(number for number, line in enumerate(lines) if "soruce: x" in line)
    column = lines[at].index("soruce")
    assert lines[at + 1][column : column + 6] == "^^^^^^"
    assert "source" in "\n".join(lines[at : at + 6])


def test_under_strict_a_warning_gives_1_and_nothing_is_written(site):
    site.write("content/posts/2025/03/03-warned.md", WARNED)
    assert site.build().code == 0
    before = seen(site.output)
    site.post("2025/02/04-first.md", "直した記事")
    done = site.build("--strict")
    assert done.code == 1, done
    assert LINE.fullmatch(done.out)[1] == "failed"
    assert seen(site.output) == before


@pytest.mark.parametrize(
    "arguments",
    [
        ["biuld"],
        ["build", "--nothing"],
        ["build", "-C", "nowhere"],
        ["build", "-C", "pyproject.toml"],
        ["build", "--jobs", "0"],
        ["build", "--jobs", "many"],
        ["build", "--format", "xml"],
        ["build", "--now", "someday"],
        ["build", "--now", "2025-02-30"],
        ["build", "--base-url", "nonsense"],
        ["build", "--base-url", "https://example.org/?q"],
        ["build", "extra"],
        ["check", "-C", "nowhere"],
        ["list", "--format", "github"],
        ["list", "-C", "nowhere"],
        ["explain", "no-such-code"],
        ["explain"],
        ["new"],
        ["new", "post"],
        ["new", "post", " "],
        ["serve", "-C", "nowhere"],
    ],
    ids=" ".join,
)
def test_wrong_use_gives_2_and_no_traceback(site, arguments):
    done = site.run(*arguments)
    assert done.code == 2, done
    assert "Traceback" not in done.err
    assert done.err
    assert done.out == ""


def test_an_unknown_command_is_told_with_the_one_that_was_meant(site):
    assert "build" in site.run("biuld").err


def test_a_bug_of_ours_gives_70_with_a_traceback_and_where_to_report_it(built):
    before = seen(built.output)
    done = built.build(
        prelude="""
        import sitegen.site.plan
        def plan(*_): raise ZeroDivisionError("ours")
        sitegen.site.plan.plan = plan
        """
    )
    assert done.code == 70, done
    assert "Traceback" in done.err
    assert "ZeroDivisionError: ours" in done.err
    assert "README" in done.err.rpartition("ZeroDivisionError")[2]
    assert seen(built.output) == before


@pytest.mark.parametrize("command", ["list", "check", "explain no-base-url", "schema"])
def test_a_bug_of_ours_in_any_command_gives_70(site, command):
    broken = """
    import sitegen.content.schema, sitegen.diagnostics.catalog, sitegen.site.assemble
    def fails(*_, **__): raise ZeroDivisionError("ours")
    sitegen.content.schema.json_schema = fails
    sitegen.diagnostics.catalog.explanation = fails
    sitegen.site.assemble.assemble = fails
    """
    done = site.run(*command.split(), prelude=broken)
    assert done.code == 70, done
    assert "Traceback" in done.err


def test_help_and_version_give_0(site):
    for arguments in (["--help"], ["build", "--help"], ["--version"], ["new", "site", "-h"]):
        done = site.run(*arguments)
        assert done.code == 0, done
        assert done.out


def test_a_reader_that_goes_away_gives_no_traceback(site):
    process = site.begin("schema")
    process.stdout.close()
    error = process.stderr.read().decode()
    process.stderr.close()
    process.wait(30)
    assert "Traceback" not in error


def test_a_site_without_posts_builds(tmp_path):
    site = Site(tmp_path / "empty")
    site.write("content/pages/about.md", "---\ntitle: 紹介\n---\n紹介。\n")
    done = site.build()
    assert done.code == 0, done
    assert "posts=0" in done.out


def test_a_folder_that_is_no_site_is_told_and_left_alone(tmp_path):
    site = Site(tmp_path / "empty")
    done = site.build()
    assert done.code in {1, 2}, done
    assert "Traceback" not in done.err
    assert not site.output.exists()


# ---------------------------------------------------------------- formats for programs


def test_json_holds_every_fault_with_its_place(site):
    told = spoilt(site).build().err
    done = site.build("--format", "json")
    document = json.loads(done.out)
    assert done.code == 1
    assert document["version"] == 1
    assert document["result"]["ok"] is False
    faults = document["diagnostics"]
    assert sorted(fault["code"] for fault in faults) == sorted(
        re.findall(r"^\w+\[([a-z0-9-]+)\]", told, re.MULTILINE)
    )
    assert document["result"]["errors"] == sum(fault["severity"] == "error" for fault in faults)
    unknown = next(fault for fault in faults if fault["code"] == "unknown-key")
    assert (unknown["file"], unknown["line"], unknown["column"]) == (
        "content/posts/2025/03/01-broken.md",
        4,
        1,
    )
    assert (unknown["end_line"], unknown["end_column"]) == (4, 7)
    assert "soruce" in unknown["message"]
    assert unknown["remedy"]


def test_json_of_a_build_that_works_has_the_figures_of_the_last_line(site):
    document = json.loads(site.build("--format", "json").out)
    assert document["result"]["ok"] is True
    names = [
        "pages",
        "posts",
        "rendered",
        "removed",
        "drafts",
        "scheduled",
        "warnings",
        "errors",
        "seconds",
    ]
    assert set(names) <= document["result"].keys()
    assert all(isinstance(document["result"][name], int) for name in names[:-1])
    assert float(document["result"]["seconds"]) >= 0


COMMAND = re.compile(
    r"::(error|warning|notice) (?:file=([^,:]*),)?"
    r"(?:line=(\d+),col=(\d+),endColumn=(\d+),)?title=([a-z0-9-]+)::(.+)"
)


def test_github_gives_an_annotation_for_each_fault_errors_first(site):
    told = spoilt(site).build().err
    done = site.build("--format", "github")
    assert done.code == 1
    rows = done.out.rstrip("\n").split("\n")
    found = [COMMAND.fullmatch(row) for row in rows]
    assert all(found), done
    assert sorted(one[6] for one in found) == sorted(
        re.findall(r"^\w+\[([a-z0-9-]+)\]", told, re.MULTILINE)
    )
    kinds = [one[1] for one in found]
    assert kinds == sorted(kinds, key=["error", "warning", "notice"].index)
    unknown = next(one for one in found if one[6] == "unknown-key")
    assert unknown.group(2, 3, 4, 5) == ("content/posts/2025/03/01-broken.md", "4", "1", "7")


def test_in_github_actions_annotations_and_a_summary_come_by_themselves(site, tmp_path):
    summary = tmp_path / "summary.md"
    summary.write_text("before\n", encoding="utf-8")
    environment = {"GITHUB_ACTIONS": "true", "GITHUB_STEP_SUMMARY": str(summary)}
    done = spoilt(site).build(env=environment)
    assert done.code == 1
    rows = done.out.rstrip("\n").split("\n")
    assert all(COMMAND.fullmatch(row) for row in rows[:-1]), done
    assert LINE.fullmatch(f"{rows[-1]}\n"), done
    text = summary.read_text(encoding="utf-8")
    assert text.startswith("before\n")
    assert "unknown-key" in text
    assert "content/posts/2025/03/01-broken.md:4:1" in text


def test_a_summary_that_cannot_be_written_is_let_be(site):
    done = site.build(env={"GITHUB_ACTIONS": "true", "GITHUB_STEP_SUMMARY": "/nowhere/summary.md"})
    assert done.code == 0, done
    assert "Traceback" not in done.err


def test_annotations_name_files_from_the_root_of_the_repository(site):
    blog = Site(site.root / "docs/blog")
    (site.root / ".git").mkdir()
    blog.write("content/posts/2025/03/01-broken.md", BROKEN)
    done = blog.build("--format", "github")
    assert "file=docs/blog/content/posts/2025/03/01-broken.md," in done.out, done


def test_words_of_authors_make_no_annotations_of_their_own(site):
    site.write(
        "content/posts/2025/03/01-x.md", '---\ntitle: x\n"a\\n::error::forged %0A": x\n---\n'
    )
    site.write("content/posts/2025/03/::error::y,z=%0A.md", "---\ntitle: x\nb: y\n---\n")
    done = site.build("--format", "github")
    assert all(COMMAND.fullmatch(row) for row in done.out.rstrip("\n").split("\n")), done


@pytest.mark.parametrize("closing", [">&-", "2>&-", ">&- 2>&-"])
def test_a_build_whose_streams_are_closed_is_done(site, closing):
    done = site.build(before=("sh", "-c", f'exec "$@" {closing}', "sh"))
    assert done.code == 0, done
    assert "Traceback" not in done.err + done.out
    assert (site.output / "index.html").exists()


@pytest.fixture
def deserted():
    """A pipe that nobody reads from any more, as behind `| head -1`."""
    reading, writing = os.pipe()
    os.close(reading)
    yield writing
    os.close(writing)


@pytest.mark.parametrize(
    ("command", "code"),
    [
        (("build",), 0),
        (("build", "--strict", "--format", "json"), 0),
        (("check", "--fix"), 0),
        (("list",), 0),
        (("schema",), 0),
        (("explain", "bad-date"), 0),
        (("--help",), 0),
        (("nonsense",), 2),
    ],
)
def test_where_nobody_reads_on_all_goes_on_in_silence(site, deserted, command, code):
    done = site.run(*command, stdout=deserted)
    assert (done.code, "Traceback" in done.err, "Broken pipe" in done.err) == (code, False, False)
    done = site.run(*command, stdout=deserted, stderr=deserted)
    assert done.code == code


@pytest.mark.parametrize("code", [0, 1])
def test_a_build_tells_by_its_exit_code_alone_where_nobody_reads_on(site, deserted, code):
    if code:
        spoilt(site)
    done = site.build(stdout=deserted, stderr=deserted)
    assert (done.code, (site.output / "index.html").exists()) == (code, not code)


def test_what_is_put_right_is_checked_again_where_nobody_reads_on(site, deserted):
    page = site.post("2025/04/01-x.md", "記事", "＊＊強調＊＊\n\n")
    done = site.run("check", "--fix", "--strict", stderr=deserted)
    assert (done.code, "**強調**" in page.read_text()) == (0, True)


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no /dev/full")
@pytest.mark.parametrize("command", ["build", "list", "schema", "--help"])
def test_what_cannot_be_told_is_the_machine_and_no_bug(site, command):
    with Path("/dev/full").open("w") as full:
        done = site.run(command, stdout=full)
    assert done.code == 3, done
    assert done.err.endswith("✗ No space left on device: stdout, stderr\n")
    assert "Traceback" not in done.err


@pytest.mark.parametrize("command", [("build",), ("list",), ("new", "site", "x")])
def test_a_current_folder_that_is_deleted_is_told_as_that(site, command):
    away = "import os; os.mkdir('away'); os.chdir('away'); os.rmdir('../away')"
    done = site.run(*command, prelude=away)
    assert (done.code, done.err) == (3, "✗ No such file or directory: the current folder\n")


# ---------------------------------------------------------------- people and terminals


def test_where_there_is_no_terminal_no_escape_codes_are_written(site):
    done = spoilt(site).build(env={"TERM": "xterm-256color", "COLORTERM": "truecolor"})
    assert "\x1b" not in done.err + done.out
    assert "\r" not in done.err + done.out


def on_a_terminal(site, *arguments, prelude="", **environment):
    """What a run writes to a terminal of 80 columns, and its exit code."""
    master, slave = pty.openpty()
    terminal = {"TERM": "xterm-256color", "COLUMNS": "80", **environment}
    process = site.begin(
        *arguments, prelude=prelude, stdin=slave, stdout=slave, stderr=slave, env=terminal
    )
    os.close(slave)
    written, deadline = b"", time.monotonic() + 60
    while time.monotonic() < deadline:
        ready, _, _ = select.select([master], [], [], 0.2)
        try:
            part = os.read(master, 65_536) if ready else b""
        except OSError:  # the other end is closed
            break
        written += part
        if not part and process.poll() is not None:
            break
    os.close(master)
    process.wait(10)
    return written.decode(), process.returncode


def test_on_a_terminal_faults_are_in_colour(site):
    written, code = on_a_terminal(spoilt(site), "build")
    assert code == 1
    assert "\x1b[" in written
    assert "error[unknown-key]" in re.sub(r"\x1b\[[0-9;]*m", "", written)


@pytest.mark.parametrize("environment", [{"NO_COLOR": "1"}, {"TERM": "dumb"}], ids=str)
def test_no_colour_is_honoured_on_a_terminal(site, environment):
    written, code = on_a_terminal(spoilt(site), "build", **environment)
    assert code == 1
    assert not re.search(r"\x1b\[[0-9;]*m", written)


SLOW = """
import time
import sitegen.parse
parse = sitegen.parse.parse
def slowly(*arguments):
    time.sleep(0.5)
    return parse(*arguments)
sitegen.parse.parse = slowly
"""


def test_long_work_shows_progress_on_a_terminal(site):
    written, code = on_a_terminal(site, "build", "--jobs", "1", prelude=SLOW)
    assert code == 0
    assert re.search(r"parse\s+\d", re.sub(r"\x1b\[[0-9;?]*[a-zA-Z]", "", written)), written


STILL = """
import time
now = time.monotonic()
time.monotonic = lambda: now
"""


def test_short_work_shows_no_progress(site):
    written, code = on_a_terminal(site, "build", "--jobs", "1", prelude=STILL)
    assert code == 0
    assert "\x1b[?25l" not in written


def test_long_work_shows_no_progress_elsewhere(site):
    done = site.build("--jobs", "1", prelude=SLOW)
    assert "\x1b" not in done.err
    assert "parse" not in done.err


@pytest.mark.parametrize(
    "environment",
    [{"LANG": "C", "LC_ALL": "C"}, {"LC_ALL": "C", "PYTHONIOENCODING": "ascii"}],
    ids=str,
)
def test_a_poor_locale_spoils_no_message(site, environment):
    done = spoilt(site).build(env=environment)
    assert done.code == 1
    assert "壊れた" in done.err or "日付" in done.err or "ありません" in done.err
    assert "Traceback" not in done.err


@pytest.mark.parametrize(
    ("lang", "word"), [("en", "nothing written"), ("ja", "書き出していません")]
)
def test_messages_are_in_the_language_that_is_asked_for(site, lang, word):
    assert word in spoilt(site).build("--lang", lang).err


def test_messages_are_in_the_language_of_the_site(site):
    site.write("pyproject.toml", '[tool.sitegen]\nlanguage = "en"\n')
    assert "nothing written" in spoilt(site).build().err


def test_what_is_held_back_and_when_the_next_is_due_is_told(site):
    site.post("2027/04/01-far.md", "遠い予約")
    site.post("2026/02/03-near.md", "近い予約")
    site.post("2025/04/01-draft.md", "下書き", draft="true")
    done = site.build()
    assert "2026-02-03" in done.err
    assert "近い予約" in done.err
    assert "遠い予約" not in done.err


# ---------------------------------------------------------------- what is shown


def test_drafts_and_future_posts_are_shown_when_asked_for(site):
    site.post("2025/04/01-draft.md", "下書きの記事", draft="true")
    site.post("2027/04/01-future.md", "予約の記事")
    shown = {}
    for option in ("--jobs=1", "--drafts", "--future"):
        assert site.build(option).code == 0
        home = site.tree()["index.html"].decode()
        shown[option] = ("下書きの記事" in home, "予約の記事" in home, "noindex" in home)
    assert shown == {
        "--jobs=1": (False, False, False),
        "--drafts": (True, False, True),
        "--future": (False, True, True),
    }


COMING = "[札](/tags/先/) [無い](none.md) [無い](/none/) [次](later.md)\n"


def test_a_check_tells_what_will_be_wrong_with_a_scheduled_post(site):
    site.post("later.md", "もっと先", date="2099-02-01")
    site.post("soon.md", "先", COMING, date="2099-01-01", tags="[先]", layout="none")
    done = site.run("check", "--format", "json")
    told = [(one["code"], one["file"]) for one in json.loads(done.out)["diagnostics"]]
    wrong = [(code, file) for code, file in told if code in {"broken-link", "layout-missing"}]
    soon = "content/posts/soon.md"
    assert (done.code, wrong) == (
        1, [("layout-missing", soon), ("broken-link", soon), ("broken-link", soon)],
    )  # fmt: skip


def test_a_check_tells_of_a_scheduled_post_at_an_address_that_is_taken(site):
    site.post("soon.md", "先", date="2099-01-01", url="/2025/02/first/")
    assert "duplicate-url" in site.run("check").err


def test_a_build_does_not_mind_what_will_be_wrong(site):
    site.post("soon.md", "先", COMING, date="2099-01-01", tags="[先]")
    assert site.build().code == 0


def test_the_instant_decides_what_is_scheduled(site):
    site.post("2027/04/01-future.md", "予約の記事")
    done = site.run("build", "--now", "2027-04-02")
    assert "scheduled=0" in done.out, done
    assert "scheduled=1" in site.run("build", "--now", "2027-03-31").out


def test_the_epoch_of_the_environment_is_the_instant_and_is_told(site):
    site.post("2027/04/01-future.md", "予約の記事")
    done = site.run("build", env={"SOURCE_DATE_EPOCH": "1767225600"})
    assert "scheduled=1" in done.out, done
    assert "SOURCE_DATE_EPOCH" in done.err
    assert "SOURCE_DATE_EPOCH" not in site.run("build", env={"SOURCE_DATE_EPOCH": "1806505200"}).err


def test_a_given_instant_beats_the_epoch_of_the_environment(site):
    site.post("2027/04/01-future.md", "予約の記事")
    done = site.run("build", "--now", "2027-05-01", env={"SOURCE_DATE_EPOCH": "1767225600"})
    assert "scheduled=0" in done.out, done


@pytest.mark.parametrize(
    ("epoch", "command"),
    [
        *((epoch, "build") for epoch in ("²", "-1", "1e9", "253402300800", " 5")),
        *(("x", command) for command in ("build", "list", "new post 題名")),
    ],
)
def test_a_malformed_epoch_of_the_environment_is_wrong_use(site, command, epoch):
    done = site.run(*command.split(" "), env={"SOURCE_DATE_EPOCH": epoch})
    assert done.code == 2, done
    assert "SOURCE_DATE_EPOCH" in done.err
    assert epoch in done.err
    assert not (site.root / "output").exists()


@pytest.mark.parametrize("epoch", ["", "99999999999"])
def test_an_epoch_may_be_empty_or_late(site, epoch):
    assert site.run("build", env={"SOURCE_DATE_EPOCH": epoch}).code == 0


@pytest.mark.parametrize(
    "now", ["0002-01-01", "9998-12-31", "1970-01-01T00:00:00Z", "令和8年1月1日", "2026/1/1 9:00"]
)
def test_any_date_may_be_the_instant(site, now):
    done = site.run("build", "--now", now)
    assert done.code == 0, done


def test_the_base_url_may_be_given(site):
    assert site.build("--base-url", "https://other.example/deep/").code == 0
    home = site.tree()["index.html"].decode()
    assert 'href="/deep/' in home
    assert "https://other.example/deep/" in home
    assert "example.org" not in home


# ---------------------------------------------------------------- folders


def test_the_folder_and_the_output_may_be_given(site, tmp_path):
    done = site.build("-C", str(site.root), "--output", "out", cwd=tmp_path)
    assert done.code == 0, done
    assert (tmp_path / "out/index.html").is_file()
    assert not site.output.exists()


def test_a_build_without_a_cache_leaves_none(site):
    assert site.build("--no-cache").code == 0
    assert not list(site.folder.glob("index")) + list(site.folder.glob("bodies-*"))
    assert LINE.fullmatch(site.build("--no-cache").out)[4] == "0"


def test_the_stages_are_told_when_asked_for(site):
    done = site.build("--profile")
    assert done.code == 0
    assert re.search(r"prepare\s+\d+\.\d+ s", done.err)
    assert LINE.fullmatch(done.out)


# ---------------------------------------------------------------- check


def test_a_check_tells_the_same_and_writes_nothing(built):
    spoilt(built)
    before = seen(built.output)
    checked, build = built.run("check", "--now", "2026-01-01"), built.build()
    assert checked.code == build.code == 1
    assert re.findall(r"--> .*", checked.err) == re.findall(r"--> .*", build.err)
    assert seen(built.output) == before


def test_a_check_of_a_new_site_makes_no_output(site):
    done = site.run("check")
    assert done.code == 0, done
    assert not site.output.exists()


def test_a_check_finds_what_is_wrong_in_a_layout_when_it_is_rendered(site):
    site.write("layouts/footer.html", "{{ page.titel }}\n")
    done = site.run("check")
    assert done.code == 1, done
    assert "error[unknown-variable]" in done.err
    assert done.err.count("error[") == 1
    assert not site.output.exists()


def test_a_check_of_a_file_tells_of_that_file_alone(site):
    spoilt(site)
    done = site.run("check", "content/posts/2025/03/02-linked.md")
    assert done.code == 1, done
    assert re.findall(r"--> (\S+?):", done.err) == ["content/posts/2025/03/02-linked.md"]
    assert "errors=1" in done.out


def test_a_check_of_a_sound_file_gives_0_whatever_the_others_are(site):
    spoilt(site)
    done = site.run("check", "--strict", "content/posts/2025/02/04-first.md")
    assert done.code == 0, done
    assert "error[" not in done.err
    assert "errors=0" in done.out


def test_a_check_of_a_folder_tells_of_all_below_it(site, tmp_path):
    spoilt(site)
    done = site.run(
        "check", "-C", str(site.root), str(site.root / "content/posts/2025/03"), cwd=tmp_path
    )
    assert len(re.findall(r"--> (\S+?):", done.err)) >= 4, done


def test_a_check_of_a_file_that_is_not_there_is_wrong_use(site):
    done = site.run("check", "content/posts/nowhere.md")
    assert done.code == 2, done


# ---------------------------------------------------------------- the other commands


def test_the_list_shows_every_post_newest_first(site):
    site.post("2025/04/01-draft.md", "下書きの記事", draft="true")
    site.post("2027/04/01-future.md", "予約の記事")
    done = site.run("list")
    assert done.code == 0, done
    rows = done.out.rstrip("\n").split("\n")
    assert [row.split()[-1] for row in rows] == [
        "予約の記事",
        "下書きの記事",
        "三番目の記事",
        "二番目の記事",
        "最初の記事",
    ]
    assert len(site.run("list", "--held").out.rstrip("\n").split("\n")) == 2
    assert "予約の記事" in site.run("list", "--scheduled").out
    assert "予約の記事" not in site.run("list", "--drafts").out


def test_the_list_may_be_had_as_json(site):
    site.post("2025/04/01-draft.md", "下書きの記事", draft="true")
    entries = json.loads(site.run("list", "--format", "json").out)
    assert [entry["state"] for entry in entries] == ["draft", "published", "published", "published"]
    assert entries[1]["url"] == "/2025/03/third/"
    assert (
        json.loads(site.run("list", "--drafts", "--format", "json").out)[0]["title"]
        == "下書きの記事"
    )


def test_the_list_names_files_that_cannot_be_read(site):
    spoilt(site)
    site.write("content/posts/2025/03/09-unread.md", "no front matter\n")
    done = site.run("list")
    assert done.code == 0, done
    assert "content/posts/2025/03/09-unread.md" in done.err


def test_the_list_writes_no_output(site):
    site.run("list")
    assert not site.output.exists()


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_every_code_that_can_be_told_is_explained(site, lang):
    codes = re.findall(r"sitegen explain ([a-z0-9-]+)", spoilt(site).build().err)
    assert codes
    for code in set(codes):
        done = site.run("explain", code, "--lang", lang)
        assert done.code == 0
        assert code in done.out
        assert len(done.out.split("\n")) >= 3


def test_an_unknown_code_is_told_with_the_one_that_was_meant(site):
    assert "broken-link" in site.run("explain", "brokenlink").err


def _kinds(schema):
    """Every value of `type` in a schema."""
    if isinstance(schema, dict):
        for key, value in schema.items():
            if key == "type" and isinstance(value, str | list):
                yield from [value] if isinstance(value, str) else value
            yield from _kinds(value)
    elif isinstance(schema, list):
        for part in schema:
            yield from _kinds(part)


@pytest.mark.parametrize("arguments", [[], ["--pages"], ["--lang", "en"]], ids=str)
def test_the_schema_is_a_json_schema(site, arguments):
    done = site.run("schema", *arguments)
    schema = json.loads(done.out)
    assert done.code == 0
    assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert set(_kinds(schema)) <= {
        "object",
        "array",
        "string",
        "number",
        "boolean",
        "integer",
        "null",
    }
    assert schema["required"] == ["title"]
    assert {"title", "date", "author", "slug", "draft"} <= schema["properties"].keys()
    assert ("tags" in schema["properties"]) == (arguments != ["--pages"])
    assert schema["additionalProperties"] is False


def test_a_new_site_builds_as_it_is(site, tmp_path):
    for lang in ("ja", "en"):
        assert site.run("new", "site", str(tmp_path / lang), "--lang", lang).code == 0
        done = Site(tmp_path / lang).run("build", "--strict")
        assert done.code == 0, done
        assert "posts=0" not in done.out


def test_where_no_site_can_be_made_nothing_is_said_of_an_output(site):
    site.write("file", "")
    done = site.run("new", "site", "file/a", "--lang", "en")
    assert (done.code, done.err.count("\n")) == (3, 1)
    assert "file" in done.err
    assert "as it was" not in done.err


def test_a_new_site_overwrites_nothing(site):
    before = tree(site.root)
    done = site.run("new", "site", str(site.root))
    assert done.code == 2, done
    assert tree(site.root) == before


def test_a_new_post_is_a_post(site):
    done = site.run("new", "post", "新しい記事", "--source", "https://example.com/news/1")
    assert done.code == 0, done
    checked = site.run("check", "--drafts", "--future")
    assert "Traceback" not in checked.err
    assert "新しい記事" in site.run("list").out


# ---------------------------------------------------------------- the module and the script


def test_the_module_runs_as_the_script_does(site):
    command = [sys.executable, "-m", "sitegen", "build", "--now", "2026-01-01"]
    done = subprocess.run(command, cwd=site.root, capture_output=True, check=False, timeout=60)  # noqa: S603
    assert done.returncode == 0, done.stderr.decode()
    assert LINE.fullmatch(done.stdout.decode())


@pytest.mark.parametrize(
    "texts",
    [
        {"content/posts/x.md": b"\xff\xfe"},
        {"content/posts/x.md": "題名：x".encode("cp932")},
        {"content/posts/x.md": b""},
        {"content": b"a file"},
        {"content/posts": b"a file"},
        {"layouts": b"a file"},
        {"pyproject.toml": b"\xff"},
        {"pyproject.toml": b"[tool.sitegen\n"},
        {"pyproject.toml": b"[tool.sitegen]\ntimezone = 3\nlanguage = 'fr'\n"},
        {"layouts/post.html": b"\xff"},
        {"layouts/post.html": b"{% if %}"},
        {"layouts/post.html": b"{% extends 'post.html' %}"},
        {"layouts/post.html": b"{{ page.post.date.strftime('%Y') }}"},
        {"layouts/strings/ja.toml": b"x = \n"},
        {"layouts/base.html": b""},
        {"layouts/macros.html": b""},
    ],
    ids=lambda texts: str(next(iter(texts.items()))),
)
def test_no_fault_of_an_author_gives_a_traceback(tmp_path, texts):
    site = Site(tmp_path / "site")
    if not any(path in {"content", "content/posts"} for path in texts):
        site.post("2025/02/04-first.md", "記事")
    for path, data in texts.items():
        site.write(path, data)
    done = site.build(env={"LC_ALL": "C"})
    assert done.code in {0, 1}, done
    assert "Traceback" not in done.err
    assert done.code == 0 or "error[" in done.err


def test_a_file_outside_the_site_is_none_to_check(site, tmp_path):
    (tmp_path / "elsewhere.md").write_text("---", encoding="utf-8")
    done = site.run("check", str(tmp_path / "elsewhere.md"))
    assert done.code == 2, done
    assert "elsewhere.md" in done.err
