"""The echo bot as a process to be killed: `python -m tests.telegram.echo_process URL DATABASE`.

For each line on standard input it starts a fresh copy of the bot (forked, so that libraries are loaded once) and
prints the copy's process id.
"""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from datetime import timedelta

from scheduler import courier
from scheduler.clock import SystemClock
from storage.engine import Store
from tests.telegram.echo import assemble

LEASE = timedelta(seconds=1)  # what a killed copy held comes free soon


async def run(url: str, database: str) -> None:
    store = Store(database)
    echo = assemble(url, store, SystemClock())
    echo.turns.lease = LEASE
    stop = asyncio.Event()
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, stop.set)
    await asyncio.gather(echo.poller.run(stop), echo.courier.run(stop))
    await echo.bot.session.close()
    store.close()


def main(url: str, database: str) -> None:
    courier.LEASE = LEASE  # type: ignore[misc]
    print("ready", flush=True)
    for _ in sys.stdin:
        child = os.fork()
        if child == 0:
            asyncio.run(run(url, database))
            os._exit(0)
        print(child, flush=True)
        os.waitpid(child, 0)
        print("gone", flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
