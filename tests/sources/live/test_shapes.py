"""The local server answers in the shapes of the reference samples, and the samples themselves are read."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from aiohttp import web

from tests.sources.live.conftest import Make
from tests.sources.live.services import Services, commune, feature, prediction, title

SAMPLES = Path(__file__).resolve().parents[4] / "shared" / "data" / "samples"
pytestmark = pytest.mark.skipif(
    not SAMPLES.is_dir(), reason="the samples of live answers are not beside the checkout"
)


def sample(name: str) -> Any:
    found = json.loads((SAMPLES / f"{name}.json").read_text("utf-8"))
    found.pop("_note")
    return found.get("response", found)


def shape(value: Any) -> Any:
    """Names and kinds of values, whatever they are."""
    if isinstance(value, dict):
        return {name: shape(part) for name, part in value.items() if not name.startswith("_get")}
    if isinstance(value, list):
        return [shape(value[0])] if value else []
    return (
        "number" if isinstance(value, int | float) and not isinstance(value, bool) else type(value).__name__
    )


def test_the_servers_answers_have_the_shapes_of_the_samples() -> None:
    romeo = prediction("1", "boulangere", ("D1102", 0.9)) | {"contexte": ""}
    assert shape([romeo]) == shape(sample("romeo_v2_predictionMetiers"))
    assert shape(title("1", "x", "D1102", "x")) == shape(sample("rome_appellation_requete")["resultats"][0])
    assert shape([commune("69123", "Lyon", 4.8, 45.7)]) == shape(sample("geo_api_communes"))
    assert shape(feature("69123", "Lyon", 4.8, 45.7)) == shape(
        sample("geopf_geocodage_search")["features"][0]
    )


def test_the_servers_refusals_are_those_of_the_samples() -> None:
    errors = sample("ft_errors")
    assert errors["token_400_invalid_client"]["error"] == "invalid_client"
    assert errors["token_400_invalid_scope"]["error"] == "invalid_scope"
    assert set(errors["geocodage_400"]) == {"code", "message", "detail"}
    assert "Retry-After" in errors["http_429_headers"]


async def test_the_samples_are_understood(make: Make, services: Services) -> None:
    services.tokens["abc.def.ghi"] = {"api_romeov2", "api_rome-metiersv1", "nomenclatureRome"}
    romeo, rome, geo, geocoder = (source.adapter for source in make().sources)
    services.fails("token-romeo", web.json_response(sample("ft_token")))
    services.fails("token-rome", web.json_response(sample("ft_token")))
    services.fails("rome", web.json_response(sample("rome_appellation_requete")))
    services.fails("geo", web.json_response(sample("geo_api_communes")))
    services.fails("geocoder", web.json_response(sample("geopf_geocodage_search")))
    assert await romeo.ask(("boulangere",)) == ()
    assert [(one.code, one.ogr) for one in await rome.ask(("boulangère",))] == [("D1102", "11573")]
    assert [one.code for one in await geo.ask(("lyon",))] == ["69123"]
    (lyon,) = await geocoder.ask(("lyon",))
    assert (lyon.code, lyon.latitude, lyon.longitude) == ("69123", 45.758, 4.835)


async def test_the_sample_of_romeo_is_understood_under_our_number(
    make: Make, services: Services, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("secrets.token_hex", lambda _: "1")
    services.fails("romeo", web.json_response(sample("romeo_v2_predictionMetiers")))
    (found,) = await make("romeo").sources[0].adapter.ask(("boulangere",))
    assert (found.code, found.ogr, found.score, found.sure) == ("D1102", "11573", 0.93, True)
