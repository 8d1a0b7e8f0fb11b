"""The clock, and jumping with it."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import aiohttp
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.sandbox import SandboxClock, SandboxServer
from bot.sandbox.jumps import JumpRefused, target_of
from tests.sandbox.conftest import serving

START = datetime(2026, 3, 28, 8, 0, tzinfo=UTC)  # the eve of the change to summer time in Paris


class RealTime:
    """Real time moved by hand."""

    def __init__(self) -> None:
        self.now = START

    def __call__(self) -> datetime:
        return self.now


async def post_clock(server: SandboxServer, request: Any) -> tuple[int, dict[str, Any]]:
    async with aiohttp.ClientSession(server.url) as http, http.post("/api/clock", json=request) as response:
        return response.status, await response.json()


def test_the_clock_shows_real_time_until_it_is_moved() -> None:
    real = RealTime()
    clock = SandboxClock(real)
    assert clock.now() == START
    clock.set_at_least(START + timedelta(days=2))
    real.now += timedelta(hours=1)
    assert clock.now() == START + timedelta(days=2, hours=1)


@given(st.lists(st.tuples(st.sampled_from(["real", "set"]), st.integers(-10_000, 10_000)), max_size=30))
def test_the_clock_never_goes_back(moves: list[tuple[str, int]]) -> None:
    real = RealTime()
    clock = SandboxClock(real)
    latest = clock.now()
    for kind, minutes in moves:
        if kind == "real":
            real.now += timedelta(minutes=minutes)
        else:
            clock.set_at_least(START + timedelta(minutes=minutes))
            assert clock.now() >= START + timedelta(minutes=minutes)
        assert clock.now() >= latest
        latest = clock.now()


def test_listeners_hear_of_moves_until_they_end_it() -> None:
    clock = SandboxClock(RealTime())
    heard: list[datetime] = []
    end = clock.on_move(lambda: heard.append(clock.now()))
    clock.set_at_least(START + timedelta(hours=1))
    clock.set_at_least(START)
    end()
    clock.set_at_least(START + timedelta(hours=2))
    assert heard == [START + timedelta(hours=1)]


@pytest.mark.parametrize(
    ("request_body", "target"),
    [
        ({"plus_minutes": 90}, START + timedelta(minutes=90)),
        ({"to": "2026-04-01T10:00:00+02:00"}, datetime(2026, 4, 1, 8, 0, tzinfo=UTC)),
        ({"to": "2026-04-01T10:00"}, datetime(2026, 4, 1, 8, 0, tzinfo=UTC)),
        ({"tomorrow": "09:00"}, datetime(2026, 3, 29, 7, 0, tzinfo=UTC)),
        ({"tomorrow": "09:00", "zone": "Pacific/Kiritimati"}, datetime(2026, 3, 28, 19, 0, tzinfo=UTC)),
    ],
)
def test_targets_are_wall_clock_times_of_a_zone(request_body: dict[str, Any], target: datetime) -> None:
    assert target_of(request_body, START) == target


@pytest.mark.parametrize(
    "request_body",
    [
        {},
        [],
        {"plus_minutes": "many"},
        {"to": "tomorrow"},
        {"tomorrow": "25:00"},
        {"tomorrow": "09:00", "zone": "Mars/Olympus"},
        {"plus_minutes": 1, "to": "2026-04-01T10:00"},
        {"plus_minutes": 1e30},
    ],
)
def test_targets_that_make_no_sense_are_refused(request_body: Any) -> None:
    with pytest.raises(JumpRefused) as refused:
        target_of(request_body, START)
    assert refused.value.code == "invalid"


async def test_a_jump_lets_the_application_play_what_is_due() -> None:
    clock = SandboxClock(RealTime())
    played: list[datetime] = []

    async def play(target: datetime) -> None:
        for hour in range(1, 4):
            clock.set_at_least(START + timedelta(hours=hour))
            played.append(clock.now())
        assert target == START + timedelta(hours=5)

    async with serving(clock=clock, on_jump=play) as server:
        status, body = await post_clock(server, {"plus_minutes": 300})
    assert status == 200
    assert played == [START + timedelta(hours=hour) for hour in (1, 2, 3)]
    assert datetime.fromisoformat(body["now"]) == START + timedelta(hours=5)
    assert body["jump"] is None


async def test_the_past_is_refused_with_a_clear_sentence() -> None:
    async with serving(clock=SandboxClock(RealTime())) as server:
        status, body = await post_clock(server, {"to": "2026-03-28T08:59"})
        assert (status, body["error"]) == (400, "past")
        assert "only moves forward" in body["message"]
        assert server.clock.now() == START


async def test_a_second_jump_is_refused_while_one_runs_and_progress_can_be_followed() -> None:
    clock = SandboxClock(RealTime())
    halfway, go_on = asyncio.Event(), asyncio.Event()

    async def play(target: datetime) -> None:
        clock.set_at_least(START + timedelta(hours=1))
        halfway.set()
        await go_on.wait()

    async with serving(clock=clock, on_jump=play) as server:
        events = server.world.hub.subscribe()
        first = asyncio.create_task(post_clock(server, {"plus_minutes": 120}))
        await asyncio.wait_for(halfway.wait(), 5)
        status, body = await post_clock(server, {"plus_minutes": 500})
        assert (status, body["error"]) == (409, "running")
        assert server.jumps.state()["jump"] is not None
        go_on.set()
        assert (await first)[0] == 200
        kinds = [event["type"] for event in events.waiting()]
    assert kinds == ["jump", "clock", "clock", "jump"]
    assert clock.now() == START + timedelta(hours=2)


async def test_a_jump_that_fails_is_over_and_another_can_start() -> None:
    async def fail(target: datetime) -> None:
        raise RuntimeError("the application stumbled")

    async with serving(clock=SandboxClock(RealTime()), on_jump=fail) as server:
        with pytest.raises(RuntimeError, match="stumbled"):
            await server.jumps.jump(START + timedelta(hours=1))
        server.on_jump = None
        assert await server.jump(START + timedelta(hours=1)) == START + timedelta(hours=1)


async def test_the_offset_is_found_again_after_a_restart(tmp_path: Path) -> None:
    store = tmp_path / "sandbox.sqlite"
    async with serving(store, clock=SandboxClock(RealTime())) as server:
        await server.jumps.jump(START + timedelta(days=3))
    async with serving(store, clock=SandboxClock(RealTime())) as server:
        assert server.clock.now() == START + timedelta(days=3)
    further = SandboxClock(RealTime())
    further.set_at_least(START + timedelta(days=10))
    async with serving(store, clock=further) as server:
        assert server.clock.now() == START + timedelta(days=10)
