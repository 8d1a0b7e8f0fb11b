"""The shape of the database: made by the migrations, the same as the tables say, never mistaken."""

import shutil
import threading
from pathlib import Path
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, create_engine, inspect, text

from storage import consents, migrations, people, revisions
from storage.connections import open_engine, parse_url
from storage.engine import Store
from storage.errors import StoreError, StoreTooNew
from storage.migrations import drafting
from storage.tables.core import metadata
from tests.postgres import fresh_database
from tests.storage.making import Room


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def empty_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """An empty database."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'new folder' / 'bob 100%.sqlite'}"
    return fresh_database(request.getfixturevalue("postgres_url"))


def differences(conn: Connection) -> list[Any]:
    context = MigrationContext.configure(
        conn, opts={"compare_type": True, "compare_server_default": True, "target_metadata": metadata}
    )
    return list(compare_metadata(context, metadata))


def checks(conn: Connection) -> dict[str, set[str | None]]:
    """The names of the CHECK constraints of each table."""
    look = inspect(conn)
    return {
        name: {each["name"] for each in look.get_check_constraints(name)} for name in look.get_table_names()
    }


def test_an_upgraded_empty_database_has_the_shape_of_the_tables(empty_url: str) -> None:
    migrations.upgrade(empty_url)
    store = Store(empty_url)
    try:
        assert store.run_sync(differences) == []
    finally:
        store.close()


def test_the_migrations_check_the_same_words_as_the_tables(store: Store) -> None:
    found = store.run_sync(checks)
    declared = {
        table.name: {str(each.name) for each in table.constraints if type(each).__name__ == "CheckConstraint"}
        for table in metadata.sorted_tables
    }
    assert {name: found[name] for name in declared} == declared


def test_a_word_that_is_not_listed_is_refused(room: Room) -> None:
    person_id = room.person(1)
    with pytest.raises(StoreError):
        room(people.save_person, person_id, status="asleep")  # type: ignore[arg-type]


def test_consents_outlive_the_change_of_their_table(empty_url: str) -> None:
    """0007 lets a consent be of one kind more, for which SQLite makes the table anew."""
    from alembic import command

    before = ScriptDirectory(str(revisions.FOLDER)).get_revision("0007").down_revision
    engine = open_engine(parse_url(empty_url), foreign_keys=False)
    with engine.begin() as conn:
        command.upgrade(migrations.config(conn), str(before))
        conn.exec_driver_sql(
            "INSERT INTO person (id, language, form, profile, status, created_at, last_seen_at, revision) VALUES "
            "('p', 'fr', 'vous', '{}', 'active', '2026-11-26 09:00:00.000000', '2026-11-26 09:00:00.000000', 1)"
        )
        conn.exec_driver_sql(
            "INSERT INTO consent (person_id, kind, text_version, language, given_at) VALUES "
            "('p', 'use', '1', 'fr', '2026-11-26 09:00:00.000000')"
        )
    engine.dispose()
    migrations.upgrade(empty_url)
    store = Store(empty_url)
    try:
        kept = store.run_sync(consents.current, "p")
        assert (kept["use"].text_version, kept["use"].given_at.hour) == ("1", 9)
        store.run_sync(
            consents.give, "p", "surveys", text_version="1", language="fr", now=kept["use"].given_at
        )
        assert set(store.run_sync(consents.current, "p")) == {"use", "surveys"}
    finally:
        store.close()


def test_an_upgrade_is_needed_once(empty_url: str) -> None:
    assert migrations.current(empty_url) is None
    assert migrations.check(empty_url) == "behind"
    migrations.upgrade(empty_url)
    migrations.upgrade(empty_url)
    assert migrations.current(empty_url) == migrations.head()
    assert migrations.check(empty_url) == "ok"


def test_looking_at_a_database_that_does_not_exist_does_not_make_it(tmp_path: Path) -> None:
    path = tmp_path / "none.sqlite"
    assert migrations.check(f"sqlite:///{path}") == "behind"
    assert not path.exists()


def test_upgrades_at_the_same_time_do_not_disturb_each_other(empty_url: str) -> None:
    failures: list[BaseException] = []

    def upgrade() -> None:
        try:
            migrations.upgrade(empty_url)
        except BaseException as error:
            failures.append(error)

    threads = [threading.Thread(target=upgrade) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert failures == []
    assert migrations.check(empty_url) == "ok"


def test_an_upgrade_that_fails_leaves_the_database_as_it_was(
    empty_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    from alembic import op

    def fail(*_: Any, **__: Any) -> None:
        raise RuntimeError("the power went out")

    monkeypatch.setattr(op, "execute", fail)  # the last step of the first migration
    with pytest.raises(RuntimeError, match="power"):
        migrations.upgrade(empty_url)
    monkeypatch.undo()
    assert migrations.current(empty_url) is None
    migrations.upgrade(empty_url)
    assert migrations.check(empty_url) == "ok"


def test_a_database_of_a_newer_bob_is_refused(database_url: str) -> None:
    engine = create_engine(database_url)
    with engine.begin() as conn:
        conn.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    engine.dispose()
    assert migrations.check(database_url) == "newer"
    with pytest.raises(StoreTooNew, match="newer Bob"):
        Store(database_url)
    with pytest.raises(StoreTooNew, match="newer Bob"):
        migrations.upgrade(database_url)


def test_a_database_that_was_not_upgraded_says_so(empty_url: str) -> None:
    store = Store(empty_url)
    try:
        with pytest.raises(StoreError, match="bob db upgrade"):
            store.run_sync(people.load_by_telegram, 1)
    finally:
        store.close()


def test_the_revisions_are_known_without_the_migration_machinery() -> None:
    script = ScriptDirectory(str(revisions.FOLDER))
    history = [each.revision for each in script.walk_revisions()]
    assert tuple(reversed(history)) == revisions.known()
    assert migrations.head() == script.get_current_head()


def test_the_audit_log_takes_no_change(room: Room) -> None:
    from storage import audit
    from tests.storage.making import NOW

    person_id = room.person(1)
    room(audit.note, person_id, "export", NOW)
    for statement in ("UPDATE audit SET what = 'nothing'", "DELETE FROM audit"):
        with pytest.raises(StoreError):
            room(lambda conn, statement=statement: conn.exec_driver_sql(statement))
    assert [entry.what for entry in room(audit.entries, person_id)] == ["export"]


def test_a_migration_is_drafted_when_the_tables_change_and_only_then(tmp_path: Path) -> None:
    assert drafting.draft("nothing") is None
    folder = tmp_path / "migrations"
    shutil.copytree(revisions.FOLDER, folder, ignore=shutil.ignore_patterns("__pycache__"))
    (first,) = (folder / "versions").glob("0001_*.py")
    before = first.read_text()
    made = 'op.create_index("ix_visitor_expires_at", "visitor", ["expires_at"])'
    assert made in before
    first.write_text(before.replace(made, "pass"))
    draft = drafting.draft("find visitors by their end", folder)
    assert draft is not None
    latest = revisions.known()[-1]
    assert draft.name == f"{int(latest) + 1:04}_find_visitors_by_their_end.py"
    content = draft.read_text()
    assert "ix_visitor_expires_at" in content
    assert f"down_revision = '{latest}'" in content
    compile(content, draft.name, "exec")
