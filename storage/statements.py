"""Statements made once, in the words of each database, and run with as little as possible around them.

SQLAlchemy writes the statements and knows the types; but running them through it costs five times what the
driver does, and a turn runs half a dozen. So they are compiled once for each database, and then go straight
to the driver's cursor.
"""

from collections.abc import Callable, Mapping
from typing import Any

from sqlalchemy import (
    Column,
    ColumnElement,
    Connection,
    Delete,
    Insert,
    Select,
    Update,
    bindparam,
    literal_column,
    update,
)
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine.interfaces import Dialect
from sqlalchemy.exc import DBAPIError
from sqlalchemy.sql.dml import ReturningInsert

Sentence = Select[*tuple[Any, ...]] | Insert | ReturningInsert[*tuple[Any, ...]] | Update | Delete

Convert = Callable[[Any], Any]


def word(text: str) -> ColumnElement[str]:
    """One of our own words, written into the statement: only then is a partial index on it recognised."""
    assert text.replace("_", "").isalpha()
    return literal_column(f"'{text}'")


def is_in(column: ColumnElement[Any], words: tuple[str, ...]) -> ColumnElement[bool]:
    """Whether the column holds one of our own words, written in the same way."""
    return column.in_([word(each) for each in words])


class Statement:
    """A statement, compiled once for each database.

    Made from a Core statement, or from a function that makes one with the database's own `insert` (for ON
    CONFLICT). An insert without values sets every column but a self-numbered id. At each run, the parameters
    are given by name; one that is missing raises KeyError. Lists (IN) are not among them. It runs in the
    transaction that the connection has open.
    """

    __slots__ = ("_compiled", "_make")

    def __init__(self, statement: Sentence | Callable[[Any], Any]) -> None:
        self._make = statement
        self._compiled: dict[str, _Compiled] = {}

    def count(self, conn: Connection, **values: Any) -> int:
        """Run it; how many rows it changed."""
        compiled = self._for(conn)
        cursor = compiled.run(conn, values)
        changed = int(cursor.rowcount)
        cursor.close()
        return changed

    def rows(self, conn: Connection, **values: Any) -> list[list[Any]]:
        """Run it; the rows it returns."""
        compiled = self._for(conn)
        cursor = compiled.run(conn, values)
        found = [compiled.to_python(row) for row in cursor.fetchall()]
        cursor.close()
        return found

    def row(self, conn: Connection, **values: Any) -> list[Any] | None:
        """Run it; the first row it returns, if any."""
        found = self.rows(conn, **values)
        return found[0] if found else None

    def value(self, conn: Connection, **values: Any) -> Any:
        """Run it; the first column of the first row, None without a row."""
        found = self.rows(conn, **values)
        return found[0][0] if found else None

    def _for(self, conn: Connection) -> "_Compiled":
        name = conn.dialect.name
        compiled = self._compiled.get(name)
        if compiled is None:
            make = self._make
            if callable(make):
                make = make(postgresql.insert if name == "postgresql" else sqlite.insert)
            compiled = self._compiled[name] = _Compiled(make, conn.dialect)
        return compiled


class _Compiled:
    """A statement's words for one database, and how values go in and come out."""

    __slots__ = ("_by_position", "_names", "_outgoing", "_parameters", "_sql")

    def __init__(self, statement: Any, dialect: Dialect) -> None:
        columns = None
        if statement.is_insert:
            own_number = statement.table.autoincrement_column
            columns = [column.name for column in statement.table.c if column is not own_number]
        compiled = statement.compile(dialect=dialect, column_keys=columns)
        self._sql = str(compiled)
        self._by_position = bool(compiled.positional)
        names = compiled.positiontup if self._by_position else list(compiled.binds)
        self._names = tuple(names)
        self._parameters = [_parameter(name, compiled.binds[name], dialect) for name in names]
        returned = (
            () if not (statement.is_select or statement.exported_columns) else statement.exported_columns
        )
        out = [column.type.dialect_impl(dialect).result_processor(dialect, None) for column in returned]
        self._outgoing = [(at, process) for at, process in enumerate(out) if process is not None]

    def run(self, conn: Connection, values: Mapping[str, Any]) -> Any:
        """Execute it; returns the driver's cursor. Raises DBAPIError as SQLAlchemy would."""
        given: list[Any] = []
        for name, process, required, constant in self._parameters:
            if name in values:
                value = values[name]
                given.append(value if process is None else process(value))
            elif required:
                raise KeyError(name)
            else:
                given.append(constant)
        cursor = conn.connection.cursor()
        try:
            if self._by_position:
                cursor.execute(self._sql, given)
            else:
                cursor.execute(
                    self._sql, dict(zip((each[0] for each in self._parameters), given, strict=True))
                )
        except Exception as error:
            cursor.close()
            raise self._wrapped(conn, error) from error
        return cursor

    def to_python(self, row: tuple[Any, ...]) -> list[Any]:
        """A row of the driver as Bob's values."""
        values = list(row)
        for at, process in self._outgoing:
            values[at] = process(values[at])
        return values

    def _wrapped(self, conn: Connection, error: Exception) -> Exception:
        driver = conn.dialect.loaded_dbapi
        if not isinstance(error, driver.Error):
            return error
        lost = conn.dialect.is_disconnect(error, conn.connection.dbapi_connection, None)
        wrapped = DBAPIError.instance(
            self._sql, None, error, driver.Error, hide_parameters=True, connection_invalidated=lost
        )
        if lost:
            conn.invalidate(error)
        return wrapped


def _parameter(name: str, bind: Any, dialect: Dialect) -> tuple[str, Convert | None, bool, Any]:
    """How a parameter goes to the driver: (name, conversion, whether it must be given, else its value)."""
    process = bind.type.dialect_impl(dialect).bind_processor(dialect)
    constant = None if bind.required else bind.value
    return name, process, bool(bind.required), constant if process is None else process(constant)


class Changes:
    """Updates of some columns of the row whose `key` has a given value: each set of columns is one statement.

    `may_set` is the TypedDict of the columns that callers may set; `always` are set at every change.
    """

    __slots__ = ("_always", "_key", "_made", "_may_set")

    def __init__(self, key: Column[Any], may_set: type, **always: ColumnElement[Any]) -> None:
        self._key = key
        self._may_set = frozenset(may_set.__annotations__)
        self._always = always
        self._made: dict[tuple[str, ...], Statement] = {}

    def count(self, conn: Connection, of: int | str, values: Mapping[str, Any]) -> int:
        """How many rows it changed. TypeError names the columns that may not be set."""
        columns = tuple(values)
        statement = self._made.get(columns)
        if statement is None:
            statement = self._made[columns] = self._statement(columns)
        return statement.count(conn, **values, of=of)

    def _statement(self, columns: tuple[str, ...]) -> Statement:
        table = self._key.table
        unknown = set(columns) - self._may_set
        if unknown:
            raise TypeError(f"{table.name} has no such change: {', '.join(sorted(unknown))}")
        given = {name: bindparam(name, type_=table.c[name].type) for name in columns}
        return Statement(update(table).where(self._key == bindparam("of")).values(given | self._always))
