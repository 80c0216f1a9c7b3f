"""What the builds of all examples have learned before."""

import pytest

from . import site_blog as blogs


@pytest.fixture(scope="session")
def knowing(tmp_path_factory):
    """The cache of a site without posts: that there is no fault in the default layouts."""
    root = tmp_path_factory.mktemp("empty")
    blogs.write(root, {"pyproject.toml": b"", "content/posts/.keep": b""})
    blogs.built(root)
    return root / ".sitegen"
