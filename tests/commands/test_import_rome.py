"""`bob data import rome`: the official referential into the database, and what people and a running Bob notice."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from bot.advice.loading import load_catalogue
from bot.advice.profile import Profile
from bot.commands.data import rome as command
from bot.dialogs.turn import World
from bot.sources.occupations import Occupations, official
from bot.sources.occupations.lexicon import load_lexicon
from bot.sources.occupations.referential import Referential
from bot.sources.places import places
from scheduler.clock import ManualClock
from scheduler.ticks import Ticks
from storage import people, rome
from storage.engine import Store
from storage.people import PersonRecord
from tests.commands.running import Bob, Ran
from tests.dialogs.chat import THURSDAY, Chat
from tests.sources.occupations.archives import keep_apart, zip_of, zipped

NEW_LABEL = "Employé / Employée de salle"
PEOPLE = (1, 2, 3)


@pytest.fixture(autouse=True)
def quick_and_apart(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """The lexicon's labels count as enough titles; nothing of them is kept outside of the test."""
    monkeypatch.setattr(official, "LEAST_TITLES", 1000)
    keep_apart(monkeypatch, tmp_path)


def of_version(version: str, *, moved: dict[str, str] | None = None) -> Referential:
    """All occupations with one title each, but that some codes have given way to others."""
    moved = moved or {}
    lexicon = command.embedded()
    occupations = {
        moved.get(code, code): (NEW_LABEL if code in moved else label, parent)
        for code, (label, parent) in lexicon.occupations.items()
    }
    titles = tuple(
        replace(title, ogr=f"{number:06}", code=moved.get(title.code, title.code))
        for number, title in enumerate(lexicon.titles)
    )
    return Referential(version, occupations, titles)


@pytest.fixture
def archive(tmp_path: Path) -> Callable[..., Path]:
    """Writes the archive of a version."""

    def write(version: str, **values: Any) -> Path:
        file = tmp_path / f"rome{version}.zip"
        file.write_bytes(zip_of(of_version(version, **values)))
        return file

    return write


Archive = Callable[..., Path]
Import = Callable[[Path | str], Ran]


@pytest.fixture
def importing(bob: Bob, sqlite_url: str) -> Import:
    """Imports an archive into the test's database."""
    return lambda source: bob("data", "import", "rome", source, DATABASE_URL=sqlite_url)


@pytest.fixture
def store(sqlite_url: str) -> Iterator[Store]:
    with closing(Store(sqlite_url)) as opened:
        yield opened


def add_person(store: Store, telegram_id: int, code: str) -> None:
    store.run_sync(
        people.create_person,
        THURSDAY,
        telegram_id=telegram_id,
        chat_id=telegram_id,
        language="fr",
        form="vous",
        profile=Profile(job="serveuse", job_code=code),
    )


def codes_of_people(store: Store) -> list[str | None]:
    found = [store.run_sync(people.load_by_telegram, number) for number in PEOPLE]
    return [one.profile.job_code for one in found if isinstance(one, PersonRecord)]


# Importing


def test_an_archive_is_imported_whole(importing: Import, archive: Archive, store: Store) -> None:
    ran = importing(archive("461"))
    assert (ran.code, ran.err) == (0, "")
    assert "ROME version 461: 1584 occupations and 1584 titles. 0 codes have moved, 0 are gone" in ran.out
    loaded = store.run_sync(rome.load)
    assert loaded == of_version("461")


def test_the_database_is_made_where_there_is_none(bob: Bob, archive: Archive, tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'new.sqlite'}"
    assert bob("data", "import", "rome", archive("461"), DATABASE_URL=url).code == 0
    with closing(Store(url)) as store:
        assert store.run_sync(rome.load) == of_version("461")


def test_the_same_archive_a_second_time_changes_nothing(
    importing: Import, archive: Archive, store: Store
) -> None:
    importing(archive("461"))
    add_person(store, 1, "G1803")
    ran = importing(archive("461"))
    assert ran.code == 0
    assert ran.out.endswith("ROME version 461 is in use already; nothing was changed.\n")
    assert codes_of_people(store) == ["G1803"]


def test_an_older_version_is_refused(importing: Import, archive: Archive, store: Store) -> None:
    importing(archive("1000"))
    ran = importing(archive("999"))
    assert ran.code == 1
    assert ran.sentence == (
        "The database has ROME version 1000, newer than this one (999): nothing was changed."
    )
    assert store.run_sync(rome.load) == of_version("1000")


def test_codes_that_moved_are_counted_and_lead_on_to_their_successors(
    importing: Import, archive: Archive, store: Store
) -> None:
    for number, code in zip(PEOPLE, ("G1803", "J1501", "G1803"), strict=True):
        add_person(store, number, code)
    ran = importing(archive("461", moved={"G1803": "G1899"}))
    assert "2 people will be told." in ran.out
    assert codes_of_people(store) == ["G1899", "J1501", "G1899"]
    loaded = store.run_sync(rome.load)
    assert loaded is not None
    assert loaded.successors == {"G1803": "G1899"}


def test_a_code_that_moved_twice_leads_to_where_it_is_now(
    importing: Import, archive: Archive, store: Store
) -> None:
    importing(archive("461", moved={"G1803": "G1899"}))
    add_person(store, 1, "G1899")
    importing(archive("462", moved={"G1803": "G1898"}))
    loaded = store.run_sync(rome.load)
    assert loaded is not None
    assert loaded.successors == {"G1803": "G1898", "G1899": "G1898"}
    assert codes_of_people(store) == ["G1898"]


def test_a_code_that_comes_back_has_no_successor_any_more(
    importing: Import, archive: Archive, store: Store
) -> None:
    importing(archive("461", moved={"G1803": "G1899"}))
    importing(archive("462"))
    loaded = store.run_sync(rome.load)
    assert loaded is not None
    assert loaded.successors == {"G1899": "G1803"}


# Faults


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"code_rome,libelle_rome", "This is no zip archive."),
        (zipped({"readme.txt": "ROME"}), "The archive has no file like unix_referentiel_code_rome_v460"),
        (zip_of(replace(of_version("461"), titles=())), "Only 1584 occupations and 0 titles"),
    ],
    ids=["no zip", "another archive", "a fragment"],
)
def test_a_wrong_file_is_refused_and_the_former_stays(
    importing: Import, archive: Archive, store: Store, tmp_path: Path, content: bytes, sentence: str
) -> None:
    importing(archive("460"))
    wrong = tmp_path / "wrong.zip"
    wrong.write_bytes(content)
    ran = importing(wrong)
    assert (ran.code, ran.out) == (1, "")
    assert sentence in ran.sentence
    assert store.run_sync(rome.load) == of_version("460")


def test_a_file_that_is_not_there_or_is_a_folder_is_refused(importing: Import, tmp_path: Path) -> None:
    missing = importing(tmp_path / "rome.zip")
    assert (missing.code, "rome.zip cannot be read (No such file" in missing.sentence) == (1, True)
    folder = importing(tmp_path)
    assert (folder.code, "cannot be read (Is a directory)" in folder.sentence) == (1, True)


def test_a_file_that_is_too_large_is_not_even_read(
    importing: Import, archive: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(command, "LARGEST", 1000)
    ran = importing(archive("461"))
    assert (ran.code, ran.sentence.endswith("is too large to be the referential.")) == (1, True)


# Downloading


class Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_: Any) -> None:
        """Nothing on standard error."""


@contextmanager
def serving(folder: Path) -> Iterator[str]:
    """A web server for the files of a folder."""
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(folder))) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_address[1]}"
        finally:
            server.shutdown()
            thread.join()


@pytest.fixture
def address(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    monkeypatch.setenv("no_proxy", "*")
    with serving(tmp_path) as found:
        yield found


def test_an_archive_is_downloaded_from_an_address(
    importing: Import, archive: Archive, address: str, store: Store
) -> None:
    archive("461")
    ran = importing(f"{address}/rome461.zip")
    assert (ran.code, ran.err) == (0, "")
    assert store.run_sync(rome.load) == of_version("461")


def test_an_address_without_the_archive_is_refused(importing: Import, address: str) -> None:
    ran = importing(f"{address}/nothing.zip")
    assert ran.code == 1
    assert ran.sentence == (
        f"{address}/nothing.zip cannot be downloaded (File not found): try again later, or give a file."
    )


def test_a_download_that_is_too_large_is_refused(
    importing: Import, archive: Archive, address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    archive("461")
    monkeypatch.setattr(command, "LARGEST", 1000)
    ran = importing(f"{address}/rome461.zip")
    assert (ran.code, ran.sentence.endswith("is too large to be the referential.")) == (1, True)


@pytest.mark.parametrize(
    "source",
    [
        "http://127.0.0.1:1/rome.zip",
        "http://",
        "http://[rome",
        "http://127.0.0.1:1/rome 461.zip",
        "http://127.0.0.1:port/rome.zip",
    ],
)
def test_an_address_where_nobody_answers_is_refused(
    importing: Import, source: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("no_proxy", "*")
    ran = importing(source)
    assert ran.code == 1
    assert ran.sentence.startswith(f"{source} cannot be downloaded (")


# A running Bob, and the people who chat with it

MOVED = {"G1803": "G1899"}


@pytest.fixture
def world() -> World:
    """A Bob that began with the lexicon alone; its occupations are its own."""
    return World(
        catalogue=load_catalogue(),
        operator="Association Cap Emploi",
        contact="bonjour@exemple.org",
        privacy_url="https://exemple.org/confidentialite",
        occupations=Occupations(load_lexicon()),
        places=places(),
    )


def renew(store: Store, world: World) -> None:
    ticks = Ticks(store, ManualClock(THURSDAY), world, lambda _: None)
    asyncio.run(ticks.renew())


def test_a_running_bob_takes_up_what_was_imported(
    importing: Import, archive: Archive, store: Store, world: World
) -> None:
    renew(store, world)
    assert world.occupations.version is None
    importing(archive("461", moved=MOVED))
    renew(store, world)
    assert (world.occupations.version, len(world.occupations)) == ("461", 1584)
    new = world.occupations.by_code("G1899")
    assert new is not None
    assert new.fr == "employé / employée de salle"
    assert world.occupations.by_code("G1803") is new


def test_a_running_bob_does_not_load_twice_what_it_has(
    importing: Import, archive: Archive, store: Store, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    importing(archive("461"))
    renew(store, world)
    monkeypatch.setattr(rome, "load", lambda _: pytest.fail("it was loaded again"))
    renew(store, world)
    assert world.occupations.version == "461"


def test_a_running_bob_takes_up_a_corrected_archive_of_the_same_version(
    importing: Import, archive: Archive, store: Store, world: World
) -> None:
    importing(archive("461"))
    renew(store, world)
    assert "1 codes have moved" in importing(archive("461", moved=MOVED)).out
    renew(store, world)
    assert world.occupations.by_code("G1899") is not None


def waiter(store: Store, world: World, language: str) -> Chat:
    """Somebody who said that they wait tables."""
    chat = Chat(store, world, client_language=language)
    chat.onboard(job="serveuse" if language == "fr" else "waiter")
    assert chat.record.profile.job_code == "G1803"
    return chat


@pytest.mark.parametrize(
    ("language", "label"), [("fr", "employé / employée de salle"), ("en", "restaurant waiter")]
)
def test_a_person_whose_code_moved_is_told_once_at_their_next_message(
    importing: Import, archive: Archive, store: Store, world: World, language: str, label: str
) -> None:
    chat = waiter(store, world, language)
    importing(archive("461", moved=MOVED))
    renew(store, world)
    assert chat.record.profile.job_code_before == "G1803"
    chat.say("bonjour" if language == "fr" else "hello")
    assert chat.text.startswith(chat.words("questions.job.moved", label=label))
    assert len(chat.text) > len(chat.words("questions.job.moved", label=label))
    profile = chat.record.profile
    assert (profile.job_code, profile.job_code_before) == ("G1899", None)
    for said in ("bonjour", "/aide"):
        chat.command(said) if said.startswith("/") else chat.say(said)
        assert not chat.hears("questions.job.moved")


def test_a_press_of_a_button_is_a_message_too(
    importing: Import, archive: Archive, store: Store, world: World
) -> None:
    chat = waiter(store, world, "fr")
    chat.command("/reglages")
    importing(archive("461", moved=MOVED))
    renew(store, world)
    chat.press(chat.buttons[0])
    assert chat.hears("questions.job.moved")


def test_a_person_in_distress_is_answered_first_and_told_later(
    importing: Import, archive: Archive, store: Store, world: World
) -> None:
    chat = waiter(store, world, "fr")
    importing(archive("461", moved=MOVED))
    renew(store, world)
    chat.say("je veux mourir")
    assert "3114" in chat.text
    assert not chat.hears("questions.job.moved")
    chat.say("bonjour")
    assert chat.hears("questions.job.moved")


def test_others_are_told_nothing(importing: Import, archive: Archive, store: Store, world: World) -> None:
    chat = Chat(store, world)
    chat.onboard(job="aide-soignante")
    importing(archive("461", moved=MOVED))
    renew(store, world)
    chat.say("bonjour")
    assert not chat.hears("questions.job.moved")


def test_a_person_who_writes_before_bob_has_taken_it_up_is_told_afterwards(
    importing: Import, archive: Archive, store: Store, world: World
) -> None:
    chat = waiter(store, world, "fr")
    importing(archive("461", moved=MOVED))
    chat.say("bonjour")
    assert not chat.hears("questions.job.moved")
    renew(store, world)
    chat.say("bonjour")
    assert chat.hears("questions.job.moved")
