"""F6, E4: whatever is sent, pressed, forwarded, forged or stolen, by whomever.

Nobody outside the team sees or changes anything of a person; nobody of the team who does not follow the person changes
anything; and nothing reaches a person but answers to their own messages, and what the Write button asked for.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.counsellors.incoming import GroupEvent, GroupKind
from bot.counsellors.registry import COMMANDS, PRESSES
from bot.dialogs.incoming import Incoming, Kind, Press
from bot.dialogs.replies import Toast
from bot.dialogs.turn import World
from storage import links, relays
from storage.engine import Store
from tests.counsellors.scene import (
    ADAM,
    BRUNO,
    CARD,
    GAELLE,
    GROUP,
    LEA,
    MARKERS,
    NADIA,
    NOBODYS_GROUP,
    OTHER_CARD,
    OTHER_GROUP,
    OTHER_RELAYED,
    OTHER_TOPIC,
    PAUL,
    PROMPT,
    RELAYED,
    SHOWN_NAME,
    STRANGER,
    TOPIC,
    ZEBULON,
    Scene,
    Stage,
    changed,
    rows_about,
    words_of,
)
from tests.counsellors.telling import TELLING

READING_MAY_CHANGE = {
    ("audit", "*"),  # that they read is noted
    ("mention", "*"),  # an answer that names them is noted, so that it can go when they leave
    ("topic", "card_due_at"),  # the card is written anew
    ("topic", "state"),  # closed or opened again in Telegram, where any colleague with the right can
}
"""What may change of a person when somebody of the team does something who does not follow them: (table, column)."""
STOLEN_VALUES = ("ask", "yes", "no", "open", "0", "1", "x", "", "done", "assign", "pause", "cancel", "send")
SPOKEN = (GroupKind.TEXT, GroupKind.MEDIA, GroupKind.EDITED)
FEW, MANY = 15, 100


def of_links(scene: Scene, step: str) -> str:
    """A button's step with the place of a link filled in: ids differ from run to run."""
    known = {"MINE": str(scene.link.id), "OTHER": str(scene.other_link.id)}
    return known.get(step, step)


PRESS = st.builds(
    Press,
    st.sampled_from([*PRESSES, "counsellor", "access", "day", "nothing"]),
    st.sampled_from([1, 1, 1, 2]),
    st.sampled_from(["MINE", "MINE", "MINE", "OTHER", "0", "x", "", "99999999999999999999", "²"]),
    st.one_of(
        st.sampled_from(STOLEN_VALUES),
        st.text(st.characters(min_codepoint=33, max_codepoint=126, exclude_characters="|"), max_size=8),
    ),
)
TEXT = st.one_of(st.sampled_from(["Bonjour", "oui", "", SHOWN_NAME, "demain 10 h"]), st.text(max_size=12))


def group_events(
    chats: st.SearchStrategy[int], senders: st.SearchStrategy[int | None]
) -> st.SearchStrategy[GroupEvent]:
    """Any event of a group but its migration, with any thread, answer, text, button."""
    common = {
        "chat_id": chats,
        "sender_id": senders,
        "thread_id": st.sampled_from([None, TOPIC, TOPIC, OTHER_TOPIC, 1, 99]),
        "message_id": st.integers(100, 110),
        "reply_to": st.sampled_from(
            [None, CARD, RELAYED, RELAYED, PROMPT, OTHER_CARD, OTHER_RELAYED, 5, 100]
        ),
    }
    command = st.builds(
        GroupEvent,
        st.just(GroupKind.COMMAND),
        command=st.sampled_from([*COMMANDS, "activer", "start", "mesdonnees", "nothing"]),
        text=st.sampled_from(["", "CODE0", "CODE1", "CODE2", "CODE3", SHOWN_NAME, "demain 10 h", "tout"]),
        **common,
    )
    button = st.builds(
        GroupEvent, st.just(GroupKind.BUTTON), press=st.none() | PRESS, callback_id=st.just("q"), **common
    )
    spoken = st.builds(
        GroupEvent,
        st.sampled_from(SPOKEN),
        text=TEXT,
        media=st.sampled_from(["", "photo", "voice", "document"]),
        album=st.sampled_from([None, None, "album"]),
        **common,
    )
    other = st.builds(
        GroupEvent,
        st.sampled_from(
            [GroupKind.REACTION, GroupKind.OTHER, GroupKind.TOPIC_CLOSED, GroupKind.TOPIC_REOPENED]
        ),
        emoji=st.sampled_from([(), ("👍",)]),
        **common,
    )
    coming = st.builds(
        GroupEvent,
        st.sampled_from([GroupKind.JOINED, GroupKind.LEFT]),
        member_id=st.sampled_from([STRANGER, GAELLE, ADAM, BRUNO]),
        member_is_bot=st.booleans(),
        **common,
    )
    return st.one_of(command, button, button, spoken, spoken, other, coming)


def private_events(senders: st.SearchStrategy[int]) -> st.SearchStrategy[Incoming]:
    """Any event of the private chat of one of these."""

    def of(sender: int) -> st.SearchStrategy[Incoming]:
        common: dict[str, Any] = {
            "telegram_id": st.just(sender),
            "chat_id": st.just(sender),
            "sent_id": st.integers(100, 110),
            "reply_to": st.sampled_from([None, RELAYED, RELAYED, PROMPT, CARD, 5]),
        }
        command = st.builds(
            Incoming,
            st.just(Kind.COMMAND),
            command=st.sampled_from([*COMMANDS, "start", "qui", "conseiller", "mesdonnees"]),
            text=st.sampled_from(["", "CODE0", "CODE1", "CODE2", "CODE3", "tout"]),
            **common,
        )
        button = st.builds(
            Incoming, st.just(Kind.BUTTON), press=st.none() | PRESS, callback_id=st.just("q"),
            message_id=st.integers(1, 50), **common,
        )  # fmt: skip
        spoken = st.builds(
            Incoming,
            st.sampled_from([Kind.TEXT, Kind.FORWARDED, Kind.PHOTO, Kind.EDITED, Kind.VOICE]),
            text=TEXT,
            **common,
        )
        return st.one_of(command, button, spoken)

    return senders.flatmap(of)


def happens(scene: Scene, event: GroupEvent | Incoming) -> Toast | None:
    """The event, with what it stole filled in."""
    if event.press is not None:
        event = replace(event, press=replace(event.press, step=of_links(scene, event.press.step)))
    if isinstance(event, GroupEvent):
        event = replace(event, is_forum=scene.is_forum or event.chat_id != GROUP)
    if event.text.startswith("CODE"):
        event = replace(event, text=scene.codes[int(event.text[-1])])
    return scene.group(event) if isinstance(event, GroupEvent) else scene.private(event)


def shows(scene: Scene, calls: list[dict[str, Any]], toast: Toast | None) -> list[str]:
    """What of Zébulon these calls and this toast show, or send."""
    found = [f"toast: {toast.text}"] if toast is not None and SHOWN_NAME in toast.text else []
    for call in calls:
        words = words_of(call)
        names = any(word in words for word in (SHOWN_NAME, scene.person_id, *MARKERS))
        if names or call["topic_id"] == scene.link.id or call["chat_id"] == ZEBULON:
            found.append(f"{call['method']} to {call['chat_id']}: {words}")
    return found


OUTSIDERS = st.sampled_from([None, STRANGER, GAELLE, BRUNO, ZEBULON, ADAM, LEA])
BY_OUTSIDERS = st.lists(
    st.one_of(
        group_events(st.just(GROUP), OUTSIDERS),
        group_events(
            st.sampled_from([OTHER_GROUP, NOBODYS_GROUP]),
            st.sampled_from([None, STRANGER, NADIA, PAUL, GAELLE, BRUNO, ZEBULON, ADAM]),
        ),
        private_events(st.sampled_from([STRANGER, GAELLE, BRUNO, ADAM, LEA])),
        st.builds(
            GroupEvent,
            st.just(GroupKind.MIGRATED),
            st.just(NOBODYS_GROUP),
            sender_id=OUTSIDERS,
            new_chat_id=st.integers(-2010, -2001),
        ),
    ),
    min_size=1,
    max_size=8,
)
BY_COLLEAGUES = st.lists(
    st.one_of(
        group_events(st.just(GROUP), st.just(PAUL)),
        private_events(st.just(PAUL)),
    ),
    min_size=1,
    max_size=6,
)
BY_ANYBODY = st.lists(
    st.one_of(
        group_events(
            st.just(GROUP), st.sampled_from([None, STRANGER, NADIA, NADIA, NADIA, PAUL, GAELLE, ZEBULON])
        ),
        group_events(st.just(OTHER_GROUP), st.sampled_from([NADIA, BRUNO, STRANGER])),
        private_events(st.sampled_from([NADIA, NADIA, PAUL, BRUNO])),
    ),
    min_size=1,
    max_size=6,
)
IN_A_SCENE = settings(
    deadline=None,
    max_examples=MANY,
    suppress_health_check=[
        HealthCheck.function_scoped_fixture,
        HealthCheck.too_slow,
        HealthCheck.data_too_large,
    ],
)


def outsiders_see_and_change_nothing(stage: Stage, events: list[Any]) -> None:
    def each(scene: Scene, event: Any) -> None:
        before, known = scene.run(rows_about, scene.person_id), len(scene.calls())
        toast = happens(scene, event)
        assert list(changed(before, scene.run(rows_about, scene.person_id))) == [], event
        assert shows(scene, scene.calls()[known:], toast) == [], event

    stage.play(events, each)


def colleagues_change_nothing(stage: Stage, events: list[Any]) -> None:
    def each(scene: Scene, event: Any) -> None:
        before, known = scene.run(rows_about, scene.person_id), len(scene.calls())
        happens(scene, event)
        after = scene.run(rows_about, scene.person_id)
        assert set(changed(before, after)) <= READING_MAY_CHANGE, event
        assert [call for call in scene.calls()[known:] if call["chat_id"] == ZEBULON] == [], event
        paul = next(row["audit_key"] for row in scene.run(_counsellors) if row["name"] == "Paul")
        assert {row["actor"] for row in after["audit"][len(before["audit"]) :]} <= {paul}

    stage.play(events, each)


def only_answers_reach_a_person(stage: Stage, events: list[Any]) -> None:
    def each(scene: Scene, event: Any) -> None:
        known = len(scene.calls())
        may = may_reach(scene, event)
        happens(scene, event)
        for call in scene.calls()[known:]:
            if call["chat_id"] in (ZEBULON, ADAM, LEA):
                assert call["chat_id"] in may, (event, words_of(call))

    stage.play(events, each)


def may_reach(scene: Scene, event: GroupEvent | Incoming) -> set[int]:
    """The people whom this event may make a message for."""
    chat, sender = event.chat_id, event.sender_id if isinstance(event, GroupEvent) else event.telegram_id
    if (
        isinstance(event, GroupEvent)
        and event.kind is GroupKind.COMMAND
        and event.command in TELLING["commands"]
    ):
        return {ZEBULON} if sender == NADIA else {ADAM} if sender == BRUNO else set()
    if event.press is not None and event.press.dialogue in TELLING["presses"]:
        return {ZEBULON} if sender == NADIA else {ADAM} if sender == BRUNO else set()
    message = event.reply_to
    edited = event.kind in (GroupKind.EDITED, Kind.EDITED)
    if edited and (sent := event.message_id if isinstance(event, GroupEvent) else event.sent_id) is not None:
        pairs = [pair for pair in scene.run(relays.by_source, chat, sent) if pair.direction == "to_person"]
        return {pair.to_chat for pair in pairs if sender in (NADIA, BRUNO)}
    if message is None or (isinstance(event, GroupEvent) and event.kind not in SPOKEN):
        return set()
    pair = scene.run(relays.by_target, chat, message)
    if pair is None or pair.direction != "to_team":
        return set()
    link = scene.run(links.by_id, pair.link_id)
    follows = {scene.link.id: (NADIA, ZEBULON), scene.other_link.id: (BRUNO, ADAM)}[link.id]
    return {follows[1]} if sender == follows[0] else set()


@pytest.fixture(
    params=[{}, {"words_to": "private"}, {"is_forum": False}], ids=["topic", "private", "plain group"]
)
def on_sqlite(request: pytest.FixtureRequest, sqlite_url: str, world: World) -> Iterator[Stage]:
    opened = Store(sqlite_url)
    yield Stage(opened, world, **request.param)
    opened.close()


@pytest.fixture
def on_postgres(postgres_store_url: str, world: World) -> Iterator[Stage]:
    opened = Store(postgres_store_url)
    yield Stage(opened, world)
    opened.close()


@IN_A_SCENE
@given(events=BY_OUTSIDERS)
def test_nobody_outside_the_team_sees_or_changes_anything_of_a_person(
    on_sqlite: Stage, events: list[Any]
) -> None:
    outsiders_see_and_change_nothing(on_sqlite, events)


@IN_A_SCENE
@given(events=BY_COLLEAGUES)
def test_nobody_of_the_team_but_who_follows_the_person_changes_anything_of_them(
    on_sqlite: Stage, events: list[Any]
) -> None:
    colleagues_change_nothing(on_sqlite, events)


@IN_A_SCENE
@given(events=BY_ANYBODY)
def test_nothing_reaches_a_person_but_answers_to_them_and_what_the_write_button_asked_for(
    on_sqlite: Stage, events: list[Any]
) -> None:
    only_answers_reach_a_person(on_sqlite, events)


@pytest.mark.postgres
@settings(IN_A_SCENE, max_examples=FEW)
@given(outsiders=BY_OUTSIDERS, colleagues=BY_COLLEAGUES, anybody=BY_ANYBODY)
def test_the_same_holds_on_postgresql(
    on_postgres: Stage, outsiders: list[Any], colleagues: list[Any], anybody: list[Any]
) -> None:
    outsiders_see_and_change_nothing(on_postgres, outsiders)
    colleagues_change_nothing(on_postgres, colleagues)
    only_answers_reach_a_person(on_postgres, anybody)


def test_an_answer_of_the_one_who_follows_does_reach_the_person(on_sqlite: Stage) -> None:
    """Otherwise the properties above would hold of a Bob that does nothing."""

    def each(scene: Scene, event: GroupEvent) -> None:
        assert may_reach(scene, event) == {ZEBULON}
        happens(scene, event)
        assert [call["chat_id"] for call in scene.calls()].count(ZEBULON) == 1
        assert may_reach(scene, replace(event, sender_id=PAUL)) == set()

    answered = PROMPT if on_sqlite.scene.link.words_to == "private" else RELAYED
    event = GroupEvent(GroupKind.TEXT, GROUP, sender_id=NADIA, message_id=100, reply_to=answered)
    on_sqlite.play([event], each)


def _counsellors(conn: Any) -> list[dict[str, Any]]:
    return [dict(row) for row in conn.exec_driver_sql("SELECT * FROM counsellor").mappings()]
