"""Which place is nearest to a point."""

from __future__ import annotations

import math
from array import array

import numpy as np

from bot.sources.places.table import ABROAD, PARENTS, Table

FARTHEST = 30.0
"""Kilometres within which the nearest French commune is said to be where somebody is."""
FARTHEST_ABROAD = 100.0
"""The same for a city abroad: the small ones are not in the table."""
_EARTH = 6371.0


class Points:
    """All communes, arrondissements and cities abroad as points of the unit sphere, a row each (x, y, z)."""

    def __init__(self, table: Table) -> None:
        self._codes: list[str] = []
        degrees, approximate = array("f"), array("f")
        for line in table.communes:
            fields = line.split(",", 9)
            if (
                fields[0] not in PARENTS.values()
            ):  # Paris, Lyon and Marseille are told by their arrondissements
                self._codes.append(fields[0])
                degrees.extend((float(fields[6]), float(fields[7])))
                approximate.append(float(fields[8]))
        for line in table.cities:
            fields = line.split(",", 7)
            self._codes.append(fields[0])
            degrees.extend((float(fields[5]), float(fields[6])))
            approximate.append(0.0)
        self._approximate = np.array(approximate)
        latitudes, longitudes = np.radians(np.array(degrees).reshape(-1, 2)).T
        self._points = np.column_stack(
            (
                np.cos(latitudes) * np.cos(longitudes),
                np.cos(latitudes) * np.sin(longitudes),
                np.sin(latitudes),
            )
        )

    def nearest(self, latitude: float, longitude: float) -> str | None:
        """The code of the place nearest to a point in degrees; None if none is near enough or it is no point."""
        if not (math.isfinite(latitude) and math.isfinite(longitude) and abs(latitude) <= 90):
            return None
        north, east = math.radians(latitude), math.radians(longitude)
        point = np.array(
            (math.cos(north) * math.cos(east), math.cos(north) * math.sin(east), math.sin(north)),
            dtype=np.float32,
        )
        near = self._points @ point
        # A commune whose point is only that of its surroundings would win against those surroundings.
        for number in (int((near - 2 * self._approximate).argmax()), int(near.argmax())):
            away = float(np.linalg.norm(self._points[number] - point)) * _EARTH
            code = self._codes[number]
            if away <= (FARTHEST_ABROAD if code.startswith(ABROAD) else FARTHEST):
                return code
        return None

    @staticmethod
    def kilometres(one: tuple[float, float], other: tuple[float, float]) -> float:
        """Along a great circle, between two points in degrees."""
        north, south = math.radians(one[0]), math.radians(other[0])
        half = (
            math.sin((north - south) / 2) ** 2
            + math.cos(north) * math.cos(south) * math.sin(math.radians(one[1] - other[1]) / 2) ** 2
        )
        return 2 * _EARTH * math.asin(math.sqrt(min(1.0, half)))
