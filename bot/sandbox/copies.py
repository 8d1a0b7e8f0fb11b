"""What a copy or a forward keeps of a message; the bot's and people's alike."""

from __future__ import annotations

from bot.sandbox.content import new_group_id
from bot.sandbox.errors import JSON
from bot.sandbox.messages import CAPTIONED, Message
from bot.sandbox.world import World

# What belongs to one message and its place, not to what it says.
LEFT_BEHIND = frozenset({"forward_origin", "quote", "media_group_id"})


def copied(source: Message, *, without_caption: bool = False) -> JSON:
    """Not where it came from, what it quoted, nor which album it was part of."""
    dropped = set(LEFT_BEHIND)
    if without_caption and source.kind in CAPTIONED:
        dropped |= {"caption", "caption_entities"}
    return {key: value for key, value in source.content.items() if key not in dropped}


def forwarded(world: World, source: Message) -> JSON:
    """With who wrote it first, and when."""
    return {
        **copied(source),
        "forward_origin": source.content.get("forward_origin") or _origin(world, source),
    }


def _origin(world: World, source: Message) -> JSON:
    if source.sender_chat_id is not None:
        chat = world.chats.find(source.sender_chat_id)
        assert chat is not None
        return {"type": "chat", "date": source.date, "sender_chat": world.chats.chat_json(chat)}
    user = world.chats.user(source.sender_id or world.bot_id)
    return {"type": "user", "date": source.date, "sender_user": user}


def keep_albums(sources: list[Message], contents: list[JSON]) -> list[JSON]:
    """Neighbours of one album become an album again, under a new id; what is left of one alone does not."""
    ids = [source.content.get("media_group_id") for source in sources]
    fresh = {group_id: new_group_id() for group_id in ids if group_id and ids.count(group_id) > 1}
    return [
        {**content, "media_group_id": fresh[group_id]} if group_id in fresh else content
        for group_id, content in zip(ids, contents, strict=True)
    ]
