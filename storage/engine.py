"""The database as the rest of Bob sees it: `Store.run` performs one unit of work in one transaction."""

import asyncio
import os
import sqlite3
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from typing import Any, Concatenate, ParamSpec, TypeVar

from sqlalchemy import Connection, Engine
from sqlalchemy.exc import DBAPIError, InterfaceError, InvalidRequestError

from storage import faults
from storage.connections import is_memory, open_engine, parse_url
from storage.errors import StoreError, StoreUncertain
from storage.migrations import upgrade_connection
from storage.patience import Tries
from storage.revisions import refuse_newer

P = ParamSpec("P")
T = TypeVar("T")

POSTGRES_CONNECTIONS = 8  # per process; threads and connections come in equal numbers


class Store:
    """A database, behind units of work: plain functions `fn(conn, ...)`, each run in one transaction.

    A unit of work is committed as a whole or leaves no trace. It may be run again from its start after a
    lock, a deadlock or a lost connection: it must touch nothing but the database, and call no other unit of
    work through the store. It raises what `fn` raises, `StoreBusy` after ten seconds of waiting, `StoreError`
    when the database cannot work at all.

    SQLite: one connection for the store's life; units of work run directly in the caller's thread, one after
    the other (a lock keeps threads apart). Several processes may share the file: each transaction begins
    IMMEDIATE, and one that finds the file locked is tried again without holding up the event loop for more
    than 50 ms at a time.

    PostgreSQL: units of work run in as many threads as there are connections, so several at once; what must
    not overlap is kept apart by row locks. A cancelled `run` stops waiting, but its unit of work still ends
    in its thread.
    """

    def __init__(self, url: str, *, connections: int = POSTGRES_CONNECTIONS) -> None:
        """Open the database at `url` (sqlite:///file, postgresql://...). Raises StoreError or StoreTooNew."""
        parsed = parse_url(url)
        self.dialect: str = parsed.get_backend_name()
        self._engine: Engine = open_engine(parsed, connections=connections)
        on_file = self.dialect == "sqlite" and not is_memory(parsed)
        self._log: str | None = f"{parsed.database}-wal" if on_file else None
        self._lock = threading.RLock()
        self._closed = False
        self._together: list[tuple[Callable[[Connection], Any], asyncio.Future[Any]]] = []
        self._single: Connection | None = None
        self._threads: ThreadPoolExecutor | None = None
        if self.dialect != "sqlite":
            self._threads = ThreadPoolExecutor(connections, thread_name_prefix="store")
        try:
            self.run_sync(upgrade_connection if is_memory(parsed) else refuse_newer)
        except BaseException:
            self.close()
            raise

    async def run(
        self, fn: Callable[Concatenate[Connection, P], T], /, *args: P.args, **kwargs: P.kwargs
    ) -> T:
        """Run `fn(conn, *args, **kwargs)` in one transaction and return what it returns."""
        if self._threads is not None:
            loop = asyncio.get_running_loop()
            return await loop.run_in_executor(self._threads, lambda: self.run_sync(fn, *args, **kwargs))
        tries = Tries()
        while True:
            try:
                return self._once(fn, *args, **kwargs)
            except DBAPIError as error:
                wait = tries.wait_after(error)
            await asyncio.sleep(wait)

    async def run_together(self, fn: Callable[[Connection], T], /) -> T:
        """The same for a small unit of work that may share its transaction with others of the same moment.

        A commit costs as much as such work: under load one commit then serves many. When the shared transaction fails,
        each unit is run by itself. One that is cancelled before it began has no effect.
        """
        if self._threads is not None:
            return await self.run(fn)
        loop = asyncio.get_running_loop()
        if not self._together:
            loop.call_soon(self._run_gathered)
        done: asyncio.Future[Any] = loop.create_future()
        self._together.append((fn, done))
        result: T | _Alone = await done
        return await self.run(fn) if isinstance(result, _Alone) else result

    def _run_gathered(self) -> None:
        gathered = [each for each in self._together if not each[1].done()]
        self._together = []
        if not gathered:
            return
        results: list[Any]
        try:
            results = self._once(lambda conn: [fn(conn) for fn, _ in gathered])
        except Exception:  # whoever is at fault will hear of it when it runs by itself
            results = [_Alone()] * len(gathered)
        for (_, done), result in zip(gathered, results, strict=True):
            if not done.done():
                done.set_result(result)

    def run_sync(
        self, fn: Callable[Concatenate[Connection, P], T], /, *args: P.args, **kwargs: P.kwargs
    ) -> T:
        """The same, blocking the caller's thread: for the command line, and for threads of their own."""
        tries = Tries()
        while True:
            try:
                return self._once(fn, *args, **kwargs)
            except DBAPIError as error:
                wait = tries.wait_after(error)
            time.sleep(wait)

    def sync(self) -> None:
        """Wait until everything committed so far is on the disk (SQLite; PostgreSQL does so with each commit).

        Blocking: a fraction of a millisecond to some tens. Raises StoreError when the disk fails.
        """
        if self._log is None:
            return
        try:
            file = os.open(self._log, os.O_RDONLY)
        except FileNotFoundError:
            return  # nothing was written yet, or a checkpoint has just put everything into the database itself
        try:
            os.fsync(file)
        except OSError as error:
            raise StoreError(
                f"The disk of the database fails ({error.strerror}): check it, and its room."
            ) from error
        finally:
            os.close(file)

    def scrub(self) -> None:
        """Empty SQLite's write-ahead log, where deleted rows can still be read: after deletions, and hourly.

        PostgreSQL's autovacuum does its part by itself. A log that another process reads is left for the next
        time.
        """
        if self._single is None:
            return
        with self._lock:
            driver = self._single.connection.driver_connection
            assert driver is not None
            with suppress(sqlite3.OperationalError):
                driver.execute("PRAGMA wal_checkpoint(TRUNCATE)").close()
            self._single.rollback()

    def close(self) -> None:
        """Close every connection.

        Waits for the units of work that are running; the store is of no use afterwards.
        """
        if self._threads is not None:
            self._threads.shutdown(wait=True)
        with self._lock:
            if self._single is not None:
                self.scrub()
                self._single.close()
                self._single = None
            self._closed = True
        self._engine.dispose()

    def _once(self, fn: Callable[Concatenate[Connection, P], T], /, *args: P.args, **kwargs: P.kwargs) -> T:
        if self.dialect == "sqlite":
            with self._lock:
                if self._closed:
                    raise InvalidRequestError("the store is closed")
                if self._single is None:
                    self._single = self._engine.connect()
                driver: Any = self._single.connection.driver_connection
                if driver.in_transaction:
                    raise InvalidRequestError("a unit of work cannot start another one")
                return _in_sqlite_transaction(self._single, driver, fn, *args, **kwargs)
        with self._engine.connect() as conn:
            return _in_transaction(conn, fn, *args, **kwargs)


class _Alone:
    """Stands for the result of a unit of work that has to be run by itself."""


def _in_sqlite_transaction(
    conn: Connection,
    driver: sqlite3.Connection,
    fn: Callable[Concatenate[Connection, P], T],
    /,
    *args: P.args,
    **kwargs: P.kwargs,
) -> T:
    """The transaction is begun and ended on the driver: SQLAlchemy's own costs more than a statement.

    It opens one of its own inside when the work uses it, which then ends with this one (`connections` sees to it).
    """
    try:
        driver.execute("BEGIN IMMEDIATE").close()
        result = fn(conn, *args, **kwargs)
        if conn.in_transaction():
            conn.commit()
        else:
            driver.commit()
    except BaseException as error:
        _roll_back(conn)
        with suppress(sqlite3.Error):
            driver.rollback()
        if isinstance(error, sqlite3.Error):
            raise DBAPIError.instance(None, None, error, sqlite3.Error, hide_parameters=True) from None
        raise
    return result


def _in_transaction(
    conn: Connection, fn: Callable[Concatenate[Connection, P], T], /, *args: P.args, **kwargs: P.kwargs
) -> T:
    try:
        transaction = conn.begin()
        result = fn(conn, *args, **kwargs)
    except BaseException:
        _roll_back(conn)
        raise
    try:
        transaction.commit()
    except DBAPIError as error:
        _roll_back(conn)
        if faults.connection_lost(error):
            raise StoreUncertain(
                "The connection to the database broke while it was saving; whether it saved is not known. "
                "Check that the database server is up; the work is repeated and recognised if it was done."
            ) from None
        raise
    except BaseException:
        _roll_back(conn)
        raise
    return result


def _roll_back(conn: Connection) -> None:
    """Roll back whatever is open; a broken connection has nothing left to roll back."""
    try:
        conn.rollback()
    except (DBAPIError, InterfaceError, InvalidRequestError):
        conn.invalidate()
