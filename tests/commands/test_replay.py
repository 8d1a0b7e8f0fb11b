"""`bob replay`: weeks of coaching for given habits."""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.advice.loading import load_catalogue
from bot.commands.habits import HABITS
from bot.dialogs.texts import voice_of
from tests.commands.running import EXAMPLE, Bob

START = "2026-11-30"  # a Monday
DAYS = 60  # past Christmas and New Year's Day, which are public holidays
VOUS = voice_of("fr", "vous")
Write = Callable[..., Path]


def replayed(bob: Bob, *options: str | Path, profile: Path = EXAMPLE) -> list[dict[str, Any]]:
    ran = bob("replay", "--profile", profile, "--date", START, "--json", *options)
    assert (ran.code, ran.err) == (0, "")
    messages: list[dict[str, Any]] = ran.json
    return messages


def daily(messages: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [message for message in messages if message["kind"] == "daily"]


def local(message: dict[str, Any]) -> datetime:
    return datetime.fromisoformat(message["at"])


@pytest.mark.parametrize("habits", HABITS)
def test_there_is_one_daily_message_a_date_at_most_at_the_chosen_hour(bob: Bob, habits: str) -> None:
    sent = daily(replayed(bob, "--days", str(DAYS), "--habits", habits))
    dates = Counter(local(message).date() for message in sent)
    assert dates
    assert set(dates.values()) == {1}
    assert {local(message).time() for message in sent} == {time(10)}


@pytest.mark.parametrize("habits", HABITS)
def test_nothing_is_sent_on_sundays_and_public_holidays(bob: Bob, habits: str) -> None:
    dates = {local(message).date() for message in replayed(bob, "--days", str(DAYS), "--habits", habits)}
    assert not [day for day in dates if day.isoweekday() == 7]
    assert not dates & {date(2026, 12, 25), date(2027, 1, 1)}


@pytest.mark.parametrize("habits", HABITS)
def test_every_message_lies_within_the_days_asked_for_and_in_order(bob: Bob, habits: str) -> None:
    instants = [local(message) for message in replayed(bob, "--days", "10", "--habits", habits)]
    first = date.fromisoformat(START)
    assert instants == sorted(instants)
    assert {first <= instant.date() < first + timedelta(days=10) for instant in instants} == {True}


def test_somebody_who_always_does_it_gets_every_chosen_day_another_action_and_is_asked_how_it_was(
    bob: Bob,
) -> None:
    messages = replayed(bob, "--days", "28", "--habits", "always")
    actions = [message["action"] for message in daily(messages)]
    assert len(actions) == 23  # Monday to Saturday of four weeks, without 25 December
    assert len(set(actions)) == len(actions)
    assert sum(message["kind"] == "answer" for message in messages) >= len(actions)


def test_somebody_who_never_answers_is_answered_nothing(bob: Bob) -> None:
    messages = replayed(bob, "--days", "28", "--habits", "never")
    assert {message["kind"] for message in messages} == {"daily"}


def test_somebody_who_never_answers_sees_the_ladder_and_then_nothing(bob: Bob) -> None:
    """C6: 2 unanswered, smaller; 4, every 3 days; 7, weekly; after 3 weekly ones a closing, then nothing."""
    messages = replayed(bob, "--days", "120", "--habits", "never")
    days = [local(message).date() for message in messages]
    assert len(messages) == 11
    gaps = [(later - day).days for day, later in itertools.pairwise(days)]
    assert all(gap <= 3 for gap in gaps[:3])  # every day but days off
    assert all(3 <= gap <= 5 for gap in gaps[3:6])
    assert all(7 <= gap <= 9 for gap in gaps[6:])
    assert all(message["minutes"] <= 5 for message in messages[2:10])
    for place, key in ((2, "smaller"), (4, "every_three"), (7, "weekly"), (10, "closing")):
        said = [
            number for number, message in enumerate(messages) if VOUS(f"silence.{key}") in message["text"]
        ]
        assert said == [place]


def test_what_somebody_refuses_does_not_come_back_the_next_day(bob: Bob) -> None:
    actions = [message["action"] for message in daily(replayed(bob, "--days", "28", "--habits", "refuses"))]
    assert all(one != following for one, following in itertools.pairwise(actions))


def test_weekends_only_means_answers_on_saturdays(bob: Bob) -> None:
    """On what came before, too: Bob has become quieter by then, and is as before after it."""
    messages = replayed(bob, "--days", "28", "--habits", "weekends")
    answered = {local(message).isoweekday() for message in messages if message["kind"] == "answer"}
    assert answered == {6}
    assert sum(message["kind"] == "answer" for message in messages) >= 4


def test_a_daily_message_names_its_action_family_minutes_and_reasons(bob: Bob) -> None:
    catalogue = load_catalogue()
    for message in daily(replayed(bob, "--days", "14")):
        action = catalogue.action(message["action"])
        assert (message["family"], message["minutes"]) == (action.family.value, action.minutes)
        assert isinstance(message["reasons"], list)
        assert message["text"]


def test_the_chosen_days_and_zone_are_kept(bob: Bob, profile_file: Write) -> None:
    profile = profile_file(place="Saint-Denis", time_zone="Indian/Reunion", days=[2, 7], hour="08:00")
    sent = daily(replayed(bob, "--days", "28", profile=profile))
    assert {local(message).isoweekday() for message in sent} == {2, 7}
    assert {local(message).utcoffset() for message in sent} == {timedelta(hours=4)}


def test_it_is_the_same_each_time_and_differs_between_people(bob: Bob) -> None:
    one = replayed(bob, "--person", "nina")
    assert one == replayed(bob, "--person", "nina")
    assert [message.get("action") for message in one] != [
        message.get("action") for message in replayed(bob, "--person", "omar")
    ]


def test_the_text_for_reading_holds_every_message_in_the_language_asked_for(bob: Bob) -> None:
    options = ("--days", "7", "--lang", "en")
    ran = bob("replay", "--profile", EXAMPLE, "--date", START, *options)
    messages = replayed(bob, *options)
    assert ran.code == 0
    assert [message["text"] in ran.out for message in messages] == [True] * len(messages)
    assert "Because" in ran.out


def test_what_a_counsellor_puts_first_comes_more_often_and_says_so(bob: Bob) -> None:
    serving = {one.id for one in load_catalogue().actions if "use-network" in one.serves}

    def share(*options: str) -> int:
        return sum(message["action"] in serving for message in daily(replayed(bob, "--days", "30", *options)))

    followed = replayed(bob, "--days", "30", "--put-first", "use-network")
    assert sum(one["action"] in serving for one in daily(followed)) > share()
    assert any("put_first:use-network" in one["reasons"] for one in daily(followed))


def test_a_strategy_that_there_is_not_cannot_be_put_first(bob: Bob) -> None:
    ran = bob("replay", "--profile", EXAMPLE, "--date", START, "--put-first", "be-lucky")
    assert ran.code != 0
    assert "be-lucky" in ran.err


def test_the_weekly_review_and_a_follow_up_are_among_the_messages(bob: Bob) -> None:
    messages = replayed(bob, "--days", "20", "--told", "postulé chez Darty comme vendeuse hier")
    reviews = [one for one in daily(messages) if one["text"].startswith("Votre semaine")]
    assert [local(one).date() for one in reviews] == [
        date(2026, 12, 4),
        date(2026, 12, 11),
        date(2026, 12, 18),
    ]
    assert all("action" in one for one in reviews)
    follow_ups = [one for one in daily(messages) if one.get("action", "").startswith("application-board-")]
    assert next(local(one).date() for one in follow_ups) == date(2026, 12, 7)
    assert "Darty" in follow_ups[0]["text"]
    assert any("goal:" in reason for one in daily(messages) for reason in one.get("reasons", ()))


def test_words_that_tell_of_no_application_cannot_be_told(bob: Bob) -> None:
    ran = bob("replay", "--profile", EXAMPLE, "--date", START, "--told", "bonjour")
    assert ran.code != 0
    assert "--told" in ran.err


# A job found


def test_after_a_job_is_found_only_what_was_agreed_to_comes(bob: Bob) -> None:
    sent = daily(replayed(bob, "--days", "230", "--found-after", "10"))
    before = [message for message in sent if local(message).date() <= date(2026, 12, 10)]
    after = [message for message in sent if local(message).date() > date(2026, 12, 10)]
    assert all("action" in message for message in before)
    assert not [message for message in after if "action" in message]
    assert [local(message).date().isoformat() for message in after] == [
        "2026-12-12",  # before the first day, Monday the 14th
        "2026-12-21",  # a week
        "2027-01-11",  # the first survey: the 10th is a Sunday
        "2027-01-13",  # thirty days
        "2027-02-08",  # the end of a trial period: the 7th is a Sunday
        "2027-03-10",
        "2027-06-10",
    ]


def test_applications_a_counsellors_strategy_and_a_job_found_meet_in_one_life(bob: Bob) -> None:
    options = ("--told", "postulé chez Darty hier", "--put-first", "use-network", "--found-after", "10")
    sent = daily(replayed(bob, "--days", "40", *options))
    before = [message for message in sent if local(message).date() <= date(2026, 12, 10)]
    assert any(message["action"].startswith("application-board-") for message in before)
    assert any(message["text"].startswith("Votre semaine") for message in before)
    assert any("put_first:use-network" in message["reasons"] for message in before)
    after = sent[len(before) :]
    assert after
    assert not [one for one in after if "action" in one or one["text"].startswith("Votre semaine")]


def test_somebody_who_never_answered_still_gets_what_they_agreed_to_in_work(bob: Bob) -> None:
    sent = daily(replayed(bob, "--days", "300", "--habits", "never", "--found-after", "100"))
    after = [message for message in sent if local(message).date() > date(2027, 3, 10)]
    assert len(after) >= 6
    assert not [message for message in after if "action" in message]


@pytest.mark.parametrize(("lang", "form"), [("fr", "vous"), ("fr", "tu"), ("en", "vous")])
def test_the_news_of_a_job_is_answered_in_every_register(bob: Bob, lang: str, form: str) -> None:
    messages = replayed(bob, "--days", "12", "--found-after", "10", "--lang", lang, "--form", form)
    news = [message for message in messages if local(message).time() == time(21)]
    assert len(news) == 5
    assert {"fr": "bonne nouvelle", "en": "good news"}[lang] in news[0]["text"]
