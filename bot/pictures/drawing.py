"""Drawing beside the event loop: one thread, a bounded line before it, and a time after which nobody waits any more."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any, Final

log = logging.getLogger(__name__)

TIMEOUT: Final = 5.0  # seconds, the wait for one's turn included; a picture takes a tenth of one
LONGEST_LINE: Final = 32  # pictures at once, drawn or waiting


def progress_png(values: dict[str, Any]) -> bytes:
    """The picture of somebody's progress, from its plain values."""
    from bot.pictures.progress import (
        Progress,
        draw,
    )  # 60 ms and the font, only where somebody asks for a picture

    return draw(Progress.from_json(values))


def qr_png(values: dict[str, Any]) -> bytes:
    """The QR code of a link: {"kind": "qr", "link": ...}."""
    from bot.pictures.qr import draw

    return draw(str(values["link"]))


def report_png(values: dict[str, Any]) -> bytes:
    """A team's weeks: the values of `bot.pictures.report.Report`."""
    from bot.pictures.report import Report, draw

    return draw(Report.from_json(values))


KINDS: Final[dict[str, Callable[[dict[str, Any]], bytes]]] = {
    "progress": progress_png,
    "qr": qr_png,
    "report": report_png,
}
"""The kinds of pictures, by the "kind" of their values; a picture without one shows somebody's progress."""


def picture_png(values: dict[str, Any]) -> bytes:
    """Any picture, from its plain values. Raises KeyError for a kind that there is not."""
    return KINDS[values.get("kind", "progress")](values)


class Drawing:
    """Draws pictures off the event loop. One that fails, or would take too long, is None: the caption says the same."""

    def __init__(
        self,
        draw: Callable[[dict[str, Any]], bytes] = picture_png,
        *,
        timeout: float = TIMEOUT,
        longest_line: int = LONGEST_LINE,
    ) -> None:
        self._draw = draw
        self._timeout = timeout
        self._longest_line = longest_line
        self._pool: ThreadPoolExecutor | None = None
        self._jobs: list[Future[bytes]] = []

    async def png(self, values: dict[str, Any]) -> bytes | None:
        """The bytes of the picture; never raises but when cancelled."""
        self._jobs = [job for job in self._jobs if not job.done()]
        if len(self._jobs) >= self._longest_line:
            log.warning("picture left out: %d are waiting", len(self._jobs))
            return None
        if self._pool is None:
            self._pool = ThreadPoolExecutor(1, "picture")
        job = self._pool.submit(self._draw, values)
        self._jobs.append(job)
        try:
            async with asyncio.timeout(self._timeout):
                return await asyncio.wrap_future(job)
        except TimeoutError:
            log.error("picture left out: not drawn within %.0f s", self._timeout)
        except Exception as error:
            log.error("picture left out error=%s", type(error).__name__)
        return None
