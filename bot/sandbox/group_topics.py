"""What the members of a group do to its topics."""

from __future__ import annotations

from bot.sandbox import topics
from bot.sandbox.chats import Chat, Topic
from bot.sandbox.errors import JSON
from bot.sandbox.world import World


class GroupTopics:
    """Topics made, renamed, closed, reopened and deleted by people who may.

    Raises LookupError for a group or topic that does not exist, PermissionError for who may not.
    """

    def __init__(self, world: World) -> None:
        self._world = world
        self._chats = world.chats

    def create_topic(self, chat_id: int, actor_id: int, name: str) -> int:
        """The id of the new topic."""
        with self._world.store.transaction():
            chat = self._chats.open(chat_id)
            if not chat.is_forum:
                raise PermissionError("the group has no topics")
            self._check(chat, actor_id, "can_manage_topics")
            return topics.create(self._world, chat, actor_id, topics.checked_name(name))[0]

    def rename_topic(self, chat_id: int, thread_id: int, actor_id: int, name: str) -> None:
        checked = topics.checked_name(name)
        self._change(chat_id, thread_id, actor_id, "forum_topic_edited", {"name": checked}, name=checked)

    def close_topic(self, chat_id: int, thread_id: int, actor_id: int) -> None:
        self._change(chat_id, thread_id, actor_id, "forum_topic_closed", {}, closed=1)

    def reopen_topic(self, chat_id: int, thread_id: int, actor_id: int) -> None:
        self._change(chat_id, thread_id, actor_id, "forum_topic_reopened", {}, closed=0)

    def delete_topic(self, chat_id: int, thread_id: int, actor_id: int | None = None) -> None:
        """A topic goes with its messages; the bot is not told. Without an actor: the owner does it."""
        with self._world.store.transaction():
            chat, topic = self._topic(chat_id, thread_id)
            if actor_id is not None:
                self._check(chat, actor_id, "can_delete_messages")
            topics.delete(self._world, chat, topic.thread_id)

    def _change(
        self, chat_id: int, thread_id: int, actor_id: int, service: str, details: JSON, **columns: str | int
    ) -> None:
        """Nothing happens to a topic that is already so."""
        with self._world.store.transaction():
            chat, topic = self._topic(chat_id, thread_id)
            self._check(chat, actor_id, "can_manage_topics")
            if all(getattr(topic, name) == value for name, value in columns.items()):
                return
            topics.change(self._world, chat, thread_id, actor_id, service, details, **columns)

    def _topic(self, chat_id: int, thread_id: int) -> tuple[Chat, Topic]:
        chat = self._chats.open(chat_id)
        topic = self._chats.topic(chat_id, thread_id)
        if topic is None:
            raise LookupError(f"no topic {thread_id}")
        return chat, topic

    def _check(self, chat: Chat, actor_id: int, right: str) -> None:
        if not self._chats.has_right(chat.id, actor_id, right):
            raise PermissionError("only administrators with the right to do so")
