"""What the page asks for and does."""

from __future__ import annotations

from aiohttp import web

from bot.sandbox.faults import Faults
from bot.sandbox.groups import Groups
from bot.sandbox.jumps import JumpRefused, Jumps, target_of
from bot.sandbox.people import People
from bot.sandbox.world import World

JUMP_STATUS = {"past": 400, "invalid": 400, "running": 409}


class WebApi:
    """`/api/...`, the page and its files."""

    def __init__(self, world: World, people: People, groups: Groups, faults: Faults, jumps: Jumps) -> None:
        self._world = world
        self._people = people
        self._groups = groups
        self._faults = faults
        self._jumps = jumps

    def attach(self, app: web.Application) -> None:
        app.add_routes([web.post("/api/clock", self.post_clock), web.post("/api/faults", self.post_faults)])

    def stop(self) -> None:
        return

    async def post_clock(self, request: web.Request) -> web.Response:
        try:
            await self._jumps.jump(target_of(await request.json(), self._world.clock.now()))
        except JumpRefused as refused:
            body = {"error": refused.code, "message": str(refused)}
            return web.json_response(body, status=JUMP_STATUS[refused.code])
        return web.json_response(self._jumps.state())

    async def post_faults(self, request: web.Request) -> web.Response:
        fault = await request.json()
        self._faults.add(**fault)
        return web.json_response({})
