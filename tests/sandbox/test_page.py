"""The page in a real Chromium, with a tiny bot behind it.

Screenshots go to the folder named by SANDBOX_SCREENSHOTS when it is set.
"""

from __future__ import annotations

import asyncio
import re
from collections.abc import AsyncIterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from aiogram import Bot
from aiogram.types import BotCommand, ForceReply, ForumTopic
from playwright.async_api import Browser, Page, Route, expect

from bot.sandbox import SandboxServer
from bot.sandbox.people import Person
from tests.browser import DESKTOP, MOBILE, browser, bubbles, fits, opened, phone, say, shot
from tests.sandbox.conftest import aiogram_bot, serving
from tests.sandbox.echo_bot import running

pytestmark = pytest.mark.browser
__all__ = ["browser"]


@pytest.fixture
async def echo(bot: Bot) -> AsyncIterator[None]:
    async with running(bot):
        yield


async def start(page: Page) -> None:
    await page.get_by_role("button", name="DÉMARRER").click()
    await expect(phone(page).get_by_text("Votre action du jour")).to_be_visible()


@pytest.mark.usefixtures("echo", "nadia")
async def test_a_first_conversation(server: SandboxServer, browser: Browser) -> None:
    server.people.create("Ana")
    async with opened(browser, server.url) as page:
        await phone(page).get_by_label("Personne", exact=True).select_option(label="Ana")
        await expect(phone(page).get_by_text("Que peut faire ce bot ?")).to_be_visible()
        await shot(page, "start")
        await start(page)
        await expect(bubbles(page)).to_have_count(3)
        await expect(phone(page).locator(".day")).to_have_text("Aujourd’hui")
        await say(phone(page), "Merci <b>beaucoup</b> & à demain")
        await expect(bubbles(page).last).to_contain_text("Merci <b>beaucoup</b> & à demain")
        await expect(phone(page).locator("article.in").last.locator(".quoted")).to_contain_text("Ana")
        await shot(page, "conversation")


@pytest.mark.usefixtures("echo", "ana")
async def test_buttons_wait_for_their_answer_and_edit_in_place(
    server: SandboxServer, browser: Browser
) -> None:
    async with opened(browser, server.url) as page:
        await page.get_by_role("button", name="Plus tard").click()
        await expect(page.get_by_role("button", name="Plus tard")).to_have_attribute("aria-busy", "true")
        await expect(page.get_by_role("dialog")).to_contain_text("On en reparle à 18 heures.")
        await page.get_by_role("button", name="Valider").click()
        await page.get_by_role("button", name="Copier le message").click()
        await expect(phone(page).locator(".toast")).to_have_text("Copié")
        assert "poste de serveuse" in await page.evaluate("navigator.clipboard.readText()")
        await page.get_by_role("button", name="C'est fait").click()
        await expect(phone(page).get_by_text("Bravo !", exact=True)).to_be_visible()
        await expect(phone(page).get_by_text("C'est noté. Bravo !")).to_be_visible()
        await expect(bubbles(page).last.locator(".edited")).to_have_text("modifié")
        await expect(phone(page).locator(".inline-button")).to_have_count(0)


@pytest.mark.usefixtures("echo", "ana")
async def test_a_block_of_text_is_copied_by_its_button(server: SandboxServer, browser: Browser) -> None:
    async with opened(browser, server.url) as page:
        await phone(page).locator(".copy-code").click()
        await expect(phone(page).locator(".copy-code")).to_have_text("Copié")
        copied = await page.evaluate("navigator.clipboard.readText()")
        assert copied.startswith("Bonjour Madame,\nje vous écris")


@pytest.mark.usefixtures("echo", "ana")
async def test_commands_are_completed_and_keyboards_used(server: SandboxServer, browser: Browser) -> None:
    async with opened(browser, server.url) as page:
        await phone(page).get_by_role("textbox").fill("/cl")
        await expect(phone(page).locator(".suggestions button")).to_have_text(
            ["/clavierUn clavier de réponse"]
        )
        await phone(page).locator(".suggestions button").click()
        await expect(phone(page).locator(".reply-button")).to_have_count(3)
        await expect(phone(page).get_by_role("textbox")).to_have_attribute("placeholder", "Oui ou non ?")
        await shot(page, "keyboard")
        await phone(page).locator(".reply-button", has_text="Oui").click()
        await expect(bubbles(page).last).to_contain_text("Oui")
        await phone(page).locator(".reply-button", has_text="Partager ma position").click()
        await expect(bubbles(page).last).to_contain_text("ContentType.LOCATION")
        await phone(page).get_by_role("button", name="Afficher ou masquer le clavier").click()
        await expect(phone(page).locator(".reply-button").first).to_be_hidden()


@pytest.mark.usefixtures("echo", "ana")
async def test_photos_and_documents_are_shown(server: SandboxServer, browser: Browser) -> None:
    async with opened(browser, server.url) as page:
        await say(phone(page), "/photo")
        await expect(phone(page).locator(".card", has_text="rendez-vous.ics")).to_be_visible()
        await phone(page).locator(".photo").click()
        await expect(page.locator("dialog.large img")).to_be_visible()
        await page.keyboard.press("Escape")
        await expect(page.locator("dialog.large")).to_have_count(0)


async def attach(page: Page, item: str) -> None:
    await phone(page).get_by_role("button", name="Joindre").click()
    await page.get_by_role("menuitem", name=item).click()


@pytest.mark.usefixtures("echo")
async def test_everything_can_be_attached(server: SandboxServer, browser: Browser, ana: Person) -> None:
    async with opened(browser, server.url) as page:
        await expect(bubbles(page)).to_have_count(3)
        await attach(page, "Position")
        await page.get_by_label("Lieu").select_option(label="Lyon")
        await page.get_by_role("dialog").get_by_role("button", name="Envoyer").click()
        await attach(page, "Contact")
        await page.get_by_role("dialog").get_by_role("button", name="Envoyer").click()
        await attach(page, "Message vocal")
        await page.get_by_role("dialog").get_by_role("button", name="Envoyer").click()
        await attach(page, "Autocollant")
        await page.get_by_role("dialog").get_by_role("button", name="🎉").click()
        await attach(page, "Message transféré")
        await page.get_by_label("Texte", exact=True).fill("Poste de serveur, 39 h")
        await page.get_by_role("dialog").get_by_role("button", name="Envoyer").click()
        async with page.expect_file_chooser() as chooser:
            await attach(page, "Document")
        await (await chooser.value).set_files(
            {"name": "cv.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.7"}
        )
        await expect(phone(page).locator(".card", has_text="cv.pdf")).to_be_visible()
        await expect(bubbles(page)).to_have_count(15)
        await shot(page, "attachments")
    kinds = [each.kind for each in server.world.messages.history(ana.id) if each.sender_id == ana.id]
    assert kinds == ["text", "location", "contact", "voice", "sticker", "text", "document"]


@pytest.mark.usefixtures("echo")
async def test_own_messages_are_edited_and_deleted(
    server: SandboxServer, browser: Browser, ana: Person
) -> None:
    async with opened(browser, server.url) as page:
        await say(phone(page), "Je cherche depuis 3 moi")
        mine = phone(page).locator("article.out").last
        await expect(mine).to_contain_text("3 moi")
        await expect(phone(page).locator("article.in .quoted")).to_contain_text("3 moi")
        await phone(page).get_by_role("textbox").press("ArrowUp")
        await expect(phone(page).locator(".target")).to_contain_text("Modification")
        await say(phone(page), "Je cherche depuis 3 mois")
        await expect(mine.locator(".edited")).to_be_visible()
        await expect(mine).to_contain_text("3 mois")
        await expect(phone(page).locator("article.in .quoted")).to_contain_text("3 mois")
        await mine.hover()
        await mine.get_by_role("button", name="Actions du message").click()
        await page.get_by_role("menuitem", name="Supprimer").click()
        await expect(phone(page).locator("article.out")).to_have_count(1)
    assert not any("3 mois" in str(each.content) for each in own(server, ana))


def own(server: SandboxServer, person: Person) -> list[object]:
    return [each for each in server.world.messages.history(person.id) if each.sender_id == person.id]


async def test_the_bots_force_reply_pins_typing_and_deletions_are_shown(
    server: SandboxServer, bot: Bot, browser: Browser, ana: Person
) -> None:
    async with opened(browser, server.url) as page:
        await expect(bubbles(page)).to_have_count(1)
        await bot.send_chat_action(ana.id, "typing")
        await expect(phone(page).locator(".subtitle")).to_have_text("écrit…")
        sent = await bot.send_message(ana.id, "Votre plan : mardi 10 heures")
        await expect(phone(page).locator(".subtitle")).to_have_text("bot")
        await bot.pin_chat_message(ana.id, sent.message_id)
        await expect(phone(page).locator(".pins")).to_contain_text("mardi 10 heures")
        await bot.delete_message(ana.id, sent.message_id)
        await expect(phone(page).locator(".pins")).to_be_hidden()
        await expect(bubbles(page)).to_have_count(1)
        ask = ForceReply(input_field_placeholder="Votre prénom")
        asked = await bot.send_message(ana.id, "Comment vous appeler ?", reply_markup=ask)
        await expect(phone(page).get_by_role("textbox")).to_have_attribute("placeholder", "Votre prénom")
        await say(phone(page), "Ana")
        await expect(bubbles(page)).to_have_count(3)
    assert server.world.messages.history(ana.id)[-1].reply_to == asked.message_id


async def test_a_message_that_comes_while_the_chat_loads_is_shown(
    server: SandboxServer, bot: Bot, browser: Browser, ana: Person
) -> None:
    async with opened(browser, server.url) as page:
        await expect(bubbles(page)).to_have_count(1)

        async def late(route: Route) -> None:
            answer = await route.fetch()
            await bot.send_message(ana.id, "Pendant le chargement")
            await asyncio.sleep(0.3)  # the page has heard of it by its events
            await route.fulfill(response=answer)

        await page.route(f"**/api/chats/{ana.id}?*", late, times=1)
        async with page.expect_response(f"**/api/chats/{ana.id}?*"):
            await bot.set_my_commands(
                [BotCommand(command="aide", description="Aide")]
            )  # the page loads the chat again
        await asyncio.sleep(0.2)
        await expect(bubbles(page)).to_have_count(2)


async def test_hostile_and_unusual_text_is_only_text(
    server: SandboxServer, bot: Bot, browser: Browser, ana: Person
) -> None:
    hostile = "<img src=x onerror=alert(1)> <script>alert(2)</script>"
    await bot.send_message(ana.id, hostile)
    await bot.send_message(ana.id, '<a href="javascript:alert(3)">lien</a>', parse_mode="HTML")
    await bot.send_message(ana.id, "مرحبا بكم في خدمة البحث عن عمل")
    await bot.send_message(ana.id, "x" * 400 + "👩‍👩‍👧‍👦" * 30)
    await bot.send_message(
        ana.id, "<b>gras <i>et italique</i></b> <code>code</code> <s>barré</s>", parse_mode="HTML"
    )
    async with opened(browser, server.url, size=MOBILE) as page:
        await expect(bubbles(page)).to_have_count(6)
        await expect(phone(page).get_by_text(hostile)).to_be_visible()
        assert await phone(page).locator("article img, article script, article a").count() == 0
        assert await phone(page).locator("article strong em").inner_text() == "et italique"
        assert await fits(page)
        direction = "getComputedStyle(document.querySelectorAll('#phone article .text')[3]).direction"
        assert await page.evaluate(direction) == "rtl"
        await shot(page, "unusual")


async def test_reading_further_up_is_not_disturbed(
    server: SandboxServer, bot: Bot, browser: Browser, ana: Person
) -> None:
    for number in range(80):
        server.people.send_text(ana.id, f"message {number}")
    async with opened(browser, server.url) as page:
        await expect(phone(page).get_by_text("message 79")).to_be_in_viewport()
        await bot.send_message(ana.id, "suit le bas")
        await expect(phone(page).get_by_text("suit le bas")).to_be_in_viewport()
        await phone(page).locator(".scroller").evaluate("e => { e.scrollTop = 0; }")
        await expect(phone(page).locator(".to-bottom")).to_be_visible()
        await bot.send_message(ana.id, "arrivé pendant la lecture")
        await expect(phone(page).locator(".to-bottom")).to_have_text("1 · Nouveaux messages")
        await expect(phone(page).get_by_text("arrivé pendant la lecture")).not_to_be_in_viewport()
        await phone(page).get_by_role("button", name="Messages précédents").click()
        await expect(phone(page).get_by_text("message 0", exact=True)).to_have_count(1)
        await phone(page).locator(".to-bottom").click()
        await expect(phone(page).get_by_text("arrivé pendant la lecture")).to_be_in_viewport()
        await expect(phone(page).locator(".to-bottom")).to_be_hidden()


async def test_the_group_has_topics_members_and_unread_counts(
    server: SandboxServer, bot: Bot, browser: Browser, nadia: Person, team: int, topic: ForumTopic
) -> None:
    server.people.create("Karim")
    async with opened(browser, server.url) as page:
        group = page.locator("#group")
        await expect(group.get_by_role("tab")).to_have_count(2)
        await bot.send_message(team, "Ana demande un rappel", message_thread_id=topic.message_thread_id)
        await expect(group.get_by_role("tab", name="Ana D.").locator(".count")).to_have_text("1")
        await group.get_by_role("tab", name="Ana D.").click()
        await expect(group.get_by_text("Ana demande un rappel")).to_be_visible()
        await say(group, "Je l'appelle ce soir")
        await expect(group.locator("article.out")).to_contain_text("Je l'appelle ce soir")
        await group.get_by_role("button", name="Menu", exact=True).click()
        await page.get_by_role("menuitem", name="Membres du groupe").click()
        await page.get_by_label("Karim").check()
        await page.keyboard.press("Escape")
        await expect(group.locator(".subtitle")).to_have_text("3 membres")
        await group.get_by_label("J’écris en tant que").select_option(label="Karim")
        await say(group, "Merci Nadia")
        await expect(group.locator("article.in .author").last).to_contain_text("Nadia")
        await shot(page, "group")
    last = server.world.messages.history(team)[-1]
    assert last.content["text"] == "Merci Nadia"
    assert last.thread_id == topic.message_thread_id


async def test_a_group_is_created_from_the_page(server: SandboxServer, browser: Browser, ana: Person) -> None:
    async with opened(browser, server.url) as page:
        await page.locator("#group").get_by_role("button", name="Créer le groupe").first.click()
        await page.get_by_label("Nom du groupe").fill("Équipe Sud")
        await page.get_by_role("dialog").get_by_role("button", name="Créer").click()
        await expect(page.locator("#group .title")).to_have_text("Équipe Sud")
    assert [chat.title for chat in server.world.chats.groups()] == ["Équipe Sud"]


async def test_people_are_added_switched_and_can_block_the_bot(
    server: SandboxServer, browser: Browser, ana: Person
) -> None:
    async with opened(browser, server.url) as page:
        await phone(page).get_by_role("button", name="Nouvelle personne").click()
        await page.get_by_label("Prénom").fill("Léo")
        await page.get_by_label("Langue de son Telegram").select_option("en")
        await page.get_by_role("button", name="Créer", exact=True).click()
        await expect(page.get_by_role("button", name="DÉMARRER")).to_be_visible()
        await phone(page).get_by_label("Personne", exact=True).select_option(label="Ana")
        await expect(bubbles(page)).to_have_count(1)
        await phone(page).get_by_role("button", name="Menu", exact=True).click()
        await page.get_by_role("menuitem", name="Bloquer le bot").click()
        await expect(phone(page).locator(".subtitle")).to_have_text("bloqué")
        assert server.people.has_blocked(ana.id)
        await page.get_by_role("button", name="Débloquer le bot").click()
        await expect(phone(page).get_by_role("textbox")).to_be_visible()
        await page.reload()
        await expect(phone(page).get_by_label("Personne", exact=True)).to_have_value(str(ana.id))


async def test_the_clock_is_moved_and_yesterday_is_named(
    server: SandboxServer, browser: Browser, ana: Person
) -> None:
    before = server.clock.now()
    async with opened(browser, server.url, expected="status of 400") as page:
        await expect(phone(page).locator(".day")).to_have_text("Aujourd’hui")
        await page.get_by_role("button", name="+ 1 jour").click()
        await expect(phone(page).locator(".day")).to_have_text("Hier")
        assert (server.clock.now() - before).days == 1
        await page.get_by_role("button", name="demain 09:00").click()
        await expect(page.locator(".clock-time")).to_have_text("09:00")
        await page.get_by_role("button", name="Choisir…").click()
        await page.get_by_label("Avancer jusqu’au").fill("2020-01-01T10:00")
        await page.get_by_role("dialog").evaluate("d => d.querySelector('form').noValidate = true")
        await page.get_by_role("button", name="Avancer", exact=True).click()
        await expect(phone(page).locator(".toast")).to_contain_text("ne recule pas")


async def test_the_progress_of_a_jump_is_shown(server: SandboxServer, browser: Browser, ana: Person) -> None:
    halfway, arrived = asyncio.Event(), asyncio.Event()

    async def play(target: datetime) -> None:
        server.clock.set_at_least(server.clock.now() + timedelta(hours=12))
        halfway.set()
        await arrived.wait()

    server.on_jump = play
    async with opened(browser, server.url) as page:
        await page.get_by_role("button", name="+ 1 jour").click()
        await asyncio.wait_for(halfway.wait(), 10)
        await expect(page.get_by_role("button", name="+ 1 heure")).to_be_disabled()
        await expect(page.locator(".clock-date")).to_contain_text("L’horloge avance…")
        value = await page.locator(".clock-bar").evaluate("bar => bar.value")
        assert value == pytest.approx(0.5, abs=0.02)
        await shot(page, "jump")
        arrived.set()
        await expect(page.get_by_role("button", name="+ 1 heure")).to_be_enabled()
        await expect(page.locator(".clock-bar")).to_be_hidden()


async def test_the_state_comes_back_after_a_restart_of_the_server(tmp_path: Path, browser: Browser) -> None:
    store = tmp_path / "sandbox.sqlite"
    async with serving(store) as server:
        ana = server.people.create("Ana")
        server.people.send_text(ana.id, "avant l'arrêt")
        url = server.url
        context = await browser.new_context(locale="fr-FR")
        page = await context.new_page()
        await page.goto(url)
        await expect(phone(page).get_by_text("avant l'arrêt")).to_be_visible()
    await expect(page.locator("#offline")).to_be_visible()
    again = SandboxServer(store, server.token, server.clock)
    await again.start(port=int(url.rpartition(":")[2]))
    try:
        async with aiogram_bot(url) as bot:
            await bot.send_message(ana.id, "après l'arrêt")
            await expect(phone(page).get_by_text("après l'arrêt")).to_be_visible()
            await expect(page.locator("#offline")).to_be_hidden()
            await expect(bubbles(page)).to_have_count(2)
        await context.close()
    finally:
        await again.stop()


async def test_a_link_to_the_bot_starts_it_on_the_phone(
    server: SandboxServer, bot: Bot, browser: Browser, ana: Person, team: int
) -> None:
    await bot.send_message(team, "Invitation : https://t.me/BobSandboxBot?start=equipe-7")
    async with opened(browser, server.url) as page:
        await page.locator("#group").get_by_role("link").click()
        await expect(bubbles(page).last).to_contain_text("/start equipe-7")


@pytest.mark.parametrize("width", [320, 360, 400])
@pytest.mark.usefixtures("echo", "ana", "topic")
async def test_everything_fits_on_a_small_screen(server: SandboxServer, browser: Browser, width: int) -> None:
    async with opened(browser, server.url, size={"width": width, "height": 700}) as page:
        await expect(bubbles(page)).to_have_count(3)
        await expect(page.locator("#group")).to_be_hidden()
        assert await fits(page)
        await shot(page, f"phone-{width}")
        await page.get_by_role("tab", name="Groupe").click()
        await expect(page.locator("#phone")).to_be_hidden()
        await expect(page.locator("#group").get_by_role("textbox")).to_be_visible()
        assert await fits(page)
        await shot(page, f"group-{width}")
        await page.get_by_role("button", name="Avancer l’horloge").click()
        await expect(page.get_by_role("menuitem", name="+ 1 heure")).to_be_visible()
        assert await fits(page)


@pytest.mark.usefixtures("echo", "ana", "topic")
@pytest.mark.parametrize("size", [DESKTOP, MOBILE], ids=["desktop", "mobile"])
async def test_the_page_is_dark_when_the_reader_prefers_it(
    server: SandboxServer, browser: Browser, size: dict[str, int]
) -> None:
    async with opened(browser, server.url, size=size, scheme="dark") as page:
        await expect(bubbles(page)).to_have_count(3)
        color = await page.evaluate("getComputedStyle(document.body).backgroundColor")
        assert max(int(part) for part in re.findall(r"\d+", color)) < 60
        await shot(page, f"dark-{size['width']}")


async def test_the_page_speaks_english_and_can_be_switched(
    server: SandboxServer, browser: Browser, ana: Person
) -> None:
    async with opened(browser, server.url, locale="en-GB") as page:
        await expect(page.get_by_role("button", name="tomorrow 09:00")).to_be_visible()
        assert await page.evaluate("document.documentElement.lang") == "en"
        await page.get_by_label("Language of the page").select_option("fr")
        await expect(page.get_by_role("button", name="demain 09:00")).to_be_visible()
        await expect(bubbles(page)).to_have_count(1)
        await page.reload()
        await expect(page.get_by_role("button", name="demain 09:00")).to_be_visible()


async def test_everything_has_a_name_and_can_be_reached_by_keyboard(
    server: SandboxServer, bot: Bot, browser: Browser, ana: Person, topic: ForumTopic
) -> None:
    async with opened(browser, server.url) as page:
        await expect(bubbles(page)).to_have_count(1)
        nameless = await page.evaluate(
            "[...document.querySelectorAll('button, select, textarea, input, img')].filter(e => e.checkVisibility()"
            " && !(e.getAttribute('aria-label') || e.textContent.trim() || e.title || 'alt' in e && e.alt !== null))"
            ".map(e => e.outerHTML)"
        )
        assert nameless == []
        await phone(page).get_by_role("textbox").focus()
        await page.keyboard.type("au clavier")
        await page.keyboard.press("Enter")
        await expect(bubbles(page).last).to_contain_text("au clavier")
        await phone(page).get_by_role("button", name="Joindre").focus()
        await page.keyboard.press("Enter")
        await expect(page.get_by_role("menuitem", name="Photo")).to_be_focused()
        await page.keyboard.press("ArrowDown")
        await expect(page.get_by_role("menuitem", name="Document")).to_be_focused()
        await page.keyboard.press("Escape")
        await expect(page.get_by_role("menu")).to_have_count(0)
