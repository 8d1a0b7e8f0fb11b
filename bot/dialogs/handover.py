"""Somebody else is to follow the person: said with both names before it happens, with a way to say no.

For good, a letter may go with it. The person reads it first, leaves lines out, adds their own words by answering it; it
reaches whoever takes over only with their yes. Silence is no yes: then it stays unread.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any, Final

from bot.dialogs.effects import AnswerProposal
from bot.dialogs.from_team import Proposed
from bot.dialogs.replies import Button, ButtonMaker, Reply, Rows
from bot.dialogs.texts import Voice
from bot.dialogs.turn import Turn

ROOM: Final = "proposed"
_BUTTON = ButtonMaker(ROOM)


def button(turn: Turn, verb: str, one: Proposed, label: str | None = None) -> Button:
    """A button under such a message."""
    text = label or turn.voice(f"proposed.button.{verb.partition('.')[0]}")
    return _BUTTON(text, f"{verb}-{one.id}", "")


def say(turn: Turn, one: Proposed) -> None:
    """The announcement, or that whoever covered gives back."""
    if one.kind == "cover":
        _say_cover(turn, one)
        return
    day = turn.voice.day(date.fromisoformat(one.data["on"]), turn.today)
    key = "proposed.transfer_gone" if one.data.get("gone") else "proposed.transfer"
    text = turn.voice(key, who=one.who, other=one.other, day=day)
    turn.say(Reply(text, buttons=(_answers(turn, one),)))
    if one.data.get("letter") == "asked":
        turn.say(letter(turn, one))


def _say_cover(turn: Turn, one: Proposed) -> None:
    if one.state == "accepted":  # it ends
        key = "proposed.cover_over_gone" if one.data.get("gone") else "proposed.cover_over"
        turn.tell(key, who=one.who, other=one.other)
        return
    first, last = date.fromisoformat(one.data["on"]), date.fromisoformat(one.data["until"])
    days = {"first": turn.voice.day(first, turn.today), "last": turn.voice.day(last, turn.today)}
    text = turn.voice("proposed.cover", who=one.who, other=one.other, **days)
    turn.say(Reply(text, buttons=(_answers(turn, one),)))


def _answers(turn: Turn, one: Proposed) -> tuple[Button, ...]:
    return (button(turn, "fine", one), button(turn, "refuse", one))


# The letter


def line(voice: Voice, one: Mapping[str, Any], today: date) -> str:
    """One line of a letter: what the team sees anyway, or the counsellor's words."""
    match one["what"]:
        case "since":
            return voice("proposed.letter.since", day=voice.date(date.fromisoformat(one["day"])))
        case "done":
            return voice("proposed.letter.done", n=one["n"])
        case "appointment":
            return voice(
                "proposed.letter.appointment", when=voice.moment(datetime.fromisoformat(one["when"]), today)
            )
        case _:
            return voice("proposed.letter.words", words=one["words"])


def letter(turn: Turn, one: Proposed) -> Reply:
    """The letter as it would be handed over, with a button for each line that can be left out."""
    kept = [
        (place, each) for place, each in enumerate(one.data["lines"]) if place not in one.data["left_out"]
    ]
    lines = [f"{place + 1}. {line(turn.voice, each, turn.today)}" for place, each in kept]
    text = turn.voice("proposed.letter.head", other=one.other)
    how = turn.voice("proposed.letter.how", other=one.other)
    drops = tuple(
        button(turn, f"drop.{place}", one, turn.voice("proposed.letter.button.drop", n=place + 1))
        for place, _ in kept
    )
    rows: Rows = tuple(drops[start : start + 3] for start in range(0, len(drops), 3))
    if not kept:
        return Reply(turn.voice("proposed.letter.empty", other=one.other), replace=turn.on_message)
    send = (button(turn, "letter", one),)
    return Reply("\n".join((text, *lines, "", how)), buttons=(*rows, send), replace=turn.on_message)


# The answers


def press(turn: Turn, one: Proposed, verb: str) -> bool:
    """A button of these messages."""
    verb, _, place = verb.partition(".")
    stands = one.state in ("said", "accepted")
    match verb:
        case "fine" if stands:
            turn.say(Reply(turn.voice("proposed.answered.fine"), replace=turn.on_message))
        case "refuse" if stands:
            turn.do(AnswerProposal(one.id, "no"))
            text = turn.voice("proposed.answered.refuse", who=one.who)
            turn.say(Reply(text, buttons=((button(turn, "leave", one),),), replace=turn.on_message))
        case "leave" if one.state == "declined":
            sure = (button(turn, "sure", one), button(turn, "stay", one))
            turn.say(Reply(turn.voice("proposed.leave"), buttons=(sure,), replace=turn.on_message))
        case "stay" if one.state == "declined":
            turn.say(Reply(turn.voice("proposed.answered.stay"), replace=turn.on_message))
        case "sure" if one.state == "declined":
            turn.do(AnswerProposal(one.id, "leave"))
            turn.say(Reply(turn.voice("proposed.answered.left"), replace=turn.on_message))
        case "letter" if one.state == "said" and one.data.get("letter") == "asked":
            turn.do(AnswerProposal(one.id, "letter"))
            turn.say(Reply(turn.voice("proposed.answered.letter", other=one.other), replace=turn.on_message))
        case "drop" if one.state == "said" and one.data.get("letter") == "asked":
            return _drop(turn, one, place)
        case _:
            return False
    return True


def _drop(turn: Turn, one: Proposed, place: str) -> bool:
    if not (place.isascii() and place.isdigit() and int(place) < len(one.data["lines"])):
        return False
    turn.do(AnswerProposal(one.id, f"drop-{int(place)}"))
    left_out = sorted({*one.data["left_out"], int(place)})
    changed = Proposed(
        one.id, one.kind, one.state, one.who, one.other, {**one.data, "left_out": left_out}, one.uid
    )
    turn.say(letter(turn, changed))
    return True
