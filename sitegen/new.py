"""The files of a new site, and of a new post."""

import json
import os
import re
import shlex
import unicodedata
from collections.abc import Mapping
from pathlib import Path

from sitegen import text, urls
from sitegen.content import dates, schema
from sitegen.model import Date

_STARTER = Path(__file__).parent / "starter"
_SCHEMA = ".vscode/front-matter.schema.json"


# ---------------------------------------------------------------- a site


def site_files(name: str, language: str, today: Date, version: str) -> dict[str, bytes]:
    """The files of a site called `name`, by their paths in its folder.

    It builds without a warning as it is. `language` ("ja" or "en") decides all its words, and
    `version` is the sitegen that it asks for.
    """
    language = _known(language)
    words = {
        "name": _quoted(_one_line(name) if is_seen(name) else _UNNAMED[language]),
        "date": _day(today, language),
        "version": version,
    }
    files = {
        _filled(_dotted(file.relative_to(folder)), words): _filled(_text(file), words).encode()
        for folder in (_STARTER / "any", _STARTER / language)
        for file in folder.rglob("*")
        if file.is_file()
    }
    keys = schema.json_schema(schema.POST, language)
    files[_SCHEMA] = f"{json.dumps(keys, ensure_ascii=False, indent=2)}\n".encode()
    return dict(sorted(files.items()))


_UNNAMED = {"ja": "引用と論評", "en": "Quotes and comments"}
_ZONES = {"ja": "Asia/Tokyo", "en": "UTC"}  # as in the starters' settings


def _known(language: str) -> str:
    return "en" if language == "en" else "ja"


def _day(today: Date, language: str) -> str:
    """The day of `today` where the new site is, lest its first post be one of the future."""
    zone = dates.zone(_ZONES[language])
    there = dates.epoch_date(today.epoch, zone) if zone and today.timed else today
    return there.iso[:10]


def _dotted(path: Path) -> str:
    """The path in the site of a starter file: tools would heed a real `.gitignore` among ours."""
    return "/".join(re.sub("^dot-", ".", part) for part in path.parts).removesuffix(".in")


def _text(file: Path) -> str:
    return file.read_text(encoding="utf-8")


def _filled(text: str, words: Mapping[str, str]) -> str:
    """`text` with each of `words` in the place of its name in braces."""
    names = "|".join(words)
    return re.sub(rf"{{({names})}}", lambda found: words[found[1]], text)


def _quoted(text: str) -> str:
    """A one-line `text` in double quotes, which mean the same in TOML and in YAML."""
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def next_steps(name: str, language: str) -> str:
    """What to do once the site is made in the folder `name` ("" is the one we are in)."""
    steps = [f"cd {_shell(name)}"] if name not in {"", "."} else []
    if _known(language) == "en":
        title, steps = "Next", [*steps, _SERVE, 'sitegen new post "Title"   a post of your own']
    else:
        title, steps = "次にすること", [*steps, _SERVE, 'sitegen new post "題名"    記事を足す']
    lines = [f"  {number}. {step}" for number, step in enumerate(steps, 1)]
    return "\n".join([title, *lines]) + "\n"


_SERVE = "sitegen serve --open"


def _shell(name: str) -> str:
    """`name` for a shell; letters of any script need no quotes."""
    return name if re.fullmatch(r"[\w./][\w./-]*", name) else shlex.quote(name)


# ---------------------------------------------------------------- a post


def post_file(
    title: str, source: str, today: Date, slug: str, language: str = "ja"
) -> tuple[str, bytes]:
    """The path and the text of a new post that quotes the URL `source` ("" leaves it open).

    It is a draft: its placeholders are published by nobody's oversight. Line ends, control and
    direction characters of `title` become blanks, since front matter forbids them. The file is
    named by `slug`, else by the title, else (where neither has a letter) by the time. `today` is
    written without its zone, which is to be the site's.
    """
    day, time = today.iso[:10], today.iso[11:16]
    name = urls.slug(_one_line(slug)) or urls.slug(_one_line(title)) or time.replace(":", "")
    url = _one_line(source)
    words = {
        "title": _yaml(_one_line(title)),
        "date": day,
        "time": time,
        "url": f" {_yaml(url)}" if url else "",
    }
    text = _filled(_text(_STARTER / f"post.{_known(language)}.md"), words)
    return f"content/posts/{day.replace('-', '/')}-{name}.md", text.encode()


def refused(title: str, source: str) -> str:
    """The phrase for why no post of `title` and `source` would build, "" if one would."""
    if not is_seen(title):
        return "no-title"
    if len(_one_line(title)) > schema.MAX_LINE:
        return "long-title"
    url = _one_line(source)
    return "no-source" if url and urls.web_fault(url) else ""


def is_seen(title: str) -> bool:
    """Whether anything is seen of `title` as it is written to a file."""
    return text.SEEN(_one_line(title)) is not None


def _one_line(text: str) -> str:
    """`text` as front matter allows it in one line."""
    return "".join(map(_allowed, text)).strip()


def _allowed(character: str) -> str:
    """A blank for line ends, controls, directions; the sign of a lost character for surrogates."""
    if unicodedata.category(character) in {"Cc", "Zl", "Zp"} or _FORBIDDEN(character):
        return " "
    return "\ufffd" if unicodedata.category(character) == "Cs" else character


_FORBIDDEN = re.compile("[\u202a-\u202e\u2066-\u2069\ufeff\ufffe\uffff]").match


def _yaml(text: str) -> str:
    """A one-line `text` as a scalar of YAML: plain where nothing in it has a meaning there."""
    if _PLAIN(text) and text.lower() != "null":
        return text
    return _quoted(text)


_PLAIN = re.compile(r"[\w「『（【〈《](?:[^:#]|:(?!\s|$)|(?<!\s)#)*").fullmatch


# ---------------------------------------------------------------- on the disk


def write_new(folder: Path, files: Mapping[str, bytes]) -> str:
    """Writes `files` below `folder` and gives "", or writes none and gives a path in their way.

    In the way is what exists already, and a link that leads out of `folder`.
    """
    root = folder.resolve()
    for path in files:
        if blocked := _blocked(root, path):
            return blocked
    for path, data in files.items():
        target = root / path
        target.parent.mkdir(parents=True, exist_ok=True)
        with target.open("xb") as file:
            file.write(data)
    return ""


def _blocked(root: Path, path: str) -> str:
    """The part of `path` that forbids to write it below `root`, "" if none does."""
    parts = path.split("/")
    for count in range(1, len(parts)):
        part = root.joinpath(*parts[:count])
        if os.path.lexists(part) and not (part.is_dir() and part.resolve().is_relative_to(root)):
            return "/".join(parts[:count])
    return path if os.path.lexists(root / path) else ""
