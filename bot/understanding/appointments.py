"""An appointment in one's own words: "j'ai rendez-vous à la mission locale jeudi 14h", "interview tomorrow at 10"."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date, time, timedelta
from enum import StrEnum

from bot.understanding import clocks, dates
from bot.understanding.appointment_places import original, place_of, with_remote
from bot.understanding.lists import Found, phrases
from bot.understanding.numbers import number_names
from bot.understanding.text import Typed, typed

LONGEST = 40
"""Words; who writes more tells a story."""
_KINDS = ("private", "job_centre", "counsellor", "employer")
_MEETS_AFTER = 3
"""How many words after "je vois" the person may come that one meets."""
_SHORTEST_ALONE = 6
"""Words at most of a note without a verb ("rdv mission locale jeudi")."""
_AHEAD = re.compile(r"\b(?:dans|in|d ici) (\w+) (jours?|j|days?|semaines?|weeks?)\b")
_UNTIL = re.compile(r" (?:a|to|until|jusqu a|et) \d{1,2}(?: (?:h|heures?|am|pm))?(?: [0-5]\d)?(?!\w)")
"""The end of an appointment, right after its beginning."""
_LOOSE = frozenset({"finalement", "plutot", "instead"})
"""Words of a move that say by themselves nothing of another time."""


class What(StrEnum):
    """What is told of an appointment."""

    NEW = "new"
    MOVED = "moved"
    CANCELLED = "cancelled"
    HINDERED = "hindered"
    """One cannot be there, or means to cancel it."""


@dataclass(frozen=True, slots=True)
class Told:
    """What a text tells of an appointment; all None when it tells of none.

    kind: interview, counsellor, job_centre, group, private; None when the words do not say. place: with whom or where,
    as typed, preposition included; never of a private one. day, at: the new ones of a move. former: the
    day that it was on. passed: a day that is over. no_such: a day that no calendar has, as typed ("30 février").
    """

    what: What | None = None
    kind: str | None = None
    place: str | None = None
    day: date | None = None
    at: time | None = None
    former: date | None = None
    passed: date | None = None
    no_such: str | None = None


NOTHING = Told()


def appointment(text: str, today: date) -> Told:
    """What a text tells of an appointment that is to come."""
    told = typed(text)
    said = told.said.split()
    head = _head(said)
    if head is None or len(said) > LONGEST or _is_question(text, said):
        return NOTHING
    what = _what(said, head)
    if _is_none(said, what):
        return NOTHING
    clock = clocks.clock(told, text)
    days, placed = _days(told, today, clock)
    found = Told(what, _kind(said, head), at=clock.at if clock else None)
    found = replace(_dated(found, told, days), no_such=no_such_day(text, today))
    found = replace(found, passed=None if days else _passed_day(told, today))
    changes = {at for one in phrases("appointment_change").all(said) for at in range(one.first, one.end)}
    where = place_of(told, {*range(head.first, head.end), *placed, *changes}, head)
    found = replace(found, place=None if found.kind == "private" else with_remote(told, where))
    if what is What.NEW and not _is_told(said, found, head):
        return NOTHING
    return found


def when(text: str, today: date) -> tuple[date | None, time | None]:
    """The day and the hour in an answer to "when?": "vendredi 10h", "le 12", "14h30", "9"."""
    told = typed(text)
    clock = clocks.clock(told, text, bare=True)
    days, _ = _days(told, today, clock)
    return (days[-1][0] if days else None), clock.at if clock else None


def _passed_day(told: Typed, today: date) -> date | None:
    """A day that is over: "hier"."""
    named = dates.named(told, today, ahead=True)
    return next((one.first for one in named if one.first == one.last and one.first < today), None)


def no_such_day(text: str, today: date) -> str | None:
    """A day that no calendar has, as typed: "30 février"."""
    told = typed(text)
    for one in dates.no_such(told, today):
        first, last = told.word_at(one.start), told.word_at(one.end - 1)
        return original(told, first + (told.said.split()[first] in ("le", "the", "du", "au")), last)
    return None


def _head(said: list[str]) -> Found | None:
    """The words that name an appointment."""
    if phrases("appointment_not").all(said):
        return None
    for one in phrases("appointment").all(said):
        if one.key != "seeing":
            return one
        near = said[one.end : one.end + _MEETS_AFTER]
        if any(found.first < _MEETS_AFTER for found in phrases("appointment_kind").all(near)):
            return one
    return None


def _is_question(text: str, said: list[str]) -> bool:
    """A question tells of nothing; "can you move it?" is none."""
    return "?" in text and not phrases("appointment_lead", "asked").all(said)


def _what(said: list[str], head: Found) -> What:
    changes = phrases("appointment_change").all(said)
    keys = {one.key for one in changes}
    if "hindered" in keys and all(said[one.first] in _LOOSE for one in changes if one.key == "moved"):
        return What.HINDERED
    if "cancelled" in keys:
        return What.CANCELLED
    return What.MOVED if changes else What.NEW


def _is_none(said: list[str], what: What) -> bool:
    """Whether it is over, only wanted, denied, or somebody else's."""
    found = {one.key for one in phrases("appointment_scope", "past", "wanted", "denied", "others").all(said)}
    if what is not What.NEW:
        found -= {"past", "denied", "wanted"}
    return bool(found)


def _is_told(said: list[str], found: Told, head: Found) -> bool:
    """Whether enough is said for an appointment: a day, an hour, or that one has it."""
    feelings = bool(phrases("appointment_scope", "feelings").all(said))
    if found.day is not None or found.at is not None or found.no_such:
        return not feelings or (found.day is not None and found.at is not None)
    opens = any(one.first < head.first for one in phrases("appointment_lead", "told").all(said))
    noted = found.place is not None and head.first == 0 and len(said) <= _SHORTEST_ALONE
    return (opens or noted) and not feelings


def _kind(said: list[str], head: Found) -> str | None:
    named = {one.key for one in phrases("appointment_kind").all(said)}
    if head.key == "group" or (head.key != "interview" and _is_group(said)):
        return "private" if "private" in named else "group"
    for kind in _KINDS:
        if kind == "private" and head.key == "interview":
            continue  # a job at the hospital
        if kind in named:
            return "interview" if kind == "employer" else kind
    return "interview" if head.key == "interview" else None


def _is_group(said: list[str]) -> bool:
    """ "Rdv au salon de l'emploi"."""
    return any(one.key == "group" for one in phrases("appointment").all(said))


def _days(told: Typed, today: date, clock: clocks.Clock | None) -> tuple[list[tuple[date, int]], set[int]]:
    """The days named, with the place of the first word of each, and all words that tell a day or an hour."""
    said = told.said
    placed: set[int] = set()
    if clock is not None:
        said = said[: clock.start] + re.sub(r"\S", "#", said[clock.start : clock.end]) + said[clock.end :]
        until = _UNTIL.match(told.said, clock.end)
        placed |= _words(told, clock.start, until.end() if until else clock.end)
    found: list[tuple[date, int]] = []
    for ahead in _AHEAD.finditer(said):
        count = int(ahead[1]) if ahead[1].isdigit() else number_names().get(ahead[1])
        if count and count <= 365:
            step = timedelta(days=count) if ahead[2][0] in "jd" else timedelta(weeks=count)
            found.append((today + step, told.word_at(ahead.start())))
            placed |= _words(told, ahead.start(), ahead.end())
            said = said[: ahead.start()] + "#" * (ahead.end() - ahead.start()) + said[ahead.end() :]
    for named in dates.named(Typed(told.original, said, told.starts, told.spans), today, ahead=True):
        placed |= _words(told, named.start, named.end)
        if named.first == named.last and named.first >= today:
            found.append((named.first, told.word_at(named.start)))
    for named in dates.no_such(Typed(told.original, said, told.starts, told.spans), today):
        placed |= _words(told, named.start, named.end)
    return sorted(found, key=lambda one: one[1]), placed


def _words(told: Typed, start: int, end: int) -> set[int]:
    return set(range(told.word_at(start), told.word_at(max(start, end - 1)) + 1))


def _dated(found: Told, told: Typed, days: list[tuple[date, int]]) -> Told:
    """The day that counts; of a move the one that it goes to, of a cancellation the one that it was on."""
    if not days:
        return found
    if found.what is What.NEW:
        return replace(found, day=days[0][0])
    if found.what in (What.CANCELLED, What.HINDERED):
        return replace(found, former=days[0][0])
    if len(days) > 1:
        return replace(found, former=days[0][0], day=days[-1][0])
    day, at = days[0]
    said = told.said.split()
    verb = min((one.first for one in phrases("appointment_change", "moved").all(said)), default=at)
    after = at > verb and (at == 0 or said[at - 1] not in ("de", "du", "of", "from"))
    return replace(found, day=day) if after else replace(found, former=day)
