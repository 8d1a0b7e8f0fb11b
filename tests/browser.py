"""A real Chromium on the sandbox's page, for the tests of the page and of the whole bot."""

from __future__ import annotations

import os
import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from playwright.async_api import Browser, BrowserContext, Locator, Page, async_playwright, expect

DESKTOP = {"width": 1360, "height": 860}
MOBILE = {"width": 360, "height": 720}
PHONE_390 = {"width": 390, "height": 844}
PATIENCE_MS = 30_000  # a loaded machine is slow, not wrong
expect.set_options(timeout=PATIENCE_MS)


@pytest.fixture
async def browser() -> AsyncIterator[Browser]:
    chromium = shutil.which("chromium")
    if chromium is None:
        if os.environ.get("CI"):
            pytest.fail("chromium is needed here and is not installed")
        pytest.skip("chromium is not installed")
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        yield browser
        await browser.close()


@asynccontextmanager
async def opened(
    browser: Browser,
    url: str,
    *,
    size: dict[str, int] = DESKTOP,
    locale: str = "fr-FR",
    scheme: str = "light",
    expected: str = "(nothing)",
) -> AsyncIterator[Page]:
    """A page of its own, connected; whatever it logs as an error fails the test, but for what is `expected`."""
    context: BrowserContext = await browser.new_context(
        viewport=size,  # type: ignore[arg-type]
        locale=locale,
        color_scheme=scheme,  # type: ignore[arg-type]
        permissions=["clipboard-read", "clipboard-write"],
    )
    page = await context.new_page()
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.on("console", lambda message: errors.append(message.text) if message.type == "error" else None)
    page.set_default_timeout(PATIENCE_MS)
    await page.goto(url)
    await expect(page.locator('body[data-live="true"]')).to_have_count(1)
    yield page
    await context.close()
    assert [error for error in errors if expected not in error] == []


def phone(page: Page) -> Locator:
    return page.locator("#phone")


def bubbles(page: Page) -> Locator:
    return phone(page).locator("article")


def group(page: Page) -> Locator:
    return page.locator("#group")


async def shot(page: Page, name: str) -> None:
    """A screenshot in the folder named by SANDBOX_SCREENSHOTS, when it is set."""
    folder = os.environ.get("SANDBOX_SCREENSHOTS")
    if folder:
        await page.screenshot(path=Path(folder) / f"{name}.png", animations="disabled")


async def act_as(page: Page, label: str) -> None:
    """Whoever writes in the group from now on."""
    await group(page).get_by_label("J’écris en tant que").select_option(label=label)


async def menu(page: Page, item: str) -> None:
    """An entry of the group's menu."""
    await group(page).get_by_role("button", name="Menu", exact=True).click()
    await page.get_by_role("menuitem", name=item).click()


async def on_message(message: Locator, item: str) -> None:
    """An entry of a message's menu."""
    await message.hover()
    await message.get_by_role("button", name="Actions du message").click()
    await message.page.get_by_role("menuitem", name=item).click()


async def open_topic(page: Page, name: str = "Ana D.") -> None:
    await group(page).get_by_role("tab", name=name).click()
    await expect(group(page).get_by_role("tab", name=name)).to_have_attribute("aria-selected", "true")


async def say(pane: Locator, text: str) -> None:
    await pane.get_by_role("textbox").fill(text)
    await pane.get_by_role("textbox").press("Enter")


async def fits(page: Page) -> bool:
    """Nothing is wider than the screen."""
    wide = await page.evaluate(
        "[...document.querySelectorAll('body *')].filter(e => e.checkVisibility() && "
        "(e.getBoundingClientRect().right > innerWidth + 1 || e.getBoundingClientRect().left < -1) "
        "&& !e.closest('.topics, .offscreen')).map(e => e.className || e.tagName)"
    )
    return bool(wide == [])
