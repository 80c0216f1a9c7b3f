"""What is laid on a page: a script, and a policy that lets it in."""

import html
import json
import re

import pytest
from msgspec.structs import replace

from sitegen.diagnostics.model import Diagnostic, Finding, Location
from sitegen.preview import panel


@pytest.mark.parametrize(
    ("said", "adjusted"),
    [
        ("default-src 'none'", "default-src 'none'; script-src 'self'; connect-src 'self'"),
        ("script-src 'none'; connect-src *", "script-src 'self'; connect-src *"),
        ("script-src 'self'; upgrade-insecure-requests", "script-src 'self'"),
        (
            "default-src https:; img-src data:",
            (
                "default-src https:; img-src data:; "
                "script-src https: 'self'; connect-src https: 'self'"
            ),
        ),
        ("img-src 'none'", "img-src 'none'"),
        ("", ""),
    ],
)
def test_a_policy_lets_the_preview_in_and_nothing_else(said, adjusted):
    assert panel.policy(said) == adjusted


@pytest.mark.parametrize(
    ("page", "before"),
    [
        ("<!doctype html><html><head><title>x</title></head><body></body>", "<head>"),
        ("<!doctype html><html lang='ja'><p>x", "<html lang='ja'>"),
        ("<p>x", ""),
        (
            '<head><meta http-equiv="Content-Security-Policy" content="img-src *">',
            'content="img-src *">',
        ),
    ],
)
def test_the_script_stands_at_the_beginning(page, before):
    made = panel.laid(page.encode(), {"mark": "a.1"}, "ja").decode()
    assert f"{before}<script src=" in made


def test_words_of_authors_cannot_leave_their_attribute():
    made = panel.laid(b"<head>", {"bar": {"file": '"></script><script>alert(1)'}}, "ja").decode()
    assert made.count("<script") == 1
    data = re.search('data-sitegen="([^"]*)"', made)[1]
    assert json.loads(html.unescape(data))["bar"]["file"] == '"></script><script>alert(1)'


def test_bytes_that_are_no_text_stay_what_they_are():
    assert panel.laid(b"<head>\xff", {}, "ja").endswith(b"\xff")


def test_a_fault_is_told_with_its_line_and_its_place():
    place = Location("content/posts/a.md", 4, 7, 3)
    finding = Finding(Diagnostic("empty-slug", place, {"title": "？"}), "error")
    (told,) = panel.faults([finding], "ja", lambda _path, _line: "slug: \x1babc<b>")
    assert (told["place"], told["line"], told["severity"]) == (
        "content/posts/a.md:4:7",
        ["slug: ", "<U+001B>ab", "c<b>"],
        "error",
    )


def test_errors_come_first_and_notes_not_at_all():
    place = Location("a")
    findings = [
        Finding(Diagnostic("empty-slug", place), severity)
        for severity in ("info", "warning", "error")
    ]
    told = panel.faults(findings, "en", lambda *_: None)
    assert [one["severity"] for one in told] == ["error", "warning"]


@pytest.fixture
def fog(workshop):
    """A post of the site, as it is shown."""
    site = workshop.make(None).shown.prepared.site
    return next(one for one in site.posts if one.post.path.endswith("fog.md"))


@pytest.mark.parametrize(
    ("draft", "scheduled", "kinds"),
    [
        (False, False, []),
        (True, False, ["draft"]),
        (False, True, ["scheduled"]),
        (True, True, ["draft"]),
    ],
)
def test_the_bar_marks_what_a_build_would_hold_back(fog, draft, scheduled, kinds):
    post, card = replace(fog.post, draft=draft), replace(fog.card, scheduled=scheduled)
    marks = panel.bar(replace(fog, post=post, card=card), [], "ja")["marks"]
    assert [kind for kind, _ in marks] == kinds


@pytest.mark.parametrize(
    ("seconds", "left"),
    [
        (-5, "1 分"),
        (60, "1 分"),
        (61, "2 分"),
        (3_600, "60 分"),
        (3_601, "2 時間"),
        (86_400, "24 時間"),
        (86_401, "2 日"),
    ],
)
def test_the_time_that_is_left_is_rounded_up(monkeypatch, fog, seconds, left):
    monkeypatch.setattr("time.time", lambda: fog.card.date.epoch - seconds)
    scheduled = replace(fog, card=replace(fog.card, scheduled=True))
    assert panel.bar(scheduled, [], "ja")["marks"] == [("scheduled", f"予約（公開まで {left}）")]


def test_the_bar_counts_warnings_and_no_notes(fog):
    findings = [
        Finding(Diagnostic("empty-slug", Location(fog.post.path, line)), severity)
        for line, severity in enumerate(("info", "warning", "error"), 1)
    ]
    told = panel.bar(fog, findings, "ja")["notes"]
    assert [one["place"] for one in told] == [f"{fog.post.path}:2:1", f"{fog.post.path}:3:1"]
