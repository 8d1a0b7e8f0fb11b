"""A team in front of its group, on both databases."""

import pytest

from storage.engine import Store
from tests.counsellors.acting import Room
from tests.counsellors.office import Office
from tests.databases import *  # noqa: F403
from tests.dialogs.conftest import world

__all__ = ["office", "world"]


@pytest.fixture
def office(store: Store) -> Office:
    """A team with two counsellors, Nadia and Karim, and a group with topics; nobody is followed yet."""
    return Office(store)


@pytest.fixture
def room(store: Store) -> Room:
    """A team with two counsellors, and somebody whom one of them follows; who gets a daily action."""
    return Room(store)
