"""Times what related posts and other posts on the same source cost, for each post of a site.

    python bench/related.py SITE [--rounds 5]

Times are CPU microseconds a post (medians): to find what the posts share, and to list for every
post its related ones and those on the same source.
"""

import argparse
import statistics
import time
from pathlib import Path

from sitegen import prepare, session, work
from sitegen.run import Request, Tools, silent
from sitegen.site import related


def main() -> None:
    """Prints both figures and their sum, and how many posts have a list."""
    options = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    options.add_argument("site", type=Path)
    options.add_argument("--rounds", type=int, default=5)
    given = options.parse_args()
    request = Request(given.site, given.site / "output", int(time.time()), jobs=2, cached=False)
    with session.opened(request) as (memory, pack), work.Workers(request.jobs) as workers:
        posts = prepare.prepared(request, Tools(memory, pack, workers, silent)).site.posts
    rows = []
    for _ in range(given.rounds):
        related._words.cache_clear()  # noqa: SLF001 -- as in the first build of a process
        started = time.process_time()
        found = related.relations(posts, {})
        shared = time.process_time()
        near = [related.related(found, one.post.path) for one in posts]
        same = [related.same_source(found, one.post.path) for one in posts]
        rows.append((shared - started, time.process_time() - shared))
    share, each = (
        statistics.median(column) / len(posts) * 1e6 for column in zip(*rows, strict=True)
    )
    print(f"posts {len(posts)}: share {share:.1f} + list {each:.1f} = {share + each:.1f} us a post")
    print(f"with related {sum(map(bool, near))}, with same source {sum(map(bool, same))}")


if __name__ == "__main__":
    main()
