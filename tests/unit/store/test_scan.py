"""What is read of a site's folder, and what is not."""

import os
import socket

import pytest

from sitegen.store import scan


def write(root, *paths):
    for path in paths:
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text("x", encoding="utf-8")


def scanned(root):
    return [file.path for file in scan.scan(root, ("content", "layouts")).files]


def faults(root):
    found = scan.scan(root, ("content", "layouts")).diagnostics
    return [(one.code, one.location.path, one.arguments.get("kind", "")) for one in found]


def test_files_come_by_path(tmp_path):
    write(tmp_path, "layouts/a.html", "content/posts/b.md", "content/posts/a/index.md")
    assert scanned(tmp_path) == [
        "content/posts/a/index.md",
        "content/posts/b.md",
        "layouts/a.html",
    ]


def test_a_site_without_folders_has_no_files(tmp_path):
    assert scan.scan(tmp_path, ("content", "layouts")) == scan.Tree((), ())


def test_a_file_is_known_by_size_time_and_number(tmp_path):
    write(tmp_path, "content/a.md")
    seen = (tmp_path / "content/a.md").stat()
    assert scan.scan(tmp_path, ("content",)).files == (
        scan.File("content/a.md", 1, seen.st_mtime_ns, seen.st_ctime_ns, seen.st_ino),
    )


@pytest.mark.parametrize(
    "name",
    [".x.md", "_draft.md", "#x.md#", "x.md~", ".x.md.swp", "4913", "._x.md", ".DS_Store", ".git/x"],
)
def test_hidden_files_and_leftovers_are_passed_over(tmp_path, name):
    write(tmp_path, f"content/posts/{name}")
    assert (scanned(tmp_path), faults(tmp_path)) == ([], [])


@pytest.mark.parametrize(
    "folder", ["content/_posts", "content/posts/_2025", "content/posts/2025/_old"]
)
def test_a_folder_of_posts_that_is_passed_over_is_told_once(tmp_path, folder):
    write(tmp_path, f"{folder}/a.md", f"{folder}/b/c.md", f"{folder}/_d/e.md")
    (found,) = scan.scan(tmp_path, ("content", "layouts")).diagnostics
    told = (found.code, found.variant, found.location.path, found.arguments)
    assert told == ("unused-file", "folder", folder, {"name": folder.rpartition("/")[2]})
    assert scanned(tmp_path) == []


@pytest.mark.parametrize(
    "path",
    [
        "content/posts/.obsidian/a.md",
        "content/.git/a.md",
        "content/posts/_drafts/a.md",
        "content/posts/_a.md",
        "content/posts/_notes/a.txt",
        "content/__MACOSX/._a.md",
        "content/posts/_old~/a.md",
        "layouts/_notes/a.md",
        "content/static-old/.notes/a.txt",
        "layouts/statics/_a.html",
    ],
)
def test_what_is_hidden_on_purpose_is_passed_over_in_silence(tmp_path, path):
    write(tmp_path, path)
    assert (scanned(tmp_path), faults(tmp_path)) == ([], [])


def test_static_folders_may_begin_with_an_underscore(tmp_path):
    write(tmp_path, "content/static/_notes/a.md")
    assert (scanned(tmp_path), faults(tmp_path)) == (["content/static/_notes/a.md"], [])


@pytest.mark.parametrize("name", [".well-known/security.txt", "_headers", ".nojekyll"])
def test_static_files_may_be_hidden_ones(tmp_path, name):
    write(tmp_path, f"content/static/{name}")
    assert scanned(tmp_path) == [f"content/static/{name}"]


@pytest.mark.parametrize("name", [".DS_Store", "Thumbs.db", "x~", ".git/config", ".x.swp"])
def test_static_leftovers_are_passed_over(tmp_path, name):
    write(tmp_path, f"content/static/{name}")
    assert scanned(tmp_path) == []


@pytest.mark.parametrize("name", ["半導体.md", "半導体　規制.md", "a b.md", "é.md"])
def test_names_of_any_script_are_files(tmp_path, name):
    write(tmp_path, f"content/{name}")
    assert (scanned(tmp_path), faults(tmp_path)) == ([f"content/{name}"], [])


def test_a_name_with_a_newline_is_a_fault_that_spells_it(tmp_path):
    write(tmp_path, "content/a\nerror: b.md")
    (found,) = scan.scan(tmp_path, ("content",)).diagnostics
    assert (found.code, found.location.path, found.arguments) == (
        "bad-file-name",
        "content",
        {"name": r"a\nerror: b.md"},
    )


def test_a_name_that_is_no_utf8_is_a_fault(tmp_path):
    write(tmp_path, "content/a.md")
    with open(os.fsencode(tmp_path) + b"/content/\xff.md", "wb"):  # noqa: PTH123 -- bytes
        pass
    assert (scanned(tmp_path), faults(tmp_path)) == (
        ["content/a.md"],
        [("bad-file-name", "content", "")],
    )


def test_a_link_is_a_fault_and_is_not_followed(tmp_path):
    write(tmp_path, "secret.md", "outside/b.md", "content/x.md")
    (tmp_path / "content/a.md").symlink_to(tmp_path / "secret.md")
    (tmp_path / "content/dir").symlink_to(tmp_path / "outside")
    assert scanned(tmp_path) == ["content/x.md"]
    assert sorted(faults(tmp_path)) == [
        ("irregular-file", "content/a.md", "link"),
        ("irregular-file", "content/dir", "link"),
    ]


def test_a_folder_of_the_site_that_is_a_link_is_a_fault(tmp_path):
    write(tmp_path, "outside/posts/b.md")
    (tmp_path / "content").symlink_to(tmp_path / "outside")
    assert (scanned(tmp_path), faults(tmp_path)) == ([], [("irregular-file", "content", "link")])


def test_content_that_is_a_file_is_a_fault(tmp_path):
    write(tmp_path, "content")
    assert faults(tmp_path) == [("irregular-file", "content", "file")]


@pytest.mark.parametrize("name", ["posts", "pages", "static"])
def test_a_file_where_a_folder_belongs_is_a_fault(tmp_path, name):
    write(tmp_path, f"content/{name}")
    assert faults(tmp_path) == [("irregular-file", f"content/{name}", "file")]


def test_pipes_and_sockets_are_faults(tmp_path):
    (tmp_path / "content").mkdir()
    os.mkfifo(tmp_path / "content/pipe.md")
    with socket.socket(socket.AF_UNIX) as made:
        before = os.open(".", os.O_RDONLY)
        os.chdir(tmp_path / "content")  # names of sockets are short
        made.bind("socket.md")
        os.fchdir(before)
        os.close(before)
        found = sorted(faults(tmp_path))
    assert found == [
        ("irregular-file", "content/pipe.md", "pipe"),
        ("irregular-file", "content/socket.md", "socket"),
    ]


# ---------------------------------------------------------------- reading


def test_a_file_is_read_whole(tmp_path):
    data = bytes(range(256)) * 10_000
    (tmp_path / "a").write_bytes(data)
    assert scan.read(tmp_path, "a", len(data)) == data


def test_an_empty_file_is_read(tmp_path):
    (tmp_path / "a").write_bytes(b"")
    assert scan.read(tmp_path, "a", 10) == b""


def test_a_file_over_the_limit_is_a_fault(tmp_path):
    (tmp_path / "a").write_bytes(b"123456")
    found = scan.read(tmp_path, "a", 5)
    assert (found.code, found.arguments) == ("file-too-long", {"limit": "5", "size": "6"})


def test_a_link_put_there_after_the_scan_is_not_opened(tmp_path):
    (tmp_path / "secret").write_bytes(b"x")
    (tmp_path / "a").symlink_to(tmp_path / "secret")
    assert scan.read(tmp_path, "a", 10).code == "irregular-file"


def test_a_pipe_does_not_hang_the_build(tmp_path):
    os.mkfifo(tmp_path / "a")
    found = scan.read(tmp_path, "a", 10)
    assert (found.code, found.arguments) == ("irregular-file", {"kind": "pipe"})


def test_a_missing_file_is_the_machines_fault(tmp_path):
    with pytest.raises(FileNotFoundError):
        scan.read(tmp_path, "a", 10)


# ---------------------------------------------------------------- decoding


@pytest.mark.parametrize(
    ("data", "text"),
    [(b"", ""), ("引用".encode(), "引用"), (b"\xef\xbb\xbfa", "a"), (b"a\r\n", "a\r\n")],
)
def test_utf8_is_decoded_without_its_mark(data, text):
    assert scan.decoded("a.md", data) == text


@pytest.mark.parametrize(
    ("data", "line", "column", "byte", "offset"),
    [
        (b"\xff", 1, 1, "0xFF", "0"),
        (b"ab\n\xe5\xbc\x95\xe7\x94\xa8\x80x", 2, 3, "0x80", "9"),
        (b"\xef\xbb\xbfa\xff", 1, 2, "0xFF", "4"),
        (b"a\n\xed\xa0\x80", 2, 1, "0xED", "2"),
        (b"a\xe5", 1, 2, "0xE5", "1"),
    ],
)
def test_the_first_bad_byte_is_told_with_its_place(data, line, column, byte, offset):
    found = scan.decoded("a.md", data)
    told = (found.code, found.location.line, found.location.column, found.arguments)
    assert told == ("not-utf8", line, column, {"byte": byte, "offset": offset})


@pytest.mark.parametrize(
    ("encoding", "name", "byte"),
    [
        ("cp932", "Shift_JIS", "0x88"),
        ("euc_jp", "EUC-JP", "0xB0"),
        ("iso2022_jp", "ISO-2022-JP (JIS)", "0x1B"),
    ],
)
def test_an_encoding_of_japanese_is_called_by_its_name(encoding, name, byte):
    found = scan.decoded("a.md", "a\nb引用です。".encode(encoding))
    assert (found.location.line, found.location.column) == (2, 2)
    assert found.arguments == {"byte": byte, "offset": "3", "encoding": name}


@pytest.mark.parametrize("text", ["\x1b[31mred\x1b[0m", "\x1b$B", "引用 \x1b$B0zMQ\x1b(B"])
def test_an_escape_alone_is_no_encoding(text):
    assert scan.decoded("a.md", text.encode()) == text


def test_other_bytes_have_no_name():
    assert scan.decoded("a.md", b"\xff\xfe\xff").variant == ""


def test_a_picture_is_no_text_but_utf_16_is():
    assert scan.decoded("a.html", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR").variant == "binary"
    assert scan.decoded("a.html", "<p>".encode("utf-16")).arguments["encoding"] == "UTF-16"
