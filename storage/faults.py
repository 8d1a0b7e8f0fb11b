"""What an error of a database driver means: worth another try, or a sentence that says what to do."""

import re
import sqlite3

from sqlalchemy.exc import DBAPIError

from storage.errors import StoreError

_PASSING_SQLSTATES = {
    "40001",  # serialization failure
    "40P01",  # deadlock
    "55P03",  # lock not available in time
    "57P01",  # the server shuts down
    "57P02",
    "57P03",  # the server starts up
    "53300",  # too many connections
}

_PASSING_REFUSALS = ("starting up", "shutting down", "recovery", "too many", "remaining connection slots")

_POSTGRES_SENTENCES = {
    "53100": "The database server's disk is full: free some space there, then start Bob again.",
    "25006": "The database accepts no writing (a standby, or a read-only account): "
    "point DATABASE_URL at the primary.",
    "42501": "The database account may not touch Bob's tables: give it the rights, "
    "or use the account that owns them.",
    "42P01": "A table is missing: the database is older than this Bob. Run `bob db upgrade`.",
    "42703": "A column is missing: the database is older than this Bob. Run `bob db upgrade`.",
}

_SQLITE_SENTENCES = {
    sqlite3.SQLITE_FULL: "The disk is full (or the database reached its size limit): free some space, "
    "then start Bob again. Nothing that was confirmed is lost.",
    sqlite3.SQLITE_READONLY: "The database file cannot be written: "
    "check the rights of the file and of its folder.",
    sqlite3.SQLITE_CANTOPEN: "The database file cannot be opened: "
    "check that its folder exists and can be written.",
    sqlite3.SQLITE_IOERR: "The disk failed while reading or writing the database: "
    "check the disk, then restore the last backup if the file is damaged.",
    sqlite3.SQLITE_CORRUPT: "The database file is damaged: stop Bob and restore the last backup.",
    sqlite3.SQLITE_NOTADB: "The file at DATABASE_URL is not a database: "
    "point it elsewhere, or restore the last backup.",
}


def _sqlite_code(error: DBAPIError) -> int | None:
    """SQLite's primary result code, None for another driver or an error of Python's module itself."""
    code = getattr(error.orig, "sqlite_errorcode", None)
    return None if code is None else int(code) & 0xFF


def _sqlstate(error: DBAPIError) -> str | None:
    state = getattr(error.orig, "sqlstate", None)
    return None if state is None else str(state)


def connection_lost(error: DBAPIError) -> bool:
    """True when the connection to the server broke."""
    return error.connection_invalidated


def may_pass(error: DBAPIError) -> bool:
    """True when the same unit of work may succeed if it is run again."""
    if _sqlite_code(error) in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
        return True
    return connection_lost(error) or _sqlstate(error) in _PASSING_SQLSTATES or _unreachable(error)


def _unreachable(error: DBAPIError) -> bool:
    """True when no connection could be made, and the server gave no lasting reason (such an error has no state)."""
    orig = error.orig
    if not type(orig).__module__.startswith("psycopg") or _sqlstate(error) is not None:
        return False
    if type(orig).__name__ not in ("OperationalError", "ConnectionTimeout"):
        return False
    refusal = _refusal(error)
    return refusal is None or any(words in refusal for words in _PASSING_REFUSALS)


def _refusal(error: DBAPIError) -> str | None:
    """Why the server refused the connection, in its words; None when it said nothing."""
    found = re.search(r"FATAL:\s+(.*)", str(error.orig))
    return None if found is None else found.group(1)


def busy_sentence(error: DBAPIError) -> str:
    """What to do after ten seconds without success."""
    if _sqlite_code(error) is not None:
        return (
            "Another program holds the database file: close it (a backup, a viewer, a second Bob), "
            "then try again."
        )
    if connection_lost(error) or _unreachable(error) or (_sqlstate(error) or "").startswith("57P"):
        return "The database server does not answer: check that it runs and that DATABASE_URL names it."
    return "The database is too busy: other work holds the same rows; try again in a minute."


def explained(error: DBAPIError) -> StoreError:
    """The error as a sentence that says what to do. It quotes no statement and no parameter."""
    code, state = _sqlite_code(error), _sqlstate(error)
    if code in _SQLITE_SENTENCES:
        return StoreError(_SQLITE_SENTENCES[code])
    if state in _POSTGRES_SENTENCES:
        return StoreError(_POSTGRES_SENTENCES[state])
    refusal = None if state is not None or code is not None else _refusal(error)
    if refusal is not None:
        return StoreError(f"The database server refuses the connection ({refusal}): correct DATABASE_URL.")
    if "no such table" in str(error.orig) or "no such column" in str(error.orig):
        return StoreError("The database is older than this Bob: run `bob db upgrade`.")
    if may_pass(error):
        return StoreError(busy_sentence(error))
    return StoreError(f"The database refused a statement ({_named(error)}): this is a fault in Bob.")


def _named(error: DBAPIError) -> str:
    """The error's kind and the constraint it broke. A driver's own text may hold what was to be written."""
    kind = type(error.orig).__name__
    if _sqlite_code(error) == sqlite3.SQLITE_CONSTRAINT:  # this one names columns only
        return f"{kind}: {error.orig}"
    constraint = getattr(getattr(error.orig, "diag", None), "constraint_name", None)
    return kind if constraint is None else f"{kind}: {constraint}"
