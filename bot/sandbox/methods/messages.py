"""Sending, copying, forwarding, deleting."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

from aiogram.methods import (
    CopyMessage,
    CopyMessages,
    DeleteMessage,
    DeleteMessages,
    ForwardMessage,
    ForwardMessages,
    SendChatAction,
    SendDocument,
    SendMessage,
    SendPhoto,
)

from bot.sandbox.copies import copied, forwarded, keep_albums
from bot.sandbox.errors import JSON, ApiError, bad_request
from bot.sandbox.keyboards import reply_markup
from bot.sandbox.messages import CAPTIONED, Message
from bot.sandbox.methods.content import caption_content, document_content, photo_content, text_content
from bot.sandbox.methods.table import Context, Handler
from bot.sandbox.methods.target import check_thread, reachable, refuse_not_simulated, resolve
from bot.sandbox.spec import given
from bot.sandbox.world import World
from bot.telegram.limits import DELETE_BATCH_MAX, DELETE_MESSAGE_MAX_AGE_SECONDS, FORWARD_BATCH_MAX

ACTIONS = frozenset(
    [
        "typing",
        "upload_photo",
        "record_video",
        "upload_video",
        "record_voice",
        "upload_voice",
        "upload_document",
        "choose_sticker",
        "find_location",
        "record_video_note",
        "upload_video_note",
    ]
)


def send_message(context: Context, call: SendMessage) -> JSON:
    return _send(context, call, text_content(call))


def send_photo(context: Context, call: SendPhoto) -> JSON:
    return _send(context, call, {**photo_content(context, call.photo), **caption_content(call)})


def send_document(context: Context, call: SendDocument) -> JSON:
    return _send(context, call, {**document_content(context, call.document), **caption_content(call)})


def _send(context: Context, call: Any, content: JSON) -> JSON:
    message = post(context.world, call, content)
    return context.world.messages.json(message)


def post(world: World, call: Any, content: JSON) -> Message:
    """Send `content` where the call says, with its keyboard."""
    inline, other = reply_markup(getattr(call, "reply_markup", None))
    target = resolve(world, call)
    if given(getattr(call, "protect_content", None)):
        content["has_protected_content"] = True
    if target.quote:
        content["quote"] = target.quote
    return world.post(
        target.chat,
        content,
        world.bot_id,
        thread_id=target.thread_id,
        reply_to=target.reply_to,
        inline_keyboard=inline,
        reply_keyboard=other,
    )


def copy_message(context: Context, call: CopyMessage) -> JSON:
    source = _source(context.world, call, call.message_id, "copy")
    content = copied(source, without_caption=call.caption is not None)
    if call.caption is not None and source.kind in CAPTIONED:
        content.update(caption_content(call))
    return {"message_id": post(context.world, call, content).message_id}


def copy_messages(context: Context, call: CopyMessages) -> list[JSON]:
    """Albums stay albums. What cannot be found or copied is left out: the ids of the answer may be fewer."""
    sources = _sources(context.world, call, "copy")
    contents = [copied(source, without_caption=bool(call.remove_caption)) for source in sources]
    contents = keep_albums(sources, contents)
    return [{"message_id": post(context.world, call, content).message_id} for content in contents]


def forward_message(context: Context, call: ForwardMessage) -> JSON:
    source = _source(context.world, call, call.message_id, "forward")
    return _send(context, call, forwarded(context.world, source))


def forward_messages(context: Context, call: ForwardMessages) -> list[JSON]:
    """As with copies."""
    sources = _sources(context.world, call, "forward")
    contents = keep_albums(sources, [forwarded(context.world, source) for source in sources])
    return [{"message_id": post(context.world, call, content).message_id} for content in contents]


def _sources(world: World, call: CopyMessages | ForwardMessages, verb: str) -> list[Message]:
    ids = call.message_ids
    if not 1 <= len(ids) <= FORWARD_BATCH_MAX:
        raise bad_request(
            "message identifiers are not specified" if not ids else "too many messages to forward"
        )
    if any(later <= earlier for earlier, later in pairwise(ids)):
        raise bad_request("message identifiers must be in a strictly increasing order")
    found = []
    for message_id in ids:
        try:
            found.append(_source(world, call, message_id, verb))
        except ApiError as error:
            if error.code != 400 or "chat" in error.description:
                raise
    if not found:
        raise bad_request(f"there are no messages to {verb}")
    return found


def _source(world: World, call: Any, message_id: int, verb: str) -> Message:
    chat = reachable(world, call.from_chat_id)
    message = world.messages.find(chat.id, message_id)
    if message is None:
        raise bad_request(f"message to {verb} not found")
    if message.is_service or message.content.get("has_protected_content"):
        raise bad_request(f"the message can't be {'copied' if verb == 'copy' else 'forwarded'}")
    return message


def delete_message(context: Context, call: DeleteMessage) -> bool:
    world = context.world
    chat = reachable(world, call.chat_id)
    message = world.messages.find(chat.id, call.message_id)
    if message is None:
        raise bad_request("message to delete not found")
    if not _may_delete(world, message):
        raise bad_request("message can't be deleted for everyone")
    world.remove(message)
    return True


def delete_messages(context: Context, call: DeleteMessages) -> bool:
    """Those that cannot be found or deleted are left out in silence, as Telegram does."""
    world = context.world
    if not call.message_ids:
        raise bad_request("message identifiers are not specified")
    if len(call.message_ids) > DELETE_BATCH_MAX:
        raise bad_request("too many message identifiers specified")
    chat = reachable(world, call.chat_id)
    for message_id in call.message_ids:
        message = world.messages.find(chat.id, message_id)
        if message is not None and _may_delete(world, message):
            world.remove(message)
    return True


def _may_delete(world: World, message: Message) -> bool:
    if world.timestamp() - message.date >= DELETE_MESSAGE_MAX_AGE_SECONDS:
        return False
    chat = world.chats.find(message.chat_id)
    if chat is None or chat.is_private or message.sender_id == world.bot_id:
        return True
    return world.chats.has_right(chat.id, world.bot_id, "can_delete_messages")


def send_chat_action(context: Context, call: SendChatAction) -> bool:
    refuse_not_simulated(call)
    if call.action not in ACTIONS:
        raise bad_request("wrong parameter action in request")
    chat = reachable(context.world, call.chat_id)
    if call.message_thread_id is not None:
        check_thread(context.world, chat, call.message_thread_id)
    context.world.event("action", chat_id=chat.id, thread_id=call.message_thread_id, action=call.action)
    return True


HANDLERS: dict[str, Handler] = {
    "sendMessage": send_message,
    "sendPhoto": send_photo,
    "sendDocument": send_document,
    "copyMessage": copy_message,
    "copyMessages": copy_messages,
    "forwardMessage": forward_message,
    "forwardMessages": forward_messages,
    "deleteMessage": delete_message,
    "deleteMessages": delete_messages,
    "sendChatAction": send_chat_action,
}
