"""Telegram as the scheduler sees it: one call, one outcome. The edge (`bot.telegram`) implements it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from storage.outbox import OutboxRow


class Failure(StrEnum):
    """What a failed call means, and so what is done about it (the table is in `bot.telegram.errors`)."""

    RATE_LIMITED = "rate_limited"  # wait `retry_after` seconds; every sender pauses
    TEMPORARY = "temporary"  # surely not delivered (connection refused, 5xx): try again with back-off
    UNKNOWN = "unknown"  # perhaps delivered (answer lost): try again at most once
    UNREACHABLE = "unreachable"  # blocked, deactivated, never started: mark the person, never retry
    CHAT_LOST = "chat_lost"  # kicked from the group, or it was deleted
    TOPIC_LOST = "topic_lost"  # the topic is gone: recreate once
    MIGRATED = "migrated"  # the group has a new id: rewrite it, resend once
    HARMLESS = "harmless"  # nothing to do: not modified, already deleted, query too old
    OUR_BUG = "our_bug"  # Telegram refuses the content: record, never retry


@dataclass(frozen=True, slots=True)
class Delivered:
    """Telegram accepted the call. `message_id` is None for calls that return no message; `message_ids`: of an album."""

    message_id: int | None = None
    message_ids: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class NotDelivered:
    """Telegram refused the call, or did not answer. `detail` holds no personal data."""

    failure: Failure
    retry_after: float | None = None  # seconds
    new_chat_id: int | None = None
    detail: str = ""


class Messenger(Protocol):
    """Performs one outbox row at Telegram. Never raises for what Telegram or the network answers."""

    async def perform(self, row: OutboxRow) -> Delivered | NotDelivered: ...
