"""Words of distress, seen before anything else: a fixed, reviewed reply, and the coaching paused for a day."""

from __future__ import annotations

import re
import tomllib
from datetime import timedelta
from functools import cache
from pathlib import Path

from bot.dialogs.turn import Turn
from bot.sources.plain import plain

WORDS = Path(__file__).parent.parent / "locales" / "words" / "distress.toml"
PAUSE = timedelta(hours=24)

PREVENTION_LINE = "3114"
"""National suicide prevention line of France, free, day and night (3114.fr)."""
EMERGENCY = ("15", "112")
"""Medical emergencies in France; European emergency number."""


@cache
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str]]:
    content = tomllib.loads(WORDS.read_text("utf-8"))

    def joined(phrases: list[str]) -> re.Pattern[str]:
        return re.compile("|".join(rf"\b{plain(phrase)}\b" for phrase in phrases) or r"(?!)")

    return joined(content["distress"]), joined(content["everyday"])


def heard(text: str) -> bool:
    """Whether the words speak of wanting to die or to harm oneself; everyday sayings ("mort de rire") do not count."""
    distress, everyday = _patterns()
    return bool(distress.search(everyday.sub(" ", plain(text[:4000]))))


def answer(turn: Turn, *, keep_pause: bool = True) -> None:
    """Say the fixed reply and pause the coaching for 24 hours (a longer pause, or a stop, stays as it is)."""
    person = turn.person
    turn.tell("distress.reply", line=PREVENTION_LINE, emergency=EMERGENCY[0], europe=EMERGENCY[1])
    until = turn.now + PAUSE
    if (
        keep_pause
        and person.status in ("active", "paused")
        and (person.paused_until is None or person.paused_until < until)
    ):
        person.status, person.paused_until, person.pause_reason = "paused", until, "distress"
