"""Consents, each with the version and the language of the text that was agreed to."""

from datetime import datetime

from sqlalchemy import Index, text
from sqlmodel import Field, SQLModel

from storage.tables.base import one_of
from storage.types import BigId, Instant, SafeText
from storage.words import ConsentKind


class Consent(SQLModel, table=True):
    """One yes, and when it was taken back. At most one of a kind is in force."""

    __tablename__ = "consent"
    __table_args__ = (
        one_of("kind", ConsentKind),
        Index(
            "uq_consent_in_force",
            "person_id",
            "kind",
            unique=True,
            sqlite_where=text("revoked_at IS NULL"),
            postgresql_where=text("revoked_at IS NULL"),
        ),
        {"sqlite_autoincrement": True},
    )

    id: int | None = Field(None, primary_key=True, sa_type=BigId)
    person_id: str = Field(foreign_key="person.id", ondelete="CASCADE", index=True, sa_type=SafeText)
    kind: str = Field(sa_type=SafeText)
    text_version: str = Field(sa_type=SafeText)
    language: str = Field(sa_type=SafeText)
    given_at: datetime = Field(sa_type=Instant)
    revoked_at: datetime | None = Field(None, sa_type=Instant)
