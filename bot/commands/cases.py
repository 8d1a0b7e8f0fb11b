"""A person on the command line: a profile without a database, the same dialogues and advice."""

from __future__ import annotations

from datetime import datetime
from functools import cache

from bot.advice.facts import History
from bot.advice.loading import load_catalogue
from bot.advice.profile import Profile
from bot.dialogs.turn import OpenDialogue, Person, Turn, World
from bot.dialogs.welcome import CONSENT_VERSION
from bot.sources.occupations import occupations
from bot.sources.places import places

NO_PAST = History()


@cache
def world() -> World:
    """The world of the command line: the project's own catalogue and lists."""
    return World(
        load_catalogue(), "Bob", "contact@example.org", "https://example.org", occupations(), places()
    )


def completed(profile: Profile) -> Profile:
    """The profile with what Bob would have looked up: the codes of a job or place that he is sure of."""
    found: dict[str, object] = {}
    if profile.job and not profile.job_code and (match := occupations().search(profile.job)).taken:
        found["job_code"] = match.taken.code
    if profile.place and not profile.place_code and (place := places().search(profile.place)).taken:
        found |= {"place_code": place.taken.code}
        present = {
            "department": place.taken.department,
            "region": place.taken.region,
            "population": place.taken.population,
        }
        found |= {name: value for name, value in present.items() if getattr(profile, name) is None}
        if "time_zone" not in profile.model_fields_set:
            found["time_zone"] = place.taken.time_zone
    return profile.with_answers(**found) if found else profile


def turn_of(
    profile: Profile, now: datetime, *, person: str, language: str, form: str, history: History = NO_PAST
) -> Turn:
    """A turn of somebody who answered the questions and agreed. `now` is aware."""
    who = Person(
        language,
        form,
        profile,
        dialogues={"onboarding": OpenDialogue("done", 1)},
        consents=frozenset({"use"}),
        consent_version=CONSENT_VERSION,
    )
    return Turn(world(), who, now, seed=person, history=history)
