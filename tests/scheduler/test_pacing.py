"""The pace never exceeds what Telegram permits, leaves answers their share, and forgets chats at rest."""

from __future__ import annotations

from bisect import bisect_left

from hypothesis import given, settings
from hypothesis import strategies as st

from scheduler.pacing import (
    BULK_PER_SECOND,
    CHAT_BURST,
    FORGET_ABOVE,
    GROUP_BULK_PER_MINUTE,
    GROUP_PER_MINUTE,
    OVERALL_PER_SECOND,
    Lane,
    Pacing,
)


class Seconds:
    """A monotonic clock that a test moves."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


def busiest(instants: list[float], window: float) -> int:
    """The most calls in any half-open window."""
    return max(
        (bisect_left(instants, start + window - 1e-6) - i for i, start in enumerate(instants)), default=0
    )


calls = st.lists(
    st.tuples(st.floats(0, 0.3), st.sampled_from(["interactive", "bulk"]), st.integers(1, 40)), max_size=200
)


@settings(max_examples=60, deadline=None)
@given(calls)
def test_no_second_holds_more_than_is_permitted(plan: list[tuple[float, Lane, int]]) -> None:
    seconds = Seconds()
    pacing = Pacing(seconds=seconds)
    out: list[tuple[float, Lane, int]] = []
    for pause, lane, chat in plan:
        seconds.now += pause
        wait = pacing.reserve(chat, lane, patience=60)
        assert wait is not None
        out.append((seconds.now + wait, lane, chat))
    out.sort()
    assert busiest([at for at, _, _ in out], 1) <= OVERALL_PER_SECOND
    assert busiest([at for at, lane, _ in out if lane == "bulk"], 1) <= BULK_PER_SECOND
    for chat in {chat for _, _, chat in out}:
        assert busiest([at for at, _, one in out if one == chat], 1) <= CHAT_BURST + 1


@settings(max_examples=40, deadline=None)
@given(
    st.lists(
        st.tuples(
            st.floats(0, 8), st.sampled_from(["interactive", "bulk"]), st.sampled_from([0, 1, 1, 1, 4, 10])
        ),
        max_size=120,
    )
)
def test_no_minute_of_a_group_holds_more_than_is_permitted(plan: list[tuple[float, Lane, int]]) -> None:
    seconds = Seconds()
    pacing = Pacing(seconds=seconds)
    out: list[tuple[float, Lane]] = []
    for pause, lane, messages in plan:
        seconds.now += pause
        seconds.now += pacing.wait(-5, lane, messages)
        pacing.take(-5, lane, messages)
        out.extend([(seconds.now, lane)] * messages)
    assert busiest([at for at, _ in out], 60) <= GROUP_PER_MINUTE
    assert busiest([at for at, lane in out if lane == "bulk"], 60) <= GROUP_BULK_PER_MINUTE


def test_a_group_below_its_limit_waits_for_no_minute() -> None:
    seconds = Seconds()
    pacing = Pacing(seconds=seconds)
    for _ in range(GROUP_PER_MINUTE):
        assert pacing.wait(-5, "interactive") == 0
        pacing.take(-5, "interactive")
        seconds.now += 1.1
    assert pacing.wait(-5, "interactive") > 30


def test_people_find_room_in_a_group_full_of_cards() -> None:
    seconds = Seconds()
    pacing = Pacing(seconds=seconds)
    while pacing.reserve(-5, "bulk", patience=5) is not None:
        seconds.now += 2
    for _ in range(GROUP_PER_MINUTE - GROUP_BULK_PER_MINUTE):
        assert pacing.reserve(-5, "interactive", patience=2) is not None
        seconds.now += 1.1


def test_a_reaction_goes_out_in_a_group_whose_minute_is_full() -> None:
    seconds = Seconds()
    pacing = Pacing(seconds=seconds)
    pacing.take(-5, "interactive", GROUP_PER_MINUTE)
    seconds.now += 2
    assert pacing.wait(-5, "interactive") > 30
    assert pacing.wait(-5, "interactive", 0) == 0


def test_a_full_load_of_pushes_leaves_ten_answers_a_second() -> None:
    seconds = Seconds()
    pacing = Pacing(seconds=seconds)
    sent = {"bulk": 0, "interactive": 0}
    for step in range(10_000):
        seconds.now += 0.001
        if pacing.room("bulk"):
            pacing.take(step, "bulk")
            sent["bulk"] += 1
        if step % 100 == 0 and pacing.reserve(1_000_000 + step, "interactive", patience=0.2) is not None:
            sent["interactive"] += 1
    assert sent["interactive"] == 100
    assert 170 <= sent["bulk"] <= 200


def test_a_chat_gets_a_short_burst_then_one_a_second() -> None:
    seconds = Seconds()
    pacing = Pacing(seconds=seconds)
    waits = []
    for _ in range(5):
        seconds.now += 0.1
        waits.append(pacing.reserve(7, "interactive", patience=60))
    assert waits[:3] == [0, 0, 0]
    assert all(wait is not None and wait > 0.4 for wait in waits[3:])


def test_nothing_is_taken_beyond_patience() -> None:
    seconds = Seconds()
    pacing = Pacing(seconds=seconds)
    for _ in range(CHAT_BURST):
        seconds.now += 0.1
        pacing.take(7, "interactive")
    wait = pacing.wait(7, "interactive")
    assert pacing.reserve(7, "interactive", patience=wait / 2) is None
    assert pacing.wait(7, "interactive") == wait
    assert pacing.reserve(8, "interactive", patience=wait / 2) is not None


def test_bulk_waits_for_its_own_room() -> None:
    pacing = Pacing(seconds=Seconds())
    assert (pacing.room("bulk"), pacing.room("interactive")) == (2, 2)
    pacing.take(1, "bulk")
    pacing.take(2, "bulk")
    assert pacing.room("bulk") == 0
    assert 0 < pacing.room_in("interactive") < pacing.room_in("bulk") < 0.06


def test_chats_at_rest_are_forgotten() -> None:
    seconds = Seconds()
    pacing = Pacing(seconds=seconds)
    for chat in range(1, FORGET_ABOVE + 1):
        pacing.take(chat, "interactive")
    assert pacing.remembered == FORGET_ABOVE
    seconds.now += 10_000
    pacing.take(FORGET_ABOVE + 1, "interactive")
    assert pacing.remembered == 1


def test_without_limits_nothing_waits() -> None:
    pacing = Pacing.unlimited()
    assert all(pacing.reserve(7, "bulk", patience=0) == 0 for _ in range(1000))
