"""What Telegram's refusals mean: one table, from exceptions and texts to `Failure`.

Telegram's texts may name a person or quote a message: none of them leaves this file.
"""

from __future__ import annotations

from collections.abc import Iterator

import aiohttp
from aiogram.exceptions import (
    ClientDecodeError,
    TelegramAPIError,
    TelegramConflictError,
    TelegramEntityTooLarge,
    TelegramForbiddenError,
    TelegramMigrateToChat,
    TelegramNetworkError,
    TelegramNotFound,
    TelegramRetryAfter,
    TelegramServerError,
    TelegramUnauthorizedError,
)

from scheduler.messenger import Failure, NotDelivered

NOT_MODIFIED = "message is not modified"
# Parts of Telegram's texts, lower case; the first line that is found in a text decides.
TEXTS: tuple[tuple[str, Failure], ...] = (
    ("bot was blocked by the user", Failure.UNREACHABLE),
    ("user is deactivated", Failure.UNREACHABLE),
    ("bot can't initiate conversation", Failure.UNREACHABLE),
    ("bot can't send messages to bots", Failure.UNREACHABLE),
    ("bot can't send messages to the user", Failure.UNREACHABLE),
    ("chat not found", Failure.UNREACHABLE),
    ("user not found", Failure.UNREACHABLE),
    ("peer_id_invalid", Failure.UNREACHABLE),
    ("input_user_deactivated", Failure.UNREACHABLE),
    ("private chat not found", Failure.UNREACHABLE),
    ("bot was kicked", Failure.CHAT_LOST),
    ("bot is not a member", Failure.CHAT_LOST),
    ("group chat was deleted", Failure.CHAT_LOST),
    ("group chat was deactivated", Failure.CHAT_LOST),
    ("have no rights to send a message", Failure.CHAT_LOST),
    ("not enough rights to send", Failure.CHAT_LOST),
    ("chat_write_forbidden", Failure.CHAT_LOST),
    ("need administrator rights", Failure.CHAT_LOST),
    ("not enough rights", Failure.NO_RIGHT),
    ("chat_admin_required", Failure.NO_RIGHT),
    ("the chat is not a forum", Failure.NO_RIGHT),
    ("topic_closed", Failure.NO_RIGHT),
    ("message thread not found", Failure.TOPIC_LOST),
    ("topic_deleted", Failure.TOPIC_LOST),
    ("topic_id_invalid", Failure.TOPIC_LOST),
    (NOT_MODIFIED, Failure.HARMLESS),
    ("message to edit not found", Failure.HARMLESS),
    ("message can't be edited", Failure.HARMLESS),
    ("message_id_invalid", Failure.HARMLESS),
    ("message to delete not found", Failure.HARMLESS),
    ("message can't be deleted", Failure.HARMLESS),
    ("message to pin not found", Failure.HARMLESS),
    ("message to copy not found", Failure.HARMLESS),
    ("there are no messages to copy", Failure.HARMLESS),
    ("the message can't be copied", Failure.HARMLESS),
    ("message to forward not found", Failure.HARMLESS),
    ("query is too old", Failure.HARMLESS),
    ("query id is invalid", Failure.HARMLESS),
    ("topic_not_modified", Failure.HARMLESS),
)
# Faults of ours that Telegram names without quoting the message.
OUR_FAULTS = (
    "can't parse entities",
    "message text is empty",
    "message is too long",
    "caption is too long",
    "reply markup is too long",
    "button_data_invalid",
    "button_url_invalid",
)
# In the place of an edit, the message is sent anew when the one to edit is beyond reach.
EDIT_IMPOSSIBLE = ("message to edit not found", "message can't be edited", "message_id_invalid")


def classify(error: Exception) -> NotDelivered:
    """What the error of one call means. `detail` is a fixed word or two, never Telegram's own text."""
    match error:
        case TelegramRetryAfter():
            return NotDelivered(Failure.RATE_LIMITED, retry_after=float(error.retry_after), detail="429")
        case TelegramMigrateToChat():
            return NotDelivered(Failure.MIGRATED, new_chat_id=error.migrate_to_chat_id, detail="migrated")
        case TelegramEntityTooLarge():
            return NotDelivered(Failure.OUR_BUG, detail="file too large")
        case TelegramNetworkError():
            return _network(error)
        case TelegramServerError():
            return NotDelivered(Failure.TEMPORARY, detail="5xx")
        case ClientDecodeError():
            return NotDelivered(Failure.UNKNOWN, detail="answer unreadable")
        case TelegramUnauthorizedError() | TelegramConflictError():
            # Revoked token, or another program uses it: the message may go out once that is settled.
            return NotDelivered(Failure.TEMPORARY, detail=type(error).__name__)
        case TelegramAPIError():
            return _refusal(error)
        case _:
            return NotDelivered(Failure.OUR_BUG, detail=type(error).__name__)


def edit_is_impossible(error: Exception) -> bool:
    """Whether the message to edit is beyond reach, so that a new one has to be sent."""
    text = error.message.lower() if isinstance(error, TelegramAPIError) else ""
    return any(part in text for part in EDIT_IMPOSSIBLE)


def topic_is_closed(error: Exception) -> bool:
    """Whether nothing may be said in the topic until it is opened again."""
    return isinstance(error, TelegramAPIError) and "topic_closed" in error.message.lower()


def _refusal(error: TelegramAPIError) -> NotDelivered:
    text = error.message.lower()
    for part, failure in TEXTS:
        if part in text:
            return NotDelivered(failure, detail=part)
    if "too many requests" in text:  # a 429 whose answer tells no time
        return NotDelivered(Failure.RATE_LIMITED, retry_after=1.0, detail="429")
    match error:
        case TelegramForbiddenError():
            return NotDelivered(Failure.UNREACHABLE, detail="403")
        case TelegramNotFound():
            # The server does not know the token or the method: nothing is wrong with the message.
            return NotDelivered(Failure.TEMPORARY, detail="404")
        case _:
            return NotDelivered(Failure.OUR_BUG, detail=_code(text))


def _code(text: str) -> str:
    """Telegram's own name for a fault of ours, when it is one of those known not to quote the message."""
    return next((part for part in OUR_FAULTS if part in text), "400")


def _network(error: TelegramNetworkError) -> NotDelivered:
    """Never connected: surely not delivered. Connected once, anything may have happened."""
    for cause in _causes(error):
        if isinstance(cause, aiohttp.ClientConnectorError | aiohttp.ConnectionTimeoutError):
            return NotDelivered(Failure.TEMPORARY, detail=type(cause).__name__)
    cause_name = type(error.__cause__).__name__ if error.__cause__ is not None else "network"
    return NotDelivered(Failure.UNKNOWN, detail=cause_name)


def _causes(error: BaseException | None) -> Iterator[BaseException]:
    while error is not None:
        yield error
        error = error.__cause__ or error.__context__
