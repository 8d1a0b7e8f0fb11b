"""Checks of the teams' groups: is Bob there, with the rights that he needs. It asks Telegram, and changes nothing."""

from __future__ import annotations

from typing import Any

import aiohttp
from sqlalchemy import Connection

from bot.commands.doctor.checks import Check, fail, ok, several, warn
from bot.commands.doctor.telegram import PATIENCE_SECONDS, Answer, ask
from bot.settings import Settings
from bot.telegram.group_rights import Fault, faults, gone, moved
from storage import migrations, teams
from storage.engine import Store
from storage.errors import StoreError


async def check_groups(settings: Settings, url: str) -> list[Check]:
    """One line for each fault; one line in all when there is none. Nothing without teams, or without a database."""
    known = _known(url)
    if not known:
        return []
    found: list[Fault] = []
    try:
        async with aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(PATIENCE_SECONDS)) as session:
            for chat_id, where in known:
                found += await _faults(session, settings, chat_id, where)
    except (aiohttp.ClientError, TimeoutError, ValueError):
        return [warn("groups", "Telegram does not answer: whether Bob has his rights there is not known")]
    if not found:
        return [ok("groups", f"Bob is where he should be, with his rights: {several(len(known), 'group')}")]
    return [fail("groups", fault.text) if fault.grave else warn("groups", fault.text) for fault in found]


def _known(url: str) -> list[tuple[int, str]]:
    """(chat, how it is called here) of every group; none when the database is not there or not of this Bob."""
    try:
        if migrations.current(url) != migrations.head():
            return []
        store = Store(url)
        try:
            return store.run_sync(_groups)
        finally:
            store.close()
    except StoreError:
        return []  # what is wrong with the database is told beside


def _groups(conn: Connection) -> list[tuple[int, str]]:
    return [
        (group.chat_id, f"the group {group.chat_id} of the team {team.name}")
        for team in teams.teams(conn)
        for group in teams.groups(conn, team.id)
    ]


async def _faults(
    session: aiohttp.ClientSession, settings: Settings, chat_id: int, where: str
) -> list[Fault]:
    chat = await ask(session, settings, "getChat", chat_id=chat_id)
    member = await ask(session, settings, "getChatMember", chat_id=chat_id, user_id=settings.bot_id)
    for answer in (chat, member):
        if "migrate_to_chat_id" in (answer.body.get("parameters") or {}):
            return [moved(where)]
        if answer.status in (400, 403):
            return [gone(where)]
        if not isinstance(answer.body.get("result"), dict):
            return [Fault(f"Telegram answers {answer.status} about {where}: try again later", grave=False)]
    return faults(where, _result(chat), _result(member))


def _result(answer: Answer) -> dict[str, Any]:
    result: dict[str, Any] = answer.body["result"]
    return result
