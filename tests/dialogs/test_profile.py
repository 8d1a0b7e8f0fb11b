"""A10: every answer in one message, edited in place; what a changed job or place changes, in three lines at most."""

from __future__ import annotations

from datetime import time

import pytest

from bot.advice.facts import Outcome
from bot.advice.profile import JobChoice
from bot.dialogs.profile import MAIN, MORE
from tests.dialogs.chat import Chat, paris


def edit(chat: Chat, name: str) -> None:
    chat.command("/profil")
    if not chat.has(f"questions.{name}.short"):
        chat.tap("profile.more")
    chat.tap(f"questions.{name}.short")


def note(chat: Chat) -> list[str]:
    """The lines that say what an edit changed: those before the list of answers."""
    reply = chat.last.reply
    assert reply.title == chat.words("profile.title")
    return reply.text.split("\n\n")[0].splitlines()


def test_every_answer_is_in_one_message(amina: Chat) -> None:
    amina.command("/profil")
    assert len(amina.said.messages) == 1
    for words in ("Amina", "aide-soignante", "Angers (49)", "6 mois", "9 h", "12"):
        assert words in amina.text
    for name in MAIN:
        assert amina.has(f"questions.{name}.short")


NEW_ANSWERS = [
    ("first_name", "Samir", "first_name", "Samir"),
    ("job", "serveuse", "job", "serveuse"),
    ("place", "Lyon", "place", "Lyon"),
    ("distance", "@questions.distance.options.region", "mobility", "region"),
    ("situation", "@questions.situation.options.employed", "situation", "employed"),
    ("months", "2 ans", "months", 24.0),
    ("experience", "10 ans", "experience_years", 10.0),
    ("diploma", "@questions.diploma.options.bac5", "diploma", "bac5"),
    ("applications", "40", "applications", 40),
    ("interviews", "3", "interviews", 3),
    ("hour", "18h30", "hour", time(18, 30)),
    ("zone", "Bruxelles", "time_zone", "Europe/Brussels"),
    ("leads", "5", "leads", 5),
    ("offers", "1", "offers", 1),
    ("liking", "@questions.liking.options.passion", "liking", "passion"),
    ("network", "@questions.network.options.small", "network", "small"),
    ("hours_wanted", "@questions.hours_wanted.options.part", "hours_wanted", "part"),
    ("minutes", "une heure", "minutes_per_day", 60),
    ("age", "@questions.age.options.50+", "age", "50+"),
    ("licence", "oui", "driving_licence", True),
    ("has_cv", "non", "has_cv", False),
    ("computer", "@questions.computer.options.yes", "has_computer", True),
]


@pytest.mark.parametrize(
    ("name", "answer", "field", "value"), NEW_ANSWERS, ids=[row[0] for row in NEW_ANSWERS]
)
def test_every_answer_can_be_changed(amina: Chat, name: str, answer: str, field: str, value: object) -> None:
    edit(amina, name)
    amina.answer(answer)
    if name == "job":  # asks at once for the experience in the new one
        amina.say("2 ans")
    assert getattr(amina.record.profile, field) == value
    assert amina.words("profile.saved") in note(amina)
    assert amina.record.focus is None


def test_an_answer_changed_by_a_button_changes_in_place(amina: Chat) -> None:
    amina.command("/profil")
    before = len(amina.messages)
    amina.tap("questions.diploma.short")
    amina.tap("questions.diploma.options.bac")
    assert len(amina.messages) == before
    assert amina.last.reply.title == amina.words("profile.title")


@pytest.mark.parametrize("name", [*MAIN, *MORE])
def test_every_edit_leads_back_without_a_change(amina: Chat, name: str) -> None:
    before = amina.record.profile
    edit(amina, name)
    amina.tap("questions.back")
    assert amina.record.profile == before
    assert amina.state("profile") == "menu"


def test_several_answers_start_from_those_given_before(amina: Chat) -> None:
    edit(amina, "barriers")
    assert any(label.startswith("✓") for label in amina.buttons)
    amina.tap("questions.barriers.options.cv")
    amina.tap("questions.that_is_all")
    assert amina.record.profile.barriers == {"no_answers", "cv"}


def test_days_start_from_monday_to_saturday(amina: Chat) -> None:
    edit(amina, "days")
    amina.press("✓")  # Monday, unticked
    amina.tap("questions.that_is_all")
    assert amina.record.profile.days == {2, 3, 4, 5, 6}


def test_a_rhythm_keeps_one_day_at_least(amina: Chat) -> None:
    edit(amina, "days")
    for _ in range(6):
        amina.press("✓")
    assert not amina.has("questions.that_is_all")
    assert not amina.has("questions.nothing_named")
    amina.say("aucun")
    assert amina.hears("questions.unclear")
    amina.say("mardi")
    assert amina.record.profile.days == {2}


def test_an_answer_can_be_cleared_and_is_not_asked_again(amina: Chat) -> None:
    edit(amina, "diploma")
    amina.tap("profile.erase")
    assert amina.record.profile.diploma is None
    assert "diploma" in amina.record.profile.skipped


def test_a_new_job_re_runs_the_diagnosis_in_three_lines_or_fewer(amina: Chat) -> None:
    edit(amina, "job")
    amina.say("infirmière")  # asks for a diploma that Amina does not have
    assert amina.hears("questions.experience.ask")
    assert amina.record.profile.experience_years is None
    amina.say("jamais")
    assert amina.hears("profile.new_main")
    assert len(note(amina)) <= 3


def test_naming_a_job_ends_not_knowing(amina: Chat) -> None:
    edit(amina, "job")
    amina.tap("questions.job.options.undecided")
    assert amina.record.profile.job is None
    assert amina.hears("profile.new_main")
    edit(amina, "job")
    amina.say("serveuse")
    assert amina.record.profile.job_choice is JobChoice.ONE


def test_a_job_that_is_being_chosen_changes_nothing_yet(amina: Chat) -> None:
    edit(amina, "job")
    amina.say("femme de ménage")
    assert amina.record.profile.job == "aide-soignante"
    amina.tap("questions.keep_words")
    assert (amina.record.profile.job, amina.record.profile.job_code) == ("femme de ménage", None)


UNFITTING = {
    "long_search": ("months", "@questions.months.options.m0"),
    "no_interview": ("interviews", "3"),
    "many_applications": ("applications", "0"),
    "out_of_work": ("situation", "@questions.situation.options.employed"),
}
"""By condition of an action: an answer after which it does not hold any more."""


def test_an_open_action_that_no_longer_fits_is_withdrawn(amina: Chat) -> None:
    amina.command("/action")
    for _ in range(40):
        action = amina.open_action
        assert action is not None
        lines = [str(line) for line in amina.world.catalogue.action(action.catalogue_id).when]
        broken = next(
            (UNFITTING[name] for line in lines if (name := line.partition("(")[0]) in UNFITTING), None
        )
        if broken is not None:
            break
        amina.say("une autre")
    else:
        pytest.fail("no action looks at these answers")
    edit(amina, broken[0])
    amina.answer(broken[1])
    assert amina.open_action is None
    assert amina.hears("profile.withdrawn")
    assert len(note(amina)) <= 3
    assert amina.actions[-1].outcome is Outcome.WITHDRAWN


def test_another_hour_says_when_the_next_action_comes_and_moves_it(amina: Chat) -> None:
    edit(amina, "hour")
    amina.say("18h")
    assert "18 h" in "\n".join(note(amina))
    assert amina.record.next_due_at == paris("2026-11-27 18:00")


def test_a_town_overseas_brings_its_clock(amina: Chat) -> None:
    edit(amina, "place")
    amina.say("Saint-Denis 974")
    assert amina.record.profile.time_zone == "Indian/Reunion"
    assert amina.record.next_due_at == paris("2026-11-27 06:00")


def test_what_is_not_understood_is_asked_again(amina: Chat) -> None:
    edit(amina, "hour")
    amina.say("au petit matin peut-être")
    assert amina.hears("questions.hour.unclear")
    assert amina.state("profile") == "editing"
    amina.say("10h")
    assert amina.record.profile.hour == time(10)


def test_a_command_in_the_middle_of_an_edit_ends_nothing(amina: Chat) -> None:
    edit(amina, "first_name")
    amina.command("/aide")
    amina.say("Samir")
    assert amina.record.profile.first_name == "Samir"


def test_an_older_profile_message_still_works(amina: Chat) -> None:
    amina.command("/profil")
    older = amina.last
    amina.command("/profil")
    amina.tap("questions.diploma.short", on=older)
    amina.tap("questions.diploma.options.bac", on=older)
    assert amina.record.profile.diploma == "bac"


def test_the_rest_can_be_added_and_one_can_turn_back(amina: Chat) -> None:
    amina.command("/profil")
    amina.tap("profile.more")
    assert amina.hears("profile.more_lead")
    amina.tap("questions.back")
    assert amina.last.reply.title == amina.words("profile.title")
