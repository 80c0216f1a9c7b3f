"""How hard Hypothesis tries (`SITEGEN_THOROUGH=1`: at length), and what is learned once for all."""

import os

import pytest
from hypothesis import HealthCheck, settings

from . import site_blog as blogs

settings.register_profile(
    "quick", max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
settings.register_profile(
    "thorough", max_examples=5_000, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("thorough" if os.environ.get("SITEGEN_THOROUGH") == "1" else "quick")


@pytest.fixture(scope="session")
def knowing(tmp_path_factory):
    """The cache of a site without posts: that there is no fault in the default layouts."""
    root = tmp_path_factory.mktemp("empty")
    blogs.write(root, {"pyproject.toml": b"", "content/posts/.keep": b""})
    blogs.built(root)
    return root / ".sitegen"
