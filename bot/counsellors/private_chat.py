"""A counsellor's private chat with Bob: which events of private chats may be theirs rather than a job seeker's."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection

from bot.counsellors import topics
from bot.counsellors.group_text import said
from bot.counsellors.incoming import GroupEvent, GroupKind
from bot.counsellors.registry import COMMANDS, PRESSES
from bot.dialogs.incoming import Incoming, Kind
from storage import teams


def may_be_for_team(incoming: Incoming) -> bool:
    """Whether it is worth asking if the sender is a counsellor: a code, a command or button of teams, an answer."""
    match incoming.kind:
        case Kind.COMMAND:
            return incoming.command in COMMANDS or (incoming.command == "start" and bool(incoming.text))
        case Kind.BUTTON:
            return incoming.press is not None and incoming.press.dialogue in PRESSES
        case Kind.EDITED:
            return True
        case Kind.BLOCKED | Kind.UNBLOCKED:
            return False
        case _:
            return incoming.reply_to is not None or incoming.album is not None


def explain(conn: Connection, incoming: Incoming, now: datetime) -> bool:
    """A counsellor who is no job seeker writes to nobody: say how. Whether it is one."""
    if incoming.kind in (Kind.COMMAND, Kind.BUTTON, Kind.BLOCKED, Kind.UNBLOCKED):
        return False
    mine = teams.memberships(conn, incoming.telegram_id)
    team = teams.team_of(conn, mine[0].team_id) if mine else None
    if team is None:
        return False
    topics.desk_of(conn, team, incoming.chat_id, now).say(said("group.relay.nobody_here"))
    return True


def event_of(incoming: Incoming) -> GroupEvent:
    """The same event as the counsellors' room sees it."""
    kind = {
        Kind.TEXT: GroupKind.TEXT,
        Kind.COMMAND: GroupKind.COMMAND,
        Kind.BUTTON: GroupKind.BUTTON,
        Kind.EDITED: GroupKind.EDITED,
        Kind.FORWARDED: GroupKind.TEXT,
    }.get(incoming.kind, GroupKind.MEDIA)
    pressed = incoming.kind is Kind.BUTTON
    return GroupEvent(
        kind,
        incoming.chat_id,
        sender_id=incoming.telegram_id,
        message_id=incoming.message_id if pressed else incoming.sent_id,
        reply_to=incoming.reply_to,
        text=incoming.text,
        command=incoming.command,
        media=incoming.media or ("other" if kind is GroupKind.MEDIA else ""),
        file_id=incoming.file_id,
        forwarded=incoming.kind is Kind.FORWARDED,
        album=incoming.album,
        press=incoming.press,
        callback_id=incoming.callback_id,
    )
