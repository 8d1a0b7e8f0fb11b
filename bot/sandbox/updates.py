"""Updates that wait for the bot: kept in order, expiring, confirmed by offset."""

from __future__ import annotations

import asyncio
import json
from typing import Any

from bot.sandbox.clock import SandboxClock
from bot.sandbox.errors import JSON
from bot.sandbox.store import Store
from bot.telegram.limits import CALLBACK_KEPT_SECONDS, UPDATE_KEPT_SECONDS

# Sent only when asked for by name.
NOT_BY_DEFAULT = frozenset({"chat_member", "message_reaction", "message_reaction_count"})
KINDS = frozenset(
    [
        "message",
        "edited_message",
        "channel_post",
        "edited_channel_post",
        "business_connection",
        "business_message",
        "edited_business_message",
        "deleted_business_messages",
        "message_reaction",
        "message_reaction_count",
        "inline_query",
        "chosen_inline_result",
        "callback_query",
        "shipping_query",
        "pre_checkout_query",
        "purchased_paid_media",
        "poll",
        "poll_answer",
        "my_chat_member",
        "chat_member",
        "chat_join_request",
        "chat_boost",
        "removed_chat_boost",
        "guest_message",
        "managed_bot",
        "stopped_message_generation",
    ]
)


class UpdateQueue:
    """The pending updates of the bot, in the store."""

    def __init__(self, store: Store, clock: SandboxClock) -> None:
        self._store = store
        self._clock = clock
        self._arrival = asyncio.Event()

    def allowed(self) -> list[str] | None:
        """The kinds the bot asked for; None for the default set."""
        kinds: list[str] | None = self._store.get("allowed_updates")
        return kinds

    def allow(self, kinds: list[str] | None) -> None:
        """Keep the choice; None leaves the previous one, an empty list means the default set."""
        if kinds is not None:
            self._store.put("allowed_updates", sorted(set(kinds) & KINDS) or None)

    def add(self, kind: str, payload: JSON, queue: str) -> int | None:
        """Queue an update unless the bot did not ask for its kind; its id, or None.

        `queue` names the line it waits in: Telegram delivers in order within a line, not between lines.
        """
        allowed = self.allowed()
        if (kind in NOT_BY_DEFAULT) if allowed is None else (kind not in allowed):
            return None
        kept = CALLBACK_KEPT_SECONDS if kind == "callback_query" else UPDATE_KEPT_SECONDS
        cursor = self._store.run(
            "INSERT INTO updates (kind, queue, payload, expires_at) VALUES (?, ?, ?, ?)",
            kind,
            queue,
            json.dumps(payload),
            self._clock.now().timestamp() + kept,
        )
        self._store.after_commit(self.wake)
        return cursor.lastrowid

    def wake(self) -> None:
        self._arrival.set()

    async def arrival(self, seconds: float) -> None:
        """Wait until something may have arrived, `seconds` (real time) at most."""
        self._arrival.clear()
        try:
            async with asyncio.timeout(seconds):
                await self._arrival.wait()
        except TimeoutError:
            return

    def confirm(self, offset: int) -> None:
        """Forget all updates below `offset`; a negative one keeps only the last `-offset`."""
        if offset < 0:
            first = self._store.value(
                "SELECT update_id FROM updates ORDER BY update_id DESC LIMIT 1 OFFSET ?", -offset - 1
            )
            offset = first or 0
        self._store.run("DELETE FROM updates WHERE update_id < ?", offset)

    def drop(self, update_id: int) -> None:
        self._store.run("DELETE FROM updates WHERE update_id = ?", update_id)

    def drop_all(self) -> None:
        self._store.run("DELETE FROM updates")

    def pending(self, limit: int) -> list[JSON]:
        """The oldest waiting updates, as the bot receives them."""
        self._expire()
        rows = self._store.rows(
            "SELECT update_id, kind, payload FROM updates ORDER BY update_id LIMIT ?", limit
        )
        return [_update(row) for row in rows]

    def heads(self, limit: int, busy: set[str]) -> list[tuple[str, JSON]]:
        """The first waiting update of each line that is not in `busy`."""
        self._expire()
        rows = self._store.rows(
            "SELECT update_id, kind, payload, queue FROM updates WHERE update_id IN "
            "(SELECT min(update_id) FROM updates GROUP BY queue) ORDER BY update_id"
        )
        return [(row["queue"], _update(row)) for row in rows if row["queue"] not in busy][:limit]

    def count(self) -> int:
        self._expire()
        return int(self._store.value("SELECT count(*) FROM updates"))

    def _expire(self) -> None:
        self._store.run("DELETE FROM updates WHERE expires_at <= ?", self._clock.now().timestamp())


def _update(row: Any) -> JSON:
    return {"update_id": row["update_id"], row["kind"]: json.loads(row["payload"])}
