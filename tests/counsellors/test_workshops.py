"""A workshop from its four lines to its end: seats kept, given on, offered to the next, moved, cancelled."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest

from bot.counsellors import linking
from bot.dialogs.incoming import Incoming, Kind, Press
from bot.turns.handling import one_turn
from storage import agenda, appointments, audit, links, people, relays, teams, workshops
from storage.engine import Store
from tests.counsellors.following import TUESDAY, paris
from tests.counsellors.office import A_DAY, GROUP, KARIM, NADIA, WORLD
from tests.counsellors.round import Round, Shown

FOUR = "Atelier CV\n8 décembre 14h\nMission locale, salle 2\n2 places"


@pytest.fixture
def round_(store: Store) -> Round:
    return Round(store)


def announce(office: Round, *picked: str, lines: str = FOUR) -> Shown:
    """A workshop to which those of these first names are invited, in this order."""
    shown = office.order("atelier", lines)
    for name in picked:
        office.push(shown, name)
    office.push(shown, "Inviter")
    return shown


def seats(office: Round, workshop_id: int = 1) -> list[str]:
    return [seat.state for seat in office(workshops.seats_of, workshop_id)]


def planned(office: Round, link: int) -> list[appointments.AppointmentRow]:
    found = office(appointments.of_person, office.person_of(link), after=TUESDAY)
    return [one for one in found if one.state == "planned"]


def test_seats_are_kept_and_the_others_are_told_that_they_wait(round_: Round) -> None:
    sofia, _, mia = (round_.follow(name) for name in ("Sofia", "Ali", "Mia"))
    shown = announce(round_, "Sofia", "Ali", "Mia")
    assert seats(round_) == ["kept", "kept", "waiting"]
    kept = round_.of(sofia)[-1]
    assert kept.reply.title == "Atelier CV"
    assert kept.reply.text == (
        "Nadia vous garde une place. C'est mardi 8 décembre à 14 h, Mission locale, salle 2. "
        "Sans réponse d'ici vendredi à 10 h, la place pourra aller à quelqu'un d'autre."
    )
    assert kept.labels == ["J'y vais", "Je ne peux pas"]
    assert "Je vous préviens dès qu'une se libère" in round_.of(mia)[-1].text
    assert shown.text == (
        "« Atelier CV », mardi 8 décembre à 14 h, Mission locale, salle 2. Places : 2.\nViennent : 0.\n"
        "• Sofia M. : place gardée, pas encore de réponse\n• Ali M. : place gardée, pas encore de réponse\n"
        "• Mia M. : en attente d'une place"
    )


def test_who_accepts_has_it_in_their_appointments_with_the_file_and_the_reminders(round_: Round) -> None:
    link = round_.follow()
    announce(round_, "Sofia")
    round_.answers(link, "J'y vais")
    accepted, file = round_.of(link)
    assert "L'atelier est dans vos rendez-vous" in accepted.text
    assert accepted.labels == ["Je ne peux plus"]
    assert "SUMMARY:Atelier CV" in (file.reply.document or "")
    (one,) = planned(round_, link)
    assert (one.kind, one.place, one.starts_at) == (
        "group",
        "Atelier CV, Mission locale, salle 2",
        paris(8, 14, month=12),
    )
    assert (one.eve_at, one.soon_at) == (paris(7, 18, month=12), paris(8, 12, month=12))


def test_a_seat_given_on_goes_to_the_next_who_has_a_deadline(round_: Round) -> None:
    sofia, ali, mia = (round_.follow(name) for name in ("Sofia", "Ali", "Mia"))
    shown = announce(round_, "Sofia", "Ali", "Mia")
    round_.answers(sofia, "J'y vais")
    round_.answers(sofia, "Je ne peux plus")
    assert planned(round_, sofia) == []
    assert "METHOD:CANCEL" in (round_.of(sofia)[-1].reply.document or "")
    offered = round_.of(mia)[-1]
    assert "Une place se libère" in offered.text
    assert "d'ici demain à 10 h" in offered.text
    round_.answers(mia, "J'y vais")
    assert seats(round_) == ["declined", "kept", "accepted"]
    round_.wait(minutes=1)
    assert "Viennent : 1.\n• Mia M. : vient\n• Ali M. : place gardée" in shown.text
    assert "• Sofia M. : ne vient pas" in shown.text
    assert len(round_.of(ali)) == 1  # nothing has changed for him


def test_an_offer_that_nobody_answers_goes_on_to_the_next(round_: Round) -> None:
    sofia, ali, mia = (round_.follow(name) for name in ("Sofia", "Ali", "Mia"))
    announce(round_, "Sofia", "Ali", "Mia", lines=FOUR.replace("2 places", "1 place"))
    round_.wait(days=3, minutes=10)
    assert seats(round_) == ["missed", "offered", "waiting"]
    assert "La place va à quelqu'un d'autre" in round_.of(sofia)[-1].text
    round_.wait(days=1, hours=1)
    assert seats(round_) == ["missed", "missed", "offered"]
    round_.answers(sofia, "Me prévenir")
    assert seats(round_) == ["waiting", "missed", "offered"]
    round_.answers(mia, "Je ne peux pas")
    assert seats(round_) == ["offered", "missed", "declined"]
    assert len(round_.of(ali)) == 3


def test_a_late_answer_to_a_kept_seat_counts_while_nobody_waits(round_: Round) -> None:
    link = round_.follow()
    announce(round_, "Sofia")
    round_.wait(days=5)
    round_.answers(link, "J'y vais")
    assert seats(round_) == ["accepted"]


def test_pressing_twice_changes_nothing_and_says_so(round_: Round) -> None:
    link = round_.follow()
    announce(round_, "Sofia")
    invitation = round_.of(link)[-1]
    go = invitation.press("J'y vais")
    round_.answers_as(link, go, invitation)
    toast = round_.answers_as(link, go, invitation)
    assert toast is not None
    assert toast.text == "C'est déjà noté."
    assert len(planned(round_, link)) == 1
    assert len(round_.of(link)) == 2


def test_somebody_elses_seat_cannot_be_taken(round_: Round) -> None:
    sofia, ali = round_.follow("Sofia"), round_.follow("Ali")
    announce(round_, "Sofia")
    invitation = round_.of(sofia)[-1]
    toast = round_.answers_as(ali, invitation.press("J'y vais"), invitation)
    assert toast is not None
    assert seats(round_) == ["kept"]
    forged = Press("workshop", 1, "", "go-99999999999999999")
    assert round_.answers_as(ali, forged, invitation) is not None


def test_after_it_began_nothing_changes_any_more(round_: Round) -> None:
    link = round_.follow()
    shown = announce(round_, "Sofia")
    round_.now = paris(8, 15, month=12)
    toast = round_.answers(link, "J'y vais")
    assert toast is not None
    assert toast.text == "Cet atelier a commencé, ou il est passé."
    assert round_.push(shown, "Annuler") is not None
    assert seats(round_) == ["kept"]


# From one's own appointments


def press_appointment(office: Round, link: int, verb: str) -> None:
    (seat,) = [one for one in office(workshops.seats_of, 1) if one.link_id == link]
    chat = office.chat_of(link)
    pressed = Press("appointment", 1, "", f"{verb}-{seat.uid[:8]}")
    saved, _ = office(
        one_turn,
        WORLD,
        Incoming(Kind.BUTTON, chat, chat, press=pressed, message_id=1, callback_id="1"),
        next(office.seen),
        office.now,
    )
    for row in saved.rows:
        office._arrive(row)
    office.deliver()


def test_who_takes_it_out_of_their_appointments_gives_the_seat_on(round_: Round) -> None:
    sofia, _, mia = (round_.follow(name) for name in ("Sofia", "Ali", "Mia"))
    announce(round_, "Sofia", "Ali", "Mia")
    round_.answers(sofia, "J'y vais")
    press_appointment(round_, sofia, "cancel")
    assert seats(round_) == ["declined", "kept", "offered"]
    assert any("ira à quelqu'un d'autre" in one.text for one in round_.of(sofia))
    round_.answers(mia, "J'y vais")
    press_appointment(round_, sofia, "restore")
    assert seats(round_) == ["waiting", "kept", "accepted"]
    assert planned(round_, sofia) == []
    assert any("La place est allée à quelqu'un d'autre" in one.text for one in round_.of(sofia))


def test_who_puts_it_back_in_time_has_the_seat_again(round_: Round) -> None:
    link = round_.follow()
    announce(round_, "Sofia")
    round_.answers(link, "J'y vais")
    press_appointment(round_, link, "cancel")
    press_appointment(round_, link, "restore")
    assert seats(round_) == ["accepted"]
    assert len(planned(round_, link)) == 1


# Changes


def test_moving_tells_everybody_and_moves_the_appointments(round_: Round) -> None:
    sofia, ali, mia = (round_.follow(name) for name in ("Sofia", "Ali", "Mia"))
    shown = announce(round_, "Sofia", "Ali", "Mia")
    round_.answers(sofia, "J'y vais")
    round_.push(shown, "Déplacer")
    prompt = round_.chats.of(GROUP)[-1]
    round_.write("n'importe quand", reply_to=prompt.id)
    assert "Je n'ai pas compris" in round_.chats.of(GROUP)[-1].text
    round_.write("10 décembre 9h", reply_to=prompt.id)
    (one,) = planned(round_, sofia)
    assert (one.starts_at, one.sequence) == (paris(10, 9, month=12), 1)
    moved, file = round_.of(sofia)[-2:]
    assert "C'est maintenant jeudi 10 décembre à 9 h" in moved.text
    assert "Votre place est gardée, et le rendez-vous est corrigé" in moved.text
    assert "SEQUENCE:1" in (file.reply.document or "")
    assert round_.of(ali)[-1].labels == ["J'y vais", "Je ne peux pas"]
    assert "Vous restez sur la liste d'attente" in round_.of(mia)[-1].text
    round_.write("11 décembre 9h", reply_to=prompt.id)  # the question is answered: talk between colleagues
    assert planned(round_, sofia)[0].starts_at == paris(10, 9, month=12)


def test_cancelling_tells_everybody_and_takes_the_appointments_out(round_: Round) -> None:
    sofia, ali, mia = (round_.follow(name) for name in ("Sofia", "Ali", "Mia"))
    shown = announce(round_, "Sofia", "Ali", "Mia")
    round_.answers(sofia, "J'y vais")
    round_.answers(ali, "Je ne peux pas")
    before = len(round_.of(ali))
    round_.push(shown, "Annuler")
    assert seats(round_) == ["accepted", "declined", "offered"]  # it asks first
    round_.push(shown, "Oui, annuler")
    assert planned(round_, sofia) == []
    assert "n'aura pas lieu" in round_.of(sofia)[-2].text
    assert "n'aura pas lieu" in round_.of(mia)[-1].text
    assert len(round_.of(ali)) == before  # who declined is left in peace
    assert "C'est annulé. Les personnes invitées sont prévenues." in shown.text
    toast = round_.answers_as(mia, Press("workshop", 1, "", "go-3"), round_.of(mia)[-1])
    assert toast is not None
    assert toast.text == "Cet atelier n'aura pas lieu."


def test_fewer_seats_take_none_from_who_accepted(round_: Round) -> None:
    sofia, ali = round_.follow("Sofia"), round_.follow("Ali")
    shown = announce(round_, "Sofia", "Ali")
    round_.answers(sofia, "J'y vais")
    round_.push(shown, "Places")
    round_.write("1", reply_to=round_.chats.of(GROUP)[-1].id)
    assert seats(round_) == ["accepted", "waiting"]
    assert "Vous passez en tête de la liste d'attente" in round_.of(ali)[-1].text
    round_.push(shown, "Places")
    round_.write("3 places", reply_to=round_.chats.of(GROUP)[-1].id)
    assert seats(round_) == ["accepted", "offered"]
    round_.answers(ali, "J'y vais")
    round_.push(shown, "Places")
    round_.write("1", reply_to=round_.chats.of(GROUP)[-1].id)
    assert "2 personnes ont déjà dit oui : je garde ces 2 places." in round_.chats.of(GROUP)[-1].text
    assert seats(round_) == ["accepted", "accepted"]


def test_more_people_can_be_invited_later_and_nobody_twice(round_: Round) -> None:
    sofia = round_.follow("Sofia")
    shown = announce(round_, "Sofia")
    round_.follow("Ali")
    round_.push(shown, "Inviter d'autres")
    assert not [label for label in shown.labels if "Sofia" in label]
    round_.push(shown, "Ali")
    assert "✓ Ali M." in shown.labels
    round_.push(shown, "Inviter (1)")
    assert seats(round_) == ["kept", "kept"]
    assert len(round_.of(sofia)) == 1


def test_a_choice_can_be_undone_before_the_invitation(round_: Round) -> None:
    sofia, ali = round_.follow("Sofia"), round_.follow("Ali")
    shown = round_.order("workshop", FOUR)
    round_.push(shown, "Sofia")
    round_.push(shown, "✓ Sofia")
    round_.push(shown, "Ali")
    round_.push(shown, "Inviter (1)")
    assert (round_.of(sofia), len(round_.of(ali))) == ([], 1)


def test_a_double_tap_invites_once(round_: Round) -> None:
    link = round_.follow()
    shown = round_.order("atelier", FOUR)
    round_.push(shown, "Sofia")
    twice = shown.press("Inviter")
    round_.push_as(shown, twice)
    assert round_.push_as(shown, twice) is not None
    assert len(round_.of(link)) == 1


# Leaving, being out of reach, the night


def test_who_leaves_the_team_frees_the_seat_for_the_next(round_: Round) -> None:
    sofia, _, mia = (round_.follow(name) for name in ("Sofia", "Ali", "Mia"))
    announce(round_, "Sofia", "Ali", "Mia")
    round_.answers(sofia, "J'y vais")
    person = round_.person_of(sofia)
    round_(linking.leave, round_.link(sofia), round_.now)
    round_.wait(minutes=1)
    assert seats(round_) == ["kept", "offered"]
    assert "Une place se libère" in round_.of(mia)[-1].text
    (gone,) = round_(appointments.of_person, person, after=TUESDAY)
    assert gone.state == "cancelled"


def test_somebody_whose_profile_is_deleted_frees_the_seat_too(round_: Round) -> None:
    sofia, _, mia = (round_.follow(name) for name in ("Sofia", "Ali", "Mia"))
    announce(round_, "Sofia", "Ali", "Mia")
    round_(links.drop, sofia)  # without a word to the workshop
    round_.wait(hours=7)
    assert "Une place se libère" in round_.of(mia)[-1].text


def test_an_offer_of_the_night_waits_for_the_morning(round_: Round) -> None:
    sofia, _, mia = (round_.follow(name) for name in ("Sofia", "Ali", "Mia"))
    announce(round_, "Sofia", "Ali", "Mia")
    round_.now = paris(24, 23)
    round_.answers(sofia, "Je ne peux pas")
    assert "Une place se libère" not in round_.of(mia)[-1].text
    round_.wait(hours=9, minutes=10)
    offered = round_.of(mia)[-1]
    assert "Une place se libère" in offered.text
    assert offered.at >= paris(25, 8)


def test_who_stopped_is_not_invited_and_gets_no_offer(round_: Round) -> None:
    sofia, ali, mia = (round_.follow(name) for name in ("Sofia", "Ali", "Mia"))
    round_.follow("Zoe", status="stopped")
    round_.follow("Noa", status="paused")
    shown = round_.order("atelier", FOUR.replace("2 places", "1 place"))
    assert [label for label in shown.labels if "M." in label] == ["Sofia M.", "Ali M.", "Mia M."]
    for name in ("Sofia", "Ali", "Mia"):
        round_.push(shown, name)
    round_.push(shown, "Inviter")
    round_(people.save_person, round_.person_of(ali), status="stopped")
    round_.answers(sofia, "Je ne peux pas")
    assert seats(round_) == ["declined", "waiting", "offered"]
    assert len(round_.of(ali)) == 1
    assert "Une place se libère" in round_.of(mia)[-1].text


# Who may, what is kept


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        ("Atelier CV", "Il me faut quatre lignes"),
        ("Atelier CV ; aujourd'hui 8h ; salle 2 ; 8", "Ce moment est passé"),
        ("Atelier CV ; un jour ; salle 2 ; 8", "Je n'ai pas compris le jour et l'heure"),
        ("Atelier CV ; 8 décembre 14h ; salle 2 ; beaucoup", "Je n'ai pas compris le nombre de places"),
        (f"{'x' * 81} ; 8 décembre 14h ; salle 2 ; 8", "80 caractères au plus"),
    ],
)
def test_what_is_wrong_in_the_four_lines_is_said_and_asked_again(
    round_: Round, lines: str, said: str
) -> None:
    round_.follow()
    round_.order("atelier", lines)
    wrong, prompt = round_.chats.of(GROUP)[-2:]
    assert said in wrong.text
    round_.write(FOUR, reply_to=prompt.id)
    assert "Qui inviter ?" in round_.chats.of(GROUP)[-1].text


def test_only_its_author_changes_it(round_: Round) -> None:
    link = round_.follow()
    shown = announce(round_, "Sofia")
    for label in ("Inviter d'autres", "Places", "Déplacer", "Annuler"):
        toast = round_.push(shown, label, who=KARIM)
        assert toast is not None
        assert "Seule la personne qui a commencé" in toast.text
    assert len(round_.of(link)) == 1


def test_a_colleagues_people_cannot_be_invited(round_: Round) -> None:
    karims = round_.follow("Ali", round_.karim)
    round_.follow("Sofia")
    shown = round_.order("atelier", FOUR)
    forged = Press("events", 1, "w1", f"p-{karims}")
    assert round_.push_as(shown, forged) is not None
    assert seats(round_) == []


def test_who_was_handed_over_meanwhile_is_left_out(round_: Round) -> None:
    sofia, ali = round_.follow("Sofia"), round_.follow("Ali")
    shown = round_.order("atelier", FOUR)
    round_.push(shown, "Sofia")
    round_.push(shown, "Ali")
    round_(links.save, sofia, counsellor_id=round_.karim)
    round_.push(shown, "Inviter")
    assert (round_.of(sofia), len(round_.of(ali))) == ([], 1)


def test_each_invitation_is_in_the_audit_and_its_answer_goes_to_the_team(round_: Round) -> None:
    link = round_.follow()
    announce(round_, "Sofia")
    entries = round_(audit.entries, round_.person_of(link))
    assert ("workshop invitation", "Nadia") in [(one.what, one.actor) for one in entries]
    pair = round_(relays.by_target, round_.chat_of(link), round_.of(link)[-1].id)
    assert pair.link_id == link


def test_the_list_is_written_anew_once_for_many_answers(round_: Round) -> None:
    people_ = [round_.follow(name) for name in ("Sofia", "Ali", "Mia", "Zoe")]
    shown = announce(round_, "Sofia", "Ali", "Mia", "Zoe", lines=FOUR.replace("2 places", "9 places"))
    round_.wait(minutes=1)
    edits = shown.edits
    for link in people_:
        round_.answers(link, "J'y vais")
    round_.wait(minutes=1)
    assert shown.edits == edits + 1
    assert "Viennent : 4." in shown.text


def test_long_lists_have_pages(round_: Round) -> None:
    for number in range(12):
        round_.follow(f"P{chr(97 + number)}")
    shown = round_.order("atelier", FOUR)
    assert len([label for label in shown.labels if "M." in label]) == 10
    round_.push(shown, "Suite")
    assert [label for label in shown.labels if "M." in label] == ["Pk M.", "Pl M."]


def test_the_agenda_knows_when_a_seat_runs_out(round_: Round) -> None:
    round_.follow("Sofia")
    round_.follow("Ali")
    announce(round_, "Sofia", "Ali", lines=FOUR.replace("2 places", "1 place"))
    round_.wait(minutes=1)
    assert round_(agenda.next_due, after=round_.now) <= round_.now + timedelta(hours=6)


def test_it_is_forgotten_a_month_after(round_: Round) -> None:
    round_.follow()
    announce(round_, "Sofia")
    assert round_(workshops.forget, paris(8, 14, month=12) + 29 * A_DAY) == 0
    assert round_(workshops.forget, paris(8, 14, month=12) + 30 * A_DAY) == 1


def test_in_the_private_chat_it_works_the_same(round_: Round) -> None:
    link = round_.follow()
    shown = round_.order("atelier", FOUR, chat=NADIA)
    round_.push(shown, "Sofia", chat=NADIA)
    round_.push(shown, "Inviter", chat=NADIA)
    assert len(round_.of(link)) == 1


def test_of_many_who_press_at_once_only_as_many_come_as_there_are_seats(round_: Round) -> None:
    people_ = [round_.follow(name) for name in ("Sofia", "Ali", "Mia", "Zoe")]
    announce(round_, "Sofia", "Ali", "Mia", "Zoe", lines=FOUR.replace("2 places", "1 place"))
    round_.now = paris(8, 13, month=12)  # too near the beginning: what is free is for whoever asks first
    round_.answers(people_[0], "Je ne peux pas")
    assert seats(round_) == ["declined", "waiting", "waiting", "waiting"]

    def press(number: int) -> None:
        chat = round_.chat_of(people_[number])
        pressed = Press("workshop", 1, "", f"go-{number + 1}")
        incoming = Incoming(Kind.BUTTON, chat, chat, press=pressed, message_id=1, callback_id="1")
        round_(one_turn, WORLD, incoming, 5_000_000 + number, round_.now)

    with ThreadPoolExecutor(3) as pool:
        list(pool.map(press, (1, 2, 3)))
    assert sorted(seats(round_)) == ["accepted", "declined", "waiting", "waiting"]


def test_once_its_author_has_left_a_colleague_cancels_it(round_: Round) -> None:
    link = round_.follow()
    shown = announce(round_, "Sofia")
    round_(teams.leave, round_.link(link).counsellor_id, round_.now)
    round_.push(shown, "Annuler", who=KARIM)
    round_.push(shown, "Oui, annuler", who=KARIM)
    assert "n'aura pas lieu" in round_.of(link)[-1].text
