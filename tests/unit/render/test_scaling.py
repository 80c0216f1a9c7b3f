"""Smaller copies of pictures."""

import io

import pytest

from sitegen.model import Size
from sitegen.render import scaling

Image = pytest.importorskip("PIL.Image", reason="Pillow is not installed")


def picture(form="PNG", size=(1000, 500), mode="RGB", **options):
    made = io.BytesIO()
    colour = "#ff000080" if mode == "RGBA" else "red"
    Image.new(mode, size, colour).save(made, form, **options)
    return made.getvalue()


@pytest.mark.parametrize(
    ("path", "width", "widths"),
    [
        ("a.png", 480, ()),
        ("a.png", 481, (480,)),
        ("a.JPG", 1440, (480, 960)),
        ("a.jpeg", 4000, (480, 960, 1440)),
        ("a.svg", 4000, ()),
        ("a.gif", 4000, ()),
        ("a.webp", 4000, ()),
    ],
)
def test_a_picture_is_copied_in_the_widths_below_its_own(path, width, widths):
    assert scaling.widths(path, Size(width, 10)) == widths


@pytest.mark.parametrize(
    ("data", "mode"),
    [
        (picture(), "RGB"),
        (picture("JPEG"), "RGB"),
        (picture(mode="L"), "RGB"),
        (picture(mode="P"), "RGB"),
        (picture(mode="RGBA"), "RGBA"),
        (picture("JPEG", mode="CMYK"), "RGB"),
    ],
)
def test_a_copy_is_webp_in_its_width(data, mode):
    made = Image.open(io.BytesIO(scaling.scaled(data, 480)))
    assert (made.format, made.size, made.mode) == ("WEBP", (480, 240), mode)


def test_the_same_picture_gives_the_same_bytes():
    assert scaling.scaled(picture(), 480) == scaling.scaled(picture(), 480)


def test_a_photograph_is_turned_as_it_says():
    exif = Image.Exif()
    exif[0x0112] = 6
    made = scaling.scaled(picture("JPEG", exif=exif), 100)
    assert Image.open(io.BytesIO(made)).size == (100, 200)


def test_what_moves_or_cannot_be_read_stays_as_it_is():
    more = [Image.new("RGB", (1000, 500), "blue")]
    moving = picture(save_all=True, append_images=more)
    for data in (moving, b"", b"\x89PNG\r\n\x1a\n", picture()[:60], picture("JPEG")[:300]):
        assert scaling.scaled(data, 480) == data


def test_a_picture_that_is_too_much_stays_as_it_is(monkeypatch):
    monkeypatch.setattr(Image, "MAX_IMAGE_PIXELS", 1000)
    assert scaling.scaled(picture(), 480) == picture()
