"""How long a saved edit takes to reach the browser: `python bench/watch.py SITE…`.

Each SITE is a folder with posts. A `sitegen serve` of it is started, a sentence is added to the end
of its newest post, and the event and the page are waited for. Times are milliseconds, medians and
the worst: `event` from the last byte written to the reload event received (of which `rebuild` is
what the preview says of itself: reading, parsing, assembling), `page` the request of the page that
follows (rendering), `all` both. The post is put back at the end.
"""

import http.client
import json
import re
import statistics
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

EDITS = 15


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
    newest = max(
        (site / "content" / "posts").rglob("*.md"),
        key=lambda path: path.relative_to(site).as_posix(),
    )
    before, lines = newest.read_bytes(), list[str]()
    process, port = _preview(site, lines)
    told: list[tuple[float, float, float]] = []
    try:
        events = _events(port)
        next(events)
        url = ""
        for number in range(EDITS + 1):
            time.sleep(0.7)
            words = f"\n追記その{number}番。\n".encode()
            newest.write_bytes(before + words)
            written = time.perf_counter()
            next(events)
            heard = time.perf_counter()
            if number == 0:  # which says where the page is, and warms everything up
                time.sleep(0.3)
                found = re.search(r"→ (\S+) ", lines[-1])
                url = found[1] if found else "/"
                continue
            if words.strip() not in _page(port, url):
                return f"{site.name}: the page was not up to date"
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
    shown_all = " | ".join(f"{statistics.median(one):.0f} ({max(one):.0f})" for one in columns)
    return f"| {site.name} | {shown_all} |"


if __name__ == "__main__":
    print("| site | event | rebuild | page | all |\n|---|---|---|---|---|")
    for name in sys.argv[1:]:
        print(measure(Path(name)), flush=True)
