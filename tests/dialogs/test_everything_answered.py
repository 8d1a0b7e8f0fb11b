"""A11, F2: whatever is sent, in whatever state, gets a useful answer; words of distress before anything else."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlalchemy import Connection, update

from bot.dialogs.conversation import DIALOGUES
from bot.dialogs.incoming import Kind
from bot.dialogs.onboarding_steps import NUMBERS
from bot.turns.loading import turn_of
from storage import people
from storage.people import PersonRecord
from storage.tables.core import action as action_table
from tests.dialogs.chat import Chat, answers_for, paris
from tests.dialogs.conftest import NewChat

THINGS = [
    kind for kind in Kind if kind not in (Kind.TEXT, Kind.COMMAND, Kind.BUTTON, Kind.BLOCKED, Kind.UNBLOCKED)
]


def _daily(chat: Chat, *taps: str) -> None:
    chat.onboard()
    chat.tick_to(paris("2026-11-27 09:01"))
    for key in taps:
        chat.tap(key)


def _question(state: str) -> Callable[[Chat], None]:
    def reach(chat: Chat) -> None:
        chat.agree()
        usual = {"job": "femme de ménage", "place": "Saint-Denis"} if state.endswith("_pick") else {}
        if state == "jobs":
            usual = {"job": "@questions.job.options.several"}
        if state == "place_pick":
            usual = {"place": "Saint-Denis"}
        for name, answer in answers_for("fr", **usual):
            if chat.state("onboarding") == state:
                return
            if chat.state("onboarding") == name:
                chat.answer(answer)
        assert chat.state("onboarding") == state

    return reach


PLACES: dict[str, Callable[[Chat], None]] = {
    "visitor": lambda chat: _nothing(chat.command("/start")),
    "visitor under age": lambda chat: _after(chat.command("/start"), lambda: chat.tap("welcome.fifteen")),
    **{f"onboarding {state}": _question(state) for state in (*NUMBERS, "micro")},
    "diagnosis told": Chat.onboard,
    "diagnosis differing": lambda chat: _after(chat.onboard(), lambda: chat.tap("diagnosis.differ")),
    "strategies": lambda chat: _after(chat.onboard(), lambda: chat.command("/strategies")),
    "day open": _daily,
    "day why_not": lambda chat: _daily(chat, "day.button.refuse"),
    "day when_later": lambda chat: _daily(chat, "day.button.later"),
    "day how_was_it": lambda chat: _daily(chat, "day.button.done"),
    "later asking": lambda chat: _daily(chat, "day.button.done", "day.felt.easy"),
    "plan when": lambda chat: _daily(chat, "day.button.plan"),
    "plan where": lambda chat: _daily(chat, "day.button.plan", "plan.when.hour"),
    "plan obstacle": lambda chat: _daily(chat, "day.button.plan", "plan.when.hour", "plan.where.home"),
    "profile editing": lambda chat: _after(
        chat.onboard(), lambda: (chat.command("/profil"), chat.tap("questions.place.short"))
    ),
    "board listed": lambda chat: _after(
        chat.onboard(), lambda: (chat.say("postulé chez Darty"), chat.command("/candidatures"))
    ),
    "board naming": lambda chat: _after(chat.onboard(), lambda: chat.say("j'ai postulé")),
    "weekly asked": lambda chat: _after(chat.onboard(), lambda: chat.command("/bilan")),
    "settings stopped": lambda chat: _after(chat.onboard(), lambda: chat.command("/stop")),
    "deletion": lambda chat: _after(chat.onboard(), lambda: chat.command("/supprimer")),
    "consent ended": lambda chat: _after(
        chat.onboard(), lambda: (chat.command("/mesdonnees"), chat.tap("mydata.revoke"))
    ),
}


def _nothing(_: object) -> None:
    return None


def _after(_: object, then: Callable[[], object]) -> None:
    then()


@pytest.fixture(params=PLACES)
def somewhere(request: pytest.FixtureRequest, new_chat: NewChat) -> Chat:
    """Somebody in each place of each conversation, in turn."""
    chat = new_chat()
    PLACES[request.param](chat)
    return chat


def asks_for_the_town(chat: Chat) -> bool:
    focus, state = waiting_question(chat)
    return state in ("place", "place_pick") or (
        focus == "profile" and chat.record.dialogues["profile"].data.get("question") == "place"
    )


def waiting_question(chat: Chat) -> tuple[str | None, str | None]:
    known = chat.known
    if not isinstance(known, PersonRecord):
        return None, None
    return known.focus, chat.state(known.focus) if known.focus else None


def test_every_kind_of_message_gets_a_useful_answer_and_moves_nothing(somewhere: Chat) -> None:
    for kind in THINGS:
        before = waiting_question(somewhere)
        if kind is Kind.LOCATION and asks_for_the_town(somewhere):
            continue  # it is an answer there
        somewhere.send(kind)
        assert somewhere.text.strip(), kind
        assert len(somewhere.said.messages) <= 2, kind
        assert waiting_question(somewhere) == before, kind


def test_a_kind_is_named_and_the_question_comes_again(new_chat: NewChat) -> None:
    for kind in THINGS:
        chat = new_chat()
        chat.agree()
        chat.send(kind)
        assert chat.hears(f"kinds.{kind.value}")
        assert chat.hears("questions.first_name.ask")
        assert len(chat.said.messages) == 1


def test_every_command_gets_an_answer_everywhere(somewhere: Chat) -> None:
    for command in (
        "/aide",
        "/inconnue",
        "/start",
        "/langue",
        "/moins",
        "/profil",
        "/action",
        "/pourquoi",
        "/strategies",
    ):
        somewhere.command(command)
        assert somewhere.text.strip(), command


def test_unclear_words_get_an_answer_everywhere(somewhere: Chat) -> None:
    for words in ("???", "🙂", "zblorg frumious", "ok", "non", "merci"):
        somewhere.say(words)
        assert somewhere.text.strip(), words


def test_words_of_distress_come_before_anything_else_everywhere(somewhere: Chat) -> None:
    before = waiting_question(somewhere)
    somewhere.say("j'en peux plus, je veux mourir")
    assert somewhere.hears("distress.reply")
    assert "3114" in somewhere.text
    assert len(somewhere.said.messages) == 1
    assert waiting_question(somewhere) == before


@pytest.mark.parametrize("kind", [Kind.FORWARDED, Kind.PHOTO, Kind.EDITED, Kind.DOCUMENT])
def test_distress_is_heard_in_a_caption_too(amina: Chat, kind: Kind) -> None:
    amina.send(kind, "je veux mourir")
    assert amina.hears("distress.reply")


def test_after_distress_nothing_comes_for_a_day_and_then_something_gentle(amina: Chat) -> None:
    amina.say("je veux mourir")
    amina.tick_to(paris("2026-11-27 09:59"))
    assert not amina.said.messages
    amina.tick_to(paris("2026-11-27 20:00"))
    assert amina.hears("day.softly")
    action = amina.open_action
    assert action is not None
    assert action.minutes <= 5
    amina.say("c'est fait")
    amina.tick_to(paris("2026-11-28 20:00"))
    assert amina.open_action is not None
    assert not amina.hears("day.softly")


def test_after_distress_the_recall_of_a_plan_stays_away(with_action: Chat) -> None:
    with_action.say("à 17h30")
    with_action.say("je veux mourir")
    with_action.tick_to(paris("2026-11-27 20:00"))
    assert not with_action.said.messages


def test_distress_shortens_no_pause_and_wakes_nobody(amina: Chat) -> None:
    amina.command("/moins")
    amina.tap("settings.pause30")
    until = amina.record.paused_until
    amina.say("je veux mourir")
    assert amina.record.paused_until == until
    amina.command("/stop")
    amina.say("je veux mourir")
    assert amina.record.status == "stopped"


# What was persisted by other code


def _set_place(chat: Chat, name: str, state: str, version: int) -> None:
    def write(conn: Connection) -> None:
        people.save_dialogue(
            conn,
            person,
            name,
            version=version,
            state=state,
            data={"question": "gone", "old": 1},
            now=chat.now,
        )

    person = chat.record.id
    chat.store.run_sync(write)


@pytest.mark.parametrize("name", [name for name in DIALOGUES if name != "welcome"])
@pytest.mark.parametrize(
    ("state", "version"), [("of_another_time", 1), ("menu", 99), ("editing", 0), ("asking", 1)]
)
def test_an_unknown_state_or_version_leads_to_a_safe_step(
    amina: Chat, name: str, state: str, version: int
) -> None:
    _set_place(amina, name, state, version)
    for event in ("/start", "bonjour", "/profil", "/action", "une autre", "/strategies", "passer"):
        if event.startswith("/"):
            amina.command(event)
        else:
            amina.say(event)
        assert amina.text.strip(), event
    record = amina.record
    place = amina.store.run_sync(
        lambda conn: turn_of(conn, record, amina.world, amina.now)
    ).person.dialogues.get(name)
    assert place is None or place.state in DIALOGUES[name].states or place.state == state


def test_a_lost_place_in_the_questions_goes_on_at_the_first_one_unanswered(chat: Chat) -> None:
    chat.agree()
    chat.say("Amina")
    chat.say("serveuse")
    _set_place(chat, "onboarding", "of_another_time", 1)
    chat.command("/start")
    assert chat.state("onboarding") == "place"
    assert chat.record.profile.first_name == "Amina"


def test_a_new_version_of_the_questions_asks_nobody_again_who_has_answered(amina: Chat) -> None:
    _set_place(amina, "onboarding", "done", 99)
    amina.command("/action")
    assert amina.open_action is not None
    amina.wait(timedelta(days=1))
    assert amina.record.next_due_at is not None


@pytest.mark.parametrize("focus", ["gone", "profile", "plan", "later", "diagnosis", "onboarding"])
def test_a_focus_on_a_conversation_that_is_not_there_loses_nothing(amina: Chat, focus: str) -> None:
    person = amina.record.id
    amina.store.run_sync(lambda conn: people.save_person(conn, person, focus=focus))
    for words in ("bonjour", "blabla", "retour", "passer"):
        amina.say(words)
        assert amina.text.strip()


def test_an_action_that_left_the_catalogue_is_replaced_by_another(with_action: Chat) -> None:
    action = with_action.open_action
    assert action is not None

    def rename(conn: Connection) -> None:
        conn.execute(update(action_table).where(action_table.c.id == action.id).values(catalogue_id="gone"))

    for event in (
        "day.button.easier",
        "day.button.stuck",
        "day.button.done",
        "/pourquoi",
        "/action",
        "/profil",
    ):
        if with_action.open_action is None:
            with_action.command("/action")
        pushed = next(
            m for m in reversed(with_action.messages) if with_action.words("day.button.stuck") in m.labels
        )
        action = with_action.open_action
        assert action is not None
        with_action.store.run_sync(rename)
        if event.startswith("/"):
            with_action.command(event)
        else:
            with_action.tap(event, on=pushed)
        assert with_action.said.messages, event
