"""Phrases with choices, found in a line of words."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from bot.understanding.lists import Found, Phrases, spelled_out

WORDS = st.lists(st.sampled_from(["pas", "pris", "un", "entretien", "de", "suivi"]), max_size=12)
KNOWN = Phrases({"no": ["pas (|un )pris(|e)"], "meeting": ["un entretien"], "other": ["entretien de suivi"]})


def test_a_phrase_stands_for_each_of_its_choices() -> None:
    assert set(spelled_out("(m'a|(ne |)m'ont) pris(|e)")) == {
        "m a pris",
        "m a prise",
        "ne m ont pris",
        "ne m ont prise",
        "m ont pris",
        "m ont prise",
    }


def test_the_longer_of_two_phrases_that_share_a_word_is_found() -> None:
    assert KNOWN.all("un entretien de suivi".split()) == [Found("other", 1, 4)]


@given(WORDS)
def test_phrases_found_are_in_order_and_none_lies_within_another(said: list[str]) -> None:
    found = KNOWN.all(said)
    assert all(one.first < two.first and one.end < two.end for one, two in pairwise(found))
    assert all(KNOWN.at(said, one.first) == one for one in found)
