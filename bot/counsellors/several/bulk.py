"""`/diffuser`: a message to several people, from its words to the confirmation. The rest is `bulk_sending`'s.

One message holds it all, edited: the lists, the preview, the way back for 30 seconds, and the report in the end.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from bot.counsellors import prompts
from bot.counsellors.group_text import GroupText, said
from bot.counsellors.incoming import GroupKind
from bot.counsellors.several import bulk_sending, bulk_words, choosing
from bot.counsellors.several.bulk_preview import preview
from bot.counsellors.several.choosing import OWN, Choice
from bot.counsellors.turn import VERSION, GroupTurn
from bot.dialogs.incoming import Press
from bot.dialogs.replies import Button, Rows
from storage import bulks, person_lists, team_words
from storage.bulks import BulkRow
from storage.team_words import PromptRow

ROOM: Final = "bulk"
UNDO: Final = timedelta(seconds=30)


def start(turn: GroupTurn, argument: str) -> None:
    """The command: with the words after it, or asking for them."""
    if turn.event.thread_id is not None:
        turn.answer(said("bulk.not_here"))
        return
    words = argument.strip()
    fault = bulk_words.fault(words) if words else None
    if fault is not None:
        turn.answer(fault)
        return
    bulk_id = bulks.create(
        turn.conn, turn.team.id, turn.member.id, turn.now, chat_id=turn.event.chat_id, words=words or None
    )
    if words:
        _offer_lists(turn, bulk_id)
        return
    ask = said("bulk.ask", first=bulk_words.FIRST, sign=bulk_words.SIGN, forms=bulk_words.FORMS)
    prompts.ask(turn, "bulk", ask, "bulk.hint", bulk=bulk_id)


def answered(turn: GroupTurn, prompt: PromptRow) -> None:
    """The words, in an answer to the question; once they are there, answers to it are talk."""
    row = bulks.by_id(turn.conn, prompt.data["bulk"])
    if row is None or row.words is not None or row.state != "draft":
        return
    fault = said("bulk.only_text") if turn.event.kind is not GroupKind.TEXT else None
    fault = fault or bulk_words.fault(turn.event.text)
    if fault is not None:
        turn.answer(fault)
        return
    bulks.save(turn.conn, row.id, words=turn.event.text.strip())
    _offer_lists(turn, row.id)


def _button(turn: GroupTurn, label: str, bulk_id: int, value: str) -> Button:
    return Button(label, ROOM, VERSION, f"b{bulk_id}", value)


def _offer_lists(turn: GroupTurn, bulk_id: int, *, edit: int | None = None) -> None:
    """Ask whom it goes to."""
    mine = choosing.followed(turn.conn, turn.team.id, turn.member.id, turn.today)
    if not mine:
        turn.answer(said("bulk.nobody"))
        return
    by_card = [
        _button(turn, turn.voice(f"bulk.choice.{name}"), bulk_id, f"c-{name}") for name in choosing.BY_CARD
    ]
    if team_words.starred(turn.conn, turn.member.id):
        named = turn.voice("bulk.choice.favourites")
        by_card.append(_button(turn, named, bulk_id, f"c-{choosing.FAVOURITES}"))
    own = [
        _button(turn, f"{name} ({count})", bulk_id, f"l-{choosing.short(name)}")
        for name, count in person_lists.lists_of(turn.conn, turn.member.id)
    ]
    flat = [*by_card, *own]
    rows: Rows = tuple(tuple(flat[at : at + 2]) for at in range(0, len(flat), 2))
    rows = (*rows, (_button(turn, turn.voice("bulk.button.drop"), bulk_id, "drop"),))
    text = said("bulk.to_whom", n=len(mine))
    if edit is None:
        turn.desk.say(
            text, buttons=rows, reply_to=turn.event.message_id, purpose=f"group bulk shown {bulk_id}"
        )
    else:
        turn.desk.rewrite(edit, text, buttons=rows)


# Buttons


def press(turn: GroupTurn, pressed: Press) -> bool:
    """A button of such a message; only its author's count."""
    number = pressed.step.removeprefix("b")
    if not (pressed.step.startswith("b") and number.isascii() and number.isdigit() and len(number) < 18):
        return False
    row = bulks.by_id(turn.conn, int(number))
    if row is None or row.team_id != turn.team.id or row.chat_id != turn.event.chat_id:
        return False
    if row.counsellor_id != turn.member.id:
        turn.notice(said("bulk.not_yours"), alert=True)
        return True
    verb, _, name = pressed.value.partition("-")
    if verb == "undo":
        return bulk_sending.undo(turn, row)
    if row.state != "draft" or row.words is None or turn.event.message_id is None:
        return False
    match verb:
        case "lists":
            _offer_lists(turn, row.id, edit=turn.event.message_id)
        case "c" if name in (*choosing.BY_CARD, choosing.FAVOURITES):
            _show(turn, row, name)
        case "l":
            return _show_own(turn, row, name)
        case "send" if row.choice:
            return _confirm(turn, row, row.words)
        case "drop":
            bulks.move(turn.conn, row.id, "draft", "undone")
            bulks.save(turn.conn, row.id, words=None)
            turn.desk.rewrite(turn.event.message_id, said("bulk.dropped"))
        case _:
            return False
    return True


def _show_own(turn: GroupTurn, row: BulkRow, wanted: str) -> bool:
    names = [name for name, _ in person_lists.lists_of(turn.conn, turn.member.id)]
    name = next((one for one in names if choosing.short(one) == wanted), None)
    if name is None:
        return False
    _show(turn, row, f"{OWN}{name}")
    return True


def _choice(turn: GroupTurn, choice: str) -> Choice:
    first = turn.now + UNDO
    return choosing.choose(turn.conn, turn.team.id, turn.member.id, choice, first, turn.today)


def _show(turn: GroupTurn, row: BulkRow, choice: str) -> None:
    """The preview."""
    assert turn.event.message_id is not None
    assert row.words is not None
    bulks.save(turn.conn, row.id, choice=choice, message_id=turn.event.message_id)
    found = _choice(turn, choice)
    others = (
        _button(turn, turn.voice("bulk.button.lists"), row.id, "lists"),
        _button(turn, turn.voice("bulk.button.drop"), row.id, "drop"),
    )
    go = (_button(turn, turn.voice("bulk.button.send", n=len(found.people)), row.id, "send"),)
    buttons: Rows = (go, others) if found.people else (others,)
    turn.desk.rewrite(
        turn.event.message_id, preview(turn, row.words, choice, found, turn.now + UNDO), buttons=buttons
    )


def _confirm(turn: GroupTurn, row: BulkRow, words: str) -> bool:
    """It goes out in 30 seconds, unless it is called back. A second tap finds no draft any more."""
    found = _choice(turn, row.choice)
    if not found.people:
        _show(turn, row, row.choice)
        return True
    if not bulks.move(turn.conn, row.id, "draft", "sending"):
        return False
    planned = bulk_sending.keep_recipients(turn.conn, row.id, found)
    bulks.save(
        turn.conn,
        row.id,
        planned=planned,
        message_id=turn.event.message_id,
        due_at=turn.now + UNDO + bulk_sending.APART,
    )
    assert turn.event.message_id is not None
    undo = _button(turn, turn.voice("bulk.button.undo"), row.id, "undo")
    text: GroupText = said("bulk.leaving", n=planned, seconds=int(UNDO.total_seconds()))
    turn.desk.rewrite(turn.event.message_id, text, buttons=((undo,),))
    return True
