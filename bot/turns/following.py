"""A person and the teams that follow them: loaded for a turn, and what the turn changes carried out."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

from sqlalchemy import Connection

from bot.counsellors import card, linking
from bot.counsellors.messages import albums, answering, places, relay_edits, relay_to_team, taking_back
from bot.counsellors.messages.words import of_incoming
from bot.counsellors.needs import asking
from bot.dialogs import call_me, counsellor, counsellor_offer, handing_on
from bot.dialogs.effects import (
    AgreeToTeam,
    AskForCall,
    AskForHuman,
    ChangeSharing,
    Effect,
    LeaveTeam,
    OfferCall,
    SendToTopic,
    TakeBack,
    WriteToTeam,
)
from bot.dialogs.following import FollowedBy, Invitation
from bot.dialogs.incoming import Incoming, Kind
from bot.dialogs.texts import Voice
from bot.dialogs.turn import Turn
from storage import audit, invitations, links, people, relays, teams
from storage.links import LinkRow
from storage.people import PersonRecord
from storage.teams import TeamRow

TO_TEAM = (
    AgreeToTeam, AskForCall, AskForHuman, ChangeSharing, LeaveTeam, OfferCall, SendToTopic, TakeBack, WriteToTeam,
)  # fmt: skip
"""Effects that are carried out here."""


def load(
    conn: Connection,
    record: PersonRecord,
    turn: Turn,
    now: datetime,
    incoming: Incoming | None = None,
    *,
    with_offer: bool = True,
) -> None:
    """Put into the turn who follows the person, and the offer that waits or that this event opens.

    Without `with_offer`, an offer that waits is left out: plain questions do not come to it.
    """
    place = record.dialogues.get(counsellor.DIALOGUE.name)
    if (
        incoming is not None
        and incoming.kind is Kind.COMMAND
        and incoming.command == "start"
        and incoming.text
    ):
        code = teams.digest(incoming.text)
    else:
        code = str(place.data.get("invitation", "")) if place is not None and with_offer else ""
    if code:
        turn.invitation = invitation_of(conn, code, turn.person.voice, now, record)
    if place is None:
        return
    zone = ZoneInfo(record.profile.time_zone)
    turn.followed_by = tuple(_view(conn, link, now, zone) for link in links.of_person(conn, record.id))
    if incoming is not None and incoming.reply_to is not None:
        pair = relays.of_message(conn, incoming.chat_id, incoming.reply_to)
        mine = {one.link for one in turn.followed_by}
        turn.answered_link = pair.link_id if pair is not None and pair.link_id in mine else None


def invitation_of(
    conn: Connection, code_digest: str, voice: Voice, now: datetime, record: PersonRecord | None = None
) -> Invitation | None:
    """An invitation as the person sees it; None when it was used, has expired, or is none."""
    row = invitations.of_code(conn, code_digest)
    if row is None or row.uses_left <= 0 or row.expires_at <= now:
        return None
    team, who = teams.team_of(conn, row.team_id), teams.counsellor_of(conn, row.counsellor_id)
    if team is None or who is None:
        return None
    shown: tuple[tuple[str, str], ...] = ()
    if record is not None:
        shown = card.preview(conn, record, who.name, ZoneInfo(team.time_zone), voice, now)
    names = tuple(one.name for one in teams.members(conn, team.id))
    return Invitation(code_digest, team.name, who.name, names, who.answer_days, shown)


def _view(conn: Connection, link: LinkRow, now: datetime, person_zone: ZoneInfo) -> FollowedBy:
    team, who = teams.team_of(conn, link.team_id), teams.counsellor_of(conn, link.counsellor_id)
    assert team is not None, "a link goes with its team"
    assert who is not None, "a link goes with its counsellor"
    zone = ZoneInfo(team.time_zone)
    covering = link.covering(now.astimezone(zone).date())
    cover = teams.counsellor_of(conn, covering) if covering is not None else None
    if cover is not None and cover.left_at is not None:
        cover = None
    seen = FollowedBy(
        link.id,
        team.name,
        who.name,
        tuple(one.name for one in teams.members(conn, team.id)),
        (cover or who).answer_days,
        tuple(link.shown),
        link.words_to,
        link.linked_at.astimezone(zone).date(),
        link.receipt,
        back=_back(conn, link, team, now, person_zone),
        obstacle=places.obstacle(conn, link, now),
    )
    if cover is None:
        return replace(seen, gone=who.left_at is not None)
    return replace(seen, cover=cover.name, cover_until=link.cover_until)


def _back(
    conn: Connection, link: LinkRow, team: TeamRow, now: datetime, person_zone: ZoneInfo
) -> datetime | None:
    """When who answers works again, on the person's wall clock; None while they work."""
    hours = answering.hours_for(conn, link, team, now)
    at = None if hours.is_working(now) else hours.next_working(now)
    return None if at is None else at.astimezone(person_zone).replace(tzinfo=None)


def carry_out(
    conn: Connection,
    record: PersonRecord,
    turn: Turn,
    effect: Effect,
    incoming: Incoming | None,
    now: datetime,
) -> None:
    """One of the effects of `TO_TEAM`."""
    match effect:
        case AgreeToTeam():
            _agree(conn, record.id, turn, effect, now)
        case ChangeSharing(link_id, shown, words_to):
            link = _own(conn, record.id, link_id)
            if link is not None:
                to = "private" if words_to == "private" else "topic"
                linking.change(conn, link, now, shown=shown, words_to=to)  # type: ignore[arg-type]
        case LeaveTeam(link_id):
            link = _own(conn, record.id, link_id)
            if link is not None:
                linking.leave(conn, link, now)
        case WriteToTeam(link_id):
            link = _own(conn, record.id, link_id)
            if link is not None and incoming is not None and incoming.sent_id is not None:
                relay_to_team.send(conn, link, of_incoming(incoming), now, reply_to=incoming.reply_to)
        case TakeBack(link_id, message):
            link = _own(conn, record.id, link_id)
            if link is not None:
                handing_on.taken_back(turn, taking_back.by_person(conn, link.id, message, now))
        case SendToTopic(link_id, message):
            link = _own(conn, record.id, link_id)
            if link is not None:
                sent = relay_to_team.send_again(conn, link, message, now)
                zone = ZoneInfo(record.profile.time_zone)
                handing_on.sent_to_topic(turn, _view(conn, link, now, zone), message, sent=sent)
        case AskForHuman(link_id):
            link = _own(conn, record.id, link_id)
            if link is not None:
                asking.for_human(conn, link, now)
        case OfferCall():
            _offer_call(conn, record.id, turn, now)
        case AskForCall(link_id):
            _ask_for_call(conn, record.id, turn, link_id, now)


def _offer_call(conn: Connection, person_id: str, turn: Turn, now: datetime) -> None:
    """After words of distress: a call by each counsellor who acts for the person, if they want one."""
    for link in links.of_person(conn, person_id):
        acting = asking.who_acts(conn, link, now)
        if acting is not None:
            call_me.offer(turn, link.id, acting.name)


def _ask_for_call(conn: Connection, person_id: str, turn: Turn, link_id: int, now: datetime) -> None:
    asked = asking.for_call(conn, person_id, link_id, now)
    if asked is None:
        call_me.nobody(turn)
        return
    later = asked.at is not None and asked.at > now
    local = asked.at.astimezone(ZoneInfo(turn.profile.time_zone)) if later and asked.at else None
    call_me.asked(turn, asked.counsellor, local and local.replace(tzinfo=None))


def _own(conn: Connection, person_id: str, link_id: int) -> LinkRow | None:
    link = links.by_id(conn, link_id)
    return link if link is not None and link.person_id == person_id else None


def _agree(conn: Connection, person_id: str, turn: Turn, effect: AgreeToTeam, now: datetime) -> None:
    link = linking.agree(
        conn,
        person_id,
        effect.invitation,
        now,
        shown=effect.shown,
        initial=effect.initial,
        words_to="private" if effect.words_to == "private" else "topic",
        language=turn.person.language,
    )
    zone = ZoneInfo(turn.profile.time_zone)
    counsellor_offer.agreed(turn, _view(conn, link, now, zone) if link is not None else None)


def edited_for_team(conn: Connection, incoming: Incoming, now: datetime) -> bool:
    """An edited message that was handed on to a team: the copy follows. Whether it was one."""
    if incoming.kind is not Kind.EDITED or incoming.sent_id is None:
        return False
    return relay_edits.by_person(conn, of_incoming(incoming), now)


def more_of_album(conn: Connection, incoming: Incoming, now: datetime) -> bool:
    """One more message of an album that was handed on to a team: it follows. Whether it is one."""
    if incoming.album is None or incoming.sent_id is None or incoming.kind is Kind.EDITED:
        return False
    return albums.more(conn, of_incoming(incoming), "to_team", now)


def remember(conn: Connection, person_id: str, code: str, now: datetime) -> Invitation | None:
    """Somebody new came with an invitation: their record is there now; the offer waits for the end of the questions."""
    record = people.load_person(conn, person_id)
    assert record is not None
    audit.note(conn, person_id, "came by an invitation", now)
    return invitation_of(conn, code, Voice(record.language, record.form), now, record)
