"""The main obstacle of a search, with the person's own answers as reasons; or the question that decides."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from bot.advice.conditions.job import experience
from bot.advice.facts import Facts
from bot.advice.funnel import search_is_started
from bot.advice.obstacles import RULES, impossible
from bot.advice.profile import JobChoice, Network, ObstacleId, Profile
from bot.advice.steps import CLOSED, Open, Verdict

MOST_CITATIONS = 3
LEAST_CITATIONS = 2

NEEDS_ATTENTION, GOOD, NEUTRAL, UNDETERMINED = "needs-attention", "good", "neutral", "undetermined"


@dataclass(frozen=True, slots=True)
class OtherObstacle:
    """An obstacle that is not the main one: needs-attention, good, neutral or undetermined."""

    id: ObstacleId
    state: str


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """main: the obstacle to work on first, None when an answer is missing that would decide.

    because: citation ids (`[citation.*]` in diagnosis.toml), two at least where the person gave two answers
    that bear on it. missing: fields to ask for, the one that decides first; empty when asking would change
    nothing. thin: answers that the person chose not to give would have counted. case: which wording of the
    obstacle fits (`[obstacle.*.case]`).
    view: what became of the person's own view: None, "agreed", "followed" or "set_aside" (contradicted by
    their answers).
    """

    main: ObstacleId | None
    because: tuple[str, ...] = ()
    others: tuple[OtherObstacle, ...] = ()
    missing: tuple[str, ...] = ()
    thin: bool = False
    case: str | None = None
    view: str | None = None


def diagnose(facts: Facts) -> Diagnosis:
    """Walk the obstacles in their order; the first that is true counts, unless one before it may still be
    asked.
    """
    verdicts = {obstacle: rule(facts) for obstacle, rule in RULES.items()}
    main, missing, thin = _walk(verdicts)
    profile, view = facts.profile, facts.profile.own_view
    standing: str | None = None
    if view is not None and view is main:
        standing = "agreed"
    elif view is not None and impossible(profile, view):
        standing = "set_aside"
    elif view is not None:
        main, missing, thin, standing = view, (), False, "followed"
    if main is None:
        return Diagnosis(None, (), _others(verdicts, None), missing, thin, None, standing)
    verdict = verdicts[main]
    return Diagnosis(
        main=main,
        because=_because(profile, verdict, standing),
        others=_others(verdicts, main),
        missing=missing,
        thin=thin,
        case=verdict.case if verdict.step is True else None,
        view=standing,
    )


def _walk(verdicts: dict[ObstacleId, Verdict]) -> tuple[ObstacleId | None, tuple[str, ...], bool]:
    """(main obstacle, fields that would decide, whether skipped answers would have counted)."""
    thin = False
    asked: list[str] = []
    for obstacle, verdict in verdicts.items():
        if isinstance(verdict.step, Open):
            asked.extend(verdict.step.fields)
        elif verdict.step is CLOSED:
            thin = True
        elif verdict.step is True:
            return (None, tuple(dict.fromkeys(asked)), thin) if asked else (obstacle, (), thin)
    return None, tuple(dict.fromkeys(asked)), thin or not asked


def _others(verdicts: dict[ObstacleId, Verdict], main: ObstacleId | None) -> tuple[OtherObstacle, ...]:
    """Every other obstacle with its state; that all goes well is no obstacle, so bravo is only ever the main
    one.
    """
    return tuple(
        OtherObstacle(obstacle, _state(verdict))
        for obstacle, verdict in verdicts.items()
        if obstacle not in (main, ObstacleId.BRAVO)
    )


def _state(verdict: Verdict) -> str:
    if verdict.step is True or verdict.attention:
        return NEEDS_ATTENTION
    if verdict.step is False:
        return GOOD if verdict.good else NEUTRAL
    return UNDETERMINED


def _because(profile: Profile, verdict: Verdict, standing: str | None) -> tuple[str, ...]:
    """The answers that speak for the obstacle, filled up with others when they are fewer than two."""
    cited = ["own_view"] if standing in ("agreed", "followed") else []
    own = [exact for subject in verdict.because if (exact := cite(profile, subject))]
    cited.extend(exact for exact in own if verdict.step is True or _speaks_for_itself(exact))
    for candidate in ("months", "situation", "experience", "diploma", "job"):
        if len(cited) >= LEAST_CITATIONS:
            break
        exact = cite(profile, candidate)
        if exact and exact not in cited:
            cited.append(exact)
    return tuple(dict.fromkeys(cited))[:MOST_CITATIONS]


def _speaks_for_itself(citation: str) -> bool:
    """Whether an answer may be cited for an obstacle that the person names and the rule does not confirm."""
    return citation.startswith(("barrier_", "no_")) or citation in _SPEAK_FOR_THEMSELVES


def cite(profile: Profile, subject: str) -> str | None:
    """The citation id for what the person said on a subject ("applications" gives "no_applications" for
    zero), or None when they said nothing.
    """
    return next(_citations(profile, subject), None)


def _citations(profile: Profile, subject: str) -> Iterator[str]:
    if subject.startswith("barrier_"):
        if subject.removeprefix("barrier_") in (profile.barriers or ()):
            yield subject
    elif subject in ("leads", "applications", "interviews", "offers"):
        count = getattr(profile, subject)
        if count is not None:
            yield subject if count else _NONE[subject]
    elif subject == "minutes":
        if profile.minutes_per_day is not None:
            yield "minutes"
    elif subject == "phone_only":
        if profile.has_computer is False:
            yield subject
    elif subject == "network_small":
        if profile.network is Network.SMALL:
            yield subject
    elif subject == "months":
        if search_is_started(profile) is False:
            yield "not_started"
        elif profile.months is not None:
            yield "months"
    elif subject == "experience":
        years = experience(profile)
        if years is not None:
            yield "experience" if years else "no_experience"
    elif subject in ("situation", "diploma", "liking"):
        value = getattr(profile, subject)
        if value is not None:
            yield f"{subject}_{value.value}"
    elif subject == "job":
        if profile.job is not None and profile.job_choice is not JobChoice.UNDECIDED:
            yield "job"
    else:
        yield subject


_SPEAK_FOR_THEMSELVES = ("liking_just_a_job", "phone_only", "network_small")

_NONE = {
    "leads": "no_leads",
    "applications": "no_applications",
    "interviews": "no_interview",
    "offers": "no_offer",
}
