"""Checks before the first poll. Each that fails stops Bob with one sentence that says what to do."""

from __future__ import annotations

import logging
from collections.abc import Coroutine
from pathlib import Path
from typing import Any, Final, TypeVar
from urllib.parse import urlsplit

from aiogram import Bot
from aiogram.exceptions import (
    AiogramError,
    ClientDecodeError,
    TelegramConflictError,
    TelegramNetworkError,
    TelegramNotFound,
    TelegramRetryAfter,
    TelegramServerError,
    TelegramUnauthorizedError,
)
from aiogram.types import User
from sqlalchemy import Connection, make_url

from bot.settings import Settings
from bot.telegram.polling import GetRawUpdates
from storage import meta, migrations
from storage.engine import Store

log = logging.getLogger(__name__)

CALL_SECONDS: Final = 15
PROBE_SECONDS: Final = 2  # a program that polls already asks again within this time
BOT_ID: Final = "bot_id"
T = TypeVar("T")


class StartupError(Exception):
    """Bob cannot start; the text is one sentence for the person who runs him. It holds no secret."""


def open_store(settings: Settings) -> Store:
    """Open the database, brought up to date when it is Bob's own file; a server's is upgraded by its keeper.

    Raises StartupError, or the storage's own errors (sentences as well).
    """
    url = settings.database_url.get_secret_value()
    parsed = make_url(url)
    if parsed.get_backend_name() == "sqlite":
        if parsed.database and parsed.database != ":memory:":
            Path(parsed.database).parent.mkdir(parents=True, exist_ok=True)
            migrations.upgrade(url)
    elif migrations.check(url) == "behind":
        raise StartupError("The database is older than this Bob: run `bob db upgrade`, then start again.")
    return Store(url)


async def check(
    bot: Bot, store: Store, *, take_over: bool = False, probe_seconds: int = PROBE_SECONDS
) -> User:
    """Make sure that this bot may poll, with this database; returns who the bot is.

    `take_over` removes a webhook that is set elsewhere. Raises StartupError.
    """
    me = await _asked(bot.get_me(request_timeout=CALL_SECONDS), bot)
    await store.run(_refuse_another_bot, me.id)
    hook = await _asked(bot.get_webhook_info(request_timeout=CALL_SECONDS), bot)
    if hook.url:
        host = urlsplit(hook.url).hostname or "an unknown host"
        if not take_over:
            raise StartupError(
                f"This bot's updates go to a webhook at {host}: stop that program, then start Bob with "
                "--take-over, which removes the webhook."
            )
        await _asked(bot.delete_webhook(drop_pending_updates=False, request_timeout=CALL_SECONDS), bot)
        log.warning("webhook removed host=%s", host)
    # Without an offset nothing is confirmed: what this finds is fetched again by the loop.
    probe = GetRawUpdates(limit=1, timeout=probe_seconds)
    await _asked(bot(probe, request_timeout=probe_seconds + CALL_SECONDS), bot)
    await store.run(meta.put, BOT_ID, str(me.id))
    return me


def _refuse_another_bot(conn: Connection, bot_id: int) -> None:
    """A database belongs to one bot: to another, its chats and messages mean nothing."""
    known = meta.get(conn, BOT_ID)
    if known is not None and known != str(bot_id):
        raise StartupError(
            f"This database belongs to the bot {known}, but BOT_TOKEN is that of the bot {bot_id}: "
            "use the first bot's token, or give this one its own DATABASE_URL or DATA_DIR."
        )


async def _asked(call: Coroutine[Any, Any, T], bot: Bot) -> T:
    """The answer to a first call, or the sentence for what went wrong."""
    host = urlsplit(bot.session.api.base).hostname
    try:
        return await call
    except (TelegramUnauthorizedError, TelegramNotFound) as error:
        raise StartupError(
            f"{host} does not know this BOT_TOKEN: copy it again from @BotFather (/mybots, API Token)."
        ) from error
    except TelegramConflictError as error:
        raise StartupError(
            "Another program polls with this BOT_TOKEN: stop it (another terminal, server or container), "
            "then start again."
        ) from error
    except TelegramRetryAfter as error:
        raise StartupError(
            f"Telegram asks this bot to wait {error.retry_after} seconds: start again after that."
        ) from error
    except TelegramServerError as error:
        raise StartupError(f"{host} has a fault of its own: start again in a few minutes.") from error
    except TelegramNetworkError as error:
        raise StartupError(
            f"{host} cannot be reached: check the network, a proxy, and TELEGRAM_API_URL if you set it."
        ) from error
    except ClientDecodeError as error:
        raise StartupError(
            f"{host} does not answer as a Bot API server does: check TELEGRAM_API_URL."
        ) from error
    except AiogramError as error:
        raise StartupError(
            f"{host} refuses to work with this bot ({type(error).__name__}): see @BotFather."
        ) from error
