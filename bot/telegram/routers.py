"""Which updates reach Bob: those of private chats, by the injected `handle`, and of groups, by `handle_group`.

Updates of channels find no handler here; the loop then only records them as seen.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Awaitable, Callable
from dataclasses import replace

from aiogram import Dispatcher, Router
from aiogram.enums import ChatType
from aiogram.filters import Filter
from aiogram.types import CallbackQuery, ChatMemberUpdated, Message, MessageReactionUpdated, Update

from bot.counsellors.incoming import GroupEvent
from bot.dialogs.incoming import Incoming
from bot.telegram import group_incoming
from bot.telegram import incoming as reading

Handle = Callable[[Incoming, int], Awaitable[None]]  # the event, and the id of its update
HandleGroup = Callable[[GroupEvent, int], Awaitable[None]]
_PRIVATE = ChatType.PRIVATE


class InPrivate(Filter):
    """Events of a private chat, presses under messages that cannot be read any more included.

    A class with an asynchronous call, since aiogram runs any other filter (`F...` too) in a thread: ten times dearer.
    """

    async def __call__(self, event: Message | CallbackQuery | ChatMemberUpdated) -> bool:
        message = event.message if isinstance(event, CallbackQuery) else event
        return message is None or message.chat.type == _PRIVATE


class InGroup(Filter):
    """Events of a group or a supergroup."""

    async def __call__(
        self, event: Message | CallbackQuery | ChatMemberUpdated | MessageReactionUpdated
    ) -> bool:
        message = event.message if isinstance(event, CallbackQuery) else event
        return message is not None and group_incoming.is_group(message.chat)


class Albums:
    """Photos sent together arrive as one update each: only the first of an album speaks for it, and is answered."""

    def __init__(self, remembered: int = 1000) -> None:
        self._first: OrderedDict[tuple[int, str], int] = OrderedDict()
        self._remembered = remembered

    def speaks(self, message: Message, update_id: int) -> bool:
        """Whether this update is the one to answer; the same update asked again gets the same reply."""
        if message.media_group_id is None:
            return True
        first = self._first.setdefault((message.chat.id, message.media_group_id), update_id)
        while len(self._first) > self._remembered:
            self._first.popitem(last=False)
        return first == update_id


def private_router(albums: Albums | None = None) -> Router:
    """The routes of private chats, as a router of their own."""
    router = Router(name="private")
    add_private_routes(router, albums)
    return router


def add_private_routes(router: Router, albums: Albums | None = None) -> None:
    """The routes of private chats. Handlers expect `handle` among the data of the update."""
    private = InPrivate()
    album = albums or Albums()

    @router.message(private)
    async def message_came(message: Message, event_update: Update, handle: Handle) -> None:
        event = reading.from_message(message)
        if event is not None and not album.speaks(message, event_update.update_id):
            event = replace(event, later_of_album=True)
        await _pass_on(event, event_update, handle)

    @router.edited_message(private)
    async def message_was_edited(message: Message, event_update: Update, handle: Handle) -> None:
        await _pass_on(reading.from_edited(message), event_update, handle)

    @router.callback_query(private)
    async def button_was_pressed(callback: CallbackQuery, event_update: Update, handle: Handle) -> None:
        await _pass_on(reading.from_callback(callback), event_update, handle)

    @router.my_chat_member(private)
    async def bot_was_blocked_or_freed(
        change: ChatMemberUpdated, event_update: Update, handle: Handle
    ) -> None:
        await _pass_on(reading.from_member(change), event_update, handle)


def add_group_routes(router: Router) -> None:
    """The routes of groups. Handlers expect `handle_group` among the data of the update."""
    group = InGroup()

    @router.message(group)
    async def group_message(message: Message, event_update: Update, handle_group: HandleGroup) -> None:
        await handle_group(group_incoming.from_message(message), event_update.update_id)

    @router.edited_message(group)
    async def group_edited(message: Message, event_update: Update, handle_group: HandleGroup) -> None:
        await handle_group(group_incoming.from_message(message, edited=True), event_update.update_id)

    @router.callback_query(group)
    async def group_press(callback: CallbackQuery, event_update: Update, handle_group: HandleGroup) -> None:
        event = group_incoming.from_callback(callback)
        if event is not None:
            await handle_group(event, event_update.update_id)

    @router.my_chat_member(group)
    async def bot_changed(change: ChatMemberUpdated, event_update: Update, handle_group: HandleGroup) -> None:
        event = group_incoming.from_member(change, own=True)
        if event is not None:
            await handle_group(event, event_update.update_id)

    @router.chat_member(group)
    async def member_changed(
        change: ChatMemberUpdated, event_update: Update, handle_group: HandleGroup
    ) -> None:
        event = group_incoming.from_member(change, own=False)
        if event is not None:
            await handle_group(event, event_update.update_id)

    @router.message_reaction(group)
    async def reaction_changed(
        change: MessageReactionUpdated, event_update: Update, handle_group: HandleGroup
    ) -> None:
        await handle_group(group_incoming.from_reaction(change), event_update.update_id)


def dispatcher(*routers: Router) -> Dispatcher:
    """A dispatcher of these routers; of the routes of private chats and of groups when none is given.

    It does without aiogram's own state and isolation, which keep something per person for ever.

    Nor does it have what prepares data that no handler here takes, or hands errors to handlers that do not exist.
    """
    made = Dispatcher(disable_fsm=True)
    for unused in tuple(made.update.outer_middleware):
        made.update.outer_middleware.unregister(unused)
    if routers:
        made.include_routers(*routers)
    else:
        add_private_routes(made)
        add_group_routes(made)
    return made


async def _pass_on(event: Incoming | None, update: Update, handle: Handle) -> None:
    if event is not None:
        await handle(event, update.update_id)
