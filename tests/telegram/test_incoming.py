"""Every kind of update of a private chat becomes an event; groups do not."""

from __future__ import annotations

from typing import Any

import pytest
from aiogram import Bot
from aiogram.types import Update

from bot.dialogs.incoming import Incoming, Kind, Press
from bot.telegram.incoming import LONGEST_TEXT, from_unreadable, kind_of, sender_of
from bot.telegram.routers import Albums, dispatcher, private_router

ANA = {"id": 42, "is_bot": False, "first_name": "Ana", "language_code": "fr"}
CHAT = {"id": 42, "type": "private", "first_name": "Ana"}
GROUP = {"id": -7, "type": "supergroup", "title": "Équipe"}
FILE = {"file_id": "f", "file_unique_id": "u", "file_size": 3}
PICTURE = {**FILE, "width": 2, "height": 2}
FILM = {**PICTURE, "duration": 2}
SOUND = {**FILE, "duration": 2}


class Edge:
    """The routes alone: what they hand over for raw updates."""

    def __init__(self) -> None:
        self.bot = Bot("42424242:not-a-real-token-at-all-000")
        self.routes = dispatcher(private_router(Albums(remembered=3)))
        self.events: list[tuple[Incoming, int]] = []

    async def feed(self, update_id: int = 1, **kinds: Any) -> Incoming | None:
        async def handle(event: Incoming, of: int) -> None:
            self.events.append((event, of))

        before = len(self.events)
        update = Update.model_validate({"update_id": update_id, **kinds}, context={"bot": self.bot})
        await self.routes.feed_update(self.bot, update, handle=handle)
        assert len(self.events) - before <= 1
        return self.events[-1][0] if len(self.events) > before else None

    async def message(self, update_id: int = 1, **fields: Any) -> Incoming | None:
        return await self.feed(update_id, message=message(**fields))


def message(**fields: Any) -> dict[str, Any]:
    return {"message_id": 5, "date": 1_700_000_000, "chat": CHAT, "from": ANA} | fields


def press(**fields: Any) -> dict[str, Any]:
    return {"id": "q1", "from": ANA, "chat_instance": "c"} | fields


@pytest.fixture
def edge() -> Edge:
    return Edge()


async def test_a_text_is_a_text(edge: Edge) -> None:
    event = await edge.message(text="Bonjour\x00 là\r\n!")
    assert event == Incoming(Kind.TEXT, 42, 42, text="Bonjour là\n!", client_language="fr", sent_id=5)
    assert edge.events[0][1] == 1


@pytest.mark.parametrize(
    ("typed", "command", "argument"),
    [
        ("/start", "start", ""),
        ("/start i-abc", "start", "i-abc"),
        ("/Start@BobBot  i-abc ", "start", "i-abc"),
        ("/mesdonnées", "mesdonnées", ""),
        ("/aide\nun mot\nencore", "aide", "un mot\nencore"),
    ],
)
async def test_a_command_has_a_name_and_an_argument(
    edge: Edge, typed: str, command: str, argument: str
) -> None:
    event = await edge.message(text=typed)
    assert event is not None
    assert (event.kind, event.command, event.text) == (Kind.COMMAND, command, argument)


@pytest.mark.parametrize("typed", ["/", "/ start", "/a/b", "a /start", "//", "/" + "x" * 70])
async def test_what_only_looks_like_a_command_is_a_text(edge: Edge, typed: str) -> None:
    event = await edge.message(text=typed)
    assert event is not None
    assert (event.kind, event.text) == (Kind.TEXT, typed)


@pytest.mark.parametrize(
    ("fields", "kind"),
    [
        ({"voice": SOUND}, Kind.VOICE),
        ({"audio": SOUND}, Kind.VOICE),
        ({"video_note": {**SOUND, "length": 2}}, Kind.VOICE),
        ({"photo": [PICTURE]}, Kind.PHOTO),
        ({"video": FILM}, Kind.PHOTO),
        ({"animation": FILM, "document": FILE}, Kind.PHOTO),
        (
            {
                "sticker": {
                    **PICTURE,
                    "type": "regular",
                    "is_animated": False,
                    "is_video": False,
                }
            },
            Kind.STICKER,
        ),
        ({"contact": {"phone_number": "0102", "first_name": "B"}}, Kind.CONTACT),
        ({"document": FILE}, Kind.DOCUMENT),
        ({"dice": {"emoji": "🎲", "value": 3}}, Kind.OTHER),
        ({"group_chat_created": True}, Kind.OTHER),
        ({"message_auto_delete_timer_changed": {"message_auto_delete_time": 60}}, Kind.OTHER),
        ({"something_of_next_year": {"x": 1}}, Kind.OTHER),
        ({}, Kind.OTHER),
    ],
)
async def test_each_kind_of_message_is_told_apart(edge: Edge, fields: dict[str, Any], kind: Kind) -> None:
    event = await edge.message(**fields)
    assert event is not None
    assert event.kind is kind


async def test_a_caption_is_the_text_of_a_photo(edge: Edge) -> None:
    event = await edge.message(photo=[PICTURE], caption="mon CV")
    assert event is not None
    assert event.text == "mon CV"


async def test_a_location_and_a_venue_carry_their_place(edge: Edge) -> None:
    spot = {"latitude": 45.75, "longitude": 4.85}
    for fields in (
        {"location": spot},
        {"location": spot, "venue": {"location": spot, "title": "x", "address": "y"}},
    ):
        event = await edge.message(**fields)
        assert event is not None
        assert (event.kind, event.location) == (Kind.LOCATION, (45.75, 4.85))


async def test_a_forwarded_text_keeps_its_text(edge: Edge) -> None:
    origin = {"type": "hidden_user", "date": 1, "sender_user_name": "X"}
    event = await edge.message(text="Offre à saisir", forward_origin=origin)
    assert event is not None
    assert (event.kind, event.text) == (Kind.FORWARDED, "Offre à saisir")


async def test_an_edited_text_is_an_edit_and_a_moving_location_is_nothing(edge: Edge) -> None:
    event = await edge.feed(edited_message=message(text="corrigé", edit_date=2))
    assert event is not None
    assert (event.kind, event.text) == (Kind.EDITED, "corrigé")
    spot = {"latitude": 45.75, "longitude": 4.85, "live_period": 60}
    assert await edge.feed(edited_message=message(location=spot, edit_date=2)) is None


async def test_an_album_speaks_once_and_again_when_it_is_redelivered(edge: Edge) -> None:
    spoken = [await edge.message(of, photo=[PICTURE], media_group_id="g") for of in (1, 2, 3, 1)]
    assert [event is not None and not event.later_of_album for event in spoken] == [True, False, False, True]
    assert all(event is not None and (event.album, event.media) == ("g", "photo") for event in spoken)
    for number in range(10):
        event = await edge.message(10 + number, photo=[PICTURE], media_group_id=f"g{number}")
        assert event is not None
        assert not event.later_of_album


async def test_a_huge_text_is_shortened(edge: Edge) -> None:
    event = await edge.message(text="é" * 100_000)
    assert event is not None
    assert len(event.text) == LONGEST_TEXT


async def test_a_press_names_its_dialogue_and_its_message(edge: Edge) -> None:
    event = await edge.feed(callback_query=press(data="day1|ask|yes", message=message()))
    assert event is not None
    assert (event.kind, event.press) == (Kind.BUTTON, Press("day", 1, "ask", "yes"))
    assert (event.message_id, event.callback_id, event.chat_id) == (5, "q1", 42)


@pytest.mark.parametrize("data", ["<forged>", "day1|ask|é", "x" * 500, None])
async def test_a_forged_press_still_comes_through(edge: Edge, data: str | None) -> None:
    extra = {"data": data} if data else {"game_short_name": "g"}
    event = await edge.feed(callback_query=press(message=message(), **extra))
    assert event is not None
    assert (event.kind, event.press, event.callback_id) == (Kind.BUTTON, None, "q1")


async def test_a_press_under_a_message_too_old_or_absent_comes_through(edge: Edge) -> None:
    old = {"message_id": 5, "date": 0, "chat": CHAT}
    event = await edge.feed(callback_query=press(data="day1|ask|yes", message=old))
    assert event is not None
    assert (event.message_id, event.press is not None) == (5, True)
    event = await edge.feed(callback_query=press(data="day1|ask|yes", inline_message_id="i"))
    assert event is not None
    assert (event.message_id, event.chat_id) == (None, 42)


@pytest.mark.parametrize(
    ("status", "kind"), [("kicked", Kind.BLOCKED), ("member", Kind.UNBLOCKED), ("left", Kind.BLOCKED)]
)
async def test_blocking_is_told(edge: Edge, status: str, kind: Kind) -> None:
    bot = {"id": 42424242, "is_bot": True, "first_name": "Bob"}
    new = {"user": bot, "status": status} | ({"until_date": 0} if status == "kicked" else {})
    change = {"chat": CHAT, "from": ANA, "date": 1, "old_chat_member": {"user": bot, "status": "left"}}
    event = await edge.feed(my_chat_member={**change, "new_chat_member": new})
    assert event is not None
    assert event.kind is kind


async def test_groups_channels_and_bots_are_left_alone(edge: Edge) -> None:
    assert await edge.message(chat=GROUP, text="/start") is None
    assert await edge.message(**{"from": {**ANA, "is_bot": True}}, text="moi") is None
    assert (
        await edge.feed(channel_post={"message_id": 1, "date": 1, "chat": {"id": -8, "type": "channel"}})
        is None
    )
    assert await edge.feed(callback_query=press(data="day1|a|b", message=message(chat=GROUP))) is None
    assert edge.events == []


async def test_the_loop_asks_telegram_for_what_the_routes_handle(edge: Edge) -> None:
    assert set(edge.routes.resolve_used_update_types()) == {
        "message",
        "edited_message",
        "callback_query",
        "my_chat_member",
    }


def test_an_unreadable_update_still_tells_who_sent_it() -> None:
    odd = {"update_id": 3, "message": {"chat": CHAT, "from": ANA, "text": {"not": "a text"}}}
    assert from_unreadable(odd) == Incoming(Kind.OTHER, 42, 42)
    pressed = {
        "update_id": 3,
        "callback_query": press(data="day1|a|b", message={"chat": CHAT, "message_id": 9}),
    }
    event = from_unreadable(pressed)
    assert event is not None
    assert (event.press, event.message_id, event.callback_id) == (Press("day", 1, "a", "b"), 9, "q1")
    assert (sender_of(odd), kind_of(odd), kind_of({"update_id": 1})) == (42, "message", "unknown")


@pytest.mark.parametrize(
    "raw",
    [
        {"update_id": 1},
        {"message": None},
        {"message": []},
        {"message": {"from": "x", "chat": CHAT}},
        {"message": {"from": {"id": "42"}, "chat": CHAT}},
        {"message": {"from": ANA, "chat": GROUP}},
        {"message": {"from": {**ANA, "is_bot": True}, "chat": CHAT}},
        {"callback_query": {"from": ANA, "message": {"chat": GROUP}}},
        {"poll": {"id": "1"}},
    ],
)
def test_an_unreadable_update_of_nobody_in_private_is_no_event(raw: dict[str, Any]) -> None:
    assert from_unreadable(raw) is None
