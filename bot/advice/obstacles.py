"""The rules of the obstacles of the search itself, three-valued, and the answers that speak for each; those around it
are in `everyday_obstacles`.

Counts are those of the last 4 weeks. Thresholds are our choice, to be revised with what Bob learns.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from bot.advice import everyday_obstacles as everyday
from bot.advice.conditions.job import WORKED_BEFORE, experience
from bot.advice.facts import Facts
from bot.advice.funnel import (
    BEGINNING_MONTHS,
    ENOUGH_APPLICATIONS,
    FEW_LEADS,
    application_threshold,
    search_is_started,
    weak_answers,
)
from bot.advice.profile import (
    DIPLOMA_RANK,
    Barrier,
    JobChoice,
    Liking,
    ObstacleId,
    Profile,
    Situation,
)
from bot.advice.steps import CLOSED, Step, Verdict, every, named, some, started, step, unknown

TOO_MANY_JOBS = 3
"""Jobs named, from which the project counts as undefined."""

STUCK_AFTER_MONTHS = 1
"""Months of search from which few suitable offers say something about the market."""

RECENT_CHANGE_MONTHS = 2
"""A change of job is looked at for what the person likes only while the search is younger than this."""

EXPERIENCE_FOR_DIPLOMA = 6
"""Years in the job that make up for a diploma that employers ask for."""

LITTLE_EXPERIENCE = 2
"""Years in the job below which a lack of qualifications, named by the person, weighs most."""

BEGINNING_APPLICATIONS = 1
"""A search of so few applications, and of BEGINNING_MONTHS, has only begun."""

MANY_INTERVIEWS = 3
"""Interviews without an offer, from which the interviews themselves are worth a look."""


def undefined_project(facts: Facts) -> Verdict:
    """The person does not know which job, or names too many."""
    profile = facts.profile
    jobs = [name for name in (profile.job, *profile.other_jobs) if name]
    if len(jobs) >= TOO_MANY_JOBS:
        return Verdict(True, "several", ("several_jobs",))
    if profile.job_choice is JobChoice.UNDECIDED:
        return Verdict(True, None, ("job_undecided",))
    if profile.job_choice is None and not jobs:
        asked = profile.open_question("job_choice") and profile.open_question("job")
        return Verdict(unknown(profile, "job_choice") if asked else CLOSED)
    return Verdict(False, good=bool(jobs))


def stuck_market(facts: Facts) -> Verdict:
    """Has searched for some time, says that there are no offers, and saw few. Market figures are not known
    yet. Few offers seen by somebody for whom going online is hard, and who hardly applies, say little of the market.
    """
    profile = facts.profile
    if Barrier.DIGITAL in (profile.barriers or ()) and (profile.applications or 0) < ENOUGH_APPLICATIONS:
        return Verdict(False)
    found = every(
        named(profile, Barrier.NO_OFFERS),
        started(profile),
        step(profile, "months", lambda months: months >= STUCK_AFTER_MONTHS),
        step(profile, "leads", lambda leads: leads <= FEW_LEADS),
    )
    good = profile.leads is not None and profile.leads > FEW_LEADS
    return Verdict(found, None, ("barrier_no_offers", "leads", "months"), good)


def find_what_you_like(facts: Facts) -> Verdict:
    """The job sought is just a job to the person, and motivation is missing or they are changing to a job
    never done. Not when the job is unknown.
    """
    profile = facts.profile
    if profile.job is None and profile.job_code is None:
        return Verdict(False)
    change = every(
        _not(every(started(profile), step(profile, "months", lambda months: months >= RECENT_CHANGE_MONTHS))),
        _experience_below(profile, 0, included=True),
        step(profile, "situation", lambda situation: situation in WORKED_BEFORE),
    )
    unmotivated = named(profile, Barrier.MOTIVATION)
    found = every(
        some(unmotivated, change),
        step(profile, "liking", lambda liking: liking is Liking.JUST_A_JOB),
    )
    changing = change is True and unmotivated is not True
    because = ("liking", "experience", "situation") if changing else ("liking", "barrier_motivation")
    return Verdict(found, None, because, profile.liking in (Liking.LIKEABLE, Liking.PASSION))


def missing_diploma(facts: Facts) -> Verdict:
    """The job requires a diploma above the person's, or they name qualifications with little experience; long
    experience makes up for it, and training under way answers it.
    """
    profile = facts.profile
    if profile.job is None and profile.job_code is None:
        return Verdict(False)
    required = facts.occupation.required if facts.occupation else None
    not_training = step(profile, "situation", lambda situation: situation is not Situation.IN_TRAINING)
    below: Step = False
    if required is not None:
        below = step(profile, "diploma", lambda diploma: DIPLOMA_RANK[diploma] < DIPLOMA_RANK[required])
    by_law = every(below, _experience_below(profile, EXPERIENCE_FOR_DIPLOMA), not_training)
    by_word = every(
        named(profile, Barrier.QUALIFICATIONS), _experience_below(profile, LITTLE_EXPERIENCE), not_training
    )
    years = experience(profile)
    good = (facts.occupation is not None and below is False) or (years or 0) >= EXPERIENCE_FOR_DIPLOMA
    if by_law is True:
        return Verdict(True, None, ("diploma", "experience"))
    if by_word is True:
        return Verdict(True, "named", ("barrier_qualifications", "experience"))
    return Verdict(some(by_law, by_word), good=good)


def start_your_search(facts: Facts) -> Verdict:
    """Not started, only begun, or looking but hardly applying; not when interviews or offers come all the
    same.
    """
    profile = facts.profile
    if profile.interviews or profile.offers:
        return Verdict(False, good=True)
    not_started = _not(started(profile))
    hardly = every(
        step(
            profile, "applications", lambda sent: sent < application_threshold(profile, ENOUGH_APPLICATIONS)
        ),
        step(profile, "interviews", lambda interviews: interviews == 0),
    )
    begun = every(
        step(profile, "months", lambda months: months <= BEGINNING_MONTHS),
        step(
            profile,
            "applications",
            lambda sent: sent <= application_threshold(profile, BEGINNING_APPLICATIONS),
        ),
    )
    none_sent = step(profile, "applications", lambda sent: sent == 0)
    if not_started is True:
        return Verdict(True, None, ("not_started", "situation"))
    if none_sent is True:
        return Verdict(True, "none_sent", ("applications", "months"))
    if begun is True:
        return Verdict(True, "begun", ("months", "applications"))
    if hardly is True:
        return Verdict(True, "few_sent", ("applications", "interviews", "months"))
    found = some(not_started, none_sent, begun, hardly)
    return Verdict(found, good=found is False and profile.applications is not None)


def enhance_methods(facts: Facts) -> Verdict:
    """Enough applications, and no interview or far too few of them. Without a count of applications that may
    be asked, the person's own words count: no answers, the CV, the interviews.
    """
    profile = facts.profile
    if profile.offers:
        return Verdict(False, good=True)
    if profile.applications is None and not profile.open_question("applications") and not profile.interviews:
        named = [barrier for barrier in everyday.SPEAKS_OF_ANSWERS if barrier in (profile.barriers or ())]
        words = tuple(f"barrier_{barrier}" for barrier in named)
        none_yet = step(profile, "interviews", lambda interviews: interviews == 0)
        unless_skipped = True if none_yet is CLOSED else none_yet
        found = every(started(profile), bool(named) or CLOSED, unless_skipped)
        return Verdict(found, None, (*words, "interviews"))
    weak = weak_answers(profile)
    if weak is None:
        field = "applications" if profile.applications is None else "interviews"
        return Verdict(every(started(profile), unknown(profile, field)))
    case = "few_interviews" if profile.interviews else None
    good = not weak and bool(profile.interviews)
    return Verdict(every(started(profile), weak), case, ("applications", "interviews", "months"), good)


def bravo(facts: Facts) -> Verdict:
    """The search works: there are interviews, or an offer."""
    profile = facts.profile
    if profile.offers:
        return Verdict(True, "offer", ("offers", "interviews", "applications"))
    found = every(started(profile), step(profile, "interviews", lambda interviews: interviews > 0))
    interviews_named = Barrier.INTERVIEWS in (profile.barriers or ())
    converts = profile.offers == 0 and (profile.interviews or 0) >= MANY_INTERVIEWS
    case = "convert" if converts or interviews_named else None
    because = ("interviews", "barrier_interviews" if interviews_named else "applications", "months")
    return Verdict(found, case, because)


RULES: Mapping[ObstacleId, Callable[[Facts], Verdict]] = {
    ObstacleId.UNDEFINED_PROJECT: undefined_project,
    ObstacleId.STUCK_MARKET: stuck_market,
    ObstacleId.FIND_WHAT_YOU_LIKE: find_what_you_like,
    ObstacleId.MISSING_DIPLOMA: missing_diploma,
    ObstacleId.FRENCH_LANGUAGE: everyday.french_language,
    ObstacleId.DIGITAL_EASE: everyday.digital_ease,
    ObstacleId.LITTLE_TIME: everyday.little_time,
    ObstacleId.DISCOURAGEMENT: everyday.discouragement,
    ObstacleId.START_YOUR_SEARCH: start_your_search,
    ObstacleId.ISOLATION: everyday.isolation,
    ObstacleId.ENHANCE_METHODS_TO_INTERVIEW: enhance_methods,
    ObstacleId.BRAVO: bravo,
}
"""In their order of precedence."""


def impossible(profile: Profile, view: ObstacleId) -> bool:
    """True when the person's other answers plainly contradict this view of theirs."""
    begun = search_is_started(profile)
    if view is ObstacleId.BRAVO:
        return not profile.offers and (begun is False or profile.interviews == 0)
    if view is ObstacleId.ENHANCE_METHODS_TO_INTERVIEW:
        return begun is False or (profile.applications == 0 and not profile.interviews)
    return False


def _experience_below(profile: Profile, bound: float, *, included: bool = False) -> Step:
    years = experience(profile)
    if years is None:
        return unknown(profile, "experience_years")
    return years <= bound if included else years < bound


def _not(found: Step) -> Step:
    return not found if isinstance(found, bool) else found
