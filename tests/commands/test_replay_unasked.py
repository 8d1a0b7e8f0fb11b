"""Whatever Bob says unasked can be seen in `bob replay`: a bid that it cannot show fails here."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

import pytest

from bot.advice.profile import Profile
from bot.commands.replay import replay
from bot.dialogs import unasked
from bot.dialogs.effects import Effect, ExportData
from bot.dialogs.from_team import Assigned
from bot.dialogs.replies import Reply
from bot.dialogs.turn import OpenDialogue, Turn
from bot.dialogs.unasked import Bid
from tests.advice.making_applications import an_application

FRIDAY = date(2026, 11, 27)


def an_application_sent_long_ago(turn: Turn) -> None:
    turn.board = (an_application(days=20),)


def a_job_found_a_month_ago(turn: Turn) -> None:
    told = (turn.today - timedelta(days=31)).isoformat()
    turn.person.dialogues["found"] = OpenDialogue("working", 1, {"on": told, "weeks": True, "surveys": True})


def an_action_that_a_counsellor_chose(turn: Turn) -> None:
    turn.assigned = (Assigned(1, "Nadia", turn.today, words="Appelez la boulangerie de la gare."),)


PREPARED: dict[str, Callable[[Turn], None]] = {
    "assigned": an_action_that_a_counsellor_chose,
    "in_work": a_job_found_a_month_ago,
    "follow_up": an_application_sent_long_ago,
}
"""What a bid speaks of (an application, a job found...), by its name: put into the turn before it speaks."""

INVENTED = Bid("invented", lambda turn: True, lambda turn: turn.say("Un mot de plus."))
"""Stands for the bids of the future, so that the test is tried even while there is none."""


def shown(bid: Bid, monkeypatch: pytest.MonkeyPatch) -> tuple[list[Reply], list[str]]:
    """What the bid says on a day that is its own, and the texts that replay shows of that day."""
    said: list[Reply] = []

    def due(turn: Turn) -> bool:
        return turn.today == FRIDAY

    def say(turn: Turn) -> None:
        PREPARED.get(bid.name, lambda turn: None)(turn)
        bid.say(turn)
        said.extend(turn.replies)

    monkeypatch.setattr(unasked, "ORDER", (replace(bid, due=due, say=say),))
    profile = Profile(
        first_name="Amina", job="aide-soignante", place="Angers", months=6, applications=12, interviews=0
    )
    messages = replay(profile, days=2, habits="always", person="x", language="fr", form="vous", start=FRIDAY)
    return said, [message["text"] for message in messages if message["at"].startswith(FRIDAY.isoformat())]


@pytest.mark.parametrize("bid", [*unasked.ORDER, INVENTED], ids=lambda bid: bid.name)
def test_replay_shows_everything_that_bids_for_the_day(bid: Bid, monkeypatch: pytest.MonkeyPatch) -> None:
    said, texts = shown(bid, monkeypatch)
    assert said, f"{bid.name} says nothing: put what it speaks of into PREPARED"
    for reply in said:
        assert any(reply.text in text for text in texts), f"replay does not show: {reply.text}"


def test_a_bid_that_says_nothing_is_found_out(monkeypatch: pytest.MonkeyPatch) -> None:
    said, _ = shown(replace(INVENTED, say=lambda turn: None), monkeypatch)
    assert not said


def test_a_bid_that_does_what_replay_does_not_know_is_found_out(monkeypatch: pytest.MonkeyPatch) -> None:
    unknown: Effect = ExportData("caption")
    with pytest.raises(TypeError, match="replay does not know what ExportData does"):
        shown(replace(INVENTED, say=lambda turn: turn.do(unknown)), monkeypatch)
