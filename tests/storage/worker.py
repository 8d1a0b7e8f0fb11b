"""What a second process does with the database, for the tests: `python -m tests.storage.worker JOB URL`."""

import sys
import time

from sqlalchemy import Connection

from storage import meta, outbox, people
from storage.engine import Store
from tests.storage.making import LEASE, NOW


def say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


def hang(store: Store) -> None:
    """Open a profile and stop in the middle of the transaction, for ever."""

    def work(conn: Connection) -> None:
        people.create_person(conn, NOW, telegram_id=7, chat_id=7, language="fr", form="vous")
        say("in the middle")
        time.sleep(60)

    store.run_sync(work)


def count(store: Store) -> None:
    """Commit number after number, saying each once it is safe."""
    for number in range(1, 1_000_000):

        def work(conn: Connection, number: int = number) -> None:
            meta.put(conn, "number", str(number))
            meta.put(conn, f"number {number}", "x" * 500)

        store.run_sync(work)
        say(str(number))


def claim(store: Store) -> None:
    """Claim and settle until nothing is left, saying each message."""
    while True:
        lanes = {"interactive": 3, "bulk": 3}
        rows = store.run_sync(outbox.claim, NOW, lanes, 3, LEASE)  # type: ignore[arg-type]
        for row in rows:
            if store.run_sync(outbox.start, row.id, lease_until=row.lease_until):
                say(str(row.id))
                store.run_sync(outbox.settle, row.id, 1)
        if not rows:
            waiting = store.run_sync(outbox.depth)
            if waiting.interactive == 0:
                return
            time.sleep(0.01)


def lock(store: Store) -> None:
    """Hold the database for as long as standard input stays open."""

    def work(conn: Connection) -> None:
        meta.put(conn, "locked", "yes")
        say("locked")
        sys.stdin.read()

    store.run_sync(work)


JOBS = {"hang": hang, "count": count, "claim": claim, "lock": lock}

if __name__ == "__main__":
    opened = Store(sys.argv[2])
    JOBS[sys.argv[1]](opened)
    opened.close()
