"""Measures what search costs and what it finds: builds with and without it, then queries.

    python bench/search.py SITE [--rounds 3] [--queries 60]

Each round builds a copy of SITE cold and after an edit of the newest post, in turn with search and
without. Queries are pieces of two to six characters out of the texts, and longer words in Latin
letters; for each, the posts that the script finds under node are compared with plain search in the
folded texts, and the bytes are added up that a browser fetches until ten hits are shown.
"""

import argparse
import gzip
import json
import random
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from urllib.parse import unquote

import msgspec

from sitegen import prepare, session, text, urls, work
from sitegen.model import Body
from sitegen.render import postings
from sitegen.run import Request, Tools, silent
from sitegen.site import search
from sitegen.store.cache import PackReader

ROOT = Path(__file__).resolve().parents[1]
Texts = dict[str, tuple[str, str]]  # by URL, the newest post first


def timed(folder: Path) -> float:
    """Wall seconds of a build in `folder`."""
    started = time.perf_counter()
    command = [sys.executable, "-m", "sitegen", "build"]
    subprocess.run(command, cwd=folder, check=True, capture_output=True)
    return time.perf_counter() - started


def costs(site: Path, folder: Path, rounds: int) -> Path:
    """Prints the times of builds; the folder of the built site with search comes back."""
    rows: dict[str, list[float]] = {}
    for turn in range(rounds):
        for name in ("with", "without"):
            copy = folder / f"{name}{turn}"
            shutil.copytree(site, copy, ignore=shutil.ignore_patterns("output", ".sitegen"))
            if name == "without":
                file = copy / "pyproject.toml"
                said = file.read_text(encoding="utf-8") if file.exists() else "[tool.sitegen]\n"
                off = said.replace("[tool.sitegen]\n", "[tool.sitegen]\nsearch = false\n", 1)
                file.write_text(off, encoding="utf-8")
            rows.setdefault(f"cold, {name}", []).append(timed(copy))
            newest = max((copy / "content/posts").rglob("*.md"))
            with newest.open("a", encoding="utf-8") as edited:
                edited.write("\n一文を足した。\n")
            rows.setdefault(f"edit, {name}", []).append(timed(copy))
    middle = {name: statistics.median(found) for name, found in rows.items()}
    for kind in ("cold", "edit"):
        on, off = middle[f"{kind}, with"], middle[f"{kind}, without"]
        print(f"{kind}: {on:.2f} s with search, {off:.2f} s without, ratio {on / off:.2f}")
    return folder / "with0"


def read(site: Path) -> Texts:
    """What is indexed of each post of `site`."""
    request = Request(site, site / "output", int(time.time()), jobs=2)
    with session.opened(request) as (memory, pack), work.Workers(2) as workers:
        posts = prepare.prepared(request, Tools(memory, pack, workers, silent)).site.posts
        bodies = PackReader(pack.path)
        found: Texts = {}
        for segment in search.segments(posts):
            for one in search.searched(segment):
                extent = memory.files[one.path].body
                if one.body and extent:
                    body = msgspec.msgpack.decode(bodies.read(extent), type=Body)
                    found[one.url] = postings.texts(one.words, body)
    return dict(reversed(found.items()))


def queries(texts: Texts, count: int) -> list[str]:
    """Pieces of words, and whole words in Latin letters."""
    chance = random.Random(1)  # noqa: S311 -- the same queries each time
    urls, found = list(texts), []
    while len(found) < count:
        words = re.findall(r"[^\W_]{2,}", texts[chance.choice(urls)][chance.randrange(2)])
        word = chance.choice(words or [""])
        length = chance.randint(2, 6)
        start = chance.randint(0, max(0, len(word) - length))
        piece = word if word.isascii() else word[start : start + length]
        if len(piece) > 1:
            found.append(piece)
    return found


def main() -> None:
    """Prints costs, sizes, recall and bytes."""
    options = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    options.add_argument("site", type=Path)
    options.add_argument("--rounds", type=int, default=3)
    options.add_argument("--queries", type=int, default=60)
    options.add_argument("--further", nargs="*", default=[], help="queries of one's own")
    given = options.parse_args()
    with tempfile.TemporaryDirectory(dir=given.site.resolve().parent) as name:
        built = costs(given.site, Path(name), given.rounds)
        measure(built, given, Path(name))


def measure(built: Path, given: argparse.Namespace, folder: Path) -> None:
    """Runs the script over what was built."""
    output = built / "output"
    files = {
        path.relative_to(output / "search").as_posix(): path.read_bytes()
        for path in (output / "search").rglob("*.txt")
    }
    packed = sum(len(gzip.compress(data)) for data in files.values())
    size = sum(map(len, files.values()))
    print(f"index: {len(files)} files, {size / 1e6:.1f} MB, {packed / 1e6:.1f} MB in gzip")
    texts = read(built)
    asked = [*queries(texts, given.queries), *given.further]
    module = folder / "search.mjs"
    shutil.copy(ROOT / "layouts/static/search.js", module)
    pages = {
        url: [{"quoted": bool(part), "text": words} for part, words in enumerate(post)]
        for url, post in texts.items()
    }
    index = {path: data.decode() for path, data in files.items()}
    page = (output / "search/index.html").read_text(encoding="utf-8")
    posts = int(re.search(r'data-posts="(\d+)"', page)[1])  # type: ignore[index]
    base = re.search(r'data-folder="([^"]*)search/"', page)[1]  # type: ignore[index]
    site = {"posts": posts, "files": index, "pages": pages}
    site["queries"] = [(query, "all") for query in asked]
    whole, first = (ran(module, {**site, "enough": enough}) for enough in (0, 10))
    folded = {url: [text.fold(words) for words in post] for url, post in texts.items()}
    rows = []
    for query, everything, shown in zip(asked, whole, first, strict=True):
        word = text.fold(query)
        truth = [url for url, post in folded.items() if any(word in words for words in post)]
        hits = everything["urls"]
        wrong = (len(set(truth) - set(hits)), len(set(hits) - set(truth)), hits != truth)
        fetched = [
            weight(output, files, path if path in files else page_path(base, path))
            for path in shown["fetched"]
        ]
        small, raw = (sum(column) for column in zip(*fetched, strict=True))
        rows.append((small, raw, len(fetched), len(truth), wrong, query))
    for small, raw, count, truth, wrong, query in sorted(rows, reverse=True)[:12]:
        weighs = f"{small / 1e3:7.0f} kB gzip {raw / 1e3:7.0f} kB {count:4} files"
        print(f"{weighs} {truth:6} posts {query} {wrong}")
    missed = sum(wrong[0] for *_, wrong, _ in rows)
    total = sum(truth for _, _, _, truth, _, _ in rows)
    print(f"{len(rows)} queries, {total} hits, {missed} missed, recall {1 - missed / total:.4f}")
    for name, place in (("gzip", 0), ("raw", 1)):
        column = sorted(row[place] / 1e3 for row in rows)
        shares = [column[int(len(column) * share)] for share in (0.5, 0.9)]
        found = f"median {shares[0]:.0f}, 90 % {shares[1]:.0f}, most {column[-1]:.0f}"
        print(f"kB until ten hits ({name}): {found}")


def page_path(base: str, url: str) -> str:
    """The path below the output of the page at `url` of a site that lives below `base`."""
    return urls.output_path(unquote(urls.inside(base, url)))


def weight(output: Path, files: dict[str, bytes], path: str) -> tuple[int, int]:
    """The bytes in gzip and as they are of what is fetched: a file of the index, or an output."""
    data = files[path] if path in files else (output / path).read_bytes()
    return len(gzip.compress(data, 6)), len(data)


def ran(module: Path, site: dict[str, object]) -> list[dict[str, list[str]]]:
    """What the script finds, and what it fetches."""
    command = ["node", str(ROOT / "tests/data/search.mjs"), str(module)]
    given = json.dumps(site).encode()
    made = subprocess.run(command, input=given, capture_output=True, check=True)
    return json.loads(made.stdout)["hits"]  # type: ignore[no-any-return]


if __name__ == "__main__":
    main()
