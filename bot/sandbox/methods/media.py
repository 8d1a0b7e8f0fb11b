"""Albums, and another photo or document in the place of one that was sent."""

from __future__ import annotations

from typing import Any

from aiogram.methods import EditMessageMedia, SendMediaGroup
from aiogram.types import InputMediaDocument, InputMediaPhoto

from bot.sandbox.content import grouped, new_group_id
from bot.sandbox.errors import JSON, ApiError, bad_request, strict
from bot.sandbox.methods.content import caption_content, document_content, photo_content
from bot.sandbox.methods.edits import apply_edit, editable
from bot.sandbox.methods.messages import post
from bot.sandbox.methods.table import Context, Handler
from bot.telegram.limits import MEDIA_GROUP_MAX, MEDIA_GROUP_MIN

# What stays of a message whose photo or document is replaced.
KEPT = ("media_group_id", "has_protected_content", "quote")


def send_media_group(context: Context, call: SendMediaGroup) -> list[JSON]:
    """A message each, with one `media_group_id`."""
    if len(call.media) > MEDIA_GROUP_MAX:
        raise bad_request("too many messages to send as an album")
    if len(call.media) < MEDIA_GROUP_MIN:
        raise strict("an album has 2 to 10 items")
    contents = [_media_content(context, item) for item in call.media]
    if any("photo" in content for content in contents) and any("document" in each for each in contents):
        raise bad_request("document can't be mixed with other media types")
    messages = [post(context.world, call, content) for content in grouped(contents, new_group_id())]
    return [context.world.messages.json(message) for message in messages]


def edit_message_media(context: Context, call: EditMessageMedia) -> JSON:
    """Also gives a text a photo or a document; within an album the kind stays."""
    message = editable(context, call)
    content = _media_content(context, call.media)
    kept = {name: message.content[name] for name in KEPT if name in message.content}
    if "media_group_id" in kept:
        if message.kind not in content:
            raise bad_request("message content type can't be changed in an album")
    elif message.kind not in ("text", "photo", "document"):
        raise bad_request("there is no media in the message to edit")
    return apply_edit(context, message, {**kept, **content}, call)


def _media_content(context: Context, item: Any) -> JSON:
    if isinstance(item, InputMediaPhoto):
        return {**photo_content(context, item.media), **caption_content(item)}
    if isinstance(item, InputMediaDocument):
        return {**document_content(context, item.media), **caption_content(item)}
    raise ApiError(501, f"Not Implemented: the sandbox does not simulate {type(item).__name__}")


HANDLERS: dict[str, Handler] = {"sendMediaGroup": send_media_group, "editMessageMedia": edit_message_media}
