"""The Bot API's methods, by subject; `HANDLERS` is the table of all that the sandbox simulates."""

from bot.sandbox.methods import bot_profile, callbacks, chat_info, edits, files, media, messages, pins, topics
from bot.sandbox.methods.table import Handler

HANDLERS: dict[str, Handler] = {
    **bot_profile.HANDLERS,
    **callbacks.HANDLERS,
    **chat_info.HANDLERS,
    **edits.HANDLERS,
    **files.HANDLERS,
    **media.HANDLERS,
    **messages.HANDLERS,
    **pins.HANDLERS,
    **topics.HANDLERS,
}
