"""C13: a job found. No more actions, thanks, what helped; a few words if wanted; surveys; the way back."""

from __future__ import annotations

import json
from collections import Counter
from datetime import timedelta

import pytest
from sqlalchemy import Connection

from bot.dialogs import in_work
from bot.turns.loading import person_of
from storage import applications, consents, jobs, privacy
from tests.dialogs.chat import Chat, Message, paris
from tests.dialogs.conftest import NewChat

SIX_MONTHS = paris("2027-07-15 20:00")


def pushed(chat: Chat, since: int = 0) -> list[Message]:
    return [message for message in chat.messages[since:] if message.bulk]


def notes(chat: Chat, since: int = 0) -> list[str]:
    """The keys of what came unasked."""
    keys = ["eve", "note.week", "note.month", "note.trial", "surveys.question"]
    found = []
    for message in pushed(chat, since):
        chat.said.messages = [message]
        found += [key for key in keys if chat.hears(f"found.{key}")] or ["?"]
    return found


def tell(chat: Chat, *, weeks: bool = True, surveys: bool = True) -> int:
    """The whole conversation after `/trouve`; how many messages there were by its end."""
    chat.command("/trouve")
    chat.tap("questions.skip")
    chat.tap("found.button.weeks_yes" if weeks else "found.button.no")
    if weeks:
        chat.tap("questions.skip")
    chat.tap("found.button.surveys_yes" if surveys else "found.button.no")
    return len(chat.messages)


# The news


def test_the_news_ends_the_daily_actions_and_is_met_with_joy(with_action: Chat) -> None:
    with_action.command("/trouve")
    assert with_action.hears("found.joy")
    assert with_action.open_action is None
    assert with_action.actions[-1].outcome == "withdrawn"
    before = len(with_action.messages)
    with_action.tick_to(SIX_MONTHS)
    assert pushed(with_action, before) == []  # nothing was agreed to, so nothing comes


@pytest.mark.parametrize(
    "words", ["j'ai eu le poste", "J'ai trouvé un travail !", "je suis embauchée chez Leclerc"]
)
def test_plain_words_are_enough(amina: Chat, words: str) -> None:
    amina.say(words)
    assert amina.hears("found.joy")


@pytest.mark.parametrize("words", ["j'ai trouvé !", "je commence lundi"])
def test_doubtful_words_are_asked_back(amina: Chat, words: str) -> None:
    amina.say(words)
    assert amina.hears("found.sure")
    amina.say("oui")
    assert amina.hears("found.joy")


def test_a_misunderstanding_costs_one_tap(with_action: Chat) -> None:
    with_action.say("j'ai trouvé !")
    with_action.tap("found.button.not_yet")
    assert with_action.hears("found.not_yet")
    assert with_action.open_action is not None
    with_action.say("c'est fait")
    assert with_action.actions[-1].outcome == "done"


def test_the_first_day_that_was_named_is_not_asked_for(amina: Chat) -> None:
    amina.say("j'ai eu le poste, je commence le 7 décembre")
    amina.tap("questions.skip")
    amina.tap("found.button.weeks_yes")
    assert amina.hears("found.surveys.ask")
    amina.tap("found.button.no")
    before = len(amina.messages)
    amina.tick_to(paris("2026-12-07 20:00"))
    assert [
        message.at.astimezone(amina.local_now.tzinfo).date().isoformat() for message in pushed(amina, before)
    ] == [
        "2026-12-05"  # the Saturday before: nothing comes on a Sunday
    ]
    assert "lundi 7 décembre" in amina.messages[-1].text


def test_words_answer_each_question(amina: Chat) -> None:
    amina.say("I got the job")
    amina.say("Une annonce")
    assert amina.hears("found.weeks.ask")
    amina.say("oui")
    assert amina.hears("found.day.ask")
    amina.say("lundi")
    assert amina.hears("found.surveys.ask")
    amina.say("non")
    assert amina.hears("found.farewell")
    assert amina.record.focus is None


def test_other_words_are_no_answer_and_nothing_insists(amina: Chat) -> None:
    amina.command("/trouve")
    amina.say("merci")
    assert amina.hears("help.thanks")
    assert amina.record.focus is None
    amina.command("/trouve")
    assert amina.hears("found.joy")


def test_what_helped_is_counted_and_not_kept_with_the_person(amina: Chat) -> None:
    amina.command("/trouve")
    amina.tap("found.helped.people")
    counted = amina.store.run_sync(jobs.survey_answers)
    assert [(one.question, one.answer, one.answers) for one in counted] == [("helped", "people", 1)]
    assert "people" not in json.dumps(amina.record.dialogues["found"].data)


def test_before_the_questions_are_answered_the_command_leads_back_to_them(chat: Chat) -> None:
    chat.agree()
    chat.command("/trouve")
    assert chat.hears("help.questions_first")


# Undone


def test_a_mistake_is_undone_and_the_action_is_open_again(with_action: Chat) -> None:
    action = with_action.open_action
    assert action is not None
    with_action.command("/trouve")
    with_action.tap("found.button.mistake")
    assert with_action.hears("found.mistaken")
    assert with_action.open_action is not None
    assert with_action.open_action.id == action.id
    assert with_action.store.run_sync(jobs.jobs_of, with_action.record.id) == []
    with_action.tick_to(paris("2026-11-28 09:01"))
    assert with_action.actions[-1].origin == "push"


def test_it_is_undone_after_the_other_questions_too(amina: Chat) -> None:
    tell(amina)
    amina.command("/trouve")
    assert amina.hears("found.working")
    amina.tap("found.button.mistake")
    assert amina.hears("found.mistaken")
    assert "surveys" not in amina.store.run_sync(consents.current, amina.record.id)
    amina.tick_to(paris("2026-11-27 09:01"))
    assert amina.actions[-1].origin == "push"


def test_words_undo_it(amina: Chat) -> None:
    amina.command("/trouve")
    amina.say("annuler")
    assert amina.hears("found.mistaken")


# The first weeks


def test_a_few_messages_come_in_the_first_weeks_one_a_day_at_most(amina: Chat) -> None:
    before = tell(amina, surveys=False)
    amina.tick_to(SIX_MONTHS)
    assert notes(amina, before) == ["note.week", "note.month", "note.trial"]
    for message in pushed(amina, before):
        local = message.at.astimezone(amina.local_now.tzinfo)
        assert local.isoweekday() != 7
        assert (local.hour, local.minute) == (9, 0)


def test_they_stop_in_one_tap(amina: Chat) -> None:
    before = tell(amina, surveys=False)
    amina.tick_to(paris("2026-12-04 09:30"))
    amina.tap("found.button.no_weeks")
    assert amina.hears("found.no_more")
    amina.tick_to(SIX_MONTHS)
    assert notes(amina, before) == ["note.week"]


def test_how_it_goes_is_met_kindly(amina: Chat) -> None:
    tell(amina, surveys=False)
    amina.tick_to(paris("2026-12-04 09:30"))
    amina.tap("found.feel.hard")
    assert amina.hears("found.hard")
    assert not amina.has("found.feel.fine")  # it is answered


def test_the_end_of_the_trial_period_comes_when_they_said(amina: Chat) -> None:
    before = tell(amina, surveys=False)
    amina.tick_to(paris("2026-12-28 09:30"))  # the first month
    amina.tap("found.feel.fine")
    amina.tap("found.trial.trial2")
    assert amina.hears("found.fine")
    amina.tick_to(SIX_MONTHS)
    assert notes(amina, before) == ["note.week", "note.month", "note.trial"]
    assert (
        pushed(amina, before)[-1].at.date().isoformat() == "2027-02-22"
    )  # 26 February less 5 days is a Sunday


def test_no_trial_period_no_message_about_it(amina: Chat) -> None:
    before = tell(amina, surveys=False)
    amina.tick_to(paris("2026-12-28 09:30"))
    amina.tap("found.feel.fine")
    amina.tap("found.trial.trial0")
    amina.tick_to(SIX_MONTHS)
    assert notes(amina, before) == ["note.week", "note.month"]


def test_an_outage_brings_no_burst(amina: Chat) -> None:
    before = tell(amina)
    amina.sleep_to(paris("2027-01-12 10:00"))
    amina.tick_to(paris("2027-01-13 10:00"))
    assert notes(amina, before) == ["note.month", "surveys.question"]
    dates = Counter(message.at.date() for message in pushed(amina, before))
    assert max(dates.values()) == 1


def test_a_pause_holds_them_back_and_stop_ends_them(amina: Chat) -> None:
    before = tell(amina)
    amina.command("/moins")
    amina.tap("settings.pause7")
    amina.tick_to(paris("2026-12-04 20:00"))
    assert notes(amina, before) == ["note.week"]  # the pause ended on its day
    amina.command("/stop")
    amina.tick_to(SIX_MONTHS)
    assert notes(amina, before) == ["note.week"]


# Surveys


def test_surveys_come_at_one_three_and_six_months_to_those_who_agreed(amina: Chat) -> None:
    before = tell(amina, weeks=False)
    amina.tick_to(SIX_MONTHS)
    assert notes(amina, before) == ["surveys.question"] * 3
    dates = [message.at.date().isoformat() for message in pushed(amina, before)]
    assert dates == ["2026-12-26", "2027-02-26", "2027-05-26"]


def test_without_a_yes_there_is_no_survey(amina: Chat) -> None:
    before = tell(amina, weeks=False, surveys=False)
    amina.tick_to(SIX_MONTHS)
    assert pushed(amina, before) == []
    assert "surveys" not in amina.store.run_sync(consents.current, amina.record.id)


def test_the_yes_is_recorded_with_its_text_and_taken_back_in_one_tap(amina: Chat) -> None:
    before = tell(amina, weeks=False)
    given = amina.store.run_sync(consents.current, amina.record.id)["surveys"]
    assert (given.text_version, given.language) == ("surveys-1", "fr")
    amina.tick_to(paris("2026-12-26 09:30"))
    amina.tap("found.button.no_surveys")
    assert "surveys" not in amina.store.run_sync(consents.current, amina.record.id)
    amina.tick_to(SIX_MONTHS)
    assert notes(amina, before) == ["surveys.question"]


def traces(chat: Chat) -> dict[str, object]:
    """What the database has beside somebody in work, but for numbers that differ between any two people."""
    found = chat.store.run_sync(privacy.export, chat.record.id)
    about_work = [row for row in found["conversations"] if row["name"] == "found"]
    consented = [{key: row[key] for key in row if key != "id"} for row in found["consents"]]
    said = [(row["purpose"], row["method"], row["body"], row["state"]) for row in found["messages"]]
    return {
        **{name: found[name] for name in ("person", "jobs", "days", "audit", "waiting_updates")},
        "work": about_work,
        "consents": consented,
        "said": said,
    }


def test_two_answers_leave_the_same_traces_beside_the_person(new_chat: NewChat) -> None:
    """Nothing but the count differs between somebody who answers one thing and somebody who answers another."""
    found = []
    people = [new_chat(), new_chat()]
    for chat, situation in zip(people, ("same", "searching"), strict=True):
        chat.onboard()
        tell(chat, weeks=False)
        chat.tick_to(paris("2026-12-26 09:30"))
        chat.tap(f"found.situation.{situation}")
        assert chat.hears("found.surveys.thanks")
        found.append(traces(chat))
    assert found[0] == found[1]
    counted = people[0].store.run_sync(jobs.survey_answers)
    assert {(one.question, one.answer): one.answers for one in counted} == {
        ("month1", "same"): 1,
        ("month1", "searching"): 1,
    }


def test_a_survey_is_answered_once_and_an_old_one_not_at_all(amina: Chat) -> None:
    tell(amina, weeks=False)
    amina.tick_to(paris("2026-12-26 09:30"))
    first = amina.messages[-1]
    same = next(button for row in first.reply.buttons for button in row if button.value == "month1-same")
    amina.tick_to(paris("2027-02-26 09:30"))
    amina.press_button(same, first)
    assert amina.store.run_sync(jobs.survey_answers) == []
    amina.tap("found.situation.another")
    amina.press_as(None)
    assert [one.answers for one in amina.store.run_sync(jobs.survey_answers)] == [1]


# Beside the daily loop


def test_nothing_else_comes_unasked_and_silence_is_not_counted(amina: Chat) -> None:
    amina.say("postulé chez Leroy Merlin comme vendeuse hier")
    for day in ("2026-11-27", "2026-11-28", "2026-11-30", "2026-12-01"):
        amina.tick_to(paris(f"{day} 09:30"))
        amina.tap("day.button.done")
    before = tell(amina)  # a follow-up is due on the 3rd, a review on the 4th
    amina.tick_to(SIX_MONTHS)
    came = notes(amina, before)
    assert len(came) == 6
    assert "?" not in came
    assert amina.record.unanswered == 0
    amina.say("ça n'a pas marché")
    last = len(amina.messages)
    amina.tick_to(paris("2027-07-16 09:30"))
    assert [message.reply.title is not None for message in pushed(amina, last)] == [True]


def test_somebody_who_had_fallen_silent_hears_from_bob_in_work(amina: Chat) -> None:
    amina.tick_to(paris("2027-01-20 12:00"))
    assert amina.record.unanswered > 4
    before = tell(amina)
    amina.tick_to(paris("2027-08-15 20:00"))
    assert len(notes(amina, before)) == 6
    assert amina.record.unanswered == 0


def test_after_an_outage_no_day_in_work_is_missed(amina: Chat) -> None:
    before = tell(amina, surveys=False)
    amina.sleep_to(paris("2026-12-07 09:30"))  # due on the 3rd
    assert notes(amina, before) == ["note.week"]
    assert amina.store.run_sync(_missed, amina.record.id) == []


def test_the_application_that_led_to_it_is_an_offer_on_the_board(amina: Chat) -> None:
    amina.say("postulé chez Darty hier")
    amina.say("je suis prise chez Darty")
    assert amina.hears("found.joy")
    (one,) = amina.store.run_sync(applications.board, amina.record.id)
    assert one.state == "offer"


def test_an_application_told_in_work_promises_nothing(amina: Chat) -> None:
    tell(amina)
    amina.say("postulé chez Darty hier")
    assert amina.hears("board.noted")
    assert not amina.hears("board.will_follow")


def test_a_goal_set_in_work_promises_no_other_actions(amina: Chat) -> None:
    tell(amina)
    amina.command("/bilan")
    amina.press("2")
    amina.tap("weekly.button.medium")
    assert amina.hears("weekly.goal_set")
    assert not amina.hears("weekly.change.network")
    assert not amina.hears("weekly.change.application")


def test_months_without_a_word_in_work_are_no_absence(amina: Chat) -> None:
    tell(amina, surveys=False)
    amina.tick_to(paris("2027-03-15 14:00"))
    amina.say("bonjour")
    assert not amina.hears("back.ask")
    assert amina.hears("found.no_daily")


def test_the_end_of_a_pause_is_not_the_end_of_the_job(amina: Chat) -> None:
    tell(amina)
    amina.command("/moins")
    amina.tap("settings.pause7")
    amina.command("/reprendre")
    assert amina.record.status == "active"
    assert in_work.is_working(person_of(amina.record))


# The way back


@pytest.mark.parametrize("way", ["/reprendre", "ça n'a pas marché", "button"])
def test_whoever_comes_back_finds_their_profile_and_no_question(amina: Chat, way: str) -> None:
    profile = amina.record.profile
    tell(amina)
    amina.tick_to(paris("2026-12-15 14:00"))
    if way.startswith("/"):
        amina.command(way)
    elif way == "button":
        amina.command("/trouve")
        amina.tap("found.button.over")
    else:
        amina.say(way)
    assert amina.hears("found.over")
    assert "demain à 9 h" in amina.text
    assert amina.record.profile == profile
    assert "?" not in amina.text
    before = len(amina.messages)
    amina.tick_to(paris("2026-12-16 09:01"))
    assert [action.origin for action in amina.actions][-1] == "push"
    assert len(pushed(amina, before)) == 1
    assert [over is not None for _, over in amina.store.run_sync(jobs.jobs_of, amina.record.id)] == [True]
    assert "surveys" not in amina.store.run_sync(consents.current, amina.record.id)


def test_coming_back_after_a_stop_wakes_the_actions(amina: Chat) -> None:
    tell(amina)
    amina.command("/stop")
    amina.command("/reprendre")
    assert amina.record.status == "active"
    assert amina.hears("found.over")
    amina.tick_to(paris("2026-11-27 20:00"))
    assert amina.actions[-1].origin == "push"


def test_a_stop_stays_a_stop_when_the_job_ends(amina: Chat) -> None:
    tell(amina)
    amina.command("/stop")
    amina.say("j'ai perdu mon travail")
    assert amina.hears("found.over")
    assert amina.record.status == "stopped"
    assert "/reprendre" in amina.text


def test_the_second_job_is_as_welcome_as_the_first(amina: Chat) -> None:
    tell(amina)
    amina.tick_to(paris("2026-12-15 14:00"))
    amina.command("/reprendre")
    amina.tick_to(paris("2027-01-05 14:00"))
    before = tell(amina, weeks=False)
    amina.tick_to(paris("2027-08-15 14:00"))
    assert notes(amina, before) == ["surveys.question"] * 3
    assert len(amina.store.run_sync(jobs.jobs_of, amina.record.id)) == 2


def test_an_action_can_still_be_asked_for_in_work(amina: Chat) -> None:
    tell(amina)
    amina.command("/action")
    assert amina.open_action is not None
    amina.tap("day.button.done")
    amina.tap("day.felt.fine")
    assert amina.words("found.no_daily") in amina.text


def test_deletion_leaves_nothing_but_counts(amina: Chat) -> None:
    tell(amina)
    person = amina.record.id
    amina.command("/supprimer")
    amina.tap("mydata.delete_yes")
    assert amina.store.run_sync(privacy.scan, [person, str(amina.telegram_id), "Amina"]) == []
    assert amina.store.run_sync(_jobs) == 0


def _jobs(conn: Connection) -> int:
    return int(conn.exec_driver_sql("SELECT count(*) FROM job").scalar_one())


def test_an_unknown_place_in_this_conversation_brings_no_actions(amina: Chat) -> None:
    """What a later version may have kept: the person stays in work rather than being written to every day."""
    tell(amina)

    def change(conn: Connection) -> None:
        conn.exec_driver_sql("UPDATE dialogue SET state = 'unheard_of' WHERE name = 'found'")

    amina.store.run_sync(change)
    before = len(amina.messages)
    amina.tick_to(amina.now + timedelta(days=20))
    assert [message for message in pushed(amina, before) if message.reply.title] == []
    assert in_work.NAME in amina.record.dialogues


def _missed(conn: Connection, person_id: str) -> list[str]:
    rows = conn.exec_driver_sql(
        "SELECT local_date FROM day WHERE origin = 'missed' AND person_id = ?", (person_id,)
    )
    return [str(row[0]) for row in rows]


@pytest.mark.parametrize(
    "words",
    [
        "je viens d'être embauchée chez Korian, je commence le 1er décembre",
        "Decathlon m'a embauchée",
        "I've been hired at Tesco",
    ],
)
def test_hired_by_an_employer_is_a_job_found_and_no_offer(amina: Chat, words: str) -> None:
    amina.say(words)
    assert amina.hears("found.joy")


def test_how_it_goes_and_who_helped_can_be_typed(amina: Chat) -> None:
    amina.command("/trouve")
    amina.tap("found.helped.other")
    amina.say("mon voisin")
    assert amina.hears("found.helped_by")
    assert amina.hears("found.weeks.ask")
    amina.tap("found.button.weeks_yes")
    amina.tap("questions.skip")
    amina.tap("found.button.no")
    amina.tick_to(paris("2026-12-04 09:30"))
    amina.say("ça se passe mal")
    assert amina.hears("found.hard")
