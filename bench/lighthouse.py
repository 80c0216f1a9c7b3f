"""What Lighthouse says of the demonstration blog: `python bench/lighthouse.py [LIGHTHOUSE]`.

LIGHTHOUSE is its command (`npm install lighthouse@12`: node_modules/.bin/lighthouse). A post, the
front page and a search are loaded as on a phone, thrice each or `--runs` times; the median of each
category is shown, and every audit that is not perfect. The exit code is 1 where a category has less
than 100 that does not depend on how fast the machine is. `CHROME_PATH` names another Chromium than
the usual one.
"""

import argparse
import functools
import gzip
import http.server
import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import threading
from pathlib import Path
from typing import Any

PAGES = ("/2025/02/ferry/", "/", "/search/?q=%E5%9B%B3%E6%9B%B8%E9%A4%A8")
CATEGORIES = ("performance", "accessibility", "best-practices", "seo")
PERFECT = 100
FLAGS = "--headless=new --no-sandbox --disable-gpu --disable-quic --no-first-run"
SITE = Path(__file__).parents[1]


class _Host(http.server.SimpleHTTPRequestHandler):
    """Serves as hosts of static files do: text compressed, files kept for a while."""

    def do_GET(self) -> None:
        path = Path(self.translate_path(self.path.partition("?")[0]))
        path = path / "index.html" if path.is_dir() else path
        if not path.is_file():
            return self.send_error(404)
        data = gzip.compress(path.read_bytes(), mtime=0)
        self.send_response(200)
        self.send_header("Content-Type", self.guess_type(path))
        self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Length", str(len(data)))
        self.send_header("Cache-Control", "max-age=31536000")
        self.end_headers()
        self.wfile.write(data)
        return None

    def log_message(self, *_: object) -> None:
        """Says nothing."""


def _report(lighthouse: str, address: str, profile: str) -> dict[str, Any]:
    flags = f"--chrome-flags={FLAGS} --user-data-dir={profile}"
    command = [lighthouse, address, "--output=json", "--quiet", flags]
    ran = subprocess.run(command, capture_output=True, text=True, check=True)
    report: dict[str, Any] = json.loads(ran.stdout)
    return report


def _told(address: str, reports: list[dict[str, Any]]) -> bool:
    """Prints what `reports` say; whether all is perfect that can be on a slow machine."""
    scores = {
        name: round(statistics.median(one["categories"][name]["score"] * 100 for one in reports))
        for name in CATEGORIES
    }
    print(address, *(f"{name} {score}" for name, score in scores.items()))
    last = reports[-1]
    for name in CATEGORIES:
        for ref in last["categories"][name]["auditRefs"]:
            audit = last["audits"][ref["id"]]
            if ref["weight"] and audit["score"] is not None and audit["score"] < 1:
                print(f"  {ref['id']} {audit['score']}: {audit.get('displayValue', '')}")
    return all(score == PERFECT for name, score in scores.items() if name != "performance")


def main() -> None:
    """Builds the demonstration blog, serves it and asks Lighthouse."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("lighthouse", nargs="?", default="lighthouse")
    parser.add_argument("--runs", type=int, default=3)
    asked = parser.parse_args()
    os.environ.setdefault("CHROME_PATH", shutil.which("chromium") or "")
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        output = f"{folder}/output"
        build = [sys.executable, "-m", "sitegen", "build", "-C", str(SITE), "--output", output]
        subprocess.run([*build, "--no-cache"], check=True, capture_output=True)
        handler = functools.partial(_Host, directory=output)
        server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        perfect = True
        for path in PAGES:
            address = f"http://127.0.0.1:{server.server_port}{path}"
            reports = [
                _report(asked.lighthouse, address, f"{folder}/profile") for _ in range(asked.runs)
            ]
            perfect &= _told(path, reports)
    sys.exit(not perfect)


if __name__ == "__main__":
    main()
