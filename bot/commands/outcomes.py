"""`bob report outcomes`: what became of those who agreed to research, and whether the plan prompt helps.

Sums alone, none of fewer than 5 people, nor one from which fewer than 5 could be told by subtraction. Rates are sums
over sums; their 95 % intervals treat each person as one draw, since one person's events hang together.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any, Final

import numpy as np

from bot.advice.learning.estimate import LEAST_PEOPLE
from bot.commands.database import open_present
from bot.commands.intervals import student, wilson
from bot.settings import Settings
from storage import events, jobs
from storage.events import Sum
from storage.jobs import SurveyAnswers
from storage.words import Arm, EventKind, listed

MONTHS: Final = 24
KINDS: Final = listed(EventKind)
ARMS: Final = listed(Arm)
FOLLOWED: Final = ((1, 30), (3, 91), (6, 182))
"""Months after the first event, in days."""
COMPARED: Final = (("done", "delivered"), ("applications", "weeks"), ("interviews", "weeks"))
"""What is compared between weeks with and without the plan prompt: the second is what the first is divided by."""

CAVEATS: Final = (
    "Only people who agreed to research are counted; they are not like the others.",
    "Done, helped, applications, interviews and job are what people said, not what anybody checked.",
    "Who leaves Bob says nothing more: silence is not the absence of a job, nor of an application.",
    "Only the two kinds of weeks were drawn by chance. No other figure here says that Bob caused it.",
    "A plan made in one week may still work in the next: the difference between weeks is rather too small.",
    "In weeks without the prompt, whoever asks for a plan gets one, and may still say 'later, at 6 pm'.",
    "Studies of help like Bob's found effects on employment of 0 to 5 %. Anything larger here is a fault or luck.",
    "Several figures are compared: one interval in twenty misses the truth by chance alone.",
)


@dataclass(slots=True)
class Subject:
    """What one person had: amounts by (arm, kind), the weeks with an action by arm, and the dates that count."""

    amounts: dict[tuple[str, str], int] = field(default_factory=lambda: defaultdict(int))
    weeks: dict[str, set[tuple[int, int]]] = field(default_factory=lambda: defaultdict(set))
    days: dict[str, list[tuple[date, int]]] = field(default_factory=lambda: defaultdict(list))

    @property
    def first(self) -> date:
        return min(day for one in self.days.values() for day, _ in one)

    def of(self, kind: str, arm: str | None = None) -> int:
        """How many of a kind; "weeks": weeks in which an action came."""
        arms = ARMS if arm is None else (arm,)
        if kind == "weeks":
            return sum(len(self.weeks[one]) for one in arms)
        return sum(self.amounts[one, kind] for one in arms)

    def until(self, kind: str, last: date) -> int:
        return sum(amount for day, amount in self.days[kind] if day <= last)


def report_outcomes(settings: Settings, today: date, *, as_json: bool) -> int:
    """Print the report on the last 24 months."""
    store = open_present(settings)
    since = today - timedelta(days=MONTHS * 30)
    try:
        people = store.run_sync(lambda conn: gather(events.sums(conn, since)))
        answers = store.run_sync(jobs.survey_answers)
    finally:
        store.close()
    values = as_values(people, since, today) | {"after_a_job": after_a_job(answers)}
    print(json.dumps(values, ensure_ascii=False, indent=2) if as_json else as_text(values))
    return 0


def gather(sums: Iterable[Sum]) -> list[Subject]:
    """The people behind the sums; their keys are dropped here."""
    people: dict[str, Subject] = defaultdict(Subject)
    for one in sums:
        who = people[one.subject]
        who.amounts[one.arm, one.kind] += one.amount
        who.days[one.kind].append((one.day, one.amount))
        if one.kind == "delivered":
            year, week, _ = one.day.isocalendar()
            who.weeks[one.arm].add((year, week))
    return list(people.values())


def as_values(people: Sequence[Subject], since: date, today: date) -> dict[str, Any]:
    """As plain JSON values. None: hidden, or nothing to divide by."""
    return {
        "since": since.isoformat(),
        "least_people": LEAST_PEOPLE,
        "people": len(people) if _shown(len(people), len(people)) else None,
        "steps": {kind: _step(people, kind) for kind in KINDS},
        "weeks": {arm: _arm(people, arm) for arm in ARMS},
        "difference": {f"{part}_per_{whole}": _difference(people, part, whole) for part, whole in COMPARED},
        "followed": {months: _followed(people, days, today) for months, days in FOLLOWED},
        "caveats": list(CAVEATS),
    }


def after_a_job(answers: Iterable[SurveyAnswers]) -> list[dict[str, Any]]:
    """What people answered once they had a job, by question and year. They are counts of nobody: anyone may be in them,
    whether they agreed to research or not, and a cell of few is hidden.
    """
    cells: dict[tuple[str, int], list[SurveyAnswers]] = defaultdict(list)
    for one in answers:
        cells[one.question, one.year].append(one)
    return [
        {
            "question": question,
            "year": year,
            "answers": {one.answer: one.answers if one.answers >= LEAST_PEOPLE else None for one in cell},
        }
        for (question, year), cell in cells.items()
    ]


def _shown(count: int, whole: int) -> bool:
    """Whether a count of people, out of a count that is shown too, can be told: neither it nor the rest is small."""
    return count >= LEAST_PEOPLE and (whole == count or whole - count >= LEAST_PEOPLE)


def _few(amounts: Iterable[int]) -> bool:
    """Whether so few people have any that a rate would speak of them."""
    return sum(amount > 0 for amount in amounts) < LEAST_PEOPLE


def _step(people: Sequence[Subject], kind: str) -> dict[str, Any] | None:
    """How many people and events, and how many events for one action delivered."""
    having = [who for who in people if who.of(kind)]
    if not _shown(len(having), len(people)):
        return None
    per = rate([who.of(kind) for who in people], [who.of("delivered") for who in people])
    return {"people": len(having), "events": sum(who.of(kind) for who in having), "per_delivered": per}


def _arm(people: Sequence[Subject], arm: str) -> dict[str, Any] | None:
    """What weeks with or without the prompt had."""
    having = [who for who in people if who.of("weeks", arm)]
    if not _shown(len(having), len(people)):
        return None
    rates = {
        f"{part}_per_{whole}": rate([w.of(part, arm) for w in having], [w.of(whole, arm) for w in having])
        for part, whole in COMPARED
    }
    return {"people": len(having), "weeks": sum(who.of("weeks", arm) for who in having), **rates}


def _difference(people: Sequence[Subject], part: str, whole: str) -> dict[str, float] | None:
    """Weeks with the prompt less weeks without it."""
    if any(_few(who.of(part, arm) for who in people) for arm in ARMS):
        return None
    values, parts = [], []
    for arm in ARMS:
        top, bottom = _columns([w.of(part, arm) for w in people], [w.of(whole, arm) for w in people])
        if not bottom.sum():
            return None
        values.append(top.sum() / bottom.sum())
        parts.append((top - values[-1] * bottom) / bottom.sum())
    return _interval(values[0] - values[1], parts[0] - parts[1])


def _followed(people: Sequence[Subject], days: int, today: date) -> dict[str, Any] | None:
    """Applications, interviews and job within so many days of the first event, of those who have had them all."""
    after = timedelta(days=days)
    whole = [who for who in people if who.first + after <= today]
    if not _shown(len(whole), len(people)):
        return None
    ones = [1] * len(whole)
    found: dict[str, Any] = {"people": len(whole)}
    for kind in ("applications", "interviews"):
        found[f"{kind}_per_person"] = rate([who.until(kind, who.first + after) for who in whole], ones)
    with_job = sum(who.until("job", who.first + after) > 0 for who in whole)
    hidden = not _shown(with_job, len(whole))
    found["job"] = None if hidden else _share(with_job, len(whole))
    return found


def rate(tops: Sequence[int], bottoms: Sequence[int]) -> dict[str, float] | None:
    """A sum over a sum, one entry a person; None where few people have any, or there is nothing to divide by."""
    top, bottom = _columns(tops, bottoms)
    if _few(tops) or not bottom.sum():
        return None
    value = top.sum() / bottom.sum()
    return _interval(value, (top - value * bottom) / bottom.sum(), least=0.0)


def _columns(tops: Sequence[int], bottoms: Sequence[int]) -> tuple[np.ndarray, np.ndarray]:
    return np.asarray(tops, dtype=float), np.asarray(bottoms, dtype=float)


def _interval(value: float, parts: np.ndarray, *, least: float = -np.inf) -> dict[str, float]:
    """The 95 % interval of a value from what each person contributes to its error."""
    count = len(parts)
    half = student(count - 1) * float(np.sqrt(count / (count - 1) * np.square(parts).sum()))
    low, high = max(value - half, least), value + half
    return {"value": round(float(value), 4), "low": round(low, 4), "high": round(high, 4)}


def _share(part: int, whole: int) -> dict[str, float]:
    low, high = wilson(part, whole)
    return {"value": round(part / whole, 4), "low": round(low, 4), "high": round(high, 4)}


# For reading


def as_text(values: Mapping[str, Any]) -> str:
    """The same as lines."""
    least = values["least_people"]
    people = f"fewer than {least}" if values["people"] is None else str(values["people"])
    lines = [
        f"Since {values['since']}: {people} people who agreed to research.",
        f"-: hidden, fewer than {least} people.",
    ]
    lines += ["", "Steps: people, events, events for one action delivered (95 % interval)"]
    for kind, step in values["steps"].items():
        shown = (
            "-" if step is None else f"{step['people']}, {step['events']}, {_number(step['per_delivered'])}"
        )
        lines.append(f"  {kind}: {shown}")
    lines += ["", "Weeks drawn by chance, with and without the plan prompt:"]
    for arm, found in values["weeks"].items():
        lines.append(f"  {arm.replace('_', ' ')}: " + ("-" if found is None else _arm_line(found)))
    lines.append("  With the prompt, less without it:")
    lines += [
        f"    {_name(key)}: {_number(found, signed=True)}" for key, found in values["difference"].items()
    ]
    lines += ["", "After the first event, those who have been there for so long:"]
    for months, found in values["followed"].items():
        shown = "-" if found is None else _followed_line(found)
        lines.append(f"  {months} month{'s' if months > 1 else ''}: {shown}")
    lines += ["", "Once they had a job, people answered:"]
    for asked in values["after_a_job"]:
        said = ", ".join(
            f"{key} {'-' if count is None else count}" for key, count in asked["answers"].items()
        )
        lines.append(f"  {asked['question']} ({asked['year']}): {said}")
    return "\n".join(
        [*lines, "", "What these figures do not say:", *(f"  {one}" for one in values["caveats"])]
    )


def _arm_line(found: Mapping[str, Any]) -> str:
    rates = "; ".join(f"{_name(key)} {_number(found[key])}" for key in found if "_per_" in key)
    return f"{found['people']} people, {found['weeks']} weeks; {rates}"


def _followed_line(found: Mapping[str, Any]) -> str:
    rates = "; ".join(f"{_name(key)} {_number(found[key])}" for key in found if key != "people")
    return f"{found['people']} people; {rates}"


def _name(key: str) -> str:
    return key.replace("_per_weeks", " a week").replace("_per_person", " each").replace("_per_", " for one ")


def _number(found: Mapping[str, float] | None, *, signed: bool = False) -> str:
    if found is None:
        return "-"
    sign = "+" if signed else ""
    return f"{found['value']:{sign}.2f} ({found['low']:{sign}.2f} to {found['high']:{sign}.2f})"
