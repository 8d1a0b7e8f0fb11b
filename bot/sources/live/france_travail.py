"""France Travail's APIs: OAuth2 client credentials, one token for each API.

A token asked for several scopes fails as a whole when one of them is not subscribed; so each API has its own, and one
that is refused does not touch the others.
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from typing import Any, Final

from pydantic import BaseModel, TypeAdapter, ValidationError

from bot.sources.live.faults import Fault, SourceError
from bot.sources.live.gate import Time
from bot.sources.live.web import Reply, Web, body_of, parse

EARLY_SECONDS: Final = 60.0
"""How long before its end a token is replaced."""


@dataclass(frozen=True, slots=True)
class Account:
    """An application declared on francetravail.io. The secret is in no representation of it."""

    client_id: str
    client_secret: str = field(repr=False)
    token_url: str
    api_url: str


class _Granted(BaseModel):
    access_token: str
    expires_in: float


class _Refusal(BaseModel):
    error: str


_GRANTED = TypeAdapter(_Granted)
_REFUSAL = TypeAdapter(_Refusal)
_REFUSALS = {
    "invalid_scope": Fault.SCOPE,
    "invalid_client": Fault.CREDENTIALS,
    "unauthorized_client": Fault.CREDENTIALS,
}


@dataclass(frozen=True, slots=True)
class _Token:
    value: str = field(repr=False)
    fresh_until: float


class Tokens:
    """The token of one API. Callers who need a new one at the same moment share one request."""

    def __init__(self, web: Web, account: Account, scopes: tuple[str, ...], time: Time) -> None:
        self._web = web
        self._account = account
        self._scope = " ".join((f"application_{account.client_id}", *scopes))
        self._time = time
        self._token: _Token | None = None
        self._asking: asyncio.Task[_Token] | None = None

    async def token(self) -> str:
        """A token that lasts; SourceError when none is given."""
        if self._token is not None and self._time() < self._token.fresh_until:
            return self._token.value
        if self._asking is None:
            self._asking = asyncio.create_task(self._ask(), name="france-travail-token")
            self._asking.add_done_callback(self._asked)
        # A caller whose time is up goes away; the request goes on, for the next one.
        return (await asyncio.shield(self._asking)).value

    def drop(self, value: str) -> None:
        """Forget a token that was refused, unless it was replaced meanwhile."""
        if self._token is not None and self._token.value == value:
            self._token = None

    async def close(self) -> None:
        """Stop asking."""
        if self._asking is not None:
            self._asking.cancel()
            await asyncio.gather(self._asking, return_exceptions=True)

    async def _ask(self) -> _Token:
        asked_at = self._time()
        form = {
            "grant_type": "client_credentials",
            "client_id": self._account.client_id,
            "client_secret": self._account.client_secret,
            "scope": self._scope,
        }
        reply = await self._web.send(
            "POST", self._account.token_url, data=form, headers={"Accept": "application/json"}
        )
        if reply.status in (400, 401, 403):
            raise SourceError(_refusal(reply))
        body = body_of(reply, self._time())
        if body is None:
            raise SourceError(Fault.MALFORMED)
        granted = parse(_GRANTED, body)
        return _Token(granted.access_token, asked_at + granted.expires_in - EARLY_SECONDS)

    def _asked(self, task: asyncio.Task[_Token]) -> None:
        self._asking = None
        if not task.cancelled() and task.exception() is None:
            self._token = task.result()


def _refusal(reply: Reply) -> Fault:
    """Why no token was given."""
    try:
        return _REFUSALS.get(_REFUSAL.validate_json(reply.body).error, Fault.CREDENTIALS)
    except ValidationError:
        return Fault.CREDENTIALS


class FranceTravailApi:
    """One API of France Travail, below `path` ("romeo/v2"), with the scopes that it needs."""

    def __init__(self, web: Web, account: Account, path: str, scopes: tuple[str, ...], time: Time) -> None:
        self._web = web
        self._url = f"{account.api_url}/{path}"
        self._time = time
        self.tokens = Tokens(web, account, scopes, time)

    async def call(self, method: str, path: str, *, headers: dict[str, str], **values: Any) -> bytes | None:
        """The body of the answer, None when it is empty; a token that is refused is replaced once. SourceError."""
        reply = await self._call(method, path, headers, values)
        if reply.status == 401:
            reply = await self._call(method, path, headers, values)
        return body_of(reply, self._time())

    async def _call(self, method: str, path: str, headers: dict[str, str], values: dict[str, Any]) -> Reply:
        token = await self.tokens.token()
        signed = {**headers, "Authorization": f"Bearer {token}"}
        reply = await self._web.send(method, f"{self._url}/{path}", headers=signed, **values)
        if reply.status == 401:
            self.tokens.drop(token)
        return reply
