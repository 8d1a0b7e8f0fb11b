"""Editing messages that the bot sent."""

from __future__ import annotations

from typing import Any

from aiogram.methods import EditMessageCaption, EditMessageReplyMarkup, EditMessageText

from bot.sandbox.errors import JSON, NOT_MODIFIED, bad_request
from bot.sandbox.keyboards import inline_keyboard
from bot.sandbox.messages import CAPTIONED, Message
from bot.sandbox.methods.content import caption_content, text_content
from bot.sandbox.methods.table import Context, Handler
from bot.sandbox.methods.target import reachable, refuse_not_simulated
from bot.sandbox.spec import missing


def edit_message_text(context: Context, call: EditMessageText) -> JSON:
    message = editable(context, call)
    content = text_content(call)
    if message.kind != "text":
        raise bad_request("there is no text in the message to edit")
    return apply_edit(
        context, message, {**_without(message, "text", "entities", "link_preview_options"), **content}, call
    )


def edit_message_caption(context: Context, call: EditMessageCaption) -> JSON:
    message = editable(context, call)
    content = caption_content(call)
    if message.kind not in CAPTIONED:
        raise bad_request("there is no caption in the message to edit")
    kept = _without(message, "caption", "caption_entities", "show_caption_above_media")
    return apply_edit(context, message, {**kept, **content}, call)


def edit_message_reply_markup(context: Context, call: EditMessageReplyMarkup) -> JSON:
    message = editable(context, call)
    return apply_edit(context, message, message.content, call)


def editable(context: Context, call: Any) -> Message:
    """The message that a call wants to edit; refused when it is not the bot's, or of a kind that stays."""
    refuse_not_simulated(call)
    for name in ("chat_id", "message_id"):
        if getattr(call, name) is None:
            raise missing(name)
    chat = reachable(context.world, call.chat_id)
    message = context.world.messages.find(chat.id, call.message_id)
    if message is None:
        raise bad_request("message to edit not found")
    if message.sender_id != context.world.bot_id or message.is_service or "forward_origin" in message.content:
        raise bad_request("message can't be edited")
    if message.reply_keyboard is not None:
        raise bad_request("message can't be edited")
    return message


def _without(message: Message, *names: str) -> JSON:
    return {key: value for key, value in message.content.items() if key not in names}


def apply_edit(context: Context, message: Message, content: JSON, call: Any) -> JSON:
    """An edit without keyboard takes the keyboard away, as on Telegram."""
    keyboard = inline_keyboard(call.reply_markup)
    content = context.world.with_mentioned(content)
    if content == message.content and keyboard == message.inline_keyboard:
        raise bad_request(NOT_MODIFIED)
    changed = context.world.edit(message, content=content, inline_keyboard=keyboard)
    return context.world.messages.json(changed)


HANDLERS: dict[str, Handler] = {
    "editMessageText": edit_message_text,
    "editMessageCaption": edit_message_caption,
    "editMessageReplyMarkup": edit_message_reply_markup,
}
