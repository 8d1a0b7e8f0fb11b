"""What counsellors do for people: actions they assign, what they propose, notes, words kept for later."""

from datetime import date, datetime

from sqlalchemy import BigInteger, Index, text
from sqlmodel import Field, SQLModel

from storage.tables.base import one_of
from storage.types import BigId, Instant, Json, SafeText
from storage.words import AssignmentState, LaterState, ProposalKind, ProposalState

_TELL = text("tell_at IS NOT NULL")
_DUE = text("due_at IS NOT NULL")
_LATER = text("state = 'waiting'")
_PLACED = text("message_id IS NOT NULL")


class Assignment(SQLModel, table=True):
    """An action that a counsellor chose for somebody: an item of the catalogue, or words of the counsellor's.

    A draft has no date yet. `due_on`: the person's local date from which it takes the day's message. `action_id`: the
    action that it became. `tell_at`: the topic is to be told what became of it; `told`: what it was told last.
    """

    __tablename__ = "assignment"
    __table_args__ = (
        one_of("state", AssignmentState),
        Index("ix_assignment_link_id", "link_id"),
        Index("ix_assignment_tell_at", "tell_at", sqlite_where=_TELL, postgresql_where=_TELL),
        Index("ix_assignment_action_id", "action_id"),
        {"sqlite_autoincrement": True},
    )

    id: int | None = Field(None, primary_key=True, sa_type=BigId)
    link_id: int = Field(foreign_key="link.id", ondelete="CASCADE", sa_type=BigId)
    counsellor_id: int | None = Field(None, foreign_key="counsellor.id", ondelete="SET NULL", sa_type=BigId)
    author: str = Field(sa_type=SafeText)  # the counsellor's name, as the person reads it
    catalogue_id: str | None = Field(None, sa_type=SafeText)
    words: str | None = Field(None, sa_type=SafeText)
    reason: str | None = Field(None, sa_type=SafeText)
    due_on: date | None = None
    state: str = Field(sa_type=SafeText)
    action_id: int | None = Field(None, foreign_key="action.id", ondelete="SET NULL", sa_type=BigId)
    created_at: datetime = Field(sa_type=Instant)
    tell_at: datetime | None = Field(None, sa_type=Instant)
    told: str | None = Field(None, sa_type=SafeText)
    help_at: datetime | None = Field(
        None, sa_type=Instant
    )  # the person asked the counsellor for a hand with it


class Proposal(SQLModel, table=True):
    """What a counsellor proposes, and the person may refuse: an appointment, a pause, somebody else to follow them.

    `due_at`: when its next step falls due (to be said, to take effect, to end). `uid`: of the appointment.
    """

    __tablename__ = "proposal"
    __table_args__ = (
        one_of("kind", ProposalKind),
        one_of("state", ProposalState),
        Index("ix_proposal_link_id", "link_id"),
        Index("ix_proposal_due_at", "due_at", sqlite_where=_DUE, postgresql_where=_DUE),
        {"sqlite_autoincrement": True},
    )

    id: int | None = Field(None, primary_key=True, sa_type=BigId)
    link_id: int = Field(foreign_key="link.id", ondelete="CASCADE", sa_type=BigId)
    counsellor_id: int | None = Field(None, foreign_key="counsellor.id", ondelete="SET NULL", sa_type=BigId)
    kind: str = Field(sa_type=SafeText)
    state: str = Field(sa_type=SafeText)
    uid: str | None = Field(None, unique=True, sa_type=SafeText)
    data: str = Field(sa_type=Json)
    created_at: datetime = Field(sa_type=Instant)
    due_at: datetime | None = Field(None, sa_type=Instant)


class TeamNote(SQLModel, table=True):
    """A note of a counsellor for colleagues; the person can read it in their data."""

    __tablename__ = "team_note"
    __table_args__ = (Index("ix_team_note_link_id", "link_id"), {"sqlite_autoincrement": True})

    id: int | None = Field(None, primary_key=True, sa_type=BigId)
    link_id: int = Field(foreign_key="link.id", ondelete="CASCADE", sa_type=BigId)
    counsellor_id: int | None = Field(None, foreign_key="counsellor.id", ondelete="SET NULL", sa_type=BigId)
    author: str = Field(sa_type=SafeText)
    words: str = Field(sa_type=SafeText)
    at: datetime = Field(sa_type=Instant)


class Favourite(SQLModel, table=True):
    """Somebody whom a counsellor put at the top of their own list."""

    __tablename__ = "favourite"

    counsellor_id: int = Field(
        primary_key=True, foreign_key="counsellor.id", ondelete="CASCADE", sa_type=BigId
    )
    link_id: int = Field(
        primary_key=True, foreign_key="link.id", ondelete="CASCADE", index=True, sa_type=BigId
    )


class QuickReply(SQLModel, table=True):
    """Words that a counsellor sends often, with variables in braces."""

    __tablename__ = "quick_reply"
    __table_args__ = ({"sqlite_autoincrement": True},)

    id: int | None = Field(None, primary_key=True, sa_type=BigId)
    counsellor_id: int = Field(foreign_key="counsellor.id", ondelete="CASCADE", index=True, sa_type=BigId)
    words: str = Field(sa_type=SafeText)


class LaterMessage(SQLModel, table=True):
    """A counsellor's message that is to be copied to the person at `send_at`, as it reads then."""

    __tablename__ = "later_message"
    __table_args__ = (
        one_of("state", LaterState),
        Index("uq_later_message_source", "link_id", "from_chat", "from_message", unique=True),
        Index("ix_later_message_send_at", "send_at", sqlite_where=_LATER, postgresql_where=_LATER),
        {"sqlite_autoincrement": True},
    )

    id: int | None = Field(None, primary_key=True, sa_type=BigId)
    link_id: int = Field(foreign_key="link.id", ondelete="CASCADE", sa_type=BigId)
    counsellor_id: int | None = Field(None, foreign_key="counsellor.id", ondelete="SET NULL", sa_type=BigId)
    from_chat: int = Field(sa_type=BigInteger)
    from_message: int = Field(sa_type=BigInteger)
    send_at: datetime = Field(sa_type=Instant)
    state: str = Field(sa_type=SafeText)


class TeamPrompt(SQLModel, table=True):
    """A question of Bob to a counsellor; the answer to its message is what was asked for, and goes nowhere else."""

    __tablename__ = "team_prompt"
    __table_args__ = (
        Index(
            "ix_team_prompt_message", "chat_id", "message_id", sqlite_where=_PLACED, postgresql_where=_PLACED
        ),
        Index("ix_team_prompt_outbox_id", "outbox_id"),
        {"sqlite_autoincrement": True},
    )

    id: int | None = Field(None, primary_key=True, sa_type=BigId)
    chat_id: int = Field(sa_type=BigInteger)
    message_id: int | None = Field(None, sa_type=BigInteger)
    outbox_id: int = Field(sa_type=BigInteger)
    counsellor_id: int = Field(foreign_key="counsellor.id", ondelete="CASCADE", sa_type=BigId)
    link_id: int | None = Field(None, foreign_key="link.id", ondelete="CASCADE", sa_type=BigId)
    kind: str = Field(sa_type=SafeText)
    data: str = Field(sa_type=Json)
    at: datetime = Field(sa_type=Instant, index=True)
