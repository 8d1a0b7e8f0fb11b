"""Words of distress, seen before anything else: a fixed, reviewed reply, and the coaching paused for a day."""

from __future__ import annotations

import re
from datetime import timedelta
from functools import cache
from pathlib import Path

import tomli

from bot.dialogs.turn import Turn
from bot.sources.plain import plain

WORDS = Path(__file__).parent.parent / "locales" / "words" / "distress.toml"
LONGEST = 10_000
"""Characters that are looked at: more than Telegram lets anybody write at once."""
PAUSE = timedelta(hours=24)
REASON = "distress"
"""Reason of that pause: the first action after it is a gentle one."""

PREVENTION_LINE = "3114"
"""National suicide prevention line of France, free, day and night (3114.fr)."""
EMERGENCY = ("15", "112")
"""Medical emergencies in France; European emergency number."""


@cache
def _patterns() -> tuple[frozenset[str], re.Pattern[str], re.Pattern[str]]:
    """The longest word of each phrase (without one of them there is no phrase), the phrases, the everyday sayings."""
    content = tomli.loads(WORDS.read_text("utf-8"))

    def joined(phrases: list[str]) -> re.Pattern[str]:
        return re.compile("|".join(rf"\b{plain(phrase)}\b" for phrase in phrases) or r"(?!)")

    marks = frozenset(max(plain(phrase).split(), key=len) for phrase in content["distress"])
    return marks, joined(content["distress"]), joined(content["everyday"])


def heard(text: str) -> bool:
    """Whether the words speak of wanting to die or to harm oneself; everyday sayings ("mort de rire") do not count."""
    marks, distress, everyday = _patterns()
    said = plain(text[:LONGEST])
    if marks.isdisjoint(said.split()):
        return False
    return bool(distress.search(everyday.sub(" ", said)))


def answer(turn: Turn, *, keep_pause: bool = True) -> None:
    """Say the fixed reply and pause the coaching for 24 hours (a longer pause, or a stop, stays as it is)."""
    person = turn.person
    turn.tell("distress.reply", line=PREVENTION_LINE, emergency=EMERGENCY[0], europe=EMERGENCY[1])
    if not keep_pause or person.status not in ("active", "paused"):
        return
    until = turn.now + PAUSE
    if person.paused_until is None or person.paused_until < until:
        person.paused_until = until
    person.status, person.pause_reason = "paused", REASON
