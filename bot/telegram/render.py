"""Replies become Telegram calls. The one place where text is cleaned and escaped."""

from __future__ import annotations

import html
import logging
from collections.abc import Sequence
from functools import lru_cache
from typing import Any

from aiogram.enums import ParseMode
from aiogram.methods import EditMessageText, SendDocument, SendMessage, SendPhoto, TelegramMethod
from aiogram.types import (
    BufferedInputFile,
    CopyTextButton,
    ForceReply,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    KeyboardButton,
    LinkPreviewOptions,
    ReplyKeyboardMarkup,
    ReplyKeyboardRemove,
    ReplyParameters,
)

from bot.dialogs.replies import Button, Reply
from bot.telegram import callbacks, limits
from bot.telegram.cleaning import clean, isolate, one_line, visible
from bot.telegram.splitting import BETWEEN, Block, Style, split_blocks

log = logging.getLogger(__name__)

Call = TelegramMethod[Any]
Markup = InlineKeyboardMarkup | ReplyKeyboardMarkup | ReplyKeyboardRemove | ForceReply
NO_PREVIEW = LinkPreviewOptions(is_disabled=True)
NOTHING_TO_SAY = "…"  # Telegram refuses an empty text; the buttons under it still matter


def send(reply: Reply, chat_id: int, picture: bytes | None = None) -> list[Call]:
    """The calls that say `reply`, in order: usually one, more when the text is too long for one message.

    `picture`: the PNG of the reply that has one; without, its caption is said as a message. Raises ValueError when a
    button breaks Telegram's rules: a fault in a dialogue, found by its tests.
    """
    calls = _calls(reply, chat_id, picture)
    if reply.reply_to is not None:
        calls[0] = calls[0].model_copy(update={"reply_parameters": replying(reply.reply_to)})
    return calls


def _calls(reply: Reply, chat_id: int, picture: bytes | None) -> list[Call]:
    inline, keyboard = _inline(reply.buttons), _keyboard(reply)
    if reply.document_name is not None:
        return _document(reply, chat_id, inline or keyboard)
    if picture is not None:
        return _picture(reply, chat_id, picture, inline or keyboard)
    parts = _parts(reply, two_at_least=inline is not None and keyboard is not None)
    if reply.addressee is not None and len(parts) == 1:
        parts = [f"{_mention(*reply.addressee)} · {parts[0]}"]
    markups = _markups(len(parts), inline, keyboard)
    return [
        SendMessage(
            chat_id=chat_id,
            text=part,
            parse_mode=ParseMode.HTML,
            link_preview_options=NO_PREVIEW,
            reply_markup=markup,
        )
        for part, markup in zip(parts, markups, strict=True)
    ]


def edit(reply: Reply, chat_id: int, message_id: int, picture: bytes | None = None) -> list[Call]:
    """The calls that put `reply` in the place of a message; what an edit cannot carry is sent anew."""
    if reply.document_name is not None or picture is not None or _keyboard(reply) is not None:
        return send(reply, chat_id, picture)
    first, *others = send(reply, chat_id)
    assert isinstance(first, SendMessage)
    replaced = EditMessageText(
        chat_id=chat_id,
        message_id=message_id,
        text=first.text,
        parse_mode=ParseMode.HTML,
        link_preview_options=NO_PREVIEW,
        reply_markup=first.reply_markup if isinstance(first.reply_markup, InlineKeyboardMarkup) else None,
    )
    return [replaced, *others]


def sent_instead(call: EditMessageText) -> SendMessage:
    """The new message to send when the one to edit is gone."""
    return SendMessage(
        chat_id=call.chat_id or 0,
        text=call.text or NOTHING_TO_SAY,
        parse_mode=ParseMode.HTML,
        link_preview_options=NO_PREVIEW,
        reply_markup=call.reply_markup,
    )


def replying(message_id: int | None) -> ReplyParameters | None:
    """To a message of the same chat, if it is still there."""
    if message_id is None:
        return None
    return ReplyParameters(message_id=message_id, allow_sending_without_reply=True)


def plain(text: str) -> str:
    """Plain text, cleaned and escaped, as Telegram's HTML."""
    return escape(isolate(clean(text)))


def length(text: str) -> int:
    """How long `plain` text is for Telegram, in UTF-16 units."""
    return limits.utf16_length(isolate(clean(text)))


def _mention(telegram_id: int, name: str) -> str:
    return f'<a href="tg://user?id={telegram_id}">{escape(isolate(one_line(name)))}</a>'


def escape(text: str) -> str:
    """Plain text for Telegram's HTML."""
    return html.escape(text, quote=False)


def _blocks(reply: Reply) -> list[Block]:
    said = [
        Block(isolate(one_line(reply.title or "")), Style.BOLD),
        Block(isolate(clean(reply.text))),
        Block(clean(reply.payload or "").strip("\n"), Style.PRE),  # copied as it is: nothing is added to it
        Block(isolate(clean(reply.footer or ""))),
    ]
    return [block for block in said if visible(block.text)]


def _parts(reply: Reply, *, two_at_least: bool = False) -> list[str]:
    """The HTML of each message."""
    blocks = _blocks(reply) or [Block(NOTHING_TO_SAY)]
    parts = split_blocks(blocks, limits.TEXT_MAX)
    if two_at_least and len(parts) == 1 and len(parts[0]) > 1:
        *first, last = parts[0]
        parts = [first, [last]]
    return [_html(part) for part in parts]


def _html(blocks: Sequence[Block]) -> str:
    return BETWEEN.join(_tagged(block) for block in blocks)


def _tagged(block: Block) -> str:
    text = escape(block.text)
    return f"<{block.style}>{text}</{block.style}>" if block.style else text


def _markups(count: int, inline: Markup | None, keyboard: Markup | None) -> list[Markup | None]:
    """Which message bears what: buttons the last one, a keyboard the first when both are wanted.

    A message bears one of the two only; one that cannot be parted keeps its buttons.
    """
    markups: list[Markup | None] = [None] * count
    markups[-1] = inline or keyboard
    if inline is not None and keyboard is not None:
        if count > 1:
            markups[0] = keyboard
        else:
            log.warning("keyboard left out: one message cannot bear buttons and a keyboard")
    return markups


def _document(reply: Reply, chat_id: int, markup: Markup | None) -> list[Call]:
    """A file with its caption; a text too long for a caption goes before the file."""
    name = one_line(reply.document_name or "").replace("/", "_") or "document.txt"
    file = BufferedInputFile((reply.document or "").encode("utf-8", "replace"), filename=name)
    before, caption = _caption(reply, chat_id)
    return [*before, _file(chat_id, file, caption, markup)]


def _picture(reply: Reply, chat_id: int, picture: bytes, markup: Markup | None) -> list[Call]:
    """A photo with its caption; a text too long for a caption goes before it."""
    before, caption = _caption(reply, chat_id)
    photo = SendPhoto(
        chat_id=chat_id,
        photo=BufferedInputFile(picture, filename="bob.png"),
        caption=caption,
        parse_mode=ParseMode.HTML if caption else None,
        reply_markup=markup,
    )
    return [*before, photo]


def _caption(reply: Reply, chat_id: int) -> tuple[list[Call], str | None]:
    """What goes before the file, and what goes with it."""
    captions = split_blocks(_blocks(reply), limits.CAPTION_MAX)
    if len(captions) <= 1:
        return [], _html(captions[0]) if captions else None
    text = Reply(text=reply.text, title=reply.title, payload=reply.payload, footer=reply.footer)
    return send(text, chat_id), None


def _file(chat_id: int, file: BufferedInputFile, caption: str | None, markup: Markup | None) -> SendDocument:
    return SendDocument(
        chat_id=chat_id,
        document=file,
        caption=caption,
        parse_mode=ParseMode.HTML if caption else None,
        reply_markup=markup,
    )


def _inline(rows: Sequence[Sequence[Button]]) -> InlineKeyboardMarkup | None:
    made = [[_button(button) for button in row] for row in rows if row]
    if not made:
        return None
    widest, total = max(map(len, made)), sum(map(len, made))
    if widest > limits.INLINE_BUTTONS_PER_ROW_MAX or total > limits.INLINE_BUTTONS_MAX:
        raise ValueError(f"{total} buttons, {widest} in a row: more than Telegram accepts")
    return InlineKeyboardMarkup(inline_keyboard=made)


def _button(button: Button) -> InlineKeyboardButton:
    if button.url is None and button.copy is None:
        return _pressed_button(button)
    label = _label(button.label)
    if button.url is not None:
        return InlineKeyboardButton(text=label, url=button.url)
    text = clean(button.copy or "")
    if not limits.COPY_TEXT_MIN <= limits.utf16_length(text) <= limits.COPY_TEXT_MAX:
        raise ValueError(f"a button copies 1 to {limits.COPY_TEXT_MAX} characters, not {len(text)}")
    return InlineKeyboardButton(text=label, copy_text=CopyTextButton(text=text))


@lru_cache(maxsize=4096)  # the options of the questions are the same for everybody; nobody changes them
def _pressed_button(button: Button) -> InlineKeyboardButton:
    return InlineKeyboardButton(text=_label(button.label), callback_data=callbacks.pack(button))


def _label(text: str) -> str:
    return one_line(text) if visible(text) else NOTHING_TO_SAY


def _keyboard(reply: Reply) -> ReplyKeyboardMarkup | ReplyKeyboardRemove | ForceReply | None:
    if reply.force_reply is not None:
        # Selective: for whoever is mentioned or answered; where nobody is, for everybody who reads it.
        selective = reply.addressee is not None or reply.reply_to is not None
        hint = _hint(reply.force_reply)
        return ForceReply(force_reply=True, selective=selective or None, input_field_placeholder=hint)
    rows = reply.keyboard if isinstance(reply.keyboard, tuple) else ()
    made = [[KeyboardButton(text=_label(label)) for label in row] for row in rows if row]
    if reply.ask_location:
        made.insert(0, [KeyboardButton(text=_label(reply.ask_location), request_location=True)])
    if made:
        asked_once = bool(reply.ask_location)
        return ReplyKeyboardMarkup(
            keyboard=made, resize_keyboard=True, one_time_keyboard=True if asked_once else None
        )
    return ReplyKeyboardRemove(remove_keyboard=True) if reply.keyboard == "remove" else None


def _hint(text: str) -> str:
    """A placeholder, cut to what the field takes."""
    hint = _label(text)
    while limits.utf16_length(hint) > limits.PLACEHOLDER_MAX:
        hint = hint[:-1]
    return hint
