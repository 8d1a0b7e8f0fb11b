"""A message to several people, a workshop and the week's figures, through the sandbox."""

from __future__ import annotations

import asyncio
from datetime import date, datetime, time, timedelta

import pytest

from bot.sandbox.client import Colleague, Seeker, text_of
from bot.sandbox.messages import Message
from storage import invitations, teams
from tests.e2e.conftest import Home
from tests.e2e.questions import SAY, go_through, until
from tests.e2e.test_two_weeks import PARIS, jump_to
from tests.e2e.test_urgent import read


async def becomes(who: Seeker, message: Message, words: str) -> None:
    """The message is edited until it has these words."""
    for _ in range(400):
        now = next(one for one in who.messages() if one.message_id == message.message_id)
        if words in text_of(now.content):
            return
        await asyncio.sleep(0.05)
    raise AssertionError(f"{words!r} never came\n{who.transcript()}")


async def press(who: Seeker, label: str) -> None:
    """Press the button as soon as it is there."""
    for _ in range(400):
        if any(label in line for line in who.transcript().splitlines()):
            break
        await asyncio.sleep(0.05)
    await who.press(label)


def tomorrow(home: Home) -> date:
    return home.clock.now().astimezone(PARIS).date() + timedelta(days=1)


def later(home: Home, step: timedelta) -> datetime:
    """So much later, on the wall clock of Paris."""
    return (home.clock.now() + step).astimezone(PARIS).replace(tzinfo=None)


@pytest.mark.timeout(300)
async def test_a_message_to_several_a_workshop_and_the_weeks_figures(home: Home) -> None:
    run = home.bob.store.run_sync
    await jump_to(home, datetime.combine(tomorrow(home), time(10)))
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

    in_group.topic = 0
    await in_group.say("/diffuser Bonjour {prenom}, la salle est ouverte jeudi.")
    shown = await read(in_group, "À qui ?")
    await in_group.press("Tout le monde")
    await becomes(in_group, shown, "│ Bonjour Leïla, la salle est ouverte jeudi.")
    await in_group.press("Envoyer (1)")
    await becomes(in_group, shown, "Départ dans 30 secondes")
    await jump_to(home, later(home, timedelta(minutes=2)))
    got = await read(leila, "Bonjour Leïla, la salle est ouverte jeudi.")
    assert "Nadia, Élan" in text_of(got.content)
    await becomes(in_group, shown, "Remis : 1 sur 1.")

    day = tomorrow(home) + timedelta(days=7)
    await in_group.say(f"/atelier Atelier CV ; {day.day}/{day.month} 14h ; salle 2 ; 1 place")
    list_ = await read(in_group, "Qui inviter ?")
    await in_group.press("Leïla")
    await press(in_group, "Inviter (1)")
    await becomes(in_group, list_, "place gardée, pas encore de réponse")
    invitation = await read(leila, "Nadia vous garde une place")
    await leila.press("J'y vais")
    await becomes(leila, invitation, "L'atelier est dans vos rendez-vous")
    await read(leila, "Pour votre agenda.")
    await jump_to(home, later(home, timedelta(minutes=1)))
    await becomes(in_group, list_, "Viennent : 1.")
    await jump_to(home, datetime.combine(day - timedelta(days=1), time(18, 5)))
    await read(leila, "Atelier CV, salle 2")

    await in_group.say("/bilan_equipe")
    report = await read(in_group, "Équipe « Élan », semaine du")
    assert "Leïla" not in text_of(report.content)
    await nadia.say("/bilan_equipe")
    await read(nadia, "• Leïla : actions")
    await nadia.press("Fichier tableur")
    await read(nadia, "gardez-le à l'abri")
