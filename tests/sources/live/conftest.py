"""Live sources against a local server, with a clock that the test moves."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

import pytest

from bot.sources.found import Candidate, Decision, Found
from bot.sources.live.france_travail import Account
from bot.sources.live.lookups import LiveSources
from bot.sources.live.setup import LiveConfiguration, live_sources
from tests.sources.live.services import CLIENT_ID, SECRET, Services

ALL = ("romeo", "rome", "geo", "geocoder")


@dataclass
class Now:
    """Unix seconds; the test moves them."""

    seconds: float = 1_796_000_000.0

    def __call__(self) -> float:
        return self.seconds


@dataclass(frozen=True)
class Entry:
    code: str


NOTHING: Final[Found[Entry]] = Found(Decision.REPHRASE)


def take(code: str) -> Found[Entry]:
    return Found(Decision.TAKE, (Candidate(Entry(code), 1.0),))


def ask(*candidates: tuple[str, float]) -> Found[Entry]:
    return Found(Decision.ASK, tuple(Candidate(Entry(code), score) for code, score in candidates))


@dataclass
class Embedded:
    """An embedded list of these codes; what it finds by words, otherwise nothing."""

    codes: set[str] = field(default_factory=set)
    finds: Mapping[str, Found[Entry]] = field(default_factory=dict)
    parents: Mapping[str, str] = field(default_factory=dict)

    def search(self, text: str, /) -> Found[Entry]:
        return self.finds.get(text, NOTHING)

    def by_code(self, code: str | None, /) -> Entry | None:
        code = self.parents.get(code or "", code)
        return Entry(code) if code in self.codes else None


Make = Callable[..., LiveSources]


@pytest.fixture
def now() -> Now:
    return Now()


@pytest.fixture
async def services() -> AsyncIterator[Services]:
    """The server; a client that does something wrong fails the test."""
    made = Services()
    await made.start()
    yield made
    await made.stop()
    assert made.complaints == []


@pytest.fixture
async def make(services: Services, now: Now) -> AsyncIterator[Make]:
    """Makes live sources that ask the local server."""
    closing: list[LiveSources] = []

    def made(
        *names: str,
        jobs: Any = None,
        places: Any = None,
        budget: float = 5.0,
        secret: str = SECRET,
        base: str | None = None,
    ) -> LiveSources:
        def url(path: str) -> str:
            return f"{base}{path}" if base else services.url(path)

        account = Account(
            CLIENT_ID, secret, url("/connexion/oauth2/access_token?realm=%2Fpartenaire"), url("/partenaire")
        )
        configuration = LiveConfiguration(names or ALL, account, url("/").rstrip("/"), url("/geocodage"))
        sources = live_sources(
            configuration,
            Embedded() if jobs is None else jobs,
            Embedded() if places is None else places,
            budget=budget,
            time=now,
            pause=lambda: 0.0,
        )
        closing.append(sources)
        return sources

    yield made
    for sources in closing:
        await sources.close()
