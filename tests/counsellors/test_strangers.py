"""Who has no code of the team: told of when they come in, refused once a day, and never able to do anything."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.counsellors.handling import one_event
from bot.counsellors.incoming import GroupEvent, GroupKind
from scheduler.messenger import Delivered
from scheduler.outcomes import record
from storage import outbox
from tests.counsellors.office import GROUP, STRANGER, WORLD, Office
from tests.counsellors.relay_room import RelayRoom


def deliver(office: Office) -> None:
    """Everything that waits goes out."""
    rows = office(outbox.claim, office.now, {"interactive": 50, "bulk": 50}, 50, timedelta(seconds=30))
    for row in rows:
        office(outbox.start, row.id)
        office(record, row, Delivered(77), office.now, timedelta(), None)


def came(office: Office, **changes: object) -> list[str]:
    event = GroupEvent(GroupKind.JOINED, GROUP, STRANGER, is_forum=True, member_id=STRANGER)
    office.updates += 1
    office(one_event, WORLD, replace(event, **changes), office.updates, office.now)  # type: ignore[arg-type]
    said = [told.text for told in office.told()]
    deliver(office)
    return said


def test_the_team_is_told_once_that_a_stranger_came_however_telegram_tells_it(office: Office) -> None:
    assert "sans code de l'équipe" in came(office)[0]
    assert came(office) == []  # the same, as the service message tells it, after the first was delivered
    office.now += timedelta(days=1)
    assert came(office) != []


def test_a_colleague_and_a_bot_are_no_strangers(office: Office) -> None:
    assert came(office, member_id=501) == []
    assert came(office, member_id=77, member_is_bot=True) == []


def test_a_command_of_a_stranger_is_refused_once_a_day(office: Office) -> None:
    refused = [told.text for told in office.command("urgent", STRANGER)]
    deliver(office)
    assert len(refused) == 1
    assert "code personnel" in refused[0]
    assert office.command("urgent", STRANGER) == []


@pytest.mark.parametrize(("who", "told"), [(STRANGER, "code personnel"), (None, "de façon anonyme")])
def test_an_answer_to_somebody_that_goes_nowhere_is_not_left_to_be_believed_sent(
    office: Office, who: int | None, told: str
) -> None:
    room = RelayRoom(office)
    copy = room.exchange()
    office.told()
    for _ in range(2):
        room.member_writes("Bonjour Sofia", reply_to=copy, who=who)  # type: ignore[arg-type]
    room.member_writes("entre nous", reply_to=None, who=who)  # type: ignore[arg-type]
    (refused,) = office.told()
    assert told in refused.text
    assert not room.relayed()
