"""One outbox row performed at Telegram through aiogram: every answer becomes an outcome."""

from __future__ import annotations

import asyncio
import logging
from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from aiogram import Bot
from aiogram.methods import (
    CopyMessage,
    CopyMessages,
    CreateForumTopic,
    DeleteMessages,
    EditMessageText,
    ReopenForumTopic,
    SendDocument,
    SendMessage,
    SendPhoto,
)
from aiogram.types import ForumTopic, Message, MessageId

from bot.pictures.drawing import Drawing
from bot.telegram import limits, render
from bot.telegram.calls import calls_of, other_calls_of
from bot.telegram.errors import NOT_MODIFIED, classify, edit_is_impossible, topic_is_closed
from bot.telegram.render import Call
from scheduler.messenger import Delivered, Failure, NotDelivered, Outcome
from storage.outbox import OutboxRow

log = logging.getLogger(__name__)

# Calls that say something in a topic, and calls that put something new in the chat: only these can be doubled when
# their fate is unknown.
_SAYING = (SendMessage, SendDocument, SendPhoto, CopyMessage, CopyMessages)
_ADDING = (*_SAYING, CreateForumTopic)
# What stops a reaction for good is not worth a word.
_NO_MATTER = (
    Failure.UNREACHABLE,
    Failure.CHAT_LOST,
    Failure.TOPIC_LOST,
    Failure.NO_RIGHT,
    Failure.OUR_BUG,
)
_NOT_COPIED = 0


@dataclass(frozen=True, slots=True)
class _Progress:
    """How far a row of several calls has come: calls done, ids of the messages made, the way it is gone about."""

    done: int = 0
    ids: tuple[int, ...] = ()
    other_way: bool = False  # one by one, or a new message in the place of an edit
    reopened: bool = False


class TelegramMessenger:
    """Telegram as the scheduler's `Messenger`.

    Bodies by method: send and edit, `Reply.to_json()`; pin needs none;

    - copy: `{"from_chat_id", "message_id", "caption"?, "reply_to"?}`; a given caption takes the place of the message's.
    - copy_album: `{"from_chat_id", "message_ids"}`, ascending. Where Telegram copies fewer, it does not tell which are
      missing: what it made is deleted and they are copied one by one. An album cannot be a reply.
    - edit_copy: `{"text", "title"?}`, `{"caption"}` or `{"media", "file_id", "caption"?}` (media: photo, document,
      video, audio or animation); where the edit is impossible, `"fallback"` is a reply to send, `"anew"` the body of a
      copy.
    - react: `{"emoji"}`, or `{}` to take it back. No refusal matters.
    - topic: `{"do": "open", "name", "icon_color"?}`, `{"do": "rename", "name"}`, or `{"do": ..}` with close, reopen or
      delete, which may name its `"thread_id"`.
    - delete: `{}` for its message, or `{"message_ids"}`.

    What says something may be `"silent"`: it makes no sound.

    A closed topic is opened again before something is said in it. A reply too long for one message takes several calls;
    those that went out are kept in mind while the process lives, so that a retry goes on where it stopped. A picture is
    drawn when its row is performed, anew at each try; where that fails or takes too long, its caption, which says the
    same, goes as a text.
    """

    def __init__(self, bot: Bot, *, remembered: int = 1000, drawing: Drawing | None = None) -> None:
        self._bot = bot
        self._drawing = drawing or Drawing()
        self._progress: OrderedDict[int, _Progress] = OrderedDict()  # by row id
        self._remembered = remembered

    async def perform(self, row: OutboxRow) -> Outcome:
        picture = await self._picture(row)
        try:
            calls, others = calls_of(row, picture), other_calls_of(row)
        except Exception as error:
            log.error("cannot render row=%d purpose=%s error=%s", row.id, row.purpose, type(error).__name__)
            return NotDelivered(Failure.OUR_BUG, detail=f"cannot render: {type(error).__name__}")
        progress = self._progress.get(row.id, _Progress())
        if not progress.other_way:
            outcome = await self._all(row, calls, progress)
            if not _fell_short(row, outcome) or not others:
                return _meant(row, outcome)
            await self._undo(row, outcome)
            progress = _Progress(other_way=True)
            self._remember(row.id, progress)
        return _meant(row, await self._all(row, others, progress))

    async def _all(self, row: OutboxRow, calls: Sequence[Call], progress: _Progress) -> Outcome:
        """Make the calls that are not done yet, in order, up to the first that fails."""
        last_id: int | None = None
        for number, call in enumerate(calls[progress.done :], start=progress.done + 1):
            outcome = await self._call(call, row)
            last = number == len(calls)
            if isinstance(outcome, Delivered):
                last_id = outcome.message_id
                ids, reopened = progress.ids + outcome.message_ids, progress.reopened or outcome.reopened
                progress = replace(progress, done=number, ids=ids, reopened=reopened)
            elif row.method == "copy_album" and outcome.failure in (Failure.HARMLESS, Failure.OUR_BUG):
                progress = replace(progress, done=number, ids=(*progress.ids, _NOT_COPIED))
            elif last or outcome.failure is not Failure.HARMLESS:
                return outcome
            if not last:
                self._remember(row.id, progress)
        self._progress.pop(row.id, None)
        return _delivered(row, progress, last_id)

    async def _undo(self, row: OutboxRow, outcome: Outcome) -> None:
        """Delete the part of an album that was made; what cannot be deleted stays."""
        if isinstance(outcome, Delivered) and outcome.message_ids:
            await self._call(DeleteMessages(chat_id=row.chat_id, message_ids=list(outcome.message_ids)), row)

    async def _picture(self, row: OutboxRow) -> bytes | None:
        shown = row.body.get("picture") if row.method in ("send", "edit") else None
        return await self._drawing.png(shown) if shown else None

    async def _call(self, call: Call, row: OutboxRow) -> Outcome:
        """Make one call; where Telegram has a known objection, the one that it does not object to."""
        thread_id = row.thread_id if row.thread_id != limits.GENERAL_TOPIC_ID else None
        if thread_id is not None and isinstance(call, _SAYING):
            call = call.model_copy(update={"message_thread_id": thread_id})
        if row.body.get("silent") and isinstance(call, _SAYING):
            call = call.model_copy(update={"disable_notification": True})
        reopened = False
        while True:
            try:
                ids = _ids(await self._bot(call))
                return Delivered(ids[-1] if ids else None, ids, reopened)
            except asyncio.CancelledError:
                raise
            except Exception as error:
                if isinstance(call, EditMessageText) and row.method == "edit" and edit_is_impossible(error):
                    return await self._call(render.sent_instead(call), row)
                outcome = classify(error)
                if topic_is_closed(error) and isinstance(call, _SAYING) and thread_id and not reopened:
                    opened = await self._call(
                        ReopenForumTopic(chat_id=row.chat_id, message_thread_id=thread_id), row
                    )
                    if isinstance(opened, NotDelivered) and opened.failure is not Failure.HARMLESS:
                        return opened
                    reopened = True
                elif (
                    isinstance(call, CopyMessage)
                    and call.reply_parameters is not None
                    and outcome.failure is Failure.OUR_BUG
                ):  # to be a reply, a copy is made anew by the server, which it may be unable to do
                    call = call.model_copy(update={"reply_parameters": None})
                elif outcome.failure is Failure.UNKNOWN and not isinstance(call, _ADDING):
                    return replace(outcome, failure=Failure.TEMPORARY)
                else:
                    return outcome

    def _remember(self, row_id: int, progress: _Progress) -> None:
        self._progress[row_id] = progress
        while len(self._progress) > self._remembered:
            self._progress.popitem(last=False)


def _ids(result: Any) -> tuple[int, ...]:
    """The ids that a call brought, a new topic's too."""
    if isinstance(result, Message | MessageId):
        return (result.message_id,)
    if isinstance(result, ForumTopic):
        return (result.message_thread_id,)
    if isinstance(result, list):
        return tuple(each.message_id for each in result if isinstance(each, MessageId))
    return ()


def _delivered(row: OutboxRow, progress: _Progress, last_id: int | None) -> Outcome:
    """What the calls of a row came to."""
    ids = progress.ids
    if row.method == "copy_album":
        made = [message_id for message_id in ids if message_id != _NOT_COPIED]
        if not made:
            return NotDelivered(Failure.HARMLESS, detail="nothing to copy")
        return Delivered(made[0], ids, progress.reopened)
    if row.method == "topic" and row.body["do"] == "open" and not ids:
        return Delivered(row.thread_id)  # it was made before
    if row.method == "edit_copy" and not ids:
        return NotDelivered(Failure.HARMLESS, detail="no edit can carry it")
    message_id = ids[0] if row.method == "copy" and ids else last_id
    return Delivered(message_id, ids if len(ids) > 1 else (), progress.reopened)


def _fell_short(row: OutboxRow, outcome: Outcome) -> bool:
    """Whether the row has to be performed in its other way."""
    match row.method, outcome:
        case "copy_album", Delivered():
            return len(outcome.message_ids) < len(row.body["message_ids"])
        case "edit_copy", NotDelivered(failure=Failure.HARMLESS | Failure.OUR_BUG):
            return outcome.detail != NOT_MODIFIED
        case _:
            return False


def _meant(row: OutboxRow, outcome: Outcome) -> Outcome:
    """What a failure means for this row rather than for any."""
    if isinstance(outcome, Delivered):
        return outcome
    if row.method == "react" and outcome.failure in _NO_MATTER:
        return replace(outcome, failure=Failure.HARMLESS)
    if row.method == "topic" and row.body["do"] == "delete" and outcome.failure is Failure.TOPIC_LOST:
        return replace(outcome, failure=Failure.HARMLESS)
    if row.chat_id < 0 and outcome.failure is Failure.UNREACHABLE:
        # A group is never a person: what makes somebody unreachable makes a group lost.
        return replace(outcome, failure=Failure.CHAT_LOST)
    return outcome
