"""How large pictures are, by heads that are written here."""

import io
import struct

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitegen.content import pictures
from sitegen.model import Size


def size(data):
    return pictures.size(io.BytesIO(data))


def png(width, height):
    return b"\x89PNG\r\n\x1a\n" + struct.pack(">I4sII", 13, b"IHDR", width, height)


def segment(marker, data):
    return struct.pack(">BBH", 0xFF, marker, len(data) + 2) + data


def jpeg(*segments, frame=0xC0):
    sides = struct.pack(">BHH", 8, 30, 40)  # height before width
    return b"\xff\xd8" + b"".join(segments) + segment(frame, sides + b"\0" * 10)


def exif(orientation, order=">"):
    sign = b"MM\0*" if order == ">" else b"II*\0"
    entry = struct.pack(f"{order}HHIH", 0x0112, 3, 1, orientation) + b"\0\0"
    return segment(0xE1, b"Exif\0\0" + sign + struct.pack(f"{order}IH", 8, 1) + entry)


def webp(kind, data):
    return b"RIFF\0\0\0\0WEBP" + kind + b"\0\0\0\0" + data


def extent(width, height):
    return b"\0\0\0\x14ispe\0\0\0\0" + struct.pack(">II", width, height)


@pytest.mark.parametrize(
    "data",
    [
        png(40, 30),
        b"GIF89a" + struct.pack("<HH", 40, 30),
        b"GIF87a" + struct.pack("<HH", 40, 30),
        jpeg(),
        jpeg(frame=0xC2),
        jpeg(segment(0xE0, b"JFIF\0" + b"\0" * 9), segment(0xE2, b"x" * 40_000)),
        jpeg(segment(0xC4, b"\0" * 20)),
        jpeg(exif(1), segment(0xE1, b"http://ns.adobe.com/xap/1.0/\0")),
        webp(b"VP8 ", b"\0\0\0\x9d\x01\x2a" + struct.pack("<HH", 40 | 1 << 14, 30)),
        webp(b"VP8L", b"\x2f" + struct.pack("<I", 39 | 29 << 14)),
        webp(b"VP8X", b"\0\0\0\0" + b"\x27\0\0" + b"\x1d\0\0"),
        b"\0\0\0\x1cftypavif" + b"\0" * 40 + extent(16, 12) + extent(40, 30),
        b'<svg width="40" height="30.2px" viewBox="0 0 4 3"/>',
        b'\xef\xbb\xbf<?xml version="1.0"?>\n<!-- x -->\n<svg\nxmlns="x" viewBox="0,0 40 30">',
        "<svg xmlns='x' width='100%' viewBox='0 0 40 30'><title>港</title></svg>".encode(),
    ],
)
def test_the_size_is_that_of_the_head(data):
    assert size(data) == Size(40, 30)


@pytest.mark.parametrize("order", "<>")
@pytest.mark.parametrize(("orientation", "turned"), [(1, False), (4, False), (5, True), (8, True)])
def test_a_photograph_on_its_side_is_as_browsers_turn_it(order, orientation, turned):
    assert size(jpeg(exif(orientation, order))) == (Size(30, 40) if turned else Size(40, 30))


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"x" * 100,
        png(40, 30)[:20],
        png(0, 30),
        png(40, 1 << 20),
        b"\xff\xd8" + b"\0" * 40,
        b"\xff\xd8" + segment(0xE1, b"Exif\0\0MM\0*\0\0\0\x08\0\x09"),
        b"\xff\xd8",
        webp(b"VP8X", b""),
        b"\0\0\0\x1cftypavif" + b"\0" * 40,
        b'<svg width="1em" height="2em">',
        b'<svg viewBox="0 0 a b">',
        b'<svg viewBox="0 0 1e999 1">',
        b"<svg>",
        b"<p>&lt;svg width='1' height='1'></p>",
    ],
)
def test_where_there_is_no_telling_there_is_no_size(data):
    assert size(data) is None


@given(
    st.sampled_from([png(4, 3), jpeg(exif(6)), webp(b"VP8X", b"\0" * 10), b"<svg viewBox='"]),
    st.binary(max_size=200),
    st.integers(0, 60),
)
def test_no_bytes_raise(start, more, cut):
    size(start[:cut] + more)
