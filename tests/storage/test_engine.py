"""The store: transactions that are whole, locks that are waited for, faults that are said in a sentence."""

import asyncio
import os
import threading
import time
import traceback
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path

import pytest
from sqlalchemy import Connection, make_url, text
from sqlalchemy.exc import InvalidRequestError

from bot.advice.profile import Profile
from storage import connections, meta, outbox, patience, people
from storage.engine import Store
from storage.errors import StoreBusy, StoreError, StoreUncertain
from tests.storage.making import NOW, Room


def file_of(url: str) -> Path:
    return Path(str(make_url(url).database))


async def test_a_unit_of_work_returns_what_its_function_returns(store: Store) -> None:
    await store.run(meta.put, "key", "value")
    assert await store.run(meta.get, "key") == "value"
    assert await store.run(lambda conn, *, extra: extra, extra=3) == 3


async def test_a_unit_of_work_that_fails_leaves_no_trace(store: Store) -> None:
    def work(conn: Connection) -> None:
        meta.put(conn, "key", "value")
        raise LookupError("no such thing")

    with pytest.raises(LookupError, match="no such thing"):
        await store.run(work)
    assert await store.run(meta.get, "key") is None


async def test_units_of_work_started_together_all_happen(store: Store) -> None:
    def add_one(conn: Connection) -> None:
        people.load_by_telegram(conn, 1)  # locks the person, as a turn does
        meta.put(conn, "sum", str(int(meta.get(conn, "sum") or 0) + 1))

    Room(store).person(1)
    await asyncio.gather(*(store.run(add_one) for _ in range(40)))
    assert await store.run(meta.get, "sum") == "40"


def _insist(conn: Connection, key: str, value: str) -> None:
    """Fails when the key is there already."""
    if meta.get(conn, key) is not None:
        raise ValueError(f"{key} is there already")
    meta.put(conn, key, value)


async def test_of_units_that_share_a_transaction_only_the_one_at_fault_fails(sqlite_url: str) -> None:
    store = Store(sqlite_url)
    units = [store.run_together(partial(_insist, key=key, value="yes")) for key in ("a", "b", "a", "c")]
    outcomes = await asyncio.gather(*units, return_exceptions=True)
    assert [type(outcome) for outcome in outcomes] == [type(None), type(None), ValueError, type(None)]
    assert [await store.run(meta.get, key) for key in ("a", "b", "c")] == ["yes"] * 3
    store.close()


async def test_a_unit_that_is_cancelled_before_it_began_has_no_effect(sqlite_url: str) -> None:
    store = Store(sqlite_url)
    waiting = asyncio.create_task(store.run_together(partial(meta.put, key="cancelled", value="yes")))
    going = asyncio.create_task(store.run_together(partial(meta.put, key="kept", value="yes")))
    asyncio.get_running_loop().call_soon(waiting.cancel)
    await asyncio.wait({waiting, going})
    assert waiting.cancelled()
    assert await store.run(meta.get, "kept") == "yes"
    assert await store.run(meta.get, "cancelled") is None
    store.close()


def test_threads_share_a_store(room: Room) -> None:
    def put(number: int) -> None:
        room(meta.put, f"key {number}", str(number))

    with ThreadPoolExecutor(8) as threads:
        list(threads.map(put, range(40)))
    assert all(room(meta.get, f"key {number}") == str(number) for number in range(40))


def test_a_closed_store_does_no_work(store: Store) -> None:
    store.close()
    with pytest.raises((InvalidRequestError, RuntimeError)):
        asyncio.run(store.run(meta.get, "key"))
    store.close()


def test_a_unit_of_work_cannot_start_another_one(sqlite_url: str) -> None:
    store = Store(sqlite_url)
    with pytest.raises(InvalidRequestError, match="another"):
        store.run_sync(lambda _: store.run_sync(meta.get, "key"))
    assert store.run_sync(meta.get, "key") is None
    store.close()


def test_a_store_in_memory_is_ready_at_once() -> None:
    store = Store("sqlite://")
    person_id = Room(store).person(1)
    assert store.run_sync(people.load_person, person_id) is not None
    store.close()


def test_a_new_database_file_is_for_its_owner_only(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'deep' / 'er' / 'bob.sqlite'}"
    store = Store(url)
    store.close()
    assert file_of(url).stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize("url", ["nonsense", "mysql://localhost/bob", "", "sqlite:/bob"])
def test_an_address_that_is_none_says_what_is_expected(url: str) -> None:
    with pytest.raises(StoreError, match=r"sqlite.*postgresql"):
        Store(url)


def test_old_ways_to_write_an_address_are_understood() -> None:
    for scheme in ("postgres", "postgresql", "postgresql+psycopg2"):
        assert connections.parse_url(f"{scheme}://bob@localhost/bob").drivername == "postgresql+psycopg"


def test_the_settings_that_keep_data_safe_are_in_force(sqlite_url: str) -> None:
    store = Store(sqlite_url)

    def pragma(conn: Connection, name: str) -> object:
        return conn.exec_driver_sql(f"PRAGMA {name}").scalar()

    expected = {
        "journal_mode": "wal",
        "synchronous": 1,
        "foreign_keys": 1,
        "busy_timeout": 50,
        "secure_delete": 1,
    }
    assert {name: store.run_sync(pragma, name) for name in expected} == expected
    store.close()


def test_the_log_of_writes_is_emptied_by_a_scrub_and_at_the_end(sqlite_url: str) -> None:
    store = Store(sqlite_url)
    log = file_of(sqlite_url).with_name("bob.sqlite-wal")
    store.run_sync(meta.put, "key", "value" * 1000)
    assert log.stat().st_size > 0
    store.scrub()
    assert log.stat().st_size == 0
    store.run_sync(meta.put, "key", "value" * 1000)
    store.close()
    assert not log.exists()
    again = Store(sqlite_url)
    assert again.run_sync(meta.get, "key") == "value" * 1000
    again.close()


def test_what_is_committed_can_be_waited_for_until_it_is_on_the_disk(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    store.sync()
    store.run_sync(meta.put, "key", "value")
    store.sync()
    store.scrub()
    store.sync()

    def fail(_: int) -> None:
        raise OSError(5, "Input/output error")

    monkeypatch.setattr(os, "fsync", fail)
    if store.dialect == "sqlite":
        with pytest.raises(StoreError, match="Input/output error"):
            store.sync()
    else:
        store.sync()  # each commit waited already


class Holder:
    """Holds the write lock of a SQLite file in another thread's connection until told to let go."""

    def __init__(self, url: str) -> None:
        self.store = Store(url)
        self.held = threading.Event()
        self.let_go = threading.Event()
        self.thread = threading.Thread(target=self.store.run_sync, args=(self._work,))
        self.thread.start()
        assert self.held.wait(10)

    def _work(self, conn: Connection) -> None:
        meta.put(conn, "holder", "was here")
        self.held.set()
        self.let_go.wait(30)

    def release(self) -> None:
        self.let_go.set()
        self.thread.join(10)
        self.store.close()


async def test_a_locked_file_is_waited_for_without_stopping_the_loop(sqlite_url: str) -> None:
    store, holder = Store(sqlite_url), Holder(sqlite_url)
    gaps = []

    async def beat() -> None:
        while True:
            before = time.monotonic()
            await asyncio.sleep(0.005)
            gaps.append(time.monotonic() - before)

    heart = asyncio.create_task(beat())
    work = asyncio.create_task(store.run(meta.put, "key", "value"))
    await asyncio.sleep(0.6)
    assert not work.done()
    holder.release()
    await asyncio.wait_for(work, 5)
    heart.cancel()
    assert await store.run(meta.get, "key") == "value"
    assert await store.run(meta.get, "holder") == "was here"
    assert len(gaps) > 5
    assert sorted(gaps)[len(gaps) // 2] < 0.15
    store.close()


async def test_a_file_locked_for_too_long_is_a_sentence(
    sqlite_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(patience, "PATIENCE", 0.2)
    store, holder = Store(sqlite_url), Holder(sqlite_url)
    with pytest.raises(StoreBusy, match="Another program holds the database file"):
        await store.run(meta.put, "key", "value")
    with pytest.raises(StoreBusy):
        store.run_sync(meta.put, "key", "value")
    holder.release()
    await store.run(meta.put, "key", "value")
    store.close()


def test_a_full_disk_is_a_sentence_and_loses_nothing(sqlite_url: str) -> None:
    store = Store(sqlite_url)
    room = Room(store)

    def limit(conn: Connection, more: int) -> None:
        pages = conn.exec_driver_sql("PRAGMA page_count").scalar()
        conn.exec_driver_sql(f"PRAGMA max_page_count={int(pages or 0) + more}")

    room(limit, 20)
    added = []
    with pytest.raises(StoreError, match="disk is full"):  # noqa: PT012
        while len(added) < 100:
            added.append(room.message(1, body={"text": "x" * 3000}))
    assert added
    assert room(outbox.depth).interactive == len(added)
    room(outbox.settle, added[0], 1)
    room(limit, 200)
    room.message(1, body={"text": "x" * 3000})
    store.close()


def test_a_file_that_is_no_database_is_a_sentence(tmp_path: Path) -> None:
    path = tmp_path / "bob.sqlite"
    path.write_bytes(b"this is not a database, however long one looks at it" * 100)
    with pytest.raises(StoreError, match="not a database"):
        Store(f"sqlite:///{path}")


def test_a_folder_that_cannot_be_made_is_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(StoreError, match="cannot be made"):
        Store(f"sqlite:///{tmp_path / 'file' / 'bob.sqlite'}")


def test_a_folder_in_the_place_of_the_file_is_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="cannot be opened"):
        Store(f"sqlite:///{tmp_path}")


def test_a_database_that_takes_no_writing_is_a_sentence(sqlite_url: str) -> None:
    store = Store(sqlite_url)
    store.run_sync(lambda conn: conn.exec_driver_sql("PRAGMA query_only=ON"))
    with pytest.raises(StoreError, match="cannot be written"):
        store.run_sync(meta.put, "key", "value")
    store.close()


@pytest.mark.parametrize("fault", ["no such person", "no such word"])
def test_a_sentence_quotes_nothing_of_what_was_to_be_written(room: Room, fault: str) -> None:
    secret = "secret".upper()  # a traceback quotes this file too
    person_id = room.person(1, profile=Profile(first_name=secret))

    def work(conn: Connection) -> None:
        if fault == "no such person":
            people.save_dialogue(conn, "nobody", "x", version=1, state=secret, data={"a": secret}, now=NOW)
        else:
            people.save_person(conn, person_id, status="asleep")  # type: ignore[typeddict-item]

    with pytest.raises(StoreError, match=r"Integrity|Violation") as caught:
        room(work)
    written = "".join(traceback.format_exception(caught.value))
    assert secret not in written
    assert "in save_" in written  # where it happened is told all the same


@pytest.fixture
def server(postgres_store_url: str) -> Store:
    return Store(postgres_store_url, connections=4)


def kill_others(conn: Connection) -> int:
    """End every other connection to this database, as a restart of the server does."""
    return len(
        conn.execute(
            text(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
                "WHERE datname = current_database() AND pid <> pg_backend_pid()"
            )
        ).all()
    )


async def test_a_lost_connection_is_replaced_and_the_work_done_again(server: Store) -> None:
    tries = 0

    def work(conn: Connection) -> int:
        nonlocal tries
        tries += 1
        meta.put(conn, "tries", str(tries))
        if tries == 1:
            breaker = Store(server._engine.url.render_as_string(hide_password=False), connections=1)
            breaker.run_sync(kill_others)
            breaker.close()
        people.load_by_telegram(conn, 1)
        return tries

    assert await server.run(work) == 2
    assert await server.run(meta.get, "tries") == "2"
    server.close()


async def test_a_connection_lost_between_units_of_work_goes_unnoticed(server: Store) -> None:
    meeting = threading.Barrier(4, timeout=10)
    await asyncio.gather(*(server.run(lambda _: meeting.wait()) for _ in range(4)))
    breaker = Store(server._engine.url.render_as_string(hide_password=False), connections=1)
    assert breaker.run_sync(kill_others) == 4
    breaker.close()
    await asyncio.gather(*(server.run(meta.put, f"key {number}", "value") for number in range(8)))
    assert await server.run(meta.get, "key 7") == "value"
    server.close()


async def test_a_connection_lost_during_the_commit_is_not_called_a_failure_nor_a_success(
    server: Store,
) -> None:
    def work(conn: Connection) -> None:
        meta.put(conn, "key", "value")
        breaker = Store(server._engine.url.render_as_string(hide_password=False), connections=1)
        breaker.run_sync(kill_others)
        breaker.close()

    with pytest.raises(StoreUncertain, match="not known"):
        await server.run(work)
    assert await server.run(meta.get, "key") is None
    server.close()


async def test_a_deadlock_is_undone_and_tried_again(server: Store) -> None:
    room = Room(server)
    first, second = room.person(1), room.person(2)
    both = threading.Barrier(2, timeout=10)
    tries = {"a": 0, "b": 0}

    def work(conn: Connection, name: str, order: tuple[str, str]) -> None:
        tries[name] += 1
        people.save_person(conn, order[0], focus=name)
        if tries["a"] + tries["b"] <= 2:
            both.wait()
        people.save_person(conn, order[1], focus=name)

    await asyncio.gather(
        server.run(work, "a", (first, second)),
        server.run(work, "b", (second, first)),
    )
    assert sum(tries.values()) == 3
    revisions = [
        found.revision for found in (room(people.load_person, each) for each in (first, second)) if found
    ]
    assert revisions == [3, 3]
    server.close()


async def test_turns_of_one_person_in_several_processes_go_one_after_the_other(server: Store) -> None:
    person_id = Room(server).person(1)
    running = 0

    def turn(conn: Connection) -> None:
        nonlocal running
        people.load_by_telegram(conn, 1)
        running += 1
        assert running == 1
        time.sleep(0.01)
        running -= 1
        people.save_person(conn, person_id, focus="x")

    await asyncio.gather(*(server.run(turn) for _ in range(12)))
    found = await server.run(people.load_person, person_id)
    assert found is not None
    assert found.revision == 13
    server.close()


def test_due_people_are_shared_out_between_workers(server: Store) -> None:
    room = Room(server)
    everybody = {room.person(number, next_due_at=NOW) for number in range(1, 13)}
    meeting = threading.Barrier(3, timeout=10)

    def work(conn: Connection) -> list[str]:
        mine = people.due_people(conn, NOW, 4)
        meeting.wait()
        for person_id in mine:
            people.save_person(conn, person_id, next_due_at=None)
        return mine

    with ThreadPoolExecutor(3) as threads:
        parts = [part.result() for part in [threads.submit(server.run_sync, work) for _ in range(3)]]
    assert sorted(person_id for part in parts for person_id in part) == sorted(everybody)
    server.close()


def test_a_server_that_does_not_answer_is_a_sentence(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(patience, "PATIENCE", 0.2)
    with pytest.raises(StoreBusy, match="does not answer"):
        Store(f"postgresql://bob:secret@/bob?host={tmp_path}")


def test_a_database_that_the_server_does_not_have_is_a_sentence(postgres_url: str) -> None:
    url = make_url(postgres_url).set(database="nowhere").render_as_string(hide_password=False)
    with pytest.raises(StoreError, match="does not exist"):
        Store(url)
