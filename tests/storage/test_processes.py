"""Several processes on one database, some of them killed."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from storage import meta, people
from storage.engine import Store
from tests.storage.making import Room

ROOT = Path(__file__).parents[2]


@contextmanager
def worker(job: str, url: str) -> Iterator[subprocess.Popen[str]]:
    """Another process at work on the database; killed at the end if it still runs."""
    with subprocess.Popen(
        [sys.executable, "-m", "tests.storage.worker", job, url],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        cwd=ROOT,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
    ) as process:
        try:
            yield process
        finally:
            process.kill()


def line(process: subprocess.Popen[str]) -> str:
    assert process.stdout is not None
    return process.stdout.readline().strip()


def test_a_process_killed_in_the_middle_of_a_transaction_leaves_nothing_of_it(
    database_url: str, room: Room
) -> None:
    with worker("hang", database_url) as process:
        assert line(process) == "in the middle"
        process.send_signal(signal.SIGKILL)
        process.wait(10)
    assert room(people.load_by_telegram, 7) is None
    room.person(7)


@pytest.mark.parametrize("delay", [0.0, 0.05, 0.2])
def test_what_a_killed_process_had_committed_is_there(database_url: str, room: Room, delay: float) -> None:
    with worker("count", database_url) as process:
        said = [line(process)]
        time.sleep(delay)
        process.send_signal(signal.SIGKILL)
        assert process.stdout is not None
        said += process.stdout.read().split("\n")
    confirmed = [int(number) for number in said if number.isdigit()]
    last = int(room(meta.get, "number") or 0)
    assert last in (confirmed[-1], confirmed[-1] + 1)
    assert all(room(meta.get, f"number {number}") == "x" * 500 for number in range(1, last + 1))
    assert room(meta.get, f"number {last + 1}") is None


def test_processes_that_claim_together_send_each_message_once(database_url: str, room: Room) -> None:
    expected = [room.message(chat) for chat in range(40) for _ in range(2)]
    with worker("claim", database_url) as one, worker("claim", database_url) as two:
        said = [part.communicate(timeout=60)[0].split() for part in (one, two)]
    sent = [int(number) for part in said for number in part]
    assert sorted(sent) == sorted(expected)


async def test_a_file_that_another_process_holds_is_waited_for(sqlite_url: str) -> None:
    store = Store(sqlite_url)
    with worker("lock", sqlite_url) as process:
        assert line(process) == "locked"
        assert process.stdin is not None
        process.stdin.close()
        await store.run(meta.put, "key", "value")
    assert await store.run(meta.get, "locked") == "yes"
    assert await store.run(meta.get, "key") == "value"
    store.close()
