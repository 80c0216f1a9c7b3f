"""What everything that Japanese and places need costs beside bare mistune.

    python bench/parsing.py SITE [--rounds 5]

The Markdown of every post of SITE is parsed by mistune with the same plugins and by sitegen, post
by post in turns. Of each post the least time of all rounds counts: other work on the machine adds
to a round, and takes nothing away.
"""

import argparse
import math
import time
from collections.abc import Callable
from pathlib import Path

import mistune

from sitegen.content import markdown


def timed(work: Callable[[str], object], text: str) -> float:
    """Seconds of `work` on `text`."""
    started = time.perf_counter()
    work(text)
    return time.perf_counter() - started


def main() -> None:
    """Prints both figures and their ratio."""
    options = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    options.add_argument("site", type=Path)
    options.add_argument("--rounds", type=int, default=5)
    given = options.parse_args()
    posts = sorted((given.site / "content/posts").rglob("*.md"))
    texts = [post.read_text(encoding="utf-8").partition("\n---\n")[2] for post in posts]
    bare = mistune.create_markdown(escape=False, plugins=["table", "footnotes", "strikethrough"])
    ways: dict[str, Callable[[str], object]] = {
        "mistune": bare,
        "sitegen": lambda text: markdown.document("x.md", text, 1, prefix="x", raw_html="sanitize"),
    }
    least = {name: [math.inf] * len(texts) for name in ways}
    for _ in range(given.rounds):
        for number, text in enumerate(texts):
            for name, work in ways.items():
                least[name][number] = min(least[name][number], timed(work, text))
    for name, seconds in least.items():
        print(f"{name:8} {1000 * sum(seconds) / len(texts):7.3f} ms a post")
    print(f"ratio    {sum(least['sitegen']) / sum(least['mistune']):7.3f}")


if __name__ == "__main__":
    main()
