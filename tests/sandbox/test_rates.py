"""Telegram's rates, when they are enforced."""

from __future__ import annotations

from itertools import pairwise

import pytest
from aiogram.exceptions import TelegramRetryAfter
from aiogram.methods import CopyMessages, SendMessage
from hypothesis import given
from hypothesis import strategies as st

from bot.sandbox.errors import ApiError
from bot.sandbox.rates import Rates, cost, counts
from bot.telegram.limits import MESSAGES_PER_CHAT_BURST, MESSAGES_PER_GROUP_PER_MINUTE, MESSAGES_PER_SECOND
from tests.sandbox.conftest import aiogram_bot, serving


class Time:
    """A hand-moved monotonic clock, in seconds."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


def accepted(rates: Rates, chat_id: int, is_group: bool = False) -> bool:
    try:
        rates.check(chat_id, is_group)
    except ApiError as refusal:
        return refusal.code != 429
    return True


def test_thirty_messages_a_second_in_all() -> None:
    time = Time()
    rates = Rates(time)
    assert sum(accepted(rates, chat_id) for chat_id in range(40)) == MESSAGES_PER_SECOND
    time.now += 1.0
    assert sum(accepted(rates, chat_id) for chat_id in range(40, 80)) == MESSAGES_PER_SECOND


def test_a_burst_then_one_a_second_per_chat() -> None:
    time = Time()
    rates = Rates(time)
    assert sum(accepted(rates, 1) for _ in range(10)) == MESSAGES_PER_CHAT_BURST
    time.now += 1.0
    assert sum(accepted(rates, 1) for _ in range(10)) == 1
    assert accepted(rates, 2)


def test_every_item_of_a_batch_counts() -> None:
    time = Time()
    rates = Rates(time)
    rates.check(-1, True, messages=15)
    time.now += 15.0
    rates.check(-1, True, messages=10)
    time.now += 15.0
    assert not accepted(rates, -1, is_group=True)
    time.now += 31.0
    assert accepted(rates, -1, is_group=True)
    album = CopyMessages(chat_id=-1, from_chat_id=1, message_ids=[1, 2, 3])
    assert [cost(album), cost(SendMessage(chat_id=1, text="a"))] == [3, 1]


def test_twenty_a_minute_per_group() -> None:
    time = Time()
    rates = Rates(time)
    sent = 0
    for _ in range(30):
        sent += accepted(rates, -1, is_group=True)
        time.now += 1.5
    assert sent == MESSAGES_PER_GROUP_PER_MINUTE
    time.now += 31.0
    assert accepted(rates, -1, is_group=True)


def test_the_wait_that_is_asked_for_is_enough() -> None:
    time = Time()
    rates = Rates(time)
    for _ in range(MESSAGES_PER_CHAT_BURST):
        rates.check(1, False)
    with pytest.raises(ApiError) as refused:
        rates.check(1, False)
    time.now += refused.value.parameters["retry_after"]
    rates.check(1, False)


@given(st.lists(st.tuples(st.floats(0, 0.3), st.integers(1, 60)), max_size=200))
def test_no_second_ever_holds_more_than_thirty(steps: list[tuple[float, int]]) -> None:
    time = Time()
    rates = Rates(time)
    sent: list[float] = []
    for pause, chat_id in steps:
        time.now += pause
        if accepted(rates, chat_id):
            sent.append(time.now)
    for first, thirtieth in zip(sent, sent[MESSAGES_PER_SECOND:], strict=False):
        assert thirtieth - first >= 1.0
    assert all(later >= earlier for earlier, later in pairwise(sent))


@pytest.mark.parametrize(
    ("method", "counted"),
    [
        ("sendMessage", True),
        ("copyMessage", True),
        ("editMessageText", True),
        ("createForumTopic", True),
        ("sendChatAction", False),
        ("deleteMessage", False),
        ("answerCallbackQuery", False),
        ("getUpdates", False),
    ],
)
def test_which_methods_count(method: str, counted: bool) -> None:
    assert counts(method) is counted


async def test_the_server_refuses_what_is_too_fast_and_keeps_nothing_of_it() -> None:
    async with serving(enforce_rates=True) as server, aiogram_bot(server.url) as bot:
        ana = server.people.create("Ana")
        server.people.start(ana.id)
        for _ in range(MESSAGES_PER_CHAT_BURST):
            await bot.send_message(ana.id, "a")
        with pytest.raises(TelegramRetryAfter) as refused:
            await bot.send_message(ana.id, "trop")
        assert refused.value.retry_after == 1
        assert len(server.world.messages.history(ana.id)) == 1 + MESSAGES_PER_CHAT_BURST
