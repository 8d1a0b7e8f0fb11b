"""A person's event from its arrival to its commit."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from typing import Protocol

from sqlalchemy import Connection

from bot.advice.facts import History
from bot.counsellors import private_chat as counsellors_chat
from bot.counsellors.handling import private_event
from bot.counsellors.messages import reach
from bot.dialogs import beforehand, conversation, counsellor, welcome
from bot.dialogs.effects import BecomePerson, ForgetVisitor
from bot.dialogs.incoming import Incoming, Kind
from bot.dialogs.replies import Toast
from bot.dialogs.turn import OpenDialogue, Person, Turn, World
from bot.sources.looked_up import NO_LOOKUPS, LookedUp, Lookups
from bot.turns import following
from bot.turns.loading import person_of, turn_of
from bot.turns.outgoing import add_replies
from bot.turns.saving import Saved, save
from scheduler.clock import Clock
from storage import inbox, people, teams
from storage.engine import Store
from storage.outbox import OutboxRow
from storage.people import PersonRecord, VisitorRecord

log = logging.getLogger(__name__)

VISIT = timedelta(hours=24)
"""How long a visitor who has not agreed is remembered."""


@dataclass(frozen=True, slots=True)
class TurnResult:
    """What is left to do after the commit: rows leased to us, and the answer to a button press."""

    rows: tuple[OutboxRow, ...] = ()
    toast: Toast | None = None


class LiveLookups(Protocol):
    """The live sources: each call ends within their own time, without an error."""

    async def look_up_job(self, text: str, names: Iterable[str] = ()) -> LookedUp | None: ...

    async def look_up_place(self, text: str, names: Iterable[str] = ()) -> LookedUp | None: ...


class Turns:
    """Handles one event of one person. The caller holds that person's lock."""

    def __init__(
        self,
        store: Store,
        clock: Clock,
        world: World,
        on_deletion: Callable[[str], None],
        live: LiveLookups | None = None,
        wake: Callable[[], None] = lambda: None,
    ) -> None:
        """`wake` is called when something was left to the courier: what goes to a team.

        `on_deletion` is told the digest of each deleted person, to append it to the list beside the database.

        `live` is asked for typed jobs and towns before the transaction; None: the embedded lists alone decide.
        """
        self._store = store
        self._clock = clock
        self._world = world
        self._on_deletion = on_deletion
        self._live = live
        self._wake = wake

    async def handle(self, incoming: Incoming, update_id: int) -> TurnResult:
        """Run one event in one transaction (which events of other people at the same moment may share).

        A redelivered update has no second effect. Raises without any effect.
        """
        live = self._live if incoming.kind is Kind.TEXT else None
        lookups = NO_LOOKUPS if live is None else await self._look_up(live, incoming)
        saved, toast = await self._store.run_together(
            partial(
                one_turn,
                world=self._world,
                incoming=incoming,
                update_id=update_id,
                now=self._clock.now(),
                lookups=lookups,
            )
        )
        if saved.told_team:
            self._wake()
        if saved.deletion is not None:
            self._on_deletion(saved.deletion)
            self._store.scrub()
        return TurnResult(saved.rows, toast)

    async def _look_up(self, live: LiveLookups, incoming: Incoming) -> Lookups:
        """Ask the live sources, if the words are about to answer a question of theirs. Nobody's name is sent."""
        record = await self._store.run(people.load_by_telegram, incoming.telegram_id)
        if not isinstance(record, PersonRecord):
            return NO_LOOKUPS
        turn = Turn(self._world, person_of(record), self._clock.now(), seed=record.id)
        names = (record.profile.first_name,) if record.profile.first_name else ()
        match beforehand.subject(turn, incoming):
            case "job":
                return Lookups(job=await live.look_up_job(incoming.text, names))
            case "place":
                return Lookups(place=await live.look_up_place(incoming.text, names))
            case None:
                return NO_LOOKUPS


def one_turn(
    conn: Connection,
    world: World,
    incoming: Incoming,
    update_id: int,
    now: datetime,
    lookups: Lookups = NO_LOOKUPS,
) -> tuple[Saved, Toast | None]:
    """The unit of work of one event."""
    if inbox.seen(conn, update_id, now):
        return Saved(), None
    if counsellors_chat.may_be_for_team(incoming):
        was_for_team, toast = private_event(conn, world, counsellors_chat.event_of(incoming), now)
        if was_for_team:
            return Saved(told_team=True), toast
    if following.edited_for_team(conn, incoming, now) or following.more_of_album(conn, incoming, now):
        return Saved(told_team=True), None
    if incoming.later_of_album:
        return Saved(), None
    known = people.load_by_telegram(conn, incoming.telegram_id)
    if isinstance(known, PersonRecord):
        return _person_turn(conn, world, known, incoming, now, lookups)
    if counsellors_chat.explain(conn, incoming, now):
        return Saved(told_team=True), None
    return _visitor_turn(conn, world, known, incoming, now)


def _person_turn(
    conn: Connection, world: World, record: PersonRecord, incoming: Incoming, now: datetime, lookups: Lookups
) -> tuple[Saved, Toast | None]:
    with_history = conversation.needs_history(record.focus, _state(record), incoming)
    turn = turn_of(
        conn, record, world, now, pressed_action=_pressed_action(incoming), with_history=with_history
    )
    turn.lookups = lookups
    following.load(conn, record, turn, now, incoming, with_offer=with_history)
    conversation.converse(turn, incoming)
    seen = incoming.kind not in (
        Kind.BLOCKED,
        Kind.UNBLOCKED,
    )  # it says nothing, and is followed by what does
    saved = save(
        conn, record, turn, now=now, pressed_message=incoming.message_id, seen=seen, incoming=incoming
    )
    if turn.followed_by:
        reach.heard_from(conn, record.id, now, blocked=incoming.kind is Kind.BLOCKED)
    return saved, turn.toast


def _state(record: PersonRecord) -> str:
    place = record.dialogues.get(record.focus or "")
    return place.state if place else ""


def _pressed_action(incoming: Incoming) -> int | None:
    press = incoming.press
    if press is None or press.dialogue != "day" or not press.step.isascii() or not press.step.isdigit():
        return None
    return int(press.step)


def _visitor_turn(
    conn: Connection, world: World, visitor: VisitorRecord | None, incoming: Incoming, now: datetime
) -> tuple[Saved, Toast | None]:
    """Somebody who has not agreed: one row is kept for 24 hours, nothing else."""
    if incoming.kind in (Kind.BLOCKED, Kind.UNBLOCKED):
        people.delete_visitor(conn, incoming.telegram_id)
        return Saved(), None
    if visitor is not None and visitor.expires_at <= now:
        people.delete_visitor(conn, incoming.telegram_id)
        visitor = None
    turn = Turn(world, _visiting(visitor, incoming), now, seed="visitor", history=History())
    code = _invitation(visitor, incoming)
    if code is not None:
        turn.invitation = following.invitation_of(conn, code, turn.voice, now)
    conversation.visit(turn, incoming)
    if any(isinstance(effect, BecomePerson) for effect in turn.effects):
        return _become_person(conn, turn, incoming, code, now), turn.toast
    if any(isinstance(effect, ForgetVisitor) for effect in turn.effects):
        people.delete_visitor(conn, incoming.telegram_id)
    elif turn.replies:
        _keep_visitor(conn, visitor, turn, incoming, code, now)
    rows = add_replies(
        conn, turn, person_id=None, chat_id=incoming.chat_id, now=now, pressed_message=incoming.message_id
    )
    return Saved(rows), turn.toast


def _visiting(visitor: VisitorRecord | None, incoming: Incoming) -> Person:
    if visitor is None:
        language = "en" if incoming.client_language.lower().startswith("en") else "fr"
        return Person(language, "vous")
    place = OpenDialogue(visitor.step, welcome.DIALOGUE.version)
    return Person(visitor.language, visitor.form, focus="welcome", dialogues={"welcome": place})


def _invitation(visitor: VisitorRecord | None, incoming: Incoming) -> str | None:
    """The digest of the code with which they came, now or before."""
    if incoming.kind is Kind.COMMAND and incoming.command == "start" and incoming.text:
        return teams.digest(incoming.text)
    return visitor.invitation if visitor is not None else None


def _keep_visitor(
    conn: Connection,
    visitor: VisitorRecord | None,
    turn: Turn,
    incoming: Incoming,
    code: str | None,
    now: datetime,
) -> None:
    place = welcome.DIALOGUE.open(turn)
    person = turn.person
    if visitor is None:
        people.create_visitor(
            conn,
            telegram_id=incoming.telegram_id,
            chat_id=incoming.chat_id,
            language=person.language,
            form=person.form,
            step=place.state,
            expires_at=now + VISIT,
            invitation=code,
        )
        return
    people.update_visitor(
        conn,
        incoming.telegram_id,
        language=person.language,
        form=person.form,
        step=place.state,
        expires_at=now + VISIT,
        invitation=code,
    )


def _become_person(
    conn: Connection, turn: Turn, incoming: Incoming, code: str | None, now: datetime
) -> Saved:
    person = turn.person
    person_id, _ = people.create_person(
        conn,
        now,
        telegram_id=incoming.telegram_id,
        chat_id=incoming.chat_id,
        language=person.language,
        form=person.form,
        profile=person.profile,
    )
    record = people.load_person(conn, person_id)
    if record is None:
        raise LookupError("the profile that was just made is not there")
    turn.effects = [effect for effect in turn.effects if not isinstance(effect, BecomePerson)]
    if code is not None and turn.invitation is not None:
        counsellor.offer(turn)
    return save(conn, record, turn, now=now, pressed_message=incoming.message_id)
