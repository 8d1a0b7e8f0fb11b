"""The command line, a local Telegram and databases, for its tests."""

from tests.commands.local_telegram import telegram
from tests.commands.running import bob, profile_file
from tests.databases import *  # noqa: F403

__all__ = ["bob", "profile_file", "telegram"]
