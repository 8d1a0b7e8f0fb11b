"""The counsellors' group on the page, in a real Chromium.

Screenshots go to the folder named by SANDBOX_SCREENSHOTS when it is set.
"""

from __future__ import annotations

import pytest
from aiogram import Bot
from aiogram.types import (
    BotCommand,
    BotCommandScopeAllChatAdministrators,
    BufferedInputFile,
    ForceReply,
    ForumTopic,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    ReactionTypeEmoji,
    ReplyParameters,
)
from playwright.async_api import Browser, expect

from bot.sandbox import SandboxServer
from bot.sandbox.content import PIXEL
from bot.sandbox.people import Person
from tests.browser import (
    DESKTOP,
    PHONE_390,
    act_as,
    browser,
    bubbles,
    fits,
    group,
    menu,
    on_message,
    open_topic,
    opened,
    phone,
    say,
    shot,
)

pytestmark = pytest.mark.browser
__all__ = ["browser"]

CARD = (
    "<b>Ana D.</b>\nCherche : serveuse, Nantes\nCette semaine : 2 pas faits sur 3\n"
    "Prochain rendez-vous : mardi 1er décembre, 10 h"
)


@pytest.fixture
def karim(server: SandboxServer, team: int) -> Person:
    """A second counsellor, who is no administrator."""
    person = server.people.create("Karim")
    server.groups.join(team, person.id)
    return person


def keyboard(*rows: list[InlineKeyboardButton]) -> InlineKeyboardMarkup:
    return InlineKeyboardMarkup(inline_keyboard=list(rows))


def button(text: str, data: str) -> InlineKeyboardButton:
    return InlineKeyboardButton(text=text, callback_data=data)


def link(text: str, url: str) -> InlineKeyboardMarkup:
    return keyboard([InlineKeyboardButton(text=text, url=url)])


async def test_a_question_to_one_counsellor_opens_the_answer_for_that_one_only(
    server: SandboxServer, bot: Bot, browser: Browser, team: int, nadia: Person, karim: Person
) -> None:
    pressed = server.people.send_text(karim.id, "/ecrire", team)
    asked = await bot.send_message(
        team,
        "Votre réponse à ce message partira chez Ana.",
        reply_markup=ForceReply(selective=True, input_field_placeholder="Pour Ana"),
        reply_parameters=ReplyParameters(message_id=pressed.message_id),
    )
    async with opened(browser, server.url) as page:
        target = group(page).locator(".target")
        await expect(group(page).locator("article")).to_have_count(2)
        await expect(target).to_be_hidden()
        await act_as(page, "Karim")
        await expect(target).to_contain_text("partira chez Ana")
        await expect(group(page).get_by_role("textbox")).to_have_attribute("placeholder", "Pour Ana")
        await shot(page, "force-reply")
        await group(page).get_by_role("button", name="Annuler").click()
        await expect(target).to_be_hidden()
        await act_as(page, "Nadia")
        await act_as(page, "Karim")
        await expect(group(page).locator("article")).to_have_count(2)
        await expect(target).to_be_hidden()
        await page.reload()
        await act_as(page, "Karim")
        await expect(target).to_be_visible()
        await say(group(page), "Bonjour Ana")
        await expect(group(page).locator("article.out .quoted")).to_contain_text("partira chez Ana")
        await expect(target).to_be_hidden()
        everybody = await bot.send_message(team, "Et vous ?", reply_markup=ForceReply())
        await expect(target).to_contain_text("Et vous ?")
        await group(page).get_by_role("textbox").press("Escape")
        await expect(target).to_be_hidden()
        await say(group(page), "rien de spécial")
        await expect(group(page).locator("article.out").last).to_contain_text("rien de spécial")
    last = server.world.messages.history(team)
    assert [each.reply_to for each in last if each.content.get("text") == "Bonjour Ana"] == [asked.message_id]
    assert last[-1].reply_to is None
    assert last[-2].message_id == everybody.message_id


async def test_a_question_in_the_group_does_not_take_the_hand_from_the_phone(
    server: SandboxServer, bot: Bot, browser: Browser, team: int, ana: Person
) -> None:
    async with opened(browser, server.url) as page:
        await phone(page).get_by_role("textbox").fill("je suis en train d'éc")
        await bot.send_message(team, "Et vous ?", reply_markup=ForceReply())
        await expect(group(page).locator(".target")).to_contain_text("Et vous ?")
        await expect(phone(page).get_by_role("textbox")).to_be_focused()


async def test_an_invitation_waits_for_the_start_of_who_never_wrote(
    server: SandboxServer, bot: Bot, browser: Browser, team: int
) -> None:
    server.people.create("Léa")
    await bot.send_message(
        team, "Invitation", reply_markup=link("Ouvrir", "https://t.me/BobSandboxBot?start=inv_7")
    )
    async with opened(browser, server.url, size=PHONE_390) as page:
        await expect(phone(page).get_by_role("button", name="DÉMARRER")).to_be_visible()
        await page.get_by_role("tab", name="Groupe").click()
        await group(page).get_by_role("button", name="Ouvrir", exact=True).click()
        await expect(phone(page).locator(".start-code")).to_contain_text("inv_7")
        await shot(page, "invitation-start")
        assert await fits(page)
        await phone(page).get_by_role("button", name="DÉMARRER").click()
        await expect(bubbles(page)).to_contain_text("/start inv_7")


async def test_an_invitation_on_paper_is_typed_or_pasted(
    server: SandboxServer, browser: Browser, ana: Person
) -> None:
    async with opened(browser, server.url) as page:
        for typed, sent in (
            ("https://t.me/BobSandboxBot?start=lien-1", "/start lien-1"),
            ("t.me/bobsandboxbot?start=lien-2", "/start lien-2"),
            (" code_3 ", "/start code_3"),
        ):
            await phone(page).get_by_role("button", name="Ouvrir un lien").click()
            await page.get_by_label("Lien ou code").fill(typed)
            await page.get_by_role("button", name="Ouvrir", exact=True).click()
            await expect(bubbles(page).last).to_contain_text(sent)
        await phone(page).get_by_role("button", name="Ouvrir un lien").click()
        await page.get_by_label("Lien ou code").fill("https://t.me/autre_bot?start=x")
        await page.get_by_role("button", name="Ouvrir", exact=True).click()
        await expect(phone(page).locator(".toast")).to_contain_text("pas un lien vers ce bot")
        await expect(bubbles(page)).to_have_count(4)


@pytest.mark.parametrize("size", [DESKTOP, PHONE_390], ids=["desktop", "mobile"])
async def test_the_pinned_card_of_a_topic_opens_folds_and_works(
    server: SandboxServer,
    bot: Bot,
    browser: Browser,
    team: int,
    topic: ForumTopic,
    nadia: Person,
    size: dict[str, int],
) -> None:
    buttons = keyboard([button("Écrire", "w"), button("Assigner", "a")])
    thread = topic.message_thread_id
    card = await bot.send_message(
        team, CARD, parse_mode="HTML", message_thread_id=thread, reply_markup=buttons
    )
    await bot.pin_chat_message(team, card.message_id)
    for number in range(70):
        server.people.send_text(nadia.id, f"message {number}", team, thread_id=thread)
    async with opened(browser, server.url, size=size) as page:
        if size is PHONE_390:
            await page.get_by_role("tab", name="Groupe").click()
        await expect(group(page).locator(".pins")).to_be_hidden()
        await open_topic(page)
        pins = group(page).locator(".pins")
        await expect(pins).to_contain_text("Ana D.")
        await pins.get_by_role("button", name="Afficher ou replier").click()
        await expect(pins).to_contain_text("mardi 1er décembre")
        await shot(page, f"pinned-{size['width']}")
        assert await fits(page)
        await pins.get_by_role("button", name="Assigner").click()
        await expect(pins.get_by_role("button", name="Assigner")).to_have_attribute("aria-busy", "true")
        query = (await bot.get_updates(offset=-1))[0].callback_query
        assert query is not None
        assert (query.data, query.from_user.id) == ("a", nadia.id)
        await bot.answer_callback_query(query.id, "Choisissez")
        await bot.edit_message_text("Ana D. : emploi trouvé", chat_id=team, message_id=card.message_id)
        await expect(pins.locator(".pin-card")).to_contain_text("emploi trouvé")
        await pins.get_by_role("button", name="Afficher ou replier").click()
        await expect(pins.locator(".pin-card")).to_be_hidden()
        await pins.locator(".pin-line").click()  # the card is further up than what is loaded
        await expect(group(page).locator("article", has_text="emploi trouvé")).to_be_in_viewport()


async def test_a_closed_topic_is_for_who_manages_topics(
    server: SandboxServer,
    bot: Bot,
    browser: Browser,
    team: int,
    topic: ForumTopic,
    nadia: Person,
    karim: Person,
) -> None:
    async with opened(browser, server.url) as page:
        await open_topic(page)
        await bot.close_forum_topic(team, topic.message_thread_id)
        note = group(page).locator(".closed-note")
        await expect(note).to_contain_text("Ce sujet est fermé")
        await expect(group(page).get_by_role("tab", name="Ana D.").get_by_label("fermé")).to_be_visible()
        await expect(group(page).get_by_role("textbox")).to_be_visible()
        await act_as(page, "Karim")
        await expect(group(page).get_by_role("textbox")).to_be_hidden()
        await expect(note.get_by_role("button")).to_have_count(0)
        await act_as(page, "Nadia")
        await note.get_by_role("button", name="Rouvrir le sujet").click()
        await expect(note).to_be_hidden()
        await menu(page, "Fermer le sujet")
        await expect(note).to_be_visible()
        await menu(page, "Renommer le sujet")
        await page.get_by_label("Nom du sujet").fill("Ana D. (en pause)")
        await page.get_by_role("dialog").get_by_role("button", name="Valider").click()
        await expect(group(page).get_by_text("a renommé le sujet « Ana D. (en pause) »")).to_be_visible()
        await shot(page, "closed-topic")
        await menu(page, "Supprimer le sujet")
        await expect(group(page).get_by_role("tab")).to_have_count(1)
        await menu(page, "Nouveau sujet")
        await page.get_by_label("Nom du sujet").fill("Café")
        await page.get_by_role("dialog").get_by_role("button", name="Créer").click()
        await expect(group(page).get_by_role("tab", name="Café")).to_be_visible()


async def test_answers_reactions_and_forwards(
    server: SandboxServer, bot: Bot, browser: Browser, team: int, topic: ForumTopic, nadia: Person
) -> None:
    await bot.get_updates(allowed_updates=["message", "message_reaction"])
    thread = topic.message_thread_id
    shown = await bot.send_message(team, "Ana : je n'ose pas appeler", message_thread_id=thread)
    await bot.set_message_reaction(team, shown.message_id, reaction=[ReactionTypeEmoji(emoji="👀")])
    async with opened(browser, server.url) as page:
        await open_topic(page)
        message = group(page).locator("article", has_text="je n'ose pas appeler").first
        await message.get_by_role("button", name="Réagir 👀").click()
        await expect(message.locator(".reactions button")).to_have_attribute("aria-pressed", "true")
        await expect(message.locator(".reactions")).to_have_text("👀 2")
        await on_message(message, "Réagir")
        await page.get_by_role("dialog").get_by_role("button", name="🙏").click()
        await expect(message.locator(".reactions button")).to_have_count(2)
        await message.locator(".text").dblclick()
        await expect(group(page).locator(".target")).to_contain_text("je n'ose pas appeler")
        await say(group(page), "Je t'appelle d'abord, on prépare")
        quoted = group(page).locator("article.out .quoted")
        await expect(quoted).to_contain_text("Bob")
        await quoted.click()
        await expect(message).to_be_focused()
        await on_message(message, "Transférer")
        await page.get_by_role("dialog").get_by_role("button", name="Équipe › Général").click()
        await group(page).get_by_role("tab", name="Général").click()
        await expect(group(page).locator("article.out .forwarded")).to_contain_text("Bob")
    reactions = [update.message_reaction for update in await bot.get_updates() if update.message_reaction]
    assert [each.new_reaction[0].emoji for each in reactions] == ["👀", "🙏"]
    answer = next(each for each in server.world.messages.history(team) if each.reply_to)
    assert (answer.reply_to, answer.thread_id) == (shown.message_id, thread)


async def test_a_command_that_is_chosen_names_the_bot(
    server: SandboxServer, bot: Bot, browser: Browser, team: int, nadia: Person
) -> None:
    await bot.set_my_commands(
        [BotCommand(command="qui", description="Qui voit quoi")], scope=BotCommandScopeAllChatAdministrators()
    )
    async with opened(browser, server.url) as page:
        await group(page).get_by_role("button", name="Commandes").click()
        await group(page).get_by_role("option", name="/qui").click()
        await expect(group(page).locator("article.out")).to_contain_text("/qui@BobSandboxBot")
        await group(page).locator("article.out").get_by_role("button", name="/qui").click()
        await expect(group(page).locator("article.out")).to_have_count(2)
        await expect(phone(page).get_by_role("button", name="Commandes")).to_be_hidden()
    told = [update.message for update in await bot.get_updates() if update.message]
    assert [message.text for message in told][-2:] == ["/qui@BobSandboxBot"] * 2


async def test_a_swipe_answers_on_a_touch_screen(
    server: SandboxServer, browser: Browser, team: int, nadia: Person
) -> None:
    server.people.send_text(nadia.id, "bonjour à tous", team)
    async with opened(browser, server.url, size=PHONE_390) as page:
        await page.get_by_role("tab", name="Groupe").click()
        await (
            group(page)
            .locator("article")
            .evaluate(
                """row => {
              const fire = (type, x, more = {}) => {
                const at = [new Touch({ identifier: 1, target: row, clientX: x, clientY: 300 })];
                row.dispatchEvent(new TouchEvent(type, { touches: at, changedTouches: at, ...more }));
              };
              fire("touchstart", 300); fire("touchmove", 220); fire("touchend", 210, { touches: [] });
            }"""
            )
        )
        await expect(group(page).locator(".target")).to_contain_text("bonjour à tous")


async def test_several_files_are_sent_as_an_album(
    server: SandboxServer, browser: Browser, team: int, topic: ForumTopic
) -> None:
    async with opened(browser, server.url) as page:
        await open_topic(page)
        await group(page).get_by_role("textbox").fill("Les affiches")
        async with page.expect_file_chooser() as chooser:
            await group(page).get_by_role("button", name="Joindre").click()
            await page.get_by_role("menuitem", name="Photo").click()
        files = [{"name": f"{name}.png", "mimeType": "image/png", "buffer": PIXEL} for name in "abc"]
        await (await chooser.value).set_files(files)  # type: ignore[arg-type]
        await expect(group(page).locator("article .photo")).to_have_count(3)
        await expect(group(page).locator("article.in-album")).to_have_count(2)
        first = group(page).locator("article").first
        await on_message(first, "Transférer")
        await page.get_by_role("dialog").get_by_role("button", name="Équipe › Général").click()
        await expect(group(page).locator(".toast")).to_contain_text("Transféré")
    sent = server.world.messages.in_topic(team, topic.message_thread_id)[-3:]
    assert len({each.content["media_group_id"] for each in sent}) == 1
    assert [each.content.get("caption") for each in sent] == ["Les affiches", None, None]
    copied = server.world.messages.history(team)[-3:]
    assert [each.thread_id for each in copied] == [None, None, None]
    assert len({each.content["media_group_id"] for each in copied}) == 1


async def test_a_counsellor_speaks_unnamed_or_as_a_channel(
    server: SandboxServer, browser: Browser, team: int, nadia: Person, karim: Person
) -> None:
    async with opened(browser, server.url) as page:
        await menu(page, "Nouvelle chaîne")
        await page.get_by_label("Nom de la chaîne").fill("Emploi 44")
        await page.get_by_role("dialog").get_by_role("button", name="Créer").click()
        await act_as(page, "Nadia, sans dire son nom")
        await say(group(page), "au nom du groupe")
        await expect(group(page).locator("article.out .author").last).to_contain_text("Équipe")
        await act_as(page, "Emploi 44 (chaîne, Nadia)")
        await say(group(page), "au nom de la chaîne")
        await expect(group(page).locator("article.out .author").last).to_contain_text("Emploi 44")
        await act_as(page, "Karim")
        await expect(group(page).locator("article.in .author").last).to_contain_text("Emploi 44")
        await shot(page, "signatures")
    signed = [each.sender_chat_id for each in server.world.messages.history(team)[-2:]]
    assert signed[0] == team
    assert signed[1] == server.world.chats.channels()[0].id


async def test_rights_of_the_bot_members_and_strangers(
    server: SandboxServer, bot: Bot, browser: Browser, team: int, nadia: Person, ana: Person
) -> None:
    async with opened(browser, server.url) as page:
        await menu(page, "Le bot dans ce groupe")
        await page.get_by_label("Gérer les sujets").uncheck()
        await shot(page, "bot-rights")
        await page.get_by_label("Dans le groupe").uncheck()
        await expect(page.get_by_label("Gérer les sujets")).to_have_count(0)
        await page.get_by_label("Dans le groupe").check()
        await expect(page.get_by_label("Gérer les sujets")).to_be_checked()
        await page.get_by_label("Épingler des messages").uncheck()
        await page.get_by_role("button", name="Fermer", exact=True).click()
        await menu(page, "Membres du groupe")
        await page.get_by_label("Ana").check()
        await page.get_by_role("button", name="Admin Ana").click()
        await expect(page.get_by_role("button", name="Admin Ana")).to_have_attribute("aria-pressed", "true")
        await shot(page, "members")
        await page.keyboard.press("Escape")
        await menu(page, "Ajouter un inconnu")
        await page.get_by_role("dialog").get_by_role("button", name="Créer").click()
        await expect(group(page).get_by_text("Nadia a ajouté Zoé")).to_be_visible()
        choice = phone(page).get_by_label("Personne", exact=True)
        await expect(choice.locator("optgroup")).to_have_count(0)  # everybody is in a group now
    own = server.world.chats.member_json(team, bot.id)
    assert (own["can_manage_topics"], own["can_pin_messages"]) == (True, False)
    assert server.world.chats.status(team, ana.id) == "administrator"


async def test_a_basic_group_gets_topics_and_stays_on_the_screen(
    server: SandboxServer, browser: Browser, team: int
) -> None:
    async with opened(browser, server.url) as page:
        await group(page).get_by_role("button", name="Créer le groupe").click()
        await page.get_by_label("Nom du groupe").fill("Équipe Sud")
        await page.get_by_label("Sorte de groupe").select_option("basic")
        await page.get_by_role("dialog").get_by_role("button", name="Créer").click()
        await expect(group(page).locator(".title")).to_have_text("Équipe Sud")
        await expect(group(page).get_by_role("tab")).to_have_count(0)
        await menu(page, "Activer les sujets")
        await expect(group(page).get_by_role("tab", name="Général")).to_be_visible()
        await expect(group(page).locator(".title")).to_have_text("Équipe Sud")


async def test_what_telegram_refuses_to_the_bot_is_hinted_at(
    server: SandboxServer, bot: Bot, browser: Browser, team: int, nadia: Person
) -> None:
    server.groups.set_bot_rights(team, nadia.id, can_manage_topics=False)
    async with opened(browser, server.url) as page:
        await expect(group(page).locator(".title")).to_have_text("Équipe")
        with pytest.raises(Exception, match="not enough rights"):
            await bot.create_forum_topic(team, "Ana D.")
        await expect(group(page).locator(".hint")).to_contain_text(
            "Telegram a refusé createForumTopic : not enough rights to manage topics in the chat"
        )
        await expect(phone(page).locator(".hint")).to_be_hidden()


async def test_counsellors_have_their_own_private_chat_with_the_bot(
    server: SandboxServer, bot: Bot, browser: Browser, nadia: Person, ana: Person, team: int
) -> None:
    server.people.start(nadia.id)
    await bot.send_message(nadia.id, "Votre résumé du jour")
    async with opened(browser, server.url) as page:
        choice = phone(page).get_by_label("Personne", exact=True)
        await expect(choice).to_have_value(str(ana.id))
        assert await choice.locator("optgroup").evaluate_all("all => all.map(e => e.label)") == [
            "Personnes accompagnées",
            "Membres des groupes",
        ]
        await menu(page, "Ouvrir le téléphone de Nadia")
        await expect(choice).to_have_value(str(nadia.id))
        await expect(phone(page).get_by_text("Votre résumé du jour")).to_be_visible()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", [DESKTOP, PHONE_390], ids=["desktop", "mobile"])
async def test_a_busy_group_is_readable(
    server: SandboxServer,
    bot: Bot,
    browser: Browser,
    team: int,
    topic: ForumTopic,
    nadia: Person,
    karim: Person,
    ana: Person,
    size: dict[str, int],
    scheme: str,
) -> None:
    thread = topic.message_thread_id
    for name in ("Léo M.", "Fatou S.", "Jean-Christophe de la Rochefoucauld-Montmorency B.", "Oksana P."):
        other = await bot.create_forum_topic(team, name)
        await bot.send_message(team, "Bonjour", message_thread_id=other.message_thread_id)
    await bot.close_forum_topic(team, other.message_thread_id)
    buttons = keyboard(
        [button("Écrire", "w"), button("Assigner", "a"), button("Rendez-vous", "r")],
        [button("Ana va bien, rien à signaler", "ok")],
    )
    card = await bot.send_message(
        team, CARD, parse_mode="HTML", message_thread_id=thread, reply_markup=buttons
    )
    await bot.pin_chat_message(team, card.message_id)
    said = server.people.send_text(ana.id, "Bonjour, je n'ose pas appeler le restaurant. On peut en parler ?")
    shown = await bot.copy_message(team, ana.id, said.message_id, message_thread_id=thread)
    server.people.react(karim.id, shown.message_id, "🙏", team)
    answer = server.people.send_text(
        nadia.id, "Bien sûr. Je te propose jeudi 14 h ?", team, reply_to=shown.message_id
    )
    await bot.set_message_reaction(team, answer.message_id, reaction=[ReactionTypeEmoji(emoji="👍")])
    server.people.edit_text(nadia.id, answer.message_id, "Bien sûr. Je te propose jeudi 15 h ?", team)
    server.people.send_album(karim.id, [PIXEL, PIXEL], "L'affiche du forum", team, thread_id=thread)
    await bot.send_photo(
        ana.id, BufferedInputFile(PIXEL, "qr.png"), caption="Nadia vous répond : jeudi 15 h ?"
    )
    async with opened(browser, server.url, size=size, scheme=scheme) as page:
        if size is PHONE_390:
            await shot(page, f"busy-phone-{size['width']}-{scheme}")
            await page.get_by_role("tab", name="Groupe").click()
        await open_topic(page)
        await expect(group(page).locator("article")).to_have_count(5)
        await bot.send_chat_action(team, "typing", message_thread_id=thread)
        await expect(group(page).locator(".subtitle")).to_have_text("écrit…")
        await shot(page, f"busy-{size['width']}-{scheme}")
        assert await fits(page)
        nameless = await page.evaluate(
            "[...document.querySelectorAll('button, select, textarea, input')].filter(e => e.checkVisibility()"
            " && !(e.getAttribute('aria-label') || e.textContent.trim() || e.title || e.labels?.length))"
            ".map(e => e.outerHTML)"
        )
        assert nameless == []
        tab = group(page).get_by_role("tab", name="Ana D.")
        await tab.focus()
        await page.keyboard.press("ArrowUp" if size is DESKTOP else "ArrowLeft")
        await expect(group(page).get_by_role("tab", name="Général")).to_be_focused()
        await page.keyboard.press("Enter")
        await expect(group(page).get_by_role("tab", name="Général")).to_have_attribute(
            "aria-selected", "true"
        )
        await expect(group(page).get_by_role("tab", name="Général")).to_be_focused()
