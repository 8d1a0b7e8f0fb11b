"""Two weeks of two people, one in French and one in English, through the sandbox and its clock."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from bot.dialogs.texts import Voice
from bot.sandbox.client import Seeker, text_of
from tests.e2e.conftest import Home, running_sandbox
from tests.e2e.questions import go_through, until

PARIS = ZoneInfo("Europe/Paris")
MINUTES_MARK = "⏱"


async def jump_to(home: Home, local: datetime) -> None:
    """Move the clock to a wall-clock moment in Paris, playing what is due on the way."""
    await home.server.jumps.jump(local.replace(tzinfo=PARIS).astimezone(UTC))


def pushed_days(person: Seeker, since: datetime) -> Counter[date]:
    """Local dates of the daily actions that came by themselves."""
    days: Counter[date] = Counter()
    for message in person.messages():
        at = datetime.fromtimestamp(message.date, UTC).astimezone(PARIS)
        text = text_of(message.content)
        if (
            message.sender_id != person.id
            and MINUTES_MARK in text
            and (at.hour, at.minute) in ((9, 30), (18, 0))
        ):
            days[at.date()] += 1
    return Counter({day: times for day, times in days.items() if day > since.date()})


async def english(person: Seeker) -> None:
    """The questions in English, with buttons wherever there are some; hour 18:00."""
    say = Voice("en")
    await person.start()
    await until(person, "Bob")
    await person.press(say("welcome.agree"))
    await until(person, say("questions.first_name.ask"))
    await person.say("Sam")
    await until(person, say("questions.job.ask"))
    await person.say("cook")
    await until(person, say("questions.place.ask"))
    await person.say("Lyon")
    for question, option in (
        ("distance", "nearby"),
        ("situation", "employed"),
        ("months", "m2"),
    ):
        await until(person, say(f"questions.{question}.ask"))
        await person.press(say(f"questions.{question}.options.{option}"))
    await until(person, MINUTES_MARK)
    await person.press(say("onboarding.micro_later"))
    for question, option in (("experience", "y3"), ("diploma", "cap")):
        await until(person, say(f"questions.{question}.ask"))
        await person.press(say(f"questions.{question}.options.{option}"))
    await until(person, say("questions.barriers.ask"))
    await person.press(say("questions.nothing_named"))
    await until(person, say("questions.applications.ask"))
    await person.say("3")
    await until(person, say("questions.interviews.ask"))
    await person.say("one")
    await until(person, say("questions.hour.ask"))
    await person.say("6 pm")
    await until(person, say("diagnosis.next_steps", when="@").split("@", 1)[0])


@pytest.mark.timeout(300)
async def test_two_people_get_one_action_a_chosen_day_for_two_weeks_and_a_restart(tmp_path: Path) -> None:
    async with running_sandbox(tmp_path) as home:
        leila, sam = Seeker(home.server, "Leïla"), Seeker(home.server, "Sam", "en")
        await go_through(leila)
        await english(sam)
        start = home.clock.now().astimezone(PARIS)
        for offset in range(1, 8):
            await a_day(home, leila, sam, start.date() + timedelta(days=offset))
    async with running_sandbox(tmp_path) as home:  # restarted: everything is still there
        leila = Seeker(home.server, "Leïla", user_id=leila.id)
        sam = Seeker(home.server, "Sam", "en", user_id=sam.id)
        for offset in range(8, 15):
            await a_day(home, leila, sam, start.date() + timedelta(days=offset))
        for person in (leila, sam):
            days = pushed_days(person, start)
            expected = {
                day for offset in range(1, 15) if is_chosen(day := start.date() + timedelta(days=offset))
            }
            assert set(days) == expected, person.transcript()
            assert set(days.values()) == {1}
        assert "{" not in leila.transcript() + sam.transcript()


def is_chosen(day: date) -> bool:
    """Monday to Saturday, public holidays of the next weeks left out."""
    import holidays

    return day.isoweekday() < 7 and day not in holidays.country_holidays("FR")


async def a_day(home: Home, leila: Seeker, sam: Seeker, day: date) -> None:
    """Leïla does it in the morning and says how it was; Sam refuses on Wednesdays, does it on Saturdays, and is silent
    for too few days between them to be written to less often.
    """
    await jump_to(home, datetime.combine(day, time(9, 40)))
    if is_chosen(day):
        await leila.press("C'est fait")
        await until(leila, Voice("fr")("day.done"))
        await leila.press(Voice("fr")("day.felt.fine"))
        await leila.last()
    await jump_to(home, datetime.combine(day, time(18, 10)))
    if is_chosen(day) and day.isoweekday() == 3:
        await sam.press(Voice("en")("day.button.refuse"))
        await until(sam, Voice("en")("day.why_not"))
        await sam.press(Voice("en")("day.refusal.too_long"))
        await sam.last()
    if is_chosen(day) and day.isoweekday() == 6:
        await sam.press(Voice("en")("day.button.done"))
        await until(sam, Voice("en")("day.done"))


def days_of_silence(start: date, count: int) -> set[date]:
    """The chosen days of the next `count` on which somebody who never answers is written to: four in a row, three that
    are three days apart, then one a week.
    """
    sent: set[date] = set()
    earliest = start + timedelta(days=1)
    for day in (start + timedelta(days=offset) for offset in range(1, count + 1)):
        if is_chosen(day) and day >= earliest:
            sent.add(day)
            earliest = day + timedelta(days=1 if len(sent) < 4 else 3 if len(sent) < 7 else 7)
    return sent


async def test_a_jump_of_three_weeks_of_silence_sends_each_action_on_its_day_and_no_burst(home: Home) -> None:
    leila = Seeker(home.server, "Leïla")
    await go_through(leila)
    start = home.clock.now().astimezone(PARIS)
    await jump_to(home, (start + timedelta(days=21)).replace(hour=12, minute=0, tzinfo=None))
    days = pushed_days(leila, start)
    assert set(days) == days_of_silence(start.date(), 21)
    assert set(days.values()) == {1}
