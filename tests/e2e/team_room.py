"""A followed person and two counsellors in the running sandbox, without the ten questions."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from bot.advice.profile import Profile
from bot.counsellors.linking import agree
from bot.dialogs.welcome import CONSENT_VERSION
from bot.sandbox.client import Colleague, Seeker, text_of
from bot.sandbox.messages import Message
from storage import consents, invitations, links, people, teams
from tests.e2e.conftest import Home

WORK_TIME = datetime(2026, 12, 1, 9, 30, tzinfo=UTC)  # a Tuesday, 10:30 in Paris


class TeamRoom:
    """Nadia and Karim in a group with topics (or without), and people whom they follow."""

    def __init__(self, home: Home, *, forum: bool = True) -> None:
        self.home, self.server, self.forum = home, home.server, forum

    def run(self, work: Callable[..., Any], *args: Any, **values: Any) -> Any:
        return self.home.bob.store.run_sync(work, *args, **values)

    @property
    def now(self) -> datetime:
        return self.home.clock.now()

    async def open(self) -> None:
        """The group is activated, both counsellors have joined."""
        self.home.clock.set_at_least(WORK_TIME)
        server = self.server
        self.nadia = Seeker(server, "Nadia")
        self.group = server.groups.create("Mission locale", self.nadia.id, forum=self.forum, bot_admin=True)
        self.team, code = self.run(
            teams.create_team, "Élan", self.now, language="fr", time_zone="Europe/Paris"
        )
        self.run(teams.activate, code, self.group, self.now, is_forum=self.forum)
        self.karim = Seeker(server, "Karim")
        self.at_desk = {}
        for seeker in (self.nadia, self.karim):
            _, personal = self.run(teams.add_counsellor, self.team, seeker.name)
            await seeker.start(personal)
            await self.until(lambda seeker=seeker: any("Bienvenue" in text for text in self.texts(seeker.id)))
            self.at_desk[seeker.name] = Colleague(server, seeker.name, self.group, user_id=seeker.id)

    def counsellor(self, name: str) -> Any:
        return next(one for one in self.run(teams.members, self.team) if one.name == name)

    async def follow(self, first_name: str = "Sofia", words_to: str = "topic") -> Seeker:
        """Somebody who is followed by Nadia; their topic is there."""
        person = Seeker(self.server, first_name)
        await person.start()
        await person.one_message()

        nadia = self.counsellor("Nadia").id

        def link(conn: Any) -> Any:
            person_id, _ = people.create_person(
                conn,
                self.now,
                telegram_id=person.id,
                chat_id=person.id,
                language="fr",
                form="vous",
                profile=Profile(first_name=first_name),
            )
            people.delete_visitor(conn, person.id)
            consents.give(conn, person_id, "use", text_version=CONSENT_VERSION, language="fr", now=self.now)
            people.save_dialogue(
                conn, person_id, "counsellor", version=1, state="quiet", data={}, now=self.now
            )
            code = invitations.make(conn, nadia, self.now, self.now.replace(year=2027))
            return agree(
                conn,
                person_id,
                teams.digest(code),
                self.now,
                shown=("action",),
                initial="M",
                words_to=words_to,  # type: ignore[arg-type]
                language="fr",
            )

        person.link = self.run(link).id  # type: ignore[attr-defined]
        self.home.bob.courier.wake()
        await self.until(lambda: self.topic(person).state == "open")
        return person

    def topic(self, person: Seeker) -> Any:
        return self.run(links.topic_of, person.link)  # type: ignore[attr-defined]

    def link(self, person: Seeker) -> Any:
        return self.run(links.by_id, person.link)  # type: ignore[attr-defined]

    # What is seen

    def seen(self, chat: int) -> list[Message]:
        return [m for m in self.server.world.messages.history(chat) if not m.is_service]

    def texts(self, chat: int) -> list[str]:
        return [text_of(m.content) for m in self.seen(chat)]

    def find(self, chat: int, words: str) -> Message | None:
        return next((m for m in reversed(self.seen(chat)) if words in text_of(m.content)), None)

    async def until(self, fits: Callable[[], Any], within: float = 10.0) -> Any:
        deadline = time.monotonic() + within
        while not (found := fits()):
            assert time.monotonic() < deadline, self.told()
            await asyncio.sleep(0.03)
        return found

    async def comes(self, chat: int, words: str, within: float = 10.0) -> Message:
        found = await self.until(lambda: self.find(chat, words), within)
        assert isinstance(found, Message)
        return found

    async def settled(self) -> None:
        """Everything that was to be said now has been said."""
        await self.home.bob.quiet()
        await self.home.bob.catch_up()

    def told(self) -> str:
        """Every chat, for failures."""
        chats = {self.group: "GROUP"} | {p.id: p.first_name for p in self.server.people.all()}
        return "\n".join(
            f"== {name}\n"
            + "\n".join(f"  {m.thread_id or ''} {m.kind} {text_of(m.content)}" for m in self.seen(chat))
            for chat, name in chats.items()
            if self.server.world.chats.find(chat)
        )

    # What is done

    async def writes(self, person: Seeker, text: str) -> Message:
        """The person writes to their counsellor; the copy, as the team sees it."""
        await person.say("/conseiller")
        await self.until(lambda: self.find(person.id, "Envoyez votre message"))
        await person.say(text)
        return await self.comes(self.place(person), text)

    def place(self, person: Seeker) -> int:
        return self.group if self.link(person).words_to == "topic" else self.nadia.id

    async def answered(self, person: Seeker, words: str = "Bonjour Nadia") -> tuple[Message, Message]:
        """They wrote, and Nadia answered: the copy in front of the team, and her answer there."""
        copy = await self.writes(person, words)
        answer = self.reply(self.nadia, copy, f"Réponse à {words}")
        await self.comes(person.id, f"Réponse à {words}")
        return copy, answer

    def reactions(self, chat: int, message_id: int) -> str:
        return str(self.server.world.messages.need(chat, message_id).reactions)

    def reply(self, who: Seeker, to: Message, text: str) -> Message:
        return self.server.people.send_text(who.id, text, to.chat_id, reply_to=to.message_id)
