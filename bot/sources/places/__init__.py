"""Places as people name them: every French commune, its postcodes and former names, cities abroad.

`search` reads what somebody typed, `nearest` a shared location; `by_code` gives a place back that was kept.
"""

from __future__ import annotations

from functools import cache

from bot.sources.places.model import Kind, Place
from bot.sources.places.search import Places

__all__ = ["Kind", "Place", "Places", "places"]


@cache
def places() -> Places:
    """The embedded tables, loaded once."""
    return Places()
