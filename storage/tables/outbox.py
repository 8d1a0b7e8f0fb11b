"""Messages to send, and the pauses that every sender respects."""

from datetime import datetime

from sqlalchemy import BigInteger, Index, text
from sqlmodel import Field, SQLModel

from storage.tables.base import one_of
from storage.types import BigId, Instant, Json, SafeText
from storage.words import UNSETTLED, Lane, Method, RowState

_UNSETTLED = text("state IN ({})".format(", ".join(f"'{state}'" for state in UNSETTLED)))
_REPEATED = text("state = 'started' AND unknowns > 0")
_KEYED = text("dedupe_key IS NOT NULL")
_SOMEBODYS = text("person_id IS NOT NULL")
_ANSWERS = text(f"chat_id < 0 AND lane = 'interactive' AND {_UNSETTLED.text}")
_EXPIRING = text(f"expires_at IS NOT NULL AND {_UNSETTLED.text}")


class Outbox(SQLModel, table=True):
    """One call to Telegram.

    Within a chat, rows go out in the order of (not_before, id); in a group, interactive ones pass the bulk. `due_at`
    is the instant from which the courier may take the row: `not_before` at first, the end of its lease while somebody
    holds it, the next try after a fault.
    """

    __tablename__ = "outbox"
    __table_args__ = (
        one_of("lane", Lane),
        one_of("method", Method),
        one_of("state", RowState),
        Index(
            "ix_outbox_ready", "lane", "due_at", "id", sqlite_where=_UNSETTLED, postgresql_where=_UNSETTLED
        ),
        Index(
            "ix_outbox_order",
            "chat_id",
            "not_before",
            "id",
            sqlite_where=_UNSETTLED,
            postgresql_where=_UNSETTLED,
        ),
        Index(
            "ix_outbox_answers",
            "chat_id",
            "not_before",
            "id",
            sqlite_where=_ANSWERS,
            postgresql_where=_ANSWERS,
        ),
        Index("ix_outbox_expires_at", "expires_at", sqlite_where=_EXPIRING, postgresql_where=_EXPIRING),
        Index("ix_outbox_person_id", "person_id", sqlite_where=_SOMEBODYS, postgresql_where=_SOMEBODYS),
        Index("ix_outbox_repeated", "due_at", sqlite_where=_REPEATED, postgresql_where=_REPEATED),
        Index(
            "uq_outbox_dedupe_key", "dedupe_key", unique=True, sqlite_where=_KEYED, postgresql_where=_KEYED
        ),
        {"sqlite_autoincrement": True},
    )

    id: int | None = Field(None, primary_key=True, sa_type=BigId)
    person_id: str | None = Field(
        None, foreign_key="person.id", ondelete="CASCADE", sa_type=SafeText
    )  # NULL: somebody without a profile
    chat_id: int = Field(sa_type=BigInteger)
    lane: str = Field(sa_type=SafeText)
    method: str = Field(sa_type=SafeText)
    target_message_id: int | None = Field(None, sa_type=BigInteger)
    body: str = Field(sa_type=Json)
    dedupe_key: str | None = Field(None, sa_type=SafeText)
    purpose: str = Field("", sa_type=SafeText)
    state: str = Field(sa_type=SafeText)
    not_before: datetime = Field(sa_type=Instant)
    due_at: datetime = Field(sa_type=Instant)
    expires_at: datetime | None = Field(None, sa_type=Instant)  # not begun by then: not sent at all
    tries: int = 0
    unknowns: int = 0  # calls whose fate was never learnt
    message_id: int | None = Field(None, sa_type=BigInteger)
    topic_id: int | None = Field(None, sa_type=BigInteger)  # the link in whose topic it is said
    created_at: datetime = Field(sa_type=Instant)
    settled_at: datetime | None = Field(None, sa_type=Instant)
    # Why it failed; of one that waits, "topic_lost": the next time it is given up.
    error: str | None = Field(None, sa_type=SafeText)


class SenderPause(SQLModel, table=True):
    """Nobody sends to this scope before `until`. Scopes: "all", "chat:<id>"."""

    __tablename__ = "sender_pause"

    scope: str = Field(primary_key=True, sa_type=SafeText)
    until: datetime = Field(sa_type=Instant)
