"""`/horaires`: when a counsellor answers, in plain words, and within how many working days."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from bot.counsellors.group_text import ByCounsellor, lines, said
from bot.counsellors.turn import GroupTurn
from storage import links, teams

HOURS: Final = re.compile(r"(\d{1,2})\s*h?\s*(?:-|–|à|a|to|/)\s*(\d{1,2})\s*h?", re.IGNORECASE)
ANSWER: Final = re.compile(r"(\d{1,2})\s*(?:jours?|days?|j|d)\b", re.IGNORECASE)
RANGE: Final = re.compile(r"([a-z]+)\s*(?:-|–|\bau\b|\bà\b|\bto\b)\s*([a-z]+)", re.IGNORECASE)
WORD: Final = re.compile(r"[a-z]+", re.IGNORECASE)
MOST_DAYS: Final = 10
_FRENCH: Final = ("lun", "mar", "mer", "jeu", "ven", "sam", "dim")
_ENGLISH: Final = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


@dataclass(frozen=True, slots=True)
class Given:
    """What was typed: None where it was left out."""

    hours: tuple[int, int] | None = None
    days: str | None = None
    answer: int | None = None


def understand(text: str) -> Given | None:
    """ "9-17 lun-ven 2j": hours, days, working days for an answer, each optional; None where something is not clear."""
    rest = text
    hours = HOURS.search(rest)
    if hours is not None:
        rest = rest.replace(hours.group(0), " ", 1)
    answer = ANSWER.search(rest)
    if answer is not None:
        rest = rest.replace(answer.group(0), " ", 1)
    days = _days(rest)
    if days is None or any(letter.isdigit() for letter in rest):
        return None
    given = Given(
        (int(hours[1]), int(hours[2])) if hours is not None else None,
        days or None,
        int(answer[1]) if answer is not None else None,
    )
    if given.hours is not None and not 0 <= given.hours[0] < given.hours[1] <= 24:
        return None
    if given.answer is not None and not 1 <= given.answer <= MOST_DAYS:
        return None
    return given if given != Given() else None


def _days(text: str) -> str | None:
    """ISO weekdays, "" for none named; None for a word that is no day."""
    found: set[int] = set()
    for pair in RANGE.finditer(text):
        first, last = _day(pair[1]), _day(pair[2])
        if first is None or last is None or first > last:
            return None
        found |= set(range(first, last + 1))
    for word in WORD.findall(RANGE.sub(" ", text)):
        if word.lower() in ("et", "and", "du", "de", "from"):
            continue
        day = _day(word)
        if day is None:
            return None
        found.add(day)
    return "".join(str(day) for day in sorted(found))


def _day(word: str) -> int | None:
    short = word.lower()[:3]
    return next((names.index(short) + 1 for names in (_FRENCH, _ENGLISH) if short in names), None)


def show_or_set(turn: GroupTurn, argument: str) -> None:
    """Without words: the hours as they are. With words: set, and said back as they were understood."""
    member = turn.member
    if argument.strip():
        given = understand(argument)
        if given is None:
            turn.answer(lines(said("team.hours_unclear"), said("team.hours_example")))
            return
        first, last = given.hours or (member.hours_from, member.hours_until)
        days, answer = given.days or member.work_days, given.answer or member.answer_days
        teams.set_hours(turn.conn, member.id, first=first, last=last, work_days=days, answer_days=answer)
        for link in links.of_counsellor(turn.conn, member.id):
            if link.waiting_since is not None and link.reminded_at is None:
                links.save(turn.conn, link.id, remind_at=turn.now)  # looked at anew, with these hours
    else:
        first, last, days, answer = (
            member.hours_from,
            member.hours_until,
            member.work_days,
            member.answer_days,
        )
    names = turn.voice.listing([turn.voice(f"team.weekday.{day}") for day in days])
    told = said("team.hours", opens=first, closes=last, on_days=ByCounsellor(names), n=answer)
    turn.answer(lines(told, None if argument.strip() else said("team.hours_example")))
