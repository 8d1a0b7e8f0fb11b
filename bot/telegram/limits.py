"""Limits of the Telegram Bot API (10.3), each with its unit and where it comes from.

Sources, in brackets: [api] core.telegram.org/bots/api, [features] core.telegram.org/bots/features,
[faq] core.telegram.org/bots/faq, [server] the source of the official Bot API server, [observed] behaviour
that client libraries document without an official text.
"Units" of text are UTF-16 code units, counted after entities are parsed: an emoji outside the basic plane
counts two, a French accent one.
"""

from typing import Final

# Texts, in UTF-16 units.
TEXT_MIN: Final = 1  # [api] sendMessage
TEXT_MAX: Final = 4096  # [api] sendMessage
CAPTION_MAX: Final = 1024  # [api] sendPhoto
CALLBACK_ANSWER_MAX: Final = 200  # [api] answerCallbackQuery
COPY_TEXT_MIN: Final = 1  # [api] CopyTextButton
COPY_TEXT_MAX: Final = 256  # [api] CopyTextButton
PLACEHOLDER_MIN: Final = 1  # [api] ReplyKeyboardMarkup, ForceReply
PLACEHOLDER_MAX: Final = 64  # [api] ReplyKeyboardMarkup, ForceReply
QUOTE_MAX: Final = 1024  # [api] ReplyParameters
ENTITIES_MAX: Final = 100  # [observed] per message

# Keyboards.
CALLBACK_DATA_MIN_BYTES: Final = 1  # [api] InlineKeyboardButton, bytes of UTF-8
CALLBACK_DATA_MAX_BYTES: Final = 64  # [api] InlineKeyboardButton, bytes of UTF-8
INLINE_BUTTONS_MAX: Final = 100  # [observed] buttons per inline keyboard
INLINE_BUTTONS_PER_ROW_MAX: Final = 8  # [observed]
REPLY_BUTTONS_MAX: Final = 300  # [observed] buttons per reply keyboard
REPLY_BUTTONS_PER_ROW_MAX: Final = 12  # [observed]

# Commands and the bot's own texts, in characters.
COMMANDS_MAX: Final = 100  # [api] setMyCommands, per scope and language
COMMAND_NAME_MAX: Final = 32  # [api] BotCommand, [a-z0-9_]
COMMAND_DESCRIPTION_MIN: Final = 1  # [api] BotCommand
COMMAND_DESCRIPTION_MAX: Final = 256  # [api] BotCommand
BOT_NAME_MAX: Final = 64  # [api] setMyName
BOT_DESCRIPTION_MAX: Final = 512  # [api] setMyDescription
BOT_SHORT_DESCRIPTION_MAX: Final = 120  # [api] setMyShortDescription
DEEP_LINK_PAYLOAD_MAX: Final = 64  # [features] [A-Za-z0-9_-]

# Forum topics.
TOPIC_NAME_MIN: Final = 1  # [api] createForumTopic, characters
TOPIC_NAME_MAX: Final = 128  # [api] createForumTopic, characters
TOPIC_ICON_COLORS: Final = (  # [api] createForumTopic, RGB
    0x6FB9F0,
    0xFFD67E,
    0xCB86DB,
    0x8EEE98,
    0xFF93B2,
    0xFB6F5F,
)
GENERAL_TOPIC_ID: Final = 1  # [server] refused in message_thread_id: it has to be left out

# Batches, in messages.
DELETE_BATCH_MAX: Final = 100  # [api] deleteMessages
FORWARD_BATCH_MAX: Final = 100  # [api] forwardMessages
MEDIA_GROUP_MIN: Final = 2  # [api] sendMediaGroup
MEDIA_GROUP_MAX: Final = 10  # [api] sendMediaGroup

# Files, in bytes, on Telegram's own servers.
PHOTO_UPLOAD_MAX_BYTES: Final = 10 * 1024 * 1024  # [api] Sending files
UPLOAD_MAX_BYTES: Final = 50 * 1024 * 1024  # [api] Sending files
DOWNLOAD_MAX_BYTES: Final = 20 * 1024 * 1024  # [api] getFile
PHOTO_SIDES_SUM_MAX: Final = 10_000  # [api] sendPhoto, pixels, width + height
PHOTO_SIDES_RATIO_MAX: Final = 20  # [api] sendPhoto

# Updates.
POLL_LIMIT_MIN: Final = 1  # [api] getUpdates, updates
POLL_LIMIT_MAX: Final = 100  # [api] getUpdates, updates
POLL_TIMEOUT_MAX_SECONDS: Final = 50  # [server]
UPDATE_KEPT_SECONDS: Final = 24 * 3600  # [api] Getting updates
CALLBACK_KEPT_SECONDS: Final = 150  # [server]
WEBHOOK_CONNECTIONS_MIN: Final = 1  # [api] setWebhook
WEBHOOK_CONNECTIONS_MAX: Final = 100  # [api] setWebhook
WEBHOOK_CONNECTIONS_DEFAULT: Final = 40  # [api] setWebhook
WEBHOOK_SECRET_MAX: Final = 256  # [api] setWebhook, [A-Za-z0-9_-]
DELETE_MESSAGE_MAX_AGE_SECONDS: Final = 48 * 3600  # [api] deleteMessage

# Rates.
MESSAGES_PER_SECOND: Final = 30  # [faq] per bot, all chats together
MESSAGES_PER_CHAT_PER_SECOND: Final = 1  # [faq] short bursts are tolerated
MESSAGES_PER_CHAT_BURST: Final = 3  # [observed]
MESSAGES_PER_GROUP_PER_MINUTE: Final = 20  # [faq] sends, edits and topic creations together
CHAT_ACTION_SECONDS: Final = 5  # [api] sendChatAction: how long "typing" is shown


def utf16_length(text: str) -> int:
    """Length as Telegram counts it: UTF-16 code units."""
    return len(text) if text.isascii() else len(text.encode("utf-16-le", "surrogatepass")) // 2
