"""`bob doctor` and the live sources: one line each, with what to do."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest
from aiohttp import web

from bot.commands.doctor.sources import check_sources
from bot.settings import load_settings
from tests.commands.running import Bob
from tests.commands.test_doctor import checked, closed_port
from tests.sources.live.services import CLIENT_ID, SECRET, Services, commune, feature, problem, title


@pytest.fixture
async def services() -> AsyncIterator[Services]:
    made = Services()
    await made.start()
    yield made
    await made.stop()
    assert made.complaints == []


def environment(services: Services, *names: str, secret: str = SECRET) -> dict[str, str]:
    return {
        "LIVE_SOURCES": ",".join(names or ("romeo", "rome", "geo", "geocoder")),
        "FRANCE_TRAVAIL_CLIENT_ID": CLIENT_ID,
        "FRANCE_TRAVAIL_CLIENT_SECRET": secret,
        "FRANCE_TRAVAIL_URL": services.url("/partenaire"),
        "FRANCE_TRAVAIL_TOKEN_URL": services.url("/connexion/oauth2/access_token?realm=%2Fpartenaire"),
        "GEO_API_URL": services.url("/"),
        "GEOCODER_URL": services.url("/geocodage"),
    }


async def lines(services: Services, *names: str, secret: str = SECRET) -> dict[str, tuple[str, str]]:
    found = await check_sources(load_settings(environment(services, *names, secret=secret)))
    assert not any(SECRET in check.text or secret in check.text for check in found)
    return {check.name: (check.status, check.text) for check in found}


async def test_each_source_that_is_on_is_asked_for_a_harmless_word(services: Services) -> None:
    services.answers["romeo"]["boulanger"] = [("D1102", 0.9), ("D1104", 0.6)]
    services.answers["rome"]["boulanger"] = [title("1", "Boulanger", "D1102", "Boulanger")]
    services.answers["geo"]["Lyon"] = [commune("69123", "Lyon", 4.8, 45.7)]
    services.answers["geocoder"]["Lyon"] = [feature("69123", "Lyon", 4.8, 45.7)]
    assert await lines(services) == {
        "romeo": ("ok", "France Travail, ROMEO v2: 2 suggestions for 'boulanger'"),
        "rome": ("ok", "France Travail, ROME 4.0: 1 suggestion for 'boulanger'"),
        "geo": ("ok", "API Géo (Etalab, INSEE): 1 suggestion for 'Lyon'"),
        "geocoder": ("ok", "Géoplateforme (IGN, Base Adresse Nationale): 1 suggestion for 'Lyon'"),
    }


async def test_only_the_sources_that_are_on_are_asked(services: Services) -> None:
    assert set(await lines(services, "geo")) == {"geo"}
    assert {one.service for one in services.seen} == {"geo"}


async def test_a_refused_account_is_to_be_copied_again(services: Services) -> None:
    status, text = (await lines(services, "rome", secret="wr0ng-secret"))["rome"]
    assert status == "warn"
    assert "copy FRANCE_TRAVAIL_CLIENT_ID" in text


async def test_an_api_that_is_not_subscribed_is_to_be_added(services: Services) -> None:
    services.subscribed.remove("romeo")
    services.answers["rome"]["boulanger"] = [title("1", "Boulanger", "D1102", "Boulanger")]
    found = await lines(services, "romeo", "rome")
    assert "add this API to the application" in found["romeo"][1]
    assert found["rome"][0] == "ok"


@pytest.mark.parametrize(
    ("outcomes", "told"),
    [
        ([problem, problem], "internal error"),
        (["<html>"], "does not answer as documented: check GEO_API_URL"),
        (["[]"], "knows nothing of 'Lyon': check GEO_API_URL"),
        ([429], "(no call before "),
    ],
)
async def test_what_goes_wrong_is_told_with_what_to_do(
    services: Services, outcomes: list[object], told: str
) -> None:
    for outcome in outcomes:
        if outcome is problem:
            services.fails("geo", problem(500))
        elif outcome == 429:
            services.fails("geo", web.Response(status=429, headers={"Retry-After": "30"}))
        else:
            services.fails("geo", web.Response(text=str(outcome)))
    status, text = (await lines(services, "geo"))["geo"]
    assert status == "warn"
    assert told in text


def test_a_source_that_cannot_be_reached_is_a_warning_and_quick_asks_none(bob: Bob) -> None:
    given = {"LIVE_SOURCES": "geo", "GEO_API_URL": f"http://127.0.0.1:{closed_port()}"}
    ran = bob("doctor", "--json", **given)
    status, text = checked(ran)["geo"]
    assert (ran.code, status) == (0, "warn")
    assert "cannot be reached: check the network" in text
    assert "geo" not in checked(bob("doctor", "--quick", "--json", **given))
