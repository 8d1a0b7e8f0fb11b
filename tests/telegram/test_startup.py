"""The checks before the first poll: each failure is one sentence that says what to do."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from aiogram import Bot
from aiohttp import web

from bot.sandbox import SandboxServer
from bot.settings import load_settings
from bot.telegram.polling import GetRawUpdates
from bot.telegram.session import make_bot
from bot.telegram.startup import StartupError, check, open_store
from storage import meta, migrations
from storage.engine import Store
from storage.errors import StoreTooNew
from tests.telegram.echo import TOKEN


@pytest.fixture
async def bot(server: SandboxServer) -> AsyncIterator[Bot]:
    bot = make_bot(TOKEN, server.url)
    yield bot
    await bot.session.close()


async def sentence(bot: Bot, store: Store, **options: bool) -> str:
    with pytest.raises(StartupError) as caught:
        await check(bot, store, probe_seconds=1, **options)
    text = str(caught.value)
    assert "\n" not in text
    assert text.endswith((".", ")"))
    assert bot.token not in text
    return text


async def test_a_good_start_tells_who_the_bot_is_and_binds_the_database(bot: Bot, store: Store) -> None:
    me = await check(bot, store, probe_seconds=0)
    assert me.id == 700000001
    assert await store.run(meta.get, "bot_id") == "700000001"
    assert (await check(bot, store, probe_seconds=0)).id == me.id


async def test_a_refused_token_is_told(server: SandboxServer, store: Store) -> None:
    stranger = make_bot("700000002:another-token-entirely-000", server.url)
    try:
        assert "does not know this BOT_TOKEN" in await sentence(stranger, store)
    finally:
        await stranger.session.close()
    assert await store.run(meta.get, "bot_id") is None


async def test_the_token_of_another_bot_is_refused_for_this_database(bot: Bot, store: Store) -> None:
    await store.run(meta.put, "bot_id", "999")
    told = await sentence(bot, store)
    assert "belongs to the bot 999" in told
    assert "700000001" in told


async def test_a_webhook_set_elsewhere_is_told_by_its_host_and_can_be_taken_over(
    bot: Bot, store: Store
) -> None:
    await bot.set_webhook("https://localhost/hook/secret-path")
    told = await sentence(bot, store)
    assert "webhook at localhost:" in told
    assert "--take-over" in told
    assert "secret-path" not in told
    await check(bot, store, take_over=True, probe_seconds=0)
    assert (await bot.get_webhook_info()).url == ""


async def test_a_second_poller_is_told(bot: Bot, store: Store) -> None:
    other = make_bot(TOKEN, str(bot.session.api.base).partition("/bot")[0])

    async def poll_on() -> None:
        while True:
            try:
                await other(GetRawUpdates(timeout=5), request_timeout=10)
            except Exception:
                await asyncio.sleep(0.1)

    polling = asyncio.create_task(poll_on())
    try:
        await asyncio.sleep(0.2)
        assert "Another program polls" in await sentence(bot, store)
    finally:
        polling.cancel()
        await asyncio.gather(polling, return_exceptions=True)
        await other.session.close()


async def test_the_check_confirms_no_update(bot: Bot, store: Store, server: SandboxServer) -> None:
    person = server.people.create("Ana")
    server.people.start(person.id)
    await check(bot, store, probe_seconds=1)
    assert len(server.world.queue.pending(10)) == 1


@pytest.mark.parametrize(
    ("kind", "args", "words"),
    [
        ("429", {"retry_after": 7}, "wait 7 seconds"),
        ("500", {}, "a fault of its own"),
        ("drop_before", {}, "cannot be reached"),
        ("400", {"text": "odd"}, "refuses to work with this bot"),
    ],
)
async def test_each_fault_of_telegram_is_told(
    bot: Bot, store: Store, server: SandboxServer, kind: str, args: dict[str, object], words: str
) -> None:
    server.faults.add("getMe", kind, 1, **args)
    assert words in await sentence(bot, store)


async def test_an_api_that_is_away_is_told_with_its_host(store: Store) -> None:
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        port = closed.getsockname()[1]
    bot = make_bot(TOKEN, f"http://127.0.0.1:{port}")
    try:
        told = await sentence(bot, store)
    finally:
        await bot.session.close()
    assert told.startswith("127.0.0.1 cannot be reached")
    assert "TELEGRAM_API_URL" in told


async def test_something_that_is_not_a_bot_api_server_is_told(store: Store) -> None:
    async def page(_: web.Request) -> web.Response:
        return web.Response(text="<html>hello</html>", content_type="text/html")

    app = web.Application()
    app.router.add_route("*", "/{rest:.*}", page)
    runner = web.AppRunner(app)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    bot = make_bot(TOKEN, f"http://127.0.0.1:{runner.addresses[0][1]}")
    try:
        assert "does not answer as a Bot API server does" in await sentence(bot, store)
    finally:
        await bot.session.close()
        await runner.cleanup()


def test_a_file_of_bobs_own_is_made_and_brought_up_to_date(tmp_path: Path) -> None:
    settings = load_settings({"DATA_DIR": str(tmp_path / "new" / "folder")})
    store = open_store(settings)
    assert store.run_sync(meta.get, "bot_id") is None
    store.close()
    assert migrations.check(settings.database_url.get_secret_value()) == "ok"


def test_a_database_newer_than_the_code_is_refused(sqlite_url: str) -> None:
    import sqlite3

    with sqlite3.connect(sqlite_url.removeprefix("sqlite:///")) as conn:
        conn.execute("UPDATE alembic_version SET version_num = '9999'")
    conn.close()
    with pytest.raises(StoreTooNew, match="newer Bob"):
        open_store(load_settings({"DATABASE_URL": sqlite_url}))


def test_a_servers_database_that_is_behind_is_left_to_its_keeper(postgres_database: str) -> None:
    settings = load_settings({"DATABASE_URL": postgres_database})
    with pytest.raises(StartupError, match="bob db upgrade"):
        open_store(settings)
    migrations.upgrade(postgres_database)
    open_store(settings).close()
