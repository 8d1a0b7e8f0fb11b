"""A job found: no more daily actions, thanks, what helped; if wanted, a few words in the first weeks and three surveys.

Whoever comes back finds their profile as it was, and no question why.
"""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Any

from bot.dialogs import found_answers as does
from bot.dialogs import in_work, in_work_messages, settings
from bot.dialogs.found_answers import FIRST_DAYS, HELPED, TRIALS
from bot.dialogs.in_work_messages import BUTTON, SITUATIONS
from bot.dialogs.machine import Dialogue, Row
from bot.dialogs.replies import Reply
from bot.dialogs.turn import Turn
from bot.sources.plain import plain
from bot.understanding import choices, intents
from bot.understanding.intents import Intent
from bot.understanding.jobs_found import first_day, job_found, job_over

FURTHEST = timedelta(days=366)
"""Between the news and the first day at work, at the most."""
_ASKING = ("sure", "helped", "weeks", "first_day", "surveys")
"""States that ask something: typed words may answer it."""
_WORKING = (*_ASKING[1:], "working")
DIALOGUE = Dialogue(
    BUTTON.dialogue,
    version=BUTTON.version,
    states={
        "quiet": (),
        "sure": (does.ask_sure,),
        "helped": (does.ask_helped,),
        "weeks": (does.ask_weeks,),
        "first_day": (does.ask_start,),
        "surveys": (does.ask_surveys,),
        "working": (),
    },
    rows=(
        Row("maybe", ("quiet", "sure"), "sure", (), (does.keep_maybe,)),
        Row("found", ("quiet", "sure"), "helped", (), (does.note,)),
        Row("not_yet", "sure", "quiet", (), (does.not_yet,)),
        Row("helped", "helped", "weeks", (), (does.count_helped,)),
        Row("helped_skip", "helped", "weeks", (), (does.skip_helped,)),
        Row("weeks_yes", "weeks", "first_day", (does.start_is_unknown,), (does.agree_weeks,)),
        Row("weeks_yes", "weeks", "surveys", (), (does.agree_weeks,)),
        Row("weeks_no", "weeks", "surveys", (), (does.decline_weeks,)),
        Row("day", "first_day", "surveys", (), (does.keep_start,)),
        Row("day_skip", "first_day", "surveys", (), (does.skip_start,)),
        Row("surveys_yes", "surveys", "working", (), (does.agree_surveys,)),
        Row("surveys_no", "surveys", "working", (), (does.decline_surveys,)),
        Row("show", "working", None, (), (does.say_working,)),
        Row("felt", "working", None, (does.was_asked_how,), (does.felt,)),
        Row("trial", "working", None, (), (does.keep_trial,)),
        Row("no_weeks", "working", None, (does.has_weeks,), (does.no_weeks,)),
        Row("no_surveys", "working", None, (does.has_surveys,), (does.no_surveys,)),
        Row("survey", "working", None, (does.waits_for_it,), (does.count_survey,)),
        Row("over", _WORKING, "quiet", (), (does.over,)),
        Row("mistake", _WORKING, "quiet", (), (does.mistaken,)),
    ),
    initial="quiet",
    safe="working",
)


def _fire(turn: Turn, trigger: str, answer: Any = None) -> bool:
    """One event; while something is asked, typed words come here."""
    if not DIALOGUE.fire(turn, trigger, answer):
        return False
    if DIALOGUE.open(turn).state not in _ASKING:
        DIALOGUE.leave(turn)
    elif turn.person.focus != DIALOGUE.name:
        DIALOGUE.take_focus(turn)
    return True


# By command


def begin(turn: Turn) -> None:
    """`/trouve`: the news; of somebody who told it before, where they stand and the ways out."""
    turn.on_message = False
    if not in_work.is_working(turn.person):
        _fire(turn, "found")
    elif DIALOGUE.open(turn).state in _ASKING:
        DIALOGUE.take_focus(turn)
        DIALOGUE.repeat(turn)
    else:
        _fire(turn, "show")


def come_back(turn: Turn) -> bool:
    """`/reprendre` of somebody in work; False of anybody else, and of a pause, which is all that it ends then."""
    if not in_work.is_working(turn.person) or turn.person.status == "paused":
        return False
    settings.wake(turn)
    return _fire(turn, "over")


# By button


def press(turn: Turn, value: str) -> bool:
    """A button of these messages; False when it fits nothing."""
    if value == "found":
        return _fire(turn, "found", in_work.first_day_of(DIALOGUE.open(turn).data))
    if value in HELPED:
        return _fire(turn, "helped", value)
    if value in FIRST_DAYS:
        return _fire(turn, "day", _day(turn, value))
    if value in ("fine", "hard"):
        return _fire(turn, "felt", value)
    if value in TRIALS:
        return _fire(turn, "trial", value)
    survey, _, situation = value.partition("-")
    if survey in in_work.SURVEYS and situation in SITUATIONS:
        return _fire(turn, "survey", (survey, situation))
    return value in _PLAIN and _fire(turn, value)


_PLAIN = frozenset(
    (
        *("not_yet", "helped_skip", "weeks_yes", "weeks_no", "day_skip", "surveys_yes", "surveys_no"),
        *("no_weeks", "no_surveys", "over", "mistake"),
    )
)


def _day(turn: Turn, code: str) -> date:
    if code == "monday":
        return turn.today + timedelta(days=7 - turn.today.weekday())
    return turn.today + timedelta(days=14 if code == "two_weeks" else 0)


# By typed words


def told(turn: Turn, text: str) -> bool:
    """Plain words of a job found, or, of somebody in work, of its end; False when they tell of neither."""
    if in_work.is_working(turn.person):
        return job_over(text) and _fire(turn, "over")
    found = job_found(text, turn.today)
    return found is not None and found.sure and _fire(turn, "found", _near(turn, found.start))


def maybe_told(turn: Turn, text: str) -> bool:
    """Words that may tell of a job found: asked back. Of somebody in work, their first day is taken from them."""
    found = job_found(text, turn.today)
    if found is None:
        return False
    start = _near(turn, found.start)
    if not in_work.is_working(turn.person):
        return _fire(turn, "maybe", start)
    if start is None:
        return False
    DIALOGUE.open(turn).data["start"] = start.isoformat()
    turn.tell("found.day.noted", day=turn.voice.date(start))
    return True


def _near(turn: Turn, day: date | None) -> date | None:
    return day if day is not None and abs(day - turn.today) <= FURTHEST else None


_YES_NO = {
    "sure": ("found", "not_yet"),
    "weeks": ("weeks_yes", "weeks_no"),
    "surveys": ("surveys_yes", "surveys_no"),
}
_SKIPS = {"helped": "helped_skip", "weeks": "weeks_no", "first_day": "day_skip", "surveys": "surveys_no"}


def typed(turn: Turn, text: str) -> bool:
    """Typed words that answer the question. False for all others: it does not insist, and gives the focus back."""
    place, said = DIALOGUE.open(turn), intents.intent(text)
    yes, no = _YES_NO.get(place.state, (None, None))
    if said in (Intent.YES, Intent.DONE) and yes:
        return press(turn, yes)
    if said is Intent.NO and no:
        return press(turn, no)
    if said is Intent.BACK and place.state in _WORKING:
        return _fire(turn, "mistake")
    if said in (Intent.SKIP, Intent.NOTHING, Intent.UNDECIDED) and place.state in _SKIPS:
        return _fire(turn, _SKIPS[place.state])
    if place.state == "weeks" and place.data.pop("other", False) and said is None:
        turn.lead.append(turn.voice("found.helped_by"))
        DIALOGUE.repeat(turn)
        return True
    if place.state == "helped":
        code = choices.choice(text, {code: turn.voice(f"found.helped.{code}") for code in HELPED})
        if code is not None:
            return _fire(turn, "helped", code)
    if place.state == "first_day":
        day = _near(turn, first_day(text, turn.today, asked=True))
        if day is not None:
            return _fire(turn, "day", day)
    DIALOGUE.leave(turn)
    return False


_HARD = re.compile(
    r"\b(?:mal|pas (?:terrible|bien|simple|facile|top|trop|fort)|dur|difficile|bof|galere|badly"
    r"|not (?:well|great|easy|good)"
    r"|hard|tough|awful)\b"
)
_FINE = re.compile(r"\b(?:bien|super|top|nickel|genial|impeccable|ca va|well|good|great|fine|ok)\b")
FEW_WORDS = 12


def feels(turn: Turn, text: str) -> bool:
    """How work goes, in words, where a message of the first weeks has asked; False for all others."""
    place, said = turn.person.dialogues.get(DIALOGUE.name), plain(text)
    if (
        place is None
        or place.state != "working"
        or not place.data.get("felt")
        or len(said.split()) > FEW_WORDS
    ):
        return False
    if _HARD.search(said):
        return _fire(turn, "felt", "hard")
    return bool(_FINE.search(said)) and _fire(turn, "felt", "fine")


# On a day in work


def say_due(turn: Turn) -> None:
    """The message of the day to somebody in work, where one is due; never a daily action."""
    note = in_work.due(turn)
    if note is None:
        return
    place = DIALOGUE.open(turn)
    passed = [one.name for one in in_work.notes(turn.profile, place.data) if in_work.passes(one, note)]
    place.data["said"] = [*place.data.get("said", ()), *passed]
    DIALOGUE.leave(turn)
    place.state = "working"
    message = in_work_messages.question if note.is_survey else in_work_messages.first_weeks
    text, rows = message(turn, place, note)
    turn.say(Reply(text, buttons=rows))
