"""A counsellor's message that goes out later: edited until then, cancelled, never at night where the person is.

"Later" on the menu asks when, then for the words; `/plus_tard demain 9h` in answer to one's own draft does the same. At
its time the message is copied as it reads then.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Final

from sqlalchemy import Connection

from bot.counsellors import prompts, topics
from bot.counsellors.acts import standing
from bot.counsellors.group_text import lines, said
from bot.counsellors.messages import answering, relay_to_person, to_person
from bot.counsellors.messages.words import LONG, Call, Words
from bot.counsellors.turn import VERSION, GroupTurn, acting
from bot.dialogs.incoming import Press
from bot.dialogs.replies import Button, Reply
from bot.understanding import hours
from storage import links, people, relays, team_words, teams
from storage.links import LinkRow
from storage.people import PersonRecord
from storage.team_words import LaterRow, PromptRow

ROOM: Final = "later"
FURTHEST: Final = timedelta(days=60)
EVENING, MORNING = 18, 9


def command(turn: GroupTurn, argument: str) -> None:
    """`/plus_tard` in answer to one's own draft, with a moment; else what waits, and when to send another."""
    if not acting(turn, turn.link, "message for later"):
        return
    event, when = turn.event, _moment(turn, argument) if argument.strip() else None
    if argument.strip() and when is None:
        turn.answer(said("acting.later.unclear"))
        return
    if when is not None and event.reply_to is not None and not _answers_bob(turn):
        if event.reply_by != turn.member.telegram_id:
            turn.answer(said("acting.later.not_yours"))
            return
        _schedule(turn, event.reply_to, when)
    elif when is not None:
        _ask_words(turn, when)
    else:
        _list(turn)


def _answers_bob(turn: GroupTurn) -> bool:
    """Whether a copy of the person's message, or their card, is answered: it tells whom to write to."""
    chat, answered = turn.event.chat_id, turn.event.reply_to
    if answered is None:
        return False
    copy = relays.by_target(turn.conn, chat, answered) is not None
    return copy or links.by_card(turn.conn, chat, answered) is not None


def _moment(turn: GroupTurn, typed: str) -> datetime | None:
    """The instant that words name, on the team's wall clock."""
    found = hours.moment(typed[:100], turn.now.astimezone(turn.zone))
    if found is None or not turn.now < found <= turn.now + FURTHEST:
        return None
    return found.astimezone(UTC)


def _list(turn: GroupTurn) -> None:
    assert turn.link is not None
    waiting = team_words.later_of(turn.conn, turn.link.id)
    for row in waiting:
        turn.desk.say(
            said("acting.later.waiting", moment=_told(turn, row.send_at)),
            link_id=turn.link.id if turn.event.thread_id is not None else None,
            reply_to=row.from_message if row.from_chat == turn.event.chat_id else None,
            buttons=((_button(turn, "acting.later.button.cancel", f"cancel-{row.id}"),),),
        )
    turn.answer(said("acting.later.when"), buttons=(_moments(turn),))


def _moments(turn: GroupTurn) -> tuple[Button, ...]:
    """This evening, tomorrow morning, Monday morning: instants travel in the buttons, as whole minutes."""
    local = turn.now.astimezone(turn.zone).replace(minute=0, second=0, microsecond=0)
    tomorrow = local.replace(hour=MORNING) + timedelta(days=1)
    monday = local.replace(hour=MORNING) + timedelta(days=7 - local.weekday())
    offered = [("tomorrow", tomorrow)]
    if local.hour < EVENING - 1:
        offered.insert(0, ("evening", local.replace(hour=EVENING)))
    if monday != tomorrow:
        offered.append(("monday", monday))
    return tuple(
        _button(turn, f"acting.later.button.{name}", f"at-{at.astimezone(UTC):%Y%m%d%H%M}")
        for name, at in offered
    )


def _button(turn: GroupTurn, key: str, value: str) -> Button:
    assert turn.link is not None
    return Button(turn.voice(key), ROOM, VERSION, str(turn.link.id), value)


def _told(turn: GroupTurn, at: datetime) -> datetime:
    return at.astimezone(turn.zone).replace(tzinfo=None)


def _ask_words(turn: GroupTurn, when: datetime) -> None:
    assert turn.link is not None
    text = said("acting.later.ask", person=turn.label_of(turn.link), moment=_told(turn, when))
    prompts.ask(turn, "later", text, "group.write_hint", at=when.isoformat())


def answered(turn: GroupTurn, prompt: PromptRow) -> None:
    """The message itself, of any kind: words, a picture, a voice message."""
    if turn.event.message_id is not None and acting(turn, turn.link, "message for later"):
        _schedule(turn, turn.event.message_id, datetime.fromisoformat(prompt.data["at"]))


def _schedule(turn: GroupTurn, message_id: int, when: datetime) -> None:
    link = turn.link
    assert link is not None
    record = people.load_person(turn.conn, link.person_id)
    if record is None:
        return
    at = standing.within_hours(record, max(when, turn.now))
    made = team_words.schedule(turn.conn, link.id, turn.member.id, (turn.event.chat_id, message_id), at)
    if made is None:
        turn.answer(said("acting.later.gone"))
        return
    cancel = _button(turn, "acting.later.button.cancel", f"cancel-{made}")
    shifted = said("acting.in_the_morning") if at > max(when, turn.now) else None
    text = said("acting.later.kept", person=turn.label_of(link), moment=_told(turn, at))
    turn.answer(lines(text, shifted), buttons=((cancel,),))


def press(turn: GroupTurn, pressed: Press) -> bool:
    """A moment, a cancellation, or "Later" of the menu."""
    verb, _, rest = pressed.value.partition("-")
    if verb == "ask":
        command(turn, "")
        return True
    if turn.link is None or not (rest.isascii() and rest.isdigit() and len(rest) <= 18):
        return False
    if verb == "at":
        when = _instant(rest)
        if when is None or not turn.now < when <= turn.now + FURTHEST:
            return False
        if acting(turn, turn.link, "message for later"):
            _ask_words(turn, when)
        return True
    row = team_words.later(turn.conn, int(rest))
    if verb != "cancel" or row is None or row.link_id != turn.link.id:
        return False
    if acting(turn, turn.link, "message for later"):
        done = team_words.settle_later(turn.conn, row.id, "cancelled")
        turn.notice(said("acting.later.cancelled" if done else "acting.later.gone"))
    return True


def _instant(text: str) -> datetime | None:
    try:
        return datetime.strptime(text, "%Y%m%d%H%M").replace(tzinfo=UTC)
    except ValueError:
        return None


# Its time has come


def send_due(conn: Connection, world: object, now: datetime, limit: int) -> int:
    """Copy what is due to the people; returns how many messages there were."""
    rows = team_words.later_due(conn, now, limit)
    for row in rows:
        _send(conn, row, now)
    return len(rows)


def _send(conn: Connection, row: LaterRow, now: datetime) -> None:
    link = links.by_id(conn, row.link_id)
    record = people.load_person(conn, link.person_id) if link is not None else None
    if link is None or record is None:
        team_words.settle_later(conn, row.id, "cancelled")
        return
    if not _still_theirs(link, row, now):
        team_words.settle_later(conn, row.id, "cancelled")
        _tell(conn, link, "acting.later.not_sent", now)
        return
    at = standing.within_hours(record, now)
    if at > now:
        team_words.put_off(conn, row.id, at)
        return
    team_words.settle_later(conn, row.id, "sent")
    if record.status == "unreachable":
        _tell(conn, link, "acting.later.not_sent", now)
        return
    assert row.counsellor_id is not None
    _copy(conn, link, record, row, now)
    answering.answered(conn, link, row.counsellor_id, now)
    links.want_card(conn, link.id, now)
    _tell(conn, link, "acting.later.sent", now)


def _still_theirs(link: LinkRow, row: LaterRow, now: datetime) -> bool:
    """Whether whoever wrote it may still write to the person: they follow them, or cover for who does."""
    return row.counsellor_id is not None and link.followed_by(row.counsellor_id, now.date())


def _copy(conn: Connection, link: LinkRow, record: PersonRecord, row: LaterRow, now: datetime) -> None:
    """As a message that can be answered, under the counsellor's name, and as it reads now: it may have been edited."""
    who, reader = (
        teams.counsellor_of(conn, row.counsellor_id or 0),
        relay_to_person.reader_of(conn, link),
    )
    if who is None or reader is None:
        return
    words = Words(row.from_chat, row.from_message, LONG)
    heading = Call("send", Reply(reader.heading(who.name)).to_json(), is_heading=True)
    copy = Call("copy", {"from_chat_id": row.from_chat, "message_id": row.from_message})
    for call, key in ((heading, None), (copy, f"later:{row.id}")):
        to_person.add(
            conn,
            link,
            record.chat_id,
            call,
            now,
            counsellor_id=who.id,
            purpose="relay heading" if call.is_heading else "relay later",
            words=words,
            key=key,
        )


def _tell(conn: Connection, link: LinkRow, key: str, now: datetime) -> None:
    desk = topics.desk_of_link(conn, link, now)
    if desk is not None:
        desk.say(said(key, person=topics.label_of(conn, link)), link_id=link.id, quiet=True)
