"""What the bot may ask about chats and members."""

from __future__ import annotations

from aiogram.methods import GetChat, GetChatAdministrators, GetChatMember, GetChatMemberCount, LeaveChat

from bot.sandbox.chats import Chat
from bot.sandbox.errors import JSON, bad_request
from bot.sandbox.methods.table import Context, Handler
from bot.sandbox.methods.target import reachable

GIFTS = ("unlimited_gifts", "limited_gifts", "unique_gifts", "premium_subscription", "gifts_from_channels")
PERMISSIONS = (
    "can_send_messages",
    "can_send_audios",
    "can_send_documents",
    "can_send_photos",
    "can_send_videos",
    "can_send_video_notes",
    "can_send_voice_notes",
    "can_send_polls",
    "can_send_other_messages",
    "can_add_web_page_previews",
)


def get_chat(context: Context, call: GetChat) -> JSON:
    world = context.world
    chat = world.chats.chat(call.chat_id)
    if not chat.is_private:
        reachable(world, chat.id)
    body: JSON = {
        **world.chats.chat_json(chat),
        "accent_color_id": 0,
        "max_reaction_count": 11,
        "accepted_gift_types": dict.fromkeys(GIFTS, False),
    }
    if not chat.is_private:
        body["permissions"] = dict.fromkeys(PERMISSIONS, True)
    pinned = world.messages.last_pinned(chat.id)
    if pinned is not None:
        body["pinned_message"] = world.messages.json(pinned, with_reply=False)
    return body


def get_chat_member(context: Context, call: GetChatMember) -> JSON:
    chat = reachable(context.world, call.chat_id)
    try:
        return context.world.chats.member_json(chat.id, call.user_id)
    except LookupError as fault:
        raise bad_request("PARTICIPANT_ID_INVALID") from fault


def get_chat_administrators(context: Context, call: GetChatAdministrators) -> list[JSON]:
    """Other bots are left out, this one is not."""
    chat = _group(context, call.chat_id)
    chats = context.world.chats
    return [
        chats.member_json(chat.id, user_id)
        for user_id, status in chats.members(chat.id)
        if status in ("creator", "administrator")
    ]


def get_chat_member_count(context: Context, call: GetChatMemberCount) -> int:
    chat = reachable(context.world, call.chat_id)
    chats = context.world.chats
    if chat.is_private:
        return 2
    return sum(chats.is_present(chat.id, user_id) for user_id, _ in chats.members(chat.id))


def leave_chat(context: Context, call: LeaveChat) -> bool:
    world = context.world
    chat = _group(context, call.chat_id)
    old = world.chats.member_json(chat.id, world.bot_id)
    world.chats.set_member(chat.id, world.bot_id, "left")
    world.member_update(chat, world.bot_id, world.bot_id, old, "my_chat_member")
    return True


def _group(context: Context, chat_id: int | str) -> Chat:
    chat = reachable(context.world, chat_id)
    if chat.is_private:
        raise bad_request("there are no administrators in the private chat")
    return chat


HANDLERS: dict[str, Handler] = {
    "getChat": get_chat,
    "getChatMember": get_chat_member,
    "getChatAdministrators": get_chat_administrators,
    "getChatMemberCount": get_chat_member_count,
    "leaveChat": leave_chat,
}
