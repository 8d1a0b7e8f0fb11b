"""What a counsellor proposes and the person may refuse: appointments, breaks, somebody else to follow them."""

from __future__ import annotations

from datetime import timedelta

import pytest

from storage import appointments, links, proposals, relays, teams
from tests.counsellors.acting import GROUP, KARIM, NADIA, SOFIA, Room
from tests.counsellors.following import paris

A_MINUTE = timedelta(minutes=1)


def propose(room: Room, words: str = "/rdv jeudi 14h à la mission locale") -> None:
    room.command(words)
    room.wait_until(room.now + A_MINUTE)


# Appointments


def test_an_appointment_is_one_once_the_person_agrees(room: Room) -> None:
    room.command("/rdv jeudi 14h à la mission locale")
    assert "C'est proposé à Sofia M. : jeudi à 14 h" in room.in_group()
    room.wait_until(room.now + A_MINUTE)
    assert "Nadia vous propose un rendez-vous : jeudi à 14 h." in room.to_sofia()
    assert room(appointments.of_person, room.person, after=room.now) == []
    room.tap("D'accord")
    (row,) = room(appointments.of_person, room.person, after=room.now)
    assert (row.kind, row.local_when.isoformat(), row.state) == (
        "counsellor",
        "2026-11-26T14:00:00",
        "planned",
    )
    assert row.eve_at is not None
    assert row.soon_at is not None
    assert "Nadia" in row.place
    assert "mission locale" in row.place
    assert any(each.body.get("document_name", "").endswith(".ics") for each in room.fresh)
    assert "Sofia M. accepte le rendez-vous : jeudi à 14 h" in room.in_group()


def test_a_no_is_told_with_its_date_only(room: Room) -> None:
    propose(room)
    room.tap("Non merci")
    assert "Sofia M. ne prend pas ce rendez-vous : jeudi à 14 h" in room.in_group()
    assert room(appointments.of_person, room.person, after=room.now) == []


def test_another_moment_in_the_persons_own_words_reaches_the_topic_as_a_copy(room: Room) -> None:
    propose(room)
    room.tap("Un autre moment")
    asked = room.last(SOFIA)
    assert asked.reply.force_reply
    assert "Nadia le lira" in asked.text
    room.tells("plutôt vendredi matin", reply_to=asked.id)
    (told,) = [each for each in room.fresh if each.chat == GROUP and "vendredi" in each.text]
    assert told.text.startswith("Sofia")  # as their own words


def test_moving_needs_a_yes_again_and_cancelling_does_not(room: Room) -> None:
    propose(room)
    room.tap("D'accord")
    room.command("/rdv")
    room.press("Déplacer")
    room.answer("vendredi 10h")
    room.wait_until(room.now + A_MINUTE)
    assert "un autre moment pour le rendez-vous : vendredi à 10 h" in room.to_sofia()
    (row,) = room(appointments.of_person, room.person, after=room.now)
    assert row.local_when.day == 26
    room.tap("D'accord")
    (row,) = room(appointments.of_person, room.person, after=room.now)
    assert (row.local_when.day, row.sequence) == (27, 1)
    room.command("/rdv")
    room.press("Annuler")
    room.wait_until(room.now + A_MINUTE)
    assert "Nadia annule le rendez-vous" in room.to_sofia()
    (row,) = room(appointments.of_person, room.person, after=room.now)
    assert row.state == "cancelled"


def test_the_persons_own_cancelling_is_told_with_its_date_only(room: Room) -> None:
    propose(room)
    room.tap("D'accord")
    room.tap("Annuler")
    assert "Sofia M. annule le rendez-vous : jeudi à 14 h" in room.in_group()


def test_at_night_it_waits_for_the_morning(room: Room) -> None:
    room.now = paris(24, 22)
    room.command("/rdv jeudi 14h")
    assert "partira à 8 h" in room.in_group()
    room.wait_until(paris(25, 7, 59))
    assert room.to_sofia() == ""
    room.wait_until(paris(25, 8, 1))
    assert "rendez-vous : demain à 14 h" in room.to_sofia()


def test_what_cannot_be_read_is_asked_again(room: Room) -> None:
    room.command("/rdv bientôt")
    assert "Je n'ai pas compris le moment" in room.in_group()
    room.answer("le 30 février à 10h")
    room.answer("hier 10h")
    room.answer("vendredi 10h")
    assert "vendredi à 10 h" in room.in_group()
    assert len(room(proposals.of_link, room.link_id)) == 1


def test_only_the_linked_counsellor_proposes(room: Room) -> None:
    room.command("/rdv jeudi 14h", KARIM)
    assert room(proposals.of_link, room.link_id) == []


# Breaks


def test_a_break_is_told_to_the_person_who_undoes_it_in_one_tap(room: Room) -> None:
    room.command("/pause")
    room.press("7 jours")
    room.wait_until(room.now + A_MINUTE)
    assert "Nadia me dit que vous voulez souffler" in room.to_sofia()
    assert room.record.status == "paused"
    room.tap("Annuler la pause")
    assert room.record.status == "active"
    assert room.record.next_due_at is not None


def test_a_break_by_words(room: Room) -> None:
    room.command("/pause jusqu'au 5 décembre")
    room.wait_until(room.now + A_MINUTE)
    assert room.record.paused_until is not None
    assert room.record.paused_until.astimezone(paris(1).tzinfo).date().isoformat() >= "2026-12-04"


# Handing over for a time


def hand_over(room: Room) -> None:
    room.command("/transferer")
    room.press("Karim")


def test_a_relay_is_announced_begins_the_next_morning_and_ends_by_itself(room: Room) -> None:
    hand_over(room)
    room.press("7 jours")
    room.wait_until(room.now + A_MINUTE)
    assert "Nadia passe le relais à Karim" in room.to_sofia()
    assert room.link.cover_id is None
    room.wait_until(paris(25, 8, 1))
    assert (room.link.cover_id, str(room.link.cover_until)) == (room.karim, "2026-12-01")
    room.command("/note Vue ce matin.", KARIM)
    assert "C'est noté" in room.in_group()
    room.wait_until(paris(2, 8, 30, month=12))
    assert room.link.cover_id is None
    told = [each.text for each in room.messages if "Le relais de Karim est fini" in each.text]
    assert len(told) == 1
    assert "Nadia vous suit de nouveau" in told[0]
    room.command("/note Encore.", KARIM)
    assert "Nadia suit Sofia M." in room.in_group()


def test_a_no_keeps_everything_as_it_is(room: Room) -> None:
    hand_over(room)
    room.press("7 jours")
    room.wait_until(room.now + A_MINUTE)
    room.tap("Je préfère que non")
    assert "Sofia M. préfère ne pas changer" in room.in_group()
    room.wait_until(paris(26, 9))
    assert room.link.cover_id is None


def test_a_no_during_the_relay_ends_it(room: Room) -> None:
    hand_over(room)
    room.press("7 jours")
    room.wait_until(paris(25, 8, 1))
    room.tap("Je préfère que non")
    assert room.link.cover_id is None


def test_who_would_rather_leave_can_do_it_from_there(room: Room) -> None:
    hand_over(room)
    room.press("7 jours")
    room.wait_until(room.now + A_MINUTE)
    room.tap("Je préfère que non")
    room.tap("Arrêter ce suivi")
    assert room(links.by_id, room.link_id) is not None
    room.tap("Oui, arrêter")
    assert room(links.by_id, room.link_id) is None
    assert room(proposals.of_link, room.link_id) == []


# For good


def for_good(room: Room, words: str | None = "Sofia avance vite.") -> None:
    hand_over(room)
    room.press("Pour de bon")
    if words is not None:
        room.answer(words)
    else:
        room.press("Sans mot de ma part")
    room.wait_until(room.now + A_MINUTE)


def test_the_letter_goes_to_the_person_first_and_to_nobody_without_a_yes(room: Room) -> None:
    for_good(room)
    assert "Nadia voudrait passer le relais à Karim" in room.to_sofia()
    assert "Sofia avance vite." in room.to_sofia()
    room.wait_until(paris(27, 8, 1))
    assert room.link.counsellor_id == room.karim
    assert "Karim suit maintenant Sofia M." in room.in_group()
    assert "avance vite" not in room.in_group()


def test_lines_can_be_left_out_before_the_yes(room: Room) -> None:
    for_good(room)
    room.tap("Retirer la 1")
    assert "Suivi depuis" not in room.last(SOFIA).text
    room.tap("Transmettre")
    room.wait_until(paris(27, 8, 1))
    assert "Sofia avance vite." in room.in_group()
    assert "Suivi depuis" not in room.in_group()


def test_own_words_of_the_person_join_as_their_own_message(room: Room) -> None:
    for_good(room)
    room.tells("Je préfère le matin.", reply_to=room.last(SOFIA).id)
    assert [each.method for each in room.fresh if each.chat == GROUP] == ["send"]


def test_a_no_to_a_change_for_good(room: Room) -> None:
    for_good(room, None)
    announced = next(each for each in room.messages if "voudrait passer le relais" in each.text)
    room.tap("Je préfère que non", on=announced)
    room.wait_until(paris(28, 9))
    assert room.link.counsellor_id == room.nadia


def test_a_colleague_who_left_meanwhile_takes_nobody_over(room: Room) -> None:
    for_good(room, None)
    room(teams.leave, room.karim, room.now)
    room.wait_until(paris(27, 8, 1))
    assert room.link.counsellor_id == room.nadia
    assert "n'a pas eu lieu" in room.in_group()


def test_any_member_takes_over_those_who_have_nobody(room: Room) -> None:
    room(teams.leave, room.nadia, room.now)
    room.command("/transferer", KARIM, thread=None)
    assert "Sofia M." in room.in_group()
    room.command("/transferer", KARIM)
    room.press("Karim", KARIM)
    room.press("Pour de bon", KARIM)
    room.press("Pas de lettre", KARIM)
    room.wait_until(room.now + A_MINUTE)
    assert "Nadia a quitté l'équipe. Karim pourrait prendre le relais" in room.to_sofia()
    room.wait_until(paris(27, 8, 1))
    assert room.link.counsellor_id == room.karim


def test_a_colleague_hands_over_nobody_elses_people(room: Room) -> None:
    room.command("/transferer", KARIM)
    assert "Nadia suit Sofia M." in room.in_group()
    message = room.last(GROUP)
    room.press_data(f"transfer1|{room.link_id}|for-{room.karim}-7", message, KARIM)
    assert room(proposals.of_link, room.link_id) == []


def test_forged_buttons_of_the_person_do_nothing(room: Room) -> None:
    propose(room)
    (row,) = room(proposals.of_link, room.link_id)
    other = room.somebody(9002, "Ali")
    from bot.dialogs.incoming import Incoming, Kind, Press
    from bot.turns.handling import one_turn
    from tests.counsellors.acting import WORLD

    forged = Incoming(
        Kind.BUTTON, 9002, 9002, press=Press("proposed", 1, "", f"yes-{row.id}"), callback_id="1"
    )
    room(one_turn, WORLD, forged, 99_999, room.now)
    assert room(proposals.by_id, row.id).state == "said"
    assert room(appointments.of_person, other, after=room.now) == []


def test_every_message_that_can_be_answered_leads_back_to_the_topic(room: Room) -> None:
    propose(room)
    pairs = room(relays.of_link, room.link_id)
    assert [pair.to_message for pair in pairs if pair.direction == "to_person"] == [room.last(SOFIA).id]
    assert NADIA


@pytest.mark.parametrize(
    ("typed", "place"),
    [
        ("jeudi 14h au 3 rue des Fleurs", "au 3 rue des Fleurs"),
        ("jeudi 14h, 12 bis avenue de la Gare, Nantes", "12 bis avenue de la Gare, Nantes"),
        ("jeudi 14h place du 8 mai 1945", "place du 8 mai 1945"),
        ("14 heures jeudi salle 2", "salle 2"),
        ("jeudi 14h-15h30 salle 2, 1er étage", "salle 2, 1er étage"),
        ("jeudi à la mission locale à 14h", "à la mission locale"),
        ("jeudi 14h", ""),
    ],
)
def test_nothing_of_the_place_is_lost_and_the_counsellor_sees_it(room: Room, typed: str, place: str) -> None:
    (told,) = room.command(f"/rdv {typed}")
    room.wait_until(room.now + A_MINUTE)
    (made,) = room(proposals.of_link, room.link_id)
    assert (made.data["when"], made.data["place"]) == ("2026-11-26T14:00:00", place)
    assert place in room.to_sofia()
    assert (f"Lieu : {place}" in told.text) == bool(place)


def test_the_same_appointment_twice_is_one(room: Room) -> None:
    propose(room)
    said = len(room.messages)
    room.command("/rdv jeudi 14h")
    assert len(room(proposals.of_link, room.link_id)) == 1
    assert "Proposé, sans réponse : jeudi à 14 h" in room.in_group()
    room.wait_until(room.now + A_MINUTE)
    assert len(room.messages) == said + 1
