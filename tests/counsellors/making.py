"""Teams, groups, counsellors and people whom they follow, as a test wants them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection

from bot.counsellors import linking
from bot.dialogs.following import LINES
from storage import invitations, links, relays, teams
from storage.links import LinkRow
from storage.words import WordsTo

NOW = datetime(2026, 3, 2, 8, 30, tzinfo=UTC)
"""Monday, 9:30 in Paris."""


@dataclass(frozen=True, slots=True)
class MadeTeam:
    """A team with its group and its counsellors, all of whom have joined, by name."""

    id: str
    chat_id: int
    counsellors: dict[str, int]
    telegram: dict[str, int]


def make_team(
    conn: Connection,
    name: str,
    chat_id: int,
    counsellors: dict[str, int],
    *,
    is_forum: bool = True,
    language: str = "fr",
    now: datetime = NOW,
) -> MadeTeam:
    """A team whose group is active. `counsellors`: the Telegram id of each, by name."""
    team_id, code = teams.create_team(conn, name, now, language=language, time_zone="Europe/Paris")
    assert teams.activate(conn, code, chat_id, now, is_forum=is_forum) is not None
    made = {}
    for who, telegram_id in counsellors.items():
        made[who], personal = teams.add_counsellor(conn, team_id, who)
        assert teams.join(conn, personal, telegram_id, now) is not None
    return MadeTeam(team_id, chat_id, made, counsellors)


def follow(
    conn: Connection,
    person_id: str,
    team: MadeTeam,
    counsellor: str,
    *,
    thread_id: int | None = None,
    card_message: int | None = None,
    shown: tuple[str, ...] = LINES,
    initial: str = "M",
    words_to: WordsTo = "topic",
    now: datetime = NOW,
) -> LinkRow:
    """The person agrees to an invitation; with `thread_id`, Telegram has made the topic already."""
    invited = invitations.make(conn, team.counsellors[counsellor], now, datetime(2030, 1, 1, tzinfo=UTC))
    link = linking.agree(
        conn,
        person_id,
        teams.digest(invited),
        now,
        shown=shown,
        initial=initial,
        words_to=words_to,
        language="fr",
    )
    assert link is not None
    if thread_id is not None:
        links.save_topic(conn, link.id, thread_id=thread_id, state="open", card_message=card_message)
    return link


def relayed(
    conn: Connection, link: LinkRow, source: tuple[int, int], copy: tuple[int, int], now: datetime = NOW
) -> None:
    """A message of the person that stands in front of the team already. Both: (chat, message)."""
    pair = relays.add(
        conn, link.id, "to_team", now, source=source, to_chat=copy[0], kind="text", outbox_id=None
    )
    assert pair is not None
    relays.delivered(conn, pair, copy[1])


def rows_of(conn: Connection, table: str) -> list[dict[str, Any]]:
    """Everything that a table holds, in the order of its key."""
    found = conn.exec_driver_sql(f'SELECT * FROM "{table}"').mappings()
    return [dict(row) for row in found]
