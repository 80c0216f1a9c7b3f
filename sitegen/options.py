"""The options that commands share, each declared once."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import click

from sitegen import config_file


def _options(*options: Callable[..., Any]) -> Callable[..., Any]:
    def apply(command: Callable[..., Any]) -> Callable[..., Any]:
        for option in reversed(options):
            command = option(command)
        return command

    return apply


SITE = _options(
    click.option(
        "-C",
        "folder",
        type=click.Path(path_type=Path),
        default=Path(),
        metavar="DIR",
        help="The site's folder (default: this one).",
    ),
    click.option("--lang", type=click.Choice(["ja", "en"]), help="Language of the messages."),
)
SHOWN = _options(
    click.option("--base-url", default="", metavar="URL", help="Overrides the site's base_url."),
    click.option("--drafts", is_flag=True, help="Show drafts too."),
    click.option("--future", is_flag=True, help="Show scheduled posts too."),
    click.option("--now", metavar="INSTANT", help="The time of the build, as in a post's date."),
)
RUN = _options(
    click.option("--strict", is_flag=True, help="Warnings forbid publishing too."),
    click.option(
        "--jobs", type=click.IntRange(1, 256), metavar="N", help="Processes (default: the cores)."
    ),
    click.option("--no-cache", is_flag=True, help="Neither read nor write the cache."),
    click.option(
        "--format",
        "form",
        type=click.Choice(["text", "json", "github"]),
        default="text",
        help="What stdout holds.",
    ),
    click.option("--profile", is_flag=True, help="Tell how long each stage took."),
)

_PLACE = click.command(  # what a command line says of the site, however wrong the rest of it is
    "place", context_settings={"ignore_unknown_options": True, "allow_extra_args": True}
)(SITE(lambda **_: None))


def language(arguments: Sequence[str]) -> str:
    """The language of the messages, as far as the `arguments` can be read."""
    site = _PLACE.make_context("sitegen", list(arguments), resilient_parsing=True).params
    return str(site["lang"] or config_file.readable(site["folder"]).language)
