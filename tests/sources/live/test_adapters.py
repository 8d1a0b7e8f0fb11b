"""What each live source is asked, and what is made of its answers."""

from __future__ import annotations

import asyncio
import json
from typing import Any

import pytest
from aiohttp import web

from bot.sources.live.adapter import Adapter
from bot.sources.live.api_geo import ApiGeo
from bot.sources.live.faults import Fault
from bot.sources.live.lookups import LiveSources
from bot.sources.live.suggestions import JobSuggestion, PlaceSuggestion, department_of
from tests.sources.live.conftest import Make
from tests.sources.live.services import Services, commune, feature, problem, title


def only(sources: LiveSources) -> Adapter[Any]:
    (source,) = sources.sources
    return source.adapter


# ROMEO


async def test_romeo_drops_the_weak_and_is_sure_of_the_strong(make: Make, services: Services) -> None:
    services.answers["romeo"]["dev web"] = [("M1805", 0.4), ("M1855", 0.39), ("E1101", 0.7), ("E1205", 0.69)]
    found = await only(make("romeo")).ask(("dev web",))
    assert [(one.code, one.score, one.sure) for one in found] == [
        ("E1101", 0.7, True), ("E1205", 0.69, False), ("M1805", 0.4, False)
    ]  # fmt: skip
    assert found[0] == JobSuggestion("E1101", "Métier E1101", "Titre 2 / Titre 2", "20002", 0.7, True)


async def test_romeo_is_asked_for_several_titles_in_one_call_and_answers_in_turn(
    make: Make, services: Services
) -> None:
    services.answers["romeo"] = {
        "serveuse": [("G1803", 0.9), ("G1801", 0.6), ("G1603", 0.5)],
        "vendeuse": [("D1106", 0.8), ("G1803", 0.5)],
    }
    found = await only(make("romeo")).ask(("serveuse", "plombier", "vendeuse"))
    assert [one.code for one in found] == ["G1803", "D1106", "G1801", "G1603"]
    assert len(services.calls("romeo")) == 1


async def test_the_identifiers_sent_to_romeo_are_never_the_same(make: Make, services: Services) -> None:
    romeo = only(make("romeo"))
    for _ in range(3):
        await romeo.ask(("serveuse", "vendeuse"))
    sent = [
        one["identifiant"]
        for call in services.calls("romeo")
        for one in json.loads(call.body)["appellations"]
    ]
    assert len(set(sent)) == 6


async def test_romeo_is_asked_for_twenty_titles_at_the_most(make: Make, services: Services) -> None:
    await only(make("romeo")).ask([f"titre {number}" for number in range(30)])
    assert len(json.loads(services.calls("romeo")[0].body)["appellations"]) == 20


async def test_an_empty_answer_of_romeo_is_none_at_all(make: Make, services: Services) -> None:
    assert await only(make("romeo")).ask(("xyz",)) == ()
    assert len(services.calls("romeo")) == 1


async def test_a_stranger_in_romeos_answer_is_passed_over(make: Make, services: Services) -> None:
    stranger = [{"identifiant": "not ours", "metiersRome": [{"codeRome": "D1102", "scorePrediction": 0.9}]}]
    services.fails("romeo", web.json_response(stranger))
    assert await only(make("romeo")).ask(("boulangère",)) == ()


# ROME 4.0


async def test_the_titles_of_rome_are_ordered_by_how_much_they_share_with_the_words(
    make: Make, services: Services
) -> None:
    services.answers["rome"]["boulangère"] = [
        title("11574", "Boulanger-pâtissier / Boulangère-pâtissière", "D1199", "Boulangerie-pâtisserie"),
        title("11573", "Boulanger / Boulangère", "D1102", "Boulanger / Boulangère"),
        title("11572", "Aide-boulanger / Aide-boulangère", "D1102", "Boulanger / Boulangère"),
        title("99999", "Conducteur / Conductrice de four de cuisson", "H2102", "Conduite"),
    ]
    found = await only(make("rome")).ask(("boulangère", "serveuse"))
    assert [(one.code, one.ogr) for one in found] == [
        ("D1102", "11573"),
        ("D1199", "11574"),
        ("H2102", "99999"),
    ]
    assert found[0].score == 1.0
    assert not any(one.sure for one in found)
    assert len(services.calls("rome")) == 1


async def test_an_empty_answer_of_rome_is_none_at_all(make: Make, services: Services) -> None:
    services.fails("rome", web.Response(status=204))
    rome = only(make("rome"))
    assert await rome.ask(("xyz",)) == ()
    assert await rome.ask(("xyz",)) == ()


# API Géo


async def test_communes_by_name_have_longitude_first(make: Make, services: Services) -> None:
    services.answers["geo"]["lyon"] = [
        commune("69123", "Lyon", 4.8351, 45.758, score=1.2),
        commune("80278", "Fontaine-lès-Lyon", 2.0, 49.0, score=0.39),
    ]
    found = await only(make("geo")).ask(("lyon",))
    assert found == (PlaceSuggestion("69123", "Lyon", "69", 1.0, latitude=45.758, longitude=4.8351),)


async def test_a_postcode_is_asked_as_one(make: Make, services: Services) -> None:
    services.answers["geo"]["56100"] = [commune("56121", "Lorient", -3.37, 47.75, score=None)]
    for words in ("56100", "56100 Lorient", "lorient 56100"):
        assert [one.code for one in await only(make("geo")).ask((words,))] == ["56121"]


async def test_a_position_is_rounded_before_it_is_sent(make: Make, services: Services) -> None:
    geo = only(make("geo"))
    assert isinstance(geo, ApiGeo)
    services.answers["geo"]["45.76,4.84"] = [commune("69123", "Lyon", 4.8351, 45.758, score=None)]
    found = await geo.at(45.7578137, 4.8351449)
    assert found is not None
    assert found.code == "69123"
    assert "45.757" not in services.seen[-1].whole
    assert await geo.at(0.0, -30.0) is None


async def test_a_commune_without_centre_or_department_is_a_commune(make: Make, services: Services) -> None:
    bare = {"nom": "Saint-Denis", "code": "97411"}
    services.answers["geo"]["saint denis"] = [bare]
    assert await only(make("geo")).ask(("saint denis",)) == (
        PlaceSuggestion("97411", "Saint-Denis", "974", 1.0),
    )


# The geocoder


async def test_municipalities_of_the_geocoder_have_longitude_first(make: Make, services: Services) -> None:
    services.answers["geocoder"]["lyon"] = [
        feature("69123", "Lyon", 4.835, 45.758, 0.96),
        feature("69381", "Lyon 1er", 4.83, 45.77, 0.3),
    ]
    found = await only(make("geocoder")).ask(("lyon",))
    assert found == (PlaceSuggestion("69123", "Lyon", "69", 0.96, latitude=45.758, longitude=4.835),)


@pytest.mark.parametrize("words", ["ly", "'lyon", "-lyon", "l" * 201])
async def test_the_geocoder_is_not_asked_what_it_would_refuse(
    make: Make, services: Services, words: str
) -> None:
    (source,) = make("geocoder").sources
    assert await source.ask((words,), asyncio.get_running_loop().time() + 5) is None
    assert services.seen == []
    assert source.state.last_failure is None


async def test_words_that_are_refused_do_not_count_against_the_source(make: Make, services: Services) -> None:
    (source,) = make("geocoder").sources
    for number in range(5):
        services.fails("geocoder", problem(400, code=400, message="Failed parsing query", detail=["q"]))
        assert await source.ask((f"lyon {number}",), asyncio.get_running_loop().time() + 5) is None
    assert source.state.fault is Fault.REJECTED
    assert source.state.closed_until is None


def test_departments_overseas_have_three_digits() -> None:
    assert [department_of(code) for code in ("69123", "2A004", "97411", "98818")] == [
        "69",
        "2A",
        "974",
        "988",
    ]
