"""Who follows a person, and who offers to, as the dialogues see it: values that the shell loads."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime

_NOT_A_NAME = re.compile(r"[^\w'’-]|[\d_]")

LONGEST_NAME = 20


def name_of(first_name: str | None, initial: str) -> str:
    """ "Sofia M.": what a team calls the person. The first word of the first name, letters only, and one letter."""
    words = _NOT_A_NAME.sub(" ", first_name or "").split()
    first = words[0][:LONGEST_NAME] if words else "?"
    letter = next((each.upper() for each in initial if each.isalpha()), "")
    return f"{first} {letter}." if letter else first


LINES = ("action", "activity", "rhythm", "appointment")
"""What a team's card can show besides the name; each can be left out."""


@dataclass(frozen=True, slots=True)
class Invitation:
    """An offer to be followed. `code`: digest of the invitation's code. `card`: what each line would say now."""

    code: str
    team: str
    counsellor: str
    members: tuple[str, ...]
    answer_days: int
    card: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class FollowedBy:
    """A team that follows the person. `cover`: who answers meanwhile, until `cover_until`. Dates are the team's."""

    link: int
    team: str
    counsellor: str
    members: tuple[str, ...]
    answer_days: int
    shown: tuple[str, ...]
    words_to: str  # topic | private
    linked_on: date
    receipt: str
    cover: str | None = None
    cover_until: date | None = None
    back: datetime | None = None
    """When who answers works again, on the person's wall clock; None: they work now, or that is not in sight."""
    obstacle: str | None = None
    """no_private | no_group: why the person's words can go nowhere now."""

    gone: bool = False
    """The counsellor has left the team, and nobody covers: nobody answers until somebody takes over."""

    @property
    def who(self) -> str:
        """Who answers now, by name."""
        return self.cover or self.counsellor
