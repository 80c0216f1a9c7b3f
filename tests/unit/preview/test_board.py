"""Browsers hear the latest state, once, and nothing is kept for those who do not listen."""

import asyncio
import json

from sitegen.preview.board import MAX_STREAMS, Board, State


def _events(board, since, after):
    """The news a page hears that knows `since`; `after` are states that are posted meanwhile."""

    async def listen():
        heard = []
        stream = board.stream(since)
        await anext(stream)
        async for event in stream:
            heard.append(json.loads(event.decode().split("data: ")[1]))
            if after:
                board.post(after.pop(0))
            else:
                board.close()
        return heard

    return asyncio.run(listen())


def test_a_page_that_is_up_to_date_is_not_reloaded():
    board = Board()
    board.post(State(1, 1))
    (heard,) = _events(board, f"{board.run}.1", [])
    assert (heard["reload"], heard["styles"], heard["faults"]) == (False, [], [])


def test_a_page_of_an_older_state_or_of_another_run_is_reloaded():
    for since in ("-", "12345678.1", "nonsense", "{}.0"):
        board = Board()
        board.post(State(1, 1))
        (heard,) = _events(board, since.format(board.run), [])
        assert heard["reload"] is True, since


def test_a_page_stays_where_there_is_no_good_one_to_load_instead():
    board = Board()
    board.post(State(1, faults=({"code": "broken-link"},)))
    (heard,) = _events(board, "12345678.7", [])
    assert heard["reload"] is False


def test_style_sheets_are_swapped_and_pages_reloaded_where_more_was_changed():
    board = Board()
    board.post(State(1, 1))
    after = [State(2, 1, {"/style.css": 2}), State(3, 3, {"/style.css": 2})]
    _, styled, whole = _events(board, f"{board.run}.1", after)
    assert (styled["reload"], styled["styles"]) == (False, ["/style.css"])
    assert (whole["reload"], whole["styles"]) == (True, [])


def test_states_that_nobody_had_time_for_come_as_one():
    board = Board()
    board.post(State(1, 1))
    for number in range(2, 50):
        board.post(State(number, number))
    (heard,) = _events(board, f"{board.run}.1", [])
    assert heard["mark"] == f"{board.run}.49"


def test_faults_come_and_go():
    board = Board()
    board.post(State(1, 1))
    _, faulty, mended = _events(
        board, f"{board.run}.1", [State(2, 1, {}, ({"code": "x"},)), State(3, 3)]
    )
    assert (faulty["faults"], faulty["reload"]) == ([{"code": "x"}], False)
    assert (mended["faults"], mended["reload"]) == ([], True)


def test_streams_are_counted_and_no_more_are_begun():
    board = Board()

    async def fill():
        streams = [board.stream("-") for _ in range(MAX_STREAMS)]
        for one in streams:
            await anext(one)
        full = board.full, [event async for event in board.stream("-")]
        for one in streams:
            await one.aclose()
        return full, board.full

    assert asyncio.run(fill()) == ((True, []), False)
