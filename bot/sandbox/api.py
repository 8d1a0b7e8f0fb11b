"""The Bot API over HTTP: reading a request, checking it, doing it, answering in Telegram's shape."""

from __future__ import annotations

import asyncio
import json
from typing import Any

from aiogram.methods import GetUpdates, TelegramMethod
from aiohttp import web
from aiohttp.web_request import FileField

from bot.sandbox.calls import Call, CallLog, Refusal
from bot.sandbox.errors import (
    JSON,
    NOT_MODIFIED,
    ApiError,
    bad_request,
    not_simulated,
    unauthorized,
    unknown_method,
)
from bot.sandbox.faults import FaultKind, Faults
from bot.sandbox.methods import HANDLERS
from bot.sandbox.methods.table import Context
from bot.sandbox.polling import Polling
from bot.sandbox.rates import Rates, cost, counts
from bot.sandbox.spec import MethodSpec, Upload, given, methods, read
from bot.sandbox.webhook import Webhook
from bot.sandbox.world import World

REFUSALS_KEPT = 10_000


class DroppedConnection(Exception):
    """The fault was to lose the connection without an answer."""


class BotApi:
    """Serves `/bot<token>/<method>` and `/file/bot<token>/<path>`."""

    def __init__(self, world: World, faults: Faults, enforce_rates: bool) -> None:
        self.world = world
        self.faults = faults
        self.calls = CallLog()
        self.refused: list[Refusal] = []
        self.polls = 0
        self.polling = Polling(world)
        self.webhook = Webhook(world)
        self._rates = Rates() if enforce_rates else None

    def routes(self) -> list[web.RouteDef]:
        return [
            web.route("*", "/bot{token}/{method}", self.serve),
            web.get("/file/bot{token}/{path:.+}", self.serve_file),
        ]

    async def serve(self, request: web.Request) -> web.StreamResponse:
        method = request.match_info["method"]
        params: dict[str, Any] = {}
        try:
            if request.match_info["token"] != self.world.token:
                raise unauthorized()
            spec = methods().get(method.lower())
            if spec is None:
                raise unknown_method()
            params, uploads = await _parameters(request)
            result = await self._perform(spec, params, uploads)
        except ApiError as error:
            self._record_refusal(method, params, error)
            return web.json_response(error.answer(), status=error.code)
        except DroppedConnection:
            return _dropped(request)
        return web.json_response({"ok": True, "result": result})

    async def _perform(self, spec: MethodSpec, params: JSON, uploads: dict[str, Upload]) -> Any:
        if not self._simulates(spec.name):
            raise not_simulated(spec.name)
        call = read(spec, params, uploads)
        drop_after = await self._suffer(spec.name, params.get("chat_id"))
        if isinstance(call, GetUpdates):
            result: Any = await self.polling.get_updates(call)
            self.polls += 1
        else:
            result = self._handle(spec.name, call, uploads)
            self.calls.record(Call(spec.name, _plain(call), result, self.world.clock.now()))
        if drop_after:
            raise DroppedConnection
        return result

    def _simulates(self, name: str) -> bool:
        return name in HANDLERS or name in self.webhook.handlers or name == "getUpdates"

    def _handle(self, name: str, call: TelegramMethod[Any], uploads: dict[str, Upload]) -> Any:
        handler = HANDLERS.get(name) or self.webhook.handlers[name]
        with self.world.store.transaction():
            if self._rates is not None and counts(name):
                chat = self.world.chats.chat(call.chat_id)  # type: ignore[attr-defined]
                self._rates.check(chat.id, not chat.is_private, cost(call))
            return handler(Context(self.world, uploads), call)

    async def _suffer(self, method: str, chat_id: Any) -> bool:
        """Apply the fault that waits for this call; True if the answer has to be lost."""
        fault = self.faults.take(method, chat_id)
        if fault is None:
            return False
        error = fault.error()
        if error is not None:
            raise error
        if fault.kind is FaultKind.DROP_BEFORE:
            raise DroppedConnection
        if fault.kind is FaultKind.SLOW:
            await asyncio.sleep(float(fault.args.get("seconds", 1)))
        return fault.kind is FaultKind.DROP_AFTER

    def _record_refusal(self, method: str, params: JSON, error: ApiError) -> None:
        self.refused.append(Refusal(method, params, error.code, error.description, self.world.clock.now()))
        del self.refused[:-REFUSALS_KEPT]
        if error.description.endswith(NOT_MODIFIED):
            return  # harmless, and no news for who looks at the chat
        self.world.event(
            "refused", method=method, chat_id=_whole(params.get("chat_id")), text=error.description
        )

    async def serve_file(self, request: web.Request) -> web.Response:
        if request.match_info["token"] != self.world.token:
            return web.json_response(unauthorized().answer(), status=401)
        name = request.match_info["path"].rpartition("/")[2].partition(".")[0]
        stored = self.world.files.by_unique_id(name)
        if stored is None or stored.path != request.match_info["path"]:
            return web.json_response(ApiError(404, "Not Found").answer(), status=404)
        return web.Response(body=stored.content, content_type="application/octet-stream")


async def _parameters(request: web.Request) -> tuple[JSON, dict[str, Upload]]:
    """All parameters: of the query and of the body, whatever its encoding; and the files."""
    params: JSON = dict(request.query)
    uploads: dict[str, Upload] = {}
    if not request.can_read_body:
        return params, uploads
    if request.content_type == "application/json":
        try:
            body = json.loads(await request.text())
        except ValueError as fault:
            raise bad_request("can't parse JSON body") from fault
        if not isinstance(body, dict):
            raise bad_request("JSON object expected")
        return {**params, **body}, uploads
    for name, value in (await request.post()).items():
        if isinstance(value, FileField):
            content = value.file.read()
            uploads[name] = Upload(value.filename, value.content_type, content)
        else:
            params[name] = value.decode() if isinstance(value, bytes | bytearray) else value
    return params, uploads


def _plain(call: TelegramMethod[Any]) -> JSON:
    """The given parameters as plain values."""
    dumped = call.model_dump(exclude_none=True, exclude_unset=True, warnings=False)
    return {name: value for name, value in dumped.items() if given(value) is not None}


def _whole(chat_id: Any) -> int | None:
    """A chat's id in whatever form it came; None for what is none."""
    try:
        return int(chat_id)
    except (TypeError, ValueError):
        return None


def _dropped(request: web.Request) -> web.StreamResponse:
    """End the connection without a byte of answer."""
    if request.transport is not None:
        request.transport.abort()
    return web.Response(status=500)
