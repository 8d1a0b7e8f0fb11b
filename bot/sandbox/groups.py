"""Groups: made, joined, left, turned into supergroups; the bot added to them and removed."""

from __future__ import annotations

from bot.sandbox.chats import ADMIN_RIGHTS, FIRST_GROUP_ID, FIRST_SUPERGROUP_ID
from bot.sandbox.group_topics import GroupTopics


class Groups(GroupTopics):
    """What the members of groups do to them. Raises LookupError for a chat that does not exist (any more)."""

    def create(
        self, title: str, owner_id: int, *, forum: bool = True, basic: bool = False, bot_admin: bool = True
    ) -> int:
        """A group with its owner and the bot; its id. `basic` makes one that is not a supergroup yet."""
        with self._world.store.transaction():
            if basic:
                chat_id = -self._world.store.next_number("next_group_id", FIRST_GROUP_ID)
                self._chats.add_chat(chat_id, "group", title)
            else:
                chat_id = self._new_supergroup(title, forum)
            self._chats.set_member(chat_id, owner_id, "creator")
            self._world.event("people")
            self.add_bot(chat_id, owner_id, admin=bot_admin)
        return chat_id

    def _new_supergroup(self, title: str, forum: bool) -> int:
        number = self._world.store.next_number("next_supergroup_id", FIRST_SUPERGROUP_ID)
        chat_id = -1_000_000_000_000 - number
        self._chats.add_chat(chat_id, "supergroup", title, forum)
        return chat_id

    def create_channel(self, title: str, owner_id: int) -> int:
        """A channel, of which the owner can write in groups; its id."""
        with self._world.store.transaction():
            number = self._world.store.next_number("next_supergroup_id", FIRST_SUPERGROUP_ID)
            channel_id = -1_000_000_000_000 - number
            self._chats.add_chat(channel_id, "channel", title)
            self._chats.set_member(channel_id, owner_id, "creator")
            self._world.event("people")
        return channel_id

    def add_bot(self, chat_id: int, actor_id: int, *, admin: bool = True, **rights: bool) -> None:
        """Put the bot into a group, or change its rights there."""
        with self._world.store.transaction():
            chat = self._chats.open(chat_id)
            was_present = self._chats.is_present(chat_id, self._world.bot_id)
            old = self._chats.member_json(chat_id, self._world.bot_id)
            status = "administrator" if admin else "member"
            self._chats.set_member(chat_id, self._world.bot_id, status, {**ADMIN_RIGHTS, **rights})
            self._world.member_update(chat, self._world.bot_id, actor_id, old, "my_chat_member")
            if not was_present:
                added = [self._chats.user(self._world.bot_id)]
                self._world.service(chat, {"new_chat_members": added}, actor_id)

    def set_bot_rights(self, chat_id: int, actor_id: int, **rights: bool) -> None:
        """Tick or untick some of the bot's rights (`can_manage_topics=False`); the others stay as they are."""
        unknown = rights.keys() - ADMIN_RIGHTS.keys()
        if unknown:
            raise ValueError(f"no such rights: {', '.join(sorted(unknown))}")
        member = self._chats.member_json(chat_id, self._world.bot_id)
        if member["status"] != "administrator":
            raise LookupError("the bot is no administrator")
        kept = {name: bool(member[name]) for name in ADMIN_RIGHTS}
        self.add_bot(chat_id, actor_id, **{**kept, **rights})

    def remove_bot(self, chat_id: int, actor_id: int) -> None:
        with self._world.store.transaction():
            chat = self._chats.open(chat_id)
            self._check_present(chat_id, self._world.bot_id)
            old = self._chats.member_json(chat_id, self._world.bot_id)
            self._chats.set_member(chat_id, self._world.bot_id, "kicked")
            self._world.member_update(chat, self._world.bot_id, actor_id, old, "my_chat_member")
            gone = self._chats.user(self._world.bot_id)
            self._world.service(chat, {"left_chat_member": gone}, actor_id)

    def join(
        self, chat_id: int, user_id: int, *, actor_id: int | None = None, status: str = "member"
    ) -> None:
        """Somebody joins a group, or is added by `actor_id`; or their `status` changes."""
        with self._world.store.transaction():
            chat = self._chats.open(chat_id)
            was_present = self._chats.is_present(chat_id, user_id)
            old = self._chats.member_json(chat_id, user_id)
            if old["status"] == status:
                return
            if old["status"] == "creator":
                raise PermissionError("the owner stays the owner")
            self._chats.set_member(chat_id, user_id, status)
            self._world.member_update(chat, user_id, actor_id or user_id, old, "chat_member")
            if not was_present:
                added = [self._chats.user(user_id)]
                self._world.service(chat, {"new_chat_members": added}, actor_id or user_id)

    def leave(self, chat_id: int, user_id: int, *, actor_id: int | None = None) -> None:
        """Somebody leaves a group, or is removed by `actor_id`."""
        with self._world.store.transaction():
            chat = self._chats.open(chat_id)
            self._check_present(chat_id, user_id)
            old = self._chats.member_json(chat_id, user_id)
            self._chats.set_member(chat_id, user_id, "kicked" if actor_id else "left")
            self._world.member_update(chat, user_id, actor_id or user_id, old, "chat_member")
            gone = self._chats.user(user_id)
            self._world.service(chat, {"left_chat_member": gone}, actor_id or user_id)

    def _check_present(self, chat_id: int, user_id: int) -> None:
        if not self._chats.is_present(chat_id, user_id):
            raise LookupError(f"{user_id} is not in the group {chat_id}")

    def migrate(self, chat_id: int, *, forum: bool = True) -> int:
        """A basic group becomes a supergroup (enabling topics does it); the new id."""
        with self._world.store.transaction():
            chat = self._chats.open(chat_id)
            new_id = self._new_supergroup(chat.title or "", forum)
            owner_id = self._world.bot_id
            for user_id, status in self._chats.members(chat_id):
                member = self._chats.member_json(chat_id, user_id)
                rights = {name: member[name] for name in ADMIN_RIGHTS if name in member}
                self._chats.set_member(new_id, user_id, status, rights)
                owner_id = user_id if status == "creator" else owner_id
            self._world.service(chat, {"migrate_to_chat_id": new_id}, owner_id)
            self._chats.set_migrated(chat_id, new_id)
            new_chat = self._chats.open(new_id)
            self._world.service(new_chat, {"migrate_from_chat_id": chat_id}, owner_id)
            self._world.event("people")
        return new_id

    def enable_topics(self, chat_id: int) -> int:
        """The owner turns topics on: a basic group migrates, a supergroup keeps its id. The id from now on."""
        chat = self._chats.open(chat_id)
        if chat.type == "group":
            return self.migrate(chat_id)
        with self._world.store.transaction():
            self._chats.set_forum(chat_id)
            self._world.event("people")
        return chat_id
