"""`/sujets`: subjects that the person opens by themselves; one card at a time, and nothing of it is kept.

There is no conversation to keep a place in: a button holds the number of a subject and of a card, so that neither the
database nor what waits there to be sent names a subject beside the words of the message itself.
"""

from __future__ import annotations

import re
from dataclasses import replace

from bot.advice.items import Action, Topic
from bot.dialogs import action_message, waiting
from bot.dialogs.replies import Button, ButtonMaker, Reply
from bot.dialogs.turn import Turn
from bot.understanding import topics as spoken

BUTTON = ButtonMaker("topics")
TOPICS = tuple(Topic)
_MENU = "menu"
_CARD = re.compile(r"(\d)-(\d{1,3})")


def show(turn: Turn) -> None:
    """The message of `/sujets`; typed words go on belonging to the conversation that had them."""
    rows = tuple((_open(turn, topic),) for topic in TOPICS if _cards(turn, topic))
    if not rows:
        _nothing(turn)
        return
    voice = turn.voice
    turn.say(Reply(voice("topics.intro"), title=voice("topics.title"), buttons=rows, replace=turn.on_message))


def heard(turn: Turn, text: str) -> bool:
    """Offer the subject that typed words speak of, and leave them at that; False when they speak of none.

    Health is a proper answer to "what is in the way?": there the words belong to the question.
    """
    name = spoken.subject(text)
    if name is None:
        return False
    topic, asked = Topic(name), waiting.question(turn)
    if topic is Topic.HEALTH and asked is not None and asked.name == "barriers":
        return False
    if _cards(turn, topic):
        turn.say(Reply(turn.voice("topics.heard"), buttons=((_open(turn, topic),),)))
    else:
        _nothing(turn)
    return True


def press(turn: Turn, value: str) -> bool:
    """A button of these messages; False when it fits nothing."""
    if value == _MENU:
        show(turn)
        return True
    found = _CARD.fullmatch(value)
    if found is None or not 1 <= int(found[1]) <= len(TOPICS):
        return False
    topic = TOPICS[int(found[1]) - 1]
    cards = _cards(turn, topic)
    if not cards:
        return False
    _card(turn, topic, cards, int(found[2]) % len(cards))
    return True


def _card(turn: Turn, topic: Topic, cards: tuple[Action, ...], place: int) -> None:
    voice = turn.voice
    shown = action_message.compose(turn, cards[place], ())
    row = [BUTTON(voice("questions.back"), _MENU, "")]
    if len(cards) > 1:
        row.insert(0, BUTTON(voice("topics.another"), _value(topic, (place + 1) % len(cards)), ""))
    turn.say(replace(action_message.with_buttons(shown, (tuple(row),)), replace=turn.on_message))


def _cards(turn: Turn, topic: Topic) -> tuple[Action, ...]:
    """The actions of a topic, without those that the person's answers rule out."""
    facts = turn.facts
    return tuple(
        action
        for action in turn.world.catalogue.about(topic)
        if not any(line.test(facts) is False for line in action.when)
    )


def _open(turn: Turn, topic: Topic) -> Button:
    return BUTTON(turn.voice(f"topics.label.{topic}"), _value(topic, 0), "")


def _value(topic: Topic, place: int) -> str:
    return f"{TOPICS.index(topic) + 1}-{place}"


def _nothing(turn: Turn) -> None:
    world = turn.world
    turn.tell("topics.none", operator=world.operator, contact=world.contact)
