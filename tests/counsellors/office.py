"""A team in front of its group: what its members type and press, and what Bob says to them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select

from bot.advice.facts import Outcome
from bot.advice.profile import Profile
from bot.commands.cases import world
from bot.counsellors.handling import one_event, private_event
from bot.counsellors.incoming import GroupEvent, GroupKind
from bot.dialogs.incoming import Press
from bot.dialogs.replies import Toast
from storage import days, links, people, teams
from storage.engine import Store
from storage.tables.core import outbox
from tests.counsellors.following import TUESDAY

GROUP = -1001
NADIA, KARIM, STRANGER = 501, 502, 599
A_DAY = timedelta(days=1)
WORLD = world()


@dataclass(frozen=True)
class Told:
    """One message of Bob: where, in whose topic, its words and its buttons (label, link, value)."""

    chat: int
    topic: int | None
    text: str
    buttons: tuple[tuple[str, str, str], ...]
    method: str
    purpose: str

    @property
    def labels(self) -> list[str]:
        return [label for label, _, _ in self.buttons]


class Office:
    """The team "Élan" in Paris, with Nadia and Karim, in one group with topics."""

    def __init__(self, store: Store, now: datetime = TUESDAY) -> None:
        self.store, self.now, self.updates, self.read = store, now, 0, 0
        self.team_id, code = self(teams.create_team, "Élan", now, language="fr", time_zone="Europe/Paris")
        self(teams.activate, code, GROUP, now, is_forum=True)
        self.nadia, self.karim = (
            self._join(name, chat) for name, chat in (("Nadia", NADIA), ("Karim", KARIM))
        )

    def __call__(self, work: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
        return self.store.run_sync(work, *args, **kwargs)

    def _join(self, name: str, chat: int) -> int:
        counsellor, code = self(teams.add_counsellor, self.team_id, name)
        self(teams.join, code, chat, self.now)
        return int(counsellor)

    def follow(
        self, first_name: str = "Sofia", counsellor: int | None = None, days_ago: int = 100, **known: Any
    ) -> int:
        """Somebody in touch with the team, written to last week; returns the link. `known`: columns of the link."""
        chat = 2000 + self.updates
        self.updates += 1
        person, _ = self(
            people.create_person,
            self.now,
            telegram_id=chat,
            chat_id=chat,
            language="fr",
            form="vous",
            profile=Profile(first_name=first_name),
        )
        link = self(
            links.create,
            person,
            self.team_id,
            counsellor or self.nadia,
            self.now - days_ago * A_DAY,
            shown=["action", "activity", "rhythm", "appointment"],
            initial="M",
            words_to="topic",
        )
        self(links.save, link.id, **({"last_contact_at": self.now - 5 * A_DAY} | known))
        self(links.open_topic, link.id, GROUP, f"{first_name} M.")
        self(links.save_topic, link.id, thread_id=7000 + link.id, state="open", card_message=8000 + link.id)
        return int(link.id)

    def person_of(self, link: int) -> str:
        return str(self(links.by_id, link).person_id)

    def link(self, link: int) -> links.LinkRow:
        found = self(links.by_id, link)
        assert isinstance(found, links.LinkRow)
        return found

    def acted(
        self, link: int, days_ago: int, outcome: Outcome = Outcome.EXPIRED, *, stuck: bool = False
    ) -> None:
        """An action of so many days ago, and how it ended."""
        then = self.now - days_ago * A_DAY
        made = self(
            days.open_action,
            self.person_of(link),
            local_date=then.date(),
            catalogue_id="call-a-friend",
            family="network",
            effort="small",
            minutes=10,
            origin="push",
            now=then,
        )
        self(days.set_action, made, stuck=stuck)
        self(days.close_action, made, outcome, now=then)

    # What members do

    def command(
        self, name: str, who: int = NADIA, *, argument: str = "", private: bool = False
    ) -> list[Told]:
        """A command; what Bob says then."""
        chat = who if private else GROUP
        self._event(GroupEvent(GroupKind.COMMAND, chat, who, command=name, text=argument, message_id=1))
        return self.told()

    def tap(
        self, told: Told, label: str, who: int = NADIA, message: int = 77, thread: int | None = None
    ) -> tuple[Toast | None, list[Told]]:
        """The button whose label ends so; the words over it, and what Bob says."""
        _, link, value = next(each for each in told.buttons if each[0].endswith(label))
        return self.forge(link, value, who, message=message, chat=told.chat, thread=thread)

    def forge(
        self,
        link: str,
        value: str,
        who: int = NADIA,
        *,
        message: int = 77,
        chat: int = GROUP,
        thread: int | None = None,
    ) -> tuple[Toast | None, list[Told]]:
        """A press with any words in it."""
        pressed = Press("urgent", 1, link, value)
        event = GroupEvent(
            GroupKind.BUTTON,
            chat,
            who,
            message_id=message,
            thread_id=thread,
            press=pressed,
            callback_id="1",
            is_forum=chat == GROUP,
        )
        return self._event(event), self.told()

    def _event(self, event: GroupEvent) -> Toast | None:
        self.updates += 1
        if event.chat_id == GROUP:
            event = replace(event, is_forum=True)
            return self(one_event, WORLD, event, self.updates, self.now)
        _, toast = self(private_event, WORLD, event, self.now)
        return toast

    # What Bob says

    def told(self) -> list[Told]:
        """What was said since the last time, in order."""
        columns = (
            outbox.c.id, outbox.c.chat_id, outbox.c.topic_id, outbox.c.body, outbox.c.method, outbox.c.purpose
        )  # fmt: skip
        found = self(
            lambda conn: conn.execute(
                select(*columns).where(outbox.c.id > self.read).order_by(outbox.c.id)
            ).all()
        )
        self.read = found[-1][0] if found else self.read
        return [
            Told(
                chat,
                topic,
                body.get("text", ""),
                tuple(
                    (button["label"], button.get("step", ""), button.get("value", button.get("copy", "")))
                    for row in body.get("buttons", ())
                    for button in row
                ),
                method,
                purpose,
            )
            for _, chat, topic, body, method, purpose in found
        ]
