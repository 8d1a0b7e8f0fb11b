"""The questions about a person, each defined once: onboarding asks them in order, `/profil` and the diagnosis ask one.

A question has options (buttons) and also understands typed words. Its words live in `bot/locales/questions.toml`
under its name: `ask`, `unclear`, and one label an option.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import time
from typing import Any

from bot.advice import wording
from bot.advice.profile import (
    AgeBand,
    Barrier,
    Contract,
    Diploma,
    Hours,
    JobChoice,
    Liking,
    Mobility,
    Network,
    Profile,
    Situation,
)
from bot.dialogs import answers, rhythm, zones
from bot.dialogs.texts import Voice

ALWAYS_SHOWN = ("days", "zone")
"""Questions that have an answer even when nobody gave one."""


@dataclass(frozen=True, slots=True)
class Question:
    """One question. `fields`: the profile fields it fills; `options`: option code -> answers for the profile."""

    name: str
    fields: tuple[str, ...]
    options: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    understand: Callable[[str], Mapping[str, Any] | None] | None = None
    several: bool = False  # many options may be chosen
    per_row: int = 2

    def labels(self, voice: Voice) -> dict[str, str]:
        """Option code -> label, in the order of the buttons."""
        return {code: voice(f"questions.{self.name}.options.{code}") for code in self.options}

    def ask(self, voice: Voice) -> str:
        return voice(f"questions.{self.name}.ask")

    def unclear(self, voice: Voice) -> str:
        key = f"questions.{self.name}.unclear"
        return voice(key) if voice.has(key) else voice("questions.unclear")

    def read(self, text: str, voice: Voice) -> Mapping[str, Any] | None:
        """Answers for the profile from typed words; None when not understood."""
        labels = self.labels(voice) | self.labels(Voice("en" if voice.language == "fr" else "fr", voice.form))
        own = self.labels(voice)
        keywords = answers.keywords_of(self.name)
        if self.several:
            found = answers.choices(text, own, keywords)
            return self.chosen(found) if found else None
        if self.understand is not None:
            understood = self.understand(text)
            if understood is not None:
                return understood
        code = answers.choice(text, own, keywords) or answers.choice(text, labels, keywords)
        return self.options[code] if code else None

    def chosen(self, codes: set[str]) -> Mapping[str, Any]:
        """Answers for the profile from several option codes."""
        if not codes:
            return {self.fields[0]: frozenset()}
        return {self.fields[0]: frozenset().union(*(self.options[code][self.fields[0]] for code in codes))}

    def shown(self, profile: Profile, voice: Voice) -> str | None:
        """The present answer in words, or None."""
        if self.name in ALWAYS_SHOWN:
            return _SHOWN[self.name](profile, voice)
        if all(getattr(profile, name) is None for name in self.fields):
            return None
        special = _SHOWN.get(self.name)
        if special is not None:
            return special(profile, voice)
        labels = self.labels(voice)
        if self.several:
            codes = sorted(getattr(profile, self.fields[0]) or ())
            return ", ".join(labels[str(code)] for code in codes) or voice("questions.nothing_named")
        for code, values in self.options.items():
            if all(getattr(profile, name) == value for name, value in values.items()):
                return labels[code]
        return str(getattr(profile, self.fields[0]))


def _enum(field_name: str, values: Any, **more: Any) -> dict[str, dict[str, Any]]:
    return {str(value): {field_name: value} | more for value in values}


def _several(field_name: str, values: Any) -> dict[str, dict[str, Any]]:
    return {str(value): {field_name: frozenset({value})} for value in values}


def _first_name(text: str) -> Mapping[str, Any] | None:
    name = answers.clean(text, 200)
    for opening in (
        "je m'appelle ",
        "je m’appelle ",
        "moi c'est ",
        "my name is ",
        "i'm ",
        "i am ",
        "je suis ",
    ):
        if name.lower().startswith(opening):
            name = name[len(opening) :]
    name = name.strip(" .,!")
    if not name or len(name) > 40 or len(name.split()) > 4 or name.startswith(("/", "http")):
        return None
    return {"first_name": name}


def _months(text: str) -> Mapping[str, Any] | None:
    found = answers.months(text)
    return None if found is None or found > 600 else {"months": found, "search_started": True}


def _years(text: str) -> Mapping[str, Any] | None:
    found = answers.months(text, default_unit="year")
    return None if found is None or found > 840 else {"experience_years": round(found / 12, 1)}


def _count(field_name: str) -> Callable[[str], Mapping[str, Any] | None]:
    def read(text: str) -> Mapping[str, Any] | None:
        found = answers.number(text)
        return None if found is None or not 0 <= found <= 2000 else {field_name: int(found)}

    return read


def _hour(text: str) -> Mapping[str, Any] | None:
    found = answers.hour(text)
    return {"hour": found} if found is not None and time(8) <= found <= time(20) else None


def _zone(text: str) -> Mapping[str, Any] | None:
    found = zones.find(text)
    return {"time_zone": found} if found else None


def _minutes(text: str) -> Mapping[str, Any] | None:
    found = answers.number(text)
    if found is None or found <= 0:
        return None
    minutes = int(found * 60) if "heure" in text.lower() or "hour" in text.lower() else int(found)
    return {"minutes_per_day": minutes} if minutes <= 600 else None


def _yes_no(field_name: str) -> dict[str, dict[str, Any]]:
    return {"yes": {field_name: True}, "no": {field_name: False}}


def _yes_no_words(field_name: str) -> Callable[[str], Mapping[str, Any] | None]:
    def read(text: str) -> Mapping[str, Any] | None:
        said = answers.intent(text)
        if said in (answers.Intent.YES, answers.Intent.NO):
            return {field_name: said is answers.Intent.YES}
        return None

    return read


_COUNTS = {"0": 0, "1": 1, "2": 2, "5": 5, "10": 10, "20": 20}

QUESTIONS: dict[str, Question] = {
    question.name: question
    for question in (
        Question("first_name", ("first_name",), understand=_first_name),
        Question(
            "job",
            ("job", "job_choice"),
            {
                "undecided": {
                    "job_choice": JobChoice.UNDECIDED,
                    "job": None,
                    "job_code": None,
                    "other_jobs": (),
                },
                "several": {"job_choice": JobChoice.SEVERAL},
            },
        ),
        Question("place", ("place",)),
        Question("distance", ("mobility",), _enum("mobility", Mobility), per_row=2),
        Question("situation", ("situation",), _enum("situation", Situation), per_row=2),
        Question(
            "months",
            ("months", "search_started"),
            {
                "not_started": {"search_started": False, "months": None},
                "m0": {"search_started": True, "months": 0.5},
                "m2": {"search_started": True, "months": 2.0},
                "m4": {"search_started": True, "months": 4.0},
                "m9": {"search_started": True, "months": 9.0},
                "m18": {"search_started": True, "months": 18.0},
            },
            understand=_months,
        ),
        Question(
            "experience",
            ("experience_years",),
            {
                "y0": {"experience_years": 0.0},
                "y05": {"experience_years": 0.5},
                "y1": {"experience_years": 1.5},
                "y3": {"experience_years": 3.0},
                "y7": {"experience_years": 7.0},
                "y12": {"experience_years": 12.0},
            },
            understand=_years,
        ),
        Question("diploma", ("diploma",), _enum("diploma", Diploma), per_row=2),
        Question("barriers", ("barriers",), _several("barriers", Barrier), several=True, per_row=2),
        Question(
            "applications",
            ("applications",),
            {code: {"applications": count} for code, count in _COUNTS.items()},
            understand=_count("applications"),
            per_row=3,
        ),
        Question(
            "interviews",
            ("interviews",),
            {code: {"interviews": int(code)} for code in ("0", "1", "2", "3", "5")},
            understand=_count("interviews"),
            per_row=3,
        ),
        Question(
            "hour",
            ("hour",),
            {f"h{hour:02d}": {"hour": time(hour)} for hour in (8, 9, 10, 12, 14, 18)},
            understand=_hour,
            per_row=3,
        ),
        Question(
            "days",
            ("days",),
            {str(day): {"days": frozenset({day})} for day in range(1, 8)},
            several=True,
            per_row=3,
        ),
        Question(
            "zone",
            ("time_zone",),
            {code: {"time_zone": zone} for code, zone in zones.OFFERED.items()},
            understand=_zone,
        ),
        Question(
            "leads",
            ("leads",),
            {code: {"leads": count} for code, count in _COUNTS.items()},
            understand=_count("leads"),
            per_row=3,
        ),
        Question(
            "offers",
            ("offers",),
            {code: {"offers": int(code)} for code in ("0", "1", "2")},
            understand=_count("offers"),
            per_row=3,
        ),
        Question("liking", ("liking",), _enum("liking", Liking), per_row=1),
        Question("network", ("network",), _enum("network", Network), per_row=3),
        Question("contracts", ("contracts",), _several("contracts", Contract), several=True),
        Question("hours_wanted", ("hours_wanted",), _enum("hours_wanted", Hours)),
        Question(
            "minutes",
            ("minutes_per_day",),
            {f"t{minutes:02d}": {"minutes_per_day": minutes} for minutes in (5, 10, 20, 30, 60)},
            understand=_minutes,
            per_row=3,
        ),
        Question(
            "age",
            ("age",),
            {str(band): {"age": band} for band in AgeBand if band is not AgeBand.MINOR},
            per_row=3,
        ),
        Question(
            "licence",
            ("driving_licence",),
            _yes_no("driving_licence"),
            understand=_yes_no_words("driving_licence"),
        ),
        Question("has_cv", ("has_cv",), _yes_no("has_cv"), understand=_yes_no_words("has_cv")),
        Question(
            "computer", ("has_computer",), _yes_no("has_computer"), understand=_yes_no_words("has_computer")
        ),
    )
}

BY_FIELD = {name: question for question in QUESTIONS.values() for name in question.fields}
"""The question that fills a field (what the diagnosis misses -> what to ask)."""


def _shown_job(profile: Profile, voice: Voice) -> str | None:
    if profile.job:
        return ", ".join((profile.job, *profile.other_jobs))
    return voice("questions.job.options.undecided") if profile.job_choice is JobChoice.UNDECIDED else None


def _shown_place(profile: Profile, voice: Voice) -> str | None:
    if profile.place and profile.department:
        return f"{profile.place} ({profile.department})"
    return profile.place


def _shown_months(profile: Profile, voice: Voice) -> str | None:
    if profile.search_started is False:
        return voice("questions.months.options.not_started")
    return None if profile.months is None else wording.duration(profile.months, voice.language)


def _shown_years(profile: Profile, voice: Voice) -> str | None:
    return None if profile.experience_years is None else _experience(profile.experience_years, voice)


def _experience(value: float, voice: Voice) -> str:
    return voice("common.no_experience") if value == 0 else wording.years(value, voice.language)


def _shown_count(name: str) -> Callable[[Profile, Voice], str | None]:
    return lambda profile, voice: str(getattr(profile, name))


def _shown_hour(profile: Profile, voice: Voice) -> str | None:
    return voice.hour(profile.hour) if profile.hour else None


def _shown_days(profile: Profile, voice: Voice) -> str | None:
    days = sorted(profile.days or rhythm.DEFAULT_DAYS)
    return ", ".join(voice(f"questions.days.options.{day}").lower() for day in days)


def _shown_minutes(profile: Profile, voice: Voice) -> str | None:
    return voice("common.minutes", n=profile.minutes_per_day)


_SHOWN: dict[str, Callable[[Profile, Voice], str | None]] = {
    "first_name": lambda profile, voice: profile.first_name,
    "job": _shown_job,
    "place": _shown_place,
    "months": _shown_months,
    "experience": _shown_years,
    "applications": _shown_count("applications"),
    "interviews": _shown_count("interviews"),
    "leads": _shown_count("leads"),
    "offers": _shown_count("offers"),
    "hour": _shown_hour,
    "days": _shown_days,
    "zone": lambda profile, voice: zones.city(profile.time_zone, voice.language),
    "minutes": _shown_minutes,
}
