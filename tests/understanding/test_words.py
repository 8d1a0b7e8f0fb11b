"""The lists of words."""

from __future__ import annotations

from bot.understanding import words


def test_the_words_are_there_in_plain_form() -> None:
    assert words.by_phrase("intents")["c est fait"] == "done"
    assert words.group("nothing there") == {}
    assert words.first_within("parts", "demain dans la matinee") == "09:00"
