"""Words that open a subject: prison, exile, health. Only what people say of themselves counts."""

from __future__ import annotations

from bot.sources.plain import plain
from bot.understanding import words
from bot.understanding.text import LONGEST

SUBJECTS = ("prison", "exile", "health")
_TABLE = "topic_words"


def subject(text: str) -> str | None:
    """The subject that somebody speaks of as their own; None when they speak of none, or of another's."""
    said = plain(text[:LONGEST])
    if not said:
        return None
    return next((name for name in SUBJECTS if words.expression(_TABLE, name).search(said)), None)
