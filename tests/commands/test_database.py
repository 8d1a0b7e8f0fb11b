"""`bob stats`, `bob backup`, `bob restore` and `bob db upgrade`."""

from __future__ import annotations

import json
import shutil
import sqlite3
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import make_url

from bot.advice.profile import Profile
from bot.counsellors.linking import leave_all
from storage import migrations, people, privacy
from storage.engine import Store
from tests.commands.running import Bob

NOW = datetime(2026, 12, 1, 9, tzinfo=UTC)


@pytest.fixture(autouse=True)
def tools(request: pytest.FixtureRequest) -> None:
    """PostgreSQL's own tools copy and restore its databases."""
    if "postgresql" in request.node.name and shutil.which("pg_dump") is None:
        pytest.skip("pg_dump and pg_restore are not installed")


def add_person(url: str, telegram_id: int, first_name: str) -> str:
    store = Store(url)
    try:
        person_id, _ = store.run_sync(
            people.create_person,
            NOW,
            telegram_id=telegram_id,
            chat_id=telegram_id,
            language="fr",
            form="vous",
            profile=Profile(first_name=first_name),
        )
    finally:
        store.close()
    return person_id


def names(url: str) -> list[str | None]:
    """The first names in the database."""
    store = Store(url)
    try:
        found = [store.run_sync(people.load_by_telegram, number) for number in (1, 2, 3)]
    finally:
        store.close()
    return [one.profile.first_name for one in found if isinstance(one, people.PersonRecord)]


def delete(url: str, person_id: str, folder: Path) -> None:
    """Delete a person as Bob does: with a line in the list beside the database."""
    store = Store(url)
    try:
        digest = store.run_sync(privacy.delete_person, person_id, NOW, leave_all)
    finally:
        store.close()
    folder.mkdir(exist_ok=True)
    with (folder / "deletions.txt").open("a", encoding="ascii") as lines:
        lines.write(digest + "\n")


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    return tmp_path / "copies" / "bob.backup"


# Counting


def test_the_counts_are_those_of_the_database(bob: Bob, database_url: str) -> None:
    add_person(database_url, 1, "Ana")
    add_person(database_url, 2, "Ben")
    counted = bob("stats", "--json", DATABASE_URL=database_url).json
    assert counted["people"] == {"active": 2}
    assert set(counted) == {
        "people", "seen_since", "visitors", "consents", "days", "actions", "messages", "inbox", "counters"
    }  # fmt: skip


def test_the_counts_can_be_read(bob: Bob, sqlite_url: str) -> None:
    add_person(sqlite_url, 1, "Ana")
    lines = bob("stats", DATABASE_URL=sqlite_url).out.splitlines()
    assert "people: 1 active" in lines
    assert "visitors: 0" in lines
    assert "actions: none" in lines


def test_without_a_database_there_is_nothing_to_count_and_none_is_made(bob: Bob, tmp_path: Path) -> None:
    ran = bob("stats")
    assert ran.code == 1
    assert "There is no database at" in ran.sentence
    assert list(tmp_path.iterdir()) == []


def test_the_sandbox_s_database_is_pointed_out(bob: Bob, tmp_path: Path) -> None:
    (tmp_path / "var").mkdir()
    (tmp_path / "var" / "sandbox.sqlite").touch()
    assert "DATABASE_URL=sqlite:///" in bob("backup", tmp_path / "copy").sentence


# Upgrading


def test_upgrade_makes_the_database_and_tells_its_revision(bob: Bob, tmp_path: Path) -> None:
    first, again = bob("db", "upgrade"), bob("db", "upgrade")
    assert first.out == again.out == f"The database is at revision {migrations.head()}.\n"
    assert (tmp_path / "var" / "bob.sqlite").is_file()


def test_an_address_that_is_no_database_is_refused_without_its_password(bob: Bob) -> None:
    ran = bob("db", "upgrade", DATABASE_URL="mysql://root:tr0ub4dor@localhost/bob")
    assert ran.code == 1
    assert ran.sentence.startswith("DATABASE_URL is not usable")
    assert "tr0ub4dor" not in ran.err


# Backing up


def test_a_backup_is_restored(bob: Bob, database_url: str, copy: Path) -> None:
    add_person(database_url, 1, "Ana")
    made = bob("backup", copy, DATABASE_URL=database_url)
    assert (made.code, made.err) == (0, "")
    assert made.out.startswith(f"The database is copied to {copy}")
    add_person(database_url, 2, "Ben")
    restored = bob("restore", copy, "--yes", DATABASE_URL=database_url)
    assert (restored.code, restored.err) == (0, "")
    assert names(database_url) == ["Ana"]


def test_a_backup_is_for_its_owner_only(bob: Bob, sqlite_url: str, copy: Path) -> None:
    bob("backup", copy, DATABASE_URL=sqlite_url)
    assert copy.stat().st_mode & 0o077 == 0


def test_a_backup_goes_on_while_bob_holds_the_database(bob: Bob, sqlite_url: str, copy: Path) -> None:
    running = Store(sqlite_url)
    assert bob("backup", copy, DATABASE_URL=sqlite_url).code == 0
    running.close()


def test_a_backup_over_the_database_itself_is_refused(bob: Bob, sqlite_url: str) -> None:
    add_person(sqlite_url, 1, "Ana")
    own = Path(str(make_url(sqlite_url).database))
    for ran in (
        bob("backup", own, DATABASE_URL=sqlite_url),
        bob("backup", own.parent / "." / own.name, DATABASE_URL=sqlite_url),
        bob("restore", own, "--yes", DATABASE_URL=sqlite_url),
    ):
        assert ran.code == 1
        assert "is the database itself" in ran.sentence
    assert names(sqlite_url) == ["Ana"]


def test_a_folder_and_a_path_through_a_file_are_refused_in_a_sentence(
    bob: Bob, sqlite_url: str, tmp_path: Path
) -> None:
    (tmp_path / "file").write_text("in the way")
    assert "is a folder" in bob("backup", tmp_path, DATABASE_URL=sqlite_url).sentence
    assert "cannot be written" in bob("backup", tmp_path / "file" / "copy", DATABASE_URL=sqlite_url).sentence


# Restoring


def test_a_database_that_holds_people_is_not_replaced_without_yes(
    bob: Bob, database_url: str, copy: Path
) -> None:
    bob("backup", copy, DATABASE_URL=database_url)
    add_person(database_url, 1, "Ana")
    ran = bob("restore", copy, DATABASE_URL=database_url)
    assert ran.code == 1
    assert "holds 1 people" in ran.sentence
    assert "--yes" in ran.sentence
    assert names(database_url) == ["Ana"]


def test_an_empty_database_is_replaced_without_a_word(bob: Bob, database_url: str, copy: Path) -> None:
    add_person(database_url, 1, "Ana")
    bob("backup", copy, DATABASE_URL=database_url)
    store = Store(database_url)
    store.run_sync(privacy.delete_person, "nobody", NOW, leave_all)
    found = store.run_sync(people.load_by_telegram, 1)
    assert isinstance(found, people.PersonRecord)
    store.close()
    other = bob("restore", copy, DATABASE_URL=database_url)
    assert other.code == 1  # it holds Ana
    assert bob("restore", copy, "--yes", DATABASE_URL=database_url).code == 0


def test_where_no_database_is_yet_one_is_made(bob: Bob, sqlite_url: str, copy: Path, tmp_path: Path) -> None:
    add_person(sqlite_url, 1, "Ana")
    bob("backup", copy, DATABASE_URL=sqlite_url)
    new = f"sqlite:///{tmp_path / 'new' / 'bob.sqlite'}"
    ran = bob("restore", copy, DATABASE_URL=new)
    assert (ran.code, ran.err) == (0, "")
    assert "kept as" not in ran.out
    assert names(new) == ["Ana"]


def test_a_running_bob_keeps_his_database_even_with_yes(bob: Bob, sqlite_url: str, copy: Path) -> None:
    bob("backup", copy, DATABASE_URL=sqlite_url)
    add_person(sqlite_url, 1, "Ana")
    own = Path(str(make_url(sqlite_url).database))
    running = sqlite3.connect(own)
    running.execute("BEGIN IMMEDIATE")
    try:
        ran = bob("restore", copy, "--yes", DATABASE_URL=sqlite_url)
    finally:
        running.close()
    assert ran.code == 1
    assert "stop Bob" in ran.sentence
    assert names(sqlite_url) == ["Ana"]
    assert not list(own.parent.glob("*before-restore*"))


@pytest.mark.postgres
def test_a_postgresql_in_use_is_not_replaced_without_yes(
    bob: Bob, postgres_store_url: str, copy: Path
) -> None:
    bob("backup", copy, DATABASE_URL=postgres_store_url)
    running = Store(postgres_store_url)
    try:
        ran = bob("restore", copy, DATABASE_URL=postgres_store_url)
    finally:
        running.close()
    assert ran.code == 1
    assert "in use" in ran.sentence


def test_the_former_database_is_kept_aside_and_can_be_restored_itself(
    bob: Bob, database_url: str, copy: Path
) -> None:
    bob("backup", copy, DATABASE_URL=database_url)
    add_person(database_url, 1, "Ana")
    ran = bob("restore", copy, "--yes", DATABASE_URL=database_url)
    aside = Path(ran.out.partition("kept as ")[2].partition(":")[0])
    assert aside.is_file()
    assert aside.stat().st_mode & 0o077 == 0
    assert names(database_url) == []
    assert bob("restore", aside, DATABASE_URL=database_url).code == 0
    assert names(database_url) == ["Ana"]


def test_whoever_was_deleted_since_does_not_come_back(
    bob: Bob, database_url: str, copy: Path, tmp_path: Path
) -> None:
    gone = add_person(database_url, 1, "Ana")
    add_person(database_url, 2, "Ben")
    bob("backup", copy, DATABASE_URL=database_url)
    delete(database_url, gone, tmp_path / "var")
    ran = bob("restore", copy, "--yes", DATABASE_URL=database_url)
    assert "Deleted again, since deleted after the backup: 1." in ran.out
    assert names(database_url) == ["Ben"]


def test_the_list_of_deletions_counts_even_when_the_database_is_lost(
    bob: Bob, sqlite_url: str, copy: Path, tmp_path: Path
) -> None:
    gone = add_person(sqlite_url, 1, "Ana")
    bob("backup", copy, DATABASE_URL=sqlite_url)
    delete(sqlite_url, gone, tmp_path / "var")
    new = f"sqlite:///{tmp_path / 'new.sqlite'}"
    bob("restore", copy, DATABASE_URL=new)
    assert names(new) == []


def test_without_a_readable_list_of_deletions_nothing_is_restored(
    bob: Bob, sqlite_url: str, copy: Path, tmp_path: Path
) -> None:
    bob("backup", copy, DATABASE_URL=sqlite_url)
    (tmp_path / "var").mkdir()
    (tmp_path / "var" / "deletions.txt").write_bytes(b"\xff\xfe")
    new = tmp_path / "new.sqlite"
    ran = bob("restore", copy, DATABASE_URL=f"sqlite:///{new}")
    assert ran.code == 1
    assert "deletions.txt" in ran.sentence
    assert not new.exists()


def test_a_file_that_is_no_backup_is_refused_and_the_database_stays(
    bob: Bob, database_url: str, tmp_path: Path
) -> None:
    add_person(database_url, 1, "Ana")
    wrong = tmp_path / "letter.txt"
    wrong.write_text("Dear Bob,\n" * 500)
    ran = bob("restore", wrong, "--yes", DATABASE_URL=database_url)
    assert ran.code == 1
    assert ran.sentence
    assert names(database_url) == ["Ana"]
    assert not list(tmp_path.rglob("*before-restore*"))


def test_a_missing_backup_is_told(bob: Bob, tmp_path: Path) -> None:
    assert bob("restore", tmp_path / "none").sentence == f"There is no backup at {tmp_path / 'none'}."


def test_a_damaged_database_is_kept_aside_as_it_is(
    bob: Bob, sqlite_url: str, copy: Path, tmp_path: Path
) -> None:
    add_person(sqlite_url, 1, "Ana")
    bob("backup", copy, DATABASE_URL=sqlite_url)
    damaged = tmp_path / "damaged.sqlite"
    damaged.write_bytes(b"no database any more " * 400)
    url = f"sqlite:///{damaged}"
    refused = bob("restore", copy, DATABASE_URL=url)
    assert refused.code == 1
    assert "cannot be read" in refused.sentence
    restored = bob("restore", copy, "--yes", DATABASE_URL=url)
    assert (restored.code, restored.err) == (0, "")
    assert names(url) == ["Ana"]
    (aside,) = tmp_path.glob("damaged.sqlite.before-restore-*")
    assert aside.read_bytes().startswith(b"no database any more")


def test_the_json_of_the_counts_has_no_name_in_it(bob: Bob, sqlite_url: str) -> None:
    add_person(sqlite_url, 777000777, "Zénobie")
    printed = json.dumps(bob("stats", "--json", DATABASE_URL=sqlite_url).json, ensure_ascii=False)
    assert "Zénobie" not in printed
    assert "777000777" not in printed
