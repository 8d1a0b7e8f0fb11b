"""Random walks over the whole conversation: whatever people press, type or send, what must hold holds."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta
from pathlib import Path
from shutil import copyfile

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test
from sqlalchemy import Connection

from bot.dialogs import in_work
from bot.dialogs.incoming import Kind, Press
from bot.dialogs.pressing import DIALOGUES
from bot.dialogs.turn import World
from storage.engine import Store
from storage.people import PersonRecord
from tests.dialogs.chat import PARIS, Chat, Message, no_blank_left

WORDS = (
    "oui", "non", "ok", "passer", "retour", "je ne sais pas", "fait", "plus tard", "une autre", "je bloque", "trop dur",
    "pas pour moi", "demain 10h", "ce soir", "maintenant", "merci", "bonjour", "aide", "stop", "pause", "annuler",
    "plusieurs", "rien", "12", "0", "une dizaine", "6 mois", "depuis Pâques", "9h", "23h", "Amina", "serveuse",
    "asistante dentere", "Saint-Denis", "Angers", "56100", "facile", "difficile", "effacer", "continuer", "un humain",
    "yes", "done", "skip", "back", "another", "tomorrow at 10", "later", "too hard", "next week", "never", "?", "🙂",
    "postulé chez Leroy Merlin hier", "j'ai postulé", "entretien chez Darty lundi", "relancé Leroy Merlin",
    "encore un refus", "Leroy Merlin a dit non", "j'en ai marre", "vacances jusqu'au 12", "je suis malade",
    "aujourd'hui je vais plutôt appeler la mairie", "https://www.indeed.fr/viewjob?jk=1", "je suis prise chez Darty",
    "j'ai trouvé un travail", "j'ai trouvé !", "je commence lundi", "I got the job", "ça n'a pas marché",
)  # fmt: skip
COMMANDS = (
    "/start", "/start code", "/profil", "/action", "/pourquoi", "/strategies", "/sujets", "/moins", "/reprendre",
    "/stop", "/langue", "/aide", "/mesdonnees", "/supprimer", "/inconnue", "/progres", "/trouve",
    "/candidatures", "/bilan", "/monaction", "/monaction appeler la mairie",
)  # fmt: skip
KINDS = [kind for kind in Kind if kind not in (Kind.TEXT, Kind.COMMAND, Kind.BUTTON)]
STEPS = (
    timedelta(seconds=1), timedelta(minutes=3), timedelta(hours=3), timedelta(hours=14), timedelta(days=1),
    timedelta(days=3), timedelta(days=40),
)  # fmt: skip


def _pushes_by_day(conn: Connection, person_id: str) -> Counter[str]:
    rows = conn.exec_driver_sql(
        "SELECT local_date FROM action WHERE origin = 'push' AND person_id = ?", (person_id,)
    )
    return Counter(str(row[0]) for row in rows)


def _open_actions(conn: Connection, person_id: str) -> int:
    found = conn.exec_driver_sql(
        "SELECT count(*) FROM action WHERE outcome = 'open' AND person_id = ?", (person_id,)
    )
    return int(found.scalar_one())


class Walk(RuleBasedStateMachine):
    """One person doing anything in any order."""

    store: Store
    world: World

    @initialize(language=st.sampled_from(["fr", "en"]), agreed=st.booleans(), onboarded=st.booleans())
    def begin(self, language: str, agreed: bool, onboarded: bool) -> None:
        self.chat = Chat(self.store, self.world, client_language=language)
        self.chat.checks.append(no_blank_left)
        if onboarded:
            self.chat.onboard()
        elif agreed:
            self.chat.agree()
        else:
            self.chat.command("/start")

    @rule(pick=st.integers(0, 10_000))
    def press_something_new(self, pick: int) -> None:
        """A button of the newest message that has any."""
        messages = [message for message in self.chat.messages if _buttons(message)]
        if messages:
            buttons = _buttons(messages[-1])
            self._press(messages[-1], buttons[pick % len(buttons)])

    @rule(pick=st.integers(0, 10_000), twice=st.booleans())
    def press_anything(self, pick: int, twice: bool) -> None:
        """Any button that is or was in the chat, perhaps twice."""
        messages = [message for message in self.chat.messages if _buttons(message)]
        if not messages:
            return
        message = messages[pick % len(messages)]
        button = _buttons(message)[pick % len(_buttons(message))]
        self._press(message, button)
        if twice:
            before = len(self.chat.messages)
            self.chat.press_button(button, message)
            assert self.chat.said, f"{button} pressed twice: silence"
            assert len(self.chat.messages) - before <= 2

    def _press(self, message: Message, button) -> None:  # type: ignore[no-untyped-def]
        self.chat.press_button(button, message)
        assert self.chat.said, f"{button.dialogue} {button.step} {button.value}: silence"

    @rule(text=st.one_of(st.sampled_from(WORDS), st.text(max_size=60)))
    def type_words(self, text: str) -> None:
        if "{" in text:
            text = text.replace("{", "(")
        assert self.chat.say(text).messages, f"{text!r} got no answer"

    @rule(command=st.sampled_from(COMMANDS))
    def send_a_command(self, command: str) -> None:
        assert self.chat.command(command).messages, f"{command} got no answer"

    @rule(kind=st.sampled_from(KINDS))
    def send_a_thing(self, kind: Kind) -> None:
        said = self.chat.send(kind)
        assert said.messages or kind in (Kind.BLOCKED, Kind.UNBLOCKED), f"{kind} got no answer"

    @rule(
        dialogue=st.sampled_from([*DIALOGUES, "nothing"]),
        value=st.text(max_size=9),
    )
    def forge_a_button(self, dialogue: str, value: str) -> None:
        assert self.chat.press_as(Press(dialogue, 1, "1", value)), "a forged button got no answer"

    @rule(step=st.sampled_from(STEPS))
    def let_time_pass(self, step: timedelta) -> None:
        known, before = self.chat.known, len(self.chat.messages)
        place = known.dialogues.get(in_work.NAME) if isinstance(known, PersonRecord) else None
        self.chat.wait(step)
        dates = Counter(
            message.at.astimezone(PARIS).date()
            for message in self.chat.messages[before:]
            if message.purpose == "daily"
        )
        assert all(count == 1 for count in dates.values())
        if place is not None and place.state not in in_work.OUTSIDE:
            assert not [
                message for message in self.chat.messages[before:] if message.reply.title and message.bulk
            ]

    @invariant()
    def at_most_one_action_is_open_and_one_push_a_day(self) -> None:
        known = getattr(self, "chat", None) and self.chat.known
        if known is None or not hasattr(known, "id"):
            return
        assert self.store.run_sync(_open_actions, known.id) <= 1
        assert all(count == 1 for count in self.store.run_sync(_pushes_by_day, known.id).values())


def _buttons(message: Message):  # type: ignore[no-untyped-def]
    return [button for row in message.reply.buttons for button in row if button.url is None]


@pytest.fixture
def walked(world: World, sqlite_template: Path, tmp_path: Path):  # type: ignore[no-untyped-def]
    path = tmp_path / "walk.sqlite"
    copyfile(sqlite_template, path)
    store = Store(f"sqlite:///{path}")
    Walk.store, Walk.world = store, world
    yield
    store.close()


@pytest.mark.usefixtures("walked")
def test_whatever_people_do_bob_answers_and_keeps_his_rules() -> None:
    quick = settings(
        max_examples=25, stateful_step_count=30, deadline=None, suppress_health_check=list(HealthCheck)
    )
    run_state_machine_as_test(Walk, settings=quick)


@pytest.mark.long
@pytest.mark.timeout(900)
@pytest.mark.usefixtures("walked")
def test_whatever_people_do_for_long_bob_keeps_his_rules() -> None:
    long = settings(
        max_examples=300, stateful_step_count=60, deadline=None, suppress_health_check=list(HealthCheck)
    )
    run_state_machine_as_test(Walk, settings=long)
