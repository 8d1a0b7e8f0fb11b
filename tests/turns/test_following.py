"""Being followed: the offer and what it shows, the yes and its receipt, who reads what, and the way out."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest

from bot.dialogs.incoming import Incoming, Kind
from storage import consents, invitations, links, teams
from storage.links import LinkRow
from tests.dialogs.chat import Chat

GROUP, NADIA, KARIM = -1001, 501, 502
MONTH = timedelta(days=30)


@dataclass
class Team:
    """A team with Nadia and Karim and a group with topics."""

    chat: Chat
    name: str = "Élan"
    group: int = GROUP

    def __post_init__(self) -> None:
        run, now = self.chat.store.run_sync, self.chat.now
        self.id, code = run(teams.create_team, self.name, now, language="fr", time_zone="Europe/Paris")
        run(teams.activate, code, self.group, now, is_forum=True)
        self.nadia = self.join("Nadia", NADIA)
        self.karim = self.join("Karim", KARIM)

    def join(self, name: str, telegram_id: int) -> int:
        run = self.chat.store.run_sync
        made, code = run(teams.add_counsellor, self.id, name)
        run(teams.join, code, telegram_id, self.chat.now)
        return int(made)

    def invitation(self, counsellor: int | None = None, *, uses: int = 1) -> str:
        chat = self.chat
        return str(
            chat.store.run_sync(invitations.make, counsellor or self.nadia, chat.now, chat.now + MONTH, uses)
        )


def links_of(chat: Chat) -> list[LinkRow]:
    return chat.store.run_sync(links.of_person, chat.record.id)


def said_to_group(chat: Chat, group: int = GROUP) -> list[tuple[str, int | None, dict[str, Any]]]:
    """What goes to the group: (method, topic, body)."""
    chat.wait(timedelta())
    return [(row.method, row.topic_id, row.body) for row in chat.elsewhere if row.chat_id == group]


def words_in_topic(chat: Chat, link: LinkRow) -> list[str]:
    """The person's own words in their topic, under their name."""
    named = [body for method, topic, body in said_to_group(chat) if method == "send" and topic == link.id]
    return [body["text"] for body in named if body.get("title", "").startswith("Amina")]


def agree(chat: Chat, team: Team) -> LinkRow:
    chat.command(f"/start {team.invitation()}")
    chat.press("J'accepte")
    return next(link for link in links_of(chat) if link.team_id == team.id)


def test_the_offer_shows_the_card_the_readers_and_the_choice(amina: Chat) -> None:
    team = Team(amina)
    said = amina.command(f"/start {team.invitation()}")
    assert len(said.messages) == 1
    for words in (
        "Nadia, de l'équipe « Élan »",
        "Amina",
        "Dernière activité",
        "Karim et Nadia",
        "Je ne montre jamais",
    ):
        assert words in said.text
    assert "J'accepte" in said.messages[0].labels
    assert "Non merci" in said.messages[0].labels
    assert links_of(amina) == []
    assert said_to_group(amina) == []


def test_a_line_that_is_removed_is_not_on_the_card(amina: Chat) -> None:
    team = Team(amina)
    amina.command(f"/start {team.invitation()}")
    said = amina.press("Retirer l'activité")
    assert "Dernière activité" not in said.text
    assert "Montrer l'activité" in said.messages[0].labels
    amina.press("J'accepte")
    assert links_of(amina)[0].shown == ["action", "rhythm", "appointment"]


def test_the_initial_is_the_persons_choice(amina: Chat) -> None:
    team = Team(amina)
    amina.command(f"/start {team.invitation()}")
    amina.press("Ajouter une initiale")
    assert "Amina M." in amina.say("martin").text
    assert "Amina M." not in amina.press("Retirer l'initiale").text
    amina.press("Ajouter une initiale")
    amina.say("Martin")
    amina.press("J'accepte")
    assert links_of(amina)[0].initial == "M"


def test_the_yes_has_a_dated_receipt_and_makes_one_topic(amina: Chat) -> None:
    team = Team(amina)
    link = agree(amina, team)
    assert link.receipt in amina.text
    assert "décembre" in amina.text or "novembre" in amina.text
    assert amina.store.run_sync(consents.current, amina.record.id)["sharing"].text_version
    opened = [body for method, _, body in said_to_group(amina) if method == "topic"]
    assert opened == [{"do": "open", "name": "Amina"}]


def test_pressing_yes_twice_has_one_effect(amina: Chat) -> None:
    team = Team(amina)
    amina.command(f"/start {team.invitation(uses=5)}")
    message, button = amina.button("J'accepte")
    amina.press_button(button, message)
    amina.press_button(button, message)
    assert len(links_of(amina)) == 1
    assert len([1 for method, _, _ in said_to_group(amina) if method == "topic"]) == 1


def test_a_no_shares_nothing(amina: Chat) -> None:
    team = Team(amina)
    amina.command(f"/start {team.invitation()}")
    assert "rien n'est partagé" in amina.press("Non merci").text
    assert links_of(amina) == []
    assert said_to_group(amina) == []


@pytest.mark.parametrize("spoilt", ["used", "expired", "unknown"])
def test_an_invitation_that_holds_no_more_says_so(amina: Chat, new_chat: Any, spoilt: str) -> None:
    team = Team(amina)
    code = team.invitation()
    if spoilt == "used":
        amina.store.run_sync(invitations.use, teams.digest(code), amina.now)
    elif spoilt == "expired":
        amina.now += MONTH
    else:
        code = "abcdefgh"
    said = amina.command(f"/start {code}")
    assert "invitation" in said.text
    assert links_of(amina) == []


def test_an_invitation_used_by_somebody_else_meanwhile_is_told_at_the_yes(amina: Chat) -> None:
    team = Team(amina)
    code = team.invitation()
    amina.command(f"/start {code}")
    amina.store.run_sync(invitations.use, teams.digest(code), amina.now)
    assert "n'est plus valable" in amina.press("J'accepte").text
    assert links_of(amina) == []


def test_somebody_new_answers_the_questions_first_and_then_chooses(chat: Chat) -> None:
    team = Team(chat)
    first = chat.command(f"/start {team.invitation()}")
    assert "Nadia, de l'équipe « Élan »" in first.text
    chat.onboard()
    assert "L'équipe verrait cette fiche" in "\n".join(message.text for message in chat.messages[-2:])
    chat.press("J'accepte")
    assert len(links_of(chat)) == 1


def test_two_teams_can_follow_one_person(amina: Chat) -> None:
    one, other = Team(amina), Team(amina, "Cap", -2002)
    agree(amina, one)
    agree(amina, other)
    assert {link.team_id for link in links_of(amina)} == {one.id, other.id}
    said = amina.command("/qui")
    assert [message.reply.title for message in said.messages] == ["Élan", "Cap"]
    assert "À qui" in amina.command("/conseiller").text


def test_who_reads_what_is_told_and_can_be_changed(amina: Chat) -> None:
    team = Team(amina)
    link = agree(amina, team)
    said = amina.command("/qui")
    for words in ("Nadia vous suit", link.receipt, "Karim et Nadia", "le genre d'action en cours"):
        assert words in said.text
    amina.press("Retirer l'action")
    assert "action" not in links_of(amina)[0].shown
    amina.press("Écrire en privé")
    assert links_of(amina)[0].words_to == "private"


def test_leaving_ends_the_access_and_deletes_the_topic(amina: Chat) -> None:
    team = Team(amina)
    link = agree(amina, team)
    amina.store.run_sync(links.save_topic, link.id, thread_id=7, state="open")
    amina.command("/qui")
    amina.press("Arrêter ce suivi")
    assert links_of(amina) != []  # a question first
    amina.press("Oui, arrêter")
    assert links_of(amina) == []
    assert ("topic", None, {"do": "delete", "thread_id": 7}) in said_to_group(amina)
    assert "sharing" not in amina.store.run_sync(consents.current, amina.record.id)


def test_taking_back_the_agreement_to_bob_ends_it_too(amina: Chat) -> None:
    team = Team(amina)
    agree(amina, team)
    amina.command("/mesdonnees")
    amina.tap("mydata.revoke")
    assert links_of(amina) == []


def test_what_follows_write_goes_to_the_team_and_nothing_else_does(amina: Chat) -> None:
    team = Team(amina)
    link = agree(amina, team)
    amina.say("bonjour")
    assert not words_in_topic(amina, link)
    amina.command("/conseiller")
    amina.handle(
        Incoming(Kind.TEXT, amina.telegram_id, amina.telegram_id, text="J'ai un entretien", sent_id=91)
    )
    assert words_in_topic(amina, link) == ["J'ai un entretien"]
    amina.say("et puis autre chose")
    assert words_in_topic(amina, link) == ["J'ai un entretien"]


def test_a_call_can_be_asked_for(amina: Chat) -> None:
    team = Team(amina)
    agree(amina, team)
    amina.say("je veux parler à un humain")
    amina.press("Qu'on m'appelle")
    assert links_of(amina)[0].human_asked_at is not None


def test_nobody_elses_link_can_be_touched(amina: Chat, new_chat: Any) -> None:
    team = Team(amina)
    link = agree(amina, team)
    other = new_chat()
    other.onboard()
    for value in (f"left_{link.id}", f"write_{link.id}", f"show_action_{link.id}", f"call_{link.id}"):
        other.press_data(f"counsellor1|any|{value}")
    assert links_of(amina) == [link]


@pytest.mark.parametrize("words", ["Qui me surveille ?", "qui lit mes messages", "Who can see this?"])
def test_who_fears_to_be_watched_is_told_who_reads(amina: Chat, words: str) -> None:
    assert "aucun conseiller" in amina.say(words).text
    agree(amina, Team(amina))
    assert "Karim et Nadia" in amina.say(words).text
