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
        ("～\n〜～\n～", [("mixed-wave", 2, 2, "～", "〜")], "～\n〜〜\n〜"),
        ("title：霧", [("full-width-colon", 1, 6, "：霧", ": 霧")], "title: 霧"),
        ("夜の海", [("look-alike", 1, 1, "＃ 夜", "# 夜")], "夜の海"),
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


def test_fix_changes_only_the_files_that_are_looked_at(project):
    for name in ("a", "b"):
        project.write(f"content/posts/{name}.md", TYPED)
    project.run("check", "--fix", str(project.root / "content/posts/a.md"))
    assert "＃" in (project.root / "content/posts/b.md").read_text(encoding="utf-8")


def test_what_no_rule_turns_on_is_not_changed(project):
    project.write("content/posts/a.md", TYPED.replace("＃ 夜の海", "ｶﾓﾒ"))
    project.run("check", "--fix")
    assert "ｶﾓﾒ" in (project.root / "content/posts/a.md").read_text(encoding="utf-8")
