"""A database for a test: `store` runs it once on SQLite, once on PostgreSQL.

The tables are made once for each kind; a test gets them empty. Import the fixtures in a room's conftest:
`from tests.databases import *`.
"""

from collections.abc import Iterator
from pathlib import Path
from shutil import copyfile

import psycopg
import pytest
from sqlalchemy import make_url

from storage import migrations
from storage.engine import Store
from storage.tables.core import metadata
from tests.postgres import fresh_database

__all__ = [
    "database_url",
    "postgres_shaped",
    "postgres_store_url",
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
def postgres_shaped(postgres_url: str) -> str:
    """A PostgreSQL database of the newest shape; tests get it through `postgres_store_url`, emptied."""
    url = fresh_database(postgres_url)
    migrations.upgrade(url)
    return url


@pytest.fixture
def postgres_store_url(postgres_shaped: str) -> str:
    """An empty PostgreSQL database of the newest shape. Emptying one takes a tenth of making one."""
    url = make_url(postgres_shaped)
    tables = ", ".join(f'"{table.name}"' for table in metadata.sorted_tables)
    with psycopg.connect(
        host=str(url.query["host"]), user="bob", dbname=url.database, autocommit=True
    ) as conn:
        conn.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
            "WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )
        conn.execute(f"TRUNCATE {tables} RESTART IDENTITY".encode())
        conn.execute("UPDATE alembic_version SET version_num = %s", [migrations.head()])
    return postgres_shaped


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
