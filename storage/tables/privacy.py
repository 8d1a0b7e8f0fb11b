"""The audit log, whose rows name nobody once the mapping is gone, and the list of deletions."""

from datetime import datetime

from sqlmodel import Field, SQLModel

from storage.types import BigId, Instant, SafeText


class Subject(SQLModel, table=True):
    """Which person an audit row is about; deleted with the person."""

    __tablename__ = "subject"

    person_id: str = Field(primary_key=True, foreign_key="person.id", ondelete="CASCADE", sa_type=SafeText)
    subject_key: str = Field(unique=True, sa_type=SafeText)


class Audit(SQLModel, table=True):
    """What happened to a subject's data.

    Append-only (triggers forbid the rest); `what` holds no personal data.
    """

    __tablename__ = "audit"
    __table_args__ = ({"sqlite_autoincrement": True},)

    id: int | None = Field(None, primary_key=True, sa_type=BigId)
    subject_key: str = Field(index=True, sa_type=SafeText)
    what: str = Field(sa_type=SafeText)
    actor: str | None = Field(None, sa_type=SafeText)  # `counsellor.audit_key`; NULL: the person, or Bob
    at: datetime = Field(sa_type=Instant)


class Deletion(SQLModel, table=True):
    """A deleted person: the SHA-256 of their internal id, so that a restored backup forgets them again."""

    __tablename__ = "deletion"

    digest: str = Field(primary_key=True, sa_type=SafeText)
    deleted_at: datetime = Field(sa_type=Instant)
