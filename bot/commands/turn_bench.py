"""What a whole turn costs beside aiogram's plain echo: the real path, with only the network missing."""

from __future__ import annotations

import asyncio
import gc
import json
import statistics
import tempfile
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Final


@dataclass(frozen=True, slots=True)
class Costs:
    """CPU seconds of one message, medians of the rounds; `ratio`: of the echo to the turn, median of each round's."""

    echo: float
    turn: float
    ratio: float


async def measured(rounds: int) -> Costs:
    """A full persisted turn against an echo: update in, state and outbox committed, reply sent to a null transport."""
    with tempfile.TemporaryDirectory() as folder:
        async with _echo() as echo, _turns(Path(folder)) as turns:
            await echo(0)
            await turns(0)
            gc.collect()
            gc.freeze()  # as the application does once it runs
            echoes: list[float] = []
            full: list[float] = []
            for number in range(1, rounds + 1):
                for case, times in ((echo, echoes), (turns, full)):
                    gc.collect()
                    start = time.process_time()
                    await case(number)
                    times.append((time.process_time() - start) / PEOPLE_A_ROUND)
    gc.unfreeze()
    # Round by round: what else the machine does weighs on neighbours alike.
    ratio = statistics.median(plain / whole for plain, whole in zip(echoes, full, strict=True))
    return Costs(statistics.median(echoes), statistics.median(full), ratio)


PEOPLE_A_ROUND: Final = 200
_Round = Callable[[int], Awaitable[None]]


def _update(update_id: int, person: int, text: str) -> dict[str, Any]:
    """An update as Telegram sends it."""
    who = {"id": person, "is_bot": False, "first_name": "Camille", "language_code": "fr"}
    chat = {"id": person, "type": "private", "first_name": "Camille"}
    message = {"message_id": update_id, "date": 1_790_000_000, "chat": chat, "from": who, "text": text}
    return {"update_id": update_id, "message": message}


def _null_bot() -> Any:
    """A bot whose calls are written and whose answers are read as ever; only the network between them is missing."""
    from aiogram import Bot

    from bot.telegram.session import Session

    chat = {"id": 1, "type": "private", "first_name": "Camille"}
    sent = {"message_id": 1, "date": 1_790_000_000, "chat": chat, "text": "-"}
    answer = json.dumps({"ok": True, "result": sent})

    class NullTransport(Session):
        async def make_request(self, bot: Any, method: Any, timeout: Any = None) -> Any:  # noqa: ASYNC109
            self.build_form_data(bot, method)
            return self.check_response(bot, method, 200, answer).result

    return Bot("42:bench-token-of-no-value", session=NullTransport())


@asynccontextmanager
async def _echo() -> AsyncIterator[_Round]:
    """aiogram's plain echo: one handler that answers the same text."""
    from aiogram import Dispatcher
    from aiogram.types import Message, Update

    router = Dispatcher()
    bot = _null_bot()

    @router.message()
    async def echo(message: Message) -> None:
        await message.answer(message.text or "")

    async def one_round(number: int) -> None:
        for person in range(PEOPLE_A_ROUND):
            raw = _update(number * PEOPLE_A_ROUND + person + 1, person + 1, "30 km")
            await router.feed_update(bot, Update.model_validate(raw, context={"bot": bot}))

    yield one_round


@asynccontextmanager
async def _turns(folder: Path) -> AsyncIterator[_Round]:
    """The real path: intake, dispatcher, turn, commit, delivery; people who answer and go back, for ever."""
    from bot.commands.cases import world
    from bot.telegram.gateway import TelegramMessenger
    from bot.telegram.intake import Intake
    from bot.telegram.locks import KeyedLocks
    from bot.telegram.routers import dispatcher
    from bot.turns.handling import Turns
    from scheduler.clock import SystemClock
    from scheduler.courier import Courier
    from scheduler.pacing import Pacing
    from storage.engine import Store
    from storage.migrations import upgrade

    url = f"sqlite:///{folder / 'turns.sqlite'}"
    upgrade(url)
    store, clock, bot = Store(url), SystemClock(), _null_bot()
    store.run_sync(_people_at_a_question, clock.now())
    turns = Turns(store, clock, world(), lambda digest: None)
    courier = Courier(store, TelegramMessenger(bot), clock, Pacing.unlimited(), random=lambda: 0.5)
    intake = Intake(bot, dispatcher(), turns, courier.deliver, store, clock, KeyedLocks())

    async def one_round(number: int) -> None:
        text = "retour" if number % 2 else "30 km"
        first = number * PEOPLE_A_ROUND + 1
        for start in range(0, PEOPLE_A_ROUND, 50):
            await intake.accept(
                [
                    _update(first + person, person + 1, text)
                    for person in range(start, min(start + 50, PEOPLE_A_ROUND))
                ]
            )
            while len(intake):  # noqa: ASYNC110 (nothing to wait for but the others' turns)
                await asyncio.sleep(0)

    try:
        yield one_round
    finally:
        await intake.drain(5)
        store.close()


def _people_at_a_question(conn: Any, now: datetime) -> None:
    """People in the middle of the questions, at the one about the distance."""
    from bot.advice.profile import Profile
    from bot.dialogs.welcome import CONSENT_VERSION
    from storage import consents, people

    profile = Profile(
        first_name="Camille", job="serveuse", job_code="G1803", place="Nantes", place_code="44109"
    )
    for person in range(1, PEOPLE_A_ROUND + 1):
        person_id, _ = people.create_person(
            conn,
            now,
            telegram_id=person,
            chat_id=person,
            language="fr",
            form="vous",
            profile=profile,
            focus="onboarding",
        )
        trail = {"trail": ["first_name", "job", "place"]}
        people.save_dialogue(conn, person_id, "onboarding", version=1, state="distance", data=trail, now=now)
        consents.give(conn, person_id, "use", text_version=CONSENT_VERSION, language="fr", now=now)
