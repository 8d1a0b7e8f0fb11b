"""Notes for colleagues, which the person can read in their data; and a counsellor's favourites."""

from __future__ import annotations

from typing import Final

from bot.counsellors import prompts
from bot.counsellors.group_text import ByCounsellor, CounsellorName, GroupText, lines, said
from bot.counsellors.turn import VERSION, GroupTurn, acting
from bot.dialogs.incoming import Press
from bot.dialogs.replies import Button
from bot.understanding.text import clean
from storage import links, team_words
from storage.team_words import NoteRow, PromptRow

ROOM: Final = "note"
LONGEST: Final = 500
MOST_SHOWN: Final = 5


def write(turn: GroupTurn, argument: str) -> None:
    """`/note words`: kept for the team; without words, Bob asks for them."""
    if not acting(turn, turn.link, "note written"):
        return
    if argument.strip():
        _keep(turn, argument)
    else:
        prompts.ask(turn, "note", said("acting.note.ask"), "acting.hint.note")


def answered(turn: GroupTurn, prompt: PromptRow) -> None:
    words = prompts.words_of(turn)
    if words is not None and acting(turn, turn.link, "note written"):
        _keep(turn, words)


def _keep(turn: GroupTurn, typed: str) -> None:
    assert turn.link is not None
    if len(typed.strip()) > LONGEST:
        turn.answer(said("acting.note.long", most=LONGEST))
        return
    words = clean(typed, LONGEST)
    team_words.add_note(turn.conn, turn.link.id, turn.member.id, turn.member.name, words, turn.now)
    turn.answer(said("acting.note.kept", person=turn.label_of(turn.link)))


def show(turn: GroupTurn, argument: str) -> None:
    """`/notes`: the newest notes; every member of the team may read them."""
    if turn.link is None:
        turn.notice(said("group.no_such_person"))
        return
    turn.note(turn.link, "notes opened")
    found = team_words.notes(turn.conn, turn.link.id)[:MOST_SHOWN]
    if not found:
        turn.answer(said("acting.note.none", person=turn.label_of(turn.link)))
        return
    drops = tuple(
        Button(turn.voice("acting.button.erase", n=place), ROOM, VERSION, str(turn.link.id), f"drop-{row.id}")
        for place, row in enumerate(found, 1)
    )
    rows = tuple(drops[first : first + 3] for first in range(0, len(drops), 3))
    turn.answer(lines(*(_line(turn, place, row) for place, row in enumerate(found, 1))), buttons=rows)


def _line(turn: GroupTurn, place: int, row: NoteRow) -> GroupText:
    day = row.at.astimezone(turn.zone).date()
    return said(
        "acting.note.line", n=place, day=day, who=CounsellorName(row.author), words=ByCounsellor(row.words)
    )


def press(turn: GroupTurn, pressed: Press) -> bool:
    """Delete a note; "Notes" and "Write a note" of the menu."""
    verb, _, rest = pressed.value.partition("-")
    if verb == "ask":
        write(turn, "")
        return True
    if verb == "list":
        show(turn, "")
        return True
    if verb != "drop" or turn.link is None or not (rest.isascii() and rest.isdigit() and len(rest) <= 18):
        return False
    if not acting(turn, turn.link, "note deleted"):
        return True
    if not team_words.drop_note(turn.conn, turn.link.id, int(rest)):
        return False
    turn.notice(said("acting.note.dropped"))
    return True


# Favourites


def star(turn: GroupTurn, argument: str) -> None:
    """`/favori` in a topic: at the top of this counsellor's own list, or no more; elsewhere, that list."""
    if turn.link is None:
        _list_starred(turn)
        return
    if not acting(turn, turn.link, "favourite changed"):
        return
    on = turn.link.id not in team_words.starred(turn.conn, turn.member.id)
    team_words.star(turn.conn, turn.member.id, turn.link.id, on=on)
    turn.notice(said("acting.star.on" if on else "acting.star.off", person=turn.label_of(turn.link)))


def _list_starred(turn: GroupTurn) -> None:
    found = [links.by_id(turn.conn, link_id) for link_id in team_words.starred(turn.conn, turn.member.id)]
    listed = [
        said("acting.star.line", person=turn.label_of(link))
        for link in found
        if link is not None and link.team_id == turn.team.id
    ]
    turn.answer(lines(said("acting.star.list"), *listed) if listed else said("acting.star.none"))


def press_star(turn: GroupTurn, pressed: Press) -> bool:
    if pressed.value != "ask" or turn.link is None:
        return False
    star(turn, "")
    return True
