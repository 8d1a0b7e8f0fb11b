"""Answering the press of a button."""

from __future__ import annotations

import json

from aiogram.methods import AnswerCallbackQuery

from bot.sandbox.errors import QUERY_TOO_OLD, bad_request
from bot.sandbox.methods.table import Context, Handler
from bot.telegram.limits import CALLBACK_ANSWER_MAX, utf16_length


def answer_callback_query(context: Context, call: AnswerCallbackQuery) -> bool:
    """Only the first answer is shown; further ones are accepted and have no effect."""
    world = context.world
    if call.text is not None and utf16_length(call.text) > CALLBACK_ANSWER_MAX:
        raise bad_request("MESSAGE_TOO_LONG")
    if call.url is not None and not call.url.startswith((f"https://t.me/{_username(context)}", "tg://")):
        raise bad_request("URL_INVALID")
    row = world.store.row("SELECT * FROM callbacks WHERE id = ?", call.callback_query_id)
    if row is None or row["expires_at"] <= world.clock.now().timestamp():
        raise bad_request(QUERY_TOO_OLD)
    if row["answer"] is None:
        answer = {"text": call.text, "show_alert": bool(call.show_alert), "url": call.url}
        world.store.run("UPDATE callbacks SET answer = ? WHERE id = ?", json.dumps(answer), row["id"])
        world.event("answer", query_id=row["id"], user_id=row["user_id"], chat_id=row["chat_id"], **answer)
    return True


def _username(context: Context) -> str:
    return str(context.world.chats.user(context.world.bot_id)["username"])


HANDLERS: dict[str, Handler] = {"answerCallbackQuery": answer_callback_query}
