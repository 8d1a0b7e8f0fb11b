import os
import shutil
from pathlib import Path

import psycopg
import pytest
from sqlalchemy import create_engine, make_url, text

from tests import postgres


def owner_of_process(url: str) -> int:
    """The user id that the server runs under, read from the owner of its data folder."""
    return (Path(str(make_url(url).query["host"])) / "data").stat().st_uid


def test_gives_a_server_that_sqlalchemy_can_use(postgres_url: str) -> None:
    engine = create_engine(postgres_url)
    with engine.connect() as connection:
        assert connection.execute(text("select 1 + 1")).scalar_one() == 2
    engine.dispose()


def test_a_fresh_database_shares_nothing_with_another(postgres_url: str, postgres_database: str) -> None:
    other = postgres.fresh_database(postgres_url)
    engine = create_engine(postgres_database)
    with engine.begin() as connection:
        connection.execute(text("create table person (id integer)"))
    engine.dispose()
    other_engine = create_engine(other)
    with other_engine.connect() as connection:
        assert connection.execute(text("select to_regclass('person')")).scalar_one() is None
    other_engine.dispose()


def test_keeps_accents_and_emoji(postgres_database: str) -> None:
    url = make_url(postgres_database)
    with psycopg.connect(host=str(url.query["host"]), user="bob", dbname=url.database) as connection:
        row = connection.execute("select %s::text", ["Élodie 🌱 أمل"]).fetchone()
    assert row == ("Élodie 🌱 أمل",)


@pytest.mark.skipif(os.geteuid() != 0, reason="only root must hand the server to another user")
def test_does_not_run_as_root(postgres_url: str) -> None:
    assert owner_of_process(postgres_url) != 0


def test_a_server_is_stopped_and_its_folder_removed_after_use() -> None:
    try:
        with postgres.cluster() as url:
            folder = Path(str(make_url(url).query["host"]))
            process = int((folder / "data" / "postmaster.pid").read_text().splitlines()[0])
            os.kill(process, 0)  # it runs
    except postgres.Unavailable as reason:
        postgres.miss(str(reason))
    assert not folder.exists()
    with pytest.raises(ProcessLookupError):
        os.kill(process, 0)


def test_says_what_is_missing_when_there_is_no_server(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "which", lambda name: None)
    monkeypatch.setattr(Path, "glob", lambda self, pattern: iter(()))
    with pytest.raises(postgres.Unavailable, match="not installed"):
        postgres.find_binaries()
