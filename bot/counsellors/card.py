"""The pinned card of a followed person: one message, edited in place, and only when it says something else.

What it shows is chosen by the person when they agree (`LINES`); first name and initial are always there. Edits are
coalesced: whatever happens within `APART`, a card is edited once.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from sqlalchemy import Connection

from bot.advice.facts import Family
from bot.counsellors import topics
from bot.counsellors.acts import rooms
from bot.counsellors.group_text import ActionKind, CounsellorName, GroupText, OnDate, PersonLabel, lines, said
from bot.dialogs.following import LINES
from bot.dialogs.texts import Voice
from storage import appointments, days, links, people, relays, teams
from storage.links import LinkRow, TopicRow
from storage.people import PersonRecord
from storage.teams import TeamRow

APART: Final = timedelta(seconds=30)
"""Between two edits of a card: a group bears twenty messages a minute, edits included."""
RHYTHM_DAYS: Final = 14


@dataclass(frozen=True, slots=True)
class CardFacts:
    """What a card tells. Dates are local to the person, moments to the team; None: nothing to tell, or left out."""

    person: PersonLabel
    counsellor: CounsellorName
    cover: CounsellorName | None = None
    cover_until: date | None = None
    waiting_since: datetime | None = None
    delivered: datetime | None = None  # the counsellors' last message to them
    answered: datetime | None = None  # what they wrote since
    wants_call: bool = False
    paused_until: date | None = None
    silent: bool = False  # stopped, or Bob cannot reach them
    action: ActionKind | None = None
    action_day: date | None = None
    assigned_by: CounsellorName | None = None
    last_activity: date | None = None
    done: int | None = None  # in the last 14 days, of `received`
    received: int = 0
    appointment: datetime | None = None


def text_of(facts: CardFacts) -> GroupText:
    """The card's words. It is read on other days than the one on which it was written: each day is told by its date."""
    return lines(
        said("group.card.head", person=facts.person, who=facts.counsellor),
        said("group.card.cover", who=facts.cover, day=OnDate(facts.cover_until))
        if facts.cover is not None and facts.cover_until is not None
        else None,
        said("group.card.waiting", moment=OnDate(facts.waiting_since))
        if facts.waiting_since is not None
        else None,
        _last_message(facts),
        said("group.card.call") if facts.wants_call else None,
        said("group.card.silent") if facts.silent else None,
        said("group.card.paused", day=OnDate(facts.paused_until)) if facts.paused_until is not None else None,
        _action(facts),
        said("group.card.activity", day=OnDate(facts.last_activity))
        if facts.last_activity is not None
        else None,
        said("group.card.rhythm", n=facts.done, received=facts.received) if facts.done is not None else None,
        said("group.card.appointment", moment=OnDate(facts.appointment))
        if facts.appointment is not None
        else None,
    )


def _last_message(facts: CardFacts) -> GroupText | None:
    """Delivered, and answered: whether it was read is known to nobody."""
    if facts.delivered is None:
        return None
    if facts.answered is None:
        return said("group.card.delivered", moment=OnDate(facts.delivered))
    return said("group.card.answered", moment=OnDate(facts.delivered), answered=OnDate(facts.answered))


def _action(facts: CardFacts) -> GroupText | None:
    if facts.action is None or facts.action_day is None:
        return None
    if facts.assigned_by is not None:
        return said("group.card.assigned", who=facts.assigned_by, day=OnDate(facts.action_day))
    return said("group.card.action", what=facts.action, day=OnDate(facts.action_day))


def preview(
    conn: Connection, record: PersonRecord, counsellor: str, zone: ZoneInfo, voice: Voice, now: datetime
) -> tuple[tuple[str, str], ...]:
    """What each line of the person's card would say now, for them to see before they agree: (line, words)."""
    today = now.astimezone(zone).date()
    chosen = _chosen(conn, record, set(LINES), zone, now)
    facts = CardFacts(PersonLabel(""), CounsellorName(counsellor), **chosen)  # type: ignore[arg-type]
    told = {
        "action": _action(facts),
        "activity": said("group.card.activity", day=OnDate(facts.last_activity))
        if facts.last_activity
        else None,
        "rhythm": said("group.card.rhythm", n=facts.done or 0, received=facts.received),
        "appointment": said("group.card.appointment", moment=OnDate(facts.appointment))
        if facts.appointment
        else None,
    }
    empty = {"action": "group.card.no_action", "appointment": "group.card.no_appointment"}
    shown = {line: text or said(empty[line]) for line, text in told.items() if text or line in empty}
    return tuple((line, text.render(voice, today)) for line, text in shown.items())


def facts_of(conn: Connection, link: LinkRow, team: TeamRow, now: datetime) -> CardFacts | None:
    """What the card of a link tells now; None when there is nobody of that link any more."""
    record = people.load_person(conn, link.person_id)
    counsellor = teams.counsellor_of(conn, link.counsellor_id)
    if record is None or counsellor is None:
        return None
    zone, shown = ZoneInfo(team.time_zone), set(link.shown)
    today = now.astimezone(zone).date()
    cover = (
        teams.counsellor_of(conn, link.cover_id)
        if link.covering(today) is not None and link.cover_id
        else None
    )
    values: dict[str, object] = {}
    if cover is not None:
        values |= {"cover": CounsellorName(cover.name), "cover_until": link.cover_until}
    if link.waiting_since is not None:
        values["waiting_since"] = link.waiting_since.astimezone(zone).replace(tzinfo=None)
    values |= _messages(conn, link, zone)
    values |= _state(record, zone)
    values |= _chosen(conn, record, shown, zone, now)
    who = topics.label_of(conn, link)
    return CardFacts(who, CounsellorName(counsellor.name), **values)  # type: ignore[arg-type]


def _chosen(
    conn: Connection, record: PersonRecord, shown: set[str], zone: ZoneInfo, now: datetime
) -> dict[str, object]:
    """The lines that the person lets the team see."""
    values: dict[str, object] = {}
    if "action" in shown:
        values |= _open_action(conn, record)
    if "activity" in shown:
        values["last_activity"] = record.last_seen_at.astimezone(zone).date()
    if "rhythm" in shown:
        since = now.astimezone(zone).date() - timedelta(days=RHYTHM_DAYS)
        past = days.history(conn, record.id, since).actions
        values |= {"done": sum(one.outcome == "done" for one in past), "received": len(past)}
    if "appointment" in shown:
        values["appointment"] = _appointment(conn, record, zone, now)
    return values


def _messages(conn: Connection, link: LinkRow, zone: ZoneInfo) -> dict[str, object]:
    """What went to and fro last, and whether they asked to talk."""

    def local(at: datetime) -> datetime:
        return at.astimezone(zone).replace(tzinfo=None)

    asked, contacted = link.human_asked_at, link.last_contact_at
    values: dict[str, object] = {
        "wants_call": asked is not None and (contacted is None or contacted <= asked)
    }
    delivered, word = relays.last_delivered(conn, link.id), link.last_word_at
    if delivered is not None:
        values["delivered"] = local(delivered)
        values["answered"] = local(word) if word is not None and word > delivered else None
    return values


def _state(record: PersonRecord, zone: ZoneInfo) -> dict[str, object]:
    """A pause without its reason, and whether they can be reached."""
    if record.status == "paused" and record.paused_until is not None:
        return {"paused_until": record.paused_until.astimezone(zone).date()}
    return {"silent": record.status in ("stopped", "unreachable")}


def _open_action(conn: Connection, record: PersonRecord) -> dict[str, object]:
    opened = days.open_action_of(conn, record.id)
    if opened is None:
        return {}
    family = Family(opened.family) if opened.family in {each.value for each in Family} else None
    author = CounsellorName(opened.author) if opened.author else None
    return {"action": ActionKind(family), "action_day": opened.local_date, "assigned_by": author}


def _appointment(conn: Connection, record: PersonRecord, zone: ZoneInfo, now: datetime) -> datetime | None:
    """The next appointment: its moment only. With whom and what for is the person's business."""
    ahead = [row for row in appointments.of_person(conn, record.id, after=now) if row.state == "planned"]
    return ahead[0].starts_at.astimezone(zone).replace(tzinfo=None) if ahead else None


def refresh(conn: Connection, link_id: int, now: datetime) -> bool:
    """Write the card of a link anew if it says something else by now; whether a call was added."""
    link, topic = links.by_id(conn, link_id), links.topic_of(conn, link_id)
    team = teams.team_of(conn, link.team_id) if link is not None else None
    if link is None or topic is None or team is None:
        return False
    if topic.state == "opening":
        links.save_topic(conn, link_id, card_due_at=now + APART)
        return False
    if topic.card_edited_at is not None and now < topic.card_edited_at + APART:
        links.save_topic(conn, link_id, card_due_at=topic.card_edited_at + APART)
        return False
    facts = facts_of(conn, link, team, now)
    desk = topics.desk_of(conn, team, topic.chat_id, now)
    if facts is not None:
        topics.rename(conn, link, now, paused=facts.paused_until is not None)
    text = text_of(facts) if facts is not None else None
    digest = _digest(text.render(desk.voice, desk.today)) if text is not None else None
    if text is None or digest == topic.card_digest:
        links.save_topic(conn, link_id, card_due_at=None)
        return False
    links.save_topic(conn, link_id, card_due_at=None, card_digest=digest, card_edited_at=now)
    shown = rooms.rows_of_card(desk.voice, link_id)
    if topic.card_message is None:
        desk.say(text, link_id=link_id, buttons=shown, quiet=True, purpose="group card")
    else:
        desk.rewrite(topic.card_message, text, link_id=link_id, buttons=shown, quiet=True)
    return True


def placed(conn: Connection, link_id: int, message_id: int, now: datetime) -> None:
    """The card was written for the first time: it is pinned."""
    topic, link = links.topic_of(conn, link_id), links.by_id(conn, link_id)
    team = teams.team_of(conn, link.team_id) if link is not None else None
    if topic is None or team is None:
        return
    links.save_topic(conn, link_id, card_message=message_id)
    topics.desk_of(conn, team, topic.chat_id, now).pin(message_id, link_id=link_id)


def again(conn: Connection, topic: TopicRow, now: datetime) -> None:
    """The card is gone or could not be edited: it is written as a new message."""
    links.save_topic(conn, topic.link_id, card_message=None, card_digest=None)
    links.want_card(conn, topic.link_id, now)


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def refresh_due(conn: Connection, world: object, now: datetime, limit: int) -> int:
    """Write the cards that are due; returns how many there were."""
    due = links.cards_due(conn, now, limit)
    for link_id in due:
        refresh(conn, link_id, now)
    return len(due)
