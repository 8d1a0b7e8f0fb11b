"""Facts, actions and catalogues for tests, in one line each."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from bot.advice.conditions import parse_line
from bot.advice.facts import Facts, Family, Outcome, PastAction, StrategyAnswer
from bot.advice.items import Action, Catalogue, Device, Effort, Grade, Pitch, Strategy, Wording
from bot.advice.occupation import Channel, JobFamily, Occupation
from bot.advice.profile import Diploma, ObstacleId, Profile
from bot.advice.sentences import DiagnosisTexts

TODAY = date(2026, 11, 26)  # a Thursday


def facts(
    *, occupation: Occupation | None = None, today: date = TODAY, seed: str = "someone", **answers: Any
) -> Facts:
    return Facts(Profile.model_validate(answers), today, occupation, seed=seed)


def occupation(
    family: str = "care",
    *,
    code: str = "K1302",
    hires_in_person: bool = False,
    required: Diploma | None = None,
    **more: Any,
) -> Occupation:
    channels = frozenset(more.pop("channels", ())) | ({Channel.WALK_IN} if hires_in_person else frozenset())
    licences, constraints = frozenset(more.pop("licences", ())), frozenset(more.pop("constraints", ()))
    return Occupation(code, JobFamily(family), required, channels, licences, constraints, **more)


def with_history(who: Facts, *past: PastAction, **strategies: StrategyAnswer) -> Facts:
    """The same person after these actions, newest first. Strategies: id with _ for -, and the answer."""
    answers = {name.replace("_", "-"): answer for name, answer in strategies.items()}
    return replace(who, history=replace(who.history, actions=past, strategies=answers))


def past(action_id: str, days_ago: int = 1, outcome: Outcome = Outcome.DONE, **more: Any) -> PastAction:
    return PastAction(action_id, TODAY - timedelta(days_ago), outcome, **more)


def action(name: str, **changes: Any) -> Action:
    """An action whose family is the first word of its id; `when` and `obstacles` may be plain text."""
    when = tuple(parse_line(line) for line in changes.pop("when", ()))
    obstacles = tuple(ObstacleId(obstacle) for obstacle in changes.pop("obstacles", ()))
    wording = Wording(f"Faites {name}.", "Commencez.", "Un peu.", None)
    made = Action(
        id=name,
        family=Family(name.split("-", maxsplit=1)[0]),
        obstacles=obstacles,
        serves=("some-strategy",),
        minutes=5,
        effort=Effort.SMALL,
        when=when,
        repeat_days=0,
        grade=Grade.EXPERT,
        source="Pratique de conseil",
        contributor="Bob",
        reviewed=TODAY,
        device=Device.PHONE,
        easier_minutes=2,
        fr=wording,
        en=wording,
        file="actions/some.toml",
    )
    return replace(made, **changes)


def strategy(name: str, family: Family, **changes: Any) -> Strategy:
    when = tuple(parse_line(line) for line in changes.pop("when", ()))
    boost = tuple(parse_line(line) for line in changes.pop("boost", ()))
    obstacles = tuple(ObstacleId(obstacle) for obstacle in changes.pop("obstacles", ()))
    pitch = Pitch("Un titre court", "Une phrase.")
    made = Strategy(
        name, family, obstacles, when, boost, Grade.EXPERT, "Pratique de conseil", "Bob", TODAY, pitch, pitch,
        "strategies/some.toml",
    )  # fmt: skip
    return replace(made, **changes)


def small_catalogue(actions: Iterable[Action], strategies: Iterable[Strategy] = ()) -> Catalogue:
    return Catalogue(
        tuple(sorted(actions, key=lambda item: item.id)),
        tuple(sorted(strategies, key=lambda item: item.id)),
        "test",
        {},
        DiagnosisTexts(),
    )


def every_family(each: int, **changes: Any) -> list[Action]:
    """So many unconditioned actions of every family."""
    return [action(f"{family}-{number:02d}", **changes) for family in Family for number in range(each)]
