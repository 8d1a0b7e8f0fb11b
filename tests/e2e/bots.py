"""Real bots in processes of their own, against the strict local Bot API server, to be killed at any instant."""

from __future__ import annotations

import asyncio
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bot.app import SANDBOX_TOKEN

PATIENCE = 30.0


class Zygote:
    """The process that forks bots."""

    def __init__(self) -> None:
        command = [sys.executable, "-m", "tests.e2e.zygote"]
        self._process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        assert self._process.stdout is not None
        assert self._process.stdout.readline().strip() == "ready"

    def start(self, url: str, folder: Path, database: str | None = None) -> Process:
        """A bot that talks to the Bot API server at `url` and keeps its data in `folder`."""
        env = {
            "BOT_TOKEN": SANDBOX_TOKEN,
            "OPERATOR_NAME": "Association d'essai",
            "OPERATOR_CONTACT": "essai@example.org",
            "PRIVACY_URL": "https://example.org/vie-privee",
            "TELEGRAM_API_URL": url,
            "DATA_DIR": str(folder),
        }
        if database:
            env["DATABASE_URL"] = database
        asked = {"env": env, "log": str(folder / "bot.log")}
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(json.dumps(asked) + "\n")
        self._process.stdin.flush()
        return Process(int(self._process.stdout.readline()), folder / "bot.log")

    def close(self) -> None:
        assert self._process.stdin is not None
        self._process.stdin.close()
        self._process.wait(timeout=10)
        if self._process.stdout is not None:
            self._process.stdout.close()


class Process:
    """One running bot."""

    def __init__(self, pid: int, log: Path) -> None:
        self.pid = pid
        self.log = log

    def kill(self) -> None:
        """`kill -9`: nothing is finished, nothing is closed."""
        self._signal(signal.SIGKILL)

    async def stop(self, within: float = PATIENCE) -> None:
        """SIGTERM, and wait for the end."""
        self._signal(signal.SIGTERM)
        deadline = time.monotonic() + within
        while self.alive():
            assert time.monotonic() < deadline, f"the bot does not stop\n{self.log.read_text()}"
            await asyncio.sleep(0.05)

    def alive(self) -> bool:
        try:
            state = Path(f"/proc/{self.pid}/stat").read_text().rsplit(")", 1)[1].split()[0]
        except FileNotFoundError:
            return False
        return state not in "ZX"

    def _signal(self, number: int) -> None:
        try:
            os.kill(self.pid, number)
        except ProcessLookupError:
            return


@contextmanager
def zygote() -> Iterator[Zygote]:
    """A zygote for a test session."""
    made = Zygote()
    try:
        yield made
    finally:
        made.close()
