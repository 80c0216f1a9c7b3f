"""`sitegen serve` as a process: who is answered, what is refused, how it begins and ends."""

import contextlib
import json
import os
import re
import shutil
import signal
import socket
import subprocess
import threading
import time

import pytest

from sitegen.preview import wire

from .conftest import tree

LONG = 30.0  # seconds: far more than anything here takes


class Served:
    """A preview that runs, and what it said so far."""

    def __init__(self, process):
        self.process, self.lines = process, []
        self.port = 0
        threading.Thread(target=self._read, daemon=True).start()
        line = self.said("➜")
        self.port = int(re.search(r":(\d+)/", line)[1])

    def _read(self):
        with self.process.stderr as stream:
            for line in stream:
                self.lines.append(line.decode())

    def said(self, words):
        """The first line with `words`, waited for."""
        found = until(lambda: [line for line in self.lines if words in line])
        return found[0]

    def raw(self, data, host="127.0.0.1"):
        """What comes back for `data`, until the connection ends."""
        with socket.create_connection((host, self.port), LONG) as connection:
            connection.sendall(data)
            return drained(connection)

    def ask(self, path, *headers, method="GET"):
        """Status, headers and body of a request."""
        lines = [f"{method} {path} HTTP/1.1", f"Host: 127.0.0.1:{self.port}", *headers]
        answer = self.raw(("\r\n".join([*lines, "Connection: close"]) + "\r\n\r\n").encode())
        head, _, body = answer.partition(b"\r\n\r\n")
        first, *rest = head.decode("latin-1").split("\r\n")
        named = dict(line.lower().split(": ", 1) for line in rest)
        return int(first.split()[1]), named, body

    def stop(self):
        """Ends it as Ctrl-C does."""
        self.process.send_signal(signal.SIGINT)
        return self.process.wait(LONG)


def until(found):
    """What `found` gives as soon as that is anything."""
    end = time.monotonic() + LONG
    while time.monotonic() < end:
        if result := found():
            return result
        time.sleep(0.02)
    raise AssertionError(found)


def drained(connection):
    """All bytes that a connection still brings."""
    parts = []
    with contextlib.suppress(ConnectionError):
        while part := connection.recv(65536):
            parts.append(part)
    return b"".join(parts)


@pytest.fixture
def serve(site):
    running = []

    def begin(*arguments, **more):
        process = site.begin("serve", *(arguments or ("--port", "0")), **more)
        running.append(process)
        return Served(process)

    yield begin
    for process in running:
        end(process)


def end(process):
    """Takes a process away, and what it wrote to."""
    process.kill()
    process.wait()
    time.sleep(0.05)  # its last lines are still being read
    process.stdout.close()


# ---------------------------------------------------------------- what is answered


def test_bodies_that_the_disk_has_lost_are_read_anew(site, serve):
    assert site.build().code == 0
    pack = next(site.folder.glob("bodies-*"))
    pack.write_bytes(bytes(pack.stat().st_size))
    status, _, body = serve().ask("/2025/02/first/")
    assert (status, "引用。" in body.decode()) == (200, True)


def test_pages_files_and_what_is_not_there(site, serve):
    site.write("content/static/film.bin", bytes(range(256)) * 4096)
    served = serve()
    status, named, body = served.ask("/")
    assert (status, named["content-type"]) == (200, "text/html; charset=utf-8")
    assert "最初の記事".encode() in body
    assert served.ask("/2025/02/first")[:2][0] == 301
    assert served.ask("/style.css")[1]["content-type"] == "text/css; charset=utf-8"
    assert served.ask("/2025/03/third/pic.png")[2] == b"png"
    status, _, body = served.ask("/nowhere/", "Accept: text/html")
    assert (status, b"<script src=" in body) == (404, True)
    for path in ("/style.css", "/film.bin"):
        _, named, whole = served.ask(path)
        assert served.ask(path, f"If-None-Match: {named['etag']}")[0] == 304
        status, part, some = served.ask(path, "Range: bytes=10-19")
        assert (status, some) == (206, whole[10:20])
        assert part["content-range"] == f"bytes 10-19/{len(whole)}"
        assert served.ask(path, "Range: bytes=-7")[2] == whole[-7:]
        assert served.ask(path, f"Range: bytes={len(whole)}-")[0] == 416
        status, head, nothing = served.ask(path, method="HEAD")
        assert (status, head["content-length"], nothing) == (200, str(len(whole)), b"")


@pytest.mark.parametrize(
    "path",
    [
        "/../pyproject.toml",
        "/%2e%2e/pyproject.toml",
        "/%2E%2E%2Fpyproject.toml",
        "/..%2fpyproject.toml",
        "/%252e%252e/pyproject.toml",
        "/..%5cpyproject.toml",
        "/....//pyproject.toml",
        "/%c0%ae%c0%ae/pyproject.toml",
        "/static/../../pyproject.toml",
        "/pyproject.toml",
        "/content/posts/2025/02/04-first.md",
        "/.sitegen/index",
        "/.sitegen/../pyproject.toml",
        "//etc/passwd",
        "/%00",
        "/a%0d%0aX:1",
        "/file:///etc/passwd",
        "/style.css%00.html",
        "/style.css/",
        "/style.css/../../pyproject.toml",
    ],
)
def test_nothing_but_the_site_is_served(path, shared):
    status, named, body = shared.ask(path)
    assert status in {400, 404}
    assert not {"location", "access-control-allow-origin"} & set(named)
    assert "題名".encode() not in body
    assert b"root:" not in body


@pytest.fixture(scope="module")
def shared(site_at, tmp_path_factory):
    """A preview that only questions are asked of."""
    made = site_at(tmp_path_factory.mktemp("shared") / "site")
    made.post("2025/02/04-first.md", "最初の記事")
    process = made.begin("serve", "--port", "0")
    yield Served(process)
    end(process)


@pytest.mark.parametrize(
    ("lines", "status"),
    [
        (["GET / HTTP/1.1", "Host: evil.example"], 403),
        (["GET / HTTP/1.1", "Host: 127.0.0.1"], 403),
        (["GET / HTTP/1.1"], 400),
        (["GET / HTTP/1.0"], 400),
        (["GET / HTTP/1.1", "Host: {own}", "Host: {own}"], 400),
        (["GET / HTTP/1.1", "Host: {own}", "Host: evil.example"], 400),
        (["GET / HTTP/1.1", "Host: {own}", "Origin: http://evil.example"], 403),
        (["GET /.sitegen/events HTTP/1.1", "Host: {own}", "Origin: http://evil.example"], 403),
        (["POST / HTTP/1.1", "Host: {own}", "Content-Length: 0"], 405),
        (["GET / HTTP/1.1", "Host: {own}", "Content-Length: 5", "", "abcde"], 400),
        (["GET http://{own}/ HTTP/1.1", "Host: {own}"], 400),
        (["GET / HTTP/1.1", "Host: {own}", "X: a\x00b"], 400),
        (["GET / HTTP/1.1", "Host: {own}", "X: " + "a" * 20000], 431),
        (["GET /" + "a" * 9000 + " HTTP/1.1", "Host: {own}"], 414),
        (["nonsense"], 400),
        (["\x16\x03\x01\x02"], 400),
    ],
)
def test_what_is_refused(shared, lines, status):
    text = "\r\n".join(lines).replace("{own}", f"127.0.0.1:{shared.port}") + "\r\n\r\n"
    answer = shared.raw(text.encode("latin-1"))
    assert answer.startswith(b"HTTP/1.1 %d " % status)
    assert b"access-control" not in answer.lower()
    assert shared.ask("/")[0] == 200


def test_five_hundred_connections_that_say_nothing_keep_nobody_out(shared):
    with contextlib.ExitStack() as stack:
        for number in range(500):
            one = socket.create_connection(("127.0.0.1", shared.port), LONG)
            stack.enter_context(one)
            if number % 2:
                one.sendall(b"GET / HTTP/1.1\r\nHost: ")
        assert shared.ask("/")[0] == 200
    assert shared.ask("/")[0] == 200


def test_slow_headers_come_to_an_end(site, serve):
    served = serve(prelude="from sitegen.preview import wire\nwire.HEADER_TIME = 0.3")
    with socket.create_connection(("127.0.0.1", served.port), LONG) as connection:
        connection.sendall(b"GET / HTTP/1.1\r\n")
        assert drained(connection) == b""
    assert wire.HEADER_TIME >= 5
    assert site.root.exists()


def test_a_reader_that_takes_nothing_is_dropped(site, serve):
    site.write("content/static/film.bin", b"\0" * (32 << 20))
    served = serve(prelude="from sitegen.preview import wire\nwire.READ_TIME = 0.3")
    with socket.create_connection(("127.0.0.1", served.port), LONG) as connection:
        request = f"GET /film.bin HTTP/1.1\r\nHost: 127.0.0.1:{served.port}\r\n\r\n"
        connection.sendall(request.encode())
        time.sleep(1)
        assert len(drained(connection)) < 32 << 20
    assert served.ask("/")[0] == 200


def test_no_more_than_a_hundred_pages_listen(shared):
    with contextlib.ExitStack() as stack:
        request = f"GET /.sitegen/events HTTP/1.1\r\nHost: 127.0.0.1:{shared.port}\r\n\r\n".encode()
        for _ in range(100):
            one = stack.enter_context(socket.create_connection(("127.0.0.1", shared.port), LONG))
            one.sendall(request)
            assert one.recv(12) == b"HTTP/1.1 200"
        assert shared.ask("/.sitegen/events")[0] == 503
    until(lambda: shared.ask("/.sitegen/events", method="HEAD")[0] == 200)


def test_a_linked_folder_leads_nowhere(site, serve, tmp_path):
    site.write("content/static/pictures/a.txt", "inside")
    (tmp_path / "outside").mkdir()
    (tmp_path / "outside" / "a.txt").write_text("outside")
    served = serve()
    assert served.ask("/pictures/a.txt")[2] == b"inside"
    (site.root / "content/static/pictures").rename(tmp_path / "away")
    (site.root / "content/static/pictures").symlink_to(tmp_path / "outside")
    assert b"outside" not in served.ask("/pictures/a.txt")[2]


# ---------------------------------------------------------------- edits


class Stream:
    """The events that a page hears."""

    def __init__(self, served):
        self._socket = socket.create_connection(("127.0.0.1", served.port), LONG)
        request = f"GET /.sitegen/events HTTP/1.1\r\nHost: 127.0.0.1:{served.port}\r\n\r\n"
        self._socket.sendall(request.encode())
        self._data = b""

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self._socket.close()

    def next(self):
        """The next one's data."""
        while not (found := re.search(rb"\ndata: (.+)\n\n", self._data)):
            part = self._socket.recv(65536)
            assert part
            self._data += part
        self._data = self._data[found.end() :]
        return json.loads(found[1])


def test_an_edit_a_fault_and_its_end_reach_the_browser(site, serve):
    served = serve()
    with Stream(served) as stream:
        stream.next()
        site.post("2025/02/04-first.md", "最初の記事", "書き直した。\n")
        assert stream.next()["reload"] is True
        assert "書き直した".encode() in served.ask("/2025/02/first/")[2]
        site.write("content/posts/2025/02/04-first.md", "---\ntitle: [\n---\n")
        told = stream.next()
        assert (told["reload"], told["faults"][0]["severity"]) == (False, "error")
        assert "書き直した".encode() in served.ask("/2025/02/first/")[2]
        site.post("2025/02/04-first.md", "最初の記事", "直した。\n")
        told = stream.next()
        assert (told["reload"], told["faults"]) == (True, [])
    served.said("✓ 直りました")


def test_a_broken_configuration_and_a_lost_folder_end_nothing(site, serve):
    served = serve()
    config = (site.root / "pyproject.toml").read_text(encoding="utf-8")
    site.write("pyproject.toml", "[tool.sitegen\n")
    served.said("config-syntax")
    site.write("pyproject.toml", config)
    served.said("✓ 直りました")
    away = site.root.parent / "away"
    site.root.rename(away)
    served.said("no-content")
    away.rename(site.root)
    until(lambda: sum("✓ 直りました" in line for line in served.lines) == 2)
    site.post("2025/02/04-first.md", "最初の記事", "戻ってから。\n")
    until(lambda: "戻ってから".encode() in served.ask("/2025/02/first/")[2])


def test_a_first_site_with_faults_is_told_with_status_500(site, serve):
    site.write("content/posts/2025/02/04-first.md", "---\ntitle: [\n---\n")
    served = serve()
    status, _, body = served.ask("/2025/02/second/")
    assert (status, b"front-matter-syntax" in body) == (500, True)
    site.post("2025/02/04-first.md", "最初の記事")
    until(lambda: served.ask("/2025/02/second/")[0] == 200)


def test_a_page_that_fails_alone_tells_its_fault_without_a_script(site, serve):
    layout = '{% extends "default/post.html" %}{% block title %}{{ 1 // divisor }}{% endblock %}'
    divisor = '{% set divisor = 0 if page.title == "最初の記事" else 1 %}'
    site.write("layouts/post.html", layout.replace("{{", divisor + "{{"))
    served = serve()
    assert served.ask("/2025/02/second/")[0] == 200
    status, _, body = served.ask("/2025/02/first/")
    told = re.search(rb"<noscript><pre>(.*?)</pre>", body, re.DOTALL)[1]
    assert (status, b"layouts/post.html:1" in told) == (500, True)


def narrow(limit, name):
    """What begins a process whose user has `limit` of what inotify takes."""
    own = ("unshare", "--user", "--map-root-user")  # limits of its own, for this process alone
    tried = shutil.which(own[0]) and subprocess.run([*own, "true"], check=False)  # noqa: S603 -- ours
    if not tried or tried.returncode:
        pytest.skip("this system makes no user namespace for us")
    limited = f'echo {limit} > /proc/sys/user/max_inotify_{name} && exec "$0" "$@"'
    return (*own, "sh", "-c", limited)


@pytest.mark.parametrize(("limit", "name"), [(2, "watches"), (0, "instances")])
def test_where_the_system_gives_no_notices_changes_are_looked_for(site, serve, limit, name):
    served = serve("--port", "0", before=narrow(limit, name))
    assert f"fs.inotify.max_user_{name}" in served.said("⚠")
    site.post("2025/02/04-first.md", "最初の記事", "見に来て見つけた。\n")
    until(lambda: "見に来て見つけた".encode() in served.ask("/2025/02/first/")[2])


def test_after_a_long_rebuild_changes_are_looked_for_as_often_as_before(site, serve):
    for number in range(400):
        site.post(f"2025/04/{number:03}.md", f"記事{number}", date="2025-04-01")
    served = serve("--port", "0", before=narrow(2, "watches"))
    for title in ("作り直しの前", "作り直しの後"):
        started = time.monotonic()
        site.write("pyproject.toml", f'[tool.sitegen]\ntitle = "{title}"\n')
        until(lambda title=title: title.encode() in served.ask("/")[2])
    rebuilt = int(re.search(r"(\d+) ms", served.said(" ms"))[1]) / 1000
    assert time.monotonic() - started < max(4.0, 10 * rebuilt)


def test_many_files_at_once_are_one_rebuild(site, serve):
    for number in range(300):
        site.post(f"2025/04/{number:03}.md", f"記事{number}", date="2025-04-01")
    served = serve()
    for number in range(300):
        site.post(f"2025/04/{number:03}.md", f"記事{number}", "書き直した。\n", date="2025-04-01")
    until(lambda: "書き直した".encode() in served.ask("/2025/04/299/")[2])
    until(lambda: "書き直した".encode() in served.ask("/2025/04/000/")[2])
    rebuilds = [line for line in served.lines if " ms" in line]
    assert len(rebuilds) <= 2  # the second where the machine was slower than a burst may last


# ---------------------------------------------------------------- held back, and builds


def test_drafts_are_shown(site, serve):
    site.post("2025/02/06-draft.md", "書きかけ", draft="true")
    assert serve().ask("/2025/02/draft/")[0] == 200


def test_published_shows_what_a_build_makes(site, serve):
    site.post("2025/02/06-draft.md", "書きかけ", draft="true")
    served = serve("--port", "0", "--published")
    assert served.ask("/2025/02/draft/")[0] == 404
    assert site.build().code == 0
    for path in ("atom.xml", "sitemap.xml", "style.css"):
        assert served.ask(f"/{path}")[2] == (site.output / path).read_bytes()


def test_nothing_of_the_preview_is_in_what_is_built(site, serve):
    served = serve()
    assert b"/.sitegen/preview.js" in served.ask("/")[2]
    assert not site.output.exists()
    assert site.build().code == 0
    words = (b"/.sitegen/", b"data-sitegen", b"sitegen-preview", b"EventSource")
    for path, data in site.tree().items():
        assert path == ".sitegen" or not any(word in data for word in words), path


# ---------------------------------------------------------------- beginning and end


def test_ctrl_c_ends_it_within_a_second_while_pages_listen(serve):
    served = serve()
    with socket.create_connection(("127.0.0.1", served.port), LONG) as stream:
        request = f"GET /.sitegen/events HTTP/1.1\r\nHost: 127.0.0.1:{served.port}\r\n\r\n"
        stream.sendall(request.encode())
        assert stream.recv(12) == b"HTTP/1.1 200"
        assert served.stop() == 130
    served.said("停止しました")


def test_a_second_preview_of_a_site_is_told_where_the_first_is(site, serve):
    served = serve()
    until((site.folder / "preview" / "shown-at").exists)
    done = site.run("serve", "--port", "0")
    assert done.code == 2
    assert f"http://127.0.0.1:{served.port}/（PID {served.process.pid}）" in done.err


def test_the_cache_folder_as_a_link_is_not_followed(site, serve, tmp_path):
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "elsewhere/bodies-of-another").write_bytes(b"precious")
    site.folder.symlink_to(tmp_path / "elsewhere")
    served = serve()
    assert served.ask("/")[0] == 200
    assert served.stop() == 130
    assert tree(tmp_path / "elsewhere") == {"bodies-of-another": b"precious"}


def test_the_preview_folder_as_a_link_is_not_followed(site, serve, tmp_path):
    (tmp_path / "elsewhere").mkdir()
    site.folder.mkdir()
    (site.folder / "preview").symlink_to(tmp_path / "elsewhere")
    served = serve()
    assert served.ask("/")[0] == 200
    assert served.stop() == 130
    assert tree(tmp_path / "elsewhere") == {}


def test_a_port_that_was_asked_for_and_is_taken_is_refused(site):
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        done = site.run("serve", "--port", str(port))
    assert (done.code, f"ポート {port} は使用中です（PID {os.getpid()}" in done.err) == (2, True)


def test_another_address_needs_a_name(site):
    done = site.run("serve", "--port", "0", "--host", "0.0.0.0")  # noqa: S104 -- that is refused
    assert (done.code, "--allow-host" in done.err) == (2, True)
