"""Conditions on what happened with Bob: actions done and left without an answer, refusals told, interviews ahead."""

from __future__ import annotations

from functools import cache

from bot.advice.conditions.registry import Arg, Choice, Number, condition
from bot.advice.conditions.truth import Truth
from bot.advice.facts import Facts, Family, Outcome

_SILENT = (Outcome.OPEN, Outcome.EXPIRED)


@condition(takes=Number("n", 1, 10_000), reads=("done",))
def done_actions(facts: Facts, n: int) -> Truth:
    """Has done n actions or more with Bob; never unknown."""
    return actions_done(facts) >= n


def _done(facts: Facts, *args: Arg) -> str | None:
    own = families_done(facts)
    return next((str(arg) for arg in args if arg in own), str(args[0]) if args else None)


@condition(takes=Choice("family", tuple(Family)), many=True, reads=("done_families",), variant=_done)
def done_in(facts: Facts, *families: str) -> Truth:
    """Has done an action of one of these families with Bob; never unknown."""
    return not families_done(facts).isdisjoint(families)


@condition(takes=Number("n", 1, 100), reads=("unanswered",))
def unanswered(facts: Facts, n: int) -> Truth:
    """The last n actions got no answer; never unknown."""
    return actions_unanswered(facts) >= n


@condition(takes=Number("n", 0, 365), reads=("days_since_refusal",))
def refusal_within(facts: Facts, n: int) -> Truth:
    """Told of an employer's refusal in the last n days, 0 = today; never unknown."""
    days = days_since_refusal(facts)
    return days is not None and days <= n


@condition(takes=Number("n", 0, 365), reads=("days_to_interview",))
def interview_ahead(facts: Facts, n: int) -> Truth:
    """Has a job interview noted in the next n days, 0 = today; never unknown."""
    days = days_to_interview(facts)
    return days is not None and days <= n


def actions_done(facts: Facts) -> int:
    """How many actions the person has done with Bob."""
    return [past.outcome for past in facts.history.actions].count(Outcome.DONE)


def families_done(facts: Facts) -> frozenset[str]:
    """Families of the actions that the person has done with Bob."""
    received = facts.history.actions
    return frozenset(_family(past.action_id) for past in received if past.outcome is Outcome.DONE)


def actions_unanswered(facts: Facts) -> int:
    """How many of the last actions in a row have no answer: open, or expired."""
    for count, past in enumerate(facts.history.actions):
        if past.outcome not in _SILENT:
            return count
    return len(facts.history.actions)


def days_since_refusal(facts: Facts) -> int | None:
    """Days since the last refusal that the person told of; None when they told of none."""
    refusals = facts.history.refusals
    return max((facts.today - refusals[0]).days, 0) if refusals else None


def days_to_interview(facts: Facts) -> int | None:
    """Days until the next job interview that the person noted; None when none is ahead."""
    coming = [day for day in facts.history.interviews if day >= facts.today]
    return (min(coming) - facts.today).days if coming else None


@cache
def _family(action_id: str) -> str:
    """An action tells its family by the first word of its id."""
    return action_id.partition("-")[0]
