"""One file -> Post, Body, faults, as bytes that travel between processes."""

import msgspec
from msgspec import Struct

from sitegen.config import Config, Settings
from sitegen.diagnostics.model import Diagnostic
from sitegen.model import Parsed
from sitegen.store import scan

MAX_BYTES = 512 * 1024


def settings(config: Config) -> Settings:
    """What parsing uses of `config`."""
    return Settings(config.timezone, config.raw_html, config.embeds, config.sources)


class Read(Struct, frozen=True):
    """A file as it came from the disk."""

    path: str
    data: bytes


def parse(settings: Settings, file: Read) -> tuple[bytes, bytes]:
    """What `file` holds, as MessagePack of a `Parsed` and of a `Body` (empty without a post)."""
    from sitegen.reading import read  # noqa: PLC0415 -- where nothing has changed, nothing is read

    decoded = scan.decoded(file.path, file.data)
    if isinstance(decoded, Diagnostic):
        return _encode(Parsed(file.path, None, (decoded,), draft=False)), b""
    parsed, body = read(settings, file.path, decoded)
    return _encode(parsed), body


_encode = msgspec.msgpack.Encoder().encode
