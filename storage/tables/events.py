"""What happens with the actions, counted for those who agreed to research. No row names anybody."""

from datetime import date

from sqlmodel import Field, SQLModel

from storage.tables.base import one_of
from storage.types import BigId, SafeText
from storage.words import Arm, EventKind


class EventSubject(SQLModel, table=True):
    """Which person the events of a key are about; deleted with the person, so that their events are nobody's."""

    __tablename__ = "event_subject"

    person_id: str = Field(primary_key=True, foreign_key="person.id", ondelete="CASCADE", sa_type=SafeText)
    subject_key: str = Field(unique=True, sa_type=SafeText)


class Event(SQLModel, table=True):
    """One thing that happened on a local date. `action`: its id in the catalogue. `situation`: the group of the person.

    `arm`: whether actions came with the prompt to plan in that week. `amount`: how many, for applications and the like.
    """

    __tablename__ = "event"
    __table_args__ = (one_of("kind", EventKind), one_of("arm", Arm), {"sqlite_autoincrement": True})

    id: int | None = Field(None, primary_key=True, sa_type=BigId)
    subject_key: str = Field(index=True, sa_type=SafeText)
    kind: str = Field(sa_type=SafeText)
    day: date = Field(index=True)
    action: str | None = Field(None, sa_type=SafeText)
    situation: str | None = Field(None, sa_type=SafeText)
    arm: str = Field(sa_type=SafeText)
    amount: int = 1
