"""The answer to a button press: it stops the button's spinner, with or without words."""

from __future__ import annotations

import logging
from typing import Final

from aiogram import Bot
from aiogram.exceptions import AiogramError
from aiogram.methods import AnswerCallbackQuery

from bot.dialogs.replies import Toast
from bot.telegram.cleaning import clean
from bot.telegram.limits import CALLBACK_ANSWER_MAX, utf16_length
from bot.telegram.splitting import cut

log = logging.getLogger(__name__)

ANSWER_SECONDS: Final = 5  # patience; the messages of the turn wait meanwhile


async def answer_press(bot: Bot, callback_id: str, toast: Toast | None) -> None:
    """Answer once. Too late, or Telegram out of reach: harmless, nothing is tried again."""
    text = clean(toast.text).strip() if toast is not None else ""
    if utf16_length(text) > CALLBACK_ANSWER_MAX:
        text = cut(text, CALLBACK_ANSWER_MAX)[0]
    alert = toast.alert if toast is not None else None
    call = AnswerCallbackQuery(callback_query_id=callback_id, text=text or None, show_alert=alert)
    try:
        await bot(call, request_timeout=ANSWER_SECONDS)
    except AiogramError as error:
        log.info("press not answered error=%s", type(error).__name__)
