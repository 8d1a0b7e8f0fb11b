"""How fast Bob may call Telegram: overall, per chat, per group; the bulk never takes what answers need.

Token buckets, sized so that no window of one second holds more than Telegram permits,
wherever the window begins: burst + rate * window <= limit. The minute of a group is counted message by message, so
that a group below its limit never waits for it.
Seconds are those of a monotonic clock: real time, even where Bob's own clock is moved.
"""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final, Literal

Lane = Literal["interactive", "bulk"]

OVERALL_PER_SECOND: Final = 30  # calls, all chats together
BULK_PER_SECOND: Final = 20  # of which at most these for what nobody waits for
CHAT_PER_SECOND: Final = (
    0.95  # per chat, after a short burst; Telegram: about 1, and the network bunches calls
)
CHAT_BURST: Final = 3
GROUP_PER_MINUTE: Final = (
    20  # per group: messages, edits and changes of topics together; an album counts each
)
GROUP_BULK_PER_MINUTE: Final = 12  # of which at most these for cards and digests: people always find room
MINUTE: Final = 61.5  # seconds: the network bunches messages of a group
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


class Window:
    """At most `most` messages in any MINUTE; `now` is in seconds and never goes back."""

    __slots__ = ("_at", "_most")

    def __init__(self, most: float) -> None:
        self._most = most
        self._at: deque[float] = deque()  # when each message goes out, in order

    def wait(self, now: float, messages: int) -> float:
        """Seconds until so many messages (as many as `most` at the most) may go out; 0 when they may now."""
        while self._at and self._at[0] <= now - MINUTE:
            self._at.popleft()
        over = len(self._at) + min(messages, self._most) - self._most
        return self._at[int(over) - 1] + MINUTE - now if over > 0 else 0.0

    def take(self, at: float, messages: int) -> None:
        """Note that so many messages go out at that instant."""
        last = self._at[-1] if self._at else at
        self._at.extend([max(at, last)] * messages)

    def at_rest(self, now: float) -> bool:
        """Whether nothing is counted any more."""
        return not self._at or self._at[-1] <= now - MINUTE


class Chat:
    """The permits of one chat. A group has its minute too, and less of it for the bulk."""

    __slots__ = ("_bucket", "_minute", "_minute_of_bulk")

    def __init__(
        self, rate: Rate, now: float, minute: Window | None = None, bulk: Window | None = None
    ) -> None:
        self._bucket = Bucket(rate, now)
        self._minute, self._minute_of_bulk = minute, bulk

    def _windows(self, lane: Lane) -> list[Window]:
        windows = (self._minute, self._minute_of_bulk if lane == "bulk" else None)
        return [window for window in windows if window is not None]

    def wait(self, now: float, lane: Lane, messages: int) -> float:
        """Seconds until a call that makes so many messages may go out."""
        waits = [window.wait(now, messages) for window in self._windows(lane)] if messages else []
        return max(self._bucket.wait(now), *waits, 0.0)

    def take(self, now: float, at: float, lane: Lane, messages: int) -> None:
        """Note at `now` a call that goes out at `at`."""
        self._bucket.take(now)
        for window in self._windows(lane):
            window.take(at, messages)

    def at_rest(self, now: float) -> bool:
        """Whether a new one would be the same. The bulk's messages are among all."""
        return self._bucket.at_rest(now) and (self._minute is None or self._minute.at_rest(now))


class Pacing:
    """The permits of one process. Every call takes one, whoever makes it.

    `messages`, where it is asked for, is how many messages of a group's minute a call uses (none for a reaction,
    several for an album); what a call takes of all other permits is one.
    """

    def __init__(
        self,
        *,
        overall: Rate = OVERALL,
        bulk: Rate = BULK,
        chat: Rate = CHAT,
        group: float = GROUP_PER_MINUTE,
        group_bulk: float = GROUP_BULK_PER_MINUTE,
        seconds: Callable[[], float] = time.monotonic,
    ) -> None:
        self._seconds = seconds
        now = seconds()
        self._overall, self._bulk = Bucket(overall, now), Bucket(bulk, now)
        self._chat_rate, self._group, self._group_bulk = chat, group, group_bulk
        self._chats: dict[int, Chat] = {}

    @classmethod
    def unlimited(cls) -> Pacing:
        """No pacing at all: for a server that sets no limits."""
        return cls(overall=UNLIMITED, bulk=UNLIMITED, chat=UNLIMITED, group=1e6, group_bulk=1e6)

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
        return max(bucket.wait(now) for bucket in self._buckets(lane))

    def wait(self, chat_id: int, lane: Lane, messages: int = 1) -> float:
        """Seconds before one call to this chat may go out; 0 when it may now."""
        now = self._seconds()
        return max(self.room_in(lane), self._chat(chat_id, now).wait(now, lane, messages))

    def reserve(self, chat_id: int, lane: Lane, patience: float, messages: int = 1) -> float | None:
        """Take a permit: seconds to wait before using it; None, and none is taken, beyond `patience`."""
        wait = self.wait(chat_id, lane, messages)
        if wait > patience:
            return None
        self._take(chat_id, lane, messages, wait)
        return wait

    def take(self, chat_id: int, lane: Lane, messages: int = 1) -> None:
        """Note that a call goes out, or will once its wait is over: later ones wait behind it."""
        self._take(chat_id, lane, messages, self.wait(chat_id, lane, messages))

    def _take(self, chat_id: int, lane: Lane, messages: int, wait: float) -> None:
        now = self._seconds()
        for bucket in self._buckets(lane):
            bucket.take(now)
        self._chat(chat_id, now).take(now, now + wait, lane, messages)

    def _buckets(self, lane: Lane) -> tuple[Bucket, ...]:
        return (self._overall, self._bulk) if lane == "bulk" else (self._overall,)

    def _chat(self, chat_id: int, now: float) -> Chat:
        chat = self._chats.get(chat_id)
        if chat is None:
            if len(self._chats) >= FORGET_ABOVE:
                self._chats = {kept: one for kept, one in self._chats.items() if not one.at_rest(now)}
            if chat_id < 0:  # Telegram gives groups negative ids
                chat = Chat(self._chat_rate, now, Window(self._group), Window(self._group_bulk))
            else:
                chat = Chat(self._chat_rate, now)
            self._chats[chat_id] = chat
        return chat
