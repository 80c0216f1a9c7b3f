"""Arguments in, exit code out; the only module that prints."""

import errno
import json
import os
import sys
import time
import traceback
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from typing import Any, NoReturn

import click

from sitegen import __version__, build, fix, listing, misuse, new, summary, terminal, text, work
from sitegen.config import Config
from sitegen.content import dates, schema
from sitegen.diagnostics import catalog
from sitegen.diagnostics.model import Diagnostic, Finding, Location
from sitegen.report import BUG, INTERRUPTED, MACHINE, OK, USAGE, Manner, Report, narrowed, report
from sitegen.run import FOLDER, Made, Outcome, Request, Tools, silent
from sitegen.store import journal, refuse
from sitegen.store import output as store


def main(arguments: Sequence[str] | None = None) -> NoReturn:
    """Runs the command line and ends the process with its exit code."""
    if arguments is None and sys.getfilesystemencoding() != "utf-8" and os.name == "posix":
        # names of files are UTF-8 whatever the locale, which Python decides as it starts
        again = [sys.executable, "-P", "-X", "utf8", "-m", "sitegen", *sys.argv[1:]]
        os.execv(sys.executable, again)  # noqa: S606 -- this very program
    if arguments is None:  # the process is ours
        work.collect_rarely()
    terminal.reopen()
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace", newline="\n")
    try:
        code = _commands.main(
            args=list(arguments) if arguments is not None else None,
            prog_name="sitegen",
            standalone_mode=False,
        )
    except click.ClickException as error:
        language = _language(sys.argv[1:] if arguments is None else arguments)
        click.echo(misuse.told(error, language), err=True)
        code = USAGE
    except click.exceptions.Abort:
        code = INTERRUPTED
    except OSError as error:  # what is told cannot be written
        phrase, reason = summary.words("en")["machine"], error.strerror or str(error)
        with suppress(OSError):
            told = phrase.format(reason=reason, path=error.filename or "stdout, stderr", kept="")
            click.echo(told, err=True)
        code = MACHINE
    except Exception:  # noqa: BLE001 -- a bug of ours has an exit code of its own
        traceback.print_exc()
        click.echo(summary.words("en")["bug"].format(version=__version__), err=True)
        code = BUG
    if arguments is None:  # to free all values of a large site takes a tenth of an edit
        with suppress(OSError):
            sys.stdout.flush()
            sys.stderr.flush()
        os._exit(code or OK)
    sys.exit(code or OK)


# ---------------------------------------------------------------- options


def _options(*options: Callable[..., Any]) -> Callable[..., Any]:
    def apply(command: Callable[..., Any]) -> Callable[..., Any]:
        for option in reversed(options):
            command = option(command)
        return command

    return apply


_SITE = _options(
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
_PLACE = click.command(  # what a command line says of the site, however wrong the rest of it is
    "place", context_settings={"ignore_unknown_options": True, "allow_extra_args": True}
)(_SITE(lambda **_: None))


def _language(arguments: Sequence[str]) -> str:
    """The language of the messages, as far as the `arguments` can be read."""
    site = _PLACE.make_context("sitegen", list(arguments), resilient_parsing=True).params
    return str(site["lang"] or build.language(site["folder"]))


_SHOWN = _options(
    click.option("--base-url", default="", metavar="URL", help="Overrides the site's base_url."),
    click.option("--drafts", is_flag=True, help="Show drafts too."),
    click.option("--future", is_flag=True, help="Show scheduled posts too."),
    click.option("--now", metavar="INSTANT", help="The time of the build, as in a post's date."),
)
_RUN = _options(
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


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="sitegen")
def _commands() -> None:
    """Builds quote-and-comment blogs (引用と論評)."""


@_commands.command("build")
@_SITE
@click.option(
    "--output",
    type=click.Path(path_type=Path),
    metavar="DIR",
    help="Where the site goes (default: output).",
)
@_SHOWN
@_RUN
def _build(**options: Any) -> int:
    """Write the whole site to output/, or nothing if there is an error in it."""
    return _run(writes=True, only=(), fixes=False, **options)


@_commands.command("check")
@_SITE
@_SHOWN
@_RUN
@click.option(
    "--fix", "fixes", is_flag=True, help="Put right what is sure, in the posts themselves."
)
@click.argument("files", nargs=-1, type=click.Path(path_type=Path))
def _check(files: tuple[Path, ...], **options: Any) -> int:
    """Tell what is wrong, and write nothing to output/. FILES narrow down what is told."""
    return _run(writes=False, only=files, output=None, **options)


def _run(  # noqa: PLR0913 -- the command line's options, once
    *,
    writes: bool,
    fixes: bool,
    only: tuple[Path, ...],
    folder: Path,
    lang: str | None,
    output: Path | None,
    base_url: str,
    drafts: bool,
    future: bool,
    now: str | None,
    strict: bool,
    jobs: int | None,
    no_cache: bool,
    form: str,
    profile: bool,
) -> int:
    """Builds or checks the site in `folder`, tells what came of it, and gives the exit code."""
    started = time.perf_counter()
    root, language = _site(folder, lang)
    if build.based_wrongly(base_url):
        raise misuse.error(language, "no-url", value=base_url)
    for path in only:
        if not os.access(path, os.F_OK):
            raise misuse.error(language, "no-file", path=path)
        if not path.resolve().is_relative_to(root.resolve()):
            raise misuse.error(language, "outside", path=path)
    instant, clock = _now() if now is None else (_instant(now, root, language), "")
    request = Request(
        root=root,
        output=Path.cwd() / output if output is not None else root / "output",
        now=instant,
        base_url=base_url,
        drafts=drafts,
        future=future,
        jobs=jobs or work.default_jobs(),
        cached=not no_cache and (writes or _may_keep(root)),
        writes=writes,
        strict=strict,
    )
    manner = Manner(
        language=language,
        form=form,
        output=str(output) if output is not None else "output/",
        only=only,
        colour=terminal.is_coloured(sys.stderr),
        columns=terminal.columns(sys.stderr),
        actions=os.environ.get("GITHUB_ACTIONS") == "true",
        profile=profile,
        clock=clock,
    )
    with _machine_told(language, manner.output):
        refusal = refuse.refused(root, request.output) if writes else None
    if refusal:
        outcome = Outcome(Config(), (Finding(refusal, "error"),), (), Made(), failed=True)
        return _told(report(outcome, request, manner, time.perf_counter() - started))
    with (
        _machine_told(language, manner.output, root),
        _alone(request),
        terminal.progress(sys.stderr) as progress,
    ):
        outcome = build.build(request, progress)
        for _ in range(_PASSES if fixes else 0):
            if not (done := _fixed(outcome, request, manner)):
                break
            click.echo(done, err=True, nl=False)
            outcome = build.build(request, progress)
    return _told(report(outcome, request, manner, time.perf_counter() - started))


_PASSES = 3  # what a fault of the front matter hides is seen once that is put right


def _fixed(outcome: Outcome, request: Request, manner: Manner) -> str:
    """Puts right what is sure in the files that are looked at, and says so; "" if nothing is."""
    found = narrowed(outcome, request, manner.only).findings
    done = fix.fix(request.root, (one.diagnostic for one in found))
    phrase = summary.words(manner.language)["fixed"]
    return "".join(phrase.format(path=path, count=count) for path, count in done.items())


def _told(said: Report) -> int:
    """Prints `said` and gives its exit code."""
    click.echo(said.stderr, err=True, nl=False, color=True)
    path = os.environ.get("GITHUB_STEP_SUMMARY")
    if said.job_summary and path:
        with suppress(OSError), Path(path).open("a", encoding="utf-8") as file:
            file.write(said.job_summary)
    click.echo(said.stdout, nl=False)
    return said.code


def _site(folder: Path, lang: str | None) -> tuple[Path, str]:
    """The site's folder, absolute, and the language of the messages."""
    language = lang or build.language(folder)
    with _machine_told(language, ""):
        there = folder.is_dir()
    if not there:
        raise misuse.error(language, "no-folder", path=folder)
    return folder.absolute(), language


def _may_keep(root: Path) -> bool:
    """Whether anything can be remembered in `root`: what only reads a site does without."""
    folder = root / FOLDER
    place = folder if os.path.lexists(folder) else root
    return place.is_dir() and not folder.is_symlink() and os.access(place, os.W_OK | os.X_OK)


def _instant(typed: str, root: Path, language: str) -> int:
    """The instant that was `typed` as in a post of the site in `root`, in seconds since 1970."""
    made = dates.parse(typed, build.zone(root))
    if isinstance(made, str):
        fault = Diagnostic("bad-date", Location("--now"), {"value": typed}, made)
        words = catalog.words(fault, language)
        raise click.ClickException(f"--now: {words.message}\n  {words.label or words.remedy}")
    return made.epoch


def _now() -> tuple[int, str]:
    """The instant of the run, in seconds since 1970, and the environment's name for it.

    It stands in the environment (reproducible-builds.org, SOURCE_DATE_EPOCH), or is the clock's.
    """
    given = os.environ.get(_EPOCH, "")
    if given.isascii() and given.isdigit() and len(given) <= _EPOCH_DIGITS:
        return int(given), _EPOCH
    return int(time.time()), ""


_EPOCH, _EPOCH_DIGITS = "SOURCE_DATE_EPOCH", 11


@contextmanager
def _alone(request: Request) -> Iterator[None]:
    """Holds the site's lock and finishes what an interrupted run left behind."""
    if not request.cached and not request.writes:
        yield
        return
    folder = request.root / FOLDER
    with store.lock(folder, 10.0) as got:
        if not got:
            raise TimeoutError
        journal.recover(folder)
        yield


@contextmanager
def _machine_told(language: str, output: str, root: Path | None = None) -> Iterator[None]:
    """Tells in one line what is wrong with the machine: the only place that catches it.

    `output` is what stays as it was, "" where nothing would have been written to it.
    """
    phrases = summary.words(language)
    kept = phrases["kept"].format(output=output) if output else ""
    try:
        yield
    except KeyboardInterrupt:
        click.echo(phrases["interrupted"].format(kept=kept), err=True)
        sys.exit(INTERRUPTED)
    except TimeoutError:
        click.echo(phrases["locked"], err=True)
        sys.exit(MACHINE)
    except ChildProcessError:
        click.echo(phrases["worker"].format(kept=kept), err=True)
        sys.exit(MACHINE)
    except OSError as error:
        kind = _KINDS.get(error.errno or 0, "machine")
        phrase = phrases["unfinished" if root and journal.is_unfinished(root / FOLDER) else kind]
        reason, path = error.strerror or str(error), error.filename2 or error.filename or ""
        click.echo(phrase.format(reason=reason, path=path, kept=kept), err=True)
        sys.exit(MACHINE)


_KINDS = {
    errno.ENOSPC: "disk-full",
    errno.EDQUOT: "disk-full",
    errno.EACCES: "no-permission",
    errno.EPERM: "no-permission",
    errno.EROFS: "no-permission",
    errno.EEXIST: "in-the-way",
}


@_commands.command("serve")
@_SITE
@click.option("--port", type=click.IntRange(0, 65535), help="Default: 8000, or the next free one.")
@click.option("--host", default="127.0.0.1", metavar="ADDRESS", help="Where to listen.")
@click.option(
    "--allow-host", "names", multiple=True, metavar="NAME", help="A name that others use."
)
@click.option("--open", "opens", is_flag=True, help="Open the site in a browser.")
@click.option("--published", is_flag=True, help="Show what a build would make: no drafts.")
def _serve(
    *,
    folder: Path,
    lang: str | None,
    port: int | None,
    host: str,
    names: tuple[str, ...],
    opens: bool,
    published: bool,
) -> int:
    """Show the site in a browser, and every change as soon as it is saved."""
    import webbrowser  # noqa: PLC0415 -- half of what there is to import

    from sitegen.preview import gate, ports, saying, serve  # noqa: PLC0415 -- as slow as all the rest
    from sitegen.store import claim  # noqa: PLC0415 -- likewise

    root, language = _site(folder, lang)
    if host not in ports.LOOPBACK and not names:
        click.echo(saying.phrase(language, "need-host", host=host), err=True)
        return USAGE
    with ExitStack() as stack:
        held, keeps = None, _may_keep(root)
        with suppress(OSError):
            held = keeps and stack.enter_context(claim.claimed(root / FOLDER / "preview"))
        if held and not held.held:
            pid, _, url = held.holder.partition(" ")
            click.echo(saying.phrase(language, "second", url=url, pid=pid), err=True)
            return USAGE
        try:
            sockets = stack.enter_context(ports.opened(host, port))
        except OSError as error:
            click.echo(saying.taken(error, host, port or ports.DEFAULT, language), err=True)
            return USAGE
        bound = sockets[0].getsockname()[1]
        for line in saying.address(host, bound, language, asked=port is not None):
            click.echo(line, err=True)
        origin = f"http://{serve.shown_host(host)}:{bound}"
        request = Request(
            root,
            root / "output",
            int(time.time()),
            origin="" if published else origin,
            drafts=not published,
            future=not published,
            cached=keeps,
            lasting=False,  # a style sheet is swapped in place, and a picture seen at once
            jobs=work.default_jobs(),
        )
        colour, columns = terminal.is_coloured(sys.stderr), terminal.columns(sys.stderr)
        allowed = gate.hosts(bound, names)
        wanted = serve.Wanted(request, language, origin, allowed, colour, columns)

        def ready(url: str) -> None:
            if held:
                held.say(f"{os.getpid()} {url}")
            if opens:
                webbrowser.open(url)

        with _machine_told(language, "output/"), terminal.progress(sys.stderr) as progress:
            return serve.serve(wanted, sockets, _said, progress, ready)


def _said(line: str) -> None:
    click.echo(line, err=True, color=True)


@_commands.command("list")
@_SITE
@click.option("--drafts", "reason", flag_value="draft", help="Drafts only.")
@click.option("--scheduled", "reason", flag_value="scheduled", help="Scheduled posts only.")
@click.option("--held", "reason", flag_value="held", help="All that is not published.")
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json"]),
    default="text",
    help="What stdout holds.",
)
def _list(folder: Path, lang: str | None, reason: str | None, form: str) -> int:
    """List the posts, newest first."""
    root, language = _site(folder, lang)
    instant, _ = _now()
    request = Request(
        root,
        root / "output",
        instant,
        drafts=True,
        future=True,
        cached=_may_keep(root),
        writes=False,
    )
    with (
        _machine_told(language, ""),
        _alone(request),
        build.opened(request) as (memory, pack),
        work.Workers(work.default_jobs()) as workers,
    ):
        prepared = build.prepare(request, Tools(memory, pack, workers, silent))
    found = listing.entries(prepared.site, reason or "")
    click.echo(listing.json(found) if form == "json" else listing.told(found, language), nl=False)
    for file in prepared.parsed:
        if not file.post:
            click.echo(f"! {file.path}", err=True)
    return OK


@_commands.group("new")
def _new() -> None:
    """Begin a site or a post."""


@_new.command("site")
@click.argument("folder", type=click.Path(path_type=Path))
@click.option("--lang", type=click.Choice(["ja", "en"]), default="ja", help="Language of the site.")
def _new_site(folder: Path, lang: str) -> int:
    """Make a site in FOLDER that builds as it is."""
    today = dates.epoch_date(_now()[0], dates.local())
    files = new.site_files(folder.resolve().name, lang, today, __version__)
    return _made(folder, files, lang, new.next_steps(str(folder), lang))


@_new.command("post")
@_SITE
@click.argument("title")
@click.option("--source", default="", metavar="URL", help="What is quoted.")
@click.option("--slug", default="", help="The last part of the URL (default: from the title).")
def _new_post(folder: Path, lang: str | None, title: str, source: str, slug: str) -> int:
    """Begin a post called TITLE in content/posts/, as a draft."""
    root, language = _site(folder, lang)
    if not title.strip():
        raise misuse.error(language, "no-title")
    today = dates.epoch_date(_now()[0], build.zone(root))
    path, data = new.post_file(title, source, today, slug, language)
    return _made(folder, {path: data}, language, "")


def _made(folder: Path, files: Mapping[str, bytes], language: str, after: str) -> int:
    """Writes `files` below `folder` and tells them; nothing is ever overwritten."""
    with _machine_told(language, ""):
        taken = new.write_new(folder, files)
    if taken:
        phrase = summary.words(language)["exists"]
        click.echo(phrase.format(path=taken), err=True)
        return USAGE
    for path in sorted(files):
        click.echo(f"✓ {folder / path}", err=True)
    click.echo(after, err=True, nl=False)
    return OK


@_commands.command("explain")
@click.argument("code")
@click.option("--lang", type=click.Choice(["ja", "en"]), help="Language of the text.")
def _explain(code: str, lang: str | None) -> int:
    """Tell what the fault CODE means and what to do."""
    language = lang or build.language(Path())
    found = catalog.explanation(code, language)
    if not found:
        near = misuse.near(language, text.nearest(code, catalog.codes()))
        raise misuse.error(language, "no-code", code=code, near=near)
    click.echo(found)
    return OK


@_commands.command("schema")
@click.option("--pages", is_flag=True, help="Of standing pages instead of posts.")
@click.option(
    "--lang", type=click.Choice(["ja", "en"]), default="ja", help="Language of the descriptions."
)
def _schema(*, pages: bool, lang: str) -> int:
    """Print the JSON Schema of the front matter, for editors."""
    keys = schema.PAGE if pages else schema.POST
    click.echo(json.dumps(schema.json_schema(keys, lang), ensure_ascii=False, indent=2))
    return OK
