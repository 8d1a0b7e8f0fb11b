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
from aiogram.types import InlineKeyboardMarkup, InputFile, LinkPreviewOptions
from aiohttp import FormData

CALL_SECONDS: Final = 20.0  # patience for one call; beyond, a message counts as perhaps delivered
CONNECTIONS: Final = 100


_KEPT: Final[dict[Any, Any]] = {}


class Session(AiohttpSession):
    """aiogram's session, except that proxies which answer with a page instead of JSON are understood.

    It also holds on to the types of answers: pydantic keeps `Response[...]` only while somebody does, and makes it anew
    otherwise, for eight milliseconds.
    """

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

    def build_form_data(self, bot: Bot, method: TelegramMethod[TelegramType]) -> FormData:
        """As aiogram does, but field by field where there are buttons: it goes through each of them, in Python."""
        if not isinstance(getattr(method, "reply_markup", None), InlineKeyboardMarkup):
            return super().build_form_data(bot, method)
        form, files = FormData(quote_fields=False), dict[str, InputFile]()
        for name, value in method:
            if value is None:
                continue
            if isinstance(value, InlineKeyboardMarkup | LinkPreviewOptions):
                prepared = value.model_dump_json(exclude_none=True, exclude_unset=True, warnings=False)
            else:
                prepared = self.prepare_value(value, bot=bot, files=files)
            if prepared:
                form.add_field(name, prepared)
        for key, file in files.items():
            form.add_field(key, file.read(bot), filename=file.filename or key)
        return form

    def check_response(
        self, bot: Bot, method: TelegramMethod[TelegramType], status_code: int, content: str
    ) -> Response[TelegramType]:
        if status_code >= HTTPStatus.INTERNAL_SERVER_ERROR:
            raise TelegramServerError(method=method, message=f"HTTP {status_code}")
        if status_code == HTTPStatus.TOO_MANY_REQUESTS and not content.lstrip().startswith("{"):
            raise TelegramRetryAfter(method=method, message="HTTP 429", retry_after=1)
        expected = method.__returning__
        if expected not in _KEPT:
            _KEPT[expected] = Response[expected]  # type: ignore[valid-type]
        return super().check_response(bot, method, status_code, content)


def make_bot(token: str, api_url: str, **session: Any) -> Bot:
    """A bot that talks to the Bot API server at `api_url` (Telegram's, a self-hosted one, or the sandbox)."""
    server = TelegramAPIServer.from_base(api_url)
    return Bot(token, session=Session(api=server, timeout=CALL_SECONDS, limit=CONNECTIONS, **session))
