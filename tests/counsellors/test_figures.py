"""Figures that tell nothing about one person."""

from __future__ import annotations

from datetime import timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.counsellors.reporting.figures import LEAST, Answers, answer_times, protected

HOUR = timedelta(hours=1)
counts = st.lists(st.integers(0, 30), min_size=1, max_size=6)


def test_small_counts_are_hidden_and_the_next_smallest_with_them() -> None:
    assert protected([3, 8, 20]).cells == (None, None, 20)
    assert protected([3, 8, 20]).total == 31
    assert protected([6, 8, 20]).cells == (6, 8, 20)


def test_where_no_other_cell_can_hide_it_the_sum_is_hidden() -> None:
    row = protected([12], [14])  # all but two of them
    assert (row.cells, row.total) == ((None,), None)


def test_all_but_a_few_tells_as_much_as_a_few() -> None:
    assert protected([18, 9], [20, 20]).cells == (None, None)
    assert protected([12, 9], [20, 20]).cells == (12, 9)


@settings(max_examples=500)
@given(cells=counts, more=st.lists(st.integers(0, 30), min_size=6, max_size=6))
def test_nothing_hidden_can_be_worked_out_from_what_is_shown(cells: list[int], more: list[int]) -> None:
    wholes = [n + extra for n, extra in zip(cells, more, strict=False)]
    row = protected(cells, wholes)
    hidden = [at for at, cell in enumerate(row.cells) if cell is None]
    for at, cell in enumerate(row.cells):
        assert cell is None or (cell == cells[at] >= LEAST and wholes[at] - cell >= LEAST)
    if row.total is None:
        assert hidden, "the cells that are shown would sum up to what is hidden"
        return
    assert row.total == sum(cells) >= LEAST
    assert sum(wholes) - row.total >= LEAST
    if hidden:
        left = row.total - sum(cell for cell in row.cells if cell is not None)
        assert len(hidden) >= 2
        assert left >= LEAST
        assert sum(wholes[at] for at in hidden) - left >= LEAST


@given(cells=counts)
def test_counts_of_people_that_are_the_wholes_themselves(cells: list[int]) -> None:
    row = protected(cells)
    assert all(cell is None or cell >= LEAST for cell in row.cells)
    assert row.total is None or row.total >= LEAST


def test_answer_times_are_of_five_at_least() -> None:
    assert answer_times([HOUR] * 4) is None
    waits = [
        timedelta(minutes=10),
        HOUR,
        2 * HOUR,
        3 * HOUR,
        4 * HOUR,
        5 * HOUR,
        6 * HOUR,
        7 * HOUR,
        8 * HOUR,
        40 * HOUR,
    ]
    assert answer_times(waits) == Answers(10, 5, 8)  # half of 4 and 5 hours, begun ones count


@given(st.lists(st.integers(0, 10_000), min_size=5))
def test_half_are_within_the_median_and_nine_of_ten_within_the_other(minutes: list[int]) -> None:
    waits = [timedelta(minutes=each) for each in minutes]
    found = answer_times(waits)
    assert found is not None
    assert sum(wait <= found.median * HOUR for wait in waits) * 2 >= len(waits)
    assert sum(wait <= found.most * HOUR for wait in waits) * 10 >= 9 * len(waits)
    assert found.median <= found.most
