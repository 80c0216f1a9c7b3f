"""How wide and high a picture is, by the head of its file."""

import re
import struct
from collections.abc import Callable, Iterator
from typing import BinaryIO

from sitegen.model import Size

SUFFIXES = (".png", ".jpg", ".jpeg", ".gif", ".webp", ".svg", ".avif")
_HEAD = 16 * 1024
_MAX = 65_535  # pixels


def size(file: BinaryIO) -> Size | None:
    """The pixels of the picture in `file` as browsers show it; None where there is no telling."""
    head = file.read(_HEAD)
    for is_one, read in _FORMATS:
        if is_one(head):
            try:
                width, height = read(head, file)
            except (struct.error, ValueError, OverflowError):
                return None
            right = 0 < width <= _MAX and 0 < height <= _MAX
            return Size(width, height) if right else None
    return None


_Pixels = tuple[int, int]


def _png(head: bytes, _file: BinaryIO) -> _Pixels:
    width, height = struct.unpack_from(">II", head, 16)
    return width, height


def _gif(head: bytes, _file: BinaryIO) -> _Pixels:
    width, height = struct.unpack_from("<HH", head, 6)
    return width, height


def _webp(head: bytes, _file: BinaryIO) -> _Pixels:
    kind = head[12:16]
    if kind == b"VP8X":
        return _three(head, 24) + 1, _three(head, 27) + 1
    if kind == b"VP8L":
        (bits,) = struct.unpack_from("<I", head, 21)
        return (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1
    width, height = struct.unpack_from("<HH", head, 26)
    return width & 0x3FFF, height & 0x3FFF


def _three(head: bytes, start: int) -> int:
    low, high = struct.unpack_from("<HB", head, start)
    return int(low | high << 16)


def _avif(head: bytes, _file: BinaryIO) -> _Pixels:
    """The largest of the extents (`ispe`): there may be one of a thumbnail."""
    extents = re.findall(rb"ispe.{4}(.{8})", head, re.DOTALL)
    width, height = max(struct.unpack(">II", one) for one in extents)
    return width, height


# ---------------------------------------------------------------- JPEG

_FRAMES = {*range(0xC0, 0xD0)} - {0xC4, 0xC8, 0xCC}
_TURNED = range(5, 9)  # orientations of Exif in which the picture lies on its side


def _jpeg(_head: bytes, file: BinaryIO) -> _Pixels:
    turned = False
    for marker, length in _segments(file):
        if marker in _FRAMES:
            _, height, width = struct.unpack(">BHH", file.read(5))
            return (height, width) if turned else (width, height)
        data = file.read(length) if marker == 0xE1 else b""  # noqa: PLR2004 -- APP1
        if data.startswith(b"Exif\0\0"):
            turned = _orientation(data[6:]) in _TURNED
        file.seek(length - len(data), 1)
    raise ValueError


def _segments(file: BinaryIO) -> Iterator[tuple[int, int]]:
    """Each marker with the length of what follows it, where the file stands then."""
    file.seek(2)
    while start := file.read(4):
        sign, marker, length = struct.unpack(">BBH", start)
        if sign != 0xFF or length < 2:  # noqa: PLR2004 -- a marker's sign, its length's own bytes
            return
        yield marker, length - 2


def _orientation(exif: bytes) -> int:
    """The tag 0x0112 of the first directory (Exif 2.3, 4.6.4), 0 where it is not there."""
    order = {b"II": "<", b"MM": ">"}.get(exif[:2])
    if order is None:
        return 0
    (start,) = struct.unpack_from(f"{order}I", exif, 4)
    (count,) = struct.unpack_from(f"{order}H", exif, start)
    for place in range(start + 2, start + 2 + 12 * count, 12):
        tag, _, _, value = struct.unpack_from(f"{order}HHIH", exif, place)
        if tag == 0x0112:  # noqa: PLR2004 -- Orientation
            return int(value)
    return 0


# ---------------------------------------------------------------- SVG

_ROOT = re.compile(r"<svg\b[^>]*>")
_LENGTH = re.compile(r"\s*(\d+(?:\.\d+)?)\s*(?:px)?\s*").fullmatch


def _svg(head: bytes, _file: BinaryIO) -> _Pixels:
    root = _ROOT.search(head.decode("utf-8", "replace"))
    if not root:
        raise ValueError
    said = {name: value for name, _, value in _ATTRIBUTE(root.group())}
    width, height = (_LENGTH(said.get(name, "")) for name in ("width", "height"))
    if width and height:
        return round(float(width[1])), round(float(height[1]))
    box = said.get("viewBox", "").replace(",", " ").split()
    _, _, across, down = map(float, box)
    return round(across), round(down)


_ATTRIBUTE = re.compile(r"\s(width|height|viewBox)\s*=\s*(['\"])(.*?)\2", re.DOTALL).findall
_IS_SVG = re.compile(rb"[^<]{0,64}<(?:svg|\?xml|!--|!DOCTYPE svg)\b", re.IGNORECASE).match


_FORMATS: tuple[tuple[Callable[[bytes], object], Callable[[bytes, BinaryIO], _Pixels]], ...] = (
    (lambda head: head.startswith(b"\x89PNG\r\n\x1a\n"), _png),
    (lambda head: head.startswith(b"\xff\xd8"), _jpeg),
    (lambda head: head.startswith((b"GIF87a", b"GIF89a")), _gif),
    (lambda head: head[:4] == b"RIFF" and head[8:12] == b"WEBP", _webp),
    (lambda head: head[4:12] in {b"ftypavif", b"ftypavis"}, _avif),
    (_IS_SVG, _svg),
)
