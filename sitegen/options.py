"""The options that commands share, each declared once, and what is asked for by them."""

import os
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import click
from msgspec import Struct

from sitegen import config_file, misuse, session, work
from sitegen.config import Config
from sitegen.content import dates
from sitegen.diagnostics import catalog
from sitegen.diagnostics.model import Diagnostic, Location
from sitegen.run import Request


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


# ---------------------------------------------------------------- what is asked for


class Asked(Struct, frozen=True, kw_only=True):
    """What was typed for `build` or `check`."""

    writes: bool
    folder: Path
    lang: str | None
    base_url: str
    drafts: bool
    future: bool
    now: str | None
    strict: bool
    jobs: int | None
    no_cache: bool
    form: str
    profile: bool
    output: Path | None = None
    fixes: bool = False
    only: tuple[Path, ...] = ()


def reject(asked: Asked, root: Path, language: str) -> None:
    """Raises what cannot be meant: an address that is none, files that are not the site's."""
    if config_file.based(Config(), asked.base_url) is None:
        raise misuse.error(language, "no-url", value=asked.base_url)
    for path in asked.only:
        if not os.access(path, os.F_OK):
            raise misuse.error(language, "no-file", path=path)
        if not path.resolve().is_relative_to(root.resolve()):
            raise misuse.error(language, "outside", path=path)


def request(asked: Asked, root: Path, at: int) -> Request:
    """What is `asked` of the site in `root`, at the instant `at`."""
    output = asked.output
    return Request(
        root=root,
        output=Path.cwd() / output if output is not None else root / "output",
        now=at,
        base_url=asked.base_url,
        drafts=asked.drafts,
        future=asked.future,
        jobs=asked.jobs or work.default_jobs(),
        cached=not asked.no_cache and (asked.writes or session.may_keep(root)),
        writes=asked.writes,
        strict=asked.strict,
    )


def instant(typed: str | None, root: Path, language: str) -> tuple[int, str]:
    """The instant that was `typed` as in a post of the site in `root`; without one that of `now`.

    It is in seconds since 1970, and with the environment's name for it if it came from there.
    """
    if typed is None:
        return now(language)
    made = dates.parse(typed, config_file.readable(root).zone)
    if isinstance(made, str):
        fault = Diagnostic("bad-date", Location("--now"), {"value": typed}, made)
        words = catalog.words(fault, language)
        raise click.ClickException(f"--now: {words.message}\n  {words.label or words.remedy}")
    return made.epoch, ""


def now(language: str) -> tuple[int, str]:
    """The instant of the environment, with its name, else the clock's.

    What is malformed there must not pass (reproducible-builds.org, SOURCE_DATE_EPOCH).
    """
    given = os.environ.get(_EPOCH, "")
    if not given:
        return int(time.time()), ""
    if not (given.isascii() and given.isdigit() and len(given) <= _EPOCH_DIGITS):
        raise misuse.error(language, "no-epoch", name=_EPOCH, value=given)
    return int(given), _EPOCH


_EPOCH, _EPOCH_DIGITS = "SOURCE_DATE_EPOCH", 11
