"""What becomes of a message that a person hands on to their counsellor: on its way, not arrived, taken back.

The buttons are pressed in the conversation about being followed (`bot.dialogs.counsellor`).
"""

from __future__ import annotations

from dataclasses import replace

from bot.dialogs.effects import SENT
from bot.dialogs.following import FollowedBy
from bot.dialogs.replies import Button, ButtonMaker, Reply
from bot.dialogs.texts import Voice
from bot.dialogs.turn import Turn

_BUTTON = ButtonMaker("counsellor")


def on_its_way(turn: Turn, link: FollowedBy, message: int | str) -> Reply:
    """It was handed on: who answers, within which time, and from when on if they do not work now."""
    voice = turn.voice
    if link.gone:
        text = voice("counsellor.sent_gone", who=link.who)
    else:
        text = voice("counsellor.sent", who=link.who, n=link.answer_days)
    if link.back is not None and not link.gone:
        text += "\n" + voice("counsellor.back", who=link.who, when=voice.moment(link.back, turn.today))
    again = _button(voice("counsellor.button.write_again"), f"write_{link.link}")
    undo = _button(voice("counsellor.button.take_back"), f"undo_{message}_{link.link}")
    return Reply(text, buttons=((again, undo),))


def impossible(voice: Voice, link: FollowedBy) -> Reply:
    """It can go nowhere now: why, and what the person can do about it."""
    if link.obstacle == "no_private" and link.gone:
        to_team = _button(voice("counsellor.button.rather_team"), f"team_{SENT}_{link.link}")
        return Reply(voice("counsellor.gone_private", who=link.who), buttons=((to_team,),))
    if link.obstacle == "no_private":
        return no_private(voice, link.who, link.link, SENT)
    return Reply(voice("counsellor.no_group", who=link.who, team=link.team))


def no_private(voice: Voice, who: str, link: int, message: int | str) -> Reply:
    """The counsellor's private chat takes no message: it is not lost, one tap sends it to the team."""
    to_team = _button(voice("counsellor.button.rather_team"), f"team_{message}_{link}")
    return Reply(voice("counsellor.no_private", who=who), buttons=((to_team,),))


def not_arrived(voice: Voice, who: str, link: int) -> Reply:
    """It could not be brought to the team."""
    again = _button(voice("counsellor.button.write_again"), f"write_{link}")
    return Reply(voice("counsellor.not_arrived", who=who), buttons=((again,),))


def taken_back(turn: Turn, taken: str) -> None:
    """Said by the shell. `taken`: taken | too_late | unknown."""
    turn.say(Reply(turn.voice(f"counsellor.take_back.{taken}"), replace=turn.on_message and taken == "taken"))


def sent_to_topic(turn: Turn, link: FollowedBy, message: int, *, sent: bool) -> None:
    """Said by the shell, once the message was handed on to the topic, or could not be."""
    if sent:
        turn.say(replace(on_its_way(turn, link, message), replace=turn.on_message))
    else:
        turn.say(Reply(turn.voice("counsellor.no_group", who=link.who, team=link.team)))


def _button(label: str, value: str) -> Button:
    return _BUTTON(label, value, "any")
