"""What members of a team write in front of it: an answer to a person's message goes to them, all else stays.

From the team, only an answer to a message of that person, or to the prompt of the Write button, is ever sent.
"""

from __future__ import annotations

from bot.counsellors import albums, answering, relay_edits, relay_to_person
from bot.counsellors.group_text import said
from bot.counsellors.turn import GroupTurn, acting
from bot.counsellors.words import of_event
from storage import links, relays, teams
from storage.relays import RelayRow

BETWEEN_COLLEAGUES = "between colleagues"


def heard(turn: GroupTurn) -> None:
    """Something that a member of the team wrote."""
    event = turn.event
    if event.message_id is None or event.forwarded:
        return
    words = of_event(event)
    if albums.more(turn.conn, words, "to_person", turn.now, turn.member.id):
        return
    pair = _answered(turn)
    if pair is None:
        _explain(turn)
        return
    link = links.by_id(turn.conn, pair.link_id)
    if not acting(turn, link, "message sent"):
        return
    assert link is not None
    if relay_to_person.send(turn.conn, link, turn.member, words, turn.now, pair):
        answering.answered(turn.conn, link, turn.member.id, turn.now)
        links.want_card(turn.conn, link.id, turn.now)


def edited(turn: GroupTurn) -> None:
    """Something that a member of the team wrote was edited: what stands for it follows."""
    if turn.event.message_id is not None and not turn.event.forwarded:
        relay_edits.by_counsellor(turn.conn, turn.member, of_event(turn.event), turn.now, turn.today)


def _answered(turn: GroupTurn) -> RelayRow | None:
    """The person's message, or the prompt for one, that is answered."""
    event = turn.event
    if event.reply_to is None:
        return None
    pair = relays.by_target(turn.conn, event.chat_id, event.reply_to)
    return pair if pair is not None and pair.direction == "to_team" else None


def _explain(turn: GroupTurn) -> None:
    """Once for each counsellor: what is not an answer goes to nobody."""
    link = turn.link
    if turn.in_private or link is None or turn.event.thread_id is None:
        return
    if not link.followed_by(turn.member.id, turn.today):
        return
    if teams.hint_once(turn.conn, turn.member.id, BETWEEN_COLLEAGUES):
        write = turn.button("group.button.write", "writing", link.id, "ask")
        turn.answer(said("group.relay.between", person=turn.label_of(link)), buttons=((write,),))
