"""The sentences of conditions and of the diagnosis, for people of all kinds."""

from __future__ import annotations

import pytest

from bot.advice.compiled import is_telling
from bot.advice.conditions import CONDITIONS, parse_literal
from bot.advice.conditions.registry import Choice
from bot.advice.items import Catalogue
from bot.advice.profile import FORMS, ObstacleId
from bot.advice.reasons import can_change
from bot.advice.sentences import Phrase
from bot.advice.wording import choose_form

MOST_LETTERS = 22
"""On a button, two in a row, on a small phone."""


def test_a_phrase_follows_its_count() -> None:
    phrase = Phrase("{n} lettres", "{n} letters", "une lettre", "one letter", None, "no letter")
    assert [phrase.of("fr", count) for count in (None, 0, 1, 2)] == [
        "{n} lettres", "une lettre", "une lettre", "{n} lettres",
    ]  # fmt: skip
    assert [phrase.of("en", count) for count in (None, 0, 1, 2)] == [
        "{n} letters", "no letter", "one letter", "{n} letters",
    ]  # fmt: skip


def test_every_condition_can_be_said_or_is_silent_on_purpose(catalogue: Catalogue) -> None:
    for name in CONDITIONS:
        text = catalogue.sentences[name]
        assert text.silent or text.phrase is not None


@pytest.mark.parametrize("name", ["frustrated", "job_family", "liking", "stage", "wants"])
def test_a_condition_whose_words_depend_on_its_argument_has_words_for_each(
    catalogue: Catalogue, name: str
) -> None:
    parameter = CONDITIONS[name].parameter
    assert isinstance(parameter, Choice)
    assert set(catalogue.sentences[name].variants) == set(parameter.values)


def test_only_what_a_person_can_change_has_a_counterfactual(catalogue: Catalogue) -> None:
    assert can_change(parse_literal("driver"), catalogue)
    assert can_change(parse_literal("mobility(region)"), catalogue)
    assert can_change(parse_literal("network(large)"), catalogue)
    for never in (
        "senior",
        "young",
        "frustrated(disability)",
        "frustrated(family)",
        "not driver",
        "returning",
    ):
        assert not can_change(parse_literal(never), catalogue)


def test_silent_conditions_are_no_reason(catalogue: Catalogue) -> None:
    assert is_telling(parse_literal("long_search(6)"), catalogue)
    assert is_telling(parse_literal("not driver"), catalogue)
    assert not is_telling(parse_literal("weekday(1)"), catalogue)
    assert not is_telling(parse_literal("job_known"), catalogue)
    assert not is_telling(parse_literal("not senior"), catalogue)


def test_obstacles_are_named_in_few_words_in_each_form(catalogue: Catalogue) -> None:
    for obstacle in ObstacleId:
        texts = catalogue.diagnosis.obstacles[obstacle]
        for words in (texts, *texts.cases.values()):
            assert all(3 <= len(name.split()) <= 6 for name in (words.name.fr, words.name.en))
            for form in FORMS:
                spoken = choose_form(f"{words.headline.fr} {words.first.fr}", form)
                assert len(spoken.split()) <= 45
                assert "{" not in spoken
