"""Pins and reactions."""

from __future__ import annotations

from aiogram.methods import (
    PinChatMessage,
    SetMessageReaction,
    UnpinAllChatMessages,
    UnpinAllForumTopicMessages,
    UnpinChatMessage,
)
from aiogram.types import ReactionTypeEmoji

from bot.sandbox.chats import Chat
from bot.sandbox.errors import bad_request
from bot.sandbox.methods.table import Context, Handler
from bot.sandbox.methods.target import check_thread, reachable, refuse_not_simulated
from bot.sandbox.reactions import is_reaction


def pin_chat_message(context: Context, call: PinChatMessage) -> bool:
    world = context.world
    refuse_not_simulated(call)
    chat = reachable(world, call.chat_id)
    _check_right(context, chat)
    message = world.messages.find(chat.id, call.message_id)
    if message is None or message.is_service:
        raise bad_request("message to pin not found")
    if message.pinned:
        return True
    changed = world.messages.change(message, pinned=1)
    world.show(changed, "change")
    world.service(chat, {"pinned_message": message.message_id}, world.bot_id, message.thread_id)
    return True


def unpin_chat_message(context: Context, call: UnpinChatMessage) -> bool:
    """Without a message: the latest pinned one."""
    world = context.world
    refuse_not_simulated(call)
    chat = reachable(world, call.chat_id)
    _check_right(context, chat)
    if call.message_id is None:
        message = world.messages.last_pinned(chat.id)
    else:
        message = world.messages.find(chat.id, call.message_id)
    if message is None:
        raise bad_request("message to unpin not found")
    if message.pinned:
        world.show(world.messages.change(message, pinned=0), "change")
    return True


def unpin_all_chat_messages(context: Context, call: UnpinAllChatMessages) -> bool:
    chat = reachable(context.world, call.chat_id)
    return _unpin_all(context, chat, None)


def unpin_all_forum_topic_messages(context: Context, call: UnpinAllForumTopicMessages) -> bool:
    chat = reachable(context.world, call.chat_id)
    check_thread(context.world, chat, call.message_thread_id)
    return _unpin_all(context, chat, call.message_thread_id)


def _unpin_all(context: Context, chat: Chat, thread_id: int | None) -> bool:
    _check_right(context, chat)
    for message in context.world.messages.pinned(chat.id, thread_id):
        context.world.show(context.world.messages.change(message, pinned=0), "change")
    return True


def _check_right(context: Context, chat: Chat) -> None:
    if chat.is_private:
        return
    if not context.world.chats.has_right(chat.id, context.world.bot_id, "can_pin_messages"):
        raise bad_request("not enough rights to manage pinned messages in the chat")


def set_message_reaction(context: Context, call: SetMessageReaction) -> bool:
    """The bot's reaction: one emoji, or none to take it back. Of an album, the first message gets it."""
    world = context.world
    chat = reachable(world, call.chat_id)
    message = world.messages.find(chat.id, call.message_id)
    if message is None:
        raise bad_request("message to react not found")
    message = world.messages.album(message)[0]
    reactions = call.reaction or []
    if len(reactions) > 1:
        raise bad_request("REACTIONS_TOO_MANY")
    for reaction in reactions:
        if not isinstance(reaction, ReactionTypeEmoji) or not is_reaction(reaction.emoji):
            raise bad_request("REACTION_INVALID")
    kept = {
        **message.reactions,
        str(world.bot_id): [each.model_dump(exclude_none=True) for each in reactions],
    }
    world.show(world.messages.change(message, reactions={k: v for k, v in kept.items() if v}), "change")
    return True


HANDLERS: dict[str, Handler] = {
    "pinChatMessage": pin_chat_message,
    "unpinChatMessage": unpin_chat_message,
    "unpinAllChatMessages": unpin_all_chat_messages,
    "unpinAllForumTopicMessages": unpin_all_forum_topic_messages,
    "setMessageReaction": set_message_reaction,
}
