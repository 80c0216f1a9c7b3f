"""After any edits an incremental build's tree equals a clean build's, byte for byte."""

import shutil
import tempfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from . import site_blog as blogs
from .site_blog import EDITS, THOROUGH, Blog

FAULTY = {"break", "bad-config", "bad-layout", "static-clash"}  # an error at every choice
EDIT = st.tuples(
    st.sampled_from(sorted(EDITS.keys() - FAULTY)), st.integers(0, 15), st.integers(0, 8)
)
ROUNDS = st.lists(st.lists(EDIT, min_size=1, max_size=3), min_size=1, max_size=3)
CHOICES = {
    "layout": 1,
    "included": 1,
    "own-special": 1,
    "time": 1,
    "page": 1,
    "file": 1,
    "alias": 1,
    "anchor": 1,
}
POSTS = {"delete": 12, "rename": 4, "url": 8, "slug": 2}
SINGLE = [
    (name, POSTS.get(name, 2 * number), CHOICES.get(name, 0))
    for number, name in enumerate(name for name in EDITS if name not in FAULTY)
]
GROUPS = [SINGLE[start : start + 3] for start in range(0, len(SINGLE), 3)]


@pytest.fixture(scope="module")
def published(tmp_path_factory):
    """A blog that was built once."""
    root = tmp_path_factory.mktemp("published")
    blog = Blog()
    blogs.write(root, blog.texts())
    outcome = blogs.built(root, blog)
    assert outcome.code == 0, outcome.stderr
    return root


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


# To shrink takes minutes of builds; a shorter list of edits is soon found by hand.
BUILDS = settings(
    deadline=None,
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
    suppress_health_check=[HealthCheck.too_slow],
)


def compare(published, knowing, rounds):
    """Asserts that builds after each of `rounds` of edits come to what one first build does."""
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
        assert told(outcome) == told(expected)
        if not outcome.code:
            assert blogs.differences(blogs.tree(root / "output"), tree) == []
        return outcome


@settings(BUILDS, max_examples=10 * THOROUGH)
@given(rounds=ROUNDS)
def test_after_any_edits_the_incremental_tree_is_the_clean_tree(published, knowing, rounds):
    compare(published, knowing, rounds)


@pytest.mark.parametrize("edits", GROUPS, ids=lambda edits: " ".join(edit[0] for edit in edits))
def test_after_each_edit_the_incremental_tree_is_the_clean_tree(published, knowing, edits):
    """The same for every edit: chance may leave one out."""
    assert compare(published, knowing, [edits]).code == 0


@pytest.mark.parametrize("name", EDITS if THOROUGH > 1 else [])
def test_after_each_edit_by_itself_the_trees_are_the_same(published, knowing, name):
    for which in range(8):
        compare(published, knowing, [[(name, which, which)]])


def test_a_change_in_what_a_layout_includes_is_seen(published, knowing):
    rounds = [[("included", 0, 0), ("inner", 0, 0)], [("inner", 0, 1)]]
    assert compare(published, knowing, rounds).code == 0


def test_what_is_news_goes_by_the_time_of_the_build_alone(published, knowing):
    rounds = [[("time", 0, 3)], [("time", 0, 4)]]
    assert compare(published, knowing, rounds).code == 0


def test_after_an_error_and_its_repair_the_tree_is_the_clean_tree(published, knowing):
    compare(published, knowing, [[("title", 3, 0), ("break", 3, 1)], [("unlinked", 5, 0)]])
    rounds = [[("bad-config", 0, 0), ("title", 3, 0)], [("bad-config", 0, 1), ("body", 1, 1)]]
    assert compare(published, knowing, rounds).code == 0
    rounds = [[("bad-layout", 0, 0), ("per-page", 0, 0)], [("bad-layout", 0, 2)]]
    assert compare(published, knowing, rounds).code == 0


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


@settings(BUILDS, max_examples=3 * THOROUGH)
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
