"""Arguments in, exit code out; the only module that prints."""

import json
import os
import sys
import time
import traceback
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any, NoReturn

import click

from sitegen import (
    __version__,
    build,
    config_file,
    fix,
    listing,
    machine,
    misuse,
    new,
    options,
    prepare,
    session,
    summary,
    terminal,
    text,
    work,
)
from sitegen.config import Config
from sitegen.content import dates, schema
from sitegen.diagnostics import catalog
from sitegen.diagnostics.model import Finding
from sitegen.report import BUG, INTERRUPTED, MACHINE, OK, USAGE, Manner, Report, narrowed, report
from sitegen.run import Made, Outcome, Request, Tools, silent
from sitegen.store import refuse


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
    code = _code(arguments)
    if arguments is None:  # to free all values of a large site takes a tenth of an edit
        with suppress(OSError):
            sys.stdout.flush()
            sys.stderr.flush()
        os._exit(code)
    sys.exit(code)


def _code(arguments: Sequence[str] | None) -> int:
    """Runs the command line, tells what it forbids, and gives the exit code."""
    try:
        code: int | None = _commands.main(
            args=list(arguments) if arguments is not None else None,
            prog_name="sitegen",
            standalone_mode=False,
        )
    except click.ClickException as error:
        language = options.language(sys.argv[1:] if arguments is None else arguments)
        click.echo(misuse.told(error, language), err=True)
        return USAGE
    except machine.Failure as failure:
        click.echo(failure.said, err=True)
        return failure.code
    except click.exceptions.Abort:
        return INTERRUPTED
    except OSError as error:  # what is told cannot be written, or we stand nowhere
        phrase, reason = summary.words("en")["machine"], error.strerror or str(error)
        nowhere = isinstance(error, FileNotFoundError)
        unnamed = "the current folder" if nowhere else "stdout, stderr"
        at = f": {error.filename or unnamed}"
        with suppress(OSError):
            click.echo(phrase.format(reason=reason, at=at, kept=""), err=True)
        return MACHINE
    except Exception:  # noqa: BLE001 -- a bug of ours has an exit code of its own
        traceback.print_exc()
        click.echo(summary.words("en")["bug"].format(version=__version__), err=True)
        return BUG
    return code or OK


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="sitegen")
def _commands() -> None:
    """Builds quote-and-comment blogs (引用と論評)."""


@_commands.command("build")
@options.SITE
@click.option(
    "--output",
    type=click.Path(path_type=Path),
    metavar="DIR",
    help="Where the site goes (default: output).",
)
@options.SHOWN
@options.RUN
def _build(**asked: Any) -> int:
    """Write the whole site to output/, or nothing if there is an error in it."""
    return _run(options.Asked(writes=True, **asked))


@_commands.command("check")
@options.SITE
@options.SHOWN
@options.RUN
@click.option(
    "--fix", "fixes", is_flag=True, help="Put right what is sure, in the posts themselves."
)
@click.argument("files", nargs=-1, type=click.Path(path_type=Path))
def _check(files: tuple[Path, ...], **asked: Any) -> int:
    """Tell what is wrong, and write nothing to output/. FILES narrow down what is told."""
    return _run(options.Asked(writes=False, only=files, **asked))


def _run(asked: options.Asked) -> int:
    """Builds or checks a site, tells what came of it, and gives the exit code."""
    started = time.perf_counter()
    root, language = _site(asked.folder, asked.lang)
    options.reject(asked, root, language)
    instant, clock = options.instant(asked.now, root, language)
    request, manner = options.request(asked, root, instant), _manner(asked, language, clock)
    with machine.told(language, manner.output):
        refusal = refuse.refused(root, request.output) if asked.writes else None
    if refusal:
        outcome = Outcome(Config(), (Finding(refusal, "error"),), (), Made(), failed=True)
        return _told(report(outcome, request, manner, time.perf_counter() - started))
    with (
        machine.told(language, manner.output, root),
        session.alone(request),
        terminal.progress(sys.stderr) as progress,
    ):
        outcome = build.build(request, progress)
        for _ in range(_PASSES if asked.fixes else 0):
            if not (done := _fixed(outcome, request, manner)):
                break
            click.echo(done, err=True, nl=False)
            outcome = build.build(request, progress)
    return _told(report(outcome, request, manner, time.perf_counter() - started))


def _manner(asked: options.Asked, language: str, clock: str) -> Manner:
    """How what comes of it is told; `clock` is the environment's name of the instant, if any."""
    return Manner(
        language=language,
        form=asked.form,
        output=str(asked.output) if asked.output is not None else "output/",
        only=asked.only,
        colour=terminal.is_coloured(sys.stderr),
        columns=terminal.columns(sys.stderr),
        actions=os.environ.get("GITHUB_ACTIONS") == "true",
        profile=asked.profile,
        clock=clock,
    )


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
    language = lang or config_file.readable(folder).language
    with machine.told(language, ""):
        there = folder.is_dir()
    if not there:
        raise misuse.error(language, "no-folder", path=folder)
    return folder.absolute(), language


@_commands.command("serve")
@options.SITE
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

    from sitegen.preview import gate, place, ports, saying, serve  # noqa: PLC0415 -- as slow as all the rest

    root, language = _site(folder, lang)
    if host not in ports.LOOPBACK and not names:
        click.echo(saying.phrase(language, "need-host", host=host), err=True)
        return USAGE
    with place.opened(root, host, port, language) as found:
        if isinstance(found, str):
            click.echo(found, err=True)
            return USAGE
        for line in saying.address(host, found.port, language, asked=port is not None):
            click.echo(line, err=True)
        request = Request(
            root,
            root / "output",
            int(time.time()),
            origin="" if published else found.origin,
            drafts=not published,
            future=not published,
            cached=session.may_keep(root),
            lasting=False,  # a style sheet is swapped in place, and a picture seen at once
            jobs=work.default_jobs(),
        )
        colour, columns = terminal.is_coloured(sys.stderr), terminal.columns(sys.stderr)
        allowed = gate.hosts(found.port, names)
        wanted = serve.Wanted(request, language, found.origin, allowed, colour, columns)

        def ready(url: str) -> None:
            found.say(url)
            if opens:
                webbrowser.open(url)

        with machine.told(language, "output/"), terminal.progress(sys.stderr) as progress:
            return serve.serve(wanted, found.sockets, _said, progress, ready)


def _said(line: str) -> None:
    click.echo(line, err=True, color=True)


@_commands.command("list")
@options.SITE
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
    instant, _ = options.now(language)
    request = Request(
        root,
        root / "output",
        instant,
        drafts=True,
        future=True,
        cached=session.may_keep(root),
        writes=False,
    )
    with (
        machine.told(language, ""),
        session.alone(request),
        session.opened(request) as (memory, pack),
        work.Workers(work.default_jobs()) as workers,
    ):
        prepared = prepare.prepared(request, Tools(memory, pack, workers, silent))
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
    today = dates.epoch_date(options.now(lang)[0], dates.local())
    files = new.site_files(folder.resolve().name, lang, today, __version__)
    return _made(folder, files, lang, new.next_steps(str(folder), lang))


@_new.command("post")
@options.SITE
@click.argument("title")
@click.option("--source", default="", metavar="URL", help="What is quoted.")
@click.option("--slug", default="", help="The last part of the URL (default: from the title).")
def _new_post(folder: Path, lang: str | None, title: str, source: str, slug: str) -> int:
    """Begin a post called TITLE in content/posts/, as a draft."""
    root, language = _site(folder, lang)
    if phrase := new.refused(title, source):
        raise misuse.error(language, phrase, source=source, limit=schema.MAX_LINE)
    today = dates.epoch_date(options.now(language)[0], config_file.readable(root).zone)
    path, data = new.post_file(title, source, today, slug, language)
    return _made(folder, {path: data}, language, "")


def _made(folder: Path, files: Mapping[str, bytes], language: str, after: str) -> int:
    """Writes `files` below `folder` and tells them; nothing is ever overwritten."""
    with machine.told(language, ""):
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
    language = lang or config_file.readable(Path()).language
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
