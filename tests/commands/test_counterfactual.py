"""R22: whoever is addressed as vous or tu, in whatever first name, gets the same advice day after day."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from bot.advice.profile import Barrier, Profile
from bot.commands.advise import advise
from bot.commands.replay import replay

DAY = date(2026, 11, 26)
PROFILE = Profile(
    first_name="Camille",
    job="serveuse",
    job_code="G1803",
    place="Nantes",
    place_code="44109",
    search_started=True,
    months=8,
    applications=12,
    interviews=0,
    barriers=frozenset({Barrier.NO_ANSWERS, Barrier.CONFIDENCE}),
)


def advised(form: str, **changes: Any) -> dict[str, Any]:
    """The advice without its words, which hold the name and the form."""
    profile = PROFILE.model_copy(update=changes)
    found = advise(profile, person="someone", language="fr", form=form, day=DAY)
    diagnosis = {name: value for name, value in found["diagnosis"].items() if name != "text"}
    reasons = [one["reason"] for one in found["action"]["reasons"]]
    strategies = [(one["id"], one["score"]) for one in found["strategies"]]
    return {
        "diagnosis": diagnosis,
        "conditions": found["conditions"],
        "strategies": strategies,
        "action": (found["action"]["id"], reasons),
        "ranking": found["ranking"],
    }


@pytest.mark.parametrize(
    ("form", "changes"),
    [
        ("tu", {}),
        ("vous", {"first_name": "Mohamed"}),
        ("tu", {"first_name": "Aïcha", "job": "serveur"}),
        ("vous", {"first_name": "Jean", "job": "serveur"}),
    ],
)
def test_the_advice_is_the_same_for_both_of_a_pair(form: str, changes: dict[str, str]) -> None:
    assert advised(form, **changes) == advised("vous")


def test_two_weeks_are_the_same_for_both_of_a_pair() -> None:
    def weeks(form: str, **changes: Any) -> list[Any]:
        messages = replay(
            PROFILE.model_copy(update=changes),
            days=14,
            habits="refuses",
            person="someone",
            language="fr",
            form=form,
            start=DAY,
        )
        return [(message["at"], message.get("action"), message.get("reasons")) for message in messages]

    assert weeks("vous") == weeks("tu", first_name="Fatoumata", job="serveur")
