"""`check --fix`: what was surely meant stands in the place of what was typed."""

import pytest

from sitegen import fix
from sitegen.diagnostics.model import Diagnostic, Location


def fault(code, line, column, typed, meant):
    return Diagnostic(code, Location("p.md", line, column), {"typed": typed, "meant": meant})


@pytest.mark.parametrize(
    ("text", "faults", "made"),
    [
        ("＃ 夜\n", [("look-alike", 1, 1, "＃ 夜", "# 夜")], "# 夜\n"),
        ("a\r\nｶと\r\n", [("half-width-kana", 2, 1, "ｶ", "カ")], "a\r\nカと\r\n"),
        ("a\u2028ｶと", [("half-width-kana", 2, 1, "ｶ", "カ")], "a\u2028カと"),
        (
            "ｶとｷ",
            [("half-width-kana", 1, 1, "ｶ", "カ"), ("half-width-kana", 1, 3, "ｷ", "キ")],
            "カとキ",
        ),
        ("～\n〜～\n〜", [("mixed-wave", 2, 2, "～", "〜")], "～\n〜〜\n〜"),
        ("title：霧", [("full-width-colon", 1, 6, "：霧", ": 霧")], "title: 霧"),
        ("夜の海", [("look-alike", 1, 1, "＃ 夜", "# 夜")], "夜の海"),
        ("url: 'x?a'\n", [("source-url-unclean", 1, 6, "x?a", "x")], "url: 'x'\n"),
        ("url: y\n", [("source-url-unclean", 1, 6, "x?a", "x")], "url: y\n"),
    ],
)
def test_what_was_meant_is_put_in_its_place(text, faults, made):
    assert fix.corrected(text, [fault(*one) for one in faults])[0] == made


HEAD = "---\ntitle: 霧笛\ndate: 2025-02-04\nsource:\n  url: https://example.jp/a\n  title: 題\n"
TYPED = f"{HEAD}quote: 港。\n---\n＃ 夜の海\n\n[題]（https://example.jp/b）と**＊＊霧＊＊**。\n"


def test_check_with_fix_changes_the_post_and_tells_what_is_left(project):
    project.write("content/posts/a.md", TYPED)
    done = project.run("check", "--fix")
    changed = (project.root / "content/posts/a.md").read_text(encoding="utf-8")
    assert "# 夜の海\n\n[題](https://example.jp/b)と" in changed
    assert (done.code, "直しました: content/posts/a.md" in done.stderr) == (0, True)
    assert "look-alike" not in done.stderr
    assert project.run("check", "--fix").stderr.count("直しました") == 0


@pytest.mark.parametrize(
    "typed",
    [
        "> ＃ 夜\n",
        "> 港の夜。\n＊＊霧＊＊が出る。\n",
        "- 港\n\n  1. > ＊＊夜＊＊\n",
        "> - 港\n＃ 夜\n",
        "#渡船の日\n",
    ],
)
def test_what_others_or_a_hashtag_may_have_so_is_told_and_left_as_it_is(project, typed):
    project.write("content/posts/a.md", f"{TYPED}\n{typed}")
    done = project.run("check", "--fix")
    changed = (project.root / "content/posts/a.md").read_text(encoding="utf-8")
    assert changed.endswith(f"\n{typed}")
    assert done.stderr.count("[look-alike]") == 1


def test_fix_changes_only_the_files_that_are_looked_at(project):
    for name in ("a", "b"):
        project.write(f"content/posts/{name}.md", TYPED)
    project.run("check", "--fix", str(project.root / "content/posts/a.md"))
    assert "＃" in (project.root / "content/posts/b.md").read_text(encoding="utf-8")


def test_what_no_rule_turns_on_is_not_changed(project):
    project.write("content/posts/a.md", TYPED.replace("＃ 夜の海", "ｶﾓﾒ"))
    project.run("check", "--fix")
    assert "ｶﾓﾒ" in (project.root / "content/posts/a.md").read_text(encoding="utf-8")


# ---------------------------------------------------------------- front matter that cannot be read

LOST = f"{HEAD}quote: |\n  港に霧笛が鳴る。\n夜が明けた。\n\n 霧が晴れる。\n---\n論評。\n"
KEPT = f"{HEAD}quote: |\n  港に霧笛が鳴る。\n  夜が明けた。\n\n  霧が晴れる。\n---\n論評。\n"


ITEM = f"{HEAD}quotes:\n- text: |\n    港。\n霧。\n  via: 友\n---\n論評。\n"


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        (TYPED.replace("title: 霧", "title：霧"), TYPED),
        (TYPED.replace("title: 霧", "title：　霧"), TYPED),
        (LOST, KEPT),
        (LOST.replace("\n  港に", "\n港に"), KEPT),
        (LOST.replace("\n", "\r\n"), KEPT.replace("\n", "\r\n")),
        (ITEM, ITEM.replace("\n霧。", "\n    霧。")),
        (TYPED.replace("date:", "dtae:"), TYPED.replace("date:", "dtae:")),
    ],
)
def test_what_front_matter_lacks_is_put_in_and_nothing_else_is_touched(project, typed, meant):
    typed, meant = (text.replace(TYPED[len(HEAD) :], "---\n論評。\n") for text in (typed, meant))
    project.write("content/posts/a.md", typed)
    project.run("check", "--fix")
    assert (project.root / "content/posts/a.md").read_bytes() == meant.encode()


def test_what_measures_readers_is_taken_out_of_the_url(project):
    typed = TYPED.replace("example.jp/a\n", "example.jp/a?id=1&utm_source=rss&fbclid=x#:~:text=a\n")
    project.write("content/posts/a.md", typed)
    done = project.run("check", "--fix")
    changed = (project.root / "content/posts/a.md").read_text(encoding="utf-8")
    assert "  url: https://example.jp/a?id=1\n" in changed
    assert "source-url-unclean" not in done.stderr


def test_what_a_fault_of_the_front_matter_hid_is_put_right_in_the_same_run(project):
    typed = TYPED.replace("title: 霧", "title：霧").replace(
        "example.jp/a\n", "example.jp/a?fbclid=1\n"
    )
    project.write("content/posts/a.md", typed)
    project.run("check", "--fix")
    changed = (project.root / "content/posts/a.md").read_text(encoding="utf-8")
    assert changed.startswith(HEAD)
