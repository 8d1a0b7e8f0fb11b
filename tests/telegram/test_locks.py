"""Locks by key exclude each other, serve in order, and leave nothing behind."""

from __future__ import annotations

import asyncio
from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.telegram.locks import KeyedLocks

visits = st.lists(
    st.tuples(
        st.integers(0, 3),  # key
        st.integers(0, 4),  # steps of the loop held
        st.sampled_from(["stay", "stay", "fail", "cancel"]),
        st.integers(0, 6),  # steps before the cancellation
    ),
    max_size=12,
)


@settings(max_examples=60, deadline=None)
@given(visits)
def test_whatever_happens_holders_exclude_each_other_in_order_and_nothing_leaks(
    plan: list[tuple[int, int, str, int]],
) -> None:
    async def scenario() -> None:
        locks = KeyedLocks()
        inside: dict[int, int] = {}
        order: dict[int, list[int]] = {}

        async def visit(number: int, key: int, steps: int, end: str) -> None:
            async with locks.hold(key):
                inside[key] = inside.get(key, 0) + 1
                order.setdefault(key, []).append(number)
                try:
                    assert inside[key] == 1
                    for _ in range(steps):
                        await asyncio.sleep(0)
                    if end == "fail":
                        raise KeyError(number)
                finally:
                    inside[key] -= 1

        async def cancel(task: asyncio.Task[None], after: int) -> None:
            for _ in range(after):
                await asyncio.sleep(0)
            task.cancel()

        tasks = []
        for number, (key, steps, end, after) in enumerate(plan):
            task = asyncio.create_task(visit(number, key, steps, end))
            tasks.append(task)
            if end == "cancel":
                tasks.append(asyncio.create_task(cancel(task, after)))
        for task in tasks:
            with suppress(KeyError, asyncio.CancelledError):
                await task
        assert locks.in_use == 0
        assert all(numbers == sorted(numbers) for numbers in order.values())

    asyncio.run(scenario())


async def test_different_keys_do_not_wait_for_each_other() -> None:
    locks = KeyedLocks()
    async with locks.hold(1), locks.hold(2):
        assert locks.in_use == 2
        with pytest.raises(TimeoutError):
            async with asyncio.timeout(0.01), locks.hold(1):
                pass
        assert locks.in_use == 2
    assert locks.in_use == 0
