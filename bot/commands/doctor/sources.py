"""Checks of the live sources: each is asked for a word that means nothing to anybody."""

from __future__ import annotations

import asyncio
from typing import Final

from bot.commands.doctor.checks import Check, ok, several, warn
from bot.settings import OF_FRANCE_TRAVAIL, Settings
from bot.sources.live.adapter import LiveSource
from bot.sources.live.faults import Fault
from bot.sources.live.setup import configuration_of, live_sources
from bot.sources.live.suggestions import JobSuggestion, PlaceSuggestion
from bot.sources.occupations import occupations
from bot.sources.places import places

PATIENCE_SECONDS: Final = 10
JOB: Final = "boulanger"
PLACE: Final = "Lyon"
ADDRESSES: Final = {"geo": "GEO_API_URL", "geocoder": "GEOCODER_URL"}
"""The variable that holds a source's address; the others are France Travail's."""
MEANWHILE: Final = "Bob does without meanwhile"
TO_DO: Final = {
    Fault.NETWORK: "cannot be reached: check the network, a proxy, and {address} if you set it",
    Fault.SLOW: f"gave no answer within {PATIENCE_SECONDS} s: try again in a few minutes",
    Fault.BUSY: "asks for fewer calls: nothing to do, unless another program uses the same account or machine",
    Fault.CREDENTIALS: "refuses the account: copy FRANCE_TRAVAIL_CLIENT_ID and FRANCE_TRAVAIL_CLIENT_SECRET again "
    "from francetravail.io (an application that was not used for 12 months is disabled)",
    Fault.SCOPE: "is not open to this account: on francetravail.io, add this API to the application",
    Fault.UNAUTHORISED: "refuses a fresh token: check {address} if you set it, else try again in a few minutes",
    Fault.REJECTED: "refuses a plain question: check {address} if you set it, else update Bob",
    Fault.SERVER: "has an internal error: try again in a few minutes",
    Fault.MALFORMED: "does not answer as documented: check {address} if you set it, else update Bob",
    Fault.OURS: "answered what Bob could not take: report it",
}


async def check_sources(settings: Settings) -> list[Check]:
    """One line for each live source that is on. Bob works without them: none fails."""
    live = live_sources(configuration_of(settings), occupations(), places())
    try:
        return [await _check(source) for source in live.sources]
    finally:
        await live.close()


async def _check(source: LiveSource[JobSuggestion] | LiveSource[PlaceSuggestion]) -> Check:
    name, credit = source.adapter.name, source.adapter.credit
    word = JOB if name in OF_FRANCE_TRAVAIL else PLACE
    answer = await source.ask((word,), asyncio.get_running_loop().time() + PATIENCE_SECONDS)
    address = ADDRESSES.get(name, "FRANCE_TRAVAIL_URL or FRANCE_TRAVAIL_TOKEN_URL")
    if answer is not None and answer.items:
        return ok(name, f"{credit}: {several(len(answer.items), 'suggestion')} for '{word}'")
    if answer is not None:
        return warn(name, f"{credit} answers, but knows nothing of '{word}': check {address} if you set it")
    fault = source.state.fault or Fault.OURS
    until = source.state.closed_until
    wait = f" (no call before {until:%H:%M:%S} UTC)" if fault is Fault.BUSY and until else ""
    return warn(name, f"{credit} {TO_DO[fault].format(address=address)}{wait}; {MEANWHILE}")
