"""What the page asks for and does: `/api/...`, and the page's own files."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from aiohttp import web

from bot.sandbox.content import Content
from bot.sandbox.errors import JSON
from bot.sandbox.faults import Faults
from bot.sandbox.groupapi import GroupApi
from bot.sandbox.groups import Groups
from bot.sandbox.guard import guard, json_body, problem
from bot.sandbox.jumps import JumpRefused, Jumps, target_of
from bot.sandbox.messages import Message
from bot.sandbox.people import People
from bot.sandbox.stream import Streams
from bot.sandbox.views import Views, number
from bot.sandbox.world import World

PAGE = Path(__file__).parent / "web"
JUMP_STATUS = {"past": 400, "invalid": 400, "running": 409}
SAFE_IMAGES = frozenset({"image/png", "image/jpeg", "image/gif", "image/webp"})


class WebApi:
    """The routes for people. `as` in a request is the id of the person who acts."""

    def __init__(self, world: World, people: People, groups: Groups, faults: Faults, jumps: Jumps) -> None:
        self._world = world
        self._people = people
        self._group_routes = GroupApi(world, groups).routes()
        self._faults = faults
        self._jumps = jumps
        self._views = Views(world, people, jumps)
        self._streams = Streams(world)

    def attach(self, app: web.Application) -> None:
        app.middlewares.append(guard)
        chat = "/api/chats/{chat_id:-?\\d+}"
        app.add_routes(
            [
                web.get("/api/state", self.get_state),
                web.get("/api/events", self._streams.serve),
                web.get(chat, self.get_chat),
                web.post(f"{chat}/messages", self.post_message),
                web.post(f"{chat}/files", self.post_file),
                web.post(
                    f"{chat}/{{gesture:edit|delete|press|react|reply_button|forward}}", self.post_gesture
                ),
                web.post("/api/people", self.post_person),
                web.post("/api/people/{user_id:\\d+}/block", self.post_block),
                *self._group_routes,
                web.post("/api/clock", self.post_clock),
                web.post("/api/faults", self.post_faults),
                web.get("/media/{unique_id}", self.get_media),
                web.get("/", self.get_page),
                web.get("/{name:[a-z_]+\\.(?:js|css|svg)}", self.get_page),
            ]
        )

    def stop(self) -> None:
        self._streams.stop()

    # Reading

    async def get_state(self, request: web.Request) -> web.Response:
        return web.json_response(self._views.state())

    async def get_chat(self, request: web.Request) -> web.Response:
        query = request.query
        viewer = number(query.get("as")) or self._chat_id(request)
        shown = self._views.chat(
            self._chat_id(request), viewer, number(query.get("before")), number(query.get("thread"))
        )
        return web.json_response(shown)

    async def get_media(self, request: web.Request) -> web.Response:
        """Pictures are shown, anything else is only downloaded: it never runs in this page."""
        stored = self._world.files.by_unique_id(request.match_info["unique_id"])
        if stored is None:
            raise LookupError("no such file")
        if stored.mime in SAFE_IMAGES:
            return web.Response(body=stored.content, content_type=stored.mime)
        response = web.Response(body=stored.content, content_type="application/octet-stream")
        response.headers["Content-Disposition"] = "attachment"
        return response

    async def get_page(self, request: web.Request) -> web.StreamResponse:
        path = PAGE / request.match_info.get("name", "index.html")
        if not path.is_file():
            return problem(404, "gone", "no such page")
        return web.FileResponse(path, headers={"Cache-Control": "no-cache"})

    # Gestures

    async def post_message(self, request: web.Request) -> web.Response:
        body = await json_body(request)
        sent = self._send(request, _content(body), body)
        return web.json_response({"message_ids": [message.message_id for message in sent]})

    async def post_file(self, request: web.Request) -> web.Response:
        """The file is the body; its name, kind and caption are in the query.

        Files that are sent together, one after the other, name the same `album` (digits).
        """
        if request.content_type != "application/octet-stream":
            raise ValueError("the content type of a file must be application/octet-stream")
        query = request.query
        data = await request.read()
        caption = query.get("caption", "")
        if query.get("kind") == "photo":
            content = Content.photo(data, caption)
        else:
            content = Content.document(data, query.get("name") or "document.bin", caption)
        if query.get("album"):
            if not query["album"].isdecimal():
                raise ValueError("the album must be a number")
            content = Content.album([content], query["album"])
        sent = self._send(request, content, query)
        return web.json_response({"message_ids": [message.message_id for message in sent]})

    def _send(self, request: web.Request, content: Content, where: Mapping[str, Any]) -> list[Message]:
        return self._people.send(
            int(where["as"]),
            content,
            self._chat_id(request),
            reply_to=number(where.get("reply_to")),
            **_where(where),
        )

    async def post_gesture(self, request: web.Request) -> web.Response:
        body = await json_body(request)
        who, chat_id = int(body["as"]), self._chat_id(request)
        gesture = request.match_info["gesture"]
        result: JSON = {}
        if gesture == "edit":
            self._people.edit_text(who, int(body["message_id"]), str(body["text"]), chat_id)
        elif gesture == "delete":
            self._people.delete(who, int(body["message_id"]), chat_id)
        elif gesture == "react":
            self._people.react(
                who,
                int(body["message_id"]),
                body.get("emoji"),
                chat_id,
                anonymous=bool(body.get("anonymous")),
            )
        elif gesture == "forward":
            ids = [int(each) for each in body["message_ids"]]
            from_chat_id = int(body["from_chat_id"])
            sent = self._people.forward(who, ids, from_chat_id, chat_id, **_where(body))
            result = {"message_ids": [message.message_id for message in sent]}
        elif gesture == "reply_button":
            self._people.press_reply_button(who, str(body["label"]), chat_id)
        else:
            query_id = self._people.press_raw(who, int(body["message_id"]), str(body["data"]), chat_id)
            result = {"query_id": query_id}
        return web.json_response(result)

    async def post_person(self, request: web.Request) -> web.Response:
        body = await json_body(request)
        name = str(body["first_name"]).strip()
        if not name:
            raise ValueError("a person needs a name")
        person = self._people.create(name, str(body.get("language_code", "fr")))
        return web.json_response({"id": person.id})

    async def post_block(self, request: web.Request) -> web.Response:
        body = await json_body(request)
        user_id = int(request.match_info["user_id"])
        (self._people.block if body["blocked"] else self._people.unblock)(user_id)
        self._world.event("people")
        return web.json_response({})

    # The sandbox itself

    async def post_clock(self, request: web.Request) -> web.Response:
        try:
            await self._jumps.jump(target_of(await json_body(request), self._world.clock.now()))
        except JumpRefused as refused:
            return problem(JUMP_STATUS[refused.code], refused.code, str(refused))
        return web.json_response(self._jumps.state())

    async def post_faults(self, request: web.Request) -> web.Response:
        """{"method": "sendMessage", "kind": "429", "times": 1, "retry_after": 3}."""
        body = await json_body(request)
        self._faults.add(str(body.pop("method")), str(body.pop("kind")), **body)
        return web.json_response({"pending": len(self._faults.pending())})

    def _chat_id(self, request: web.Request) -> int:
        return int(request.match_info["chat_id"])


def _where(body: Mapping[str, Any]) -> dict[str, Any]:
    """The topic, and in whose name: `anonymous`, or `channel` with its id."""
    return {
        "thread_id": number(body.get("thread_id")),
        "anonymous": bool(body.get("anonymous")),
        "channel": number(body.get("channel")),
    }


def _content(body: dict[str, Any]) -> Content:
    """What a person sends, by its `kind`."""
    kind = body.get("kind", "text")
    if kind == "text":
        return Content.text(str(body["text"]))
    if kind == "location":
        return Content.location(float(body["latitude"]), float(body["longitude"]))
    if kind == "contact":
        own = int(body["as"]) if body.get("own") else None
        return Content.contact(str(body["phone"]), str(body["first_name"]), own)
    if kind == "voice":
        return Content.voice(b"OggS", int(body.get("seconds", 3)))
    if kind == "sticker":
        return Content.sticker(str(body["emoji"]))
    if kind == "forwarded":
        return Content.forwarded(str(body["text"]), str(body["author"]))
    raise ValueError(f"nothing of the kind {kind!r} can be sent")
