"""How long a saved edit takes to reach the browser: `python bench/watch.py SITE…`.

Each SITE is a folder with posts. A `sitegen serve` of it is started, a sentence is added to the end
of its newest post, and the event and the page are waited for. Times are milliseconds, medians and
the worst: `event` from the last byte written to the reload event received (of which `rebuild` is
what the preview says of itself), `page` the request of the page that follows, `all` both. The post
is put back at the end.

Then the same steps are taken in this process, one by one: `parse` reads the post, `assemble` puts
it into the site and makes what is shown, `render` makes its page. What `event` has beside these is
waiting for the notice and for quiet, and sending.
"""

import gc
import http.client
import json
import re
import statistics
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

from msgspec.structs import replace

from sitegen import intake, parse, prepare, session, work
from sitegen.model import Published
from sitegen.preview import snapshot
from sitegen.run import Request, Tools, silent
from sitegen.site.plan import Planned
from sitegen.store import scan

EDITS = 15
_WORDS = "\n追記その{}番。\n"


def _preview(site: Path, lines: list[str]) -> tuple[subprocess.Popen[str], int]:
    command = [sys.executable, "-m", "sitegen", "serve", "-C", str(site), "--port", "0"]
    process = subprocess.Popen(command, stderr=subprocess.PIPE, text=True)
    stream = process.stderr
    assert stream is not None  # noqa: S101 -- a pipe was asked for
    for line in stream:
        if found := re.search(r"http://127\.0\.0\.1:(\d+)/", line):
            break
    threading.Thread(target=lambda: lines.extend(stream), daemon=True).start()
    return process, int(found[1]) if found else 0


def _events(port: int) -> Iterator[dict[str, object]]:
    connection = http.client.HTTPConnection("127.0.0.1", port)
    connection.request("GET", "/.sitegen/events")
    response = connection.getresponse()
    while line := response.readline():
        if line.startswith(b"data: {"):
            yield json.loads(line[6:])


def _page(port: int, url: str) -> bytes:
    connection = http.client.HTTPConnection("127.0.0.1", port)
    connection.request("GET", url)
    return connection.getresponse().read()


def measure(site: Path) -> str:
    """A row of the table."""
    newest = _newest(site)
    before, lines = newest.read_bytes(), list[str]()
    process, port = _preview(site, lines)
    told: list[tuple[float, float, float]] = []
    try:
        events = _events(port)
        next(events)
        url = ""
        for number in range(EDITS + 1):
            time.sleep(0.7)
            words = _WORDS.format(number).encode()
            newest.write_bytes(before + words)
            written = time.perf_counter()
            next(events)
            heard = time.perf_counter()
            if number == 0:  # which says where the page is, and warms everything up
                time.sleep(1)
                url = next(found[1] for line in lines if (found := re.search(r"→ (/\S+) ", line)))
                continue
            while words.strip() not in _page(port, url):  # it was read while it was being written
                next(events)
                heard = time.perf_counter()
            shown = time.perf_counter()
            told.append((heard - written, shown - heard, shown - written))
        time.sleep(0.3)
    finally:
        newest.write_bytes(before)
        process.send_signal(2)
        process.wait(10)
    rebuilds = [float(found[1]) for line in lines if (found := re.search(r"(\d+) ms", line))]
    columns = [[1000 * row[part] for row in told] for part in range(3)]
    columns.insert(1, rebuilds[1 : EDITS + 1])
    columns += steps(site)
    shown_all = " | ".join(f"{statistics.median(one):.0f} ({max(one):.0f})" for one in columns)
    return f"| {site.name} | {shown_all} |"


def _newest(site: Path) -> Path:
    posts = (site / "content" / "posts").rglob("*.md")
    return max(posts, key=lambda path: path.relative_to(site).as_posix())


def steps(site: Path) -> list[list[float]]:
    """Milliseconds of `parse`, `assemble` and `render`, for each edit."""
    newest, rows = _newest(site), list[list[float]]()
    path, before = newest.relative_to(site).as_posix(), newest.read_bytes()
    request = Request(site.absolute(), site / "output", int(time.time()), drafts=True, future=True)
    gc.disable()  # as the preview does
    with (
        session.opened(replace(request, cached=False)) as (memory, pack),
        work.Workers(1) as workers,
    ):
        tools = Tools(memory, pack, workers, silent)
        prepared = prepare.prepared(request, tools)
        pack_path = str(pack.path)
        shown = snapshot.snapshot(prepared, memory, pack_path, request.now, noindex=True)
        try:
            for number in range(EDITS + 1):
                newest.write_bytes(before + _WORDS.format(number).encode())
                marks = [time.perf_counter()]
                file = scan.look(site, path)
                assert file is not None  # noqa: S101 -- it was written just now
                fresh = intake.again(site, file, parse.settings(prepared.config), tools)
                marks.append(time.perf_counter())
                revised = prepare.revised(prepared, [fresh])
                assert revised is not None  # noqa: S101 -- words alone were added
                pack.flush()
                shown = snapshot.revised(shown, revised, memory)
                marks.append(time.perf_counter())
                own = next(one for one in revised.planned if _shows(one, path))
                snapshot.pressed(shown, own)
                marks.append(time.perf_counter())
                rows.append([1000 * (after - earlier) for earlier, after in pairwise(marks)])
                prepared = revised
        finally:
            newest.write_bytes(before)
    return [list(column) for column in zip(*rows[1:], strict=True)]


def _shows(planned: Planned, path: str) -> bool:
    return isinstance(planned.subject, Published) and planned.subject.post.path == path


COLUMNS = ("site", "event", "rebuild", "page", "all", "parse", "assemble", "render")

if __name__ == "__main__":
    print(f"| {' | '.join(COLUMNS)} |\n{'|---' * len(COLUMNS)}|")
    for name in sys.argv[1:]:
        print(measure(Path(name)), flush=True)
