"""Types of files are the same everywhere, and texts have a charset."""

import pytest

from sitegen.preview import media


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("a/index.html", "text/html; charset=utf-8"),
        ("style.css", "text/css; charset=utf-8"),
        ("a.JS", "text/javascript; charset=utf-8"),
        ("tags/x/atom.xml", "application/atom+xml; charset=utf-8"),
        ("sitemap.xml", "application/xml; charset=utf-8"),
        ("feed.json", "application/feed+json; charset=utf-8"),
        ("robots.txt", "text/plain; charset=utf-8"),
        ("_redirects", "text/plain; charset=utf-8"),
        ("a.svg", "image/svg+xml; charset=utf-8"),
        ("a.png", "image/png"),
        ("a.woff2", "font/woff2"),
        ("png", "application/octet-stream"),
        ("a.exe", "application/octet-stream"),
    ],
)
def test_a_path_says_what_it_is(path, kind):
    assert media.kind(path) == kind
