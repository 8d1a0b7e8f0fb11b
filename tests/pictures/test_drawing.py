"""Drawing beside the event loop: never in its way, and never the reason why a message does not come."""

from __future__ import annotations

import asyncio
import threading
from typing import Any

from bot.pictures.drawing import Drawing
from tests.pictures.test_progress import picture_of


async def test_a_picture_is_drawn_in_another_thread() -> None:
    threads: list[int] = []

    def draw(values: dict[str, Any]) -> bytes:
        threads.append(threading.get_ident())
        return b"png"

    assert await Drawing(draw).png({}) == b"png"
    assert threads != [threading.get_ident()]


async def test_the_real_picture_comes_out() -> None:
    png = await Drawing().png(picture_of("one-day-tu"))
    assert png is not None
    assert png.startswith(b"\x89PNG")


async def test_values_that_make_no_picture_give_none() -> None:
    assert await Drawing().png({"title": "no more than that"}) is None


async def test_the_loop_goes_on_while_one_is_drawn_and_too_long_a_wait_gives_none() -> None:
    go_on = threading.Event()

    def draw(values: dict[str, Any]) -> bytes:
        go_on.wait(30)
        return b"png"

    drawing = Drawing(draw, timeout=0.05, longest_line=2)
    try:
        assert await asyncio.gather(drawing.png({}), drawing.png({})) == [None, None]
        assert await drawing.png({}) is None  # two are in the line already
    finally:
        go_on.set()
    await asyncio.to_thread(
        lambda: [job.cancel() or job.cancelled() or job.result(30) for job in drawing._jobs]
    )
    assert await Drawing(draw).png({}) == b"png"
