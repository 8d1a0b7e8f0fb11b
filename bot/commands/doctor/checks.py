"""What a check finds."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

DOUBTFUL_SECONDS = 10
WRONG_SECONDS = 120
Status = Literal["ok", "warn", "fail"]


@dataclass(frozen=True, slots=True)
class Check:
    """One line. `text` says what was found and, when that is not well, what to do. It holds no secret."""

    name: str
    status: Status
    text: str


def ok(name: str, text: str) -> Check:
    return Check(name, "ok", text)


def warn(name: str, text: str) -> Check:
    """Bob works, but somebody should look at it."""
    return Check(name, "warn", text)


def fail(name: str, text: str) -> Check:
    """Bob cannot work, or not for long."""
    return Check(name, "fail", text)


def clock(seconds: float, reference: str) -> Check:
    """How far this machine's clock is ahead of a reference (negative: behind), in seconds."""
    told = f"{abs(seconds):.0f} s {'ahead of' if seconds > 0 else 'behind'} {reference}"
    if abs(seconds) >= WRONG_SECONDS:
        return fail("clock", f"{told}: set the machine's clock (NTP), or messages leave at the wrong hour")
    if abs(seconds) >= DOUBTFUL_SECONDS:
        return warn("clock", f"{told}: check that the machine's clock is set over the network (NTP)")
    return ok("clock", f"within {DOUBTFUL_SECONDS} s of {reference}")


def several(count: int, one: str) -> str:
    """A number with its noun: "1 message", "2 messages"."""
    return f"{count:,} {one}{'' if count == 1 else 's'}"
