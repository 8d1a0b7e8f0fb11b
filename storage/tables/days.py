"""Days, actions, plans, refusals told, and what the person answered to the strategies."""

from datetime import date, datetime

from sqlalchemy import Index, text
from sqlmodel import Field, SQLModel

from storage.tables.base import one_of
from storage.types import BigId, Instant, Json, LocalTime, Real, SafeText
from storage.words import ActionOrigin, DayOrigin, RecallState, StrategyState


class Day(SQLModel, table=True):
    """A local date that had its push, its micro-action, an action of the person's own choice, or was missed.

    Its key forbids a second push.
    """

    __tablename__ = "day"
    __table_args__ = (one_of("origin", DayOrigin),)

    person_id: str = Field(primary_key=True, foreign_key="person.id", ondelete="CASCADE", sa_type=SafeText)
    local_date: date = Field(primary_key=True)
    origin: str = Field(sa_type=SafeText)
    cause: str | None = Field(None, sa_type=SafeText)
    created_at: datetime = Field(sa_type=Instant)


class Action(SQLModel, table=True):
    """An action that a person received. At most one of a person is open.

    `family`, `outcome` and `refusal` hold words of `bot.advice.facts`, which may grow: no constraint lists
    them. `situation` to `learnt` say how it was chosen (`bot.advice.learning.exploring.Decision`); older rows lack
    them. `own_words`: the action is the person's own, in their words, and no item of the catalogue; with
    `author`, in the counsellor's.
    """

    __tablename__ = "action"
    __table_args__ = (
        one_of("origin", ActionOrigin),
        Index("ix_action_person_id_local_date", "person_id", "local_date"),
        Index(
            "uq_action_open",
            "person_id",
            unique=True,
            sqlite_where=text("outcome = 'open'"),
            postgresql_where=text("outcome = 'open'"),
        ),
        {"sqlite_autoincrement": True},
    )

    id: int | None = Field(None, primary_key=True, sa_type=BigId)
    person_id: str = Field(foreign_key="person.id", ondelete="CASCADE", sa_type=SafeText)
    local_date: date
    catalogue_id: str = Field(sa_type=SafeText)
    family: str = Field(sa_type=SafeText)
    effort: str = Field(sa_type=SafeText)
    minutes: int
    origin: str = Field(sa_type=SafeText)
    easier: bool = False
    stuck: bool = False
    outcome: str = Field(sa_type=SafeText)
    refusal: str | None = Field(None, sa_type=SafeText)
    felt: str | None = Field(None, sa_type=SafeText)
    reasons: str = Field(sa_type=Json)
    opened_at: datetime = Field(sa_type=Instant)
    closed_at: datetime | None = Field(None, sa_type=Instant)
    situation: str | None = Field(None, sa_type=SafeText)
    propensity: float | None = Field(None, sa_type=Real)
    explored: bool | None = None
    learnt: str | None = Field(None, sa_type=SafeText)
    own_words: str | None = Field(None, sa_type=SafeText)
    author: str | None = Field(None, sa_type=SafeText)  # name of the counsellor who assigned it


class Plan(SQLModel, table=True):
    """When, where, what if: the plan of an action. Local time and zone are kept, the instant derived."""

    __tablename__ = "plan"
    __table_args__ = (
        one_of("recall_state", RecallState),
        Index(
            "ix_plan_recall_at",
            "recall_at",
            sqlite_where=text("recall_at IS NOT NULL AND recall_state = 'waiting'"),
            postgresql_where=text("recall_at IS NOT NULL AND recall_state = 'waiting'"),
        ),
    )

    action_id: int = Field(
        primary_key=True,
        foreign_key="action.id",
        ondelete="CASCADE",
        sa_type=BigId,
        sa_column_kwargs={"autoincrement": False},
    )
    local_when: datetime | None = Field(None, sa_type=LocalTime)
    time_zone: str | None = Field(None, sa_type=SafeText)
    place: str | None = Field(None, sa_type=SafeText)
    obstacle: str | None = Field(None, sa_type=SafeText)
    fallback: str | None = Field(None, sa_type=SafeText)
    recall_at: datetime | None = Field(None, sa_type=Instant)
    recall_state: str = Field(sa_type=SafeText)
    recalled_on: date | None = None  # local date on which the recall went out


class EmployerRefusal(SQLModel, table=True):
    """A local date on which the person told of an employer's refusal. Nothing is kept of the employer."""

    __tablename__ = "employer_refusal"

    person_id: str = Field(primary_key=True, foreign_key="person.id", ondelete="CASCADE", sa_type=SafeText)
    local_date: date = Field(primary_key=True)


class StrategyAnswer(SQLModel, table=True):
    """What the person last answered to a strategy."""

    __tablename__ = "strategy_answer"
    __table_args__ = (one_of("state", StrategyState),)

    person_id: str = Field(primary_key=True, foreign_key="person.id", ondelete="CASCADE", sa_type=SafeText)
    strategy_id: str = Field(primary_key=True, sa_type=SafeText)
    state: str = Field(sa_type=SafeText)
    reason: str | None = Field(None, sa_type=SafeText)
    decided_at: datetime = Field(sa_type=Instant)
    until: date | None = None  # a refused family stays away until this local date
