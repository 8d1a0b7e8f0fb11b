"""Counters and single values of the installation."""

from sqlalchemy import BigInteger
from sqlmodel import Field, SQLModel

from storage.types import SafeText


class Counter(SQLModel, table=True):
    """How often something happened: "repeats", "lost", "set_aside"..."""

    __tablename__ = "counter"

    name: str = Field(primary_key=True, sa_type=SafeText)
    value: int = Field(sa_type=BigInteger)


class Meta(SQLModel, table=True):
    """A value of the installation, such as the bot's id or the polling offset."""

    __tablename__ = "meta"

    key: str = Field(primary_key=True, sa_type=SafeText)
    value: str = Field(sa_type=SafeText)
