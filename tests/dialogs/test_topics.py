"""B5: prison, exile and health are reached by a topic that the person opens; nothing of it is kept."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import replace

import pytest
from sqlalchemy import Connection, inspect, text

from bot.advice.items import Topic, Wording
from bot.dialogs import beforehand, onboarding
from bot.dialogs.incoming import Incoming, Kind
from bot.dialogs.turn import OpenDialogue, World
from bot.telegram import callbacks
from bot.turns.loading import turn_of
from tests.advice.making import action
from tests.dialogs.chat import Chat, Message, answers_for

NewChat = Callable[..., Chat]


def french(topic: Topic, number: int) -> Wording:
    return Wording(
        f"{{Demandez|Demande}} le conseil {topic} {number}.",
        f"{{Ouvrez|Ouvre}} la page {number}.",
        "{Notez|Note} un nom.",
        f"Bonjour, je cherche conseil ({number}).",
    )


def english(topic: Topic, number: int) -> Wording:
    return Wording(f"Ask for {topic} advice {number}.", f"Open page {number}.", "Write a name.", "Hello.")


CARDS = [
    action(
        f"rights-{topic}-{number}",
        topic=topic,
        fr=french(topic, number),
        en=english(topic, number),
        link="https://www.service-public.fr" if number == 1 else None,
    )
    for topic in (Topic.PRISON, Topic.HEALTH)
    for number in (1, 2)
] + [
    action(
        "rights-prison-3",
        topic=Topic.PRISON,
        when=("employed",),
        fr=french(Topic.PRISON, 3),
        en=english(Topic.PRISON, 3),
    )
]


@pytest.fixture
def with_topics(world: World) -> World:
    """The real catalogue with these topics, and none for exile."""
    daily = [item for item in world.catalogue.actions if item.topic is None]
    catalogue = replace(world.catalogue, actions=tuple(daily)).with_items(CARDS)
    return replace(world, catalogue=catalogue)


@pytest.fixture
def nina(new_chat: NewChat, with_topics: World) -> Chat:
    """Somebody who has answered the questions, out of work."""
    chat = new_chat()
    chat.world = with_topics
    chat.onboard()
    return chat


def everything_stored(chat: Chat) -> str:
    """All that the database holds, as text."""

    def read(conn: Connection) -> str:
        tables = inspect(conn).get_table_names()
        return "\n".join(str(row) for name in tables for row in conn.execute(text(f'SELECT * FROM "{name}"')))

    return chat.store.run_sync(read)


def values(message: Message) -> list[str]:
    return [callbacks.pack(button) for row in message.reply.buttons for button in row if not button.url]


def test_the_command_says_that_nothing_is_noted_and_shows_the_topics_that_have_something(nina: Chat) -> None:
    nina.command("/sujets")
    assert nina.hears("topics.intro")
    assert nina.last.labels == [nina.words("topics.label.prison"), nina.words("topics.label.health")]


def test_the_english_name_is_understood_and_both_are_in_the_help(nina: Chat) -> None:
    nina.command("/topics")
    assert nina.hears("topics.intro")
    nina.command("/aide")
    assert "/sujets" in nina.text


def test_one_card_at_a_time_then_another_then_the_first_again_and_back(nina: Chat) -> None:
    nina.command("/sujets")
    nina.tap("topics.label.prison")
    first = nina.last
    assert "conseil prison 1" in first.text
    assert "Ouvrez la page 1" in first.text
    assert first.reply.payload == "Bonjour, je cherche conseil (1)."
    assert [button.url for row in first.reply.buttons for button in row if button.url]
    nina.tap("topics.another")
    assert "conseil prison 2" in nina.last.text
    assert nina.last.id == first.id  # in the place of the first
    nina.tap("topics.another")
    assert "conseil prison 1" in nina.last.text
    nina.tap("questions.back")
    assert nina.hears("topics.intro")


def test_a_card_that_the_answers_rule_out_is_not_shown(nina: Chat) -> None:
    nina.command("/sujets")
    nina.tap("topics.label.prison")
    seen = {nina.last.text}
    for _ in range(4):
        nina.tap("topics.another")
        seen.add(nina.last.text)
    assert len(seen) == 2
    assert not any("prison 3" in one for one in seen)


@pytest.mark.parametrize(("language", "form", "said"), [
    ("fr", "vous", "Demandez le conseil health 1"),
    ("fr", "tu", "Demande le conseil health 1"),
    ("en", "tu", "Ask for health advice 1"),
])  # fmt: skip
def test_it_speaks_the_language_and_form_of_the_person(
    nina: Chat, language: str, form: str, said: str
) -> None:
    nina.command("/langue")
    nina.press("English" if language == "en" else ("tu" if form == "tu" else "vous"))
    nina.command("/sujets")
    nina.tap("topics.label.health")
    assert said in nina.last.text


@pytest.mark.parametrize(
    ("typed", "topic"),
    [
        ("je sors de prison", Topic.PRISON),
        ("I have a criminal record", Topic.PRISON),
        ("je suis en arrêt maladie", Topic.HEALTH),
    ],
)
def test_words_that_speak_of_a_topic_are_offered_it_with_one_button(
    nina: Chat, typed: str, topic: Topic
) -> None:
    nina.say(typed)
    assert nina.hears("topics.heard")
    assert nina.last.labels == [nina.words(f"topics.label.{topic}")]
    nina.tap(f"topics.label.{topic}")
    assert f"conseil {topic} 1" in nina.last.text


def test_a_topic_without_cards_leads_to_a_person(nina: Chat) -> None:
    nina.say("I'm a refugee")
    assert nina.hears("topics.none")
    assert nina.world.contact in nina.text


def test_without_any_card_the_command_leads_to_a_person(nina: Chat) -> None:
    daily = tuple(item for item in nina.world.catalogue.actions if item.topic is None)
    nina.world = replace(nina.world, catalogue=replace(nina.world.catalogue, actions=daily))
    nina.command("/sujets")
    assert nina.hears("topics.none")
    assert nina.last.labels == []


def test_the_question_that_waits_goes_on_waiting(new_chat: NewChat, with_topics: World) -> None:
    chat = new_chat()
    chat.world = with_topics
    chat.agree()
    chat.say("Amina")
    assert chat.state("onboarding") == "job"
    chat.command("/sujets")
    chat.tap("topics.label.prison")
    chat.tap("topics.another")
    assert chat.state("onboarding") == "job"
    chat.say("je sors de prison")  # no job, and nothing to keep
    assert chat.state("onboarding") == "job"
    assert "métier" in chat.last.text.lower()
    assert chat.record.profile.job is None
    chat.say("aide-soignante")
    assert chat.record.profile.job == "aide-soignante"


def test_health_is_an_answer_where_one_is_asked_what_is_in_the_way(
    new_chat: NewChat, with_topics: World
) -> None:
    chat = new_chat()
    chat.world = with_topics
    chat.agree()
    for question, answer in answers_for("fr"):
        if question == "barriers":
            break
        chat.answer(answer)
    assert chat.state("onboarding") == "barriers"
    chat.say("j'ai des problèmes de santé")
    assert not chat.hears("topics.heard")
    chat.say("je sors de prison")
    assert chat.hears("topics.heard")


@pytest.mark.parametrize("command", ["/stop", "/moins", "/action", "/profil"])
def test_it_works_in_every_state_and_changes_none(nina: Chat, command: str) -> None:
    nina.command(command)
    before = nina.record
    nina.command("/sujets")
    nina.tap("topics.label.prison")
    after = nina.record
    assert "conseil prison 1" in nina.last.text
    assert (after.status, after.focus, after.dialogues) == (before.status, before.focus, before.dialogues)


def test_nothing_of_it_is_in_the_database_nor_in_the_log(
    nina: Chat, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    before = everything_stored(nina)
    caplog.clear()  # the driver's own log of the look at the tables
    nina.say("Je sors de prison depuis un mois")
    nina.tap("topics.label.prison")
    nina.tap("topics.another")
    nina.tap("questions.back")
    nina.tap("topics.label.health")
    logged = caplog.text
    stored = everything_stored(nina)
    assert "aide-soignante" in before
    for word in ("prison", "health", "santé", "topics", "conseil", "rights-"):
        assert word not in stored.lower() or word in before.lower(), word
        assert word not in logged.lower(), word


def test_no_button_names_a_topic(nina: Chat) -> None:
    nina.say("je sors de prison")
    seen = values(nina.last)
    nina.command("/sujets")
    seen += values(nina.last)
    nina.tap("topics.label.prison")
    seen += values(nina.last)
    assert len(seen) >= 5
    assert not [data for data in seen for topic in Topic if topic in data]


def test_such_words_are_asked_of_no_source(nina: Chat) -> None:
    """At the question "which job?", where a name that Bob does not know may be asked of a live source."""
    nina.command("/profil")
    record = nina.record
    turn = nina.store.run_sync(lambda conn: turn_of(conn, record, nina.world, nina.now))
    turn.person.focus = "onboarding"
    turn.person.dialogues["onboarding"] = OpenDialogue("job", onboarding.DIALOGUE.version)
    for said, asked in (("dresseuse de puces", "job"), ("réfugiée nouvelle en France", None)):
        assert beforehand.subject(turn, Incoming(Kind.TEXT, 1, 1, text=said)) == asked


@pytest.mark.parametrize(
    "data", ["topics1||9-0", "topics1||0-0", "topics1||2-0", "topics1||x", "topics9||menu", "topics1||1-999"]
)
def test_a_forged_or_old_button_breaks_nothing(nina: Chat, data: str) -> None:
    said = nina.press_data(data)
    assert said
    if not data.endswith("1-999"):
        assert said.toast is not None
        assert not said.messages


def test_an_item_that_has_become_one_of_a_topic_can_still_be_explained(nina: Chat) -> None:
    nina.command("/action")
    view = nina.open_action
    assert view is not None
    item = replace(nina.world.catalogue.action(view.catalogue_id), topic=Topic.HEALTH)
    nina.world = replace(nina.world, catalogue=nina.world.catalogue.with_items([item]))
    nina.command("/pourquoi")
    assert nina.text.strip()
