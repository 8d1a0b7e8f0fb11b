"""An appointment through the sandbox: the file arrives, and the clock brings both reminders."""

from __future__ import annotations

from datetime import datetime, time, timedelta

from bot.sandbox.client import Seeker, text_of
from tests.e2e.conftest import Home
from tests.e2e.questions import SAY, go_through, until
from tests.e2e.test_two_weeks import PARIS, jump_to


async def test_an_appointment_brings_its_file_and_both_reminders(home: Home) -> None:
    leila = Seeker(home.server, "Leïla")
    await go_through(leila)
    day = home.clock.now().astimezone(PARIS).date() + timedelta(days=3)
    await leila.say(f"entretien le {day:%d/%m/%Y} à 14h30 chez Lidl")
    await until(leila, SAY("appointments.file", name="Entretien, chez Lidl"))
    (file,) = (one.content["document"] for one in leila.messages() if "document" in one.content)
    assert file["file_name"] == "rendez-vous.ics"
    await jump_to(home, datetime.combine(day, time(15)))
    reminders = {
        datetime.fromtimestamp(one.date, PARIS).replace(tzinfo=None): text_of(one.content)
        for one in leila.messages()
        if "entretien, chez Lidl" in text_of(one.content)
    }
    assert [at.replace(second=0) for at in reminders] == [
        datetime.combine(day - timedelta(days=1), time(18)),
        datetime.combine(day, time(12, 30)),
    ]
    assert SAY("briefs.route", hour="14 h 20") in next(iter(reminders.values()))
