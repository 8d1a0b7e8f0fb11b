"""Items that somebody has begun: what is still to be written holds a mark, and nobody gets them meanwhile."""

from __future__ import annotations

from collections.abc import Iterator

from bot.advice.items import Action, Strategy

MARK = "TO WRITE"
"""What an unwritten text starts with."""

NO_STRATEGY = "to-write"
"""What stands in `serves` until the editor names a strategy."""

WORDS = ("title", "text", "first", "easier", "payload")


def is_mark(words: str | None) -> bool:
    return words is not None and words.startswith(MARK)


def unwritten(item: Action | Strategy) -> Iterator[str]:
    """The fields that are still to be written."""
    for language in ("fr", "en"):
        wording = item.wording(language)
        yield from (f"{language}.{name}" for name in WORDS if is_mark(getattr(wording, name, None)))
    if is_mark(item.contributor):
        yield "contributor"
    if isinstance(item, Action) and NO_STRATEGY in item.serves:
        yield "serves"
