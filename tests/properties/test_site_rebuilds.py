"""After any edits an incremental build's tree equals a clean build's, byte for byte."""

import shutil
import tempfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given, note, settings
from hypothesis import strategies as st

from . import site_blog as blogs
from .site_blog import EDITS, THOROUGH, Blog

EDIT = st.tuples(st.sampled_from(sorted(EDITS)), st.integers(0, 15), st.integers(0, 8))
ROUNDS = st.lists(st.lists(EDIT, min_size=1, max_size=4), min_size=1, max_size=3)


@pytest.fixture(scope="module")
def published(tmp_path_factory):
    """A blog that was built once."""
    root = tmp_path_factory.mktemp("published")
    blog = Blog()
    blogs.write(root, blog.texts())
    outcome = blogs.built(root, blog)
    assert outcome.code == 0, outcome.stderr
    return root


@pytest.fixture(scope="module")
def knowing(tmp_path_factory):
    """The cache of a site without posts: that there is no fault in the default layouts."""
    root = tmp_path_factory.mktemp("empty")
    blogs.write(root, {"pyproject.toml": b""})
    blogs.built(root, Blog())
    return root / ".sitegen"


def cleanly(folder, blog, knowing):
    """What a first build of `blog` comes to, and its tree."""
    blogs.write(folder, blog.texts())
    if THOROUGH == 1:  # to check the layouts takes more than half of a build
        shutil.copytree(knowing, folder / ".sitegen")
    outcome = blogs.built(folder, blog)
    return outcome, blogs.tree(folder / "output")


def told(outcome):
    """The exit code and the faults of an outcome, but those that only a second build can have."""
    return outcome.code, [fault for fault in outcome.faults if fault["code"] != "changed-output"]


@settings(max_examples=20 * THOROUGH, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(rounds=ROUNDS)
def test_after_any_edits_the_incremental_tree_is_the_clean_tree(published, knowing, rounds):
    with tempfile.TemporaryDirectory() as temporary:
        root, clean = Path(temporary, "site"), Path(temporary, "clean")
        shutil.copytree(published, root)
        clean.mkdir()
        blog = Blog()
        for edits in rounds:
            before = blog.texts()
            blog = blogs.apply(blog, edits)
            blogs.write(root, blog.texts(), before)
            for damage in blog.damage:
                damage(root)
            (root / "output").mkdir(exist_ok=True)
            seen = blogs.stats(root / "output")
            outcome = blogs.built(root, blog)
            if outcome.code:
                assert blogs.stats(root / "output") == seen
        expected, tree = cleanly(clean, blog, knowing)
        note(expected.codes)
        assert told(outcome) == told(expected)
        if not outcome.code:
            assert blogs.differences(blogs.tree(root / "output"), tree) == []


@pytest.mark.parametrize("name", sorted(EDITS) if THOROUGH > 1 else [])
def test_after_each_edit_the_incremental_tree_is_the_clean_tree(published, knowing, tmp_path, name):
    """The same for every edit by itself: chance may leave one out."""
    for which in range(6):
        root, clean = tmp_path / f"site{which}", tmp_path / f"clean{which}"
        shutil.copytree(published, root)
        clean.mkdir()
        blog = blogs.apply(Blog(), [(name, which, which)])
        blogs.write(root, blog.texts(), Blog().texts())
        for damage in blog.damage:
            damage(root)
        outcome = blogs.built(root, blog)
        expected, tree = cleanly(clean, blog, knowing)
        assert told(outcome) == told(expected)
        if not outcome.code:
            assert blogs.differences(blogs.tree(root / "output"), tree) == []


def test_a_second_build_writes_nothing(published):
    seen = blogs.stats(published / "output")
    outcome = blogs.built(published)
    assert outcome.written == (0, 0)
    assert blogs.stats(published / "output") == seen


def test_a_fresh_checkout_with_cache_and_output_writes_nothing(published, tmp_path):
    root = tmp_path / "checkout"
    shutil.copytree(published, root, copy_function=shutil.copyfile)  # all times are new
    seen = blogs.stats(root / "output")
    outcome = blogs.built(root)
    assert outcome.written == (0, 0)
    assert blogs.stats(root / "output") == seen


def test_without_a_cache_the_same_bytes_are_left_alone(published, tmp_path):
    root = tmp_path / "checkout"
    shutil.copytree(published, root)
    shutil.rmtree(root / ".sitegen")
    seen = blogs.stats(root / "output")
    outcome = blogs.built(root)
    assert outcome.written == (0, 0)
    assert blogs.stats(root / "output") == seen


@settings(BUILDS, max_examples=4 * THOROUGH)
@given(edits=st.lists(EDIT, min_size=1, max_size=4))
def test_a_second_build_after_any_edits_writes_nothing(published, edits):
    with tempfile.TemporaryDirectory() as temporary:
        root = Path(temporary, "site")
        shutil.copytree(published, root)
        blog = blogs.apply(Blog(), edits)
        blogs.write(root, blog.texts(), Blog().texts())
        first = blogs.built(root, blog)
        seen = blogs.stats(root / "output")
        second = blogs.built(root, blog)
        assert second.written == (0, 0)
        assert told(second) == told(first)
        assert blogs.stats(root / "output") == seen
