"""From the profile to words, for the answers that no button's label says."""

from __future__ import annotations

from collections.abc import Callable

from bot.advice import wording
from bot.advice.profile import AgeBand, JobChoice, Profile
from bot.dialogs import rhythm, zones
from bot.dialogs.texts import Voice

Shown = Callable[[Profile, Voice], str | None]


def job(profile: Profile, voice: Voice) -> str | None:
    if profile.job:
        return ", ".join((profile.job, *profile.other_jobs))
    known = {JobChoice.UNDECIDED: "undecided", JobChoice.SEVERAL: "several"}.get(
        profile.job_choice or JobChoice.ONE
    )
    return voice(f"questions.job.options.{known}") if known else None


def place(profile: Profile, voice: Voice) -> str | None:
    if profile.place and profile.department:
        return f"{profile.place} ({profile.department})"
    return profile.place


def months(profile: Profile, voice: Voice) -> str | None:
    if profile.search_started is False:
        return voice("questions.months.options.not_started")
    return None if profile.months is None else wording.duration(profile.months, voice.language)


def years(profile: Profile, voice: Voice) -> str | None:
    if profile.experience_years is None:
        return None
    if profile.experience_years == 0:
        return voice("common.no_experience")
    return wording.years(profile.experience_years, voice.language)


def count(field_name: str) -> Shown:
    return lambda profile, voice: str(getattr(profile, field_name))


def hour(profile: Profile, voice: Voice) -> str | None:
    return voice.hour(profile.hour) if profile.hour else None


def days(profile: Profile, voice: Voice) -> str | None:
    chosen = profile.days or rhythm.DEFAULT_DAYS
    if chosen == rhythm.DEFAULT_DAYS:
        return voice("settings.daily")
    names = ", ".join(voice(f"questions.days.options.{day}") for day in sorted(chosen))
    return names.lower() if voice.language == "fr" else names


def zone(profile: Profile, voice: Voice) -> str | None:
    return zones.city(profile.time_zone, voice.language)


def minutes(profile: Profile, voice: Voice) -> str | None:
    return voice("common.minutes", n=profile.minutes_per_day)


def age(profile: Profile, voice: Voice) -> str | None:
    if profile.age is AgeBand.MINOR:
        return voice("welcome.fifteen")
    return voice(f"questions.age.options.{profile.age}") if profile.age else None
