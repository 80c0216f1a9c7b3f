"""Pages are valid HTML and the style sheet valid CSS by the Nu checker (`npm install vnu-jar`)."""

import os
import shutil
import subprocess

import pytest


@pytest.fixture(scope="session")
def checker():
    jar = os.environ.get("NU_CHECKER", "")
    if not jar or not os.path.isfile(jar):  # noqa: PTH113 -- a name of the environment
        pytest.skip("NU_CHECKER does not name a vnu.jar (npm install vnu-jar)")
    if not shutil.which("java"):
        pytest.skip("there is no java")
    return jar


def test_every_page_is_valid_html(checker, demonstration):
    pages = sorted(str(page) for page in demonstration.rglob("*.html"))
    assert len(pages) > 50
    command = ["java", "-jar", checker, "--errors-only", "--format", "gnu", *pages]
    ran = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603
    assert (ran.returncode, ran.stderr) == (0, "")


def test_the_style_sheet_is_valid_css(checker, demonstration):
    sheets = [str(sheet) for sheet in demonstration.glob("style.*.css")]
    command = ["java", "-jar", checker, "--css", "--errors-only", "--format", "gnu", *sheets]
    ran = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603
    assert (len(sheets), ran.returncode, ran.stderr) == (1, 0, "")
