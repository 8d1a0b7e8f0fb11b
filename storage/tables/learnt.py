"""What was learnt from everybody's answers."""

from datetime import datetime

from sqlmodel import Field, SQLModel

from storage.types import Instant, SafeText


class Learnt(SQLModel, table=True):
    """The multipliers in use, one row a subject ("actions"). `multipliers`: JSON, see `bot.advice.learning.learnt`."""

    __tablename__ = "learnt"

    subject: str = Field(primary_key=True, sa_type=SafeText)
    version: str = Field(sa_type=SafeText)
    computed_at: datetime = Field(sa_type=Instant)
    multipliers: str = Field(sa_type=SafeText)
