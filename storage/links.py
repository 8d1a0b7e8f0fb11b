"""Who is followed by whom: links, and the topic of each."""

import secrets
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, TypedDict, Unpack

from sqlalchemy import Connection, bindparam, delete, insert, or_, select, update

from storage.statements import Changes, Statement
from storage.tables.core import account, link, topic
from storage.types import Instant
from storage.words import TopicState, WordsTo


@dataclass(frozen=True, slots=True)
class LinkRow:
    """A person followed by a team. `shown`: the lines of the card that the person left in."""

    id: int
    person_id: str
    team_id: str
    counsellor_id: int
    cover_id: int | None
    cover_until: date | None
    shown: list[str]
    initial: str
    words_to: WordsTo
    receipt: str
    linked_at: datetime
    waiting_since: datetime | None
    reminded_at: datetime | None
    human_asked_at: datetime | None
    call_asked_at: datetime | None
    last_contact_at: datetime | None
    last_word_at: datetime | None
    remind_at: datetime | None
    cut_at: datetime | None

    def followed_by(self, counsellor_id: int, today: date) -> bool:
        """Whether this counsellor acts for the person on that date: their own, or who covers for them."""
        return counsellor_id == self.counsellor_id or counsellor_id == self.covering(today)

    def covering(self, today: date) -> int | None:
        """Who covers on that date, if anybody does."""
        covered = self.cover_until is not None and today <= self.cover_until
        return self.cover_id if covered else None


@dataclass(frozen=True, slots=True)
class TopicRow:
    """The topic of a link; `thread_id` is None in a plain group, and until Telegram has made the topic."""

    link_id: int
    chat_id: int
    thread_id: int | None
    state: TopicState
    name: str
    recreated: int
    card_message: int | None
    card_digest: str | None
    card_due_at: datetime | None
    card_edited_at: datetime | None


class LinkChanges(TypedDict, total=False):
    """The columns of a link that can be set."""

    counsellor_id: int
    cover_id: int | None
    cover_until: date | None
    shown: list[str]
    initial: str
    words_to: WordsTo
    waiting_since: datetime | None
    reminded_at: datetime | None
    human_asked_at: datetime | None
    call_asked_at: datetime | None
    last_contact_at: datetime | None
    last_word_at: datetime | None
    remind_at: datetime | None
    cut_at: datetime | None


class TopicChanges(TypedDict, total=False):
    """The columns of a topic that can be set."""

    chat_id: int
    thread_id: int | None
    state: TopicState
    name: str
    recreated: int
    card_message: int | None
    card_digest: str | None
    card_due_at: datetime | None
    card_edited_at: datetime | None


_LINK = Changes(link.c.id, LinkChanges)
_TOPIC = Changes(topic.c.link_id, TopicChanges)
_ADD = Statement(insert(link).returning(link.c.id))
_BY_ID = Statement(select(*link.c).where(link.c.id == bindparam("of")))
_OF_PERSON = Statement(select(*link.c).where(link.c.person_id == bindparam("of")).order_by(link.c.id))
_OF_TEAM = Statement(select(*link.c).where(link.c.team_id == bindparam("of")).order_by(link.c.id))
_OF_COUNSELLOR = Statement(
    select(*link.c)
    .where(or_(link.c.counsellor_id == bindparam("of"), link.c.cover_id == bindparam("of")))
    .order_by(link.c.id)
)
_DROP = Statement(delete(link).where(link.c.id == bindparam("of")))
_ADD_TOPIC = Statement(
    lambda insert_into: insert_into(topic).on_conflict_do_nothing(index_elements=["link_id"])
)
_TOPIC_OF = Statement(select(*topic.c).where(topic.c.link_id == bindparam("of")))
_BY_THREAD = Statement(
    select(*link.c)
    .select_from(topic.join(link, link.c.id == topic.c.link_id))
    .where(topic.c.chat_id == bindparam("chat"), topic.c.thread_id == bindparam("thread"))
)
_BY_CARD = Statement(
    select(*link.c)
    .select_from(topic.join(link, link.c.id == topic.c.link_id))
    .where(topic.c.chat_id == bindparam("chat"), topic.c.card_message == bindparam("message"))
)
_CARDS_DUE = Statement(
    select(topic.c.link_id)
    .where(topic.c.card_due_at <= bindparam("now", type_=Instant))
    .order_by(topic.c.card_due_at)
    .limit(bindparam("at_most"))
    .with_for_update(skip_locked=True)
)
_CARD_WANTED = Statement(
    update(topic)
    .where(
        topic.c.link_id == bindparam("of"),
        or_(topic.c.card_due_at.is_(None), topic.c.card_due_at > bindparam("at", type_=Instant)),
    )
    .values(card_due_at=bindparam("at", type_=Instant))
)
_CARDS_WANTED = Statement(
    update(topic)
    .where(
        topic.c.link_id.in_(select(link.c.id).where(link.c.person_id == bindparam("of"))),
        or_(topic.c.card_due_at.is_(None), topic.c.card_due_at > bindparam("at", type_=Instant)),
    )
    .values(card_due_at=bindparam("at", type_=Instant))
)
_REMINDERS_DUE = Statement(
    select(*link.c)
    .where(link.c.remind_at <= bindparam("now", type_=Instant))
    .order_by(link.c.remind_at)
    .limit(bindparam("at_most"))
    .with_for_update(skip_locked=True)
)
_IN_GROUP = Statement(select(topic.c.link_id).where(topic.c.chat_id == bindparam("chat")))
_CHAT_OF = Statement(select(account.c.chat_id).where(account.c.person_id == bindparam("of")))


def create(
    conn: Connection,
    person_id: str,
    team_id: str,
    counsellor_id: int,
    now: datetime,
    *,
    shown: list[str],
    initial: str,
    words_to: WordsTo,
) -> LinkRow:
    """Link a person with a team; a link that they already had with it is replaced by `LinkChanges`, never doubled."""
    values: dict[str, Any] = dict.fromkeys(LinkChanges.__annotations__)
    values |= {
        "person_id": person_id,
        "team_id": team_id,
        "counsellor_id": counsellor_id,
        "shown": shown,
        "initial": initial,
        "words_to": words_to,
        "receipt": secrets.token_hex(4).upper(),
        "linked_at": now,
    }
    made = by_id(conn, int(_ADD.value(conn, **values)))
    assert made is not None
    return made


def by_id(conn: Connection, link_id: int) -> LinkRow | None:
    """The link of this id."""
    found = _BY_ID.row(conn, of=link_id)
    return None if found is None else LinkRow(*found)


def of_person(conn: Connection, person_id: str) -> list[LinkRow]:
    """The person's links, oldest first: one for each team."""
    return [LinkRow(*row) for row in _OF_PERSON.rows(conn, of=person_id)]


def of_team(conn: Connection, team_id: str) -> list[LinkRow]:
    """Everybody whom a team follows."""
    return [LinkRow(*row) for row in _OF_TEAM.rows(conn, of=team_id)]


def of_counsellor(conn: Connection, counsellor_id: int) -> list[LinkRow]:
    """Those whom a counsellor follows, or covers (whether or not the cover has ended: see `LinkRow.covering`)."""
    return [LinkRow(*row) for row in _OF_COUNSELLOR.rows(conn, of=counsellor_id)]


def save(conn: Connection, link_id: int, **changes: Unpack[LinkChanges]) -> None:
    """Set columns of a link."""
    _LINK.count(conn, link_id, changes)


def drop(conn: Connection, link_id: int) -> None:
    """The link ends: its row goes, and by cascade all that hangs on it."""
    _DROP.count(conn, of=link_id)


def chat_of(conn: Connection, person_id: str) -> int | None:
    """The private chat of a person."""
    found: int | None = _CHAT_OF.value(conn, of=person_id)
    return found


def open_topic(conn: Connection, link_id: int, chat_id: int, name: str) -> bool:
    """Note that a topic is being made, before Telegram is asked; False when the link has one already."""
    values: dict[str, Any] = dict.fromkeys(TopicChanges.__annotations__)
    values |= {"link_id": link_id, "chat_id": chat_id, "name": name, "state": "opening", "recreated": 0}
    return _ADD_TOPIC.count(conn, **values) == 1


def topic_of(conn: Connection, link_id: int) -> TopicRow | None:
    """The topic of a link; None while its team has no group."""
    found = _TOPIC_OF.row(conn, of=link_id)
    return None if found is None else TopicRow(*found)


def by_thread(conn: Connection, chat_id: int, thread_id: int) -> LinkRow | None:
    """Whose topic this is."""
    found = _BY_THREAD.row(conn, chat=chat_id, thread=thread_id)
    return None if found is None else LinkRow(*found)


def by_card(conn: Connection, chat_id: int, message_id: int) -> LinkRow | None:
    """Whose card this message is."""
    found = _BY_CARD.row(conn, chat=chat_id, message=message_id)
    return None if found is None else LinkRow(*found)


def save_topic(conn: Connection, link_id: int, **changes: Unpack[TopicChanges]) -> None:
    """Set columns of a topic."""
    _TOPIC.count(conn, link_id, changes)


def want_card(conn: Connection, link_id: int, at: datetime) -> None:
    """The card is to be written anew at `at`, or earlier if it was to be already."""
    _CARD_WANTED.count(conn, of=link_id, at=at)


def want_cards_of(conn: Connection, person_id: str, at: datetime) -> None:
    """The same for every card of a person."""
    _CARDS_WANTED.count(conn, of=person_id, at=at)


def cards_due(conn: Connection, now: datetime, limit: int) -> list[int]:
    """Links whose card is to be written now, at most `limit`; locked."""
    return [link_id for (link_id,) in _CARDS_DUE.rows(conn, now=now, at_most=limit)]


def reminders_due(conn: Connection, now: datetime, limit: int) -> list[LinkRow]:
    """Links whose counsellor is to be reminded now that the person waits, at most `limit`; locked."""
    return [LinkRow(*row) for row in _REMINDERS_DUE.rows(conn, now=now, at_most=limit)]


def links_in(conn: Connection, chat_id: int) -> list[int]:
    """The links that are followed in a group."""
    return [link_id for (link_id,) in _IN_GROUP.rows(conn, chat=chat_id)]
