"""An action that a counsellor chose: it takes the day's message, says who proposes it, and may be refused.

A human who knows the person chose it, not the advice: nothing is learnt from what becomes of it, and no report counts
it. That it was received counts for the advice, which does not propose the same thing again the day after.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from bot.advice.facts import Outcome
from bot.dialogs import action_message, distress, in_work
from bot.dialogs.effects import NEW_ACTION, OpenAction
from bot.dialogs.from_team import Assigned
from bot.dialogs.replies import Reply
from bot.dialogs.turn import Turn

NAME: Final = "assigned"
"""What stands in the place of a catalogue's id and of a family where the words are the counsellor's own."""
EFFORT: Final = "medium"
MINUTES: Final = 15


def next_of(turn: Turn) -> Assigned | None:
    """The one for today; none on the day after a hard one: it waits."""
    if turn.person.pause_reason == distress.REASON or in_work.is_working(turn.person):
        return None
    return next((one for one in turn.assigned if one.due_on <= turn.today and _is_there(turn, one)), None)


def _is_there(turn: Turn, one: Assigned) -> bool:
    """Whether it can be said: an item that has left the catalogue cannot."""
    return one.words is not None or one.catalogue_id in turn.world.catalogue.by_id


def is_due(turn: Turn) -> bool:
    """Whether a counsellor's action is the one of this day."""
    return next_of(turn) is not None


def say(turn: Turn) -> None:
    """Open it as the day's action, and say it with the name of who proposes it, and why."""
    one = next_of(turn)
    if one is None:
        return
    turn.person.pause_reason = None
    opened = OpenAction(
        NAME, NAME, EFFORT, MINUTES, "push", closing=Outcome.EXPIRED, author=one.author, assignment=one.id
    )
    if one.words is not None:
        turn.do(replace(opened, own_words=one.words))
        shown = Reply(turn.voice("assigned.yours", who=one.author), title=one.words)
    else:
        item = turn.world.catalogue.action(one.catalogue_id or "")
        turn.do(
            replace(
                opened, catalogue_id=item.id, family=item.family, effort=item.effort, minutes=item.minutes
            )
        )
        shown = action_message.compose(turn, item, (), author=one.author)
    if one.reason:
        shown = replace(shown, text=f"{turn.voice('assigned.reason', words=one.reason)}\n{shown.text}")
    shown = replace(
        shown, footer=turn.voice("assigned.told" if one.seen else "assigned.untold", who=one.author)
    )
    answers = action_message.assigned_answers(turn.voice, NEW_ACTION, varied=one.words is None)
    turn.say(action_message.with_buttons(shown, answers))
