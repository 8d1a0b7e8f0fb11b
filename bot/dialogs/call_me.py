"""After words of distress, for somebody with a counsellor: one tap, and the counsellor is asked to call. Nothing else.

Without the tap nothing is sent, and nothing is kept of why. There is no conversation to keep a place in: the button
holds the number of the link, which the shell checks to be the person's own.
"""

from __future__ import annotations

from datetime import datetime

from bot.dialogs import distress
from bot.dialogs.effects import AskForCall
from bot.dialogs.replies import ButtonMaker, Reply
from bot.dialogs.turn import Turn

BUTTON = ButtonMaker("call_me")
LONGEST_NUMBER = 18


def offer(turn: Turn, link: int, counsellor: str) -> None:
    """Offer to tell this counsellor, by name."""
    button = BUTTON(turn.voice("call_me.button"), str(link), "")
    turn.say(Reply(turn.voice("call_me.offer", who=counsellor), buttons=((button,),)))


def press(turn: Turn, value: str) -> bool:
    """The tap; False when the button is none of these."""
    if not (value.isascii() and value.isdigit() and len(value) <= LONGEST_NUMBER):
        return False
    turn.do(AskForCall(int(value)))
    return True


def asked(turn: Turn, counsellor: str, at: datetime | None) -> None:
    """Say that the counsellor is told, and when they see it: `at`, local to the person; None: now."""
    if at is None:
        turn.tell("call_me.asked", who=counsellor, line=distress.PREVENTION_LINE)
    else:
        when = turn.voice.moment(at, turn.today)
        turn.tell("call_me.asked_for_later", who=counsellor, when=when, line=distress.PREVENTION_LINE)


def nobody(turn: Turn) -> None:
    """The link of the button has ended."""
    turn.tell("call_me.nobody", line=distress.PREVENTION_LINE)
