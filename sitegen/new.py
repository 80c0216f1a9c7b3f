"""The files of a new site, and of a new post."""

from collections.abc import Mapping
from pathlib import Path

from sitegen.model import Date


def site_files(name: str, language: str, today: Date, version: str) -> dict[str, bytes]:
    raise NotImplementedError


def post_file(title: str, source: str, today: Date, slug: str) -> tuple[str, bytes]:
    raise NotImplementedError


def write_new(folder: Path, files: Mapping[str, bytes]) -> str:
    raise NotImplementedError


def next_steps(name: str, language: str) -> str:
    return ""
