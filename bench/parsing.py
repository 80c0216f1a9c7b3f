"""What everything that Japanese and places need costs beside bare mistune.

    python bench/parsing.py SITE [--rounds 5]

The Markdown of every post of SITE is parsed by mistune with the same plugins, then by sitegen, in
turns; CPU seconds are the medians of the rounds.
"""

import argparse
import statistics
import time
from collections.abc import Callable
from pathlib import Path

import mistune

from sitegen.content import markdown


def timed(work: Callable[[str], object], texts: list[str]) -> float:
    """CPU seconds of `work` on all `texts`."""
    started = time.process_time()
    for text in texts:
        work(text)
    return time.process_time() - started


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
    seconds: dict[str, list[float]] = {name: [] for name in ways}
    for _ in range(given.rounds):
        for name, work in ways.items():
            seconds[name].append(timed(work, texts))
    medians = {name: statistics.median(found) for name, found in seconds.items()}
    for name, median in medians.items():
        print(f"{name:8} {1000 * median / len(texts):7.3f} ms a post")
    print(f"ratio    {medians['sitegen'] / medians['mistune']:7.3f}")


if __name__ == "__main__":
    main()
