"""Checks of the database: there, of this version, of this bot, its queues moving."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection, func, make_url, select

from bot.commands.doctor import checks
from bot.commands.doctor.checks import Check, fail, ok, several, warn
from bot.telegram.startup import BOT_ID
from storage import counters, learning, meta, migrations, outbox
from storage.engine import Store
from storage.errors import StoreError
from storage.tables.core import inbox

UNLEARNT = timedelta(days=3)
"""What was learnt is computed every day: older shows that nobody ticks."""
LATE = timedelta(minutes=5)
"""A message due for so long shows that nothing sends."""


@dataclass(frozen=True, slots=True)
class _Found:
    """What one look into the database tells."""

    bot_id: str | None
    waiting: outbox.Depth
    paused_until: datetime | None
    set_aside: int
    retrying: int
    counted: dict[str, int]
    learnt: tuple[str, datetime] | None
    seconds_ahead: float | None  # how far this machine's clock is ahead of the server's


def check_database(url: str, now: datetime, *, bot_id: int | None) -> Iterator[Check]:
    """Everything that the database can tell; reads small tables only, whatever the number of people."""
    sqlite = make_url(url).get_backend_name() == "sqlite"
    try:
        standing = migrations.check(url)
        if sqlite and migrations.current(url) is None:
            yield ok("database", f"{_name(url)} is not there yet: Bob makes it when he starts")
            return
        if standing == "behind":
            yield _behind(url, sqlite)
            return
        if standing == "newer":
            yield fail(
                "database",
                f"{_name(url)} was written by a newer Bob (revision {migrations.current(url)}): update Bob, or "
                "restore an older backup",
            )
            return
        store = Store(url)
        try:
            found = store.run_sync(_look, now)
        finally:
            store.close()
    except StoreError as error:
        yield fail("database", str(error))
        return
    yield _ownership(url, found, bot_id)
    if found.seconds_ahead is not None:
        yield checks.clock(found.seconds_ahead, "the database server")
    yield _outbox(found, now)
    yield _updates(found)
    yield _counted(found)
    yield _learnt(found, now)


def _look(conn: Connection, now: datetime) -> _Found:
    states = {
        row[0]: row[1]
        for row in conn.execute(select(inbox.c.state, func.count()).group_by(inbox.c.state)).all()
    }
    seconds = None
    if conn.dialect.name == "postgresql":
        seconds = (now - conn.execute(select(func.clock_timestamp())).scalar_one()).total_seconds()
    return _Found(
        meta.get(conn, BOT_ID),
        outbox.depth(conn),
        outbox.paused_until(conn, "all", now),
        states.get("set_aside", 0),
        states.get("waiting", 0),
        counters.counters(conn),
        learning.version(conn),
        seconds,
    )


def _name(url: str) -> str:
    """How the database may be named in print: a file's path, or a server's address without its password."""
    parsed = make_url(url)
    return parsed.database or "memory" if parsed.get_backend_name() == "sqlite" else f"{parsed!r}"


def _behind(url: str, sqlite: bool) -> Check:
    revision = migrations.current(url) or "empty"
    if sqlite:
        return warn(
            "database", f"{_name(url)} is of an older Bob ({revision}): the next start brings it up to date"
        )
    return fail(
        "database",
        f"{_name(url)} is {'empty' if revision == 'empty' else 'older than this Bob'}: run bob db upgrade",
    )


def _ownership(url: str, found: _Found, bot_id: int | None) -> Check:
    if bot_id is not None and found.bot_id is not None and found.bot_id != str(bot_id):
        return fail(
            "database",
            f"{_name(url)} belongs to the bot {found.bot_id}, but BOT_TOKEN is that of the bot {bot_id}: use the "
            "first bot's token, or give this one its own DATABASE_URL or DATA_DIR",
        )
    return ok("database", f"{_name(url)} answers and has this Bob's tables (revision {migrations.head()})")


def _outbox(found: _Found, now: datetime) -> Check:
    waiting = several(found.waiting.interactive + found.waiting.bulk, "message")
    if found.paused_until is not None:
        seconds = (found.paused_until - now).total_seconds()
        return warn(
            "outbox",
            f"Telegram asked for a pause: nothing leaves for {seconds:.0f} s; {waiting} in the queue",
        )
    oldest = found.waiting.oldest_due_at
    if oldest is not None and now - oldest > LATE:
        minutes = (now - oldest).total_seconds() / 60
        return warn(
            "outbox",
            f"{waiting} in the queue, the oldest due for {minutes:.0f} minutes: is Bob running? His log says why",
        )
    return ok("outbox", f"{waiting} in the queue")


def _updates(found: _Found) -> Check:
    if found.set_aside:
        return warn(
            "updates",
            f"{several(found.set_aside, 'update')} failed for a minute and went aside: look for 'set aside' in the "
            "log, and report the error of the lines before",
        )
    if found.retrying:
        return warn(
            "updates",
            f"{several(found.retrying, 'update')} failed, to be tried again: look for 'failed' in the log",
        )
    return ok("updates", "none failed in the last 48 hours")


def _counted(found: _Found) -> Check:
    repeats, lost = found.counted.get("repeats", 0), found.counted.get("lost", 0)
    told = f"since the database was made: {repeats} perhaps sent twice, {lost} lost"
    if lost:
        return warn(
            "messages",
            f"{told}: an answer of Telegram was missing twice; look for failure=unknown in the log",
        )
    return ok("messages", told)


def _learnt(found: _Found, now: datetime) -> Check:
    if found.learnt is None:
        return ok("learning", "nothing was learnt from answers yet: actions come in the editors' order")
    version, computed = found.learnt
    told = f"version {version or 'empty'} of {computed:%Y-%m-%d %H:%M} UTC"
    if now - computed > UNLEARNT:
        return warn("learning", f"{told} is old, it is computed every day: is Bob running? His log says why")
    return ok("learning", told)
