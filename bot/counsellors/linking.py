"""A person agrees to be followed, changes what is shown, or leaves: access ends at once, and the topic is deleted."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection

from bot.counsellors import topics
from bot.counsellors.group_text import CounsellorName, said
from bot.counsellors.workshops import seat_answers
from bot.dialogs.following import LINES
from storage import audit, consents, invitations, links, teams
from storage.links import LinkRow
from storage.words import WordsTo

CONSENT_VERSION = "1"
"""Of the preview to which people agree (`bot/locales/counsellor.toml`); a changed one asks again."""


def agree(
    conn: Connection,
    person_id: str,
    code_digest: str,
    now: datetime,
    *,
    shown: tuple[str, ...],
    initial: str,
    words_to: WordsTo,
    language: str,
) -> LinkRow | None:
    """Link the person with the team of an invitation, which is used up; None when it holds no more.

    Somebody whom the team follows already is followed by the counsellor who invited last.
    """
    invitation = invitations.of_code(conn, code_digest)
    if invitation is None or not invitations.use(conn, code_digest, now):
        return None
    lines = [line for line in LINES if line in shown]
    former = next(
        (link for link in links.of_person(conn, person_id) if link.team_id == invitation.team_id), None
    )
    if former is not None:
        links.save(
            conn,
            former.id,
            counsellor_id=invitation.counsellor_id,
            cover_id=None,
            cover_until=None,
            shown=lines,
            initial=initial,
            words_to=words_to,
        )
        link = links.by_id(conn, former.id)
        assert link is not None
    else:
        link = links.create(
            conn,
            person_id,
            invitation.team_id,
            invitation.counsellor_id,
            now,
            shown=lines,
            initial=initial,
            words_to=words_to,
        )
    consents.give(conn, person_id, "sharing", text_version=CONSENT_VERSION, language=language, now=now)
    audit.note(conn, person_id, "linked with a team", now)
    topics.ensure(conn, link, now)
    links.want_card(conn, link.id, now)
    _tell_team(conn, link, now)
    return link


def _tell_team(conn: Connection, link: LinkRow, now: datetime) -> None:
    """A line in General: somebody new is followed."""
    desk, counsellor = topics.desk_of_link(conn, link, now), teams.counsellor_of(conn, link.counsellor_id)
    if desk is not None and counsellor is not None:
        who = CounsellorName(counsellor.name)
        desk.say(said("group.linked", person=topics.label_of(conn, link), who=who), quiet=True)


def change(
    conn: Connection, link: LinkRow, now: datetime, *, shown: tuple[str, ...], words_to: WordsTo
) -> None:
    """What the card shows from now on, and where the person's own words go."""
    links.save(conn, link.id, shown=[line for line in LINES if line in shown], words_to=words_to)
    links.want_card(conn, link.id, now)
    audit.note(conn, link.person_id, "sharing changed", now)


def leave(conn: Connection, link: LinkRow, now: datetime) -> None:
    """The link ends: what the team holds goes, and nobody of it sees or reaches the person any more."""
    seat_answers.leave(conn, link, now)
    topics.delete(conn, link, now)
    links.drop(conn, link.id)
    if not links.of_person(conn, link.person_id):
        consents.revoke(conn, link.person_id, "sharing", now=now)
    audit.note(conn, link.person_id, "left a team", now)


def leave_all(conn: Connection, person_id: str, now: datetime) -> None:
    """Every link of a person ends: they take their agreement back, or everything of theirs is deleted."""
    for link in links.of_person(conn, person_id):
        leave(conn, link, now)
