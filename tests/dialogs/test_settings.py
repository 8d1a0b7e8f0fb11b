"""C5, C7: less often, pauses, stop and resume, language; nothing comes while it should not."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from bot.dialogs import zones
from bot.dialogs.incoming import Kind
from tests.dialogs.chat import Chat, paris
from tests.dialogs.conftest import NewChat


def pushed_days(chat: Chat) -> list[str]:
    return [str(action.local_date) for action in chat.actions if action.origin == "push"]


@pytest.mark.parametrize(
    ("choice", "expected"),
    [
        ("daily", ["2026-11-27", "2026-11-28", "2026-11-30", "2026-12-01", "2026-12-02", "2026-12-03"]),
        ("three", ["2026-11-27", "2026-11-30", "2026-12-02"]),
        ("weekly", ["2026-11-30"]),
    ],
)
def test_less_often_is_two_taps(amina: Chat, choice: str, expected: list[str]) -> None:
    amina.command("/moins")
    amina.tap(f"settings.{choice}")
    assert amina.hears("settings.rhythm_set")
    for day in range(1, 8):
        amina.tick_to(paris("2026-11-26 20:00") + timedelta(days=day))
        amina.say("merci")
    assert pushed_days(amina) == expected


@pytest.mark.parametrize(
    ("choice", "first"), [("pause3", "2026-11-30"), ("pause7", "2026-12-03"), ("pause30", "2026-12-26")]
)
def test_a_pause_ends_by_itself_on_the_day_it_said(amina: Chat, choice: str, first: str) -> None:
    amina.command("/moins")
    amina.tap(f"settings.{choice}")
    assert amina.hears("settings.paused")
    assert amina.voice.date(date.fromisoformat(first)) in amina.text
    amina.tick_to(paris("2027-01-05 20:00"))
    assert pushed_days(amina)[0] == first


@pytest.mark.parametrize(
    ("words", "back"),
    [
        ("vacances jusqu'au 11", "2026-12-12"),
        ("je pars 2 semaines", "2026-12-10"),
        ("off until Monday", "2026-11-30"),
    ],
)
def test_a_pause_can_be_asked_for_in_own_words(amina: Chat, words: str, back: str) -> None:
    amina.command("/moins")
    amina.say(words)
    assert amina.hears("settings.paused")
    assert amina.voice.date(date.fromisoformat(back)) in amina.text
    amina.tick_to(paris("2026-12-14 20:00"))
    assert pushed_days(amina)[0] == back


def test_a_pause_without_an_end_is_asked_until_when(amina: Chat) -> None:
    amina.command("/moins")
    amina.say("je suis malade")
    assert amina.hears("settings.until_when")
    assert amina.record.status == "active"
    amina.say("3 jours")
    assert amina.hears("settings.paused")
    assert amina.record.status == "paused"


def test_other_words_after_the_choice_of_a_pause_mean_what_they_always_mean(amina: Chat) -> None:
    amina.command("/action")
    amina.command("/moins")
    amina.say("c'est fait")
    assert amina.record.status == "active"
    assert amina.open_action is None


def test_a_date_long_after_the_choice_of_a_pause_is_no_pause(amina: Chat) -> None:
    amina.command("/moins")
    amina.tick_to(paris("2026-11-27 20:00"))
    amina.say("lundi")
    assert amina.record.status == "active"


def test_a_pause_can_be_ended_sooner(amina: Chat) -> None:
    amina.command("/moins")
    amina.tap("settings.pause30")
    amina.command("/reprendre")
    assert amina.hears("settings.resumed")
    amina.tick_to(paris("2026-11-27 20:00"))
    assert pushed_days(amina) == ["2026-11-27"]


def test_stop_stops_and_keeps_the_profile(amina: Chat) -> None:
    amina.command("/stop")
    assert amina.hears("settings.stopped")
    amina.tick_to(paris("2026-12-10 21:00"))
    assert not amina.said.messages
    assert amina.record.profile.first_name == "Amina"
    amina.tap("settings.resume")
    assert amina.hears("settings.resumed")
    amina.tick_to(paris("2026-12-11 20:00"))
    assert pushed_days(amina) == ["2026-12-11"]


def test_stop_says_nothing_about_a_next_action(amina: Chat) -> None:
    amina.command("/stop")
    amina.say("bonjour")
    assert amina.hears("day.no_next")


def test_an_action_can_be_asked_for_while_everything_is_stopped(amina: Chat) -> None:
    amina.command("/stop")
    amina.command("/action")
    assert amina.open_action is not None
    amina.say("c'est fait")
    amina.tap("day.felt.fine")
    assert amina.hears("day.no_next")
    assert amina.record.status == "stopped"


def test_start_while_stopped_says_how_to_resume(amina: Chat) -> None:
    amina.command("/stop")
    amina.command("/start")
    assert amina.hears("help.back_while_quiet")


def test_resuming_when_nothing_was_stopped_says_so(amina: Chat) -> None:
    amina.command("/reprendre")
    assert amina.hears("settings.already_active")


@pytest.mark.parametrize("words", ["stop", "arrête", "laissez-moi tranquille"])
def test_stop_works_in_words_even_in_the_middle_of_the_questions(chat: Chat, words: str) -> None:
    chat.agree()
    chat.say(words)
    assert chat.hears("settings.stopped")
    assert chat.record.status == "stopped"


def test_the_end_of_the_questions_while_stopped_promises_nothing(chat: Chat) -> None:
    chat.agree()
    chat.command("/stop")
    chat.command("/start")
    while chat.state("onboarding") != "done" or chat.state("diagnosis") == "asking":
        chat.say("passer")
    assert chat.hears("day.no_next")
    chat.wait(timedelta(days=3))
    assert not chat.said.messages


@pytest.mark.parametrize("before", ["stopped", "paused", "active"])
def test_blocking_and_coming_back_leaves_things_as_they_were(amina: Chat, before: str) -> None:
    if before == "stopped":
        amina.command("/stop")
    elif before == "paused":
        amina.command("/moins")
        amina.tap("settings.pause30")
    amina.send(Kind.BLOCKED)
    assert amina.record.status == "unreachable"
    amina.wait(timedelta(days=2))
    assert not amina.said.messages
    amina.send(Kind.UNBLOCKED)
    assert amina.record.status == before


def test_a_pause_that_ended_while_blocked_is_over(amina: Chat) -> None:
    amina.command("/moins")
    amina.tap("settings.pause3")
    amina.send(Kind.BLOCKED)
    amina.wait(timedelta(days=10))
    amina.say("bonjour")
    assert amina.record.status == "active"
    assert amina.record.next_due_at is not None


@pytest.mark.parametrize(
    ("label", "language", "form"),
    [("Français, tu", "fr", "tu"), ("Français, vous", "fr", "vous"), ("English", "en", "vous")],
)
def test_language_and_form_change_at_any_time(amina: Chat, label: str, language: str, form: str) -> None:
    amina.command("/langue")
    amina.press(label)
    assert (amina.record.language, amina.record.form) == (language, form)
    assert amina.hears("settings.language_set")
    amina.command("/profil")
    assert amina.last.reply.title == amina.words("profile.title")


def test_the_waiting_question_is_put_again_in_the_language_just_chosen(chat: Chat) -> None:
    chat.agree()
    chat.command("/langue")
    chat.press("English")
    assert chat.hears("questions.first_name.ask")
    assert "Bob" not in chat.last.text


@pytest.mark.parametrize("command", ["/stop", "/moins", "/langue", "/aide", "/mesdonnees", "/profil"])
def test_a_command_never_takes_the_words_of_the_waiting_question(chat: Chat, command: str) -> None:
    chat.agree()
    chat.command(command)
    chat.say("Amina")
    assert chat.record.profile.first_name == "Amina"


def test_english_and_french_names_of_commands_both_work(amina: Chat) -> None:
    for french, english in (
        ("/profil", "/profile"),
        ("/pourquoi", "/why"),
        ("/moins", "/less"),
        ("/aide", "/help"),
        ("/mesdonnees", "/mydata"),
        ("/mes_donnees", "/MyData"),
        ("/langue", "/language"),
    ):
        first = amina.command(french).text
        assert amina.command(english).text == first


def test_the_words_of_buttons_and_confirmations_say_what_they_do(new_chat: NewChat) -> None:
    chat = new_chat(client_language="fr")
    chat.onboard()
    chat.command("/langue")
    chat.press("Français, tu")
    assert "on se tutoie" in chat.text
    chat.command("/langue")
    chat.press("Français, vous")
    assert "on se vouvoie" in chat.text
    chat.command("/supprimer")
    assert "candidatures, rendez-vous" in chat.text
    chat.say("j'ai envoyé une candidature")
    assert "C'est noté : candidature envoyée le 26 novembre." in chat.text
    more = [
        chat.words(key) for key in ("found.button.no_weeks", "found.button.no_surveys", "weekly.button.never")
    ]
    assert more == ["Arrêter les conseils", "Arrêter les questions", "Sans bilan"]


def test_a_week_with_applications_is_not_called_calm(amina: Chat) -> None:
    amina.tick_to(paris("2026-12-04 08:00"))
    amina.say("j'ai postulé chez Lidl hier")
    amina.command("/bilan")
    assert amina.hears("weekly.applications")
    assert not amina.hears("weekly.none_done")
    assert amina.hears("weekly.none_noted")


@pytest.mark.parametrize(("language", "city"), [("fr", "Montréal"), ("en", "Montreal")])
def test_who_chose_montreal_reads_montreal(language: str, city: str) -> None:
    assert zones.city("America/Toronto", language).startswith(city)


@pytest.mark.parametrize(
    ("words", "first", "last", "back"),
    [
        ("en congé du 7 au 12 décembre", "2026-12-07", "2026-12-12", "2026-12-14"),
        ("je suis en vacances la semaine prochaine", "2026-11-30", "2026-12-06", "2026-12-07"),
        ("I start my holiday on 7 December until 12 December", "2026-12-07", "2026-12-12", "2026-12-14"),
        ("en vacances à partir du 7 décembre", "2026-12-07", "2026-12-13", "2026-12-14"),
    ],
)
def test_a_pause_to_come_begins_on_its_first_day_and_is_whole(
    amina: Chat, words: str, first: str, last: str, back: str
) -> None:
    amina.say(words)
    for day in (first, last, back):
        assert amina.voice.date(date.fromisoformat(day)) in amina.text
    assert amina.record.status == "active"
    amina.tick_to(paris("2026-12-16 20:00"))
    pushed = pushed_days(amina)
    assert "2026-11-27" in pushed
    assert not [day for day in pushed if first <= day <= last]
    assert back in pushed


def test_a_pause_to_come_can_be_undone_changed_and_resumed(amina: Chat) -> None:
    amina.say("en congé du 7 au 12 décembre")
    amina.say("jusqu'au 10")
    assert amina.voice.date(date(2026, 12, 7)) in amina.text
    assert amina.voice.date(date(2026, 12, 11)) in amina.text
    amina.tap("settings.undo_pause")
    assert amina.hears("settings.pause_undone")
    assert amina.record.profile.away_from is None
    amina.say("en congé du 7 au 12 décembre")
    amina.command("/reprendre")
    assert amina.record.profile.away_from is None


def test_a_pause_until_a_day_that_does_not_exist_is_asked_for_again(amina: Chat) -> None:
    amina.say("pause jusqu'au 31 février")
    assert amina.hears("settings.no_such_day")
    assert amina.record.status == "active"
    amina.say("jusqu'au 30 février")
    assert amina.hears("settings.until_when")
    amina.say("jusqu'au 11 décembre")
    assert amina.voice.date(date(2026, 12, 12)) in amina.text
    assert amina.record.status == "paused"


def test_starting_again_can_be_typed(amina: Chat) -> None:
    amina.command("/stop")
    amina.say("je reprends")
    assert amina.hears("settings.resumed")
    assert amina.record.status == "active"


def test_an_illness_of_today_is_over_tomorrow(amina: Chat) -> None:
    amina.say("j'suis malade aujourd'hui")
    assert amina.voice.date(date(2026, 11, 27)) in amina.text
