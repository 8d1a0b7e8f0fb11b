"""The topic of each followed person: made once, made again once if it was deleted, renamed with its state, deleted."""

from __future__ import annotations

from datetime import datetime
from typing import Final
from zoneinfo import ZoneInfo

from sqlalchemy import Connection

from bot.counsellors.desk import OutboxDesk
from bot.counsellors.group_text import PersonLabel, label, said
from bot.dialogs.texts import Voice
from storage import links, mentions, outbox, people, relays, teams
from storage.links import LinkRow, TopicRow
from storage.teams import TeamRow

WAITING_SIGN: Final = "💬"
PAUSED_SIGN: Final = "⏸"
MOST_RECREATED: Final = 1
LOST: Final = "topic_lost"
"""`failed` of a message for a topic that was deleted again: it goes there once the team wants it back."""


def desk_of(conn: Connection, team: TeamRow, chat_id: int, now: datetime) -> OutboxDesk:
    """The desk of a chat of this team."""
    today = now.astimezone(ZoneInfo(team.time_zone)).date()
    return OutboxDesk(conn, now, chat_id, Voice(team.language), today)


def desk_of_link(conn: Connection, link: LinkRow, now: datetime) -> OutboxDesk | None:
    """Where the person of a link is followed; None while their team has no group."""
    topic, team = links.topic_of(conn, link.id), teams.team_of(conn, link.team_id)
    return None if topic is None or team is None else desk_of(conn, team, topic.chat_id, now)


def label_of(conn: Connection, link: LinkRow) -> PersonLabel:
    """How the person of a link is called in front of the team."""
    record = people.load_person(conn, link.person_id)
    return label(record.profile.first_name if record else None, link.initial, link.id)


def ensure(conn: Connection, link: LinkRow, now: datetime) -> TopicRow | None:
    """The topic of a link; made if there is none yet, in the group of its team with the fewest. None without a group.

    The row is there before Telegram is asked, so that two messages at once never make two topics.
    """
    known = links.topic_of(conn, link.id)
    if known is not None:
        return known
    group, team = teams.roomiest_group(conn, link.team_id), teams.team_of(conn, link.team_id)
    if group is None or team is None:
        return None
    name = label_of(conn, link).text
    if links.open_topic(conn, link.id, group.chat_id, name):
        if group.is_forum:
            desk_of(conn, team, group.chat_id, now).topic("open", link.id, name=name)
        else:
            links.save_topic(conn, link.id, state="open")
        links.want_card(conn, link.id, now)
    return links.topic_of(conn, link.id)


def opened(conn: Connection, link_id: int, thread_id: int) -> None:
    """Telegram has made the topic."""
    links.save_topic(conn, link_id, thread_id=thread_id, state="open", card_message=None, card_digest=None)


def lost(conn: Connection, link_id: int, now: datetime, before: int) -> bool:
    """Telegram knows the topic no more: it is made again, once. `before`: the call to put its opening before.

    False when it was made again already: somebody deletes it on purpose, and what was to be said there is not said.
    """
    topic, link = links.topic_of(conn, link_id), links.by_id(conn, link_id)
    if topic is None or link is None or topic.recreated >= MOST_RECREATED:
        return False
    if topic.state == "opening":
        return True
    links.save_topic(
        conn,
        link_id,
        thread_id=None,
        state="opening",
        recreated=topic.recreated + 1,
        card_message=None,
        card_digest=None,
    )
    outbox.add(
        conn,
        now,
        person_id=None,
        chat_id=topic.chat_id,
        lane="interactive",
        method="topic",
        body={"do": "open", "name": topic.name},
        purpose="group topic open",
        topic_id=link_id,
        before=before,
    )
    links.want_card(conn, link_id, now)
    return True


def move_to_another_group(conn: Connection, link: LinkRow, topic: TopicRow, now: datetime) -> TopicRow | None:
    """The group of the topic is lost: the person is followed in another one of the team. None when it has none."""
    group = teams.roomiest_group(conn, link.team_id)
    if group is None:
        return None
    _start_anew(conn, link, now, group.chat_id, recreated=0, is_forum=group.is_forum)
    return links.topic_of(conn, link.id)


def make_again(conn: Connection, link: LinkRow, now: datetime) -> bool:
    """A topic that was deleted more than once is wanted again by the team. False when it is there, or no group is."""
    topic = links.topic_of(conn, link.id)
    group = teams.group(conn, topic.chat_id) if topic is not None else None
    if topic is None or group is None or not group.is_forum or not is_gone(topic):
        return False
    _start_anew(conn, link, now, topic.chat_id, recreated=0, is_forum=True)
    return True


def gone(conn: Connection, link_id: int) -> None:
    """The topic was deleted again: nothing is said in it any more, until the team wants it again."""
    links.save_topic(conn, link_id, thread_id=None, state="closed", card_message=None, card_digest=None)


def is_gone(topic: TopicRow) -> bool:
    """Whether the topic was deleted more often than it is made again by itself (in a group with topics)."""
    return topic.thread_id is None and topic.state == "closed"


def open_again(conn: Connection, link: LinkRow, topic: TopicRow, now: datetime) -> None:
    """A closed topic is opened when the person writes."""
    team = teams.team_of(conn, link.team_id)
    if team is not None and topic.state == "closed" and topic.thread_id is not None:
        desk_of(conn, team, topic.chat_id, now).topic("reopen", link.id)
        links.save_topic(conn, link.id, state="open")


def _start_anew(
    conn: Connection, link: LinkRow, now: datetime, chat_id: int, *, recreated: int, is_forum: bool
) -> None:
    links.save_topic(
        conn,
        link.id,
        chat_id=chat_id,
        thread_id=None,
        state="opening" if is_forum else "open",
        recreated=recreated,
        card_message=None,
        card_digest=None,
    )
    team, topic = teams.team_of(conn, link.team_id), links.topic_of(conn, link.id)
    if is_forum and team is not None and topic is not None:
        desk_of(conn, team, chat_id, now).topic("open", link.id, name=topic.name)
    links.want_card(conn, link.id, now)


def move_into_topics(conn: Connection, chat_id: int, now: datetime) -> None:
    """A plain group has topics now: those who are followed in it get theirs."""
    for link_id in links.links_in(conn, chat_id):
        topic, link = links.topic_of(conn, link_id), links.by_id(conn, link_id)
        team = teams.team_of(conn, link.team_id) if link is not None else None
        if topic is None or team is None or topic.thread_id is not None or topic.state == "opening":
            continue
        links.save_topic(conn, link_id, state="opening", card_message=None, card_digest=None)
        desk_of(conn, team, chat_id, now).topic("open", link_id, name=topic.name)
        links.want_card(conn, link_id, now)


def rename(conn: Connection, link: LinkRow, now: datetime, *, paused: bool) -> None:
    """The topic's name tells the state: an answer is waited for, or a pause. Nothing where it has not changed."""
    topic = links.topic_of(conn, link.id)
    team = teams.team_of(conn, link.team_id)
    if topic is None or team is None or topic.state == "opening" or topic.thread_id is None:
        return
    sign = WAITING_SIGN if link.waiting_since is not None else PAUSED_SIGN if paused else ""
    name = f"{sign} {label_of(conn, link).text}".strip()
    if name != topic.name:
        links.save_topic(conn, link.id, name=name)
        desk_of(conn, team, topic.chat_id, now).topic("rename", link.id, name=name)


def delete(conn: Connection, link: LinkRow, now: datetime) -> None:
    """Delete what Bob wrote for a team about this person: the topic with its messages, and what names them elsewhere.

    Call it before the link's row goes. What counsellors themselves wrote in a plain group stays: it is theirs. In a
    private chat, Telegram lets nobody delete what is older than two days.
    """
    topic, team = links.topic_of(conn, link.id), teams.team_of(conn, link.team_id)
    outbox.drop_about(conn, link.id)
    if team is None:
        return
    elsewhere: dict[int, set[int]] = {}
    person_chat, thread_id = links.chat_of(conn, link.person_id), topic.thread_id if topic else None
    for pair in relays.of_link(conn, link.id):
        in_topic = topic is not None and pair.to_chat == topic.chat_id and thread_id is not None
        if pair.to_chat == person_chat or in_topic:
            continue
        if pair.to_message is not None:
            elsewhere.setdefault(pair.to_chat, set()).add(pair.to_message)
        elif pair.outbox_id is not None:  # perhaps under way
            mentions.add(conn, [link.id], pair.to_chat, outbox_id=pair.outbox_id)
    for place in mentions.leave(conn, link.id):
        elsewhere.setdefault(place.chat_id, set()).add(place.message_id)
    if topic is not None and thread_id is None and topic.card_message is not None:
        elsewhere.setdefault(topic.chat_id, set()).add(topic.card_message)
    for chat_id, messages in elsewhere.items():
        desk_of(conn, team, chat_id, now).delete(sorted(messages))
    if topic is None:
        return
    desk = desk_of(conn, team, topic.chat_id, now)
    if thread_id is not None:
        desk.topic("delete", link.id, thread_id=thread_id)
    elif topic.state != "opening":
        desk.say(said("group.left_plain"), quiet=True)
