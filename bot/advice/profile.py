"""What Bob knows of a person: the answers, as plain values.

`Profile` is also the format of profile files (`docs/profile.md`, `bob schema profile`): plain field names,
enums in English, months and years as numbers. A field that is None has not been answered; `skipped` names the
questions that the person chose not to answer, so that Bob does not ask them again.
"""

from __future__ import annotations

from datetime import date, time
from enum import StrEnum
from typing import Annotated, Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import BaseModel, ConfigDict, Field, field_validator, model_validator


class JobChoice(StrEnum):
    """Whether the person knows which job they want."""

    ONE = "one"
    SEVERAL = "several"
    UNDECIDED = "undecided"


class Situation(StrEnum):
    """Where the person stands today."""

    FIRST_JOB = "first_job"  # never worked
    OUT_OF_WORK = "out_of_work"  # left or lost a job
    BETWEEN_CONTRACTS = "between_contracts"
    EMPLOYED = "employed"
    IN_TRAINING = "in_training"
    RETURNING = "returning"  # after a break: children, care, illness of others, living elsewhere


class Diploma(StrEnum):
    """Highest diploma, lowest first (the order counts)."""

    NONE = "none"
    CAP = "cap"  # CAP, BEP
    BAC = "bac"
    BAC2 = "bac2"
    BAC3 = "bac3"
    BAC5 = "bac5"


class Barrier(StrEnum):
    """What the person says is in the way."""

    MOTIVATION = "motivation"
    NO_OFFERS = "no_offers"
    NO_ANSWERS = "no_answers"
    CV = "cv"
    INTERVIEWS = "interviews"
    QUALIFICATIONS = "qualifications"
    EXPERIENCE = "experience"
    CONFIDENCE = "confidence"
    AGE = "age"
    FAMILY = "family"
    DISABILITY = "disability"
    NETWORK = "network"
    TIME = "time"
    TRANSPORT = "transport"
    LANGUAGE = "language"
    DIGITAL = "digital"
    ORGANISATION = "organisation"
    DISCRIMINATION = "discrimination"


class Mobility(StrEnum):
    """How far the person will go, nearest first (the order counts)."""

    CITY = "city"
    NEARBY = "nearby"  # about 30 km
    DEPARTMENT = "department"
    REGION = "region"
    COUNTRY = "country"


class AgeBand(StrEnum):
    """Age, only where the person chose to tell it."""

    MINOR = "15-17"
    YOUNG = "18-25"
    ADULT = "26-49"
    SENIOR = "50+"


class Network(StrEnum):
    """How many people the person knows in the trade."""

    SMALL = "small"
    MEDIUM = "medium"
    LARGE = "large"


class Liking(StrEnum):
    """What the job sought means to the person."""

    JUST_A_JOB = "just_a_job"
    LIKEABLE = "likeable"
    PASSION = "passion"


class Contract(StrEnum):
    """Contracts wanted."""

    PERMANENT = "permanent"
    FIXED_TERM = "fixed_term"
    TEMP = "temp"
    APPRENTICESHIP = "apprenticeship"
    SELF_EMPLOYED = "self_employed"


class Hours(StrEnum):
    """Working hours wanted."""

    FULL = "full"
    PART = "part"


class ObstacleId(StrEnum):
    """The main obstacles a diagnosis can name, in their order of precedence."""

    UNDEFINED_PROJECT = "undefined-project"
    STUCK_MARKET = "stuck-market"
    FIND_WHAT_YOU_LIKE = "find-what-you-like"
    MISSING_DIPLOMA = "missing-diploma"
    FRENCH_LANGUAGE = "french-language"
    DIGITAL_EASE = "digital-ease"
    LITTLE_TIME = "little-time"
    DISCOURAGEMENT = "discouragement"
    START_YOUR_SEARCH = "start-your-search"
    ISOLATION = "isolation"
    ENHANCE_METHODS_TO_INTERVIEW = "enhance-methods-to-interview"
    BRAVO = "bravo"


Words = Annotated[str, Field(min_length=1, max_length=120)]
Count = Annotated[int, Field(ge=0, le=10_000)]


COUNTED = ("leads", "applications", "interviews", "offers")
"""The counts of the last four weeks, by field of the profile."""

PLACE_CODE = (
    r"^(\d{5}|2[AB]\d{3}|geonames:\d{1,10}|department:(\d{2,3}|2[AB])|region:\d{2}|country:[A-Z]{2})$"
)


class Profile(BaseModel):
    """A person's answers. Immutable; `with_answers` gives a changed copy."""

    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True)

    first_name: Annotated[str, Field(min_length=1, max_length=64)] | None = None
    job: Words | None = Field(None, description="the job wanted, in the person's own words")
    job_code: Annotated[str, Field(pattern=r"^[A-N]\d{4}$")] | None = Field(
        None,
        description="code of ROME 4.0 (one of the third edition is read as its main occupation); empty when unsure",
    )
    job_code_before: Annotated[str, Field(pattern=r"^[A-N]\d{4}$")] | None = Field(
        None, description="the code before the official list moved it, until the person has been told"
    )
    other_jobs: tuple[Words, ...] = ()
    job_choice: JobChoice | None = None
    place: Words | None = Field(None, description="the town, in words")
    place_code: Annotated[str, Field(pattern=PLACE_CODE)] | None = Field(
        None,
        description="INSEE code of the commune; `geonames:...` abroad; `department:93`, `region:53`, `country:BE`",
    )
    department: Annotated[str, Field(pattern=r"^(\d{2}|2[AB]|97\d|98\d)$")] | None = None
    region: Annotated[str, Field(pattern=r"^\d{2}$")] | None = Field(
        None, description="INSEE code of the region"
    )
    population: Annotated[int, Field(ge=0)] | None = Field(None, description="inhabitants of the commune")
    country: Annotated[str, Field(pattern=r"^[A-Z]{2}$")] = "FR"
    mobility: Mobility | None = None
    situation: Situation | None = None
    search_started: bool | None = None
    months: Annotated[float, Field(ge=0, le=600)] | None = Field(None, description="months of search")
    experience_years: Annotated[float, Field(ge=0, le=70)] | None = Field(
        None, description="years in the job wanted"
    )
    diploma: Diploma | None = None
    barriers: frozenset[Barrier] | None = Field(None, description="what is in the way; empty = nothing named")
    leads: Count | None = Field(None, description="suitable offers seen in the last 4 weeks")
    applications: Count | None = Field(None, description="applications sent in the last 4 weeks")
    interviews: Count | None = Field(None, description="interviews in the last 4 weeks")
    offers: Count | None = Field(None, description="job offers received in the last 4 weeks")
    told_on: dict[str, date] = Field(
        default_factory=dict, description="local date on which each of these four counts was told"
    )
    contracts: frozenset[Contract] | None = None
    hours_wanted: Hours | None = None
    minutes_per_day: Annotated[int, Field(ge=1, le=600)] | None = None
    age: AgeBand | None = None
    driving_licence: bool | None = None
    has_cv: bool | None = None
    has_computer: bool | None = None
    network: Network | None = None
    liking: Liking | None = None
    own_view: ObstacleId | None = Field(None, description="the main obstacle according to the person")
    hour: time | None = Field(None, description="local time of the daily action, 08:00 to 20:00")
    days: frozenset[Annotated[int, Field(ge=1, le=7)]] | None = Field(
        None, description="weekdays of the daily action, 1 = Monday; empty or missing = Monday to Saturday"
    )
    public_holidays: bool = Field(False, description="also send on public holidays")
    time_zone: str = "Europe/Paris"
    review_day: Annotated[int, Field(ge=0, le=7)] | None = Field(
        None, description="weekday of the weekly review, 1 = Monday, 0 = none; empty = Friday"
    )
    away_from: date | None = Field(None, description="first day of an absence that was told beforehand")
    away_until: date | None = Field(None, description="the day on which the person is back from it")
    skipped: frozenset[str] = Field(frozenset(), description="questions that the person chose not to answer")

    @field_validator("time_zone")
    @classmethod
    def _known_zone(cls, zone: str) -> str:
        try:
            ZoneInfo(zone)
        except (ValueError, OSError, ZoneInfoNotFoundError):
            raise ValueError(
                f"unknown time zone {zone!r}; expected an IANA name such as Europe/Paris"
            ) from None
        return zone

    @field_validator("hour")
    @classmethod
    def _within_day(cls, hour: time | None) -> time | None:
        if hour is not None and not time(8) <= hour <= time(20):
            raise ValueError("the hour of the daily action lies between 08:00 and 20:00")
        return hour

    @field_validator("told_on")
    @classmethod
    def _counts_only(cls, told: dict[str, date]) -> dict[str, date]:
        unknown = told.keys() - set(COUNTED)
        if unknown:
            raise ValueError(f"told_on names no such count: {', '.join(sorted(unknown))}")
        return told

    @model_validator(mode="after")
    def _skipped_are_fields(self) -> Profile:
        unknown = self.skipped - set(type(self).model_fields)
        if unknown:
            raise ValueError(f"skipped names unknown fields: {', '.join(sorted(unknown))}")
        return self

    def __hash__(self) -> int:
        return hash(tuple(value for name, value in self.__dict__.items() if name != "told_on"))

    def with_answers(self, **answers: Any) -> Profile:
        """A copy with these answers, validated; an answered field leaves `skipped`."""
        values = self.model_dump(exclude_unset=True) | answers
        if {"job", "job_code"} & answers.keys() and "job_code_before" not in answers:
            values["job_code_before"] = None  # another job: nothing to tell of the former one
        values["skipped"] = frozenset(values.get("skipped", ())) - {
            name for name, value in answers.items() if value is not None and name != "skipped"
        }
        return Profile.model_validate(values)

    def skipping(self, *fields: str) -> Profile:
        """A copy in which these fields are empty and not to be asked again."""
        return self.with_answers(**dict.fromkeys(fields), skipped=self.skipped | set(fields))

    def open_question(self, field: str) -> bool:
        """True when the field is unanswered and may still be asked."""
        return getattr(self, field) is None and field not in self.skipped


DIPLOMA_RANK = {level: rank for rank, level in enumerate(Diploma)}
MOBILITY_RANK = {reach: rank for rank, reach in enumerate(Mobility)}
LANGUAGES = ("fr", "en")
FORMS = ("vous", "tu")
