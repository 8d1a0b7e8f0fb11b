"""Jobs that people found, and the counts of what they answer later, which are nobody's."""

from datetime import date

from sqlmodel import Field, SQLModel

from storage.types import SafeText


class Job(SQLModel, table=True):
    """A job that the person told of: said on the local date `found_on`, and over, as they said, on `over_on`."""

    __tablename__ = "job"

    person_id: str = Field(primary_key=True, foreign_key="person.id", ondelete="CASCADE", sa_type=SafeText)
    found_on: date = Field(primary_key=True)
    over_on: date | None = None


class SurveyCount(SQLModel, table=True):
    """How often a question was answered so in a calendar year. No person, no instant, no row of one answer."""

    __tablename__ = "survey_count"

    question: str = Field(primary_key=True, sa_type=SafeText)
    answer: str = Field(primary_key=True, sa_type=SafeText)
    year: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    answers: int
