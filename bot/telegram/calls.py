"""Rows of the outbox become Telegram calls: what each method's body means."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, Final

from aiogram.enums import ParseMode
from aiogram.methods import (
    CloseForumTopic,
    CopyMessage,
    CopyMessages,
    CreateForumTopic,
    DeleteForumTopic,
    DeleteMessage,
    DeleteMessages,
    EditForumTopic,
    EditMessageCaption,
    EditMessageMedia,
    PinChatMessage,
    ReopenForumTopic,
    SetMessageReaction,
)
from aiogram.types import (
    InputMediaAnimation,
    InputMediaAudio,
    InputMediaDocument,
    InputMediaPhoto,
    InputMediaVideo,
    ReactionTypeEmoji,
)

from bot.dialogs.replies import Reply
from bot.telegram import limits, render
from bot.telegram.cleaning import one_line
from bot.telegram.render import Call
from storage.outbox import OutboxRow

_MEDIA: Final[dict[str, type]] = {
    "photo": InputMediaPhoto,
    "document": InputMediaDocument,
    "video": InputMediaVideo,
    "audio": InputMediaAudio,
    "animation": InputMediaAnimation,
}


def calls_of(row: OutboxRow, picture: bytes | None = None) -> list[Call]:
    """The Telegram calls that perform a row, in order; none where nothing is to be done.

    Raises an error for a body that is wrong. Topics are set where the calls are made.
    """
    match row.method:
        case "send":
            return render.send(_reply(row), row.chat_id, picture)
        case "edit":
            reply = _reply(row)
            if row.target_message_id is None:
                return render.send(reply, row.chat_id, picture)
            return render.edit(reply, row.chat_id, row.target_message_id, picture)
        case "delete":
            return _deletions(row)
        case "pin":
            return [PinChatMessage(chat_id=row.chat_id, message_id=_target(row), disable_notification=True)]
        case "copy":
            return _copy(row)
        case "copy_album":
            source = row.body
            return [
                CopyMessages(
                    chat_id=row.chat_id,
                    from_chat_id=source["from_chat_id"],
                    message_ids=list(source["message_ids"]),
                )
            ]
        case "edit_copy":
            return _edit_copy(row)
        case "react":
            emoji = row.body.get("emoji")
            reaction: list[Any] = [ReactionTypeEmoji(emoji=emoji)] if emoji else []
            return [SetMessageReaction(chat_id=row.chat_id, message_id=_target(row), reaction=reaction)]
        case "topic":
            return _topic(row)
        case unknown:
            raise ValueError(f"no such method: {unknown}")


def other_calls_of(row: OutboxRow) -> list[Call]:
    """The calls to make where the first ones cannot do it: copies one by one, a new message in the place of an edit."""
    body, chat_id = row.body, row.chat_id
    if row.method == "copy_album":
        source = body["from_chat_id"]
        return [
            CopyMessage(chat_id=chat_id, from_chat_id=source, message_id=message_id)
            for message_id in body["message_ids"]
        ]
    if row.method == "edit_copy" and body.get("anew"):
        return _copy(replace(row, body=body["anew"]))
    if row.method == "edit_copy" and body.get("fallback"):
        return render.send(Reply.from_json(body["fallback"]), chat_id)
    return []


def _reply(row: OutboxRow) -> Reply:
    return row.reply if isinstance(row.reply, Reply) else Reply.from_json(row.body)


def _target(row: OutboxRow) -> int:
    if row.target_message_id is None:
        raise ValueError(f"{row.method} needs a message")
    return row.target_message_id


def _deletions(row: OutboxRow) -> list[Call]:
    if "message_ids" not in row.body:
        return [DeleteMessage(chat_id=row.chat_id, message_id=_target(row))]
    ids, most = list(row.body["message_ids"]), limits.DELETE_BATCH_MAX
    return [
        DeleteMessages(chat_id=row.chat_id, message_ids=ids[first : first + most])
        for first in range(0, len(ids), most)
    ]


def _copy(row: OutboxRow) -> list[Call]:
    """One copy, with its own caption or the given one; a caption too long for one follows as a text.

    The copy comes first, so that `Delivered.message_id` is its id.
    """
    source = row.body
    from_chat, message_id = source["from_chat_id"], source["message_id"]
    reply_to = render.replying(source.get("reply_to"))
    caption = source.get("caption")
    if caption is not None and render.length(caption) > limits.CAPTION_MAX:
        # An empty caption is left out on its way, and the message's own would stay: only this call takes it away.
        bare = CopyMessages(
            chat_id=row.chat_id, from_chat_id=from_chat, message_ids=[message_id], remove_caption=True
        )
        return [bare, *render.send(Reply(caption, reply_to=source.get("reply_to")), row.chat_id)]
    return [
        CopyMessage(
            chat_id=row.chat_id,
            from_chat_id=from_chat,
            message_id=message_id,
            caption=render.plain(caption) if caption else None,
            parse_mode=ParseMode.HTML if caption else None,
            reply_parameters=reply_to,
        )
    ]


def _edit_copy(row: OutboxRow) -> list[Call]:
    """The edit that brings a copy up to date; none where an edit cannot carry it."""
    body, target = row.body, row.target_message_id
    if target is None:
        return []
    if "text" in body:
        edits = render.edit(Reply(body["text"], title=body.get("title")), row.chat_id, target)
        return edits if len(edits) == 1 else []  # what takes two messages is no edit of one
    caption = body.get("caption") or ""
    if render.length(caption) > limits.CAPTION_MAX:
        return []
    if "media" not in body:
        return [
            EditMessageCaption(
                chat_id=row.chat_id,
                message_id=target,
                caption=render.plain(body["caption"]),
                parse_mode=ParseMode.HTML,
            )
        ]
    kind = _MEDIA.get(body["media"])
    if kind is None:  # a voice message, a sticker: Telegram lets nobody put one in the place of another
        return []
    media = kind(
        media=body["file_id"],
        caption=render.plain(caption) or None,
        parse_mode=ParseMode.HTML if caption else None,
    )
    return [EditMessageMedia(chat_id=row.chat_id, message_id=target, media=media)]


def _topic(row: OutboxRow) -> list[Call]:
    """Make, rename, close, reopen or delete a topic; nothing where there is none (any more), or one already."""
    body, chat_id, thread_id = row.body, row.chat_id, row.thread_id
    do = body["do"]
    if do == "open":
        name, colour = _name(body), body.get("icon_color")
        return [CreateForumTopic(chat_id=chat_id, name=name, icon_color=colour)] if thread_id is None else []
    if do == "delete":
        thread_id = body.get("thread_id", thread_id)
    if thread_id is None:
        return []
    match do:
        case "rename":
            return [EditForumTopic(chat_id=chat_id, message_thread_id=thread_id, name=_name(body))]
        case "close":
            return [CloseForumTopic(chat_id=chat_id, message_thread_id=thread_id)]
        case "reopen":
            return [ReopenForumTopic(chat_id=chat_id, message_thread_id=thread_id)]
        case "delete":
            return [DeleteForumTopic(chat_id=chat_id, message_thread_id=thread_id)]
        case unknown:
            raise ValueError(f"nothing that is done to a topic: {unknown}")


def _name(body: dict[str, Any]) -> str:
    return one_line(body["name"])[: limits.TOPIC_NAME_MAX] or render.NOTHING_TO_SAY
