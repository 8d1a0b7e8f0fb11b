"""Databases for the tests of the storage, and a room to work in."""

import pytest

from storage.engine import Store
from tests.databases import *  # noqa: F403
from tests.storage.making import Room


@pytest.fixture
def room(store: Store) -> Room:
    return Room(store)
