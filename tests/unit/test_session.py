"""What earlier builds learned holds for what parses and renders alike."""

import sys
import unicodedata
import zoneinfo

import pytest

from sitegen import session

stamp = session.stamp.__wrapped__


def test_a_stamp_stays_the_same():
    assert stamp() == stamp()


@pytest.mark.parametrize(
    ("place", "name", "value"),
    [
        (sys, "version_info", (3, 99, 0)),
        (unicodedata, "unidata_version", "99.0.0"),
        (zoneinfo, "TZPATH", ()),
    ],
)
def test_another_python_or_other_zones_have_another_stamp(
    monkeypatch, tmp_path, place, name, value
):
    (tmp_path / "tzdata.zi").write_text("# version 1\n", encoding="utf-8")
    monkeypatch.setattr(zoneinfo, "TZPATH", (str(tmp_path),))
    before = stamp()
    monkeypatch.setattr(place, name, value)
    assert stamp() != before
