"""Telegram's sending rates: 30 messages a second in all, about 1 per chat, 20 a minute per group."""

from __future__ import annotations

import math
import time
from collections import deque
from collections.abc import Callable

from bot.sandbox.errors import too_many_requests
from bot.telegram.limits import (
    MESSAGES_PER_CHAT_BURST,
    MESSAGES_PER_CHAT_PER_SECOND,
    MESSAGES_PER_GROUP_PER_MINUTE,
    MESSAGES_PER_SECOND,
)

LIMITED_PREFIXES = ("send", "copy", "forward", "editmessage")
LIMITED = frozenset({"createforumtopic", "editforumtopic", "closeforumtopic", "reopenforumtopic"})
NOT_LIMITED = frozenset({"sendchataction"})
FORGET_AFTER = 4096  # chats whose bucket is kept; older ones are full again anyway


def counts(method: str) -> bool:
    """Whether a call of this method uses up the rate."""
    name = method.lower()
    return name not in NOT_LIMITED and (name in LIMITED or name.startswith(LIMITED_PREFIXES))


def cost(call: object) -> int:
    """How many messages a call makes: one, or one for each item of an album or a batch."""
    items = getattr(call, "message_ids", None) or getattr(call, "media", None)
    return len(items) if isinstance(items, list) and items else 1


class Rates:
    """Counts in real time, for the sandbox's clock jumps and the network's does not."""

    def __init__(self, monotonic: Callable[[], float] = time.monotonic) -> None:
        self._monotonic = monotonic
        self._overall: deque[float] = deque()
        self._groups: dict[int, deque[float]] = {}
        self._chats: dict[int, tuple[float, float]] = {}

    def check(self, chat_id: int, is_group: bool, messages: int = 1) -> None:
        """Count messages to the chat, or refuse them with 429; a batch goes through if its first may."""
        now = self._monotonic()
        wait = max(
            _window_wait(self._overall, now, 1.0, MESSAGES_PER_SECOND),
            self._chat_wait(chat_id, now),
            _window_wait(self._groups.setdefault(chat_id, deque()), now, 60.0, MESSAGES_PER_GROUP_PER_MINUTE)
            if is_group
            else 0.0,
        )
        if wait > 0:
            raise too_many_requests(max(1, math.ceil(wait)))
        self._overall.extend([now] * messages)
        if is_group:
            self._groups[chat_id].extend([now] * messages)
        tokens, _ = self._tokens(chat_id, now)
        self._chats[chat_id] = (tokens - messages, now)
        if len(self._chats) > FORGET_AFTER:
            self._chats = {
                chat: kept for chat, kept in self._chats.items() if now - kept[1] < MESSAGES_PER_CHAT_BURST
            }

    def _tokens(self, chat_id: int, now: float) -> tuple[float, float]:
        tokens, at = self._chats.get(chat_id, (float(MESSAGES_PER_CHAT_BURST), now))
        grown = tokens + (now - at) * MESSAGES_PER_CHAT_PER_SECOND
        return min(grown, float(MESSAGES_PER_CHAT_BURST)), now

    def _chat_wait(self, chat_id: int, now: float) -> float:
        tokens, _ = self._tokens(chat_id, now)
        return 0.0 if tokens >= 1 else (1 - tokens) / MESSAGES_PER_CHAT_PER_SECOND


def _window_wait(times: deque[float], now: float, seconds: float, most: int) -> float:
    while times and times[0] <= now - seconds:
        times.popleft()
    return 0.0 if len(times) < most else times[len(times) - most] + seconds - now
