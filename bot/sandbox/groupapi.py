"""What the page does to groups: `/api/groups/...` and `/api/channels`. `as` is the id of the person who acts."""

from __future__ import annotations

from aiohttp import web

from bot.sandbox.errors import JSON
from bot.sandbox.groups import Groups
from bot.sandbox.guard import json_body
from bot.sandbox.world import World

STATUSES = frozenset({"member", "administrator"})


class GroupApi:
    """The routes for groups."""

    def __init__(self, world: World, groups: Groups) -> None:
        self._world = world
        self._groups = groups

    def routes(self) -> list[web.RouteDef]:
        group = "/api/groups/{chat_id:-?\\d+}"
        return [
            web.post("/api/groups", self.post_group),
            web.post("/api/channels", self.post_channel),
            web.post(f"{group}/members", self.post_member),
            web.post(f"{group}/bot", self.post_bot),
            web.post(f"{group}/forum", self.post_forum),
            web.post(f"{group}/topics", self.post_topic),
        ]

    async def post_group(self, request: web.Request) -> web.Response:
        """{"title": text, "as": n, "forum": true, "basic": false}."""
        body = await json_body(request)
        chat_id = self._groups.create(
            _title(body),
            int(body["as"]),
            forum=bool(body.get("forum", True)),
            basic=bool(body.get("basic", False)),
        )
        return web.json_response({"id": chat_id})

    async def post_channel(self, request: web.Request) -> web.Response:
        """{"title": text, "as": n}: a channel whose owner may write in groups in its name."""
        body = await json_body(request)
        return web.json_response({"id": self._groups.create_channel(_title(body), int(body["as"]))})

    async def post_member(self, request: web.Request) -> web.Response:
        """{"user_id": n, "member": true or false, "status": "member" or "administrator", "as": who adds}."""
        body = await json_body(request)
        chat_id, user_id = _chat_id(request), int(body["user_id"])
        actor_id = int(body["as"]) if body.get("as") not in (None, user_id) else None
        if not body["member"]:
            self._groups.leave(chat_id, user_id, actor_id=actor_id)
        else:
            status = str(body.get("status", "member"))
            if status not in STATUSES:
                raise ValueError(f"no such status: {status}")
            self._groups.join(chat_id, user_id, actor_id=actor_id, status=status)
        self._world.event("people")
        return web.json_response({})

    async def post_bot(self, request: web.Request) -> web.Response:
        """{"as": n, "present": true or false, "admin": true, "rights": {"can_pin_messages": false}}."""
        body = await json_body(request)
        chat_id, actor_id = _chat_id(request), int(body["as"])
        if not body.get("present", True):
            self._groups.remove_bot(chat_id, actor_id)
        elif "rights" in body:
            rights = {str(name): bool(value) for name, value in body["rights"].items()}
            self._groups.set_bot_rights(chat_id, actor_id, **rights)
        else:
            self._groups.add_bot(chat_id, actor_id, admin=bool(body.get("admin", True)))
        return web.json_response({})

    async def post_forum(self, request: web.Request) -> web.Response:
        """Turn topics on; the answer has the id that the group has from now on."""
        await json_body(request)
        return web.json_response({"id": self._groups.enable_topics(_chat_id(request))})

    async def post_topic(self, request: web.Request) -> web.Response:
        """{"as": n, "change": "create", "name": text}, or rename, close, reopen, delete with "thread_id"."""
        body = await json_body(request)
        chat_id, actor_id, change = _chat_id(request), int(body["as"]), str(body["change"])
        result: JSON = {}
        if change == "create":
            result = {"id": self._groups.create_topic(chat_id, actor_id, str(body["name"]))}
        elif change == "rename":
            self._groups.rename_topic(chat_id, int(body["thread_id"]), actor_id, str(body["name"]))
        elif change == "close":
            self._groups.close_topic(chat_id, int(body["thread_id"]), actor_id)
        elif change == "reopen":
            self._groups.reopen_topic(chat_id, int(body["thread_id"]), actor_id)
        elif change == "delete":
            self._groups.delete_topic(chat_id, int(body["thread_id"]), actor_id)
        else:
            raise ValueError(f"a topic knows no {change!r}")
        return web.json_response(result)


def _chat_id(request: web.Request) -> int:
    return int(request.match_info["chat_id"])


def _title(body: JSON) -> str:
    title = str(body["title"]).strip()
    if not title:
        raise ValueError("a title is needed")
    return title
