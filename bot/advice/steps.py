"""Three-valued steps of a diagnosis, where an unknown remembers whether it may still be asked.

A step is True, False, Open (unknown, and answers to its fields may yet make it true) or CLOSED (unknown for
good: the person chose not to answer).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from bot.advice.funnel import search_is_started
from bot.advice.profile import Barrier, Profile


@dataclass(frozen=True, slots=True)
class Open:
    """Unknown until these fields are answered; the first one decides most."""

    fields: tuple[str, ...]


class Closed:
    """Unknown, and not to be asked again."""

    __slots__ = ()


CLOSED = Closed()
Step = bool | Open | Closed


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a rule says: its step, which case of the obstacle it is, the answers that speak for it, whether those
    answers show that all is well, and whether it deserves attention although the rule does not hold (it was named).
    """

    step: Step
    case: str | None = None
    because: tuple[str, ...] = ()
    good: bool = False
    attention: bool = False


def unknown(profile: Profile, field: str) -> Open | Closed:
    """A missing answer: open if the field may be asked, closed if the person skipped it."""
    return Open((field,)) if profile.open_question(field) else CLOSED


def step(profile: Profile, field: str, test: Callable[[Any], bool]) -> Step:
    """The test on the field's value, or unknown when there is none."""
    value = getattr(profile, field)
    return unknown(profile, field) if value is None else test(value)


def named(profile: Profile, barrier: Barrier) -> Step:
    """The person named it as being in the way."""
    return step(profile, "barriers", lambda barriers: barrier in barriers)


def started(profile: Profile) -> Step:
    """The search has started."""
    found = search_is_started(profile)
    return unknown(profile, "search_started") if found is None else found


def every(*steps: Step) -> Step:
    """False if one is false; closed if one is closed (it can never become true); open on the first open one
    (the next is worth asking only after it); else true.
    """
    if any(found is False for found in steps):
        return False
    if any(found is CLOSED for found in steps):
        return CLOSED
    return next((found for found in steps if isinstance(found, Open)), True)


def some(*steps: Step) -> Step:
    """True if one is true; open if one is open (it may become true); closed if one is closed; else false."""
    if any(found is True for found in steps):
        return True
    return _open(steps) or (CLOSED if any(found is CLOSED for found in steps) else False)


def _open(steps: tuple[Step, ...]) -> Open | None:
    fields = tuple(
        dict.fromkeys(field for found in steps if isinstance(found, Open) for field in found.fields)
    )
    return Open(fields) if fields else None
