"""The values of a run."""

from sitegen.run import Clock


def test_a_lap_is_the_time_since_the_one_before(monkeypatch):
    times = iter([10.0, 11.0, 15.0])
    monkeypatch.setattr("time.perf_counter", lambda: next(times))
    clock = Clock()
    clock.lap("parse")
    clock.lap("render")
    assert clock.laps == {"parse": 1.0, "render": 4.0}
