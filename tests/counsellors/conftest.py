"""A team in front of its group, on both databases."""

import pytest

from storage.engine import Store
from tests.counsellors.office import Office
from tests.databases import *  # noqa: F403


@pytest.fixture
def office(store: Store) -> Office:
    """A team with two counsellors, Nadia and Karim, and a group with topics; nobody is followed yet."""
    return Office(store)
