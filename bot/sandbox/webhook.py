"""setWebhook and what follows from it: delivery by HTTP, one update at a time per line."""

from __future__ import annotations

import asyncio
import re
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from aiogram.methods import DeleteWebhook, GetWebhookInfo, SetWebhook
from aiohttp import ClientError, ClientSession, ClientTimeout

from bot.sandbox.errors import JSON, bad_request
from bot.sandbox.methods.table import Context, Handler
from bot.sandbox.world import World
from bot.telegram.limits import (
    WEBHOOK_CONNECTIONS_DEFAULT,
    WEBHOOK_CONNECTIONS_MAX,
    WEBHOOK_CONNECTIONS_MIN,
    WEBHOOK_SECRET_MAX,
)

SECRET = re.compile(rf"[A-Za-z0-9_-]{{1,{WEBHOOK_SECRET_MAX}}}")
HEADER = "X-Telegram-Bot-Api-Secret-Token"
LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})
CONNECTION_SECONDS = 60.0
RETRY_FIRST_SECONDS = 2.0  # after one immediate repeat
RETRY_MOST_SECONDS = 60.0
RETRY_AFTER_MOST_SECONDS = 3600.0
IDLE_SECONDS = 1.0


@dataclass
class Line:
    """A line of updates whose first one failed: how often, and when it is tried again (loop time)."""

    failures: int
    retry_at: float


class Webhook:
    """The registered webhook and its delivery.

    Per line (a chat, or a person for buttons) the next update goes out only after a 2xx to the one before; a
    failing one is repeated and blocks its line until it expires.
    """

    def __init__(self, world: World) -> None:
        self._world = world
        self._task: asyncio.Task[None] | None = None
        self._flights: dict[str, asyncio.Task[None]] = {}
        self._lines: dict[str, Line] = {}
        self.handlers: dict[str, Handler] = {
            "setWebhook": self.set_webhook,
            "deleteWebhook": self.delete_webhook,
            "getWebhookInfo": self.get_webhook_info,
        }

    def start(self) -> None:
        self._task = asyncio.create_task(self._deliver_all())

    async def stop(self) -> None:
        tasks = [task for task in (self._task, *self._flights.values()) if task is not None]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    def set_webhook(self, context: Context, call: SetWebhook) -> bool:
        """An empty URL removes the webhook. Plain HTTP is accepted for this machine only."""
        if not call.url:
            return self._remove(bool(call.drop_pending_updates))
        _check_url(call.url)
        if call.secret_token is not None and not SECRET.fullmatch(call.secret_token):
            raise bad_request("secret token contains unallowed characters")
        most = WEBHOOK_CONNECTIONS_DEFAULT if call.max_connections is None else call.max_connections
        if not WEBHOOK_CONNECTIONS_MIN <= most <= WEBHOOK_CONNECTIONS_MAX:
            raise bad_request("max_connections must be between 1 and 100")
        if call.drop_pending_updates:
            self._world.queue.drop_all()
        self._world.queue.allow(call.allowed_updates)
        self._world.store.put("webhook", {"url": call.url, "secret": call.secret_token, "most": most})
        self._world.store.put("webhook_error", None)
        self._lines.clear()
        self._world.queue.wake()
        return True

    def delete_webhook(self, context: Context, call: DeleteWebhook) -> bool:
        return self._remove(bool(call.drop_pending_updates))

    def _remove(self, drop: bool) -> bool:
        if drop:
            self._world.queue.drop_all()
        self._world.store.put("webhook", None)
        return True

    def get_webhook_info(self, context: Context, call: GetWebhookInfo) -> JSON:
        store = self._world.store
        hook = store.get("webhook") or {"url": ""}
        info: JSON = {
            "url": hook["url"],
            "has_custom_certificate": False,
            "pending_update_count": self._world.queue.count(),
        }
        if hook["url"]:
            info["max_connections"] = hook["most"]
            info.update(store.get("webhook_error") or {})
        allowed = self._world.queue.allowed()
        if allowed is not None:
            info["allowed_updates"] = allowed
        return info

    async def _deliver_all(self) -> None:
        timeout = ClientTimeout(total=CONNECTION_SECONDS)
        async with ClientSession(timeout=timeout) as session:
            while True:
                hook = self._world.store.get("webhook")
                if hook:
                    self._launch(session, hook)
                await self._world.queue.arrival(self._pause())

    def _pause(self) -> float:
        now = asyncio.get_running_loop().time()
        waits = [line.retry_at - now for line in self._lines.values()]
        return min([IDLE_SECONDS, *(max(wait, 0.01) for wait in waits)])

    def _launch(self, session: ClientSession, hook: JSON) -> None:
        now = asyncio.get_running_loop().time()
        busy = set(self._flights) | {name for name, line in self._lines.items() if line.retry_at > now}
        free = hook["most"] - len(self._flights)
        for name, update in self._world.queue.heads(max(free, 0), busy):
            self._flights[name] = asyncio.create_task(self._deliver(session, hook, name, update))

    async def _deliver(self, session: ClientSession, hook: JSON, name: str, update: JSON) -> None:
        headers = {HEADER: hook["secret"]} if hook["secret"] else {}
        try:
            async with session.post(hook["url"], json=update, headers=headers) as response:
                await response.read()
                if 200 <= response.status < 300:
                    self._world.queue.drop(update["update_id"])
                    self._lines.pop(name, None)
                else:
                    fault = f"Wrong response from the webhook: {response.status} {response.reason}"
                    self._failed(name, fault, response.headers.get("Retry-After"))
        except (ClientError, TimeoutError, OSError) as fault:
            self._failed(name, f"Connection failed: {type(fault).__name__}", None)
        finally:
            self._flights.pop(name, None)
            self._world.queue.wake()

    def _failed(self, name: str, text: str, retry_after: str | None) -> None:
        failures = self._lines[name].failures + 1 if name in self._lines else 1
        pause = 0.0 if failures == 1 else min(RETRY_FIRST_SECONDS * 2 ** (failures - 2), RETRY_MOST_SECONDS)
        if retry_after and retry_after.isdigit():
            pause = min(float(retry_after), RETRY_AFTER_MOST_SECONDS)
        self._lines[name] = Line(failures, asyncio.get_running_loop().time() + pause)
        error: dict[str, Any] = {"last_error_date": self._world.timestamp(), "last_error_message": text}
        self._world.store.put("webhook_error", error)


def _check_url(url: str) -> None:
    parts = urlsplit(url)
    if parts.hostname in LOOPBACK and parts.scheme in ("http", "https"):
        return
    if parts.scheme != "https":
        raise bad_request("bad webhook: An HTTPS URL must be provided for webhook")
    raise bad_request("bad webhook: sandbox: only this machine can be reached")
