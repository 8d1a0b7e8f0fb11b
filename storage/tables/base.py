"""What all tables share: the names of constraints, checks on words, the field of an instant."""

from sqlalchemy import CheckConstraint
from sqlmodel import SQLModel

from storage.words import listed

SQLModel.metadata.naming_convention = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}


def one_of(column: str, words: object) -> CheckConstraint:
    """A constraint: the column holds one of the words of this literal (or NULL, where it may be NULL)."""
    allowed = ", ".join(f"'{word}'" for word in listed(words))
    return CheckConstraint(f"{column} IN ({allowed})", name=column)
