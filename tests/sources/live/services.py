"""A strict local server that plays France Travail, API Géo and the Géoplateforme.

What a client does wrong is refused as the real services do, and noted in `complaints`; every request is kept in `seen`.
Shapes follow the documentation; `test_shapes.py` compares them with samples.
"""

from __future__ import annotations

import asyncio
import json
from collections import defaultdict, deque
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

from aiohttp import web
from aiohttp.test_utils import TestServer
from multidict import CIMultiDict

CLIENT_ID = "PAR_demo_0123"
SECRET = "s3cret-of-the-application"
LASTS = 1499
SCOPES = {
    "romeo": {"api_romeov2"},
    "rome": {"api_rome-metiersv1", "nomenclatureRome"},
}
JSON = "application/json; charset=utf-8"
Outcome = web.Response | Callable[[], Awaitable[web.Response]]


@dataclass(frozen=True)
class Seen:
    """One request as it arrived."""

    service: str
    headers: CIMultiDict[str]
    query: dict[str, str]
    body: str

    @property
    def whole(self) -> str:
        """Everything that the service learns, as one text."""
        return json.dumps([dict(self.headers), self.query, self.body], ensure_ascii=False)


class Refused(Exception):
    def __init__(self, response: web.Response) -> None:
        self.response = response


def problem(status: int, **body: Any) -> web.Response:
    return web.json_response(body, status=status)


def prediction(identifier: str, title: str, *found: tuple[str, float]) -> dict[str, Any]:
    """ROMEO's answer for one title."""
    return {
        "identifiant": identifier,
        "intitule": title,
        "contexte": None,
        "uuidInference": "b42110bb-0000-4000-9000-000000000001",
        "metiersRome": [
            {
                "codeAppellation": str(20000 + place),
                "libelleAppellation": f"Titre {place} / Titre {place}",
                "codeRome": code,
                "libelleRome": f"Métier {code}",
                "scorePrediction": score,
            }
            for place, (code, score) in enumerate(found)
        ],
    }


def title(ogr: str, label: str, code: str, occupation: str) -> dict[str, Any]:
    """One result of ROME's search."""
    return {
        "code": ogr,
        "libelle": label,
        "emploiCadre": False,
        "emploiReglemente": False,
        "transitionEcologique": False,
        "transitionNumerique": False,
        "classification": "PRINCIPALE",
        "appellationEsco": {"uri": "http://data.europa.eu/esco/occupation/0", "libelle": "x"},
        "metier": {"code": code, "libelle": occupation, "riasecMajeur": "R", "riasecMineur": "A"},
    }


def commune(code: str, name: str, lon: float, lat: float, *, score: float | None = 0.9) -> dict[str, Any]:
    """One commune of API Géo."""
    found = {
        "nom": name,
        "code": code,
        "codesPostaux": ["00000"],
        "codeDepartement": code[:2],
        "codeRegion": "84",
        "population": 1000,
        "centre": {"type": "Point", "coordinates": [lon, lat]},
    }
    return found if score is None else found | {"_score": score}


def feature(code: str, name: str, lon: float, lat: float, score: float = 0.9) -> dict[str, Any]:
    """One municipality of the geocoder."""
    return {
        "type": "Feature",
        "geometry": {"type": "Point", "coordinates": [lon, lat]},
        "properties": {
            "label": name,
            "score": score,
            "id": code,
            "type": "municipality",
            "name": name,
            "postcode": "00000",
            "citycode": code,
            "population": 1000,
            "city": name,
            "context": "x",
            "importance": 0.5,
            "depcode": code[:2],
            "municipality": name,
            "_type": "address",
        },
    }


class Services:
    """The server. `answers` holds what each service finds by typed words; `next` what goes wrong first, in order."""

    def __init__(self) -> None:
        self.seen: list[Seen] = []
        self.complaints: list[str] = []
        self.subscribed = {"romeo", "rome"}
        self.revoked: set[str] = set()
        self.tokens: dict[str, set[str]] = {}
        self.next: defaultdict[str, deque[Outcome]] = defaultdict(deque)
        self.answers: defaultdict[str, dict[str, list[Any]]] = defaultdict(dict)
        app = web.Application()
        app.router.add_route("*", "/{path:.*}", self._route)
        self._server = TestServer(app)

    async def start(self) -> None:
        await self._server.start_server()

    async def stop(self) -> None:
        await self._server.close()

    def url(self, path: str) -> str:
        return str(self._server.make_url(path))

    def calls(self, service: str) -> list[Seen]:
        return [one for one in self.seen if one.service == service]

    def fails(self, service: str, *outcomes: Outcome) -> None:
        """The next answers of a service ("token-romeo", "romeo", "rome", "geo", "geocoder")."""
        self.next[service].extend(outcomes)

    # Requests

    async def _route(self, request: web.Request) -> web.StreamResponse:
        body = await request.text()
        if request.content_type == "application/json":
            body = json.dumps(json.loads(body), ensure_ascii=False)  # no word hides behind an escape
        name, play = {
            "/connexion/oauth2/access_token": ("token", self._token),
            "/partenaire/romeo/v2/predictionMetiers": ("romeo", self._romeo),
            "/partenaire/rome-metiers/v1/metiers/appellation/requete": ("rome", self._rome),
            "/communes": ("geo", self._geo),
            "/geocodage/search": ("geocoder", self._geocoder),
        }.get(request.path, ("unknown", self._unknown))
        if name == "token":
            form = dict(await request.post())
            scopes = set(str(form.get("scope", "")).split())
            name += next((f"-{api}" for api, needed in SCOPES.items() if needed <= scopes), "")
        self.seen.append(Seen(name, request.headers.copy(), dict(request.query), body))
        if self.next[name]:
            outcome = self.next[name].popleft()
            return outcome if isinstance(outcome, web.Response) else await outcome()
        try:
            return await play(request, body)
        except Refused as refused:
            return refused.response

    def _want(self, fine: bool, complaint: str, response: web.Response | None = None) -> None:
        if not fine:
            self.complaints.append(complaint)
            raise Refused(response or problem(400, message=complaint))

    async def _unknown(self, request: web.Request, body: str) -> web.Response:
        self._want(False, f"no such path: {request.path}", problem(404))
        raise AssertionError

    async def _token(self, request: web.Request, body: str) -> web.Response:
        form = {name: str(value) for name, value in (await request.post()).items()}
        self._want(request.method == "POST", "token: POST")
        self._want(request.content_type == "application/x-www-form-urlencoded", "token: a form")
        self._want(dict(request.query) == {"realm": "/partenaire"}, "token: realm")
        self._want(form.keys() == {"grant_type", "client_id", "client_secret", "scope"}, "token: fields")
        self._want(form["grant_type"] == "client_credentials", "token: grant_type")
        if (form["client_id"], form["client_secret"]) != (CLIENT_ID, SECRET):
            return problem(400, error="invalid_client", error_description="Client authentication failed")
        scopes = set(form["scope"].split())
        self._want(f"application_{CLIENT_ID}" in scopes, "token: scope of the application")
        allowed = set().union(*(SCOPES[api] for api in self.subscribed)) | {f"application_{CLIENT_ID}"}
        if not scopes <= allowed:
            told = f"Unknown/invalid scope(s): {sorted(scopes - allowed)}"
            return problem(400, error="invalid_scope", error_description=told)
        token = f"token.number.{len(self.tokens)}"
        self.tokens[token] = scopes
        return web.json_response(
            {"access_token": token, "scope": form["scope"], "token_type": "Bearer", "expires_in": LASTS}
        )

    def _authorised(self, request: web.Request, api: str) -> None:
        scheme, _, token = request.headers.get("Authorization", "").partition(" ")
        if scheme != "Bearer" or token not in self.tokens or token in self.revoked:
            raise Refused(problem(401))
        if not SCOPES[api] <= self.tokens[token]:
            raise Refused(problem(403))

    async def _romeo(self, request: web.Request, body: str) -> web.Response:
        self._want(request.method == "POST", "romeo: POST")
        self._authorised(request, "romeo")
        self._want(request.headers["Content-Type"] == JSON, "romeo: Content-Type")
        self._want(request.headers["Accept"] == f"{JSON}, application/json", "romeo: Accept")
        asked = json.loads(body)
        self._want(asked.keys() == {"appellations", "options"}, "romeo: request")
        titles, options = asked["appellations"], asked["options"]
        self._want(1 <= len(titles) <= 20, "romeo: number of titles")
        self._want(all(one.keys() == {"intitule", "identifiant"} for one in titles), "romeo: titles")
        self._want(len({one["identifiant"] for one in titles}) == len(titles), "romeo: identifiers")
        self._want(options.keys() == {"nomAppelant", "nbResultats", "seuilScorePrediction"}, "romeo: options")
        self._want(options["nomAppelant"] == "bob" and 1 <= options["nbResultats"] <= 25, "romeo: options")
        answers = [
            prediction(one["identifiant"], one["intitule"], *self.answers["romeo"].get(one["intitule"], ()))
            for one in titles
        ]
        if not any(answer["metiersRome"] for answer in answers):
            return web.Response(status=204)
        return web.json_response(answers[::-1])  # in no promised order: the identifier tells which is which

    async def _rome(self, request: web.Request, body: str) -> web.Response:
        self._authorised(request, "rome")
        self._read_only(request, {"q"})
        asked = request.query["q"]
        self._want(bool(asked.strip()), "rome: q")
        found = self.answers["rome"].get(asked, [])
        return web.json_response({"totalResultats": len(found), "requete": asked, "resultats": found})

    async def _geo(self, request: web.Request, body: str) -> web.Response:
        given = set(request.query)
        self._read_only(request, {"nom", "codePostal", "lat", "lon", "fields", "boost", "limit"} & given)
        ways = [way for way in ({"nom"}, {"codePostal"}, {"lat", "lon"}) if way <= given]
        self._want(len(ways) == 1, "geo: one way of asking")
        if "nom" in given:
            self._want(request.query.get("boost") == "population", "geo: boost")
        key = ",".join(request.query[name] for name in sorted(ways[0]))
        return web.json_response(self.answers["geo"].get(key, []))

    async def _geocoder(self, request: web.Request, body: str) -> web.Response:
        self._read_only(request, {"q", "type", "limit"})
        asked = request.query["q"]
        told = "q: must contain between 3 and 200 chars and start with a number or a letter"
        refused = problem(400, code=400, message="Failed parsing query", detail=[told])
        self._want(3 <= len(asked) <= 200 and asked[0].isalnum(), "geocoder: q", refused)
        self._want(request.query["type"] == "municipality", "geocoder: type")
        self._want(1 <= int(request.query["limit"]) <= 50, "geocoder: limit")
        found = self.answers["geocoder"].get(asked, [])
        return web.json_response({"type": "FeatureCollection", "features": found, "query": asked})

    def _read_only(self, request: web.Request, names: set[str]) -> None:
        self._want(request.method == "GET", f"{request.path}: GET")
        self._want(set(request.query) == names, f"{request.path}: parameters {sorted(request.query)}")
        self._want(request.headers["Accept"] == "application/json", f"{request.path}: Accept")


class Held:
    """An answer that does not come until `release` is set; `arrived` is set when the request is there."""

    def __init__(self) -> None:
        self.arrived, self.release = asyncio.Event(), asyncio.Event()

    async def __call__(self) -> web.Response:
        self.arrived.set()
        await self.release.wait()
        return web.json_response([])
