"""`/progres`: a picture of one's weeks, with the same in words. Cumulative: no streak, no ranking, no blame."""

from __future__ import annotations

import re
from datetime import date, timedelta

from babel.dates import format_date, get_day_names

from bot.advice.progress import WEEKS, Mark, Past, by_week, first_monday, marks
from bot.dialogs import in_work, rhythm
from bot.dialogs.effects import ShowProgress
from bot.dialogs.replies import Reply
from bot.dialogs.texts import Voice
from bot.dialogs.turn import Turn
from bot.pictures.signs import BLANK, DONE, NOTHING, OPEN, REST

_SIGNS = {Mark.DONE: DONE, Mark.OPEN: OPEN, Mark.REST: REST, Mark.NOTHING: NOTHING, Mark.BLANK: BLANK}
_LEGEND = (Mark.DONE, Mark.OPEN, Mark.REST, Mark.NOTHING)
_KINDS = ("actions", "applications", "interviews")


def show(turn: Turn) -> None:
    """`/progres`. The shell looks up what was done, and says `reply`."""
    turn.do(ShowProgress())


def reply(turn: Turn, past: Past) -> Reply:
    """The picture, to be drawn when the message is delivered, and its caption."""
    return Reply(_caption(turn, past), picture=_picture(turn, past))


# In words


def _caption(turn: Turn, past: Past) -> str:
    voice, today = turn.voice, turn.today
    if not past.done_in_all and not past.applications_in_all and not past.interviews_in_all:
        return voice("progress.empty")
    lines = [
        voice(
            "progress.in_all",
            since=_with_year(voice, _begins(past, today)),
            counts=_counts(voice, past.done_in_all, past.applications_in_all, past.interviews_in_all),
        ),
        *_looking_back(voice, past, today),
        voice("progress.this_week", counts=_counts(voice, *(kind[-1] for kind in _weeks(past, today)))),
        voice("progress.normal"),
    ]
    return "\n".join(lines)


def _begins(past: Past, today: date) -> date:
    """The date since which things are counted: an application may have been sent before Bob was there."""
    return min((past.since or today, *past.applications, *past.interviews))


def _looking_back(voice: Voice, past: Past, today: date) -> list[str]:
    """The days with an action, and the fullest of one's weeks; nothing before there are two weeks to look back on."""
    weeks = list(zip(*_weeks(past, today), strict=True))
    if sum(map(any, weeks)) < 2:
        return []
    at = max(range(WEEKS), key=lambda week: (sum(weeks[week]), week))
    monday = first_monday(today) + timedelta(weeks=at)
    days = sum(count > 0 for count in past.done.values())
    return [
        *([voice("progress.days", n=days)] if days else []),
        voice("progress.fullest", day=voice.date(monday), counts=_counts(voice, *weeks[at])),
    ]


def _counts(voice: Voice, *counts: int) -> str:
    """ "41 actions faites, 12 candidatures et 3 entretiens"; what is none is left out, "rien encore" if all are."""
    named = [voice(f"progress.count.{kind}", n=n) for kind, n in zip(_KINDS, counts, strict=True) if n]
    return voice.listing(named) or voice("progress.nothing_yet")


def _with_year(voice: Voice, day: date) -> str:
    """ "1er septembre 2026"; "1 September 2026"."""
    words = format_date(day, "d MMMM y", locale=voice.language)
    return re.sub(r"^1 ", "1er ", words) if voice.language == "fr" else words


# As a picture


def _weeks(past: Past, today: date) -> list[list[int]]:
    """Counts by week of each kind."""
    done = [day for day, count in past.done.items() for _ in range(count)]
    return [by_week(days, today) for days in (done, past.applications, past.interviews)]


def _picture(turn: Turn, past: Past) -> dict[str, object]:
    """The values of `bot.pictures.progress.Progress`."""
    voice, today = turn.voice, turn.today
    quiet = turn.person.status != "active" or in_work.is_working(turn.person)
    resting = quiet or rhythm.is_day_off(turn.profile, today)
    sums = (past.done_in_all, past.applications_in_all, past.interviews_in_all)
    name = turn.profile.first_name
    subtitle = voice("progress.weeks", n=WEEKS)
    return {
        "title": voice("progress.title"),
        "subtitle": subtitle,
        "name": name or "",
        "weekdays": [get_day_names("narrow", "stand-alone", voice.language)[day] for day in range(7)],
        "weeks": ["".join(_SIGNS[mark] for mark in week) for week in marks(past, today, resting=resting)],
        "months": _months(voice, today),
        "legend": [[_SIGNS[mark], voice(f"progress.legend.{mark}")] for mark in _LEGEND],
        "rows": [
            [
                voice(f"progress.row.{kind}"),
                voice("progress.sum", n=in_all) if in_all else voice("progress.none_yet"),
                counts,
            ]
            for kind, in_all, counts in zip(_KINDS, sums, _weeks(past, today), strict=True)
        ],
    }


def _months(voice: Voice, today: date) -> list[list[object]]:
    """The columns at which a month begins, and its short name; the first column's only where there is room for it."""
    start = first_monday(today)
    mondays = [start + timedelta(weeks=week) for week in range(WEEKS)]
    begins = [
        week
        for week, monday in enumerate(mondays)
        if week == 0 or monday.month != (monday - timedelta(weeks=1)).month
    ]
    if len(begins) > 1 and begins[1] < 2:
        begins = begins[1:]
    return [[week, format_date(mondays[week], "LLL", locale=voice.language)] for week in begins]
