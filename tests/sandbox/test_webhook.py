"""Delivery to a webhook: secret, order, repeats."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from typing import Any

import pytest
from aiogram import Bot
from aiohttp import web

from bot.sandbox import SandboxServer
from bot.sandbox.people import Person
from tests.sandbox.conftest import refused


@dataclass
class Receiver:
    """A web server of the bot; `statuses` are its next answers, 200 when there is none left."""

    url: str = ""
    statuses: list[int] = field(default_factory=list)
    received: list[dict[str, Any]] = field(default_factory=list)
    secrets: list[str | None] = field(default_factory=list)
    in_flight: int = 0
    most_in_flight: int = 0
    pause: float = 0.0

    async def receive(self, request: web.Request) -> web.Response:
        self.in_flight += 1
        self.most_in_flight = max(self.most_in_flight, self.in_flight)
        self.secrets.append(request.headers.get("X-Telegram-Bot-Api-Secret-Token"))
        update = await request.json()
        await asyncio.sleep(self.pause)
        self.in_flight -= 1
        status = self.statuses.pop(0) if self.statuses else 200
        if status == 200:
            self.received.append(update)
        return web.Response(status=status)

    async def wait_for(self, count: int) -> list[dict[str, Any]]:
        async with asyncio.timeout(10):
            while len(self.received) < count:
                await asyncio.sleep(0.02)
        return self.received


@pytest.fixture
async def receiver() -> AsyncIterator[Receiver]:
    receiver = Receiver()
    app = web.Application()
    app.router.add_post("/hook", receiver.receive)
    runner = web.AppRunner(app)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    receiver.url = f"http://127.0.0.1:{runner.addresses[0][1]}/hook"
    yield receiver
    await runner.cleanup()


async def test_updates_are_delivered_with_the_secret(
    server: SandboxServer, bot: Bot, ana: Person, receiver: Receiver
) -> None:
    await bot.set_webhook(receiver.url, secret_token="s3cret", allowed_updates=["message"])
    server.people.send_text(ana.id, "bonjour")
    received = await receiver.wait_for(2)
    assert [update["message"]["text"] for update in received] == ["/start", "bonjour"]
    assert set(receiver.secrets) == {"s3cret"}
    info = await bot.get_webhook_info()
    assert (info.url, info.pending_update_count, info.allowed_updates) == (receiver.url, 0, ["message"])


async def test_a_chat_is_served_in_order_and_a_failure_is_repeated_first(
    server: SandboxServer, bot: Bot, ana: Person, receiver: Receiver
) -> None:
    receiver.statuses = [500]
    for number in range(3):
        server.people.send_text(ana.id, str(number))
    await bot.set_webhook(receiver.url)
    received = await receiver.wait_for(4)
    assert [update["message"]["text"] for update in received] == ["/start", "0", "1", "2"]
    assert receiver.most_in_flight == 1
    assert (await bot.get_webhook_info()).last_error_message == (
        "Wrong response from the webhook: 500 Internal Server Error"
    )


async def test_a_tap_and_a_text_of_one_person_arrive_at_the_same_time(
    server: SandboxServer, bot: Bot, ana: Person, receiver: Receiver
) -> None:
    receiver.pause = 0.2
    server.people.press_raw(ana.id, 1, "x")
    await bot.set_webhook(receiver.url)
    await receiver.wait_for(2)
    assert receiver.most_in_flight == 2


async def test_pending_updates_can_be_dropped_and_the_webhook_removed(
    server: SandboxServer, bot: Bot, ana: Person, receiver: Receiver
) -> None:
    await bot.set_webhook(receiver.url, drop_pending_updates=True)
    server.people.send_text(ana.id, "après")
    assert (await receiver.wait_for(1))[0]["message"]["text"] == "après"
    await bot.delete_webhook()
    server.people.send_text(ana.id, "par getUpdates")
    updates = await bot.get_updates()
    assert [update.message.text for update in updates if update.message] == ["par getUpdates"]
    assert (await bot.get_webhook_info()).url == ""


async def test_faulty_webhooks_are_refused(bot: Bot) -> None:
    await refused(
        bot.set_webhook("http://exemple.fr"), "bad webhook: An HTTPS URL must be provided for webhook"
    )
    await refused(
        bot.set_webhook("http://127.0.0.1:1/", secret_token="é"), "secret token contains unallowed characters"
    )
    await refused(
        bot.set_webhook("http://127.0.0.1:1/", max_connections=101),
        "max_connections must be between 1 and 100",
    )
