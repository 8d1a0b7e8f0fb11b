"""From names of sources to live sources."""

from __future__ import annotations

import time as system_time
from collections.abc import Callable
from dataclasses import dataclass

from bot.settings import Settings
from bot.sources.live.adapter import Adapter, LiveSource
from bot.sources.live.api_geo import ApiGeo
from bot.sources.live.france_travail import Account
from bot.sources.live.gate import Time
from bot.sources.live.geocoder import Geocoder
from bot.sources.live.lookups import BUDGET_SECONDS, Embedded, LiveOccupations, LivePlaces, LiveSources
from bot.sources.live.rome_api import RomeApi
from bot.sources.live.romeo import Romeo
from bot.sources.live.suggestions import JobSuggestion, PlaceSuggestion
from bot.sources.live.web import RETRY_SECONDS, Web


@dataclass(frozen=True, slots=True)
class LiveConfiguration:
    """Which sources are on, and where they are.

    `account` is needed for romeo and rome. Addresses have no slash at the end.
    """

    names: tuple[str, ...]
    account: Account | None
    geo_url: str
    geocoder_url: str


def configuration_of(settings: Settings) -> LiveConfiguration:
    """What the settings say of live sources; `load_settings` has seen to it that nothing is missing."""
    account = None
    if settings.france_travail_client_id and settings.france_travail_client_secret:
        account = Account(
            settings.france_travail_client_id,
            settings.france_travail_client_secret.get_secret_value(),
            settings.france_travail_token_url,
            settings.france_travail_url,
        )
    return LiveConfiguration(settings.live_sources, account, settings.geo_api_url, settings.geocoder_url)


def live_sources(
    configuration: LiveConfiguration,
    occupations: Embedded,
    places: Embedded,
    *,
    budget: float = BUDGET_SECONDS,
    time: Time = system_time.time,
    pause: Callable[[], float] = lambda: RETRY_SECONDS,
) -> LiveSources:
    """The sources that are on; no call is made yet. `pause`: seconds before a call is repeated."""
    web = Web(pause)
    jobs = _jobs(configuration, web, time)
    towns = _places(configuration, web, time)
    return LiveSources(
        web,
        LiveOccupations(occupations, [LiveSource(one, time) for one in jobs], budget=budget)
        if jobs
        else None,
        LivePlaces(places, [LiveSource(one, time) for one in towns], budget=budget) if towns else None,
    )


def _jobs(configuration: LiveConfiguration, web: Web, time: Time) -> list[Adapter[JobSuggestion]]:
    account = configuration.account
    if account is None:
        return []
    return [made(web, account, time) for made in (Romeo, RomeApi) if made.name in configuration.names]


def _places(configuration: LiveConfiguration, web: Web, time: Time) -> list[Adapter[PlaceSuggestion]]:
    found: list[Adapter[PlaceSuggestion]] = []
    if ApiGeo.name in configuration.names:
        found.append(ApiGeo(web, configuration.geo_url, time))
    if Geocoder.name in configuration.names:
        found.append(Geocoder(web, configuration.geocoder_url, time))
    return found
