"""Appointments: told in a sentence or by buttons, moved, cancelled, put back, reminded of, prepared."""

from datetime import timedelta

import pytest
from icalendar import Calendar

from bot.dialogs import brief
from bot.dialogs.texts import texts
from tests.dialogs.chat import Chat, Message, paris
from tests.dialogs.conftest import NewChat

FRIDAY_EVENING = "2026-11-27 18:00"


def purposes(chat: Chat, purpose: str = "reminder") -> list[Message]:
    return [message for message in chat.messages if message.purpose == purpose]


def files(chat: Chat) -> list[str]:
    return [message.reply.document or "" for message in chat.messages if message.reply.document_name]


# Told


def test_a_sentence_is_enough(amina: Chat) -> None:
    amina.say("entretien jeudi 14h30 chez Lidl")
    first = amina.said.messages[0]
    assert first.reply.title == "Entretien, chez Lidl"
    assert "jeudi 3 décembre à 14 h 30" in first.text
    assert "la veille, puis 2 heures avant" in first.text


@pytest.mark.parametrize(
    ("sentence", "title", "when"),
    [
        ("rdv France Travail mardi 9h", "Rdv France Travail", "mardi à 9 h"),
        (
            "j'ai rdv à la mission locale demain à 10h",
            "Rendez-vous de suivi, à la mission locale",
            "demain à 10 h",
        ),
        ("rdv chez le dentiste mardi 11h", "Rendez-vous personnel", "mardi à 11 h"),
    ],
)
def test_what_it_is_follows_from_the_words(amina: Chat, sentence: str, title: str, when: str) -> None:
    amina.say(sentence)
    assert amina.said.messages[0].reply.title == title
    assert when in amina.said.messages[0].text


def test_in_english_too(new_chat: NewChat) -> None:
    chat = new_chat(client_language="en")
    chat.onboard()
    chat.say("interview on 3 December at 2pm")
    assert "Thursday 3 December at 14:00" in chat.text
    assert "2 hours before" in chat.text


def test_a_missing_hour_is_asked_for_and_nothing_else(amina: Chat) -> None:
    amina.say("j'ai un entretien lundi chez Zara")
    assert amina.hears("appointments.ask.hour")
    amina.say("10h30")
    assert amina.said.messages[0].reply.title == "Entretien, chez Zara"
    assert "lundi à 10 h 30" in amina.text


def test_a_missing_day_is_asked_for(amina: Chat) -> None:
    amina.say("j'ai rendez-vous à 15h avec ma conseillère")
    assert amina.hears("appointments.ask.day")
    amina.press("Demain")
    assert "demain à 15 h" in amina.text


def test_with_buttons_alone(amina: Chat) -> None:
    amina.command("/rdv")
    for label in ("Ajouter", "Entretien", "Demain", "14 h", "Passer"):
        amina.press(label)
    assert amina.said.messages[0].reply.title == "Entretien"
    assert "demain à 14 h" in amina.text


def test_an_interview_noted_with_buttons_is_on_the_board_too(amina: Chat) -> None:
    amina.command("/rdv")
    for label in ("Ajouter", "Entretien", "Demain", "14 h"):
        amina.press(label)
    amina.say("chez Lidl")
    assert "demain à 14 h" in amina.said.messages[0].text
    amina.command("/candidatures")
    assert "Lidl · entretien le 27 novembre" in amina.text


def test_what_has_passed_is_asked_again(amina: Chat) -> None:
    amina.say("entretien aujourd'hui à 8h")
    assert amina.hears("appointments.past")
    assert amina.hears("appointments.ask.day")


def test_it_can_be_dropped_half_way(amina: Chat) -> None:
    amina.say("j'ai un entretien lundi")
    amina.tap("appointments.button.drop")
    assert amina.hears("appointments.dropped")
    amina.command("/rdv")
    assert amina.hears("appointments.list.none")


def test_another_sentence_than_the_answer_is_heard_as_what_it_is(with_action: Chat) -> None:
    with_action.say("j'ai un entretien lundi")
    with_action.say("c'est fait")
    assert with_action.hears("day.done")


def test_an_appointment_told_in_the_middle_of_a_plan_leaves_the_plan_where_it_was(with_action: Chat) -> None:
    with_action.tap("day.button.plan")
    with_action.say("j'ai un entretien lundi à 10h chez Zara")
    assert with_action.said.messages[0].reply.title == "Entretien, chez Zara"
    assert with_action.hears("plan.when.ask")
    with_action.say("demain 10h")
    assert with_action.hears("plan.where.ask")


@pytest.mark.parametrize(
    "said", ["mon entretien s'est bien passé", "je n'ai pas d'entretien", "agent d'entretien"]
)
def test_what_is_none_is_not_noted(amina: Chat, said: str) -> None:
    amina.say(said)
    amina.command("/rdv")
    assert amina.hears("appointments.list.none")


def test_the_same_told_twice_is_one_appointment(amina: Chat) -> None:
    amina.say("rdv demain à 9h")
    amina.say("entretien demain 9h chez Zara")
    amina.say("entretien demain à 9h")
    assert amina.said.messages[0].reply.title == "Entretien, chez Zara"
    amina.say("rdv chez le dentiste demain à 9h")  # but this is another one
    amina.command("/rdv")
    assert amina.text.count("demain à 9 h") == 2


def test_more_than_a_year_ahead_is_asked_again(amina: Chat) -> None:
    amina.say("entretien le 3 décembre 2029 à 10h")
    assert amina.hears("appointments.past")


# Moved, cancelled, put back


def test_a_move_keeps_the_hour_that_is_not_named_and_can_be_undone(amina: Chat) -> None:
    amina.say("entretien jeudi 14h30 chez Lidl")
    amina.say("mon entretien est déplacé à vendredi 4")
    assert "vendredi 4 décembre à 14 h 30" in amina.text
    amina.tap("appointments.button.undo")
    assert "jeudi 3 décembre à 14 h 30" in amina.text


def test_a_cancelled_one_is_not_reminded_of_unless_put_back(amina: Chat) -> None:
    amina.say("entretien samedi 14h30 chez Lidl")
    amina.say("mon entretien est annulé")
    assert amina.hears("appointments.cancelled")
    amina.tick_to(paris("2026-11-27 19:00"))
    assert not purposes(amina)
    amina.tap("appointments.button.restore")
    amina.tick_to(paris("2026-11-28 13:00"))
    assert [message.at for message in purposes(amina)] == [paris("2026-11-28 12:30")]


def test_with_several_bob_asks_which(amina: Chat) -> None:
    amina.say("entretien jeudi 14h30 chez Lidl")
    amina.say("entretien lundi 9h chez Zara")
    amina.say("mon entretien est annulé")
    assert amina.hears("appointments.ask.which")
    assert "1. Lundi à 9 h : entretien, chez Zara." in amina.text
    amina.press("1. 30 nov., 9 h")
    assert "zara" in amina.text.lower()


def test_a_request_may_be_a_question(amina: Chat) -> None:
    amina.say("entretien jeudi 14h30 chez Lidl")
    amina.say("tu peux déplacer mon entretien à vendredi 4 à 11h ?")
    assert "vendredi 4 décembre à 11 h" in amina.text


def test_the_day_it_was_on_or_its_place_tells_which(amina: Chat) -> None:
    amina.say("entretien jeudi 14h30 chez Lidl")
    amina.say("entretien lundi 9h chez Zara")
    amina.say("l'entretien chez Zara est annulé")
    assert "Zara" in amina.text
    amina.say("annule l'entretien de jeudi")
    assert "Lidl" in amina.text


def test_one_that_is_not_there_is_said_to_be_so(amina: Chat) -> None:
    amina.say("mon entretien est annulé")
    assert amina.hears("appointments.none_noted")


def test_a_button_works_for_as_long_as_the_appointment_is_ahead(amina: Chat) -> None:
    amina.say("entretien demain 14h30 chez Lidl")
    old = amina.said.messages[0]
    amina.say("rdv psy mardi 9h")
    amina.press("Annuler", on=old)
    assert "Lidl" in amina.text
    amina.tick_to(paris("2026-11-28 10:00"))
    amina.press("Annuler", on=old)
    assert amina.hears("appointments.passed")


def test_somebody_elses_button_changes_nothing(amina: Chat, new_chat: NewChat) -> None:
    amina.say("entretien demain 14h30 chez Lidl")
    _, button = amina.button("Annuler")
    other = new_chat()
    other.onboard()
    other.press_button(button)
    assert other.hears("appointments.passed")
    amina.command("/rdv")
    assert "Lidl" in amina.text


# The file


def test_the_file_follows_the_appointment_through_its_changes(amina: Chat) -> None:
    amina.say("entretien jeudi 14h30 chez Lidl")
    amina.say("mon entretien est déplacé à vendredi 4")
    amina.say("mon entretien est annulé")
    events = [next(iter(Calendar.from_ical(content).walk("VEVENT"))) for content in files(amina)]
    assert len({str(event["uid"]) for event in events}) == 1
    assert [int(event["sequence"]) for event in events] == [0, 1, 2]
    assert [str(event["status"]) for event in events] == ["CONFIRMED", "CONFIRMED", "CANCELLED"]
    assert events[0].decoded("dtstart") == paris("2026-12-03 14:30")


def test_the_file_of_a_private_one_says_nothing_of_it(amina: Chat) -> None:
    amina.say("rdv chez le psychiatre mardi 9h")
    assert "psy" not in files(amina)[0].lower()
    assert "psy" not in amina.text.lower()


# Reminders


def test_the_eve_and_two_hours_before(amina: Chat) -> None:
    amina.say("entretien samedi 14h30 chez Lidl")
    amina.tick_to(paris("2026-11-28 15:00"))
    eve, soon = purposes(amina)
    assert (eve.at, soon.at) == (paris(FRIDAY_EVENING), paris("2026-11-28 12:30"))
    assert "Demain à 14 h 30 : entretien, chez Lidl." in eve.text
    assert "Rappel : entretien, chez Lidl, aujourd'hui à 14 h 30." in soon.text


def test_the_reminder_does_not_take_the_place_of_the_days_action(amina: Chat) -> None:
    amina.say("entretien samedi 14h30 chez Lidl")
    amina.tick_to(paris("2026-11-28 15:00"))
    assert [message.at for message in purposes(amina, "daily")] == [
        paris("2026-11-27 09:00"), paris("2026-11-28 09:00"),
    ]  # fmt: skip


def test_two_a_day_at_most_together_with_recalls_which_give_way(with_action: Chat) -> None:
    """On Friday come the last reminder of one appointment and the eve of another: no room for the plan."""
    with_action.say("rdv psy aujourd'hui à 15h")
    with_action.say("entretien samedi 14h30 chez Lidl")
    with_action.say("plus tard, à 17h")
    with_action.tick_to(paris("2026-11-27 20:00"))
    assert [message.at for message in purposes(with_action)] == [
        paris("2026-11-27 13:00"),
        paris(FRIDAY_EVENING),
    ]
    assert not purposes(with_action, "recall")


def test_three_on_one_day_give_two_reminders_that_day(amina: Chat) -> None:
    for hour in (11, 14, 17):
        amina.say(f"rdv samedi à {hour}h")
    amina.tick_to(paris("2026-11-28 20:00"))
    assert len(purposes(amina)) == 3  # one for the eve of all three
    assert purposes(amina)[0].text.count("Demain à") == 3


def test_a_pause_keeps_the_reminders_and_a_stop_ends_them(amina: Chat) -> None:
    amina.say("entretien samedi 14h30 chez Lidl")
    amina.command("/moins")
    amina.tap("settings.pause7")
    amina.tick_to(paris("2026-11-27 19:00"))
    assert len(purposes(amina)) == 1
    amina.command("/stop")
    amina.tick_to(paris("2026-11-28 15:00"))
    assert len(purposes(amina)) == 1
    amina.say("entretien lundi 14h30 chez Lidl")
    assert amina.hears("appointments.noted.stopped")


def test_on_a_hard_day_the_fact_is_said_and_nothing_is_rehearsed(amina: Chat) -> None:
    amina.say("entretien samedi 14h30 chez Lidl")
    amina.tick_to(paris("2026-11-27 12:00"))
    amina.say("j'ai envie de mourir")
    amina.tick_to(paris("2026-11-27 19:00"))
    (eve,) = purposes(amina)
    assert "Demain à 14 h 30" in eve.text
    assert "préparer" not in eve.text


def test_after_an_outage_a_late_one_is_dropped_and_a_useful_one_comes(amina: Chat) -> None:
    amina.say("entretien samedi 14h30 chez Lidl")
    amina.sleep_to(paris("2026-11-27 21:30"))
    assert not purposes(amina)
    amina.sleep_to(paris("2026-11-28 13:40"))
    assert len(purposes(amina)) == 1
    amina.say("rdv demain à 11h")
    amina.sleep_to(paris("2026-11-29 12:00"))
    assert len(purposes(amina)) == 1


def test_who_moves_to_another_zone_gets_the_eve_on_the_new_wall_clock(amina: Chat) -> None:
    amina.say("entretien mardi 14h30 chez Lidl")
    amina.command("/profil")
    amina.press("Ville")
    amina.say("Cayenne")
    assert amina.record.profile.time_zone == "America/Cayenne"
    amina.tick_to(paris("2026-12-01 13:00"))
    eve, soon = purposes(amina)
    assert (eve.at, soon.at) == (paris("2026-11-30 22:00"), paris("2026-12-01 12:30"))  # 18:00 and 8:30 there
    assert "10 h 30" in eve.text  # the interview stays where it is


# The brief


def test_the_brief_of_an_interview_fits_the_job(new_chat: NewChat) -> None:
    questions = set()
    for job in ("aide-soignante", "caissière", "maçon"):
        chat = new_chat()
        chat.onboard(job=job)
        chat.say("entretien samedi 14h30 chez Lidl")
        chat.tick_to(paris("2026-11-27 18:01"))
        text = purposes(chat)[0].text
        assert chat.words("briefs.route", hour="14 h 20") in text
        assert "À prendre" in text
        questions.add(text.partition("Une question")[2])
    assert len(questions) == 3


def test_nobody_travels_to_an_interview_on_the_phone(amina: Chat) -> None:
    amina.say("entretien téléphonique samedi 14h30")
    amina.tap("appointments.button.brief")
    assert amina.hears("briefs.remote")
    assert not amina.hears("briefs.route")


def test_nor_to_one_on_a_screen_with_somebody_named(amina: Chat) -> None:
    amina.say("j'ai un entretien en visio lundi à 10h avec Orange")
    assert amina.said.messages[0].reply.title == "Entretien, avec Orange (visio)"
    amina.tap("appointments.button.brief")
    assert amina.hears("briefs.remote")


def test_their_my_is_said_the_other_way_round(amina: Chat) -> None:
    amina.say("rdv avec ma conseillère demain 9h")
    assert amina.said.messages[0].reply.title == "Rendez-vous de suivi, avec votre conseillère"
    amina.command("/langue")
    amina.press("Français, tu")
    amina.command("/rdv")
    assert "avec ta conseillère" in amina.text


def test_before_the_counsellor_what_was_done_what_got_stuck_and_the_own_question(with_action: Chat) -> None:
    with_action.tap("day.button.stuck")
    with_action.say("rdv à la mission locale samedi à 10h")
    with_action.tap("appointments.button.question")
    with_action.say("À quelles aides ai-je droit ?")
    assert with_action.hears("appointments.question_kept")
    with_action.tick_to(paris("2026-11-27 18:01"))
    text = purposes(with_action)[0].text
    assert "À quelles aides ai-je droit ?" in text
    assert with_action.words("briefs.stuck") in text


def test_every_domain_of_jobs_has_its_question() -> None:
    asked = {key.rpartition(".")[2] for key in texts() if key.startswith("briefs.question.")} - {"any"}
    domains = {key.partition(".")[2] for key in texts() if key.startswith("domains.")}
    assert asked == domains == set(brief.TAKEN)


# Forgotten


def test_an_appointment_is_forgotten_a_month_after(amina: Chat) -> None:
    amina.say("entretien samedi 14h30 chez Lidl")
    amina.command("/stop")
    amina.wait(timedelta(days=33))
    count = amina.store.run_sync(
        lambda conn: conn.exec_driver_sql("SELECT count(*) FROM appointment").scalar_one()
    )
    assert count == 0
