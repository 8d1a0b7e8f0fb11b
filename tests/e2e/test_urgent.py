"""A call asked for after words of distress, and the morning's digest, through the sandbox."""

from __future__ import annotations

import asyncio
from datetime import date, datetime, time, timedelta

import pytest

from bot.counsellors.needs.following import hours_on
from bot.sandbox.client import Colleague, Seeker, text_of
from bot.sandbox.messages import Message
from storage import alerts, invitations, teams
from storage.alerts import AlertCount
from tests.e2e.conftest import Home
from tests.e2e.questions import SAY, go_through, until
from tests.e2e.test_two_weeks import PARIS, jump_to

CALL = "Leïla demande un appel depuis"


def next_working_day(after: date) -> date:
    found = hours_on("Europe/Paris").next_working_day(after)
    assert found is not None
    return found


async def read(who: Seeker, words: str, within: float = 20.0) -> Message:
    """A message that is there, or comes, with these words."""
    for _ in range(int(within / 0.05)):
        found = [one for one in who.messages() if words in text_of(one.content)]
        if found:
            return found[-1]
        await asyncio.sleep(0.05)
    raise AssertionError(f"{words!r} is not there\n{who.transcript()}")


@pytest.mark.timeout(300)
async def test_a_call_is_asked_for_and_the_morning_says_what_is_left(home: Home) -> None:
    run = home.bob.store.run_sync
    now = home.clock.now()
    team_id, team_code = run(teams.create_team, "Élan", now, language="fr", time_zone="Europe/Paris")
    counsellor, personal_code = run(teams.add_counsellor, team_id, "Nadia")
    nadia = Seeker(home.server, "Nadia")
    group = home.server.groups.create("Équipe Élan", nadia.id)
    in_group = Colleague(home.server, "Nadia", group, user_id=nadia.id)
    await in_group.say(f"/activer {team_code}")
    await read(in_group, "relié à l'équipe")
    await nadia.start(personal_code)
    await until(nadia, "Nadia")

    leila = Seeker(home.server, "Leïla")
    await go_through(leila)
    await leila.start(run(invitations.make, counsellor, now, now + timedelta(days=30)))
    await until(leila, SAY("counsellor.preview_title"))
    await leila.press(SAY("counsellor.button.yes"))
    await until(leila, "Nadia")

    await leila.say("je veux mourir")
    await until(leila, "3114")
    await until(leila, "Nadia peut vous appeler")
    private_before = len(nadia.messages())
    await leila.press(SAY("call_me.button"))
    await until(leila, "3114")

    # In working hours it comes at once, else at the next opening.
    morning = next_working_day(home.clock.now().astimezone(PARIS).date())
    await jump_to(home, datetime.combine(morning, time(10)))
    alert = await read(in_group, CALL)
    assert alert.thread_id in in_group.topics().values()
    assert any(CALL in text_of(one.content) for one in nadia.messages()[private_before:])
    for one in (*in_group.messages(), *nadia.messages()):
        assert "mourir" not in text_of(one.content)

    await nadia.press("Pas utile")
    await until_counted(home, AlertCount(raised=1, not_useful=1))

    following = next_working_day(morning)
    await jump_to(home, datetime.combine(following, time(8, 1)))
    digest = await read(in_group, "Bonjour. Réponses ou appels attendus : 1.")
    assert f"Nadia · {CALL}" in text_of(digest.content)
    assert digest.thread_id is None
    assert text_of(digest.content).count("\n") < 10
    assert datetime.fromtimestamp(digest.date, PARIS).time().replace(second=0) == time(8)

    in_group.topic = 0
    await in_group.say("/urgent")
    list_ = await read(in_group, "Aujourd'hui, pour Nadia")
    assert CALL in text_of(list_.content)
    await in_group.press("1 · C'est fait")
    await read(in_group, "Rien d'urgent pour Nadia aujourd'hui.")
    before = len(in_group.messages())
    await jump_to(home, datetime.combine(next_working_day(following), time(8, 1)))
    assert len(in_group.messages()) == before


async def until_counted(home: Home, count: AlertCount) -> None:
    for _ in range(400):
        if home.bob.store.run_sync(alerts.counts)["call"] == count:
            return
        await asyncio.sleep(0.05)
    raise AssertionError(home.bob.store.run_sync(alerts.counts))
