"""A person's applications and weekly reviews. What is told of an employer stands here, and nowhere else."""

from datetime import date

from sqlmodel import Field, SQLModel

from storage.tables.base import one_of
from storage.types import SafeText
from storage.words import ApplicationState, ReviewSubject


class Application(SQLModel, table=True):
    """One application, by its number among the person's. All dates are local.

    Each state has the date on which it began (that of an interview may lie ahead).
    """

    __tablename__ = "application"
    __table_args__ = (one_of("state", ApplicationState),)

    person_id: str = Field(primary_key=True, foreign_key="person.id", ondelete="CASCADE", sa_type=SafeText)
    number: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    created_on: date
    state: str = Field(sa_type=SafeText)
    company: str | None = Field(None, sa_type=SafeText)
    job: str | None = Field(None, sa_type=SafeText)
    channel: str | None = Field(None, sa_type=SafeText)  # a word of `bot.advice.applications`, which may grow
    place: str | None = Field(None, sa_type=SafeText)  # a link
    todo_on: date | None = None
    sent_on: date | None = None
    interview_on: date | None = None
    offer_on: date | None = None
    refused_on: date | None = None
    prompted_on: date | None = None  # when Bob last offered to follow up
    prompts: int = 0  # how often, in its present state
    followed_on: date | None = None  # when the person did
    wanted: bool = True  # whether following up is
    touched_on: date = Field(index=True)  # date of the last change: what is old is forgotten


class Review(SQLModel, table=True):
    """A weekly review on a local date: what was asked for, what was answered, and the goal of the next seven days."""

    __tablename__ = "review"
    __table_args__ = (one_of("asked", ReviewSubject),)

    person_id: str = Field(primary_key=True, foreign_key="person.id", ondelete="CASCADE", sa_type=SafeText)
    local_date: date = Field(primary_key=True)
    asked: str | None = Field(None, sa_type=SafeText)
    told: int | None = None
    goal_applications: int | None = None
    goal_contacts: int | None = None
