"""The values of a run."""

from sitegen.run import Clock, silent


def test_a_lap_is_the_time_since_the_one_before():
    clock = Clock()
    clock.lap("parse")
    clock.lap("render")
    assert list(clock.laps) == ["parse", "render"]
    assert all(lap >= 0 for lap in clock.laps.values())


def test_nobody_hears_of_progress():
    assert silent("parse", 1) is None
