"""France Travail's account: one token for each API, shared, replaced in time, and failures that stay apart."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest
from aiohttp import web

from bot.sources.live.adapter import LiveSource
from bot.sources.live.faults import Fault, SourceError
from bot.sources.live.france_travail import Account, Tokens
from bot.sources.live.lookups import LiveSources
from bot.sources.live.suggestions import JobSuggestion
from bot.sources.live.web import Web
from tests.sources.live.conftest import Make, Now
from tests.sources.live.services import CLIENT_ID, LASTS, SECRET, Held, Services, problem, title

WORDS = ("boulangère",)


def named(sources: LiveSources, name: str) -> LiveSource[JobSuggestion]:
    assert sources.jobs is not None
    return next(source for source in sources.jobs.sources if source.adapter.name == name)


async def asked(source: LiveSource[JobSuggestion], *words: str) -> list[str] | None:
    """The codes that a source suggests; None when it gives no answer."""
    answer = await source.ask(words or WORDS, asyncio.get_running_loop().time() + 5)
    return None if answer is None else [one.code for one in answer.items]


@pytest.fixture
async def live(services: Services, make: Make) -> LiveSources:
    services.answers["romeo"] = {"boulangère": [("D1102", 0.93)], "serveuse": [("G1803", 0.9)]}
    services.answers["rome"]["boulangère"] = [title("11573", "Boulanger / Boulangère", "D1102", "Boulanger")]
    return make("romeo", "rome")


@pytest.fixture
def romeo(live: LiveSources) -> LiveSource[JobSuggestion]:
    return named(live, "romeo")


@pytest.fixture
async def tokens(services: Services, now: Now) -> AsyncIterator[Tokens]:
    internet = Web(lambda: 0.0)
    account = Account(CLIENT_ID, SECRET, services.url("/connexion/oauth2/access_token?realm=/partenaire"), "")
    made = Tokens(internet, account, ("api_romeov2",), now)
    yield made
    await made.close()
    await internet.close()


# Tokens


async def test_twenty_callers_at_once_share_one_request_for_a_token(
    tokens: Tokens, services: Services
) -> None:
    given = await asyncio.gather(*(tokens.token() for _ in range(20)))
    assert set(given) == {"token.number.0"}
    assert len(services.calls("token-romeo")) == 1


async def test_a_token_is_kept_until_a_minute_before_its_end(
    tokens: Tokens, services: Services, now: Now
) -> None:
    first = await tokens.token()
    now.seconds += LASTS - 61
    assert await tokens.token() == first
    now.seconds += 1
    assert await tokens.token() != first
    assert len(services.calls("token-romeo")) == 2


async def test_each_api_has_a_token_of_its_own(live: LiveSources, services: Services) -> None:
    assert await asked(named(live, "romeo")) == ["D1102"]
    assert await asked(named(live, "rome")) == ["D1102"]
    assert list(services.tokens.values()) == [
        {f"application_{CLIENT_ID}", "api_romeov2"},
        {f"application_{CLIENT_ID}", "api_rome-metiersv1", "nomenclatureRome"},
    ]


async def test_a_caller_who_gives_up_leaves_the_request_to_the_next_one(
    tokens: Tokens, services: Services
) -> None:
    held = Held()
    services.fails("token-romeo", held)
    impatient = asyncio.create_task(tokens.token())
    await held.arrived.wait()
    impatient.cancel()
    waiting = asyncio.create_task(tokens.token())
    await asyncio.sleep(0)
    held.release.set()
    with pytest.raises(SourceError) as caught:  # what was held is no token: both had the one request
        await waiting
    assert caught.value.fault is Fault.MALFORMED
    assert impatient.cancelled()
    assert len(services.calls("token-romeo")) == 1
    assert await tokens.token() == "token.number.0"


async def test_a_failed_request_for_a_token_is_made_again_by_the_next_caller(
    tokens: Tokens, services: Services
) -> None:
    services.fails("token-romeo", problem(500), problem(503))
    with pytest.raises(SourceError):
        await tokens.token()
    assert await tokens.token()


# Refusals


async def test_a_token_that_is_refused_is_replaced_once(
    romeo: LiveSource[JobSuggestion], services: Services
) -> None:
    assert await asked(romeo) == ["D1102"]
    services.revoked.add("token.number.0")
    assert await asked(romeo, "serveuse") == ["G1803"]
    assert len(services.calls("token-romeo")) == 2
    assert romeo.state.last_failure is None


async def test_a_fresh_token_that_is_refused_ends_the_try(
    romeo: LiveSource[JobSuggestion], services: Services
) -> None:
    services.fails("romeo", problem(401), problem(401))
    assert await asked(romeo) is None
    assert romeo.state.fault is Fault.UNAUTHORISED
    assert (len(services.calls("romeo")), len(services.calls("token-romeo"))) == (2, 2)


@pytest.mark.parametrize("how", ["invalid_scope", "403"])
async def test_an_api_without_subscription_is_left_alone_for_an_hour_and_the_other_goes_on(
    live: LiveSources, services: Services, now: Now, how: str
) -> None:
    romeo, rome = named(live, "romeo"), named(live, "rome")
    if how == "invalid_scope":
        services.subscribed.remove("romeo")
    else:
        services.fails("romeo", problem(403))
    assert await asked(romeo) is None
    assert romeo.state.fault is Fault.SCOPE
    assert romeo.state.closed_until == datetime.fromtimestamp(now.seconds + 3600, UTC)
    requests = len(services.calls("romeo") + services.calls("token-romeo"))
    now.seconds += 3599
    assert await asked(romeo) is None
    assert len(services.calls("romeo") + services.calls("token-romeo")) == requests
    assert await asked(rome) == ["D1102"]
    services.subscribed.add("romeo")
    now.seconds += 1
    assert await asked(romeo) == ["D1102"]
    assert romeo.state.closed_until is None


async def test_a_wrong_secret_is_known_as_such(make: Make, services: Services) -> None:
    romeo = named(make("romeo", secret="another"), "romeo")
    assert await asked(romeo) is None
    assert romeo.state.fault is Fault.CREDENTIALS
    assert services.calls("romeo") == []


# Limits and failures


async def test_no_call_before_the_hour_that_a_429_tells(
    romeo: LiveSource[JobSuggestion], services: Services, now: Now
) -> None:
    services.fails("romeo", web.Response(status=429, headers={"Retry-After": "7"}))
    assert await asked(romeo) is None
    now.seconds += 6
    assert await asked(romeo) is None
    assert len(services.calls("romeo")) == 1
    now.seconds += 1
    assert await asked(romeo) == ["D1102"]


@pytest.mark.parametrize(("told", "seconds"), [("date", 90), (None, 60), ("soon", 60)])
async def test_a_429_may_tell_a_date_or_nothing(
    romeo: LiveSource[JobSuggestion], services: Services, now: Now, told: str | None, seconds: int
) -> None:
    if told == "date":
        told = format_datetime(datetime.fromtimestamp(now.seconds, UTC) + timedelta(seconds=90), usegmt=True)
    services.fails("romeo", web.Response(status=429, headers={"Retry-After": told} if told else {}))
    assert await asked(romeo) is None
    assert romeo.state.closed_until == datetime.fromtimestamp(now.seconds + seconds, UTC)


async def test_a_server_error_is_tried_again_once(
    romeo: LiveSource[JobSuggestion], services: Services
) -> None:
    services.fails("romeo", problem(500))
    assert await asked(romeo) == ["D1102"]
    services.fails("romeo", problem(500), problem(502))
    assert await asked(romeo, "serveuse") is None
    assert romeo.state.fault is Fault.SERVER
    assert len(services.calls("romeo")) == 4


@pytest.mark.parametrize(
    "body", ["<html>", "[{}]", '{"identifiant": "1"}', '[{"identifiant": "1", "metiersRome": [1]}]', ""]
)
async def test_an_answer_of_another_shape_is_no_answer(
    romeo: LiveSource[JobSuggestion], services: Services, body: str
) -> None:
    services.fails("romeo", web.Response(text=body))
    assert await asked(romeo) is None
    assert romeo.state.fault is Fault.MALFORMED


async def test_a_redirect_is_not_followed_with_the_token(
    romeo: LiveSource[JobSuggestion], services: Services
) -> None:
    services.fails("romeo", web.Response(status=302, headers={"Location": services.url("/elsewhere")}))
    assert await asked(romeo) is None
    assert services.calls("unknown") == []


# The secret


async def test_the_secret_and_the_address_are_in_no_representation_and_no_error(
    tokens: Tokens, live: LiveSources, services: Services
) -> None:
    address = services.url("/connexion")
    account = Account(CLIENT_ID, SECRET, address, address)
    await services.stop()
    with pytest.raises(SourceError) as caught:
        await tokens.token()
    assert caught.value.fault is Fault.NETWORK
    assert caught.value.__cause__ is None
    assert not any(SECRET in repr(one) for one in (account, tokens, live, caught.value))
    assert str(caught.value) == "network"


async def test_the_secret_goes_to_the_token_address_only(live: LiveSources, services: Services) -> None:
    await asked(named(live, "romeo"))
    await asked(named(live, "rome"))
    assert SECRET in services.calls("token-romeo")[0].body
    assert not any(SECRET in one.whole for one in services.seen if not one.service.startswith("token"))
