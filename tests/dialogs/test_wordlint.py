"""R26: the linter of words over everything that Bob says, and each thing that it is there to find."""

from __future__ import annotations

import pytest

from bot.dialogs import wordlint
from bot.dialogs.texts import LOCALES, texts


def test_every_word_of_the_dialogues_passes() -> None:
    found = wordlint.faults()
    assert not found, "\n".join(map(str, found))


def test_every_file_of_texts_is_looked_at() -> None:
    checked = {one.key.partition(".")[0] for one in wordlint.said(texts())}
    assert checked == {path.stem for path in LOCALES.glob("*.toml")}


GOOD = {"fr": "{Notez|Note} le jour de l'entretien.", "en": "Note the day of the interview."}


@pytest.mark.parametrize(
    ("changed", "message"),
    [
        ({"fr": "Dommage, c'est raté."}, "blames, orders or promises"),
        ({"en": "You should have called them."}, "blames, orders or promises"),
        ({"fr": "Un pitch de deux minutes."}, "jargon"),
        ({"en": "Try some networking today."}, "jargon"),
        ({"fr": "Vous êtes prêt pour demain."}, "tells a gender"),
        ({"fr": "Les candidat(e)s du jour."}, "tells a gender"),
        ({"en": "Ask him or her tomorrow."}, "tells a gender"),
        ({"fr": "{Notez|Note} ton jour."}, "mixes vous and tu"),
        ({"fr": "{Notez|Note} votre jour."}, "mixes vous and tu"),
        ({"fr": "{Note|Note} le jour."}, "are the same"),
        ({"en": "{Note|Write} the day."}, "English has one form"),
        ({"fr": "Note the day of the interview."}, "the same as in French"),
        ({"fr": "Write down the day of your interview with them."}, "reads like the other language"),
        ({"en": "Notez le jour de votre entretien."}, "reads like the other language"),
        ({"fr": "Bravo ! Super !"}, "exclamation"),
        ({"fr": "🎉 Bravo 🎉"}, "emoji"),
        ({"en": "It works for 42% of people."}, "without its source"),
        ({"fr": "mot " * 14}, "words a sentence"),
        ({"fr": "mot " * 26}, "a sentence of 26 words"),
        ({"fr": "Un mot de plus. " * 16}, "64 words, 60 at most"),
    ],
)
def test_what_it_is_there_to_find(changed: dict[str, str], message: str) -> None:
    assert wordlint.faults({"day.text": GOOD}) == []
    found = wordlint.faults({"day.text": GOOD | changed})
    assert any(message in fault.message for fault in found), found
    assert {fault.file for fault in found} == {"locales/day.toml"}
