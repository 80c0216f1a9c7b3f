"""Golden files: what is told of every fault, and whole sites."""

import difflib
import os
import re
import shutil
import sys
from pathlib import Path

import pytest

from sitegen.diagnostics import catalog

GOLDEN = Path(__file__).with_name("golden")
STATIC = Path(__file__).parents[1] / "layouts/static"
FAULTS = sorted(folder.name for folder in (GOLDEN / "faults").iterdir())
SITES = sorted(folder.name for folder in (GOLDEN / "sites").iterdir())
# Of a case that brings none: its posts are of a line or two, and that is told in cases of its own.
CONFIG = """[tool.sitegen]
base_url = "https://example.jp/"
search = false
[tool.sitegen.rules]
quote-ratio = "off"
editorial-short = "off"
source-site-missing = "off"
accessed-missing = "off"
published-missing = "off"
quoted-before = "off"
"""


@pytest.fixture
def update(request):
    return request.config.getoption("--update-golden")


@pytest.fixture(scope="session")
def learned(tmp_path_factory, project_at):
    """The cache of a site in the plain layouts: with it they need not be checked each time."""
    site = project_at(tmp_path_factory.mktemp("learned"))
    _plain(site)
    site.run("check")
    return site.root / ".sitegen"


def _plain(project, learned=None):
    """Gives `project` layouts that print little: they are fast, and a golden tree can be read."""
    shutil.copytree(GOLDEN / "plain", project.root / "layouts")
    if learned:
        shutil.copytree(learned, project.root / ".sitegen")


def assert_golden(file, made, *, update):
    """`file` holds `made`; with `update` it does from now on."""
    if update:
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(made, encoding="utf-8", newline="\n")
    assert file.exists(), f"no {file.name}: run pytest --update-golden"
    expected = file.read_text(encoding="utf-8")
    assert made == expected, "\n".join(
        difflib.unified_diff(expected.split("\n"), made.split("\n"), file.name, "made", lineterm="")
    )


# ---------------------------------------------------------------- faults

# Variants that no author's file brings about.
UNREACHED = {
    ("too-complex", "time"): "the last net, a timer: the static guards come first",
    ("bad-url", "long"): "text-too-long comes first",
}


def _files(case):
    """The case's own files, without what is expected of it."""
    files = (file for file in sorted(case.rglob("*")) if file.is_file())
    return [file for file in files if not file.name.startswith("expected.")]


def _laid(project, case):
    """Lays the files of `case` out in `project`."""
    project.write("pyproject.toml", CONFIG)
    for file in _files(case):
        project.write(file.relative_to(case).as_posix(), file.read_bytes())


def _told(project, ran):
    """All that the user sees, on any machine."""
    seen = ran.stderr
    for folder, name in ((project.root, "SITE"), (Path.home(), "HOME")):
        seen = re.sub(rf"(?:\n +| ){re.escape(str(folder))}", f" {name}", seen)  # wrapped or not
    seen = re.sub(r"\d+\.\d\d (秒|s)\b", r"0.00 \1", seen)
    line = re.sub(r"seconds=\S+", "seconds=0.00", ran.stdout)
    return f"{seen}\nexit {ran.code}\n{line}"


# What git cannot keep, or nobody wants to read: files that are made when their case is run.

HEAD = "---\ntitle: 霧笛\ndate: 2025-02-04\n"
SOURCE = "source:\n  url: https://example.jp/kiji\n  title: 元の記事\n"
QUOTE = "quote: 港に霧笛が鳴る。\n"
POST = "content/posts/muteki.md"
PARAGRAPH = "[霧][a] " * 100 + "\n\n"
CONFLICT = "<<<<<<< HEAD\n霧の朝。\n=======\n霧の夜。\n>>>>>>> naoshi\n"


def _front(lines):
    """Makes a post with further `lines` of front matter."""
    text = f"{HEAD}{lines}{SOURCE}{QUOTE}---\n論評を書く。\n"
    return lambda project: project.write(POST, text)


def _editorial(text):
    """Makes a post with a certain editorial."""
    return lambda project: project.write(POST, f"{HEAD}{SOURCE}{QUOTE}---\n{text}\n")


def _quote(words):
    text = f"{HEAD}{SOURCE}quote: |\n  {words}\n---\n論評を書く。\n"
    return lambda project: project.write(POST, text)


def _link(project):
    (project.root / "content/posts/soto.md").symlink_to("/etc/hostname")


def _pipe(project):
    os.mkfifo(project.root / "content/posts/soto.md")


def _bad_name(project):
    if sys.platform != "linux":
        pytest.skip("other systems make no such names")
    name = os.fsencode(project.root / "content/posts") + b"/\xff.md"
    Path(os.fsdecode(name)).write_text("霧笛\n", encoding="utf-8")


def _linked_output(project):
    (project.root / "elsewhere").mkdir()
    (project.root / "output").symlink_to("elsewhere")


def _built_and_changed(project):
    project.build()
    project.write("output/2025/02/muteki/index.html", "手で書いた\n")


def _occupied(project):
    project.build()
    project.write("content/posts/kirifue.md", (project.root / POST).read_bytes())
    project.write("output/2025/02/kirifue/index.html", "手で書いた\n")


def _damaged(project):
    project.build()
    project.write("output/.sitegen", "霧\n")


MADE = {
    "conflict-left": _editorial(f"論評を書く。\n\n{CONFLICT}"),
    "conflict-left--front": _front(f"summary: |\n{CONFLICT}"),
    "conflict-left--layout": lambda project: project.write("layouts/footer.html", CONFLICT),
    "front-matter-too-long": _front(f"extra:\n  a: {'霧' * 65_536}\n"),
    "text-too-long": _front(f"summary: {'霧' * 1_001}\n"),
    "text-too-long--quote": _quote("霧" * 20_001),
    "too-many": _front(f"tags: [{', '.join(f'霧{n}' for n in range(51))}]\n"),
    "bad-path--long": _front(f"url: /{'霧' * 86}/\n"),
    "file-too-long": _editorial("霧の朝。\n" * 50_000),
    "irregular-file": _link,
    "irregular-file--pipe": _pipe,
    "bad-file-name": _bad_name,
    "too-complex--heading": _editorial(f"論評を書く。\n\n## 霧{' ' * 300}笛"),
    "too-complex--blank-lines": _editorial(f"論評を書く。{chr(10) * 1_100}港。"),
    "too-complex--emphasis": _editorial(f"論評を書く。\n\n霧{'*笛' * 2_100}"),
    "too-complex--brackets": _editorial(f"論評を書く。\n\n霧{'[笛' * 2_100}"),
    "too-complex--depth": _editorial(f"論評を書く。\n\n{'> - ' * 60}霧"),
    "too-complex--levels": _editorial("\n".join(f"{'  ' * n}- 霧{n}" for n in range(21))),
    "too-complex--references": _editorial(f"{PARAGRAPH * 6}[a]: /?{'b' * 1_900}"),
    "too-complex--list": _editorial("論評を書く。\n\n" + "- 霧\n" * 5_001),
    "too-complex--line": _editorial(f"論評を書く。\n\n{'霧' * 20_001}"),
    "too-complex--output": _editorial(f"{PARAGRAPH * 5}[a]: https://example.jp/{'b' * 1_900}"),
    "output-refused--link": _linked_output,
    "output-refused--repository": lambda project: project.write("output/.git/HEAD", "ref\n"),
    "output-refused--foreign": lambda project: project.write("output/diary.txt", "日記\n"),
    "output-refused--file": lambda project: project.write("output", "日記\n"),
    "output-refused--damaged": _damaged,
    "output-refused--occupied": _occupied,
    "changed-output": _built_and_changed,
}
ARGUMENTS = {
    "output-refused--root": ("--output", "/"),
    "output-refused--home": ("--output", "~"),
    "output-refused--project": ("--output", "."),
    "output-refused--inside": ("--output", "content/public"),
}


def _case(name, project, learned, language):
    """What the user sees of the case `name`."""
    case = GOLDEN / "faults" / name
    _plain(project, None if (case / "layouts").exists() else learned)
    _laid(project, case)
    if name in MADE:
        MADE[name](project)
    words = [str(Path.home()) if word == "~" else word for word in ARGUMENTS.get(name, ())]
    return _told(project, project.build("--lang", language, *words))


@pytest.mark.parametrize("language", ["ja", "en"])
@pytest.mark.parametrize("name", FAULTS)
def test_a_fault_is_told_in_full(name, language, project, learned, update):
    made = _case(name, project, learned, language)
    assert_golden(GOLDEN / "faults" / name / f"expected.{language}.txt", made, update=update)


def _found(name):
    """The codes of the errors and warnings that a case shows, infos only if there are no others."""
    text = (GOLDEN / "faults" / name / "expected.ja.txt").read_text(encoding="utf-8")
    found = re.findall(r"^ *(error|warning|info)\[([a-z0-9-]+)\]:", text, re.MULTILINE)
    loud = [code for severity, code in found if severity != "info"]
    return loud or [code for _, code in found]


# What is told several times: that one file lacks a key hides nothing of another.
SEVERAL = {"missing-key--image": 2, "missing-key--update": 3}


@pytest.mark.parametrize("name", FAULTS)
def test_a_case_shows_its_one_fault(name):
    assert _found(name) == [name.partition("--")[0]] * SEVERAL.get(name, 1)


def test_every_code_has_a_case():
    assert {name.partition("--")[0] for name in FAULTS} == set(catalog.codes())


def test_every_variant_has_a_case():
    variants = {(code, word) for code in catalog.codes() for word in _variants(code)}
    cases = {tuple(name.split("--")) for name in FAULTS}
    assert set(UNREACHED) <= variants
    assert variants - cases == set(UNREACHED)


def _variants(code):
    return catalog._entries()[code].ja.variants  # noqa: SLF001 -- the data themselves


# ---------------------------------------------------------------- sites

FULL = {"the-smallest", "under-a-path"}  # in the default layouts; the others use golden/plain
SITE_ARGUMENTS = {"drafts-and-future-shown": ("--drafts", "--future")}


def _built(name, project, learned):
    """All files of the site `name`; of those whose content is not its subject, the path alone."""
    folder = GOLDEN / "sites" / name
    if name not in FULL:
        _plain(project, None if (folder / "layouts").exists() else learned)
    for part in ("content", "layouts", "pyproject.toml"):
        for file in [folder / part, *(folder / part).rglob("*")]:
            if file.is_file():
                project.write(file.relative_to(folder).as_posix(), file.read_bytes())
    ran = project.build(*SITE_ARGUMENTS.get(name, ()))
    assert ran.code == 0, ran.stderr
    unread = {file.relative_to(STATIC).as_posix() for file in STATIC.rglob("*")} | {".sitegen"}
    return {
        path: b""
        if path in unread or path.startswith("search/0/")
        else _DIGEST.sub(b".DIGEST", data)
        for path, data in project.tree().items()
        if not _DIGEST.search(path.encode())
    }


_DIGEST = re.compile(rb"\.[0-9a-f]{8}(?=\.(?:css|js)\b)")  # a change of looks changes it


def _expected(folder, made, *, update):
    """The files that are expected in `folder`; with `update` they are those that were made."""
    if update:
        shutil.rmtree(folder, ignore_errors=True)
        for path, data in made.items():
            file = folder / path
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(data)
    files = (file for file in folder.rglob("*") if file.is_file())
    return {file.relative_to(folder).as_posix(): file.read_bytes() for file in files}


@pytest.mark.parametrize("name", SITES)
def test_a_site_is_what_is_expected(name, project, learned, update):
    made = _built(name, project, learned)
    expected = _expected(GOLDEN / "sites" / name / "expected", made, update=update)
    assert sorted(made.keys() - expected) == [], "made, but not expected"
    assert sorted(expected.keys() - made) == [], "expected, but not made"
    changed = [path for path in sorted(made) if made[path] != expected[path]]
    assert not changed, "\n".join(_differences(expected, made, changed))


def _differences(expected, made, paths):
    for path in paths:
        before, after = (
            side[path].decode("utf-8", "replace").split("\n") for side in (expected, made)
        )
        yield from difflib.unified_diff(before, after, f"expected/{path}", "made", lineterm="")


def test_the_words_of_a_withdrawn_quotation_are_nowhere(project):
    quote = "quote:\n  text: 港に霧笛が鳴る。\n  withdrawn: 権利者の求めによる\n"
    project.write(POST, f"{HEAD}{SOURCE}{quote}---\n論評を書く。\n")
    project.build()
    shown = [path for path, data in project.tree().items() if "霧笛が鳴る".encode() in data]
    assert shown == []


def test_a_file_that_is_no_html_has_its_addresses_as_they_are(project):
    project.write(POST, f"{HEAD}---\n論評を書く。\n")
    project.build("--base-url", "https://example.org/b&b/")
    assert "Sitemap: https://example.org/b&b/sitemap.xml\n" in project.output("robots.txt")
