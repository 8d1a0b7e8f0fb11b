"""Takes the pictures of the readme from the real sandbox: `.venv/bin/python -m tests.docs.screenshots`."""

from __future__ import annotations

import asyncio
import shutil
import tempfile
from datetime import UTC, datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from playwright.async_api import Page, async_playwright

from bot import app
from bot.commands.docs import ROOT
from bot.sandbox.client import Seeker
from bot.sandbox.server import SandboxServer
from bot.settings import load_settings
from bot.telegram.commands import publish
from tests.e2e.questions import go_through

IMAGES = ROOT / "docs" / "images"
PARIS = ZoneInfo("Europe/Paris")
SIZE = {"width": 1180, "height": 980}
SETTLE_MS = 1500


async def take(folder: Path) -> None:
    """Lead one person through the questions, then to the action of the next day, and take a picture of each."""
    settings = load_settings({"DATA_DIR": str(folder), "SANDBOX_PORT": "0", "OPEN_BROWSER": "no"})
    async with app.sandbox(settings) as (bob, server), async_playwright() as playwright:
        await publish(bob.bot, app.command_list())
        stop = asyncio.Event()
        running = asyncio.create_task(bob.run(stop))
        browser = await playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--no-sandbox"]
        )
        try:
            page = await browser.new_page(
                viewport=SIZE, locale="fr-FR", color_scheme="light", device_scale_factor=1.5
            )
            person = Seeker(server, "Leïla")
            await go_through(person)
            await picture(page, server, "diagnosis.png")
            await next_morning(server)
            await picture(page, server, "action.png")
        finally:
            await browser.close()
            stop.set()
            await running


async def next_morning(server: SandboxServer) -> None:
    """Half past nine of the next day that is not a Sunday, when the day's action has come."""
    day = server.clock.now().astimezone(PARIS).date() + timedelta(days=1)
    day += timedelta(days=day.isoweekday() == 7)
    await server.jumps.jump(datetime.combine(day, time(9, 31), PARIS).astimezone(UTC))


async def picture(page: Page, server: SandboxServer, name: str) -> None:
    """The phone, once everything has arrived."""
    await page.wait_for_timeout(SETTLE_MS)
    await page.goto(f"{server.url}/")
    await page.wait_for_timeout(SETTLE_MS)
    await page.locator("#phone").screenshot(path=IMAGES / name)


if __name__ == "__main__":
    IMAGES.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        asyncio.run(take(Path(folder)))
