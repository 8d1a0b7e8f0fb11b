"""A real Chromium types jobs and towns as people do: proposals with their domain, not found, a shared position aside.

Screenshots go to the folder named by SANDBOX_SCREENSHOTS when it is set.
"""

from __future__ import annotations

import pytest
from playwright.async_api import Browser, Page, expect

from tests.browser import MOBILE, browser, fits, opened, phone, say, shot
from tests.e2e.conftest import Home
from tests.e2e.questions import SAY
from tests.e2e.test_browser import press

pytestmark = [pytest.mark.browser, pytest.mark.timeout(120)]
__all__ = ["browser"]


async def started(page: Page) -> None:
    await page.get_by_role("button", name="DÉMARRER").click()
    await press(page, SAY("welcome.agree"))
    await say(phone(page), "Aïcha")
    await expect(phone(page).get_by_text(SAY("questions.job.ask")).last).to_be_visible()


async def test_a_job_and_a_town_are_found_in_what_people_type(home: Home, browser: Browser) -> None:
    async with opened(browser, home.server.url, size=MOBILE, scheme="light") as page:
        await started(page)
        await say(phone(page), "zorglubiste")
        await expect(phone(page).get_by_text("« zorglubiste »").last).to_be_visible()
        await shot(page, "6-job-not-found")
        await say(phone(page), "femme de menage")
        await expect(phone(page).get_by_text("« femme de menage »").last).to_be_visible()
        await shot(page, "7-job-proposals")
        await expect(phone(page).get_by_text("· Propreté").last).to_be_visible()
        await phone(page).get_by_role("button", name="2. ").last.click()
        await expect(phone(page).get_by_text("femme de menage (").last).to_be_visible()
        await say(phone(page), "st denis")
        await expect(phone(page).get_by_role("button", name="Saint-Denis (974)").last).to_be_visible()
        await shot(page, "8-town-proposals")
        await press(page, "Saint-Denis (974)")
        await expect(phone(page).get_by_text(SAY("questions.distance.ask")).last).to_be_visible()
        await say(phone(page), "/profil")
        await press(page, SAY("questions.job.short"))
        await say(phone(page), "je voudrais bosser avec des enfants")
        await expect(phone(page).get_by_text("bosser avec des enfants").last).to_be_visible()
        await shot(page, "9-theme-in-the-profile")
        assert await fits(page)
