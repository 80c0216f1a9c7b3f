"""A place is held by one process, and says by which."""

import subprocess
import sys

import pytest

from sitegen.store.claim import claimed

_OTHER = """
import sys
from pathlib import Path
from sitegen.store.claim import claimed
with claimed(Path(sys.argv[1])) as claim:
    print(claim.held, claim.holder)
"""


def _other(folder):
    command = [sys.executable, "-c", _OTHER, str(folder)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)  # noqa: S603 -- ours
    return done.stdout.strip()


def test_another_process_hears_who_holds_a_place(tmp_path):
    with claimed(tmp_path) as claim:
        claim.say("4242 http://127.0.0.1:8000/")
        told = _other(tmp_path)
    assert told == "False 4242 http://127.0.0.1:8000/"


def test_a_place_that_is_a_link_is_nobodys(tmp_path):
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "preview").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(FileExistsError), claimed(tmp_path / "preview"):
        pass
    assert [*(tmp_path / "elsewhere").iterdir()] == []


def test_what_was_left_behind_holds_nobody_off(tmp_path):
    with claimed(tmp_path) as claim:
        claim.say("4242 http://127.0.0.1:8000/")
    assert _other(tmp_path) == "True"
