"""A real Chromium goes through the questions, to the next day's action, on the page that `make run` opens.

Screenshots go to the folder named by SANDBOX_SCREENSHOTS when it is set.
"""

from __future__ import annotations

import pytest
from playwright.async_api import Browser, Page, expect

from tests.browser import DESKTOP, MOBILE, browser, fits, opened, phone, say, shot
from tests.e2e.conftest import Home
from tests.e2e.questions import ANSWERS, LAST, MICRO, SAY

pytestmark = [pytest.mark.browser, pytest.mark.timeout(180)]
__all__ = ["browser"]


async def press(page: Page, label: str) -> None:
    """Press the newest button of that label."""
    await phone(page).get_by_role("button", name=label, exact=True).last.click()


async def answer_everything(page: Page, answers: tuple[tuple[str, str, str], ...] = ANSWERS) -> None:
    for question, how, words in answers:
        await expect(phone(page).get_by_text(question).last).to_be_visible()
        if how == "say":
            await say(phone(page), words)
        else:
            labels = {
                "30 km": SAY("questions.distance.options.nearby"),
                "CAP": SAY("questions.diploma.options.cap"),
            }
            await press(page, labels.get(words, words))
    await expect(phone(page).get_by_text(LAST).last).to_be_visible()


@pytest.mark.parametrize(
    ("size", "scheme"), [(DESKTOP, "light"), (MOBILE, "dark")], ids=["desktop", "mobile"]
)
async def test_from_the_first_screen_to_the_next_days_action(
    size: dict[str, int], scheme: str, home: Home, browser: Browser
) -> None:
    async with opened(browser, home.server.url, size=size, scheme=scheme) as page:
        await page.get_by_role("button", name="DÉMARRER").click()
        await expect(phone(page).get_by_text("Bonjour, je suis Bob")).to_be_visible()
        await shot(page, f"1-consent-{scheme}")
        await press(page, SAY("welcome.agree"))
        await answer_everything(page)
        await shot(page, f"2-diagnosis-{scheme}")
        pushes = await phone(page).get_by_text(MICRO).count()
        await home.server.jumps.jump(home.bob.store.run_sync(_next_due))
        await expect(phone(page).get_by_text(MICRO)).to_have_count(pushes + 1)
        await shot(page, f"3-action-{scheme}")
        await press(page, SAY("day.button.plan"))
        await press(page, SAY("plan.when.hour"))
        await press(page, SAY("plan.where.home"))
        await press(page, SAY("plan.obstacle.tired"))
        await press(page, SAY("plan.fallback.short"))
        await expect(phone(page).get_by_text(SAY("plan.fallback.short_clause")).last).to_be_visible()
        await shot(page, f"4-plan-{scheme}")
        await home.server.jumps.jump(home.bob.store.run_sync(_next_due))
        await expect(phone(page).get_by_text("C'est le moment").last).to_be_visible()
        await press(page, SAY("day.button.done"))
        await expect(phone(page).get_by_text(SAY("day.done")).last).to_be_visible()
        await shot(page, f"5-done-{scheme}")
        assert await fits(page)


def _next_due(conn: object) -> object:
    from storage import agenda

    return agenda.next_due(conn)  # type: ignore[arg-type]
