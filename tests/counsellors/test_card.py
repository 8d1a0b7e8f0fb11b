"""What the pinned card says, and when it is written anew."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest

from bot.advice.facts import Family
from bot.counsellors import card
from bot.counsellors.card import CardFacts
from bot.counsellors.group_text import ActionKind, CounsellorName, OnDate, label, said
from bot.dialogs.texts import Voice
from tests.counsellors.acting import GROUP, WORLD, Room
from tests.counsellors.following import TODAY
from tests.counsellors.test_assigning import MORNING, given

AT_NINE = datetime.combine(TODAY, datetime.min.time()).replace(hour=9)
FULL = CardFacts(
    label("Sofia", "M"),
    CounsellorName("Nadia"),
    cover=CounsellorName("Karim"),
    cover_until=TODAY + timedelta(days=1),
    waiting_since=AT_NINE,
    delivered=AT_NINE,
    answered=AT_NINE,
    wants_call=True,
    paused_until=TODAY + timedelta(days=2),
    action=ActionKind(Family.NETWORK),
    action_day=TODAY,
    last_activity=TODAY,
    done=1,
    received=2,
    appointment=AT_NINE + timedelta(days=1),
)


@pytest.mark.parametrize("language", ["fr", "en"])
def test_a_card_says_the_same_whatever_day_it_is_read(language: str) -> None:
    voice, text = Voice(language), card.text_of(FULL)
    written = text.render(voice, TODAY)
    assert {text.render(voice, TODAY + timedelta(days=ahead)) for ahead in range(-8, 9)} == {written}
    assert voice.date(TODAY) in written


def test_a_day_on_the_card_is_told_by_its_date() -> None:
    told = said("group.card.activity", day=OnDate(date(2026, 12, 1)))
    assert told.render(Voice("fr"), date(2026, 12, 1)) == "Dernière activité : mardi 1er décembre"


def test_the_card_tells_of_an_action_once_it_has_gone_out_with_nobody_touching_anything(room: Room) -> None:
    given(room)
    room.now = MORNING + timedelta(minutes=1)
    room(card.refresh_due, WORLD, room.now, 10)
    shown = [each.text for each in room.deliver() if each.chat == GROUP]
    assert len(shown) == 1
    assert "Action proposée par Nadia (mercredi 25 novembre)" in shown[0]
