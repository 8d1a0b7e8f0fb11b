"""B9 in the chat: how each action was chosen is kept with it, and `/pourquoi` says when it was left to chance."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest

from bot.advice.learning.exploring import CANDIDATES, InUse, Policy
from bot.advice.learning.learnt import Learnt
from bot.advice.learning.situations import SITUATIONS
from bot.dialogs.turn import World
from storage.engine import Store
from tests.dialogs.chat import Chat, paris

EXPLORES = "pour apprendre ce qui aide"


@pytest.fixture
def explorer(database: Store, world: World) -> Chat:
    """Somebody whose Bob explores at every choice."""
    chat = Chat(database, replace(world, learning=InUse(Policy(Learnt({}, {}, "v1"), 1.0))))
    chat.onboard()
    return chat


def days_of(chat: Chat) -> Iterator[None]:
    """Working days, with the day's action open."""
    for day in ("27", "28", "30"):
        chat.tick_to(paris(f"2026-11-{day} 09:01"))
        yield
        chat.say("bonjour")  # whoever stays silent gets short actions, which are not explored


def test_every_action_is_kept_with_its_probability(explorer: Chat) -> None:
    for _ in days_of(explorer):
        opened = explorer.open_action
        assert opened is not None
        assert opened.situation in SITUATIONS
        assert opened.propensity == pytest.approx(1 / CANDIDATES)
        assert opened.explored is True
        assert opened.learnt == "v1"


def test_an_action_that_is_asked_for_is_kept_so_too(explorer: Chat) -> None:
    explorer.tick_to(paris("2026-11-27 09:01"))
    explorer.say("c'est fait")
    explorer.command("/action")
    opened = explorer.open_action
    assert opened is not None
    assert opened.origin == "asked"
    assert opened.propensity == pytest.approx(1 / CANDIDATES)


def test_the_first_action_is_never_left_to_chance(explorer: Chat) -> None:
    first = explorer.actions[0]
    assert first.origin == "micro"
    assert (first.propensity, first.explored) == (1.0, False)


def test_a_bob_who_does_not_explore_is_certain(with_action: Chat) -> None:
    opened = with_action.open_action
    assert opened is not None
    assert (opened.propensity, opened.explored, opened.learnt) == (1.0, False, "")


def test_why_says_that_an_action_was_left_to_chance(explorer: Chat, with_action: Chat) -> None:
    said = []
    for _ in days_of(explorer):
        explorer.command("/pourquoi")
        said.append(EXPLORES in explorer.text)
    assert any(said)
    with_action.command("/pourquoi")
    assert EXPLORES not in with_action.text
