"""Teams, their groups, their counsellors and the codes by which each comes in."""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, bindparam, func, insert, select, update

from storage.statements import Statement, word
from storage.tables.core import counsellor, hint, team, team_group, topic
from storage.words import DigestPlace, GroupState

CODE_LENGTH = 16
"""Characters of a code, of 32 kinds: 80 bits, beyond guessing."""
_ALPHABET = "abcdefghijkmnpqrstuvwxyz23456789"  # without what looks alike on paper: l and 1, o and 0


@dataclass(frozen=True, slots=True)
class TeamRow:
    """A team. `language`: "fr" or "en", of what Bob says in its group."""

    id: str
    name: str
    language: str
    time_zone: str
    digest_place: str
    created_at: datetime


@dataclass(frozen=True, slots=True)
class GroupRow:
    """A Telegram group of a team."""

    chat_id: int
    team_id: str
    is_forum: bool
    state: GroupState
    activated_at: datetime


@dataclass(frozen=True, slots=True)
class CounsellorRow:
    """A member of a team; `telegram_id` is None until they presented their code. Hours: local to the team."""

    id: int
    team_id: str
    name: str
    telegram_id: int | None
    audit_key: str
    answer_days: int
    hours_from: int
    hours_until: int
    work_days: str
    joined_at: datetime | None
    left_at: datetime | None


_TEAM = (team.c.id, team.c.name, team.c.language, team.c.time_zone, team.c.digest_place, team.c.created_at)
_GROUP = tuple(team_group.c)
_COUNSELLOR = tuple(column for column in counsellor.c if column.name != "code_digest")

_ADD_TEAM = Statement(insert(team))
_TEAM_BY_ID = Statement(select(*_TEAM).where(team.c.id == bindparam("of")))
_TEAM_BY_CODE = Statement(select(*_TEAM).where(team.c.code_digest == bindparam("code")))
_TEAMS = Statement(select(*_TEAM).order_by(team.c.created_at, team.c.id))
_SET_TEAM_CODE = Statement(
    update(team).where(team.c.id == bindparam("of")).values(code_digest=bindparam("code"))
)
_SET_DIGEST = Statement(
    update(team).where(team.c.id == bindparam("of")).values(digest_place=bindparam("place"))
)
_ADD_GROUP = Statement(
    lambda insert_into: (new := insert_into(team_group)).on_conflict_do_update(
        index_elements=["chat_id"],
        set_={name: new.excluded[name] for name in ("is_forum", "state")},
        where=team_group.c.team_id == new.excluded.team_id,
    )
)
_GROUP_BY_CHAT = Statement(select(*_GROUP).where(team_group.c.chat_id == bindparam("chat")))
_GROUPS = Statement(
    select(*_GROUP).where(team_group.c.team_id == bindparam("of")).order_by(team_group.c.activated_at)
)
_SET_GROUP = Statement(
    update(team_group)
    .where(team_group.c.chat_id == bindparam("chat"))
    .values(state=bindparam("to_state"), is_forum=bindparam("forum"))
)
_ROOMIEST = Statement(
    select(*_GROUP)
    .select_from(team_group.outerjoin(topic, topic.c.chat_id == team_group.c.chat_id))
    .where(team_group.c.team_id == bindparam("of"), team_group.c.state == word("active"))
    .group_by(*_GROUP)
    .order_by(func.count(topic.c.link_id), team_group.c.activated_at)
    .limit(1)
)
_ADD_COUNSELLOR = Statement(insert(counsellor).returning(counsellor.c.id))
_COUNSELLOR_BY_ID = Statement(select(*_COUNSELLOR).where(counsellor.c.id == bindparam("of")))
_COUNSELLOR_BY_CODE = Statement(select(*_COUNSELLOR).where(counsellor.c.code_digest == bindparam("code")))
_PRESENT = (counsellor.c.telegram_id == bindparam("telegram"), counsellor.c.left_at.is_(None))
_MEMBER = Statement(select(*_COUNSELLOR).where(*_PRESENT, counsellor.c.team_id == bindparam("in_team")))
_MEMBERSHIPS = Statement(select(*_COUNSELLOR).where(*_PRESENT).order_by(counsellor.c.id))
_MEMBERS = Statement(
    select(*_COUNSELLOR)
    .where(
        counsellor.c.team_id == bindparam("of"),
        counsellor.c.joined_at.is_not(None),
        counsellor.c.left_at.is_(None),
    )
    .order_by(counsellor.c.name, counsellor.c.id)
)
_JOIN = Statement(
    update(counsellor)
    .where(counsellor.c.id == bindparam("of"), counsellor.c.joined_at.is_(None))
    .values(telegram_id=bindparam("telegram"), code_digest=None, joined_at=bindparam("now"))
)
_LEAVE = Statement(
    update(counsellor)
    .where(counsellor.c.id == bindparam("of"), counsellor.c.left_at.is_(None))
    .values(telegram_id=None, code_digest=None, left_at=bindparam("now"))
)
_SET_HOURS = Statement(
    update(counsellor)
    .where(counsellor.c.id == bindparam("of"))
    .values(
        hours_from=bindparam("first"),
        hours_until=bindparam("last"),
        work_days=bindparam("on_days"),
        answer_days=bindparam("within"),
    )
)
_HINT = Statement(lambda insert_into: insert_into(hint).on_conflict_do_nothing())


def new_code() -> str:
    """A code that nobody guesses; it is shown once, only its digest is kept."""
    return "".join(secrets.choice(_ALPHABET) for _ in range(CODE_LENGTH))


def digest(code: str) -> str:
    """How a code is kept: SHA-256 in hexadecimal, of what was typed in whatever case and grouping."""
    plain = "".join(letter for letter in code.lower() if letter.isalnum())
    return hashlib.sha256(plain.encode()).hexdigest()


def create_team(
    conn: Connection, name: str, now: datetime, *, language: str, time_zone: str
) -> tuple[str, str]:
    """Make a team; its id, and the code that activates a group for it."""
    team_id, code = secrets.token_hex(8), new_code()
    _ADD_TEAM.count(
        conn,
        id=team_id,
        name=name,
        language=language,
        time_zone=time_zone,
        code_digest=digest(code),
        digest_place="group",
        created_at=now,
    )
    return team_id, code


def renew_team_code(conn: Connection, team_id: str) -> str:
    """A fresh activation code, for one more group of the team; the one before holds no more."""
    code = new_code()
    _SET_TEAM_CODE.count(conn, of=team_id, code=digest(code))
    return code


def set_digest_place(conn: Connection, team_id: str, place: DigestPlace) -> None:
    """Where the team's morning digest goes: its group, each counsellor's private chat, or nowhere."""
    _SET_DIGEST.count(conn, of=team_id, place=place)


def team_of(conn: Connection, team_id: str) -> TeamRow | None:
    """The team of this id."""
    found = _TEAM_BY_ID.row(conn, of=team_id)
    return None if found is None else TeamRow(*found)


def teams(conn: Connection) -> list[TeamRow]:
    """All teams, oldest first."""
    return [TeamRow(*row) for row in _TEAMS.rows(conn)]


def activate(conn: Connection, code: str, chat_id: int, now: datetime, *, is_forum: bool) -> TeamRow | None:
    """Bind a group to the team of this code, which is used up; None when no team has it, or the group is another's."""
    found = _TEAM_BY_CODE.row(conn, code=digest(code))
    if found is None:
        return None
    mine = TeamRow(*found)
    values = {"team_id": mine.id, "is_forum": is_forum, "state": "active", "activated_at": now}
    if _ADD_GROUP.count(conn, chat_id=chat_id, **values) == 0:
        return None
    _SET_TEAM_CODE.count(conn, of=mine.id, code=None)
    return mine


def group(conn: Connection, chat_id: int) -> GroupRow | None:
    """The group of this chat, of whichever team."""
    found = _GROUP_BY_CHAT.row(conn, chat=chat_id)
    return None if found is None else GroupRow(*found)


def groups(conn: Connection, team_id: str) -> list[GroupRow]:
    """The groups of a team, oldest first."""
    return [GroupRow(*row) for row in _GROUPS.rows(conn, of=team_id)]


def roomiest_group(conn: Connection, team_id: str) -> GroupRow | None:
    """The active group of the team with the fewest topics; None while it has no group."""
    found = _ROOMIEST.row(conn, of=team_id)
    return None if found is None else GroupRow(*found)


def set_group(conn: Connection, chat_id: int, *, state: GroupState, is_forum: bool) -> None:
    """Note that a group was lost or came back, or has topics now."""
    _SET_GROUP.count(conn, chat=chat_id, to_state=state, forum=is_forum)


def add_counsellor(conn: Connection, team_id: str, name: str) -> tuple[int, str]:
    """A member to be: their id, and the personal code by which they join."""
    code = new_code()
    values: dict[str, Any] = {
        "team_id": team_id,
        "name": name,
        "telegram_id": None,
        "code_digest": digest(code),
        "audit_key": secrets.token_hex(16),
        "answer_days": 2,
        "hours_from": 9,
        "hours_until": 18,
        "work_days": "12345",
        "joined_at": None,
        "left_at": None,
    }
    return int(_ADD_COUNSELLOR.value(conn, **values)), code


def join(conn: Connection, code: str, telegram_id: int, now: datetime) -> CounsellorRow | None:
    """The member whose code this is joins under that Telegram id; None for a code that is none, or used.

    Somebody who is in that team already stays who they are: their own row is returned, and the code stays unused.
    """
    found = _COUNSELLOR_BY_CODE.row(conn, code=digest(code))
    if found is None:
        return None
    invited = CounsellorRow(*found)
    if (already := member(conn, invited.team_id, telegram_id)) is not None:
        return already
    if _JOIN.count(conn, of=invited.id, telegram=telegram_id, now=now) == 0:
        return None
    return counsellor_of(conn, invited.id)


def leave(conn: Connection, counsellor_id: int, now: datetime) -> bool:
    """They are in the team no more: access stops at once. Their name stays for those who were followed by them."""
    return _LEAVE.count(conn, of=counsellor_id, now=now) == 1


def counsellor_of(conn: Connection, counsellor_id: int) -> CounsellorRow | None:
    """The counsellor of this id, gone ones too."""
    found = _COUNSELLOR_BY_ID.row(conn, of=counsellor_id)
    return None if found is None else CounsellorRow(*found)


def member(conn: Connection, team_id: str, telegram_id: int) -> CounsellorRow | None:
    """The present member of that team with this Telegram id."""
    found = _MEMBER.row(conn, in_team=team_id, telegram=telegram_id)
    return None if found is None else CounsellorRow(*found)


def memberships(conn: Connection, telegram_id: int) -> list[CounsellorRow]:
    """Who this Telegram id is in every team: empty for anybody who is no counsellor."""
    return [CounsellorRow(*row) for row in _MEMBERSHIPS.rows(conn, telegram=telegram_id)]


def members(conn: Connection, team_id: str) -> list[CounsellorRow]:
    """The present members of a team, by name."""
    return [CounsellorRow(*row) for row in _MEMBERS.rows(conn, of=team_id)]


def set_hours(
    conn: Connection, counsellor_id: int, *, first: int, last: int, work_days: str, answer_days: int
) -> None:
    """When they answer: hours of the team's wall clock, ISO weekdays, and within how many working days."""
    _SET_HOURS.count(conn, of=counsellor_id, first=first, last=last, on_days=work_days, within=answer_days)


def hint_once(conn: Connection, counsellor_id: int, what: str) -> bool:
    """Whether this is still to be explained to the counsellor; from now on it is not."""
    return _HINT.count(conn, counsellor_id=counsellor_id, what=what) == 1
