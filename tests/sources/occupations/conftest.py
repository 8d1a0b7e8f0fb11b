"""The search on the embedded lexicon, loaded once; and limits that let a handful of occupations pass."""

from __future__ import annotations

import pytest

from bot.sources.occupations import Occupations, occupations, official


@pytest.fixture(scope="session")
def jobs() -> Occupations:
    """The embedded lexicon."""
    return occupations()


@pytest.fixture
def small_is_enough(monkeypatch: pytest.MonkeyPatch) -> None:
    """A made-up referential of a few occupations counts as a whole one."""
    monkeypatch.setattr(official, "LEAST_OCCUPATIONS", 4)
    monkeypatch.setattr(official, "LEAST_TITLES", 6)
