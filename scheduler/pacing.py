"""How fast Bob may call Telegram: overall, per chat, per group; the bulk never takes what answers need.

Token buckets, sized so that no window of one second (one minute for groups) holds more than Telegram permits,
wherever the window begins: burst + rate * window <= limit.
Seconds are those of a monotonic clock: real time, even where Bob's own clock is moved.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final, Literal

Lane = Literal["interactive", "bulk"]

OVERALL_PER_SECOND: Final = 30  # calls, all chats together
BULK_PER_SECOND: Final = 20  # of which at most these for what nobody waits for
CHAT_PER_SECOND: Final = (
    0.95  # per private chat, after a short burst; Telegram: about 1, and the network bunches calls
)
CHAT_BURST: Final = 3
GROUP_PER_MINUTE: Final = 20  # per group: messages, edits and new topics together
FORGET_ABOVE: Final = 4096  # chats remembered before those at rest are forgotten
_ROUNDING: Final = 1e-9  # of a token: rounding, not scarcity; else one could wait for ever at 0.999...


@dataclass(frozen=True, slots=True)
class Rate:
    """`burst` calls at once, then `per_second`."""

    per_second: float
    burst: float


def within(limit: float, window: float, burst: float) -> Rate:
    """The fastest rate that never puts more than `limit` calls in any `window` seconds, with that burst."""
    return Rate(per_second=(limit - burst) / window, burst=burst)


OVERALL: Final = within(OVERALL_PER_SECOND, 1, burst=2)
BULK: Final = within(BULK_PER_SECOND, 1, burst=2)
CHAT: Final = Rate(CHAT_PER_SECOND, CHAT_BURST)
GROUP: Final = within(GROUP_PER_MINUTE, 60, burst=5)
UNLIMITED: Final = Rate(per_second=1e6, burst=1e6)


class Bucket:
    """A token bucket; `now` is in seconds and never goes back."""

    __slots__ = ("_at", "_rate", "_tokens")

    def __init__(self, rate: Rate, now: float) -> None:
        self._rate = rate
        self._tokens = rate.burst
        self._at = now

    def available(self, now: float) -> float:
        """Tokens at hand."""
        if now > self._at:
            self._tokens = min(self._rate.burst, self._tokens + (now - self._at) * self._rate.per_second)
            self._at = now
        return self._tokens

    def wait(self, now: float) -> float:
        """Seconds until one token is at hand; 0 when one is."""
        missing = 1.0 - self.available(now)
        return missing / self._rate.per_second if missing > _ROUNDING else 0.0

    def take(self, now: float) -> None:
        """Use one token; below zero, the next ones wait the longer."""
        self._tokens = self.available(now) - 1.0

    def at_rest(self, now: float) -> bool:
        """Whether the bucket is full, so that a new one would be the same."""
        return self.available(now) >= self._rate.burst


class Pacing:
    """The permits of one process. Every call takes one, whoever makes it."""

    def __init__(
        self,
        *,
        overall: Rate = OVERALL,
        bulk: Rate = BULK,
        chat: Rate = CHAT,
        group: Rate = GROUP,
        seconds: Callable[[], float] = time.monotonic,
    ) -> None:
        self._seconds = seconds
        now = seconds()
        self._overall, self._bulk = Bucket(overall, now), Bucket(bulk, now)
        self._chat_rate, self._group_rate = chat, group
        self._chats: dict[int, Bucket] = {}

    @classmethod
    def unlimited(cls) -> Pacing:
        """No pacing at all: for a server that sets no limits."""
        return cls(overall=UNLIMITED, bulk=UNLIMITED, chat=UNLIMITED, group=UNLIMITED)

    @property
    def remembered(self) -> int:
        """How many chats are remembered."""
        return len(self._chats)

    def room(self, lane: Lane) -> int:
        """How many calls of this lane may go out now, all chats together."""
        now = self._seconds()
        free = self._overall.available(now)
        if lane == "bulk":
            free = min(free, self._bulk.available(now))
        return max(int(free + _ROUNDING), 0)

    def room_in(self, lane: Lane) -> float:
        """Seconds until a call of this lane may go out, whatever the chat; 0 when one may now."""
        now = self._seconds()
        wait = self._overall.wait(now)
        return max(wait, self._bulk.wait(now)) if lane == "bulk" else wait

    def wait(self, chat_id: int, lane: Lane) -> float:
        """Seconds before one call to this chat may go out; 0 when it may now."""
        now = self._seconds()
        return max(bucket.wait(now) for bucket in self._buckets(chat_id, lane, now))

    def reserve(self, chat_id: int, lane: Lane, patience: float) -> float | None:
        """Take a permit: seconds to wait before using it; None, and none is taken, beyond `patience`."""
        wait = self.wait(chat_id, lane)
        if wait > patience:
            return None
        self.take(chat_id, lane)
        return wait

    def take(self, chat_id: int, lane: Lane) -> None:
        """Note that a call goes out, or will once its wait is over: later ones wait behind it."""
        now = self._seconds()
        for bucket in self._buckets(chat_id, lane, now):
            bucket.take(now)

    def _buckets(self, chat_id: int, lane: Lane, now: float) -> list[Bucket]:
        mine = [self._overall, self._chat(chat_id, now)]
        return [*mine, self._bulk] if lane == "bulk" else mine

    def _chat(self, chat_id: int, now: float) -> Bucket:
        bucket = self._chats.get(chat_id)
        if bucket is None:
            if len(self._chats) >= FORGET_ABOVE:
                self._chats = {chat: kept for chat, kept in self._chats.items() if not kept.at_rest(now)}
            # Telegram gives groups negative ids.
            bucket = self._chats[chat_id] = Bucket(self._group_rate if chat_id < 0 else self._chat_rate, now)
        return bucket
