"""Which alerts the state of somebody raises, each once, and how many a counsellor gets in a day.

An alert is an *episode*: its key tells when it began, so the same one is never raised twice, and a new one is raised
only after the former has ended. What counsellors answer ("useful", "not useful") measures each kind: one that is surely
of little use comes once a day at the most. What people asked for themselves waits for working hours, and nothing else.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

from bot.commands.intervals import wilson
from bot.counsellors.needs.followed import Followed, Standing
from bot.counsellors.needs.urgent import SUGGESTED, Kind, Suggested, Today

DAILY: Final = 5
"""Alerts of a counsellor in a day; what people asked for counts, but is never held back."""
FLOOR: Final = 0.5
"""A kind whose share of useful alerts is surely below (the whole 95 % interval) comes `FEW` times a day at the most."""
FEW: Final = 1


class AlertKind(StrEnum):
    """What is worth a message of its own, the most important first."""

    CALL = "call"
    HUMAN = "human"
    STUCK = "stuck"
    NOTHING_DONE = "nothing_done"


_IMPORTANCE: Final = {kind: rank for rank, kind in enumerate(AlertKind)}
ASKED_FOR: Final = frozenset({AlertKind.CALL, AlertKind.HUMAN})


@dataclass(frozen=True, slots=True)
class Alert:
    """An episode. `since`: the local date of its beginning, for the words. `key` names it among those of the link."""

    person: Followed
    kind: AlertKind
    key: str
    since: date

    @property
    def suggested(self) -> Suggested:
        """The action of a minute."""
        blocked = self.person.standing is Standing.UNREACHABLE
        return Suggested.CALL if blocked else SUGGESTED[Kind(self.kind.value)]


@dataclass(frozen=True, slots=True)
class Precision:
    """What counsellors answered to the alerts of a kind."""

    useful: int = 0
    answered: int = 0

    @property
    def interval(self) -> tuple[float, float]:
        """The 95 % interval of the share of useful ones, from 0 to 1; nothing is known without an answer."""
        return wilson(self.useful, self.answered) if self.answered else (0.0, 1.0)

    @property
    def a_day(self) -> int:
        """How many of the kind a counsellor may get in a day."""
        return FEW if self.interval[1] < FLOOR else DAILY


def episodes(person: Followed, day: Today) -> Iterator[Alert]:
    """The episodes that somebody is in."""
    if (asked := person.calls_since) is not None:
        yield Alert(person, AlertKind.CALL, f"call:{asked.isoformat()}", day.hours.today(asked))
    if (asked := person.asks_since) is not None:
        yield Alert(person, AlertKind.HUMAN, f"human:{asked.isoformat()}", day.hours.today(asked))
    if person.is_stuck and person.stuck_from is not None:
        yield Alert(person, AlertKind.STUCK, f"stuck:{person.stuck_from}", person.stuck_from)
    if person.did_nothing(day.today) and person.given_from is not None:
        # The first action still in sight moves with the days: the key is when something was last done.
        begun = "never" if person.done_on is None else person.done_on.isoformat()
        yield Alert(
            person, AlertKind.NOTHING_DONE, f"nothing_done:{begun}", person.done_on or person.given_from
        )


def to_raise(
    people: Iterable[Followed],
    day: Today,
    raised: Collection[tuple[int, str]],
    sent_today: Mapping[AlertKind, int],
    precision: Mapping[AlertKind, Precision],
) -> list[Alert]:
    """The alerts that go to a counsellor now, the most important first; none outside working hours.

    `people`: for whom the counsellor acts. `raised`: (link, key) of the episodes that were raised before. `sent_today`:
    alerts of each kind that the counsellor had today. What does not fit is found again on the next working day.
    """
    if not day.hours.is_working(day.now):
        return []
    found = [
        alert
        for person in people
        for alert in episodes(person, day)
        if (person.link, alert.key) not in raised
    ]
    found.sort(key=lambda alert: (_IMPORTANCE[alert.kind], alert.since, alert.person.link))
    sent, going = Counter(sent_today), []
    for alert in found:
        of_kind = precision.get(alert.kind, Precision()).a_day
        if alert.kind in ASKED_FOR or (sent.total() < DAILY and sent[alert.kind] < of_kind):
            sent[alert.kind] += 1
            going.append(alert)
    return going
