"""Backups while others write, and their restoration."""

import shutil
import sqlite3
import threading
from pathlib import Path

import pytest
from sqlalchemy import create_engine, make_url, text

from bot.advice.profile import Profile
from bot.counsellors.linking import leave_all
from storage import backup, meta, migrations, outbox, people, privacy
from storage.engine import Store
from storage.errors import StoreError
from tests.postgres import fresh_database
from tests.storage.making import NOW, Room


@pytest.fixture
def target(tmp_path: Path) -> Path:
    return tmp_path / "backups" / "bob.backup"


@pytest.fixture
def elsewhere(database_url: str, tmp_path: Path, request: pytest.FixtureRequest) -> str:
    """Another, empty database of the same kind."""
    if database_url.startswith("sqlite"):
        return f"sqlite:///{tmp_path / 'other' / 'bob.sqlite'}"
    if shutil.which("pg_restore") is None:
        pytest.skip("pg_dump and pg_restore are not installed")
    return fresh_database(request.getfixturevalue("postgres_url"))


def test_a_backup_brings_everything_back_elsewhere(
    room: Room, database_url: str, elsewhere: str, target: Path
) -> None:
    person_id = room.person(1, profile=Profile(first_name="Zoé"))
    row_id = room.message(1, person_id)
    backup.backup(database_url, target)
    room.person(2)
    assert backup.restore(target, elsewhere, [], now=NOW, leave=leave_all) == 0
    restored = Store(elsewhere)
    there = Room(restored)
    found = there(people.load_by_telegram, 1)
    assert isinstance(found, people.PersonRecord)
    assert found == room(people.load_by_telegram, 1)
    assert there(people.load_by_telegram, 2) is None
    assert [row.id for row in there.claim()] == [row_id]
    assert there.message(1) > row_id
    restored.close()
    assert migrations.check(elsewhere) == "ok"


def test_a_backup_replaces_what_is_there(room: Room, database_url: str, elsewhere: str, target: Path) -> None:
    room.person(1)
    backup.backup(database_url, target)
    migrations.upgrade(elsewhere)
    other = Store(elsewhere)
    Room(other).person(99)
    other.close()
    backup.restore(target, elsewhere, [], now=NOW, leave=leave_all)
    restored = Store(elsewhere)
    assert Room(restored)(people.load_by_telegram, 99) is None
    assert Room(restored)(people.load_by_telegram, 1) is not None
    restored.close()


def test_people_deleted_since_the_backup_stay_deleted(
    room: Room, database_url: str, elsewhere: str, target: Path
) -> None:
    listed, known, stays = (
        room.person(number, profile=Profile(first_name=f"N{number}")) for number in (1, 2, 3)
    )
    backup.backup(database_url, target)
    digest = room(privacy.delete_person, listed, NOW, leave_all)
    migrations.upgrade(elsewhere)
    other = Store(elsewhere)
    Room(other)(privacy.delete_person, known, NOW, leave_all)  # the database to be replaced knows of this one
    other.close()
    assert backup.restore(target, elsewhere, [digest], now=NOW, leave=leave_all) == 2
    restored = Store(elsewhere)
    there = Room(restored)
    assert there(people.load_person, stays) is not None
    assert there(privacy.scan, [listed, known, "N1", "N2"]) == []
    assert sorted(there(privacy.deletions)) == sorted([digest, privacy.digest(known)])
    restored.close()


def test_a_backup_is_one_instant_while_others_write(
    room: Room, database_url: str, elsewhere: str, target: Path
) -> None:
    stop = threading.Event()

    def write() -> None:
        number = 0
        while not stop.is_set():
            number += 1

            def both(conn: object, number: int = number) -> None:
                meta.put(conn, "left", str(number))  # type: ignore[arg-type]
                meta.put(conn, "right", str(number))  # type: ignore[arg-type]

            room(both)

    writer = threading.Thread(target=write)
    writer.start()
    try:
        for _ in range(3):
            backup.backup(database_url, target)
    finally:
        stop.set()
        writer.join(10)
    backup.restore(target, elsewhere, [], now=NOW, leave=leave_all)
    restored = Store(elsewhere)
    left, right = (Room(restored)(meta.get, name) for name in ("left", "right"))
    assert left == right
    assert left is not None
    restored.close()


def test_a_backup_is_for_its_owner_only_and_leaves_nothing_beside_it(
    room: Room, database_url: str, elsewhere: str, target: Path
) -> None:
    room.person(1)
    backup.backup(database_url, target)
    backup.backup(database_url, target)
    assert target.stat().st_mode & 0o777 == 0o600
    assert [path.name for path in target.parent.iterdir()] == [target.name]


def test_an_older_backup_is_upgraded(sqlite_url: str, target: Path, tmp_path: Path) -> None:
    old = f"sqlite:///{tmp_path / 'old.sqlite'}"
    engine = create_engine(old)
    with engine.begin() as conn:  # what a backup from before the first migration would look like
        conn.execute(text("CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL)"))
    engine.dispose()
    backup.backup(old, target)
    backup.restore(target, sqlite_url, [], now=NOW, leave=leave_all)
    assert migrations.check(sqlite_url) == "ok"


def test_a_database_in_use_is_not_replaced(database_url: str, target: Path) -> None:
    running = Store(database_url)
    Room(running).person(1)
    if running.dialect == "postgresql" and shutil.which("pg_dump") is None:
        pytest.skip("pg_dump and pg_restore are not installed")
    backup.backup(database_url, target)
    Room(running).person(2)
    with pytest.raises(StoreError, match=r"in use.*stop Bob"):
        backup.restore(target, database_url, [], now=NOW, leave=leave_all)
    assert Room(running)(people.load_by_telegram, 2) is not None
    running.close()
    backup.restore(target, database_url, [], now=NOW, leave=leave_all)
    restored = Store(database_url)
    assert Room(restored)(people.load_by_telegram, 2) is None
    assert Room(restored)(people.load_by_telegram, 1) is not None
    restored.close()


def test_a_damaged_database_can_be_replaced(sqlite_url: str, target: Path) -> None:
    backup.backup(sqlite_url, target)
    path = Path(str(make_url(sqlite_url).database))
    path.write_bytes(b"damaged" * 1000)
    backup.restore(target, sqlite_url, [], now=NOW, leave=leave_all)
    assert migrations.check(sqlite_url) == "ok"


def damaged(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[5000:9000] = b"\xff" * 4000
    path.write_bytes(content)


def test_a_damaged_backup_is_refused_and_changes_nothing(sqlite_url: str, target: Path) -> None:
    store = Store(sqlite_url)
    Room(store).person(1)
    store.close()
    backup.backup(sqlite_url, target)
    damaged(target)
    with pytest.raises(StoreError, match="choose another backup"):
        backup.restore(target, sqlite_url, [], now=NOW, leave=leave_all)
    again = Store(sqlite_url)
    assert Room(again)(people.load_by_telegram, 1) is not None
    again.close()


def test_a_file_that_is_no_backup_is_refused(database_url: str, tmp_path: Path) -> None:
    wrong = tmp_path / "holiday.jpg"
    wrong.write_bytes(b"\xff\xd8 a picture")
    with pytest.raises(StoreError):
        backup.restore(wrong, database_url, [], now=NOW, leave=leave_all)
    other = tmp_path / "other.sqlite"
    sqlite3.connect(other).close()
    with pytest.raises(StoreError):
        backup.restore(other, database_url, [], now=NOW, leave=leave_all)
    with pytest.raises(StoreError, match="no backup"):
        backup.restore(tmp_path / "none", database_url, [], now=NOW, leave=leave_all)
    assert migrations.check(database_url) == "ok"


def test_a_database_that_is_not_there_is_not_backed_up(target: Path, tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="no database"):
        backup.backup(f"sqlite:///{tmp_path / 'none.sqlite'}", target)
    with pytest.raises(StoreError, match="in memory"):
        backup.backup("sqlite://", target)
    assert not target.exists()


def test_missing_tools_of_postgresql_are_named(
    target: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(StoreError, match=r"pg_dump is not installed.*postgresql-client"):
        backup.backup("postgresql://bob@localhost/bob", target)
    assert not target.exists()


def test_a_backup_made_while_messages_go_out_is_sent_from_where_it_stood(
    sqlite_url: str, target: Path
) -> None:
    store = Store(sqlite_url)
    room = Room(store)
    person_id = room.person(1)
    sent = room.message(1, person_id)
    waiting = room.message(1, person_id)
    room(outbox.settle, sent, 5, NOW)
    backup.backup(sqlite_url, target)
    store.close()
    backup.restore(target, sqlite_url, [], now=NOW, leave=leave_all)
    restored = Store(sqlite_url)
    assert [row.id for row in Room(restored).claim()] == [waiting]
    restored.close()
