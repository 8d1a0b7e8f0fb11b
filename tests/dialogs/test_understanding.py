"""A8: typed words as answers to the questions of the profile."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from bot.dialogs.questions import QUESTIONS
from bot.dialogs.texts import Voice

TODAY = date(2026, 11, 26)  # a Thursday
NOW = datetime(2026, 11, 26, 10, 0, tzinfo=ZoneInfo("Europe/Paris"))


def test_two_options_named_at_once_are_none_where_one_is_asked() -> None:
    question = QUESTIONS["situation"]
    assert question.read("au chômage, avant en formation", Voice("fr"), TODAY) is None
    assert question.read("licencié en juin", Voice("fr"), TODAY) is not None


@pytest.mark.parametrize("name", [name for name in QUESTIONS if QUESTIONS[name].options])
@pytest.mark.parametrize("voice", [Voice("fr"), Voice("fr", "tu"), Voice("en")], ids=["vous", "tu", "en"])
def test_every_label_can_be_typed_as_it_reads(name: str, voice: Voice) -> None:
    question = QUESTIONS[name]
    for code, label in question.labels(voice).items():
        if name == "job":
            continue  # read with the list of occupations
        read = question.read(label, voice, TODAY)
        assert read is not None, label
        if not question.ranges:
            assert dict(read) == dict(question.options[code]), label


def test_every_label_is_told_apart_from_the_others() -> None:
    for question in QUESTIONS.values():
        for voice in (Voice("fr"), Voice("en")):
            labels = list(question.labels(voice).values())
            assert len(set(labels)) == len(labels)
