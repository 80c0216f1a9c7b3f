"""Pictures -> smaller copies in WebP, where Pillow is installed."""

import io
import struct
import warnings
from functools import cache
from importlib import metadata

from sitegen.model import Size

_WIDTHS = (480, 960, 1440)  # pixels: a column of text on one screen, on a finer one, and wide
_SUFFIXES = (".png", ".jpg", ".jpeg")
_QUALITY = 80


@cache
def version() -> str:
    """Names what copies are made with; "" where Pillow is not installed."""
    try:
        return metadata.version("pillow")
    except metadata.PackageNotFoundError:
        return ""


def widths(path: str, size: Size) -> tuple[int, ...]:
    """The widths in which the picture at `path` is copied: those that are less than its own."""
    if not version() or not path.lower().endswith(_SUFFIXES):
        return ()
    return tuple(width for width in _WIDTHS if width < size.width)


def scaled(data: bytes, width: int) -> bytes:
    """The picture `data` in WebP and `width` pixels wide.

    One that moves or cannot be read stays as it is: browsers go by the bytes, not by the name.
    """
    from PIL import Image, ImageOps  # noqa: PLC0415 -- Pillow is optional, and slow to import

    unread = (
        OSError, ValueError, SyntaxError, EOFError, struct.error, ArithmeticError, LookupError,
        TypeError, Image.DecompressionBombError, Image.DecompressionBombWarning,
    )  # fmt: skip
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            opened = Image.open(io.BytesIO(data))
            if getattr(opened, "is_animated", False):
                return data
            image = ImageOps.exif_transpose(opened)
            image = image.convert("RGBA" if image.has_transparency_data else "RGB")
            height = max(1, round(image.height * width / image.width))
            made = io.BytesIO()
            profile = image.info.get("icc_profile")
            small = image.resize((width, height), Image.Resampling.LANCZOS)
            small.save(made, "WEBP", quality=_QUALITY, icc_profile=profile)
            return made.getvalue()
    except unread:
        return data
