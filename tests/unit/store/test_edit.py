"""An author's file is changed whole, with its rights and line ends as they are."""

from sitegen.store import edit


def test_a_file_is_changed_with_its_rights(tmp_path):
    file = tmp_path / "a.md"
    file.write_bytes("\ufeff夜\r\n".encode())
    file.chmod(0o640)
    edit.write(tmp_path, "a.md", edit.read(tmp_path, "a.md").replace("夜", "海"))
    assert file.read_bytes() == "\ufeff海\r\n".encode()
    assert file.stat().st_mode & 0o777 == 0o640
    assert [path.name for path in tmp_path.iterdir()] == ["a.md"]


def test_nothing_is_written_through_a_link_in_the_place_of_the_draft(tmp_path):
    (tmp_path / "a.md").write_bytes("夜".encode())
    (tmp_path / "victim").write_bytes(b"precious")
    (tmp_path / ".a.md.sitegen").symlink_to("victim")
    edit.write(tmp_path, "a.md", "海")
    assert (tmp_path / "victim").read_bytes() == b"precious"
    assert (tmp_path / "a.md").read_bytes() == "海".encode()
    assert not (tmp_path / "a.md").is_symlink()
