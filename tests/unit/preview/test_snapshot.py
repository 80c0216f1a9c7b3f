"""A path is looked up in the site, and never on the disk."""

import pytest

from sitegen.model import Asset
from sitegen.preview import snapshot


@pytest.fixture
def shown(workshop, project):
    project.write("pyproject.toml", '[tool.sitegen]\nbase_url = "https://example.org/blog/"\n')
    return workshop.make(None).shown


@pytest.mark.parametrize(
    ("path", "found"),
    [
        ("/blog/", "index.html"),
        ("/blog/2025/02/fog/", "2025/02/fog/index.html"),
        ("/blog/2025/02/fog/index.html", "2025/02/fog/index.html"),
        ("/blog/atom.xml", "atom.xml"),
        ("/blog/style.css", "style.css"),
        ("/blog/2025/02/fog/map.png", "2025/02/fog/map.png"),
    ],
)
def test_what_is_made_is_found(shown, path, found):
    assert snapshot.lookup(shown, path).path == found


@pytest.mark.parametrize(
    ("path", "url"),
    [("/", "/blog/"), ("/blog", "/blog/"), ("/blog/2025/02/fog", "/blog/2025/02/fog/")],
)
def test_a_folder_is_where_its_page_is(shown, path, url):
    assert snapshot.lookup(shown, path) == url


@pytest.mark.parametrize(
    "path",
    ["/fog/", "/blogg/", "/blog/pyproject.toml", "/blog/content/posts/fog.md", "/blog/x/../"],
)
def test_nothing_else_is(shown, path):
    assert snapshot.lookup(shown, path) is None


def test_files_are_known_by_where_they_lie(shown, project):
    found = snapshot.lookup(shown, "/blog/2025/02/fog/map.png")
    assert isinstance(found, Asset)
    assert found.origin == f"{project.root}/content/posts/map.png"


@pytest.mark.parametrize("path", ["/blog/2025/03/fog/", "/blog/fog", "/blog/2025/02/foggy/"])
def test_near_pages_are_offered(shown, path):
    assert "/blog/2025/02/fog/" in snapshot.near(shown, path)


def test_what_search_is_made_of_is_made_when_asked_for(shown):
    posts, grams = (
        snapshot.pressed(shown, shown.index[f"search/0/{name}.txt"]).data.decode()
        for name in ("posts-0", "0")
    )
    assert "/blog/2025/02/fog/\n" in posts
    assert "\n霧笛 " in grams
