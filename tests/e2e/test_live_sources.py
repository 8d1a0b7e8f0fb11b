"""Bob with live sources that are on: asked for what the lists do not know, and never waited for."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.dialogs.texts import Voice
from bot.sandbox.client import Seeker
from tests.e2e.conftest import Home, running_sandbox
from tests.e2e.questions import until
from tests.sources.live.services import CLIENT_ID, SECRET, Services

SAY = Voice("fr")


@pytest.fixture
async def services() -> AsyncIterator[Services]:
    made = Services()
    await made.start()
    yield made
    await made.stop()
    assert made.complaints == []


def environment(services: Services) -> dict[str, str]:
    return {
        "LIVE_SOURCES": "romeo,geo",
        "FRANCE_TRAVAIL_CLIENT_ID": CLIENT_ID,
        "FRANCE_TRAVAIL_CLIENT_SECRET": SECRET,
        "FRANCE_TRAVAIL_URL": services.url("/partenaire"),
        "FRANCE_TRAVAIL_TOKEN_URL": services.url("/connexion/oauth2/access_token?realm=%2Fpartenaire"),
        "GEO_API_URL": services.url("/"),
    }


async def to_the_job(home: Home) -> Seeker:
    person = Seeker(home.server, "Amina")
    await person.start()
    await until(person, "Bob")
    await person.press(SAY("welcome.agree"))
    await until(person, SAY("questions.first_name.ask"))
    await person.say("Amina")
    await until(person, SAY("questions.job.ask"))
    return person


async def test_a_job_that_the_list_does_not_know_is_asked_of_romeo(
    tmp_path: Path, services: Services
) -> None:
    services.answers["romeo"]["zgluffeuse xyzique"] = [("G1803", 0.6)]
    async with running_sandbox(tmp_path, **environment(services)) as home:
        person = await to_the_job(home)
        await person.say("zgluffeuse xyzique, Amina, 06 12 34 56 78")
        await until(person, "zgluffeuse")
        assert any(button.startswith("1. serveur") for button in person.buttons())
        person.close()
    (call,) = services.calls("romeo")
    assert "zgluffeuse xyzique" in call.body
    for private in ("Amina", "06 12", str(person.id)):
        assert not any(private in one.whole for one in services.seen)
    assert home.bob.live is not None
    assert home.bob.live.sources[0].state.last_success is not None


async def test_a_service_that_is_down_costs_nobody_an_answer(tmp_path: Path, services: Services) -> None:
    given = environment(services)
    await services.stop()
    async with running_sandbox(tmp_path, **given) as home:
        person = await to_the_job(home)
        await person.say("zgluffeuse xyzique")
        await until(person, "zgluffeuse")
        person.close()


async def test_without_the_variable_no_source_is_made(home: Home) -> None:
    assert home.bob.live is None
