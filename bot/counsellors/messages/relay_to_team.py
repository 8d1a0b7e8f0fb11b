"""From a person to their team: into their topic, or to the private chat of who acts for them, as they chose."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection

from bot.counsellors import topics
from bot.counsellors.group_text import GroupText, said
from bot.counsellors.messages import answering, places
from bot.counsellors.messages.places import Place
from bot.counsellors.messages.words import Words
from storage import links, relays, teams, waiting
from storage.links import LinkRow


def send(
    conn: Connection,
    link: LinkRow,
    words: Words,
    now: datetime,
    *,
    reply_to: int | None = None,
    in_topic: bool = False,
) -> bool:
    """Hand on what a person wrote; whether there is somewhere for it to go.

    `reply_to`: the message of their own chat that it answers. `in_topic`: there, whatever they chose.
    """
    place, team = places.place_of(conn, link, now, in_topic=in_topic), teams.team_of(conn, link.team_id)
    if place is None or team is None:
        return False
    desk = topics.desk_of(conn, team, place.chat_id, now)
    shown = desk.hand_on(
        words,
        heading_of(conn, link),
        link_id=place.link_id,
        named=place.named or not in_topic,  # what is sent again is copied as it is: its words are not at hand
        lines=place.named,
        reply_to=_counterpart(conn, link, words.chat_id, reply_to, place),
        silent=not answering.hours_for(conn, link, team, now).is_working(now),
        not_before=waiting.album_until(conn, place.chat_id, now),
    )
    for row_id, call in shown:
        own = (words.chat_id, words.message_id)
        made = relays.add(
            conn,
            link.id,
            "to_team",
            now,
            source=(relays.PROMPT, row_id) if call.is_heading else own,
            to_chat=place.chat_id,
            kind="heading" if call.is_heading else words.kept_kind,
            outbox_id=row_id,
            together=words.together,
        )
        if made is None:
            for pair in relays.by_source(conn, *own):
                if pair.link_id == link.id:
                    relays.anew(conn, pair.id, place.chat_id, row_id)
    if place.is_private and link.waiting_since is None:
        _tell_topic(conn, link, now)
    answering.wrote(conn, link, now)
    links.want_card(conn, link.id, now)
    return True


def send_again(conn: Connection, link: LinkRow, message_id: int, now: datetime) -> bool:
    """Hand a message of the person on into the topic, which did not reach the counsellor's private chat.

    False when that message was none for this team, or there is no group.
    """
    chat = links.chat_of(conn, link.person_id)
    if chat is None:
        return False
    known = [pair for pair in relays.by_source(conn, chat, message_id) if pair.link_id == link.id]
    if any(pair.direction != "to_team" or pair.failed is None for pair in known):
        return False
    together = known[0].together if known else None
    if together is None:
        return send(
            conn, link, Words(chat, message_id, known[0].kind if known else "other"), now, in_topic=True
        )
    sent = [
        send(conn, link, Words(chat, pair.from_message, "other"), now, in_topic=True)
        for pair in relays.of_together(conn, together)
        if pair.link_id == link.id and pair.stands_for_words
    ]
    return any(sent)


def heading_of(conn: Connection, link: LinkRow) -> GroupText:
    """What stands over a person's words, so that they are not taken for Bob's."""
    return said("group.relay.from", person=topics.label_of(conn, link))


def _counterpart(
    conn: Connection, link: LinkRow, chat: int, reply_to: int | None, place: Place
) -> int | None:
    """What the team sees in the place of the message that the person answers."""
    if reply_to is None:
        return None
    pair = relays.by_target(conn, chat, reply_to)
    if pair is not None:
        return pair.from_message if pair.from_chat == place.chat_id and pair.link_id == link.id else None
    for pair in relays.by_source(conn, chat, reply_to):
        if pair.link_id == link.id and pair.to_chat == place.chat_id:
            return pair.to_message
    return None


def _tell_topic(conn: Connection, link: LinkRow, now: datetime) -> None:
    """The topic shows that the person wrote, and nothing of what."""
    desk, topic = topics.desk_of_link(conn, link, now), links.topic_of(conn, link.id)
    if desk is not None and topic is not None and not topics.is_gone(topic):
        desk.say(said("group.relay.private", person=topics.label_of(conn, link)), link_id=link.id, quiet=True)
