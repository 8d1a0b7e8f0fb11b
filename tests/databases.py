"""A database for a test: `store` runs it once on SQLite, once on PostgreSQL.

The schema is made once for each kind; a test gets a copy. Import the fixtures in a room's conftest:
`from tests.databases import *`.
"""

from collections.abc import Iterator
from pathlib import Path
from shutil import copyfile
from uuid import uuid4

import psycopg
import pytest
from sqlalchemy import make_url

from storage import migrations
from storage.engine import Store
from tests.postgres import fresh_database

__all__ = [
    "database_url",
    "postgres_store_url",
    "postgres_template",
    "sqlite_template",
    "sqlite_url",
    "store",
]


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An empty SQLite database of the newest shape; to be copied, not used."""
    path = tmp_path_factory.mktemp("template") / "bob.sqlite"
    migrations.upgrade(f"sqlite:///{path}")
    return path


@pytest.fixture
def sqlite_url(sqlite_template: Path, tmp_path: Path) -> str:
    """A new SQLite database of the newest shape."""
    path = tmp_path / "bob.sqlite"
    copyfile(sqlite_template, path)
    return f"sqlite:///{path}"


@pytest.fixture(scope="session")
def postgres_template(postgres_url: str) -> str:
    """The name of an empty PostgreSQL database of the newest shape; to be copied, not used."""
    url = fresh_database(postgres_url)
    migrations.upgrade(url)
    return str(make_url(url).database)


@pytest.fixture
def postgres_store_url(postgres_url: str, postgres_template: str) -> str:
    """A new PostgreSQL database of the newest shape."""
    server = make_url(postgres_url)
    name = f"test_{uuid4().hex}"
    with psycopg.connect(
        host=str(server.query["host"]), user="bob", dbname="postgres", autocommit=True
    ) as conn:
        conn.execute(f'CREATE DATABASE "{name}" TEMPLATE "{postgres_template}"'.encode())
    return server.set(database=name).render_as_string(hide_password=False)


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def database_url(request: pytest.FixtureRequest) -> str:
    """A new database of the newest shape, of each kind in turn."""
    name = "sqlite_url" if request.param == "sqlite" else "postgres_store_url"
    return str(request.getfixturevalue(name))


@pytest.fixture
def store(database_url: str) -> Iterator[Store]:
    """A store on a new database, of each kind in turn."""
    opened = Store(database_url)
    yield opened
    opened.close()
