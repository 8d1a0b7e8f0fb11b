"""A refusal told by the person: a warm word, a light next step, and the date alone is kept."""

from __future__ import annotations

import json

import pytest

from bot.advice.items import Effort
from bot.dialogs.texts import voice_of
from storage import days, privacy
from tests.dialogs.chat import Chat, paris


@pytest.mark.parametrize("text", ["j'ai eu un refus", "refusé chez Leroy Merlin", "they said no"])
def test_a_refusal_is_answered_in_one_message_of_two_sentences(amina: Chat, text: str) -> None:
    before = len(amina.messages)
    amina.say(text)
    assert amina.hears("help.refusal_told")
    assert len(amina.messages) == before + 1
    assert amina.last.text.count(".") == 2


def test_only_the_date_is_kept_and_it_is_among_ones_data(amina: Chat) -> None:
    amina.say("refusé chez Leroy Merlin")
    amina.say("encore un refus")
    person = amina.record.id
    kept = amina.store.run_sync(privacy.export, person)
    assert kept["employer_refusals"] == [{"local_date": "2026-11-26"}]
    assert "leroy" not in json.dumps(kept, ensure_ascii=False).lower()
    amina.command("/mesdonnees")
    assert "refus" in amina.text


def test_it_goes_with_everything_else(amina: Chat) -> None:
    amina.say("j'ai eu un refus")
    person = amina.record.id
    amina.command("/mesdonnees")
    amina.tap("mydata.delete")
    amina.tap("mydata.delete_yes")
    assert amina.store.run_sync(days.refusals, person, paris("2026-01-01 00:00").date()) == ()


def test_the_next_step_is_light(amina: Chat) -> None:
    amina.say("ils m'ont dit non")
    amina.tick_to(paris("2026-11-27 09:05"))
    opened = amina.open_action
    assert opened is not None
    assert opened.effort == Effort.SMALL


def test_what_is_asked_goes_first(chat: Chat) -> None:
    """In the middle of the questions a refusal is an answer, or no answer, to the question."""
    chat.command("/start")
    chat.say("j'ai eu un refus")
    assert not chat.hears("help.refusal_told")


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize("form", ["vous", "tu"])
def test_the_words_are_there_in_every_form(language: str, form: str) -> None:
    said = voice_of(language, form)("help.refusal_told")
    assert said.count(".") == 2


@pytest.mark.parametrize(
    "words", ["je me fais jeter partout", "je me suis fait jeter", "I keep getting knocked back"]
)
def test_being_thrown_out_is_a_refusal(amina: Chat, words: str) -> None:
    amina.say(words)
    assert amina.hears("help.refusal_told")


def test_an_interview_that_went_wrong_is_a_low_moment(amina: Chat) -> None:
    amina.say("j'ai raté mon entretien")
    assert amina.hears("setback.low")
