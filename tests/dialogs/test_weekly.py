"""C10: the weekly review around the action of its day: one message, one question, a goal, and what the goal changes."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from bot.advice.facts import Family
from bot.advice.profile import Profile
from bot.advice.weeks import Review
from bot.dialogs.weekly_days import scheduled
from storage import applications
from tests.dialogs.chat import Chat, Message, no_blank_left, paris
from tests.dialogs.conftest import NewChat

FRIDAY = date(2026, 12, 4)


def reviews(chat: Chat) -> tuple[Review, ...]:
    return chat.store.run_sync(applications.reviews, chat.record.id, date(2026, 1, 1))


Seen = list[tuple[date, Message]]


def watch(chat: Chat) -> Seen:
    """The reviews as they come, with the date of each: answers to the action take the place of its message later."""
    seen: Seen = []

    def note(message: Message) -> None:
        if message.reply.title == chat.words("weekly.title") and message.bulk:
            seen.append((message.at.date(), replace(message)))

    chat.checks += [no_blank_left, note]
    return seen


def live_until(chat: Chat, moment: str, *, doing: bool = True) -> None:
    """Day by day, with the action of each day done."""
    while chat.now < paris(moment):
        chat.tick_to(min(chat.now + timedelta(hours=12), paris(moment)))
        if doing and chat.open_action is not None and chat.now < paris(moment):
            message, button = chat.button(chat.words("day.button.done"))
            chat.press_button(button, message)


@pytest.fixture
def seen(amina: Chat) -> Seen:
    return watch(amina)


@pytest.fixture
def friday(amina: Chat, seen: Seen) -> Chat:
    """Friday 4 December at 9:01, after a week of actions."""
    live_until(amina, "2026-12-04 09:01")
    return amina


def test_it_comes_on_friday_in_one_message_that_carries_the_days_action(friday: Chat, seen: Seen) -> None:
    ((_, message),) = seen
    today = [one for one in friday.messages if one.at.date() == FRIDAY]
    assert [one.id for one in today] == [message.id]
    assert message.bulk
    assert friday.hears("weekly.ask.applications")
    assert friday.hears("weekly.action")
    assert friday.hears("weekly.first_time")
    assert friday.open_action is not None
    assert friday.open_action.local_date == FRIDAY
    assert friday.words("day.button.done") in message.labels
    friday.tap("day.button.done")
    assert friday.hears("day.done")


def test_the_first_days_have_nothing_to_look_back_on(amina: Chat, seen: Seen) -> None:
    amina.tick_to(paris("2026-11-27 12:00"))
    assert seen == []


def test_who_gives_no_sign_gets_the_action_alone(amina: Chat, seen: Seen) -> None:
    live_until(amina, "2026-12-11 12:00", doing=False)
    assert seen == []


def test_the_week_stands_beside_ones_own_past_only(friday: Chat, seen: Seen) -> None:
    live_until(friday, "2026-12-11 09:01")
    text = seen[-1][1].text
    assert "D'habitude" in text
    assert "%" not in text


def test_a_tap_answers_and_another_sets_the_goal(friday: Chat) -> None:
    friday.press("3")
    assert reviews(friday)[0].told == 3
    assert friday.hears("weekly.goal")
    friday.tap("weekly.button.medium")
    goal = reviews(friday)[0].goal
    assert goal is not None
    assert goal.applications > 0
    assert friday.hears("weekly.goal_set")


def test_doing_the_action_first_leaves_the_question_in_its_message(friday: Chat) -> None:
    friday.tap("day.button.done")
    asking = [
        message
        for message in friday.said.messages
        if "weekly" in {b.dialogue for row in message.reply.buttons for b in row}
    ]
    assert len(asking) == 1
    assert friday.words("weekly.ask.applications") in asking[0].text
    friday.press("2", on=asking[0])
    assert reviews(friday)[0].told == 2


def test_what_was_told_feeds_the_funnel(friday: Chat) -> None:
    before = friday.record.profile
    friday.press("5+")
    after = friday.record.profile
    assert before.applications == 12
    assert after.applications != before.applications
    assert after.told_on["applications"] == FRIDAY


def test_a_second_tap_counts_nothing_twice(friday: Chat, seen: Seen) -> None:
    message, button = friday.button("3", on=seen[0][1])
    friday.press_button(button, message)
    told = friday.record.profile.applications
    friday.press_button(button, message)
    assert friday.hears("help.stale")
    assert friday.record.profile.applications == told
    friday.tap("weekly.button.no_goal")
    assert friday.hears("weekly.no_goal")
    assert reviews(friday)[0].goal is None


def test_whoever_keeps_a_board_is_asked_for_contacts(amina: Chat) -> None:
    amina.say("postulé chez Darty")
    live_until(amina, "2026-12-04 09:01")
    assert amina.hears("weekly.ask.contacts")
    amina.press("2")
    assert reviews(amina)[0].asked == "contacts"
    assert amina.record.profile.applications == 12


def test_the_goal_changes_the_action_of_the_next_day_and_says_why(friday: Chat) -> None:
    friday.press("3")
    friday.tap("weekly.button.large")
    assert friday.hears("weekly.change.network")  # twelve applications without an interview: people first
    live_until(friday, "2026-12-10 12:00")
    after = [action for action in friday.actions if action.local_date > FRIDAY]
    people = [action for action in after if action.family == Family.NETWORK]
    assert len(people) >= 2
    assert any("goal:network" in action.reasons for action in people)
    said = [message for message in friday.messages if "objectif de la semaine est de" in message.text]
    assert said


def test_the_next_review_tells_what_became_of_the_goal(friday: Chat, seen: Seen) -> None:
    friday.press("3")
    friday.tap("weekly.button.small")
    live_until(friday, "2026-12-11 09:01")
    assert friday.hears("weekly.goal_so_far") or friday.hears("weekly.goal_was")
    assert [day for day, _ in seen] == [FRIDAY, date(2026, 12, 11)]


def test_the_follow_up_of_that_day_is_carried_too(amina: Chat, seen: Seen) -> None:
    amina.say("postulé chez Darty le 26")
    live_until(amina, "2026-12-04 09:01")
    message = seen[-1][1]
    assert amina.words("follow_up.text.advert", employer="Darty") in message.text
    assert amina.words("follow_up.button.news") in message.labels


def test_asked_for_it_comes_without_an_action(friday: Chat) -> None:
    friday.command("/bilan")
    assert friday.hears("weekly.ask.applications")
    assert friday.words("day.button.done") not in friday.last.labels
    assert len(reviews(friday)) == 1
    friday.press("1")
    friday.command("/bilan")
    assert friday.hears("weekly.goal")


def test_its_day_is_theirs_to_choose(amina: Chat, seen: Seen) -> None:
    amina.command("/bilan")
    amina.tap("weekly.button.day")
    amina.press("Mercredi")
    assert "le mercredi" in amina.text
    live_until(amina, "2026-12-04 12:00")
    assert [day for day, _ in seen] == [date(2026, 12, 2)]


def test_it_can_be_off(friday: Chat, seen: Seen) -> None:
    friday.command("/bilan")
    friday.tap("weekly.button.day")
    friday.tap("weekly.button.never")
    assert friday.hears("weekly.off")
    live_until(friday, "2026-12-19 12:00")
    assert [day for day, _ in seen] == [FRIDAY]


@pytest.mark.parametrize(
    "data", ["weekly1|any|n-9", "weekly1|any|g-huge", "weekly1|any|day-9", "weekly1|any|n-"]
)
def test_forged_buttons_do_nothing(friday: Chat, data: str) -> None:
    friday.press_data(data)
    assert friday.hears("help.stale")
    assert reviews(friday)[0].told is None


def test_buttons_of_a_review_long_past_do_nothing(friday: Chat, seen: Seen) -> None:
    message, button = friday.button("3", on=seen[0][1])
    live_until(friday, "2026-12-10 12:00")
    friday.wait(paris("2026-12-10 23:00") - paris("2026-12-10 12:00"))
    friday.tick_to(paris("2026-12-11 08:00"))
    friday.press_button(button, message)
    assert friday.hears("help.stale")


@pytest.mark.parametrize(
    ("profile", "today", "expected"),
    [
        (Profile(), date(2026, 12, 4), date(2026, 12, 4)),
        (Profile(), date(2026, 12, 3), date(2026, 11, 27)),
        (Profile(review_day=0), date(2026, 12, 4), None),
        (Profile(review_day=1), date(2026, 12, 4), date(2026, 11, 30)),
        (Profile(days=frozenset({1, 3})), date(2026, 12, 4), date(2026, 12, 2)),
        (Profile(days=frozenset({6})), date(2026, 12, 4), date(2026, 11, 28)),
        (Profile(days=frozenset({2, 6}), review_day=1), date(2026, 12, 6), date(2026, 12, 5)),
    ],
)
def test_the_review_comes_on_a_day_on_which_they_are_written_to(
    profile: Profile, today: date, expected: date | None
) -> None:
    assert scheduled(profile, today) == expected


def test_a_holiday_moves_it_to_the_next_message(new_chat: NewChat) -> None:
    chat = new_chat(now=paris("2026-12-14 10:00"))
    chat.onboard()
    seen = watch(chat)
    live_until(chat, "2026-12-26 12:00")
    assert [day for day, _ in seen] == [date(2026, 12, 18), date(2026, 12, 26)]  # Friday 25 December is off


@pytest.mark.parametrize("language", ["tu", "en"])
def test_in_the_other_registers(new_chat: NewChat, language: str) -> None:
    chat = new_chat(client_language="en" if language == "en" else "fr")
    chat.onboard()
    if language == "tu":
        chat.command("/langue")
        chat.press("Français, tu")
    seen = watch(chat)
    live_until(chat, "2026-12-04 09:01")
    ((_, message),) = seen
    assert message.reply.title == ("Your week" if language == "en" else "Ta semaine")
    chat.press("3", on=message)
    chat.tap("weekly.button.medium")
    assert chat.hears("weekly.goal_set")


def test_its_questions_are_answered_by_typing_too(friday: Chat) -> None:
    friday.command("/bilan")
    friday.say("5")
    assert friday.hears("weekly.noted")
    friday.say("moyen")
    assert friday.hears("weekly.goal_set")
    assert reviews(friday)[0].told == 5


@pytest.mark.parametrize(("words", "day"), [("lundi", 1), ("le mardi", 2), ("jamais", 0)])
def test_its_day_can_be_typed(friday: Chat, words: str, day: int) -> None:
    friday.command("/bilan")
    friday.tap("weekly.button.day")
    friday.say(words)
    assert friday.record.profile.review_day == day
