"""Everyday answers: each means one thing, and an answer of another kind means none of them."""

from __future__ import annotations

import pytest

from bot.understanding import intents
from bot.understanding.intents import Intent


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
