"""Every kind of page for people who do not see it, or do not use a mouse.

axe-core's script is named by `AXE` (npm install axe-core: axe.min.js).
"""

import os
from pathlib import Path

import pytest


@pytest.fixture(scope="session")
def axe():
    script = Path(os.environ.get("AXE", "-"))
    if not script.is_file():
        pytest.skip("AXE does not name axe.min.js (npm install axe-core)")
    return script.read_text(encoding="utf-8")


_RUN = """async () => (await axe.run(document, { resultTypes: ["violations"] })).violations
  .map(one => [one.id, ...one.nodes.map(node => node.html.slice(0, 120))])"""


def test_axe_finds_nothing(shown, axe):
    found = {}
    shown.evaluate(axe)
    for scheme in ("light", "dark"):
        shown.emulate_media(color_scheme=scheme)
        found[scheme] = shown.evaluate(_RUN)
    assert found == {"light": [], "dark": []}


_FOCUSED = """() => {
  const element = document.activeElement, box = element.getBoundingClientRect();
  const style = getComputedStyle(element);
  const seen = box.width > 0 && box.bottom > 0 && box.top < innerHeight
    && style.outlineStyle !== "none";
  return [element === document.body, [...document.querySelectorAll("*")].indexOf(element), seen,
    element.outerHTML.slice(0, 90)];
}"""


def test_the_keyboard_reaches_everything_in_the_order_of_the_page(shown):
    """And shows where it is: WCAG 2.2, 2.4.3, 2.4.7, 2.4.11."""
    shown.evaluate("() => { document.activeElement.blur(); scrollTo(0, 0) }")
    count = shown.evaluate(
        """() => [...document.querySelectorAll("a[href], button, input, summary, [tabindex]")]
          .filter(one => one.checkVisibility({ visibilityProperty: true })
            && !(one.type === "radio" && !one.checked)).length"""
    )
    places, hidden = [], []
    for _ in range(count):
        shown.keyboard.press("Tab")
        outside, place, seen, html = shown.evaluate(_FOCUSED)
        assert not outside, places
        places.append(place)
        hidden += [] if seen else [html]
    assert (places, hidden) == (sorted(set(places)), [])
