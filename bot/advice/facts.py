"""What the conditions look at: profile, occupation, history and day, gathered in one value."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from bot.advice.occupation import Occupation
from bot.advice.profile import Profile


class Family(StrEnum):
    """Families of recommendations, as the mix of any seven actions needs them."""

    APPLICATION = "application"
    NETWORK = "network"
    SKILL = "skill"
    MOTIVATION = "motivation"
    EXPLORATION = "exploration"
    ORGANISATION = "organisation"
    RIGHTS = "rights"
    WELLBEING = "wellbeing"


class Outcome(StrEnum):
    """How an action ended, or that it has not."""

    OPEN = "open"
    DONE = "done"
    REFUSED = "refused"  # "not for me", with a reason
    EXPIRED = "expired"  # replaced by a later day's action without an answer
    REPLACED = "replaced"  # the person asked for another
    WITHDRAWN = "withdrawn"  # no longer fits after an edit of the profile


class Refusal(StrEnum):
    """Why an action is "not for me"; each reason changes the next days' choice."""

    TOO_LONG = "too_long"
    TOO_HARD = "too_hard"
    ALREADY_DONE = "already_done"
    NOT_MY_SITUATION = "not_my_situation"
    DISLIKE = "dislike"  # this kind of thing


@dataclass(frozen=True, slots=True)
class PastAction:
    """One action that the person received. `day` is their local date."""

    action_id: str
    day: date
    outcome: Outcome
    refusal: Refusal | None = None
    easier: bool = False  # they asked for the easier variant
    stuck: bool = False  # they said they were stuck
    felt: str | None = None  # easy | fine | hard


@dataclass(frozen=True, slots=True)
class StrategyAnswer:
    """What the person answered to a strategy. `until`: a refused family stays away until that local date."""

    state: str  # accepted | later | refused
    until: date | None = None


@dataclass(frozen=True, slots=True)
class History:
    """What happened so far, newest first. `refusals`: the local dates on which the person told of an
    employer's refusal; nothing more is known of them. `priorities`: the strategies that the counsellor who
    follows the person puts first. `interviews`: the local dates of the job interviews still to come, next first.
    """

    actions: tuple[PastAction, ...] = ()
    strategies: Mapping[str, StrategyAnswer] = field(default_factory=dict)
    refusals: tuple[date, ...] = ()
    priorities: tuple[str, ...] = ()
    interviews: tuple[date, ...] = ()


@dataclass(frozen=True, slots=True)
class Facts:
    """Everything the advice looks at. `today` is the person's local date; `seed` names the person for
    near-ties. `preferred`: the family that their goal of the week asks for.
    """

    profile: Profile
    today: date
    occupation: Occupation | None = None
    history: History = History()
    seed: str = "cli"
    preferred: Family | None = None
