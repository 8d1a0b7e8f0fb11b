"""Updates over real HTTP: each has its effect once and in order, whatever goes wrong around it."""

from __future__ import annotations

import asyncio
import json
from typing import Any

import pytest
from aiogram import Bot

from bot.dialogs.incoming import Incoming, Kind
from bot.dialogs.replies import Toast
from bot.sandbox.client import Seeker
from bot.telegram.polling import GetRawUpdates
from storage import inbox
from storage.errors import StoreBusy
from tests.telegram.conftest import Build, until
from tests.telegram.echo import Echo


def texts(seeker: Seeker) -> list[str]:
    bot = seeker.server.world.bot_id
    return [str(message.content["text"]) for message in seeker.messages() if message.sender_id == bot]


async def test_a_message_is_answered_and_confirmed(echo: Echo, ana: Seeker) -> None:
    async with echo.polling():
        await ana.say("bonjour")
        assert (await ana.one_message())["text"] == "bonjour"
        await until(lambda: not ana.server.world.queue.pending(10))
    assert ana.server.refused == []
    assert echo.locks.in_use == 0
    assert len(echo.intake) == 0


async def test_a_press_is_answered_with_its_toast_and_a_message(echo: Echo, ana: Seeker) -> None:
    echo.turns.toast = Toast("Noté")
    async with echo.polling():
        await ana.say("bonjour")
        await ana.one_message()
        await ana.press("Encore")
        assert (await ana.answer())["text"] == "Noté"
        assert (await ana.one_message())["text"] == "x"


async def test_an_update_is_confirmed_only_after_its_commit(echo: Echo, ana: Seeker) -> None:
    committed = asyncio.Event()
    pending: list[int] = []

    async def wait(_: Incoming) -> None:
        pending.append(len(ana.server.world.queue.pending(10)))
        await committed.wait()
        pending.append(len(ana.server.world.queue.pending(10)))

    echo.turns.before = wait
    async with echo.polling():
        await ana.say("un")
        await until(lambda: bool(pending))
        await asyncio.sleep(0.3)
        committed.set()
        await ana.one_message()
    assert pending == [1, 1]


async def test_a_redelivered_update_has_one_effect(build: Build, ana: Seeker) -> None:
    first = await build()
    await ana.say("un")
    (raw,) = await first.bot(GetRawUpdates(timeout=0))
    async with first.polling():
        await ana.one_message()
        await until(lambda: not ana.server.world.queue.pending(10))
        await first.intake.accept([raw, raw])
        await first.intake.accept([raw])
    second = await build()
    await second.intake.accept([raw])
    await second.intake.drain(5)
    assert await second.count("effects") == 1
    assert texts(ana) == ["un"]
    assert second.turns.heard == []


async def test_messages_and_presses_of_one_person_keep_their_order(
    echo: Echo, ana: Seeker, ben: Seeker
) -> None:
    started: list[str] = []

    async def dawdle(event: Incoming) -> None:
        started.append(event.text or "press")
        await asyncio.sleep(0.05 if len(started) % 3 else 0.001)

    await ana.say("0")
    async with echo.polling():
        await ana.one_message()
        message_id = ana.messages()[-1].message_id
        echo.turns.before = dawdle
        for number in range(1, 8):
            await ana.say(str(number))
            await ben.say(f"b{number}")
            ana.server.people.press_raw(ana.id, message_id, f"echo1|again|p{number}")
        await until(lambda: len(echo.turns.heard) == 22)
    mine = [e.text or (e.press.value if e.press else "") for e in echo.turns.heard if e.telegram_id == ana.id]
    assert mine == ["0", *(f"{kind}{number}" for number in range(1, 8) for kind in ("", "p"))]
    assert [e.text for e in echo.turns.heard if e.telegram_id == ben.id] == [f"b{n}" for n in range(1, 8)]
    await until(lambda: len(texts(ana)) == 15)
    assert texts(ana) == mine


async def test_different_people_are_served_at_the_same_time(echo: Echo, ana: Seeker, ben: Seeker) -> None:
    both = asyncio.Barrier(2)

    async def meet(_: Incoming) -> None:
        async with asyncio.timeout(5):
            await both.wait()

    echo.turns.before = meet
    await ana.say("a")
    await ben.say("b")
    async with echo.polling():
        assert (await ana.one_message())["text"] == "a"
        assert (await ben.one_message())["text"] == "b"


async def test_a_poison_update_delays_only_its_person_and_is_set_aside(
    build: Build, ana: Seeker, ben: Seeker
) -> None:
    echo = await build(set_aside_seconds=2)

    async def choke(event: Incoming) -> None:
        if event.text == "poison":
            raise ArithmeticError("cannot")

    echo.turns.before = choke
    async with echo.polling():
        await ana.say("poison")
        await ana.say("après")
        await ben.say("bonjour")
        assert (await ben.one_message(within=2))["text"] == "bonjour"
        assert (await ana.one_message(within=15))["text"] == "après"
        await until(lambda: not ana.server.world.queue.pending(10))
    assert texts(ana) == ["après"]
    assert await echo.count("set_aside") == 1


async def test_a_failing_update_has_its_effect_once_the_cause_is_gone(build: Build, ana: Seeker) -> None:
    echo = await build()
    tries = 0

    async def fail_twice(_: Incoming) -> None:
        nonlocal tries
        tries += 1
        if tries < 3:
            raise OSError("database away")

    echo.turns.before = fail_twice
    async with echo.polling():
        await ana.say("un")
        await ana.say("deux")
        await until(lambda: len(texts(ana)) == 2)
    assert texts(ana) == ["un", "deux"]
    assert await echo.store.run(inbox.waiting_for, ana.id) == []
    assert await echo.count("set_aside") == 0


async def test_a_slow_turn_does_not_hold_up_the_updates_of_others(
    build: Build, ana: Seeker, ben: Seeker
) -> None:
    echo = await build(slow_seconds=0.2)
    gate = asyncio.Event()

    async def wait(event: Incoming) -> None:
        if event.telegram_id == ana.id:
            await gate.wait()

    echo.turns.before = wait
    async with echo.polling():
        await ana.say("lent")
        await until(lambda: ana.server.polls > 1)
        await until(lambda: not ana.server.world.queue.pending(10))
        assert len(await echo.store.run(inbox.waiting_for, ana.id)) == 1
        await ben.say("vite")
        assert (await ben.one_message(within=3))["text"] == "vite"
        gate.set()
        assert (await ana.one_message())["text"] == "lent"
    assert await echo.store.run(inbox.waiting_for, ana.id) == []


async def test_what_waits_in_the_inbox_comes_back_after_a_restart_before_newer_updates(
    build: Build, ana: Seeker
) -> None:
    first = await build(slow_seconds=0.1)

    async def fail(_: Incoming) -> None:
        raise OSError("database away")

    first.turns.before = fail
    async with first.polling():
        await ana.say("un")
        await ana.say("deux")
        await until(lambda: ana.server.polls > 1)
        await until(lambda: not ana.server.world.queue.pending(10))
    second = await build()
    await ana.say("trois")
    async with second.polling():
        await until(lambda: len(texts(ana)) == 3)
    assert texts(ana) == ["un", "deux", "trois"]


async def test_shutdown_finishes_the_turn_in_hand_and_leaves_the_rest_to_the_next_start(
    build: Build, ana: Seeker
) -> None:
    first = await build()
    begun = asyncio.Event()

    async def dawdle(_: Incoming) -> None:
        begun.set()
        await asyncio.sleep(0.3)

    first.turns.before = dawdle
    await ana.say("un")
    await ana.say("deux")
    async with first.polling():
        await begun.wait()
    assert texts(ana) == ["un"]
    second = await build()
    async with second.polling():
        await until(lambda: texts(ana) == ["un", "deux"])
    assert await second.count("effects") == 2


async def test_polling_survives_what_telegram_and_the_network_do(echo: Echo, ana: Seeker) -> None:
    for kind in ("429", "500", "502", "drop_before", "drop_after"):
        ana.server.faults.add("getUpdates", kind, 1)
    await ana.say("toujours là")
    async with echo.polling():
        assert (await ana.one_message(within=15))["text"] == "toujours là"
    assert await echo.count("effects") == 1


async def test_trouble_is_told_in_one_line_and_so_is_its_end(
    echo: Echo, ana: Seeker, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("INFO", logger="bot.telegram")
    ana.server.faults.add("getUpdates", "400", 3, text="odd")
    async with echo.polling():
        await until(lambda: not ana.server.faults.pending())
        await ana.say("bonjour")
        await ana.one_message()
    told = [record.getMessage() for record in caplog.records if record.name == "bot.telegram.polling"]
    assert len([line for line in told if "refuses to give updates" in line]) == 1
    assert len([line for line in told if "answers again" in line]) == 1


async def test_a_lost_answer_to_a_message_makes_one_repeat_at_most(echo: Echo, ana: Seeker) -> None:
    ana.server.faults.add("sendMessage", "drop_after", 1)
    async with echo.polling():
        await ana.say("un")
        await until(lambda: len(texts(ana)) == 2)
        await asyncio.sleep(0.5)
    assert texts(ana) == ["un", "un"]
    assert await echo.count("repeats") == 1


async def test_messages_held_up_by_faults_go_out_later_in_order(echo: Echo, ana: Seeker) -> None:
    for kind in ("500", "429", "502"):
        ana.server.faults.add("sendMessage", kind, 1)
    async with echo.polling():
        await ana.say("un")
        await ana.say("deux")
        await ana.say("trois")
        await until(lambda: len(texts(ana)) == 3, within=20)
    assert texts(ana) == ["un", "deux", "trois"]


async def test_blocking_and_coming_back_are_told(echo: Echo, ana: Seeker) -> None:
    async with echo.polling():
        await ana.say("un")
        await ana.one_message()
        ana.server.people.block(ana.id)
        ana.server.people.unblock(ana.id)
        await until(lambda: len(echo.turns.heard) == 3)
    assert [event.kind for event in echo.turns.heard] == [Kind.TEXT, Kind.BLOCKED, Kind.UNBLOCKED]


async def test_unknown_kinds_of_updates_are_seen_and_hide_nothing(echo: Echo, ana: Seeker) -> None:
    await ana.say("un")
    (raw,) = await echo.bot(GetRawUpdates(timeout=0))
    person = raw["message"]["from"]
    odd = {**raw["message"], "text": None, "forward_origin": {"type": "from_the_future", "date": 0}}
    batch = [
        {"update_id": 9_000_001, "brand_new_thing": {"from": person, "x": 1}},
        {"update_id": 9_000_002, "message": odd},
        {
            "update_id": 9_000_003,
            "message": {"message_id": 5, "date": 0, "chat": {"id": -5, "type": "group"}},
        },
        {"no_id": True},
        {"update_id": 9_000_004},
        raw,
    ]
    await echo.intake.accept(batch)
    await echo.intake.drain(5)
    assert [event.kind for event in echo.turns.heard] == [Kind.TEXT, Kind.OTHER]
    for update_id in (9_000_001, 9_000_002, 9_000_003, 9_000_004):
        assert await echo.store.run(inbox.seen, update_id, echo.clock.now())


async def test_two_pollers_both_go_on_and_nothing_is_doubled(
    build: Build, ana: Seeker, caplog: pytest.LogCaptureFixture
) -> None:
    one, other = await build(), await build()
    async with one.polling(), other.polling():
        await asyncio.sleep(0.3)
        for number in range(5):
            await ana.say(str(number))
        await until(lambda: len(texts(ana)) >= 5, within=15)
        await asyncio.sleep(0.3)
    assert sorted(texts(ana)) == [str(number) for number in range(5)]
    assert "Another program polls with the same token" in caplog.text


@pytest.mark.parametrize(
    ("status", "description", "words"),
    [
        (401, "Unauthorized", "put the new one in BOT_TOKEN"),
        (404, "Not Found", "put the new one in BOT_TOKEN"),
        (409, "Conflict: can't use getUpdates method while webhook is active", "A webhook is set"),
        (409, "Conflict: terminated by other getUpdates request", "Another program polls"),
        (502, "Bad Gateway", "a fault of its own"),
        (400, "Bad Request: odd", "refuses to give updates"),
    ],
)
async def test_each_refusal_of_a_poll_is_told_once_without_the_token_and_polling_goes_on(
    echo: Echo,
    ana: Seeker,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
    status: int,
    description: str,
    words: str,
) -> None:
    faults = [json.dumps({"ok": False, "error_code": status, "description": description})] * 2
    call = echo.bot.session.make_request

    async def refuse(bot: Bot, method: Any, timeout: Any = None) -> Any:
        if faults and isinstance(method, GetRawUpdates):
            return echo.bot.session.check_response(bot, method, status, faults.pop())
        return await call(bot, method, timeout)

    monkeypatch.setattr(echo.bot.session, "make_request", refuse)
    await ana.say("un")
    async with echo.polling():
        assert (await ana.one_message())["text"] == "un"
    assert caplog.text.count(words) == 1
    assert echo.bot.token not in caplog.text


async def test_a_long_toast_is_shortened_and_a_press_too_old_is_harmless(echo: Echo, ana: Seeker) -> None:
    echo.turns.toast = Toast("Un mot de plus. " * 30, alert=True)
    async with echo.polling():
        await ana.say("un")
        await ana.one_message()
        await ana.press("Encore")
        answer = await ana.answer()
        assert 100 < len(answer["text"]) <= 200
        assert answer["show_alert"] is True
        ana.server.faults.add(
            "answerCallbackQuery", "400", 1, text="query is too old and response timeout expired"
        )
        await ana.press("Encore")
        assert (await ana.one_message())["text"] == "x"


async def test_shutdown_cuts_what_takes_too_long_and_it_comes_back(build: Build, ana: Seeker) -> None:
    first = await build()

    async def hang(_: Incoming) -> None:
        await asyncio.sleep(60)

    first.turns.before = hang
    await ana.say("un")
    (raw,) = await first.bot(GetRawUpdates(timeout=0))
    accepting = asyncio.create_task(first.intake.accept([raw]))
    await asyncio.sleep(0.1)
    await first.intake.drain(0.1)
    accepting.cancel()
    await asyncio.gather(accepting, return_exceptions=True)
    assert (len(first.intake), first.locks.in_use) == (0, 0)
    second = await build()
    async with second.polling():
        assert (await ana.one_message())["text"] == "un"


async def test_a_flood_makes_the_loop_fetch_no_more_than_it_can_hold(build: Build, ana: Seeker) -> None:
    echo = await build(slow_seconds=0.1, in_flight=5)
    gate = asyncio.Event()

    async def wait(_: Incoming) -> None:
        await gate.wait()

    echo.turns.before = wait
    for number in range(8):
        await ana.say(str(number))
    raws = await echo.bot(GetRawUpdates(timeout=0))
    accepting = asyncio.create_task(echo.intake.accept(raws))
    await asyncio.sleep(0.4)
    assert not accepting.done()
    assert len(await echo.store.run(inbox.waiting_for, ana.id)) == 8
    gate.set()
    await asyncio.wait_for(accepting, 5)
    await until(lambda: len(texts(ana)) == 8)
    assert texts(ana) == [str(number) for number in range(8)]
    await until(lambda: len(echo.intake) == 0)


async def test_what_was_left_in_the_inbox_and_what_telegram_brings_again_keep_their_order(
    build: Build, ana: Seeker
) -> None:
    for text in ("un", "deux", "trois"):
        await ana.say(text)
    first = await build()
    raws = await first.bot(GetRawUpdates(timeout=0))
    now = first.clock.now()
    kept = raws[1]
    await first.store.run(
        inbox.keep,
        now,
        update_id=kept["update_id"],
        telegram_id=ana.id,
        payload=json.dumps(kept),
        update_type="message",
        next_try_at=now,
    )
    async with first.polling():
        await until(lambda: len(texts(ana)) == 3)
    assert texts(ana) == ["un", "deux", "trois"]
    assert await first.store.run(inbox.waiting_for, ana.id) == []


async def test_an_update_set_aside_by_an_earlier_run_is_not_tried_for_another_minute(
    build: Build, ana: Seeker
) -> None:
    echo = await build()
    await ana.say("poison")
    (raw,) = await echo.bot(GetRawUpdates(timeout=0))
    now = echo.clock.now()
    await echo.store.run(
        inbox.keep,
        now,
        update_id=raw["update_id"],
        telegram_id=ana.id,
        payload="x",
        update_type="message",
        next_try_at=now,
    )
    await echo.store.run(inbox.set_aside, raw["update_id"])

    async def choke(_: Incoming) -> None:
        raise ArithmeticError

    echo.turns.before = choke
    async with asyncio.timeout(1):
        await echo.intake.accept([raw])
        while len(echo.intake):
            await asyncio.sleep(0.01)


async def test_without_a_database_nothing_is_confirmed_and_nothing_is_lost(
    build: Build, ana: Seeker, monkeypatch: pytest.MonkeyPatch
) -> None:
    echo = await build(slow_seconds=0.2)
    run, away = echo.store.run, asyncio.Event()

    async def sometimes(fn: Any, *args: Any, **kwargs: Any) -> Any:
        if not away.is_set():
            raise StoreBusy("another process holds the database")
        return await run(fn, *args, **kwargs)

    monkeypatch.setattr(echo.store, "run", sometimes)
    await ana.say("un")
    async with echo.polling():
        await asyncio.sleep(1)
        assert len(ana.server.world.queue.pending(10)) == 1
        away.set()
        assert (await ana.one_message(within=20))["text"] == "un"
        await until(lambda: not ana.server.world.queue.pending(10))
    assert await echo.count("effects") == 1
