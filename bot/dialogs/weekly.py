"""The weekly review: around the action of its day, so that it stays one message; or when it is asked for.

It sets the week beside the person's own past only, asks one thing, and offers a goal for the next seven days. A goal
changes which action comes first from tomorrow on (`bot.advice.weeks.preferred`), and Bob says so.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from statistics import fmean

from bot.advice import weeks
from bot.advice.applications import with_week
from bot.advice.facts import Family
from bot.advice.weeks import Goal, Review, Week
from bot.dialogs import asking, in_work
from bot.dialogs.effects import KeepReview, OpenAction
from bot.dialogs.machine import Dialogue, Row, Step
from bot.dialogs.reasons import goal_words
from bot.dialogs.replies import Button, ButtonMaker, Reply, Rows
from bot.dialogs.texts import Voice
from bot.dialogs.turn import Turn
from bot.dialogs.weekly_days import DEFAULT_DAY, LATE, NEVER, is_due, scheduled
from bot.sources.plain import plain
from bot.understanding import choices, dates

__all__ = ["DIALOGUE", "heard", "is_due", "keep_asking", "press", "say_around", "show"]

BUTTON = ButtonMaker("weekly")
ANSWERED_WITHIN = timedelta(days=6)
_NEVER = ("jamais", "never", "plus jamais", "sans bilan", "no review", "aucun", "pas de bilan")
MOST = 5
"""The last button of a count means so many or more."""


# Saying it


def say_around(turn: Turn) -> None:
    """Put the review around the message of the day's action, which stays one message with its own buttons.

    A day that brings no action has no review.
    """
    if not turn.replies or not any(isinstance(effect, OpenAction) for effect in turn.effects):
        return
    action = turn.replies[-1]
    review = _begin(turn)
    voice = turn.voice
    lines = [*_summary(turn), _question(turn, review)]
    carried = voice("weekly.action", action=action.title or "")
    text = "\n".join([*lines, "", carried, action.text])
    first = voice("weekly.first_time", day=_weekday_words(turn)) if len(turn.reviews) == 1 else None
    footer = "\n\n".join(part for part in (action.footer, first) if part)
    turn.replies[-1] = replace(
        action,
        title=voice("weekly.title"),
        text=text,
        footer=footer or None,
        buttons=(*_counts(), *action.buttons),
    )


def keep_asking(turn: Turn) -> None:
    """Where an answer to the action has taken the place of the message that asked: the question stays with it."""
    review, view = _last(turn), turn.pressed_action
    if review is None or review.told is not None or view is None or view.day != review.day:
        return
    for place, reply in enumerate(turn.replies):
        if reply.replace and reply.title:
            question = "\n\n".join(part for part in (reply.footer, _question(turn, review)) if part)
            turn.replies[place] = replace(reply, footer=question, buttons=(*reply.buttons, *_counts()))


def show(turn: Turn) -> None:
    """`/bilan`: the same without an action; its day can be changed."""
    turn.on_message = False
    voice, review = turn.voice, _last(turn) or _begin(turn)
    lines = _summary(turn)
    rows: Rows = ()
    if review.told is None:
        lines.append(_question(turn, review))
        rows = _counts()
    elif review.goal is None:
        lines.append(voice("weekly.goal", **_sizes(turn)))
        rows = _goal_rows(turn)
    other_day = _button(voice("weekly.button.day"), "day")
    turn.say(Reply("\n".join(lines), title=voice("weekly.title"), buttons=(*rows, (other_day,))))


def _begin(turn: Turn) -> Review:
    """Today's review; begun if there is none yet."""
    DIALOGUE.open(turn)
    if turn.reviews and turn.reviews[0].day == turn.today:
        return turn.reviews[0]
    asked = "contacts" if weeks.uses_board(turn.board, turn.today) else "applications"
    review = Review(turn.today, asked)
    _keep(turn, review)
    return review


def _keep(turn: Turn, review: Review) -> None:
    turn.reviews = (review, *(other for other in turn.reviews if other.day != review.day))
    turn.do(KeepReview(review))


def _weeks(turn: Turn) -> tuple[Week, list[Week]]:
    """The last seven days, and the weeks before."""
    given = (turn.board, turn.history, turn.reviews, turn.today)
    return weeks.week_of(*given), weeks.weeks_before(*given)


def _summary(turn: Turn) -> list[str]:
    voice, (week, before) = turn.voice, _weeks(turn)
    none = "weekly.none_noted" if week.applications or week.interviews else "weekly.none_done"
    done = voice("weekly.done", n=week.done) if week.done else voice(none)
    lines = [done + _usual(voice, [one.done for one in before])]
    if week.applications or week.interviews:
        sent = voice("weekly.applications", number=week.applications or 0)
        sent += _usual(voice, [one.applications for one in before])
        if week.interviews:
            sent += " " + voice("weekly.interviews", number=week.interviews)
        lines.append(sent)
    return lines + _goal_lines(turn, week)


def _usual(voice: Voice, counts: list[int | None]) -> str:
    """Their own past beside a count; nothing where there is none."""
    known = [count for count in counts if count is not None]
    if not known or not any(known):
        return ""
    return " " + voice("weekly.usual", number=voice.number(round(fmean(known), 1)))


def _goal_lines(turn: Turn, week: Week) -> list[str]:
    """The goal that was set for these days, with what there is of it by now."""
    goal = turn.goal
    if goal is None or goal.since == turn.today or turn.today - goal.since > weeks.WEEK + LATE:
        return []
    words = goal_words(turn.voice, goal.applications, goal.contacts)
    if not (week.applications or week.contacts):
        return [turn.voice("weekly.goal_was", goal=words)]
    reached = goal_words(turn.voice, week.applications or 0, week.contacts)
    return [turn.voice("weekly.goal_so_far", goal=words, reached=reached)]


def _question(turn: Turn, review: Review) -> str:
    return turn.voice(f"weekly.ask.{review.asked or 'applications'}")


def _counts() -> Rows:
    buttons = [_button(f"{n}+" if n == MOST else str(n), f"n-{n}") for n in range(MOST + 1)]
    return asking.rows_of(buttons, 3)


def _button(label: str, value: str) -> Button:
    return BUTTON(label, value, "any")


# The count, the goal


def _is_asked(step: Step) -> bool:
    """The last review is recent, and its question is open: a second tap counts nothing twice."""
    review = _last(step.turn)
    return review is not None and review.told is None


def _has_no_goal(step: Step) -> bool:
    review = _last(step.turn)
    return review is not None and review.told is not None and review.goal is None


def _last(turn: Turn) -> Review | None:
    if not turn.reviews or turn.today - turn.reviews[0].day > ANSWERED_WITHIN:
        return None
    return turn.reviews[0]


def _count(step: Step) -> None:
    turn, count = step.turn, int(step.answer)
    review = replace(turn.reviews[0], told=count)
    _keep(turn, review)
    if review.asked == "applications":
        profile = turn.profile
        told = with_week(profile.applications, profile.told_on.get("applications"), count, turn.today)
        if told != profile.applications:
            turn.profile = profile.with_answers(applications=told)
    turn.on_message = False  # the message that asks bears the action of the day too: it stays
    noted = turn.voice(f"weekly.count.{review.asked or 'applications'}", n=count)
    text = turn.voice("weekly.noted", counts=noted)
    turn.say(Reply(f"{text}\n{turn.voice('weekly.goal', **_sizes(turn))}", buttons=_goal_rows(turn)))


def _goals(turn: Turn) -> dict[str, Goal]:
    week, before = _weeks(turn)
    known = [one.applications for one in (week, *before) if one.applications is not None]
    return weeks.goals(fmean(known) if known else 0.0, turn.today)


def _sizes(turn: Turn) -> dict[str, str]:
    found = _goals(turn)
    return {size: goal_words(turn.voice, goal.applications, goal.contacts) for size, goal in found.items()}


def _goal_rows(turn: Turn) -> Rows:
    sizes = [_button(turn.voice(f"weekly.button.{size}"), f"g-{size}") for size in weeks.SIZES]
    return (tuple(sizes), (_button(turn.voice("weekly.button.no_goal"), "g-none"),))


def _set_goal(step: Step) -> None:
    turn, goal = step.turn, _goals(step.turn)[step.answer]
    _keep(turn, replace(turn.reviews[0], goal=goal))
    words = goal_words(turn.voice, goal.applications, goal.contacts)
    said = turn.voice("weekly.goal_set", goal=words, day=turn.voice.date(goal.since + weeks.WEEK))
    if not in_work.is_working(turn.person):  # who is in work gets no actions that a goal could change
        family = turn.preferred(turn.today + timedelta(days=1))
        said += " " + turn.voice(f"weekly.change.{'network' if family is Family.NETWORK else 'application'}")
    turn.say(Reply(said, replace=turn.on_message))


def _set_none(step: Step) -> None:
    turn = step.turn
    turn.say(Reply(turn.voice("weekly.no_goal"), replace=turn.on_message))


# Its day


def _weekday_words(turn: Turn) -> str:
    day = scheduled(turn.profile, turn.today)
    return turn.voice(f"weekly.on.{day.isoweekday() if day else DEFAULT_DAY}")


def _ask_day(step: Step) -> None:
    turn, voice = step.turn, step.turn.voice
    step.data["day_asked"] = turn.today.isoformat()
    buttons = [_button(voice(f"questions.days.options.{day}"), f"day-{day}") for day in range(1, 8)]
    never = _button(voice("weekly.button.never"), f"day-{NEVER}")
    turn.say(Reply(voice("weekly.which_day"), buttons=asking.rows_of([*buttons, never], 3)))


def _set_day(step: Step) -> None:
    turn, day = step.turn, int(step.answer)
    step.data.pop("day_asked", None)
    turn.profile = turn.profile.with_answers(review_day=day)
    if day == NEVER:
        text = turn.voice("weekly.off")
    else:
        text = turn.voice("weekly.day_set", day=_weekday_words(turn))
    turn.say(Reply(text, replace=turn.on_message))


DIALOGUE = Dialogue(
    BUTTON.dialogue,
    version=BUTTON.version,
    states={"quiet": ()},
    rows=(
        Row("count", "quiet", None, (_is_asked,), (_count,)),
        Row("goal", "quiet", None, (_has_no_goal,), (_set_goal,)),
        Row("no_goal", "quiet", None, (_has_no_goal,), (_set_none,)),
        Row("day", "quiet", None, (), (_ask_day,)),
        Row("on_day", "quiet", None, (), (_set_day,)),
    ),
    initial="quiet",
)


def press(turn: Turn, value: str) -> bool:
    """A button of the review; False when it fits nothing: answered already, too old, forged."""
    verb, _, given = value.partition("-")
    if value == "day":
        turn.on_message = False
        return DIALOGUE.fire(turn, "day")
    if verb == "g" and (given == "none" or given in weeks.SIZES):
        return DIALOGUE.fire(turn, "no_goal" if given == "none" else "goal", given)
    if not (len(given) == 1 and given.isascii() and given.isdigit()):
        return False
    if verb == "n" and int(given) <= MOST:
        return DIALOGUE.fire(turn, "count", given)
    return verb == "day" and int(given) <= 7 and DIALOGUE.fire(turn, "on_day", given)


def heard(turn: Turn, text: str) -> bool:
    """Typed answers to the review's questions: a bare number, a size of goal, a day; False for all other words."""
    if DIALOGUE.name not in turn.person.dialogues:
        return False
    said = plain(text)
    if DIALOGUE.open(turn).data.get("day_asked") == turn.today.isoformat():
        last = said.removeprefix("le ").removeprefix("on ")
        named = [
            n for n, names in enumerate(dates.weekdays(), 1) if {last, last.removesuffix("s")} & set(names)
        ]
        day = NEVER if said in _NEVER else named[0] if named else None
        if day is not None:
            return DIALOGUE.fire(turn, "on_day", str(day))
    review = _last(turn)
    if review is None or review.goal is not None:
        return False
    if review.told is None:
        return said.isascii() and said.isdigit() and len(said) < 3 and DIALOGUE.fire(turn, "count", said)
    size = choices.choice(
        text, {size: turn.voice(f"weekly.button.{size}") for size in (*weeks.SIZES, "no_goal")}
    )
    if size is None and said.isascii() and said.isdigit():
        counted = [
            size for size, goal in _goals(turn).items() if int(said) in (goal.applications, goal.contacts)
        ]
        size = counted[0] if len(counted) == 1 else None
    if size is None:
        return False
    return DIALOGUE.fire(turn, "no_goal") if size == "no_goal" else DIALOGUE.fire(turn, "goal", size)
