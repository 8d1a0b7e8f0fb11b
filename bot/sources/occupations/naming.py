"""What a sentence names: jobs and themes among other words, wished for or over."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from bot.sources.found import Candidate, Decision, Found
from bot.sources.occupations.known import KnownOccupation
from bot.sources.occupations.said import is_chat, without_around
from bot.sources.plain import plain

MUCH_MORE_COMMON = 2
"""Steps of popularity that make the one meant of two occupations with the same name."""
ONE_WORD, THEME = 0.76, 0.58
"""Scores of a job and of a theme that a sentence names in one word."""
SEVERAL_WORDS, WISHED, OVER = 0.12, 0.1, -0.3
"""Scores of what a sentence names."""
COMMON = 0.012
"""What one step of popularity (1 to 5) adds: it settles ties."""
SURE_ENOUGH = 0.86
"""Score of the one job that a sentence says."""


@dataclass(frozen=True, slots=True)
class Named:
    """What a sentence names: its `words`, how many of them carry meaning, and whether it is wished for, or over."""

    words: str
    length: int
    wished: bool | None
    candidates: tuple[Candidate[KnownOccupation], ...]

    @property
    def is_job(self) -> bool:
        """A job, and no theme."""
        return self.candidates[0].score > THEME

    def scored(self) -> Iterable[Candidate[KnownOccupation]]:
        """The candidates as they count in a sentence: several words say more than one, a wish more than the past."""
        more = SEVERAL_WORDS if self.is_job and self.length > 1 else 0.0
        more += {True: WISHED, None: 0.0, False: OVER}[self.wished]
        for one in self.candidates:
            common = COMMON * (one.entry.common - 5)
            yield Candidate(one.entry, round(min(1.0, one.score + more + common), 3))


def only_wish(named: Sequence[Named], words: str) -> Found[KnownOccupation] | None:
    """The one job that a sentence names, if it says nothing else and the job stands for one occupation; else None."""
    jobs = [name for name in named if name.is_job]
    if len(jobs) != 1 or jobs[0].wished is not True:
        return None
    said = plain(jobs[0].words).split()
    if any(word not in said and not is_chat(word) for word in without_around(words).split()):
        return None
    first, *others = jobs[0].candidates
    if any(not is_much_more_common(first.entry, other.entry) for other in others):
        return None
    return Found(Decision.TAKE, (Candidate(first.entry, max(SURE_ENOUGH, first.score)),))


def is_much_more_common(mine: KnownOccupation, other: KnownOccupation) -> bool:
    """Whether a name that both bear means this one."""
    if mine.code_v3 == other.code_v3:
        return mine.common > other.common
    return mine.common - other.common >= MUCH_MORE_COMMON
