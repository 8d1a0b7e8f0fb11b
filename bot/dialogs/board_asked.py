"""What is said of the board that notes nothing new: no news of an application, one to take off it, an undo in words."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from bot.advice.applications import Application, State
from bot.advice.follow_ups import FollowUp, kind_of
from bot.dialogs import asking, board, board_kept, follow_up_scripts
from bot.dialogs.board_words import kept_name, listed, name_of, state_of
from bot.dialogs.replies import Reply
from bot.dialogs.turn import Turn, words_known
from bot.understanding import board_said, intents
from bot.understanding.applications import application
from bot.understanding.intents import Intent

SHOWN = 6
JUST_NOW = timedelta(minutes=30)
"""How long "annuler" alone means the board's last change, if nothing else was said since."""


def heard(turn: Turn, text: str) -> bool:
    """No news of an employer, or one to be taken off; False when the words ask for neither."""
    return _removal(turn, text) or _no_news(turn, text)


# Taking one off


def _removal(turn: Turn, text: str) -> bool:
    asked = board_said.removal(text)
    if asked is None:
        return False
    found = board_kept.meant(turn, asked.name) if asked.name else []
    if len(found) == 1:
        return board.DIALOGUE.fire(turn, "remove", found[0].number)
    if found or (asked.sure and not asked.name and turn.board):
        _which(turn, found or listed(turn.board), "board.remove_which")
        return True
    known = board_said.employer_in(text)
    name = kept_name(known or (asked.name.title() if asked.sure else None))
    if name is None:
        return False
    turn.tell("board.remove_unknown", name=name)
    return True


def _which(turn: Turn, found: list[Application], key: str) -> None:
    shown = list(enumerate(found[:SHOWN], 1))
    lines = [f"{place}. {name_of(turn.voice, one)} · {state_of(turn.voice, one)}" for place, one in shown]
    buttons = [board_kept.BUTTON(str(place), f"see-{one.number}", "any") for place, one in shown]
    turn.say(Reply("\n".join([turn.voice(key), *lines]), buttons=asking.rows_of(buttons, 3)))


# No news


def _no_news(turn: Turn, text: str) -> bool:
    if not board_said.no_news(text):
        return False
    told = application(text, turn.today, is_job=turn.is_job)
    name = kept_name(told.company) or kept_name(board_said.employer_in(text))
    found = board_kept.meant(turn, name or text)
    waiting = [one for one in found if one.state in (State.SENT, State.INTERVIEW)]
    if waiting or found:
        _unchanged(turn, (waiting or found)[0])
        return True
    if name is None:
        return False
    turn.tell("board.no_news_unknown", name=name)
    return True


def _unchanged(turn: Turn, one: Application) -> None:
    """It stays as it is; where it has gone out, the words to follow up are there at once."""
    voice, name = turn.voice, name_of(turn.voice, one)
    said = voice("board.no_news", name=name, state=state_of(voice, one))
    news = board_kept.BUTTON(voice("follow_up.button.news"), f"see-{one.number}", "any")
    since = one.days.get(one.state)
    if one.state not in (State.SENT, State.INTERVIEW) or since is None or since > turn.today:
        turn.say(Reply(said, buttons=((news,),)))
        return
    due = FollowUp(one, kind_of(one, turn.today), since)
    script = follow_up_scripts.item_of(turn, due).wording(turn.person.language).payload or ""
    board_kept.keep(turn, replace(one, prompted=turn.today, prompts=one.prompts + 1))
    payload = voice.render(script, **words_known(turn.profile, voice, blanks=True))
    how = voice("board.no_news_script", name=one.company or name)
    turn.say(Reply(f"{said}\n{how}", payload=payload, buttons=((news,),)))


def no_news_of_any(turn: Turn, text: str) -> bool:
    """ "Toujours pas de réponse", of nobody in particular: nothing is noted."""
    if not board_said.no_news(text):
        return False
    waiting = [one for one in listed(turn.board) if one.state in (State.SENT, State.INTERVIEW)]
    if len(waiting) == 1:
        _unchanged(turn, waiting[0])
    elif waiting:
        _which(turn, waiting, "board.no_news_which")
    else:
        turn.tell("board.no_news_none")
    return True


# Undo


def undo(turn: Turn, text: str) -> bool:
    """ "Annuler" after the board's own button of that name, while nothing else came since."""
    if intents.intent(text) is not Intent.BACK:
        return False
    place = turn.person.dialogues.get(board.DIALOGUE.name)
    kept = place.data.get("undo") if place is not None else None
    if place is None or kept is None or place.updated_at is None or turn.now - place.updated_at > JUST_NOW:
        return False
    others = [other.updated_at for other in turn.person.dialogues.values() if other.updated_at is not None]
    return max(others) == place.updated_at and board.DIALOGUE.fire(turn, "undo", kept["number"])


def several(turn: Turn, text: str) -> bool:
    """ "5 candidatures", and no more: nothing is noted by number."""
    if not board_said.counts_several(text) or len(text.split()) > board_said.LONGEST:
        return False
    turn.tell("board.several")
    return True
