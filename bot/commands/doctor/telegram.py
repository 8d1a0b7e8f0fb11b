"""Checks that ask Telegram: the token, the webhook, the clock."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any
from urllib.parse import urlsplit

import aiohttp

from bot.commands.doctor import checks
from bot.commands.doctor.checks import Check, fail, ok, several, warn
from bot.settings import Settings

PATIENCE_SECONDS = 10
MANY_UPDATES = 100


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back: the HTTP status, the JSON object, and how far this machine's clock is ahead, in seconds."""

    status: int
    body: dict[str, Any]
    seconds_ahead: float | None


async def check_telegram(settings: Settings) -> list[Check]:
    """Ask who the bot is and where its updates go. Bob, if he runs, is not disturbed: nothing polls."""
    host = urlsplit(settings.telegram_api_url).hostname
    try:
        async with aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(PATIENCE_SECONDS)) as session:
            me = await ask(session, settings, "getMe")
            hook = await ask(session, settings, "getWebhookInfo")
    except (aiohttp.ClientError, TimeoutError):
        return [
            fail(
                "token",
                f"{host} cannot be reached: check the network, a proxy, and TELEGRAM_API_URL if you set it",
            )
        ]
    except ValueError:
        return [fail("token", f"{host} does not answer as a Bot API server does: check TELEGRAM_API_URL")]
    found = [_token(me, host)]
    if found[0].status == "ok":
        found.append(_webhook(hook))
    if me.seconds_ahead is not None:
        found.append(checks.clock(me.seconds_ahead, str(host)))
    return found


async def ask(
    session: aiohttp.ClientSession, settings: Settings, method: str, **parameters: int | None
) -> Answer:
    """One call. The address holds the token: no error's own words leave this file."""
    assert settings.bot_token is not None
    url = f"{settings.telegram_api_url}/bot{settings.bot_token.get_secret_value()}/{method}"
    before = datetime.now(UTC)
    given = {name: str(value) for name, value in parameters.items()}
    async with session.get(url, params=given, allow_redirects=False) as response:
        after = datetime.now(UTC)
        body = json.loads(await response.read())
        if not isinstance(body, dict):
            raise ValueError("not an object")
        return Answer(response.status, body, _seconds_ahead(response.headers.get("Date"), before, after))


def _seconds_ahead(date: str | None, before: datetime, after: datetime) -> float | None:
    """The answer's date, which tells whole seconds, against the middle of the call."""
    try:
        told = parsedate_to_datetime(date or "")
    except ValueError:
        return None
    here = before + (after - before) / 2
    return (here - told.astimezone(UTC)).total_seconds()


def _token(me: Answer, host: str | None) -> Check:
    if me.status in (401, 404):
        return fail(
            "token",
            f"{host} does not know this BOT_TOKEN: copy it again from @BotFather (/mybots, API Token)",
        )
    if me.status != 200 or not isinstance(me.body.get("result"), dict):
        return fail("token", f"{host} answers {me.status}: try again in a few minutes")
    return ok("token", f"@{me.body['result'].get('username')} at {host}")


def _webhook(hook: Answer) -> Check:
    unseen = "whether another program polls is not asked, since asking would interrupt a Bob that runs"
    result = hook.body.get("result")
    if hook.status != 200 or not isinstance(result, dict):
        return warn("webhook", f"Telegram answers {hook.status}: try again in a few minutes")
    if result.get("url"):
        where = urlsplit(str(result["url"])).hostname or "an unknown host"
        return fail(
            "webhook",
            f"this bot's updates go to a webhook at {where}: stop that program, then start Bob with --take-over, "
            "which removes the webhook",
        )
    pending = int(result.get("pending_update_count", 0))
    waiting = f"{several(pending, 'update')} in Telegram's queue"
    if pending > MANY_UPDATES:
        return warn("webhook", f"none is set, but {waiting}: is Bob running? {unseen}")
    return ok("webhook", f"none is set, {waiting}; {unseen}")
