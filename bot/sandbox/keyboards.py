"""Reply markup: checked against Telegram's limits, given back as plain objects."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from aiogram.types import (
    ForceReply,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    ReplyKeyboardMarkup,
    ReplyKeyboardRemove,
)

from bot.sandbox.errors import JSON, bad_request, strict
from bot.telegram.limits import (
    CALLBACK_DATA_MAX_BYTES,
    CALLBACK_DATA_MIN_BYTES,
    COPY_TEXT_MAX,
    COPY_TEXT_MIN,
    INLINE_BUTTONS_MAX,
    INLINE_BUTTONS_PER_ROW_MAX,
    PLACEHOLDER_MAX,
    PLACEHOLDER_MIN,
    REPLY_BUTTONS_MAX,
    REPLY_BUTTONS_PER_ROW_MAX,
    utf16_length,
)

BUTTON_KINDS = (
    "url",
    "callback_data",
    "web_app",
    "login_url",
    "switch_inline_query",
    "switch_inline_query_current_chat",
    "switch_inline_query_chosen_chat",
    "copy_text",
    "callback_game",
    "pay",
    "disabled",
)
STYLES = (None, "danger", "success", "primary")


def inline_keyboard(markup: InlineKeyboardMarkup | None) -> JSON | None:
    """The keyboard as it is stored; None for none, an empty one counting as none."""
    if markup is None:
        return None
    rows = [row for row in markup.inline_keyboard if row]
    _check_size(rows, INLINE_BUTTONS_MAX, INLINE_BUTTONS_PER_ROW_MAX)
    for row in rows:
        for button in row:
            _check_inline_button(button)
    if not rows:
        return None
    return {"inline_keyboard": [[button.model_dump(exclude_none=True) for button in row] for row in rows]}


def reply_markup(markup: Any) -> tuple[JSON | None, JSON | None]:
    """(inline keyboard, anything else: reply keyboard, its removal, forced reply) as plain objects."""
    if markup is None:
        return None, None
    if isinstance(markup, InlineKeyboardMarkup):
        return inline_keyboard(markup), None
    if isinstance(markup, ReplyKeyboardMarkup):
        _check_reply_keyboard(markup)
    elif not isinstance(markup, ReplyKeyboardRemove | ForceReply):
        raise bad_request("object expected as reply markup")
    if isinstance(markup, ReplyKeyboardMarkup | ForceReply):
        _check_placeholder(markup.input_field_placeholder)
    return None, markup.model_dump(exclude_none=True)


def _check_size(rows: list[Any], most: int, per_row: int) -> None:
    if sum(len(row) for row in rows) > most or any(len(row) > per_row for row in rows):
        raise bad_request("reply markup is too long")


def _check_inline_button(button: InlineKeyboardButton) -> None:
    if not button.text.strip():
        raise bad_request("BUTTON_TEXT_INVALID")
    kinds = [kind for kind in BUTTON_KINDS if getattr(button, kind) is not None]
    if not kinds:
        raise bad_request(
            "can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard"
        )
    if len(kinds) > 1:
        raise strict(f"button {button.text!r} has several actions: {', '.join(kinds)}")
    if button.style not in STYLES:
        raise bad_request(f"can't parse inline keyboard button: invalid button style {button.style!r}")
    if button.callback_data is not None:
        size = len(button.callback_data.encode())
        if not CALLBACK_DATA_MIN_BYTES <= size <= CALLBACK_DATA_MAX_BYTES:
            raise bad_request("BUTTON_DATA_INVALID")
    copied = button.copy_text
    if copied is not None and not COPY_TEXT_MIN <= utf16_length(copied.text) <= COPY_TEXT_MAX:
        raise bad_request("BUTTON_COPY_TEXT_INVALID")
    if button.url is not None:
        _check_url(button.url)


def _check_url(url: str) -> None:
    parts = urlsplit(url)
    if parts.scheme == "tg":
        return
    if parts.scheme not in ("http", "https"):
        raise bad_request(
            f"inline keyboard button URL '{url}' is invalid: Unsupported URL protocol"
            if parts.scheme
            else f"inline keyboard button URL '{url}' is invalid: Wrong HTTP URL"
        )
    if "." not in (parts.hostname or "") or any(character.isspace() for character in url):
        raise bad_request(f"inline keyboard button URL '{url}' is invalid: Wrong HTTP URL")


def _check_reply_keyboard(markup: ReplyKeyboardMarkup) -> None:
    if not any(markup.keyboard):
        raise bad_request("reply keyboard is empty")
    _check_size(markup.keyboard, REPLY_BUTTONS_MAX, REPLY_BUTTONS_PER_ROW_MAX)
    for row in markup.keyboard:
        for button in row:
            if not button.text.strip():
                raise bad_request("keyboard button text must be non-empty")


def _check_placeholder(placeholder: str | None) -> None:
    if placeholder is not None and not PLACEHOLDER_MIN <= utf16_length(placeholder) <= PLACEHOLDER_MAX:
        raise bad_request("input field placeholder must be 1-64 characters long")
