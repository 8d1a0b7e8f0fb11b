"""Live sources are asked before a turn: only when a job or a town is about to be read, and outside any transaction."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import pytest

from bot.dialogs.incoming import Incoming, Kind
from bot.dialogs.turn import Turn
from bot.sources.looked_up import LookedUp, Lookups
from bot.turns import handling
from bot.turns.handling import Turns
from scheduler.clock import ManualClock
from storage import people
from tests.dialogs.chat import Chat

Asked = list[tuple[str, str, tuple[str, ...]]]


class Live:
    """Live sources that note what they are asked, and whether a transaction was open meanwhile."""

    def __init__(self, chat: Chat) -> None:
        self.asked: Asked = []
        self._chat = chat

    async def look_up_job(self, text: str, names: Iterable[str] = ()) -> LookedUp | None:
        return await self._look_up("job", text, names)

    async def look_up_place(self, text: str, names: Iterable[str] = ()) -> LookedUp | None:
        return await self._look_up("place", text, names)

    async def _look_up(self, kind: str, text: str, names: Iterable[str]) -> LookedUp:
        self._chat.store.run_sync(people.load_by_telegram, 1)  # fails where a transaction is open
        self.asked.append((kind, text, tuple(names)))
        return LookedUp(text, (("G1803", 0.6), ("D1106", 0.5)))


@pytest.fixture
def live(chat: Chat) -> Live:
    return Live(chat)


@pytest.fixture
def turns(chat: Chat, live: Live) -> Turns:
    return Turns(chat.store, ManualClock(chat.now), chat.world, lambda digest: None, live)


@pytest.fixture
def had(monkeypatch: pytest.MonkeyPatch) -> list[Lookups]:
    """What each turn was given."""
    found: list[Lookups] = []
    converse = handling.conversation.converse

    def noted(turn: Turn, incoming: Incoming) -> None:
        found.append(turn.lookups)
        converse(turn, incoming)

    monkeypatch.setattr(handling.conversation, "converse", noted)
    return found


_updates = iter(range(900_000, 999_999))


async def say(turns: Turns, chat: Chat, text: str, kind: Kind = Kind.TEXT, **values: Any) -> None:
    await turns.handle(
        Incoming(kind, chat.telegram_id, chat.telegram_id, text=text, **values), next(_updates)
    )


async def test_a_typed_job_is_looked_up_and_handed_to_its_turn(
    chat: Chat, turns: Turns, live: Live, had: list[Lookups]
) -> None:
    chat.agree()
    await say(turns, chat, "Amina")
    assert live.asked == []
    await say(turns, chat, "zgluffeuse xyzique")
    assert live.asked == [("job", "zgluffeuse xyzique", ("Amina",))]
    assert had[0].job is None
    assert had[1].job is not None
    assert had[1].job.codes == ("G1803", "D1106")
    assert had[1].place is None


async def test_a_typed_town_is_looked_up_in_the_questions_and_in_the_profile(
    amina: Chat, turns: Turns, live: Live, had: list[Lookups]
) -> None:
    amina.command("/profil")
    amina.tap("questions.place.short")
    await say(turns, amina, "zgluffbourg-sur-xyz")
    assert live.asked == [("place", "zgluffbourg-sur-xyz", ("Amina",))]
    assert had[-1].place is not None
    assert had[-1].place.text == "zgluffbourg-sur-xyz"


@pytest.mark.parametrize(
    "text", ["passer", "retour", "je ne sais pas", "stop", "plusieurs", "je veux mourir", "aide"]
)
async def test_words_that_are_no_job_are_not_looked_up(
    chat: Chat, turns: Turns, live: Live, text: str
) -> None:
    chat.agree()
    await say(turns, chat, "Amina")
    await say(turns, chat, text)
    assert live.asked == []


async def test_a_pick_is_not_looked_up_and_other_words_are(chat: Chat, turns: Turns, live: Live) -> None:
    chat.agree()
    await say(turns, chat, "Amina")
    chat.say("wvxqeur kjzhique")
    assert chat.record.dialogues["onboarding"].state == "job_pick"
    await say(turns, chat, "zgluffeuse xyzique")
    await say(turns, chat, "non")
    assert [text for _, text, _ in live.asked] == ["zgluffeuse xyzique"]


async def test_nothing_is_looked_up_for_somebody_who_does_not_agree(
    chat: Chat, turns: Turns, live: Live, monkeypatch: pytest.MonkeyPatch
) -> None:
    chat.command("/start")
    await say(turns, chat, "serveuse")
    chat.tap("welcome.agree")
    chat.say("Amina")
    monkeypatch.setattr("bot.dialogs.welcome.CONSENT_VERSION", "another")
    await say(turns, chat, "zgluffeuse xyzique")
    assert live.asked == []


async def test_only_typed_words_are_looked_up(chat: Chat, turns: Turns, live: Live) -> None:
    chat.agree()
    chat.say("Amina")
    await say(turns, chat, "zgluffeuse xyzique", Kind.FORWARDED)
    await say(turns, chat, "zgluffeuse xyzique", Kind.EDITED)
    await say(turns, chat, "code", Kind.COMMAND, command="start")
    assert live.asked == []


async def test_without_live_sources_nothing_more_is_read(chat: Chat, monkeypatch: pytest.MonkeyPatch) -> None:
    chat.agree()
    chat.say("Amina")
    read: list[int] = []
    load = people.load_by_telegram
    monkeypatch.setattr(people, "load_by_telegram", lambda conn, id_: (read.append(id_), load(conn, id_))[1])
    turns = Turns(chat.store, ManualClock(chat.now), chat.world, lambda digest: None)
    await say(turns, chat, "zgluffeuse xyzique")
    assert len(read) == 1
