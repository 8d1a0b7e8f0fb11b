"""Statements whose words differ between the two databases."""

from collections.abc import Callable
from typing import Any

from sqlalchemy import ColumnElement, Connection, CursorResult, literal_column
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.sql.dml import ReturningInsert


def word(text: str) -> ColumnElement[str]:
    """One of our own words, written into the statement: only then is a partial index on it recognised."""
    assert text.replace("_", "").isalpha()
    return literal_column(f"'{text}'")


def is_in(column: ColumnElement[Any], words: tuple[str, ...]) -> ColumnElement[bool]:
    """Whether the column holds one of our own words, written in the same way."""
    return column.in_([word(each) for each in words])


Insert = sqlite.Insert | postgresql.Insert


class InsertOnce:
    """An insert with an ON CONFLICT clause, built once for each database."""

    def __init__(self, build: Callable[[Callable[..., Any]], Insert | ReturningInsert[Any]]) -> None:
        # Without the option, an insert does not tell how many rows it made.
        self._statements = {
            name: build(insert_into).execution_options(preserve_rowcount=True)
            for name, insert_into in (("sqlite", sqlite.insert), ("postgresql", postgresql.insert))
        }

    def execute(self, conn: Connection, values: dict[str, Any]) -> CursorResult[Any]:
        return conn.execute(self._statements[conn.dialect.name], values)
