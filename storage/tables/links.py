"""Who follows whom, the topic of each followed person, and which message stands for which."""

from datetime import date, datetime

from sqlalchemy import BigInteger, Index, text
from sqlmodel import Field, SQLModel

from storage.tables.base import one_of
from storage.types import BigId, Instant, Json, SafeText
from storage.words import Direction, TopicState, WordsTo

_CARD_DUE = text("card_due_at IS NOT NULL")
_PLACED = text("to_message IS NOT NULL")
_WAITING = text("waiting_since IS NOT NULL")
_TO_REMIND = text("remind_at IS NOT NULL")
_TOGETHER = text("together IS NOT NULL")


class Link(SQLModel, table=True):
    """A person agreed to be followed by a team, through one of its counsellors; leaving deletes the row.

    `shown`: the lines of the card that they left in. `waiting_since`: their first message without an answer.
    """

    __tablename__ = "link"
    __table_args__ = (
        one_of("words_to", WordsTo),
        Index("uq_link_person_id_team_id", "person_id", "team_id", unique=True),
        Index("ix_link_waiting_since", "waiting_since", sqlite_where=_WAITING, postgresql_where=_WAITING),
        Index("ix_link_remind_at", "remind_at", sqlite_where=_TO_REMIND, postgresql_where=_TO_REMIND),
        {"sqlite_autoincrement": True},
    )

    id: int | None = Field(None, primary_key=True, sa_type=BigId)
    person_id: str = Field(foreign_key="person.id", ondelete="CASCADE", sa_type=SafeText)
    team_id: str = Field(foreign_key="team.id", ondelete="CASCADE", index=True, sa_type=SafeText)
    counsellor_id: int = Field(foreign_key="counsellor.id", ondelete="CASCADE", index=True, sa_type=BigId)
    cover_id: int | None = Field(None, foreign_key="counsellor.id", ondelete="SET NULL", sa_type=BigId)
    cover_until: date | None = None  # last day of it, in the team's zone
    shown: str = Field(sa_type=Json)
    initial: str = Field("", sa_type=SafeText)  # of the family name, one letter, as the person agreed
    words_to: str = Field(sa_type=SafeText)
    receipt: str = Field(sa_type=SafeText)
    linked_at: datetime = Field(sa_type=Instant)
    waiting_since: datetime | None = Field(None, sa_type=Instant)
    reminded_at: datetime | None = Field(None, sa_type=Instant)  # the counsellor, of the message that waits
    human_asked_at: datetime | None = Field(None, sa_type=Instant)
    call_asked_at: datetime | None = Field(None, sa_type=Instant)
    last_contact_at: datetime | None = Field(None, sa_type=Instant)  # the counsellor's last message
    last_word_at: datetime | None = Field(None, sa_type=Instant)  # the person's last message to the team
    remind_at: datetime | None = Field(
        None, sa_type=Instant
    )  # when the counsellor is reminded that they wait
    cut_at: datetime | None = Field(
        None, sa_type=Instant
    )  # since when the team knows that Bob cannot reach them


class Topic(SQLModel, table=True):
    """Where a link is followed in its team's group; made before Telegram is asked for the topic.

    In a plain group `thread_id` stays NULL. `card_due_at`: the card is to be written anew, not before this instant.
    """

    __tablename__ = "topic"
    __table_args__ = (
        one_of("state", TopicState),
        Index("ix_topic_chat_id_thread_id", "chat_id", "thread_id"),
        Index("ix_topic_card_due_at", "card_due_at", sqlite_where=_CARD_DUE, postgresql_where=_CARD_DUE),
    )

    link_id: int = Field(
        primary_key=True,
        foreign_key="link.id",
        ondelete="CASCADE",
        sa_type=BigId,
        sa_column_kwargs={"autoincrement": False},
    )
    chat_id: int = Field(sa_type=BigInteger)
    thread_id: int | None = Field(None, sa_type=BigInteger)
    state: str = Field(sa_type=SafeText)
    name: str = Field(sa_type=SafeText)  # as Telegram has it, or will
    recreated: int = 0
    card_message: int | None = Field(None, sa_type=BigInteger)
    card_digest: str | None = Field(None, sa_type=SafeText)  # SHA-256 of what the card says
    card_due_at: datetime | None = Field(None, sa_type=Instant)
    card_edited_at: datetime | None = Field(None, sa_type=Instant)


class Mention(SQLModel, table=True):
    """A message of Bob that names a followed person outside of their own topic: it goes when they leave.

    `link_id` is NULL when they left while the call was under way: the message is deleted as soon as it is there.
    """

    __tablename__ = "mention"
    __table_args__ = (
        Index("ix_mention_place", "chat_id", "message_id"),
        {"sqlite_autoincrement": True},
    )

    id: int | None = Field(None, primary_key=True, sa_type=BigId)
    link_id: int | None = Field(None, foreign_key="link.id", ondelete="SET NULL", index=True, sa_type=BigId)
    chat_id: int = Field(sa_type=BigInteger)
    message_id: int | None = Field(None, sa_type=BigInteger)  # NULL until it was delivered
    outbox_id: int | None = Field(None, index=True, sa_type=BigInteger)  # NULL once it was


class Relay(SQLModel, table=True):
    """A message and the one that stands for it on the other side. `to_message` is known once it was delivered."""

    __tablename__ = "relay"
    __table_args__ = (
        one_of("direction", Direction),
        Index("uq_relay_source", "link_id", "from_chat", "from_message", unique=True),
        Index("ix_relay_target", "to_chat", "to_message", sqlite_where=_PLACED, postgresql_where=_PLACED),
        Index("ix_relay_together", "together", sqlite_where=_TOGETHER, postgresql_where=_TOGETHER),
        Index("ix_relay_link_id_direction", "link_id", "direction", "id"),
        {"sqlite_autoincrement": True},
    )

    id: int | None = Field(None, primary_key=True, sa_type=BigId)
    link_id: int = Field(foreign_key="link.id", ondelete="CASCADE", sa_type=BigId)
    direction: str = Field(sa_type=SafeText)
    counsellor_id: int | None = Field(None, foreign_key="counsellor.id", ondelete="SET NULL", sa_type=BigId)
    from_chat: int = Field(sa_type=BigInteger)
    from_message: int = Field(sa_type=BigInteger)
    to_chat: int = Field(sa_type=BigInteger)
    to_message: int | None = Field(None, sa_type=BigInteger)
    kind: str = Field(
        sa_type=SafeText
    )  # text, photo...; prompt (the Write button's); heading (a name over the next)
    outbox_id: int | None = Field(None, index=True, sa_type=BigInteger)
    at: datetime = Field(sa_type=Instant, index=True)
    failed: str | None = Field(None, sa_type=SafeText)  # why it could not be delivered, one of our words
    together: str | None = Field(None, sa_type=SafeText)  # the same for the messages of an album
    delivered_at: datetime | None = Field(None, sa_type=Instant)
