"""A team to try in the sandbox: its group with topics, two counsellors, and people whom they follow.

Nothing is put into the database behind Bob's back but the team itself, as an operator would make it: the counsellors
present their codes, and the people open an invitation, answer the questions and agree, all by messages and presses.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Sequence
from contextlib import ExitStack, closing
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from bot.dialogs.texts import Voice
from bot.sandbox.client import Colleague, Seeker, text_of
from storage import invitations, teams

if TYPE_CHECKING:
    from bot.app import Bob
    from bot.sandbox.server import SandboxServer

log = logging.getLogger(__name__)

TEAM: Final = "Mission locale d'essai"
COUNSELLORS: Final = ("Nadia", "Karim")
NEWCOMER: Final = "Camille"
"""Whose phone is empty: to try Bob as somebody new."""
_SAY: Final = Voice("fr", "vous")
_MICRO: Final = "⏱"
_PATIENCE: Final = 30.0  # seconds for one answer of Bob


@dataclass(frozen=True, slots=True)
class Example:
    """Somebody made up: what they type (or, with `*`, press) in turn, and what they write to their counsellor."""

    name: str
    answers: tuple[str, ...]
    message: str | None = None


EXAMPLES: Final = (
    Example(
        "Sofia",
        ("Sofia", "serveuse", "Nantes", "30 km", "*questions.situation.options.out_of_work", "6 mois",
         "*onboarding.micro_done", "3 ans", "CAP", "pas de réponses", "une dizaine", "0", "9 h 30"),
        "Bonjour Nadia, j'ai une question sur mon CV. On peut se voir cette semaine ?",
    ),
    Example(
        "Yanis",
        ("Yanis", "magasinier", "Rezé", "10 km", "*questions.situation.options.out_of_work", "2 mois",
         "*onboarding.micro_done", "1 an", "bac", "transport", "3", "1", "10 h"),
    ),
)  # fmt: skip


async def set_up(bob: Bob, server: SandboxServer) -> None:
    """Fill an empty sandbox, while Bob runs; one that was used is left as it is. What goes wrong is logged only."""
    if server.world.chats.people():
        return
    try:
        await _set_up(bob, server)
    except (AssertionError, LookupError, TimeoutError) as fault:
        log.error("the example team is not complete: %s", type(fault).__name__)


async def _set_up(bob: Bob, server: SandboxServer) -> None:
    server.people.create(NEWCOMER)
    counsellor = await _open(bob, server)
    for example in EXAMPLES:
        await _follow(bob, server, counsellor, example)


async def _open(bob: Bob, server: SandboxServer) -> int:
    """The team has its group, and its counsellors have presented their codes; the number of the first of them."""
    now = bob.clock.now()
    team, code = await bob.store.run(
        lambda conn: teams.create_team(conn, TEAM, now, language="fr", time_zone="Europe/Paris")
    )
    ids = []
    with ExitStack() as reading:
        seats = [reading.enter_context(closing(Seeker(server, name))) for name in COUNSELLORS]
        group = server.groups.create(TEAM, seats[0].id)
        for seat in seats[1:]:
            server.groups.join(group, seat.id, actor_id=seats[0].id)
        for seat, name in zip(seats, COUNSELLORS, strict=True):
            counsellor, personal = await bob.store.run(teams.add_counsellor, team, name)
            ids.append(counsellor)
            await seat.start(personal)
            await seat.one_message(_PATIENCE)
        first = reading.enter_context(closing(Colleague(server, COUNSELLORS[0], group, user_id=seats[0].id)))
        await first.say(f"/activer {code}")
        await _until(first, TEAM)
    return ids[0]


async def _follow(bob: Bob, server: SandboxServer, counsellor: int, example: Example) -> None:
    """Somebody opens an invitation, answers the questions, and agrees to be followed."""
    now = bob.clock.now()
    code = await bob.store.run(
        lambda conn: invitations.make(conn, counsellor, now, now.replace(year=now.year + 1))
    )
    with closing(Seeker(server, example.name)) as person:
        await person.start(code)
        await _until(person, _SAY("welcome.agree"))
        await person.press(_SAY("welcome.agree"))
        await _until(person, _SAY("questions.first_name.ask"))
        for number, answer in enumerate(example.answers):
            if answer.startswith("*"):
                await person.press(_SAY(answer[1:]))
            else:
                await _typed(person, answer)
            await _until(person, *_next(number + 1))
        await person.press(_SAY("counsellor.button.yes"))
        await _until(person, _SAY("counsellor.receipt_title"))
        if example.message is not None:
            await person.say("/conseiller")
            await person.one_message(_PATIENCE)
            await person.say(example.message)
            await person.one_message(_PATIENCE)


_ASKED: Final = (
    "questions.first_name.ask", "questions.job.ask", "questions.place.ask", "questions.distance.ask",
    "questions.situation.ask", "questions.months.ask", "", "questions.experience.ask", "questions.diploma.ask",
    "questions.barriers.ask", "questions.applications.ask", "questions.interviews.ask", "questions.hour.ask",
)  # fmt: skip
"""The questions in their order; "" stands for the first small action."""


def _next(number: int) -> Sequence[str]:
    """What Bob says after the answer before: a question, the small action, or at the end the offer to be followed."""
    if number == len(_ASKED):
        return (_SAY("counsellor.preview_title"),)
    return (_SAY(_ASKED[number]),) if _ASKED[number] else (_MICRO,)


async def _typed(person: Seeker, answer: str) -> None:
    """Press the button of these words where there is one, else type them."""
    label = next((label for label in person.buttons() if answer.casefold() == label.casefold()), None)
    if label is not None:
        await person.press(label)
    else:
        await person.say(answer)


async def _until(person: Seeker, *words: str) -> None:
    """Until Bob says these words, or shows a button of them."""
    async with asyncio.timeout(_PATIENCE):
        while True:
            message = await person.one_message(_PATIENCE)
            told = text_of(message) + "\n".join(person.buttons(message))
            if all(word in told for word in words) and "→" not in text_of(message):
                return
