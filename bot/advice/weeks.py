"""A person's weeks, side by side with their own past only; and the goal that they set for the next one.

A goal is counted in applications and contacts, never in hours. What it changes: until it is met, the choice of the
action prefers one family, the one that the goal and the step of the funnel point to.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from bot.advice.applications import Board, between, happened
from bot.advice.facts import Family, History, Outcome, PastAction
from bot.advice.funnel import Stage, funnel_stage
from bot.advice.profile import Profile

WEEK = timedelta(days=7)
PAST_WEEKS = 3
"""Weeks before this one that it is compared with."""

MOST_APPLICATIONS = 10
"""The largest goal: more would be counted, not written."""

SIZES = ("small", "medium", "large")


@dataclass(frozen=True, slots=True)
class Goal:
    """So many applications and contacts in the seven days after `since`."""

    since: date
    applications: int
    contacts: int


@dataclass(frozen=True, slots=True)
class Review:
    """A weekly review on a local date: the count asked for and its answer, and the goal for the next seven days."""

    day: date
    asked: str | None = None  # applications | contacts
    told: int | None = None
    goal: Goal | None = None


@dataclass(frozen=True, slots=True)
class Week:
    """Seven days. None: not known."""

    done: int
    applications: int | None
    interviews: int | None
    contacts: int


def uses_board(board: Board, today: date) -> bool:
    """Whether the board tells of these weeks: something was put on it, or moved, in the last four."""
    return any(one.latest > today - 4 * WEEK for one in board)


def week_of(board: Board, history: History, reviews: Sequence[Review], last: date) -> Week:
    """The seven days up to `last`, from the actions, the board and what was told in that week's review."""
    first = last - WEEK + timedelta(days=1)
    done = [one for one in history.actions if one.outcome is Outcome.DONE and first <= one.day <= last]
    network = sum(_is_of(one, Family.NETWORK) for one in done)
    told = {
        one.asked: one.told for one in reversed(reviews) if first <= one.day <= last and one.told is not None
    }
    days = happened(board)
    on_board = {name: between(days[name], first, last) for name in ("applications", "interviews")}
    known = bool(board)
    applications = max(on_board["applications"], told.get("applications") or 0)
    return Week(
        done=len(done),
        applications=applications if known or "applications" in told else None,
        interviews=on_board["interviews"] if known else None,
        contacts=max(network, told.get("contacts") or 0),
    )


def weeks_before(board: Board, history: History, reviews: Sequence[Review], last: date) -> list[Week]:
    """The whole weeks before the one that ends on `last`, newest first, as far back as the person has a past."""
    first = min((one.day for one in history.actions), default=last)
    ends = [last - WEEK * back for back in range(1, PAST_WEEKS + 1)]
    return [week_of(board, history, reviews, end) for end in ends if end - WEEK + timedelta(days=1) >= first]


def goals(usual: float, since: date) -> dict[str, Goal]:
    """The three sizes to choose from, around the person's usual number of applications a week."""
    medium = min(max(2, round(usual)), MOST_APPLICATIONS - 2)
    large = min(medium + max(1, round(medium / 2)), MOST_APPLICATIONS)
    numbers = (max(1, medium // 2), medium, large)
    return {
        size: Goal(since, applications, contacts)
        for size, applications, contacts in zip(SIZES, numbers, (1, 2, 3), strict=True)
    }


def preferred(
    goal: Goal | None, profile: Profile, board: Board, history: History, today: date
) -> Family | None:
    """The family that the goal asks for on that day; None without a goal, after its week, or once it is met.

    Where both are still to do, the step of the funnel decides: few leads, or applications without answers, want people
    rather than more letters.
    """
    if goal is None or not goal.since < today <= goal.since + WEEK:
        return None
    done = [one for one in history.actions if one.outcome is Outcome.DONE and one.day > goal.since]
    sent = between(happened(board)["applications"], goal.since + timedelta(days=1), today)
    sent = max(sent, sum(_is_of(one, Family.APPLICATION) for one in done))
    met = sum(_is_of(one, Family.NETWORK) for one in done)
    left = [
        family
        for family, missing in (
            (Family.APPLICATION, goal.applications - sent),
            (Family.NETWORK, goal.contacts - met),
        )
        if missing > 0
    ]
    if len(left) == 2 and funnel_stage(profile) in (Stage.LEADS, Stage.ANSWERS):
        return Family.NETWORK
    return left[0] if left else None


def _is_of(action: PastAction, family: Family) -> bool:
    """Whether the action was of that family: its id begins with it, in the catalogue and out of it."""
    return action.action_id.partition("-")[0] == family
