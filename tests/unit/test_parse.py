"""The door to reading: what travels in and out of it."""

import subprocess
import sys

import msgspec

from sitegen import parse
from sitegen.config import Config
from sitegen.model import Parsed

PATH = "content/posts/muteki.md"


def test_what_is_no_utf8_has_a_fault():
    made, _ = parse.parse(parse.settings(Config()), parse.Read(PATH, "霧".encode("shift-jis")))
    assert msgspec.msgpack.decode(made, type=Parsed).diagnostics[0].code == "not-utf8"


def test_what_parsing_does_not_use_changes_nothing():
    assert parse.settings(Config(title="x")) == parse.settings(Config(title="y"))


def test_a_build_imports_markdown_only_where_a_file_is_parsed():
    code = "import sys; from sitegen import build; print('sitegen.content.markdown' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)  # noqa: S603 -- ours
    assert done.stdout.strip() == "False"
