"""A4-A9: ten questions by button or in one's own words, skip and back everywhere, resumed wherever they were left."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, time, timedelta

import pytest

from bot.advice.profile import Barrier, Diploma, JobChoice, Mobility, Situation
from bot.dialogs.incoming import Kind
from bot.dialogs.onboarding import DIALOGUE
from bot.dialogs.onboarding_steps import NUMBERS, PICKS
from bot.dialogs.questions import QUESTIONS
from tests.dialogs.chat import Chat, answers_for, paris
from tests.dialogs.conftest import NewChat

ASKED = [state for state in NUMBERS if state not in (*PICKS, "jobs")]


def arrive(chat: Chat, state: str) -> None:
    """Answer usually until that question is asked."""
    chat.agree()
    for name, answer in answers_for(chat.client_language):
        if chat.state("onboarding") == state:
            return
        if chat.state("onboarding") == name:
            chat.answer(answer)
    assert chat.state("onboarding") == state


def test_ten_questions_at_most_are_numbered(chat: Chat) -> None:
    arrive(chat, "hour")
    assert "10/10" in chat.text


@pytest.mark.parametrize("state", [state for state in ASKED if QUESTIONS[state].options])
def test_each_question_takes_each_of_its_buttons(new_chat: NewChat, state: str) -> None:
    question = QUESTIONS[state]
    for code, values in question.options.items():
        chat = new_chat()
        arrive(chat, state)
        chat.tap(f"questions.{state}.options.{code}")
        if question.several:
            chat.tap("questions.that_is_all")
        profile = chat.record.profile
        for field, value in values.items():
            assert getattr(profile, field) == value, code
        assert chat.state("onboarding") != state


TYPED = [
    ("first_name", "je m'appelle Amina", "first_name", "Amina"),
    ("first_name", "jean-pierre", "first_name", "Jean-Pierre"),
    ("first_name", "Bonjour Bob, moi c'est Amina, j'ai cinquante-quatre ans.", "first_name", "Amina"),
    ("first_name", "im amina lol", "first_name", "Amina"),
    ("job", "serveuse", "job", "serveuse"),
    ("job", "je ne sais pas", "job_choice", JobChoice.UNDECIDED),
    ("job", "je sais pas encore", "job_choice", JobChoice.UNDECIDED),
    ("job", "vendeuse ou caissière", "other_jobs", ("caissière",)),
    ("place", "Angers", "place_code", "49007"),
    ("place", "Nouméa", "time_zone", "Pacific/Noumea"),
    ("distance", "partout", "mobility", Mobility.COUNTRY),
    ("situation", "au chômage", "situation", Situation.OUT_OF_WORK),
    ("months", "depuis un an et quelques", "months", 13.5),
    ("months", "depuis Pâques", "months", 7.7),
    ("months", "pas encore commencé", "search_started", False),
    ("experience", "jamais", "experience_years", 0.0),
    ("experience", "6 mois", "experience_years", 0.5),
    ("experience", "Vingt-deux ans, comme je vous le disais", "experience_years", 22.0),
    ("situation", "jamais taffé à part des petits jobs", "situation", Situation.FIRST_JOB),
    ("distance", "Une trentaine de kilomètres tout au plus", "mobility", Mobility.NEARBY),
    ("diploma", "bts", "diploma", Diploma.BAC2),
    ("barriers", "le permis et la confiance", "barriers", {Barrier.TRANSPORT, Barrier.CONFIDENCE}),
    ("barriers", "rien", "barriers", frozenset()),
    ("applications", "une dizaine", "applications", 10),
    ("applications", "aucune", "applications", 0),
    ("interviews", "deux", "interviews", 2),
    ("hour", "9h30", "hour", time(9, 30)),
    ("hour", "midi", "hour", time(12)),
    ("hour", "Plutôt le matin vers neuf heures et demie", "hour", time(9, 30)),
    ("hour", "7h du soir", "hour", time(19)),
]


@pytest.mark.parametrize(("state", "text", "field", "value"), TYPED)
def test_each_question_understands_ones_own_words(
    chat: Chat, state: str, text: str, field: str, value: object
) -> None:
    arrive(chat, state)
    chat.say(text)
    assert getattr(chat.record.profile, field) == value
    assert chat.state("onboarding") != state


@pytest.mark.parametrize(
    ("state", "text"),
    [
        ("first_name", "bonjour"),
        ("first_name", "x" * 60),
        ("job", "oui"),
        ("job", "12345"),
        ("place", "ok"),
        ("months", "longtemps"),
        ("months", "99999 mois"),
        ("applications", "beaucoup"),
        ("applications", "-"),
        ("hour", "23h"),
        ("diploma", "blabla"),
    ],
)
def test_what_is_not_understood_is_said_and_asked_again(chat: Chat, state: str, text: str) -> None:
    arrive(chat, state)
    before = chat.record.profile
    chat.say(text)
    assert chat.record.profile == before
    assert chat.state("onboarding") == state
    key = f"questions.{state}.unclear"
    assert chat.hears(key if chat.voice.has(key) else "questions.unclear")
    assert len(chat.said.messages) == 1


@pytest.mark.parametrize("state", ASKED)
@pytest.mark.parametrize("how", ["tap", "words"])
def test_every_question_can_be_skipped(chat: Chat, state: str, how: str) -> None:
    arrive(chat, state)
    if how == "tap":
        chat.tap("questions.skip")
    else:
        chat.say("passer")
    assert chat.state("onboarding") != state
    profile = chat.record.profile
    assert set(QUESTIONS[state].fields) <= profile.skipped
    assert all(getattr(profile, name) is None for name in QUESTIONS[state].fields)


@pytest.mark.parametrize("state", ASKED[1:])
@pytest.mark.parametrize("how", ["tap", "words"])
def test_every_question_but_the_first_leads_back(chat: Chat, state: str, how: str) -> None:
    arrive(chat, state)
    if how == "tap":
        chat.tap("questions.back")
    else:
        chat.say("retour")
    before = list(NUMBERS).index(chat.state("onboarding") or "")
    assert before < list(NUMBERS).index(state)


def test_going_all_the_way_back_shows_the_answers_given(chat: Chat) -> None:
    arrive(chat, "situation")
    for _ in range(3):
        chat.tap("questions.back")
    assert chat.state("onboarding") == "job"
    assert "aide-soignante" in chat.text
    chat.tap("onboarding.keep")
    assert chat.record.profile.job == "aide-soignante"
    assert "job" not in chat.record.profile.skipped


def test_everything_skipped_still_ends_well(chat: Chat) -> None:
    chat.agree()
    for _ in range(25):
        if chat.state("onboarding") == "done" and chat.state("diagnosis") != "asking":
            break
        chat.say("passer")
    assert chat.state("onboarding") == "done"
    assert chat.hears("diagnosis.title")
    chat.command("/action")
    assert chat.open_action is not None


def test_a_name_of_several_jobs_is_chosen_among_five_proposals_at_most(chat: Chat) -> None:
    arrive(chat, "job")
    chat.say("femme de ménage")
    assert chat.state("onboarding") == "job_pick"
    proposals = [label for label in chat.buttons if label[0].isdigit()]
    assert 1 <= len(proposals) <= 5
    chat.press(proposals[0])
    assert chat.record.profile.job == "femme de ménage"
    assert chat.record.profile.job_code is not None


def test_none_of_the_proposals_keeps_ones_own_words(chat: Chat) -> None:
    arrive(chat, "job")
    chat.say("femme de ménage")
    chat.tap("questions.keep_words")
    assert (chat.record.profile.job, chat.record.profile.job_code) == ("femme de ménage", None)
    assert chat.state("onboarding") == "place"


def test_other_words_while_choosing_lead_to_other_proposals(chat: Chat) -> None:
    arrive(chat, "job")
    chat.say("femme de ménage")
    chat.say("aide soignant")
    assert chat.state("onboarding") in ("job_pick", "place")
    assert chat.record.profile.job == "aide soignant"


def test_a_sentence_offers_the_job_that_it_names_and_keeps_only_that(chat: Chat) -> None:
    arrive(chat, "job")
    chat.say("jsp un truc dans la vente ou livreur")
    assert chat.state("onboarding") == "job_pick"
    assert chat.record.profile.job is None
    assert not any("mes mots" in label for label in chat.buttons)
    chat.say("non")
    assert chat.state("onboarding") == "job_pick"
    chat.press("conducteur-livreur")
    assert (chat.record.profile.job, chat.record.profile.job_code) == ("livreur", "N4105")
    assert chat.record.profile.job_choice is JobChoice.ONE


def test_a_sentence_offers_the_towns_that_it_names(chat: Chat) -> None:
    arrive(chat, "place")
    chat.say(
        "J'habite à Saint-Étienne, dans la Loire, mais je pourrais aller jusqu'à Lyon si le train est direct."
    )
    assert chat.state("onboarding") == "place_pick"
    chat.press("Saint-Étienne (42)")
    assert chat.record.profile.place == "Saint-Étienne"


@pytest.mark.parametrize(
    ("state", "text"),
    [
        ("job", "je voudrais quelque chose qui me plaît"),
        ("place", "j'habite à la campagne"),
    ],
)
def test_a_sentence_that_names_nothing_known_is_asked_again_rather_than_kept(
    chat: Chat, state: str, text: str
) -> None:
    arrive(chat, state)
    chat.say(text)
    assert chat.state("onboarding") == state
    assert getattr(chat.record.profile, state) is None


def test_several_jobs_are_asked_for_by_name(chat: Chat) -> None:
    arrive(chat, "job")
    chat.tap("questions.job.options.several")
    assert chat.hears("questions.job.which")
    chat.say("cuisinier, serveur")
    assert chat.record.profile.job == "cuisinier"
    assert chat.record.profile.other_jobs == ("serveur",)


def test_somebody_who_does_not_know_the_job_is_not_asked_for_experience_in_it(chat: Chat) -> None:
    chat.onboard(job="@questions.job.options.undecided")
    assert chat.record.profile.experience_years is None
    assert not any("6/10" in message.text for message in chat.messages)


def test_towns_of_one_name_are_told_apart_by_department(chat: Chat) -> None:
    arrive(chat, "place")
    chat.say("Saint-Denis")
    assert {"Saint-Denis (93)", "Saint-Denis (974)"} <= set(chat.buttons)
    chat.press("Saint-Denis (974)")
    assert chat.record.profile.department == "974"
    assert chat.record.profile.time_zone == "Indian/Reunion"


def test_a_shared_position_answers_with_the_town_and_is_not_kept(chat: Chat) -> None:
    arrive(chat, "place")
    chat.send(Kind.LOCATION)
    profile = chat.record.profile
    assert (profile.place_code, profile.department) == ("31555", "31")
    assert chat.state("onboarding") == "distance"
    assert "43.6" not in str(chat.record)


def test_a_position_at_sea_asks_for_the_name_of_the_town(chat: Chat) -> None:
    arrive(chat, "place")
    chat.send(Kind.LOCATION, location=(0.0, -30.0))
    assert chat.hears("kinds.location")
    assert chat.state("onboarding") == "place"


def test_words_that_nobody_knows_can_be_kept_or_said_otherwise(chat: Chat) -> None:
    arrive(chat, "job")
    chat.say("zorglubiste")
    assert chat.hears("questions.job.not_found")
    assert "zorglubiste" in chat.text
    chat.say("xyloglotte")
    assert chat.hears("questions.job.not_found")
    assert "xyloglotte" in chat.text
    chat.tap("questions.keep_these_words")
    assert (chat.record.profile.job, chat.record.profile.job_code) == ("xyloglotte", None)
    assert chat.state("onboarding") == "place"


def test_a_job_that_was_picked_is_confirmed_in_ones_own_words(chat: Chat) -> None:
    arrive(chat, "job")
    chat.say("femme de ménage")
    assert "1. " in chat.text
    assert " · Propreté" in chat.text
    chat.say("2")
    assert "femme de ménage (" in chat.text


@pytest.mark.parametrize(
    ("typed", "written"),
    [
        ("serveuse", "serveuse"),
        ("asistante dentere", "assistante dentaire"),
        ("infirmié", "infirmier en soins généraux"),
    ],
)
def test_a_misspelt_job_is_written_well_in_what_will_be_sent(chat: Chat, typed: str, written: str) -> None:
    arrive(chat, "job")
    chat.say(typed)
    if chat.state("onboarding") == "job_pick":
        chat.say("1")
    assert str(chat.record.profile.job).startswith(written)
    assert typed in chat.text


def test_a_word_that_says_too_little_is_written_as_what_was_picked(chat: Chat) -> None:
    arrive(chat, "job")
    chat.say("cheffe")
    chat.say("la deuxième")
    assert chat.record.profile.job == "cheffe d'équipe bâtiment"
    assert "cheffe (" in chat.text


@pytest.mark.parametrize("words", ["le 2", "numéro 2", "n°2", "deux", "la deuxième", "2 svp", "second"])
def test_a_pick_in_words_is_no_job(chat: Chat, words: str) -> None:
    arrive(chat, "job")
    chat.say("ménage")
    second = next(label for label in chat.buttons if label.startswith("2."))
    chat.say(words)
    assert chat.state("onboarding") == "place"
    known = chat.world.occupations.by_code(chat.record.profile.job_code)
    assert known is not None
    assert known.fr.startswith(second.removeprefix("2. ").rstrip("…"))


def test_a_pick_that_fits_nothing_is_asked_again(chat: Chat) -> None:
    arrive(chat, "place")
    chat.say("Saint-Denis")
    chat.say("le 9")
    assert chat.state("onboarding") == "place_pick"
    assert chat.record.profile.place_code is None


def test_the_label_of_keep_my_words_may_be_typed(chat: Chat) -> None:
    arrive(chat, "job")
    chat.say("femme de ménage")
    chat.say("Aucun, garder mes mots")
    assert (chat.record.profile.job, chat.record.profile.other_jobs) == ("femme de ménage", ())


def test_a_button_that_keeps_other_words_keeps_nothing(chat: Chat) -> None:
    arrive(chat, "job")
    old = chat.say("femme de ménage").messages[-1]
    chat.say("nounou")
    chat.press("Aucun", on=old)
    assert chat.state("onboarding") == "job_pick"
    assert chat.record.profile.job_code is None


def test_several_obstacles_are_ticked_one_by_one_in_one_message(chat: Chat) -> None:
    arrive(chat, "barriers")
    before = len(chat.messages)
    chat.tap("questions.barriers.options.cv")
    chat.tap("questions.barriers.options.network")
    chat.press("✓")  # the first one, unticked
    assert len(chat.messages) == before
    chat.tap("questions.that_is_all")
    assert chat.record.profile.barriers == {Barrier.NETWORK}


def test_what_was_ticked_is_kept_when_the_rest_is_typed(chat: Chat) -> None:
    arrive(chat, "barriers")
    chat.tap("questions.barriers.options.cv")
    chat.say("la confiance")
    assert chat.record.profile.barriers == {Barrier.CV, Barrier.CONFIDENCE}


def test_the_first_micro_action_comes_before_the_profile_is_complete(chat: Chat) -> None:
    arrive(chat, "experience")
    [micro] = chat.actions
    assert (micro.origin, micro.outcome) == ("micro", "done")
    assert micro.minutes <= 3


def test_the_micro_action_can_wait_and_be_done_later_on_its_own_message(chat: Chat) -> None:
    chat.onboard(micro="@onboarding.micro_later")
    assert chat.open_action is not None
    chat.tap("onboarding.micro_done")
    assert chat.open_action is None
    assert chat.hears("day.done")


@pytest.mark.parametrize(("words", "state"), [("fait", "experience"), ("plus tard", "experience")])
def test_the_micro_action_understands_typed_answers(chat: Chat, words: str, state: str) -> None:
    arrive(chat, "micro")
    chat.say(words)
    assert chat.state("onboarding") == state


def test_other_words_at_the_micro_action_bring_its_two_buttons_again(chat: Chat) -> None:
    arrive(chat, "micro")
    chat.say("hein ?")
    assert chat.hears("onboarding.micro_unclear")
    assert len(chat.said.messages) == 1
    chat.tap("onboarding.micro_done", on=chat.last)
    assert chat.state("onboarding") == "experience"


def test_the_micro_action_is_day_one_and_the_first_push_is_the_next_due_day(chat: Chat) -> None:
    chat.onboard()
    assert chat.record.last_push_date == date(2026, 11, 26)
    assert chat.record.next_due_at == paris("2026-11-27 09:00")


def test_no_push_comes_before_the_questions_are_done(chat: Chat) -> None:
    arrive(chat, "diploma")
    chat.wait(timedelta(days=3))
    assert [action.origin for action in chat.actions] == ["micro"]


def test_the_same_question_comes_back_after_any_answer(chat: Chat) -> None:
    """Nothing lives but in the database: a new process asks the same question, with the answers intact."""
    arrive(chat, "first_name")
    for name, answer in answers_for("fr"):
        if chat.state("onboarding") != name:
            continue
        chat.answer(answer)
        state, profile = chat.state("onboarding"), chat.record.profile
        chat.command("/start")
        assert (chat.state("onboarding"), chat.record.profile) == (state, profile)


def test_after_thirty_days_bob_asks_whether_to_go_on_or_start_again(chat: Chat) -> None:
    arrive(chat, "diploma")
    chat.wait(timedelta(days=31))
    chat.command("/start")
    assert chat.hears("onboarding.long_ago")
    chat.tap("onboarding.go_on")
    assert chat.state("onboarding") == "diploma"
    assert chat.hears("questions.diploma.ask")


def test_starting_again_after_thirty_days_keeps_the_answers_and_has_no_second_micro_action(
    chat: Chat,
) -> None:
    arrive(chat, "diploma")
    chat.wait(timedelta(days=31))
    chat.say("coucou")
    assert chat.hears("onboarding.long_ago")
    chat.say("recommencer")
    assert chat.state("onboarding") == "first_name"
    for _ in range(30):
        if chat.state("onboarding") == "done":
            break
        chat.say("passer")
    assert chat.record.profile.first_name == "Amina"
    assert len(chat.actions) == 1


def test_a_profile_command_in_the_middle_gives_the_question_back(chat: Chat) -> None:
    arrive(chat, "place")
    chat.command("/profil")
    chat.say("Lyon")
    assert chat.record.profile.place == "Lyon"
    assert chat.state("onboarding") == "distance"


def test_another_clock_in_the_middle_of_the_questions_promises_no_action(chat: Chat) -> None:
    arrive(chat, "distance")
    chat.command("/profil")
    chat.tap("questions.zone.short")
    chat.say("Montréal")
    assert chat.record.profile.time_zone == "America/Toronto"
    assert "Prochaine action" not in chat.text


def test_the_questions_come_first_when_an_action_is_asked_for(chat: Chat) -> None:
    arrive(chat, "place")
    for command in ("/action", "/pourquoi", "/strategies", "/reprendre"):
        chat.command(command)
        assert chat.hears("help.questions_first")
        assert chat.hears("questions.place.ask")
        assert len(chat.said.messages) == 1


def _paths() -> Iterator[tuple[str, str]]:
    for row in DIALOGUE.rows:
        for source in row.sources:
            if row.to is not None and row.to != "=":
                yield source, row.to


def test_every_step_can_be_reached_and_leads_to_the_end() -> None:
    reached = {"first_name"}
    for _ in DIALOGUE.states:
        reached |= {to for source, to in _paths() if source in reached}
    ending = {"done"}
    for _ in DIALOGUE.states:
        ending |= {source for source, to in _paths() if to in ending}
    assert reached == ending == set(DIALOGUE.states)


def test_nothing_follows_on_the_heels_of_the_diagnosis(chat: Chat) -> None:
    """The questions taken up again on another day, and ended after that day's hour."""
    arrive(chat, "diploma")
    chat.wait(timedelta(days=1))
    for _ in range(8):
        if chat.state("onboarding") == "done" and chat.state("diagnosis") != "asking":
            break
        chat.say("passer")
    assert chat.record.next_due_at == paris("2026-11-28 09:00")
    chat.wait(timedelta(hours=1))
    assert not chat.said.messages


def test_questions_ended_before_the_hour_have_their_action_that_day(chat: Chat) -> None:
    arrive(chat, "hour")
    chat.wait(timedelta(days=1))
    chat.say("18h")
    assert chat.record.next_due_at == paris("2026-11-27 18:00")
