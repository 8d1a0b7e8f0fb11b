"""Statements whose words differ between the two databases."""

from collections.abc import Callable
from typing import Any

from sqlalchemy import Connection, CursorResult
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.sql.dml import ReturningInsert

Insert = sqlite.Insert | postgresql.Insert


class InsertOnce:
    """An insert with an ON CONFLICT clause, built once for each database and chosen by the connection's dialect."""

    def __init__(self, build: Callable[[Callable[..., Any]], Insert | ReturningInsert[Any]]) -> None:
        # Without the option, an insert does not tell how many rows it made.
        self._statements = {
            name: build(insert_into).execution_options(preserve_rowcount=True)
            for name, insert_into in (("sqlite", sqlite.insert), ("postgresql", postgresql.insert))
        }

    def execute(self, conn: Connection, values: dict[str, Any]) -> CursorResult[Any]:
        return conn.execute(self._statements[conn.dialect.name], values)
