"""HTTP calls to live sources: one retry, no cookies, no redirects, and no word of a call in any error."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any, Final, TypeVar

import aiohttp
from pydantic import TypeAdapter, ValidationError

from bot.sources.live.faults import Fault, SourceError

T = TypeVar("T")
CALL_SECONDS: Final = 10.0  # for what has no shorter time of its own, as asking for a token
RETRY_SECONDS: Final = 0.05
BUSY_SECONDS: Final = 60.0  # silence after a 429 that does not say how long
LARGEST_BODY: Final = 1_000_000  # bytes
LONGEST_SILENCE: Final = 86_400.0


@dataclass(frozen=True, slots=True)
class Reply:
    """What came back, read whole."""

    status: int
    headers: Mapping[str, str]
    body: bytes


class Web:
    """Makes the calls of all live sources; opens its connections with the first one, in the running loop."""

    def __init__(self, pause: Callable[[], float] = lambda: RETRY_SECONDS) -> None:
        """`pause`: seconds before the one retry."""
        self._pause = pause
        self._session: aiohttp.ClientSession | None = None

    async def send(self, method: str, url: str, **values: Any) -> Reply:
        """One call (`values`: headers, params, json, data), repeated once after a 5xx or a broken connection.

        Raises SourceError only for the network; every status is an answer.
        """
        try:
            reply = await self._send(method, url, values)
        except SourceError:
            reply = None
        if reply is None or reply.status >= 500:
            await asyncio.sleep(self._pause())
            reply = await self._send(method, url, values)
        return reply

    async def _send(self, method: str, url: str, values: Mapping[str, Any]) -> Reply:
        if self._session is None:
            self._session = aiohttp.ClientSession(
                cookie_jar=aiohttp.DummyCookieJar(),
                timeout=aiohttp.ClientTimeout(CALL_SECONDS),
                headers={"User-Agent": "bob"},
            )
        try:
            async with self._session.request(method, url, allow_redirects=False, **values) as response:
                return Reply(response.status, response.headers, await _body(response))
        except TimeoutError:
            raise SourceError(Fault.SLOW) from None
        except (
            aiohttp.ClientError,
            OSError,
            ValueError,
        ):  # their texts hold addresses, which hold what was asked
            raise SourceError(Fault.NETWORK) from None

    async def close(self) -> None:
        """Close the connections; the next call would open new ones."""
        session, self._session = self._session, None
        if session is not None:
            await session.close()


async def _body(response: aiohttp.ClientResponse) -> bytes:
    """The body, read whole; one that is too large is no answer of theirs."""
    body = bytearray()
    async for chunk in response.content.iter_chunked(65_536):
        body += chunk
        if len(body) > LARGEST_BODY:
            raise SourceError(Fault.REJECTED)
    return bytes(body)


def body_of(reply: Reply, now: float) -> bytes | None:
    """The body of a good answer, None for an empty one (204); SourceError for every other status.

    `now`: Unix seconds, for a Retry-After that names an hour.
    """
    status = reply.status
    if status == 204:
        return None
    if 200 <= status < 300:
        return reply.body
    if status == 429:
        raise SourceError(Fault.BUSY, retry_after=_retry_after(reply.headers.get("Retry-After", ""), now))
    if status >= 500:
        raise SourceError(Fault.SERVER)
    raise SourceError({401: Fault.UNAUTHORISED, 403: Fault.SCOPE}.get(status, Fault.REJECTED))


def _retry_after(told: str, now: float) -> float:
    """Seconds: the header holds either them or a date (RFC 9110, 10.2.3)."""
    told = told.strip()
    if told.isascii() and told.isdigit():
        return min(float(told), LONGEST_SILENCE)
    try:
        date: datetime = parsedate_to_datetime(told)
    except ValueError:
        return BUSY_SECONDS
    if date.tzinfo is None:
        date = date.replace(tzinfo=UTC)
    return min(max(date.timestamp() - now, 0.0), LONGEST_SILENCE)


def parse(shape: TypeAdapter[T], body: bytes) -> T:
    """JSON of a documented shape; what the shape does not name is left out. SourceError otherwise."""
    try:
        return shape.validate_json(body)
    except ValidationError:
        raise SourceError(Fault.MALFORMED) from None
