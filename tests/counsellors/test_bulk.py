"""A message to several people: whom it goes to, what is shown beforehand, the way back, one a day, and the report."""

from __future__ import annotations

from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.counsellors import settled
from bot.counsellors.incoming import GroupKind
from bot.counsellors.several import bulk_sending
from scheduler import outcomes
from scheduler.messenger import Failure
from storage import audit, bulks, links, outbox, people, relays, team_words, teams
from storage.engine import Store
from tests.counsellors.following import TUESDAY, paris
from tests.counsellors.office import A_DAY, GROUP, KARIM, NADIA, WORLD
from tests.counsellors.round import Round, Shown

WORDS = "Bonjour {prenom}, {venez|viens} jeudi. {signature}"


@pytest.fixture
def round_(store: Store) -> Round:
    return Round(store)


def preview(office: Round, words: str = WORDS, choice: str = "Tout le monde") -> Shown:
    shown = office.order("diffuser", words)
    office.push(shown, choice)
    return shown


def got(office: Round, link: int) -> list[str]:
    """The messages to several people that somebody has."""
    return [one.reply.text for one in office.of(link) if one.purpose == "relay several"]


def test_each_reads_it_in_their_own_form_and_with_their_own_name(round_: Round) -> None:
    sofia, ali = round_.follow("Sofia"), round_.follow("Ali", form="tu")
    mary = round_.follow("Mary", language="en")
    shown = preview(round_)
    for piece in (
        "Aperçu. Liste : Tout le monde. Personnes : 3.",
        "│ Bonjour Sofia, venez jeudi. Nadia",
        "│ Bonjour Ali, viens jeudi. Nadia",
        "Ce que lit une personne en anglais",
    ):
        assert piece in shown.reply.text
    round_.push(shown, "Envoyer (3)")
    round_.wait(seconds=31)
    assert got(round_, sofia) == ["Bonjour Sofia, venez jeudi. Nadia"]
    assert got(round_, ali) == ["Bonjour Ali, viens jeudi. Nadia"]
    assert (
        round_.of(mary)[-1].reply.footer == "Sent to several people. To answer Nadia, reply to this message."
    )
    assert round_.of(sofia)[-1].reply.title == "Nadia, Élan"


def test_the_words_can_be_given_in_an_answer_to_bobs_question(round_: Round) -> None:
    round_.follow()
    prompt = round_.order("broadcast")
    assert prompt.reply.force_reply
    round_.write("Rien à voir")  # no answer to it: talk between colleagues
    assert round_.chats.of(GROUP)[-1] is prompt
    round_.write("Bonjour {nom}", reply_to=prompt.id)
    assert "Je ne connais pas {nom}" in round_.chats.of(GROUP)[-1].text
    round_.write("", reply_to=prompt.id, kind=GroupKind.MEDIA, media="photo")
    assert round_.chats.of(GROUP)[-1].text == "Ici, seulement du texte, s'il vous plaît."
    said = len(round_.chats.of(GROUP))
    round_.write("Bonjour {prenom}", reply_to=prompt.id, who=KARIM)  # what a colleague answers to it is talk
    assert len(round_.chats.of(GROUP)) == said
    round_.write("Bonjour {prenom}", reply_to=prompt.id)
    assert round_.chats.of(GROUP)[-1].text == "À qui ? Vous suivez une personne."


@pytest.mark.parametrize("words", ["Bonjour {", "x" * 1001, "{a|b|c}", "Bonjour {qui}"])
def test_words_that_cannot_be_sent_are_refused_at_once(round_: Round, words: str) -> None:
    round_.follow()
    assert not round_.order("diffuser", words).labels


def test_without_a_first_name_its_place_is_closed_up(round_: Round) -> None:
    link = round_.follow("?")
    round_.push(preview(round_, "Bonjour {prenom}, à jeudi."), "Envoyer")
    round_.wait(seconds=31)
    assert got(round_, link) == ["Bonjour, à jeudi."]


def test_it_is_not_for_the_topic_of_one_person(round_: Round) -> None:
    link = round_.follow()
    shown = round_.order("diffuser", "Bonjour", thread=7000 + link)
    assert "C'est pour plusieurs personnes" in shown.text


def test_it_can_be_done_in_the_private_chat_too(round_: Round) -> None:
    link = round_.follow()
    shown = round_.order("diffuser", "Bonjour", chat=NADIA)
    round_.push(shown, "Tout le monde", chat=NADIA)
    round_.push(shown, "Envoyer", chat=NADIA)
    round_.wait(seconds=31)
    assert got(round_, link) == ["Bonjour"]


# Whom it goes to


def test_only_ones_own_people_and_those_whom_one_covers(round_: Round) -> None:
    mine, karims = round_.follow("Sofia"), round_.follow("Ali", round_.karim)
    covered = round_.follow("Mia", round_.karim, cover_id=round_.nadia, cover_until=TUESDAY.date())
    round_.push(preview(round_), "Envoyer (2)")
    round_.wait(seconds=31)
    assert (len(got(round_, mine)), len(got(round_, covered)), got(round_, karims)) == (1, 1, [])


def test_who_is_left_out_is_named_with_the_reason(round_: Round) -> None:
    round_.follow("Sofia")
    for name, status in (("Ali", "paused"), ("Mia", "stopped"), ("Zoe", "unreachable")):
        round_.follow(name, status=status)
    text = preview(round_).reply.text
    assert "Personnes : 1." in text
    assert (
        "• Ali M. : en pause\n• Mia M. : ne reçoit plus mes messages\n• Zoe M. : discussion bloquée" in text
    )


def test_a_list_tells_nothing_that_a_card_does_not_show(round_: Round) -> None:
    for name, shown in (("Sofia", True), ("Ali", False)):
        link = round_.follow(name)
        round_(people.save_person, round_.person_of(link), last_seen_at=TUESDAY - 20 * A_DAY)
        if not shown:
            round_(links.save, link, shown=["action"])
    text = preview(round_, choice="14 jours").reply.text
    assert "Personnes : 1." in text
    assert "Leur fiche ne dit rien là-dessus, donc hors de la liste : 1." in text
    assert "Ali" not in text


def test_lists_by_waiting_and_of_the_counsellors_own(round_: Round) -> None:
    sofia, ali = round_.follow("Sofia", waiting_since=paris(23)), round_.follow("Ali")
    assert "Personnes : 1." in preview(round_, choice="En attente").reply.text
    told = round_.order("liste", "vendredi", thread=7000 + ali)
    assert told.text == "Ali M. est sur votre liste « vendredi »."
    round_.push(preview(round_, choice="vendredi (1)"), "Envoyer (1)")
    round_.wait(seconds=31)
    assert (got(round_, sofia), len(got(round_, ali))) == ([], 1)
    assert "n'est plus sur" in round_.order("liste", "vendredi", thread=7000 + ali).text
    assert round_.order("liste", "x", thread=7000 + sofia, who=KARIM).text.startswith("Nadia suit Sofia M.")


def test_favourites_are_a_list_too_once_there_are_any(round_: Round) -> None:
    round_.follow("Sofia")
    ali = round_.follow("Ali")
    assert "Vos favoris" not in round_.order("diffuser", "Bonjour").labels
    round_(team_words.star, round_.nadia, ali, on=True)
    round_.push(preview(round_, choice="Vos favoris"), "Envoyer (1)")
    round_.wait(seconds=31)
    assert len(got(round_, ali)) == 1


# Sent once, called back in time


def test_nothing_goes_out_within_thirty_seconds_and_it_can_be_called_back(round_: Round) -> None:
    link = round_.follow()
    shown = preview(round_)
    round_.push(shown, "Envoyer")
    assert shown.text == "Départ dans 30 secondes. Personnes : 1."
    round_.wait(seconds=20)
    assert got(round_, link) == []
    round_.push(shown, "Annuler l'envoi")
    round_.wait(minutes=30)
    assert got(round_, link) == []
    assert shown.text == "Envoi annulé : rien n'est parti."


def test_a_double_tap_sends_it_once(round_: Round) -> None:
    link = round_.follow()
    shown = preview(round_)
    twice = shown.press("Envoyer")
    round_.push_as(shown, twice)
    assert round_.push_as(shown, twice) is not None
    round_.wait(seconds=40)
    assert round_.push_as(shown, twice) is not None
    round_.wait(minutes=30)
    assert len(got(round_, link)) == 1


def test_a_call_back_that_comes_too_late_says_so(round_: Round) -> None:
    round_.follow()
    shown = preview(round_)
    round_.push(shown, "Envoyer")
    late = shown.press("Annuler l'envoi")
    round_.wait(seconds=40)
    toast = round_.push_as(shown, late)
    assert toast is not None
    assert toast.text in ("Tout est déjà parti.", "Ce bouton n'est plus à jour.")


def test_another_member_cannot_press_for_its_author(round_: Round) -> None:
    link = round_.follow()
    shown = preview(round_)
    toast = round_.push(shown, "Envoyer", who=KARIM)
    assert toast is not None
    assert "Seule la personne qui a commencé" in toast.text
    round_.wait(seconds=40)
    assert got(round_, link) == []


# One a day, within their hours


def test_there_is_one_a_day(round_: Round) -> None:
    link = round_.follow()
    round_.push(preview(round_), "Envoyer")
    round_.wait(seconds=40)
    again = preview(round_, "Encore")
    assert "• Sofia M. : a déjà un message à plusieurs ce jour-là" in again.reply.text
    assert "Envoyer" not in " ".join(again.labels)
    round_.now = TUESDAY + A_DAY
    round_.push(preview(round_, "Encore"), "Envoyer (1)")
    round_.wait(seconds=40)
    assert len(got(round_, link)) == 2


def test_at_night_it_waits_for_their_morning(round_: Round) -> None:
    here, far = round_.follow("Sofia"), round_.follow("Ali", time_zone="Pacific/Noumea")  # 20:00 there
    shown = preview(round_)
    assert "Au prochain matin à 8 h, heure de la personne : 1." in shown.reply.text
    round_.push(shown, "Envoyer (2)")
    round_.wait(minutes=2)
    assert (len(got(round_, here)), got(round_, far)) == (1, [])
    assert "Remis : 1 sur 2.\nPrévus pour un prochain matin : 1." in shown.text
    round_.wait(hours=13)
    (message,) = [one for one in round_.of(far) if one.purpose == "relay several"]
    local = message.at.astimezone(ZoneInfo("Pacific/Noumea"))
    assert (local.hour, local.minute < 15) == (8, True)
    assert "Remis : 2 sur 2." in shown.text


def test_what_waits_for_the_morning_is_looked_at_again(round_: Round) -> None:
    round_.now = paris(24, 21)
    paused, left, handed, stays = (round_.follow(name) for name in ("Sofia", "Ali", "Mia", "Zoe"))
    shown = preview(round_)
    round_.push(shown, "Envoyer (4)")
    round_(people.save_person, round_.person_of(paused), status="paused")
    round_(links.drop, left)
    round_(links.save, handed, counsellor_id=round_.karim)
    chats = [round_.chat_of(link) for link in (paused, handed)]
    round_.wait(hours=12)
    assert len(got(round_, stays)) == 1
    assert all(round_.chats.of(chat) == [] for chat in chats)
    assert shown.text == (
        "Message à plusieurs. Liste : Tout le monde.\nRemis : 1 sur 4.\nSuivi arrêté entre-temps : 1.\n"
        "Non remis : 2.\n• Sofia M. : en pause\n• Mia M. : n'est plus dans vos suivis"
    )


def test_after_an_outage_until_the_night_it_waits_for_the_morning(round_: Round) -> None:
    link = round_.follow()
    round_.push(preview(round_), "Envoyer")
    round_.now = paris(24, 22)
    round_.tick()
    assert got(round_, link) == []
    round_.wait(hours=11)
    assert len(got(round_, link)) == 1


def test_another_teams_message_of_the_day_puts_it_off_without_a_word(round_: Round) -> None:
    link = round_.follow()
    person = round_.person_of(link)
    other, _ = round_(teams.create_team, "Autre", TUESDAY, language="fr", time_zone="Europe/Paris")
    theirs, _ = round_(teams.add_counsellor, other, "Paul")
    second = round_(links.create, person, other, theirs, TUESDAY, shown=[], initial="", words_to="topic")
    bulk = round_(bulks.create, other, theirs, TUESDAY, chat_id=1, words="x")
    row = bulks.RecipientRow(bulk, second.id, person, TUESDAY.date(), TUESDAY, "delivered", None, None)
    assert round_(bulks.add_recipient, row)
    shown = preview(round_)
    assert "Sans message" not in shown.reply.text
    assert "Au prochain matin à 8 h, heure de la personne : 1." in shown.reply.text
    round_.push(shown, "Envoyer (1)")
    round_.wait(hours=1)
    assert got(round_, link) == []
    round_.wait(hours=23)
    assert len(got(round_, link)) == 1


# Answers, refusals, the report, the audit


def test_what_they_answer_is_known_to_be_for_their_team(round_: Round) -> None:
    link = round_.follow()
    round_.push(preview(round_), "Envoyer")
    round_.wait(seconds=40)
    message = round_.of(link)[-1]
    pair = round_(relays.by_target, round_.chat_of(link), message.id)
    assert (pair.link_id, pair.direction, pair.counsellor_id) == (link, "to_person", round_.nadia)


def test_not_now_holds_for_thirty_days_and_can_be_taken_back(round_: Round) -> None:
    link = round_.follow()
    round_.push(preview(round_), "Envoyer")
    round_.wait(seconds=40)
    sent = round_.of(link)[-1]
    round_.answers(link, "Pas en ce moment")
    round_.now += A_DAY
    assert "• Sofia M. : a répondu « pas en ce moment »" in preview(round_).reply.text
    round_.answers(link, "Recevoir à nouveau")
    assert "Personnes : 1." in preview(round_).reply.text
    round_.answers(link, "Pas en ce moment", sent)
    round_.now += 31 * A_DAY
    assert "Personnes : 1." in preview(round_).reply.text


def test_somebody_elses_button_does_nothing(round_: Round) -> None:
    sofia, ali = round_.follow("Sofia"), round_.follow("Ali")
    round_.push(preview(round_), "Envoyer")
    round_.wait(seconds=40)
    message = round_.of(sofia)[-1]
    toast = round_.answers_as(ali, message.press("Pas en ce moment"), message)
    assert toast is not None
    round_.now += A_DAY
    assert "Personnes : 2." in preview(round_).reply.text


def test_the_report_says_what_was_not_delivered_and_why(round_: Round) -> None:
    sofia, ali, mia = (round_.follow(name) for name in ("Sofia", "Ali", "Mia"))
    shown = preview(round_)
    round_.push(shown, "Envoyer (3)")
    edits = shown.edits
    round_.blocked = {round_.chat_of(ali)}
    round_.wait(minutes=1)
    round_.blocked = set()
    assert shown.text == (
        "Message à plusieurs. Liste : Tout le monde.\nRemis : 2 sur 3.\nNon remis : 1.\n"
        "• Ali M. : discussion bloquée"
    )
    assert shown.edits - edits <= 2  # gathered, not one for each person
    assert len(got(round_, sofia)) == len(got(round_, mia)) == 1
    (row,) = [round_(bulks.by_id, 1)]
    assert (row.state, row.words) == ("done", None)


def test_a_call_that_fails_otherwise_is_told_as_such(round_: Round) -> None:
    link = round_.follow()
    shown = preview(round_)
    round_.push(shown, "Envoyer")
    round_.blocked, round_.failing = {round_.chat_of(link)}, Failure.OUR_BUG
    round_.wait(minutes=1)
    assert "• Sofia M. : l'envoi n'a pas marché" in shown.text


def test_who_blocks_bob_before_it_arrives_is_reported_too(round_: Round) -> None:
    link = round_.follow()
    shown = preview(round_)
    round_.push(shown, "Envoyer")
    round_.now += timedelta(seconds=31)
    round_(bulk_sending.send_several_due, WORLD, round_.now, 10)
    round_(outbox.drop_waiting, round_.person_of(link), "unreachable", round_.now)
    round_.blocked = {round_.chat_of(link)}
    round_.wait(minutes=1)
    assert "• Sofia M. : discussion bloquée" in shown.text


def test_what_the_courier_could_not_send_by_twenty_hours_is_not_sent_at_night(round_: Round) -> None:
    link = round_.follow()
    round_.now = paris(24, 19, 59)
    shown = preview(round_)
    round_.push(shown, "Envoyer")
    round_.now += timedelta(seconds=31)
    round_(bulk_sending.send_several_due, WORLD, round_.now, 10)
    round_.now = paris(24, 23)
    round_(outcomes.settle_given_up, round_.now, settled.on_settled)
    round_.wait(minutes=1)
    assert got(round_, link) == []
    assert "• Sofia M. : l'envoi n'a pas marché" in shown.text


def test_each_message_is_in_the_audit_of_its_person_once(round_: Round) -> None:
    link = round_.follow()
    round_.push(preview(round_), "Envoyer")
    round_.wait(seconds=40)
    entries = round_(audit.entries, round_.person_of(link))
    assert [(one.what, one.actor) for one in entries if "several" in one.what] == [
        ("message to several people", "Nadia")
    ]


def test_a_message_to_several_is_no_contact_in_person(round_: Round) -> None:
    """Who only ever gets these still comes up among those whom nobody has spoken to."""
    link = round_.follow(waiting_since=paris(23))
    before = round_.link(link)
    round_.push(preview(round_), "Envoyer")
    round_.wait(seconds=40)
    assert round_.link(link) == before


def test_a_message_to_several_uses_up_no_unasked_message(round_: Round) -> None:
    link = round_.follow()
    before = round_(people.load_person, round_.person_of(link))
    round_.push(preview(round_), "Envoyer")
    round_.wait(seconds=40)
    after = round_(people.load_person, round_.person_of(link))
    assert (after.last_push_date, after.unanswered) == (before.last_push_date, before.unanswered)


def test_what_is_over_for_a_month_is_forgotten(round_: Round) -> None:
    round_.follow()
    round_.push(preview(round_), "Envoyer")
    assert round_(bulks.forget, TUESDAY + 29 * A_DAY) == 0
    assert round_(bulks.forget, TUESDAY + 31 * A_DAY) == 1
