"""What the terminal is told of the preview."""

import time
from collections import Counter
from collections.abc import Iterator

from sitegen.model import Published
from sitegen.preview import ports, words
from sitegen.preview.workshop import Round
from sitegen.run import Request

_SOME = 3


def phrase(language: str, word: str, **arguments: object) -> str:
    """One phrase of the terminal."""
    return words.terminal(language)[word].format(**arguments)


def address(host: str, port: int, language: str, *, asked: bool) -> Iterator[str]:
    """That others can look in, and that it is another port than usual if none was `asked` for."""
    if host not in ports.LOOPBACK:
        yield phrase(language, "open", host=host)
    if not asked and port != ports.DEFAULT:
        yield phrase(language, "moved", wanted=ports.DEFAULT, port=port)


def opening(url: str, first: Round | None, request: Request, language: str) -> Iterator[str]:
    """Where the preview is, and what it shows that a build would hold back."""
    yield phrase(language, "serving", url=url)
    if not request.drafts:
        yield phrase(language, "hidden")
    elif first and first.shown:
        held = Counter(one.reason for one in first.shown.prepared.site.held)
        parts = [
            phrase(language, reason, count=held[reason])
            for reason in ("draft", "scheduled")
            if held[reason]
        ]
        if parts:
            yield phrase(
                language, "shown", held="・".join(parts) if language == "ja" else ", ".join(parts)
            )
    if first and not first.good:
        yield from told(first, language, mended=False)
    elif first:
        yield from _warnings(first, language)


def told(made: Round, language: str, *, mended: bool) -> Iterator[str]:
    """The lines about one rebuild."""
    now = time.strftime("%H:%M:%S")
    if not made.good:
        errors = [one for one in made.findings if one.severity == "error"]
        files = dict.fromkeys(one.diagnostic.location.path for one in errors)
        listed = _files(tuple(files), language)
        yield phrase(language, "failed", time=now, errors=len(errors), files=listed)
        yield phrase(language, "kept" if made.shown else "nothing")
        return
    said = {"time": now, "what": _what(made, language), "ms": made.seconds * 1000}
    if mended:
        yield phrase(language, "mended", **said)
    else:
        yield phrase(language, "made", files=_files(made.changed, language), **said)
    yield from _warnings(made, language)


def _warnings(made: Round, language: str) -> Iterator[str]:
    """The warnings, of the files that were changed if that is known."""
    codes = Counter(
        one.diagnostic.code
        for one in made.findings
        if one.severity == "warning"
        and (made.changed == (".",) or one.diagnostic.location.path in made.changed)
    )
    if codes:
        listed = ", ".join(f"{code} ×{count}" for code, count in sorted(codes.items()))
        yield phrase(language, "warnings", count=codes.total(), codes=listed)


def _files(changed: tuple[str, ...], language: str) -> str:
    if not changed:
        return phrase(language, "due")
    if len(changed) <= _SOME:
        return ", ".join(phrase(language, "site") if one == "." else one for one in changed)
    return phrase(language, "files", first=changed[0], more=len(changed) - 1)


def _what(made: Round, language: str) -> str:
    """What came of it: the page of the one post, or how many pages there are."""
    if made.styles:
        return phrase(language, "styles")
    if made.shown is None:
        return ""
    if len(made.changed) == 1:
        for planned in made.shown.prepared.planned:
            subject = planned.subject
            if isinstance(subject, Published) and subject.post.path == made.changed[0]:
                return subject.card.url
    return phrase(language, "pages", count=len(made.shown.prepared.planned))


def machine(error: OSError, language: str) -> str:
    """That a file could not be read, and why."""
    reason, path = error.strerror or str(error), error.filename or ""
    return phrase(language, "machine", time=time.strftime("%H:%M:%S"), path=path, reason=reason)


def polling(reason: str, seconds: float, language: str) -> str:
    """That changes are looked for instead of being noticed."""
    why = phrase(language, reason) if reason in {"limit", "instances"} else reason
    return phrase(language, "polling", seconds=seconds, reason=why)


def taken(error: OSError, host: str, port: int, language: str) -> str:
    """Why nothing can listen at `port` of `host`: who holds it, or what else."""
    if not ports.is_taken(error):
        return phrase(language, "refused-host", host=host, reason=error.strerror or str(error))
    found = ports.holder(port)
    who = phrase(language, "holder", pid=found[0], name=found[1]) if found else ""
    free = ports.free_after(host, port)
    return phrase(language, "taken", port=port, holder=who, free=free)
