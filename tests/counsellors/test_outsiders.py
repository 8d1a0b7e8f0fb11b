"""Whatever others than its author press or write: nothing goes out to people, and nothing changes."""

from __future__ import annotations

from itertools import product
from typing import Any

import pytest
from sqlalchemy import Connection, select

from bot.counsellors.incoming import GroupEvent, GroupKind
from bot.dialogs.incoming import Press
from storage.engine import Store
from storage.tables.core import bulk, bulk_recipient, outbox, seat, workshop
from tests.counsellors.office import GROUP, KARIM, NADIA
from tests.counsellors.round import Round

ELSEWHERE = -2002  # a group of no team
FOUR = "Atelier CV\n8 décembre 14h\nMission locale, salle 2\n2 places"
ROOMS = ("bulk", "events", "reports", "workshop")
VALUES = (
    "c-all", "c-quiet", "l-0000000000", "lists", "send", "drop", "undo", "p-1", "p-2", "g-0", "go", "more", "back",
    "seats", "move", "cancel", "cancelled", "csv", "mondays", "go-1", "no-1", "off-1", "p-99999999999999999", "",
)  # fmt: skip
STEPS = ("b1", "w1", "b2", "w2", "mine", "1", "")
COLUMNS = {
    bulk: ("state", "words", "choice", "planned"),
    bulk_recipient: ("link_id", "state"),
    workshop: ("state", "seats", "local_when", "title"),
    seat: ("link_id", "state", "deadline"),
}


def everything(conn: Connection) -> dict[str, list[tuple[Any, ...]]]:
    """What there is to be changed."""
    kept = {
        table.name: [tuple(row) for row in conn.execute(select(*(table.c[name] for name in names)))]
        for table, names in COLUMNS.items()
    }
    to_people = select(outbox.c.id).where(outbox.c.chat_id > 1000)
    return kept | {"to people": [tuple(row) for row in conn.execute(to_people)]}


def prepared(store: Store) -> tuple[Round, int, int, int, int]:
    """Two people of Nadia's, a preview and a workshop, and two questions of Bob's: the ids of these messages."""
    office = Round(store)
    office.follow("Sofia")
    office.follow("Ali")
    preview = office.order("diffuser", "Bonjour {prenom}")
    office.push(preview, "Tout le monde")
    list_ = office.order("atelier", FOUR)
    office.push(list_, "Sofia")
    office.push(list_, "Inviter")
    office.push(list_, "Déplacer")
    moment = office.chats.of(GROUP)[-1]
    office.order("diffuser")
    words = office.chats.of(GROUP)[-1]
    return office, preview.id, list_.id, moment.id, words.id


OTHERS = [(GROUP, KARIM), (GROUP, 599), (GROUP, None), (ELSEWHERE, NADIA), (KARIM, KARIM), (599, 599)]


@pytest.mark.parametrize(("chat", "who"), OTHERS)
def test_no_press_of_anybody_else_does_anything(store: Store, chat: int, who: int | None) -> None:
    """Every button that there is, of each of the messages, and forged ones."""
    office, *messages = prepared(store)
    before = office(everything)
    for room, step, value in product(ROOMS, STEPS, VALUES):
        event = GroupEvent(
            GroupKind.BUTTON,
            chat,
            who,
            message_id=messages[step.startswith("w")],
            press=Press(room, 1, step, value),
            callback_id="1",
            is_forum=chat == GROUP,
        )
        office._event(event)
        if value in ("send", "cancelled", "undo", "go", "p-2", "drop"):
            assert office(everything) == before, (room, step, value)
    assert office(everything) == before


@pytest.mark.parametrize(("chat", "who"), OTHERS)
def test_no_words_of_anybody_else_are_taken(store: Store, chat: int, who: int | None) -> None:
    """Answers to Bob's questions, to his other messages, and to none."""
    office, *messages = prepared(store)
    before = office(everything)
    for words, reply_to in product(("Bonjour", FOUR, "12 décembre 14h", "3"), (*messages, None)):
        office._event(
            GroupEvent(
                GroupKind.TEXT,
                chat,
                who,
                text=words,
                message_id=next(office.ids),
                reply_to=reply_to,
                is_forum=chat == GROUP,
            )
        )
    assert office(everything) == before
