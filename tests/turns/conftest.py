"""The same world, database and people as the dialogues' tests."""

from tests.databases import *  # noqa: F403
from tests.dialogs.conftest import amina, chat, database, known_ids, new_chat, with_action, world

__all__ = ["amina", "chat", "database", "known_ids", "new_chat", "with_action", "world"]
