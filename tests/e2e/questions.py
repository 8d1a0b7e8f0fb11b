"""The ten questions as a person answers them: the words of each, and what is typed or pressed."""

from __future__ import annotations

from typing import Any

from bot.dialogs.texts import Voice
from bot.sandbox.client import Seeker, text_of

SAY = Voice("fr", "vous")
MICRO = "⏱"
LAST = SAY("diagnosis.next_steps", when="@").split("@", 1)[0]
"""How the last message of the questions begins."""
ANSWERS: tuple[tuple[str, str, str], ...] = (
    # the words of the question, typed or pressed, the answer
    (SAY("questions.first_name.ask"), "say", "Leïla"),
    (SAY("questions.job.ask"), "say", "serveuse"),
    (SAY("questions.place.ask"), "say", "Nantes"),
    (SAY("questions.distance.ask"), "press", "30 km"),
    (SAY("questions.situation.ask"), "press", SAY("questions.situation.options.out_of_work")),
    (SAY("questions.months.ask"), "say", "6 mois"),
    (MICRO, "press", SAY("onboarding.micro_done")),
    (SAY("questions.experience.ask"), "say", "3 ans"),
    (SAY("questions.diploma.ask"), "press", "CAP"),
    (SAY("questions.barriers.ask"), "say", "pas de réponses"),
    (SAY("questions.applications.ask"), "say", "une dizaine"),
    (SAY("questions.interviews.ask"), "say", "0"),
    (SAY("questions.hour.ask"), "say", "9 h 30"),
)


async def agree(person: Seeker) -> None:
    """From /start to the first question."""
    await person.start()
    await until(person, "Bob")
    await person.press(SAY("welcome.agree"))
    await until(person, ANSWERS[0][0])


async def answer(person: Seeker, how: str, words: str) -> None:
    await (person.press(words) if how == "press" else person.say(words))


async def go_through(person: Seeker) -> None:
    """All the questions, to the diagnosis."""
    await agree(person)
    for number, (_, how, words) in enumerate(ANSWERS):
        await answer(person, how, words)
        await until(person, following(number))


def following(number: int) -> str:
    """The words that come after the answer of that number."""
    return ANSWERS[number + 1][0] if number + 1 < len(ANSWERS) else LAST


async def until(person: Seeker, words: str, *, within: float = 20.0) -> Any:
    """The next message or edit that contains these words and is not an answered question."""
    while True:
        message = await person.one_message(within)
        text = text_of(message)
        if words in text and "→" not in text:
            return message
