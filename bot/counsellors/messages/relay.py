"""What members of a team write in front of it: an answer to a person's message goes to them, all else stays.

From the team, only an answer to a message of that person, or to the prompt of the Write button, is ever sent.
"""

from __future__ import annotations

from bot.counsellors.group_text import said
from bot.counsellors.messages import albums, answering, relay_edits, relay_to_person
from bot.counsellors.messages.words import of_event
from bot.counsellors.turn import GroupTurn, acting
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
    """What is not an answer goes to nobody: said once to each counsellor, and again where they may believe it sent.

    That is, once a day in the topic of somebody who waits for an answer, and to what answers a message of one's own
    that was sent.
    """
    link, follows_up = turn.link, _answers_what_was_sent(turn)
    if turn.in_private or link is None or (turn.event.thread_id is None and not follows_up):
        return
    if not link.followed_by(turn.member.id, turn.today):
        return
    shown = teams.hint_once(turn.conn, turn.member.id, BETWEEN_COLLEAGUES)
    if not shown and (follows_up or link.waiting_since is not None):
        shown = teams.hint_once(turn.conn, turn.member.id, f"{BETWEEN_COLLEAGUES} {turn.today}")
    if shown:
        write = turn.button("group.button.write", "writing", link.id, "ask")
        turn.answer(said("group.relay.between", person=turn.label_of(link)), buttons=((write,),))


def _answers_what_was_sent(turn: GroupTurn) -> bool:
    """Whether it answers one's own message to the person."""
    event = turn.event
    if event.reply_to is None:
        return False
    sent = relays.by_source(turn.conn, event.chat_id, event.reply_to)
    return any(pair.direction == "to_person" and pair.counsellor_id == turn.member.id for pair in sent)
