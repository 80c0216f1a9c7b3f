"""Digests, and work in order whoever does it."""

import os
from concurrent.futures import ThreadPoolExecutor

import pytest

from sitegen import work


def times(common, item):
    """What the workers do."""
    return common * item


def where(_common, _item):
    """In which process an item is done."""
    return os.getpid()


def fails(_common, item):
    """Raises at one item."""
    if item == 30:
        raise ZeroDivisionError
    return item


def test_a_digest_is_32_hexadecimal_digits():
    assert len(bytes.fromhex(work.digest(b"a"))) == 16


def test_the_same_parts_have_the_same_digest():
    assert work.digest(b"a", b"b") == work.digest(b"a", b"b")


@pytest.mark.parametrize(
    "parts", [(b"ab",), (b"b", b"a"), (b"a", b"b", b""), (b"a",), (), (b"1:a", b"b")]
)
def test_order_and_bounds_of_parts_count(parts):
    assert work.digest(*parts) != work.digest(b"a", b"b")


@pytest.mark.parametrize("jobs", [1, 2])
@pytest.mark.parametrize("count", [0, 1, 5, 100])
def test_results_come_in_the_order_of_the_items(jobs, count):
    with work.Workers(jobs) as workers:
        made = list(workers.map(times, 3, iter(range(count)), few=5, chunk=7))
    assert made == [3 * item for item in range(count)]


def test_a_few_items_are_done_here():
    with work.Workers(2) as workers:
        found = set(workers.map(where, None, range(5), few=5))
    assert found == {os.getpid()}


def test_many_items_are_done_by_others():
    with work.Workers(2) as workers:
        found = set(workers.map(where, None, range(50), few=5, chunk=5))
    assert os.getpid() not in found


def test_one_job_starts_no_process():
    with work.Workers(1) as workers:
        found = set(workers.map(where, None, range(50), few=5))
    assert found == {os.getpid()}


def test_an_executor_of_others_is_used_and_left_open():
    with ThreadPoolExecutor(2) as threads:
        with work.Workers(1, threads) as workers:
            made = list(workers.map(times, 2, range(20), few=5, chunk=3))
        assert threads.submit(int, "1").result() == 1
    assert made == [2 * item for item in range(20)]


@pytest.mark.parametrize("jobs", [1, 2])
def test_what_a_worker_raises_arrives(jobs):
    with work.Workers(jobs) as workers, pytest.raises(ZeroDivisionError):
        list(workers.map(fails, None, range(50), few=5, chunk=5))


def test_items_are_taken_a_bounded_number_ahead():
    taken = []

    def items():
        for number in range(10_000):
            taken.append(number)
            yield number

    with work.Workers(2) as workers:
        made = workers.map(times, 1, items(), few=5, chunk=5)
        next(made)
        assert len(taken) < 200
        del made


def test_there_is_at_least_one_job():
    assert work.default_jobs() >= 1
