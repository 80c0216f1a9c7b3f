"""Who is let in, and what a path may be."""

import pytest

from sitegen.preview import gate

OWN = gate.hosts(8000)
HOST = (b"host", b"127.0.0.1:8000")


@pytest.mark.parametrize(
    "host", [b"localhost:8000", b"127.0.0.1:8000", b"[::1]:8000", b"LOCALHOST:8000"]
)
def test_this_machine_is_answered(host):
    assert gate.refused("GET", b"/", [(b"host", host)], OWN) is None


@pytest.mark.parametrize(
    ("method", "headers", "status"),
    [
        ("GET", [], 400),
        ("GET", [HOST, HOST], 400),
        ("GET", [(b"host", b"evil.example:8000")], 403),
        ("GET", [(b"host", b"127.0.0.1")], 403),
        ("GET", [(b"host", b"127.0.0.1:8001")], 403),
        ("GET", [(b"host", b"127.0.0.1.evil.example:8000")], 403),
        ("GET", [HOST, (b"origin", b"http://evil.example")], 403),
        ("GET", [HOST, (b"origin", b"null")], 403),
        ("GET", [HOST, (b"origin", b"http://localhost:8000")], 403),
        ("GET", [HOST, (b"sec-fetch-site", b"cross-site"), (b"sec-fetch-mode", b"no-cors")], 403),
        ("POST", [HOST], 405),
        ("OPTIONS", [HOST], 405),
        ("GET", [HOST, (b"content-length", b"3")], 400),
        ("GET", [HOST, (b"transfer-encoding", b"chunked")], 400),
        ("GET", [HOST, (b"cookie", b"a" * 17_000)], 431),
    ],
)
def test_others_are_refused(method, headers, status):
    assert gate.refused(method, b"/", headers, OWN).status == status


@pytest.mark.parametrize(
    "more",
    [
        [(b"origin", b"http://127.0.0.1:8000")],
        [(b"sec-fetch-site", b"cross-site"), (b"sec-fetch-mode", b"navigate")],
        [(b"sec-fetch-site", b"same-origin"), (b"sec-fetch-mode", b"cors")],
    ],
)
def test_the_own_pages_and_links_from_elsewhere_are_let_in(more):
    assert gate.refused("GET", b"/", [HOST, *more], OWN) is None


def test_a_name_is_answered_that_the_user_allowed():
    allowed = gate.hosts(8000, ["Laptop.example"])
    assert gate.refused("GET", b"/", [(b"host", b"laptop.example:8000")], allowed) is None


def test_a_target_has_an_end():
    assert gate.refused("GET", b"/" + b"a" * 9000, [HOST], OWN).status == 414


@pytest.mark.parametrize(
    ("target", "path"),
    [
        (b"/", "/"),
        (b"/a/?b=c", "/a/"),
        ("/霧/".encode(), "/霧/"),
        (b"/%E9%9C%A7/", "/霧/"),
        (b"/%2565", "/%65"),
        (b"/a//b", "/a//b"),
    ],
)
def test_a_path_is_decoded_once(target, path):
    assert gate.path(target) == path


@pytest.mark.parametrize(
    "target",
    [
        b"",
        b"*",
        b"a",
        b"//evil.example/",
        b"http://127.0.0.1:8000/",
        b"/a#b",
        b"/%00",
        b"/a%0d%0ab",
        b"/../pyproject.toml",
        b"/%2e%2e/pyproject.toml",
        b"/a/..%2f..%2fpyproject.toml",
        b"/..%5cpyproject.toml",
        b"/%c0%ae%c0%ae/",
        b"/%ff",
        b"/%zz",
        b"/%",
        b"/./a",
    ],
)
def test_what_is_no_path_of_a_site_is_none(target):
    assert gate.path(target) is None
