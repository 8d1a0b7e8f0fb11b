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
    TOPIC_LOST = "topic_lost"  # the topic is gone, or not made yet: tried again once, when there is one
    NO_RIGHT = "no_right"  # the group lets Bob write, but not do this: pin, manage topics, delete
    MIGRATED = "migrated"  # the group has a new id: rewrite it, resend once
    HARMLESS = "harmless"  # nothing to do: not modified, already deleted, query too old
    OUR_BUG = "our_bug"  # Telegram refuses the content: record, never retry
    EXPIRED = "expired"  # its time passed before its call began; no call says so


@dataclass(frozen=True, slots=True)
class Delivered:
    """Telegram accepted the call. `message_id` is None for calls that return no message.

    It is the new topic's id where one was made. Where a row made several messages, `message_ids` has them all in order,
    and `message_id` is the one that stands for the row: the copy where something was copied, else the last. Of an
    album, there are as many as were to be copied, 0 in the place of one that could not be.
    """

    message_id: int | None = None
    message_ids: tuple[int, ...] = ()
    reopened: bool = False  # the topic was closed, and had to be opened again first


@dataclass(frozen=True, slots=True)
class NotDelivered:
    """Telegram refused the call, or did not answer. `detail` holds no personal data.

    `again`: the row waits to be tried again, in another topic or under the group's new id.
    """

    failure: Failure
    retry_after: float | None = None  # seconds
    new_chat_id: int | None = None
    detail: str = ""
    again: bool = False


Outcome = Delivered | NotDelivered


class Messenger(Protocol):
    """Performs one outbox row at Telegram. Never raises for what Telegram or the network answers."""

    async def perform(self, row: OutboxRow) -> Delivered | NotDelivered: ...
