"""ROMEO v2 of France Travail: occupations predicted from words as people type them."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from typing import Final

from pydantic import BaseModel, Field, TypeAdapter

from bot.sources.found import in_turn
from bot.sources.live.adapter import Adapter
from bot.sources.live.france_travail import Account, FranceTravailApi
from bot.sources.live.gate import Time
from bot.sources.live.suggestions import LEAST_SCORE, JobSuggestion
from bot.sources.live.web import Web, parse

PATH: Final = "romeo/v2"
SCOPES: Final = ("api_romeov2",)
SURE_SCORE: Final = 0.7
MOST_RESULTS: Final = 5
MOST_TITLES: Final = 20  # of one call
JSON: Final = "application/json; charset=utf-8"


class _Occupation(BaseModel):
    code_title: str = Field("", alias="codeAppellation")
    title: str = Field("", alias="libelleAppellation")
    code: str = Field(alias="codeRome")
    label: str = Field("", alias="libelleRome")
    score: float = Field(alias="scorePrediction")


class _Prediction(BaseModel):
    identifier: str = Field(alias="identifiant")
    occupations: list[_Occupation] | None = Field(None, alias="metiersRome")


_PREDICTIONS = TypeAdapter(list[_Prediction])


class Romeo(Adapter[JobSuggestion]):
    """Predicts for several titles in one call; each goes under a random number that means nothing."""

    name = "romeo"
    credit = "France Travail, ROMEO v2"
    per_second = 2.0  # other clients keep to 1 to 3

    def __init__(self, web: Web, account: Account, time: Time) -> None:
        self._api = FranceTravailApi(web, account, PATH, SCOPES, time)

    async def ask(self, titles: Sequence[str]) -> tuple[JobSuggestion, ...]:
        """Suggestions for these titles, one title's best after the other's, each code once. SourceError."""
        asked = {secrets.token_hex(8): title for title in titles[:MOST_TITLES]}
        request = {
            "appellations": [{"intitule": title, "identifiant": number} for number, title in asked.items()],
            "options": {
                "nomAppelant": "bob",
                "nbResultats": MOST_RESULTS,
                "seuilScorePrediction": LEAST_SCORE,
            },
        }
        body = await self._api.call(
            "POST",
            "predictionMetiers",
            json=request,
            headers={"Content-Type": JSON, "Accept": f"{JSON}, application/json"},
        )
        predictions = {one.identifier: one for one in parse(_PREDICTIONS, body)} if body is not None else {}
        found = [_suggestions(predictions[number]) for number in asked if number in predictions]
        return tuple(in_turn(found, lambda one: one.code))

    async def close(self) -> None:
        await self._api.tokens.close()


def _suggestions(prediction: _Prediction) -> list[JobSuggestion]:
    found = [
        JobSuggestion(one.code, one.label, one.title, one.code_title, one.score, one.score >= SURE_SCORE)
        for one in prediction.occupations or ()
        if one.score >= LEAST_SCORE
    ]
    return sorted(found, key=lambda one: -one.score)
