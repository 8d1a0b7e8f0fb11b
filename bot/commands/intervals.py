"""95 % intervals, as the reports and the evaluations print them."""

from __future__ import annotations

from typing import Final

Z95: Final = 1.959964
"""The 97.5 % quantile of the normal distribution."""


def student(freedom: int) -> float:
    """The 97.5 % quantile of Student's distribution, by the expansion around the normal one (Fisher and Cornish);
    right to 0.01 from 4 degrees of freedom on, too small below 3.
    """
    z = Z95
    first = (z**3 + z) / 4
    second = (5 * z**5 + 16 * z**3 + 3 * z) / 96
    third = (3 * z**7 + 19 * z**5 + 17 * z**3 - 15 * z) / 384
    return z + first / freedom + second / freedom**2 + third / freedom**3


def wilson(part: int, whole: int) -> tuple[float, float]:
    """Wilson's interval of the share `part` of `whole`, which is not 0: (low, high), each from 0 to 1."""
    share, square = part / whole, Z95**2
    centre = (share + square / (2 * whole)) / (1 + square / whole)
    half = Z95 * (share * (1 - share) / whole + square / (4 * whole**2)) ** 0.5 / (1 + square / whole)
    return max(0.0, centre - half), min(1.0, centre + half)
