"""A message is taken back: what stands for it is deleted on the other side, as long as Telegram lets Bob do so."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final, Literal

from sqlalchemy import Connection

from bot.counsellors.group_text import said
from bot.counsellors.messages import answering
from bot.counsellors.turn import GroupTurn, acting
from storage import links, outbox, relays, team_words, waiting
from storage.links import LinkRow
from storage.relays import RelayRow

DELETABLE: Final = timedelta(hours=48)
"""How long Telegram lets a bot delete its own message in a private chat."""
UNDER_WAY: Final = "taken back"
"""`failed` of a message that was taken back while Telegram had it in hand: it is deleted once it is there."""
Taken = Literal["taken", "too_late", "unknown"]


def by_counsellor(turn: GroupTurn, argument: str) -> None:
    """`/effacer` in reply to one's own message to the person."""
    event = turn.event
    pair = None
    if event.reply_to is not None:
        pair = next(
            (
                pair
                for pair in relays.by_source(turn.conn, event.chat_id, event.reply_to)
                if pair.direction == "to_person" and pair.counsellor_id == turn.member.id
            ),
            None,
        )
    if pair is None:
        if not _cancel_later(turn):
            turn.answer(said("group.relay.take_back_what"))
        return
    link = links.by_id(turn.conn, pair.link_id)
    if not acting(turn, link, "message taken back"):
        return
    assert link is not None
    taken = _take(turn.conn, pair, link.person_id, turn.now)
    if taken == "taken":
        turn.desk.react(event.reply_to or 0, "")
        links.want_card(turn.conn, link.id, turn.now)
        if not _answered_otherwise(turn.conn, link):
            answering.not_answered(turn.conn, link, turn.now)
    turn.answer(
        said(f"group.relay.{'taken' if taken == 'taken' else 'too_late'}", person=turn.label_of(link))
    )


def _cancel_later(turn: GroupTurn) -> bool:
    """What is answered waits to be sent later: it is not."""
    event, link = turn.event, turn.link
    if link is None:
        return False
    for row in team_words.later_of(turn.conn, link.id):
        mine = row.counsellor_id == turn.member.id
        if mine and (row.from_chat, row.from_message) == (event.chat_id, event.reply_to):
            if acting(turn, link, "message taken back"):
                done = team_words.settle_later(turn.conn, row.id, "cancelled")
                turn.answer(said("acting.later.cancelled" if done else "acting.later.gone"))
            return True
    return False


def _answered_otherwise(conn: Connection, link: LinkRow) -> bool:
    """Whether something else of the team's answers what the person wrote last."""
    since = link.last_word_at
    return since is None or any(
        pair.direction == "to_person" and pair.failed is None and pair.at >= since
        for pair in relays.of_link(conn, link.id)
    )


def by_person(conn: Connection, link_id: int, message_id: int, now: datetime) -> Taken:
    """A person takes back what they sent to a team; the link is known to be theirs."""
    link = links.by_id(conn, link_id)
    chat = links.chat_of(conn, link.person_id) if link is not None else None
    if link is None or chat is None:
        return "unknown"
    pair = next(
        (
            pair
            for pair in relays.by_source(conn, chat, message_id)
            if pair.link_id == link.id and pair.direction == "to_team"
        ),
        None,
    )
    if pair is None:
        return "unknown"
    taken = _take(conn, pair, None, now)
    if taken == "taken":
        answering.taken_back(conn, link)
        links.want_card(conn, link.id, now)
    return taken


def _take(conn: Connection, pair: RelayRow, person_id: str | None, now: datetime) -> Taken:
    """With all that was sent together with it."""
    pairs = [pair] if pair.together is None else relays.of_together(conn, pair.together)
    mine = [each for each in pairs if each.link_id == pair.link_id]
    if any(_is_too_old(each, now) for each in mine):
        return "too_late"
    given_up = {
        row_id for row_id in {each.outbox_id for each in mine} if row_id and waiting.drop(conn, row_id)
    }
    for each in mine:
        if each.to_message is None and each.failed is None and each.outbox_id not in given_up:
            relays.failed(conn, each.id, UNDER_WAY)
        else:
            relays.drop(conn, each.id)
    placed = [each.to_message for each in mine if each.to_message is not None]
    if placed:
        _delete(conn, pair.to_chat, placed, person_id, now)
    return "taken"


def finish(conn: Connection, pair: RelayRow, message_id: int, now: datetime) -> None:
    """What was taken back while it was under way has arrived: it goes."""
    link = links.by_id(conn, pair.link_id)
    relays.drop(conn, pair.id)
    if link is not None:
        person_id = link.person_id if pair.direction == "to_person" else None
        _delete(conn, pair.to_chat, [message_id], person_id, now)


def _delete(conn: Connection, chat: int, messages: list[int], person_id: str | None, now: datetime) -> None:
    outbox.add(
        conn,
        now,
        person_id=person_id,
        chat_id=chat,
        lane="interactive",
        method="delete",
        body={"message_ids": sorted(messages)},
        purpose="relay taken back",
    )


def _is_too_old(pair: RelayRow, now: datetime) -> bool:
    """In groups, Bob has the right to delete whatever its age."""
    return pair.to_chat > 0 and pair.delivered_at is not None and now - pair.delivered_at >= DELETABLE
