"""The ten questions as a person answers them: what each message contains, and what is typed or pressed."""

from __future__ import annotations

from typing import Any

from bot.sandbox.client import Seeker, text_of

ANSWERS: tuple[tuple[str, str, str], ...] = (
    # what the question contains, typed or pressed, the answer
    ("1/10", "say", "Leïla"),
    ("2/10", "say", "serveuse"),
    ("3/10", "say", "Nantes"),
    ("3/10", "press", "30 km"),
    ("4/10", "press", "Sans emploi"),
    ("5/10", "say", "6 mois"),
    ("3 minutes", "press", "C'est fait"),
    ("6/10", "say", "3 ans"),
    ("7/10", "press", "CAP"),
    ("8/10", "say", "pas de réponses"),
    ("9/10", "say", "une dizaine"),
    ("9/10", "say", "0"),
    ("10/10", "say", "9 h 30"),
)


async def agree(person: Seeker) -> None:
    """From /start to the first question."""
    await person.start()
    await until(person, "Bonjour, je suis Bob")
    await person.press("15 ans ou plus")
    await until(person, "1/10")


async def answer(person: Seeker, how: str, words: str) -> None:
    await (person.press(words) if how == "press" else person.say(words))


async def go_through(person: Seeker) -> None:
    """All the questions, to the diagnosis."""
    await agree(person)
    for number, (question, how, words) in enumerate(ANSWERS):
        await answer(person, how, words)
        following = ANSWERS[number + 1][0] if number + 1 < len(ANSWERS) else "Prochaine action"
        await until(person, following, not_answered=question if following == question else None)


async def until(person: Seeker, words: str, *, within: float = 20.0, not_answered: str | None = None) -> Any:
    """The next message or edit that contains these words and still bears its question."""
    while True:
        message = await person.one_message(within)
        text = text_of(message)
        if words in text and "→" not in text:
            return message
