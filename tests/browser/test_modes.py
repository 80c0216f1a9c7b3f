"""Pages on paper, and in the colours of a reader who has chosen them."""

import pytest

PAPER = {"width": 680, "height": 960}  # what is left of A4 within margins of 15 mm
_GAP = """() => {
  const frame = [...document.querySelectorAll(".reactions, .reactions .quotation")]
    .filter(one => parseFloat(getComputedStyle(one).borderLeftWidth));
  const words = document.createRange();
  words.selectNodeContents(document.querySelector(".reactions blockquote p"));
  const start = words.getBoundingClientRect().left;
  return [frame.length, Math.round(start - frame[0].getBoundingClientRect().left)];
}"""


@pytest.fixture
def opened(browser):
    context = browser.new_context(viewport=PAPER, locale="ja-JP")
    yield context.new_page()
    context.close()


@pytest.mark.parametrize("mode", [{"media": "print"}, {"forced_colors": "active"}], ids=str)
def test_reactions_stand_in_one_frame_that_their_words_do_not_touch(opened, specimen, serve, mode):
    opened.goto(f"{serve(specimen)}/2025/02/reactions/")
    opened.emulate_media(**mode)
    frames, gap = opened.evaluate(_GAP)
    assert (frames, gap > 8) == (1, True)


def _table(cells):
    """A table of one row, below a head of the same words."""
    return "\n".join("|" + "|".join(row) + "|" for row in (cells, ["--"] * len(cells), cells))


@pytest.fixture
def printed(opened, project, post, serve):
    """The table of `cells` on paper."""

    def shows(*cells):
        project.write("content/posts/a.md", post(editorial=f"霧。\n\n{_table(cells)}\n"))
        assert project.build().code == 0
        opened.goto(f"{serve(project.root / 'output')}/2025/02/a/")
        opened.emulate_media(media="print")
        return opened.locator(".table")

    return shows


def test_a_wide_table_is_whole_on_paper(printed):
    shown, whole = printed(*["123,45"] * 14).evaluate("one => [one.clientWidth, one.scrollWidth]")
    assert shown == whole


def test_a_short_word_beside_a_long_text_is_not_broken_on_paper(printed):
    lines = (
        printed("種別", "霧笛が鳴る。" * 40)
        .locator("td")
        .first.evaluate(
            """cell => {
          const words = document.createRange();
          words.selectNodeContents(cell);
          return words.getClientRects().length;
        }"""
        )
    )
    assert lines == 1


def test_no_heading_is_the_last_line_of_a_sheet(opened, rooted, serve):
    opened.goto(f"{serve(rooted)}/2025/02/ferry/")
    opened.emulate_media(media="print")
    breaks = opened.locator("h1, h2, h3").evaluate_all(
        "all => all.map(one => getComputedStyle(one).breakAfter)"
    )
    assert set(breaks) == {"avoid"}
