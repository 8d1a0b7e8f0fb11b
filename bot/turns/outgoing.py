"""From what a turn said to rows of the outbox."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from sqlalchemy import Connection

from bot.dialogs.effects import NEW_ACTION, SENT
from bot.dialogs.replies import Reply
from bot.dialogs.turn import Turn
from storage import outbox
from storage.outbox import OutboxRow
from storage.words import Lane, Method

LEASE = timedelta(seconds=30)
"""How long a handler holds the rows that it has just committed, before the courier may take them."""


def add_replies(
    conn: Connection,
    turn: Turn,
    *,
    person_id: str | None,
    chat_id: int,
    now: datetime,
    lane: Lane = "interactive",
    purpose: str = "",
    leased: bool = True,
    pressed_message: int | None = None,
    dedupe_key: str | None = None,
    expires_at: datetime | None = None,
    new_action: int | None = None,
    sent_message: int | None = None,
) -> tuple[OutboxRow, ...]:
    """Add what the turn said, in order; returns the rows that the caller is to send itself."""
    rows = []
    leased = leased and not outbox.must_wait(conn, chat_id, now)
    for position, reply in enumerate(turn.replies):
        edit = reply.replace and pressed_message is not None
        said = _named(_named(reply, NEW_ACTION, new_action), SENT, sent_message)
        body = said.to_json()
        method: Method = "edit" if edit else "send"
        target = pressed_message if edit else None
        row_id = outbox.add(
            conn,
            now,
            person_id=person_id,
            chat_id=chat_id,
            lane=lane,
            method=method,
            body=body,
            dedupe_key=f"{dedupe_key}:{position}" if dedupe_key else None,
            purpose=purpose,
            target_message_id=target,
            leased_for=LEASE if leased else None,
            expires_at=expires_at,
        )
        if row_id is not None and leased:
            rows.append(
                OutboxRow(
                    row_id,
                    person_id,
                    chat_id,
                    lane,
                    method,
                    target,
                    body,
                    purpose,
                    1,
                    0,
                    now,
                    lease_until=now + LEASE,
                    reply=said,
                )
            )
    return tuple(rows)


def _named(reply: Reply, what: str, number: int | None) -> Reply:
    """The buttons that speak of the action opened, or of the message handed on, in this turn get its number."""
    if number is None or not any(
        what in button.step or what in button.value for row in reply.buttons for button in row
    ):
        return reply

    def named(text: str) -> str:
        return text.replace(what, str(number))

    return replace(
        reply,
        buttons=tuple(
            tuple(replace(button, step=named(button.step), value=named(button.value)) for button in row)
            for row in reply.buttons
        ),
    )
