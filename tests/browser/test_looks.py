"""Every kind of page by the eye, and what of that can be measured.

`SITEGEN_PICTURES` names a folder for pictures: each page at three widths, in light, dark and print.
"""

import os
from pathlib import Path

import pytest

PICTURES = os.environ.get("SITEGEN_PICTURES", "")
WIDTHS = (320, 360, 640, 768, 1280)  # 640 is half of 1280: what 200 % of zoom makes of it
# What begins on the edge of the text: all but what hangs out into the margin.
ON_EDGE = (
    ".site-name, h1, .post > header .meta, .quotation blockquote > p, .attribution > p,"
    " .editorial > p, pre code, .card .clip, .card .comment, .colophon li:first-child"
)
_STARTS = """selector => [...document.querySelectorAll(selector)].map(element => {
  const words = document.createRange();
  words.selectNodeContents(element);
  const start = element.matches("code") ? words.getBoundingClientRect().left
    : element.getBoundingClientRect().left + parseFloat(getComputedStyle(element).paddingLeft);
  return [element.className || element.tagName, Math.round(start)];
})"""
_CLIPPED = """() => [...document.querySelectorAll("html, body *")].filter(element => {
  const style = getComputedStyle(element), box = element.getBoundingClientRect();
  if (element.matches(".skip, .reactions .label, pre *, .table *, svg *")) return false;
  if (element.matches("pre, .table")) return box.right > innerWidth + 1;
  return element.scrollWidth > element.clientWidth + 1 && style.display !== "inline"
    && style.overflowX !== "visible" || box.right > innerWidth + 1 || box.left < -1;
}).map(element => element.outerHTML.slice(0, 90))"""


def _wrong(shown):
    """What leaves the window, is cut off or stands beside the edge of the text."""
    (_, edge), *others = shown.evaluate(_STARTS, ON_EDGE)
    beside = [name for name, start in others if abs(start - edge) > 1]
    return [*shown.evaluate(_CLIPPED), *beside]


def test_a_page_fits_every_window_and_its_text_begins_on_one_edge(shown):
    wrong = {}
    for width in WIDTHS:
        shown.set_viewport_size({"width": width, "height": 900})
        wrong[width] = _wrong(shown)
    assert wrong == {width: [] for width in WIDTHS}


def test_a_page_holds_text_of_twice_the_size(large, address):
    """WCAG 2.2, 1.4.4."""
    page = large.new_page(viewport={"width": 360, "height": 900})
    page.goto(address)
    wrong = {}
    for width in (360, 1280):
        page.set_viewport_size({"width": width, "height": 900})
        wrong[width] = page.evaluate(_CLIPPED)
    size = page.evaluate("parseFloat(getComputedStyle(document.body).fontSize)")
    page.close()
    assert (wrong, size >= 32) == ({360: [], 1280: []}, True)


@pytest.mark.skipif(not PICTURES, reason="SITEGEN_PICTURES names no folder")
def test_pictures_are_taken(shown, address):
    name = address.partition("#")[2]
    for width in (360, 768, 1280):
        shown.set_viewport_size({"width": width, "height": 900})
        for way in ("light", "dark", "print"):
            scheme = "dark" if way == "dark" else "light"
            shown.emulate_media(media="print" if way == "print" else "screen", color_scheme=scheme)
            shown.screenshot(path=Path(PICTURES) / f"{name}-{width}-{way}.png", full_page=True)
    assert len(list(Path(PICTURES).glob(f"{name}-*.png"))) == 9
