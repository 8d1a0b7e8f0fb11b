"""Places as people name them: every French commune, its postcodes and former names, cities abroad.

`search` reads what somebody typed, `nearest` a shared location; `by_code` gives a place back that was kept.
"""

from __future__ import annotations

from functools import cache

from bot.sources.places.model import Decision, Kind, Place, PlaceFound
from bot.sources.places.search import Places

__all__ = ["Decision", "Kind", "Place", "PlaceFound", "Places", "places"]


@cache
def places() -> Places:
    """The embedded tables, loaded once."""
    return Places()
