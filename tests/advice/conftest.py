"""The catalogue, read once for all tests of advice."""

from __future__ import annotations

import pytest

from bot.advice.items import Catalogue
from bot.advice.loading import load_catalogue


@pytest.fixture(scope="session")
def catalogue() -> Catalogue:
    return load_catalogue()
