"""Three-valued logic (Kleene): True, False, and None for "an answer is missing"."""

from __future__ import annotations

from collections.abc import Iterable

Truth = bool | None


def negate(value: Truth) -> Truth:
    """Unknown stays unknown."""
    return None if value is None else not value


def all_of(values: Iterable[Truth]) -> Truth:
    """False as soon as one is false, unknown if one is unknown, else true."""
    result: Truth = True
    for value in values:
        if value is False:
            return False
        if value is None:
            result = None
    return result


def any_of(values: Iterable[Truth]) -> Truth:
    """True as soon as one is true, unknown if one is unknown, else false."""
    result: Truth = False
    for value in values:
        if value is True:
            return True
        if value is None:
            result = None
    return result


def at_least(value: float | None, bound: float) -> Truth:
    """Unknown when there is no value."""
    return None if value is None else value >= bound


def at_most(value: float | None, bound: float) -> Truth:
    """Unknown when there is no value."""
    return None if value is None else value <= bound
