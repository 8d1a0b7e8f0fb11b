"""A world, a database and people to chat with."""

import os
from collections.abc import Callable, Iterator
from itertools import count
from typing import Any

import pytest

from bot.advice.loading import load_catalogue
from bot.dialogs.turn import World
from bot.sources.occupations import occupations
from bot.sources.places import places
from storage.engine import Store
from tests.databases import *  # noqa: F403
from tests.dialogs.chat import Chat, no_blank_left

NewChat = Callable[..., Chat]


@pytest.fixture(scope="session")
def world() -> World:
    """The real catalogue and lists, run by an invented association."""
    return World(
        catalogue=load_catalogue(),
        operator="Association Cap Emploi",
        contact="bonjour@exemple.org",
        privacy_url="https://exemple.org/confidentialite",
        occupations=occupations(),
        places=places(),
    )


@pytest.fixture(autouse=True)
def known_ids(monkeypatch: pytest.MonkeyPatch) -> None:
    """The same internal ids in every run: they are the seed of each person's choices."""
    numbers = count(1)
    monkeypatch.setattr("storage.people.new_person_id", lambda: f"{next(numbers):032x}")


@pytest.fixture
def database(request: pytest.FixtureRequest) -> Iterator[Store]:
    """SQLite; PostgreSQL when DIALOGUES_ON says so, as `make test-long` does."""
    on_postgres = os.environ.get("DIALOGUES_ON") == "postgresql"
    opened = Store(request.getfixturevalue("postgres_store_url" if on_postgres else "sqlite_url"))
    yield opened
    opened.close()


@pytest.fixture
def new_chat(database: Store, world: World) -> NewChat:
    """Makes people who never wrote to Bob before; the texts they get have no blank left."""

    def make(**values: Any) -> Chat:
        chat = Chat(database, world, **values)
        chat.checks.append(no_blank_left)
        return chat

    return make


@pytest.fixture
def chat(new_chat: NewChat) -> Chat:
    """Somebody who never wrote to Bob before."""
    return new_chat()


@pytest.fixture
def amina(new_chat: NewChat) -> Chat:
    """Somebody who has answered the questions: first action due on Friday 27 November 2026 at 9:00 in Paris."""
    chat = new_chat()
    chat.onboard()
    return chat


@pytest.fixture
def with_action(amina: Chat) -> Chat:
    """The same on Friday at 9:01, with the day's action open."""
    from tests.dialogs.chat import paris

    amina.tick_to(paris("2026-11-27 09:01"))
    assert amina.open_action is not None
    return amina
