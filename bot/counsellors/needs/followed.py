"""What a counsellor's list needs to know of somebody: when they were spoken to, what they asked for, what got stuck.

Nothing of what was said, and nothing of why: no health, money, family, no words of anybody.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Final

from bot.counsellors.group_text import PersonLabel

STUCK_TIMES: Final = 3
NOTHING_DONE: Final = timedelta(days=14)
NO_MEETING: Final = timedelta(days=14)
NEW: Final = timedelta(days=28)
"""How long somebody is new: an appointment is kept for 30 days, so a meeting since the link is still known."""
LOOKS_BACK: Final = timedelta(days=21)
"""How far back an action counts as received, for `Followed.given_from`."""


class Standing(StrEnum):
    """Where the person is with Bob."""

    SEARCHING = "searching"
    PAUSED = "paused"
    IN_WORK = "in_work"
    STOPPED = "stopped"  # wants no messages
    UNREACHABLE = "unreachable"  # has blocked Bob, or left Telegram


@dataclass(frozen=True, slots=True)
class Followed:
    """Somebody whom a counsellor follows. Dates are local to the team, instants UTC.

    `label`: first name and initial. `counsellor`: who acts today, the linked one or whoever covers. `waiting_since`:
    the first message of theirs that has no answer. `call_asked_at`: they agreed that the counsellor be told to call.
    `handled_at`: the counsellor said that it was seen to. `stuck_from`, `stuck_at`: the first and the last of the
    latest actions in a row that got stuck. `given_from`: the first action of the last three weeks that they received
    since they last did one. `raised_on`: when they last came up because nobody had spoken to them.
    """

    link: int
    label: PersonLabel
    counsellor: int
    linked_on: date
    standing: Standing = Standing.SEARCHING
    waiting_since: datetime | None = None
    human_asked_at: datetime | None = None
    call_asked_at: datetime | None = None
    contacted_at: datetime | None = None
    met_on: date | None = None
    next_appointment_at: datetime | None = None
    stuck_in_a_row: int = 0
    stuck_from: date | None = None
    stuck_at: datetime | None = None
    done_on: date | None = None
    given_from: date | None = None
    handled_at: datetime | None = None
    raised_on: date | None = None

    @property
    def waits_since(self) -> datetime | None:
        """Since when a message waits for its answer."""
        return self._unless_handled(self.waiting_since)

    @property
    def calls_since(self) -> datetime | None:
        """Since when a call is asked for. A written answer is no call: only the counsellor says that it was made."""
        return self._unless_handled(self.call_asked_at)

    @property
    def asks_since(self) -> datetime | None:
        """Since when they ask for a human, nobody having written to them since."""
        asked = self._unless_handled(self.human_asked_at)
        answered = asked is not None and self.contacted_at is not None and self.contacted_at > asked
        return None if answered else asked

    @property
    def is_stuck(self) -> bool:
        """Whether the latest actions got stuck, one after the other."""
        return self.standing is Standing.SEARCHING and self.stuck_in_a_row >= STUCK_TIMES

    def did_nothing(self, today: date) -> bool:
        """Whether actions have come for two weeks and none was done. Never during a pause, nor in a job."""
        return (
            self.standing is Standing.SEARCHING
            and self.given_from is not None
            and today - self.given_from >= NOTHING_DONE
        )

    def _unless_handled(self, since: datetime | None) -> datetime | None:
        handled = since is not None and self.handled_at is not None and self.handled_at >= since
        return None if handled else since
