"""Bob asks a counsellor for words in a message of its own; what answers it goes nowhere else."""

from __future__ import annotations

from typing import Any

from bot.counsellors.group_text import GroupText, said
from bot.counsellors.turn import GroupTurn
from storage import team_words
from storage.team_words import PromptRow


def ask(turn: GroupTurn, kind: str, text: GroupText, hint: str, **data: Any) -> None:
    """Ask for words. `kind`: who gets the answer (`bot.counsellors.registry.ANSWERS`). `hint`: a key."""
    link = turn.link
    call = turn.desk.say(
        text,
        link_id=link.id if link is not None and turn.event.thread_id is not None else None,
        reply_to=None if turn.event.callback_id else turn.event.message_id,
        answer_wanted=turn.voice(hint),
        purpose="group prompt",
    )
    if call is not None:
        team_words.ask(
            turn.conn,
            turn.now,
            chat_id=turn.event.chat_id,
            outbox_id=call,
            counsellor_id=turn.member.id,
            link_id=link.id if link is not None else None,
            kind=kind,
            data=data,
        )


def asked(turn: GroupTurn) -> PromptRow | None:
    """The question that the event answers, if it answers one."""
    if turn.event.reply_to is None:
        return None
    return team_words.prompt(turn.conn, turn.event.chat_id, turn.event.reply_to)


def words_of(turn: GroupTurn) -> str | None:
    """The words of the answer; None, and that is said, where it holds none (a picture, a voice message)."""
    if turn.event.text.strip() and not turn.event.media:
        return turn.event.text.strip()
    turn.answer(said("acting.words_wanted"))
    return None
