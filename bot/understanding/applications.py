"""An application in one's own words: "postulé chez Leroy Merlin comme vendeuse hier"."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache, lru_cache, partial

from dateutil.relativedelta import relativedelta
from rapidfuzz.distance import OSA

from bot.understanding import dates, spans
from bot.understanding.lengths import lengths
from bot.understanding.lists import phrases
from bot.understanding.naming import Span, channels, employers, names
from bot.understanding.states import Status, states, status_of
from bot.understanding.text import Typed, typed

__all__ = ["NOTHING", "Application", "Status", "application"]


@dataclass(frozen=True, slots=True)
class Application:
    """What was told of an application; None for what was not. All is None when the words tell of none.

    `company` and `job` are as typed; `date` is the day of what `status` says.
    """

    company: str | None = None
    job: str | None = None
    status: Status | None = None
    date: date | None = None


NOTHING = Application()
_KEY_WORDS = (
    "postule", "postuler", "candidature", "candidate", "entretien", "refuse", "refusee", "embauche", "embauchee",
    "applied", "application", "interview", "rejected", "convoquee", "envoye", "relance", "retenue",
    "rappele", "rappelee", "recontacte", "recontactee",
)  # fmt: skip
_GLUED = frozenset({"postule", "candidate", "relance", "depose", "commence", "postulerai"})
_NOT_MISSPELT = frozenset({"postale"})
_SHORTEST_MISSPELT = 6
_LONGEST_PERIOD = 7
_HOUR = re.compile(r"(?:\b(?:a|at|vers|around) )?\b\d{1,2} ?(?:h|heures?|am|pm)\b(?: \d{2}\b)?")
_AGO = re.compile(r"(?:\b(?:il y a|y a|ya|depuis|il y|y)|ca fait|it s been) (?:environ )?$")
_AHEAD = re.compile(r"\b(?:dans|d ici|in) $")
_SHORT_DAY = re.compile(
    r"\b(?:(?P<today>ce jour|ce midi|at lunchtime|2 day)|(?P<tomorrow>2 moro|2 main|dem 1|dem|tmr|tmw)"
    r"|(?P<yesterday>last nite))\b"
)
_DAYS_OFF = {"yesterday": -1, "today": 0, "tomorrow": 1}
_ORDINAL = re.compile(
    r"\b(?:[1-9] (?:er|ere|st|nd|rd|th|e|eme)|premier|first)"
    r"(?= (?:round |phone |job |telephone )?"
    r"(?:entretien|interview|round|rdv|rendez|relance|essai|test|candidature|application))"
)
_MONTH_FIRST = re.compile(r"(?<![\w./-])(1[0-2]|0?[1-9])/(1[3-9]|2\d|3[01])(?:/((?:20)?\d\d))?(?![\w/-])")
"""A day that can only be written the American way: "11/23"."""
_SOMEBODY = frozenset({"sam", "jan", "may", "avril", "april", "june", "august"})
"""Names of days and months that are people's too: "Chef Sam"."""
_AHEAD_STATUS = (Status.INTERVIEW, Status.TODO)


def application(text: str, today: date, *, is_job: Callable[[str], bool] = lambda _: False) -> Application:
    """What a text tells of an application. `is_job` says whether words alone are the name of a job."""
    told = _spelled(typed(text))
    known = employers(told)
    found, used = states(told, frozenset(at for first, last in known for at in range(first, last + 1)))
    if not found:
        return NOTHING
    status = status_of(found)
    day, dated = _day(told, today, status, _places(told, known))
    if status is Status.SENT and day is not None and day > today:
        status = Status.TODO  # "je postule demain"
    company, job = names(told, used | dated | channels(told), known, is_job)
    if company is None and job is None and all(one.weak for one in found):
        return NOTHING
    return Application(company, job, status, day)


def _spelled(told: Typed) -> Typed:
    """The same with the words that matter spelled right ("posutle", "aplied")."""
    parts = told.said.split()
    changed = [_right(part) for part in parts]
    if changed == parts:
        return told
    starts, at = [], 0
    for part in changed:
        starts.append(at)
        at += len(part) + 1
    return Typed(told.original, " ".join(changed), tuple(starts), told.spans)


@lru_cache(maxsize=4096)
def _right(word: str) -> str:
    if word.startswith("j") and word[1:] in _GLUED:
        return word[1:]
    if len(word) < _SHORTEST_MISSPELT or word in phrases("application").words or word in _NOT_MISSPELT:
        return word
    near = [key for key in _as_long_as(len(word)) if OSA.distance(word, key, score_cutoff=1) == 1]
    return near[0] if near else word


@cache
def _as_long_as(length: int) -> tuple[str, ...]:
    """The words that matter, but for one letter of that length: others are no neighbours."""
    return tuple(key for key in _KEY_WORDS if len(key) >= _SHORTEST_MISSPELT and abs(len(key) - length) <= 1)


def _places(told: Typed, spans: list[Span]) -> list[tuple[int, int]]:
    """Positions in `said` of spans of words."""
    ends = [*(start - 1 for start in told.starts[1:]), len(told.said)]
    return [(told.starts[first], ends[last]) for first, last in spans]


def _day(
    told: Typed, today: date, status: Status, names: list[tuple[int, int]]
) -> tuple[date | None, set[int]]:
    """The day of what the status says, and the words that name days; those of `names` name none."""
    said = told.said.split()
    begins = status is Status.OFFER and bool(phrases("application", "begin").all(said))
    ahead = begins or (status in _AHEAD_STATUS and not _is_over(said))
    counted = [found.span() for found in _ORDINAL.finditer(told.said)]  # "2nd interview"
    day, placed = _named_day(told, today, [*names, *counted], ahead=ahead)
    placed += counted
    placed += [hour.span() for hour in _HOUR.finditer(told.said)]
    for found in _SHORT_DAY.finditer(told.said):
        day = day or today + timedelta(days=_DAYS_OFF[str(found.lastgroup)])
        placed.append(found.span())
    if phrases("application", "wanted").all(said):
        day = None  # the day on which one is to start, not that of the offer
    return day, {
        place
        for start, end in placed
        for place in range(told.word_at(start), told.word_at(max(start, end - 1)) + 1)
    }


def _is_over(said: list[str]) -> bool:
    """Whether an interview is behind: "j'ai eu mon entretien mardi", but "eu un entretien pour mardi"."""
    return any(
        said[one.end : one.end + 1] not in (["pour"], ["for"]) and said[one.first - 1 : one.first] != ["je"]
        for one in phrases("application", "over").all(said)
    )


def _in_year(month: int, number: int, year: int) -> spans.Span | None:
    found = spans.day(year, month, number)
    return (found, found) if found else None


def _is_somebody(told: Typed, named: spans.Named) -> bool:
    """ "Chez Chef Sam": a name of a day with a capital, after another word with one."""
    at = told.word_at(named.start)
    if told.original.isupper() or " " in told.said[named.start : named.end]:
        return False
    led = at > 0 and told.said[: named.start].endswith(("chez ", "che "))  # "chez Juin Traiteur"
    if not led and (at < 2 or told.said[named.start : named.end] not in _SOMEBODY):
        return False
    capitals = (at,) if led else (at - 1, at)
    return all(told.original[told.spans[there][0]].isupper() for there in capitals)


def _named_day(
    told: Typed, today: date, names: list[tuple[int, int]], *, ahead: bool
) -> tuple[date | None, list[tuple[int, int]]]:
    """The day that is named, and the places of all that names days."""
    placed: list[tuple[int, int]] = []
    day: date | None = None
    for length in lengths(told):
        before, after = told.said[: length.start], told.said[length.end :]
        ago, coming = _AGO.search(before), _AHEAD.search(before)
        if not (ago or coming or after.startswith(" ago")) or length.months > 600:
            continue
        step = (
            timedelta(days=round(length.days))
            if length.days is not None
            else relativedelta(months=round(length.months))
        )
        opening = ago or coming
        placed.append(
            (opening.start() if opening else length.start, length.end + 4 * after.startswith(" ago"))
        )
        day = day or (today + step if coming else today - step)
    for found in _MONTH_FIRST.finditer(told.said):
        month, number, year = int(found[1]), int(found[2]), found[3]
        placed.append(found.span())
        if year:
            day = day or spans.day(spans.full_year(int(year)), month, number)
        elif day is None:
            there = spans.placed(partial(_in_year, month, number), today, ahead=ahead)
            day = there[0] if there else None
    for named in dates.named(told, today, ahead=ahead):
        if _is_somebody(told, named):
            continue
        if any(start < named.end and named.start < end for start, end in (*placed, *names)):
            continue
        placed.append((named.start, named.end))
        if (named.last - named.first).days < _LONGEST_PERIOD and day is None:
            week = (named.last - named.first).days == _LONGEST_PERIOD - 1
            day = today + timedelta(weeks=1 if named.first > today else -1) if week else named.first
            if week and named.first <= today <= named.last:
                day = None  # "cette semaine": no day
    return day, placed
