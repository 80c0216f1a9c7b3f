"""Bodies as pages show them; links in feeds are in test_layouts.py."""

import pytest

from sitegen import layout_files
from sitegen.model import Body, BodyUse, Embed, Fence, Frame, Html, Quote, Size, Source
from sitegen.render import marks

LAZY = ' loading="lazy"'
IMAGE = f'<img src="\x020\x03" alt="霧"{LAZY}>'


def quote(image=""):
    return Quote(1, (), Source(), image=image)


def filled(*parts, leads=(), sizes=(), framed=True, eager=False, origin=""):
    use = BodyUse("a.md", "", ("/a.png", "https://e.jp/b.png"), sizes)
    return marks.filled(use, Body(leads, parts, ()), origin, framed=framed, eager=eager)


def html(source, **options):
    return filled(Html(source), **options).parts[0].html


def test_a_picture_has_its_size():
    assert html(IMAGE, sizes=(Size(4, 3), None)) == (
        f'<img src="/a.png" width="4" height="3" alt="霧"{LAZY}>'
    )


@pytest.mark.parametrize(
    "typed",
    [
        '<img width="9" src="\x020\x03">',
        '<img src="\x020\x03" height="9">',
        '<img src="\x021\x03">',
        '<a href="\x020\x03">霧</a>',
    ],
)
def test_nothing_else_is_sized(typed):
    shown = typed.replace("\x020\x03", "/a.png").replace("\x021\x03", "https://e.jp/b.png")
    assert html(typed, sizes=(Size(4, 3), None)) == shown


def test_a_picture_has_its_copies():
    shown = html(IMAGE, sizes=(Size(1000, 3, (480, 960)), None))
    copies = "/a.png.480w.webp 480w, /a.png.960w.webp 960w, /a.png 1000w"
    assert f'width="1000" height="3" srcset="{copies}" sizes="{marks.SIZES}" alt' in shown
    assert marks.srcset("/a,b.png", Size(9, 9, (4,))) == "/a%2Cb.png.4w.webp 4w, /a%2Cb.png 9w"


def test_the_column_of_text_is_as_wide_in_the_layouts():
    macros = (layout_files.built_in() / "macros.html").read_text(encoding="utf-8")
    assert macros.count(f'sizes="{marks.SIZES}"') == 1


def test_a_quoted_picture_has_its_url_and_size():
    body = filled(Fence(quote("\x020\x03")), leads=(quote("\x020\x03"),), sizes=(Size(4, 3), None))
    for one in body.quotes:
        assert (one.image, one.size) == ("/a.png", Size(4, 3))


def test_only_the_first_picture_of_a_page_is_loaded_at_once():
    body = filled(Html("<p>港</p>"), Html(IMAGE * 2), Html(IMAGE), eager=True)
    assert [part.html.count(LAZY) for part in body.parts] == [0, 1, 1]
    assert html(IMAGE).count(LAZY) == 1
    assert html(IMAGE, eager=True, leads=(quote("\x020\x03"),)).count(LAZY) == 1


def test_what_is_embedded_is_a_plain_link_where_no_frame_is_wanted():
    embed = Embed(Frame("YouTube", "video", "https://youtu.be/x", "https://e.jp/x"), "<p>霧</p>")
    assert filled(embed).parts == (embed,)
    assert filled(embed, framed=False).parts == (Html("<p>霧</p>"),)


def test_links_of_this_site_have_the_origin_that_is_asked_for():
    assert html("\x020\x03 \x021\x03", origin="https://e.jp") == (
        "https://e.jp/a.png https://e.jp/b.png"
    )
