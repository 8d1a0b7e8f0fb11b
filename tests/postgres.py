"""A throw-away PostgreSQL for the tests: found on the machine, started once per test process, always stopped.

Fixtures: `postgres_url` (session: the server's maintenance database) and `postgres_database` (a new, empty
database for one test). Code that needs several calls `fresh_database(postgres_url)`.
"""

from __future__ import annotations

import ctypes
import os
import pwd
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import uuid
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any, NoReturn
from urllib.parse import quote

import psycopg
import pytest
from sqlalchemy import make_url

STARTS_WITHIN = 60.0  # seconds; a cold start takes about 2
STOPS_WITHIN = 20.0  # seconds
OWNERS = ("postgres", "nobody")  # PostgreSQL refuses to run as root
FAST = {
    "listen_addresses": "",
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "max_connections": "200",
    "timezone": "UTC",
    "log_timezone": "UTC",
}


class Unavailable(Exception):
    """There is no PostgreSQL to start on this machine."""


def find_binaries() -> Path:
    """The folder that holds both initdb and postgres: of PATH, of Debian, or the one that pg_config names."""
    on_path = shutil.which("initdb")
    folders = [Path(on_path).resolve().parent] if on_path else []
    folders += sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: -float(path.parent.name))
    if shutil.which("pg_config"):
        answer = subprocess.run(["pg_config", "--bindir"], capture_output=True, text=True, check=True)
        folders.append(Path(answer.stdout.strip()))
    for folder in folders:
        if (folder / "initdb").exists() and (folder / "postgres").exists():
            return folder
    raise Unavailable("PostgreSQL is not installed (no initdb found)")


def owner() -> pwd.struct_passwd | None:
    """The user that must run the server when we are root; None when we run it ourselves."""
    if os.geteuid() != 0:
        return None
    for name in OWNERS:
        try:
            return pwd.getpwnam(name)
        except KeyError:
            continue
    raise Unavailable(f"PostgreSQL refuses to run as root, and there is no user {' or '.join(OWNERS)}")


def stop_with_parent() -> None:
    """In the server's process: end at once when the tests are killed, so that nothing is left running."""
    pr_set_pdeathsig = 1
    ctypes.CDLL(None).prctl(pr_set_pdeathsig, signal.SIGQUIT)


@contextmanager
def cluster() -> Iterator[str]:
    """The URL of a new server's maintenance database. It listens on a socket in its own temporary folder."""
    binaries, user = find_binaries(), owner()
    folder = Path(tempfile.mkdtemp(prefix="bob-postgres-"))
    as_user: dict[str, Any] = {"cwd": folder}
    if user:
        os.chown(folder, user.pw_uid, user.pw_gid)
        as_user |= {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []}
    try:
        data = folder / "data"
        initialise(binaries, data, as_user)
        with server(binaries, data, folder, as_user):
            yield f"postgresql+psycopg://bob@/postgres?host={quote(str(folder))}"
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def initialise(binaries: Path, data: Path, as_user: dict[str, Any]) -> None:
    options = ["--username=bob", "--auth=trust", "--encoding=UTF8", "--locale=C", "--no-sync"]
    done = subprocess.run(
        [binaries / "initdb", "-D", data, *options], capture_output=True, text=True, check=False, **as_user
    )
    if done.returncode:
        raise RuntimeError(f"initdb failed: {done.stderr}")


@contextmanager
def server(binaries: Path, data: Path, folder: Path, as_user: dict[str, Any]) -> Iterator[None]:
    settings = [word for name, value in FAST.items() for word in ("-c", f"{name}={value}")]
    log = folder / "log"
    with (
        log.open("wb") as output,
        subprocess.Popen(
            [binaries / "postgres", "-D", data, "-k", folder, *settings],
            stdout=output,
            stderr=subprocess.STDOUT,
            preexec_fn=stop_with_parent if sys.platform == "linux" else None,  # noqa: PLW1509 (one system call)
            **as_user,
        ) as process,
    ):
        try:
            wait_until_ready(process, folder, log)
            yield
        finally:
            process.send_signal(signal.SIGQUIT)
            try:
                process.wait(STOPS_WITHIN)
            except subprocess.TimeoutExpired:
                process.kill()


def wait_until_ready(process: subprocess.Popen[bytes], folder: Path, log: Path) -> None:
    deadline = time.monotonic() + STARTS_WITHIN
    while time.monotonic() < deadline and process.poll() is None:
        try:
            psycopg.connect(host=str(folder), user="bob", dbname="postgres", connect_timeout=5).close()
        except psycopg.OperationalError:
            time.sleep(0.05)
        else:
            return
    raise RuntimeError(f"PostgreSQL did not start: {log.read_text(errors='replace')[-2000:]}")


def fresh_database(url: str) -> str:
    """The URL of a new, empty database on the same server. It goes away with the server."""
    server_url = make_url(url)
    name, host = f"test_{uuid.uuid4().hex}", str(server_url.query["host"])
    with psycopg.connect(host=host, user="bob", dbname="postgres", autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{name}"')
    return server_url.set(database=name).render_as_string(hide_password=False)


def miss(why: str) -> NoReturn:
    """Skip where PostgreSQL may be absent, fail where it may not."""
    if os.environ.get("CI"):
        pytest.fail(why)
    pytest.skip(why)


@pytest.fixture(scope="session")
def postgres_url() -> Iterator[str]:
    with ExitStack() as stack:
        try:
            url = stack.enter_context(cluster())
        except Unavailable as reason:
            miss(str(reason))
        yield url


@pytest.fixture
def postgres_database(postgres_url: str) -> str:
    return fresh_database(postgres_url)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if "postgres_url" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.postgres)
