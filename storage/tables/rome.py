"""The official referential of occupations (ROME), as imported by `bob data import rome`."""

from datetime import datetime

from sqlmodel import Field, SQLModel

from storage.types import Instant, SafeText


class RomeVersion(SQLModel, table=True):
    """The version in use: one row at the most. `digest`: SHA-256 of what was imported, in hexadecimal."""

    __tablename__ = "rome_version"

    version: str = Field(primary_key=True, sa_type=SafeText)
    digest: str = Field(sa_type=SafeText)
    imported_at: datetime = Field(sa_type=Instant)


class RomeOccupation(SQLModel, table=True):
    """A code of ROME 4.0. `parent`: its code in the third edition."""

    __tablename__ = "rome_occupation"

    code: str = Field(primary_key=True, sa_type=SafeText)
    label: str = Field(sa_type=SafeText)
    parent: str = Field(sa_type=SafeText)


class RomeTitle(SQLModel, table=True):
    """A title ("appellation") by its OGR number. `rare`: marked as little used."""

    __tablename__ = "rome_title"

    ogr: str = Field(primary_key=True, sa_type=SafeText)
    text: str = Field(sa_type=SafeText)
    code: str = Field(sa_type=SafeText)
    rare: bool


class RomeMobility(SQLModel, table=True):
    """From an occupation to one close to it; the closest has the lowest rank."""

    __tablename__ = "rome_mobility"

    code: str = Field(primary_key=True, sa_type=SafeText)
    target: str = Field(primary_key=True, sa_type=SafeText)
    rank: int


class RomeSuccessor(SQLModel, table=True):
    """What took the place of a code that disappeared."""

    __tablename__ = "rome_successor"

    code: str = Field(primary_key=True, sa_type=SafeText)
    successor: str = Field(sa_type=SafeText)
