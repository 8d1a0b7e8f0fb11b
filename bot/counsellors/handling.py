"""An event of a group from its arrival to its commit: which team, who, for whom; then commands, buttons, answers."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial

from sqlalchemy import Connection

from bot.counsellors import members, topics, without_rights
from bot.counsellors.acts import registry as acts
from bot.counsellors.desk import Desk, OutboxDesk
from bot.counsellors.group_text import CounsellorName, TeamName, said
from bot.counsellors.incoming import GroupEvent, GroupKind
from bot.counsellors.messages import relay
from bot.counsellors.messages.words import album_key
from bot.counsellors.registry import COMMANDS, PRESSES, answered
from bot.counsellors.turn import VERSION, GroupTurn
from bot.dialogs.incoming import Press
from bot.dialogs.replies import Toast
from bot.dialogs.texts import Voice
from bot.dialogs.turn import World
from scheduler.clock import Clock
from storage import groups, inbox, links, people, relays, team_words, teams
from storage.engine import Store
from storage.links import LinkRow
from storage.outbox import OutboxRow
from storage.people import PersonRecord
from storage.teams import CounsellorRow, GroupRow, TeamRow

log = logging.getLogger(__name__)

ACTIVATE = frozenset(("activer", "activate"))
SPOKEN = frozenset((GroupKind.TEXT, GroupKind.MEDIA))


@dataclass(frozen=True, slots=True)
class GroupResult:
    """What is left after the commit: the answer to a button press. Rows are left to the courier."""

    rows: tuple[OutboxRow, ...] = ()
    toast: Toast | None = None


class GroupTurns:
    """Handles one event of a group in one transaction. A redelivered update has no second effect."""

    def __init__(self, store: Store, clock: Clock, world: World, wake: Callable[[], None]) -> None:
        """`wake` is called after each commit: there may be something to send."""
        self._store = store
        self._clock = clock
        self._world = world
        self._wake = wake

    async def handle(self, event: GroupEvent, update_id: int) -> GroupResult:
        """Run the event; raises without any effect."""
        work = partial(one_event, world=self._world, event=event, update_id=update_id, now=self._clock.now())
        toast = await self._store.run_together(work)
        self._wake()
        return GroupResult(toast=toast)


def one_event(
    conn: Connection, world: World, event: GroupEvent, update_id: int, now: datetime
) -> Toast | None:
    """The unit of work of one event."""
    if inbox.seen(conn, update_id, now):
        return None
    if event.kind is GroupKind.MIGRATED and event.new_chat_id is not None:
        groups.migrate_chat(conn, event.chat_id, event.new_chat_id, now)
        return None
    group = teams.group(conn, event.chat_id)
    team = teams.team_of(conn, group.team_id) if group is not None else None
    if group is None or team is None:
        return _before_activation(conn, event, now)
    desk = topics.desk_of(conn, team, event.chat_id, now)
    if event.kind is GroupKind.BOT:
        _bot_changed(conn, desk, group, event, now)
        return None
    _note_forum(conn, group, event, now)
    if event.kind in (GroupKind.JOINED, GroupKind.LEFT):
        _came_or_left(conn, desk, team, event, now)
        return None
    member = teams.member(conn, team.id, event.sender_id) if event.sender_id is not None else None
    if member is None:
        return _stranger(conn, desk, team, event, now)
    desk = replace(desk, member=(event.sender_id, member.name)) if event.sender_id is not None else desk
    turn = GroupTurn(conn, world, now, event, team, group, member, desk)
    turn.link = _link_of(turn)
    if turn.link is not None:
        turn.desk = replace(desk, about=turn.link.id)
    _answer(turn)
    return turn.toast


def _before_activation(conn: Connection, event: GroupEvent, now: datetime) -> Toast | None:
    """A group of no team: only the activation is understood, and a first word when Bob is put into it."""
    if event.sender_id is None and event.kind is not GroupKind.BOT:
        return None
    french = Voice("fr")
    desk = OutboxDesk(conn, now, event.chat_id, french, now.date())
    if event.kind is GroupKind.COMMAND and event.command in ACTIVATE:
        team = members.activate(conn, event, event.text, now)
        if team is None:
            desk.say(said("team.wrong_code"), reply_to=event.message_id)
            return None
        desk = topics.desk_of(conn, team, event.chat_id, now)
        desk.say(said("team.activated", team=TeamName(team.name)), reply_to=event.message_id)
        if not event.is_forum:
            desk.say(said("team.plain_group"))
    elif event.kind is GroupKind.BOT and event.rights is not None:
        desk.say(said("team.not_activated"), key=f"not-activated:{event.chat_id}")
    elif event.callback_id is not None:
        return Toast(french("team.not_activated_short"))
    return None


def _bot_changed(conn: Connection, desk: Desk, group: GroupRow, event: GroupEvent, now: datetime) -> None:
    """The bot's own place in the group: lost, back, or its rights."""
    if event.rights is None:
        teams.set_group(conn, group.chat_id, state="lost", is_forum=group.is_forum)
        return
    teams.set_group(conn, group.chat_id, state="active", is_forum=event.is_forum)
    members.tell_rights(desk, members.missing_rights(event.rights, is_forum=event.is_forum))
    if event.is_forum and "can_manage_topics" in event.rights:
        without_rights.granted(conn, group.chat_id, now)


def _note_forum(conn: Connection, group: GroupRow, event: GroupEvent, now: datetime) -> None:
    """Topics were enabled or disabled meanwhile: those who are followed here get theirs."""
    if event.is_forum == group.is_forum or event.kind is GroupKind.OTHER:
        return
    teams.set_group(conn, group.chat_id, state="active", is_forum=event.is_forum)
    if event.is_forum:
        topics.move_into_topics(conn, group.chat_id, now)


def _came_or_left(conn: Connection, desk: Desk, team: TeamRow, event: GroupEvent, now: datetime) -> None:
    if event.member_id is None or event.member_is_bot:
        return
    member = teams.member(conn, team.id, event.member_id)
    if event.kind is GroupKind.JOINED and member is None:
        members.stranger_came(desk, event, now)
    elif event.kind is GroupKind.LEFT and member is not None:
        members.member_left(conn, desk, team, member, now)


def _stranger(conn: Connection, desk: Desk, team: TeamRow, event: GroupEvent, now: datetime) -> Toast | None:
    """Somebody without a code, an anonymous admin, a channel: nothing is done for them, and once a day that is said.

    To a command, and to an answer to somebody's message: who writes it would believe that it was sent.
    """
    voice = Voice(team.language)
    if event.callback_id is not None:
        return Toast(voice("team.only_members"), alert=True)
    if event.kind is GroupKind.COMMAND or _answers_somebody(conn, event):
        who = event.sender_id if event.sender_id is not None else "anonymous"
        key = "team.only_members" if event.sender_id is not None else "team.not_anonymous"
        desk.say(said(key), reply_to=event.message_id, key=members.once_a_day("refused", event, who, now))
    return None


def _answers_somebody(conn: Connection, event: GroupEvent) -> bool:
    if event.kind not in SPOKEN or event.reply_to is None:
        return False
    pair = relays.by_target(conn, event.chat_id, event.reply_to)
    return pair is not None and pair.direction == "to_team"


def _link_of(turn: GroupTurn) -> LinkRow | None:
    """Whom the event is about: by the button's own words, by the message that it answers, by the topic."""
    event = turn.event
    found = None
    if event.press is not None and event.press.step.isascii() and event.press.step.isdigit():
        found = links.by_id(turn.conn, int(event.press.step)) if len(event.press.step) < 18 else None
    elif event.reply_to is not None and (pair := relays.of_message(turn.conn, event.chat_id, event.reply_to)):
        found = links.by_id(turn.conn, pair.link_id)
    elif event.album is not None and (
        pairs := relays.of_together(turn.conn, album_key(event.chat_id, event.album))
    ):
        found = links.by_id(turn.conn, pairs[0].link_id)
    if found is None and event.reply_to is not None:
        found = links.by_card(turn.conn, event.chat_id, event.reply_to)
    if found is None and event.reply_to is not None:
        asked = team_words.prompt(turn.conn, event.chat_id, event.reply_to)
        found = links.by_id(turn.conn, asked.link_id) if asked is not None and asked.link_id else None
    if found is None and event.thread_id is not None:
        found = links.by_thread(turn.conn, event.chat_id, event.thread_id)
    return found if found is not None and found.team_id == turn.team.id else None


def _answer(turn: GroupTurn) -> None:
    """What a member of the team asks for."""
    event = turn.event
    if event.kind is GroupKind.BUTTON:
        press(turn, event.press)
    elif event.kind is GroupKind.COMMAND:
        command = COMMANDS.get(event.command)
        if command is not None:
            command(turn, event.text)
        elif event.command in ACTIVATE:
            turn.answer(said("team.activated", team=TeamName(turn.team.name)))
        elif turn.in_private or event.thread_id is not None:
            turn.answer(said("group.unknown_command"))
    elif event.kind in SPOKEN:
        if not answered(turn):
            relay.heard(turn)
    elif event.kind is GroupKind.EDITED:
        relay.edited(turn)
    elif event.kind is GroupKind.TOPIC_CLOSED and turn.link is not None:
        links.save_topic(turn.conn, turn.link.id, state="closed")
    elif event.kind is GroupKind.TOPIC_REOPENED and turn.link is not None:
        links.save_topic(turn.conn, turn.link.id, state="open")


def press(turn: GroupTurn, pressed: Press | None) -> None:
    """A button; one that fits nothing is answered with a line and changes nothing."""
    room = PRESSES.get(pressed.dialogue) if pressed is not None and pressed.version == VERSION else None
    if pressed is None or room is None or not room(turn, pressed):
        turn.toast = turn.toast or Toast(turn.voice("group.stale"))


# The private chat of a counsellor


def private_event(
    conn: Connection, world: World, event: GroupEvent, now: datetime
) -> tuple[bool, Toast | None]:
    """An event of a private chat that may be a counsellor's: whether it was, and the answer to a press.

    The caller has seen to it that the update is new. Codes of counsellors are taken here too.
    """
    if event.sender_id is None:
        return False, None
    if event.kind is GroupKind.COMMAND and event.command == "start" and event.text:
        return _join(conn, event, now), None
    mine = teams.memberships(conn, event.sender_id)
    turn = _private_turn(conn, world, event, mine, now)
    if turn is None:
        return False, None
    if event.kind is GroupKind.COMMAND:
        known = COMMANDS.get(event.command)
        shared = event.command in SHARED and event.reply_to is None
        seekers = shared or (event.command in acts.SEEKERS and turn.link is None)
        if known is None or (seekers and _is_seeker(conn, event.sender_id)):
            return False, None
        known(turn, event.text)
        return True, None
    if event.kind is GroupKind.BUTTON:
        if event.press is None or event.press.dialogue not in PRESSES:
            return False, None
        press(turn, event.press)
        return True, turn.toast
    if event.kind in SPOKEN and answered(turn):
        return True, None
    if turn.link is None:
        return False, None
    (relay.edited if event.kind is GroupKind.EDITED else relay.heard)(turn)
    return True, None


SHARED = frozenset(("aide", "help", "delete", "effacer"))
"""Commands that are the job seeker's in a private chat of somebody who is one, but for an answer to a message."""


def _is_seeker(conn: Connection, telegram_id: int) -> bool:
    return isinstance(people.load_by_telegram(conn, telegram_id), PersonRecord)


def _private_turn(
    conn: Connection, world: World, event: GroupEvent, mine: list[CounsellorRow], now: datetime
) -> GroupTurn | None:
    """The turn of the membership that the event is about: by its link, else the first team."""
    for member in mine:
        team = teams.team_of(conn, member.team_id)
        if team is None:
            continue
        desk = topics.desk_of(conn, team, event.chat_id, now)
        turn = GroupTurn(conn, world, now, event, team, None, member, desk)
        turn.link = _link_of(turn)
        if turn.link is not None:
            turn.desk = replace(desk, about=turn.link.id)
        if turn.link is not None or len(mine) == 1 or member is mine[-1]:
            return turn
    return None


def _join(conn: Connection, event: GroupEvent, now: datetime) -> bool:
    """A counsellor's personal code; False for any other: invitations are the job seeker's."""
    assert event.sender_id is not None
    member = teams.join(conn, event.text, event.sender_id, now)
    team = teams.team_of(conn, member.team_id) if member is not None else None
    if member is None or team is None:
        return False
    desk = topics.desk_of(conn, team, event.chat_id, now)
    desk.say(said("team.welcome", who=CounsellorName(member.name), team=TeamName(team.name)))
    return True
