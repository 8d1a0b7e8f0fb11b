"""`bob evaluate choice`: do different people get different actions, and do people alike not all get the same one?"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from statistics import median
from typing import Any

import numpy as np

from bot.advice.diagnosis import diagnose
from bot.advice.evaluation import Bools
from bot.advice.facts import Facts, History, Outcome, PastAction
from bot.advice.items import Catalogue
from bot.advice.loading import load_catalogue
from bot.advice.people import made_up
from bot.advice.selection import choose_many

PEOPLE = 300
DAYS = 10
CLONES = 1_000
CLONED = 20
"""People of whom that many clones are made, one after the other."""

START = date(2026, 11, 26)

MOST_ALIKE = 0.30
"""Mean share of common actions (Jaccard) between the first ten actions of two different people, at the most."""

MOST_SHARED = 0.40
"""Share of different people whose first ten actions hold the same one, at the most."""


def evaluate(
    catalogue: Catalogue | None = None, *, as_json: bool, people: int = PEOPLE, clones: int = CLONES
) -> int:
    """Print the figures; exit code 1 when one of them is beyond its bound."""
    found = measured(catalogue or load_catalogue(), people, clones)
    if as_json:
        print(json.dumps(found, ensure_ascii=False, indent=2))
    else:
        print(as_text(found))
    return 0 if found["ok"] else 1


def measured(catalogue: Catalogue, people: int = PEOPLE, clones: int = CLONES) -> dict[str, Any]:
    """How alike the first actions of different people are, with bounds, and what people alike get on one day.

    The last has no bound: an action names no employer and no vacancy that too many could turn to at once.
    """
    varied = made_up(people)
    ids, received = first_actions(varied, catalogue)
    shares = received.mean(axis=0)
    most = int(np.argmax(shares))
    given = sorted(_most_given(who, clones, catalogue) for who in varied[:CLONED])
    figures: dict[str, dict[str, Any]] = {
        "alike": {"value": round(likeness(received), 4), "most": MOST_ALIKE},
        "shared": {"value": round(float(shares[most]), 4), "most": MOST_SHARED, "action": ids[most]},
    }
    return {
        "catalogue_version": catalogue.version,
        "people": people,
        "days": DAYS,
        **figures,
        "clones": {
            "number": clones,
            "median": round(median(share for share, _ in given), 4),
            "largest": round(given[-1][0], 4),
            "action": given[-1][1],
        },
        "ok": all(figure["value"] <= figure["most"] for figure in figures.values()),
    }


def first_actions(people: Sequence[Facts], catalogue: Catalogue) -> tuple[tuple[str, ...], Bools]:
    """Ids of the daily actions, and people x actions: what each received in the first ten days, all of it done."""
    ids = tuple(action.id for action in catalogue.daily)
    index = {action_id: place for place, action_id in enumerate(ids)}
    received = np.zeros((len(people), len(ids)), bool)
    past: list[tuple[PastAction, ...]] = [()] * len(people)
    for day in _working_days(DAYS):
        today = [
            replace(who, today=day, history=History(done)) for who, done in zip(people, past, strict=True)
        ]
        choices = choose_many(today, [diagnose(who) for who in today], catalogue, depth=1)
        for row, choice in enumerate(choices):
            if choice.action is not None:
                received[row, index[choice.action]] = True
                past[row] = (PastAction(choice.action, day, Outcome.DONE), *past[row])
    return ids, received


def likeness(received: Bools) -> float:
    """Mean Jaccard of all pairs of rows."""
    sets = received.astype(np.int64)
    both = sets @ sets.T
    sizes = np.diag(both)
    either = sizes[:, None] + sizes[None, :] - both
    pairs = np.triu_indices(len(sets), 1)
    return float(np.mean(both[pairs] / np.maximum(either[pairs], 1))) if len(pairs[0]) else 0.0


def _working_days(count: int) -> list[date]:
    """That many days from START on, without Sundays."""
    days = (START + timedelta(number) for number in range(2 * count))
    return [day for day in days if day.isoweekday() != 7][:count]


def _most_given(who: Facts, clones: int, catalogue: Catalogue) -> tuple[float, str]:
    """The share of a person's clones that get the same action, and that action."""
    alike = [replace(who, today=START, seed=f"clone-{number}") for number in range(clones)]
    found = diagnose(who)
    choices = choose_many(alike, [found] * clones, catalogue, depth=1)
    counted = Counter(choice.action for choice in choices if choice.action is not None)
    if not counted:
        return 0.0, ""
    action, count = counted.most_common(1)[0]
    return count / clones, action


def as_text(found: dict[str, Any]) -> str:
    """The figures for reading, one a line."""
    rows = (
        ("alike", f"common actions of two people (Jaccard), {found['people']} people, {found['days']} days"),
        ("shared", "people who get the same action in that time"),
    )
    lines = []
    for name, about in rows:
        figure = found[name]
        verdict = "" if figure["value"] <= figure["most"] else "  TOO MUCH"
        action = f": {figure['action']}" if "action" in figure else ""
        lines.append(f"{figure['value']:.3f}  at most {figure['most']:.2f}  {about}{action}{verdict}")
    clones = found["clones"]
    about = f"of {clones['number']} people alike, those who get the same action on one day"
    lines.append(f"{clones['median']:.3f}  (median)      {about}")
    lines.append(f"{clones['largest']:.3f}  (largest)     the same: {clones['action']}")
    return "\n".join(lines)
