"""What lies in output/ and in content/ beside what belongs there."""

import os
import shutil
import socket
from pathlib import Path

import pytest

from .conftest import Site, seen, tree


def test_files_of_others_in_the_output_are_kept(built):
    others = {
        "CNAME": b"example.org\n",
        ".nojekyll": b"",
        "2025/02/own.txt": b"x",
        "deep/er/x.bin": b"\0",
    }
    for path, data in others.items():
        built.write(f"output/{path}", data)
    (built.root / "content/posts/2025/03/06-third.md").unlink()
    done = built.build()
    assert done.code == 0, done
    left = built.tree()
    assert {path: left[path] for path in others} == others
    assert not [path for path in left if "third" in path]


def test_folders_that_a_removal_leaves_empty_go_and_those_of_others_stay(built):
    (built.output / "2025/03/own").mkdir()
    (built.root / "content/posts/2025/03/06-third.md").unlink()
    assert built.build().code == 0
    assert (built.output / "2025/03/own").is_dir()
    assert not (built.output / "2025/03/third").exists()


def test_a_file_of_ours_that_was_edited_by_hand_is_told_and_replaced(built):
    page = built.output / "2025/02/first/index.html"
    was = built.tree()
    page.write_text("edited", encoding="utf-8")
    done = built.build()
    assert done.code == 0, done
    assert "warning[changed-output]" in done.err
    assert "2025/02/first/index.html" in done.err
    assert built.tree() == was
    assert "changed-output" not in built.build().err


def test_a_file_of_ours_that_was_edited_by_hand_and_goes_is_told(built):
    (built.output / "2025/03/third/index.html").write_text("edited", encoding="utf-8")
    (built.root / "content/posts/2025/03/06-third.md").unlink()
    done = built.build()
    assert done.code == 0, done
    assert "warning[changed-output]" in done.err


def test_a_hand_made_edit_that_keeps_size_and_time_is_found_without_a_cache(built):
    page = built.output / "2025/02/first/index.html"
    was, stat = built.tree(), page.stat()
    page.write_bytes(page.read_bytes()[::-1])
    os.utime(page, ns=(stat.st_atime_ns, stat.st_mtime_ns))
    shutil.rmtree(built.folder)
    assert built.build().code == 0
    assert built.tree() == was


def test_under_strict_an_edit_by_hand_forbids_nothing_or_nothing_is_written(built):
    built.write("output/index.html", "edited")
    before = seen(built.output)
    done = built.build("--strict")
    assert (done.code == 1) == (seen(built.output) == before), done


@pytest.mark.parametrize("path", ["index.html", "2025/02/first/index.html", "style.css"])
def test_a_file_of_ours_that_became_a_link_is_replaced_and_not_followed(built, path):
    was = built.tree()
    precious = built.write("precious.txt", "precious")
    (built.output / path).unlink()
    (built.output / path).symlink_to(precious)
    done = built.build()
    assert done.code == 0, done
    assert precious.read_text(encoding="utf-8") == "precious"
    assert built.tree() == was


@pytest.mark.parametrize("changes", [False, True])
def test_a_folder_of_ours_that_became_a_link_is_not_written_through(built, tmp_path, changes):
    elsewhere = tmp_path / "elsewhere"
    shutil.move(built.output / "2025", elsewhere)
    (built.output / "2025").symlink_to(elsewhere)
    if changes:
        built.post("2025/02/04-first.md", "直した記事")
    before = seen(elsewhere)
    done = built.build()
    assert done.code in {0, 2}, done
    assert "Traceback" not in done.err
    assert seen(elsewhere) == before


@pytest.mark.parametrize("full", [False, True])
def test_a_file_of_ours_that_became_a_folder_is_no_trap(built, full):
    """Refused or replaced, but never half a site, and never a site that cannot be built again."""
    built.post("2025/02/05-second.md", "直した記事")
    page = built.output / "2025/02/first/index.html"
    page.unlink()
    page.mkdir()
    if full:
        (page / "own.txt").write_text("x", encoding="utf-8")
    before = seen(built.output)
    done = built.build()
    assert done.code in {0, 2}, done
    if done.code:
        assert seen(built.output) == before
        shutil.rmtree(page)
        assert built.build().code == 0
    else:
        assert page.is_file()


@pytest.mark.parametrize("kind", ["file", "link", "folder", "full folder"])
def test_what_is_not_ours_on_the_path_of_a_new_page_is_not_overwritten(built, kind):
    place = built.output / "2025/04/fourth/index.html"
    place.parent.mkdir(parents=True)
    if kind == "file":
        place.write_text("own", encoding="utf-8")
    elif kind == "link":
        place.symlink_to(built.write("precious.txt", "precious"))
    else:
        place.mkdir()
        if kind == "full folder":
            (place / "own.txt").write_text("own", encoding="utf-8")
    built.post("2025/04/07-fourth.md", "四番目の記事")
    before = seen(built.output)
    done = built.build()
    if kind == "folder":  # an empty one holds nothing of anybody's
        assert done.code in {0, 2}, done
    else:
        assert done.code == 2, done
        assert "output-refused" in done.err
    if done.code:
        assert seen(built.output) == before


def test_a_file_of_others_where_a_folder_is_needed_is_not_overwritten(built):
    built.write("output/2026", "own")
    built.post("2025/12/31-last.md", "最後の記事", date="2025-12-31", url="/2026/x/")
    before = seen(built.output)
    done = built.build()
    assert done.code == 2, done
    assert seen(built.output) == before


@pytest.mark.parametrize("text", ["", "garbage", "sitegen 1: x\n", None], ids=repr)
def test_a_damaged_list_of_what_is_ours_removes_nothing(built, text):
    listed = built.output / ".sitegen"
    listed.unlink()
    if text is not None:
        listed.write_text(text, encoding="utf-8")
    before = seen(built.output)
    done = built.build()
    assert done.code == 2, done
    assert "output-refused" in done.err
    assert seen(built.output) == before


def test_a_list_that_names_files_elsewhere_removes_none_of_them(built):
    precious = built.write("precious.txt", "precious")
    listed = built.output / ".sitegen"
    line = f"{'0' * 64} 8 "
    listed.write_text(
        f"{listed.read_text(encoding='utf-8')}{line}../precious.txt\n{line}{precious}\n{line}a/../../precious.txt\n",
        encoding="utf-8",
    )
    done = built.build()
    assert "Traceback" not in done.err
    assert precious.read_text(encoding="utf-8") == "precious"


# ---------------------------------------------------------------- folders that are refused


def _repository(site):
    (site.root.parent / "clone/.git").mkdir(parents=True)
    return site.root.parent / "clone"


def _foreign(site):
    folder = site.root.parent / "foreign"
    folder.mkdir()
    (folder / "own.txt").write_text("own", encoding="utf-8")
    return folder


def _link(site):
    (site.root.parent / "real").mkdir()
    (site.root.parent / "link").symlink_to(site.root.parent / "real")
    return site.root.parent / "link"


def _dangling(site):
    (site.root.parent / "link").symlink_to(site.root.parent / "nowhere")
    return site.root.parent / "link"


def _into_content(site):
    (site.root.parent / "way").symlink_to(site.root / "content")
    return site.root.parent / "way/out"


def _file(site):
    (site.root.parent / "file").write_text("own", encoding="utf-8")
    return site.root.parent / "file"


REFUSED = {
    "the root": lambda _site: "/",
    "the home folder": lambda site: site.root.parent / "home",
    "above the home folder": lambda site: site.root.parent,
    "the project": lambda site: site.root,
    "the project, said otherwise": lambda site: site.root / "content/..",
    "above the project": lambda site: site.root / "..",
    "nothing": lambda _site: "",
    "a dot": lambda _site: ".",
    "two dots": lambda _site: "..",
    "the content": lambda _site: "content",
    "inside the content": lambda _site: "content/posts/new",
    "inside the content by a link": _into_content,
    "the layouts": lambda _site: "layouts/x",
    "the cache": lambda _site: ".sitegen/x",
    "a repository": _repository,
    "files of others": _foreign,
    "a link": _link,
    "a link to nothing": _dangling,
    "a file": _file,
}


@pytest.mark.parametrize("where", REFUSED)
def test_a_dangerous_output_folder_is_refused_untouched(site, tmp_path, where):
    (tmp_path / "home").mkdir()
    output = str(REFUSED[where](site))
    before = seen(tmp_path)
    done = site.build("--output", output, env={"HOME": str(tmp_path / "home")})
    assert done.code == 2, done
    assert "Traceback" not in done.err
    assert seen(tmp_path) == before


def test_an_output_folder_of_another_site_is_not_emptied(built, tmp_path):
    other = Site(tmp_path / "other")
    other.post("2025-01-01-x.md", "別の記事")
    done = other.build("--output", str(built.output))
    assert done.code in {0, 2}, done


@pytest.mark.parametrize("where", ["new", "new/deep/er", "empty"])
def test_a_new_or_empty_output_folder_is_taken(site, tmp_path, where):
    (tmp_path / "empty").mkdir()
    done = site.build("--output", str(tmp_path / where))
    assert done.code == 0, done
    assert (tmp_path / where / "index.html").is_file()


# ---------------------------------------------------------------- irregular files


def _fifo(path):
    os.mkfifo(path)


def _socket(path):
    with socket.socket(socket.AF_UNIX) as made:
        made.bind(str(path))


def _device(path):
    if os.geteuid():
        pytest.skip("only root makes devices")
    os.mknod(path, 0o600 | 0o020000, os.makedev(1, 5))  # /dev/zero has no end


def _secret(path):
    path.symlink_to("/etc/passwd")


def _loop(path):
    path.symlink_to(path.name)


IRREGULAR = {"pipe": _fifo, "socket": _socket, "device": _device, "link": _secret, "loop": _loop}
PLACES = [
    "content/posts/x.md", "content/posts/2025/03/y.png", "content/static/z.bin",
    "content/pages/x.md", "layouts/post.html", "layouts/static/z.css", "pyproject.toml",
]  # fmt: skip


@pytest.mark.parametrize("kind", IRREGULAR)
@pytest.mark.parametrize("place", PLACES)
def test_what_is_no_file_is_a_fault_and_never_followed(site, kind, place):
    path = site.root / place
    path.parent.mkdir(parents=True, exist_ok=True)
    path.unlink(missing_ok=True)
    here = Path.cwd()
    os.chdir(path.parent)  # the path of a socket is short
    try:
        IRREGULAR[kind](Path(path.name))
    finally:
        os.chdir(here)
    done = site.build()
    assert done.code == 1, done
    assert "error[irregular-file]" in done.err
    assert place in done.err
    assert not site.output.exists() or site.tree() == {}


@pytest.mark.parametrize(
    "folder", ["content", "content/posts", "content/posts/2025", "content/static", "layouts"]
)
def test_a_folder_that_is_a_link_is_a_fault_and_never_followed(site, tmp_path, folder):
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    Site(elsewhere).write("secret.md", "---\ntitle: 秘密\ndate: 2025-01-01\n---\n")
    shutil.rmtree(site.root / folder, ignore_errors=True)
    (site.root / folder).parent.mkdir(parents=True, exist_ok=True)
    (site.root / folder).symlink_to(elsewhere)
    done = site.build()
    assert done.code == 1, done
    assert "error[irregular-file]" in done.err
    assert "秘密" not in done.err


def test_a_link_of_a_post_to_a_file_outside_is_a_fault(site):
    site.write("secret.txt", "secret")
    site.post(
        "2025/04/01-x.md",
        "外",
        "[鍵](../../../../secret.txt) [鍵](/../secret.txt) [鍵](%2e%2e/x.png)\n",
    )
    done = site.build()
    assert done.code == 1, done
    assert done.err.count("error[broken-link]") == 3, done


# ---------------------------------------------------------------- files and folders of one name

WAYS = {
    "a page below a page": ("/a/", "/a/b/"),
    "a file and a folder": ("/x.html", "/x.html/y/"),
    "deep": ("/a/b/c.html", "/a/b/c.html/d/e/"),
    "a folder of several": ("/a/b.html", "/a/b.html/c.html/d/"),
    "only the case": ("/Abc/", "/abc/"),
}


@pytest.mark.parametrize("back", [False, True])
@pytest.mark.parametrize("way", WAYS)
def test_a_page_may_move_below_its_own_path_and_back(site, way, back):
    first, second = WAYS[way][::-1] if back else WAYS[way]
    site.post("2025/05/05-x.md", "動く記事", url=first)
    assert site.build().code == 0
    site.post("2025/05/05-x.md", "動く記事", url=second)
    assert site.build().code == 0
    left = site.tree()
    shutil.rmtree(site.output)
    shutil.rmtree(site.folder)
    assert site.build().code == 0
    assert left == site.tree()
    assert tree(site.output) == left


@pytest.mark.parametrize("back", [False, True])
def test_an_alias_may_give_way_to_a_page_below_it_and_back(site, back):
    versions = [
        {"url": "/a/", "aliases": "[/b.html]"},
        {"url": "/b.html/c/", "aliases": "[/a/d.html]"},
    ]
    for fields in reversed(versions) if back else versions:
        site.post("2025/05/05-x.md", "動く記事", **fields)
        assert site.build().code == 0
    left = site.tree()
    shutil.rmtree(site.output)
    assert site.build().code == 0
    assert site.tree() == left


def test_a_file_of_others_below_a_folder_that_becomes_a_file_is_kept(site):
    site.post("2025/05/05-x.md", "動く記事", url="/x.html/b/")
    assert site.build().code == 0
    site.write("output/x.html/own.txt", "own")
    site.post("2025/05/05-x.md", "動く記事", url="/x.html")
    before = seen(site.output)
    done = site.build()
    assert done.code == 2, done
    assert seen(site.output) == before
