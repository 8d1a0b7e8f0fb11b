"""One outbox row performed at Telegram through aiogram: every answer becomes an outcome."""

from __future__ import annotations

import asyncio
import logging
from collections import OrderedDict
from dataclasses import replace
from typing import Any

from aiogram import Bot
from aiogram.methods import (
    CopyMessage,
    DeleteMessage,
    EditMessageText,
    PinChatMessage,
    SendDocument,
    SendMessage,
    SendPhoto,
)
from aiogram.types import Message, MessageId

from bot.dialogs.replies import Reply
from bot.pictures.drawing import Drawing
from bot.telegram import render
from bot.telegram.errors import classify, edit_is_impossible
from bot.telegram.render import Call
from scheduler.messenger import Delivered, Failure, NotDelivered
from storage.outbox import OutboxRow

log = logging.getLogger(__name__)

# Calls that put a new message in the chat: only these can be doubled when their fate is unknown.
_ADDING = (SendMessage, SendDocument, SendPhoto, CopyMessage)


class TelegramMessenger:
    """Telegram as the scheduler's `Messenger`.

    Bodies by method: send and edit, `Reply.to_json()`; copy, `{"from_chat_id": .., "message_id": ..}`; delete
    and pin need none. A reply too long for one message takes several calls; those that went out are kept in
    mind while the process lives, so that a retry goes on where it stopped. A picture is drawn when its row is
    performed, anew at each try; where that fails or takes too long, its caption, which says the same, goes as a text.
    """

    def __init__(self, bot: Bot, *, remembered: int = 1000, drawing: Drawing | None = None) -> None:
        self._bot = bot
        self._drawing = drawing or Drawing()
        self._done: OrderedDict[int, tuple[int, int | None]] = (
            OrderedDict()
        )  # row id -> calls done, last message
        self._remembered = remembered

    async def perform(self, row: OutboxRow) -> Delivered | NotDelivered:
        picture = await self._picture(row)
        try:
            calls = calls_of(row, picture)
        except Exception as error:
            log.error("cannot render row=%d purpose=%s error=%s", row.id, row.purpose, type(error).__name__)
            return NotDelivered(Failure.OUR_BUG, detail=f"cannot render: {type(error).__name__}")
        done, message_id = self._done.get(row.id, (0, None))
        for number, call in enumerate(calls[done:], start=done + 1):
            outcome = await self._call(call)
            last = number == len(calls)
            if isinstance(outcome, Delivered):
                message_id = outcome.message_id
            elif last or outcome.failure is not Failure.HARMLESS:
                return _for_group(outcome) if row.chat_id < 0 else outcome
            if not last:
                self._remember(row.id, number, message_id)
        self._done.pop(row.id, None)
        return Delivered(message_id)

    async def _picture(self, row: OutboxRow) -> bytes | None:
        shown = row.body.get("picture") if row.method in ("send", "edit") else None
        return await self._drawing.png(shown) if shown else None

    async def _call(self, call: Call) -> Delivered | NotDelivered:
        try:
            return Delivered(_message_id(await self._bot(call)))
        except asyncio.CancelledError:
            raise
        except Exception as error:
            if isinstance(call, EditMessageText) and edit_is_impossible(error):
                return await self._call(render.sent_instead(call))
            outcome = classify(error)
            if outcome.failure is Failure.UNKNOWN and not isinstance(call, _ADDING):
                return replace(outcome, failure=Failure.TEMPORARY)
            return outcome

    def _remember(self, row_id: int, done: int, message_id: int | None) -> None:
        self._done[row_id] = (done, message_id)
        while len(self._done) > self._remembered:
            self._done.popitem(last=False)


def calls_of(row: OutboxRow, picture: bytes | None = None) -> list[Call]:
    """The Telegram calls that perform a row, in order. Raises an error for a body that is wrong."""
    match row.method:
        case "send":
            return render.send(_reply(row), row.chat_id, picture)
        case "edit":
            reply = _reply(row)
            if row.target_message_id is None:
                return render.send(reply, row.chat_id, picture)
            return render.edit(reply, row.chat_id, row.target_message_id, picture)
        case "delete":
            return [DeleteMessage(chat_id=row.chat_id, message_id=_target(row))]
        case "pin":
            return [PinChatMessage(chat_id=row.chat_id, message_id=_target(row), disable_notification=True)]
        case "copy":
            source = row.body
            return [
                CopyMessage(
                    chat_id=row.chat_id, from_chat_id=source["from_chat_id"], message_id=source["message_id"]
                )
            ]
        case unknown:
            raise ValueError(f"no such method: {unknown}")


def _reply(row: OutboxRow) -> Reply:
    return row.reply if isinstance(row.reply, Reply) else Reply.from_json(row.body)


def _target(row: OutboxRow) -> int:
    if row.target_message_id is None:
        raise ValueError(f"{row.method} needs a message")
    return row.target_message_id


def _message_id(result: Any) -> int | None:
    return result.message_id if isinstance(result, Message | MessageId) else None


def _for_group(outcome: NotDelivered) -> NotDelivered:
    """A group is never a person: what makes somebody unreachable makes a group lost."""
    return replace(outcome, failure=Failure.CHAT_LOST) if outcome.failure is Failure.UNREACHABLE else outcome
