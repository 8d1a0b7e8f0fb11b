"""Where a message of the bot goes, and whether it may."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from aiogram.types import ReplyParameters

from bot.sandbox.chats import Chat
from bot.sandbox.errors import JSON, ApiError, bad_request, blocked, forbidden
from bot.sandbox.messages import Message
from bot.sandbox.spec import given
from bot.sandbox.world import World
from bot.telegram.limits import GENERAL_TOPIC_ID, QUOTE_MAX, utf16_length

# Parameters of what this sandbox has not: business accounts, channels, ephemeral and inline messages.
NOT_SIMULATED = (
    "business_connection_id",
    "direct_messages_topic_id",
    "suggested_post_parameters",
    "ephemeral_message_parameters",
    "inline_message_id",
    "rich_message",
)


@dataclass(frozen=True)
class Target:
    chat: Chat
    thread_id: int | None
    reply_to: int | None
    quote: JSON | None


def refuse_not_simulated(call: Any) -> None:
    for name in NOT_SIMULATED:
        if given(getattr(call, name, None)) is not None:
            raise ApiError(501, f"Not Implemented: the sandbox does not simulate the parameter {name}")


def reachable(world: World, chat_id: int | str) -> Chat:
    """The chat, if the bot may write there."""
    chat = world.chats.chat(chat_id)
    status = world.chats.status(chat.id, world.bot_id)
    if chat.is_private:
        if status == "kicked":
            raise blocked()
        return chat
    if status == "kicked":
        raise forbidden(f"bot was kicked from the {chat.type} chat")
    if not world.chats.is_present(chat.id, world.bot_id):
        raise forbidden(f"bot is not a member of the {chat.type} chat")
    return chat


def resolve(world: World, call: Any) -> Target:
    """Chat, topic and replied-to message of a call that sends something."""
    refuse_not_simulated(call)
    chat = reachable(world, call.chat_id)
    replied, quote = _replied(world, chat, getattr(call, "reply_parameters", None))
    thread_id: int | None = call.message_thread_id
    if replied is not None:
        if thread_id is not None and replied.thread_id != thread_id:
            raise ApiError(501, "Not Implemented: the sandbox does not simulate replies across topics")
        thread_id = replied.thread_id
    if thread_id is not None:
        check_thread(world, chat, thread_id)
    return Target(chat, thread_id, replied.message_id if replied else None, quote)


def check_thread(world: World, chat: Chat, thread_id: int) -> None:
    """The topic exists and takes messages of the bot. The general topic has no id that could be given."""
    topic = world.chats.topic(chat.id, thread_id)
    if thread_id == GENERAL_TOPIC_ID or topic is None:
        raise bad_request("message thread not found")
    if topic.closed and not world.chats.has_right(chat.id, world.bot_id, "can_manage_topics"):
        raise bad_request("TOPIC_CLOSED")


def _replied(
    world: World, chat: Chat, parameters: ReplyParameters | None
) -> tuple[Message | None, JSON | None]:
    if parameters is None:
        return None, None
    if parameters.chat_id is not None and world.chats.chat(parameters.chat_id).id != chat.id:
        raise ApiError(501, "Not Implemented: the sandbox does not simulate replies across chats")
    if parameters.message_id is None:
        raise bad_request("message identifier is not specified")
    message = world.messages.find(chat.id, parameters.message_id)
    if message is None or (message.is_service and "forum_topic_created" not in message.content):
        if given(parameters.allow_sending_without_reply):
            return None, None
        raise bad_request("message to be replied not found")
    return message, _quote(message, parameters.quote)


def _quote(message: Message, quote: str | None) -> JSON | None:
    if quote is None:
        return None
    source = message.content.get("text") or message.content.get("caption") or ""
    if utf16_length(quote) > QUOTE_MAX or quote not in source:
        raise bad_request("QUOTE_TEXT_INVALID")
    return {"text": quote, "position": utf16_length(source[: source.index(quote)])}
