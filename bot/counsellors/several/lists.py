"""`/liste NOM` in a person's topic: on a list of the counsellor's own, or off it. The person can read its name."""

from __future__ import annotations

from typing import Final

from bot.counsellors.group_text import ByCounsellor, lines, said
from bot.counsellors.turn import GroupTurn, acting
from storage import person_lists

LONGEST: Final = 30
MOST: Final = 12
"""Lists of one counsellor: each is a button."""


def toggle(turn: GroupTurn, argument: str) -> None:
    """With a name in a topic: put the person on that list, or take them off it. Without: the counsellor's lists."""
    name = " ".join(argument.split())
    known = person_lists.lists_of(turn.conn, turn.member.id)
    if not name:
        listed = [said("bulk.list.line", name=ByCounsellor(one), n=count) for one, count in known]
        turn.answer(lines(said("bulk.list.how"), *listed))
        return
    if len(name) > LONGEST:
        turn.answer(said("bulk.list.too_long", most=LONGEST))
        return
    if len(known) >= MOST and name not in {one for one, _ in known}:
        turn.answer(said("bulk.list.too_many", most=MOST))
        return
    link = turn.link
    if not acting(turn, link, "list changed"):
        return
    assert link is not None
    shown = ByCounsellor(name)
    if person_lists.put_on_list(turn.conn, link.id, turn.member.id, name, link.person_id):
        turn.answer(said("bulk.list.on", person=turn.label_of(link), name=shown))
    else:
        person_lists.take_off_list(turn.conn, link.id, turn.member.id, name)
        turn.answer(said("bulk.list.off", person=turn.label_of(link), name=shown))
