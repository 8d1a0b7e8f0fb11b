"""Figures on the catalogue: how much there is of what, and how much of it fits whom."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from statistics import median
from typing import Any

import numpy as np

from bot.advice.batch import Batch
from bot.advice.compiled import compiled
from bot.advice.diagnosis import Diagnosis, diagnose
from bot.advice.evaluation import Bools
from bot.advice.facts import Facts
from bot.advice.items import Action, Catalogue
from bot.advice.people import made_up
from bot.advice.profile import LANGUAGES, Situation

PEOPLE = 400
FEW = 45
"""Fitting actions below which somebody has too few: everybody should go six weeks and more without a repeat."""

THINNEST = 10


def stats(catalogue: Catalogue, people: Sequence[Facts] | None = None) -> dict[str, Any]:
    """Counts by kind, and "coverage": how many actions fit each of some people (made up unless given)."""
    actions = catalogue.actions
    return {
        "version": catalogue.version,
        "strategies": len(catalogue.strategies),
        "actions": len(actions),
        "by_kind": {"action": len(actions), "strategy": len(catalogue.strategies)},
        "by_language": {language: _written_in(catalogue, language) for language in LANGUAGES},
        "by_family": _count(action.family for action in actions),
        "by_obstacle": _count(obstacle for action in actions for obstacle in action.obstacles or ("any",)),
        "by_grade": _count(action.grade for action in actions),
        "by_minutes": _count(_minutes_band(action.minutes) for action in actions),
        "by_effort": _count(action.effort for action in actions),
        "by_situation": _count(
            situation for action in actions for situation in {*_situations(action)} or {"any"}
        ),
        "by_topic": _count(action.topic or "daily" for action in actions),
        "by_opening": _count(action.opening or "any" for action in actions),
        "by_device": _count(action.device for action in actions),
        "by_strategy": _count(served for action in actions for served in action.serves),
        "for_everybody": sum(not action.when for action in catalogue.daily),
        "with_payload": sum(action.fr.payload is not None for action in actions),
        "conditions_used": _count(
            literal.name for action in actions for line in action.when for literal in line.literals
        ),
        "coverage": _coverage(catalogue, made_up(PEOPLE) if people is None else people),
    }


def _situations(action: Action) -> Iterator[str]:
    """The conditions of an action that ask for a situation in life."""
    for line in action.when:
        for literal in line.literals:
            if literal.name in tuple(Situation) and not literal.negated:
                yield literal.name


def _written_in(catalogue: Catalogue, language: str) -> int:
    """Items whose words exist in that language."""
    items = (*catalogue.actions, *catalogue.strategies)
    return sum(getattr(item, language, None) is not None for item in items)


def _count(values: Iterable[str]) -> dict[str, int]:
    return dict(sorted(Counter(map(str, values)).items()))


def _minutes_band(minutes: int) -> str:
    for most in (3, 5, 10, 15):
        if minutes <= most:
            return f"{most:02d} or fewer"
    return "20 or fewer"


def _coverage(catalogue: Catalogue, people: Sequence[Facts]) -> dict[str, Any]:
    if not people or not catalogue.daily:
        return {"people": len(people), "min": 0, "median": 0, "conditioned": 0.0}
    diagnoses = [diagnose(facts) for facts in people]
    fits = Batch.of(compiled(catalogue), people, diagnoses).fits
    counts = fits.sum(axis=1)
    conditioned = np.array([bool(action.when) for action in catalogue.daily])
    shares = (fits & conditioned).sum(axis=1) / np.maximum(counts, 1)
    never = [action.id for action, times in zip(catalogue.daily, fits.sum(axis=0), strict=True) if not times]
    return {
        "people": len(people),
        "min": int(counts.min()),
        "median": int(median(counts.tolist())),
        "conditioned": round(float(np.median(shares)), 3),
        "likeness": round(_likeness(fits), 3),
        "by_obstacle": _medians(counts.tolist(), [str(found.main or "undetermined") for found in diagnoses]),
        "by_situation": _medians(
            counts.tolist(), [str(facts.profile.situation or "unknown") for facts in people]
        ),
        "under": _under(people, diagnoses, counts.tolist()),
        "thinnest": _thinnest(people, diagnoses, counts.tolist()),
        "never": never,
    }


def _likeness(fits: Bools) -> float:
    """Mean share of common actions (Jaccard) between each person and the next: 1 when
    everybody gets the same.
    """
    mine, theirs = fits, np.roll(fits, 1, axis=0)
    both, either = (mine & theirs).sum(axis=1), (mine | theirs).sum(axis=1)
    return float(np.mean(both / np.maximum(either, 1)))


def _medians(counts: Sequence[int], groups: Sequence[str]) -> dict[str, int]:
    found: dict[str, list[int]] = {}
    for count, group in zip(counts, groups, strict=True):
        found.setdefault(group, []).append(count)
    return {group: int(median(members)) for group, members in sorted(found.items())}


def _under(
    people: Sequence[Facts], diagnoses: Sequence[Diagnosis], counts: Sequence[int]
) -> list[dict[str, Any]]:
    """Everybody with fewer fitting actions than FEW, fewest first, with what sets them apart."""
    rows = [
        {
            "person": facts.seed,
            "actions": count,
            "situation": str(facts.profile.situation or "unknown"),
            "obstacle": str(found.main or "undetermined"),
            "job": str(facts.occupation.family) if facts.occupation else "unknown",
            "months": facts.profile.months,
        }
        for facts, found, count in zip(people, diagnoses, counts, strict=True)
        if count < FEW
    ]
    return sorted(rows, key=lambda row: (row["actions"], row["person"]))


def _thinnest(
    people: Sequence[Facts], diagnoses: Sequence[Diagnosis], counts: Sequence[int]
) -> list[dict[str, Any]]:
    """Situations with the fewest fitting actions, fewer than FEW first; each situation once."""
    seen: dict[tuple[str, str], int] = {}
    for facts, found, count in sorted(zip(people, diagnoses, counts, strict=True), key=lambda row: row[2]):
        seen.setdefault((str(found.main or "undetermined"), str(facts.profile.situation or "unknown")), count)
    return [
        {"obstacle": obstacle, "situation": situation, "actions": count, "few": count < FEW}
        for (obstacle, situation), count in list(seen.items())[:THINNEST]
    ]
