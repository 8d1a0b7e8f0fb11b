"""`bob stats`, `bob backup` and `bob restore`."""

from __future__ import annotations

import json
import shutil
from dataclasses import asdict, fields
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path

from sqlalchemy import Connection, func, make_url, select, text

from bot.counsellors.linking import leave_all
from bot.settings import Settings
from storage import backup as backups
from storage import migrations
from storage.engine import Store
from storage.errors import StoreError
from storage.stats import Stats, stats
from storage.tables.core import person

RECENT = timedelta(days=30)


class BackupError(Exception):
    """A backup or a restoration is refused; the text says why, and what to do."""


def open_present(settings: Settings) -> Store:
    """The database that is there; BackupError says what to do when there is none."""
    url = _url(settings)
    _refuse_missing(url, settings)
    return Store(url)


def print_stats(settings: Settings, *, as_json: bool) -> int:
    """Print counts of what the database holds; nothing in them belongs to one person."""
    store = open_present(settings)
    try:
        counted = store.run_sync(stats, since=datetime.now(UTC) - RECENT)
    finally:
        store.close()
    print(json.dumps(asdict(counted), ensure_ascii=False, indent=2) if as_json else _as_text(counted))
    return 0


def _as_text(counted: Stats) -> str:
    titles = {"seen_since": f"people seen in the last {RECENT.days} days", "inbox": "updates that failed"}
    lines = []
    for field in fields(Stats):
        value = getattr(counted, field.name)
        told = (
            ", ".join(f"{count} {word}" for word, count in value.items())
            if isinstance(value, dict)
            else value
        )
        lines.append(f"{titles.get(field.name, field.name)}: {told if told != '' else 'none'}")
    return "\n".join(lines)


def backup(settings: Settings, file: Path) -> int:
    """Copy the database to `file` while Bob runs; an older backup of that name is replaced."""
    url = _url(settings)
    _refuse_missing(url, settings)
    _refuse_own_file(url, file)
    _perform_backup(url, file)
    print(f"The database is copied to {file} ({file.stat().st_size / 1e6:,.1f} MB).")
    return 0


def _perform_backup(url: str, file: Path) -> None:
    if file.is_dir():
        raise BackupError(f"{file} is a folder: give the name of a file.")
    try:
        backups.backup(url, file)
    except OSError as error:
        raise BackupError(f"{file} cannot be written ({error.strerror}): choose another place.") from None


def restore(settings: Settings, file: Path, *, yes: bool = False) -> int:
    """Put a backup in the place of the database. Without `yes`, one that holds people or is in use is left alone.

    The former database is kept beside the data, and whoever was deleted since the backup is deleted again.
    """
    url = _url(settings)
    if not file.is_file():
        raise BackupError(f"There is no backup at {file}.")
    _refuse_own_file(url, file)
    if not yes and (reason := _reason_to_ask(url)):
        raise BackupError(
            f"{reason} To replace it all the same, stop Bob and add --yes: the present database is kept aside."
        )
    aside = _keep_aside(url, settings.data_dir)
    try:
        returned = backups.restore(
            file, url, _deletions(settings.data_dir), now=datetime.now(UTC), leave=leave_all
        )
    except StoreError:
        if aside is not None:
            aside.unlink(missing_ok=True)
        raise
    print(f"{file} is restored, at revision {migrations.current(url)}.")
    print(f"Deleted again, since deleted after the backup: {returned}.")
    if aside is not None:
        print(
            f"The former database is kept as {aside}: delete it once you are sure, since it holds personal data."
        )
    return 0


def _url(settings: Settings) -> str:
    return settings.database_url.get_secret_value()


def _sqlite_file(url: str) -> Path | None:
    parsed = make_url(url)
    return Path(parsed.database or "") if parsed.get_backend_name() == "sqlite" else None


def _refuse_missing(url: str, settings: Settings) -> None:
    file = _sqlite_file(url)
    if file is None or file.is_file():
        return
    sandbox = settings.data_dir / "sandbox.sqlite"
    hint = f" The sandbox has its own: DATABASE_URL=sqlite:///{sandbox}." if sandbox.is_file() else ""
    raise BackupError(
        f"There is no database at {file} yet: Bob makes it when he starts with BOT_TOKEN.{hint}"
    )


def _refuse_own_file(url: str, file: Path) -> None:
    own = _sqlite_file(url)
    if own is not None and own.absolute() == file.absolute():
        raise BackupError(f"{file} is the database itself: give the name of another file.")


def _reason_to_ask(url: str) -> str:
    """Why the database should not be replaced without a word; empty when nothing is lost."""
    try:
        if migrations.current(url) is None:
            return ""
        store = Store(url)
    except StoreError as error:
        return f"The present database cannot be read ({error})"
    try:
        people, others = store.run_sync(_occupation)
    except StoreError as error:
        return f"The present database cannot be read ({error})"
    finally:
        store.close()
    if others:
        return f"The present database is in use ({others} other connections)."
    return f"The present database holds {people} people." if people else ""


def _occupation(conn: Connection) -> tuple[int, int]:
    """How many people there are, and (PostgreSQL) how many connections of others."""
    people = conn.execute(select(func.count()).select_from(person)).scalar_one()
    others = 0
    if conn.dialect.name == "postgresql":
        others = conn.execute(
            text(
                "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
            )
        ).scalar_one()
    return people, others


def _keep_aside(url: str, folder: Path) -> Path | None:
    """A copy of the present database, under a name of its own; None when there is none."""
    own = _sqlite_file(url)
    if own is None:
        if migrations.current(url) is None:
            return None
        aside = _unused(folder / "before-restore", ".dump")
        _perform_backup(url, aside)
        return aside
    if not own.exists():
        return None
    aside = _unused(own.with_name(f"{own.name}.before-restore"), "")
    try:
        _perform_backup(url, aside)
    except StoreError:  # a damaged file is the very reason to restore; it is kept as it is
        shutil.copyfile(own, aside)
        aside.chmod(0o600)
    return aside


def _unused(start: Path, suffix: str) -> Path:
    """A path with the present instant in its name, at which there is no file."""
    stamp = datetime.now(UTC).strftime("%Y%m%dT%H%M%SZ")
    names = (f"{start.name}-{stamp}{f'-{number}' if number > 1 else ''}{suffix}" for number in count(1))
    return next(path for name in names if not (path := start.with_name(name)).exists())


def _deletions(folder: Path) -> list[str]:
    """The digests listed beside the database by whoever deleted."""
    from bot.app import DELETIONS_FILE

    file = folder / DELETIONS_FILE
    try:
        return file.read_text("ascii").split() if file.exists() else []
    except (OSError, UnicodeDecodeError) as error:
        raise BackupError(
            f"{file}, the list of deletions, cannot be read ({type(error).__name__}): nothing was restored, since "
            "people who asked to be forgotten would come back."
        ) from None
