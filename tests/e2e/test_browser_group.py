"""A real Chromium goes through the counsellors' group, on the page and with the team that `make run` opens.

A counsellor invites; somebody new agrees, line by line; both write; an action is chosen, given and done; a call is
asked for; the person leaves, and nothing is left of them. Screenshots go to the folder named by SANDBOX_SCREENSHOTS.
"""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from datetime import UTC, datetime, time, timedelta
from pathlib import Path

import pytest
from playwright.async_api import Browser, Locator, Page, expect

from bot import demo
from bot.dialogs.texts import Voice
from tests.browser import (
    PHONE_390,
    act_as,
    browser,
    fits,
    group,
    on_message,
    open_topic,
    opened,
    phone,
    say,
    shot,
)
from tests.e2e.conftest import Home, running_sandbox
from tests.e2e.questions import ANSWERS, SAY
from tests.e2e.test_browser import answer_everything, press

pytestmark = [pytest.mark.browser, pytest.mark.timeout(300)]
__all__ = ["browser"]

DESK = Voice("fr")  # what the team reads is in French too
SIZE_1280 = {"width": 1280, "height": 860}
NADIA, KARIM = demo.COUNSELLORS
NAME = demo.NEWCOMER
FOLLOWED = "Sofia"  # the example person who has written already
TALK = "On en parle lundi en réunion"
PERSONAL = {"Leïla": NAME, "9 h 30": "8 h 30"}
NINE_THIRTY_UTC = time(9, 30)  # working hours in Paris, summer and winter


def working_morning(now: datetime) -> datetime:
    """A Tuesday to come, so that the next days are worked too."""
    day = now.date() + timedelta(days=(1 - now.weekday()) % 7 or 7)
    return datetime.combine(day, NINE_THIRTY_UTC, UTC)


@pytest.fixture
async def team(tmp_path: Path) -> AsyncIterator[Home]:
    """The sandbox as it opens for the first time, with its example team."""
    async with running_sandbox(tmp_path) as home:
        home.clock.set_at_least(working_morning(home.clock.now()))
        await demo.set_up(home.bob, home.server)
        yield home


async def hold_the_phone_of(page: Page, name: str) -> None:
    await phone(page).get_by_label("Personne", exact=True).select_option(label=name)


def saying(key: str, *unknown: str, **known: object) -> re.Pattern[str]:
    """The text of that key, whatever its `unknown` variables say."""
    text = SAY(key, **known, **dict.fromkeys(unknown, "@@"))
    return re.compile(".+".join(re.escape(part) for part in text.split("@@")))


ACTIVITY = saying("group.card.activity", "day")


async def told(pane: Locator, words: str | re.Pattern[str]) -> Locator:
    """The newest message with these words, its own and not quoted ones, once it is there."""
    message = pane.locator("article").filter(has=pane.page.locator(".text", has_text=words)).last
    await expect(message).to_be_visible()
    return message


async def tap(message: Locator, label: str) -> None:
    """A button under a message."""
    await message.get_by_role("button", name=label, exact=True).click()


async def invite(page: Page) -> str:
    """Nadia asks for a link, in private; what it says."""
    await hold_the_phone_of(page, NADIA)
    await say(phone(page), "/inviter")
    invitation = await told(phone(page), "start=")
    picture = invitation.get_by_role("img")
    await expect(picture).to_have_js_property("complete", True)
    assert await picture.evaluate("image => image.naturalWidth") > 100
    await shot(page, "group-01-invitation")
    found = re.search(r"https://t\.me/\S+start=[\w-]+", await invitation.inner_text())
    assert found is not None
    return found[0]


async def agree_to_be_followed(page: Page, link: str) -> None:
    """Somebody new opens the link, answers the questions, takes a line away and agrees."""
    await hold_the_phone_of(page, NAME)
    await phone(page).get_by_role("button", name="Ouvrir un lien").click()
    await page.get_by_label("Lien ou code").fill(link)
    await page.get_by_role("button", name="Ouvrir", exact=True).click()
    await shot(page, "group-02-link")
    await phone(page).get_by_role("button", name="DÉMARRER").click()
    await press(page, SAY("welcome.agree"))
    await answer_everything(
        page, tuple((question, how, PERSONAL.get(words, words)) for question, how, words in ANSWERS)
    )
    preview = await told(phone(page), SAY("counsellor.preview_title"))
    await expect(preview).to_contain_text(ACTIVITY)
    await shot(page, "group-03-preview")
    await tap(preview, SAY("counsellor.hide.activity"))
    await expect(preview.get_by_role("button", name=SAY("counsellor.show.activity"))).to_be_visible()
    await expect(preview).not_to_contain_text(ACTIVITY)
    await shot(page, "group-04-line-removed")
    await tap(preview, SAY("counsellor.button.yes"))
    receipt = await told(phone(page), SAY("counsellor.receipt_title"))
    await expect(receipt).to_contain_text(NADIA)
    await shot(page, "group-05-receipt")


async def read_the_card(page: Page) -> Locator:
    """The topic is there, and what its pinned card says is what the person agreed to."""
    await open_topic(page, NAME)
    pins = group(page).locator(".pins")
    await pins.get_by_role("button", name="Afficher ou replier").click()
    card = pins.locator(".pin-card")
    await expect(card).to_contain_text(f"{NAME} · {NADIA}")
    await expect(card).to_contain_text(DESK("group.card.rhythm", n=1, received=1))
    await expect(card).not_to_contain_text(ACTIVITY)
    for never in ("serveuse", "Nantes", "CAP"):
        await expect(card).not_to_contain_text(never)
    await shot(page, "group-06-card")
    return card


async def write_to_and_fro(page: Page) -> None:
    await say(phone(page), "/conseiller")
    await told(phone(page), SAY("counsellor.ask.topic", who=NADIA))
    await say(phone(page), "Bonjour, faut-il mettre mes saisons sur le CV ?")
    asked = await told(group(page), "mes saisons")
    await shot(page, "group-07-question")
    await act_as(page, NADIA)
    await on_message(asked, "Répondre")
    await expect(group(page).locator(".target")).to_contain_text("mes saisons")
    await shot(page, "group-08-answering")
    await say(group(page), "Oui, avec les dates. Envoyez-le-moi ensuite.")
    await expect(await told(phone(page), "avec les dates")).to_contain_text(f"{NADIA} :")
    await act_as(page, KARIM)
    await say(group(page), TALK)
    await told(group(page), TALK)
    await act_as(page, NADIA)
    await on_message(asked, "Répondre")
    await say(group(page), "Bonne journée à vous.")
    await told(phone(page), "Bonne journée à vous.")
    await expect(phone(page).get_by_text(TALK)).to_have_count(0)
    await shot(page, "group-09-both-ways")


async def assign(page: Page, card: Locator) -> str:
    """From the card, in three taps; the words of the action."""
    await tap(card, DESK("acting.button.action"))
    choice = await told(group(page), DESK("acting.which", person=NAME))
    listed = re.search(r"1\. (.+)", await choice.inner_text())
    assert listed is not None
    await shot(page, "group-10-which-action")
    await tap(choice, "1")
    await shot(page, "group-11-which-day")
    await tap(await told(group(page), saying("acting.when", "what", person=NAME)), "Demain")
    await told(group(page), saying("acting.assigned", "what", person=NAME, day=DESK("common.tomorrow")))
    await shot(page, "group-12-assigned")
    return listed[1]


async def do_it(page: Page, action: str) -> None:
    """The next morning: the action comes under the counsellor's name, and the topic hears that it was done."""
    await page.get_by_role("button", name="demain 09:00").click()
    given = await told(phone(page), SAY("assigned.yours", who=NADIA))
    await expect(given).to_contain_text(action[:20])
    await arrived(page, "09:00")
    await expect(group(page).locator(".pin-card")).to_contain_text(
        saying("group.card.assigned", "day", who=NADIA)
    )
    await shot(page, "group-13-given")
    await tap(given, SAY("day.button.done"))
    await expect(given.get_by_role("button", name=SAY("day.button.done"))).to_have_count(0)
    await page.get_by_role("button", name="+ 1 heure").click()  # an answer can be undone for a while
    await arrived(page, "10:0")
    await told(group(page), DESK("acting.told.done", person=NAME, who=NADIA))
    await shot(page, "group-14-done")


async def arrived(page: Page, hour: str) -> None:
    """The clock has come to that hour, and everything that was due on the way has been said."""
    await expect(page.locator(".clock-time")).to_contain_text(hour)
    await expect(page.locator(".clock.moving")).to_have_count(0)


async def ask_for_a_call(page: Page) -> None:
    await say(phone(page), "je veux parler à quelqu'un")
    offer = await told(phone(page), SAY("counsellor.human", who=NADIA))
    await shot(page, "group-15-somebody")
    await tap(offer, SAY("counsellor.button.call_me"))
    await told(phone(page), SAY("counsellor.call_asked", who=NADIA, n=2))
    alert = await told(group(page), saying("urgent.reason.human", "since", person=NAME))
    await shot(page, "group-16-alert")
    await tap(alert, DESK("urgent.button.useful"))
    await expect(group(page).locator(".toast", has_text=DESK("urgent.thanks"))).to_be_visible()
    await shot(page, "group-17-useful")
    await open_topic(page, "Général")
    await say(group(page), "/urgent")
    waiting = await told(group(page), DESK("urgent.list.title", who=NADIA))
    await expect(waiting).to_contain_text(saying("urgent.reason.human", "since", person=NAME))
    await expect(waiting).to_contain_text(saying("urgent.reason.waiting", "since", person=FOLLOWED))
    await shot(page, "group-18-urgent")
    await open_topic(page, NAME)


async def leave(page: Page) -> None:
    await say(phone(page), "/qui")
    follower = await told(phone(page), saying("counsellor.who", "day", "receipt", who=NADIA))
    await shot(page, "group-19-who")
    await tap(follower, SAY("counsellor.button.leave"))
    sure = await told(phone(page), SAY("counsellor.leave_sure", who=NADIA))
    await shot(page, "group-20-leave")
    await tap(sure, SAY("counsellor.button.leave_yes"))
    await told(phone(page), SAY("counsellor.left", who=NADIA))
    await expect(group(page).get_by_role("tab", name=NAME)).to_have_count(0)
    await expect(group(page).get_by_role("tab", name=FOLLOWED)).to_be_visible()
    await expect(group(page).get_by_role("tab", name="Général")).to_have_attribute("aria-selected", "true")
    await shot(page, "group-21-left")
    await expect(group(page).get_by_text(DESK("group.linked", person=FOLLOWED, who=NADIA))).to_be_visible()
    await expect(group(page).get_by_text(NAME).filter(visible=True)).to_have_count(0)


async def answer_once_on_a_narrow_screen(page: Page) -> None:
    await page.get_by_role("tab", name="Groupe").click()
    await shot(page, "group-30-narrow-general")
    await open_topic(page, FOLLOWED)
    pins = group(page).locator(".pins")
    await pins.get_by_role("button", name="Afficher ou replier").click()
    await expect(pins.locator(".pin-card")).to_contain_text(f"{FOLLOWED} · {NADIA}")
    await shot(page, "group-31-narrow-card")
    assert await fits(page)
    await pins.get_by_role("button", name="Afficher ou replier").click()
    await on_message(await told(group(page), "une question sur mon CV"), "Répondre")
    await say(group(page), "Jeudi à 14 h, cela vous irait ?")
    await told(group(page), "Jeudi à 14 h")
    await shot(page, "group-32-narrow-answered")
    assert await fits(page)
    await page.get_by_role("tab", name="Téléphone").click()
    await hold_the_phone_of(page, FOLLOWED)
    await expect(await told(phone(page), "Jeudi à 14 h")).to_contain_text(f"{NADIA} :")
    await shot(page, "group-33-narrow-received")


async def test_somebody_is_followed_from_the_invitation_to_the_day_they_leave(
    team: Home, browser: Browser
) -> None:
    async with opened(browser, team.server.url, size=SIZE_1280) as page:
        link = await invite(page)
        await agree_to_be_followed(page, link)
        card = await read_the_card(page)
        await write_to_and_fro(page)
        action = await assign(page, card)
        await do_it(page, action)
        await ask_for_a_call(page)
        await leave(page)
    async with opened(browser, team.server.url, size=PHONE_390, scheme="dark") as page:
        await answer_once_on_a_narrow_screen(page)
