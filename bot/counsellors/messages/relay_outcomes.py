"""What became of messages to and fro: a reaction tells that it arrived, a line what to do where it did not."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from sqlalchemy import Connection

from bot.counsellors import topics
from bot.counsellors.group_text import CounsellorName, said
from bot.counsellors.messages import answering, reach, relay_edits, relay_to_person, taking_back
from bot.counsellors.needs.asking import who_acts
from bot.counsellors.turn import VERSION
from bot.dialogs import handing_on
from bot.dialogs.replies import Button
from scheduler.messenger import Delivered, Failure
from storage import links, outbox, relays, teams
from storage.links import LinkRow
from storage.outbox import OutboxRow
from storage.relays import RelayRow

ARRIVED: Final = "👍"
NOT_ARRIVED: Final = "👎"


def delivered(conn: Connection, row: OutboxRow, outcome: Delivered, now: datetime) -> None:
    """Telegram took it: the pair is complete, and whoever wrote it sees it by a reaction."""
    if row.purpose.startswith(relay_edits.PURPOSE):
        pair = _edited(conn, row)
        if pair is not None and outcome.message_id not in (None, pair.to_message):
            relays.replaced(conn, pair.id, outcome.message_id or 0)
        return
    ids = outcome.message_ids if row.method == "copy_album" else (outcome.message_id or 0,)
    is_told = False
    for pair, message_id in zip(relays.by_outbox(conn, row.id), ids, strict=False):
        if not message_id:
            _failed(conn, pair, Failure.HARMLESS, now)
            continue
        relays.delivered(conn, pair.id, message_id, now)
        if pair.failed == taking_back.UNDER_WAY:
            taking_back.finish(conn, pair, message_id, now)
            continue
        if pair.stands_for_words and not is_told:
            is_told = True
            _react(conn, pair, ARRIVED, now)
            links.want_card(conn, pair.link_id, now)


def failed(conn: Connection, row: OutboxRow, failure: Failure, now: datetime) -> None:
    """It will not arrive."""
    if row.purpose.startswith(relay_edits.PURPOSE):
        pair = _edited(conn, row)
        if pair is not None and pair.direction == "to_person" and failure is not Failure.HARMLESS:
            _tell_counsellor(conn, pair, "group.relay.edit_failed", now)
        return
    is_told = False
    for pair in relays.by_outbox(conn, row.id):
        _failed(conn, pair, failure, now, quietly=is_told)
        is_told = is_told or pair.stands_for_words


def _edited(conn: Connection, row: OutboxRow) -> RelayRow | None:
    return relays.by_id(conn, int(row.purpose.removeprefix(relay_edits.PURPOSE)))


def _failed(
    conn: Connection, pair: RelayRow, failure: Failure, now: datetime, *, quietly: bool = False
) -> None:
    if pair.failed == taking_back.UNDER_WAY:
        relays.drop(conn, pair.id)
        return
    relays.failed(conn, pair.id, failure.value)
    link = links.by_id(conn, pair.link_id)
    if link is None or not pair.stands_for_words or quietly:
        return
    if pair.direction == "to_person" or failure is not Failure.TOPIC_LOST:
        _react(conn, pair, NOT_ARRIVED, now)
    if pair.direction == "to_person":
        answering.not_answered(conn, link, now)
        if failure is Failure.UNREACHABLE:
            reach.lost(conn, link, now)
        else:
            key = "group.relay.unsure" if failure is Failure.UNKNOWN else "group.relay.failed"
            _tell_counsellor(conn, pair, key, now)
    else:
        _tell_person(conn, link, pair, failure, now)
        _tell_team(conn, link, pair, failure, now)
    links.want_card(conn, link.id, now)


def _react(conn: Connection, pair: RelayRow, emoji: str, now: datetime) -> None:
    """On the message itself, where it was written."""
    link = links.by_id(conn, pair.link_id)
    if link is None:
        return
    outbox.add(
        conn,
        now,
        person_id=link.person_id if pair.direction == "to_team" else None,
        chat_id=pair.from_chat,
        lane="interactive",
        method="react",
        body={"emoji": emoji},
        target_message_id=pair.from_message,
        purpose="receipt" if pair.direction == "to_team" else "group receipt",
    )


def _tell_counsellor(conn: Connection, pair: RelayRow, key: str, now: datetime) -> None:
    """Under their own message, what to do."""
    link = links.by_id(conn, pair.link_id)
    team = teams.team_of(conn, link.team_id) if link is not None else None
    if link is None or team is None:
        return
    desk = topics.desk_of(conn, team, pair.from_chat, now)
    in_topic = link.id if pair.from_chat < 0 else None
    desk.say(said(key, person=topics.label_of(conn, link)), link_id=in_topic, reply_to=pair.from_message)


def _tell_person(conn: Connection, link: LinkRow, pair: RelayRow, failure: Failure, now: datetime) -> None:
    """Their message is not lost: where a private chat is closed, one tap takes it to the topic."""
    reader, acting = relay_to_person.reader_of(conn, link), who_acts(conn, link, now)
    if reader is None or failure is Failure.TOPIC_LOST:
        return
    who = acting.name if acting is not None else "?"
    if pair.to_chat > 0:
        reply = handing_on.no_private(reader.voice, who, link.id, pair.from_message)
    else:
        reply = handing_on.not_arrived(reader.voice, who, link.id)
    outbox.add(
        conn,
        now,
        person_id=reader.person_id,
        chat_id=reader.chat_id,
        lane="interactive",
        method="send",
        body=reply.to_json(),
        purpose="not arrived",
    )


def _tell_team(conn: Connection, link: LinkRow, pair: RelayRow, failure: Failure, now: datetime) -> None:
    desk, topic = topics.desk_of_link(conn, link, now), links.topic_of(conn, link.id)
    if desk is None or topic is None:
        return
    person = topics.label_of(conn, link)
    if pair.to_chat > 0:
        acting = who_acts(conn, link, now)
        who = CounsellorName(acting.name if acting is not None else "?")
        desk.say(said("group.relay.private_failed", who=who, person=person), link_id=link.id)
    elif failure is Failure.TOPIC_LOST and not topics.is_gone(topic):
        topics.gone(conn, link.id)
        again = Button(desk.voice("group.button.make_again"), "writing", VERSION, str(link.id), "topic")
        desk.say(said("group.relay.topic_gone", person=person), buttons=((again,),))
