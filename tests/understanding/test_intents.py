"""Everyday answers: each means one thing, and an answer of another kind means none of them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.understanding import intents, words
from bot.understanding.intents import Everyday, Intent


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("passer", Intent.SKIP),
        ("Passer !", Intent.SKIP),
        ("OUI", Intent.YES),
        ("nan", Intent.NO),
        ("c'est fait", Intent.DONE),
        ("c’est fait", Intent.DONE),
        ("je bloqe", Intent.STUCK),
        ("retour", Intent.BACK),
        ("je veux parler à quelqu'un", Intent.HUMAN),
        ("supprimer mes données", Intent.DELETE),
        ("serveuse", None),
        ("Angers", None),
        ("x" * 500, None),
        ("", None),
        ("   ", None),
        ("🙂", None),
    ],
)
def test_words_that_mean_the_same_everywhere(text: str, intent: Intent | None) -> None:
    assert intents.intent(text) is intent


def test_i_do_not_know_is_told_from_a_plain_skip() -> None:
    assert intents.unsure("je ne sais pas")
    assert intents.unsure("No idea")
    assert not intents.unsure("passer")


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("ouiiii", "yes"), ("👍🏽", "yes"), ("oui stp", "yes"), ("ok", "yes"), ("nooon", "no"), ("nan jveux pas", "no"),
        ("pas intéressé", "no"), ("on saute", "skip"), ("reviens en arrière", "back"), ("arete", "stop"),
        ("je veux arrêter", "stop"), ("oui stop", "stop"), ("non, plus tard", "later"), ("dans une heure", "later"),
        ("jveux parler a qqn", "human"), ("un conseiller svp", "human"), ("tu peux m'aider ?", "help"),
        ("bof", "unclear"), ("mouais", "unclear"), ("pas oui", "unclear"), ("oui et non", "unclear"),
        ("je ne veux pas arrêter", "unclear"), ("non je veux pas arrêter", "unclear"),
        ("I don't want to stop", "unclear"), ("je ne veux pas parler à quelqu'un", "unclear"),
        ("serveuse", "unclear"), ("3 mois", "unclear"), ("conseiller", "unclear"), ("merci", "unclear"),
        ("Suré", "unclear"), ("sure", "yes"),
    ],
)  # fmt: skip
def test_everyday_answers_and_what_is_none(text: str, meant: str) -> None:
    assert intents.everyday(text) is Everyday(meant)


@given(
    st.sampled_from(sorted(words.by_phrase("intents"))), st.sampled_from(["{}", "{} svp", "euh {}", "{} !!"])
)
def test_a_known_phrase_keeps_its_meaning_in_capitals_and_with_small_words(phrase: str, form: str) -> None:
    assert intents.intent(form.format(phrase).upper()) == Intent(words.by_phrase("intents")[phrase])


@given(st.text(max_size=200))
def test_any_text_gives_one_answer(text: str) -> None:
    assert intents.everyday(text) in Everyday
