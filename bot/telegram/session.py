"""The HTTP session to Telegram: sensible patience, and 5xx answers known as such whatever their body."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any, Final

from aiogram import Bot
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.exceptions import ClientDecodeError, TelegramRetryAfter, TelegramServerError
from aiogram.methods import Response, TelegramMethod
from aiogram.methods.base import TelegramType

CALL_SECONDS: Final = 20.0  # patience for one call; beyond, a message counts as perhaps delivered
CONNECTIONS: Final = 100


class Session(AiohttpSession):
    """aiogram's session, except that proxies which answer with a page instead of JSON are understood."""

    async def make_request(
        self,
        bot: Bot,
        method: TelegramMethod[TelegramType],
        timeout: int | None = None,  # noqa: ASYNC109 (aiogram's own signature)
    ) -> TelegramType:
        try:
            return await super().make_request(bot, method, timeout)
        except UnicodeDecodeError as error:
            raise ClientDecodeError("the answer is not text", error, "") from error

    def check_response(
        self, bot: Bot, method: TelegramMethod[TelegramType], status_code: int, content: str
    ) -> Response[TelegramType]:
        if status_code >= HTTPStatus.INTERNAL_SERVER_ERROR:
            raise TelegramServerError(method=method, message=f"HTTP {status_code}")
        if status_code == HTTPStatus.TOO_MANY_REQUESTS and not content.lstrip().startswith("{"):
            raise TelegramRetryAfter(method=method, message="HTTP 429", retry_after=1)
        return super().check_response(bot, method, status_code, content)


def make_bot(token: str, api_url: str, **session: Any) -> Bot:
    """A bot that talks to the Bot API server at `api_url` (Telegram's, a self-hosted one, or the sandbox)."""
    server = TelegramAPIServer.from_base(api_url)
    return Bot(token, session=Session(api=server, timeout=CALL_SECONDS, limit=CONNECTIONS, **session))
